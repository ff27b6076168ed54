//! A required column that is not there, and another of the table that may stand for it: the subject of a meeting is its name
//! where the ledger has no other.

use super::explain::heading_origin;
use crate::heading::Heading;
use crate::layout::Layout;
use crate::table::Table;
use finding::{FieldId, Finding, Target, codes};
use value::count_characters;

/// So many rows are looked at.
const N_ROWS_SEEN: usize = 200;

/// Lets such columns be read for both fields; says so.
pub(super) fn lend(layout: &Layout<'_>, table: &Table, heading: &mut Heading) -> Vec<Finding> {
    let mut said = Vec::new();
    for (field_id, field) in table.fields.with_ids() {
        if heading.columns.has(table, field_id) {
            continue;
        }
        let standing = field.stand_ins.iter().filter_map(|it| table.field(&it.text));
        let fits = |it: &FieldId| {
            heading
                .columns
                .fields
                .get(it)
                .filter(|col| are_short(layout, heading, **col, field.limit))
                .copied()
        };
        let Some((other, col)) = standing.filter_map(|it| Some((it, fits(&it)?))).next() else { continue };
        heading.columns.fields.insert(field_id, col);
        let (title, origin) = (&table.fields[other].title, heading_origin(layout, heading, col));
        let message = format!("表中没有“{}”一列，按“{title}”一列读作“{}”", field.title, field.title);
        let finding = Finding::new(&codes::COLUMN_STANDS_IN, message).at(origin).field(field.title.clone());
        said.push(finding.about(Target::part_with(origin, [heading.table])));
    }
    said
}

/// Whether the texts of a column keep to a limit.
fn are_short(layout: &Layout<'_>, heading: &Heading, col: u16, limit: Option<usize>) -> bool {
    let below = layout.grid.rows_within(heading.bottom + 1..=u32::MAX).iter().take(N_ROWS_SEEN);
    let mut texts = below.map(|it| it.get(col).display());
    limit.is_none_or(|limit| texts.all(|it| count_characters(&it) <= limit))
}
