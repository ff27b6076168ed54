//! Typed access to the mappings of a configuration; every finding has its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Entry, Node, NodeKind};
use finding::{Finding, Origin, Report, Reported, codes};

/// A text of a configuration and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedText {
    /// The text.
    pub text: Arc<str>,
    /// Where it begins.
    pub origin: Origin,
}

/// The keys of one mapping, asked for one by one; [`Fields::finish`] reports those nobody asked for.
///
/// Findings go straight into the report that it borrows; another mapping is read meanwhile
/// through [`Fields::report`].
#[derive(Debug)]
pub struct Fields<'n, 'r> {
    what: String,
    origin: Origin,
    entries: &'n [Entry],
    asked: BTreeSet<String>,
    /// The keys that were missing, and where in the report that is said.
    missing: Vec<(String, usize)>,
    report: &'r mut Report,
}

impl<'n, 'r> Fields<'n, 'r> {
    /// Takes a mapping. `what` names it in findings: “字段”, “项目文件”.
    ///
    /// # Errors
    /// If the node is not a mapping.
    pub fn new(node: &'n Node, what: &str, report: &'r mut Report) -> Result<Self, Reported> {
        match &node.kind {
            NodeKind::Map(entries) => {
                let asked = BTreeSet::new();
                let (what, missing) = (what.to_owned(), Vec::new());
                Ok(Self { what, origin: node.origin, entries, asked, missing, report })
            }
            _ => Err(wrong_kind(node, &format!("“{what}”应为键值"), report)),
        }
    }

    /// Where the mapping begins.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The report, for what the caller finds itself or reads beneath this mapping.
    pub fn report(&mut self) -> &mut Report {
        self.report
    }

