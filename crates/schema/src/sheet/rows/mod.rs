//! Rows below a heading become records, one after the other.

mod above;
mod faults;
mod page;
mod nothing;
mod own_unit;
mod ticks;
mod unfolded;

pub(super) use faults::{Finished, HeadingFaults};
pub(super) use own_unit::OwnUnit;
pub(super) use page::Page;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::columns::ByField;
use super::explain::heading_origin;
use super::merged::Merged;
use super::skip::{self, N_ROWS_NEAR_HEADING, Reason, Skipped};
use crate::cell::says_nothing;
use crate::customs::Customs;
use crate::filed::Nothing;
use crate::heading::{Heading, Stranger};
use crate::layout::Layout;
use crate::table::{Cell, Record, Table};
use finding::{ById, FieldId, Finding, Origin, Report, RowId, RowSpan, TableId, Target, codes, row_ranges};
use source::Row;
use value::{Raw, Value};

/// Reads the rows of one table.
pub(super) struct Rows<'a> {
    page: Page,
    customs: &'a Customs,
    table: &'a Table,
    heading: Heading,
    /// Where the fields stand, and what their cells have meant so far.
    fields: ByField<'a>,
    /// What the sheet's name says of fields without a column.
    said: BTreeMap<FieldId, Raw>,
    /// What is wrong with the heading.
    faults: HeadingFaults,
    /// How many labels each row has that some table knows.
    known: Rc<BTreeMap<u32, usize>>,
    /// Rows over which a merged cell lies.
    banners: std::collections::BTreeSet<u32>,
    /// Merged cells below the heading.
    merged: Merged,
    /// Where the labels of the like columns stand.
    labels: BTreeMap<u16, Origin>,
    /// Rows that say that there is nothing to report, with what else stands in each.
    nothing: Vec<Vec<Arc<str>>>,
    /// The year that titles and names say of months without one.
    year: Option<i16>,
    /// Whose the records are that do not say it, if the form was sent to one unit.
    own_unit: Option<OwnUnit>,
    state: State,
}

/// What was seen in the rows above.
struct State {
    /// The records that the row being read became.
    own: RowSpan,
    /// All records so far.
    all: RowSpan,
    /// The records of rows that have a part in a merged area.
    of_row: BTreeMap<u32, RowSpan>,
    /// The last content of each column that is filled down.
    above: BTreeMap<FieldId, (Raw, Origin)>,
    /// Rows in which a column was filled down without a merged cell, each with the place it was taken from.
    filled_down: BTreeMap<FieldId, Vec<(u32, Origin)>>,
    is_after_foot: bool,
    /// Whether the row above states requirements, or is a sample below them.
    is_below_requirements: bool,
    /// What the label and the group of each of the like columns mean.
    captions: BTreeMap<u16, Vec<(FieldId, Cell)>>,
}

impl State {
    fn new(table: TableId) -> Self {
        let nothing = RowSpan { table, first: RowId::new(0), end: RowId::new(0) };
        Self {
            own: nothing,
            all: nothing,
            of_row: BTreeMap::new(),
            above: BTreeMap::new(),
            filled_down: BTreeMap::new(),
            is_after_foot: false,
            is_below_requirements: false,
            captions: BTreeMap::new(),
        }
    }
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        (layout, merged): (&Layout<'_>, Merged),
        (customs, table): (&'a Customs, &'a Table),
        heading: Heading,
        (said, faults): (BTreeMap<FieldId, Raw>, HeadingFaults),
        known: Rc<BTreeMap<u32, usize>>,
    ) -> Self {
        let unfolded = heading.columns.unfolded.iter().map(|it| it.col);
        let labels = unfolded.map(|it| (it, heading_origin(layout, &heading, it))).collect();
        Self {
            page: Page { file: layout.grid.file, sheet: layout.grid.sheet },
            customs,
            table,
            fields: ByField::new(layout.grid.epoch, table, customs, &heading.columns),
            state: State::new(heading.table),
            heading,
            said,
            faults,
            known,
            banners: layout.banners(),
            merged,
            labels,
            nothing: Vec::new(),
            year: None,
            own_unit: None,
        }
    }

    /// Says of which year months are that stand without one.
    pub(super) fn date(&mut self, year: Option<i16>) {
        self.year = year;
    }

