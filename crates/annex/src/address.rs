//! Where a place stands in a document, as a clerk can count it: `表1!3,2` is the second cell in the third row of the
//! first table, `表1!5-9` are rows, `段4` is the fourth paragraph outside of tables; `页眉1!` and `页脚1!` stand before
//! what is in a header or a footer. In a workbook `工作表2!C5` is a cell of the second sheet, `工作表2!5-12` are its rows.

use std::fmt;
use std::str::FromStr;

/// Where a place stands. All numbers are from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// In which text of the document.
    pub story: Story,
    /// Where in it.
    pub spot: Spot,
}

/// A text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Story {
    /// Its body.
    Body,
    /// A header, in the order of the parts.
    Header(usize),
    /// A footer.
    Footer(usize),
    /// A sheet of a workbook, by its place in it.
    Sheet(usize),
}

/// Where in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// A paragraph outside of tables.
    Paragraph(usize),
    /// A cell of a table; one that goes on with a cell above is counted, too.
    Cell {
        /// The table.
        table: usize,
        /// The row.
        row: usize,
        /// The cell in its row.
        cell: usize,
    },
    /// Rows of a table.
    Rows {
        /// The table.
        table: usize,
        /// The first row.
        first: usize,
        /// The last row.
        last: usize,
    },
}

impl Address {
    /// Reads an address as it is written.
    ///
    /// # Errors
    /// If the text is none.
    pub fn read(text: &str) -> Result<Self, NoAddress> {
        text.parse()
    }
    /// Whether another address lies within the rows that this one names.
    pub fn covers(self, other: Self) -> bool {
        match (self.spot, other.spot) {
            (Spot::Rows { table, first, last }, Spot::Cell { table: its, row, .. }) => {
                self.story == other.story && table == its && (first..=last).contains(&row)
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.story {
            Story::Body => {}
            Story::Header(number) => write!(f, "页眉{number}!")?,
            Story::Footer(number) => write!(f, "页脚{number}!")?,
            Story::Sheet(number) => write!(f, "工作表{number}!")?,
        }
        let is_sheet = matches!(self.story, Story::Sheet(_));
        match self.spot {
            Spot::Cell { row, cell, .. } if is_sheet => f.write_str(&cell_of(row, cell)),
            Spot::Rows { first, last, .. } if is_sheet => write!(f, "{first}-{last}"),
            Spot::Paragraph(number) => write!(f, "段{number}"),
            Spot::Cell { table, row, cell } => write!(f, "表{table}!{row},{cell}"),
            Spot::Rows { table, first, last } => write!(f, "表{table}!{first}-{last}"),
        }
    }
}

/// A text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("位置应写成“表1!3,2”（第3行第2格）、“表1!5-9”（第5至9行）或“段4”")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let text: String = text.chars().filter(|it| !it.is_whitespace()).map(plain).collect();
        let in_story = |start: &str| {
            let (number, rest) = text.strip_prefix(start)?.split_once('!')?;
            Some((number.parse().ok()?, rest))
        };
        if let Some((number, rest)) = in_story("工作表") {
            return spot_of_sheet(rest)
                .map(|spot| Self { story: Story::Sheet(number), spot })
                .ok_or(NoAddress);
        }
        let (story, rest) = match (in_story("页眉"), in_story("页脚")) {
            (Some((number, rest)), _) => (Story::Header(number), rest),
            (_, Some((number, rest))) => (Story::Footer(number), rest),
            _ => (Story::Body, text.as_str()),
        };
        spot(rest).map(|spot| Self { story, spot }).ok_or(NoAddress)
    }
}

fn spot(text: &str) -> Option<Spot> {
    let number = |it: &str| it.parse::<usize>().ok().filter(|it| *it > 0);
    if let Some(rest) = text.strip_prefix('段') {
        return number(rest).map(Spot::Paragraph);
    }
    let (table, rest) = text.strip_prefix('表')?.split_once('!')?;
    let table = number(table)?;
    if let Some((row, cell)) = rest.split_once(',') {
        return Some(Spot::Cell { table, row: number(row)?, cell: number(cell)? });
    }
    let (first, last) = rest.split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(Spot::Rows { table, first, last })
}

/// The name of a cell of a sheet; row and column from 1.
fn cell_of(row: usize, column: usize) -> String {
    let at = |it: usize| u32::try_from(it.saturating_sub(1)).unwrap_or(u32::MAX);
    ooxml::cell_name((at(row), at(column)))
}

fn spot_of_sheet(text: &str) -> Option<Spot> {
    let number = |it: &str| it.parse::<usize>().ok().filter(|it| *it > 0);
    if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (number(first)?, number(last)?);
        return (first <= last).then_some(Spot::Rows { table: 1, first, last });
    }
    let (row, column) = ooxml::cell(&text.to_ascii_uppercase())?;
    Some(Spot::Cell { table: 1, row: row as usize + 1, cell: column as usize + 1 })
}

/// Full-width marks as half-width ones.
fn plain(letter: char) -> char {
    match letter {
        '！' => '!',
        '，' => ',',
        '—' | '－' | '–' => '-',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        for text in [
            "表1!3,2",
            "表12!5-9",
            "段4",
            "页眉1!段2",
            "页脚2!表1!1,1",
            "工作表2!C5",
            "工作表1!AA10",
            "工作表1!5-12",
        ] {
            assert_eq!(text.parse::<Address>().map(|it| it.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("表 1！3，2".parse::<Address>().map(|it| it.to_string()).as_deref(), Ok("表1!3,2"));
        for text in ["", "表1", "表1!3", "表0!1,1", "段0", "表1!9-5", "A1", "表1!3,2,1"] {
            assert_eq!(text.parse::<Address>(), Err(NoAddress), "{text}");
        }
    }
}
