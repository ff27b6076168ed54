//! Web pages that call themselves workbooks, as many systems export them: their tables, one below the
//! other, on one sheet, as spreadsheet programs open them.

use html5gum::{StartTag, Token, Tokenizer};

use super::book::{Aside, Book, sheet_too_large};
use super::package::damaged;
use super::{Grid, Limits, Refusal, encoding, refusal, too_long};
use finding::{Area, FileId, Report, codes};
use value::Raw;

/// The most columns that a page may have: each row costs as much memory as there are columns.
const COLUMNS: u32 = 1024;

/// Elements whose text is not shown.
const SILENT: [&str; 5] = ["style", "script", "title", "comment", "xml"];

/// Elements that begin a line of their own.
const BLOCKS: [&str; 12] = ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "center", "caption"];

/// Reads a page. The finding says why nothing could be read at all.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let text = encoding::decode(bytes).ok_or_else(|| {
        let message = "文件的文字编码既不是 UTF-8，也不是 GB18030（GBK）";
        refusal(&codes::TEXT_ENCODING, message, "请用 WPS 或 Excel 打开，另存为 xlsx 后重新提交")
    })?;
    let mut page = Page::new(Grid::empty(file, 0, ""), limits, report);
    for token in Tokenizer::new(&text) {
        let Ok(token) = token;
        page.take(&token)?;
    }
    page.end_table()?;
    page.end_line()?;
    if page.n_tables == 0 {
        return Err(damaged("该文件是网页，其中没有表格"));
    }
    let aside = Aside { n_notes: page.n_notes, ..Aside::default() };
    Ok(Book { grids: vec![page.grid], asides: vec![(0, aside)], ..Book::default() })
}

/// A page being read.
struct Page<'a> {
    grid: Grid,
    limits: &'a Limits,
    report: &'a mut Report,
    n_tables: usize,
    n_notes: usize,
    n_cells: usize,
    /// The row of the sheet that comes next.
    next_row: u32,
    /// The element whose text is passed over.
    silent: Option<String>,
    /// Tables within a cell: their text belongs to the cell.
    nested: usize,
    table: Option<Table>,
    /// Text beside tables, which takes a row of its own.
    line: String,
}

/// A table being read.
#[derive(Default)]
struct Table {
    /// The row being read, and its next column.
    row: Option<(u32, u32)>,
    cell: Option<Cell>,
    /// Up to which row each column is taken by a cell from above.
    taken: Vec<u32>,
}

struct Cell {
    row: u32,
    col: u32,
    text: String,
}

impl<'a> Page<'a> {
    fn new(grid: Grid, limits: &'a Limits, report: &'a mut Report) -> Self {
        Self {
            grid,
            limits,
            report,
            n_tables: 0,
            n_notes: 0,
            n_cells: 0,
            next_row: 0,
            silent: None,
            nested: 0,
            table: None,
            line: String::new(),
        }
    }

