//! Printed formulas over the lines of an axis: `1 + 2 - 7`; and whether any line is computed from itself.

use super::axis::Axis;
use super::entry::Made;
use crate::book::Sign;
use crate::statistics::line::{Line, LineKind};
use finding::{Finding, Report, Reported, codes};
use source::LocatedText;
use words::{About, Sum};

/// The lines of a formula with their signs; what is wrong with it is reported.
pub(super) fn parse(written: &LocatedText, axis: &Axis, report: &mut Report) -> Vec<(Sign, usize)> {
    let Ok(sum) = Sum::parse(&written.text, written.origin, About::Lines, report) else { return Vec::new() };
    let Some(signed) = sum.term().signed() else {
        let message = format!("算式“{}”不只是加减", written.text);
        let finding = Finding::new(&codes::EXPRESSION_SYNTAX, message).at(written.origin);
        report.push(finding.hint("印在表上的算式只有加减；比率请用 rate"));
        return Vec::new();
    };
    let mut terms = Vec::new();
    for (sign, name) in signed {
        let named = LocatedText { text: name.path.join(".").into(), origin: name.origin };
        terms.extend(axis.named(&named, report).into_iter().map(|it| (sign, it)));
    }
    terms
}

/// Reports the unknown names among those that lines are computed from. It is for an axis whose lines cannot be
/// understood, since the other axis is wrong.
pub(super) fn check_names(axis: &Axis, report: &mut Report) {
    for line in &axis.lines {
        match &line.made {
            Some(Made::Sum(names)) => names.iter().for_each(|it| drop(axis.named(it, report))),
            Some(Made::Formula(written)) => drop(parse(written, axis, report)),
            Some(Made::Rate { part, whole, .. }) => {
                for name in [part, whole] {
                    let _reported = axis.line(name, report);
                }
            }
            _ => {}
        }
    }
}

/// Reports every line that is computed from itself, by whatever way round.
///
/// # Errors
/// If there is one.
pub(super) fn check_circles(lines: &[Line], report: &mut Report) -> Result<(), Reported> {
    let mut result = Ok(());
    for (idx, line) in lines.iter().enumerate() {
        if reaches(lines, idx, idx, &mut vec![false; lines.len()]) {
            let message = format!("行或列“{}”要由它自己算出", line.id);
            let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(line.origin);
            result = Err(report.error(finding.hint("请改正 sum、formula 或 rate")));
        }
    }
    result
}

fn reaches(lines: &[Line], from: usize, to: usize, seen: &mut [bool]) -> bool {
    let next: Vec<usize> = match &lines[from].kind {
        LineKind::Derived { terms, .. } => terms.iter().map(|it| it.1).collect(),
        LineKind::Rate { part, whole, .. } => vec![*part, *whole],
        _ => Vec::new(),
    };
    next.into_iter().any(|it| {
        let is_new = !std::mem::replace(&mut seen[it], true);
        it == to || (is_new && reaches(lines, it, to, seen))
    })
}
