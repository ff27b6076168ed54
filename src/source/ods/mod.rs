//! OpenDocument workbooks (ods), read as a stream of XML.
//!
//! calamine reads this format too, but it expands every repetition before it counts, waits for ever
//! at the end of a file that breaks off within a sheet, and knows no merged cells, no hidden rows and
//! no number formats.

mod styles;
mod cell;
mod table;

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use self::styles::Styles;
use self::table::Table;
use super::book::Book;
use super::sniff::encrypted;
use super::workbook::package::{self, Package, damaged};
use super::workbook::scan::{attribute, each_event};
use super::{Grid, Limits, Refusal, refusal};
use crate::finding::{FileId, Origin, Report, codes};

/// Elements whose content is no part of the table: deleted cells, notes, drawings, links' caches.
const SKIPPED: [&str; 7] =
    ["tracked-changes", "annotation", "shapes", "frame", "dde-links", "forms", "custom-shape"];

/// Reads an OpenDocument workbook. The finding says why nothing could be read at all; what is wrong
/// with single sheets goes into the report.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Book, Refusal> {
    let (mut package, _) = package::inspect(bytes, limits)?;
    if is_encrypted(&mut package) {
        return Err(encrypted());
    }
    let mut styles = Styles::default();
    each_event(&mut package, "styles.xml", |event| {
        styles.see(event);
        Some(())
    });
    let mut content = Content {
        styles,
        file,
        limits,
        book: Book::default(),
        report,
        links: BTreeSet::new(),
        table: None,
        n_cells: 0,
        depth: 0,
        skipping: None,
        refused: None,
    };
    let whole = each_event(&mut package, "content.xml", |event| content.see(event));
    if let Some(refused) = content.refused {
        return Err(refused);
    }
    if whole.is_none() || content.depth > 0 || content.book.names.is_empty() {
        return Err(damaged("文件不完整或内部的数据有误，无法读取"));
    }
    let mut book = content.book;
    book.n_links = content.links.len();
    book.has_macros =
        package.file_names_raw().any(|it| it.starts_with(b"Basic/") || it.starts_with(b"Scripts/"));
    Ok(book)
}

fn is_encrypted(package: &mut Package<'_>) -> bool {
    let mut found = false;
    each_event(package, "META-INF/manifest.xml", |event| {
        found |= matches!(event, Event::Start(it) if it.local_name().as_ref() == "encryption-data");
        (!found).then_some(())
    });
    found
}

/// `content.xml` being read.
struct Content<'a> {
    styles: Styles,
    file: FileId,
    limits: &'a Limits,
    book: Book,
    report: &'a mut Report,
    /// Other files that formulas refer to.
    links: BTreeSet<String>,
    table: Option<Table>,
    /// Cells of all sheets: what is repeated costs nothing in the file, but memory here.
    n_cells: usize,
    depth: usize,
    /// The depth of the element that is passed over.
    skipping: Option<usize>,
    /// Why the whole file is refused.
    refused: Option<Refusal>,
}

impl Content<'_> {
    /// Takes in an event; `None` if there is no use in going on.
    fn see(&mut self, event: &Event<'_>) -> Option<()> {
        match event {
            Event::Start(it) => {
                self.depth += 1;
                if self.skipping.is_none() {
                    self.begin(it)?;
                }
            }
            Event::End(it) => {
                if self.skipping.is_none() {
                    self.end(it.local_name().as_ref())?;
                }
                self.skipping = self.skipping.filter(|it| *it != self.depth);
                self.depth = self.depth.checked_sub(1)?;
            }
            Event::Text(it) if self.skipping.is_none() => self.text(it),
            Event::CData(it) if self.skipping.is_none() => self.text(it),
            Event::GeneralRef(it) if self.skipping.is_none() => {
                let letter = it.resolve_char_ref().ok().flatten();
                match letter {
                    Some(letter) => self.text(letter.encode_utf8(&mut [0; 4])),
                    None => self.text(quick_xml::escape::resolve_xml_entity(it).unwrap_or_default()),
                }
            }
            Event::DocType(_) => {
                self.refused = Some(damaged("文件内部的数据有误，无法读取"));
                return None;
            }
            _ => {}
        }
        Some(())
    }

    fn text(&mut self, text: &str) {
        if let Some(table) = &mut self.table {
            table.text(text, self.limits.text_chars);
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Option<()> {
        let name = element.local_name();
        let Some(table) = &mut self.table else {
            match name.as_ref() {
                "table" => self.begin_table(element)?,
                it if SKIPPED.contains(&it) => self.skipping = Some(self.depth),
                _ => self.styles.see(&Event::Start(element.borrow())),
            }
            return Some(());
        };
        if name.as_ref() == "annotation" {
            table.aside.n_notes += 1;
        }
        // A table within a cell is no part of the sheet either.
        if SKIPPED.contains(&name.as_ref()) || name.as_ref() == "table" {
            self.skipping = Some(self.depth);
        } else {
            table.begin(element, &self.styles, self.limits);
        }
        Some(())
    }

    fn begin_table(&mut self, element: &BytesStart<'_>) -> Option<()> {
        let name = attribute(element, "name").unwrap_or_default();
        if name.starts_with("'file:") {
            // What was last seen of another file, kept for formulas.
            self.links.insert(name.split('#').next().unwrap_or_default().to_owned());
            self.skipping = Some(self.depth);
            return Some(());
        }
        let Ok(index) = u16::try_from(self.book.names.len()) else {
            self.refused = Some(damaged("文件中的工作表过多，无法读取"));
            return None;
        };
        let mut grid = Grid::empty(self.file, index, name);
        grid.hidden = attribute(element, "style-name").is_some_and(|it| self.styles.hides(&it));
        self.book.names.push(grid.name.clone());
        self.table = Some(Table::new(grid));
        Some(())
    }

    fn end(&mut self, name: &str) -> Option<()> {
        let Some(table) = &mut self.table else {
            self.styles.see(&Event::End(quick_xml::events::BytesEnd::new(name)));
            return Some(());
        };
        match name {
            "table" => {
                let table = self.table.take()?;
                self.links.extend(table.links);
                match table.refused {
                    Some(refused) => self.report.push(refused.at(Origin::sheet(self.file, table.grid.sheet))),
                    None => {
                        self.book.asides.push((table.grid.sheet, table.aside));
                        self.book.grids.push(table.grid);
                    }
                }
            }
            "table-row" => {
                let left = self.limits.cells - self.n_cells;
                match table.end_row(left, self.limits, self.report) {
                    Some(n) => self.n_cells += n,
                    None => {
                        let message = format!("工作表中有内容的单元格超过{}个，没有读取", self.limits.cells);
                        let hint = "请删去无关的行和列，另存后重新提交";
                        self.refused = Some(refusal(&codes::SHEET_TOO_LARGE, message, hint));
                        return None;
                    }
                }
            }
            name => table.end(name, &self.styles, self.limits),
        }
        Some(())
    }
}
