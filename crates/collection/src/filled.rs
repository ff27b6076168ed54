//! What forms are filled with: the records that there are, each under the unit that sends it, each value as a cell of its kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use dataset::{Dataset, RecordId, TableId};
use finding::FieldId;
use schema::{FieldKind, FormColumn, Reference, Table, Unfold};
use value::{DatePart, Value, fold};

/// What stands in a cell of a form.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filled {
    Nothing,
    Text(String),
    Number(f64),
    Day(Date),
    /// Something was filled in that could not be read.
    Unreadable,
}

/// Records, and how they are called.
pub(crate) struct Stock<'a> {
    pub(crate) dataset: &'a Dataset,
    by_unit: BTreeMap<(TableId, Option<RecordId>), Vec<RecordId>>,
    /// How records are written in references to their table, by the id of the table and of the fields that may be written.
    names: BTreeMap<Way, BTreeMap<RecordId, String>>,
}

/// The id of a table, and those of its fields that a reference may write.
type Way = (Arc<str>, Vec<Arc<str>>);

impl<'a> Stock<'a> {
    pub(crate) fn new(dataset: &'a Dataset) -> Self {
        let mut by_unit: BTreeMap<(TableId, Option<RecordId>), Vec<RecordId>> = BTreeMap::new();
        for id in dataset.rows() {
            let (committee, branch) = (dataset.committee(id), dataset.branch(id));
            let mut units: Vec<Option<RecordId>> =
                [committee, branch].into_iter().flatten().map(Some).collect();
            if units.is_empty() || dataset.schemas.committees() == Some(id.table) {
                units.push(None);
            }
            units.dedup();
            for unit in units {
                by_unit.entry((id.table, unit)).or_default().push(id);
            }
        }
        let mut names = BTreeMap::new();
        let fields = dataset.schemas.tables.iter().flat_map(|it| &it.fields);
        for reference in fields.filter_map(|it| reference(&it.kind)) {
            let key = (reference.to.clone(), reference.by.clone());
            names.entry(key).or_insert_with(|| written(dataset, reference));
        }
        Self { dataset, by_unit, names }
    }

    /// The records of a table that a unit sends; those of nobody are the office's.
    pub(crate) fn records(&self, table: TableId, unit: Option<RecordId>) -> &[RecordId] {
        self.by_unit.get(&(table, unit)).map_or(&[], |it| it)
    }

    /// How a record is written in a reference.
    pub(crate) fn name(&self, reference: &Reference, id: RecordId) -> Option<&str> {
        let names = self.names.get(&(reference.to.clone(), reference.by.clone()))?;
        names.get(&id).map(String::as_str)
    }

    /// A field of a record.
    fn cell(&self, id: RecordId, field: FieldId) -> Filled {
        let at = id.field(field);
        let value = &self.dataset.cell(at).value;
        let kind = &self.dataset.field(at.column()).kind;
        if let (Some(reference), Value::Text(_)) = (reference(kind), value)
            && let Some(name) = self.dataset.follow(at).and_then(|it| self.name(reference, it))
        {
            return Filled::Text(name.to_owned());
        }
        of_value(value, kind)
    }

