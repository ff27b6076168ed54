//! What calamine does not tell about a sheet: where its n-th cell stands, and which formulas have no result.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use memchr::memmem::Finder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::package::Package;
use crate::book::Aside;

/// The cells of a sheet in the order of its XML; rows and columns count from zero.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Every cell's place.
    pub(super) places: Vec<(u32, u32)>,
    /// Formulas without a stored result.
    pub(super) uncalculated: Vec<(u32, u32)>,
}

/// The part of each sheet by the sheet's name, as the package relates them; empty if it does not.
pub(super) fn sheet_parts(package: &mut Package<'_>) -> BTreeMap<String, String> {
    find_sheet_parts(package).unwrap_or_default()
}

/// Scans a sheet's part. `None` if it cannot be read to the end of its cells.
pub(super) fn scan(package: &mut Package<'_>, part: &str, most: usize) -> Option<Scan> {
    let mut scan = Scan::default();
    let (mut row, mut col) = (0, 0);
    let mut cell = None;
    let mut done = false;
    each_event(package, part, &mut |event| {
        match event {
            Event::Start(it) if it.local_name().as_ref() == "row" => {
                row = attribute(it, "r").and_then(|it| it.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(row);
            }
            Event::End(it) if it.local_name().as_ref() == "row" => (row, col) = (row.checked_add(1)?, 0),
            Event::Start(it) if it.local_name().as_ref() == "c" => {
                let place = attribute(it, "r").map_or(Some((row, col)), |it| parse_place(&it))?;
                col = place.1.checked_add(1)?;
                scan.places.push(place);
                let text = attribute(it, "t").as_deref() == Some("str");
                cell = Some(OpenCell { place, text, formula: false, result: false, inside: false });
            }
            Event::End(it) if it.local_name().as_ref() == "c" => {
                scan.uncalculated.extend(cell.take().filter(OpenCell::is_uncalculated).map(|it| it.place));
            }
            Event::End(it) if it.local_name().as_ref() == "sheetData" => done = true,
            other => cell.iter_mut().for_each(|it| it.see(other)),
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
    pub(super) merges: Vec<[(u32, u32); 2]>,
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
                    if is_set(it, "hidden") {
                        found.aside.hidden_rows.insert(row.saturating_sub(1));
                    }
                }
                "col" if is_set(it, "hidden") => found.aside.hidden_cols.extend(columns(it)),
                "filterColumn" => found.aside.filtered = true,
                "dataValidation" => found.aside.n_validations += 1,
                "mergeCell" => {
                    if let Some((from, to)) = attribute(it, "ref")?.split_once(':') {
                        found.merges.push([parse_place(from)?, parse_place(to)?]);
                    }
                }
                _ => {}
            }
        }
        Some(())
    })?;
    found.aside.n_notes = n_notes(package, part).unwrap_or(0);
    Some(found)
}

/// How many notes the part that belongs to a sheet holds.
fn n_notes(package: &mut Package<'_>, part: &str) -> Option<usize> {
    let (folder, file) = part.rsplit_once('/')?;
    let related = relations(package, &format!("{folder}/_rels/{file}.rels"))?;
    let target = related.into_values().find(|it| it.kind.ends_with("/comments"))?.target;
    let mut n = 0;
    each_event(package, &resolve(folder, &target), &mut |event| {
        n += usize::from(matches!(event, Event::Start(it) if it.local_name().as_ref() == "comment"));
        Some(())
    })?;
    Some(n)
}

/// The part that a target names, seen from a folder: `../comments1.xml`, `/xl/comments1.xml`.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|it| it == "1" || it == "true")
}

/// First and last column of a `col`, counted from zero.
fn columns(element: &BytesStart<'_>) -> Option<(u16, u16)> {
    let number = |name| attribute(element, name)?.parse::<u16>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?))
}

