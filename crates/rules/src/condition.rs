//! A condition as it is declared, checked against the schemas when it is loaded.

use std::sync::Arc;

use jiff::civil::Date;

use super::cases::{Case, read_cases};
use super::lets::{Let, bind_lets};
use dataset::SchemaScope;
use facts::{Catalogue, Count};
use finding::{FieldId, Finding, Report, Reported, Severity, TableId, codes};
use schema::Schemas;
use source::{Declared, Entry, Fields, LocatedText, Node, Parts, nearest};
use value::PartialDate;
use words::{Expression, Template, Type};

/// What is said to whoever still writes `facts:` in a condition.
const RENAMED: &str = "请改写为 counts：规则自己的计数写在 counts 之下，facts 只指 templates/facts/ 中的数据项，写作 facts.名称";

/// Something that must hold of every record of a table.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The code of the finding if it does not hold.
    pub code: Arc<str>,
    /// What must hold, in a few words.
    pub title: Arc<str>,
    /// The table.
    pub of: TableId,
    /// The regulation and article, or the notice, that asks for it.
    pub basis: Arc<str>,
    /// First day on which it applies.
    pub valid_from: Option<Date>,
    /// Last day on which it applies.
    pub valid_to: Option<Date>,
    /// How much it matters if it does not hold.
    pub severity: Severity,
    /// Field at whose cell the finding stands; the record itself if none is named.
    pub at: Option<FieldId>,
    /// Further fields to point at, with labels.
    pub related: Vec<(FieldId, Arc<str>)>,
    /// The two examples.
    pub cases: Vec<Case>,
    pub(super) lets: Vec<Let>,
    pub(super) counts: Vec<(Arc<str>, Count)>,
    pub(super) on: Option<Expression>,
    pub(super) when: Option<Expression>,
    pub(super) require: Expression,
    pub(super) message: Template,
    pub(super) met: Option<Template>,
    pub(super) hint: Option<Template>,
}

/// Reads every rule of `templates/rules/`, which may ask for the facts of a catalogue; what is wrong with one is reported,
/// and it is left out.
pub fn load(trees: &[Node], schemas: &Schemas, catalogue: &Catalogue, report: &mut Report) -> Vec<Condition> {
    let scope = catalogue.condition_scope(schemas);
    trees.iter().flat_map(|it| load_conditions(it, "rules", &scope, None, report)).collect()
}

/// Reads the list of conditions under `key` (`rules` or `conditions`) of a file. `of` is the table of
/// conditions that do not name one, `scope` has the names that all of them find.
pub fn load_conditions(
    root: &Node,
    key: &str,
    scope: &SchemaScope<'_>,
    of: Option<TableId>,
    report: &mut Report,
) -> Vec<Condition> {
    let Ok(mut fields) = Fields::new(root, "规则文件", report) else { return Vec::new() };
    let nodes = fields.required_list(key).unwrap_or_default();
    fields.finish();
    let around = Around { scope, of };
    nodes.iter().filter_map(|it| Condition::load(it, &around, report).ok()).collect()
}

/// Where a condition is declared.
struct Around<'a> {
    /// The names that it finds whatever its table.
    scope: &'a SchemaScope<'a>,
    /// Its table, if it names none.
    of: Option<TableId>,
}

impl Declared<Around<'_>> for Condition {
    const WHAT: &'static str = "规则";

    fn declared(fields: &mut Fields<'_, '_>, around: &Around<'_>) -> Result<Self, Reported> {
        let schemas = around.scope.schemas();
        let names = ["code", "title", "basis"].map(|it| fields.required_string(it));
        let texts = ["require", "message"].map(|it| fields.required_text(it));
        let severity = fields.text("severity");
        let (valid_from, valid_to) = (date(fields, "valid_from"), date(fields, "valid_to"));
        let [of, met, hint, when, on, at] =
            ["of", "met", "hint", "when", "on", "at"].map(|it| fields.text(it));
        let of = match (of, around.of) {
            (None, Some(of)) => Ok(of),
            (Some(name), _) => table_named(&name, schemas, fields.report()),
            (None, None) => fields.required_as("of", |it, report| table_named(it, schemas, report)),
        };
        let severity = severity.map_or(Ok(Severity::Error), |it| severity_named(&it, fields.report()));
        let [lets, counts, related] = ["let", "counts", "related"].map(|it| fields.map(it));
        let (cases, renamed) = (read_cases(fields), fields.renamed("facts", RENAMED));
        let (names, texts, of, severity, ()) = fields.whole((names, texts, of, severity, renamed))?;
        let ([code, title, basis], [require, message], report) = (names, texts, fields.report());
        let (scope, lets) = bind_lets(lets, around.scope.around(of), report)?;
        // Whom a condition is meant for is known before anything is counted.
        let when = when.map(|it| Expression::condition(&it.text, it.origin, &scope, report)).transpose();
        let on = on.map(|it| date_of(&it, &scope, report)).transpose();
        let (scope, counts) = bind_counts(counts, scope, report)?;
        let require = Expression::condition(&require.text, require.origin, &scope, report);
        let mut template = |it: &LocatedText| Template::compile(&it.text, it.origin, &scope, report);
        let message = template(&message);
        let [met, hint] = [met, hint].map(|it| it.as_ref().map(&mut template).transpose());
        let table = &schemas.tables[of];
        let at = at.map(|it| field_named(&it, table, report)).transpose();
        let related = related.iter().map(|it| labelled(it, table, report)).collect::<Result<_, _>>()?;
        let ([met, hint], require, message, at, on, when) =
            ([met, hint], require, message, at, on, when).whole()?;
        Ok(Self {
            code,
            title,
            of,
            basis,
            valid_from,
            valid_to,
            severity,
            at,
            related,
            cases,
            lets,
            counts,
            on,
            when,
            require,
            message,
            met,
            hint,
        })
    }
}

