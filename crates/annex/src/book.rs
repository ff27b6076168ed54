//! A blank workbook is filled: values into its cells, rows where more are wanted, formulas computed anew.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use ooxml::{CellValue, Filler, Limits, Prepared, Put, cell_name};

use super::address::{Spot, Story};
use super::blank::{Blank, Heading, Numbers, Part, PlaceKind};
use super::content::{Change, Content, Value, changed};
use super::fill::{FillFault, Filled, Wanted, answered};
use super::proof::{StoryTexts, Texts};
use super::rows::renumbered;

/// Fills the sheets of a workbook.
struct Sheets<'a, 'b> {
    blank: &'a Blank,
    filler: Filler<'b>,
    mark: &'a str,
    inserted: Vec<(Story, usize, usize)>,
    texts: Vec<StoryTexts>,
}

/// The blank with these contents.
///
/// # Errors
/// Why it cannot be filled like this.
pub(super) fn fill(blank: &Blank, wanted: &[Wanted], mark: &str) -> Result<Filled, FillFault> {
    let filler = Filler::open(&blank.bytes, &Limits::STANDARD).map_err(unwritten)?;
    let texts = blank.stories.iter().map(StoryTexts::of).collect();
    let mut sheets = Sheets { blank, filler, mark, inserted: Vec::new(), texts };
    let mut seen = BTreeSet::new();
    // From below, so that rows which are put in move nothing that is still to be filled.
    let mut order: Vec<&Wanted> = wanted.iter().collect();
    order.sort_by_key(|it| std::cmp::Reverse((it.at.story, first_row(it.at.spot), it.at.spot)));
    for it in order {
        if !seen.insert(it.at) {
            return Err(FillFault::Twice(it.at));
        }
        sheets.put(it)?;
    }
    let filled = sheets.filler.finish().map_err(unwritten)?;
    let mut formulas = BTreeMap::new();
    for it in filled.formulas {
        let at = format!("{}!{}", it.sheet, cell_name(it.cell));
        formulas.insert(at, it.now.map(shown).map_err(|why| why.to_string()));
    }
    let texts = Texts { stories: sheets.texts };
    Ok(Filled { bytes: filled.bytes, formulas, inserted: sheets.inserted, texts })
}

/// Whether the blank can be filled with these contents.
///
/// # Errors
/// Why it cannot.
pub(super) fn check(blank: &Blank, wanted: &[Wanted], mark: &str) -> Result<(), FillFault> {
    // The workbook itself need not be opened for it: what is asked for each value of each record has to be quick.
    for Wanted { at, content } in wanted {
        match (blank.place(*at).map(|it| &it.kind), content) {
            (Some(PlaceKind::Text(gaps)), _) => answered((*at, gaps), content, mark).map(|_| ())?,
            (Some(PlaceKind::Cell), Content::Text(_)) | (Some(PlaceKind::Rows(_)), Content::Rows(_)) => {}
            (None, _) => return Err(FillFault::NoPlace(*at)),
            (Some(_), _) => return Err(FillFault::Unfit(*at)),
        }
    }
    Ok(())
}

/// The first row of a spot.
fn first_row(spot: Spot) -> usize {
    match spot {
        Spot::Cell { row, .. } => row,
        Spot::Rows { first, .. } => first,
        Spot::Paragraph(number) => number,
    }
}

fn unwritten(why: ooxml::FillFault) -> FillFault {
    FillFault::Unwritten(why.to_string())
}

/// What a formula gives.
fn shown(value: CellValue) -> Value {
    match value {
        CellValue::Empty => Value::default(),
        CellValue::Number(number) => Value { text: number.to_string(), number: Some(number) },
        CellValue::Text(text) | CellValue::Error(text) => text.into(),
        CellValue::Boolean(is) => if is { "TRUE" } else { "FALSE" }.into(),
    }
}

