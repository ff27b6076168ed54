//! Files become located cells: every cell, key and character knows where it was read.
//!
//! [`collect()`] walks the source folders and reads each file by its content: workbooks of any format, web pages and CSV
//! become [`Grid`]s, YAML becomes a tree of [`Node`]s. [`collect_texts`] does the same for Markdown and Word documents,
//! which become [`Manuscript`]s. [`Fields`] gives typed access to configuration files.
//!
//! Reading is a pure function from bytes and limits to content and findings, so that it can move into a process of its
//! own. It knows no table and no field.
#![cfg_attr(not(test), forbid(clippy::print_stdout, clippy::print_stderr))]

mod walk;
mod reopen;
mod limits;
mod sniff;
mod encoding;
mod grid;
mod book;
mod struck;
mod package;
mod format;
mod workbook;
mod compound;
mod protected;
mod xls;
mod xlsb;
mod ods;
mod html;
mod mht;
mod xml2003;
mod csv;
mod tree;
mod yaml;
mod markdown;
mod docx;
mod collect;
mod config;
mod declared;
mod given_back;
mod sent;

pub use collect::{Collected, Digest, Source, collect, digests};
pub use config::{Fields, LocatedText, nearest};
pub use declared::{Declared, Parts, all};
pub use encoding::decode;
pub use given_back::{LIST_MARK, NOTE_AUTHOR};
pub use grid::{Grid, Row};
pub use limits::Limits;
pub use markdown::{
    Block, CollectedTexts, Footnote, Listing, Manuscript, MarkdownText, NoteMark, Passage, Table, Text,
    collect_texts, markdown,
};
pub use reopen::{ReopenError, read_source, reopen};
pub use sent::{FORM_MARK, PAGE_MARK};
pub use struck::{Partly, Struck};
pub use tree::{Entry, Node, NodeKind};
pub use walk::{Folders, FoundFile, SourceError, read_bytes, walk};

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::book::Book;
use self::sniff::FileKind;
use self::workbook::pictures::Pictures;
use finding::{Code, FileId, Finding, Origin, Report, codes};

/// What a file holds. It can be written down and read again, as can a [`Manuscript`]: what one process has read, another
/// may use, and what has not changed need not be read again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// The sheets of a workbook in its order, or the one sheet of a CSV file.
    Sheets(Vec<Grid>),
    /// A YAML document.
    Tree(Node),
}

/// Why a file or a sheet is not read; boxed, as findings are large.
type Refusal = Box<Finding>;

/// A reader of workbooks of one format.
type BookReader = fn(&[u8], FileId, &Limits, &mut Report) -> Result<Book, Refusal>;

/// What became of a file.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// Its content; `None` if nothing could be read, which a finding explains.
    pub content: Option<Content>,
    /// The names of a workbook's sheets, for [`Sources::set_sheets`](finding::Sources::set_sheets).
    pub sheets: Vec<Arc<str>>,
    /// Whether these are the tables of a text, for [`Sources::set_tables`](finding::Sources::set_tables).
    pub is_text: bool,
    /// The sheets that the program itself once put into it to say what is wrong: no records are read from them.
    pub own_lists: Vec<Grid>,
    /// What is struck out, by sheet.
    pub struck: BTreeMap<u16, Struck>,
    /// What is to be said about it.
    pub report: Report,
}

/// Reads a file by its content. Its name only distinguishes YAML from CSV.
///
/// Sheets that cannot be read are missing from the content and reported.
pub fn read(bytes: &[u8], name: &str, file: FileId, limits: &Limits) -> ReadFile {
    let mut reading = ReadFile {
        content: None,
        sheets: Vec::new(),
        is_text: false,
        own_lists: Vec::new(),
        struck: BTreeMap::new(),
        report: Report::default(),
    };
    if let Err(finding) = reading.fill(bytes, name, (file, limits)) {
        let finding = if finding.origin.is_some() { *finding } else { finding.at(Origin::file(file)) };
        reading.report.push(finding);
    }
    reading
}

