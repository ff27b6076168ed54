//! Pasted prose: safe corrections are made and noted, everything else is only reported.

mod emoji;
mod invisible;
mod lost;
mod punctuation;
mod script;
mod spot;
mod suspects;
mod width;

pub use script::simplify;
pub use spot::{Spotted, spot};

use std::sync::Arc;

use super::{Fault, Parsed, Raw, parse_text};
use finding::codes;

/// How a field wants its prose cleaned, beyond what is done for all prose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaning {
    /// Whether full-width letters and digits become half-width.
    pub width: Width,
    /// Whether marks beside Chinese become Chinese ones.
    pub punctuation: Punctuation,
    /// Words that may have come along with copied text; each is reported where it stands.
    pub suspect_words: Vec<Arc<str>>,
    /// The Latin words that may stand in the text; `None` lets any stand.
    pub latin_words: Option<Vec<Arc<str>>>,
}

/// The width of letters and digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// As it was written.
    #[default]
    AsWritten,
    /// Half: `２０１９` becomes `2019`.
    Half,
}

/// The form of brackets and marks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Punctuation {
    /// As it was written.
    #[default]
    AsWritten,
    /// Chinese beside Chinese: `(试行)` becomes `（试行）`.
    Chinese,
}

/// Parses text as [`parse_text`] does and cleans it: odd blanks, invisible characters and emoji, and
/// what the field asks for. One note tells all that was changed.
///
/// Reported and left alone: traditional characters, dates that lost their 年 or 月, suspect words.
///
/// # Errors
/// What an unreadable cell gives.
pub fn parse_prose(raw: &Raw, cleaning: &Cleaning) -> Result<Parsed<Arc<str>>, Fault> {
    let mut parsed = parse_text(raw)?;
    let Raw::Text(_) = raw else { return Ok(parsed) };
    let (text, changes) = clean(trim_lines(&parsed.value), cleaning);
    if !changes.is_empty() {
        parsed.notes.push(Fault::new(&codes::TEXT_TIDIED, changes.join("；"), "如不对，请在原表中更正。"));
    }
    parsed.notes.extend(script::mixed(&text));
    parsed.notes.extend(lost::dates(&text));
    parsed.notes.extend(lost::characters(&text));
    parsed.notes.extend(suspects::words(&text, &cleaning.suspect_words));
    parsed.notes.extend(cleaning.latin_words.iter().flat_map(|it| suspects::latin(&text, it)));
    parsed.value = text.into();
    Ok(parsed)
}

/// One kind of change: what it does, and the text after it, or `None` if it finds nothing to do.
type Step = (&'static str, fn(&str) -> Option<String>);

/// Applies the steps that are wanted; each change is told with what stood there before and after.
fn clean(text: String, cleaning: &Cleaning) -> (String, Vec<String>) {
    let always: [Step; 3] = [
        ("去掉不可见字符", invisible::removed),
        ("特殊空格改为普通空格", invisible::plain_blanks),
        ("去掉表情符号", emoji::removed),
    ];
    let half: Step = ("全角字母数字改为半角", width::halved);
    let chinese: Step = ("标点改为中文标点", punctuation::chinese);
    let wanted = [
        (cleaning.width == Width::Half).then_some(half),
        (cleaning.punctuation == Punctuation::Chinese).then_some(chinese),
    ];
    let mut text = text;
    let mut changes = Vec::new();
    for (what, step) in always.into_iter().chain(wanted.into_iter().flatten()) {
        // A cell that would be left empty says something with its signs: it stays.
        let Some(after) = step(&text).filter(|it| !it.trim().is_empty()) else { continue };
        let (shown_before, shown_after) = excerpts(&text, &after);
        changes.push(format!("{what}：“{shown_before}”改为“{shown_after}”"));
        text = after;
    }
    (text, changes)
}

/// Trims every line: indents are made by the layout.
fn trim_lines(text: &str) -> String {
    text.lines().map(super::text::trim).collect::<Vec<_>>().join("\n")
}

/// The surroundings of the first difference of two texts, with invisible characters made visible.
fn excerpts(before: &str, after: &str) -> (String, String) {
    const N_LEADING: usize = 6;
    const N_TRAILING: usize = 8;
    let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let start = same.saturating_sub(N_LEADING);
    let shown = |text: &[char]| {
        let end = text.len().min(same + N_TRAILING);
        let visible: String = text[start..end].iter().map(|it| invisible::visible(*it)).collect();
        let (head, tail) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
        format!("{head}{visible}{tail}")
    };
    (shown(&before), shown(&after))
}

/// Whether a character is Chinese writing: an ideograph or 〇.
fn is_hanzi(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, cleaning: &Cleaning) -> (String, Vec<(&'static str, String)>) {
        let parsed = parse_prose(&Raw::text(text), cleaning).unwrap();
        let notes = parsed.notes.into_iter().map(|it| (it.code.name, it.message)).collect();
        (parsed.value.to_string(), notes)
    }

    #[test]
    fn plain_prose_is_left_alone() {
        for text in
            ["党支部按期换届，党员20人。", "依据 GB/T 9704（2012）①★", "第一段\n第二段", "ＱＱ群(试行)"]
        {
            assert_eq!(parsed(text, &Cleaning::default()), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn every_change_of_a_cell_stands_in_one_note() {
        let (text, notes) =
            parsed("　　全体\u{A0}党员\u{200B}参加🌮，反响很好。  \r\n　　完", &Cleaning::default());
        assert_eq!(text, "全体 党员参加，反响很好。\n完");
        assert_eq!(notes.len(), 1);
        let expected = "去掉不可见字符：“全体‹U+00A0›党员‹U+200B›参加🌮，反响很…”改为“全体‹U+00A0›党员参加🌮，反响很好…”；\
                        特殊空格改为普通空格：“全体‹U+00A0›党员参加🌮，反…”改为“全体 党员参加🌮，反…”；\
                        去掉表情符号：“…体 党员参加🌮，反响很好。↵…”改为“…体 党员参加，反响很好。↵完”";
        assert_eq!(notes[0], ("text-tidied", expected.to_owned()));
    }

    #[test]
    fn width_and_marks_change_only_where_the_field_asks() {
        let cleaning =
            Cleaning { width: Width::Half, punctuation: Punctuation::Chinese, ..Cleaning::default() };
        let (text, notes) = parsed("２０１９年(试行)有党员ＡＢ组", &cleaning);
        assert_eq!(text, "2019年（试行）有党员AB组");
        assert!(
            notes[0].1.contains("全角字母数字改为半角：“２０１９年(试行…”改为“2019年(试行…”"),
            "{notes:?}"
        );
    }

    #[test]
    fn a_cell_of_signs_only_keeps_them() {
        assert_eq!(parsed("✅", &Cleaning::default()), ("✅".to_owned(), vec![]));
    }

    #[test]
    fn what_cannot_be_known_is_reported_and_stays() {
        let cleaning = Cleaning { suspect_words: vec!["意昂4".into()], ..Cleaning::default() };
        let text = "经校意昂4常委会讨论，於520日召开黨员大会";
        let (kept, notes) = parsed(text, &cleaning);
        assert_eq!(kept, text);
        let codes: Vec<&str> = notes.iter().map(|it| it.0).collect();
        assert_eq!(codes, ["mixed-script", "date-incomplete-in-text", "suspect-word"]);
    }
}
