//! A figure explained, as text for the clerk and as JSON for programs.

use serde::Serialize;

use super::findings::{PlaceRow, place_row};
use super::visible::visible;
use dataset::Dataset;
use documents::Sign;
use documents::explain::{Answer, CheckLine, Clause, Counted, Explained, FigurePart, Role};
use documents::statistics::Only;
use finding::{RecordId, Sources, mask_text};

/// How many records a page of the text holds.
const N_RECORDS: usize = 20;

/// A figure, explained, with what it takes to show it.
#[derive(Debug, Clone, Copy)]
pub struct Explanation<'a> {
    /// The figure.
    pub explained: &'a Explained,
    /// The records.
    pub dataset: &'a Dataset,
    /// The files.
    pub sources: &'a Sources,
}

/// The explanation as text, with one page of the records; pages count from one.
pub fn explanation_text(explanation: Explanation<'_>, page: usize) -> String {
    let Explanation { explained: it, sources, .. } = explanation;
    let mut lines = vec![it.title.clone(), format!("位置：{}", it.place)];
    lines.push(format!("数值：{}", it.value.as_deref().unwrap_or("没有")));
    lines.push(format!("定义：{}", it.definition));
    for Clause { of, expression, origin } in &it.conditions {
        lines.push(format!("  {of}：{expression}    {}", sources.display(*origin)));
    }
    lines.extend(it.given.map(|at| format!("来源：{}", sources.display(at))));
    if !it.parts.is_empty() {
        lines.push("组成：".to_owned());
    }
    for FigurePart { sign, title, place, value } in &it.parts {
        let place = place.split_once('!').map_or(&**place, |it| it.1);
        lines.push(format!("  {sign} {title} = {}    {place}", value.as_deref().unwrap_or("没有数")));
    }
    if !it.checks.is_empty() {
        lines.push("校核：".to_owned());
    }
    lines.extend(it.checks.iter().map(|it| format!("  {}  {}：{}", it.outcome, it.title, it.sides)));
    lines.extend(it.answers.iter().flat_map(|it| answer_lines(it, explanation)));
    lines.extend(record_lines(explanation, page));
    lines.iter().map(|it| visible(&mask_text(it)).into_owned() + "\n").collect()
}

fn answer_lines(answer: &Answer, explanation: Explanation<'_>) -> Vec<String> {
    let verdict = if answer.is_counted { "已计入" } else { "没有计入" };
    let head = format!("查询：{}：{verdict}", record_words(answer.record, explanation));
    [head].into_iter().chain(answer.reasons.iter().map(|it| format!("  {it}"))).collect()
}

fn record_lines(explanation: Explanation<'_>, page: usize) -> Vec<String> {
    let records = &explanation.explained.records;
    if records.is_empty() {
        return Vec::new();
    }
    let first = (page.max(1) - 1).saturating_mul(N_RECORDS);
    let shown = records.iter().enumerate().skip(first).take(N_RECORDS);
    let mut lines: Vec<String> = shown
        .map(|(idx, it)| {
            let words = record_words(it.record, explanation);
            let part = it.part.as_ref().map(|it| format!("（{it}）")).unwrap_or_default();
            let amount = it.amount.as_ref().map(|it| format!("{it}  ")).unwrap_or_default();
            format!("  {:>4}  {part}{}{amount}{words}", idx + 1, it.role.word())
        })
        .collect();
    let head = match lines.len() {
        0 => format!("记录：共{}条，没有第{page}页", records.len()),
        n => format!("记录：共{}条，以下第{}—{}条", records.len(), first + 1, first + n),
    };
    lines.insert(0, head);
    let n_left = records.len().saturating_sub(first + N_RECORDS);
    if n_left > 0 {
        lines.push(format!(
            "  还有{n_left}条，加 --page {} 查看下一页，--format json 列出全部",
            page.max(1) + 1
        ));
    }
    lines
}

/// A record in one line: what it is called, its key, whose it is, where it stands.
fn record_words(record: RecordId, explanation: Explanation<'_>) -> String {
    let Explanation { dataset, sources, .. } = explanation;
    let subject = dataset.subject(record);
    let (label, key) = (dataset.label(record), dataset.key_text(record));
    let key = Some(key).filter(|it| !it.is_empty() && *it != label);
    let own = [Some(label.clone()), key].into_iter().flatten();
    let whose = [subject.committee, subject.branch].into_iter().flatten().filter(|it| *it != label);
    let words = own.chain(whose).map(|it| it.to_string());
    let place = sources.display(dataset.record(record).origin);
    words.chain([place]).collect::<Vec<_>>().join("  ")
}

