//! Two lists of the same people are held together: who stands in one only and why, who in both but otherwise, who may be the
//! same under another name or number, and who stands in a list twice.
//!
//! Everything goes through indexes, so that lists of thousands take as long as reading them. What makes two records the same,
//! what is compared and which other tables say why somebody came or left is declared in `templates/comparisons/`.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod declaration;
mod words;
mod side;
mod matching;
mod differences;
mod near;
mod reasons;
mod book;

pub use book::describe;
pub use declaration::{Comparison, load_comparisons};
pub use differences::Difference;
pub use matching::{Pair, Twice, Which};
pub use near::Likeness;
pub use side::Side;
pub use words::Words;

use std::collections::BTreeSet;

use dataset::RecordId;
use facts::Frame;
use reasons::Explained;

/// Two lists, held together.
#[derive(Debug)]
pub struct Held {
    /// How many records this list and the other one have.
    pub counts: [usize; 2],
    /// Records of both lists that are the same.
    pub pairs: Vec<Pair>,
    /// Records that stand in this list only.
    pub came: Vec<Alone>,
    /// Records that stand in the other list only.
    pub left: Vec<Alone>,
    /// What differs in records that stand in both.
    pub differences: Vec<Difference>,
    /// Records of one list only that may be one of the other list only.
    pub near: Vec<Likeness>,
    /// Records of which the same list has another one before.
    pub twice: Vec<Twice>,
    /// How many values could not be compared, as nothing of them could be read.
    pub n_unread: usize,
}

/// A record that stands in one list only.
#[derive(Debug)]
pub struct Alone {
    /// The record.
    pub record: RecordId,
    /// Why, by the index of the declared reason and the record of this project that says so; none if nothing says why.
    pub why: Option<(usize, RecordId)>,
}

impl Held {
    /// Holds this list against another one.
    pub fn new(comparison: &Comparison, sides: [&Side; 2], frame: &Frame) -> Self {
        let [here, there] = sides;
        let matched = matching::find(comparison, sides);
        let (differences, n_unread) = differences::find(comparison, sides, &matched.pairs);
        let near = near::find(comparison, sides, [&matched.only_here, &matched.only_there]);
        let explained = Explained::new(comparison, here, frame);
        let alone = |records: Vec<RecordId>, which: Which| {
            let side = if which == Which::Here { here } else { there };
            let alone = |record| Alone { record, why: explained.why(record, side, which) };
            records.into_iter().map(alone).collect::<Vec<_>>()
        };
        Self {
            counts: sides.map(Side::n_records),
            came: alone(matched.only_here, Which::Here),
            left: alone(matched.only_there, Which::There),
            pairs: matched.pairs,
            differences,
            near,
            twice: matched.twice,
            n_unread,
        }
    }

    /// Whether both lists say the same.
    pub fn is_same(&self) -> bool {
        self.came.is_empty() && self.left.is_empty() && self.differences.is_empty() && self.twice.is_empty()
    }

    /// How many people differ in something.
    pub fn n_different(&self) -> usize {
        self.differences.iter().map(|it| it.here).collect::<BTreeSet<_>>().len()
    }

    /// How many records a list has beyond those that stand before them.
    pub fn n_twice(&self, which: Which) -> usize {
        self.twice.iter().filter(|it| it.which == which).count()
    }

    /// What the other list comes to with who came, less who left: as many as this list has, if nobody was lost on the way.
    pub fn account(&self) -> usize {
        let others =
            self.counts[1].saturating_sub(self.left.len()).saturating_sub(self.n_twice(Which::There));
        others.saturating_add(self.came.len()).saturating_add(self.n_twice(Which::Here))
    }

    /// How many came or left for each declared reason, and for none: with the index of the reason, the last without.
    pub fn by_reason(&self, which: Which, comparison: &Comparison) -> Vec<(Option<usize>, usize)> {
        let alone = if which == Which::Here { &self.came } else { &self.left };
        let count = |reason: Option<usize>| alone.iter().filter(|it| it.why.map(|it| it.0) == reason).count();
        let own = comparison.reasons.iter().enumerate().filter(|it| it.1.which == which);
        let known = own.map(|(at, _)| (Some(at), count(Some(at))));
        known.chain([(None, count(None))]).collect()
    }
}