    /// Reads a row. `top` is the first row below the heading that the row belongs to, `next` the record that is read next.
    pub(super) fn read(
        &mut self,
        (row, top): (&Row, u32),
        next: RowId,
        skipped: &mut Skipped,
        report: &mut Report,
    ) -> Vec<Record> {
        let nothing = self.units_with_nothing(row);
        let reason = if nothing.is_some() { Some(Reason::Nothing) } else { self.reason(row, top) };
        self.nothing.extend(nothing);
        self.state.is_below_requirements = matches!(reason, Some(Reason::Requirement | Reason::Sample));
        if let Some(reason) = reason {
            self.state.is_after_foot |= reason == Reason::Signature;
            skipped.add(reason, row, self.heading.extent);
            return Vec::new();
        }
        if self.fields.data.iter().all(|it| self.get(row, *it).is_empty()) {
            return Vec::new();
        }
        let origin = self.page.origin(row.number, self.fields.first);
        let table = self.table;
        let unfold = table.returned.unfold.as_ref().filter(|_| !self.heading.columns.unfolded.is_empty());
        let filled = unfold.map(|it| self.filled_cells(row, it, report)).unwrap_or_default();
        let n_records = if unfold.is_some() { filled.len() } else { 1 };
        self.begin(row, next, next.behind(n_records));
        let comes_from_columns = |field_id| unfold.is_some_and(|it| it.fields().any(|it| it == field_id));
        let cell = |field_id| {
            if comes_from_columns(field_id) {
                Cell { value: Value::Missing, origin }
            } else {
                self.cell(row, field_id, origin, report)
            }
        };
        let cells: ById<FieldId, Cell> = table.fields.ids().map(cell).collect();
        match unfold {
            None => vec![Record { origin, cells, parent: None }],
            Some(unfold) => self.unfolded(row, (unfold, filled), &cells, report),
        }
    }

    /// Notes which records a row becomes.
    fn begin(&mut self, row: &Row, first: RowId, end: RowId) {
        let State { own, all, of_row, .. } = &mut self.state;
        *own = RowSpan { first, end, ..*own };
        let is_first = all.first == all.end;
        *all = RowSpan { first: if is_first { own.first } else { all.first }, ..*own };
        if self.merged.touches(row.number) {
            of_row.insert(row.number, *own);
        }
    }

    /// Says what concerns all records: of the heading, and what was filled down without a merged cell to show for it. Gives
    /// what else is known then.
    pub(super) fn finish(self, report: &mut Report) -> Finished {
        let about = |field_id: FieldId| Target::Field(self.state.all, field_id);
        for (fields, finding) in self.faults.found {
            report.push(fields.into_iter().map(about).fold(finding, Finding::about));
        }
        for (field_id, filled) in self.state.filled_down {
            let (Some(col), Some((first, source))) = (self.fields.columns[field_id], filled.first()) else {
                continue;
            };
            let title = &self.table.fields[field_id].title;
            let rows: Vec<u32> = filled.iter().map(|it| it.0).collect();
            let message = format!("“{title}”在{}为空，按上面一行的内容读取", row_ranges(&rows));
            let is_taken_from_one = filled.iter().all(|it| it.1 == *source);
            let taken = if is_taken_from_one {
                "取自这里".into()
            } else {
                format!("{}取自这里", row_ranges(&[*first]))
            };
            report.push(
                Finding::new(&codes::FILLED_DOWN, message)
                    .at(self.page.origin(*first, col))
                    .about(about(field_id))
                    .field(title.clone())
                    .related(*source, taken),
            );
        }
        if let Some(own) = &self.own_unit {
            own.report(self.page, self.table, self.state.all, report);
        }
        self.fields.dittos.report(self.page, &self.table.fields, self.state.all, report);
        let table = self.heading.table;
        Finished {
            nothing: self.nothing.into_iter().map(|names| Nothing { table, names }).collect(),
            records: self.state.all,
            unnamed: self.faults.unnamed,
        }
    }

