//! A term (本办法所称的学生党支部，是指……) is defined once.

use std::collections::BTreeMap;

use crate::model::Words;
use finding::{Finding, Origin, codes};

pub(super) fn check(words: Words<'_>, found: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, Origin> = BTreeMap::new();
    for passage in words.passages() {
        for (at, term) in definitions(passage.text()) {
            let origin = passage.origin_at(at);
            match known.get(&term) {
                Some(first) => {
                    let finding = Finding::new(&codes::TERM_DEFINED_TWICE, format!("“{term}”又定义了一次"));
                    let finding = finding.hint("请合并为一处").at(origin);
                    found.push(finding.related(*first, "第一次的定义"));
                }
                None => {
                    known.insert(term, origin);
                }
            }
        }
    }
}

/// The terms that a text defines, each with the index of its first character.
fn definitions(text: &str) -> Vec<(usize, String)> {
    const MARK: &str = "所称";
    const LONGEST: usize = 30;
    let mut found = Vec::new();
    for (byte, _) in text.match_indices(MARK) {
        let tail = text[byte + MARK.len()..].trim_start_matches('的');
        let Some(end) = ["，是指", "是指", "，指", "，包括"].iter().filter_map(|it| tail.find(it)).min()
        else {
            continue;
        };
        let term = tail[..end].trim_matches(['“', '”']);
        let is_term = !term.is_empty()
            && !term.contains(['。', '；', '，', '“', '”'])
            && term.chars().count() <= LONGEST;
        if is_term {
            let start = text.len() - tail.len();
            found.push((text[..start].chars().count(), term.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_says_what_is_meant() {
        assert_eq!(definitions("本办法所称党员，是指正式党员。"), [(5, "党员".to_owned())]);
        assert_eq!(definitions("本办法所称的“经费”包括甲，是指乙。本办法所称。"), []);
        assert_eq!(definitions("前款所称情形，由甲认定。"), []);
    }
}
