//! Files made by other programs are read alike, whatever their format; `tests/files/make.py` made them.
//!
//! With `HUIBIAN_FOREIGN=1` LibreOffice also saves the whole university in other formats, and is then not to be missing.
#![expect(clippy::disallowed_methods, reason = "the test asks the environment and reads the fixture")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::desk::{Desk, files, ran, repository};
use huibian::finding::{Severity, Sources, cell_name};
use huibian::source::{Content, Grid, Limits, ReadFile, Row, read};
use huibian::value::Value;
use huibian::{Judging, Session};

macro_rules! file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../files/", $name)).as_slice())
    };
}

fn read_file((name, bytes): (&str, &[u8])) -> ReadFile {
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
    let cells = grid.rows().iter().flat_map(|row| {
        row.cells().iter().map(|it| format!("{}={}", cell_name(row.number, it.0), it.1.display()))
    });
    cells.collect()
}

/// The table in all of the files, without the row of formulas, which not every program calculates.
fn table(file: (&str, &[u8])) -> Grid {
    let mut grid = grids(file).remove(0);
    drop(grid.take_within(4..=4).next());
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
        assert_eq!((&grid.name, grid.rows()), (&wanted.name, wanted.rows()), "{}", file.0);
        assert_eq!(grid.merges, wanted.merges, "{}", file.0);
        let hidden: Vec<bool> = grids(file).iter().map(|it| it.hidden).collect();
        assert_eq!(hidden, [false, true], "{}", file.0);
    }
}

#[test]
fn formulas_have_their_result_an_error_or_nothing_to_show() {
    let results = |file: (&str, &[u8])| {
        let grid = grids(file).remove(0);
        let cells = grid.row(4).into_iter().flat_map(Row::cells);
        cells.map(|it| it.1.display()).collect::<Vec<_>>().join(" ")
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

/// How LibreOffice is told to save: as an ending and a filter. Text is in UTF-8, has the cells as they are shown, and
/// a file for each sheet, with the sheet's name behind that of the workbook.
const FORMATS: [(&str, &str); 3] = [
    ("xlsx", "xlsx:Calc MS Excel 2007 XML"),
    ("ods", "ods:calc8"),
    ("csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"),
];
/// A profile of a Chinese clerk: dates are shown year first.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item></oor:items>"#;

/// What the office itself keeps beside the returns.
const BESIDE: [&str; 7] = [
    "huibian.yaml",
    "基层党组织.yaml",
    "重点工作.yaml",
    "专项名单.yaml",
    "上年年报.yaml",
    "人事教务数.yaml",
    "年报另填数.yaml",
];

#[test]
fn the_university_is_the_same_returned_as_xlsx_as_ods_and_as_csv() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("formats");
    let returns = workbooks(&desk);
    let wanted = records(&repository("fixtures/university"));
    assert!(wanted["党员"].len() > 2_000, "{}", wanted["党员"].len());
    thread::scope(|scope| {
        for (format, filter) in FORMATS {
            let (desk, returns, wanted) = (&desk, &returns, &wanted);
            scope.spawn(move || {
                for folder in ["applications", "regulations", "handbooks"] {
                    desk.copy(&format!("fixtures/university/{folder}"), &format!("{format}/{folder}"));
                }
                for file in BESIDE {
                    let bytes = fs::read(repository("fixtures/university").join(file)).unwrap();
                    desk.write(&format!("{format}/{file}"), bytes);
                }
                convert(desk, (format, filter), returns, &["--outdir", &format!("{format}/returns")]);
                let endings = desk.files(&format!("{format}/returns"));
                assert!(endings.len() >= returns.len(), "{format}: {}", endings.len());
                assert!(endings.keys().all(|it| it.ends_with(&format!(".{format}"))), "{format}");
                assert_same(&records(&desk.path(format)), wanted, format);
            });
        }
    });
}

/// The returns of the university in one folder, the csv files among them as workbooks of text.
fn workbooks(desk: &Desk) -> Vec<PathBuf> {
    let mut texts = Vec::new();
    for (path, bytes) in files(&repository("fixtures/university/returns")) {
        let name = path.replace('/', "-");
        if name.ends_with(".csv") {
            // Two committees' files are in UTF-8 and in GB18030, which one run cannot be told.
            let text = String::from_utf8(bytes);
            let text = text.unwrap_or_else(|it| encoding_rs::GB18030.decode(it.as_bytes()).0.into_owned());
            desk.write(&format!("text/{name}"), text.trim_start_matches('\u{feff}'));
            texts.push(desk.path(&format!("text/{name}")));
        } else {
            desk.write(&format!("books/{name}"), bytes);
        }
    }
    // Every column is text: as a number a code would lose its zeros, and an identity number its last digits.
    let columns: Vec<String> = (1..=60).map(|it| format!("{it}/2")).collect();
    let filter = format!("--infilter=Text - txt - csv (StarCalc):44,34,76,1,{}", columns.join("/"));
    convert(desk, ("text", FORMATS[0].1), &texts, &[&filter, "--outdir", "books"]);
    desk.files("books").into_keys().map(|it| desk.path(&format!("books/{it}"))).collect()
}

/// Runs LibreOffice on the files, with a profile of its own so that several can run at once.
fn convert(desk: &Desk, (profile, filter): (&str, &str), given: &[PathBuf], more: &[&str]) {
    desk.write(&format!("profile-{profile}/user/registrymodifications.xcu"), PROFILE);
    let profile =
        format!("-env:UserInstallation=file://{}", desk.path(&format!("profile-{profile}")).display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", filter]).args(more).args(given);
    ran(command.current_dir(desk.path("."))).expect(0);
}

/// The values of every record, a line each, by table and sorted; the project must be without errors and queries.
fn records(project: &Path) -> BTreeMap<String, Vec<String>> {
    let mut session = Session::default();
    let checked = session.check(project, &Judging::default()).unwrap_or_else(|it| panic!("{it}"));
    let faults: Vec<String> = session
        .report
        .findings()
        .iter()
        .filter(|it| it.severity != Severity::Note)
        .map(|it| format!("{:?}: {it:?}", it.origin.map(|at| session.sources.locate(at))))
        .collect();
    assert!(faults.is_empty(), "{}\n{faults:#?}", project.display());
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in checked.dataset.rows() {
        let title = checked.dataset.schema(record.table).title.to_string();
        let cells = &checked.dataset.record(record).cells;
        let values: Vec<String> = cells.iter().map(|it| exact(&it.value)).collect();
        tables.entry(title).or_default().push(values.join("|"));
    }
    tables.values_mut().for_each(|it| it.sort());
    tables
}

/// A value with its kind and its precision; only 1.00 and 1 are the same.
fn exact(value: &Value) -> String {
    match value {
        Value::Decimal(number) => format!("{:?}", Value::Decimal(number.trimmed())),
        value => format!("{value:?}"),
    }
}

#[track_caller]
fn assert_same(found: &BTreeMap<String, Vec<String>>, wanted: &BTreeMap<String, Vec<String>>, format: &str) {
    assert_eq!(found.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>(), "{format}");
    for (table, rows) in wanted {
        let only = |these: &[String], those: &[String]| {
            let those: std::collections::BTreeSet<&String> = those.iter().collect();
            these.iter().filter(|it| !those.contains(it)).take(3).cloned().collect::<Vec<_>>()
        };
        let difference = (only(rows, &found[table]), only(&found[table], rows));
        assert_eq!(&found[table].len(), &rows.len(), "{format} {table} {difference:#?}");
        assert!(found[table] == *rows, "{format} {table} {difference:#?}");
    }
}
