//! Notes in one line, where errors and queries come first.

use finding::{Finding, codes};

use crate::visible::visible;

/// So many kinds of notes are named; the rest is counted.
const KINDS_NAMED: usize = 6;

/// How many notes there are, and of what kinds.
pub(super) fn summary(notes: &[&Finding]) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for note in notes {
        match kinds.iter_mut().find(|it| it.0 == note.code) {
            Some(kind) => kind.1 += 1,
            None => kinds.push((&note.code, 1)),
        }
    }
    let title =
        |code: &str| codes::ALL.iter().find(|it| it.name == code).map_or(code, |it| it.title).to_owned();
    let named: Vec<String> =
        kinds.iter().take(KINDS_NAMED).map(|(code, n)| format!("{} {n}", title(code))).collect();
    let rest = if kinds.len() > KINDS_NAMED { format!("等{}种", kinds.len()) } else { String::new() };
    format!("{}条：{}{rest}", notes.len(), visible(&named.join("、")))
}
