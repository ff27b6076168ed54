//! A workbook of which no date is known states none: the writer always states one, so it is taken out again.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::BookFault;

/// The part of the package that says who made it, and when.
const PROPERTIES: &str = "docProps/core.xml";

/// The properties that are dates.
const DATES: [&str; 2] = ["dcterms:created", "dcterms:modified"];

/// The same workbook without the dates of its properties; every other part keeps its bytes.
///
/// # Errors
/// If the package cannot be read or written again.
pub(super) fn undated(bytes: Vec<u8>) -> Result<Vec<u8>, BookFault> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..from.len() {
        let mut part = from.by_index(idx)?;
        if part.name().is_ok_and(|it| it == PROPERTIES) {
            let mut text = String::new();
            part.read_to_string(&mut text)?;
            // The date of a zip entry is not asked of the clock: it is the first that the format has.
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(DateTime::default());
            to.start_file(PROPERTIES, options)?;
            to.write_all(without_dates(text).as_bytes())?;
        } else {
            to.raw_copy_file(part)?;
        }
    }
    Ok(to.finish()?.into_inner())
}

fn without_dates(mut properties: String) -> String {
    for name in DATES {
        let end = format!("</{name}>");
        let from = properties.find(&format!("<{name}"));
        let to = properties.find(&end).map(|it| it + end.len());
        if let Some((from, to)) = from.zip(to).filter(|it| it.0 < it.1) {
            properties.replace_range(from..to, "");
        }
    }
    properties
}
