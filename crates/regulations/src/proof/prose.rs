//! Running text: mixed script, lost 年 and 月, half-width and doubled marks.

use crate::model::Words;
use finding::Finding;
use value::spot;

pub(super) fn check(words: Words<'_>, found: &mut Vec<Finding>) {
    for passage in words.passages() {
        for spotted in spot(passage.text()) {
            let finding = Finding::new(spotted.fault.code, spotted.fault.message);
            let finding = finding.at(passage.origin_at(spotted.at));
            found.push(match spotted.fault.hint {
                Some(hint) => finding.hint(hint),
                None => finding,
            });
        }
    }
}
