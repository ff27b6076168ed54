//! What a document is made from: errors in it withhold the document.

use std::collections::BTreeSet;
use std::sync::Arc;

use dataset::{Reads, RecordId};
use facts::Seat;
use finding::{FileId, Origin};

/// Something that a document is made from.
#[derive(Debug, Clone)]
pub enum Input {
    /// Fields and lists that it has read, and whose records count.
    Reads(Reads, Whose),
    /// A record as a whole.
    Record(RecordId),
    /// Texts: these files, and any file in these folders, also one that could not be read.
    Texts(BTreeSet<FileId>, Vec<String>),
    /// A figure, or another declaration, by its place.
    Declared(Origin),
    /// A check, by the place of its declaration, where its finding stands at the other place.
    Check {
        /// Where it is declared.
        declared: Origin,
        /// Where its finding stands.
        place: Origin,
    },
    /// What the project was given from outside.
    Given,
    /// The document itself, by the path under which errors know it.
    Itself(String),
}

/// Whose records count for a document: errors of others do not stand in its way.
#[derive(Debug, Clone)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Those of a committee.
    Committee(Arc<str>),
    /// Those of a record of a table, and the committee that it belongs to.
    Seat(Seat, Option<Arc<str>>),
}

impl Whose {
    /// The committee, if it is only about one.
    pub(super) fn committee(&self) -> Option<&Arc<str>> {
        match self {
            Self::All => None,
            Self::Committee(it) => Some(it),
            Self::Seat(_, it) => it.as_ref(),
        }
    }
}

impl From<Option<Arc<str>>> for Whose {
    fn from(committee: Option<Arc<str>>) -> Self {
        committee.map_or(Self::All, Self::Committee)
    }
}