impl Sheets<'_, '_> {
    fn put(&mut self, Wanted { at, content }: &Wanted) -> Result<(), FillFault> {
        let number = self.blank.stories.iter().position(|it| it.story == at.story);
        let number = number.ok_or(FillFault::NoPlace(*at))?;
        let part = &self.blank.stories[number];
        let kind = self.blank.place(*at).map(|it| &it.kind);
        match (at.spot, kind, content) {
            (Spot::Cell { row, cell, .. }, kind, content) => {
                let grid = part.grids.first().ok_or(FillFault::NoPlace(*at))?;
                let place = grid.named(row, cell).ok_or(FillFault::NoPlace(*at))?;
                let found = grid.cell(place);
                let changes = match (kind, content) {
                    (Some(PlaceKind::Text(gaps)), Content::Answers(_) | Content::Text(_)) => {
                        answered((*at, gaps), content, self.mark)?
                    }
                    (_, Content::Text(_)) if !found.is_blank() => {
                        return Err(FillFault::NotBlank { at: *at, text: found.text() });
                    }
                    (_, Content::Text(value)) => {
                        return self.value((number, part), place, value);
                    }
                    _ => return Err(FillFault::Unfit(*at)),
                };
                self.text((number, part), place, &changes)
            }
            (Spot::Rows { first, last, .. }, Some(PlaceKind::Rows(headings)), Content::Rows(records)) => {
                self.rows((number, part), first - 1..last, headings, records)
            }
            _ => Err(FillFault::Unfit(*at)),
        }
    }

    fn value(
        &mut self,
        (number, part): (usize, &Part),
        (row, place): (usize, usize),
        value: &Value,
    ) -> Result<(), FillFault> {
        let column = part.grids[0].rows[row].cells[place].columns.start;
        let put = value.number.map_or_else(|| Put::Text(value.text.clone()), Put::Number);
        self.filler.put(&part.name, (count(row), count(column)), &put).map_err(unwritten)?;
        self.texts[number].tables[0][row][place] = value.text.split('\n').map(str::to_owned).collect();
        Ok(())
    }

    fn text(
        &mut self,
        (number, part): (usize, &Part),
        (row, place): (usize, usize),
        changes: &[Change],
    ) -> Result<(), FillFault> {
        let cell = &part.grids[0].rows[row].cells[place];
        let lines = changed(&cell.paragraphs, changes);
        let put = Put::Text(lines.join("\n"));
        self.filler.put(&part.name, (count(row), count(cell.columns.start)), &put).map_err(unwritten)?;
        self.texts[number].tables[0][row][place] = lines;
        Ok(())
    }

    fn rows(
        &mut self,
        (number, part): (usize, &Part),
        rows: Range<usize>,
        headings: &[Heading],
        records: &[Vec<Value>],
    ) -> Result<(), FillFault> {
        let prepared = Prepared { first: count(rows.start), last: count(rows.end - 1) };
        let n_new =
            self.filler.make_room(&part.name, prepared, count(records.len())).map_err(unwritten)? as usize;
        let like = &part.grids[0].rows[rows.end.saturating_sub(2).max(rows.start)];
        if n_new > 0 {
            self.inserted.push((part.story, rows.end - 1, n_new));
        }
        let table = &mut self.texts[number].tables[0];
        let blank_row: Vec<Vec<String>> = like.cells.iter().map(|_| vec![String::new()]).collect();
        table.splice(rows.end - 1..rows.end - 1, std::iter::repeat_n(blank_row, n_new));
        for (idx, record) in records.iter().enumerate() {
            let row = rows.start + idx;
            for (heading, value) in headings.iter().zip(record) {
                let numbered = numbered(&like.cells[heading.cell].text(), idx + 1);
                let value = if heading.numbers == Numbers::No { value } else { &numbered };
                let columns = &like.cells[heading.cell].columns;
                let put = value.number.map_or_else(|| Put::Text(value.text.clone()), Put::Number);
                self.filler.put(&part.name, (count(row), count(columns.start)), &put).map_err(unwritten)?;
                self.texts[number].tables[0][row][heading.cell] =
                    value.text.split('\n').map(str::to_owned).collect();
            }
        }
        Ok(())
    }
}

/// The number of a row, written as the rows of the blank are numbered.
fn numbered(given: &str, number: usize) -> Value {
    if given.chars().all(|it| it.is_ascii_digit() || it.is_whitespace()) {
        return Value { text: number.to_string(), number: u32::try_from(number).ok().map(f64::from) };
    }
    renumbered(given, number).unwrap_or_else(|| given.to_owned()).into()
}

/// Rows and columns of a form are few.
fn count(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
