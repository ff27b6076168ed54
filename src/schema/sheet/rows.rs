//! Rows below a heading become records, one after the other.

use std::collections::BTreeMap;

use super::explain::{first_column, heading_origin};
use super::merged::Merged;
use super::skip::{N_ROWS_NEAR_HEADING, Reason, Row, Skipped, ranges};
use crate::finding::{Finding, Origin, Report, codes};
use crate::schema::cell::{bind, bind_since, says_nothing};
use crate::schema::heading::Heading;
use crate::schema::layout::Layout;
use crate::schema::returned::Unfold;
use crate::schema::table::{Cell, FieldKind, Record, Table};
use crate::value::{Raw, Value};

/// Reads the rows of one table.
pub(super) struct Rows<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) table: &'a Table,
    pub(super) heading: &'a Heading,
    /// What the sheet's name says of fields without a column.
    pub(super) said: &'a BTreeMap<usize, Raw>,
    /// Fields whose column was not found, with the place in the heading that is to blame.
    pub(super) absent: BTreeMap<usize, Origin>,
    /// How many labels each row has that some table knows.
    pub(super) known: &'a BTreeMap<u32, usize>,
    /// Merged cells below the heading.
    pub(super) merged: Merged,
    state: State,
}

/// What was seen in the rows above.
#[derive(Default)]
struct State {
    /// The last content of each column that is filled down.
    above: BTreeMap<usize, (Raw, Origin)>,
    /// Rows in which a column was filled down without a merged cell, with the place it was taken from.
    filled_down: BTreeMap<usize, (Vec<u32>, Origin)>,
    is_after_foot: bool,
    /// What the label and the group of each of the like columns mean.
    captions: BTreeMap<u16, Vec<(usize, Cell)>>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        (layout, merged): (&'a Layout<'a>, Merged),
        (table, heading): (&'a Table, &'a Heading),
        (said, absent): (&'a BTreeMap<usize, Raw>, BTreeMap<usize, Origin>),
        known: &'a BTreeMap<u32, usize>,
    ) -> Self {
        Self { layout, table, heading, said, absent, known, merged, state: State::default() }
    }

    /// Reads a row. `top` is the first row below the heading that the row belongs to.
    pub(super) fn read(
        &mut self,
        (row, top): (u32, u32),
        skipped: &mut Skipped,
        report: &mut Report,
    ) -> Vec<Record> {
        if let Some(reason) = self.reason(row, top) {
            self.state.is_after_foot |= reason == Reason::Signature;
            skipped.add(reason, row);
            return Vec::new();
        }
        if self.heading.columns.data().iter().all(|it| self.get(row, *it).is_empty()) {
            return Vec::new();
        }
        let origin = self.layout.origin(row, first_column(self.heading));
        let unfold =
            self.table.returned.unfold.as_ref().filter(|_| !self.heading.columns.unfolded.is_empty());
        let mut cells = Vec::with_capacity(self.table.fields.len());
        for field_idx in 0..self.table.fields.len() {
            let comes_from_columns = unfold.is_some_and(|it| it.fields().any(|it| it == field_idx));
            cells.push(if comes_from_columns {
                Cell { value: Value::Missing, origin }
            } else {
                self.cell(row, field_idx, origin, report)
            });
        }
        match unfold {
            None => vec![Record { origin, cells, parent: None }],
            Some(unfold) => self.unfolded(row, unfold, &cells, report),
        }
    }

    /// Says what was filled down without a merged cell to show for it.
    pub(super) fn finish(self, report: &mut Report) {
        for (field_idx, (rows, source)) in self.state.filled_down {
            let Some(col) = self.heading.columns.fields.get(&field_idx) else { continue };
            let title = &self.table.fields[field_idx].title;
            let message = format!("“{title}”在{}为空，按上面一行的内容读取", ranges(&rows));
            report.push(
                Finding::new(&codes::FILLED_DOWN, message)
                    .at(self.layout.origin(rows[0], *col))
                    .field(title.clone())
                    .related(source, "取自这里"),
            );
        }
    }

    /// One record for each filled cell of the like columns.
    fn unfolded(&mut self, row: u32, unfold: &Unfold, cells: &[Cell], report: &mut Report) -> Vec<Record> {
        let mut records = Vec::new();
        let field = &self.table.fields[unfold.value_field];
        for (col, column, group) in self.heading.columns.unfolded.clone() {
            let raw = self.get(row, col).clone();
            if says_nothing(field, &raw) {
                continue;
            }
            let origin = self.layout.origin(row, col);
            let mut cells = cells.to_vec();
            for (field_idx, cell) in self.captions(unfold, (col, column, group), report) {
                cells[field_idx] = cell;
            }
            cells[unfold.value_field] = bind_since(self.layout.grid.epoch, (field, &raw), origin, report);
            records.push(Record { origin, cells, parent: None });
        }
        records
    }

    /// What the label of a column and that of its group mean: read once, at the place of the heading.
    fn captions(
        &mut self,
        unfold: &Unfold,
        (col, column, group): (u16, usize, usize),
        report: &mut Report,
    ) -> Vec<(usize, Cell)> {
        if let Some(captions) = self.state.captions.get(&col) {
            return captions.clone();
        }
        let origin = heading_origin(self.layout, self.heading, col);
        let mut captions = Vec::new();
        let group_field = unfold.group_field.and_then(|it| Some((it, unfold.groups.get(group)?)));
        for (field_idx, caption) in
            [(unfold.column_field, &unfold.columns[column])].into_iter().chain(group_field)
        {
            let cell = bind(&self.table.fields[field_idx], &Raw::text(&caption.value), origin, report);
            captions.push((field_idx, cell));
        }
        self.state.captions.insert(col, captions.clone());
        captions
    }

