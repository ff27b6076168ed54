//! Which dates a field can hold: the keys `not_after`, `not_before`, `within` and `end_in`.

use std::sync::Arc;

use super::table::{FieldKind, Schemas, Table};
use finding::{Finding, Report, codes};
use source::{Fields, LocatedText, nearest};
use value::PartialDate;

/// What a field says about its dates. Plans and terms say nothing, and may lie anywhere.
#[derive(Debug, Clone, Default)]
pub struct Plausible {
    /// It tells what has happened: nothing later than the day as of which the project is judged.
    pub happened: bool,
    /// Nothing earlier than these.
    pub not_before: Vec<Earliest>,
    /// Only what lies in the project's period is counted.
    pub within_period: bool,
    /// So many years before the day as of which the project is judged conditions look back: what lies in them is rightly
    /// returned, though it is not counted.
    pub years_back: u8,
    /// The field of the end of which this is the beginning: `2025.3.1—3.5` fills both.
    pub until: Option<LocatedText>,
}

/// What a date is not to come before.
#[derive(Debug, Clone)]
pub enum Earliest {
    /// A day, month or year.
    Date(PartialDate),
    /// The date in another field of the record.
    Field(LocatedText),
}

impl Plausible {
    /// Whether any date will do.
    pub fn allows_all(&self) -> bool {
        !self.happened && !self.within_period && self.not_before.is_empty()
    }
}

/// Reads the keys from the declaration of a field of dates; in that of another field they are unknown.
///
/// - `not_after: as_of` — it tells what has happened;
/// - `not_before: [1921-07-01, born]` — days, and fields of the same record;
/// - `within: period` — of a ledger: what lies outside is not counted;
/// - `years_back: 1` — beside it: conditions look back so far, whatever the period is;
/// - `end_in: ends` — the field of the end, which two dates in one cell fill as well.
pub(super) fn read(fields: &mut Fields<'_, '_>, kind: &FieldKind) -> Plausible {
    if !holds_dates(kind) {
        return Plausible::default();
    }
    let [not_after, within] = [("not_after", "as_of"), ("within", "period")].map(|(key, known)| {
        fields.text(key).is_some_and(|it| {
            hold_to(key, &it, known, fields.report());
            true
        })
    });
    let not_before = fields.texts("not_before").into_iter().map(earliest).collect();
    let years_back = fields.count_to("years_back", usize::from(u8::MAX)).unwrap_or_default();
    Plausible {
        happened: not_after,
        not_before,
        within_period: within,
        years_back: u8::try_from(years_back).unwrap_or_default(),
        until: fields.text("end_in"),
    }
}

/// Whether a field holds one date or several.
pub(super) fn holds_dates(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Date(_) => true,
        FieldKind::List(of) => holds_dates(of),
        _ => false,
    }
}

fn earliest(written: LocatedText) -> Earliest {
    match PartialDate::parse(&value::Raw::text(&written.text)) {
        Ok(parsed) => Earliest::Date(parsed.value),
        Err(_) => Earliest::Field(written),
    }
}

/// Reports a word that a key does not know.
fn hold_to(key: &str, written: &LocatedText, known: &str, report: &mut Report) {
    if &*written.text != known {
        let message = format!("“{key}”只能是 {known}，实为“{}”", written.text);
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(written.origin);
        report.push(finding.hint("不作此要求的，请删去这一项"));
    }
}

/// Every field that a date is not to come before must be one of the table, and hold one date.
pub(super) fn check(schemas: &Schemas, report: &mut Report) {
    for table in &schemas.tables {
        for limit in table.fields.iter().flat_map(|it| &it.plausible.not_before) {
            if let Earliest::Field(name) = limit {
                check_name(table, name, report);
            }
        }
        table
            .fields
            .iter()
            .filter_map(|it| it.plausible.until.as_ref())
            .for_each(|it| check_name(table, it, report));
    }
}

fn check_name(table: &Table, name: &LocatedText, report: &mut Report) {
    let is_date = |kind: &FieldKind| matches!(kind, FieldKind::Date(_));
    if table.field(&name.text).is_some_and(|it| is_date(&table.fields[it].kind)) {
        return;
    }
    let dates: Vec<&Arc<str>> = table.fields.iter().filter(|it| is_date(&it.kind)).map(|it| &it.id).collect();
    let hint = match nearest(&name.text, dates.into_iter().map(|it| &**it)) {
        Some(near) => format!("是否应为“{near}”？"),
        None => "请写日期（如 1921-07-01），或本表某一日期字段的 id".to_owned(),
    };
    let message = format!("“{}”既不是日期，也不是“{}”表的日期字段", name.text, table.title);
    report.push(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(name.origin).hint(hint));
}
