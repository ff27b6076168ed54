//! What is said about checks that do not hold.

use super::declaration::{Check, Relation};
use super::difference::{Only, difference, tables};
use super::judge::{Judged, JudgedLine, Outcome, Proof, Proving};
use super::weigh::Weighed;
use crate::captions::CheckCaptions;
use crate::statistics::filled::Computed;
use dataset::{Dataset, RecordId};
use finding::{Finding, Report, Severity, TableId, Target, codes};
use value::Amount;

/// How many records that make a difference are shown.
const N_RECORDS_SHOWN: usize = 5;

impl Proof {
    /// Reports every check that fails, that holds but for rounding, or that could not be carried out.
    pub fn report(&self, computed: &Computed, proving: &Proving<'_>, report: &mut Report) {
        for judged in &self.checks {
            let check = &computed.statistics.checks[judged.check];
            for line in &judged.lines {
                match &line.outcome {
                    Outcome::Holds | Outcome::Undecided { .. } => {}
                    Outcome::Rounding => report.push(rounding(check, line)),
                    Outcome::Fails => {
                        let apart = apart(check, line, computed);
                        if !is_in_doubt(&apart, computed) {
                            report.push(failing(check, line, (&apart, computed), proving.dataset));
                        }
                    }
                }
            }
            report_undecided(check, judged, report);
        }
    }
}

/// A record that makes a difference, with the side that counts it.
pub type Apart = (RecordId, Only);

/// The records that make the difference. Where the right side may be greater, what only it counts is no fault.
pub(crate) fn apart(check: &Check, line: &JudgedLine, computed: &Computed) -> Vec<Apart> {
    let is_fault = |only: Only| check.relation == Relation::Equal || only == Only::Left;
    difference(computed, &line.left, &line.right).all().filter(|(_, only)| is_fault(*only)).collect()
}

/// Whether only records make the difference of which it is said already that they cannot be counted for certain.
fn is_in_doubt(apart: &[Apart], computed: &Computed) -> bool {
    !apart.is_empty() && apart.iter().all(|(record, _)| computed.doubtful.contains(record))
}

/// The tables that one side alone counts, and of which there is no record at all: the likeliest cause.
fn without_records(line: &JudgedLine, computed: &Computed, dataset: &Dataset) -> String {
    let [left, right] = [&line.left, &line.right].map(|it| tables(computed, it));
    let is_bare = |it: &&TableId| dataset.rows_of(**it).next().is_none();
    let bare: Vec<String> = left
        .symmetric_difference(&right)
        .filter(is_bare)
        .map(|it| format!("“{}”", dataset.schema(*it).title))
        .collect();
    if bare.is_empty() { String::new() } else { format!("没有收到{}表的记录；", bare.join("")) }
}

fn failing(
    check: &Check,
    line: &JudgedLine,
    (apart, computed): (&[Apart], &Computed),
    dataset: &Dataset,
) -> Finding {
    let message = format!("{}，{}", sides(check, line), check.relation.should());
    let finding = placed(Finding::new(&codes::CHECK_FAILED, message), check, line);
    let mut finding = Finding { severity: check.severity, ..finding };
    for (record, only) in apart.iter().take(N_RECORDS_SHOWN) {
        let word = if *only == Only::Left { "前者" } else { "后者" };
        let label = format!("只计入{word}：{}", dataset.label(*record));
        finding = finding.related(dataset.record(*record).origin, label);
    }
    let mut hint = without_records(line, computed, dataset);
    hint += check.hint.as_deref().unwrap_or("请核对两边的数字");
    if apart.len() > N_RECORDS_SHOWN {
        hint += &format!("；只计入其中一边的记录共{}条，这里列出前{N_RECORDS_SHOWN}条", apart.len());
    }
    finding.hint(hint)
}

fn rounding(check: &Check, line: &JudgedLine) -> Finding {
    let message = format!("{}，只差在四舍五入上", sides(check, line));
    placed(Finding::new(&codes::CHECK_ROUNDING, message), check, line)
}

/// A check that no line could be put to, or that lacks a figure: one finding for all its lines.
fn report_undecided(check: &Check, judged: &Judged, report: &mut Report) {
    let open = judged.lines.iter().find_map(|it| match &it.outcome {
        Outcome::Undecided { why, is_said: false } => Some((why, it)),
        _ => None,
    });
    if let Some((why, line)) = open {
        let message = format!("{}：{why}，没有校核", check.title);
        report.push(placed(Finding::new(&codes::CHECK_UNDECIDED, message), check, line));
    }
}

/// The finding with its place, and where the check is declared if that is another.
fn placed(finding: Finding, check: &Check, line: &JudgedLine) -> Finding {
    let origin = line.origin(check);
    let finding = finding.at(origin).about(Target::Figure(check.origin));
    let finding =
        if origin == check.origin { finding } else { finding.related(check.origin, "校核关系") };
    match &check.basis {
        Some(basis) => finding.basis(&**basis),
        None => finding,
    }
}

/// Both sides with their values.
fn sides(check: &Check, line: &JudgedLine) -> String {
    let title = match &line.title {
        Some(line) => format!("{}（{line}）", check.title),
        None => check.title.to_string(),
    };
    let apart = match (line.left.value, line.right.value) {
        (Some(a), Some(b)) if a != b => {
            a.minus(b).map(|it| format!("，相差{}", shown(it.size()))).unwrap_or_default()
        }
        _ => String::new(),
    };
    format!("{title}：{}，{}{apart}", side(&line.left), side(&line.right))
}

fn side(side: &Weighed) -> String {
    side.with_value("为")
}

impl Weighed {
    /// What it is and its value: `表2 学生·女 = 713`; a number only once.
    pub fn shown(&self) -> String {
        self.with_value(" = ")
    }

    fn with_value(&self, between: &str) -> String {
        match self.value.map(shown) {
            Some(value) if value != self.text => format!("{}{between}{value}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// A value as it is shown: what division makes endless is cut to four places.
pub(super) fn shown(value: Amount) -> String {
    value.rounded(4).trimmed().to_string()
}

impl Outcome {
    /// The outcome of several lines as one: the worst.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Rounding => 1,
            Self::Undecided { .. } => 2,
            Self::Fails => 3,
        }
    }
}

impl Check {
    /// The word for how it came out.
    pub fn result<'c>(&self, outcome: &Outcome, captions: &'c CheckCaptions) -> &'c str {
        let captions = &captions.results;
        match outcome {
            Outcome::Holds => &captions.holds,
            Outcome::Rounding => &captions.rounding,
            Outcome::Fails if self.severity == Severity::Query => &captions.query,
            Outcome::Fails => &captions.fails,
            Outcome::Undecided { .. } => &captions.undecided,
        }
    }
}

impl Judged {
    /// The word for how a check came out as a whole.
    pub fn result<'c>(&self, check: &Check, captions: &'c CheckCaptions) -> &'c str {
        self.outcome().map_or(&captions.results.undecided, |it| check.result(it, captions))
    }
}
