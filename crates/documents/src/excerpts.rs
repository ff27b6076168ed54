//! What stands around the cell of a finding, by the titles of the fields: who reads of it need not open the file to see.

use std::sync::Arc;

use dataset::{Dataset, FieldRef};
use finding::{Finding, Origin, Place, mask_text};
use value::Value;

/// So many cells are shown before that of the finding, and so many behind it.
const N_BEFORE: usize = 2;
const N_BEHIND: usize = 3;

/// Shows what stands around cells.
#[derive(Debug, Clone, Copy)]
pub struct Excerpts<'a> {
    dataset: &'a Dataset,
}

/// Some cells of a record as it was read, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The cells.
    pub cells: Vec<ExcerptCell>,
}

/// A cell of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptCell {
    /// The title of its field.
    pub title: Arc<str>,
    /// What stands there; nothing that is not to be shown.
    pub value: String,
    /// Whether it is the cell of the finding.
    pub is_meant: bool,
}

impl<'a> Excerpts<'a> {
    /// Those of the records of a dataset.
    pub fn new(dataset: &'a Dataset) -> Self {
        Self { dataset }
    }

    /// What stands around the cell of a finding, if that belongs to a record.
    pub fn of(&self, finding: &Finding) -> Option<Excerpt> {
        let origin = finding.origin?;
        let fields = finding.about.iter().filter_map(finding::Target::first_field);
        let at = { fields }.find(|it| self.dataset.cell(*it).origin == origin)?;
        let table = self.dataset.schema(at.table);
        let all = table.fields.ids().map(|field| FieldRef { field, ..at });
        let mut beside: Vec<(Origin, FieldRef)> =
            all.map(|it| (self.dataset.cell(it).origin, it)).filter(|it| is_beside(it.0, origin)).collect();
        beside.sort_unstable();
        // Fields without a column stand where the row begins: which of them a cell shows, only the key tells.
        let shared = |it: &Origin| all_at(&beside, *it) > 1;
        if shared(&origin) {
            return None;
        }
        let beside: Vec<(Origin, FieldRef)> =
            beside.iter().filter(|it| !shared(&it.0) || table.key.contains(&it.1.field)).copied().collect();
        let meant = beside.iter().position(|it| it.0 == origin)?;
        let from = meant.saturating_sub(N_BEFORE);
        let shown = beside.iter().enumerate().skip(from).take(meant - from + 1 + N_BEHIND);
        let cells: Vec<ExcerptCell> = shown.map(|(idx, it)| self.cell(it.1, idx == meant, finding)).collect();
        // What stands alone shows no more than the finding says.
        (cells.len() > 1).then_some(Excerpt { cells })
    }

    fn cell(&self, at: FieldRef, is_meant: bool, finding: &Finding) -> ExcerptCell {
        let field = self.dataset.field(at.column());
        let value = match &self.dataset.cell(at).value {
            _ if is_meant && finding.value.is_some() => finding.value.clone().unwrap_or_default(),
            Value::Missing => String::new(),
            Value::Invalid => "（有误）".to_owned(),
            _ if field.sensitive => "（不显示）".to_owned(),
            value => mask_text(&value.display()),
        };
        ExcerptCell { title: field.title.clone(), value, is_meant }
    }
}

/// How many fields stand at a place.
fn all_at(beside: &[(Origin, FieldRef)], at: Origin) -> usize {
    beside.iter().filter(|it| it.0 == at).count()
}

/// Whether a place is in the row, or in the text, of another.
fn is_beside(place: Origin, other: Origin) -> bool {
    place.file == other.file
        && match (place.place, other.place) {
            (Place::Cell { sheet, row, .. }, Place::Cell { sheet: its_sheet, row: its_row, .. }) => {
                (sheet, row) == (its_sheet, its_row)
            }
            (Place::Text { .. }, Place::Text { .. }) => true,
            _ => false,
        }
}
