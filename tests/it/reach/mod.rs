//! What an error of each code withholds, shown by a small project that has a document of every kind.
//!
//! Each case changes a few files and names the documents that errors of one code withhold then, and no others.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

pub(crate) mod project;
mod records;
mod files;
mod figures;
mod returns;
mod texts;
mod printing;
mod changes;

use std::collections::BTreeSet;
use std::path::Path;

use huibian::finding::{Finding, Reach, Report, Severity, codes};
use huibian::{Checked, Judging, Session};

use crate::desk::{Desk, repository};
use project::small;

/// A change of files, and what errors of a code withhold after it.
struct Case {
    /// What is wrong, as a name for the case.
    name: &'static str,
    /// The code.
    code: &'static str,
    /// Makes it wrong.
    change: fn(&Desk),
    /// Whether queries count as errors.
    strict: bool,
    /// The documents by their short names, with a blank between them, in the order of these names.
    withheld: &'static str,
}

/// A case that is an error in any run.
const fn case(code: &'static str, name: &'static str, change: fn(&Desk), withheld: &'static str) -> Case {
    Case { name, code, change, strict: false, withheld }
}

/// A case that is a query, put in a strict run.
const fn strict(code: &'static str, name: &'static str, change: fn(&Desk), withheld: &'static str) -> Case {
    Case { name, code, change, strict: true, withheld }
}

/// Checks all cases; every one that is not as it should be is shown.
fn hold(cases: &[Case]) {
    let mut faults = Vec::new();
    for (idx, case) in cases.iter().enumerate() {
        let desk = small(&format!("reach-{}-{idx}", case.code));
        (case.change)(&desk);
        let (found, withheld) = reached(&desk, case);
        if !found || withheld != case.withheld {
            let said = if found { "" } else { " (which is not found)" };
            faults.push(format!(
                "{}{said}, {}:\n  expected {}\n  withheld {withheld}",
                case.code, case.name, case.withheld
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Whether a case has an error of its code, and what errors of that code withhold.
fn reached(desk: &Desk, case: &Case) -> (bool, String) {
    let (checked, report) = checked(&desk.path("."), case.strict);
    let is_error = |it: &&Finding| it.severity == Severity::Error;
    let found = report.findings().iter().filter(is_error).any(|it| it.code == case.code);
    let is_meant = |codes: &[String]| codes.iter().any(|it| it == case.code);
    let withheld = checked.plan.withheld().iter().filter(|it| is_meant(&it.codes));
    let names: BTreeSet<String> = withheld.map(|it| short_name(&it.artefact.path)).collect();
    (found, names.into_iter().collect::<Vec<_>>().join(" "))
}

/// A project, checked, and what was found in it.
fn checked(project: &Path, strict: bool) -> (Checked, Report) {
    let mut session = Session::default();
    let checked = session.check(project, &Judging { strict, ..Judging::default() });
    (checked.unwrap_or_else(|failure| panic!("{failure}\n{:#?}", session.report)), session.report)
}

/// The name of a document without its editions: `forms/card/机械支部.pdf` is `card/机械支部`.
fn short_name(path: &str) -> String {
    let path = path.split_once('/').map_or(path, |it| it.1);
    path.split('.').next().unwrap_or_default().to_owned()
}

#[test]
fn the_project_as_it_is_withholds_nothing() {
    let desk = small("reach-nothing");
    let (checked, report) = checked(&desk.path("."), true);
    let wrong: Vec<_> = report.findings().iter().filter(|it| it.severity != Severity::Note).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(checked.plan.withheld().len(), 0);
}

#[test]
fn every_finding_in_a_project_full_of_mistakes_says_what_it_is_about() {
    for project in ["fixtures/returned", "fixtures/shapes", "fixtures/university"] {
        let (_, report) = checked(&repository(project), false);
        let is_dumb = |it: &&Finding| {
            it.about.is_empty() && it.severity != Severity::Note && it.reach != Reach::Nothing
        };
        let dumb: Vec<&Finding> = report.findings().iter().filter(is_dumb).collect();
        assert!(dumb.is_empty(), "{project}: {dumb:#?}");
    }
}

#[test]
fn a_code_reaches_what_its_findings_are_about_unless_it_says_otherwise() {
    let reach = |wanted: Reach| {
        let codes = codes::ALL.iter().filter(|it| it.severity != Severity::Note && it.reach == wanted);
        codes.map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(
        reach(Reach::Nothing),
        [
            "cell-text-too-long",
            "return-twice",
            "return-not-nothing",
            "returns-name-unknown",
            "summary-undecided",
            "foreign-file"
        ]
    );
    assert_eq!(reach(Reach::Outright), ["file-name-collision"]);
    assert_eq!(reach(Reach::Everything), ["rule-failed"]);
    let notes = codes::ALL.iter().filter(|it| it.severity == Severity::Note);
    assert!(notes.into_iter().all(|it| it.reach == Reach::Nothing));
}
