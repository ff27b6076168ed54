//! In which documents a fact is printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::drafts::Background;
use facts::Seat;

/// Facts with what they are narrowed to, and the documents that print them.
pub(super) struct Printed<'a>(BTreeMap<(&'a str, Option<Seat>), BTreeSet<&'a str>>);

impl<'a> Printed<'a> {
    /// The facts of the texts.
    pub(super) fn of(behind: &'a Background) -> Self {
        let mut places: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        for text in &behind.texts {
            for it in &text.figures {
                places.entry((&*it.fact, it.seat)).or_default().insert(&text.path);
            }
        }
        Self(places)
    }

    /// The facts, each with the seats for which it is printed.
    pub(super) fn facts(&self) -> impl Iterator<Item = (&'a str, Option<Seat>)> {
        self.0.keys().copied()
    }

    /// Where a fact is printed, in words.
    pub(super) fn places(&self, fact: &str, seat: Option<Seat>) -> String {
        let places = self.0.get(&(fact, seat));
        let name = |it: &&str| format!("《{}》", it.rsplit('/').next().unwrap_or(it));
        let first = places.and_then(|it| it.first()).map(name).unwrap_or_default();
        match places.map_or(0, BTreeSet::len) {
            0 | 1 => format!("数据项{fact}，印在{first}"),
            n => format!("数据项{fact}，印在{first}等{n}份"),
        }
    }
}
