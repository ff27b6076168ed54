//! Findings as JSON: the contract with other programs.

use serde::Serialize;

use dataset::Dataset;
use documents::{Change, Fates, Since, SinceLine, table_of};
use finding::{Finding, Origin, Related, Report, Sources};

/// A finding as the contract writes it; every key is always there.
#[derive(Serialize)]
struct FindingRow<'a> {
    code: &'a str,
    severity: &'static str,
    #[serde(flatten)]
    place: PlaceRow<'a>,
    field: Option<&'a str>,
    committee: Option<&'a str>,
    branch: Option<&'a str>,
    subject: Option<&'a str>,
    table: Option<&'a str>,
    value: Option<&'a str>,
    message: &'a str,
    hint: Option<&'a str>,
    basis: Option<&'a str>,
    related: Vec<RelatedRow<'a>>,
    answer: Option<AnswerRow<'a>>,
}

/// What was answered to a query.
#[derive(Serialize)]
struct AnswerRow<'a> {
    who: &'a str,
    when: &'a str,
    why: &'a str,
}

/// A place; all null for a finding about the run as a whole.
#[derive(Default, Serialize)]
pub(super) struct PlaceRow<'a> {
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

/// A further place.
#[derive(Serialize)]
struct RelatedRow<'a> {
    #[serde(flatten)]
    place: PlaceRow<'a>,
    label: &'a str,
}

/// The findings of a run beside what became of those of an earlier one.
#[derive(Serialize)]
struct ComparedRow<'a> {
    since: SinceRow<'a>,
    findings: Vec<FindingRow<'a>>,
}

/// What became of earlier findings: in all, by committee, and one by one what is not as it was.
#[derive(Serialize)]
struct SinceRow<'a> {
    total: FatesRow,
    units: Vec<UnitRow<'a>>,
    changes: Vec<ChangeRow<'a>>,
}

/// How many findings of a committee had which fate; without a committee those of nobody alone.
#[derive(Serialize)]
struct UnitRow<'a> {
    unit: Option<&'a str>,
    #[serde(flatten)]
    fates: FatesRow,
}

/// How many findings had which fate.
#[derive(Serialize)]
struct FatesRow {
    mended: usize,
    standing: usize,
    answered: usize,
    new: usize,
    gone: usize,
}

/// Findings that have ended, or are new.
#[derive(Serialize)]
struct ChangeRow<'a> {
    fate: &'a str,
    count: usize,
    committee: Option<&'a str>,
    code: Option<&'a str>,
    subject: Option<&'a str>,
    field: Option<&'a str>,
}

/// The findings of a report, in its order, as a JSON list that ends with a line break. `dataset`, if the records could be
/// read, says of which table the record is that a finding is about.
pub fn findings_json(
    report: &Report,
    sources: &Sources,
    dataset: Option<&Dataset>,
) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(&rows(report, sources, dataset))? + "\n")
}

/// The same list under `findings`, beside what became of the findings of an earlier run under `since`.
pub fn since_json(
    since: &Since,
    report: &Report,
    sources: &Sources,
    dataset: &Dataset,
) -> serde_json::Result<String> {
    let compared = ComparedRow {
        since: SinceRow {
            total: since.total().into(),
            units: since.lines.iter().map(unit_row).collect(),
            changes: since.changes.iter().map(change_row).collect(),
        },
        findings: rows(report, sources, Some(dataset)),
    };
    Ok(serde_json::to_string_pretty(&compared)? + "\n")
}

impl From<Fates> for FatesRow {
    fn from(Fates { mended, standing, answered, new, gone }: Fates) -> Self {
        Self { mended, standing, answered, new, gone }
    }
}

fn unit_row(line: &SinceLine) -> UnitRow<'_> {
    UnitRow { unit: line.unit.as_deref(), fates: line.fates.into() }
}