struct OpenCell {
    place: (u32, u32),
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

/// Reads `XFD1048576` as (1048575, 16383).
pub(super) fn parse_place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|it: char| it.is_ascii_digit())?;
    let col = name[..digits].bytes().try_fold(0_u32, |sum, it| {
        let letter = it.to_ascii_uppercase().checked_sub(b'A').filter(|it| *it < 26)?;
        sum.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    Some((name[digits..].parse::<u32>().ok()?.checked_sub(1)?, col.checked_sub(1)?))
}

fn find_sheet_parts(package: &mut Package<'_>) -> Option<BTreeMap<String, String>> {
    let office = relations(package, "_rels/.rels")?;
    let workbook = office.into_values().find(|it| it.kind.ends_with("/officeDocument"))?.target;
    let workbook = workbook.trim_start_matches('/').to_owned();
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let targets = relations(package, &format!("{folder}_rels/{file}.rels"))?;
    let mut parts = BTreeMap::new();
    each_event(package, &workbook, &mut |event| {
        if let Event::Start(it) = event
            && it.local_name().as_ref() == "sheet"
        {
            let target = &targets.get(&attribute(it, "id")?)?.target;
            let part = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            parts.insert(attribute(it, "name")?, part);
        }
        Some(())
    })?;
    Some(parts)
}

/// A line of a part that says what belongs to another.
pub(crate) struct Relation {
    /// What it is, as an address.
    pub(crate) kind: String,
    /// The part.
    pub(crate) target: String,
}

/// What belongs to a part, by its id there.
pub(crate) fn relations(package: &mut Package<'_>, part: &str) -> Option<BTreeMap<String, Relation>> {
    let mut found = BTreeMap::new();
    each_event(package, part, &mut |event| {
        if let Event::Start(it) = event
            && it.local_name().as_ref() == "Relationship"
        {
            let relation = Relation { kind: attribute(it, "Type")?, target: attribute(it, "Target")? };
            found.insert(attribute(it, "Id")?, relation);
        }
        Some(())
    })?;
    Some(found)
}

/// The value of an attribute by its local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|it| it.into_owned())
}

/// Looks at an event, and says `None` if it has seen enough.
pub(crate) type Visit<'v> = dyn FnMut(&Event<'_>) -> Option<()> + 'v;

/// Hands over the XML events of a part until the visitor says `None`; `None` if there is no such part
/// or if it is not XML.
pub(crate) fn each_event(package: &mut Package<'_>, part: &str, visit: &mut Visit<'_>) -> Option<()> {
    each_event_of(Reader::from_reader(BufReader::new(open(package, part)?)), visit)
}

/// The same for what stands behind the cells of a sheet: the cells themselves are most of its part.
fn each_event_behind_cells(package: &mut Package<'_>, part: &str, visit: &mut Visit<'_>) -> Option<()> {
    const END_OF_CELLS: &[u8] = b"sheetData>";
    let end = Finder::new(END_OF_CELLS);
    let mut behind: Option<Vec<u8>> = None;
    let mut cells = open(package, part)?;
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
        Some(behind) => {
            let mut reader =
                Reader::from_reader(BufReader::new(Box::new(Cursor::new(behind)) as Box<dyn Read>));
            // The end of the whole sheet has lost its beginning.
            reader.config_mut().allow_unmatched_ends = true;
            each_event_of(reader, visit)
        }
        None => each_event(package, part, visit),
    }
}

/// The bytes of a part by its name, upper and lower case alike.
pub(crate) fn open<'p>(package: &'p mut Package<'_>, part: &str) -> Option<Box<dyn Read + 'p>> {
    let name = package
        .file_names()
        .flatten()
        .find(|it| it.replace('\\', "/").eq_ignore_ascii_case(part))?
        .into_owned();
    Some(Box::new(package.by_name(&name).ok()?))
}

fn each_event_of(mut reader: Reader<BufReader<Box<dyn Read + '_>>>, visit: &mut Visit<'_>) -> Option<()> {
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Some(()),
            Err(_) => return None,
            Ok(event) => {
                if visit(&event).is_none() {
                    return Some(());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_impossible_ones_are_not() {
        assert_eq!(parse_place("A1"), Some((0, 0)));
        assert_eq!(parse_place("XFD1048576"), Some((1_048_575, 16_383)));
        for bad in ["A0", "1", "A", "ZZZZZZZZ1", "A99999999999", "甲1"] {
            assert_eq!(parse_place(bad), None, "{bad}");
        }
    }
}
