//! Why a workbook is not filled, or does not get rows.

use crate::formula::Stuck;
use crate::{Cell, ChangeFault, EditFault, PackageFault, XmlFault, area_name, cell_name};

/// Why a step of filling was not taken. The workbook is then as it was before the step.
#[derive(Debug, thiserror::Error)]
pub enum FillFault {
    /// It is no package that may be opened.
    #[error("{0}")]
    Package(#[from] PackageFault),
    /// A part of it is no XML, or too large.
    #[error("文件内部的“{part}”{fault}")]
    Xml {
        /// The part.
        part: String,
        /// What is wrong with it.
        fault: XmlFault,
    },
    /// It is no workbook of this format, or lacks something that every workbook has.
    #[error("不是 xlsx 工作簿，或内部结构不同寻常")]
    Unusual,
    /// No sheet has this name.
    #[error("没有工作表“{0}”")]
    NoSheet(String),
    /// The sheet has no cells: a chart fills it.
    #[error("“{0}”是图表，没有单元格")]
    NoCells(String),
    /// No sheet has so many rows or columns.
    #[error("超出了工作表的范围")]
    Off,
    /// A formula stands in the cell.
    #[error("{}是公式，不能填写", cell_name(*.0))]
    Formula(Cell),
    /// The cell is covered by another one with which it is merged.
    #[error("{}并入了{}，只能填写后者", cell_name(*cell), cell_name(*first))]
    Covered {
        /// The cell.
        cell: Cell,
        /// The first one of the merged area, which may be filled.
        first: Cell,
    },
    /// A date that there is not, or that spreadsheets do not know: they begin with the year 1900, some with 1904.
    #[error("电子表格没有{0}年{1}月{2}日这一天")]
    Date(u16, u8, u8),
    /// A number that spreadsheets cannot hold.
    #[error("电子表格写不下这个数")]
    Number,
    /// Longer than a cell can hold.
    #[error("单元格最多写 32767 个字符")]
    Long,
    /// A change could not be made.
    #[error("{0}")]
    Edit(#[from] EditFault),
    /// Something stands in the way of rows that are to be inserted.
    #[error("{0}")]
    Immovable(#[from] Immovable),
    /// The package cannot be written.
    #[error("{0}")]
    Change(#[from] ChangeFault),
}

/// What would have to move with the rows of a sheet and is not moved here. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Immovable {
    /// The sheet or the workbook holds something that tells cells in a way that is not followed here.
    #[error("表中有{0}，插入行以后会错位")]
    Part(String),
    /// A formula refers to cells in a way that cannot follow.
    #[error("工作表“{sheet}”{}的公式{}", cell_name(*cell), why(*stuck))]
    Formula {
        /// The sheet in which it stands.
        sheet: String,
        /// Its cell.
        cell: Cell,
        /// Why it cannot.
        stuck: Stuck,
    },
    /// A formula that fills several rows would be torn apart.
    #[error("{}是一个数组公式，不能在其中插入行", area_name(*.0))]
    Array([Cell; 2]),
    /// A table of what-if values.
    #[error("{}是模拟运算表，插入行以后会错位", cell_name(*.0))]
    Scenario(Cell),
    /// A formula of a validation or conditional format cannot follow.
    #[error("工作表“{sheet}”{area}的有效性或条件格式公式{}", why(*stuck))]
    Rule {
        /// The sheet in which it stands.
        sheet: String,
        /// Its cells as they are written.
        area: String,
        /// Why it cannot.
        stuck: Stuck,
    },
    /// A defined name cannot follow.
    #[error("名称“{name}”{}", why(*stuck))]
    Name {
        /// The name.
        name: String,
        /// Why it cannot.
        stuck: Stuck,
    },
    /// Another place of a formula cannot follow: a chart, a table, a drawing, a link.
    #[error("文件内部“{part}”中的引用{}", why(*stuck))]
    Reference {
        /// The part in which it stands.
        part: String,
        /// Why it cannot.
        stuck: Stuck,
    },
    /// An address that cannot be read.
    #[error("“{0}”这样写的区域看不懂")]
    Address(String),
    /// Rows with something in them would fall off the end of the sheet.
    #[error("工作表末尾没有空行可以让出来")]
    End,
}

fn why(stuck: Stuck) -> &'static str {
    match stuck {
        Stuck::Span => "跨多个工作表引用，插入行以后会错位",
        Stuck::Off => "引用的单元格会移出工作表",
        Stuck::Torn => "的相对引用有的会移动、有的不会，插入行以后会错位",
    }
}