fn change_row(Change { fate, n, about }: &Change) -> ChangeRow<'_> {
    let [committee, code, subject, field] = about.each_ref().map(|it| it.as_deref());
    ChangeRow { fate, count: *n, committee, code, subject, field }
}

fn rows<'a>(report: &'a Report, sources: &'a Sources, dataset: Option<&'a Dataset>) -> Vec<FindingRow<'a>> {
    report.findings().iter().map(|it| finding_row(it, sources, dataset)).collect()
}

fn finding_row<'a>(
    finding: &'a Finding,
    sources: &'a Sources,
    dataset: Option<&'a Dataset>,
) -> FindingRow<'a> {
    FindingRow {
        code: &finding.code,
        severity: finding.severity.id(),
        place: finding.origin.map(|it| place_row(it, sources)).unwrap_or_default(),
        field: finding.field.as_deref(),
        committee: finding.subject.committee.as_deref(),
        branch: finding.subject.branch.as_deref(),
        subject: finding.subject.record.as_deref(),
        table: dataset.and_then(|it| table_of(finding, it)),
        value: finding.value.as_deref(),
        message: &finding.message,
        hint: finding.hint.as_deref(),
        basis: finding.basis.as_deref(),
        related: finding.related.iter().map(|it| related_row(it, sources)).collect(),
        answer: finding.answer.as_ref().map(|it| AnswerRow { who: &it.who, when: &it.when, why: &it.why }),
    }
}

fn related_row<'a>(related: &'a Related, sources: &'a Sources) -> RelatedRow<'a> {
    RelatedRow { place: place_row(related.origin, sources), label: &related.label }
}

pub(super) fn place_row(origin: Origin, sources: &Sources) -> PlaceRow<'_> {
    let it = sources.locate(origin);
    PlaceRow { file: Some(it.file), sheet: it.sheet, cell: it.cell, line: it.line, column: it.column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::{Answer, Severity, Subject};

    const EXPECTED: &str = r#"[
  {
    "code": "reference-unknown",
    "severity": "error",
    "file": "机械学院.xlsx",
    "sheet": "党支部",
    "cell": "D17",
    "line": null,
    "column": null,
    "field": null,
    "committee": "机械工程学院",
    "branch": null,
    "subject": null,
    "table": null,
    "value": null,
    "message": "找不到该支部",
    "hint": null,
    "basis": null,
    "related": [
      {
        "file": "机械学院.xlsx",
        "sheet": null,
        "cell": null,
        "line": 2,
        "column": 5,
        "label": "支部名册"
      }
    ],
    "answer": null
  },
  {
    "code": "no-files",
    "severity": "note",
    "file": null,
    "sheet": null,
    "cell": null,
    "line": null,
    "column": null,
    "field": null,
    "committee": null,
    "branch": null,
    "subject": null,
    "table": null,
    "value": null,
    "message": "没有文件",
    "hint": null,
    "basis": null,
    "related": [],
    "answer": {
      "who": "李四",
      "when": "2026-05-30",
      "why": "本期没有"
    }
  }
]
"#;

    #[test]
    fn every_key_of_the_contract_is_there_even_when_it_has_no_value() {
        let mut sources = Sources::default();
        let book = sources.add("机械学院.xlsx");
        sources.set_sheets(book, vec!["党支部".into()]);
        let mut report = Report::default();
        let subject = Subject { committee: Some("机械工程学院".into()), ..Subject::default() };
        report.push(
            Finding::named("reference-unknown", Severity::Error, "找不到该支部")
                .at(Origin::cell(book, 0, 16, 3))
                .subject(subject)
                .related(Origin::text(book, 2, 5), "支部名册"),
        );
        let answer = Answer { who: "李四".into(), when: "2026-05-30".into(), why: "本期没有".into() };
        let answered = Finding::named("no-files", Severity::Note, "没有文件");
        report.push(Finding { answer: Some(answer), ..answered });
        assert_eq!(findings_json(&report, &sources, None).unwrap(), EXPECTED);
    }
}