    /// The value of a key, unless it is absent or empty.
    pub fn node(&mut self, key: &str) -> Option<&'n Node> {
        self.asked.insert(key.to_owned());
        let entry = self.entries.iter().find(|it| &*it.key == key)?;
        (entry.value.kind != NodeKind::Null).then_some(&entry.value)
    }

    /// The value of a key that has to be there.
    ///
    /// # Errors
    /// If it is absent or empty.
    pub fn required_node(&mut self, key: &str) -> Result<&'n Node, Reported> {
        match self.node(key) {
            Some(node) => Ok(node),
            None => {
                let empty = self.entries.iter().find(|it| &*it.key == key);
                let misspelt = empty.is_none().then(|| self.misspelt(key)).flatten();
                let hint = match misspelt {
                    Some(entry) => format!("是否把“{key}”误写成了“{}”？", entry.key),
                    None => format!("请补上“{key}: ”及其内容"),
                };
                let place = empty.or(misspelt).map_or(self.origin, |it| it.key_origin);
                let finding = Finding::new(&codes::MISSING_KEY, format!("“{}”缺少“{key}”", self.what));
                self.missing.extend(empty.is_none().then(|| (key.to_owned(), self.report.findings().len())));
                Err(self.report.error(finding.hint(hint).at(place)))
            }
        }
    }

    /// The entry whose key is probably a misspelling of a missing one; keys that were asked for are not misspelt.
    fn misspelt(&self, key: &str) -> Option<&'n Entry> {
        let unknown = || self.entries.iter().filter(|it| !self.asked.contains(&*it.key));
        let near = nearest(key, unknown().map(|it| &*it.key))?;
        unknown().find(|it| &*it.key == near)
    }

    /// Refuses a key that has another name now; the hint says which.
    ///
    /// # Errors
    /// If the key is there; that has been reported at it.
    pub fn renamed(&mut self, key: &str, hint: &str) -> Result<(), Reported> {
        let Some(entry) = self.entries.iter().find(|it| &*it.key == key) else { return Ok(()) };
        self.asked.insert(key.to_owned());
        let message = format!("“{}”中有未知的键“{key}”", self.what);
        let finding = Finding::new(&codes::UNKNOWN_KEY, message).hint(hint).at(entry.key_origin);
        Err(self.report.error(finding))
    }

    /// A text, if given.
    pub fn text(&mut self, key: &str) -> Option<LocatedText> {
        let node = self.node(key)?;
        read_text(node, key, self.report).ok()
    }

    /// A text that has to be there.
    ///
    /// # Errors
    /// If it is absent, empty or no text.
    pub fn required_text(&mut self, key: &str) -> Result<LocatedText, Reported> {
        let node = self.required_node(key)?;
        read_text(node, key, self.report)
    }

    /// Yes or no, if given: `true`, `yes`, `是`, `false`, `no`, `否`.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        match scalar(node).map(str::to_lowercase).as_deref() {
            Some("true" | "yes" | "是") => Some(true),
            Some("false" | "no" | "否") => Some(false),
            _ => {
                wrong_kind(node, &format!("“{key}”应为 true 或 false"), self.report);
                None
            }
        }
    }

    /// A whole number, if given.
    pub fn integer(&mut self, key: &str) -> Option<i64> {
        let node = self.node(key)?;
        let number = scalar(node).and_then(|it| it.parse().ok());
        if number.is_none() {
            wrong_kind(node, &format!("“{key}”应为整数"), self.report);
        }
        number
    }

    /// A whole number from 0 to a million, if given; the limit bounds the memory for what is counted.
    pub fn count(&mut self, key: &str) -> Option<usize> {
        self.count_to(key, 1_000_000)
    }

    /// A whole number from 0 to the given one, if given.
    pub fn count_to(&mut self, key: &str, most: usize) -> Option<usize> {
        let node = self.node(key)?;
        let number = scalar(node).and_then(|it| it.parse().ok()).filter(|it| *it <= most);
        if number.is_none() {
            wrong_kind(node, &format!("“{key}”应为0至{most}的整数"), self.report);
        }
        number
    }

    /// The items of a list; empty if it is absent. A single value counts as a list of one.
    pub fn list(&mut self, key: &str) -> &'n [Node] {
        match self.node(key) {
            None => &[],
            Some(Node { kind: NodeKind::List(items), .. }) => items,
            Some(node) => std::slice::from_ref(node),
        }
    }

    /// The texts of a list; empty if it is absent. A single text counts as a list of one.
    pub fn texts(&mut self, key: &str) -> Vec<LocatedText> {
        let nodes = self.list(key);
        nodes.iter().filter_map(|it| read_text(it, key, self.report).ok()).collect()
    }

    /// The entries of a mapping whose keys are free names; empty if it is absent.
    pub fn map(&mut self, key: &str) -> &'n [Entry] {
        match self.node(key) {
            None => &[],
            Some(Node { kind: NodeKind::Map(entries), .. }) => entries,
            Some(node) => {
                wrong_kind(node, &format!("“{key}”应为键值"), self.report);
                &[]
            }
        }
    }

    /// The keys that nobody asked for yet, each with its place; they count as asked for from now on.
    pub fn others(&mut self) -> Vec<LocatedText> {
        let others = self.entries.iter().filter(|it| !self.asked.contains(&*it.key));
        let others: Vec<_> =
            others.map(|it| LocatedText { text: it.key.clone(), origin: it.key_origin }).collect();
        self.asked.extend(others.iter().map(|it| it.text.to_string()));
        others
    }

    /// Reports every key that was never asked for, with the nearest one that was; a key that is missing and another that is
    /// only its misspelling are one fault.
    pub fn finish(&mut self) {
        let missing = std::mem::take(&mut self.missing);
        let n_missing = missing.len();
        let mut meant_keys = BTreeSet::new();
        for (key, at) in missing {
            let unknown: Vec<&Entry> =
                self.entries.iter().filter(|it| !self.asked.contains(&*it.key)).collect();
            let near = nearest(&key, unknown.iter().map(|it| &*it.key));
            // The only other key in Chinese will be what a clerk calls this one.
            let only =
                unknown.first().filter(|it| n_missing == 1 && unknown.len() == 1 && !it.key.is_ascii());
            let only = only.map(|it| &*it.key);
            let meant = unknown.into_iter().find(|it| Some(&*it.key) == near.or(only));
            let Some(finding) = self.report.findings_mut().get_mut(at) else { continue };
            let (hint, place) = match meant {
                Some(entry) => (format!("是否把“{key}”误写成了“{}”？", entry.key), entry.key_origin),
                None => (format!("请补上“{key}: ”及其内容"), self.origin),
            };
            (finding.hint, finding.origin) = (Some(hint), Some(place));
            meant_keys.extend(meant.map(|it| it.key.clone()));
        }
        let is_known = |key: &Arc<str>| self.asked.contains(&**key) || meant_keys.contains(key);
        for entry in self.entries.iter().filter(|it| !is_known(&it.key)) {
            let known = || self.asked.iter().map(String::as_str);
            let hint = match nearest(&entry.key, known()) {
                Some(near) => format!("是否应为“{near}”？"),
                None => format!("此处可用的键：{}", known().collect::<Vec<_>>().join("、")),
            };
            let message = format!("“{}”中有未知的键“{}”", self.what, entry.key);
            self.report.push(Finding::new(&codes::UNKNOWN_KEY, message).hint(hint).at(entry.key_origin));
        }
    }
}

