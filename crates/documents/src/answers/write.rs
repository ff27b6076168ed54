//! What is still to be answered, as it is put before the clerk.

use std::fmt::Write as _;
use std::sync::Arc;

use super::asked::{Asked, Namesakes};
use super::offered::Offered;
use dataset::Dataset;
use finding::{Report, Severity};
use project::Answer;

/// A query that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    asked: Asked,
    /// The words in which it is asked.
    message: String,
    /// What its committee has answered in the list that went back to it: who, and why.
    offered: Option<(Arc<str>, Arc<str>)>,
}

/// The queries of a run for which nothing stands among the answers, not even to be filled in.
pub fn unanswered(
    answers: &[Answer],
    offered: &[Offered],
    dataset: &Dataset,
    report: &Report,
) -> Vec<Unanswered> {
    let namesakes = Namesakes::new(dataset);
    let mut known: Vec<&Answer> = answers.iter().collect();
    let mut all = Vec::new();
    for finding in report.findings() {
        if finding.severity != Severity::Query || finding.code.starts_with(OWN) {
            continue;
        }
        let asked = Asked::of(finding, dataset, &namesakes);
        let own = known
            .iter()
            .position(|it| it.question == asked.question && asked.is_answered_by(it, &finding.message));
        if let Some(own) = own {
            known.remove(own);
            continue;
        }
        let offered = offered.iter().find(|it| it.answers(finding));
        let offered = offered.map(|it| (it.who.clone(), it.why.clone()));
        all.push(Unanswered { asked, message: finding.message.clone(), offered });
    }
    all
}

/// With what the codes of findings about the answers themselves begin.
const OWN: &str = "answer";

/// The queries as items of the file.
pub fn yaml(all: &[Unanswered]) -> String {
    let mut text = String::new();
    let mut line = |line: &str| {
        let _infallible = writeln!(text, "{line}");
    };
    for it in all {
        let question = &it.asked.question;
        line(&format!("  - code: {}", quoted(&question.code)));
        for (key, value) in [
            ("committee", &question.committee),
            ("branch", &question.branch),
            ("record", &question.record),
            ("key", &it.asked.telling_key().cloned()),
            ("field", &question.field),
        ] {
            if let Some(value) = value {
                line(&format!("    {key}: {}", quoted(value)));
            }
        }
        if !it.asked.values.is_empty() {
            let values =
                it.asked.values.iter().map(|(title, value)| format!("{}: {}", quoted(title), quoted(value)));
            line(&format!("    values: {{{}}}", values.collect::<Vec<_>>().join(", ")));
        }
        line(&format!("    asked: {}", quoted(&it.message)));
        match &it.offered {
            Some((who, why)) => {
                line(&format!("    who: {}", quoted(who)));
                line("    when:");
                line(&format!("    why: {}", quoted(why)));
                line("    confirmed: false");
            }
            None => ["who", "when", "why"].iter().for_each(|key| line(&format!("    {key}:"))),
        }
    }
    text
}

/// A text in the quotes of YAML, in one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            it if it.is_control() => {
                let _infallible = write!(quoted, "\\u{:04x}", u32::from(it));
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}
