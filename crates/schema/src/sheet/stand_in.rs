//! A required column that is not there, and another of the table that may stand for it: the subject of a meeting is its name
//! where the ledger has no other.

use std::collections::BTreeMap;

use super::explain::heading_origin;
use crate::heading::Heading;
use crate::layout::Layout;
use crate::table::Table;
use finding::{FieldId, Finding, Target, codes};
use value::{Raw, count_characters};

/// So many rows are looked at.
const N_ROWS_SEEN: usize = 200;

/// Lets such columns be read for both fields; says so.
pub(super) fn lend(layout: &Layout<'_>, table: &Table, heading: &mut Heading) -> Vec<Finding> {
    let mut said = lent_to_like_columns(layout, table, heading);
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

/// What fields are where like columns tell it, and neither a column nor a name.
pub(super) fn with_like_columns(
    table: &Table,
    heading: &Heading,
    said: &BTreeMap<FieldId, Raw>,
) -> Vec<(FieldId, Raw)> {
    let unfold = table.returned.unfold.as_ref().filter(|_| !heading.columns.unfolded.is_empty());
    let with = unfold.into_iter().flat_map(|it| &it.with);
    let is_open = |it: FieldId| !said.contains_key(&it) && !heading.columns.has(table, it);
    with.filter(|it| is_open(it.0)).map(|(field, text)| (*field, Raw::text(text))).collect()
}

/// What is noted of fields that are read from the cells of like columns as well.
fn lent_to_like_columns(layout: &Layout<'_>, table: &Table, heading: &Heading) -> Vec<Finding> {
    let (Some(unfold), Some(first)) = (&table.returned.unfold, heading.columns.unfolded.first()) else {
        return Vec::new();
    };
    let has_column = |it: &FieldId| heading.columns.fields.contains_key(it);
    let lent = table.fields.ids().filter(|it| unfold.lends_to(table, *it) && !has_column(it));
    let origin = heading_origin(layout, heading, first.col);
    let finding = |it: FieldId| {
        let (title, value) = (&table.fields[it].title, &table.fields[unfold.value_field].title);
        let message = format!("表中没有“{title}”一列，按各格里的“{value}”查找");
        let finding = Finding::new(&codes::COLUMN_STANDS_IN, message).at(origin).field(title.clone());
        finding.about(Target::part_with(origin, [heading.table]))
    };
    lent.map(finding).collect()
}

/// Whether the texts of a column keep to a limit.
fn are_short(layout: &Layout<'_>, heading: &Heading, col: u16, limit: Option<usize>) -> bool {
    let below = layout.grid.rows_within(heading.bottom + 1..=u32::MAX).iter().take(N_ROWS_SEEN);
    let mut texts = below.map(|it| it.get(col).display());
    limit.is_none_or(|limit| texts.all(|it| count_characters(&it) <= limit))
}
