//! What is said of a document is said of all its files, and nothing behind one kind is lost for another.

use std::sync::Arc;

use serde_json::json;

use crate::artefact::{Body, Kind};
use crate::drafts::{Background, Document, Drafts, Edition, InDraft, Place};
use crate::input::Input;
use crate::summary::{PlannedText, Text};
use finding::{Origin, Sources};

fn edition(path: &str) -> Edition {
    Edition::new(path.to_owned(), format!("题{path}"), Body::Json(json!({"of": path})))
}

#[test]
fn every_edition_bears_what_is_known_of_its_document() {
    let origin = Origin::text(Sources::default().add("a"), 3, 1);
    let document = Document {
        editions: vec![edition("a.pdf"), Edition { after: vec!["a.pdf".into()], ..edition("a.xlsx") }],
        name: Some("某支部".into()),
        committee: Some("某党委".into()),
        origin: Some(origin),
        records: vec!["01".into()],
        inputs: vec![Input::Given, Input::Itself("a".into())],
        ..Document::new(Kind::new("form"))
    };
    let planned = document.planned();
    let told: Vec<String> = planned
        .iter()
        .map(|it| {
            let own = &it.artefact;
            let Body::Json(body) = &it.body else { panic!("{:?}", it.body) };
            format!(
                "{} {} {} {} {} {} {} {:?} {}",
                own.path,
                own.kind.id(),
                own.title,
                own.name,
                own.committee.as_deref().unwrap_or_default(),
                own.records.join(" "),
                own.inputs.len(),
                own.after,
                body["of"]
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "a.pdf form 题a.pdf 某支部 某党委 01 2 [] \"a.pdf\"",
            "a.xlsx form 题a.xlsx 某支部 某党委 01 2 [\"a.pdf\"] \"a.xlsx\""
        ]
    );
    assert!(planned.iter().all(|it| it.artefact.origin == Some(origin)));
}

#[test]
fn a_document_of_which_nothing_is_said_is_called_by_its_titles_and_made_in_drafts() {
    let document = Document { editions: vec![edition("a"), edition("b")], ..Document::new(Kind::new("x")) };
    assert_eq!((document.in_draft, document.place), (InDraft::Made, Place::InTurn));
    let names: Vec<String> = document.planned().iter().map(|it| it.artefact.name.clone()).collect();
    assert_eq!(names, ["题a", "题b"]);
}

#[test]
fn documents_in_a_row_are_one_group_that_nothing_binds() {
    let document = |path: &str| Document { editions: vec![edition(path)], ..Document::new(Kind::new("x")) };
    let drafts = Drafts::of(vec![document("a"), document("b")]);
    let [group] = &drafts.groups[..] else { panic!("{drafts:?}") };
    let paths: Vec<&str> = group.documents.iter().flat_map(|it| &it.editions).map(|it| &*it.path).collect();
    assert_eq!((paths, group.binders.is_empty()), (vec!["a", "b"], true));
}

#[test]
fn what_is_behind_one_kind_is_kept_beside_that_of_another() {
    let text = |path: &str| PlannedText {
        path: path.to_owned(),
        text: Text {
            title: String::new(),
            has_contents: false,
            blocks: Vec::new(),
            appendices: Vec::new(),
            signature: Vec::new(),
        },
        figures: Vec::new(),
        book: None,
    };
    let behind = |path: &str| Background { texts: vec![text(path)], ..Background::default() };
    let mut all = behind("a");
    all.extend(behind("b"));
    all.extend(Background::default());
    let paths: Vec<Arc<str>> = all.texts.iter().map(|it| it.path.as_str().into()).collect();
    assert_eq!(paths, ["a".into(), "b".into()]);
}
