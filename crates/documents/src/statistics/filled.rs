//! Statistics worked out: every line and figure of every sheet, and the records behind each figure.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;
use std::sync::Arc;

use super::declaration::{ComparisonFigure, Sheet, Statistics};
use super::line::CellSource;
use crate::book::{Cell, Sign};
use dataset::{FieldRef, Reads, RecordId, RowId, TableId};
use facts::{Frame, Rows};
use finding::Origin;
use value::Amount;

/// A workbook of statistics, worked out.
#[derive(Debug)]
pub struct Computed {
    /// The declaration.
    pub statistics: Arc<Statistics>,
    /// The period and day that it is about.
    pub frame: Frame,
    /// The committee whose edition it is; none if it is over all.
    pub committee: Option<RecordId>,
    /// The sheets, as the declaration has them; an edition of a committee holds only its own.
    pub sheets: Vec<Filled>,
    /// What was read.
    pub reads: Reads,
    /// The fields for lack of which a figure is undecided, with the number of a sheet that needs each.
    pub open: BTreeMap<FieldRef, Arc<str>>,
    /// The records of which it is not known for certain where they count.
    pub doubtful: BTreeSet<RecordId>,
    /// Conditions that cannot be carried out: where they are written, and what the machine said.
    pub faults: BTreeMap<Origin, String>,
}

/// A sheet, worked out.
#[derive(Debug)]
pub struct Filled {
    /// Index of the sheet in the declaration.
    pub sheet: usize,
    /// What stands in it.
    pub body: FilledBody,
}

/// What stands in a sheet.
#[derive(Debug)]
pub enum FilledBody {
    /// Figures.
    Figures(Grid),
    /// A list of records.
    List(FilledList),
}

/// A table of figures.
#[derive(Debug, Default)]
pub struct Grid {
    /// The rows.
    pub rows: Vec<FilledLine>,
    /// The columns.
    pub columns: Vec<FilledLine>,
    /// The figures, by row and column.
    pub cells: Vec<Vec<Figure>>,
    /// Who is counted at all, by table.
    pub base: BTreeMap<TableId, Rows>,
}

/// A figure of a table, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId {
    /// Index of its row.
    pub row: usize,
    /// Index of its column.
    pub column: usize,
}

/// A row or column with the records that it stands for.
#[derive(Debug, Clone)]
pub struct FilledLine {
    /// Its id; that of a line for a record ends with the record's key.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Index of its declaration among the lines of the axis.
    pub declared: usize,
    /// The record whose line it is.
    pub record: Option<RecordId>,
    /// The records that satisfy its conditions, by table.
    pub rows: BTreeMap<TableId, Arc<Rows>>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its value; `None` if there is none. A rate is a fraction, not rounded.
    pub value: Option<Amount>,
    /// How it is made.
    pub made: FigureMade,
}

/// How a figure is made.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureMade {
    /// Counted from the records of a table: [`Grid::records`].
    Counted {
        /// The table.
        table: TableId,
    },
    /// Other figures of the sheet, added and subtracted.
    Derived(Vec<(Sign, CellId)>),
    /// One figure of the sheet divided by another.
    Rate {
        /// What is divided.
        part: CellId,
        /// That by which it is.
        whole: CellId,
        /// Places of the percentage.
        places: u8,
    },
    /// A figure from outside: a fact, or what the project was given.
    Given(GivenFrom),
    /// No figure.
    Nothing,
}

/// Where a given figure came from.
#[derive(Debug, Clone, PartialEq)]
pub enum GivenFrom {
    /// A fact, by its id.
    Fact(Arc<str>),
    /// A place in what the project was given, under this name.
    Outside(Arc<str>, Origin),
    /// It was asked for under this name, and nobody has supplied it.
    Nowhere(Arc<str>),
}

/// A list of records.
#[derive(Debug)]
pub struct FilledList {
    /// The table.
    pub table: TableId,
    /// The records, in the order of the list.
    pub records: Vec<RowId>,
    /// Their cells, a row for each.
    pub cells: Vec<Vec<Cell>>,
}

impl Computed {
    /// The declaration of a sheet.
    pub fn sheet(&self, filled: &Filled) -> &Sheet {
        &self.statistics.sheets[filled.sheet]
    }

    /// A figure of the comparison: the index of its sheet among those worked out, and its place there.
    pub fn compared(&self, wanted: &ComparisonFigure) -> Option<(usize, CellId, &Figure)> {
        let sheet = self.sheets.iter().position(|it| it.sheet == wanted.sheet)?;
        let grid = self.sheets[sheet].grid()?;
        let row = Grid::of_declared(&grid.rows, wanted.row).first().copied()?;
        let column = Grid::of_declared(&grid.columns, wanted.column).first().copied()?;
        let at = CellId { row, column };
        Some((sheet, at, &grid[at]))
    }
}

impl Filled {
    /// Its figures; `None` for a list of records.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.body {
            FilledBody::Figures(grid) => Some(grid),
            FilledBody::List(_) => None,
        }
    }
}

impl Grid {
    /// The records behind a counted figure, with their table; `None` for any other.
    pub fn records(&self, at: CellId) -> Option<(TableId, Rows)> {
        let FigureMade::Counted { table } = self[at].made else { return None };
        let mut rows = self.base.get(&table)?.clone();
        rows.keep(self.rows[at.row].rows.get(&table)?);
        rows.keep(self.columns[at.column].rows.get(&table)?);
        Some((table, rows))
    }

    /// The lines of one axis that are declared by one entry: several for `each`.
    pub(super) fn of_declared(lines: &[FilledLine], declared: usize) -> Vec<usize> {
        lines.iter().enumerate().filter(|(_, it)| it.declared == declared).map(|it| it.0).collect()
    }
}

impl Index<CellId> for Grid {
    type Output = Figure;

    fn index(&self, at: CellId) -> &Figure {
        &self.cells[at.row][at.column]
    }
}

impl Figure {
    /// No figure.
    pub(super) const NOTHING: Self = Self { value: None, made: FigureMade::Nothing };
}

impl GivenFrom {
    /// What a declaration asks for, if nobody supplies it.
    pub(super) fn nowhere(source: &CellSource) -> Self {
        match source {
            CellSource::Fact(id) => Self::Fact(id.clone()),
            CellSource::Outside(name) => Self::Nowhere(name.text.clone()),
        }
    }
}
