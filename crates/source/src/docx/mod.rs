//! Word documents (docx): the text as Word shows it, with its automatic numbers and all changes accepted.
//!
//! A document has no lines. What stands in the lines of other texts is counted here in paragraphs that show anything,
//! those in tables among them, and a place is shown with the words that the paragraph begins with.

mod styles;
mod numerals;
mod numbering;
mod aside;
mod text;
mod blocks;
mod table;
mod notes;
mod grids;

use std::sync::Arc;

use self::aside::{Aside, AsideKind};
use self::numbering::Numbering;
use self::styles::Styles;
use self::text::Field;
use super::book::Book;
use super::compound::Compound;
use super::package;
use super::sniff::{encrypted, not_a_table};
use super::{Block, Footnote, Limits, Refusal, refusal};
use finding::{FileId, Origin, Report, codes};
use ooxml::{Package, Relations, Tree, XmlFault};

/// The text of a document.
#[derive(Debug)]
pub(super) struct Document {
    /// Paragraphs and tables.
    pub(super) blocks: Vec<Block>,
    /// Footnotes and endnotes, in the order of their marks.
    pub(super) footnotes: Vec<Footnote>,
    /// How each paragraph begins, for [`Sources::set_paragraphs`](finding::Sources::set_paragraphs).
    pub(super) beginnings: Vec<Arc<str>>,
}

/// Reads a document. The finding says why nothing could be read at all.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Document, Refusal> {
    let mut parts = Parts::find(open(bytes, limits)?)?;
    let body = parts.read("document")?.ok_or_else(damaged)?;
    let mut reader = DocxReader::new(&mut parts, file, limits)?;
    let body = body.root().child("w:body").ok_or_else(damaged)?;
    let blocks = reader.blocks(body);
    let footnotes = reader.footnotes([parts.read("footnotes")?, parts.read("endnotes")?]);
    for (kind, what) in [("header", AsideKind::Header), ("footer", AsideKind::Footer)] {
        for part in parts.all(kind) {
            if parts.tree(&part)?.is_some_and(|it| notes::says_anything(it.root())) {
                reader.aside.note(what, Origin::file(file));
            }
        }
    }
    if reader.is_full() {
        return Err(refusal(&codes::FILE_TOO_LARGE, "文档的段落过多，没有读取", "请拆成几个文件"));
    }
    if blocks.is_empty() {
        return Err(refusal(&codes::FILE_EMPTY, "文档中没有任何文字", "请核对是否选错文件"));
    }
    reader.aside.report(file, report);
    Ok(Document { blocks, footnotes, beginnings: reader.beginnings })
}

/// Reads the tables of a document as sheets. A document of which no table can be read is said to be none.
pub(super) fn read_tables(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let mut found = Report::default();
    match grids::read_tables(bytes, file, limits, &mut found) {
        Ok(book) if !book.grids.is_empty() => {
            report.append(found);
            Ok(book)
        }
        _ => Err(not_a_table("该文件是 Word 文档，其中没有可以读取的表格，没有读取")),
    }
}

/// The finding for a document that is not whole.
fn damaged() -> Refusal {
    refusal(&codes::FILE_DAMAGED, "文件不完整或内部的数据有误，无法读取", AS_DOCX)
}

/// The finding for a document that no word processor would write.
fn unsafe_file() -> Refusal {
    refusal(&codes::FILE_UNSAFE, "文件的内部结构异常，没有读取", AS_DOCX)
}

const AS_DOCX: &str = "请用 WPS 或 Word 打开该文件，另存为 docx 后放回";

fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Package<'b>, Refusal> {
    match bytes {
        [] => {
            return Err(refusal(&codes::FILE_EMPTY, "文件大小为0字节", "请核对是否选错文件，或文件没有传完"));
        }
        [b'P', b'K', ..] => {}
        _ => {
            let is_encrypted = Compound::open(bytes).is_some_and(|it| it.has("EncryptedPackage"));
            return Err(if is_encrypted { with_hint(encrypted()) } else { damaged() });
        }
    }
    package::open(bytes, limits).map_err(with_hint)
}

