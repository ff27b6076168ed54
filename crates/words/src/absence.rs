//! Why a value is not there: what a record says of itself before it gives an undefined value.
//!
//! Minijinja's undefined carries no reason. So an object that is about to give undefined says why
//! through [`note_absence`]; the note is kept per thread until the evaluation ends, and the last
//! one explains an evaluation that stopped at an undefined value. A note that an escape hatch
//! (`is defined`, `default`) made irrelevant is overwritten by the next, or forgotten.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use super::expression::Unanswered;

/// Why a value is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absence {
    /// The field was left empty.
    Missing {
        /// What the clerk calls the record.
        record: Arc<str>,
        /// The title of the field.
        field: Arc<str>,
    },
    /// The field holds something that is not a value of its type; a finding says what.
    Invalid {
        /// What the clerk calls the record.
        record: Arc<str>,
        /// The title of the field.
        field: Arc<str>,
    },
    /// A list without items has no first and no last one.
    EmptyList,
    /// A figure that is itself undecided.
    Undecided {
        /// The title of the figure.
        what: Arc<str>,
        /// Why, in Chinese and without a full stop.
        why: Arc<str>,
    },
    /// A figure without a title that is undecided: why, in Chinese and without a full stop.
    Open(Arc<str>),
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { record, field } => write!(f, "“{record}”的“{field}”未填"),
            Self::Invalid { record, field } => write!(f, "“{record}”的“{field}”有误"),
            Self::EmptyList => f.write_str("没有符合条件的记录"),
            Self::Open(why) => f.write_str(why),
            Self::Undecided { what, why } => write!(f, "“{what}”尚不能确定：{why}"),
        }
    }
}

thread_local! {
    static LAST: RefCell<Option<Absence>> = const { RefCell::new(None) };
}

/// Says why the value that is about to be given as undefined is not there.
pub fn note_absence(absence: Absence) {
    LAST.with(|last| *last.borrow_mut() = Some(absence));
}

/// What was noted last: whoever keeps a value for others keeps with it why it is not there.
pub fn noted_absence() -> Option<Absence> {
    LAST.with(|last| last.borrow().clone())
}

/// Forgets what was noted: an evaluation begins.
pub(super) fn forget() {
    LAST.with(|last| *last.borrow_mut() = None);
}

/// What an evaluation that stopped at an undefined value has to say.
pub(super) fn unanswered() -> Unanswered {
    match LAST.with(|last| last.borrow_mut().take()) {
        Some(it @ (Absence::Missing { .. } | Absence::Invalid { .. } | Absence::EmptyList)) => {
            Unanswered::Missing(it.to_string())
        }
        Some(it @ (Absence::Undecided { .. } | Absence::Open(_))) => Unanswered::Undecided(it.to_string()),
        None => Unanswered::Undecided("所需的值缺失".to_owned()),
    }
}
