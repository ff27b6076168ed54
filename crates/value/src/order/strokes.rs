//! Characters by their strokes: by count, then by the kinds 横 竖 撇 点 折 in the order of writing.
//!
//! `../data/strokes.txt` has a line for each count with the characters of 通用规范汉字表 that have so
//! many, in that order; `../data/stroke_counts.txt` has the counts of all others.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a character is compared by: strokes, place among those with as many, code point. Those
/// outside the table come after those in it, and what has no strokes comes last.
pub(super) type Weight = (u8, u16, char);

/// The weights of a text's characters.
pub(super) fn weights(text: &str) -> Vec<Weight> {
    text.chars().map(weight).collect()
}

fn weight(c: char) -> Weight {
    match TABLE.get(&c) {
        Some(&(strokes, place)) => (strokes, place, c),
        None => (count(c).unwrap_or(u8::MAX), u16::MAX, c),
    }
}

static TABLE: LazyLock<BTreeMap<char, (u8, u16)>> = LazyLock::new(|| {
    let lines = (1..).zip(include_str!("../data/strokes.txt").lines());
    lines
        .flat_map(|(strokes, line)| (0..).zip(line.chars()).map(move |(place, c)| (c, (strokes, place))))
        .collect()
});

/// The runs of stroke counts by their first code point; a count is a character from `0` upwards.
static COUNTS: LazyLock<BTreeMap<u32, &str>> = LazyLock::new(|| {
    let run = |line: &'static str| {
        let (start, counts) = line.split_once(' ')?;
        Some((u32::from_str_radix(start, 16).ok()?, counts))
    };
    include_str!("../data/stroke_counts.txt").lines().filter_map(run).collect()
});

fn count(c: char) -> Option<u8> {
    let point = u32::from(c);
    let (start, counts) = COUNTS.range(..=point).next_back()?;
    let mark = counts.as_bytes().get(usize::try_from(point - start).ok()?)?;
    mark.checked_sub(b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_table_has_its_strokes_once() {
        assert_eq!(TABLE.len(), 8105);
        for (c, strokes) in [('一', 1), ('丁', 2), ('王', 4), ('張', 11), ('𫞩', 14), ('䴙', 18), ('龘', 48)]
        {
            assert_eq!(weight(c).0, strokes, "{c}");
        }
        assert_eq!(weight('A'), (u8::MAX, u16::MAX, 'A'));
    }
}
