//! What is put into a place, and what that makes of its text: changes of characters and lines, before any byte is touched.

use std::ops::Range;

use super::fill::FillFault;
use super::gaps::{Choice, DateBlank, DatePart, Gap, GapKind};
use super::picture::Image;
use super::text::Paragraph;

/// What is put into a place.
#[derive(Debug, Clone)]
pub enum Content {
    /// A value for a blank cell; each line is a paragraph.
    Text(Value),
    /// An answer for each gap of a text, in their order; none leaves the gap as it is.
    Answers(Vec<Option<Answer>>),
    /// Rows, with a value for each heading.
    Rows(Vec<Vec<Value>>),
    /// The same; rows of the blank beyond them are taken out, but for one. Not in workbooks.
    OnlyRows(Vec<Vec<Value>>),
    /// A picture.
    Picture(Image),
}

/// A value as it is shown, and the number that it is: a sheet adds numbers, not texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Value {
    /// As it is shown.
    pub text: String,
    /// The number, if it is one.
    pub number: Option<f64>,
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self { text, number: None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// What is put into a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A text.
    Text(String),
    /// A date, as precise as it is known.
    Date(Date),
    /// The boxes of these words are ticked.
    Chosen(Vec<String>),
}

/// A date, as precise as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i16,
    /// The month.
    pub month: Option<u8>,
    /// The day.
    pub day: Option<u8>,
}

/// A change of the paragraphs of a spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Characters of a paragraph give way to a text.
    Letters {
        /// The paragraph.
        paragraph: usize,
        /// Its characters.
        letters: Range<usize>,
        /// The text.
        text: String,
        /// How it looks.
        look: Look,
    },
    /// Blank paragraphs from one on get lines; what is too much gets paragraphs of its own.
    Lines {
        /// The first of them.
        first: usize,
        /// The lines.
        lines: Vec<String>,
        /// So many blank paragraphs behind them go, as the lines take their room.
        dropped: usize,
        /// Whether it is a text of several lines, which nobody sets in the middle.
        is_long: bool,
    },
}

/// How a text looks that is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As what it takes the place of, or what it stands behind.
    Same,
    /// The same, but not bold: a value behind its label.
    Plain,
    /// The same, underlined: it takes the place of a line.
    Underlined,
}

/// What an answer makes of a gap.
pub(crate) fn changes(gap: &Gap, answer: &Answer, mark: &str) -> Result<Vec<Change>, FillFault> {
    let letters = |letters: Range<usize>, text: String, look| Change::Letters {
        paragraph: gap.paragraph,
        letters,
        text,
        look,
    };
    Ok(match (&gap.kind, answer) {
        (GapKind::Choice(choices), Answer::Chosen(words)) => chosen(choices, words, mark)?,
        (GapKind::Choice(choices), Answer::Text(word)) => chosen(choices, std::slice::from_ref(word), mark)?,
        (GapKind::Date(parts), Answer::Date(date)) => dated(gap, parts, *date),
        (GapKind::Date(_), Answer::Text(text)) => {
            vec![letters(gap.letters.clone(), text.clone(), Look::Same)]
        }
        (_, Answer::Date(date)) => vec![letters(gap.letters.clone(), date.to_string(), Look::Same)],
        (_, Answer::Chosen(words)) => vec![letters(gap.letters.clone(), words.join("、"), Look::Same)],
        (GapKind::Below, Answer::Text(text)) => {
            vec![Change::Lines { first: gap.paragraph + 1, lines: lines(text), dropped: 0, is_long: false }]
        }
        (GapKind::Line, Answer::Text(text)) => {
            vec![letters(gap.letters.clone(), padded(text, gap.room), Look::Underlined)]
        }
        (GapKind::Blank | GapKind::Bracket, Answer::Text(text)) => {
            vec![letters(gap.letters.clone(), padded(text, gap.room), Look::Same)]
        }
        (GapKind::Behind, Answer::Text(text)) => {
            vec![letters(gap.letters.clone(), ended(text, gap.room), Look::Plain)]
        }
        (GapKind::Expression(_) | GapKind::Statement(_), Answer::Text(text)) => {
            vec![letters(gap.letters.clone(), text.clone(), Look::Same)]
        }
    })
}

