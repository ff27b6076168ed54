//! Schemas are read from `templates/schemas/*.yaml`; every mistake in them has its place.

use std::sync::Arc;

use super::accepted;
use super::cleaning;
use super::code_lengths;
use super::counted;
use super::customs::{self, Customs};
use super::defaults;
use super::departures;
use super::looks;
use super::plausible;
use super::returned::{self, field_index};
use super::table::{Field, FieldKind, Reference, Schemas, SubjectPaths, Table, TimeOfDay};
use super::wheres::Where;
use finding::{ById, FieldId, Finding, Report, Reported, TableId, codes};
use source::{Declared, Fields, LocatedText, Node, nearest};
use value::{Amount, Choice, Choices, DatePart, fold};

/// The names of the types, as schemas write them.
const TYPES: [&str; 15] = [
    "text",
    "long_text",
    "integer",
    "decimal",
    "percent",
    "date",
    "yes_no",
    "choice",
    "code",
    "name",
    "phone",
    "identity",
    "picture",
    "reference",
    "list",
];

/// Reads all schemas; the trees come in the order of their files.
///
/// # Errors
/// If anything in them is wrong; everything that is wrong has been reported.
pub(super) fn load(trees: &[Node], report: &mut Report) -> Result<Schemas, Reported> {
    report.sound(|report| Ok(load_all(trees, report)))
}

/// Reads what can be read of them, so that what is wrong with one table does not hide what is wrong with another.
fn load_all(trees: &[Node], report: &mut Report) -> Schemas {
    let (mut schemas, mut subjects) = (Schemas::default(), Vec::new());
    for tree in trees {
        if customs::is_here(tree) {
            schemas.customs = Customs::load(tree, &(), report).unwrap_or_default();
        } else if looks::is_here(tree) {
            schemas.looks = looks::read(tree, report);
        } else if accepted::is_here(tree) {
            continue;
        } else if let Ok(fields) = Fields::new(tree, "表式", report) {
            let _reported = table(fields, None, &mut schemas, &mut subjects);
        }
    }
    for tree in trees.iter().filter(|it| accepted::is_here(it)) {
        accepted::add(tree, &mut schemas, report);
    }
    resolve_subjects(&mut schemas, subjects, report);
    check_references(&schemas, report);
    check_stand_ins(&schemas, report);
    code_lengths::resolve(&mut schemas, report);
    plausible::check(&schemas, report);
    counted::check(&schemas, report);
    looks::check(&schemas, report);
    defaults::check(&schemas, report);
    schemas
}

/// A subject path as written, until all tables are known.
struct WrittenSubject {
    table: TableId,
    is_branch: bool,
    path: LocatedText,
}

fn table(
    mut fields: Fields<'_, '_>,
    parent: Option<(TableId, &[String])>,
    schemas: &mut Schemas,
    subjects: &mut Vec<WrittenSubject>,
) -> Result<(), Reported> {
    let origin = fields.origin();
    let [id, title] = ["id", "title"].map(|it| fields.required_string(it));
    let [sheets, ignored] = ["sheets", "ignore"].map(|it| fields.strings(it));
    let mut empty: Vec<String> = fields.texts("empty").iter().map(|it| fold(&it.text)).collect();
    if let Some((_, inherited)) = parent {
        empty.extend_from_slice(inherited);
    }
    let (label, key) = (fields.required_text("label"), fields.texts("key"));
    let (founded, grace_months) = (fields.text("founded"), fields.count("grace_months").unwrap_or_default());
    let required = fields.flag("required").unwrap_or_default();
    let declared = fields.required_list("fields");
    let children = fields.list("children");
    let table_id = schemas.tables.next_id();
    if let Some(node) = fields.node("subject")
        && let Ok(mut paths) = Fields::new(node, "subject", fields.report())
    {
        let (branch, committee) = (paths.text("branch"), paths.text("committee"));
        paths.finish();
        let written = |is_branch| move |path| WrittenSubject { table: table_id, is_branch, path };
        subjects.extend(branch.map(written(true)).into_iter().chain(committee.map(written(false))));
    }
    let declared: ById<FieldId, Field> =
        declared?.iter().filter_map(|it| Field::load(it, &empty[..], fields.report()).ok()).collect();
    let returned = returned::load(&mut fields, &declared);
    let (id, label) = (id?, label?);
    let id: Arc<str> = match parent {
        Some((parent, _)) => format!("{}.{id}", schemas.tables[parent].id).into(),
        None => id,
    };
    let mut index = |it: &LocatedText| field_index(&declared, it, fields.report());
    let label = index(&label)?;
    let key = key.iter().filter_map(|it| index(it).ok()).collect();
    let founded = founded.map(|it| index(&it)).transpose()?;
    schemas.tables.push(Table {
        id,
        title: title?,
        sheets,
        ignored,
        key,
        label,
        subject: SubjectPaths::default(),
        founded,
        grace_months,
        returned: returned?,
        fields: declared,
        parent: parent.map(|(idx, _)| idx),
        required,
        origin,
    });
    read_children(children, (table_id, &empty), schemas, subjects, fields.report());
    fields.finish();
    Ok(())
}

