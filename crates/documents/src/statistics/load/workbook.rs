//! The file `statistics.yaml`: a workbook of statistics and the tables beside it.

use std::sync::Arc;

use super::sheet::{Workbook, inconsistent};
use crate::declaring::unknown_word;
use crate::kinds::Declaring;
use crate::statistics::declaration::{Sheet, Span, Statistics, Wanted};
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, all};

/// Reads the declarations of the statistics that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_all(
    wanted: &[project::Wanted],
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Wanted>, Reported> {
    let load = |it: &project::Wanted, report: &mut Report| {
        let statistics = Arc::new(load_statistics(&it.id, declaring, report)?);
        let issued = it.issued.clone();
        Ok(Wanted { statistics, period: it.period, as_of: it.as_of, issued, origin: it.id.origin })
    };
    report.sound(|report| {
        let loaded = all(wanted.iter().map(|it| load(it, report)))?;
        for (idx, it) in wanted.iter().enumerate() {
            if wanted[..idx].iter().any(|earlier| earlier.id.text == it.id.text) {
                let message = format!("统计“{}”写了两次", it.id.text);
                report.push(Finding::new(&codes::DUPLICATE_KEY, message).at(it.id.origin).hint("请删去其一"));
            }
        }
        Ok(loaded)
    })
}

/// Reads the declaration of the statistics with this id.
///
/// # Errors
/// If it does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_statistics(
    id: &LocatedText,
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Statistics, Reported> {
    let templates = declaring.templates;
    let folder = format!("statistics/{}", id.text);
    let Some(root) = templates.tree(&format!("{folder}/statistics.yaml"), report)? else {
        let known = templates.in_folder("statistics", "/statistics.yaml");
        let known: Vec<&str> = known.filter_map(|(path, _)| path.split('/').nth(1)).collect();
        return Err(unknown_word(id, "统计", known, report));
    };
    let mut workbook = Workbook::new(declaring);
    let mut fields = Fields::new(&root, "统计声明", report)?;
    let tables = fields.required_node("tables").map(|_| fields.texts("tables"));
    let wheres = fields.node("where").map(|it| workbook.counts_only(it, fields.report())).transpose();
    let sheets = tables?.into_iter().map(|it| {
        let path = format!("{folder}/{}.yaml", it.text);
        match templates.tree(&path, fields.report())? {
            Some(root) => workbook.sheet(&root, fields.report()),
            None => Err(fields.report().error(missing(&it, &path))),
        }
    });
    // What the workbook says of its sheets can be checked only if all of them could be read.
    let sheets = all(sheets);
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
    let names = ["id", "title", "edition", "basis"].map(|it| fields.required_string(it));
    let file_name = fields.required_as("file_name", |it, report| workbook.template(it, report));
    let period = fields.part("period", &());
    let cover = fields.node("cover").map(|it| workbook.cover(it, fields.report())).transpose();
    let texts =
        ["lines", "signatures"].map(|key| fields.texts_as(key, |it, report| workbook.template(it, report)));
    let (charts, comparison) = (fields.list("charts"), fields.node("comparison"));
    let per_committee = fields.texts("per_committee");
    let report = fields.report();
    let sheets = sheets?;
    report_twins(&sheets, report);
    let charts = all(charts.iter().map(|it| workbook.chart(it, &sheets, report)));
    let per_committee = all(per_committee.iter().map(|it| workbook.of_committees(it, &sheets, report)));
    let comparison = comparison.map(|it| workbook.comparison(it, &sheets, report)).transpose();
    let (names, file_name, period, cover, texts, charts, per_committee, comparison) =
        fields.whole((names, file_name, period, cover, texts, charts, per_committee, comparison))?;
    let ([id, title, edition, basis], [lines, signatures]) = (names, texts);
    Ok(Statistics {
        id,
        title,
        edition,
        basis,
        period,
        sheets,
        cover,
        lines,
        signatures,
        charts,
        per_committee,
        comparison,
        checks: Vec::new(),
        origin,
        file_name,
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

impl Declared for Span {
    const WHAT: &'static str = "period";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let days = ["starts", "ends"].map(|it| fields.required_as(it, month_and_day));
        let [starts, ends] = fields.whole(days)?;
        Ok(Self { starts, ends })
    }
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
