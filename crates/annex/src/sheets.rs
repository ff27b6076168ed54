//! A blank workbook as tables: each sheet is one, of which only cells with a frame are to be filled.

use std::collections::BTreeMap;

use ooxml::{Cell as At, Element, Limits, Merges, NumberFormat, Package, Tree, cells, rows};

use super::address::Story;
use super::blank::{BlankFault, Part};
use super::grid::{Cell, Grid, Row};
use super::text::{Letter, Paragraph, Run, Written};

/// A form has fewer rows and columns; what goes on beyond is no form.
const N_ROWS_MAX: usize = 2_000;
const N_COLUMNS_MAX: usize = 200;

/// Reads the sheets of a workbook that can be seen.
pub(super) fn read(package: &mut Package<'_>, workbook: &str) -> Result<Vec<Part>, BlankFault> {
    let broken = |_| BlankFault::Broken;
    let tree = package.tree(workbook).map_err(broken)?.ok_or(BlankFault::Broken)?;
    let relations = package.relations(workbook).unwrap_or_default();
    let part_of = |kind: &str| relations.iter().find(|it| it.is(kind)).and_then(|it| it.part.clone());
    let mut tree_of = |kind: &str| match part_of(kind) {
        Some(part) => package.tree(&part).map_err(broken),
        None => Ok(None),
    };
    let shared = tree_of("sharedStrings")?.map(|it| texts(it.root())).unwrap_or_default();
    let styles = tree_of("styles")?;
    let looks = styles.as_ref().map(|it| looks(it.root())).unwrap_or_default();
    let mut parts = Vec::new();
    let sheets = tree.root().child("x:sheets").into_iter().flat_map(Element::children);
    for (number, sheet) in sheets.enumerate() {
        let is_hidden = sheet.attribute("state").is_some_and(|it| it != "visible");
        let part = sheet.attribute("id").and_then(|it| relations.get(&it)?.part.clone());
        let (Some(part), false) = (part, is_hidden) else { continue };
        let Some(tree) = package.tree(&part).map_err(broken)? else { continue };
        if tree
            .root()
            .child("x:sheetProtection")
            .is_some_and(|it| it.attribute("sheet").as_deref() == Some("1"))
        {
            return Err(BlankFault::Protected);
        }
        let name = sheet.attribute("name").unwrap_or_default().into_owned();
        let grid = Reading { shared: &shared, looks: &looks }.grid(&tree);
        let story = Story::Sheet(number + 1);
        parts.push(Part { name, story, tree, paragraphs: Vec::new(), grids: vec![grid] });
    }
    Ok(parts)
}

/// A text of which is known what is underlined.
type Rich = Vec<(char, bool)>;

/// The texts that sheets share.
fn texts(root: Element<'_>) -> Vec<Rich> {
    root.children().filter(|it| it.name() == "x:si").map(rich).collect()
}

/// A text with its runs; how it is read aloud is left out.
fn rich(element: Element<'_>) -> Rich {
    let mut text = Rich::new();
    for child in element.children() {
        match child.name() {
            "x:t" => text.extend(child.text().chars().map(|it| (it, false))),
            "x:r" => {
                let line = child.child("x:rPr").and_then(|it| it.child("x:u"));
                let is_underlined = line.is_some_and(|it| it.attribute("val").as_deref() != Some("none"));
                let said = child.child("x:t").map(|it| it.text().into_owned()).unwrap_or_default();
                text.extend(said.chars().map(|it| (it, is_underlined)));
            }
            _ => {}
        }
    }
    text
}

/// What a cell format says of its cells.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    is_framed: bool,
    is_percent: bool,
}

/// What every cell format says of its cells.
fn looks(styles: Element<'_>) -> Vec<Look> {
    let list = |name: &str| styles.child(name).into_iter().flat_map(Element::children);
    let draws = |border: Element<'_>| {
        border.children().any(|it| it.attribute("style").is_some_and(|it| it != "none"))
    };
    let borders: Vec<bool> = list("x:borders").map(draws).collect();
    let number = |it: Element<'_>, name: &str| it.attribute(name).and_then(|it| it.parse::<u32>().ok());
    let spelled = |id: Option<u32>| {
        let own = list("x:numFmts").find(|it| id.is_some() && number(*it, "numFmtId") == id);
        own.and_then(|it| it.attribute("formatCode")).map(std::borrow::Cow::into_owned)
    };
    let look = |it: Element<'_>| {
        let (border, format) = (number(it, "borderId").unwrap_or(0), number(it, "numFmtId"));
        Look {
            is_framed: borders.get(border as usize).copied().unwrap_or(false),
            is_percent: NumberFormat::read(format, spelled(format).as_deref()).percent,
        }
    };
    list("x:cellXfs").map(look).collect()
}

struct Reading<'a> {
    shared: &'a [Rich],
    looks: &'a [Look],
}

/// A cell as it is written.
#[derive(Default)]
struct Said {
    text: Rich,
    is_formula: bool,
    look: Look,
}

