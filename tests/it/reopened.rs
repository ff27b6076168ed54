//! What a run has read can be had again: every file with a finding at one of its cells or lines, as it was then.
#![expect(clippy::disallowed_methods, reason = "files are read")]

use std::collections::BTreeSet;
use std::fs;

use huibian::documents::Draft;
use huibian::finding::Place;
use huibian::source::{Limits, ReopenError, reopen};
use huibian::{Judging, Run, check};

use crate::desk::Desk;

#[test]
fn every_file_in_which_something_was_found_is_opened_again_until_it_changes() {
    let desk = Desk::new("reopened");
    desk.copy("fixtures/returned", "returned");
    let judging = Judging { draft: Draft::No, strict: false, excluded: Vec::new() };
    let mut run = Run::default();
    let _checked = check(&desk.path("returned"), &judging, &mut run, &|_, _, _| ());
    let places = run.report.findings().iter().filter_map(|it| it.origin);
    let files: BTreeSet<_> = places.filter(|it| it.place != Place::File).map(|it| it.file).collect();
    let endings: BTreeSet<&str> =
        files.iter().filter_map(|it| Some(run.sources.path(*it).rsplit_once('.')?.1)).collect();
    assert!(["xlsx", "md"].iter().all(|it| endings.contains(it)), "{endings:?}");
    let limits = Limits::standard();
    for file in files {
        let shown = run.sources.path(file).to_owned();
        let again = reopen(&run.sources, file, &limits);
        assert!(
            again.is_ok_and(|it| it == fs::read(desk.path(&format!("returned/{shown}"))).unwrap()),
            "{shown}"
        );
        desk.write(&format!("returned/{shown}"), "改过的内容");
        assert!(matches!(reopen(&run.sources, file, &limits), Err(ReopenError::Changed(_))), "{shown}");
    }
}
