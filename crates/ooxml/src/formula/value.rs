//! Values of cells and formulas, and how spreadsheets take one for another.

use std::cmp::Ordering;
use std::fmt;

use super::number;
use crate::Cell;
use crate::cell_name;

/// What a cell holds, or what a formula gives.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// A number; also a date, as the days of its calendar.
    Number(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// An error as it is shown: `#DIV/0!`.
    Error(String),
}

/// Why a formula was not computed. Programs will compute it when they open the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotComputed {
    /// It is written in a way that is not followed here: arrays, structured references, spans of sheets.
    #[error("公式的写法本程序不计算")]
    Syntax,
    /// It calls a function that is not computed here.
    #[error("函数{0}本程序不计算")]
    Function(String),
    /// A function is given something that is not followed here.
    #[error("函数{0}的这种用法本程序不计算")]
    Usage(String),
    /// It uses a defined name that there is not, or whose meaning depends on the cell.
    #[error("名称“{0}”无法取值")]
    Name(String),
    /// It refers to a sheet that there is not.
    #[error("没有工作表“{0}”")]
    Sheet(String),
    /// It refers to another file.
    #[error("引用了其他文件")]
    Outside,
    /// It gives values to several cells, or takes of several cells the one beside it.
    #[error("数组公式本程序不计算")]
    Array,
    /// It needs a cell that was not computed.
    #[error("所引用的“{}”没有算出", shown(sheet, *cell))]
    Needs {
        /// The sheet of that cell.
        sheet: String,
        /// That cell.
        cell: Cell,
    },
    /// It needs itself, or something that needs itself.
    #[error("循环引用")]
    Cycle,
    /// It takes more work, or is nested deeper, than any honest form.
    #[error("计算量过大")]
    TooMuch,
}

fn shown(sheet: &str, cell: Cell) -> String {
    format!("{sheet}!{}", cell_name(cell))
}

pub(super) const DIVISION: &str = "#DIV/0!";
pub(super) const NO_VALUE: &str = "#VALUE!";
pub(super) const NO_NUMBER: &str = "#NUM!";

impl CellValue {
    pub(super) fn error(said: &str) -> Self {
        Self::Error(said.to_owned())
    }

    /// As a number, as operators take it; the error otherwise.
    pub(super) fn number(&self) -> Result<f64, Self> {
        match self {
            Self::Empty => Ok(0.0),
            Self::Number(it) => Ok(*it),
            Self::Boolean(it) => Ok(f64::from(u8::from(*it))),
            Self::Text(it) => number::read(it).ok_or_else(|| Self::error(NO_VALUE)),
            Self::Error(_) => Err(self.clone()),
        }
    }

    /// As a text, as `&` takes it.
    pub(super) fn text(&self) -> Result<String, Self> {
        match self {
            Self::Empty => Ok(String::new()),
            Self::Number(it) => Ok(number::shown(*it)),
            Self::Boolean(it) => Ok(if *it { "TRUE" } else { "FALSE" }.to_owned()),
            Self::Text(it) => Ok(it.clone()),
            Self::Error(_) => Err(self.clone()),
        }
    }

    /// As yes or no, as `IF` takes it.
    pub(super) fn boolean(&self) -> Result<bool, Self> {
        match self {
            Self::Text(it) if it.eq_ignore_ascii_case("true") => Ok(true),
            Self::Text(it) if it.eq_ignore_ascii_case("false") => Ok(false),
            Self::Text(_) => Err(Self::error(NO_VALUE)),
            other => other.number().map(|it| it != 0.0),
        }
    }

    /// Which comes first: numbers before texts before yes and no, texts without regard to case; an empty cell is like whatever
    /// it is held against. `Err` holds an error.
    pub(super) fn compare(&self, other: &Self) -> Result<Ordering, Self> {
        let rank = |it: &Self| match it {
            Self::Empty | Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Boolean(_) | Self::Error(_) => 2,
        };
        match (self, other) {
            (Self::Error(_), _) => Err(self.clone()),
            (_, Self::Error(_)) => Err(other.clone()),
            (Self::Empty, Self::Text(it)) => Ok("".cmp(it.as_str())),
            (Self::Text(it), Self::Empty) => Ok(it.as_str().cmp("")),
            (Self::Empty, Self::Boolean(it)) => Ok(false.cmp(it)),
            (Self::Boolean(it), Self::Empty) => Ok(it.cmp(&false)),
            (Self::Text(one), Self::Text(other)) => Ok(one.to_lowercase().cmp(&other.to_lowercase())),
            (Self::Boolean(one), Self::Boolean(other)) => Ok(one.cmp(other)),
            (one, other) if rank(one) == rank(other) => {
                let (one, other) = (one.number()?, other.number()?);
                if number::is_close(one, other) {
                    return Ok(Ordering::Equal);
                }
                Ok(one.partial_cmp(&other).unwrap_or(Ordering::Equal))
            }
            (one, other) => Ok(rank(one).cmp(&rank(other))),
        }
    }
}

impl fmt::Display for CellValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(it) => f.write_str(it),
            other => f.write_str(&other.text().unwrap_or_default()),
        }
    }
}
