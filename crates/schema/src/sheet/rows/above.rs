//! Cells that repeat what stands above them, though nothing is written in them.

use super::Rows;
use crate::cell;
use crate::table::FieldKind;
use finding::{FieldId, Origin, Place};
use source::Row;
use value::{Epoch, Raw};

impl Rows<'_> {
    /// The content of a cell that repeats the one above it: silently within a merged area, with a note otherwise.
    pub(super) fn filled_down(&mut self, row: &Row, field_id: FieldId, raw: &Raw, origin: Origin) -> Raw {
        if !raw.is_empty() {
            self.state.above.insert(field_id, (raw.clone(), origin));
            return raw.clone();
        }
        let Some((above, source)) = self.state.above.get(&field_id).cloned() else { return Raw::Empty };
        if self.is_named_by_code(row, field_id) {
            return Raw::Empty;
        }
        let Place::Cell { col, .. } = origin.place else { return Raw::Empty };
        if !self.merged.covers(row.number, col) {
            if self.stands_alone(row, field_id) {
                return Raw::Empty;
            }
            self.state.filled_down.entry(field_id).or_default().push((row.number, source));
        }
        above
    }

    /// Whether the record that a reference names is given by its code in the same row.
    pub(super) fn is_named_by_code(&self, row: &Row, field_id: FieldId) -> bool {
        let FieldKind::Reference(reference) = &self.table.fields[field_id].kind else { return false };
        let code = reference.fallback.as_ref().and_then(|it| self.table.field(it));
        code.and_then(|it| self.fields.columns[it]).is_some_and(|col| !self.get(row, col).is_empty())
    }

    /// Whether a row says by another of its cells that nothing is repeated: the honour of a committee is that of no branch,
    /// whichever stands above it.
    fn stands_alone(&self, row: &Row, field_id: FieldId) -> bool {
        let table = self.table;
        let Some(alone) = &table.fields[field_id].fill_down_unless else { return false };
        alone.holds_by(|id| {
            let field = table.field(id)?;
            let raw = self.get(row, self.fields.columns[field]?);
            let declared = &table.fields[field];
            cell::parse(&declared.kind, declared, raw, Epoch::USUAL).ok().map(|it| it.value.display())
        })
    }
}
