//! Two versions of regulations, set against each other article by article.

mod form;
mod marks;
mod matching;
mod pieces;

pub use form::ComparisonForm;
pub use marks::{Mark, Marked};

use std::sync::Arc;

use self::marks::{marked, whole, words};
use self::matching::{Candidate, matches};
use self::pieces::{Piece, pieces};
use super::diction::Diction;
use super::model::Regulation;
use value::fold;

/// The comparison of two collections, or of two regulations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The regulations, in the order of the new collection, then those that are no longer there.
    pub pairs: Vec<Pair>,
}

/// A regulation in its two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Its title; the new one, if there are two.
    pub title: Arc<str>,
    /// Whether it stands in both collections, or in one.
    pub kind: ChangeKind,
    /// What differs, in the order of the new text; empty if nothing does.
    pub changes: Vec<Change>,
    /// How many articles (or other pieces) are the same in both.
    pub n_same: usize,
}

/// An article that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How it differs.
    pub kind: ChangeKind,
    /// How it stood.
    pub old: Option<Side>,
    /// How it stands.
    pub new: Option<Side>,
    /// What became of it, in words: 将“3人”改为“5人”.
    pub note: String,
}

/// One version of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// 第三条, 附件1　第二条, 标题; empty for a paragraph without a number.
    pub label: String,
    /// Its text, with what differs marked.
    pub text: Vec<Marked>,
}

/// How something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Its words changed, and perhaps its place.
    Changed,
    /// Its words are the same; its number or place is another.
    Moved,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// Compares two collections. Regulations are matched by title, then by document number, then by likeness of their titles;
/// two single regulations belong together whatever they are called.
pub fn compare(
    (old, new): (&[Regulation], &[Regulation]),
    form: &ComparisonForm,
    diction: &Diction,
) -> Comparison {
    let matched = match (old, new) {
        ([_], [_]) => vec![Some(0)],
        _ => matches(&candidates(old, diction), &candidates(new, diction)),
    };
    let mut pairs: Vec<Pair> =
        new.iter().zip(&matched).map(|(new, at)| pair(at.and_then(|it| old.get(it)), new, form)).collect();
    let is_gone = |idx: &usize| !matched.contains(&Some(*idx));
    pairs.extend((0..old.len()).filter(is_gone).filter_map(|it| old.get(it)).map(|it| gone(it, form)));
    Comparison { pairs }
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.pairs.iter().all(|it| it.changes.is_empty())
    }

    /// How many changes of a kind there are.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.pairs.iter().flat_map(|it| &it.changes).filter(|it| it.kind == kind).count()
    }
}

/// Titles without what a revision adds to them.
fn candidates(regulations: &[Regulation], diction: &Diction) -> Vec<Candidate> {
    let candidate = |it: &Regulation| Candidate {
        class: 0,
        name: it.head.number.as_ref().map_or_else(String::new, |it| fold(&it.text)),
        text: diction.bare_title(&fold(it.title())),
    };
    regulations.iter().map(candidate).collect()
}

fn pair(old: Option<&Regulation>, new: &Regulation, form: &ComparisonForm) -> Pair {
    let title = new.title().clone();
    let Some(old) = old else {
        let changes = pieces(new, form).iter().map(added).collect();
        return Pair { title, kind: ChangeKind::Added, changes, n_same: 0 };
    };
    let (old, new) = (pieces(old, form), pieces(new, form));
    let candidate = |it: &Piece| Candidate { class: it.class, name: it.label.clone(), text: it.text.clone() };
    let (before, after): (Vec<_>, Vec<_>) =
        (old.iter().map(candidate).collect(), new.iter().map(candidate).collect());
    let matched = matches(&before, &after);
    // A removed piece stands behind the new place of the last one before it that is still there.
    let place =
        |idx: usize| matched.iter().rposition(|it| it.is_some_and(|it| it < idx)).map_or(0, |it| it + 1);
    let mut rows: Vec<((usize, usize), Change)> = Vec::new();
    for (at, (piece, from)) in new.iter().zip(&matched).enumerate() {
        let change = match from.and_then(|it| old.get(it)) {
            None => Some(added(piece)),
            Some(from) => changed(from, piece),
        };
        rows.extend(change.map(|it| ((at + 1, 0), it)));
    }
    let n_changed = rows.len();
    let is_gone = |idx: &usize| !matched.contains(&Some(*idx));
    rows.extend((0..old.len()).filter(is_gone).map(|idx| ((place(idx), idx + 1), removed(&old[idx]))));
    rows.sort_by_key(|it| it.0);
    let changes = rows.into_iter().map(|it| it.1).collect();
    Pair { title, kind: ChangeKind::Changed, changes, n_same: new.len() - n_changed }
}

fn gone(old: &Regulation, form: &ComparisonForm) -> Pair {
    let changes = pieces(old, form).iter().map(removed).collect();
    Pair { title: old.title().clone(), kind: ChangeKind::Removed, changes, n_same: 0 }
}

fn added(new: &Piece) -> Change {
    let side = Side { label: new.label.clone(), text: whole(&new.text, Mark::Added) };
    Change { kind: ChangeKind::Added, old: None, new: Some(side), note: format!("新增{}", new.label) }
}

fn removed(old: &Piece) -> Change {
    let side = Side { label: old.label.clone(), text: whole(&old.text, Mark::Removed) };
    Change { kind: ChangeKind::Removed, old: Some(side), new: None, note: format!("删去{}", old.label) }
}

/// What changed between two versions of a piece, if anything did.
fn changed(old: &Piece, new: &Piece) -> Option<Change> {
    let moved = (old.label != new.label).then(|| format!("原{}改为{}", named(&old.label), named(&new.label)));
    let (kind, (before, after), told) = if old.text == new.text {
        moved.as_ref()?;
        let same = || whole(&new.text, Mark::Same);
        (ChangeKind::Moved, (same(), same()), Some("内容未变".to_owned()))
    } else {
        // A number or a date is replaced as a whole.
        let sides = match new.class {
            pieces::HEAD => (whole(&old.text, Mark::Removed), whole(&new.text, Mark::Added)),
            _ => marked(&old.text, &new.text),
        };
        let told = words(&sides);
        (ChangeKind::Changed, sides, Some(told))
    };
    let note = moved.into_iter().chain(told).collect::<Vec<_>>().join("，");
    let side = |label: &str, text| Some(Side { label: label.to_owned(), text });
    Some(Change { kind, old: side(&old.label, before), new: side(&new.label, after), note })
}

fn named(label: &str) -> &str {
    if label.is_empty() { "无序号的一段" } else { label }
}
