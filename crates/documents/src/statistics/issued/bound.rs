//! What a binding says: which figures and texts go into which cells of a workbook that others have issued.

use std::collections::BTreeMap;
use std::sync::Arc;

use annex::{Address, Blank};

use super::anatomy::Anatomy;
use finding::Origin;
use words::Template;

/// A binding.
#[derive(Debug)]
pub(super) struct Bound {
    /// What the workbook is called.
    pub(super) title: Arc<str>,
    /// The name of the filled file.
    pub(super) file_name: Template,
    /// The workbook as it was issued.
    pub(super) blank: Arc<Blank>,
    /// Its sheets of which something is filled.
    pub(super) sheets: Vec<BoundSheet>,
    /// Where it is declared.
    pub(super) origin: Origin,
}

/// A sheet of a binding.
#[derive(Debug)]
pub(super) struct BoundSheet {
    pub(super) anatomy: Anatomy,
    /// Index of the declared table of its rows and columns.
    pub(super) table: Option<usize>,
    /// Rows by their number, from 0.
    pub(super) rows: BTreeMap<usize, Bind>,
    /// Columns by their number, from 0.
    pub(super) columns: BTreeMap<usize, Bind>,
    /// Single cells, by row and column.
    pub(super) cells: BTreeMap<(usize, usize), CellRule>,
    /// Texts outside of the body, gap by gap.
    pub(super) texts: BTreeMap<Address, Vec<TextRule>>,
    /// Rows for records.
    pub(super) blocks: Vec<BoundBlock>,
    /// Where it is declared.
    pub(super) origin: Origin,
}

/// What a row or column takes its figures from.
#[derive(Debug, Clone)]
pub(super) enum Bind {
    /// Declared lines, by their indexes: one, or several that are added up.
    Lines(Vec<usize>),
    /// Nothing, for this reason.
    Left(Arc<str>),
}

/// What goes into a single cell.
#[derive(Debug, Clone)]
pub(super) enum CellRule {
    /// A figure of a table, by the indexes of table, row and column.
    Figure(usize, usize, usize),
    /// A text.
    Text(Template),
    /// Nothing, for this reason.
    Left(Arc<str>),
}

/// What goes into a gap of a text.
#[derive(Debug, Clone)]
pub(super) enum TextRule {
    /// A text.
    Template(Template),
    /// Nothing, for this reason.
    Left(Arc<str>),
}

/// Rows for records of a declared line.
#[derive(Debug, Clone)]
pub(super) struct BoundBlock {
    /// Its number among the blocks of the sheet.
    pub(super) block: usize,
    /// Index of the declared row that has a line for each record.
    pub(super) line: usize,
    /// The column of the names.
    pub(super) names: usize,
}
