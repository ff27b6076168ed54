//! A session does without a terminal what the command line shows: step by step, at once, and heard while it goes.

use std::num::NonZeroUsize;
use std::sync::Mutex;

use huibian::session::ImportFault;
use huibian::{Answer, Judging, Making, Question, Session, Stage};

use crate::desk::{Desk, repository};

#[test]
fn what_a_session_makes_is_what_the_command_line_makes() {
    let desk = Desk::new("session-make");
    desk.copy_returned();
    desk.run(&["build", "returned", "--out", "theirs"]).expect(1);
    let heard = Mutex::new(Vec::new());
    let hear = |stage, done, all| heard.lock().unwrap().push((stage, done, all));
    let mut session = Session::new(&hear);
    let judging = Judging::default();
    let opened = session.open(&desk.path("returned")).unwrap();
    assert!(!opened.declared.rules.is_empty() && session.report.findings().is_empty());
    let related = session.read(opened, &judging).unwrap();
    let mut checked = session.plan(related, &judging);
    let n_planned = checked.plan.artefacts().count();
    let making = Making { out: desk.path("ours"), only: None, jobs: NonZeroUsize::MIN, office: Vec::new() };
    let built = session.make(&mut checked, &making).unwrap();
    assert_eq!((built.n_documents, built.withheld.len()), (n_planned, checked.plan.withheld().len()));
    assert_eq!(desk.files("ours"), desk.files("theirs"));
    // Each file counts once, from the first to the last of all.
    let heard = heard.into_inner().unwrap();
    let printed: Vec<_> = heard.iter().filter(|it| it.0 == Stage::Printing).map(|it| (it.1, it.2)).collect();
    assert_eq!(printed, (1..=n_planned).map(|it| (it, n_planned)).collect::<Vec<_>>());
}

#[test]
fn what_was_checked_answers_questions() {
    let mut session = Session::default();
    let checked = session.check(&repository("fixtures/university"), &Judging::default()).unwrap();
    let question = |target| Question { target, within: None, record: None };
    let answer = checked.explain(question("member-total-differs")).unwrap();
    assert!(matches!(answer, Answer::Condition(it) if &*it.code == "member-total-differs"));
    let answer = checked.explain(question("members_total")).unwrap();
    assert!(matches!(answer, Answer::Figure(it) if it.records.len() > 2000));
    assert!(checked.explain(question("members_totl")).unwrap_err().contains("members_total"));
}

#[test]
fn a_failure_leaves_what_was_found_in_the_session() {
    let desk = Desk::new("session-failure");
    desk.copy("fixtures/starter", "project");
    desk.write("project/templates/rules/own.yaml", "rules:\n  - {code: own, titel: 甲}\n");
    let mut session = Session::default();
    let failure = session.check(&desk.path("project"), &Judging::default()).unwrap_err();
    assert_eq!(failure.to_string(), "模板有误，不能继续");
    assert!(session.report.has_errors());
    let fault = session.import(&desk.path("制度.doc"), None).unwrap_err();
    assert!(matches!(fault, ImportFault::NoDocument(_)), "{fault}");
}