impl ReadFile {
    fn fill(&mut self, bytes: &[u8], name: &str, (file, limits): (FileId, &Limits)) -> Result<(), Refusal> {
        if let Some(package) = protected::unlocked(bytes) {
            return self.fill(&package, name, (file, limits));
        }
        let report = &mut self.report;
        let mut grids = match sniff::sniff(bytes, name)? {
            FileKind::Yaml => {
                self.content = Some(Content::Tree(yaml::read(bytes, file, limits, report)?));
                return Ok(());
            }
            FileKind::Csv => vec![csv::read(bytes, file, limits, report)?],
            FileKind::Workbook => self.book(workbook::read, bytes, file, limits)?,
            FileKind::Ods => self.book(ods::read, bytes, file, limits)?,
            FileKind::Docx => {
                self.is_text = true;
                self.book(docx::read_tables, bytes, file, limits)?
            }
            FileKind::Html => self.book(html::read, bytes, file, limits)?,
            FileKind::Mht => self.book(mht::read, bytes, file, limits)?,
            FileKind::Xml2003 => self.book(xml2003::read, bytes, file, limits)?,
            FileKind::Xlsb => self.book(xlsb::read, bytes, file, limits)?,
            FileKind::Xls => self.book(xls::read, bytes, file, limits)?,
        };
        grids.iter_mut().for_each(Pictures::miss);
        self.own_lists = given_back::take_lists(&mut grids, &mut self.report);
        sent::take_pages(&mut grids);
        let report = &self.report;
        let has_list_alone = grids.is_empty() && !self.own_lists.is_empty();
        if !has_list_alone && grids.iter().all(|it| it.is_empty()) && !report.has_errors() {
            return Err(refusal(&codes::FILE_EMPTY, "文件中没有任何内容", "请核对是否选错文件，重新提交"));
        }
        self.content = Some(Content::Sheets(grids));
        Ok(())
    }

    /// Reads a workbook of some format. Readers of foreign formats must not end the run, whatever
    /// the file holds.
    fn book(
        &mut self,
        reader: BookReader,
        bytes: &[u8],
        file: FileId,
        limits: &Limits,
    ) -> Result<Vec<Grid>, Refusal> {
        let outcome = catch_unwind(|| {
            let mut found = Report::default();
            reader(bytes, file, limits, &mut found).map(|book| (book, found))
        });
        let broken = |_| Err(package::damaged("文件内部的数据有误，无法读取"));
        let (book, found) = outcome.unwrap_or_else(broken)?;
        self.report.append(found);
        book.report_asides(file, &mut self.report);
        book.report_struck(&mut self.report);
        self.sheets = book.names;
        let struck = book.asides.into_iter().map(|it| (it.0, it.1.struck));
        self.struck = struck.filter(|it| it.1 != Struck::default()).collect();
        Ok(book.grids)
    }
}

/// The package of a workbook that any program opens without being asked for a password, though it is encrypted.
pub fn unlocked(bytes: &[u8]) -> Option<Vec<u8>> {
    protected::unlocked(bytes)
}

fn refusal(code: &'static Code, message: impl Into<String>, hint: &str) -> Refusal {
    Finding::new(code, message).hint(hint).into()
}

/// The finding for a cell with more text than a cell can hold.
fn too_long(limits: &Limits) -> Refusal {
    let message = format!("单元格的内容超过{}字，没有采用", limits.text_chars);
    refusal(&codes::CELL_TEXT_TOO_LONG, message, "请核对该单元格；CSV 文件请检查引号是否成对")
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;
    use value::Raw;

    fn read_file(bytes: &[u8], name: &str) -> ReadFile {
        read(bytes, name, Sources::default().add(name), &Limits::standard())
    }

    #[test]
    fn the_content_decides_and_not_the_extension() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().set_name("党支部").unwrap().write(0, 0, "姓名").unwrap();
        let reading = read_file(&book.save_to_buffer().unwrap(), "其实是工作簿.csv");
        assert_eq!(reading.sheets, ["党支部".into()]);
        let Some(Content::Sheets(grids)) = reading.content else { panic!("no sheets") };
        assert_eq!(grids[0].get(0, 0), &Raw::Text("姓名".into()));
        let text = read_file("姓名\t性别\n张三\t男\n".as_bytes(), "其实是文字.xls");
        let Some(Content::Sheets(grids)) = text.content else { panic!("no sheets") };
        assert_eq!(grids[0].get(1, 1), &Raw::Text("男".into()));
    }

    #[test]
    fn whatever_cannot_be_read_is_a_finding_about_the_file() {
        let empty = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap();
        let cases: [(&[u8], &str, &str); 5] = [
            (b"", "a.xlsx", "file-empty"),
            (&empty, "a.xlsx", "file-empty"),
            (b"\n \n", "a.csv", "file-empty"),
            (b"PK\x03\x04", "a.xlsx", "file-damaged"),
            (b"\x81\xFF\xFF", "a.csv", "text-encoding"),
        ];
        for (bytes, name, code) in cases {
            let reading = read_file(bytes, name);
            let finding = &reading.report.findings()[0];
            assert_eq!((&*finding.code, reading.content.is_none()), (code, true), "{name}");
            assert_eq!(finding.origin.unwrap().place, finding::Place::File);
        }
    }
}
