//! How well labels fit a table: which column holds which field, and what that is worth.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{Label, Lexicon, Meaning};
use crate::sheet::years_in;
use crate::table::{FieldKind, Table};
use crate::unfold::N_COLUMNS_KNOWN_BY;
use finding::{FieldId, TableId};

/// A heading that names a field is worth this much; twice for a required field.
pub(super) const SCORE_FIELD: f64 = 3.0;
/// What a heading is worth beyond that if no other table knows it.
const SCORE_OWN: f64 = 1.5;
/// What a heading is worth beyond that if it is the very title of the field: another table may have it as another word
/// for something else.
const SCORE_TITLE: f64 = 0.5;
/// What each of like columns is worth beyond the fields that they stand for.
const SCORE_UNFOLDED: f64 = 0.5;
/// A table of which the heading has so many fields is known by them, whatever required ones are not there …
const N_FIELDS_KNOWN_BY: usize = 5;
/// … if they are this share of the columns.
const SHARE_KNOWN_BY: f64 = 0.6;
/// A table that the sheet is named after is known by so many fields.
const N_FIELDS_OF_NAMED: usize = 2;

/// A label with what it means to each table.
pub(super) type Understood = (Label, BTreeMap<TableId, Known>);

/// What a label is to a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// What it means.
    pub(super) meaning: Meaning,
    /// How many of its levels were needed to know it.
    pub(super) n_levels: usize,
    /// Whether it is the very title of a field.
    pub(super) is_title: bool,
    /// Whether no other table knows it.
    pub(super) is_own: bool,
}

/// The columns of a table, as a heading gives them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Columns {
    /// Column of each field that was found.
    pub(crate) fields: BTreeMap<FieldId, u16>,
    /// Like columns.
    pub(crate) unfolded: Vec<LikeColumn>,
    /// The column that adds them up.
    pub(crate) total: Option<u16>,
    /// Columns that are understood and carry nothing: 序号.
    pub(crate) nothing: BTreeSet<u16>,
    /// Columns that are ticked: a choice of the field in each label.
    pub(crate) ticked: BTreeMap<FieldId, Vec<Stranger>>,
    /// Columns with a label that belongs to no field.
    pub(crate) strangers: Vec<Stranger>,
    /// Columns that name a field which another column has already taken: column, label, field.
    pub(crate) repeated: Vec<(u16, String, FieldId)>,
    /// Fields whose label no other table knows.
    own: BTreeSet<FieldId>,
    /// Fields whose label is their very title.
    titled: BTreeSet<FieldId>,
}

/// A column whose label belongs to no field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stranger {
    /// The column.
    pub(crate) col: u16,
    /// The label as written, without those above it.
    pub(crate) label: String,
    /// The labels above it as written, from the top.
    pub(crate) above: Vec<String>,
}