/// What is said about workbooks, said about documents.
fn with_hint(mut refused: Refusal) -> Refusal {
    refused.hint = Some(AS_DOCX.to_owned());
    refused
}

/// The parts of a document by what they are: `document`, `styles` …
struct Parts<'b> {
    package: Package<'b>,
    document: String,
    related: Relations,
}

impl<'b> Parts<'b> {
    fn find(mut package: Package<'b>) -> Result<Self, Refusal> {
        let office = package.relations("").ok_or_else(damaged)?;
        let document = office.of_kind("officeDocument").and_then(|it| it.part.clone()).ok_or_else(damaged)?;
        let related = package.relations(&document).unwrap_or_default();
        Ok(Self { package, document, related })
    }

    fn all(&self, kind: &str) -> Vec<String> {
        self.related.iter().filter(|it| it.is(kind)).filter_map(|it| it.part.clone()).collect()
    }

    fn read(&mut self, kind: &str) -> Result<Option<Tree>, Refusal> {
        let part = if kind == "document" { Some(self.document.clone()) } else { self.all(kind).pop() };
        part.map_or(Ok(None), |it| self.tree(&it))
    }

    fn tree(&mut self, part: &str) -> Result<Option<Tree>, Refusal> {
        self.package.tree(part).map_err(|fault| match fault {
            XmlFault::Malformed => damaged(),
            XmlFault::Entity | XmlFault::TooDeep => unsafe_file(),
            XmlFault::TooLarge => refusal(&codes::FILE_TOO_LARGE, "文档过长，没有读取", "请拆成几个文件"),
        })
    }
}

/// Notes at the foot of the page or at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoteKind {
    Footnote,
    Endnote,
}

/// A note that the text marks.
#[derive(Debug)]
struct Note {
    kind: NoteKind,
    id: String,
    name: Arc<str>,
    origin: Origin,
}

/// What has been read of a document so far.
struct DocxReader {
    file: FileId,
    styles: Styles,
    numbering: Numbering,
    aside: Aside,
    /// The fields that are open, the outermost first.
    fields: Vec<Field>,
    notes: Vec<Note>,
    beginnings: Vec<Arc<str>>,
    /// What is struck out, where that is kept apart: in tables that are read as sheets.
    struck: Option<String>,
    n_paragraphs: u32,
    n_cells: usize,
    most: usize,
}

impl DocxReader {
    /// Nothing read yet of a document with these parts.
    fn new(parts: &mut Parts<'_>, file: FileId, limits: &Limits) -> Result<Self, Refusal> {
        Ok(Self {
            file,
            styles: parts.read("styles")?.map(|it| Styles::read(it.root())).unwrap_or_default(),
            numbering: parts.read("numbering")?.map(|it| Numbering::read(it.root())).unwrap_or_default(),
            aside: Aside::default(),
            fields: Vec::new(),
            notes: Vec::new(),
            beginnings: Vec::new(),
            struck: None,
            n_paragraphs: 0,
            n_cells: 0,
            most: limits.lines,
        })
    }

    /// The place of the paragraph that is being read.
    fn here(&self) -> Origin {
        Origin::text(self.file, self.n_paragraphs.saturating_add(1), 1)
    }

    fn note(&mut self, kind: AsideKind) {
        let here = self.here();
        self.aside.note(kind, here);
    }

    /// Counts a paragraph, and gives its number.
    fn begin_paragraph(&mut self, text: &str) -> u32 {
        const N_SHOWN: usize = 16;
        self.n_paragraphs = self.n_paragraphs.saturating_add(1);
        let line = text.trim().lines().next().unwrap_or_default();
        let mut beginning: String = line.chars().take(N_SHOWN).collect();
        if line.chars().nth(N_SHOWN).is_some() {
            beginning.push('…');
        }
        self.beginnings.push(beginning.into());
        self.n_paragraphs
    }

    /// Whether there is more than is read.
    fn is_full(&self) -> bool {
        self.n_cells.saturating_add(self.beginnings.len()) > self.most
    }
}

/// A count of characters.
fn count(n_chars: usize) -> u32 {
    u32::try_from(n_chars).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
