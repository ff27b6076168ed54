//! Texts of summaries that the data do not decide: said at the error that is their cause, or each once by themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::Fault;
use dataset::FieldRef;
use finding::{ByRecord, Finding, Origin, Report, Severity, Subject, Target, codes};

/// A text that could not be written.
#[derive(Debug)]
pub(crate) struct Undecided {
    /// The title of its summary.
    pub(super) title: String,
    /// Whom the summary is about.
    pub(super) subject: Subject,
    pub(super) fault: Fault,
}

/// Reports what could not be written. Where a cell in error is the cause, that error says how many texts wait for it; else
/// each reason is said once for a template, however many summaries it is about.
pub(crate) fn report(undecided: &[Undecided], report: &mut Report) {
    let (waiting, others) = by_cause(undecided, report);
    for (at, n) in waiting {
        if let Some(cause) = report.findings_mut().get_mut(at) {
            cause.message += &format!("，因此{n}处暂不能计算");
        }
    }
    let mut said: BTreeMap<(Origin, &str), (&Undecided, usize)> = BTreeMap::new();
    for it in others {
        said.entry((it.fault.origin, &it.fault.why)).or_insert((it, 0)).1 += 1;
    }
    for ((origin, why), (it, n)) in said {
        let more = if n > 1 { format!("（同样的共{n}处）") } else { String::new() };
        let message = format!("《{}》中有内容不能确定：{why}{more}", it.title);
        let finding = Finding::new(&codes::SUMMARY_UNDECIDED, message).at(origin);
        let finding = finding.about(Target::Declaration(origin)).subject(it.subject.clone());
        report.push(finding.hint("请补全所说的值，或请工程师在模板中写明没有时怎样写"));
    }
}

/// How many texts wait for each finding, by its number, and the texts of which no finding says what they lack.
fn by_cause<'u>(undecided: &'u [Undecided], report: &Report) -> (BTreeMap<usize, usize>, Vec<&'u Undecided>) {
    let is_error = |it: &&Finding| it.severity == Severity::Error;
    let errors = ByRecord::new(report.findings().iter().filter(is_error));
    let number = |it: &Finding| report.findings().iter().position(|other| std::ptr::eq(it, other));
    let error_at = |at: FieldRef| {
        let found = errors.of_field(at).into_iter().chain(errors.of_record(at.record()));
        found.into_iter().next().and_then(number)
    };
    let mut known: BTreeMap<FieldRef, Option<usize>> = BTreeMap::new();
    let (mut waiting, mut others) = (BTreeMap::new(), Vec::new());
    for it in undecided {
        let causes: Option<BTreeSet<usize>> =
            it.fault.lacks.iter().map(|at| *known.entry(*at).or_insert_with(|| error_at(*at))).collect();
        match causes.and_then(|it| it.first().copied()) {
            Some(first) => *waiting.entry(first).or_default() += 1,
            None => others.push(it),
        }
    }
    (waiting, others)
}
