//! Every finding code of the engine is raised by some test.

mod raised;

use huibian::finding::codes;

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

/// Whether a code stands in a text, and not as a part of a longer one.
fn has_word(text: &str, code: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.any(|it| it == code)
}
