//! The text of a summary, block by block: the one model from which every edition is made.

use std::sync::Arc;

use super::punctuation::tidied;
use crate::book::{Align, Chart};
use facts::Seat;
use value::Amount;
use words::{Rendered, Runs};

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
        text: Phrase,
    },
    /// A paragraph.
    Paragraph {
        /// What it begins with and what stands out: 一是; a topic sentence. Part of the text.
        lead: Option<String>,
        /// Its text.
        text: Phrase,
    },
    /// A table.
    Table(Cells),
    /// A chart. The places of its figures are those in the workbook's table of it, whose sheet is not known yet.
    Chart(ChartBlock),
    /// A month of the chronicle (大事记), above its events.
    Month(String),
}

/// A chart, and what is known of its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartBlock {
    /// The chart.
    pub chart: Chart,
    /// For each series and category the figure.
    pub figures: Vec<Vec<Figure>>,
}

/// A table: columns and rows of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// Its title, above it.
    pub title: Option<Phrase>,
    /// Its columns.
    pub columns: Vec<CellColumn>,
    /// Its rows; each has a cell for each column.
    pub rows: Vec<Vec<Phrase>>,
    /// The row of totals below.
    pub total: Option<Vec<Phrase>>,
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

/// A text of a summary with the figures in it.
pub type Phrase = Runs<Figure>;

/// A figure as a text or a chart shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The ids of its facts; several if it was worked out from them.
    pub facts: Arc<[Arc<str>]>,
    /// The committee or branch that they are narrowed to.
    pub seat: Option<Seat>,
    /// The number that is shown, with the places that are shown; `None` if words are shown.
    pub value: Option<Amount>,
}

/// A text as its template gave it, where facts are narrowed to a seat.
pub(super) fn phrase(rendered: Rendered, seat: Option<Seat>) -> Phrase {
    tidied(rendered.map(|it| Figure { facts: it.facts, seat, value: it.value }))
}

impl Text {
    /// Every block, those of the appendices behind those of the text.
    pub fn all_blocks(&self) -> impl Iterator<Item = &Placed> {
        self.blocks.iter().chain(self.appendices.iter().flat_map(|it| &it.blocks))
    }
}

impl Block {
    /// The texts that stand in it, each with what it belongs to; of a table cell by cell, row by row.
    pub fn texts(&self) -> Vec<&Phrase> {
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
