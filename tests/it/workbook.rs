//! The whole of a statistics workbook and its PDF edition, read back; recalculated by LibreOffice.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the test runs LibreOffice on a file of its own"
)]

use std::io::Cursor;
use std::process::Command;

use crate::desk::{Desk, ran};
use crate::paper::Paper;
use calamine::{Data, Range, Reader, Xlsx};
use huibian::documents::{Book, Cell, Formula, Sheet, pages_of};
use huibian::finding::{Report, Sources};
use huibian::project::{Fonts, Templates};
use huibian::render::{Press, workbook};
use huibian::{Judging, Session};

/// LibreOffice's setting to recalculate every workbook when it is loaded.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

#[test]
fn every_figure_is_read_back_as_described() {
    let book = crate::book::sample();
    let mut xlsx = open(workbook(&book).unwrap());
    for table in book.sheets.iter().filter_map(Sheet::table) {
        let range = xlsx.worksheet_range(&table.name).unwrap();
        let (top, left) = table.body();
        for (row, cells) in (top..).zip(&table.rows) {
            for (column, cell) in (u32::from(left)..).zip(&cells.cells) {
                assert_eq!(number(&range, (row, column)), figure(cell), "{}: {row}, {column}", table.name);
            }
        }
    }
    let charts = xlsx.worksheet_range("图表").unwrap();
    let pyramid =
        charts.used_cells().find(|it| it.2 == &Data::String("党员年龄结构".into())).unwrap().0 as u32;
    assert_eq!(number(&charts, (pyramid + 2, 1)), Some(-57.0), "one side of a pyramid grows to the left");
}

#[test]
fn totals_and_rates_are_live_formulas() {
    let mut xlsx = open(workbook(&crate::book::sample()).unwrap());
    let formulas = xlsx.worksheet_formula("表1").unwrap();
    for (cell, formula) in [
        ((6, 2), "SUM(C8:C10)"),
        ((10, 2), "C12+C13"),
        ((13, 2), "C6+C7-C11"),
        ((13, 5), "IF(C14=0,\"\",D14/C14)"),
    ] {
        assert_eq!(formulas.get_value(cell).map(String::as_str), Some(formula), "{cell:?}");
    }
    assert_eq!(formulas.used_cells().count(), 3 * 3 + 9);
    let committees = xlsx.worksheet_formula("分党委").unwrap();
    assert!(committees.used_cells().any(|it| it.2 == "'表1'!C14"));
    let names = xlsx.defined_names();
    assert!(names.contains(&("党员总数".to_owned(), "'表1'!$C$14".to_owned())), "{names:?}");
}

#[test]
fn the_page_is_set_up_and_formulas_are_guarded() {
    let bytes = workbook(&crate::book::sample()).unwrap();
    assert_eq!(bytes, workbook(&crate::book::sample()).unwrap(), "the same book gives the same bytes");
    let wide = part(&bytes, "xl/worksheets/sheet3.xml");
    for expected in [
        "<pageSetup paperSize=\"8\" fitToHeight=\"0\" orientation=\"landscape\"",
        "<pane xSplit=\"2\" ySplit=\"6\" topLeftCell=\"C7\"",
        "<sheetProtection sheet=\"1\"",
    ] {
        assert!(wide.contains(expected), "{expected}");
    }
    assert!(!wide.contains("password"));
    let styles = part(&bytes, "xl/styles.xml");
    for expected in
        ["locked=\"0\"", "0;-0;&quot;—&quot;;@", "0.0%;-0.0%;&quot;—&quot;;@", "0;-0;;@", "方正小标宋简体"]
    {
        assert!(styles.contains(expected), "{expected} in {styles}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("表2!$A:$B,表2!$3:$6"), "stub and headings repeat");
}

#[test]
fn the_pdf_edition_shows_the_same_figures() {
    let book = crate::book::sample();
    let paper = printed(&book);
    let sizes: Vec<_> = paper.sheets.iter().map(|it| (it.size.0.round(), it.size.1.round())).collect();
    let (upright, lying, large) = ((210.0, 297.0), (297.0, 210.0), (420.0, 297.0));
    assert_eq!(sizes, [lying, lying, large, large, upright, lying, lying, lying, lying]);
    for (table, pages) in book.sheets.iter().filter_map(Sheet::table).zip([1..2, 2..4, 4..5]) {
        let text: String =
            paper.sheets[pages.clone()].iter().flat_map(|it| it.text.split_whitespace()).collect();
        for (at, row) in table.rows.iter().enumerate() {
            // A cell that reaches down over others is drawn with the last of them.
            let own = row.cells.iter().enumerate().filter(|(column, _)| table.depth(at, *column) == 1);
            let shown: String = own.map(|(column, it)| table.shown(column, it)).collect();
            assert!(text.contains(&shown), "{}: {shown} in {text}", table.title);
        }
        for sheet in &paper.sheets[pages] {
            let words: String = sheet.text.split_whitespace().collect();
            for heading in table.columns.iter().filter_map(|it| it.heading.last()) {
                assert!(words.contains(heading.as_str()), "{heading} repeats in {words}");
            }
        }
    }
    let titles: Vec<_> = paper.outline.iter().map(|it| (it.level, it.title.as_str(), it.page)).collect();
    assert_eq!(
        titles[..4],
        [
            (0, "党员队伍变化情况", 1),
            (0, "党员基本情况", 2),
            (0, "各分党委党员情况", 4),
            (0, "党员队伍图表", 5),
        ]
    );
    assert!(paper.sheets[4].text.contains("尚有 2 处错误") && !paper.sheets[3].text.contains("草"));
    assert!(paper.sheets[8].text.contains("历年党员数") && paper.sheets[8].text.contains("132"));
    assert!(paper.xmp.contains("<pdfuaid:part>1</pdfuaid:part>"));
}

#[test]
fn charts_and_tables_of_nothing_are_written_too() {
    let mut book = crate::book::sample();
    for sheet in &mut book.sheets {
        match sheet {
            Sheet::Table(table) => (table.rows, table.signatures) = (Vec::new(), Vec::new()),
            Sheet::Charts(charts) => charts.charts.iter_mut().for_each(|it| it.series.clear()),
            Sheet::Cover(_) => {}
        }
    }
    book.names.clear();
    let mut xlsx = open(workbook(&book).unwrap());
    assert!(xlsx.worksheet_formula("表2").unwrap().is_empty());
    assert_eq!(printed(&book).sheets.len(), 8);
}

#[test]
fn libreoffice_recalculates_every_figure_to_what_it_was() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("recalculated");
    let book = crate::book::sample();
    let bytes = workbook(&book).unwrap();
    let n_numbers = stay_when_recalculated(&desk, bytes);
    assert!(n_numbers > 800, "{n_numbers}");
    // Were nothing recalculated, a wrong value would stay as well.
    let mut theirs = open(recalculated(&desk, &workbook(&with_wrong_total(book)).unwrap()));
    assert_eq!(number(&theirs.worksheet_range("表1").unwrap(), (13, 2)), Some(2598.0));
}

/// The book with a total that its formula does not give.
#[test]
fn libreoffice_recalculates_the_statistics_of_the_university_to_what_they_were() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let project = crate::desk::repository("fixtures/university");
    let checked = Session::default().check(&project, &Judging::default()).unwrap();
    let workbooks = &checked.plan.behind.workbooks;
    assert!(workbooks.len() >= 3);
    for it in workbooks {
        let desk = Desk::new(&format!("recalculated-{}", it.computed.statistics.id));
        let n_numbers = stay_when_recalculated(&desk, workbook(&it.book).unwrap());
        assert!(n_numbers > 200, "{}: {n_numbers}", it.path);
    }
}