/// A text as the lines of paragraphs.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.lines().map(|it| it.trim_end().to_owned()).collect()
}

/// How wide a text is, in half-width characters.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|it| 1 + usize::from(!it.is_ascii())).sum()
}

/// A text in the middle of a room (in quarters of a letter, as a blank is one), with a blank at least on either side where
/// there was room for it.
fn padded(text: &str, room: usize) -> String {
    let rest = room.saturating_sub(width(text) * 2);
    if room < 2 || text.is_empty() {
        return text.to_owned();
    }
    let before = (rest / 2).max(1);
    format!("{}{text}{}", " ".repeat(before), " ".repeat(rest.saturating_sub(before).max(1)))
}

/// A text at the beginning of a room, so that what stands behind it stays where it was.
fn ended(text: &str, room: usize) -> String {
    if room == 0 {
        return text.to_owned();
    }
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text) * 2).max(1)))
}

/// Ticks boxes; every word has to have its box.
fn chosen(choices: &[Choice], words: &[String], mark: &str) -> Result<Vec<Change>, FillFault> {
    let mut changes = Vec::new();
    for word in words.iter().filter(|it| !it.is_empty()) {
        let compact: String = word.chars().filter(|it| !it.is_whitespace()).collect();
        let found = choices.iter().find(|it| it.word == compact);
        let Choice { paragraph, letter, .. } = found.ok_or_else(|| FillFault::NoBox {
            value: word.clone(),
            boxes: choices.iter().map(|it| it.word.clone()).collect(),
        })?;
        let (paragraph, letters) = (*paragraph, *letter..letter + 1);
        changes.push(Change::Letters { paragraph, letters, text: mark.to_owned(), look: Look::Same });
    }
    Ok(changes)
}

/// Year, month and day in front of their words.
fn dated(gap: &Gap, parts: &[DateBlank], date: Date) -> Vec<Change> {
    let change = |it: &DateBlank| {
        let said = match it.part {
            DatePart::Year => Some(date.year.to_string()),
            DatePart::Month => date.month.map(|it| it.to_string()),
            DatePart::Day => date.day.map(|it| it.to_string()),
        };
        let letters = it.letters.0..it.letters.1;
        said.map(|text| Change::Letters { paragraph: gap.paragraph, letters, text, look: Look::Same })
    };
    parts.iter().filter_map(change).collect()
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}年", self.year)?;
        self.month.map_or(Ok(()), |it| write!(f, "{it}月"))?;
        self.day.map_or(Ok(()), |it| write!(f, "{it}日"))
    }
}

/// The paragraphs of a spot once it has changed, as texts.
pub(crate) fn changed(paragraphs: &[Paragraph], changes: &[Change]) -> Vec<String> {
    let mut texts: Vec<Vec<char>> = paragraphs.iter().map(Paragraph::chars).collect();
    let mut letters: Vec<_> = changes
        .iter()
        .filter_map(|it| match it {
            Change::Letters { paragraph, letters, text, .. } => Some((*paragraph, letters.clone(), text)),
            Change::Lines { .. } => None,
        })
        .collect();
    letters.sort_by_key(|it| (it.0, it.1.start));
    for (paragraph, range, text) in letters.into_iter().rev() {
        texts[paragraph].splice(range, text.chars());
    }
    let mut texts: Vec<String> = texts.into_iter().map(|it| it.into_iter().collect()).collect();
    for change in changes {
        let Change::Lines { first, lines, dropped, .. } = change else { continue };
        for (idx, line) in lines.iter().enumerate() {
            match texts.get_mut(first + idx) {
                Some(text) => text.clone_from(line),
                None => texts.push(line.clone()),
            }
        }
        texts.truncate(texts.len() - dropped);
    }
    texts
}
