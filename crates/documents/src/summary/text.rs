//! The text of a summary, block by block: the one model from which every edition is made.

use std::sync::Arc;

use super::punctuation::tidied;
use crate::book::{Align, Chart};
use facts::Seat;
use value::Amount;
use words::{Rendered, Stretch};

/// The text of a summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Its title.
    pub title: String,
    /// Whether a table of contents stands in front.
    pub has_contents: bool,
    /// The blocks of the text.
    pub blocks: Vec<Placed>,
    /// What is appended.
    pub appendices: Vec<Appendix>,
    /// The lines of the signature: who, and when.
    pub signature: Vec<String>,
}

/// An appendix (附件), which begins on a page of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Appendix {
    /// Its number: 附件1; 附件 if it is the only one.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its blocks.
    pub blocks: Vec<Placed>,
}

/// A block, and where it was declared.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its id, unique in the summary: `politics-1`.
    pub id: String,
    /// The id of its part; `opening`, `closing`, or the id of an appendix.
    pub part: Arc<str>,
    /// The block.
    pub block: Block,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading {
        /// Its level, from 1.
        level: u8,
        /// Its number with its mark: 一、 （一） 1. 一是.
        number: Option<String>,
        /// What it says, without the number.
        text: Marked,
    },
    /// A paragraph.
    Paragraph {
        /// What it begins with and what stands out: 一是; a topic sentence. Part of the text.
        lead: Option<String>,
        /// Its text.
        text: Marked,
    },
    /// A table.
    Table(Cells),
    /// A chart. The places of its figures are those in the workbook's table of it, whose sheet is not known yet.
    Chart(ChartBlock),
    /// A month of the chronicle (大事记), above its events.
    Month(String),
}

/// A chart, and the facts that its figures are.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartBlock {
    /// The chart.
    pub chart: Chart,
    /// For each series and category the facts of the figure.
    pub facts: Vec<Vec<Printed>>,
}

/// A table: columns and rows of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// Its title, above it.
    pub title: Option<Marked>,
    /// Its columns.
    pub columns: Vec<CellColumn>,
    /// Its rows; each has a cell for each column.
    pub rows: Vec<Vec<Marked>>,
    /// The row of totals below.
    pub total: Option<Vec<Marked>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellColumn {
    /// Its heading.
    pub title: String,
    /// How its cells stand.
    pub align: Align,
    /// Width in Chinese characters, if one is declared.
    pub width: Option<u16>,
}

/// A text with the stretches of it that facts have printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The stretches, in their order.
    pub marks: Vec<Mark>,
}

/// A stretch of a text that facts have printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, in characters from zero.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The facts.
    pub printed: Printed,
    /// The number that it shows, with the places that it shows; `None` if it shows words.
    pub value: Option<Amount>,
}

/// Facts that were printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Their ids; several if the figure was reckoned from them.
    pub facts: Arc<[Arc<str>]>,
    /// The committee or branch that they are narrowed to.
    pub seat: Option<Seat>,
}

impl Marked {
    /// A text without figures.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marks: Vec::new() }
    }

    /// A text as its template gave it, where facts are narrowed to a seat.
    pub(super) fn of(rendered: Rendered, seat: Option<Seat>) -> Self {
        let mark = |it: Stretch| {
            let printed = Printed { facts: it.facts, seat };
            Mark { from: it.from, to: it.to, printed, value: it.value }
        };
        tidied(Self { text: rendered.text, marks: rendered.figures.into_iter().map(mark).collect() })
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many characters it has.
    pub fn n_characters(&self) -> usize {
        self.text.chars().count()
    }

    /// The number that it is, if it is nothing but a figure.
    pub fn value(&self) -> Option<Amount> {
        match &self.marks[..] {
            [it] if it.from == 0 && it.to == self.n_characters() => it.value,
            _ => None,
        }
    }

    /// What a mark of it has printed.
    pub fn stretch(&self, (from, to): (usize, usize)) -> String {
        self.text.chars().skip(from).take(to.saturating_sub(from)).collect()
    }

    /// The text with another behind it.
    #[must_use]
    pub(super) fn then(mut self, other: &Self) -> Self {
        let shift = self.n_characters();
        let moved = |it: &Mark| Mark { from: it.from + shift, to: it.to + shift, ..it.clone() };
        self.marks.extend(other.marks.iter().map(moved));
        self.text.push_str(&other.text);
        self
    }

    /// The text without some characters at its end.
    #[must_use]
    pub(super) fn without_end(mut self, characters: &[char]) -> Self {
        let kept = self.text.trim_end_matches(characters).len();
        self.text.truncate(kept);
        let n_left = self.n_characters();
        self.marks.retain(|it| it.to <= n_left);
        self
    }
}

impl Text {
    /// Every block, those of the appendices behind those of the text.
    pub fn all_blocks(&self) -> impl Iterator<Item = &Placed> {
        self.blocks.iter().chain(self.appendices.iter().flat_map(|it| &it.blocks))
    }
}

impl Block {
    /// The texts that stand in it, each with what it belongs to; of a table cell by cell, row by row.
    pub fn texts(&self) -> Vec<&Marked> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text, .. } => vec![text],
            Self::Table(it) => {
                let rows = it.rows.iter().chain(&it.total).flatten();
                it.title.iter().chain(rows).collect()
            }
            Self::Chart(_) | Self::Month(_) => Vec::new(),
        }
    }

    /// Whether it is a heading, which says nothing without what stands below it.
    pub(super) fn is_heading(&self) -> bool {
        matches!(self, Self::Heading { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_joined_with_their_figures() {
        let printed = Printed { facts: Arc::new(["a".into()]), seat: None };
        let figure = Marked {
            text: "12次。".to_owned(),
            marks: vec![Mark { from: 0, to: 2, printed, value: Some(12_i64.into()) }],
        };
        let text = Marked::plain("一是共").then(&figure).without_end(&['。', '；']);
        assert_eq!(text.text, "一是共12次");
        assert_eq!(text.stretch((text.marks[0].from, text.marks[0].to)), "12");
        assert!(text.without_end(&['次', '2']).marks.is_empty());
    }
}
