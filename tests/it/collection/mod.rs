//! Forms are sent out, filled in, and taken in again: what was sent comes back whole, and what was done to it is seen.
#![expect(clippy::disallowed_methods, reason = "the tests fill in files, and ask the environment")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod changed;
mod foreign;
mod university;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use huibian::finding::{Severity, cell_name};
use huibian::session::{Forms, Source};
use huibian::{Checked, Judging, Session};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::desk::Desk;

/// The files that a zip file holds, by their names.
pub(super) fn entries(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let one = |at| {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    let n = ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..n).map(one).collect()
}

/// Checks a project on a desk.
pub(super) fn checked<'s>(desk: &Desk, project: &str) -> (Session<'s>, Checked) {
    let mut session = Session::default();
    let checked = session.check(&desk.path(project), &Judging::default()).unwrap();
    (session, checked)
}

/// The forms of a project, prefilled from itself: each committee's bundle unpacked into a folder of its name, other files beside
/// them.
pub(super) fn sent_out(desk: &Desk, project: &str) -> BTreeMap<String, Vec<u8>> {
    let (mut session, checked) = checked(desk, project);
    let (out, judging) = (desk.path("sent"), Judging::default());
    let made = session.collect(&checked, &Forms::Sent(Source::Present), (&out, &judging)).unwrap();
    let mut files = BTreeMap::new();
    for path in &made.paths {
        let bytes = fs::read(out.join(path)).unwrap();
        let name = path.rsplit('/').next().unwrap();
        match name.strip_suffix(".zip") {
            Some(unit) => {
                files.extend(entries(&bytes).into_iter().map(|(name, it)| (format!("{unit}/{name}"), it)));
            }
            None => drop(files.insert(name.to_owned(), bytes)),
        }
    }
    files.retain(|name, _| name.ends_with(".xlsx"));
    files
}

/// The texts of a sheet, from its first row and column on.
pub(super) fn rows(book: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let range = Xlsx::new(Cursor::new(book.to_vec())).unwrap().worksheet_range(sheet).unwrap();
    let (bottom, right) = range.end().unwrap();
    let text = |row, col| match range.get_value((row, col)) {
        None | Some(Data::Empty) => String::new(),
        Some(other) => other.to_string(),
    };
    (0..=bottom).map(|row| (0..=right).map(|col| text(row, col)).collect()).collect()
}

/// The cell below a column of a form, so many rows below its heading, which is one row high.
pub(super) fn cell(book: &[u8], sheet: &str, column: &str, below: u32) -> String {
    let marks = rows(book, sheet).remove(0);
    let col = marks.iter().position(|it| it == column).unwrap_or_else(|| panic!("{column} in {marks:?}"));
    cell_name(4 + below, u16::try_from(col).unwrap())
}

/// A workbook with texts written into cells of a sheet, as a hand would write them into its XML.
pub(super) fn filled(book: &[u8], sheet: &str, cells: &[(String, &str)]) -> Vec<u8> {
    let names = Xlsx::new(Cursor::new(book.to_vec())).unwrap().sheet_names();
    let number = names.iter().position(|it| it == sheet).unwrap() + 1;
    let part = format!("xl/worksheets/sheet{number}.xml");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries(book) {
        zip.start_file(&*name, SimpleFileOptions::default()).unwrap();
        let bytes = if name == part {
            cells
                .iter()
                .fold(String::from_utf8(bytes).unwrap(), |xml, it| put(&xml, &it.0, it.1))
                .into_bytes()
        } else {
            bytes
        };
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn put(xml: &str, cell: &str, text: &str) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is drawn"));
    let head_ends = start + xml[start..].find('>').unwrap();
    let head = xml[start..head_ends].trim_end_matches('/');
    let style = head.split(" s=\"").nth(1).and_then(|it| it.split('"').next()).unwrap();
    let ends = if xml[..head_ends].ends_with('/') {
        head_ends + 1
    } else {
        start + xml[start..].find("</c>").unwrap() + "</c>".len()
    };
    let new = format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    format!("{}{new}{}", &xml[..start], &xml[ends..])
}

/// What was found beyond notes, as `code file!cell` or `code file`, sorted.
pub(super) fn found(session: &Session<'_>) -> Vec<String> {
    let findings = session.report.findings().iter().filter(|it| it.severity != Severity::Note);
    let place =
        |it: &huibian::finding::Finding| it.origin.map(|it| session.sources.display(it)).unwrap_or_default();
    let mut found: Vec<String> = findings
        .map(|it| format!("{} {}", it.code, place(it).rsplit('/').next().unwrap_or_default()))
        .collect();
    found.sort();
    found
}

pub(super) fn write_all(desk: &Desk, folder: &str, files: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in files {
        desk.write(&Path::new(folder).join(path).to_string_lossy(), bytes);
    }
}
