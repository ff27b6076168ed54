//! The workbook of one table: its fields in the order of the schema, its records in the order of the register. Of what nobody
//! has filled in a note below says that there is no column.

use crate::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table};
use crate::captions::LedgerCaptions;
use crate::planning::Planning;
use dataset::{Dataset, FieldId, RecordId, TableId};
use schema::{Field, FieldKind};
use value::{PartialDate, Value};

/// Width of a column of long texts, in Chinese characters.
const WIDTH_LONG: u16 = 30;

/// A column of the workbook.
enum Shown {
    /// The committee of a record whose table has no field for it.
    Committee,
    /// A field.
    Field(FieldId),
    /// The code of the record that a reference leads to, which may be written beside its name.
    Code(FieldId, FieldId),
    /// Where the record was read.
    Source,
}

/// Describes the workbook.
pub(super) fn describe(table: TableId, title: &str, planning: Planning<'_>) -> Book {
    let Planning { dataset, project, captions, .. } = planning;
    let (words, declared) = (&captions.ledger, dataset.schema(table));
    let mut records: Vec<RecordId> = dataset.rows_of(table).collect();
    records.sort_by_key(|it| {
        let place = |of: Option<RecordId>| of.map_or((1, 0), |it| (0, it.row.index()));
        (place(dataset.committee(*it)), place(dataset.branch(*it)))
    });
    let is_filled = |it: &Shown| records.iter().any(|id| cell(it, *id, planning) != Cell::Empty);
    let (shown, blank): (Vec<Shown>, Vec<Shown>) =
        columns(dataset, table).into_iter().partition(|it| records.is_empty() || is_filled(it));
    let blank: Vec<String> = blank.iter().flat_map(|it| heading(it, table, dataset, words).heading).collect();
    let note = (!blank.is_empty()).then(|| words.blank.filled(&[&blank.join("、")]));
    let serial = column(&captions.columns.serial, Align::Center, None);
    let headings = shown.iter().map(|it| heading(it, table, dataset, words));
    let row = |(idx, id): (usize, &RecordId)| {
        let cells = shown.iter().map(|it| cell(it, *id, planning));
        Row::from([Cell::ordinal(idx)].into_iter().chain(cells).collect::<Vec<_>>())
    };
    let as_of = PartialDate::from(project.as_of).to_string();
    let sheet = Table {
        name: declared.title.to_string(),
        title: format!("{}{title}", project.institution),
        lines: vec![project.department.to_string(), words.as_of.filled(&[&as_of])],
        columns: [serial].into_iter().chain(headings).collect(),
        rows: records.iter().enumerate().map(row).collect(),
        n_stub: 1,
        is_filtered: true,
        paper: Paper::A3Landscape,
        notes: note.into_iter().collect(),
        ..Table::default()
    };
    Book {
        title: title.to_owned(),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: vec![Sheet::Table(sheet)],
        names: Vec::new(),
        captions: captions.clone(),
    }
}

/// The fields in their order, but for pictures; the committee before them if none of them tells it, the source behind.
fn columns(dataset: &Dataset, table: TableId) -> Vec<Shown> {
    let (schemas, declared) = (&dataset.schemas, dataset.schema(table));
    let committees = schemas.committees();
    let leads_there = |it: &Field| match &it.kind {
        FieldKind::Reference(reference) => schemas.index(&reference.to) == committees,
        _ => false,
    };
    let names_it = Some(table) == committees || declared.fields.iter().any(leads_there);
    let fields = declared.fields.with_ids().filter(|(_, it)| !matches!(it.kind, FieldKind::Picture));
    let shown =
        fields.map(|(id, _)| named_by(dataset, table, id).map_or(Shown::Field(id), |it| Shown::Code(id, it)));
    let committee = (!names_it && declared.subject.committee.is_some()).then_some(Shown::Committee);
    committee.into_iter().chain(shown).chain([Shown::Source]).collect()
}

/// The reference beside which a field holds the code.
fn named_by(dataset: &Dataset, table: TableId, code: FieldId) -> Option<FieldId> {
    let declared = dataset.schema(table);
    let id = &declared.fields[code].id;
    declared.fields.position(|it| match &it.kind {
        FieldKind::Reference(reference) => reference.fallback.as_ref() == Some(id),
        _ => false,
    })
}

fn column(heading: &str, align: Align, width: Option<u16>) -> Column {
    Column { heading: vec![heading.to_owned()], width, align }
}

fn heading(shown: &Shown, table: TableId, dataset: &Dataset, words: &LedgerCaptions) -> Column {
    match shown {
        Shown::Committee => column(&words.committee, Align::Left, None),
        Shown::Source => column(&words.source, Align::Left, Some(WIDTH_LONG)),
        Shown::Field(id) | Shown::Code(id, _) => {
            let field = &dataset.schema(table).fields[*id];
            let (align, width) = match &field.kind {
                FieldKind::Integer | FieldKind::Decimal | FieldKind::Percent => (Align::Right, None),
                FieldKind::LongText => (Align::Left, Some(WIDTH_LONG)),
                FieldKind::Text | FieldKind::Reference(_) | FieldKind::List(_) => (Align::Left, None),
                _ => (Align::Center, None),
            };
            column(&field.title, align, width)
        }
    }
}

fn cell(shown: &Shown, id: RecordId, planning: Planning<'_>) -> Cell {
    let Planning { dataset, sources, captions, .. } = planning;
    match shown {
        Shown::Committee => {
            dataset.committee(id).map_or(Cell::Empty, |it| Cell::Text(dataset.label(it).to_string()))
        }
        Shown::Source => Cell::Text(sources.display(dataset.record(id).origin)),
        Shown::Field(field) => match dataset.follow(id.field(*field)) {
            Some(target) => Cell::Text(dataset.label(target).to_string()),
            None => of_value(&dataset.cell(id.field(*field)).value, &captions.ledger),
        },
        Shown::Code(field, reference) => {
            let code = || {
                let target = dataset.follow(id.field(*reference))?;
                let key = dataset.schema(target.table).key.first()?;
                Some(&dataset.cell(target.field(*key)).value)
            };
            let own = &dataset.cell(id.field(*field)).value;
            of_value(if *own == Value::Missing { code().unwrap_or(own) } else { own }, &captions.ledger)
        }
    }
}

/// A number as a number, everything else as text; what could not be read is no empty cell.
fn of_value(value: &Value, words: &LedgerCaptions) -> Cell {
    match value {
        Value::Missing => Cell::Empty,
        Value::Invalid => Cell::Text(words.unreadable.to_string()),
        Value::Integer(number) => Cell::Integer(*number),
        Value::Decimal(number) => Cell::number(*number),
        other => Cell::Text(other.display()),
    }
}