    /// The rows of a table's form, as its columns want them; the records are those of the stock, whose table may be declared
    /// otherwise.
    pub(crate) fn rows(
        &self,
        records: &[RecordId],
        declared: &Table,
        columns: &[FormColumn],
    ) -> Vec<Vec<Filled>> {
        let Some(first) = records.first() else { return Vec::new() };
        let own = self.dataset.schema(first.table);
        let field = |it: FieldId| own.field(&declared.fields[it].id);
        let plain = |id: RecordId| -> Vec<Filled> {
            let cells = columns.iter().filter(|it| it.like.is_none());
            cells.map(|it| field(it.field).map_or(Filled::Nothing, |it| self.cell(id, it))).collect()
        };
        let Some(unfold) = declared.returned.unfold.as_ref().filter(|it| !it.is_another_way) else {
            return records.iter().map(|it| plain(*it)).collect();
        };
        let like: Vec<&FormColumn> = columns.iter().filter(|it| it.like.is_some()).collect();
        let mut rows: Vec<(Vec<Filled>, Vec<Filled>)> = Vec::new();
        for id in records {
            let beside = plain(*id);
            let place = rows.iter().position(|it| it.0 == beside).unwrap_or_else(|| {
                rows.push((beside, vec![Filled::Nothing; like.len()]));
                rows.len().saturating_sub(1)
            });
            let shown = |it: FieldId| field(it).map(|it| self.dataset.cell(id.field(it)).value.display());
            let at = like.iter().position(|it| stands_there(it, unfold, declared, &shown));
            if let (Some(at), Some(value), Some(row)) = (at, field(unfold.value_field), rows.get_mut(place)) {
                row.1[at] = self.cell(*id, value);
            }
        }
        rows.into_iter().map(|(beside, like)| [beside, like].concat()).collect()
    }
}

/// Whether a record stands in one of like columns: its label and that of its group are what the record says.
fn stands_there(
    column: &FormColumn,
    unfold: &Unfold,
    declared: &Table,
    shown: &dyn Fn(FieldId) -> Option<String>,
) -> bool {
    let Some((label, group)) = column.like else { return false };
    let says = |field: FieldId, caption: Option<&schema::Caption>| {
        let (Some(shown), Some(caption)) = (shown(field), caption) else { return false };
        let unit = declared.fields[field].unit.as_deref().unwrap_or_default();
        let forms = [fold(&shown), fold(&format!("{shown}{unit}"))];
        caption.names().any(|it| forms.contains(&fold(it)))
    };
    let is_of_group = unfold.group_field.is_none_or(|it| says(it, unfold.groups.get(group)));
    is_of_group && unfold.column_fields.iter().all(|it| says(*it, unfold.columns.get(label)))
}

pub(crate) fn reference(kind: &FieldKind) -> Option<&Reference> {
    match kind {
        FieldKind::Reference(reference) => Some(reference),
        _ => None,
    }
}

/// How the records of a table are written in a reference: as messages call them, if that may be written and is nobody else's;
/// else by the first field that may be written.
fn written(dataset: &Dataset, reference: &Reference) -> BTreeMap<RecordId, String> {
    let Some(table) = dataset.schemas.index(&reference.to) else { return BTreeMap::new() };
    let declared = dataset.schema(table);
    let first = reference.by.iter().find_map(|it| declared.field(it));
    let label = Some(declared.label).filter(|it| reference.by.contains(&declared.fields[*it].id)).or(first);
    let shown = |id: RecordId, field: Option<FieldId>| {
        field.map(|it| dataset.cell(id.field(it)).value.display()).unwrap_or_default()
    };
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for id in dataset.rows_of(table) {
        let n = bearers.entry(fold(&shown(id, label))).or_default();
        *n = n.saturating_add(1);
    }
    let name = |id: RecordId| {
        let own = shown(id, label);
        let is_own = bearers.get(&fold(&own)) == Some(&1);
        Some(if is_own { own } else { shown(id, first) }).filter(|it| !it.is_empty())
    };
    dataset.rows_of(table).filter_map(|it| Some((it, name(it)?))).collect()
}

fn of_value(value: &Value, kind: &FieldKind) -> Filled {
    /// Whole numbers up to here are exact in a cell.
    const EXACT: u64 = 1 << 53;
    match value {
        Value::Missing | Value::Picture(_) => Filled::Nothing,
        Value::Invalid => Filled::Unreadable,
        Value::Integer(number) if number.unsigned_abs() <= EXACT => Filled::Number(*number as f64),
        Value::Decimal(number) => Filled::Number(number.nearest_float()),
        Value::Date(date) => match kind {
            FieldKind::Date(DatePart::Day) if date.day().is_some() => Filled::Day(date.earliest()),
            _ => Filled::Text(date.iso()),
        },
        other => Filled::Text(other.display()),
    }
}
