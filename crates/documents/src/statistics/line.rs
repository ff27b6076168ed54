//! A line of a table of statistics, a row or a column, as it is declared.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::Sign;
use crate::order::Order;
use dataset::TableId;
use facts::{Criterion, Measure};
use finding::Origin;
use source::LocatedText;
use words::Expression;

/// A row or column of a table.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id, with those of the headings that it stands under: `staff.public.total`.
    pub id: Arc<str>,
    /// Its own title.
    pub title: Arc<str>,
    /// The titles of the headings that it stands under, outermost first.
    pub headings: Vec<Arc<str>>,
    /// How far its title stands in, from zero.
    pub level: u8,
    /// What its cells are.
    pub kind: LineKind,
    /// Whether it is a 其中 line, which no total holds.
    pub is_of_which: bool,
    /// The table whose records it counts, if it names one itself.
    pub source: Option<TableId>,
    /// What it measures of the records, if it says so itself.
    pub measure: Option<Measure>,
    /// Of a row: single cells that are given, by column.
    pub cells: Vec<(usize, Given)>,
    /// Where it is declared.
    pub origin: Origin,
}

impl Line {
    /// The tables whose records it counts.
    pub(super) fn tables(&self) -> Vec<TableId> {
        match &self.kind {
            LineKind::Counted(sources) | LineKind::Each(_, sources) => sources.keys().copied().collect(),
            _ => Vec::new(),
        }
    }
}

/// What the cells of a line are.
#[derive(Debug, Clone)]
pub enum LineKind {
    /// Records are counted that satisfy all its conditions.
    Counted(Sources),
    /// One such line for each record of a table, whose own records it counts.
    Each(Box<Each>, Sources),
    /// Other lines of the axis, added and subtracted.
    Derived {
        /// The lines.
        terms: Vec<(Sign, usize)>,
        /// The formula as it is printed, unless it is a plain total.
        printed: Option<Arc<str>>,
    },
    /// One line divided by another, in percent.
    Rate {
        /// The line that is divided.
        part: usize,
        /// The line by which it is.
        whole: usize,
        /// Decimal places of the percentage.
        places: u8,
    },
    /// Figures from outside.
    Given(Given),
    /// Nothing of its own: a heading among the rows, or a line of which only single cells are given.
    Blank,
}

/// The conditions of a line, by the table whose records they are put to.
pub type Sources = BTreeMap<TableId, Vec<Criterion>>;

/// A line for each record of a table: each committee, each branch.
#[derive(Debug, Clone)]
pub struct Each {
    /// The table.
    pub of: TableId,
    /// What the line of a record is called.
    pub title: Expression,
    /// Which records have a line.
    pub wheres: Vec<Criterion>,
    pub(crate) order: Order,
}

/// A figure that is not counted.
#[derive(Debug, Clone)]
pub struct Given {
    /// Where it comes from.
    pub from: CellSource,
    /// Where it comes from if the project does not supply that.
    pub or: Option<CellSource>,
}

/// Where a figure comes from.
#[derive(Debug, Clone)]
pub enum CellSource {
    /// A fact, by its id.
    Fact(Arc<str>),
    /// What the project was given under a name: `last_year.t1.14.total`.
    Outside(LocatedText),
}