/// The candidate that a word was probably meant to be: at most every second of its characters wrong,
/// and at most three. Of equally near ones the first.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(word, it), it))
        .filter(|(distance, it)| *distance <= 3 && distance * 2 <= length.min(it.chars().count()))
        .min_by_key(|it| it.0)
        .map(|it| it.1)
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar(text) => Some(text.trim()),
        _ => None,
    }
}

fn read_text(node: &Node, key: &str, report: &mut Report) -> Result<LocatedText, Reported> {
    match &node.kind {
        NodeKind::Scalar(text) => Ok(LocatedText { text: text.clone(), origin: node.origin }),
        _ => Err(wrong_kind(node, &format!("“{key}”应为文字"), report)),
    }
}

/// Reports a value of the wrong kind. A mapping whose colon is full-width reads as plain text.
fn wrong_kind(node: &Node, message: &str, report: &mut Report) -> Reported {
    let mut finding =
        Finding::new(&codes::WRONG_KIND, format!("{message}，实为{}", kind_name(&node.kind))).at(node.origin);
    if let NodeKind::Scalar(text) = &node.kind {
        finding = finding.value(text.chars().take(40).collect::<String>());
        if text.contains('：') {
            finding = finding.hint("键后的冒号若是全角“：”，请改为半角冒号加一个空格“: ”");
        } else if text.contains(':') {
            finding = finding.hint("键后的冒号之后要有一个空格");
        }
    }
    report.error(finding)
}

