//! Numbers in the wording: digits, and Chinese numerals that count something.

use std::sync::Arc;

use super::printed::Wording;

/// The characters of Chinese numerals.
const NUMERALS: &str = "〇零一二三四五六七八九十百千万亿两";
/// What can be counted: words that stand behind a numeral if it is a figure.
const MEASURES: &[&str] = &[
    "个", "名", "人", "次", "场", "项", "篇", "件", "条", "户", "期", "门", "位", "支", "对", "份", "套",
    "本", "册", "笔", "处", "家", "轮", "节", "学时", "课时", "小时", "元", "年", "月", "日", "周", "天",
    "季度", "倍", "成", "余", "多",
];
/// 一 behind these is part of a word and counts nothing: 统一部署, 逐一对照.
const WORDS_IN_ONE: &str = "统逐进唯单专同之如第";

/// The numbers that a wording may contain: fixed sayings such as 七个有力.
#[derive(Debug, Clone, Default)]
pub struct Literals(Vec<Arc<str>>);

impl Literals {
    /// These sayings.
    pub fn new(sayings: impl IntoIterator<Item = Arc<str>>) -> Self {
        Self(sayings.into_iter().filter(|it| !it.is_empty()).collect())
    }

    /// The numbers in a wording that stand in no saying, each with its byte offset in the template.
    pub(super) fn violations(&self, wording: &Wording) -> Vec<(usize, String)> {
        let text = wording.text.as_str();
        let sayings = self.0.iter().flat_map(|it| text.match_indices(&**it));
        let allowed: Vec<_> = sayings.map(|(at, it)| at..at + it.len()).collect();
        let is_free = |(at, number): &(usize, String)| {
            !allowed.iter().any(|it| it.start <= *at && at + number.len() <= it.end)
        };
        let found = numbers(text).into_iter().filter(is_free);
        // What stands in a constant is told at the constant.
        found.map(|(at, number)| (wording.offset + if wording.is_exact { at } else { 0 }, number)).collect()
    }
}

/// The numbers in a text with their byte offsets.
fn numbers(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = rest.next() {
        let is_of_run: fn(char) -> bool = if is_digit(c) { is_digit } else { is_numeral };
        if !is_of_run(c) {
            before = Some(c);
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, it)) = rest.next_if(|(_, it)| is_of_run(*it)) {
            end = next + it.len_utf8();
        }
        let run = &text[at..end];
        if is_digit(c) {
            found.push((at, run.to_owned()));
        } else if let Some(measure) = counted(before, run, &text[end..]) {
            found.push((at, format!("{run}{measure}")));
        }
        before = run.chars().last();
    }
    found
}

/// What a numeral counts, if it counts anything.
fn counted(before: Option<char>, run: &str, behind: &str) -> Option<&'static str> {
    let is_ordinal = before == Some('第');
    let is_word = run.starts_with('一') && before.is_some_and(|it| WORDS_IN_ONE.contains(it));
    let is_while = run == "一" && behind.starts_with("年来");
    if is_ordinal || is_word || is_while {
        return None;
    }
    MEASURES.iter().copied().find(|it| behind.starts_with(it))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_numeral(c: char) -> bool {
    NUMERALS.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        numbers(text).into_iter().map(|it| it.1).collect()
    }

    #[test]
    fn numerals_count_before_a_measure_word_only() {
        assert_eq!(found("开展十二次，约百余人，走访三十户"), ["十二次", "百余", "三十户"]);
        assert!(found("第一次，统一条目，逐一对照，一是坚持，一年来，二十大，万众一心，三会一课").is_empty());
    }

    #[test]
    fn digits_always_count() {
        assert_eq!(found("自2024年1月"), ["2024", "1"]);
    }
}
