//! Where a value was read, and the table of files that gives it a readable form.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A file of this run: an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(u32);

/// A place within a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A sheet as a whole; sheets count from zero.
    Sheet {
        /// Index into the file's sheet names.
        sheet: u16,
    },
    /// A cell by its absolute address; row and column count from zero.
    Cell {
        /// Index into the file's sheet names.
        sheet: u16,
        /// Zero-based row.
        row: u32,
        /// Zero-based column.
        col: u16,
    },
    /// A place in a text file; line and column (in characters) count from one.
    Text {
        /// One-based line; in a word processor's file the paragraph.
        line: u32,
        /// One-based column, in characters.
        column: u32,
    },
}

/// Where a value was read: small and `Copy`; it prints through [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The place within it.
    pub place: Place,
}

impl Origin {
    /// A file as a whole.
    pub fn file(file: FileId) -> Self {
        Self { file, place: Place::File }
    }

    /// A sheet as a whole.
    pub fn sheet(file: FileId, sheet: u16) -> Self {
        Self { file, place: Place::Sheet { sheet } }
    }

    /// A cell; row and column count from zero.
    pub fn cell(file: FileId, sheet: u16, row: u32, col: u16) -> Self {
        Self { file, place: Place::Cell { sheet, row, col } }
    }

    /// A place in a text file; line and column count from one.
    pub fn text(file: FileId, line: u32, column: u32) -> Self {
        Self { file, place: Place::Text { line, column } }
    }
}

/// A rectangle of cells, both corners included, counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

impl Area {
    /// Whether the cell lies within the rectangle.
    pub fn contains(&self, row: u32, col: u16) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&col)
    }

    /// How many columns it spans.
    pub fn n_cols(&self) -> u32 {
        u32::from(self.right - self.left) + 1
    }
}

/// The files that this run has read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// A file as it was read, by which it can be had again: `source::reopen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The path by which it is opened.
    pub path: PathBuf,
    /// The SHA-256 of its bytes.
    pub digest: [u8; 32],
}

#[derive(Debug, Clone, Default)]
struct SourceFile {
    path: Arc<str>,
    /// `None` if it was never read from a disk.
    stored: Option<Stored>,
    sheets: Vec<Arc<str>>,
    /// Whether these are tables in a text: their columns have no letters.
    is_text: bool,
    /// How each paragraph begins, if the file has paragraphs instead of lines.
    paragraphs: Vec<Arc<str>>,
}

impl Sources {
    /// Registers a file by the path that the clerk knows it by, with `/` between folders.
    pub fn add(&mut self, path: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), ..SourceFile::default() });
        id
    }

    /// Registers where a file stands and what it held when it was read.
    pub fn set_stored(&mut self, file: FileId, stored: Stored) {
        self.files[file.0 as usize].stored = Some(stored);
    }

    /// Where a file stands and what it held; `None` if it was never read from a disk, as what is built in.
    pub fn stored(&self, file: FileId) -> Option<&Stored> {
        self.files[file.0 as usize].stored.as_ref()
    }

    /// Registers the sheet names of a workbook, in its order.
    pub fn set_sheets(&mut self, file: FileId, sheets: Vec<Arc<str>>) {
        self.files[file.0 as usize].sheets = sheets;
    }

    /// Registers the names of the tables in a word processor's file, in its order.
    pub fn set_tables(&mut self, file: FileId, tables: Vec<Arc<str>>) {
        let file = &mut self.files[file.0 as usize];
        (file.sheets, file.is_text) = (tables, true);
    }

    /// Registers how the paragraphs of a word processor's file begin, from the first on: it has no lines to count.
    pub fn set_paragraphs(&mut self, file: FileId, paragraphs: Vec<Arc<str>>) {
        self.files[file.0 as usize].paragraphs = paragraphs;
    }

    /// All files, in the order in which they were met.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].path
    }

    /// An origin taken apart, as the JSON contract wants it.
    pub fn locate(&self, origin: Origin) -> Located<'_> {
        let file = &self.files[origin.file.0 as usize];
        let sheet_name =
            |sheet: u16| file.sheets.get(usize::from(sheet)).map(|it| &**it).filter(|it| !it.is_empty());
        let mut located =
            Located { file: &file.path, sheet: None, cell: None, line: None, column: None, paragraph: None };
        match origin.place {
            Place::File => {}
            Place::Sheet { sheet } => located.sheet = sheet_name(sheet),
            Place::Cell { sheet, row, col } => {
                located.sheet = sheet_name(sheet);
                located.cell = Some(match file.is_text {
                    true => format!("第{}行第{}格", row.saturating_add(1), col.saturating_add(1)),
                    false => cell_name(row, col),
                });
            }
            Place::Text { line, column } => {
                located.line = Some(line);
                located.column = Some(column);
                let before = (line as usize).checked_sub(1);
                located.paragraph = before.and_then(|it| file.paragraphs.get(it)).map(|it| &**it);
            }
        }
        located
    }

    /// An origin in one line: `机械学院.xlsx 党支部!D17`, `重点工作.yaml:12:5`, `谈心谈话.docx 第12段“第三条　谈心谈话”`.
    pub fn display(&self, origin: Origin) -> String {
        let it = self.locate(origin);
        match (it.sheet, it.cell, it.line) {
            (Some(sheet), Some(cell), _) if self.files[origin.file.0 as usize].is_text => {
                format!("{} {sheet} {cell}", it.file)
            }
            (Some(sheet), Some(cell), _) => format!("{} {sheet}!{cell}", it.file),
            (Some(sheet), None, _) => format!("{} {sheet}", it.file),
            (None, Some(cell), _) => format!("{} {cell}", it.file),
            (None, None, Some(line)) if it.paragraph.is_some() => {
                format!("{} 第{line}段“{}”", it.file, it.paragraph.unwrap_or_default())
            }
            (None, None, Some(line)) => format!("{}:{line}:{}", it.file, it.column.unwrap_or(1)),
            (None, None, None) => it.file.to_owned(),
        }
    }

    /// The same without the file, for whoever has named it: `党支部!D17`, `12:5`; `None` for a file as a whole.
    pub fn display_within(&self, origin: Origin) -> Option<String> {
        let whole = self.display(origin);
        let within = whole.strip_prefix(self.path(origin.file))?.trim_start_matches([' ', ':']);
        (!within.is_empty()).then(|| within.to_owned())
    }
}

