//! A blank is filled: contents become changes of texts, these become splices of its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ooxml::{Edits, Package};

use super::address::{Address, Spot, Story};
use super::blank::{Blank, Heading, Part, PlaceKind};
use super::content::{Answer, Change, Content, Value, changed, changes, lines};
use super::gaps::Gap;
use super::grid::{Cell, Grid};
use super::picture::Pictures;
use super::proof::{StoryTexts, Texts};
use super::room;
use super::rows::{changed_row, cloned, row_changes, rows_of, splice_row};
use super::splice::Splices;
use super::text::Paragraph;

/// What is wanted at a place.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The place.
    pub at: Address,
    /// What goes there.
    pub content: Content,
}

/// A blank that was filled.
#[derive(Debug)]
pub struct Filled {
    /// The document.
    pub bytes: Vec<u8>,
    /// What the formulas of a workbook give now, by sheet and cell; or why that was not computed.
    pub formulas: BTreeMap<String, Result<Value, String>>,
    /// Rows that were put into sheets: the sheet, the row of the blank above which they came, and how many.
    pub(crate) inserted: Vec<(Story, usize, usize)>,
    /// What its texts have to say.
    pub(crate) texts: Texts,
}

/// Why a blank cannot be filled like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FillFault {
    /// Nothing has this address.
    #[error("表样中没有“{0}”这个位置")]
    NoPlace(Address),
    /// Something stands there already.
    #[error("“{at}”不是空白，已有“{text}”")]
    NotBlank {
        /// Where.
        at: Address,
        /// What.
        text: String,
    },
    /// Two contents for one place.
    #[error("“{0}”有两项内容")]
    Twice(Address),
    /// The content is not of the kind of the place.
    #[error("“{0}”不能这样填")]
    Unfit(Address),
    /// No box bears this word.
    #[error("“{value}”没有对应的选项（表样上有{}）", .boxes.join("、"))]
    NoBox {
        /// The word.
        value: String,
        /// The words of the boxes.
        boxes: Vec<String>,
    },
    /// The package cannot be written.
    #[error("文件不能写出：{0}")]
    Unwritten(String),
}

impl Blank {
    /// The blank with these contents, boxes ticked with this mark. Rows that were not prepared are put in behind the last
    /// one of their place.
    ///
    /// # Errors
    /// Why it cannot be filled like this.
    pub fn fill(&self, wanted: &[Wanted], mark: &str) -> Result<Filled, FillFault> {
        let mut seen = BTreeSet::new();
        if let Some(twice) = wanted.iter().find(|it| !seen.insert(it.at)) {
            return Err(FillFault::Twice(twice.at));
        }
        if self.is_book() {
            return super::book::fill(self, wanted, mark);
        }
        let mut pictures = Pictures::default();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut texts = Texts::default();
        for part in &self.stories {
            let own = wanted.iter().filter(|it| it.at.story == part.story);
            let mut filler = Filler::new(self, part, mark);
            for it in own {
                filler.put(it, &mut pictures)?;
            }
            let (edits, said) = filler.finish();
            texts.stories.push(said);
            if !edits.is_empty() {
                parts.push((part.name.clone(), spliced(part, edits)?));
            }
        }
        if let Some(wanted) =
            wanted.iter().find(|it| !self.stories.iter().any(|part| part.story == it.at.story))
        {
            return Err(FillFault::NoPlace(wanted.at));
        }
        let unwritten = |it: String| FillFault::Unwritten(it);
        pictures.add_parts(self, &mut parts).map_err(unwritten)?;
        let limits = ooxml::Limits::STANDARD;
        let mut package = Package::peek(&self.bytes, &limits)
            .ok_or_else(|| FillFault::Unwritten("表样不完整".to_owned()))?;
        let changes: Vec<(&str, &[u8])> = parts.iter().map(|it| (it.0.as_str(), &it.1[..])).collect();
        let bytes = package.with_parts(&changes).map_err(|it| FillFault::Unwritten(it.to_string()))?;
        Ok(Filled { bytes, formulas: BTreeMap::new(), inserted: Vec::new(), texts })
    }

    /// Whether the blank can be filled with these contents.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, wanted: &[Wanted], mark: &str) -> Result<(), FillFault> {
        if self.is_book() {
            return super::book::check(self, wanted, mark);
        }
        self.edited(wanted, mark, &mut Pictures::default()).map(|_| ())
    }

    /// What becomes of each text of the document.
    fn edited(
        &self,
        wanted: &[Wanted],
        mark: &str,
        pictures: &mut Pictures,
    ) -> Result<Vec<Edited>, FillFault> {
        let mut seen = BTreeSet::new();
        for it in wanted {
            if !self.stories.iter().any(|part| part.story == it.at.story) {
                return Err(FillFault::NoPlace(it.at));
            }
            if !seen.insert(it.at) {
                return Err(FillFault::Twice(it.at));
            }
        }
        let mut all = Vec::new();
        for part in &self.stories {
            let mut filler = Filler::new(self, part, mark);
            for it in wanted.iter().filter(|it| it.at.story == part.story) {
                filler.put(it, pictures)?;
            }
            all.push(filler.finish());
        }
        Ok(all)
    }
}

