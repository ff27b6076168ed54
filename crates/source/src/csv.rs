//! Separated text: one grid, with the rows that a spreadsheet program would show.

use finding::{FileId, Finding, Origin, Report, codes};
use value::Raw;

use super::{Grid, Limits, Refusal, encoding, refusal, too_long};

/// How many lines are looked at to find the separator.
const LINES: usize = 30;

/// Reads a CSV file. The finding says why nothing could be read at all.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Grid, Refusal> {
    let text = encoding::decode(bytes).ok_or_else(|| {
        refusal(
            &codes::TEXT_ENCODING,
            "文件的文字编码既不是 UTF-8，也不是 GB18030（GBK）",
            "请用 WPS 或 Excel 打开，另存为“CSV UTF-8”后重新提交",
        )
    })?;
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (separator, text) = match named_separator(&text) {
        Some((separator, rest)) => (separator, rest.to_owned()),
        None => (find_separator(&text), text),
    };
    let mut grid = Grid::empty(file, 0, "");
    let mut rows = Rows::new(&text, separator);
    let (mut n_filled, mut last) = (0, (0, 0));
    let mut guarded = Vec::new();
    while let Some((row, record)) = rows.next_row() {
        n_filled += record.len();
        if n_filled > limits.cells || row >= limits.rows || record.len() > usize::from(limits.columns) {
            return Err(refusal(
                &codes::SHEET_TOO_LARGE,
                "表格的行、列或单元格超过上限",
                "请删去无关的行和列后重新提交",
            ));
        }
        for (col, cell) in (0_u16..).zip(record) {
            let raw = read_cell(cell, limits).unwrap_or_else(|finding| {
                report.push(finding.at(grid.origin(row, col)));
                Raw::Error("内容过长".into())
            });
            guarded.extend(unwrapped(cell).map(|_| (row, col)));
            grid.set(row, col, raw);
            last = (row, col);
        }
    }
    if let Some((row, col)) = guarded.first() {
        let message =
            format!("有{}格写成 =\"…\" 的样子（防止表格软件改写），按引号中的内容读取", guarded.len());
        report.push(Finding::new(&codes::GUARD_REMOVED, message).at(grid.origin(*row, *col)));
    }
    if ends_within_quotes(&text, separator) {
        let finding = Finding::new(&codes::CSV_QUOTE, "该单元格开头的引号没有结束，其后的内容都被并入这一格")
            .hint("请补上或删去该引号");
        report.push(finding.at(Origin::cell(file, 0, last.0, last.1)));
    }
    Ok(grid)
}

/// Records with the row in which each stands. The `csv` crate passes over blank lines, which a
/// spreadsheet shows as rows; line breaks within quotes, on the other hand, do not begin a row.
struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    record: csv::StringRecord,
    /// Rows before the next record, blank ones before it not counted.
    row: u32,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self { reader, record: csv::StringRecord::new(), row: 0 }
    }

    fn next_row(&mut self) -> Option<(u32, &csv::StringRecord)> {
        let before = self.reader.position().line();
        if !matches!(self.reader.read_record(&mut self.record), Ok(true)) {
            return None;
        }
        let lines = self.reader.position().line() - before;
        let breaks = self.record.iter().map(|it| it.matches('\n').count() as u64).sum::<u64>();
        let blank = lines.saturating_sub(breaks + 1);
        let row = self.row.saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
        self.row = row.saturating_add(1);
        Some((row, &self.record))
    }
}

/// Text; what is written `="020100"`, to keep spreadsheet programs from making a number of it, is unwrapped.
fn read_cell(cell: &str, limits: &Limits) -> Result<Raw, Refusal> {
    if cell.chars().nth(limits.text_chars).is_some() {
        return Err(too_long(limits));
    }
    Ok(Raw::text(unwrapped(cell).unwrap_or(cell)))
}

/// What stands in `="020100"`.
fn unwrapped(cell: &str) -> Option<&str> {
    cell.strip_prefix("=\"").and_then(|it| it.strip_suffix('"')).filter(|it| !it.contains('"'))
}

/// The separator that a first line `sep=;` names, and what follows: programs that know that line do not show it.
fn named_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let named = first.trim_matches('"').to_ascii_lowercase();
    let [separator] = named.strip_prefix("sep=")?.as_bytes() else { return None };
    separator.is_ascii().then_some((*separator, rest))
}

/// The separator that stands most often outside quotes in the first lines; a comma if none does.
fn find_separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    for byte in text.split_inclusive('\n').take(LINES).flat_map(str::bytes) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|it| it.0 == byte).for_each(|it| it.1 += 1),
        }
    }
    counts.into_iter().rev().max_by_key(|it| it.1).map_or(b',', |it| it.0)
}

