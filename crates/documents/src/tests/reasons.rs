//! Errors about declarations and texts, and how the reasons of a document are put.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{World, about, reads};
use crate::artefact::{Artefact, Kind};
use crate::blame::Errors;
use crate::input::{Input, Whose};
use dataset::Reads;
use finding::{FileId, Finding, Origin, Report, Severity, Subject, Target, codes};

#[test]
fn an_error_about_a_declaration_withholds_what_it_stands_in_and_that_about_a_check_the_one_place() {
    let world = World::new();
    let file = world.file();
    let (declared, other) = (Origin::text(file, 1, 1), Origin::text(file, 2, 1));
    let (place, elsewhere) = (Origin::cell(file, 0, 1, 1), Origin::cell(file, 0, 2, 1));
    let check = Input::Check { declared, place };
    for (what, target, shown, input, wanted) in [
        ("a figure", Target::Figure(declared), declared, Input::Declared(declared), true),
        ("a declaration", Target::Declaration(declared), declared, Input::Declared(declared), true),
        ("another", Target::Figure(other), other, Input::Declared(declared), false),
        ("a check", Target::Figure(declared), place, check.clone(), true),
        ("a check at another place", Target::Figure(declared), elsewhere, check.clone(), false),
        ("another check", Target::Figure(other), place, check, false),
    ] {
        assert_eq!(world.is_withheld(about("", target).at(shown), &[input]), wanted, "{what}");
    }
}

#[test]
fn errors_in_texts_withhold_what_holds_them_in_the_order_of_their_places() {
    let mut world = World::new();
    let [first, second, third] = ["制度/一.md", "制度/二.md", "别处/三.md"].map(|it| world.sources.add(it));
    let at = |file, line| {
        let finding = Finding::named("odd", Severity::Error, format!("{line}")).about(Target::Text(file));
        finding.at(Origin::text(file, line, 1))
    };
    let mut report = Report::default();
    let earlier = Origin::text(first, 1, 1);
    for finding in [at(second, 2), at(first, 5).related(earlier, "先"), at(first, 3), at(third, 4)] {
        report.push(finding);
    }
    let errors = Errors::new(&world.dataset, &world.sources, &report);
    let texts = |files: &[FileId], folders: &[&str]| {
        let folders = folders.iter().map(|it| (*it).to_owned()).collect();
        let inputs = [Input::Texts(files.iter().copied().collect::<BTreeSet<_>>(), folders)];
        errors.behind(&inputs).withhold(Arc::new(Artefact::unplanned("a.pdf", Kind::new("x"))), &[]).reasons
    };
    assert_eq!(texts(&[second], &[]), ["2"]);
    assert_eq!(texts(&[], &["制度"]), ["5", "3", "2"]);
    assert_eq!(texts(&[third], &["./制度/"]), ["5", "3", "2", "4"]);
    assert_eq!(texts(&[], &["制"]), [""; 0]);
}

#[test]
fn a_draft_is_made_with_errors_but_for_those_that_forbid_it_outright() {
    let world = World::new();
    let name = reads(Whose::All, Reads { fields: [world.field(0, "name")].into(), ..Reads::default() });
    let at = || about("", Target::field(world.field(0, "name")));
    let outright =
        || Finding::new(&codes::FILE_NAME_COLLISION, "重名").about(Target::field(world.field(0, "name")));
    for (findings, admits, admits_draft) in [
        (vec![], true, true),
        (vec![at()], false, true),
        (vec![outright()], false, false),
        (vec![at(), outright()], false, false),
    ] {
        let mut report = Report::default();
        let n_findings = findings.len();
        findings.into_iter().for_each(|it| report.push(it));
        let errors = Errors::new(&world.dataset, &world.sources, &report);
        let blame = errors.behind(&name);
        assert_eq!((blame.admits(false), blame.admits(true)), (admits, admits_draft), "{n_findings}");
        assert_eq!(blame.is_empty(), n_findings == 0);
    }
}

#[test]
fn a_reason_says_whose_the_error_is_where_that_is_not_plain_and_each_is_given_once() {
    let world = World::new();
    let (file, at) = (world.file(), world.field(0, "name"));
    let subject = |committee: &str, branch: &str, record: &str| {
        let [committee, branch, record] =
            [committee, branch, record].map(|it| Some(it.into()).filter(|it: &Arc<str>| !it.is_empty()));
        Subject { committee, branch, record }
    };
    let mut report = Report::default();
    let plain = || about("", Target::field(at));
    report.push(
        plain()
            .subject(subject("机械党委", "一支部", "张三"))
            .field("会议名称")
            .at(Origin::cell(file, 0, 1, 1)),
    );
    report.push(
        plain()
            .subject(subject("机械党委", "", "张三"))
            .at(Origin::file(file))
            .about(Target::record(at.record())),
    );
    report.push(plain().subject(subject("", "", "张三")).at(Origin::sheet(file, 0)));
    let errors = Errors::new(&world.dataset, &world.sources, &report);
    let fields = || Input::Reads(Reads { fields: [at].into(), ..Reads::default() }, Whose::All);
    let artefact = |committee: Option<&str>| {
        let committee = committee.map(Into::into);
        Arc::new(Artefact { committee, ..Artefact::unplanned("a.pdf", Kind::new("x")) })
    };
    let faults =
        [(&codes::CELL_TEXT_TOO_LONG, "太长".to_owned()), (&codes::CELL_TEXT_TOO_LONG, "太长".to_owned())];
    // What is read twice is blamed once.
    let blame = errors.behind(&[fields(), fields()]);
    let withheld = blame.withhold(artefact(None), &faults);
    let where_ = "返回/机械/机械三会.csv";
    let [whole, sheet] = [where_.to_owned(), format!("{where_}：不对")];
    assert_eq!(
        withheld.reasons,
        [
            "一支部：会议名称：不对".to_owned(),
            format!("机械党委：{whole}：不对"),
            sheet.clone(),
            "太长".to_owned()
        ]
    );
    assert_eq!(withheld.codes, ["cell-text-too-long", "odd"]);
    let of_one = blame.withhold(artefact(Some("机械党委")), &[]).reasons;
    assert_eq!(of_one, ["会议名称：不对".to_owned(), sheet.clone()]);
    let with_texts = errors.behind(&[fields(), Input::Texts(BTreeSet::new(), Vec::new())]);
    let of_book = with_texts.withhold(artefact(Some("机械党委")), &[]).reasons;
    assert_eq!(of_book[0], "张三：会议名称：不对");
}
