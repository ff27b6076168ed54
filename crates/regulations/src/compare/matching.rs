//! Matches the pieces of the new text with those of the old one: by words, by number, by similarity.

use std::collections::BTreeMap;

/// Something to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Only candidates of one class match.
    pub(super) class: u8,
    /// Its number; empty if it bears none.
    pub(super) name: String,
    /// Its words.
    pub(super) text: String,
}

/// How alike the words of two pieces of one number must be, and those of pieces of different numbers, to be the same
/// piece: shares of the pairs of neighbouring characters.
const ALIKE: (f64, f64) = (0.3, 0.6);

/// For each new piece the index of the old one that it was, if it was one.
///
/// Pieces with the same words come first (among several the one with the same number, else the first), then those
/// with the same number that are alike, then the rest, the most alike first.
pub(super) fn matches(old: &[Candidate], new: &[Candidate]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    take(old, new, &mut found, |a, b| a.text == b.text && a.name == b.name);
    take(old, new, &mut found, |a, b| a.text == b.text && !a.text.is_empty());
    // Entries of the head (class 0) are what their name says, whatever stands there.
    let is_same = |a: &Candidate, b: &Candidate| {
        !a.name.is_empty() && a.name == b.name && (a.class == 0 || likeness(a, b) >= ALIKE.0)
    };
    take(old, new, &mut found, is_same);
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, it) in new.iter().enumerate().filter(|(at, _)| found[*at].is_none()) {
        let free = old
            .iter()
            .enumerate()
            .filter(|(idx, other)| other.class == it.class && !found.contains(&Some(*idx)));
        pairs.extend(free.map(|(idx, other)| (likeness(other, it), at, idx)).filter(|it| it.0 >= ALIKE.1));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, at, idx) in pairs {
        if found[at].is_none() && !found.contains(&Some(idx)) {
            found[at] = Some(idx);
        }
    }
    found
}

/// Matches what is still free and the same in some respect, in order.
fn take(
    old: &[Candidate],
    new: &[Candidate],
    found: &mut [Option<usize>],
    is_same: impl Fn(&Candidate, &Candidate) -> bool,
) {
    for (at, it) in new.iter().enumerate() {
        if found[at].is_some() {
            continue;
        }
        let is_free = |idx: usize| !found.contains(&Some(idx));
        let same = old
            .iter()
            .enumerate()
            .find(|(idx, other)| other.class == it.class && is_free(*idx) && is_same(other, it));
        found[at] = same.map(|it| it.0);
    }
}

/// The share of pairs of neighbouring characters that two texts have in common (Sørensen–Dice). The function of that name
/// in strsim counts bytes in one place and characters in another, which is wrong for Chinese.
fn likeness(a: &Candidate, b: &Candidate) -> f64 {
    let (a, b) = (neighbours(&a.text), neighbours(&b.text));
    let n_pairs = a.values().chain(b.values()).sum::<u32>();
    let n_common: u32 = a.iter().map(|(pair, n)| b.get(pair).map_or(0, |it| *it.min(n))).sum();
    if n_pairs == 0 { 0.0 } else { 2.0 * f64::from(n_common) / f64::from(n_pairs) }
}

fn neighbours(text: &str) -> BTreeMap<(char, char), u32> {
    let mut counts = BTreeMap::new();
    for pair in text.chars().zip(text.chars().skip(1)) {
        *counts.entry(pair).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(texts: &[(&str, &str)]) -> Vec<Candidate> {
        let candidate = |(name, text): &(&str, &str)| Candidate {
            class: 2,
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        };
        texts.iter().map(candidate).collect()
    }

    #[test]
    fn words_come_before_numbers_and_numbers_before_likeness() {
        let old = articles(&[
            ("第一条", "为了规范组织生活，制定本办法。"),
            ("第二条", "党支部每月召开一次支部委员会会议。"),
            ("第三条", "党员应当按时参加组织生活。"),
            ("第四条", "本办法由组织部解释。"),
        ]);
        let new = articles(&[
            ("第一条", "为了规范组织生活，根据党章，制定本办法。"),
            ("第二条", "学生党支部适用本办法。"),
            ("第三条", "党支部每月至少召开一次支部委员会会议。"),
            ("第四条", "党员应当按时参加组织生活。"),
            ("第五条", "解释权属于学校党委，自即日起施行，以往文件同时停用。"),
        ]);
        assert_eq!(matches(&old, &new), [Some(0), None, Some(1), Some(2), None]);
    }
}
