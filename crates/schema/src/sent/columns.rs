//! The columns of a table's form, in their order: what is written, and what is known again when it comes back.

use std::sync::Arc;

use crate::table::{FieldKind, Table};
use finding::FieldId;

/// A column of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumn {
    /// By which it is known again: the field's id, of like columns with their labels.
    pub id: String,
    /// Its heading, from the top level down.
    pub levels: Vec<Arc<str>>,
    /// The field; of like columns the one that takes what is filled in.
    pub field: FieldId,
    /// Of like columns, the index of its label and of that of its group.
    pub like: Option<(usize, usize)>,
}

/// The columns of a table's form: its fields but for pictures, which are no cells, and the like columns in place of the fields
/// that they stand for.
pub fn form_columns(table: &Table) -> Vec<FormColumn> {
    let unfold = table.returned.unfold.as_ref().filter(|it| !it.is_another_way);
    let stands_apart = |it: FieldId| unfold.is_some_and(|unfold| unfold.fields().any(|field| field == it));
    let fields = table.fields.with_ids().filter(|(_, it)| !matches!(it.kind, FieldKind::Picture));
    let fields = fields.filter(|(id, _)| !stands_apart(*id));
    let mut columns: Vec<FormColumn> = fields
        .map(|(field, it)| FormColumn {
            id: it.id.to_string(),
            levels: it.title.split('/').map(Arc::from).collect(),
            field,
            like: None,
        })
        .collect();
    let Some(unfold) = unfold else { return columns };
    let field = unfold.value_field;
    let groups: Vec<Option<&Arc<str>>> = match &unfold.groups[..] {
        [] => vec![None],
        groups => groups.iter().map(|it| Some(&it.value)).collect(),
    };
    for (group, above) in groups.into_iter().enumerate() {
        for (column, label) in unfold.columns.iter().enumerate() {
            let levels: Vec<Arc<str>> = above.into_iter().chain([&label.value]).cloned().collect();
            let id = format!("{}@{}", table.fields[field].id, levels.join("@"));
            columns.push(FormColumn { id, levels, field, like: Some((column, group)) });
        }
    }
    columns
}