fn read_children(
    children: &[Node],
    parent: (TableId, &[String]),
    schemas: &mut Schemas,
    subjects: &mut Vec<WrittenSubject>,
    report: &mut Report,
) {
    for child in children {
        if let Ok(fields) = Fields::new(child, "子表", report) {
            let _reported = table(fields, Some(parent), schemas, subjects);
        }
    }
}

/// Within the spellings of “nothing” that hold for all fields of its table.
impl Declared<[String]> for Field {
    const WHAT: &'static str = "字段";

    fn declared(fields: &mut Fields<'_, '_>, empty: &[String]) -> Result<Self, Reported> {
        let origin = fields.origin();
        let names = ["id", "title"].map(|it| fields.required_string(it));
        let kind = kind(fields);
        let limit = fields.count("limit");
        let [min, max] = ["min", "max"].map(|it| number(fields, it));
        let time_of_day = time_of_day(fields);
        let own_empty = fields.texts("empty").into_iter().map(|it| fold(&it.text));
        let empty = empty.iter().cloned().chain(own_empty).collect();
        let [synonyms, titled] = ["synonyms", "titled"].map(|it| fields.strings(it));
        let flags = ["required", "unique", "fill_down", "sensitive", "named_by_sheet", "notes_absence"];
        let [required, unique, fill_down, sensitive, named_by_sheet, notes_absence] =
            flags.map(|it| fields.flag(it).unwrap_or_default());
        let (unit, (default, default_where)) = (fields.string("unit"), defaults::read(fields));
        // An unknown type leaves unknown which keys belong to it; a missing title may be a misspelt key.
        let kind = kind?;
        let (cleaning, plausible) = (cleaning::read(fields, &kind), plausible::read(fields, &kind));
        let counts = counted::read(fields, &kind);
        let alone = fields.node("fill_down_unless");
        let fill_down_unless = alone.and_then(|it| Where::read(it, fields.report()).ok());
        let [stand_ins, looks] = ["stand_ins", "looks"].map(|it| fields.texts(it));
        let [id, title] = fields.whole(names)?;
        Ok(Self {
            id,
            title,
            synonyms,
            kind,
            required,
            unique,
            unit,
            limit,
            min,
            max,
            empty,
            default,
            default_where,
            notes_absence,
            fill_down,
            fill_down_unless,
            sensitive,
            titled,
            named_by_sheet,
            time_of_day,
            plausible,
            counts,
            stand_ins,
            looks,
            cleaning,
            origin,
        })
    }
}

fn number(fields: &mut Fields<'_, '_>, key: &str) -> Option<Amount> {
    let written = fields.text(key)?;
    let number = written.text.parse().ok();
    if number.is_none() {
        let message = format!("“{key}”应为数字，实为“{}”", written.text);
        fields.report().push(Finding::new(&codes::WRONG_KIND, message).at(written.origin).hint("请只写数字"));
    }
    number
}

fn kind(fields: &mut Fields<'_, '_>) -> Result<FieldKind, Reported> {
    let written = fields.required_text("type")?;
    kind_named(fields, &written)
}

fn kind_named(fields: &mut Fields<'_, '_>, written: &LocatedText) -> Result<FieldKind, Reported> {
    Ok(match &*written.text {
        "text" => FieldKind::Text,
        "long_text" => FieldKind::LongText,
        "integer" => FieldKind::Integer,
        "decimal" => FieldKind::Decimal,
        "percent" => FieldKind::Percent,
        "date" => FieldKind::Date(precision(fields)?),
        "yes_no" => FieldKind::YesNo,
        "choice" => FieldKind::Choice(Arc::new(choices(fields)?)),
        "code" => FieldKind::Code(code_lengths::read(fields)),
        "name" => FieldKind::Name,
        "phone" => FieldKind::Phone,
        "identity" => FieldKind::Identity,
        "picture" => FieldKind::Picture,
        "reference" => FieldKind::Reference(reference(fields)?),
        "list" => {
            let of = fields.required_text("of")?;
            FieldKind::List(Box::new(kind_named(fields, &of)?))
        }
        _ => {
            let hint = match nearest(&written.text, TYPES) {
                Some(near) => format!("是否应为“{near}”？"),
                None => format!("可用的类型：{}", TYPES.join("、")),
            };
            let finding =
                Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有名为“{}”的类型", written.text));
            return Err(fields.report().error(finding.at(written.origin).hint(hint)));
        }
    })
}

