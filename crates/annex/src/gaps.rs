//! What is to be filled within a text: blanks of sentences, boxes, dates, what follows a colon, `{{ … }}`.

use std::ops::Range;

/// A gap within the text of a cell or a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What it is.
    pub kind: GapKind,
    /// The words before it that say what belongs there.
    pub lead: String,
    /// The word behind it: a unit, as a rule.
    pub unit: String,
    /// Why it is left for hand and seal, if the words before it say so.
    pub by_hand: Option<String>,
    /// The paragraph of the cell, from 0.
    pub(crate) paragraph: usize,
    /// Its characters there; empty if something is only put in.
    pub(crate) letters: Range<usize>,
    /// How wide they are, in quarters of a letter: a blank is one, an underscore two, a full-width one four.
    pub(crate) room: usize,
}

/// What a gap is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapKind {
    /// Blanks; underlined, as a rule.
    Blank,
    /// A line of underscores.
    Line,
    /// What stands behind a colon, on the same line.
    Behind,
    /// What stands in the empty paragraphs below a colon.
    Below,
    /// Blanks in brackets.
    Bracket,
    /// Blanks before 年, 月 and 日, or some of these, in this order.
    Date(Vec<DateBlank>),
    /// Boxes, each with its word.
    Choice(Vec<Choice>),
    /// An expression between `{{` and `}}`.
    Expression(String),
    /// What other programs do at this place: `{% … %}`.
    Statement(String),
}

/// The blank before 年, 月 or 日.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateBlank {
    /// Which of them.
    pub part: DatePart,
    /// Its first character, and the one behind its last.
    pub(crate) letters: (usize, usize),
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// 年.
    Year,
    /// 月.
    Month,
    /// 日.
    Day,
}

/// A box with its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its word, without blanks.
    pub word: String,
    /// Its paragraph in the cell, from 0.
    pub(crate) paragraph: usize,
    /// Its character there.
    pub(crate) letter: usize,
}
