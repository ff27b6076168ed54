//! A column that holds what another field of the same table may hold, and nothing of its own: the export of the national
//! system calls 正式党员 and 预备党员 人员类别.

use crate::heading::{Heading, Stranger};
use crate::layout::Layout;
use crate::table::{FieldKind, Table};
use finding::{FieldId, Finding, Target, codes};
use value::{Choices, Raw};

use super::explain::heading_origin;

/// So many rows are looked at.
const N_ROWS_SEEN: usize = 200;
/// So many values tell.
const N_VALUES_MIN: usize = 2;

/// Gives such columns to the fields whose values they hold; says so.
pub(super) fn exchange(layout: &Layout<'_>, table: &Table, heading: &mut Heading) -> Vec<Finding> {
    let mut said = Vec::new();
    let choice = |field: FieldId| match &table.fields[field].kind {
        FieldKind::Choice(choices) => Some(&**choices),
        _ => None,
    };
    let of_choices: Vec<(FieldId, u16)> = heading.columns.fields.iter().map(|it| (*it.0, *it.1)).collect();
    for (field, col) in of_choices {
        let Some(own) = choice(field) else { continue };
        let values = values(layout, heading, col);
        if values.len() < N_VALUES_MIN || values.iter().any(|it| own.find(it).is_some()) {
            continue;
        }
        let holds_all = |other: &Choices| values.iter().all(|it| other.find(it).is_some());
        let is_free = |other: &FieldId| match (choice(*other), heading.columns.fields.get(other)) {
            (Some(choices), Some(col)) => {
                self::values(layout, heading, *col).iter().all(|it| choices.find(it).is_none())
            }
            (Some(_), None) => true,
            (None, _) => false,
        };
        let mut meant = table.fields.ids().filter(|it| *it != field && choice(*it).is_some_and(holds_all));
        let Some(meant) = meant.find(is_free) else { continue };
        let title = |field: FieldId| &table.fields[field].title;
        let mut shown: Vec<&str> = values.iter().map(String::as_str).collect();
        shown.sort_unstable();
        shown.dedup();
        let message =
            format!("“{}”一列填的都是“{}”，按“{}”读取", title(field), shown.join("”“"), title(meant));
        let origin = heading_origin(layout, heading, col);
        let finding = Finding::new(&codes::HEADING_BY_VALUES, message).at(origin).field(title(meant).clone());
        said.push(finding.about(Target::part_with(origin, [heading.table])));
        heading.columns.fields.remove(&field);
        // A second column of that name is what the first was taken for.
        if let Some(at) = heading.columns.repeated.iter().position(|it| it.2 == field) {
            let (col, ..) = heading.columns.repeated.remove(at);
            heading.columns.fields.insert(field, col);
        }
        if let Some(col) = heading.columns.fields.insert(meant, col) {
            let label = title(meant).to_string();
            heading.columns.strangers.push(Stranger { col, label, above: Vec::new() });
        }
    }
    said
}

/// The texts in a column, but for what says nothing.
fn values(layout: &Layout<'_>, heading: &Heading, col: u16) -> Vec<String> {
    let below = layout.grid.rows_within(heading.bottom + 1..=u32::MAX).iter().take(N_ROWS_SEEN);
    let texts = below.filter_map(|it| match it.get(col) {
        Raw::Text(text) if !layout.customs.is_nothing(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect()
}