/// The splices of a text of a document, and what it has to say with them.
type Edited = (Vec<(Range<usize>, String)>, StoryTexts);

fn spliced(part: &Part, edits: Vec<(Range<usize>, String)>) -> Result<Vec<u8>, FillFault> {
    let mut all = Edits::default();
    edits.into_iter().for_each(|(range, xml)| all.replace(range, xml));
    all.apply(&part.tree).map_err(|it| FillFault::Unwritten(it.to_string()))
}

/// Fills a text of a document.
struct Filler<'a> {
    blank: &'a Blank,
    part: &'a Part,
    mark: &'a str,
    splices: Splices<'a>,
    /// What its paragraphs outside of tables say.
    paragraphs: BTreeMap<usize, Vec<String>>,
    /// What its cells say that were filled, by table, row and cell.
    cells: BTreeMap<(usize, usize, usize), Vec<String>>,
    /// Rows that were put in behind a row of a table.
    inserted: BTreeMap<(usize, usize), Vec<Vec<Vec<String>>>>,
    /// Rows that were taken out of a table.
    taken_out: BTreeSet<(usize, usize)>,
}

impl<'a> Filler<'a> {
    fn new(blank: &'a Blank, part: &'a Part, mark: &'a str) -> Self {
        Self {
            blank,
            part,
            mark,
            splices: Splices::new(part.tree.as_written()),
            paragraphs: BTreeMap::new(),
            cells: BTreeMap::new(),
            inserted: BTreeMap::new(),
            taken_out: BTreeSet::new(),
        }
    }

