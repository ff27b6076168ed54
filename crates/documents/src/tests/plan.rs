//! The one list of files: who is in it, in which order, and what comes only when others are finished.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::{World, about};
use crate::artefact::{Artefact, Body, Finished, Kind, Later, Made, Planned};
use crate::blame::Errors;
use crate::drafts::{Background, Binder, Document, Edition, Group, InDraft, Place};
use crate::input::Input;
use crate::plan::{Plan, Ready};
use finding::{Finding, Report, Severity, Target, codes};
use project::Fonts;

const FORM: Kind = Kind::new("form");
const LIST: Kind = Kind::new("list");

/// A document of these files.
fn document(kind: Kind, paths: &[&str]) -> Document {
    let edition =
        |it: &&str| Edition::new((*it).to_owned(), (*it).to_owned(), Body::Json(json!({"draft": null})));
    let inputs = paths.iter().map(|it| Input::Itself((*it).to_owned())).collect();
    Document { editions: paths.iter().map(edition).collect(), inputs, ..Document::new(kind) }
}

/// Lists what was finished before it and what is withheld.
#[derive(Debug)]
struct Contents;

impl Later for Contents {
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        let made =
            finished.made.iter().map(|it| it.map(|it| String::from_utf8_lossy(&it.bytes).into_owned()));
        let made: Vec<_> = made.collect();
        if made.iter().all(Option::is_none) {
            return Ok(None);
        }
        let withheld: Vec<&str> = finished.withheld.iter().map(|it| &*it.artefact.path).collect();
        let body = Body::Json(json!({"draft": null, "made": made, "withheld": withheld}));
        Ok(Some(Planned { artefact: Arc::new(artefact.clone()), body }))
    }
}

/// Binds all files of its group.
#[derive(Debug)]
struct Volume;

impl Binder for Volume {
    fn bind(self: Box<Self>, bound: &[Arc<Artefact>]) -> Vec<Planned> {
        let after = bound.iter().map(|it| it.path.clone()).collect();
        let artefact = Artefact { after, ..Artefact::unplanned("volume", FORM) };
        vec![Planned { artefact: Arc::new(artefact), body: Body::Later(Box::new(Contents)) }]
    }
}

/// A plan of these groups while documents are in error.
fn planned(groups: Vec<Group>, in_error: &[&str], draft: Option<&str>) -> Plan {
    let (world, mut report) = (World::new(), Report::default());
    for path in in_error {
        report.push(about("", Target::Document((*path).into())));
    }
    let errors = Errors::new(&world.dataset, &world.sources, &report);
    let mut plan = Plan::new(draft.map(str::to_owned), Background::default());
    groups.into_iter().enumerate().for_each(|(number, it)| plan.add(it, number, &errors));
    plan
}

/// A bound group of forms and a group of lists, of which the first is a list of all.
fn groups() -> Vec<Group> {
    let all = Edition {
        body: Body::Later(Box::new(Contents)),
        ..Edition::new("all".into(), "all".into(), Body::Json(json!({})))
    };
    let all = Document { editions: vec![all], place: Place::Last, ..Document::new(LIST) };
    vec![
        Group {
            documents: vec![document(FORM, &["a"]), document(FORM, &["b", "c"])],
            binders: vec![Box::new(Volume)],
        },
        Group { documents: vec![all, document(LIST, &["d"])], binders: Vec::new() },
    ]
}

fn paths(plan: &Plan) -> Vec<&str> {
    plan.artefacts().map(|it| &*it.path).collect()
}

fn withheld(plan: &Plan) -> Vec<&str> {
    plan.withheld().iter().map(|it| &*it.artefact.path).collect()
}

/// A file made at a place of the list.
fn made(plan: &Plan, at: usize, pages: Option<usize>) -> (usize, Made) {
    let artefact = plan.artefacts().nth(at).unwrap();
    let bytes = artefact.path.to_uppercase().into_bytes();
    (at, Made { artefact: Arc::new(artefact.clone()), bytes, pages, places: BTreeMap::new() })
}

/// The data that a place of the list is made from.
fn data(plan: &Plan, at: usize, made: &BTreeMap<usize, Made>) -> Option<String> {
    let ready = plan.ready(at, made, &Fonts::bundled()).unwrap()?;
    let is_composed = matches!(ready, Ready::Composed(_));
    let Planned { artefact, body: Body::Json(data) } = ready.planned() else { panic!("{at}") };
    Some(format!("{} {is_composed} {data}", artefact.path))
}

#[test]
fn files_come_in_waves_each_behind_those_that_it_stands_after() {
    let plan = planned(groups(), &[], None);
    assert_eq!(paths(&plan), ["a", "b", "c", "volume", "d", "all"]);
    assert_eq!(plan.waves(None), [vec![0, 1, 2, 4], vec![3, 5]]);
    assert_eq!(plan.waves(Some(LIST)), [vec![4], vec![5]]);
    assert!(planned(Vec::new(), &[], None).waves(None).is_empty());
    assert_eq!(plan.draft(), None);
    // A chain has a wave for each of its links.
    let mut chain = document(FORM, &["x", "y", "z"]);
    chain.editions[1].after = vec!["x".into()];
    chain.editions[2].after = vec!["y".into(), "x".into(), "elsewhere".into()];
    let plan = planned(vec![Group { documents: vec![chain], binders: Vec::new() }], &[], None);
    assert_eq!(plan.waves(None), [[0], [1], [2]]);
}

