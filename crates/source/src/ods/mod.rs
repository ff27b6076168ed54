//! OpenDocument workbooks (ods), read as a stream of XML.
//!
//! calamine reads this format too, but it expands every repetition before it counts, never returns
//! at the end of a file that breaks off within a sheet, and knows no merged cells, no hidden rows and
//! no number formats.

mod styles;
mod cell;
mod table;

use std::collections::BTreeSet;

use self::styles::Styles;
use self::table::Table;
use super::book::Book;
use super::package::{self, damaged};
use super::sniff::encrypted;
use super::{Grid, Limits, Refusal, refusal};
use finding::{FileId, Origin, Report, codes};
use ooxml::{Event, Package, Start, attribute, each_event, reference};
use value::Epoch;

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
    let mut package = package::open(bytes, limits)?;
    if is_encrypted(&mut package) {
        return Err(encrypted());
    }
    let mut styles = Styles::default();
    each_event(&mut package, "styles.xml", &mut |event| {
        styles.see(event);
        Some(())
    });
    let mut content = Content {
        styles,
        epoch: Epoch::USUAL,
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
    let whole = each_event(&mut package, "content.xml", &mut |event| content.see(event));
    if let Some(refused) = content.refused {
        return Err(refused);
    }
    if whole.is_none() || content.depth > 0 || content.book.names.is_empty() {
        return Err(damaged("文件不完整或内部的数据有误，无法读取"));
    }
    let mut book = content.book;
    book.n_links = content.links.len();
    book.has_macros = package.names().any(|it| it.starts_with("Basic/") || it.starts_with("Scripts/"));
    Ok(book)
}

fn is_encrypted(package: &mut Package<'_>) -> bool {
    let mut found = false;
    each_event(package, "META-INF/manifest.xml", &mut |event| {
        found |= matches!(event, Event::Start(it) if it.local_name().as_ref() == "encryption-data");
        (!found).then_some(())
    });
    found
}