/// Where the reader stands in a field, as far as quotation marks go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    FieldStart,
    Plain,
    Within,
    Closed,
}

/// Whether the text ends in a field whose opening quotation mark was never closed.
fn ends_within_quotes(text: &str, separator: u8) -> bool {
    let end = text.bytes().fold(Quoting::FieldStart, |state, byte| match (state, byte) {
        // After a closing mark another one stands for the mark itself.
        (Quoting::FieldStart | Quoting::Closed, b'"') => Quoting::Within,
        (Quoting::Within, b'"') => Quoting::Closed,
        (Quoting::Within, _) => Quoting::Within,
        (_, byte) if byte == separator || byte == b'\n' => Quoting::FieldStart,
        _ => Quoting::Plain,
    });
    end == Quoting::Within
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::{Sources, cell_name};

    fn read_all(bytes: &[u8]) -> (Vec<(String, String)>, Report) {
        let mut report = Report::default();
        let grid = read(bytes, Sources::default().add("a.csv"), &Limits::standard(), &mut report).unwrap();
        let cells = grid
            .rows()
            .iter()
            .flat_map(|row| row.cells().iter().map(|it| (cell_name(row.number, it.0), it.1.display())));
        (cells.collect(), report)
    }

    fn cells(text: &str) -> Vec<(String, String)> {
        read_all(text.as_bytes()).0
    }

    fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
        wanted.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    #[test]
    fn rows_are_those_of_a_spreadsheet_with_blank_lines_and_line_breaks_in_cells() {
        let text = "\r\n标题\r\n\r\n\r\n姓名,\"备\r\n\r\n注\"\r\n\r\n张三,1\r\n,,\r\n李四,2";
        let wanted = [
            ("A2", "标题"),
            ("A5", "姓名"),
            ("B5", "备\n\n注"),
            ("A7", "张三"),
            ("B7", "1"),
            ("A9", "李四"),
            ("B9", "2"),
        ];
        assert_eq!(cells(text), pairs(&wanted));
    }

    #[test]
    fn the_separator_is_the_one_that_stands_outside_quotes() {
        assert_eq!(cells("\"a,b,c\"\tb\n"), pairs(&[("A1", "a,b,c"), ("B1", "b")]));
        assert_eq!(cells("a;b\n1;2"), pairs(&[("A1", "a"), ("B1", "b"), ("A2", "1"), ("B2", "2")]));
        assert_eq!(cells("只有一列\n张三"), pairs(&[("A1", "只有一列"), ("A2", "张三")]));
    }

    #[test]
    fn a_first_line_that_names_the_separator_is_followed_and_not_shown() {
        assert_eq!(cells("sep=;\n甲;乙,丙\n"), pairs(&[("A1", "甲"), ("B1", "乙,丙")]));
        assert_eq!(cells("\"sep=|\"\r\n甲|乙\r\n"), pairs(&[("A1", "甲"), ("B1", "乙")]));
    }

    #[test]
    fn a_code_wrapped_for_spreadsheets_is_unwrapped_and_keeps_its_zeros() {
        assert_eq!(
            cells("=\"020100\",020100,=\"a\"&\"b\"\n"),
            pairs(&[("A1", "020100"), ("B1", "020100"), ("C1", "=\"a\"&\"b\"")])
        );
    }

    #[test]
    fn gbk_from_a_spreadsheet_program_is_read() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("党支部名称,人数\r\n机关第一党支部,12\r\n");
        let wanted = [("A1", "党支部名称"), ("B1", "人数"), ("A2", "机关第一党支部"), ("B2", "12")];
        assert_eq!(read_all(&bytes).0, pairs(&wanted));
    }

    #[test]
    fn a_cell_too_long_to_be_one_is_an_error_and_its_text_is_not_used() {
        let (found, report) = read_all(format!("甲,{}", "字".repeat(32_768)).as_bytes());
        assert_eq!((found.len(), &*report.findings()[0].code), (2, "cell-text-too-long"));
        assert_eq!(found[1], ("B1".to_owned(), "内容过长".to_owned()));
        assert!(read_all("字".repeat(32_767).as_bytes()).1.findings().is_empty());
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_an_error_at_its_cell() {
        let (_, report) = read_all("姓名,备注\n张三,\"见附件\n李四,无\n".as_bytes());
        let finding = &report.findings()[0];
        assert_eq!(finding.code, "csv-quote");
        assert_eq!(finding.origin.unwrap().place, finding::Place::Cell { sheet: 0, row: 1, col: 1 });
        let (_, report) = read_all("姓名,备注\n张三,\"称\"\"老张\"\"\"\n李四,5\" 管\n".as_bytes());
        assert!(report.findings().is_empty());
    }
}
