//! Who stands in one list only and may be somebody who stands in the other only: a number with a wrong digit or two exchanged,
//! a name with a wrong character. Only records that share something exactly are looked at, so that nobody is held against all.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::declaration::Comparison;
use dataset::RecordId;

/// Two records that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The record of this list.
    pub here: RecordId,
    /// That of the other one.
    pub there: RecordId,
    /// What is alike, the most telling first.
    pub signs: Vec<Sign>,
}

/// What is alike in two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// A number but for one digit, or two that are exchanged: by its index among those declared.
    Number(usize),
    /// The name.
    SameName,
    /// The name but for one character.
    NearName,
    /// The date of birth.
    Born,
    /// The branch.
    Place,
}

/// A shorter name tells nothing by one character that it shares with another.
const N_CHARS_NEAR: usize = 3;

/// Finds who may be whom.
pub(super) fn find(
    comparison: &Comparison,
    sides: [&Side; 2],
    [here, there]: [&[RecordId]; 2],
) -> Vec<Likeness> {
    let mut by_trait: BTreeMap<(usize, String), Vec<RecordId>> = BTreeMap::new();
    for record in there {
        for it in traits(comparison, sides[1], *record) {
            by_trait.entry(it).or_default().push(*record);
        }
    }
    let mut found = Vec::new();
    for record in here {
        let shared = traits(comparison, sides[0], *record);
        let others: BTreeSet<RecordId> =
            shared.iter().filter_map(|it| by_trait.get(it)).flatten().copied().collect();
        found.extend(others.into_iter().filter_map(|other| {
            let signs = signs(comparison, sides, (*record, other))?;
            Some(Likeness { here: *record, there: other, signs })
        }));
    }
    found
}

/// What records are found by that may be alike: numbers without any one of their digits, names with the branch, days of birth.
fn traits(comparison: &Comparison, side: &Side, record: RecordId) -> BTreeSet<(usize, String)> {
    let near = &comparison.near;
    let mut found = BTreeSet::new();
    for (at, id) in near.numbers.iter().enumerate() {
        if let Some(number) = side.said(record, id) {
            found.extend(without_one(&number).into_iter().map(|it| (at.saturating_add(3), it)));
        }
    }
    let Some(name) = side.said(record, &near.name) else { return found };
    found.insert((0, name.clone()));
    if let Some(born) = near.born.as_ref().and_then(|it| side.date(record, it)) {
        let surname: String = name.chars().take(1).collect();
        found.insert((1, format!("{} {surname}", born.iso())));
        found.extend(name.chars().last().map(|it| (1, format!("{} -{it}", born.iso()))));
    }
    let is_long = name.chars().count() >= N_CHARS_NEAR;
    let place = near.place.as_ref().filter(|_| is_long);
    if let Some(place) = place.and_then(|it| side.said(record, it)) {
        found.extend(without_one(&name).into_iter().map(|it| (2, format!("{place} {it}"))));
    }
    found
}

/// What two records have alike, if that tells anything.
fn signs(
    comparison: &Comparison,
    [here, there]: [&Side; 2],
    (a, b): (RecordId, RecordId),
) -> Option<Vec<Sign>> {
    let near = &comparison.near;
    let said = |id: &str| Some((here.said(a, id)?, there.said(b, id)?));
    let numbers: Vec<Option<bool>> =
        near.numbers.iter().map(|it| said(it).map(|(a, b)| is_near(&a, &b))).collect();
    let dates = near.born.as_ref().and_then(|it| Some((here.date(a, it)?, there.date(b, it)?)));
    let is_born = dates.and_then(|(a, b)| a.same_day(&b));
    let mut signs: Vec<Sign> = Vec::new();
    signs.extend(numbers.iter().enumerate().filter(|it| *it.1 == Some(true)).map(|it| Sign::Number(it.0)));
    let names = said(&near.name);
    let is_same = names.as_ref().is_some_and(|(a, b)| a == b);
    let is_near_name = !is_same && names.is_some_and(|(a, b)| is_near(&a, &b));
    let is_near_place = near.place.as_ref().and_then(|it| said(it)).is_some_and(|(a, b)| a == b);
    let others = [
        (is_same, Sign::SameName),
        (is_near_name, Sign::NearName),
        (is_born == Some(true), Sign::Born),
        (is_near_place, Sign::Place),
    ];
    signs.extend(others.into_iter().filter(|it| it.0).map(|it| it.1));
    let has = |sign: Sign| signs.contains(&sign);
    let has_number = signs.iter().any(|it| matches!(it, Sign::Number(_)));
    // Namesakes are many: a number or a day that cannot be of one and the same person tells them apart.
    let is_contradicted = numbers.first() == Some(&Some(false)) || is_born == Some(false);
    let is_telling = has(Sign::Number(0))
        || (has_number && (is_same || is_near_name || has(Sign::Born)))
        || (is_same && (has(Sign::Born) || !is_contradicted))
        || (is_near_name && (has(Sign::Born) || (is_near_place && !is_contradicted)));
    is_telling.then_some(signs)
}

/// Whether two texts differ in one character, or in two neighbours that are exchanged.
fn is_near(a: &str, b: &str) -> bool {
    a != b && strsim::osa_distance(a, b) == 1
}

/// A text without each of its characters in turn: two texts that differ in one, or in two neighbours that are exchanged,
/// share one of these.
fn without_one(text: &str) -> BTreeSet<String> {
    let places = text.char_indices().map(|(at, it)| (at, at.saturating_add(it.len_utf8())));
    let without = |(from, to): (usize, usize)| format!("{}{}", &text[..from], &text[to..]);
    // One that lacks a character of the other is itself what is left of that.
    places.map(without).chain([text.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_near_share_what_they_are_found_by() {
        for (a, b) in [
            ("20230015", "20230051"),
            ("20230015", "20230016"),
            ("2023001", "20230015"),
            ("王晓芳", "王小芳"),
        ] {
            assert!(is_near(a, b) && !without_one(a).is_disjoint(&without_one(b)), "{a} {b}");
        }
        for (a, b) in [("20230015", "20230015"), ("20230015", "20231016"), ("王晓芳", "李小芳")] {
            assert!(!is_near(a, b), "{a} {b}");
        }
    }
}
