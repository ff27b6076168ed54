//! Next year's blank for a form that there is already: places are known again by their labels.

use std::fmt::Write;

use annex::{Address, Blank, Place, PlaceKind};
use serde_json::Value as Json;

use super::Drafting;
use super::written::quoted;
use crate::forms::prescribed::places::UNDECIDED;
use source::{Entry, Node, NodeKind};

/// A form for next year's blank, with what became of each place.
#[derive(Debug)]
pub struct Again {
    /// `form.yaml`.
    pub yaml: String,
    /// The places of both blanks.
    pub matches: Vec<Match>,
    /// Those of the new one that are left for the hand, as they were.
    pub left: Vec<Address>,
}

/// What became of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// It stands where it stood.
    Same(Address, String),
    /// It stands elsewhere.
    Moved {
        /// Where it stood.
        from: Address,
        /// Where it stands.
        to: Address,
        /// Its label.
        label: String,
    },
    /// Its label is there, but it is of another kind now, or has more gaps.
    Changed(Address, String),
    /// It is not there any more.
    Gone(Address, String),
    /// It was not there before.
    New(Address, String),
}

/// The keys that belong to the blank, and are written anew.
const OWN: [&str; 5] = ["draft", "id", "blank", "sha256", "places"];

/// Binds a form to next year's blank: what was declared for a place goes to the one with its label.
pub fn again(drafting: Drafting<'_>, declared: &Node, old: &Blank) -> Again {
    let NodeKind::Map(entries) = &declared.kind else {
        return Again { yaml: String::new(), matches: Vec::new(), left: Vec::new() };
    };
    let items = entries.iter().find(|it| &*it.key == "places").map(|it| &it.value.kind);
    let items: &[Node] = if let Some(NodeKind::List(items)) = items { items } else { &[] };
    let mut known: Vec<(Address, &Node, bool)> =
        items.iter().filter_map(|it| Some((at(it)?, it, false))).collect();
    let mut text = head(drafting, entries);
    let (mut matches, mut left) = (Vec::new(), Vec::new());
    text.push_str("places:\n");
    for place in drafting.blank.places() {
        let label = crate::forms::prescribed::shown(place);
        let found =
            known.iter_mut().find(|it| !it.2 && old.place(it.0).is_some_and(|old| same_label(old, place)));
        let _ = write!(text, "\n  - at: {}\n    label: {}\n", place.at, quoted(&label));
        let Some((from, node, taken)) = found else {
            let _ = writeln!(text, "    leave: {UNDECIDED}    # 新增的位置：请改为填什么，或写明由谁手填");
            matches.push(Match::New(place.at, label));
            continue;
        };
        *taken = true;
        if !old.place(*from).is_some_and(|old| same_kind(old, place)) {
            text.push_str("    # 该处的形式变了（空的个数、选项或列不同）：请核对下面的写法\n");
            matches.push(Match::Changed(place.at, label.clone()));
        } else if *from == place.at {
            matches.push(Match::Same(place.at, label.clone()));
        } else {
            matches.push(Match::Moved { from: *from, to: place.at, label: label.clone() });
        }
        let NodeKind::Map(rule) = &node.kind else { continue };
        if rule.iter().any(|it| &*it.key == "leave") {
            left.push(place.at);
        }
        for it in rule.iter().filter(|it| !matches!(&*it.key, "at" | "label")) {
            let _ = writeln!(text, "    {}: {}", it.key, flow(&it.value));
        }
    }
    let gone = known.iter().filter(|it| !it.2);
    matches.extend(gone.map(|it| Match::Gone(it.0, label_of(it.1))));
    Again { yaml: text, matches, left }
}

fn head(Drafting { file, sha256, id, .. }: Drafting<'_>, entries: &[Entry]) -> String {
    let mut text = format!(
        "# 由“{file}”按上次的声明重新对照而成。请核对移动过、变过和新增的位置，再删去下面的 draft: true。\ndraft: true\nid: {}\n",
        quoted(id)
    );
    for it in entries.iter().filter(|it| !OWN.contains(&&*it.key)) {
        let _ = writeln!(text, "{}: {}", it.key, flow(&it.value));
    }
    let _ = write!(text, "blank: {}\nsha256: {sha256}\n", quoted(file));
    text
}

fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    match &entries.iter().find(|it| &*it.key == key)?.value.kind {
        NodeKind::Scalar(text) => Some(text),
        _ => None,
    }
}

fn at(node: &Node) -> Option<Address> {
    Address::read(text_of(node, "at")?).ok()
}

fn label_of(node: &Node) -> String {
    text_of(node, "label").unwrap_or_default().to_owned()
}

fn same_label(old: &Place, new: &Place) -> bool {
    let is_of = |it: &Place| std::mem::discriminant(&it.at.spot);
    old.label == new.label
        && is_of(old) == is_of(new)
        && crate::forms::prescribed::shown(old) == crate::forms::prescribed::shown(new)
}

fn same_kind(old: &Place, new: &Place) -> bool {
    match (&old.kind, &new.kind) {
        (PlaceKind::Text(old), PlaceKind::Text(new)) => {
            old.iter().map(crate::forms::prescribed::told).eq(new.iter().map(crate::forms::prescribed::told))
        }
        (PlaceKind::Rows(old), PlaceKind::Rows(new)) => old == new,
        (old, new) => old == new,
    }
}

/// A node as YAML takes it on one line.
fn flow(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Scalar(text) => scalar(text),
        NodeKind::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        NodeKind::Map(entries) => {
            let parts = entries.iter().map(|it| format!("{}: {}", scalar(&it.key), flow(&it.value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
    }
}

fn scalar(text: &str) -> String {
    let plain = !text.is_empty() && text.chars().all(|it| it.is_alphanumeric() || matches!(it, '.' | '_'));
    if plain { text.to_owned() } else { Json::String(text.to_owned()).to_string() }
}
