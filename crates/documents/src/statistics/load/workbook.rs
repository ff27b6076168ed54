//! The file `statistics.yaml`: a workbook of statistics and the tables beside it.

use std::sync::Arc;

use super::entry::Loading;
use super::sheet::{Workbook, inconsistent};
use crate::declaring::unknown_word;
use crate::kinds::Declaring;
use crate::statistics::declaration::{Sheet, Span, Statistics, Wanted};
use facts::Catalogue;
use finding::{Finding, Report, Reported, Severity, codes};
use project::Templates;
use schema::Schemas;
use source::{Fields, LocatedText, Node};

/// Reads the declarations of the statistics that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_all(
    wanted: &[project::Wanted],
    Declaring { templates, schemas, catalogue }: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Wanted>, Reported> {
    let n_errors = report.count(Severity::Error);
    let load = |it: &project::Wanted, report: &mut Report| {
        let statistics = Arc::new(load_statistics(&it.id, templates, (schemas, catalogue), report)?);
        Ok(Wanted { statistics, period: it.period, as_of: it.as_of, origin: it.id.origin })
    };
    let loaded: Vec<_> = wanted.iter().map(|it| load(it, report)).collect();
    let loaded = loaded.into_iter().collect::<Result<_, _>>()?;
    for (idx, it) in wanted.iter().enumerate() {
        if wanted[..idx].iter().any(|earlier| earlier.id.text == it.id.text) {
            let message = format!("统计“{}”写了两次", it.id.text);
            report.push(Finding::new(&codes::DUPLICATE_KEY, message).at(it.id.origin).hint("请删去其一"));
        }
    }
    // Faults that leave a declaration whole are faults all the same.
    if report.count(Severity::Error) > n_errors {
        let finding = Finding::new(&codes::CONFIGURATION_UNUSABLE, "统计声明有误，不能继续");
        return Err(report.error(finding.hint("请先改正上述统计声明")));
    }
    Ok(loaded)
}

/// Reads the declaration of the statistics with this id.
///
/// # Errors
/// If it does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_statistics(
    id: &LocatedText,
    templates: &Templates,
    (schemas, catalogue): (&Schemas, &Catalogue),
    report: &mut Report,
) -> Result<Statistics, Reported> {
    let folder = format!("statistics/{}", id.text);
    let Some(root) = templates.tree(&format!("{folder}/statistics.yaml"), report)? else {
        let known = templates.in_folder("statistics", "/statistics.yaml");
        let known: Vec<&str> = known.filter_map(|(path, _)| path.split('/').nth(1)).collect();
        return Err(unknown_word(id, "统计", known, report));
    };
    let mut workbook = Workbook::new(Loading { schemas, catalogue });
    let mut fields = Fields::new(&root, "统计声明", report)?;
    let tables = fields.required_node("tables").map(|_| fields.texts("tables"));
    let wheres = fields.node("where").map(|it| workbook.counts_only(it, fields.report())).transpose();
    let sheets: Vec<_> = tables?
        .iter()
        .map(|it| {
            let path = format!("{folder}/{}.yaml", it.text);
            match templates.tree(&path, fields.report())? {
                Some(root) => workbook.sheet(&root, fields.report()),
                None => Err(fields.report().error(missing(it, &path))),
            }
        })
        .collect();
    // What the workbook says of its sheets can be checked only if all of them could be read.
    let sheets: Result<Vec<Sheet>, Reported> = sheets.into_iter().collect();
    let checks = templates.tree(&format!("{folder}/checks.yaml"), fields.report())?;
    let checks = match (&checks, &sheets) {
        (Some(root), Ok(sheets)) => workbook.checks(root, sheets, fields.report()),
        _ => Ok(Vec::new()),
    };
    statistics(fields, &workbook, sheets).and_then(|it| wheres.and(Ok(Statistics { checks: checks?, ..it })))
}

fn statistics(
    mut fields: Fields<'_, '_>,
    workbook: &Workbook<'_>,
    sheets: Result<Vec<Sheet>, Reported>,
) -> Result<Statistics, Reported> {
    let origin = fields.origin();
    let (id, title) = (fields.required_text("id"), fields.required_text("title"));
    let (edition, basis) = (fields.required_text("edition"), fields.required_text("basis"));
    let file_name = fields.required_text("file_name");
    let file_name = file_name.and_then(|it| workbook.template(&it, fields.report()));
    let period = fields.node("period").map(|it| span(it, fields.report())).transpose();
    let cover = fields.node("cover").map(|it| workbook.cover(it, fields.report())).transpose();
    let (lines, signatures) = (fields.texts("lines"), fields.texts("signatures"));
    let lines = workbook.templates(&lines, fields.report());
    let signatures = workbook.templates(&signatures, fields.report());
    let (charts, comparison) = (fields.list("charts"), fields.node("comparison"));
    let per_committee = fields.texts("per_committee");
    let report = fields.report();
    let sheets = sheets?;
    report_twins(&sheets, report);
    let charts: Vec<_> = charts.iter().map(|it| workbook.chart(it, &sheets, report)).collect();
    let per_committee: Vec<_> =
        per_committee.iter().map(|it| workbook.of_committees(it, &sheets, report)).collect();
    let comparison = comparison.map(|it| workbook.comparison(it, &sheets, report)).transpose();
    fields.finish();
    Ok(Statistics {
        id: id?.text,
        title: title?.text,
        edition: edition?.text,
        basis: basis?.text,
        period: period?,
        sheets,
        cover: cover?,
        lines: lines?,
        signatures: signatures?,
        charts: charts.into_iter().collect::<Result<_, _>>()?,
        per_committee: per_committee.into_iter().collect::<Result<_, _>>()?,
        comparison: comparison?,
        checks: Vec::new(),
        origin,
        file_name: file_name?,
    })
}

fn missing(table: &LocatedText, path: &str) -> Finding {
    let message = format!("没有统计表“{}”的文件", table.text);
    let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(table.origin);
    finding.hint(format!("请在 templates 中补上 {path}，或从 tables 中删去"))
}

/// Two sheets of one id or of one name on the tab.
fn report_twins(sheets: &[Sheet], report: &mut Report) {
    for (idx, sheet) in sheets.iter().enumerate() {
        let earlier = &sheets[..idx];
        if earlier.iter().any(|it| it.id == sheet.id || it.name == sheet.name) {
            let message = format!("统计表“{}”的 id 或表名与前面的重复", sheet.id);
            report.push(inconsistent(message, sheet.origin, "请改用不同的 id 与 name"));
        }
    }
}

fn span(node: &Node, report: &mut Report) -> Result<Span, Reported> {
    let mut fields = Fields::new(node, "period", report)?;
    let (starts, ends) = (fields.required_text("starts"), fields.required_text("ends"));
    fields.finish();
    let (starts, ends) = (starts?, ends?);
    let (starts, ends) = (month_and_day(&starts, report), month_and_day(&ends, report));
    Ok(Span { starts: starts?, ends: ends? })
}

/// A day of every year: `07-01`.
fn month_and_day(written: &LocatedText, report: &mut Report) -> Result<(i8, i8), Reported> {
    let parts = written.text.split_once('-').and_then(|(m, d)| Some((m.parse().ok()?, d.parse().ok()?)));
    // 2023 is no leap year, so every day of it is one of every year.
    parts.filter(|(m, d)| jiff::civil::Date::new(2023, *m, *d).is_ok()).ok_or_else(|| {
        let finding = Finding::new(&codes::WRONG_KIND, format!("“{}”不是每年都有的月和日", written.text));
        report.error(finding.at(written.origin).hint("请写成 07-01"))
    })
}
