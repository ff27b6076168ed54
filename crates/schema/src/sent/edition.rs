//! Whether a form that has come back is of the present edition, or was sent out before its table or the period was changed.

use super::{Sent, edition};
use crate::table::{Schemas, Table};
use finding::{Finding, Origin, codes};
use value::{PartialDate, Period};

/// The first form that was sent out for a period which has nothing in common with the present one.
pub(crate) fn is_of_other_period(forms: &[Sent], period: Period) -> Option<(Origin, String)> {
    let is_other =
        |it: &&Sent| it.mark.period.last() < period.first() || it.mark.period.first() > period.last();
    forms.iter().find(is_other).map(|it| (it.heading, said(it.mark.period)))
}

/// What is said of forms of old editions, once for each table of a file.
pub(crate) fn old(forms: &[Sent], schemas: &Schemas, period: Period) -> Vec<Finding> {
    let mut tables = Vec::new();
    let mut findings = Vec::new();
    for form in forms {
        let table = &schemas.tables[form.table];
        let is_present = *form.mark.edition == edition(table, period);
        if !is_present && !tables.contains(&form.table) {
            tables.push(form.table);
            findings.push(finding(form, table, period));
        }
    }
    findings
}

fn finding(form: &Sent, table: &Table, period: Period) -> Finding {
    let mut changed = Vec::new();
    if form.mark.period != period {
        changed.push(format!("下发时的期间是{}，现在是{}", said(form.mark.period), said(period)));
    }
    let titles: Vec<&str> = form.absent.iter().map(|it| &*table.fields[*it].title).collect();
    if !titles.is_empty() {
        changed.push(format!("没有现在的“{}”", titles.join("”“")));
    }
    if !form.gone.is_empty() {
        let gone: Vec<&str> = form.gone.iter().map(|it| &**it).collect();
        changed.push(format!("“{}”现在不要了", gone.join("”“")));
    }
    if changed.is_empty() {
        changed.push("栏目的名称或顺序改过".to_owned());
    }
    let message = format!("“{}”用的是以前下发的表样：{}", table.title, changed.join("；"));
    let finding = Finding::new(&codes::FORM_EDITION_OLD, message).at(form.heading);
    finding.hint("请用 huibian collect 重新生成表样下发；改动不影响本次材料的，可以不换")
}

fn said(period: Period) -> String {
    format!("{}至{}", PartialDate::from(period.first()), PartialDate::from(period.last()))
}