    fn get<'r>(&self, row: &'r Row, col: u16) -> &'r Raw {
        if self.merged.is_note(row.number, col) { &Raw::Empty } else { row.get(col) }
    }

    fn cell(&mut self, row: &Row, field_id: FieldId, record: Origin, report: &mut Report) -> Cell {
        let field = &self.table.fields[field_id];
        let Some(col) = self.fields.columns[field_id] else {
            if let Some(end) = self.fields.end_of_span(field_id, report) {
                return end;
            }
            let slot = self.fields.slot(field_id, self.state.own, record);
            if let Some(ticked) = self.heading.columns.ticked.get(&field_id) {
                let shown = |it: &Stranger| (self.page.origin(row.number, it.col), self.get(row, it.col));
                let shown = ticked.iter().map(|it| (&*it.label, shown(it))).collect();
                return ticks::cell(slot, shown, (self.customs, &mut self.fields), report);
            }
            return match (self.said.get(&field_id), self.faults.absent.get(&field_id)) {
                (Some(raw), _) => self.fields.bind(slot, raw, report),
                // The heading has been reported: what it does not name nobody knows, and it stands for the error.
                (None, Some(heading)) => Cell { value: Value::Invalid, origin: *heading },
                (None, None) if field.default.is_some() => self.fields.bind(slot, &Raw::Empty, report),
                (None, None) => Cell { value: Value::Missing, origin: record },
            };
        };
        let origin = self.page.origin(row.number, col);
        let raw = self.get(row, col);
        if field.fill_down {
            let raw = self.filled_down(row, field_id, raw, origin);
            return self.filled((row, field_id), &raw, origin, report);
        }
        self.filled((row, field_id), raw, origin, report)
    }

    /// The cell of a field, once it is known what stands in it.
    fn filled(
        &mut self,
        (row, field_id): (&Row, FieldId),
        raw: &Raw,
        origin: Origin,
        report: &mut Report,
    ) -> Cell {
        let field = &self.table.fields[field_id];
        let slot = self.fields.slot(field_id, self.state.own, origin);
        if raw.is_empty() && field.required && self.is_named_by_code(row, field_id) {
            return Cell { value: Value::Missing, origin };
        }
        if raw.is_empty()
            && let Some(col) = self.fields.columns[field_id]
            && let Some((finding, shown)) = self.merged.lost_value(self.page, slot, (row.number, col))
        {
            let shown = self.field_at(shown).map(|(rows, field)| Target::Field(rows, field));
            report.push(shown.into_iter().fold(finding, Finding::about));
            return Cell { value: Value::Missing, origin };
        }
        let own = if raw.is_empty() { self.own_unit(row, field_id) } else { None };
        self.fields.bind(slot, own.as_ref().unwrap_or(raw), report)
    }

    /// Which field of which records a cell of a merged area holds, if it lies in a row that was read.
    fn field_at(&self, (row, col): (u32, u16)) -> Option<(RowSpan, FieldId)> {
        let field = self.fields.columns.position(|it| *it == Some(col))?;
        Some((*self.state.of_row.get(&row)?, field))
    }

    /// Why a row is no record; blank rows have no reason and give none.
    fn reason(&self, row: &Row, top: u32) -> Option<Reason> {
        let cells: Vec<(u16, &Raw)> = row
            .within(self.heading.extent)
            .iter()
            .filter(|it| !self.merged.is_note(row.number, it.0))
            .map(|it| (it.0, &it.1))
            .collect();
        let has_data = cells.iter().any(|it| self.fields.data.binary_search(&it.0).is_ok());
        let asked = skip::Row {
            customs: self.customs,
            n_columns: self.fields.data.len(),
            n_known: self.known.get(&row.number).copied().unwrap_or_default(),
            lacks_key: self.lacks_key(row),
            is_without_body: !self.faults.unnamed.is_empty(),
            is_near_heading: row.number < top + N_ROWS_NEAR_HEADING,
            is_below_requirements: self.state.is_below_requirements,
            is_banner: self.banners.contains(&row.number),
            is_after_foot: self.state.is_after_foot,
            cells,
        };
        let own = asked.reason();
        if own.is_some() || asked.cells.is_empty() {
            return own;
        }
        if !has_data {
            let is_printed =
                |it: &(u16, &Raw)| self.heading.columns.nothing.contains(&it.0) && !skip::is_words(it.1);
            return (!asked.cells.iter().all(is_printed)).then_some(Reason::Outside);
        }
        if self.is_prefilled(row) {
            return Some(Reason::Prefilled);
        }
        let value = self.table.returned.unfold.as_ref().map(|it| &self.table.fields[it.value_field])?;
        let unfolded = &self.heading.columns.unfolded;
        let is_empty = unfolded.iter().all(|it| says_nothing(value, self.get(row, it.col)));
        (!unfolded.is_empty() && is_empty).then_some(Reason::NothingUnfolded)
    }

    /// Whether the row leaves empty most of what its table requires.
    fn lacks_key(&self, row: &Row) -> bool {
        let n_filled = self.fields.required.iter().filter(|it| !self.get(row, **it).is_empty()).count();
        2 * n_filled <= self.fields.required.len()
    }
}
