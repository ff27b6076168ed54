//! What a run publishes: documents that are ready, and what is withheld.

use jiff::civil::Date;

use documents::{Kind, Made, Withheld};

/// Everything that one run publishes.
#[derive(Debug, Clone)]
pub struct Edition<'a> {
    /// Whose documents they are; none if they belong to no project, as two texts that are compared.
    pub about: Option<About<'a>>,
    /// The documents, in any order; each component of a path is a safe name.
    pub documents: Vec<Made>,
    /// The documents that are not made this time.
    pub withheld: &'a [Withheld],
    /// Whether everything was read without an error. If not, a document that is no longer planned may only
    /// have lost its record: it is superseded, never removed.
    pub is_complete: bool,
    /// How much of the output folder the edition replaces.
    pub scope: Scope,
}

/// Whose documents are published, and what period they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About<'a> {
    /// The project: the name of its folder, if that has one.
    pub project: Option<&'a str>,
    /// The institution.
    pub institution: &'a str,
    /// First and last day of the period.
    pub period: (Date, Date),
}

/// How much of the output folder an edition replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All that a run makes: what is no longer planned goes. Forms that were sent out are not made by it, and stay.
    Everything,
    /// One kind: the other kinds' files of the last edition stay, and stay listed.
    Only(Kind),
}

impl Scope {
    /// Whether an edition of this scope speaks for a kind, given by its id.
    pub(super) fn covers(self, kind: &str) -> bool {
        match self {
            Self::Everything => ![Kind::COLLECTION, Kind::BLANK_FORMS].iter().any(|it| it.id() == kind),
            Self::Only(only) => only.id() == kind,
        }
    }
}
