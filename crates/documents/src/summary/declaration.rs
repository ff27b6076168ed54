//! The declaration of a summary: parts and blocks, the wording of each, and what it may not exceed.

use std::sync::Arc;

use crate::book::{Align, ChartKind};
use dataset::TableId;
use finding::Origin;
use value::Amount;
use words::{Expression, Prose};

/// A summary (总结): `templates/summaries/<id>/summary.yaml`.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Its id: the name of its folder.
    pub id: Arc<str>,
    /// The table with one record for each document; none if there is one document over everything.
    pub of: Option<TableId>,
    /// Which editions are made.
    pub editions: Editions,
    /// Where it is declared.
    pub origin: Origin,
    pub(super) title: Prose,
    pub(super) file_name: Prose,
    pub(super) folder: Option<Prose>,
    pub(super) has_contents: bool,
    pub(super) numbering: Numbering,
    pub(super) limits: Limits,
    pub(super) opening: Vec<Spec>,
    pub(super) parts: Vec<SummaryPart>,
    pub(super) closing: Vec<Spec>,
    pub(super) appendices: Vec<AppendixSpec>,
    pub(super) signature: Vec<Prose>,
    /// The layout below the templates folder.
    pub(super) layout: String,
}

/// Which editions of a summary are made; the figures always are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editions {
    /// On paper.
    pub pdf: bool,
    /// To be edited.
    pub docx: bool,
    /// Its tables.
    pub xlsx: bool,
}

/// How parts are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    /// 一、二、三、
    Headings,
    /// 一是、二是、三是
    Points,
}

/// What a summary may not exceed, or fall short of.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// Greatest number of characters of the text, appendices and tables not counted.
    pub(super) n_characters_max: Option<usize>,
    pub(super) shares: Vec<Share>,
    pub(super) origin: Origin,
}

/// The least share that a part must have.
#[derive(Debug, Clone)]
pub(super) struct Share {
    /// The part.
    pub(super) part: Arc<str>,
    /// The part that it is a share of; the whole text if none is named.
    pub(super) of: Option<Arc<str>>,
    pub(super) at_least: Amount,
    /// As it was written: 1/3.
    pub(super) written: Arc<str>,
    pub(super) origin: Origin,
}

/// A part under a heading of the first level.
#[derive(Debug, Clone)]
pub(super) struct SummaryPart {
    pub(super) id: Arc<str>,
    pub(super) heading: Prose,
    pub(super) is_numbered: bool,
    pub(super) when: Option<Expression>,
    /// What stands there if there is nothing to say; without it the part is left out.
    pub(super) empty: Option<Prose>,
    pub(super) blocks: Vec<Spec>,
}

/// A declared block.
#[derive(Debug, Clone)]
pub(super) struct Spec {
    pub(super) id: Arc<str>,
    pub(super) when: Option<Expression>,
    pub(super) kind: SpecKind,
}

#[derive(Debug, Clone)]
pub(super) enum SpecKind {
    Heading(u8, Prose),
    Paragraph(Point),
    Points(Vec<Point>),
    List(ListSpec),
    Table(Box<TableSpec>),
    Chart(Box<ChartSpec>),
    Events(Vec<EventSpec>),
}

/// A paragraph, or one for each record of a list.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) id: Option<Arc<str>>,
    pub(super) when: Option<Expression>,
    pub(super) each: Option<Expression>,
    pub(super) lead: Option<Prose>,
    pub(super) text: Prose,
}

/// Records, each in a few words.
#[derive(Debug, Clone)]
pub(super) struct ListSpec {
    pub(super) each: Expression,
    pub(super) lead: Option<Prose>,
    pub(super) text: Prose,
    pub(super) style: Style,
    pub(super) n_items_max: Option<usize>,
    pub(super) empty: Option<Prose>,
    pub(super) open: Option<Prose>,
    pub(super) close: Option<Prose>,
}

/// How the items of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// A paragraph each.
    Plain,
    /// A paragraph each, 一是, 二是 …
    First,
    /// A paragraph each, （一） … or 1. … below a heading of the second level.
    Item,
    /// One paragraph, joined with ；.
    Inline,
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct TableSpec {
    pub(super) title: Option<Prose>,
    pub(super) columns: Vec<ColumnSpec>,
    pub(super) rows: RowsSpec,
    pub(super) total: Vec<Prose>,
    pub(super) empty: Option<Prose>,
}

#[derive(Debug, Clone)]
pub(super) struct ColumnSpec {
    pub(super) title: Prose,
    pub(super) align: Align,
    pub(super) width: Option<u16>,
    /// What stands in it, where the rows are records.
    pub(super) value: Option<Prose>,
    pub(super) when: Option<Expression>,
}

#[derive(Debug, Clone)]
pub(super) enum RowsSpec {
    /// A row for each record.
    Each { each: Expression, is_narrowed: bool, groups: Option<Groups> },
    /// Declared rows: their cells, and when they stand there.
    Fixed(Vec<(Vec<Prose>, Option<Expression>)>),
}

/// What rows are grouped by.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    pub(super) by: Expression,
    /// The choices in whose order the groups stand.
    pub(super) choices: Vec<Arc<str>>,
}

/// A chart.
#[derive(Debug, Clone)]
pub(super) struct ChartSpec {
    pub(super) title: Prose,
    pub(super) kind: ChartKind,
    pub(super) unit: Arc<str>,
    pub(super) series: Vec<Prose>,
    pub(super) points: Points,
}

/// The categories of a chart with their figures.
#[derive(Debug, Clone)]
pub(super) enum Points {
    /// A category for each record.
    Each { each: Expression, is_narrowed: bool, point: ChartPoint },
    /// Declared categories.
    Fixed(Vec<ChartPoint>),
}

#[derive(Debug, Clone)]
pub(super) struct ChartPoint {
    pub(super) title: Prose,
    pub(super) values: Vec<Expression>,
    pub(super) when: Option<Expression>,
}

/// Records that are events of a day or month.
#[derive(Debug, Clone)]
pub(super) struct EventSpec {
    pub(super) each: Expression,
    pub(super) date: Expression,
    pub(super) text: Prose,
    pub(super) when: Option<Expression>,
}

/// An appendix.
#[derive(Debug, Clone)]
pub(super) struct AppendixSpec {
    pub(super) id: Arc<str>,
    pub(super) title: Prose,
    pub(super) when: Option<Expression>,
    pub(super) empty: Option<Prose>,
    pub(super) blocks: Vec<Spec>,
}