impl Reading<'_> {
    fn grid(&self, sheet: &Tree) -> Grid {
        let mut all: BTreeMap<At, Said> = BTreeMap::new();
        if let Some(data) = sheet.root().child("x:sheetData") {
            for (row, element) in rows(data) {
                all.extend(cells(element).map(|(column, it)| ((row, column), self.said(it))));
            }
        }
        let merges = Merges::read(sheet);
        let is_seen = |it: &(&At, &Said)| it.1.look.is_framed || it.1.is_formula || !it.1.text.is_empty();
        let end = all
            .iter()
            .filter(is_seen)
            .fold((0, 0), |end: (u32, u32), (at, _)| (end.0.max(at.0 + 1), end.1.max(at.1 + 1)));
        let end = merges
            .areas()
            .iter()
            .filter(|it| all.contains_key(&it[0]))
            .fold(end, |end, it| (end.0.max(it[1].0 + 1), end.1.max(it[1].1 + 1)));
        let size = (usize_of(end.0).min(N_ROWS_MAX), usize_of(end.1).min(N_COLUMNS_MAX));
        let mut grid = Grid { rows: Vec::new(), widths: Vec::new(), by_column: true };
        for row in 0..size.0 {
            let cells = row_of(row, size, (&mut all, &merges));
            grid.rows.push(Row { range: 0..0, cells, height: None, exact: None });
        }
        grid
    }

    fn said(&self, cell: Element<'_>) -> Said {
        let value = || cell.child("x:v").map(|it| it.text().into_owned()).unwrap_or_default();
        let text = match cell.attribute("t").as_deref() {
            Some("s") => {
                value().parse().ok().and_then(|it: usize| self.shared.get(it)).cloned().unwrap_or_default()
            }
            Some("inlineStr") => cell.child("x:is").map(rich).unwrap_or_default(),
            _ => value().chars().map(|it| (it, false)).collect(),
        };
        let style = cell.attribute("s").and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
        Said {
            text,
            is_formula: cell.child("x:f").is_some(),
            look: self.looks.get(style).copied().unwrap_or_default(),
        }
    }
}

/// The cells of a row, from the left. What has no frame and says nothing only fills the gap.
fn row_of(row: usize, size: (usize, usize), (all, merges): (&mut BTreeMap<At, Said>, &Merges)) -> Vec<Cell> {
    let mut made = Vec::new();
    let mut column = 0;
    while column < size.1 {
        let at = (number(row), number(column));
        let covers =
            |it: &&[At; 2]| (it[0].0..=it[1].0).contains(&at.0) && (it[0].1..=it[1].1).contains(&at.1);
        let area = merges.areas().iter().find(covers).map_or([at, at], |it| *it);
        let end = usize_of(area[1].1).min(size.1 - 1) + 1;
        let said = if area[0] == at { all.remove(&at).unwrap_or_default() } else { Said::default() };
        let nothing =
            !said.look.is_framed && !said.is_formula && said.text.iter().all(|it| it.0.is_whitespace());
        made.push(Cell {
            columns: column..end,
            rows: row..usize_of(area[1].0).min(size.0 - 1) + 1,
            goes_on: area[0].0 != at.0 || nothing,
            is_formula: said.is_formula,
            is_framed: said.look.is_framed,
            is_percent: said.look.is_percent,
            is_closed: false,
            paragraphs: paragraphs(if said.is_formula { &[] } else { &said.text }),
        });
        column = end;
    }
    made
}

fn usize_of(number: u32) -> usize {
    number as usize
}

/// Rows and columns of a form are few.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The lines of a cell as paragraphs, whose letters stand in no bytes of their own: a cell is written anew as a whole.
fn paragraphs(text: &[(char, bool)]) -> Vec<Paragraph> {
    let line = |letters: &[(char, bool)]| Paragraph {
        range: 0..0,
        properties: String::new(),
        mark: String::new(),
        runs: [false, true]
            .map(|is_underlined| Run { range: 0..0, properties: String::new(), is_underlined })
            .into(),
        letters: letters
            .iter()
            .map(|(letter, line)| Letter {
                letter: *letter,
                bytes: 0..0,
                run: usize::from(*line),
                written: Written::Element,
            })
            .collect(),
    };
    text.split(|it| it.0 == '\n').map(line).collect()
}

/// The package of a blank, and the part that it is about.
pub(super) fn main_part(bytes: &[u8]) -> Result<(Package<'_>, String), BlankFault> {
    let mut package = Package::open(bytes, &Limits::STANDARD).map_err(|it| match it {
        ooxml::PackageFault::Encrypted => BlankFault::OldOrLocked,
        _ => BlankFault::Broken,
    })?;
    let root = package.relations("").ok_or(BlankFault::NoDocument)?;
    let main = root.iter().find(|it| it.is("officeDocument")).and_then(|it| it.part.clone());
    Ok((package, main.ok_or(BlankFault::NoDocument)?))
}
