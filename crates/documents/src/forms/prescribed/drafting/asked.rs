//! The words by which labels are understood: `templates/forms/asked.yaml`.

use finding::{Report, Reported};
use project::Templates;
use source::{Declared, Fields, Node, NodeKind};
use value::fold_label;

/// By which words labels ask for what no record says: the institution, the day of filling in; and which words before a
/// title only say whom the form is about.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) asked: Vec<(Vec<String>, String)>,
    pub(super) whose: Vec<String>,
    /// What stands behind the name of what is counted: 党员 + 总数.
    pub(super) counted: Vec<String>,
    /// Words before the name of what is counted that say nothing: 其中.
    pub(super) loose: Vec<String>,
    /// Words before a date that is the end of a span: 至.
    pub(super) until: Vec<String>,
    /// Headings that say nothing of their own, so that the item before them is what is asked for: 完成时间.
    pub(super) mute: Vec<String>,
    /// What stands behind the name of a span for its beginning, and for its end.
    pub(super) starts: Vec<String>,
    pub(super) ends: Vec<String>,
    /// By which words a label names a record one relation away, by its table: 支部 of branches.
    pub(super) named: Vec<(String, Vec<String>)>,
}

impl Words {
    /// Reads them from `templates/forms/asked.yaml`.
    ///
    /// # Errors
    /// If anything in them is wrong; that has been reported.
    pub(super) fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let Some(root) = templates.tree("forms/asked.yaml", report)? else { return Ok(Self::default()) };
        <Self as Declared>::load(&root, &(), report)
    }
}

impl Declared for Words {
    const WHAT: &'static str = "表样栏目用词";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let asked = fields.required_parts::<Asked, ()>("asked", &());
        let named = fields.map("named").iter().map(|it| {
            let words = match &it.value.kind {
                NodeKind::List(items) => items.iter().filter_map(scalar).collect(),
                _ => Vec::new(),
            };
            (it.key.to_string(), words)
        });
        let named = named.collect();
        let [whose, counted, loose, until, starts, ends, mute] = KEYS.map(|key| {
            let words: Vec<std::sync::Arc<str>> = fields.strings(key);
            words.iter().map(|it| fold_label(it)).collect::<Vec<_>>()
        });
        let asked = fields.whole(asked)?;
        let asked = asked.into_iter().map(|it| (it.labels, it.value)).collect();
        Ok(Self { asked, whose, counted, loose, until, starts, ends, mute, named })
    }
}

/// Lists of words, by their keys.
const KEYS: [&str; 7] = ["whose", "counted", "loose", "until", "starts", "ends", "mute"];

fn scalar(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Scalar(text) => Some(fold_label(text)),
        _ => None,
    }
}

struct Asked {
    labels: Vec<String>,
    value: String,
}

impl Declared for Asked {
    const WHAT: &'static str = "栏目";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let labels = fields.required_strings::<Vec<std::sync::Arc<str>>>("labels");
        let value = fields.required_string("value");
        let (labels, value) = fields.whole((labels, value))?;
        Ok(Self { labels: labels.iter().map(|it| fold_label(it)).collect(), value: value.to_string() })
    }
}

/// A label without what stands in brackets, and without a number before it: 一、基本情况（300字以内） asks for 基本情况.
pub(super) fn without_brackets(label: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for letter in label.chars() {
        match letter {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    let is_number = |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it);
    match bare.split_once(['、', '.', '．']) {
        Some((number, rest)) if !number.is_empty() && number.chars().all(is_number) => rest.to_owned(),
        _ => bare,
    }
}
