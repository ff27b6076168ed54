//! Blank rows: what stands in them, and rows that are put in where more are wanted than were prepared.

use std::ops::Range;

use super::blank::{Heading, Numbers};
use super::content::{Change, Value, changed, lines};
use super::grid::{Grid, Row};
use super::splice::Splices;

/// The changes of one row, by its cells.
pub(crate) type RowChanges = Vec<(usize, Vec<Change>)>;

/// What the texts of a record make of a row: the cells of the headings get their lines.
pub(crate) fn row_changes(row: &Row, headings: &[Heading], texts: &[Value], number: usize) -> RowChanges {
    let mut changes = Vec::new();
    for (heading, text) in headings.iter().zip(texts) {
        let cell = &row.cells[heading.cell];
        match heading.numbers {
            Numbers::Given => changes.extend(renumbered(&cell.text(), number).map(|text| {
                let letters = 0..cell.paragraphs.first().map_or(0, |it| it.letters.len());
                let look = super::content::Look::Same;
                (heading.cell, vec![Change::Letters { paragraph: 0, letters, text, look }])
            })),
            _ if text.text.is_empty() => {}
            _ => {
                let change = Change::Lines { first: 0, lines: lines(&text.text), dropped: 0, is_long: false };
                changes.push((heading.cell, vec![change]));
            }
        }
    }
    changes
}

/// The number that a row bears, if it is another than is written there.
pub(crate) fn renumbered(written: &str, number: usize) -> Option<String> {
    let inner: String = written.chars().filter(|it| !it.is_whitespace()).collect();
    let digits: String = inner.chars().filter(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return (digits != number.to_string()).then(|| inner.replacen(&digits, &number.to_string(), 1));
    }
    let said = chinese(number)?;
    let old: String = inner.chars().filter(|it| "一二三四五六七八九十".contains(*it)).collect();
    if old.is_empty() {
        let circled = char::from_u32(0x2460 + u32::try_from(number).ok()? - 1).filter(|_| number <= 20)?;
        return (inner != circled.to_string()).then(|| circled.to_string());
    }
    (old != said).then(|| inner.replacen(&old, &said, 1))
}

/// A number below 100 in Chinese.
fn chinese(number: usize) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    match tens {
        0 => Some(DIGITS[ones].to_owned()),
        1 => Some(format!("十{}", DIGITS[ones])),
        2..=9 => Some(format!("{}十{}", DIGITS[tens], DIGITS[ones])),
        _ => None,
    }
}

/// The texts of a row once it has changed, cell by cell.
pub(crate) fn changed_row(row: &Row, changes: &RowChanges) -> Vec<Vec<String>> {
    let of = |cell: usize| changes.iter().filter(move |it| it.0 == cell).flat_map(|it| it.1.clone());
    row.cells
        .iter()
        .enumerate()
        .map(|(idx, it)| changed(&it.paragraphs, &of(idx).collect::<Vec<_>>()))
        .collect()
}

/// The splices of a row.
pub(crate) fn splice_row(splices: &mut Splices<'_>, row: &Row, changes: &RowChanges) {
    for (cell, changes) in changes {
        splices.change(&row.cells[*cell].paragraphs, changes);
    }
}

/// A row like another, with these changes, as it is put behind the others. What may occur only once in a document is
/// left out: the numbers of its paragraphs, and bookmarks.
pub(crate) fn cloned(part: &str, row: &Row, changes: &RowChanges) -> String {
    let mut splices = Splices::new(part);
    splice_row(&mut splices, row, changes);
    let mut edits = splices.finish();
    edits.sort_by_key(|it| (it.0.start, it.0.end));
    let mut text = String::new();
    let mut kept = row.range.start;
    for (range, xml) in edits {
        text.push_str(&once_only_removed(&part[kept..range.start]));
        text.push_str(&xml);
        kept = range.end;
    }
    text.push_str(&once_only_removed(&part[kept..row.range.end]));
    text
}

fn once_only_removed(xml: &str) -> String {
    let mut text = xml.to_owned();
    for (open, close) in [
        (" w14:paraId=\"", "\""),
        (" w14:textId=\"", "\""),
        ("<w:bookmarkStart ", "/>"),
        ("<w:bookmarkEnd ", "/>"),
    ] {
        while let Some(start) = text.find(open) {
            let behind = start + open.len();
            let Some(end) = text[behind..].find(close) else { break };
            text.replace_range(start..behind + end + close.len(), "");
        }
    }
    text
}

/// The rows of a table that a place covers.
pub(crate) fn rows_of(grid: &Grid, first: usize, last: usize) -> Range<usize> {
    first.saturating_sub(1)..last.min(grid.rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_on_as_they_were() {
        let cases = [
            ("3", 3, None),
            ("3", 4, Some("4")),
            (" (3) ", 12, Some("(12)")),
            ("三", 11, Some("十一")),
            ("（二）", 3, Some("（三）")),
            ("③", 4, Some("④")),
        ];
        for (written, number, wanted) in cases {
            assert_eq!(renumbered(written, number).as_deref(), wanted, "{written}");
        }
    }

    #[test]
    fn what_may_occur_once_is_left_out_of_a_row_that_is_put_in() {
        let row = "<w:tr w14:paraId=\"1A\" w:rsidR=\"0\"><w:p w14:paraId=\"2B\" w14:textId=\"3\"><w:bookmarkStart w:id=\"0\" w:name=\"a\"/><w:bookmarkEnd w:id=\"0\"/></w:p></w:tr>";
        assert_eq!(once_only_removed(row), "<w:tr w:rsidR=\"0\"><w:p></w:p></w:tr>");
    }
}
