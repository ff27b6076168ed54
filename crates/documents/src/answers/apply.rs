//! Answers are held against what is asked.

use std::collections::BTreeMap;

use super::asked::{Asked, Namesakes};
use dataset::Dataset;
use finding::{self, Finding, Report, Severity, codes};
use project::{Answer, Question};
use value::{PartialDate, Raw};

/// Turns each query that has been answered into a note that shows the answer. Answers that answer nothing, or not wholly,
/// are said; a query whose answer was given to other values says so.
pub(crate) fn apply(answers: &[Answer], dataset: &Dataset, report: &mut Report) {
    if answers.is_empty() {
        return;
    }
    let namesakes = Namesakes::new(dataset);
    let mut by_question: BTreeMap<Question, Vec<(usize, Asked)>> = BTreeMap::new();
    for (at, finding) in report.findings().iter().enumerate() {
        if finding.severity != Severity::Note {
            let asked = Asked::of(finding, dataset, &namesakes);
            by_question.entry(asked.question.clone()).or_default().push((at, asked));
        }
    }
    let (mut said, mut blank, mut idle) = (Vec::new(), Vec::new(), Vec::new());
    for answer in answers {
        let asked = by_question.get(&answer.question).map_or(&[][..], |it| it);
        match whole(answer) {
            Ok(whole) if !is_date(&whole.when) => said.push(of_no_day(answer, &whole)),
            Ok(whole) if settles(answer, &whole, asked, report) => {}
            Ok(whole) => idle.push((answer, whole, asked)),
            // As the program writes it, to be filled in: the query itself is still there.
            Err(lacking) if lacking.len() == PARTS.len() => blank.push(answer),
            Err(lacking) => said.push(unfinished(answer, &lacking)),
        }
    }
    // Only now is it known which queries nobody has answered.
    said.extend(idle.iter().filter_map(|(answer, whole, asked)| lapsed(answer, whole, asked, report)));
    if let Some(first) = blank.first() {
        let message = format!("有{}条核实项还没有填写原因", blank.len());
        let hint = "请在各条下填写 who（答复人）、when（日期）、why（原因）；改正了数据的，删去这一条";
        said.push(Finding::new(&codes::ANSWERS_BLANK, message).at(first.origin).hint(hint));
    }
    said.into_iter().for_each(|it| report.push(it));
}

/// What an answer must have: the key and what it means.
const PARTS: [(&str, &str); 3] = [("who", "答复人"), ("when", "日期"), ("why", "原因")];

/// The answer, if all its parts are there.
///
/// # Errors
/// Those that are not.
fn whole(answer: &Answer) -> Result<finding::Answer, Vec<&'static str>> {
    let parts = [&answer.who, &answer.when, &answer.why];
    match parts {
        [Some(who), Some(when), Some(why)] => {
            Ok(finding::Answer { who: who.clone(), when: when.clone(), why: why.clone() })
        }
        _ => {
            let lacking = PARTS.iter().zip(parts).filter(|(_, it)| it.is_none());
            Err(lacking.map(|((key, _), _)| *key).collect())
        }
    }
}

/// Whether a text names a day, a month or a year.
fn is_date(text: &str) -> bool {
    PartialDate::parse(&Raw::text(text)).is_ok()
}

fn of_no_day(answer: &Answer, whole: &finding::Answer) -> Finding {
    let message = format!("答复的日期（when）“{}”不是日期，不作数", whole.when);
    let hint = "请写成“2026-05-30”这样的日期";
    Finding::new(&codes::ANSWER_WITHOUT_REASON, message).at(answer.origin).hint(hint)
}

