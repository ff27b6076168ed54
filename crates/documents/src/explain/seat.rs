//! The committee or branch that somebody names.

use dataset::{Dataset, FieldId, TableId};
use facts::Seat;
use schema::{Field, FieldKind};
use source::nearest;
use value::{Value, fold};

/// The committee or branch that bears a name, in full or short, or a code.
///
/// # Errors
/// If there is none, or more than one: a Chinese sentence that says so.
pub fn seat_named(dataset: &Dataset, name: &str) -> Result<Seat, String> {
    let wanted = fold(name);
    let is_itself = |path: &Option<Vec<FieldId>>| path.as_ref().is_some_and(Vec::is_empty);
    let holds_seats = |table: &TableId| {
        let subject = &dataset.schema(*table).subject;
        is_itself(&subject.committee) || is_itself(&subject.branch)
    };
    let tables = dataset.schemas.tables.ids().filter(holds_seats);
    let seats = tables.flat_map(|table| dataset.rows_of(table));
    let seats: Vec<Seat> = seats.collect();
    let bears = |seat: &&Seat| {
        let fields = dataset.schema(seat.table).fields.iter();
        let mut cells = fields.zip(&dataset.record(**seat).cells);
        // What refers to another record is that one's name.
        let is_own = |it: &Field| !matches!(it.kind, FieldKind::Reference(_));
        cells.any(|(field, it)| {
            is_own(field) && matches!(&it.value, Value::Text(text) if fold(text) == wanted)
        })
    };
    // What is called so goes before what only mentions the name: a branch its committee's.
    let is_called =
        |seat: &&Seat| fold(&dataset.label(**seat)) == wanted || *dataset.key_text(**seat) == *name;
    let called: Vec<&Seat> = seats.iter().filter(is_called).collect();
    let found = if called.is_empty() { seats.iter().filter(bears).collect() } else { called };
    match found[..] {
        [seat] => Ok(*seat),
        [] => {
            let labels: Vec<_> = seats.iter().map(|it| dataset.label(*it)).collect();
            let near = nearest(name, labels.iter().map(|it| &**it));
            let hint = near.map(|it| format!("是否应为“{it}”？")).unwrap_or_default();
            Err(format!("没有名为“{name}”的党组织或党支部。{hint}"))
        }
        [..] => Err(format!("名为“{name}”的党组织或党支部不止一个，请写全称或编码")),
    }
}