/// `content.xml` being read.
struct Content<'a> {
    styles: Styles,
    /// The day from which bare numbers count as days.
    epoch: Epoch,
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
                self.text(&reference(it).unwrap_or_default());
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

    fn begin(&mut self, element: &Start<'_>) -> Option<()> {
        let name = element.local_name();
        let Some(table) = &mut self.table else {
            match name.as_ref() {
                "table" => self.begin_table(element)?,
                "null-date" => {
                    let day = attribute(element, "date-value").and_then(|it| Epoch::of_day(&it));
                    self.epoch = day.unwrap_or(self.epoch);
                }
                it if SKIPPED.contains(&it) => self.skipping = Some(self.depth),
                _ => self.styles.begin(element),
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

    fn begin_table(&mut self, element: &Start<'_>) -> Option<()> {
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
        grid.epoch = self.epoch;
        self.book.names.push(grid.name.clone());
        self.table = Some(Table::new(grid));
        Some(())
    }

    fn end(&mut self, name: &str) -> Option<()> {
        let Some(table) = &mut self.table else {
            self.styles.end(name);
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;
    use finding::{Area, Sources};
    use value::{DatePart, Raw};

    const STYLES: &str = "<office:automatic-styles><number:date-style style:name='N1'><number:year/><number:month/></number:date-style>\
        <number:percentage-style style:name='N2'><number:number number:decimal-places='1'/></number:percentage-style>\
        <style:style style:name='ce1' style:family='table-cell' style:data-style-name='N1'/>\
        <style:style style:name='ce2' style:family='table-cell' style:parent-style-name='ce3'/>\
        <style:style style:name='ce3' style:family='table-cell' style:data-style-name='N2'/>\
        <style:style style:name='ta2' style:family='table'><style:table-properties table:display='false'/></style:style>\
        </office:automatic-styles>";

    fn package(content: &str, manifest: &str) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        for (name, text) in
            [("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)]
        {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn content(tables: &str) -> String {
        format!(
            "<office:document-content>{STYLES}<office:body>{tables}</office:body></office:document-content>"
        )
    }

    fn read_content(content: &str) -> (Result<Book, Refusal>, Report) {
        let mut report = Report::default();
        let file = Sources::default().add("a.ods");
        let limits = Limits { cells: 200_000, ..Limits::standard() };
        (read(&package(content, "<m/>"), file, &limits, &mut report), report)
    }

    fn rows(rows: &str) -> Book {
        let (book, report) =
            read_content(&content(&format!("<table:table table:name='表'>{rows}</table:table>")));
        assert!(report.findings().is_empty(), "{report:?}");
        book.unwrap()
    }

    #[test]
    fn bare_numbers_count_from_the_day_that_the_file_names() {
        let settings = "<table:calculation-settings><table:null-date table:date-value='1904-01-01'/></table:calculation-settings>";
        let (book, _) =
            read_content(&content(&format!("{settings}<table:table table:name='表'></table:table>")));
        assert_eq!(book.unwrap().grids[0].epoch, Epoch::MAC);
        assert_eq!(rows("").grids[0].epoch, Epoch::USUAL);
    }

    fn cell(text: &str) -> String {
        format!("<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>")
    }

    #[test]
    fn cells_come_with_their_kinds_formats_and_lines_whatever_white_space_lies_between() {
        let book = rows(
            "\n <table:table-column table:number-columns-repeated='3' table:default-cell-style-name='ce2'/>\n\
             <table:table-row>\n <table:table-cell office:value-type='percentage' office:value='0.5'/>\n\
             <table:table-cell table:style-name='ce1' office:value-type='date' office:date-value='2019-07-01'/>\
             <table:table-cell office:value-type='string'><office:annotation><text:p>批注</text:p></office:annotation>\
             <text:p>一<text:s text:c='2'/>&lt;二&gt;\n  三</text:p><text:p>四</text:p></table:table-cell>\
             <table:table-cell office:value-type='boolean' office:boolean-value='true'/>\
             <table:table-cell table:formula='of:=1/0' calcext:value-type='error' office:value-type='string'><text:p>#DIV/0!</text:p></table:table-cell>\
             <table:table-cell table:formula='of:=1+1'/></table:table-row>",
        );
        let grid = &book.grids[0];
        assert_eq!(grid.get(0, 0), &Raw::Number { value: 0.5, decimals: Some(1), percent: true });
        assert_eq!(grid.get(0, 1), &Raw::Date { serial: 43647.0, precision: DatePart::Month });
        assert_eq!(grid.get(0, 2), &Raw::Text("一  <二> 三\n四".into()));
        assert_eq!(grid.get(0, 3), &Raw::Bool(true));
        assert_eq!(grid.get(0, 4), &Raw::Error("#DIV/0!".into()));
        assert_eq!(grid.get(0, 5), &Raw::Uncalculated);
        assert_eq!(book.asides[0].1.n_notes, 1);
    }

    #[test]
    fn repetitions_merges_filters_and_hidden_sheets_are_understood() {
        let merged = "<table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='3'>\
            <text:p>标题</text:p></table:table-cell><table:covered-table-cell/>";
        let tables = format!(
            "<table:table table:name='甲'><table:table-row table:number-rows-repeated='3'/>\
             <table:table-row>{merged}</table:table-row>\
             <table:table-row table:number-rows-repeated='2' table:visibility='filter'><table:table-cell \
             table:number-columns-repeated='3'><text:p>x</text:p></table:table-cell></table:table-row>\
             <table:table-row table:number-rows-repeated='1048570'/></table:table>\
             <table:table table:name='乙' table:style-name='ta2'><table:table-row>{}</table:table-row></table:table>\
             <table:table table:name=\"'file:///D:/a.ods'#表\"><table:table-row>{}</table:table-row></table:table>",
            cell("旧"),
            cell("别处")
        );
        let book = read_content(&content(&tables)).0.unwrap();
        assert_eq!(book.names, ["甲".into(), "乙".into()]);
        assert_eq!(book.grids[0].merges, [Area { top: 3, left: 0, bottom: 5, right: 1 }]);
        let places: Vec<_> = book.grids[0].rows().iter().map(|it| (it.number, it.cells().len())).collect();
        assert_eq!(places, [(3, 1), (4, 3), (5, 3)]);
        assert!(book.asides[0].1.filtered && book.asides[0].1.hidden_rows == [4, 5].into());
        assert!(book.grids[1].hidden && book.n_links == 1);
    }

    #[test]
    fn repetitions_that_would_fill_the_memory_are_refused_before_they_are_made() {
        let code = |rows: &str| {
            let table = format!("<table:table table:name='表'>{rows}</table:table>");
            read_content(&content(&table)).0.err().map(|it| it.code.into_owned())
        };
        let row = |n_rows: u32, n_cols: u32| {
            format!(
                "<table:table-row table:number-rows-repeated='{n_rows}'><table:table-cell \
                 table:number-columns-repeated='{n_cols}'><text:p>x</text:p></table:table-cell></table:table-row>"
            )
        };
        assert_eq!(code(&row(1_000_000, 90)).as_deref(), Some("sheet-too-large"));
        assert_eq!(code(&row(1, 16_383).repeat(20_000)).as_deref(), Some("sheet-too-large"));
        assert_eq!(code(&row(u32::MAX, u32::MAX)).as_deref(), Some("sheet-too-large"));
        assert_eq!(code(&row(100, 100)), None);
        let spaces = cell("a<text:s text:c='20000000000'/><text:s text:c='2000000000'/>x");
        let (book, report) = read_content(&content(&format!(
            "<table:table table:name='表'><table:table-row>{spaces}</table:table-row></table:table>"
        )));
        assert_eq!(report.findings()[0].code, "cell-text-too-long");
        assert_eq!(book.unwrap().grids[0].get(0, 0), &Raw::Error("内容过长".into()));
        let far = format!("<table:table-row table:number-rows-repeated='1048576'/>{}", row(1, 1));
        let (book, report) =
            read_content(&content(&format!("<table:table table:name='表'>{far}</table:table>")));
        assert!(book.unwrap().grids.is_empty() && report.findings()[0].code == "sheet-damaged");
    }

    #[test]
    fn a_file_that_breaks_off_anywhere_or_is_encrypted_is_refused() {
        let note = "<office:annotation><text:p>批注</text:p></office:annotation>";
        let row = format!("<table:table-row>{}</table:table-row>", cell(note));
        let whole = content(&format!("<table:table table:name='表'>{row}</table:table>"));
        assert!(read_content(&whole).0.is_ok());
        let places = [
            "<table:table-row",
            "<text:p>",
            "批注",
            "</office:annotation>",
            "</table:table>",
            "</office:body>",
        ];
        for place in places {
            let cut = &whole[..whole.find(place).unwrap()];
            assert_eq!(read_content(cut).0.unwrap_err().code, "file-damaged", "{place}");
        }
        let doctype = format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{whole}");
        assert_eq!(read_content(&doctype).0.unwrap_err().code, "file-damaged");
        let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
        let file = Sources::default().add("a.ods");
        let locked = read(&package(&whole, manifest), file, &Limits::standard(), &mut Report::default());
        assert_eq!(locked.unwrap_err().code, "file-encrypted");
    }
}