    fn put(&mut self, Wanted { at, content }: &Wanted, pictures: &mut Pictures) -> Result<(), FillFault> {
        let kind = self.blank.place(*at).map(|it| &it.kind);
        match at.spot {
            Spot::Paragraph(number) => {
                let idx = number.wrapping_sub(1);
                let paragraph = self.part.paragraphs.get(idx).ok_or(FillFault::NoPlace(*at))?;
                let Some(PlaceKind::Text(gaps)) = kind else { return Err(FillFault::Unfit(*at)) };
                let changes = answered((*at, gaps), content, self.mark)?;
                let own = std::slice::from_ref(paragraph);
                self.splices.change(own, &changes);
                self.paragraphs.insert(idx, changed(own, &changes));
            }
            Spot::Cell { table, row, cell } => {
                let place = (table.wrapping_sub(1), row.wrapping_sub(1), cell.wrapping_sub(1));
                let grid = self.part.grids.get(place.0).ok_or(FillFault::NoPlace(*at))?;
                let found = grid.rows.get(place.1).and_then(|it| it.cells.get(place.2));
                let found = found.ok_or(FillFault::NoPlace(*at))?;
                self.cell(*at, (grid, found, place), content, pictures)?;
            }
            Spot::Rows { table, first, last } => {
                let grid = self.part.grids.get(table.wrapping_sub(1)).ok_or(FillFault::NoPlace(*at))?;
                let (Some(PlaceKind::Rows(headings)), Content::Rows(records) | Content::OnlyRows(records)) =
                    (kind, content)
                else {
                    return Err(FillFault::Unfit(*at));
                };
                let rows = rows_of(grid, first, last);
                if matches!(content, Content::OnlyRows(_)) {
                    let unwanted = (rows.start + records.len().max(1)).min(rows.end)..rows.end;
                    self.take_out((grid, table - 1), unwanted).ok_or(FillFault::Unfit(*at))?;
                }
                self.rows((grid, table - 1, rows), headings, records);
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        at: Address,
        (grid, cell, place): (&Grid, &Cell, (usize, usize, usize)),
        content: &Content,
        pictures: &mut Pictures,
    ) -> Result<(), FillFault> {
        let kind = self.blank.place(at).map(|it| &it.kind);
        let changes = match (kind, content) {
            (Some(PlaceKind::Text(gaps)), Content::Answers(_) | Content::Text(_)) => {
                answered((at, gaps), content, self.mark)?
            }
            (_, Content::Text(_)) if !cell.is_blank() => {
                return Err(FillFault::NotBlank { at, text: cell.text() });
            }
            (_, Content::Text(value)) => self.lines((grid, cell, place.1), &value.text),
            (Some(PlaceKind::Picture) | None, Content::Picture(image)) => {
                let Some(paragraph) = cell.paragraphs.first() else { return Err(FillFault::NoPlace(at)) };
                let run = pictures.run(image, self.part, room::size(grid, cell));
                let changes = cleared(&cell.paragraphs);
                self.splices.change(&cell.paragraphs, &changes);
                self.splices.put(paragraph, &run);
                let mut said = changed(&cell.paragraphs, &changes);
                if let Some(it) = said.first_mut() {
                    it.push(super::text::OBJECT);
                }
                self.cells.insert(place, said);
                return Ok(());
            }
            _ => return Err(FillFault::Unfit(at)),
        };
        self.splices.change(&cell.paragraphs, &changes);
        self.cells.insert(place, changed(&cell.paragraphs, &changes));
        Ok(())
    }

    /// The lines of a blank cell. Blank paragraphs whose room they take are taken out, or the form would grow.
    fn lines(&self, (grid, cell, row): (&Grid, &Cell, usize), text: &str) -> Vec<Change> {
        let lines = lines(text);
        let rest = cell.paragraphs.get(lines.len()..).unwrap_or_default();
        let own = lines.len();
        let grown = room::of(self.blank, grid, cell, row)
            .map_or(0, |it| it.n_lines(text).saturating_sub(lines.len()));
        let is_free = |it: &&Paragraph| {
            it.letters.is_empty() && !self.part.tree.as_written()[it.range.clone()].contains("bookmark")
        };
        let dropped =
            if lines.is_empty() { 0 } else { rest.iter().rev().take_while(is_free).count().min(grown) };
        vec![Change::Lines { first: 0, lines, dropped, is_long: own > 1 || grown > 0 }]
    }

    fn rows(
        &mut self,
        (grid, table, rows): (&Grid, usize, Range<usize>),
        headings: &[Heading],
        records: &[Vec<Value>],
    ) {
        let last = rows.end.saturating_sub(1);
        let mut new = String::new();
        for (number, record) in records.iter().enumerate() {
            let own = rows.start + number;
            let row = &grid.rows[own.min(last)];
            let changes = row_changes(row, headings, record, number + 1);
            let said = changed_row(row, &changes);
            if own <= last {
                splice_row(&mut self.splices, row, &changes);
                let cells = said.into_iter().enumerate();
                self.cells.extend(cells.map(|(cell, it)| ((table, own, cell), it)));
            } else {
                new.push_str(&cloned(self.part.tree.as_written(), row, &changes));
                self.inserted.entry((table, last)).or_default().push(said);
            }
        }
        if !new.is_empty() {
            let end = grid.rows[last].range.end;
            self.splices.replace(end..end, new);
        }
    }

    /// Takes rows out; `None` if a cell begins in one of them and goes on below, which would then begin nowhere.
    fn take_out(&mut self, (grid, table): (&Grid, usize), rows: Range<usize>) -> Option<()> {
        let goes_below = |it: &Cell| !it.goes_on && it.rows.end > rows.end;
        if grid.rows.get(rows.clone())?.iter().any(|it| it.cells.iter().any(goes_below)) {
            return None;
        }
        for row in rows {
            self.splices.replace(grid.rows[row].range.clone(), String::new());
            self.taken_out.insert((table, row));
        }
        Some(())
    }

    /// The splices, and what the text has to say with them.
    fn finish(self) -> Edited {
        let mut said = StoryTexts::of(self.part);
        for (idx, texts) in self.paragraphs {
            said.paragraphs[idx] = texts.concat();
        }
        for ((table, row, cell), texts) in self.cells {
            said.tables[table][row][cell] = texts;
        }
        // From below, so that the rows above keep their numbers.
        let taken_out = self.taken_out.into_iter().map(|at| (at, None));
        let inserted = self.inserted.into_iter().map(|(at, rows)| (at, Some(rows)));
        let mut changed: Vec<_> = taken_out.chain(inserted).collect();
        changed.sort_by_key(|it| std::cmp::Reverse(it.0));
        for ((table, row), rows) in changed {
            match rows {
                Some(rows) => drop(said.tables[table].splice(row + 1..row + 1, rows)),
                None => drop(said.tables[table].remove(row)),
            }
        }
        (self.splices.finish(), said)
    }
}

/// Everything that can be read in some paragraphs is taken out.
fn cleared(paragraphs: &[Paragraph]) -> Vec<Change> {
    let of = |(paragraph, it): (usize, &Paragraph)| {
        let letters = 0..it.letters.len();
        let look = super::content::Look::Same;
        (!letters.is_empty()).then_some(Change::Letters { paragraph, letters, text: String::new(), look })
    };
    paragraphs.iter().enumerate().filter_map(of).collect()
}

/// What answers make of the gaps of a text.
pub(super) fn answered(
    (at, gaps): (Address, &[Gap]),
    content: &Content,
    mark: &str,
) -> Result<Vec<Change>, FillFault> {
    let alone;
    let answers = match content {
        Content::Answers(answers) => answers,
        Content::Text(value) => {
            alone = vec![Some(Answer::Text(value.text.clone()))];
            &alone
        }
        _ => return Err(FillFault::Unfit(at)),
    };
    if answers.len() != gaps.len() {
        return Err(FillFault::Unfit(at));
    }
    let mut all = Vec::new();
    for (gap, answer) in gaps.iter().zip(answers) {
        if let Some(answer) = answer {
            all.extend(changes(gap, answer, mark)?);
        }
    }
    Ok(all)
}