/// One of like columns, such as 1月 … 12月.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LikeColumn {
    /// Where it stands.
    pub(crate) col: u16,
    /// What its labels are.
    pub(crate) labels: Labels,
    /// The year that stands in its label or above it.
    pub(crate) year: Option<i16>,
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
        let mut named_by: BTreeMap<FieldId, (usize, bool)> = BTreeMap::new();
        for (label, meanings) in labels {
            let Some(known) = meanings.get(&table_id) else { continue };
            match known.meaning {
                Meaning::Nothing => {
                    columns.nothing.insert(label.col);
                }
                Meaning::Unfolded(labels) => columns.unfold(table, label, labels),
                Meaning::Total => columns.total = columns.total.or(Some(label.col)),
                Meaning::Field(field) => {
                    let how = (known.n_levels, known.is_title);
                    let best = named_by.entry(field).or_default();
                    columns.give(label, field, how > *best);
                    *best = (*best).max(how);
                    columns.own.extend(known.is_own.then_some(field));
                    columns.titled.extend(known.is_title.then_some(field));
                }
            }
        }
        columns
    }

    /// Adds the columns whose labels mean nothing to the table; those that are ticked below stand for the field of which
    /// each label is a choice. `n_ticks` counts the ticks of a column in which nothing else stands.
    pub(super) fn add_others(
        &mut self,
        (table_id, table): (TableId, &Table),
        labels: &[Understood],
        (lexicon, n_ticks): (&Lexicon, &dyn Fn(u16) -> Option<usize>),
    ) {
        let mut ticks: BTreeMap<FieldId, usize> = BTreeMap::new();
        let is_like = |it: &Known| matches!(it.meaning, Meaning::Unfolded(_) | Meaning::Total);
        let is_without = self.unfolded.is_empty();
        let is_other = |it: &&Understood| it.1.get(&table_id).is_none_or(|it| is_without && is_like(it));
        for (label, _) in labels.iter().filter(is_other) {
            let written = label.lowest.written.clone();
            let above = label.path.iter().map(|it| it.written.clone()).filter(|it| *it != written);
            let stranger = Stranger { col: label.col, above: above.collect(), label: written };
            let chosen = lexicon.chosen_by(table_id, &label.lowest.folded);
            let field = chosen.filter(|it| !self.has(table, *it) || self.ticked.contains_key(it)).last();
            match field.and_then(|it| Some((it, n_ticks(label.col)?))) {
                Some((field, n)) => {
                    *ticks.entry(field).or_default() += n;
                    self.ticked.entry(field).or_default().push(stranger);
                }
                None => self.strangers.push(stranger),
            }
        }
        for (field, _) in ticks.into_iter().filter(|it| it.1 == 0) {
            self.strangers.extend(self.ticked.remove(&field).into_iter().flatten());
        }
        self.strangers.sort_by_key(|it| it.col);
    }

    /// Gives a column to a field; of several that name it, the one that names it by more levels has it, or by its title.
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
        let year = if unfold.is_of_year { year_of(label) } else { None };
        if self.unfolded.iter().any(|it| (it.labels, it.year) == (labels, year)) {
            self.repeated.push((label.col, label.lowest.written.clone(), unfold.value_field));
        } else {
            self.unfolded.push(LikeColumn { col: label.col, labels, year });
        }
    }

    /// Forgets the like columns where they are another way to return the table and it is returned in the usual one, or they
    /// do not tell enough.
    pub(super) fn refuse_another_way(&mut self, table: &Table, is_named: bool) {
        let Some(unfold) = table.returned.unfold.as_ref().filter(|it| it.is_another_way) else { return };
        let tells = is_named || (!unfold.is_of_year && self.unfolded.len() >= N_COLUMNS_KNOWN_BY);
        if !tells || self.fields.contains_key(&unfold.value_field) {
            (self.unfolded, self.total) = (Vec::new(), None);
            self.repeated.retain(|it| it.2 != unfold.value_field || self.fields.contains_key(&it.2));
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
            || self.ticked.contains_key(&field)
            || by_code
            || unfold.is_some_and(|it| it.fields().any(|it| it == field) || it.lends_to(table, field))
    }

    /// The share of the required fields that the heading has; `None` if that is too little to know the table by: of so
    /// many labels, and whether the names around it say that it is the table.
    pub(super) fn share(&self, table: &Table, n_labels: usize, is_named: bool) -> Option<f64> {
        let required = || table.fields.ids().filter(|it| table.fields[*it].required);
        let (n_required, n_found) =
            (required().count(), required().filter(|it| self.has(table, *it)).count());
        let n_fields = self.fields.len() + self.ticked.len() + self.unfolded.len().min(1);
        let has_required = match n_required {
            0 => n_fields >= 2,
            1 => n_found == 1 && n_fields >= 2,
            // Two words of a large table stand in many a row of data.
            _ => 2 * n_found >= n_required || (n_found >= 2 && 4 * n_found >= n_required),
        };
        let n_data = n_labels.saturating_sub(self.nothing.len());
        let has_most = n_fields >= N_FIELDS_KNOWN_BY && n_fields as f64 >= SHARE_KNOWN_BY * n_data as f64;
        let is_enough = has_required || has_most || (is_named && n_fields >= N_FIELDS_OF_NAMED);
        is_enough.then(|| if n_required == 0 { 1.0 } else { n_found as f64 / n_required as f64 })
    }

    /// What the columns are worth.
    pub(super) fn score(&self, table: &Table) -> f64 {
        let worth = |field: FieldId| {
            let required = if table.fields[field].required { SCORE_FIELD } else { 0.0 };
            let own = if self.own.contains(&field) { SCORE_OWN } else { 0.0 };
            let titled = if self.titled.contains(&field) { SCORE_TITLE } else { 0.0 };
            SCORE_FIELD + required + own + titled
        };
        let found = table.fields.ids().filter(|it| self.has(table, *it));
        found.map(worth).sum::<f64>() + SCORE_UNFOLDED * self.unfolded.len() as f64
    }

    /// The columns of fields, the like columns, and those that are ticked.
    pub(crate) fn data(&self) -> BTreeSet<u16> {
        let ticked = self.ticked.values().flatten().map(|it| it.col);
        self.fields.values().copied().chain(self.unfolded.iter().map(|it| it.col)).chain(ticked).collect()
    }
}

/// The year in a label, or in the nearest above it.
fn year_of(label: &Label) -> Option<i16> {
    let own = label.lowest.month.as_ref().map(|it| it.year);
    let above = || {
        label.path.iter().rev().find_map(|it| {
            match years_in(&format!("{}年", it.written.trim_end_matches("年")))[..] {
                [only] => Some(only),
                _ => None,
            }
        })
    };
    own.or_else(above)
}
