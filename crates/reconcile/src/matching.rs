//! Which records of two lists are the same: by the surest key first, and by each other only what is left.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::declaration::{Comparison, Key};
use dataset::RecordId;

/// One of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// This project's.
    Here,
    /// The other one.
    There,
}

/// Two records that are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The record of this list.
    pub here: RecordId,
    /// That of the other one.
    pub there: RecordId,
    /// The index of the key by which they are the same.
    pub key: usize,
}

/// A record of which the same list has another one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice {
    /// The list.
    pub which: Which,
    /// The earlier record, which counts.
    pub first: RecordId,
    /// The record.
    pub again: RecordId,
    /// The index of the key by which they are the same.
    pub key: usize,
}

/// What is the same and what is left.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) pairs: Vec<Pair>,
    pub(super) only_here: Vec<RecordId>,
    pub(super) only_there: Vec<RecordId>,
    pub(super) twice: Vec<Twice>,
}

/// So many things that two records say differently, and none alike, show that they are not the same.
const N_DIFFERENT: usize = 2;

/// Finds the records that are the same.
pub(super) fn find(comparison: &Comparison, sides: [&Side; 2]) -> Matched {
    let mut twice = Vec::new();
    let mut left: [BTreeSet<RecordId>; 2] = sides.map(|it| it.records().collect());
    for (at, _) in comparison.keys.iter().enumerate().filter(|it| it.1.is_unique) {
        for ((side, which), left) in sides.into_iter().zip([Which::Here, Which::There]).zip(&mut left) {
            for (first, again) in repeated(comparison, at, side, left) {
                left.remove(&again);
                twice.push(Twice { which, first, again, key: at });
            }
        }
    }
    twice.sort_by_key(|it| (it.which, it.again));
    let mut pairs = Vec::new();
    for at in 0..comparison.keys.len() {
        let found = same_by(comparison, at, sides, &left);
        for Pair { here, there, .. } in &found {
            left[0].remove(here);
            left[1].remove(there);
        }
        pairs.extend(found);
    }
    pairs.sort_by_key(|it| it.here);
    let [only_here, only_there] = left.map(|it| it.into_iter().collect());
    Matched { pairs, only_here, only_there, twice }
}

/// The records of a list by what a key says of them.
fn by_key(key: &Key, side: &Side, records: &BTreeSet<RecordId>) -> BTreeMap<Vec<String>, Vec<RecordId>> {
    let mut found: BTreeMap<Vec<String>, Vec<RecordId>> = BTreeMap::new();
    for record in records {
        let said: Option<Vec<String>> = key.fields.iter().map(|it| side.said(*record, it)).collect();
        if let Some(said) = said {
            found.entry(said).or_default().push(*record);
        }
    }
    found
}

/// Records that bear what an earlier one bears and nobody else should, each with that one.
/// Who bears it by a slip, and is somebody else, is not the same.
fn repeated(
    comparison: &Comparison,
    at: usize,
    side: &Side,
    records: &BTreeSet<RecordId>,
) -> Vec<(RecordId, RecordId)> {
    let mut found = Vec::new();
    for group in by_key(&comparison.keys[at], side, records).into_values() {
        let Some((first, rest)) = group.split_first() else { continue };
        let pair = |again: &RecordId| Pair { here: *first, there: *again, key: at };
        let is_again = |it: &&RecordId| is_likely(comparison, at, [side, side], pair(it));
        found.extend(rest.iter().filter(is_again).map(|again| (*first, *again)));
    }
    found
}

/// The pairs that a key tells: whoever bears it alone in either list.
fn same_by(
    comparison: &Comparison,
    at: usize,
    [here, there]: [&Side; 2],
    [left_here, left_there]: &[BTreeSet<RecordId>; 2],
) -> Vec<Pair> {
    let key = &comparison.keys[at];
    let others = by_key(key, there, left_there);
    let pair = |(said, own): (Vec<String>, Vec<RecordId>)| {
        let ([here_one], [there_one]) = (&own[..], others.get(&said)?.as_slice()) else { return None };
        let pair = Pair { here: *here_one, there: *there_one, key: at };
        is_likely(comparison, at, [here, there], pair).then_some(pair)
    };
    by_key(key, here, left_here).into_iter().filter_map(pair).collect()
}

/// Whether nothing speaks against two records that a key takes for the same: days that cannot be one, or much else that is
/// different and nothing alike. The surest key is believed.
fn is_likely(comparison: &Comparison, at: usize, [here, there]: [&Side; 2], pair: Pair) -> bool {
    let key = &comparison.keys[at];
    let differs_in_day = |id: &str| match (here.date(pair.here, id), there.date(pair.there, id)) {
        (Some(a), Some(b)) => a.same_day(&b) == Some(false),
        _ => false,
    };
    if key.fields.iter().any(|it| differs_in_day(it)) {
        return false;
    }
    let own: BTreeSet<&str> = key.fields.iter().map(|it| &**it).collect();
    let others: BTreeSet<&str> = comparison.keys.iter().flat_map(|it| &it.fields).map(|it| &**it).collect();
    let (mut n_alike, mut n_different) = (0_usize, 0_usize);
    // Many share a branch: it tells nobody from another.
    let place = comparison.near.place.as_deref();
    for id in others.difference(&own).filter(|it| Some(**it) != place) {
        if let (Some(a), Some(b)) = (here.said(pair.here, id), there.said(pair.there, id)) {
            let counted = if a == b { &mut n_alike } else { &mut n_different };
            *counted = counted.saturating_add(1);
        }
    }
    at == 0 || n_alike > 0 || n_different < N_DIFFERENT
}