#[test]
fn what_comes_later_sees_what_was_made_before_it_and_what_is_withheld() {
    let plan = planned(groups(), &["c"], None);
    assert_eq!((paths(&plan), withheld(&plan)), (vec!["a", "volume", "d", "all"], vec!["b", "c"]));
    let none = BTreeMap::new();
    assert_eq!(data(&plan, 0, &none).unwrap(), "a false {\"draft\":null}");
    assert_eq!(data(&plan, 1, &none), None, "of nothing that is made there is no volume");
    let forms: BTreeMap<_, _> = [0, 2].map(|it| made(&plan, it, None)).into();
    assert_eq!(
        data(&plan, 1, &forms).unwrap(),
        "volume true {\"draft\":null,\"made\":[\"A\"],\"withheld\":[\"b\",\"c\"]}"
    );
    assert_eq!(
        data(&plan, 3, &forms).unwrap(),
        "all true {\"draft\":null,\"made\":[\"D\"],\"withheld\":[\"b\",\"c\"]}"
    );
}

#[test]
fn of_two_files_of_one_path_the_nearer_is_meant() {
    let mut twice = document(FORM, &["x", "x"]);
    twice.editions.push(Edition {
        after: vec!["x".into()],
        ..Edition::new("y".into(), "y".into(), Body::Later(Box::new(Contents)))
    });
    let plan = planned(vec![Group { documents: vec![twice], binders: Vec::new() }], &[], None);
    let mut of_two: BTreeMap<_, _> = [0, 1].map(|it| made(&plan, it, None)).into();
    of_two.get_mut(&0).unwrap().bytes = b"earlier".to_vec();
    assert!(data(&plan, 2, &of_two).unwrap().contains("[\"X\"]"));
}

#[test]
fn in_a_draft_documents_over_many_records_are_made_and_marked_and_single_applications_are_not() {
    let with = |in_draft: InDraft, faults: Vec<(&'static finding::Code, String)>| {
        let document = Document { in_draft, faults, ..document(FORM, &["a"]) };
        vec![Group { documents: vec![document], binders: Vec::new() }]
    };
    let fault = || vec![(&codes::CELL_TEXT_TOO_LONG, "太长".to_owned())];
    for (what, in_draft, faults, in_error, is_made, is_made_in_draft) in [
        ("nothing wrong", InDraft::Made, Vec::new(), &[][..], true, true),
        ("an error", InDraft::Made, Vec::new(), &["a"], false, true),
        ("a fault", InDraft::Made, fault(), &[], false, true),
        ("an application", InDraft::Withheld, Vec::new(), &[], true, true),
        ("an application with an error", InDraft::Withheld, Vec::new(), &["a"], false, false),
        ("an application with a fault", InDraft::Withheld, fault(), &[], false, false),
    ] {
        for (draft, wanted) in [(None, is_made), (Some("草稿"), is_made_in_draft)] {
            let plan = planned(with(in_draft, faults.clone()), in_error, draft);
            assert_eq!(paths(&plan).len(), usize::from(wanted), "{what} {draft:?}");
            assert_eq!(withheld(&plan).len(), usize::from(!wanted), "{what} {draft:?}");
            assert_eq!(plan.draft(), draft);
            if wanted && draft.is_some() {
                assert_eq!(data(&plan, 0, &BTreeMap::new()).unwrap(), "a false {\"draft\":\"草稿\"}");
            }
        }
    }
    let plan = planned(groups(), &[], Some("草稿"));
    let forms: BTreeMap<_, _> = [made(&plan, 0, None)].into();
    assert!(data(&plan, 3, &forms).unwrap().contains("草稿"), "what is composed later is marked as well");
}

#[test]
fn what_could_not_be_made_stands_among_those_withheld_of_its_group() {
    let mut plan = planned(groups(), &["b", "d"], None);
    assert_eq!(withheld(&plan), ["b", "c", "d"]);
    plan.withhold(0, &Finding::named("odd", Severity::Error, "不对"));
    assert_eq!(withheld(&plan), ["b", "c", "a", "d"]);
    let last = &plan.withheld()[2];
    assert_eq!((&last.codes[..], &last.reasons[..]), (&["odd".to_owned()][..], &["不对".to_owned()][..]));
}

#[test]
fn what_was_made_is_arranged_by_groups_what_is_written_before_what_is_printed() {
    let plan = planned(groups(), &[], None);
    let pages = [Some(1), None, Some(2), None, None, Some(1)];
    let made = pages.into_iter().enumerate().map(|(at, pages)| made(&plan, at, pages)).collect();
    let arranged = plan.arranged(made);
    let paths: Vec<&str> = arranged.iter().map(|it| &*it.artefact.path).collect();
    assert_eq!(paths, ["b", "a", "c", "volume", "d", "all"]);
}
