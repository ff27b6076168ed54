//! Files made by other programs are read alike, whatever their format; `tests/files/make.py` made them.

use std::collections::BTreeMap;

use huibian::finding::{Sources, cell_name};
use huibian::source::{Content, Grid, Limits, Reading, read};
use huibian::value::Raw;

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("files/", $name)).as_slice())
    };
}

fn read_file((name, bytes): (&str, &[u8])) -> Reading {
    read(bytes, name, Sources::default().add(name), &Limits::standard())
}

fn grids(file: (&str, &[u8])) -> Vec<Grid> {
    match read_file(file).content {
        Some(Content::Sheets(grids)) => grids,
        other => panic!("{}: {other:?}", file.0),
    }
}

/// `A1=党支部情况` and so on, as the clerk sees the cells.
fn shown(grid: &Grid) -> Vec<String> {
    let cells = grid.rows.iter().flat_map(|(row, cells)| {
        cells.iter().map(|(col, raw)| format!("{}={}", cell_name(*row, *col), raw.display()))
    });
    cells.collect()
}

/// The table in all of the files, without the row of formulas, which not every program calculates.
fn table(file: (&str, &[u8])) -> Grid {
    let mut grid = grids(file).remove(0);
    grid.rows.remove(&4);
    grid
}

#[test]
fn one_table_is_the_same_in_every_format() {
    let wanted = table(file!("openpyxl.xlsx"));
    assert_eq!(shown(&wanted).len(), 27);
    for file in [
        file!("xlwt.xls"),
        file!("xlwt-gbk.xls"),
        file!("libreoffice.xls"),
        file!("libreoffice.ods"),
        file!("libreoffice.xlsx"),
        file!("sheetjs.xlsb"),
    ] {
        let grid = table(file);
        assert_eq!((&grid.name, &grid.rows), (&wanted.name, &wanted.rows), "{}", file.0);
        assert_eq!(grid.merges, wanted.merges, "{}", file.0);
        let hidden: Vec<bool> = grids(file).iter().map(|it| it.hidden).collect();
        assert_eq!(hidden, [false, true], "{}", file.0);
    }
}

#[test]
fn formulas_have_their_result_an_error_or_nothing_to_show() {
    let results = |file: (&str, &[u8])| {
        let row = grids(file).remove(0).rows.remove(&4);
        row.iter().flat_map(BTreeMap::values).map(Raw::display).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(results(file!("openpyxl.xlsx")), "合计 （公式未计算） （公式未计算）");
    assert_eq!(results(file!("xlwt.xls")), "合计 （公式未计算）");
    for file in [file!("libreoffice.xls"), file!("libreoffice.ods"), file!("libreoffice.xlsx")] {
        assert_eq!(results(file), "合计 31 #DIV/0!", "{}", file.0);
    }
}

#[test]
fn text_and_web_pages_show_the_same_cells() {
    let wanted = shown(&table(file!("openpyxl.xlsx")));
    let as_written = |text: &str| text.replace("2019-07-01", "2019年7月1日").replace("2024-03", "2024年3月");
    let wanted: Vec<String> = wanted
        .iter()
        .map(|it| as_written(it).replace("2021-12-31", "2021年12月31日").replace("2023-11", "2023年11月"))
        .collect();
    assert_eq!(shown(&table(file!("libreoffice.csv"))), wanted);
    // LibreOffice leaves hidden rows and columns out of a page.
    let visible = |it: &&String| !it.starts_with('I') && !it.split('=').next().unwrap_or("").ends_with('4');
    let page = grids(file!("libreoffice-html.xls")).remove(0);
    let page: Vec<String> = shown(&page).into_iter().take(17).collect();
    assert_eq!(page, wanted.iter().filter(visible).cloned().collect::<Vec<_>>());
}

#[test]
fn what_stands_beside_the_cells_is_said_once_for_each_file() {
    let said = |file: (&str, &[u8])| {
        let reading = read_file(file);
        let codes = reading.report.findings().iter().map(|it| it.code.to_string()).collect::<Vec<_>>();
        codes.join(" ")
    };
    let hidden = "rows-hidden columns-hidden";
    assert_eq!(said(file!("xlwt.xls")), hidden);
    for file in [
        file!("openpyxl.xlsx"),
        file!("libreoffice.xlsx"),
        file!("libreoffice.ods"),
        file!("libreoffice.xls"),
    ] {
        assert_eq!(said(file), format!("{hidden} cell-notes cell-validations"), "{}", file.0);
    }
    assert_eq!(said(file!("sheetjs.xlsb")), "columns-hidden cell-notes");
}
