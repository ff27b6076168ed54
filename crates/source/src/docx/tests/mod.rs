//! Word documents written by hand, and what is read from them.

mod numbers;
mod beside;
mod refused;

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Document, read};
use crate::{Block, Limits, Passage};
use finding::{Report, Sources};

/// What an XML part begins with; `w`, `r`, `mc` and `m` are bound.
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

/// A document with the given body, and with parts by their kinds: `numbering`, `styles` …
fn package(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let relation = |id: usize, kind: &str, target: &str| {
        format!(r#"<Relationship Id="r{id}" Type="http://x/relationships/{kind}" Target="{target}"/>"#)
    };
    let relations = |inner: &str| format!("<Relationships>{inner}</Relationships>");
    let inner: String =
        parts.iter().enumerate().map(|(id, it)| relation(id, it.0, &format!("{}.xml", it.0))).collect();
    let root = |kind: &str| if kind == "document" { "document" } else { kind }.to_owned();
    let mut files = vec![
        ("_rels/.rels".to_owned(), relations(&relation(1, "officeDocument", "word/document.xml"))),
        ("word/_rels/document.xml.rels".to_owned(), relations(&inner)),
        (
            "word/document.xml".to_owned(),
            format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>"),
        ),
    ];
    files.extend(parts.iter().map(|(kind, inner)| {
        (format!("word/{kind}.xml"), format!("<w:{0} {SPACES}>{inner}</w:{0}>", root(kind)))
    }));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Reads a document; the findings are `code: message`, those that give no text too.
fn read_bytes(bytes: &[u8]) -> (Option<Document>, Vec<String>) {
    let file = Sources::default().add("a.docx");
    let mut report = Report::default();
    let document = read(bytes, file, &Limits::standard(), &mut report).map_err(|it| report.push(*it)).ok();
    let findings = report.findings().iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
    (document, findings)
}

/// The lines of a document; cells of a row are parted by `|`, lines of a paragraph by `/`.
fn lines(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let (document, findings) = read_bytes(bytes);
    let text = |them: &[Passage], mark: &str| them.iter().map(Passage::text).collect::<Vec<_>>().join(mark);
    let mut found = Vec::new();
    for block in document.map(|it| it.blocks).unwrap_or_default() {
        match block {
            Block::Paragraph(lines) => found.push(text(&lines, "/")),
            Block::Table(table) => {
                found.extend(std::iter::once(&table.head).chain(&table.rows).map(|it| text(it, "|")));
            }
        }
    }
    (found, findings)
}

/// A paragraph with properties and runs of plain text.
fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}