/// The least precision of a date; a year suffices where none is declared.
fn precision(fields: &mut Fields<'_, '_>) -> Result<DatePart, Reported> {
    let Some(written) = fields.text("precision") else { return Ok(DatePart::Year) };
    match &*written.text {
        "year" => Ok(DatePart::Year),
        "month" => Ok(DatePart::Month),
        "day" => Ok(DatePart::Day),
        other => {
            let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有“{other}”这种精度"));
            Err(fields.report().error(finding.at(written.origin).hint("可用：year、month、day")))
        }
    }
}

/// Whether a time of day is usual behind a date (`time: allowed`) or worth a note.
fn time_of_day(fields: &mut Fields<'_, '_>) -> TimeOfDay {
    let Some(written) = fields.text("time") else { return TimeOfDay::Noted };
    if &*written.text != "allowed" {
        let message = format!("“time”只能是 allowed，实为“{}”", written.text);
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(written.origin);
        fields.report().push(finding.hint("不允许写时刻的，请删去这一项"));
    }
    TimeOfDay::Allowed
}

fn choices(fields: &mut Fields<'_, '_>) -> Result<Choices, Reported> {
    let mut choices = Vec::new();
    for node in fields.required_list("choices")? {
        let mut fields = Fields::new(node, "选项", fields.report())?;
        let (value, spellings) = (fields.required_string("value"), fields.strings("spellings"));
        choices.push(Choice { value: value?, spellings });
        fields.finish();
    }
    Ok(Choices::new(choices))
}

fn reference(fields: &mut Fields<'_, '_>) -> Result<Reference, Reported> {
    fields.required_node("by")?;
    Ok(Reference {
        to: fields.required_string("to")?,
        by: fields.strings("by"),
        reverse: fields.string("reverse"),
        fallback: fields.string("fallback"),
        through: fields.string("through"),
        may_be_unlisted: fields.flag("may_be_unlisted").unwrap_or_default(),
        departed_in: departures::read(fields)?,
    })
}

/// What stands in for a field must be a field of its table.
fn check_stand_ins(schemas: &Schemas, report: &mut Report) {
    for table in &schemas.tables {
        for written in table.fields.iter().flat_map(|it| &it.stand_ins) {
            let _reported = field_index(&table.fields, written, report);
        }
    }
}

/// Every reference must lead to a declared table, by fields that it has.
fn check_references(schemas: &Schemas, report: &mut Report) {
    for table in &schemas.tables {
        for field in &table.fields {
            let FieldKind::Reference(reference) = &field.kind else { continue };
            let Some(target) = schemas.table(&reference.to) else {
                let message = format!("字段“{}”引用的表“{}”不存在", field.id, reference.to);
                let near = nearest(&reference.to, schemas.tables.iter().map(|it| &*it.id));
                let hint =
                    near.map_or_else(|| "请填写某一表式的 id".to_owned(), |it| format!("是否应为“{it}”？"));
                report.push(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(field.origin).hint(hint));
                continue;
            };
            let own = reference.fallback.iter().map(|it| (table, it));
            for (of, name) in reference.by.iter().map(|it| (target, it)).chain(own) {
                let written = LocatedText { text: name.clone(), origin: field.origin };
                let _reported = field_index(&of.fields, &written, report);
            }
            departures::check(&reference.departed_in, schemas, report);
            if let Some(through) = &reference.through
                && reference.onward(table, schemas).is_none()
            {
                let message = format!("字段“{}”的 through 写的“{through}”不通向“{}”", field.id, reference.to);
                let hint = "请填写本表中另一个引用字段的 id，它所引用的表要有引用该表的字段";
                report.push(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(field.origin).hint(hint));
            }
        }
    }
}

/// Turns `branch.organisation` into indexes of reference fields; `self` is the record itself.
fn resolve_subjects(schemas: &mut Schemas, written: Vec<WrittenSubject>, report: &mut Report) {
    for subject in written {
        let mut path = Vec::new();
        let mut table_id = subject.table;
        for part in subject.path.text.split('.').filter(|it| *it != "self") {
            let name = LocatedText { text: part.into(), origin: subject.path.origin };
            let Ok(field_id) = field_index(&schemas.tables[table_id].fields, &name, report) else { break };
            path.push(field_id);
            if let FieldKind::Reference(reference) = &schemas.tables[table_id].fields[field_id].kind
                && let Some(next) = schemas.index(&reference.to)
            {
                table_id = next;
            }
        }
        let paths = &mut schemas.tables[subject.table].subject;
        *(if subject.is_branch { &mut paths.branch } else { &mut paths.committee }) = Some(path);
    }
}