fn kind_name(kind: &NodeKind) -> &'static str {
    match kind {
        NodeKind::Null => "空",
        NodeKind::Scalar(_) => "文字",
        NodeKind::List(_) => "列表",
        NodeKind::Map(_) => "键值",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Content, Limits, read};
    use finding::Sources;

    fn node(text: &str) -> Node {
        match read(text.as_bytes(), "a.yaml", Sources::default().add("a.yaml"), &Limits::standard()).content {
            Some(Content::Tree(node)) => node,
            other => panic!("{other:?}"),
        }
    }

    fn found(report: &Report) -> Vec<(&str, &str)> {
        report.findings().iter().map(|it| (&*it.code, it.hint.as_deref().unwrap_or(""))).collect()
    }

    #[test]
    fn what_is_given_is_read_and_what_was_not_asked_for_is_reported_with_the_nearest_key() {
        let node = node("title: 党员\nrequired: yes\nlimit: 300\nsynonims: [甲]\nnotes: 姓名\n颜色: 红\n");
        let mut report = Report::default();
        let mut fields = Fields::new(&node, "字段", &mut report).unwrap();
        assert_eq!(&*fields.required_text("title").unwrap().text, "党员");
        assert_eq!(fields.flag("required"), Some(true));
        assert_eq!(fields.integer("limit"), Some(300));
        assert_eq!(&*fields.texts("notes")[0].text, "姓名");
        assert!(fields.list("synonyms").is_empty() && fields.text("unit").is_none());
        fields.finish();
        let wanted = [
            ("unknown-key", "是否应为“synonyms”？"),
            ("unknown-key", "此处可用的键：limit、notes、required、synonyms、title、unit"),
        ];
        assert_eq!(found(&report), wanted);
    }

    #[test]
    fn every_fault_goes_into_the_one_report_also_from_a_mapping_within() {
        let node = node("年度: 去年\n范围: {起: [1]}\n启用: 也许\n清单: 甲：乙\n空:\n");
        let mut report = Report::default();
        let mut outer = Fields::new(&node, "项目文件", &mut report).unwrap();
        assert_eq!(outer.integer("年度"), None);
        let range = outer.required_node("范围").unwrap();
        let mut inner = Fields::new(range, "范围", outer.report()).unwrap();
        assert!(inner.required_text("起").is_err() && inner.required_text("止").is_err());
        inner.finish();
        assert_eq!(outer.flag("启用"), None);
        assert!(outer.map("清单").is_empty() && outer.required_node("空").is_err());
        outer.finish();
        let codes: Vec<_> = found(&report).into_iter().map(|it| it.0).collect();
        assert_eq!(
            codes,
            ["wrong-kind", "wrong-kind", "missing-key", "wrong-kind", "wrong-kind", "missing-key"]
        );
        assert!(found(&report)[4].1.contains("全角"));
    }

    #[test]
    fn a_missing_key_is_looked_for_among_those_nobody_asked_for() {
        let node = node("id: a\ntitel: 党员\nlabels: 姓名\n");
        let mut report = Report::default();
        let mut fields = Fields::new(&node, "表式", &mut report).unwrap();
        assert!(fields.text("labels").is_some() && fields.required_text("title").is_err());
        assert!(fields.required_text("label").is_err());
        let wanted = ["是否把“title”误写成了“titel”？", "请补上“label: ”及其内容"];
        assert_eq!(found(&report), wanted.map(|it| ("missing-key", it)));
    }

    #[test]
    fn a_key_that_is_missing_and_its_misspelling_are_one_fault() {
        for (text, wanted) in [
            ("id: a\ntitel: 党员\n", &[("missing-key", "是否把“title”误写成了“titel”？")][..]),
            // No other key is unknown, and no other is missing.
            ("id: a\n名称: 党员\n", &[("missing-key", "是否把“title”误写成了“名称”？")]),
            // What is asked for later is not misspelt, however near it is.
            ("id: a\ntitles: 党员\n", &[("missing-key", "请补上“title: ”及其内容")]),
            (
                "id: a\n名称: 党员\n颜色: 红\n",
                &[
                    ("missing-key", "请补上“title: ”及其内容"),
                    ("unknown-key", "此处可用的键：id、title、titles"),
                    ("unknown-key", "此处可用的键：id、title、titles"),
                ],
            ),
        ] {
            let (node, mut report) = (node(text), Report::default());
            let mut fields = Fields::new(&node, "表式", &mut report).unwrap();
            let _title = (fields.text("id"), fields.required_text("title"), fields.text("titles"));
            fields.finish();
            assert_eq!(found(&report), wanted, "{text}");
        }
    }

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("titel", ["unit", "title"]), Some("title"));
        assert_eq!(nearest("身份正号", ["身份证号", "姓名"]), Some("身份证号"));
        assert_eq!(nearest("姓明", ["姓名", "性别"]), Some("姓名"));
        assert_eq!(nearest("备注", ["姓名", "性别"]), None);
        assert_eq!(nearest("id", ["no"]), None);
    }
}
