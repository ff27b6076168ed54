//! A sheet with one table: title, a line below it, headings of one or more levels, rows, signatures, notes.

use super::cell::Cell;

/// A table on a sheet of its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Name on the tab.
    pub name: String,
    /// Title above the table.
    pub title: String,
    /// Texts of the line between title and headings (填报单位, 填报日期 …), spread over the width.
    pub lines: Vec<String>,
    /// Paper and orientation.
    pub paper: Paper,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows; each has one cell per column.
    pub rows: Vec<Row>,
    /// Texts of the line below the table (负责人, 填表人 …), spread over the width.
    pub signatures: Vec<String>,
    /// Notes below the table, one a row.
    pub notes: Vec<String>,
    /// Whether a row below the headings numbers the columns.
    pub numbering: Numbering,
    /// How many leading columns label the rows: they stay on the screen, and indentation shows in them.
    pub n_stub: usize,
    /// How a figure of zero is shown.
    pub zero: Zero,
    /// What of the sheet is protected.
    pub protection: Protection,
    /// Whether the headings offer to show some rows only.
    pub is_filtered: bool,
    /// The mark of a draft, printed in the header, with the number of errors.
    pub draft: Option<String>,
}

/// Paper size and orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A4 upright.
    A4Portrait,
    /// A4 on its side.
    #[default]
    A4Landscape,
    /// A3 on its side.
    A3Landscape,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its headings from the top level down; neighbours that share the upper ones are merged there,
    /// and a column with fewer levels than others is merged downwards.
    pub heading: Vec<String>,
    /// Width in Chinese characters; computed from the content if none is given.
    pub width: Option<u16>,
    /// How its cells stand.
    pub align: Align,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left; long texts.
    Left,
    /// In the middle; names, dates, short words.
    Center,
    /// At the right; numbers.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its cells, one per column.
    pub cells: Vec<Cell>,
    /// How far its label stands in, from zero: 其中 rows below their row.
    pub level: u8,
    /// How much it weighs.
    pub weight: Weight,
}

/// How much a row weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// As the others.
    #[default]
    Plain,
    /// A total, in bold.
    Total,
}

/// The row below the headings that numbers the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbering {
    /// There is none.
    #[default]
    None,
    /// 甲 乙 丙 … over the columns that label rows, 1 2 3 … over the others.
    Letters,
}

/// How a figure of zero is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zero {
    /// As 0.
    #[default]
    Shown,
    /// As an empty cell.
    Blank,
    /// As —.
    Dash,
}

/// What of a sheet is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protection {
    /// Nothing.
    #[default]
    None,
    /// Formulas, headings and the title are locked, without a password; figures, texts, signatures and notes can
    /// be written.
    Formulas,
}

impl Table {
    /// How many rows the headings take, without the numbering; at least one.
    pub fn levels(&self) -> u32 {
        let deepest = self.columns.iter().map(|it| it.heading.len()).max().unwrap_or(0);
        u32::try_from(deepest).unwrap_or(u32::MAX).max(1)
    }

    /// The row and column of the sheet, counted from zero, at which the headings begin.
    pub fn head(&self) -> (u32, u16) {
        (1 + u32::from(!self.lines.is_empty()), 0)
    }

    /// The row and column of the sheet, counted from zero, at which the first cell of the first row stands.
    pub fn body(&self) -> (u32, u16) {
        let (row, column) = self.head();
        (row + self.levels() + u32::from(self.numbering == Numbering::Letters), column)
    }

    /// The column whose labels stand in with the level of their row: the first of the stub that stands at the left.
    pub fn label(&self) -> Option<usize> {
        self.columns.iter().take(self.n_stub).position(|it| it.align == Align::Left)
    }

    /// How many rows a cell covers: itself, and those below it that are [`Cell::Above`]. Nothing for one that is
    /// covered itself.
    pub fn depth(&self, row: usize, column: usize) -> usize {
        let is_above =
            |at: usize| self.rows.get(at).and_then(|it| it.cells.get(column)) == Some(&Cell::Above);
        if row > 0 && is_above(row) {
            return 0;
        }
        1 + (row + 1..self.rows.len()).take_while(|at| is_above(*at)).count()
    }

    /// The texts of the numbering row, one per column, if there is one.
    pub fn numbers(&self) -> Option<Vec<String>> {
        const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
        let number = |at: usize| match at.checked_sub(self.n_stub) {
            Some(figure) => (figure + 1).to_string(),
            None => STEMS.get(at).map_or_else(String::new, ToString::to_string),
        };
        match self.numbering {
            Numbering::None => None,
            Numbering::Letters => Some((0..self.columns.len()).map(number).collect()),
        }
    }
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_stands_below_title_line_headings_and_numbering() {
        let column = |heading: &[&str]| Column {
            heading: heading.iter().map(ToString::to_string).collect(),
            width: None,
            align: Align::Right,
        };
        let columns = vec![column(&["项目"]), column(&["行次"]), column(&["人数", "男"]), column(&[])];
        let bare = Table { columns, n_stub: 2, ..Table::default() };
        assert_eq!((bare.body(), bare.numbers()), ((3, 0), None));
        let full = Table { lines: vec!["单位：人".to_owned()], numbering: Numbering::Letters, ..bare };
        assert_eq!(full.body(), (5, 0));
        assert_eq!(full.numbers().unwrap(), ["甲", "乙", "1", "2"]);
    }
}
