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
