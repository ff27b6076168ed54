//! A reminder as it is declared, checked against the schemas when it is loaded.

use std::sync::Arc;

use crate::declaring::{template, unknown_word};
use crate::kinds::Declaring;
use crate::leaf::printable;
use dataset::{SchemaScope, TableId};
use finding::{Finding, Origin, Report, Reported, codes};
use project::Wanted;
use rules::{Case, read_cases};
use schema::Schemas;
use source::{Declared, Fields, LocatedText, Parts, all};
use words::{Expression, Template, Type};

/// The most months that can be looked ahead.
const MONTHS_MAX: usize = 120;
/// The most days that can be looked ahead.
const DAYS_MAX: usize = 3660;

/// Something that falls due for records of a table.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// Its id, by which the events of calendars are known again.
    pub id: Arc<str>,
    /// What falls due, in a few words.
    pub title: Arc<str>,
    /// The table.
    pub of: TableId,
    /// The regulation, notice or agreement that sets the day.
    pub basis: Arc<str>,
    /// Its examples: those that fire are listed, those that pass fall due later, those that are skipped it is not meant for.
    pub cases: Vec<Case>,
    /// Where it is declared.
    pub origin: Origin,
    pub(super) wheres: Vec<Expression>,
    pub(super) due: Expression,
    pub(super) within: Span,
    pub(super) whom: Option<Expression>,
    pub(super) text: Template,
}

/// How far ahead a reminder looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// So many months.
    Months(i32),
    /// So many days.
    Days(i32),
}

/// Reads the reminders of the files that a project wants.
///
/// # Errors
/// If a file does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_reminders(
    wanted: &[Wanted],
    Declaring { templates, schemas, catalogue }: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Reminder>, Reported> {
    let scope = catalogue.condition_scope(schemas);
    let files = wanted.iter().map(|it| {
        let path = format!("reminders/{}.yaml", it.id.text);
        let Some(root) = templates.tree(&path, report)? else {
            let known = templates.in_folder("reminders", ".yaml");
            let known = known.filter_map(|(path, _)| path.strip_prefix("reminders/")?.strip_suffix(".yaml"));
            return Err(unknown_word(&it.id, "提醒", known.collect::<Vec<_>>(), report));
        };
        let mut fields = Fields::new(&root, "提醒文件", report)?;
        let reminders = fields.required_parts::<Reminder, _>("reminders", &scope);
        fields.whole(reminders)
    });
    let reminders: Vec<Reminder> = all(files)?.into_iter().flatten().collect();
    report.sound(|report| {
        for (at, it) in reminders.iter().enumerate() {
            if let Some(earlier) = reminders[..at].iter().find(|earlier| earlier.id == it.id) {
                let finding = Finding::new(&codes::DUPLICATE_KEY, format!("提醒“{}”声明了两次", it.id));
                let finding = finding.at(it.origin).related(earlier.origin, "先前的声明");
                report.push(finding.hint("请改用不同的 id；documents 的 reminders 中每个文件只写一次"));
            }
        }
        Ok(reminders)
    })
}

impl Declared<SchemaScope<'_>> for Reminder {
    const WHAT: &'static str = "提醒";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let (origin, schemas) = (fields.origin(), scope.schemas());
        let names = ["id", "title", "basis"].map(|it| fields.required_string(it));
        let of = fields.required_as("of", |it, report| table(it, schemas, report));
        let texts = ["deadline", "text"].map(|it| fields.required_text(it));
        let (wheres, whom, within) =
            (fields.texts("where"), fields.text("whom"), fields.required_part("within", &()));
        let cases = read_cases(fields);
        let of = fields.whole(of)?;
        let (scope, report) = (scope.around(of), fields.report());
        let wheres = all(wheres.iter().map(|it| Expression::condition(&it.text, it.origin, &scope, report)));
        let whom = whom.map(|it| printable(&it, &scope, report)).transpose();
        let [due, text] = texts;
        let due = due.and_then(|it| dated(&it, &scope, report));
        let text = text.and_then(|it| template(&it, &scope, report));
        let (names, wheres, whom, due, text, within) = (names, wheres, whom, due, text, within).whole()?;
        let [id, title, basis] = names;
        Ok(Self { id, title, of, basis, cases, origin, wheres, due, within, whom, text })
    }
}

impl Declared for Span {
    const WHAT: &'static str = "within";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let origin = fields.origin();
        let (months, days) = (fields.count_to("months", MONTHS_MAX), fields.count_to("days", DAYS_MAX));
        fields.finish();
        let whole = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
        match (months, days) {
            (Some(months), None) => Ok(Self::Months(whole(months))),
            (None, Some(days)) => Ok(Self::Days(whole(days))),
            _ => {
                let finding = Finding::new(&codes::WRONG_KIND, "within 应写明几个月或几天，二者择一");
                Err(fields.report().error(finding.at(origin).hint("请写成 within: {months: 6}")))
            }
        }
    }
}

/// An expression that gives a date.
fn dated(
    written: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Expression, Reported> {
    let (due, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    if given == Type::Date {
        return Ok(due);
    }
    let finding = Finding::new(&codes::WRONG_KIND, format!("deadline 应为日期，而不是{}", given.title()));
    let hint = "请写日期字段，或 years_after(…, 3)、months_after(…, 6)";
    Err(report.error(finding.at(written.origin).hint(hint)))
}

fn table(name: &LocatedText, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    let known = || schemas.tables.iter().map(|it| &*it.id);
    schemas.index(&name.text).ok_or_else(|| unknown_word(name, "表", known(), report))
}
