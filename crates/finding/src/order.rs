//! The order in which findings are shown, and their groups by committee and branch.

use super::threads::of_committees;
use super::{Finding, Origin, Place, Report, Severity, Target};

/// The findings about one branch, or about a committee as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The committee; `None` where no committee is known.
    pub committee: Option<&'a str>,
    /// The branch; `None` for what concerns the committee as a whole, or many of its branches alike.
    pub branch: Option<&'a str>,
    /// The findings, in the order in which they were given; never empty.
    pub findings: Vec<&'a Finding>,
}

/// Puts findings in order: by file as the files were read, sheet, row, column, severity and code;
/// those about the run as a whole come first, and those about figures and documents, which may well be consequences of others,
/// last. Findings alike in all of these keep their order.
pub fn arrange(report: &mut Report) {
    report.findings_mut().sort_by(|a, b| key(a).cmp(&key(b)));
}

/// Groups findings by committee and branch.
///
/// Committees, and branches within a committee, stand in the order of their first finding; what has
/// no committee comes first, or last if it may all follow from the rest; within a committee what has no branch comes first.
/// What is wrong alike in many branches is the committee's, which has filled in a column wrongly.
pub fn grouped(findings: &[Finding]) -> Vec<Group<'_>> {
    let of_nobody = |it: &&Finding| it.subject.committee.is_none() && it.severity != Severity::Note;
    let may_follow =
        findings.iter().filter(of_nobody).all(follows) && findings.iter().any(|it| of_nobody(&it));
    let mut committees: Vec<Option<&str>> = Vec::from_iter((!may_follow).then_some(None));
    let mut groups: Vec<Group<'_>> = Vec::new();
    let of_committees = of_committees(findings);
    for finding in findings {
        let committee = finding.subject.committee.as_deref();
        let branch = finding.subject.branch.as_deref();
        let branch = branch.filter(|_| !of_committees.contains(&std::ptr::from_ref(finding)));
        if !committees.contains(&committee) && committee.is_some() {
            committees.push(committee);
        }
        match groups.iter_mut().find(|it| it.committee == committee && it.branch == branch) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group { committee, branch, findings: vec![finding] }),
        }
    }
    if may_follow {
        committees.push(None);
    }
    // The sort is stable: branches keep the order of their first finding.
    groups
        .sort_by_key(|it| (committees.iter().position(|known| *known == it.committee), it.branch.is_some()));
    groups
}

/// A file with sheet, row and column.
type Spot = (super::FileId, [u32; 3]);

/// What findings are sorted by.
fn key(finding: &Finding) -> (bool, Option<Spot>, Severity, &str) {
    let place = |origin: Origin| (origin.file, position(origin.place));
    (follows(finding), finding.origin.map(place), finding.severity, &finding.code)
}

/// Whether a finding is about what was made of the data, so that a fault of these may be its cause.
fn follows(finding: &Finding) -> bool {
    finding.about.iter().any(|it| matches!(it, Target::Figure(_) | Target::Document(_)))
}

/// Sheet, row and column of a place, each moved by one so that zero stands for the whole.
fn position(place: Place) -> [u32; 3] {
    match place {
        Place::File => [0, 0, 0],
        Place::Sheet { sheet } => [u32::from(sheet) + 1, 0, 0],
        Place::Cell { sheet, row, col } => [u32::from(sheet) + 1, row.saturating_add(1), u32::from(col) + 1],
        Place::Text { line, column } => [1, line, column],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sources, Subject};

    fn about(committee: Option<&str>, branch: Option<&str>, message: &str) -> Finding {
        let subject =
            Subject { committee: committee.map(Into::into), branch: branch.map(Into::into), record: None };
        Finding::named("x", Severity::Error, message).subject(subject)
    }

    fn messages(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|it| it.message.as_str()).collect()
    }

    #[test]
    fn findings_stand_in_the_order_of_their_places() {
        let mut sources = Sources::default();
        let (first, second) = (sources.add("z.xlsx"), sources.add("a.yaml"));
        let at = |origin, message: &str| Finding::named("x", Severity::Note, message).at(origin);
        let mut report = Report::default();
        report.push(at(Origin::text(second, 2, 1), "text"));
        report.push(at(Origin::sheet(first, 1), "second sheet"));
        report.push(at(Origin::cell(first, 0, 10, 0), "A11"));
        report.push(at(Origin::cell(first, 0, 9, 5), "F10"));
        report.push(at(Origin::file(first), "file"));
        report.push(Finding::named("x", Severity::Note, "run"));
        report.push(at(Origin::file(first), "figure").about(Target::Figure(Origin::file(first))));
        arrange(&mut report);
        assert_eq!(
            messages(report.findings()),
            ["run", "file", "F10", "A11", "second sheet", "text", "figure"]
        );
    }

    #[test]
    fn at_one_place_errors_come_before_notes_and_then_codes_decide() {
        let mut report = Report::default();
        report.push(Finding::named("a", Severity::Note, "note"));
        report.push(Finding::named("b", Severity::Error, "b"));
        report.push(Finding::named("a", Severity::Error, "a"));
        arrange(&mut report);
        assert_eq!(messages(report.findings()), ["a", "b", "note"]);
    }

    #[test]
    fn groups_follow_the_first_finding_and_begin_with_what_has_no_branch() {
        let findings = [
            about(Some("乙学院"), Some("二支部"), "1"),
            about(Some("甲学院"), None, "2"),
            about(Some("乙学院"), Some("一支部"), "3"),
            about(None, None, "4"),
            about(Some("乙学院"), None, "5"),
            about(Some("乙学院"), Some("二支部"), "6"),
        ];
        let shown: Vec<_> =
            grouped(&findings).iter().map(|it| (it.committee, it.branch, it.findings.len())).collect();
        let (yi, jia) = (Some("乙学院"), Some("甲学院"));
        let expected = [
            (None, None, 1),
            (yi, None, 1),
            (yi, Some("二支部"), 2),
            (yi, Some("一支部"), 1),
            (jia, None, 1),
        ];
        assert_eq!(shown, expected);
        // What has no committee and is about figures alone may follow from the rest.
        let place = Origin::file(Sources::default().add("checks.yaml"));
        let figure = || about(None, None, "figure").about(Target::Figure(place));
        let all = [figure(), about(Some("甲学院"), None, "1")];
        let shown: Vec<_> = grouped(&all).iter().map(|it| it.committee).collect();
        assert_eq!(shown, [Some("甲学院"), None]);
        let all = [figure(), about(Some("甲学院"), None, "1"), about(None, None, "2")];
        assert_eq!(grouped(&all)[0].committee, None);
        assert_eq!(grouped(&all[..1]).len(), 1);
    }
}
