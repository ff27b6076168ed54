//! Records of a sheet that has no column for whose they are: the branch or committee is that of the line or the title
//! above the table, of the sheet, the file or its folder. All that name one must name the same.

mod banded;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bodies::Bodies;
use super::reading::FileRecords;
use super::table::{Cell, FieldKind, Schemas};
use finding::{ColumnId, Finding, Origin, RecordId, RowId, RowSpan, TableId, Target, codes};
use value::Value;

/// Records that do not say themselves whose they are.
#[derive(Debug)]
pub(super) struct Unnamed {
    /// The sheet.
    pub(super) sheet: Origin,
    /// The field that has no column.
    pub(super) column: ColumnId,
    /// The records.
    pub(super) rows: RowSpan,
    /// What stands around them.
    pub(super) hints: Hints,
    /// What is said if nothing tells; nothing of a field that may be left empty.
    pub(super) missing: Option<Finding>,
}

/// What may tell whose a table is, as it stands there, each with its place.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints {
    /// What stands behind 党支部名称: and the like.
    pub(super) lines: Vec<(Arc<str>, Origin)>,
    /// Titles, and rows that head a group.
    pub(super) titles: Vec<(Arc<str>, Origin)>,
    /// The name of the sheet.
    pub(super) sheet: Option<(Arc<str>, Origin)>,
}

/// One that names a body.
struct Telling {
    what: &'static str,
    text: Arc<str>,
    origin: Origin,
    bodies: BTreeSet<RecordId>,
}

