//! What proof-reading looks for in running text, each with its place; nothing is changed.

use super::{excerpts, lost, punctuation, script};
use crate::Fault;
use finding::codes;

/// A fault and where it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spotted {
    /// The first of its characters, counted from zero.
    pub at: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// Finds traditional characters and half-width marks beside Chinese (once each, at the first), dates that
/// lost their 年 or 月, and marks that stand twice.
///
/// The brackets of document numbers are checked elsewhere.
pub fn spot(text: &str) -> Vec<Spotted> {
    let mut spotted: Vec<Spotted> = script::mixed(text)
        .map(|fault| Spotted { at: first_difference(text, &script::simplify(text)), fault })
        .into_iter()
        .collect();
    let dates = lost::places(text).into_iter();
    spotted.extend(dates.map(|(at, shown)| Spotted { at, fault: lost::fault(&shown) }));
    spotted.extend(half_width(text));
    spotted.extend(doubled(text));
    spotted
}

fn half_width(text: &str) -> Option<Spotted> {
    let numbered = punctuation::with_document_numbers(text);
    let chinese = punctuation::chinese(text).filter(|it| *it != numbered)?;
    let (before, after) = excerpts(&numbered, &chinese);
    let fault = Fault::new(
        &codes::PUNCTUATION_HALF_WIDTH,
        format!("中文中有半角标点：“{before}”似应为“{after}”"),
        "程序不作改动。请把该段中的半角标点和直引号改为中文标点。",
    );
    Some(Spotted { at: first_difference(&numbered, &chinese), fault })
}

/// Runs of marks of which only one can be meant: `。。`, `，，`, `。，`.
fn doubled(text: &str) -> Vec<Spotted> {
    let is_mark = |c: char| "，。；：、".contains(c);
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let run: String = chars[at..].iter().take_while(|it| is_mark(**it)).collect();
        let length = run.chars().count();
        if length > 1 {
            let fault = Fault::new(
                &codes::PUNCTUATION_DOUBLED,
                format!("标点重复：“{run}”"),
                "请只保留应当用的那一个。",
            );
            found.push(Spotted { at, fault });
        }
        at += length.max(1);
    }
    found
}

/// The number of characters that two texts have in common at their beginning.
fn first_difference(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, &'static str)> {
        spot(text).into_iter().map(|it| (it.at, it.fault.code.name)).collect()
    }

    #[test]
    fn each_fault_stands_at_its_first_character() {
        for (text, at, code) in [
            ("加强黨員教育。", 2, "mixed-script"),
            ("于2019年720日印发。", 1, "date-incomplete-in-text"),
            ("党员大会,每季度召开。", 4, "punctuation-half-width"),
            ("坚持(试行)办法", 2, "punctuation-half-width"),
            ("召开会议。。", 4, "punctuation-doubled"),
            ("召开会议，。另行通知", 4, "punctuation-doubled"),
        ] {
            assert_eq!(found(text), [(at, code)], "{text}");
        }
    }

    #[test]
    fn good_text_and_brackets_of_document_numbers_are_left_alone() {
        for text in ["按照“三会一课”……", "（一）坚持3.5%；GB/T 9704-2012", "示理工党[2023]12号", "什么？！"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