/// The record's own date by which a condition is judged.
fn date_of(
    written: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Expression, Reported> {
    let (on, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    if given == Type::Date {
        return Ok(on);
    }
    let message = format!("on 应为日期，而不是{}", given.title());
    let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
    Err(report.error(finding.hint("请写记录中决定适用哪一年规定的日期字段")))
}

/// A further field to point at, with its label.
fn labelled(
    entry: &Entry,
    table: &schema::Table,
    report: &mut Report,
) -> Result<(FieldId, Arc<str>), Reported> {
    let key = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
    let field = field_named(&key, table, report)?;
    let source::NodeKind::Scalar(label) = &entry.value.kind else {
        let finding = Finding::new(&codes::WRONG_KIND, format!("“{}”后应为文字", entry.key));
        return Err(report.error(finding.at(entry.value.origin)));
    };
    Ok((field, label.clone()))
}

/// Names that a condition gives to figures.
type Counts = Vec<(Arc<str>, Count)>;

/// Adds the names of `counts:` to the scope. A count sees the names of `let:`, but no other count.
fn bind_counts<'a>(
    entries: &[Entry],
    mut scope: SchemaScope<'a>,
    report: &mut Report,
) -> Result<(SchemaScope<'a>, Counts), Reported> {
    let mut counts = Vec::new();
    for entry in entries {
        refuse_taken(entry, &scope, report)?;
        counts.push((entry.key.clone(), Count::load(&entry.value, &scope, report)?));
    }
    for (name, count) in &counts {
        scope = scope.with(name.clone(), count.value_type().clone());
    }
    Ok((scope, counts))
}

/// A name that every condition finds, or that it has given already, would be hidden.
pub(super) fn refuse_taken(
    entry: &Entry,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<(), Reported> {
    if !scope.is_taken(&entry.key) {
        return Ok(());
    }
    let message = format!("名称“{}”已有所指", entry.key);
    let finding = Finding::new(&codes::DUPLICATE_KEY, message).at(entry.key_origin);
    Err(report.error(finding.hint("请换一个名称；project、facts 和 let 中的名称不能再用")))
}

fn date(fields: &mut Fields<'_, '_>, key: &str) -> Option<Date> {
    let written = fields.text(key)?;
    match PartialDate::parse(&value::Raw::text(&written.text)) {
        Ok(parsed) if key == "valid_to" => Some(parsed.value.latest()),
        Ok(parsed) => Some(parsed.value.earliest()),
        Err(fault) => {
            let finding = Finding::new(fault.code, fault.message).at(written.origin).value(&*written.text);
            fields.report().push(finding.hint("请写成 2024-05-31"));
            None
        }
    }
}

fn severity_named(word: &LocatedText, report: &mut Report) -> Result<Severity, Reported> {
    Severity::parse(&word.text).ok_or_else(|| {
        let message = format!("没有“{}”这种程度", word.text);
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(word.origin);
        report.error(finding.hint("可用：error（错误）、query（核实）、note（提示）"))
    })
}

fn table_named(name: &LocatedText, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    schemas.index(&name.text).ok_or_else(|| {
        let near = nearest(&name.text, schemas.tables.iter().map(|it| &*it.id));
        let hint = near.map_or_else(|| "请填写某一表式的 id".to_owned(), |it| format!("是否应为“{it}”？"));
        let message = format!("没有名为“{}”的表", name.text);
        report.error(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(name.origin).hint(hint))
    })
}

fn field_named(name: &LocatedText, table: &schema::Table, report: &mut Report) -> Result<FieldId, Reported> {
    table.field(&name.text).ok_or_else(|| {
        let near = nearest(&name.text, table.fields.iter().map(|it| &*it.id));
        let hint =
            near.map_or_else(|| "请填写本表某一字段的 id".to_owned(), |it| format!("是否应为“{it}”？"));
        let message = format!("“{}”表没有字段“{}”", table.title, name.text);
        report.error(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(name.origin).hint(hint))
    })
}
