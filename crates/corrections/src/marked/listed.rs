//! The sheet that lists what was found, with links to the cells.

use std::fmt::Write as _;

use super::styles::{Look, Styles};
use crate::list::{Link, List, ListRow};
use ooxml::{cell_name, written_text};
use source::LIST_MARK;

/// The rows of the mark, which nobody sees, and of the title.
const N_TOP: usize = 2;
/// The height of a line in points, and of the tallest row that programs know.
const LINE: usize = 17;
const TALLEST: usize = 400;

/// The sheet; `outside` gives the name of a relation to a file that is not this one.
pub(super) fn sheet_xml(
    list: &List,
    styles: &mut Styles,
    (space, base, is_selected): (&str, &str, bool),
    outside: &mut dyn FnMut(&str) -> String,
) -> String {
    let head = N_TOP + list.lines.len() + 1;
    // The column behind the last holds the mark once more, should the row of the mark be deleted.
    let behind = list.columns.len() + 1;
    let width = |at: usize, width: usize, rest: &str| {
        format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\"{rest} customWidth=\"1\"/>")
    };
    let columns: String = (1..).zip(&list.columns).map(|(at, it)| width(at, it.width, "")).collect();
    let columns = columns + &width(behind, 2, " hidden=\"1\"");
    let bottom = u32::try_from(head + list.rows.len() - 1).unwrap_or(u32::MAX);
    let last = cell_name((bottom, column(behind)));
    let selected = if is_selected { " tabSelected=\"1\"" } else { "" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{space}\" xmlns:r=\"{base}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{last}\"/><sheetViews><sheetView{selected} workbookViewId=\"0\"><pane ySplit=\"{head}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"{LINE}\"/><cols>{columns}</cols><sheetData>{}</sheetData>{}{}<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
        head + 1,
        rows(list, styles),
        merges(list),
        links(list, outside)
    )
}

fn column(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).saturating_sub(1)
}

fn rows(list: &List, styles: &mut Styles) -> String {
    let n_columns = list.columns.len();
    let mut rows =
        format!("<row r=\"1\" ht=\"0\" hidden=\"1\" customHeight=\"1\">{}</row>", cell((0, 0), LIST_MARK, 0));
    let mut number = 1;
    let whole: usize = list.columns.iter().map(|it| it.width).sum();
    let above =
        std::iter::once((&list.title, Look::Title)).chain(list.lines.iter().map(|it| (it, Look::Line)));
    for (said, look) in above {
        let style = styles.look(look);
        let (height, behind) = match look {
            Look::Title => (2 * LINE, cell((number, column(n_columns + 1)), LIST_MARK, 0)),
            _ => (LINE * n_lines(said, whole), String::new()),
        };
        let _infallible = write!(
            rows,
            "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">{}{behind}</row>",
            number + 1,
            cell((number, 0), said, style)
        );
        number += 1;
    }
    let heading = styles.look(Look::Heading);
    let headings = list.columns.iter().map(|it| it.heading.clone()).collect::<Vec<_>>();
    row(&mut rows, number, &headings, &vec![heading; n_columns], LINE * 2);
    for it in &list.rows {
        number += 1;
        let looks: Vec<u32> = (0..n_columns).map(|at| styles.look(look(list, it, at))).collect();
        let lines = it.cells.iter().zip(&list.columns).map(|(said, column)| n_lines(said, column.width));
        let height = (LINE * lines.max().unwrap_or(1)).min(TALLEST);
        row(&mut rows, number, &it.cells, &looks, height);
    }
    rows
}

fn look(list: &List, row: &ListRow, at: usize) -> Look {
    match at {
        it if it == list.severity => Look::Severity(row.severity),
        it if it == list.place && row.link.is_some() => Look::Link,
        it if list.columns[it].is_short => Look::Word,
        _ => Look::Text,
    }
}

fn row(rows: &mut String, number: u32, cells: &[String], looks: &[u32], height: usize) {
    let cells: String = (0..)
        .zip(cells.iter().zip(looks))
        .map(|(col, (said, look))| cell((number, col), said, *look))
        .collect();
    let _infallible =
        write!(rows, "<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">{cells}</row>", number + 1);
}

fn cell(at: ooxml::Cell, said: &str, style: u32) -> String {
    let (at, said) = (cell_name(at), written_text(said));
    if said.is_empty() {
        return format!("<c r=\"{at}\" s=\"{style}\"/>");
    }
    format!("<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{said}</t></is></c>")
}

/// How many lines a text takes in a column of some width, in digits.
fn n_lines(said: &str, width: usize) -> usize {
    let ems = |it: &str| it.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let room = width.saturating_sub(3).max(2);
    said.split('\n').map(|it| ems(it).div_ceil(room).max(1)).sum::<usize>().max(1)
}

/// Title and lines stand across all columns.
fn merges(list: &List) -> String {
    let last = column(list.columns.len());
    let n = u32::try_from(N_TOP - 1 + list.lines.len()).unwrap_or(u32::MAX);
    let one = |row: u32| format!("<mergeCell ref=\"{}:{}\"/>", cell_name((row, 0)), cell_name((row, last)));
    format!("<mergeCells count=\"{n}\">{}</mergeCells>", (1..=n).map(one).collect::<String>())
}

fn links(list: &List, outside: &mut dyn FnMut(&str) -> String) -> String {
    let first = u32::try_from(N_TOP + list.lines.len() + 1).unwrap_or(u32::MAX);
    let within = |(sheet, cell): &(String, String)| format!("'{}'!{cell}", sheet.replace('\'', "''"));
    let one = |(at, row): (u32, &ListRow)| {
        let at = cell_name((at, column(list.place + 1)));
        Some(match row.link.as_ref()? {
            Link::Within(place) => {
                format!("<hyperlink ref=\"{at}\" location=\"{}\"/>", written_text(&within(place)))
            }
            Link::Beyond(file, place) => {
                let id = outside(&percent(file));
                let location =
                    place.as_ref().map(|it| format!(" location=\"{}\"", written_text(&within(it))));
                format!("<hyperlink ref=\"{at}\" r:id=\"{id}\"{}/>", location.unwrap_or_default())
            }
        })
    };
    let links: String = (first..).zip(&list.rows).filter_map(one).collect();
    if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") }
}

/// A path as an address: what is no letter or digit is written by its bytes.
fn percent(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            other => {
                let _infallible = write!(address, "%{other:02X}");
            }
        }
    }
    address
}