/// Settles the query that an answer is about, if there is one that asks just this.
fn settles(answer: &Answer, whole: &finding::Answer, asked: &[(usize, Asked)], report: &mut Report) -> bool {
    let fits = asked.iter().find(|(at, asked)| {
        let finding = &report.findings()[*at];
        finding.severity == Severity::Query
            && finding.answer.is_none()
            && asked.is_answered_by(answer, &finding.message)
    });
    let Some((at, _)) = fits else { return false };
    let finding = &mut report.findings_mut()[*at];
    if answer.confirmed {
        finding.severity = Severity::Note;
        finding.answer = Some(whole.clone());
    } else {
        let hint = format!(
            "{}说明：{}；属实的，请删去 answers.yaml 这一条的 confirmed: false",
            whole.who, whole.why
        );
        add_hint(finding, &hint);
    }
    true
}

/// What there is to say of an answer that settles nothing; of a query that now asks something else it says so itself.
fn lapsed(
    answer: &Answer,
    whole: &finding::Answer,
    asked: &[(usize, Asked)],
    report: &mut Report,
) -> Option<Finding> {
    let is_again = |(at, it): &(usize, Asked)| {
        let finding = &report.findings()[*at];
        finding.answer.is_some() && it.is_answered_by(answer, &finding.message)
    };
    if asked.iter().any(is_again) {
        return Some(again(answer, whole));
    }
    let is_open =
        |it: &&(usize, Asked)| report.findings()[it.0].answer.is_none() && it.1.may_be_meant(answer);
    let Some((at, open)) = asked.iter().find(is_open) else { return Some(to_nothing(answer)) };
    let finding = &mut report.findings_mut()[*at];
    if finding.severity == Severity::Error {
        return Some(to_error(answer));
    }
    let why = match open.telling_key() {
        Some(key) if answer.key.is_none() => {
            format!("没有写明是同名的哪一条，不作数；就是这一条的，请在 answers.yaml 里补上 key: {key}")
        }
        _ => "是对别的内容说的，不再有效，请重新答复".to_owned(),
    };
    let hint = format!("原来的答复（{}：{}）{why}", whole.who, whole.why);
    add_hint(finding, &hint);
    None
}

/// Adds to what a finding says is to be done.
pub(super) fn add_hint(finding: &mut Finding, more: &str) {
    let hint = finding.hint.take().map_or_else(|| more.to_owned(), |it| format!("{it}。{more}"));
    finding.hint = Some(hint);
}

fn unfinished(answer: &Answer, lacking: &[&str]) -> Finding {
    let lacking: Vec<String> = PARTS
        .iter()
        .filter(|(key, _)| lacking.contains(key))
        .map(|(key, title)| format!("{key}（{title}）"))
        .collect();
    let message = format!("答复没有写{}，不作数", lacking.join("、"));
    let hint = "谁、何时、为什么，三项都要写明";
    Finding::new(&codes::ANSWER_WITHOUT_REASON, message).at(answer.origin).hint(hint)
}

fn to_nothing(answer: &Answer) -> Finding {
    let question = &answer.question;
    let whom = question.record.as_ref().or(question.branch.as_ref()).or(question.committee.as_ref());
    let whom = whom.map(|it| format!("“{it}”")).unwrap_or_default();
    let message = format!("没有与这条答复相符的核实项：{whom}{}", question.code);
    let hint = "已经改正，或者核实的内容变了；可以删去这一条";
    Finding::new(&codes::ANSWER_TO_NOTHING, message).at(answer.origin).hint(hint)
}

/// An answer to what another one has answered already.
fn again(answer: &Answer, whole: &finding::Answer) -> Finding {
    let message = format!("同一核实项已有另一条答复，这一条没有采用：{}（{}）", whole.why, whole.who);
    let hint = "请留下其中一条";
    Finding::new(&codes::ANSWER_TO_NOTHING, message).at(answer.origin).hint(hint)
}

fn to_error(answer: &Answer) -> Finding {
    let message = format!("“{}”是错误，不是核实项，不能用答复代替改正", answer.question.code);
    let hint = "请改正数据，并删去这条答复";
    Finding::new(&codes::ANSWER_TO_ERROR, message).at(answer.origin).hint(hint)
}
