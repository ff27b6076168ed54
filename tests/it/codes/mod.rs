//! Every finding code of the engine is raised by some test.

#![expect(clippy::disallowed_methods, reason = "the list of codes is a file of the repository")]

mod raised;

use std::fs;

use huibian::finding::codes;

use crate::desk::{huibian, ran, repository};
use crate::repository::{Token, assert_none, rust, text_files};

/// What tests expect to be found, as files.
const EXPECTED: [&str; 3] = ["tests/cases", "fixtures/shapes", "fixtures/returned"];

#[test]
fn every_code_is_named_in_a_test() {
    let sources = rust(&["src", "crates", "tests"]);
    let tokens: Vec<&Token> = sources.iter().flat_map(|it| &it.tests).collect();
    let expected = text_files(&EXPECTED).into_iter().filter(|it| it.path.contains("/expected"));
    let expected: Vec<String> = expected.map(|it| it.text).collect();
    let is_named = |name: &str| {
        let constant = name.to_uppercase().replace('-', "_");
        let names = |it: &&Token| it.is(&constant) || it.text().is_some_and(|it| has_word(it, name));
        tokens.iter().any(names) || expected.iter().any(|it| has_word(it, name))
    };
    let unnamed: Vec<String> =
        codes::ALL.iter().filter(|it| !is_named(it.name)).map(|it| it.name.to_owned()).collect();
    assert_none(&unnamed);
}

/// The list of all codes, which `UPDATE=1` writes anew.
#[test]
fn the_list_of_codes_is_that_of_the_engine() {
    let listed = ran(&mut huibian(&["explain", "codes"])).expect(0).stdout;
    let path = repository("docs/findings.md");
    if std::env::var_os("UPDATE").is_some_and(|it| it == "1") {
        fs::write(&path, &listed).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let is_same = written.replace("\r\n", "\n") == listed;
    assert!(is_same, "docs/findings.md is out of date: UPDATE=1 cargo test --release --test it codes::");
}

/// Whether a code stands in a text, and not as a part of a longer one.
fn has_word(text: &str, code: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.any(|it| it == code)
}
