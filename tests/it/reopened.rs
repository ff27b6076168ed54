//! What a run has read can be had again: every file with a finding at one of its cells or lines, as it was then, and what
//! was read from it, written down.
#![expect(clippy::disallowed_methods, reason = "files are read")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use huibian::finding::{Place, Report, Sources};
use huibian::source::{Content, Folders, Limits, Manuscript, ReopenError, collect, collect_texts, reopen};
use huibian::{Judging, Session};

use crate::desk::Desk;

#[test]
fn every_file_in_which_something_was_found_is_opened_again_until_it_changes() {
    let desk = Desk::new("reopened");
    desk.copy("fixtures/returned", "returned");
    let mut session = Session::default();
    let _checked = session.check(&desk.path("returned"), &Judging::default());
    let places = session.report.findings().iter().filter_map(|it| it.origin);
    let files: BTreeSet<_> = places.filter(|it| it.place != Place::File).map(|it| it.file).collect();
    let endings: BTreeSet<&str> =
        files.iter().filter_map(|it| Some(session.sources.path(*it).rsplit_once('.')?.1)).collect();
    assert!(["xlsx", "md"].iter().all(|it| endings.contains(it)), "{endings:?}");
    let limits = Limits::standard();
    for file in files {
        let shown = session.sources.path(file).to_owned();
        let again = reopen(&session.sources, file, &limits);
        assert!(
            again.is_ok_and(|it| it == fs::read(desk.path(&format!("returned/{shown}"))).unwrap()),
            "{shown}"
        );
        desk.write(&format!("returned/{shown}"), "改过的内容");
        assert!(matches!(reopen(&session.sources, file, &limits), Err(ReopenError::Changed(_))), "{shown}");
    }
}

#[test]
fn content_that_was_written_down_is_what_was_read() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let root = Path::new("fixtures");
    let folder = |it: &str| -> [Arc<str>; 1] { [it.into()] };
    let (mut n_sheets, mut n_trees, mut n_texts) = (0, 0, 0);
    for wanted in ["shapes/returns", "returned/returns", "university/returns"].map(folder) {
        let folders = Folders { root, wanted: &wanted, excluded: &[] };
        for source in collect(folders, &mut sources, &mut report, &|_, _| ()).unwrap().files {
            let written = serde_json::to_string(&source.content).unwrap();
            let again: Content = serde_json::from_str(&written).unwrap();
            assert_eq!(again, source.content, "{}", sources.path(source.file));
            match again {
                Content::Sheets(sheets) => n_sheets += sheets.len(),
                Content::Tree(_) => n_trees += 1,
            }
        }
    }
    for wanted in ["returned/regulations", "university/regulations", "university/handbooks"].map(folder) {
        let folders = Folders { root, wanted: &wanted, excluded: &[] };
        for text in collect_texts(folders, &[], &mut sources, &mut report).unwrap().texts {
            let written = serde_json::to_string(&text.manuscript).unwrap();
            let again: Manuscript = serde_json::from_str(&written).unwrap();
            assert_eq!(again, text.manuscript, "{}", sources.path(text.file));
            n_texts += 1;
        }
    }
    assert!(n_sheets > 200 && n_trees > 5 && n_texts > 60, "{n_sheets} {n_trees} {n_texts}");
}
