//! An output file, from its plan to its bytes: what it is, what it is made from, what became of it.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value as Json;

use super::book::{Book, Sheet};
use super::bundle::Bundle;
use super::captions::Captions;
use super::input::Input;
use super::reminders::Calendar;
use super::summary::Text;
use finding::{Finding, Origin};
use project::Fonts;
use value::Picture;

/// A kind of documents, by the word of the command line, of the project file and of the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(&'static str);

impl Kind {
    /// Two versions of regulations side by side.
    pub const COMPARISON: Self = Self("comparison");
    /// Forms that are sent out.
    pub const COLLECTION: Self = Self("collection");
    /// A blank set of them.
    pub const BLANK_FORMS: Self = Self("blank-forms");
    /// The report of a run and its findings.
    pub const REPORT: Self = Self("report");

    /// The kind of this word.
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// Its word.
    pub fn id(self) -> &'static str {
        self.0
    }
}

/// An output file. Its plan, what was made and what is withheld all share it.
#[derive(Debug, Clone)]
pub struct Artefact {
    /// Path below the output folder, with `/`, safe on Windows.
    pub path: String,
    /// Its kind.
    pub kind: Kind,
    /// The title that the report shows.
    pub title: String,
    /// What it is called where it is not made: the applicant of a form; else its title.
    pub name: String,
    /// The committee that it belongs to; `None` if it is about several.
    pub committee: Option<Arc<str>>,
    /// Where its record stands, if a fault of its pages is to be shown there.
    pub origin: Option<Origin>,
    /// The keys of the records that it is about, in its order.
    pub records: Vec<Arc<str>>,
    /// What it is made from, an error in which withholds it.
    pub inputs: Arc<[Input]>,
    /// The paths of those that have to be finished before it, whether or not they could be made.
    pub after: Vec<String>,
    /// The foreign program that made it, as it calls itself; none if we did.
    pub by: Option<Arc<str>>,
}

impl Artefact {
    /// A file that is made without being planned.
    pub fn unplanned(path: impl Into<String>, kind: Kind) -> Self {
        let path = path.into();
        Self {
            title: path.clone(),
            name: path.clone(),
            path,
            kind,
            committee: None,
            origin: None,
            records: Vec::new(),
            inputs: Arc::new([]),
            after: Vec::new(),
            by: None,
        }
    }
}

/// An output file that is to be made.
#[derive(Debug)]
pub struct Planned {
    /// The file.
    pub artefact: Arc<Artefact>,
    /// What it is made of.
    pub body: Body,
}

/// An output file that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// The file.
    pub artefact: Arc<Artefact>,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
    /// Pages as printed, by the labels that its layout gives.
    pub places: BTreeMap<String, Place>,
}

/// A page as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Its number, counted from one.
    Number(i64),
    /// Its number in other figures: `iv`.
    Text(String),
}

impl Made {
    /// A file without pages, which was not planned.
    pub fn unplanned(path: impl Into<String>, kind: Kind, bytes: Vec<u8>) -> Self {
        let artefact = Arc::new(Artefact::unplanned(path, kind));
        Self { artefact, bytes, pages: None, places: BTreeMap::new() }
    }
}

/// An output file that is not made this time, and why.
#[derive(Debug, Clone)]
pub struct Withheld {
    /// The file.
    pub artefact: Arc<Artefact>,
    /// The codes of the findings that withhold it, sorted, each once.
    pub codes: Vec<String>,
    /// One Chinese sentence for each finding.
    pub reasons: Vec<String>,
    /// The errors that withhold it.
    pub causes: Vec<Cause>,
}

/// By what an error is known again in the report of its run, which is put in order meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// Its code.
    pub code: String,
    /// Where it is shown.
    pub origin: Option<Origin>,
    /// Its message.
    pub message: String,
}

impl Cause {
    /// What an error is known by.
    pub fn of(error: &Finding) -> Self {
        Self { code: error.code.to_string(), origin: error.origin, message: error.message.clone() }
    }
}

/// What a file is made of.
#[derive(Debug)]
pub enum Body {
    /// Pages set by Typst from a layout and data.
    Pages(Pages),
    /// A workbook written from a description.
    Book(Arc<Book>),
    /// A text to be edited in Word.
    Word(Box<Script>),
    /// Data for programs, written as JSON.
    Json(Json),
    /// Days for programs that keep a calendar.
    Calendar(Box<Calendar>),
    /// Files that are packed together.
    Bundle(Box<Bundle>),
    /// A form that others have issued, filled in.
    Prescribed(Box<Prescribed>),
    /// What is known only when the files that it stands after are finished.
    Later(Box<dyn Later>),
}

/// A form that others have issued, with what goes where in it.
#[derive(Debug)]
pub struct Prescribed {
    /// The blank as it was issued.
    pub blank: Arc<annex::Blank>,
    /// What goes where.
    pub wanted: Vec<annex::Wanted>,
    /// How a chosen box is marked.
    pub mark: String,
    /// What formulas of a blank workbook have to give, by our own figures.
    pub expected: Vec<(annex::Address, annex::Value)>,
}

/// What is composed when the files that it stands after are finished.
pub trait Later: Debug + Send + Sync {
    /// The file with its body, which must not be another that comes later; none if there is nothing to be made.
    ///
    /// # Errors
    /// Why it cannot be made.
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>>;
}

/// What has become of the files that another one stands after.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// Those files, in the order in which it names them; none for one that could not be made.
    pub made: &'a [Option<&'a Made>],
    /// Everything that is withheld so far, in the order of the plan.
    pub withheld: &'a [Withheld],
    /// The faces.
    pub fonts: &'a Fonts,
}

/// Pages: a layout and the data that it sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Virtual path of the layout below the templates folder: `forms/model-branch/layout.typ`.
    pub layout: String,
    /// The data, which the layout reads as `/data.json`; user text is data, never markup. The mark of a draft stands under
    /// `draft`, at the top or in each of its `sheets`.
    pub data: Json,
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
    /// What its parts are called.
    pub captions: Arc<Captions>,
}

impl Body {
    /// Puts the mark of a draft on every page and sheet.
    pub(super) fn mark(&mut self, draft: &str) {
        match self {
            Self::Pages(pages) => mark(&mut pages.data, draft),
            Self::Json(data) => mark(data, draft),
            Self::Word(script) => script.draft = Some(draft.to_owned()),
            Self::Calendar(calendar) => calendar.draft = Some(draft.to_owned()),
            Self::Book(book) => {
                for sheet in &mut Arc::make_mut(book).sheets {
                    let mark = match sheet {
                        Sheet::Cover(it) => &mut it.draft,
                        Sheet::Table(it) => &mut it.draft,
                        Sheet::Charts(it) => &mut it.draft,
                    };
                    *mark = Some(draft.to_owned());
                }
            }
            // It is marked when it is composed; the files of a bundle bear it already. A form that goes back as it was issued bears
            // no mark: with errors it is withheld.
            Self::Later(_) | Self::Bundle(_) | Self::Prescribed(_) => {}
        }
    }
}

/// Data have the mark at the top or in each of their sheets.
fn mark(data: &mut Json, draft: &str) {
    if let Some(mark) = data.get_mut("draft") {
        *mark = draft.into();
    }
    let sheets = data.get_mut("sheets").and_then(Json::as_array_mut);
    sheets.into_iter().flatten().for_each(|it| mark(it, draft));
}
