//! How well labels fit a table: which column holds which field, and what that is worth.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{Label, Meaning};
use crate::table::{FieldKind, Table};
use finding::{FieldId, TableId};

/// A heading that names a field is worth this much; twice for a required field.
pub(super) const SCORE_FIELD: f64 = 3.0;
/// What each of like columns is worth beyond the fields that they stand for.
const SCORE_UNFOLDED: f64 = 0.5;

/// A label with what it means to each table, and how many of its levels were needed to know it.
pub(super) type Understood = (Label, BTreeMap<TableId, (Meaning, usize)>);

/// The columns of a table, as a heading gives them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Columns {
    /// Column of each field that was found.
    pub(crate) fields: BTreeMap<FieldId, u16>,
    /// Like columns.
    pub(crate) unfolded: Vec<LikeColumn>,
    /// Columns that are understood and carry nothing: 序号.
    pub(crate) nothing: BTreeSet<u16>,
    /// Columns with a label that belongs to no field: column and label as written.
    pub(crate) strangers: Vec<(u16, String)>,
    /// Columns that name a field which another column has already taken: column, label, field.
    pub(crate) repeated: Vec<(u16, String, FieldId)>,
}

/// One of like columns, such as 1月 … 12月.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LikeColumn {
    /// Where it stands.
    pub(crate) col: u16,
    /// What its labels are.
    pub(crate) labels: Labels,
}

/// What stands above one of like columns, by its place in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Labels {
    /// Its own label: index among [`crate::Unfold::columns`].
    pub(crate) column: usize,
    /// That of its group: index among [`crate::Unfold::groups`]; 0 if there are none.
    pub(crate) group: usize,
}

impl Columns {
    /// Gives each column to the field that it names.
    pub(super) fn of(table_id: TableId, table: &Table, labels: &[Understood]) -> Self {
        let mut columns = Self::default();
        let mut levels_used: BTreeMap<FieldId, usize> = BTreeMap::new();
        for (label, meanings) in labels {
            match meanings.get(&table_id) {
                None => {}
                Some((Meaning::Nothing, _)) => {
                    columns.nothing.insert(label.col);
                }
                Some((Meaning::Unfolded(labels), _)) => columns.unfold(table, label, *labels),
                Some((Meaning::Field(field), n_levels)) => {
                    let used = levels_used.entry(*field).or_default();
                    columns.give(label, *field, *n_levels > *used);
                    *used = (*used).max(*n_levels);
                }
            }
        }
        columns
    }

    /// Adds the columns whose labels mean nothing to the table.
    pub(super) fn add_strangers(&mut self, table_id: TableId, labels: &[Understood]) {
        let strangers = labels.iter().filter(|it| !it.1.contains_key(&table_id));
        self.strangers.extend(strangers.map(|it| (it.0.col, it.0.lowest.written.clone())));
    }

    /// Gives a column to a field; of several that name it, the one that names it by more levels has it.
    fn give(&mut self, label: &Label, field: FieldId, names_it_better: bool) {
        match self.fields.get(&field).copied() {
            Some(earlier) if names_it_better => {
                self.repeated.push((earlier, label.lowest.written.clone(), field));
                self.fields.insert(field, label.col);
            }
            Some(_) => self.repeated.push((label.col, label.lowest.written.clone(), field)),
            None => {
                self.fields.insert(field, label.col);
            }
        }
    }

    fn unfold(&mut self, table: &Table, label: &Label, labels: Labels) {
        let Some(unfold) = &table.returned.unfold else { return };
        if self.unfolded.iter().any(|it| it.labels == labels) {
            self.repeated.push((label.col, label.lowest.written.clone(), unfold.value_field));
        } else {
            self.unfolded.push(LikeColumn { col: label.col, labels });
        }
    }

    /// Whether the heading has a field: by its own column, by like columns, or by the code of the same record.
    pub(crate) fn has(&self, table: &Table, field: FieldId) -> bool {
        let unfold = table.returned.unfold.as_ref().filter(|_| !self.unfolded.is_empty());
        let by_code = match &table.fields[field].kind {
            FieldKind::Reference(reference) => reference
                .fallback
                .as_ref()
                .and_then(|it| table.field(it))
                .is_some_and(|it| self.fields.contains_key(&it)),
            _ => false,
        };
        self.fields.contains_key(&field)
            || by_code
            || unfold.is_some_and(|it| it.fields().any(|it| it == field))
    }

    /// The share of the required fields that the heading has; `None` if that is too little to know the table by.
    pub(super) fn share(&self, table: &Table) -> Option<f64> {
        let required = || table.fields.ids().filter(|it| table.fields[*it].required);
        let (n_required, n_found) =
            (required().count(), required().filter(|it| self.has(table, *it)).count());
        let is_enough = match n_required {
            0 => self.fields.len() >= 2,
            1 => n_found == 1 && self.fields.len() >= 2,
            // Two words of a large table stand in many a row of data.
            _ => 2 * n_found >= n_required || (n_found >= 2 && 4 * n_found >= n_required),
        };
        is_enough.then(|| if n_required == 0 { 1.0 } else { n_found as f64 / n_required as f64 })
    }

    /// What the columns are worth.
    pub(super) fn score(&self, table: &Table) -> f64 {
        let worth =
            |field: FieldId| if table.fields[field].required { 2.0 * SCORE_FIELD } else { SCORE_FIELD };
        let found = table.fields.ids().filter(|it| self.has(table, *it));
        found.map(worth).sum::<f64>() + SCORE_UNFOLDED * self.unfolded.len() as f64
    }

    /// Whether the column is that of a field or one of like columns.
    pub(crate) fn data(&self) -> BTreeSet<u16> {
        self.fields.values().copied().chain(self.unfolded.iter().map(|it| it.col)).collect()
    }
}
