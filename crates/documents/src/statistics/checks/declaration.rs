//! A check as it is declared in `templates/statistics/<id>/checks.yaml`.

use crate::captions::CheckCaptions;
use std::sync::Arc;

use finding::{Origin, Severity};
use value::Amount;
use words::Sum;

/// A check: two sides and how they must stand to each other.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its id.
    pub id: Arc<str>,
    /// What it says, for the clerk.
    pub title: Arc<str>,
    /// The side that is judged.
    pub left: Side,
    /// How it must stand to the other.
    pub relation: Relation,
    /// The side that it is held against.
    pub right: Side,
    /// The lines that it is put to one by one, if it is.
    pub each: Option<EachOf>,
    /// The indexes of those that are meant among the declared lines; all if none is named.
    pub lines: Vec<usize>,
    /// How much it matters if it fails.
    pub severity: Severity,
    /// Names of what the project must have been given; without it the check is left out.
    pub when_given: Vec<Arc<str>>,
    /// The regulation behind it.
    pub basis: Option<Arc<str>>,
    /// What to do if it fails.
    pub hint: Option<Arc<str>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A side of a check.
#[derive(Debug, Clone)]
pub struct Side {
    /// The sum as it is written.
    pub sum: Sum,
    /// What each of its names means, in their order.
    pub meant: Vec<Meant>,
}

/// What a name in a check means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// The sum of the cells where these declared rows and columns of a sheet meet.
    Cells {
        /// Index of the sheet.
        sheet: usize,
        /// Indexes of the rows.
        rows: Vec<usize>,
        /// Indexes of the columns.
        columns: Vec<usize>,
    },
    /// The sum of the cells of the line that is being checked, in these lines of the other axis.
    OfLine(Vec<usize>),
    /// A fact, by its id.
    Fact(Arc<str>),
    /// What the project was given under this name.
    Outside(Arc<str>),
    /// What the project was given for the line that is being checked: the name before the line's, and that behind it.
    OutsideLine(Arc<str>, Arc<str>),
}

/// The lines that a check is put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EachOf {
    /// Index of the sheet.
    pub sheet: usize,
    /// Whether its rows are meant, and not its columns.
    pub is_rows: bool,
}

/// How the left side must stand to the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They must be equal.
    Equal,
    /// The left one must not be greater.
    AtMost,
    /// The left one must not be smaller.
    AtLeast,
    /// The left one must not be further from the right one than a band allows.
    Within(Band),
}

/// How far two sides may be apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// So many percent of the right side.
    Percent(Amount),
    /// So many units.
    Units(Amount),
    /// So many percent of the right side, or so many units if these are more: small numbers vary by more of themselves.
    Either(Amount, Amount),
}

impl Band {
    fn shown(self) -> String {
        match self {
            Self::Percent(it) => format!("{}%", it.trimmed()),
            Self::Units(it) => it.trimmed().to_string(),
            Self::Either(percent, units) => format!("{}%或{}", percent.trimmed(), units.trimmed()),
        }
    }
}

impl Relation {
    /// The sign that stands between the sides.
    pub fn sign(self, captions: &CheckCaptions) -> String {
        match self {
            Self::Equal => "＝".to_owned(),
            Self::AtMost => "≤".to_owned(),
            Self::AtLeast => "≥".to_owned(),
            Self::Within(band) => captions.within.filled(&[&band.shown()]),
        }
    }

    /// What the left side should be, in a sentence.
    pub(super) fn should(self) -> String {
        match self {
            Self::Equal => "应当相等".to_owned(),
            Self::AtMost => "前者不应大于后者".to_owned(),
            Self::AtLeast => "前者不应小于后者".to_owned(),
            Self::Within(band) => format!("相差应当不超过{}", band.shown()),
        }
    }
}
