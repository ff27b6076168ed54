//! A cell of a list of records, explained: the record, and what is counted of it; below them what a column comes to.

use std::sync::Arc;

use crate::book::Zero;
use crate::explain::record::{Counting, Listed, Part, answers, named_by};
use crate::explain::target::At;
use crate::explain::{Answer, Asking, Clause, Counted, Explained, FigurePart, Role};
use crate::statistics::{Body, Computed, FilledBody, FilledList, ListValue};
use dataset::{FieldRef, RecordId, RecordRef, Scene, Trace};
use schema::FieldKind;
use words::Expression;

/// Explains a cell of a list.
pub(in crate::explain) fn explain(at: At<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let computed = &at.workbook.computed;
    let filled = &computed.sheets[at.sheet];
    let (FilledBody::List(list), Body::List(declared)) = (&filled.body, &computed.sheet(filled).body) else {
        return Err("这张表不是名单".to_owned());
    };
    // Below the records stands what the columns come to.
    let owner = list.records.get(at.cell.row).map(|row| list.table.record(*row));
    let label = match owner {
        Some(id) => asking.dataset.label(id),
        None => declared.total.clone().unwrap_or_default(),
    };
    // A number in front of each row is not a column of the declaration.
    let offset = at.table.columns.len().saturating_sub(declared.columns.len());
    let column = at.cell.column.checked_sub(offset).map(|it| &declared.columns[it]);
    let heading = at.table.columns[at.cell.column].heading.join("/");
    let cell = &at.table.rows[at.cell.row].cells[at.cell.column];
    let explained = Explained {
        title: format!(
            "《{}》{} {label}·{heading}",
            computed.statistics.title,
            computed.sheet(filled).number
        ),
        place: at.place(),
        value: Some(cell.shown(Zero::Shown)).filter(|it| !it.is_empty()),
        ..Explained::default()
    };
    match (column.map(|it| &it.value), owner) {
        (Some(ListValue::Count(count)), owner) => {
            let owners = owner.map_or_else(|| all(list), |it| vec![it]);
            let scenes = owners.into_iter().map(|it| scene(it, computed, asking)).collect();
            let counted = Listed::new(count, scenes);
            let definition = match owner {
                Some(_) => format!("“{label}”的下列记录"),
                None => "本列各行之和".to_owned(),
            };
            let records = counted.records(asking);
            let parts = [Part::itself(Counting::Listed(counted))];
            Ok(Explained { definition, records, answers: answers(&parts, asking)?, ..explained })
        }
        (value, Some(id)) => {
            let title = &asking.dataset.schema(list.table).title;
            let records = vec![Counted::new(Role::ADDED, id)];
            let answers = own(id, asking)?;
            let (conditions, parts) = match value {
                Some(ListValue::Own(it)) => {
                    let of = "栏目".to_owned();
                    let written = Clause { of, expression: it.source().to_owned(), origin: it.origin() };
                    (vec![written], read(it, &scene(id, computed, asking), asking))
                }
                _ => Default::default(),
            };
            let definition = format!("“{title}”的一条记录");
            Ok(Explained { definition, records, answers, conditions, parts, ..explained })
        }
        (_, None) => Ok(Explained { definition: "此处没有数字".to_owned(), ..explained }),
    }
}

fn all(list: &FilledList) -> Vec<RecordId> {
    list.records.iter().map(|row| list.table.record(*row)).collect()
}

fn scene(id: RecordId, computed: &Computed, asking: Asking<'_>) -> Scene {
    let trace = Arc::new(Trace::default());
    computed.frame.scene(RecordRef { dataset: asking.dataset.clone(), id, trace })
}

/// The fields that an expression has read, such as the date of birth behind an age; what is masked everywhere is not shown.
pub(in crate::explain) fn read(
    expression: &Expression,
    scene: &Scene,
    asking: Asking<'_>,
) -> Vec<FigurePart> {
    let _value = expression.evaluate(&scene.context());
    let is_shown = |it: &FieldRef| {
        !matches!(asking.dataset.field(it.column()).kind, FieldKind::Reference(_) | FieldKind::Picture)
    };
    let part = |at: FieldRef| {
        let (field, cell) = (asking.dataset.field(at.column()), asking.dataset.cell(at));
        let value = if field.sensitive { "（不显示）".to_owned() } else { cell.value.display() };
        FigurePart {
            sign: '·',
            title: field.title.to_string(),
            place: asking.dataset.schema(at.table).title.to_string(),
            value: Some(value).filter(|it| !it.is_empty()),
        }
    };
    scene.record.trace.reads().fields.into_iter().filter(is_shown).map(part).collect()
}

/// Whether the records that are asked for are the one of a row.
fn own(id: RecordId, asking: Asking<'_>) -> Result<Vec<Answer>, String> {
    let Some(text) = asking.record else { return Ok(Vec::new()) };
    let answer = |record: RecordId| {
        let is_counted = record == id;
        let other = || format!("这一行是“{}”的记录", asking.dataset.label(id));
        Answer { record, is_counted, reasons: (!is_counted).then(other).into_iter().collect() }
    };
    Ok(named_by(text, id.table, asking.dataset)?.into_iter().map(answer).collect())
}
