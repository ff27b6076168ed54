//! What another regulation repeals is not in force.

use crate::model::Regulation;
use finding::{Finding, codes};
use value::fold;

pub(super) fn check(regulations: &[Regulation], found: &mut Vec<Finding>) {
    for repealing in regulations.iter().filter(|it| !it.is_repealed()) {
        for named in &repealing.head.repeals {
            let is_meant = |it: &&Regulation| {
                let by_number = it.head.number.as_ref().is_some_and(|it| fold(&it.text) == fold(&named.text));
                by_number || fold(it.title()) == fold(named.text.trim_matches(['《', '》']))
            };
            let still = regulations.iter().filter(|it| !it.is_repealed());
            for repealed in still.filter(is_meant).filter(|it| it.file != repealing.file) {
                let message = format!(
                    "《{}》已由《{}》废止，而状态为“{}”",
                    repealed.title(),
                    repealing.title(),
                    repealed.head.standing.word
                );
                let finding = Finding::new(&codes::REPEALED_YET_VALID, message);
                let finding =
                    finding.hint("请核对：确已废止的，state 改为“废止”").at(repealed.head.standing.origin);
                found.push(finding.related(named.origin, "在这里写明废止"));
            }
        }
    }
}
