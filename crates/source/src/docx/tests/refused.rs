//! Files that are not documents, and documents made to do harm.

use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{package, paragraph, read_bytes};
use crate::compound::tests::compound;

fn codes(bytes: &[u8]) -> Vec<String> {
    let (document, findings) = read_bytes(bytes);
    assert!(document.is_none());
    findings.iter().map(|it| it.split(':').next().unwrap().to_owned()).collect()
}

/// The same package with another text in place of one in its main part.
fn patched(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..from.len() {
        let mut part = from.by_index(idx).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        to.start_file(part.name().unwrap().into_owned(), SimpleFileOptions::default()).unwrap();
        to.write_all(text.replacen(old, new, 1).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_document_is_a_finding() {
    let good = package(&paragraph("", "甲"), &[]);
    assert!(read_bytes(&good).0.is_some());
    assert_eq!(codes(b""), ["file-empty"]);
    assert_eq!(codes("第一条".as_bytes()), ["file-damaged"]);
    assert_eq!(codes(&good[..good.len() / 2]), ["file-damaged"]);
    assert_eq!(codes(&compound(&[("EncryptedPackage", b"")])), ["file-encrypted"]);
    assert_eq!(codes(&compound(&[("WordDocument", b"")])), ["file-damaged"]);
    assert_eq!(codes(&package("<w:p/>", &[])), ["file-empty"]);
    assert_eq!(codes(&patched(&good, "officeDocument", "picture")), ["file-damaged"]);
    assert_eq!(codes(&patched(&good, "</w:body>", "")), ["file-damaged"]);
}

#[test]
fn documents_made_to_do_harm_are_refused() {
    let good = package(&paragraph("", "甲"), &[]);
    let entities = patched(&good, "<w:document", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><w:document");
    assert_eq!(codes(&entities), ["file-unsafe"]);
    assert_eq!(codes(&patched(&good, "甲", "&x;")), ["file-unsafe"]);
    let deep = format!("{}{}{}", "<w:sdt>".repeat(5_000), paragraph("", "甲"), "</w:sdt>".repeat(5_000));
    assert_eq!(codes(&package(&deep, &[])), ["file-unsafe"]);
    let cells = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr></w:tc></w:tr>".repeat(4_000);
    assert_eq!(codes(&package(&format!("<w:tbl>{cells}</w:tbl>"), &[])), ["file-too-large"]);
    assert_eq!(codes(&package(&"<w:p/>".repeat(1_000_001), &[]))[0], "file-unsafe");
}