/// An origin taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<'a> {
    /// Path of the file.
    pub file: &'a str,
    /// Name of the sheet; `None` where the file has none (CSV, YAML).
    pub sheet: Option<&'a str>,
    /// Address of the cell, such as `D17`; in a word processor's file `第3行第4格`.
    pub cell: Option<String>,
    /// One-based line; the paragraph of a word processor's file.
    pub line: Option<u32>,
    /// One-based column.
    pub column: Option<u32>,
    /// How the paragraph begins, in a word processor's file.
    pub paragraph: Option<&'a str>,
}

/// The A1 address of a cell whose row and column count from zero.
pub fn cell_name(row: u32, col: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(col) + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", String::from_utf8_lossy(&letters), row + 1)
}

/// So many stretches of rows are named; more nobody reads.
const N_STRETCHES_SHOWN: usize = 12;

/// Rows that count from zero, in ascending order, as the clerk counts them: `第1—3、7行`.
pub fn row_ranges(rows: &[u32]) -> String {
    let mut stretches = rows.chunk_by(|a, b| *b == *a + 1);
    let shown = |it: &[u32]| match it {
        [only] => format!("{}", only + 1),
        [first, .., last] => format!("{}—{}", first + 1, last + 1),
        [] => String::new(),
    };
    let first: Vec<String> = stretches.by_ref().take(N_STRETCHES_SHOWN).map(shown).collect();
    let rest = if stretches.next().is_some() { format!("等{}", rows.len()) } else { String::new() };
    format!("第{}{rest}行", first.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_by_stretches_and_only_the_first_of_many() {
        assert_eq!(row_ranges(&[0, 1, 2, 6]), "第1—3、7行");
        let every_second: Vec<u32> = (0..90).map(|it| 2 * it).collect();
        assert_eq!(row_ranges(&every_second), "第1、3、5、7、9、11、13、15、17、19、21、23等90行");
    }

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        assert_eq!(cell_name(0, 0), "A1");
        assert_eq!(cell_name(16, 3), "D17");
        assert_eq!(cell_name(0, 25), "Z1");
        assert_eq!(cell_name(0, 26), "AA1");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }

    #[test]
    fn an_origin_prints_as_the_clerk_would_say_it() {
        let mut sources = Sources::default();
        let book = sources.add("returns/机械学院.xlsx");
        sources.set_sheets(book, vec!["党支部".into()]);
        assert_eq!(sources.display_within(Origin::cell(book, 0, 16, 3)).unwrap(), "党支部!D17");
        assert_eq!(sources.display_within(Origin::file(book)), None);
        let yaml = sources.add("重点工作.yaml");
        assert_eq!(sources.display_within(Origin::text(yaml, 12, 5)).unwrap(), "12:5");
        let csv = sources.add("党员.csv");
        assert_eq!(sources.display(Origin::cell(book, 0, 16, 3)), "returns/机械学院.xlsx 党支部!D17");
        assert_eq!(sources.display(Origin::sheet(book, 0)), "returns/机械学院.xlsx 党支部");
        assert_eq!(sources.display(Origin::text(yaml, 12, 5)), "重点工作.yaml:12:5");
        assert_eq!(sources.display(Origin::cell(csv, 0, 1, 1)), "党员.csv B2");
        let roster = sources.add("名册.docx");
        sources.set_tables(roster, vec!["党员名册".into()]);
        assert_eq!(sources.display(Origin::cell(roster, 0, 2, 3)), "名册.docx 党员名册 第3行第4格");
        let word = sources.add("办法.docx");
        sources.set_paragraphs(word, vec!["办法".into(), "第一条　为了".into()]);
        assert_eq!(sources.display(Origin::text(word, 2, 7)), "办法.docx 第2段“第一条　为了”");
    }
}