/// What they come to.
enum Told {
    Nothing,
    /// What is written there is no name that anybody bears: it is put into the records, where it is found.
    Unknown(Arc<str>, Origin),
    One(RecordId, &'static str, Origin),
    Several(BTreeSet<RecordId>, Origin),
    Different([(&'static str, RecordId, Origin); 2]),
}

/// Puts the bodies into the records of all files, each with its path.
pub(super) fn settle(readings: &mut [(&str, Origin, &mut FileRecords)], schemas: &Schemas) {
    if readings.iter().all(|it| it.2.unnamed.is_empty()) {
        return;
    }
    let mut taken: Vec<Vec<Unnamed>> = Vec::new();
    for (_, _, reading) in readings.iter_mut() {
        let mut unnamed = std::mem::take(&mut reading.unnamed);
        // Whose every record is by another reference needs no telling.
        unnamed.retain(|it| it.rows.rows().any(|row| !goes_through(reading, it, row, schemas)));
        taken.push(unnamed);
    }
    let records: Vec<_> = readings.iter().map(|it| &it.2.records.tables).collect();
    let bodies = Bodies::new(schemas, &records);
    for (unnamed, (.., reading)) in taken.iter_mut().zip(readings.iter()) {
        let divided = std::mem::take(unnamed).into_iter();
        *unnamed = divided.flat_map(|it| banded::divide(it, &reading.records, &bodies, schemas)).collect();
    }
    let said: Vec<Vec<Said>> = readings
        .iter()
        .zip(&taken)
        .map(|((path, file, _), unnamed)| {
            let said = |it: &Unnamed| say(it, told(it, (path, *file), &bodies, schemas), &bodies, schemas);
            unnamed.iter().map(said).collect()
        })
        .collect();
    for (((_, _, reading), unnamed), mut said) in readings.iter_mut().zip(taken).zip(said) {
        note_together(&unnamed, &mut said, schemas);
        for (unnamed, said) in unnamed.iter().zip(said) {
            apply(reading, unnamed, said, schemas);
        }
    }
}

/// What is put into the records and what is said.
struct Said {
    cell: Option<Cell>,
    finding: Option<Finding>,
}

fn told(unnamed: &Unnamed, place: (&str, Origin), bodies: &Bodies<'_>, schemas: &Schemas) -> Told {
    let field = &schemas.tables[unnamed.column.table].fields[unnamed.column.field];
    let FieldKind::Reference(reference) = &field.kind else { return Told::Nothing };
    let Some(table) = schemas.index(&reference.to) else { return Told::Nothing };
    let telling = telling(&unnamed.hints, place, (table, bodies));
    let named: Vec<&Telling> = telling.iter().filter(|it| !it.bodies.is_empty()).collect();
    let Some(first) = named.first() else {
        let line = unnamed.hints.lines.first();
        return line.map_or(Told::Nothing, |(text, origin)| Told::Unknown(text.clone(), *origin));
    };
    // What bears a name that several have is one of them.
    let by_certainty = |it: &&&Telling| it.bodies.len();
    let surest = named.iter().min_by_key(by_certainty).copied().unwrap_or(first);
    let mut common = surest.bodies.clone();
    for other in &named {
        let shared: BTreeSet<RecordId> = common.intersection(&other.bodies).copied().collect();
        match (shared.first(), common.first(), other.bodies.first()) {
            (None, Some(a), Some(b)) => {
                return Told::Different([(surest.what, *a, surest.origin), (other.what, *b, other.origin)]);
            }
            _ => common = shared,
        }
    }
    if common.len() > 1 {
        let committees = committees(&unnamed.hints, place, (schemas, bodies));
        let of_them = common
            .iter()
            .copied()
            .filter(|it| bodies.committee(*it).is_some_and(|it| committees.contains(&it)));
        let of_them: BTreeSet<RecordId> = of_them.collect();
        common = if of_them.is_empty() { common } else { of_them };
    }
    match common.first() {
        Some(one) if common.len() == 1 => Told::One(*one, surest.what, surest.origin),
        _ => Told::Several(common, surest.origin),
    }
}

/// The committees that anything around the table names.
fn committees(
    hints: &Hints,
    place: (&str, Origin),
    (schemas, bodies): (&Schemas, &Bodies<'_>),
) -> BTreeSet<RecordId> {
    let of = |table: TableId| telling(hints, place, (table, bodies));
    schemas.committees().into_iter().flat_map(of).flat_map(|it| it.bodies).collect()
}

/// Everything that may tell, and whom it names.
fn telling(
    hints: &Hints,
    (path, file): (&str, Origin),
    (table, bodies): (TableId, &Bodies<'_>),
) -> Vec<Telling> {
    let mut all = Vec::new();
    let mut add = |what: &'static str, text: &Arc<str>, origin: Origin, bodies: BTreeSet<RecordId>| {
        all.push(Telling { what, text: text.clone(), origin, bodies });
    };
    for (text, origin) in &hints.lines {
        add("表头上面的一行", text, *origin, bodies.named(table, text));
    }
    for (text, origin) in &hints.titles {
        add("标题", text, *origin, bodies.within(table, text));
    }
    if let Some((text, origin)) = &hints.sheet {
        let called = bodies.called(table, text);
        let found = if called.is_empty() { bodies.within(table, text) } else { called };
        add("工作表名", text, *origin, found);
    }
    let mut parts = path.rsplit('/');
    if let Some(name) = parts.next() {
        let name: Arc<str> = name.rsplit_once('.').map_or(name, |it| it.0).into();
        let called = bodies.called(table, &name);
        let found = if called.is_empty() { bodies.within(table, &name) } else { called };
        add("文件名", &name, file, found);
    }
    for folder in parts.map(Arc::from) {
        let found = bodies.called(table, &folder);
        add("文件夹名", &folder, file, found);
    }
    all.retain(|it| !it.text.is_empty());
    all
}

fn say(unnamed: &Unnamed, told: Told, bodies: &Bodies<'_>, schemas: &Schemas) -> Said {
    let column = unnamed.column;
    let title = &schemas.tables[column.table].fields[column.field].title;
    let about = |it: Finding| it.field(title.clone()).about(Target::Field(unnamed.rows, column.field));
    let invalid = |origin| Some(Cell { value: Value::Invalid, origin });
    match told {
        Told::Nothing => Said { cell: None, finding: unnamed.missing.clone().map(about) },
        Told::Unknown(text, origin) => {
            Said { cell: Some(Cell { value: Value::Text(text), origin }), finding: None }
        }
        Told::One(id, what, origin) => {
            let label = bodies.label(id);
            let message = format!("表中没有“{title}”一列，按{what}读作“{label}”");
            let note = Finding::new(&codes::BODY_FROM_TITLE, message).at(origin).value(&*label);
            Said { cell: Some(Cell { value: Value::Text(label), origin }), finding: Some(about(note)) }
        }
        Told::Several(ids, origin) => {
            let labels: Vec<String> = ids.iter().map(|it| format!("“{}”", bodies.label(*it))).collect();
            let message = format!("表中没有“{title}”一列，按标题等可以是{}", labels.join("或"));
            let finding = Finding::new(&codes::BODY_UNCERTAIN, message).at(origin);
            let finding = finding.hint(format!("请补上“{title}”一列，或在表头上面写明全称"));
            Said { cell: invalid(origin), finding: Some(about(finding)) }
        }
        Told::Different([(what, a, origin), (other, b, related)]) => {
            let message = format!(
                "表中没有“{title}”一列，{what}写的是“{}”，{other}写的是“{}”",
                bodies.label(a),
                bodies.label(b)
            );
            let finding = Finding::new(&codes::BODY_UNCERTAIN, message).at(origin).related(related, other);
            let finding =
                finding.hint(format!("请核对并改成一致；几个单位的记录写在一起的，请补上“{title}”一列"));
            Said { cell: invalid(origin), finding: Some(about(finding)) }
        }
    }
}

/// Says once of several sheets of a file whose each is.
fn note_together(unnamed: &[Unnamed], said: &mut [Said], schemas: &Schemas) {
    let is_note = |it: &Said| it.finding.as_ref().is_some_and(|it| it.code == codes::BODY_FROM_TITLE.name);
    let columns: BTreeSet<ColumnId> = unnamed.iter().map(|it| it.column).collect();
    for column in columns {
        let notes: Vec<usize> =
            (0..unnamed.len()).filter(|idx| unnamed[*idx].column == column && is_note(&said[*idx])).collect();
        let [first, others @ ..] = &notes[..] else { continue };
        if others.is_empty() {
            continue;
        }
        let taken: Vec<Finding> = others.iter().filter_map(|it| said[*it].finding.take()).collect();
        let sheet = |idx: usize| unnamed[idx].hints.sheet.as_ref().map_or("", |it| &*it.0);
        let labels = |finding: &Finding| finding.value.as_deref().unwrap_or_default().to_owned();
        let Some(note) = said[*first].finding.take() else { continue };
        if taken.iter().all(|it| it.origin == note.origin) {
            // Several records side by side of one sheet, all of one body.
            let about = taken.into_iter().flat_map(|it| it.about);
            said[*first].finding = Some(about.fold(note, Finding::about));
            continue;
        }
        let all = [(*first, &note)].into_iter().chain(others.iter().copied().zip(&taken));
        let shown: Vec<String> = all.map(|(idx, it)| format!("“{}”是“{}”", sheet(idx), labels(it))).collect();
        let title = &schemas.tables[column.table].fields[column.field].title;
        let sheets: BTreeSet<Origin> = notes.iter().map(|it| unnamed[*it].sheet).collect();
        let message = if sheets.len() == 1 {
            let labels: Vec<&str> =
                shown.iter().filter_map(|it| it.split_once('是')).map(|it| it.1).collect();
            format!("表中没有“{title}”一列，按各段上面的一行认定：依次是{}", labels.join("、"))
        } else {
            format!("{}张工作表没有“{title}”一列，按标题等认定：{}", sheets.len(), shown.join("，"))
        };
        let mut whole = Finding { message, ..note };
        for other in taken {
            whole.about.extend(other.about);
            if sheets.len() > 1 {
                whole = other.origin.into_iter().fold(whole, |it, origin| it.related(origin, "这里也是"));
            }
        }
        said[*first].finding = Some(whole);
    }
}

/// Whether a record says whose it is in another field, through which the one without a column goes.
fn goes_through(reading: &FileRecords, unnamed: &Unnamed, row: RowId, schemas: &Schemas) -> bool {
    let column = unnamed.column;
    let table = &schemas.tables[column.table];
    let FieldKind::Reference(reference) = &table.fields[column.field].kind else { return false };
    let record = &reading.records.tables[column.table][row];
    reference.other(table).is_some_and(|(field, other)| {
        record.cells[other.stated_at(table, field, record)].value != Value::Missing
    })
}

fn apply(reading: &mut FileRecords, unnamed: &Unnamed, said: Said, schemas: &Schemas) {
    let Unnamed { column, rows, .. } = unnamed;
    if let Some(cell) = said.cell {
        let open: Vec<RowId> =
            rows.rows().filter(|it| !goes_through(reading, unnamed, *it, schemas)).collect();
        for row in open {
            reading.records.tables[column.table][row].cells[column.field] = cell.clone();
        }
    }
    said.finding.into_iter().for_each(|it| reading.report.push(it));
}