    fn take(&mut self, token: &Token) -> Result<(), Refusal> {
        match token {
            Token::StartTag(tag) => self.begin(&String::from_utf8_lossy(&tag.name), tag),
            Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if self.silent.is_none() => {
                self.text(&String::from_utf8_lossy(text));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, name: &str, tag: &StartTag<()>) -> Result<(), Refusal> {
        if self.silent.is_some() {
            return Ok(());
        }
        if SILENT.contains(&name) && !tag.self_closing {
            self.n_notes += usize::from(name == "comment");
            self.silent = Some(name.to_owned());
            return Ok(());
        }
        let in_cell = self.table.as_ref().is_some_and(|it| it.cell.is_some());
        match name {
            "table" if in_cell => self.nested += 1,
            "table" => {
                self.end_table()?;
                self.end_line()?;
                self.n_tables += 1;
                self.table = Some(Table::default());
            }
            "tr" if self.nested == 0 => self.begin_row()?,
            "td" | "th" if self.nested == 0 => self.begin_cell(tag)?,
            "br" => self.text_as_is("\n"),
            it if BLOCKS.contains(&it) && in_cell => self.text_as_is("\n"),
            it if BLOCKS.contains(&it) => self.end_line()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        if let Some(silent) = &self.silent {
            self.silent = Some(silent.clone()).filter(|it| it != name);
            return Ok(());
        }
        match name {
            "table" if self.nested > 0 => self.nested -= 1,
            "table" => self.end_table()?,
            "td" | "th" if self.nested == 0 => self.end_cell()?,
            "tr" if self.nested == 0 => {
                self.end_cell()?;
                self.table.iter_mut().for_each(|it| it.row = None);
            }
            it if BLOCKS.contains(&it) && self.table.is_none() => self.end_line()?,
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        self.end_line()?;
        let row = self.next_row;
        if let Some(table) = &mut self.table {
            table.row = Some((row, 0));
            self.next_row += 1;
        }
        if self.next_row > self.limits.rows { Err(self.too_large()) } else { Ok(()) }
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) -> Result<(), Refusal> {
        self.end_cell()?;
        if self.table.as_ref().is_some_and(|it| it.row.is_none()) {
            self.begin_row()?;
        }
        let (n_rows, n_cols) = (span(tag, "rowspan"), span(tag, "colspan"));
        let Some(table) = &mut self.table else { return Ok(()) };
        let Some((row, next)) = table.row else { return Ok(()) };
        let is_taken = |col: &u32| table.taken.get(*col as usize).is_some_and(|it| *it > row);
        let col = (next..COLUMNS).find(|it| !is_taken(it)).unwrap_or(COLUMNS);
        if col + n_cols > COLUMNS {
            return Err(self.too_large());
        }
        let end = col + n_cols;
        table.taken.resize(table.taken.len().max(end as usize), 0);
        table.taken[col as usize..end as usize].fill(row.saturating_add(n_rows));
        table.row = Some((row, end));
        table.cell = Some(Cell { row, col, text: String::new() });
        if n_rows > 1 || n_cols > 1 {
            let bottom = row.saturating_add(n_rows - 1).min(self.limits.rows - 1);
            let area = Area { top: row, left: narrow(col), bottom, right: narrow(end - 1) };
            self.grid.merges.push(area);
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        self.nested = 0;
        match self.table.as_mut().and_then(|it| it.cell.take()) {
            Some(cell) => self.set(cell.row, narrow(cell.col), &cell.text),
            None => Ok(()),
        }
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        self.table = None;
        Ok(())
    }

    /// Gives text beside tables a row of its own.
    fn end_line(&mut self) -> Result<(), Refusal> {
        let line = std::mem::take(&mut self.line);
        if Raw::text(&line).is_empty() {
            return Ok(());
        }
        let row = self.next_row;
        self.next_row += 1;
        self.set(row, 0, &line)
    }

    fn set(&mut self, row: u32, col: u16, text: &str) -> Result<(), Refusal> {
        let lines: Vec<&str> =
            text.lines().map(|it| it.trim_matches(' ')).filter(|it| !it.is_empty()).collect();
        let mut raw = Raw::text(&lines.join("\n"));
        if text.chars().nth(self.limits.text_chars).is_some() {
            self.report.push(too_long(self.limits).at(self.grid.origin(row, col)));
            raw = Raw::Error("内容过长".into());
        }
        self.n_cells += usize::from(!raw.is_empty());
        self.grid.set(row, col, raw);
        if self.n_cells > self.limits.cells || row >= self.limits.rows {
            Err(self.too_large())
        } else {
            Ok(())
        }
    }

    /// Adds text as a page shows it: white space of any kind and length is one space.
    fn text(&mut self, text: &str) {
        let mut shown = String::with_capacity(text.len());
        for letter in text.chars() {
            let blank = matches!(letter, ' ' | '\t' | '\r' | '\n' | '\u{C}');
            if !(blank && shown.ends_with(' ')) {
                shown.push(if blank { ' ' } else { letter });
            }
        }
        self.text_as_is(&shown);
    }

    fn text_as_is(&mut self, text: &str) {
        match self.table.as_mut().and_then(|it| it.cell.as_mut()) {
            Some(cell) => cell.text.push_str(text),
            None => self.line.push_str(text),
        }
    }

    fn too_large(&self) -> Refusal {
        sheet_too_large(self.limits.cells)
    }
}

/// How many rows or columns a cell takes.
fn span(tag: &StartTag<()>, name: &str) -> u32 {
    let value = tag.attributes.get(name.as_bytes()).map(|it| String::from_utf8_lossy(it).trim().to_owned());
    value.and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, 65_534)
}

fn narrow(col: u32) -> u16 {
    u16::try_from(col).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::{Sources, cell_name};

    fn read_page(page: &[u8]) -> Result<Grid, Refusal> {
        let file = Sources::default().add("a.xls");
        read(page, file, &Limits::standard(), &mut Report::default()).map(|mut it| it.grids.remove(0))
    }

    fn cells(grid: &Grid) -> String {
        let cells = grid.rows().iter().flat_map(|row| {
            row.cells().iter().map(|it| format!("{}={}", cell_name(row.number, it.0), it.1.display()))
        });
        cells.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_that_were_never_closed_and_cells_that_span_find_their_place() {
        let page = "<html><head><title>导出</title><style>td{}</style></head><body><h2>党员名册</h2>\
            <table border=1><tr><th rowspan=2>姓&nbsp;名<th colspan='2'>时间<tr><td>入党<td>转正\
            <tr><td>张三<br>（女）<td> 2019-07-01\n <td></table><p>填表人：李四</p></body>";
        let grid = read_page(page.as_bytes()).unwrap();
        assert_eq!(
            cells(&grid),
            "A1=党员名册 A2=姓\u{A0}名 B2=时间 B3=入党 C3=转正 A4=张三\n（女） B4=2019-07-01 A5=填表人：李四"
        );
        let areas: Vec<_> = grid.merges.iter().map(|it| (it.top, it.left, it.bottom, it.right)).collect();
        assert_eq!(areas, [(1, 0, 2, 0), (1, 1, 1, 2)]);
    }

    #[test]
    fn tables_stand_one_below_the_other_and_a_table_in_a_cell_is_its_text() {
        let page = "<table><tr><td>标题</table><table><tr><td>甲<td><table><tr><td>乙</td></tr></table></td><td>丙</td></tr></table>";
        assert_eq!(cells(&read_page(page.as_bytes()).unwrap()), "A1=标题 A2=甲 B2=乙 C2=丙");
    }

    #[test]
    fn a_page_in_gbk_is_read_and_one_without_tables_or_with_endless_columns_is_refused() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("<table><tr><td>党支部</td></tr></table>");
        assert_eq!(cells(&read_page(&bytes).unwrap()), "A1=党支部");
        assert_eq!(read_page(b"<html>log in").unwrap_err().code, "file-damaged");
        assert_eq!(read_page(b"<table><tr><td colspan=60000>x").unwrap_err().code, "sheet-too-large");
    }
}