/// Asserts that every number stays what it was when LibreOffice works it out again, and gives how many there are.
fn stay_when_recalculated(desk: &Desk, bytes: Vec<u8>) -> usize {
    let (mut ours, mut theirs) = (open(bytes.clone()), open(recalculated(desk, &bytes)));
    let mut n_numbers = 0;
    for name in ours.sheet_names() {
        let (our, their) = (ours.worksheet_range(&name).unwrap(), theirs.worksheet_range(&name).unwrap());
        let (bottom, right) = our.end().unwrap();
        for at in (0..=bottom).flat_map(|row| (0..=right).map(move |column| (row, column))) {
            let (old, new) = (number(&our, at), number(&their, at));
            let is_same = match (old, new) {
                (Some(old), Some(new)) => (old - new).abs() <= 1e-9 * old.abs().max(1.0),
                (old, new) => old == new,
            };
            assert!(is_same, "{name} {at:?}: {old:?} became {new:?}");
            n_numbers += usize::from(old.is_some());
        }
    }
    n_numbers
}

fn with_wrong_total(mut book: Book) -> Book {
    let Some(Sheet::Table(table)) = book.sheets.get_mut(1) else { panic!("the sample has a table") };
    let Cell::Formula { formula: Formula::Sum(_), value } = &mut table.rows[8].cells[2] else {
        panic!("the sample has a total")
    };
    **value = Cell::Integer(1);
    book
}

/// The workbook as LibreOffice writes it after it has calculated every formula anew.
fn recalculated(desk: &Desk, bytes: &[u8]) -> Vec<u8> {
    desk.write("profile/user/registrymodifications.xcu", RECALCULATE);
    desk.write("book.xlsx", bytes);
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]);
    ran(office.arg(desk.path("out")).arg(desk.path("book.xlsx"))).expect(0);
    std::fs::read(desk.path("out/book.xlsx")).unwrap()
}

/// The PDF edition, read back.
fn printed(book: &Book) -> Paper {
    let fonts = Fonts::bundled();
    let templates = Templates::load(None, &mut Sources::default(), &mut Report::default()).unwrap();
    let press = Press::new(&templates, &fonts);
    let pages = pages_of(book, &fonts.styles);
    let printed = press.pdf(&pages).unwrap();
    assert_eq!(printed, press.pdf(&pages).unwrap(), "the same book gives the same bytes");
    Paper::read(printed.bytes)
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// The number in a cell of the sheet.
fn number(range: &Range<Data>, at: (u32, u32)) -> Option<f64> {
    match range.get_value(at) {
        Some(Data::Float(it)) => Some(*it),
        Some(Data::Int(it)) => it.to_string().parse().ok(),
        _ => None,
    }
}

/// The number that a cell is described to hold.
fn figure(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(it) => it.to_string().parse().ok(),
        Cell::Decimal(it) | Cell::Percent { value: it, .. } => it.to_string().parse().ok(),
        Cell::Formula { value, .. } => figure(value),
        Cell::Empty | Cell::Text(_) | Cell::Above => None,
    }
}
