//! Findings: what is wrong with the data, where, and what to do about it.
//!
//! Every stage speaks this vocabulary and none stops at its first finding. Faults of the program
//! or of the machine are not findings; they are `Err` of a module's own error type.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod origin;
mod order;
mod threads;
mod report;
mod mask;
mod identity;
mod target;
mod index;
pub mod codes;

pub use codes::{Code, Reach};
pub use identity::{ById, ColumnId, FieldId, FieldRef, Id, RecordId, RowId, RowSpan, TableId};
pub use index::ByRecord;
pub use mask::mask_text;
pub use order::{Group, arrange, grouped};
pub use origin::{Area, FileId, Located, Origin, Place, Sources, Stored, cell_name, row_ranges};
pub use report::{Report, Reported};
pub use target::{Held, Part, Target};
pub use threads::{Thread, threads};

use std::borrow::Cow;
use std::sync::Arc;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 错误: what depends on the value is withheld.
    Error,
    /// 核实: plausible, but somebody has to look and give a reason.
    Query,
    /// 提示: worth knowing; nothing depends on it.
    Note,
}

impl Severity {
    /// The three severities, worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Query, Self::Note];

    /// The word of the JSON contract: `error`, `query` or `note`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Query => "query",
            Self::Note => "note",
        }
    }

    /// The word that the clerk reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Query => "核实",
            Self::Note => "提示",
        }
    }

    /// Reads the word of the JSON contract.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }
}

/// Whom a finding concerns, so that the clerk can send it to the right committee.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The committee (分党委) as the clerk calls it.
    pub committee: Option<Arc<str>>,
    /// The branch (党支部).
    pub branch: Option<Arc<str>>,
    /// The record itself: a person, an honour, an application.
    pub record: Option<Arc<str>>,
}

impl Subject {
    /// Keeps of it what another finding concerns as well: what is said of both is about no more.
    pub fn keep_common(&mut self, other: &Self) {
        let common = |own: &mut Option<Arc<str>>, other: &Option<Arc<str>>| {
            *own = own.take().filter(|it| Some(it) == other.as_ref());
        };
        common(&mut self.committee, &other.committee);
        common(&mut self.branch, &other.branch);
        common(&mut self.record, &other.record);
    }
}

/// A second place that belongs to a finding, with what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where to look.
    pub origin: Origin,
    /// What is there, in Chinese.
    pub label: String,
}

/// One fault of the data, with its place, the value and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kebab-case name of the fault: from [`codes`], or of a rule under `templates/`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is shown; `None` for a finding about the run as a whole.
    pub origin: Option<Origin>,
    /// What it is about: what an error of it puts in doubt, which need not stand where it is shown.
    pub about: Vec<Target>,
    /// What it withholds if it is an error.
    pub reach: Reach,
    /// The title of the field concerned.
    pub field: Option<Arc<str>>,
    /// Whom it concerns.
    pub subject: Subject,
    /// The value as read; masked by the maker if the field is sensitive.
    pub value: Option<String>,
    /// What is the matter: a Chinese sentence without its place.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The regulation and article behind it.
    pub basis: Option<String>,
    /// Further places.
    pub related: Vec<Related>,
    /// What was answered, if it was a query and has been: it is a note then.
    pub answer: Option<Answer>,
}

/// What somebody has answered to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who.
    pub who: Arc<str>,
    /// On which day, as they wrote it.
    pub when: Arc<str>,
    /// Why what is asked about is right.
    pub why: Arc<str>,
}

impl Finding {
    /// A finding of the engine; its severity and reach are the code's own.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self { reach: code.reach, ..Self::named(Cow::Borrowed(code.name), code.severity, message) }
    }

    /// A finding of a rule or a condition that is declared under `templates/`.
    pub fn named(code: impl Into<Cow<'static, str>>, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity,
            origin: None,
            about: Vec::new(),
            reach: Reach::Itself,
            field: None,
            subject: Subject::default(),
            value: None,
            message: message.into(),
            hint: None,
            basis: None,
            related: Vec::new(),
            answer: None,
        }
    }

    /// Says where it is shown.
    #[must_use]
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says what it is about, beside what was said before.
    #[must_use]
    pub fn about(mut self, target: Target) -> Self {
        self.about.push(target);
        self
    }

    /// Says what it is about, if that has not been said.
    #[must_use]
    pub fn or_about(mut self, target: Target) -> Self {
        if self.about.is_empty() {
            self.about.push(target);
        }
        self
    }

    /// Makes it a finding of another code, whose severity it does not take over.
    #[must_use]
    pub fn recoded(mut self, code: &'static Code) -> Self {
        self.code = Cow::Borrowed(code.name);
        self.reach = code.reach;
        self
    }

    /// Names the field by its title.
    #[must_use]
    pub fn field(mut self, title: impl Into<Arc<str>>) -> Self {
        self.field = Some(title.into());
        self
    }

    /// Shows the value as read; the caller masks what is sensitive.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Cites the regulation and article.
    #[must_use]
    pub fn basis(mut self, basis: impl Into<String>) -> Self {
        self.basis = Some(basis.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, origin: Origin, label: impl Into<String>) -> Self {
        self.related.push(Related { origin, label: label.into() });
        self
    }

    /// Says whom it concerns.
    #[must_use]
    pub fn subject(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }
}
