//! Titles: the same in the text as in the front matter, and no two alike.

use std::collections::BTreeMap;

use crate::model::Regulation;
use finding::{Finding, Origin, codes};
use source::{LocatedText, Passage};
use value::fold;

pub(super) fn check_head(title: &LocatedText, printed: Option<&Passage>, found: &mut Vec<Finding>) {
    if let Some(printed) = printed.filter(|it| fold(it.text()) != fold(&title.text)) {
        let message = format!("正文标题“{}”与文件头的“{}”不一致", printed.text(), title.text);
        let finding = Finding::new(&codes::TITLE_DIFFERS, message).hint("请核对后改为一致");
        found.push(finding.at(printed.origin()).related(title.origin, "文件头的标题"));
    }
}

pub(super) fn check_twice(regulations: &[Regulation], found: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, Origin> = BTreeMap::new();
    for title in regulations.iter().map(|it| &it.head.title) {
        match known.get(&fold(&title.text)) {
            Some(first) => {
                let finding =
                    Finding::new(&codes::REGULATION_TWICE, format!("标题“{}”出现了两次", title.text));
                let finding = finding.hint("请只保留应当收入的一件，或核对标题").at(title.origin);
                found.push(finding.related(*first, "另一件的标题"));
            }
            None => {
                known.insert(fold(&title.text), title.origin);
            }
        }
    }
}
