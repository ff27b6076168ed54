//! A cell of a list of records, explained: the record, and what is counted of it.

use std::sync::Arc;

use crate::book::Zero;
use crate::explain::target::At;
use crate::explain::{Asking, Counted, Explained, Role};
use crate::statistics::{Body, FilledBody, ListValue};
use dataset::{RecordRef, Trace};

/// Explains a cell of a list.
pub(in crate::explain) fn explain(at: At<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let computed = &at.workbook.computed;
    let filled = &computed.sheets[at.sheet];
    let (FilledBody::List(list), Body::List(declared)) = (&filled.body, &computed.sheet(filled).body) else {
        return Err("这张表不是名单".to_owned());
    };
    let id = list.table.record(list.records[at.cell.row]);
    let label = asking.dataset.label(id);
    // A number in front of each row is not a column of the declaration.
    let offset = at.table.columns.len().saturating_sub(declared.columns.len());
    let column = at.cell.column.checked_sub(offset).map(|it| &declared.columns[it]);
    let heading = at.table.columns[at.cell.column].heading.join("/");
    let cell = &at.table.rows[at.cell.row].cells[at.cell.column];
    let mut explained = Explained {
        title: format!(
            "《{}》{} {label}·{heading}",
            computed.statistics.title,
            computed.sheet(filled).number
        ),
        place: at.place(),
        value: Some(cell.shown(Zero::Shown)).filter(|it| !it.is_empty()),
        definition: format!("“{}”的一条记录", asking.dataset.schema(list.table).title),
        records: vec![Counted { role: Role::ADDED, record: id }],
        ..Explained::default()
    };
    if let Some(ListValue::Count(count)) = column.map(|it| &it.value) {
        let trace = Arc::new(Trace::default());
        let record = RecordRef { dataset: asking.dataset.clone(), id, trace };
        let tally = count.tally(&computed.frame.scene(record));
        let counted = tally.selection.certain.iter();
        explained.definition = format!("“{label}”的下列记录");
        explained.records =
            counted.map(|row| Counted { role: Role::ADDED, record: count.table().record(row) }).collect();
    }
    Ok(explained)
}
