//! Headings of several levels: which cells they cover, worked out from the columns.

use super::{Column, Table};

/// A heading and the cells that it covers, counted from the table's first row and column.
#[derive(Debug, PartialEq, Eq)]
pub struct Block<'s> {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u16, u16),
    /// What it says.
    pub text: &'s str,
}

/// The blocks, which cover every cell of the heading exactly once.
///
/// A column's last label reaches down to the table. Above it stand the labels of its groups, which
/// neighbours share as long as all labels above are shared as well.
pub fn blocks(table: &Table) -> Vec<Block<'_>> {
    let (columns, bottom) = (&table.columns, table.levels() - 1);
    let mut blocks = Vec::new();
    for level in 0..bottom {
        blocks.extend(groups(columns, level));
    }
    for (at, column) in (0_u16..).zip(columns) {
        let top = u32::try_from(column.heading.len()).unwrap_or(u32::MAX).saturating_sub(1);
        let text = column.heading.last().map_or("", String::as_str);
        blocks.push(Block { rows: (top, bottom), columns: (at, at), text });
    }
    blocks
}

/// The groups of one level, from left to right.
fn groups(columns: &[Column], level: u32) -> Vec<Block<'_>> {
    let depth = level as usize + 1;
    let mut groups: Vec<Block<'_>> = Vec::new();
    let mut open: Option<&[String]> = None;
    for (at, column) in (0_u16..).zip(columns) {
        let path = column.heading.get(..depth).filter(|_| column.heading.len() > depth);
        match (path, groups.last_mut()) {
            (Some(path), Some(group)) if open == Some(path) => group.columns.1 = at,
            (Some(path), _) => {
                let text = path.last().map_or("", String::as_str);
                groups.push(Block { rows: (level, level), columns: (at, at), text });
            }
            (None, _) => {}
        }
        open = path;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Align;

    fn table(headings: &[&[&str]]) -> Table {
        let column = |heading: &&[&str]| Column {
            heading: heading.iter().map(ToString::to_string).collect(),
            width: None,
            align: Align::Center,
        };
        Table { columns: headings.iter().map(column).collect(), ..Table::default() }
    }

    #[test]
    fn neighbours_share_a_group_and_a_short_column_reaches_down() {
        let table = table(&[&["序号"], &["党员", "男"], &["党员", "女"], &["备注"]]);
        let covered: Vec<_> = blocks(&table).into_iter().map(|it| (it.text, it.rows, it.columns)).collect();
        assert_eq!(
            covered,
            [
                ("党员", (0, 0), (1, 2)),
                ("序号", (0, 1), (0, 0)),
                ("男", (1, 1), (1, 1)),
                ("女", (1, 1), (2, 2)),
                ("备注", (0, 1), (3, 3)),
            ]
        );
    }

    #[test]
    fn every_cell_is_covered_once() {
        let table = table(&[
            &["甲", "一", "x"],
            &["甲", "一", "y"],
            &["甲", "二"],
            &[],
            &["乙", "一", "x"],
            &["甲", "一", "x"],
            &["甲"],
            &["甲"],
        ]);
        let mut hits = vec![[0; 8]; 3];
        for block in blocks(&table) {
            for row in block.rows.0..=block.rows.1 {
                for column in block.columns.0..=block.columns.1 {
                    hits[row as usize][column as usize] += 1;
                }
            }
        }
        assert_eq!(hits, vec![[1; 8]; 3]);
    }
}
