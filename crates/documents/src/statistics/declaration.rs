//! The declaration of statistics: a workbook, its sheets, and what stands on them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::checks::Check;
use super::line::Line;
use crate::book::{Align, ChartKind, Paper, Zero};
use crate::order::Order;
use dataset::TableId;
use facts::{Count, Criterion, Measure};
use finding::Origin;
use value::Period;
use words::{Expression, Template};

/// The name under which the texts of statistics find the committee whose edition they stand in, if it is one.
pub(super) const COMMITTEE: &str = "committee";

/// The declaration of a workbook of statistics.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// Its id: the name of its folder.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// The year of the definition that it follows.
    pub edition: Arc<str>,
    /// The regulation or notice that asks for it.
    pub basis: Arc<str>,
    /// The yearly span that it is about; the project's own period if none is declared.
    pub period: Option<Span>,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// Its cover.
    pub cover: Option<Cover>,
    /// Texts above each table that has none of its own.
    pub lines: Vec<Template>,
    /// Texts below each table that has none of its own.
    pub signatures: Vec<Template>,
    /// Its charts.
    pub charts: Vec<ChartSpec>,
    /// Indexes of the sheets of which each committee has an edition of its own.
    pub per_committee: Vec<usize>,
    /// The sheet that sets the committees side by side.
    pub comparison: Option<Comparison>,
    /// What its figures must satisfy.
    pub checks: Vec<Check>,
    /// Where it is declared.
    pub origin: Origin,
    pub(crate) file_name: Template,
}

/// Statistics that are to be made, and for which days.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The declaration.
    pub statistics: Arc<Statistics>,
    /// The period that the project gives for them.
    pub period: Option<Period>,
    /// The day that the project gives for them.
    pub as_of: Option<Date>,
    /// Workbooks that others have issued and that are filled from them, by the names of their bindings.
    pub issued: Vec<source::LocatedText>,
    /// Where the project asks for them.
    pub origin: Origin,
}

/// A span of every year, by month and day; it may reach into the next year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub starts: (i8, i8),
    /// The last day.
    pub ends: (i8, i8),
}

/// The cover of a workbook.
#[derive(Debug, Clone)]
pub struct Cover {
    pub(crate) title: Template,
    pub(crate) subtitle: Option<Template>,
    pub(crate) lines: Vec<Template>,
}

/// A sheet with one table.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its id, by which checks and charts name it.
    pub id: Arc<str>,
    /// Its number in the book: 表2.
    pub number: Arc<str>,
    /// Name on the tab.
    pub name: Arc<str>,
    /// Title above the table.
    pub title: Arc<str>,
    /// The table whose records it counts where a line names no other.
    pub of: TableId,
    /// Whether it says itself who is counted at all, and is so about some of the records only.
    pub counts_some: bool,
    /// Who of each table is counted at all.
    pub wheres: BTreeMap<TableId, Vec<Criterion>>,
    /// Paper and orientation.
    pub paper: Paper,
    /// How zero is shown.
    pub zero: Zero,
    /// Whether a row below the headings numbers the columns.
    pub is_numbered: bool,
    /// Whether a column numbers the rows (行次).
    pub has_line_numbers: bool,
    /// Heading of the column that labels the rows.
    pub corner: Option<Arc<str>>,
    /// Whether its figures are rounded as published ones are, so that sums need only agree within half a unit.
    pub is_rounded: bool,
    /// What stands in it.
    pub body: Body,
    /// Texts above the table, in place of those of the workbook.
    pub lines: Option<Vec<Template>>,
    /// Texts below the table, in place of those of the workbook.
    pub signatures: Option<Vec<Template>>,
    /// What of its definitions rests on no source.
    pub unverified: Option<Arc<str>>,
    /// Notes below the table.
    pub notes: Vec<Template>,
    /// Where it is declared.
    pub origin: Origin,
}

impl Sheet {
    /// The conditions that a record of a table must satisfy to be counted at all.
    pub fn wheres(&self, table: TableId) -> &[Criterion] {
        self.wheres.get(&table).map_or(&[], Vec::as_slice)
    }

    /// The tables whose records it counts or lists.
    pub fn tables(&self) -> BTreeSet<TableId> {
        match &self.body {
            Body::Figures { rows, columns, .. } => {
                rows.iter().chain(columns).flat_map(Line::tables).collect()
            }
            Body::List(_) => BTreeSet::from([self.of]),
        }
    }
}

/// What stands in a table.
#[derive(Debug, Clone)]
pub enum Body {
    /// Figures: a cell for each row and column.
    Figures {
        /// The rows.
        rows: Vec<Line>,
        /// The columns.
        columns: Vec<Line>,
        /// What is measured where no line says otherwise.
        measure: Measure,
    },
    /// A row for each record of the table.
    List(List),
}

/// A list of records.
#[derive(Debug, Clone)]
pub struct List {
    /// The columns.
    pub columns: Vec<ListColumn>,
    /// The title of the row of totals below, if there is one.
    pub total: Option<Arc<str>>,
    pub(crate) order: Order,
}

/// A column of a list.
#[derive(Debug, Clone)]
pub struct ListColumn {
    /// Its id, by which checks name it.
    pub id: Arc<str>,
    /// Its headings from the top level down.
    pub heading: Vec<String>,
    /// What stands in it.
    pub value: ListValue,
    /// Width in Chinese characters.
    pub width: Option<u16>,
    /// How its cells stand.
    pub align: Align,
}

/// What stands in a column of a list.
#[derive(Debug, Clone)]
pub enum ListValue {
    /// A text or number of the record itself.
    Own(Expression),
    /// A figure over records that belong to the record.
    Count(Box<Count>),
}

/// A chart over figures of a sheet.
#[derive(Debug, Clone)]
pub struct ChartSpec {
    /// Its id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// How it is drawn.
    pub kind: ChartKind,
    /// The unit of its figures, if one is declared.
    pub unit: Option<Arc<str>>,
    /// Index of the sheet.
    pub sheet: usize,
    /// Indexes of the lines that are the categories.
    pub categories: Vec<usize>,
    /// Indexes of the lines of the other axis that are the series.
    pub series: Vec<usize>,
    /// Whether the categories are rows, and the series columns.
    pub is_by_rows: bool,
}

/// The sheet that sets the committees side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Name on the tab, if one is declared.
    pub name: Option<Arc<str>>,
    /// Title above the table.
    pub title: Arc<str>,
    /// The table of the committees.
    pub of: TableId,
    /// The figures, a column for each.
    pub figures: Vec<ComparisonFigure>,
}

/// A figure of the comparison: a cell of a sheet.
#[derive(Debug, Clone)]
pub struct ComparisonFigure {
    /// Its heading, from the top level down.
    pub heading: Vec<String>,
    /// Index of the sheet.
    pub sheet: usize,
    /// Index of the row among the lines declared there.
    pub row: usize,
    /// Index of the column among the lines declared there.
    pub column: usize,
}

impl Statistics {
    /// Indexes of the sheets that are worked out for each committee, for its edition or for the comparison.
    pub fn divided(&self) -> BTreeSet<usize> {
        let compared = self.comparison.iter().flat_map(|it| &it.figures).map(|it| it.sheet);
        self.per_committee.iter().copied().chain(compared).collect()
    }
}
