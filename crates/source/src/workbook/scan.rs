//! What calamine does not tell about a sheet: where its n-th cell stands, and which formulas have no result.

use std::collections::BTreeMap;
use std::io::Read;

use memchr::memmem::Finder;

use crate::book::Aside;
use crate::given_back::NOTE_AUTHOR;
use ooxml::{
    Cell, Element, Event, Package, Start, Visit, area, attribute, cell, each_event, each_event_of_tail,
};

/// The cells of a sheet in the order of its XML.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Every cell's place.
    pub(super) places: Vec<Cell>,
    /// Formulas without a stored result.
    pub(super) uncalculated: Vec<Cell>,
}

/// The part of each sheet by the sheet's name, as the package relates them; empty if it does not.
pub(super) fn sheet_parts(package: &mut Package<'_>) -> BTreeMap<String, String> {
    find_sheet_parts(package).unwrap_or_default()
}

/// Scans a sheet's part. `None` if it cannot be read to the end of its cells.
pub(super) fn scan(package: &mut Package<'_>, part: &str, most: usize) -> Option<Scan> {
    let mut scan = Scan::default();
    let (mut row, mut col) = (0, 0);
    let mut open = None;
    let mut done = false;
    each_event(package, part, &mut |event| {
        match event {
            Event::Start(it) if it.local_name().as_ref() == "row" => {
                row = attribute(it, "r").and_then(|it| it.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(row);
            }
            Event::End(it) if it.local_name().as_ref() == "row" => (row, col) = (row.checked_add(1)?, 0),
            Event::Start(it) if it.local_name().as_ref() == "c" => {
                let place = attribute(it, "r").map_or(Some((row, col)), |it| cell(&it))?;
                col = place.1.checked_add(1)?;
                scan.places.push(place);
                let text = attribute(it, "t").as_deref() == Some("str");
                open = Some(OpenCell { place, text, formula: false, result: false, inside: false });
            }
            Event::End(it) if it.local_name().as_ref() == "c" => {
                scan.uncalculated.extend(open.take().filter(OpenCell::is_uncalculated).map(|it| it.place));
            }
            Event::End(it) if it.local_name().as_ref() == "sheetData" => done = true,
            other => open.iter_mut().for_each(|it| it.see(other)),
        }
        (!done && scan.places.len() <= most).then_some(())
    });
    done.then_some(scan)
}

/// What a sheet's part says beside its cells.
#[derive(Default)]
pub(super) struct Beside {
    /// The merged areas, each as two opposite corners in the order in which they are written.
    /// (calamine subtracts one from the other and cannot take them the wrong way round.)
    pub(super) merges: Vec<[Cell; 2]>,
    /// Hidden rows and columns, filters, restrictions; notes stand in a part of their own.
    pub(super) aside: Aside,
}

/// Scans a sheet's part for what stands beside its cells, and among them if some may be hidden; `None` if it is
/// not XML.
pub(super) fn beside(package: &mut Package<'_>, part: &str, hides: bool) -> Option<Beside> {
    let mut found = Beside::default();
    let mut row = 0_u32;
    let scan = if hides { each_event } else { each_event_behind_cells };
    scan(package, part, &mut |event| {
        if let Event::Start(it) = event {
            match it.local_name().as_ref() {
                "row" => {
                    row = attribute(it, "r").and_then(|it| it.parse().ok()).unwrap_or(row.saturating_add(1));
                    if is_set(it, "hidden") || is_nought(it, "ht") {
                        found.aside.hidden_rows.insert(row.saturating_sub(1));
                    }
                }
                "col" if is_set(it, "hidden") || is_nought(it, "width") => {
                    found.aside.hidden_cols.extend(columns(it));
                }
                "filterColumn" => found.aside.filtered = true,
                "dataValidation" => found.aside.n_validations += 1,
                "mergeCell" => found.merges.extend(attribute(it, "ref").and_then(|it| area(&it))),
                _ => {}
            }
        }
        Some(())
    })?;
    found.aside.n_notes = n_notes(package, part).unwrap_or(0);
    Some(found)
}

/// How many notes the part that belongs to a sheet holds, without those that the program itself once put there.
fn n_notes(package: &mut Package<'_>, part: &str) -> Option<usize> {
    let notes = package.relations(part)?.of_kind("comments")?.part.clone()?;
    let (mut n, mut authors, mut is_author) = (0, Vec::<String>::new(), false);
    each_event(package, &notes, &mut |event| {
        match event {
            Event::Start(it) if it.local_name().as_ref() == "author" => {
                authors.push(String::new());
                is_author = true;
            }
            Event::End(it) if it.local_name().as_ref() == "author" => is_author = false,
            Event::Text(it) if is_author => {
                if let Some(last) = authors.last_mut() {
                    last.push_str(it);
                }
            }
            Event::Start(it) if it.local_name().as_ref() == "comment" => {
                let author = attribute(it, "authorId").and_then(|it| authors.get(it.parse::<usize>().ok()?));
                n += usize::from(author.is_none_or(|it| it != NOTE_AUTHOR));
            }
            _ => {}
        }
        Some(())
    })?;
    Some(n)
}

fn is_set(element: &Start<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|it| it == "1" || it == "true")
}