/// The explanation as the contract writes it; every key is always there.
#[derive(Serialize)]
struct ExplanationRow<'a> {
    title: &'a str,
    place: &'a str,
    value: Option<&'a str>,
    definition: &'a str,
    conditions: Vec<ClauseRow<'a>>,
    given: Option<PlaceRow<'a>>,
    parts: Vec<PartRow<'a>>,
    checks: Vec<CheckRow<'a>>,
    answers: Vec<AnswerRow<'a>>,
    n_records: usize,
    records: Vec<RecordRow<'a>>,
}

#[derive(Serialize)]
struct ClauseRow<'a> {
    of: &'a str,
    expression: &'a str,
    #[serde(flatten)]
    place: PlaceRow<'a>,
}

#[derive(Serialize)]
struct PartRow<'a> {
    sign: char,
    title: &'a str,
    place: &'a str,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct CheckRow<'a> {
    id: &'a str,
    title: &'a str,
    outcome: &'a str,
    sides: &'a str,
    basis: Option<&'a str>,
    #[serde(flatten)]
    place: PlaceRow<'a>,
}

#[derive(Serialize)]
struct AnswerRow<'a> {
    #[serde(flatten)]
    record: RecordRow<'a>,
    is_counted: bool,
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct RecordRow<'a> {
    table: &'a str,
    record: String,
    key: String,
    part: Option<String>,
    amount: Option<String>,
    is_taken_away: bool,
    only_in: Option<&'static str>,
    committee: Option<String>,
    branch: Option<String>,
    #[serde(flatten)]
    place: PlaceRow<'a>,
}

/// The explanation as JSON with all its records, ending with a line break.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn explanation_json(explanation: Explanation<'_>) -> serde_json::Result<String> {
    let Explanation { explained: it, sources, .. } = explanation;
    let row = ExplanationRow {
        title: &it.title,
        place: &it.place,
        value: it.value.as_deref(),
        definition: &it.definition,
        conditions: it.conditions.iter().map(|it| clause_row(it, sources)).collect(),
        given: it.given.map(|it| place_row(it, sources)),
        parts: it.parts.iter().map(part_row).collect(),
        checks: it.checks.iter().map(|it| check_row(it, sources)).collect(),
        answers: it.answers.iter().map(|it| answer_row(it, explanation)).collect(),
        n_records: it.records.len(),
        records: it.records.iter().map(|it| record_row(it, explanation)).collect(),
    };
    Ok(serde_json::to_string_pretty(&row)? + "\n")
}

fn clause_row<'a>(it: &'a Clause, sources: &'a Sources) -> ClauseRow<'a> {
    ClauseRow { of: &it.of, expression: &it.expression, place: place_row(it.origin, sources) }
}

fn part_row(it: &FigurePart) -> PartRow<'_> {
    PartRow { sign: it.sign, title: &it.title, place: &it.place, value: it.value.as_deref() }
}

fn check_row<'a>(it: &'a CheckLine, sources: &'a Sources) -> CheckRow<'a> {
    CheckRow {
        id: &it.id,
        title: &it.title,
        outcome: &it.outcome,
        sides: &it.sides,
        basis: it.basis.as_deref(),
        place: place_row(it.origin, sources),
    }
}

fn answer_row<'a>(it: &'a Answer, explanation: Explanation<'a>) -> AnswerRow<'a> {
    AnswerRow {
        record: record_row(&Counted::new(Role::ADDED, it.record), explanation),
        is_counted: it.is_counted,
        reasons: it.reasons.iter().map(|it| mask_text(it)).collect(),
    }
}

fn record_row<'a>(it: &Counted, explanation: Explanation<'a>) -> RecordRow<'a> {
    let Explanation { dataset, sources, .. } = explanation;
    let subject = dataset.subject(it.record);
    RecordRow {
        table: &dataset.schema(it.record.table).id,
        record: mask_text(&dataset.label(it.record)),
        key: mask_text(&dataset.key_text(it.record)),
        part: it.part.as_deref().map(str::to_owned),
        amount: it.amount.as_deref().map(mask_text),
        is_taken_away: it.role == Role::Signed(Sign::Minus),
        only_in: match it.role {
            Role::Apart(Only::Left) => Some("left"),
            Role::Apart(Only::Right) => Some("right"),
            Role::Signed(_) => None,
        },
        committee: subject.committee.map(|it| it.to_string()),
        branch: subject.branch.map(|it| it.to_string()),
        place: place_row(dataset.record(it.record).origin, sources),
    }
}