    fn get(&self, row: u32, col: u16) -> &'a Raw {
        if self.merged.is_note(row, col) { &Raw::Empty } else { self.layout.get(row, col) }
    }

    fn cell(&mut self, row: u32, field_idx: usize, record: Origin, report: &mut Report) -> Cell {
        let field = &self.table.fields[field_idx];
        let Some(col) = self.heading.columns.fields.get(&field_idx).copied() else {
            return match (self.said.get(&field_idx), self.absent.get(&field_idx)) {
                (Some(raw), _) => bind(field, raw, record, report),
                (None, _) if field.default.is_some() => bind(field, &Raw::Empty, record, report),
                // The heading has been reported: what it does not name nobody knows, and it stands for the error.
                (None, Some(heading)) => Cell { value: Value::Invalid, origin: *heading },
                (None, None) => Cell { value: Value::Missing, origin: record },
            };
        };
        let origin = self.layout.origin(row, col);
        let mut raw = self.get(row, col).clone();
        if field.fill_down {
            raw = self.filled_down((row, field_idx), raw, origin);
        }
        if raw.is_empty() && field.required && self.is_named_by_code(row, field_idx) {
            return Cell { value: Value::Missing, origin };
        }
        if raw.is_empty()
            && let Some(finding) = self.merged.lost_value(self.layout, field, (row, col))
        {
            report.push(finding);
            return Cell { value: Value::Missing, origin };
        }
        bind_since(self.layout.grid.epoch, (field, &raw), origin, report)
    }

    /// The content of a cell that repeats the one above it: silently within a merged area, with a note otherwise.
    fn filled_down(&mut self, (row, field_idx): (u32, usize), raw: Raw, origin: Origin) -> Raw {
        if !raw.is_empty() {
            self.state.above.insert(field_idx, (raw.clone(), origin));
            return raw;
        }
        let Some((above, source)) = self.state.above.get(&field_idx).cloned() else { return raw };
        if self.is_named_by_code(row, field_idx) {
            return raw;
        }
        let crate::finding::Place::Cell { col, .. } = origin.place else { return raw };
        if !self.merged.covers(row, col) {
            self.state.filled_down.entry(field_idx).or_insert((Vec::new(), source)).0.push(row);
        }
        above
    }

    /// Whether the record that a reference names is given by its code in the same row.
    fn is_named_by_code(&self, row: u32, field_idx: usize) -> bool {
        let code = self.code_of(field_idx).and_then(|it| self.heading.columns.fields.get(&it));
        code.is_some_and(|col| !self.get(row, *col).is_empty())
    }

    /// The field that names the record of a reference by its code.
    fn code_of(&self, field_idx: usize) -> Option<usize> {
        let FieldKind::Reference(reference) = &self.table.fields[field_idx].kind else { return None };
        reference.fallback.as_ref().and_then(|it| self.table.field(it))
    }

    /// Why a row is no record; blank rows have no reason and give none.
    fn reason(&self, row: u32, top: u32) -> Option<Reason> {
        let cells: Vec<(u16, &Raw)> = self
            .layout
            .cells(row, self.heading.extent)
            .filter(|it| !self.merged.is_note(row, it.0))
            .collect();
        let data = self.heading.columns.data();
        let has_data = cells.iter().any(|it| data.contains(&it.0));
        let asked = Row {
            n_columns: data.len(),
            n_known: self.known.get(&row).copied().unwrap_or_default(),
            lacks_key: self.lacks_key(row),
            is_near_heading: row < top + N_ROWS_NEAR_HEADING,
            is_banner: self.layout.is_banner(row),
            is_after_foot: self.state.is_after_foot,
            cells,
        };
        let own = asked.reason();
        if own.is_some() || asked.cells.is_empty() {
            return own;
        }
        if !has_data {
            let is_printed = |it: &(u16, &Raw)| self.heading.columns.nothing.contains(&it.0);
            return (!asked.cells.iter().all(is_printed)).then_some(Reason::Outside);
        }
        if self.is_prefilled(row) {
            return Some(Reason::Prefilled);
        }
        let value = self.table.returned.unfold.as_ref().map(|it| &self.table.fields[it.value_field])?;
        let unfolded = &self.heading.columns.unfolded;
        let is_empty = unfolded.iter().all(|it| says_nothing(value, self.get(row, it.0)));
        (!unfolded.is_empty() && is_empty).then_some(Reason::NothingUnfolded)
    }

    /// Whether the row leaves empty most of what its table requires.
    fn lacks_key(&self, row: u32) -> bool {
        let required = self.heading.columns.fields.iter().filter(|it| self.table.fields[*it.0].required);
        let (mut n_required, mut n_filled) = (0, 0);
        for (_, col) in required {
            n_required += 1;
            n_filled += usize::from(!self.get(row, *col).is_empty());
        }
        2 * n_filled <= n_required
    }

    /// Whether only what is printed on the form beforehand is filled: names that hold for many rows, and their codes.
    fn is_prefilled(&self, row: u32) -> bool {
        let is_printed = |field_idx: usize| {
            let is_code = |it: usize| self.table.fields[it].fill_down && self.code_of(it) == Some(field_idx);
            self.table.fields[field_idx].fill_down || (0..self.table.fields.len()).any(is_code)
        };
        let is_filled = |col: &u16| !self.get(row, *col).is_empty();
        let others = self.heading.columns.fields.iter().filter(|it| !is_printed(*it.0));
        let mut n_required = 0;
        for (field_idx, col) in others {
            n_required += usize::from(self.table.fields[*field_idx].required);
            if is_filled(col) {
                return false;
            }
        }
        n_required > 0 && self.heading.columns.unfolded.is_empty()
    }
}