/// Whether a row has no height, or a column no width: less than a hair.
fn is_nought(element: &Start<'_>, name: &str) -> bool {
    const HAIR: f64 = 0.5;
    attribute(element, name).and_then(|it| it.parse::<f64>().ok()).is_some_and(|it| it < HAIR)
}

/// First and last column of a `col`, counted from zero.
fn columns(element: &Start<'_>) -> Option<(u16, u16)> {
    let number = |name| attribute(element, name)?.parse::<u16>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?))
}

struct OpenCell {
    place: Cell,
    /// Whether the result is text: then even an empty one is a result.
    text: bool,
    formula: bool,
    result: bool,
    /// Whether the reader stands within the result.
    inside: bool,
}

impl OpenCell {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(it) => match it.local_name().as_ref() {
                "f" => self.formula = true,
                "v" | "is" => (self.inside, self.result) = (true, self.result || self.text),
                _ => {}
            },
            Event::End(it) if matches!(it.local_name().as_ref(), "v" | "is") => self.inside = false,
            Event::Text(it) if self.inside && !it.trim().is_empty() => self.result = true,
            _ => {}
        }
    }

    fn is_uncalculated(&self) -> bool {
        self.formula && !self.result
    }
}

fn find_sheet_parts(package: &mut Package<'_>) -> Option<BTreeMap<String, String>> {
    let workbook = package.relations("")?.of_kind("officeDocument")?.part.clone()?;
    let related = package.relations(&workbook)?;
    let tree = package.tree(&workbook).ok()??;
    let mut sheets = Vec::new();
    tree.root().all_local("sheet", &mut sheets);
    let part = |id: &str| related.get(id)?.part.clone();
    let named = |it: &Element<'_>| Some((it.attribute("name")?.into_owned(), part(&it.attribute("id")?)?));
    Some(sheets.iter().filter_map(named).collect())
}

/// The same for what stands behind the cells of a sheet: the cells themselves are most of its part.
fn each_event_behind_cells(package: &mut Package<'_>, part: &str, visit: &mut Visit<'_>) -> Option<()> {
    const END_OF_CELLS: &[u8] = b"sheetData>";
    let end = Finder::new(END_OF_CELLS);
    let mut behind: Option<Vec<u8>> = None;
    let mut cells = package.read(part)?;
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    loop {
        let n = cells.read(&mut buffer[kept..]).ok()?;
        if n == 0 {
            break;
        }
        let filled = &buffer[..kept + n];
        // The text may stand in a cell as well: what counts stands behind the last of them.
        match (end.find_iter(filled).last(), &mut behind) {
            (Some(at), _) => behind = Some(filled[at + END_OF_CELLS.len()..].to_vec()),
            (None, Some(behind)) => behind.extend_from_slice(&filled[kept..]),
            (None, None) => {}
        }
        let next = filled.len().min(END_OF_CELLS.len() - 1);
        buffer.copy_within(kept + n - next..kept + n, 0);
        kept = next;
    }
    drop(cells);
    match behind {
        Some(behind) => each_event_of_tail(&behind, visit),
        None => each_event(package, part, visit),
    }
}
