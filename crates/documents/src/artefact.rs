//! Planned artefacts: what will be made, from what, and where it goes; nothing is rendered yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::book::Book;
use super::summary::Text;
use value::Picture;

/// The kinds of documents, as `--only` and the manifest name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Application forms (申报书), their print set and their summary workbook.
    Forms,
    /// Statistics: their workbooks and the editions of these on paper.
    Statistics,
    /// Summaries (总结): each on paper, to be edited, its tables, its figures.
    Summaries,
    /// Books (汇编), and the workbooks that list what stands in them.
    Handbooks,
    /// Two versions of regulations side by side.
    Comparison,
    /// The report of the run and its findings.
    Report,
}

impl Kind {
    /// The word of the command line and of the manifest.
    pub fn id(self) -> &'static str {
        match self {
            Self::Forms => "forms",
            Self::Statistics => "statistics",
            Self::Summaries => "summaries",
            Self::Handbooks => "handbooks",
            Self::Comparison => "comparison",
            Self::Report => "report",
        }
    }
}

/// A planned output file.
#[derive(Debug, Clone, PartialEq)]
pub struct Artefact {
    /// Path below the output folder, with `/`, safe on Windows.
    pub path: String,
    /// Its kind.
    pub kind: Kind,
    /// The title that the report shows.
    pub title: String,
    /// The keys of the records that it is about, in its order.
    pub records: Vec<Arc<str>>,
    /// What it is made from.
    pub body: Body,
}

/// What an artefact is made from.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Pages set by Typst from a layout and data.
    Pages(Pages),
    /// A workbook written from a description.
    Book(Book),
    /// A text to be edited in Word.
    Word(Box<Script>),
    /// Data for programs, written as JSON.
    Json(serde_json::Value),
}

/// Pages: a layout and the data that it sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Virtual path of the layout below the templates folder: `forms/model-branch/layout.typ`.
    pub layout: String,
    /// The data, which the layout reads as `/data.json`; user text is data, never markup.
    pub data: serde_json::Value,
    /// The pictures that the data name, by their paths there: `/picture-1.png`.
    pub pictures: BTreeMap<String, Arc<Picture>>,
    /// The date that the PDF states: the project's `as_of`; none where none is known.
    pub date: Option<Date>,
}

/// A text that is edited before it is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The text.
    pub text: Text,
    /// Who issues it: institution and department.
    pub author: String,
    /// The date that the document states: the project's `as_of`.
    pub date: Date,
    /// The mark of a draft.
    pub draft: Option<String>,
}

/// A document that is not made this time, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Path that it would have had.
    pub path: String,
    /// Its kind.
    pub kind: Kind,
    /// The title that the report and the print set show.
    pub title: String,
    /// The committee that has to mend it.
    pub committee: Option<Arc<str>>,
    /// The codes of the findings that withhold it, sorted, each once.
    pub codes: Vec<String>,
    /// One Chinese sentence for each finding.
    pub reasons: Vec<String>,
}
