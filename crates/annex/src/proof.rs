//! A filled document is read back: the blank and the contents, and nothing else.

use ooxml::{Limits, Package};

use super::address::{Address, Spot, Story};
use super::blank::{Blank, Part};
use super::content::Value;
use super::fill::Filled;
use super::reading::read_package;
use super::text::Paragraph;

/// What the texts of a document have to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) stories: Vec<StoryTexts>,
}

/// What a text of a document has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoryTexts {
    pub(crate) story: Story,
    /// Paragraphs outside of tables.
    pub(crate) paragraphs: Vec<String>,
    /// Tables, rows, cells, paragraphs.
    pub(crate) tables: Vec<Vec<Vec<Vec<String>>>>,
}

impl StoryTexts {
    pub(crate) fn of(part: &Part) -> Self {
        let texts = |it: &[Paragraph]| it.iter().map(Paragraph::text).collect::<Vec<_>>();
        let row = |it: &super::grid::Row| it.cells.iter().map(|it| texts(&it.paragraphs)).collect();
        Self {
            story: part.story,
            paragraphs: texts(&part.paragraphs),
            tables: part.grids.iter().map(|it| it.rows.iter().map(row).collect()).collect(),
        }
    }
}

/// Where a filled document says something else than it has to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A text.
    Text {
        /// Where it stands.
        at: Address,
        /// What it has to say.
        wanted: String,
        /// What it says.
        found: String,
    },
    /// A part of the package that was not to be touched, or that is not there.
    Part(String),
    /// Tables, rows or paragraphs are more or fewer.
    Shape,
    /// It cannot be read.
    Unread,
}

impl Blank {
    /// The checks of a workbook that come out false once it is filled, by sheet and cell, with what they say.
    pub fn failed<'f>(&self, filled: &'f Filled) -> Vec<(&'f str, &'f str)> {
        let says = |it: &&str| self.failing.iter().any(|word| it.starts_with(word.as_str()));
        let given = filled
            .formulas
            .iter()
            .filter_map(|(at, it)| Some((at.as_str(), it.as_ref().ok()?.text.as_str())));
        given.filter(|it| says(&it.1)).collect()
    }

    /// What the formula in a cell of the blank gives once it is filled; `None` if none stands there.
    pub fn given<'f>(&self, filled: &'f Filled, at: Address) -> Option<&'f Result<Value, String>> {
        let part = self.stories.iter().find(|it| it.story == at.story)?;
        let Spot::Cell { row, cell, .. } = at.spot else { return None };
        let (row, column) = (row.checked_sub(1)?, cell.checked_sub(1)?);
        let above = filled.inserted.iter().filter(|it| it.0 == at.story && it.1 <= row).map(|it| it.2);
        let row = u32::try_from(row + above.sum::<usize>()).ok()?;
        let name = ooxml::cell_name((row, u32::try_from(column).ok()?));
        filled.formulas.get(&format!("{}!{name}", part.name))
    }

    /// Whether a formula stands in a cell.
    pub fn has_formula(&self, at: Address) -> bool {
        let Spot::Cell { table, row, cell } = at.spot else { return false };
        let part = self.stories.iter().find(|it| it.story == at.story);
        let grid = part.and_then(|it| it.grids.get(table.checked_sub(1)?));
        grid.and_then(|it| Some(it.cell(it.named(row, cell)?).is_formula)).unwrap_or(false)
    }

    /// Reads a filled document back; gives where it says something else than the blank and the contents.
    pub fn prove(&self, filled: &Filled) -> Vec<Difference> {
        let Ok((stories, _)) = read_package(&filled.bytes) else { return vec![Difference::Unread] };
        let mut differences = Vec::new();
        if stories.len() != filled.texts.stories.len() {
            return vec![Difference::Shape];
        }
        for (part, wanted) in stories.iter().zip(&filled.texts.stories) {
            compare(wanted, &StoryTexts::of(part), &mut differences);
        }
        // What else a workbook may change is settled where it is filled: styles, names, drawings move with rows.
        if !self.is_book() {
            differences.extend(self.parts_changed(&filled.bytes));
        }
        differences
    }

    /// The parts that were not to be touched and are not as they were.
    fn parts_changed(&self, bytes: &[u8]) -> Vec<Difference> {
        let limits = Limits::STANDARD;
        let (Some(mut own), Some(mut other)) =
            (Package::peek(&self.bytes, &limits), Package::peek(bytes, &limits))
        else {
            return vec![Difference::Unread];
        };
        let names: Vec<String> = own.names().map(str::to_owned).collect();
        let may_change = |it: &&String| {
            let ends = [".rels", "[Content_Types].xml"].iter().any(|end| it.ends_with(end));
            ends || self.stories.iter().any(|part| part.name.eq_ignore_ascii_case(it))
        };
        let changed = names.iter().filter(|it| !may_change(it)).filter(|it| own.bytes(it) != other.bytes(it));
        changed.map(|it| Difference::Part(it.clone())).collect()
    }
}

fn compare(wanted: &StoryTexts, found: &StoryTexts, differences: &mut Vec<Difference>) {
    let shape = |it: &StoryTexts| {
        let rows = |it: &Vec<Vec<Vec<String>>>| it.iter().map(Vec::len).collect::<Vec<_>>();
        (it.paragraphs.len(), it.tables.iter().map(rows).collect::<Vec<_>>())
    };
    if wanted.story != found.story || shape(wanted) != shape(found) {
        differences.push(Difference::Shape);
        return;
    }
    let mut add = |spot, wanted: &str, found: &str| {
        let at = Address { story: found_story(&spot), spot: spot.1 };
        differences.push(Difference::Text { at, wanted: wanted.to_owned(), found: found.to_owned() });
    };
    for (idx, (a, b)) in
        wanted.paragraphs.iter().zip(&found.paragraphs).enumerate().filter(|it| it.1.0 != it.1.1)
    {
        add((wanted.story, Spot::Paragraph(idx + 1)), a, b);
    }
    for (table, (a, b)) in wanted.tables.iter().zip(&found.tables).enumerate() {
        for (row, (a, b)) in a.iter().zip(b).enumerate() {
            for (cell, (a, b)) in a.iter().zip(b).enumerate().filter(|it| it.1.0 != it.1.1) {
                let spot = Spot::Cell { table: table + 1, row: row + 1, cell: cell + 1 };
                add((wanted.story, spot), &a.join("\n"), &b.join("\n"));
            }
        }
    }
}

fn found_story(spot: &(Story, Spot)) -> Story {
    spot.0
}
