//! How fast returned workbooks become records, against calamine's own streaming reader on the same bytes.
//!
//! `cargo bench --bench reading` prints how a hundred workbooks of 200 rows × 30 columns compare, and what one of
//! 200,000 × 20 takes: time, the most memory, and what of it the records still hold at the end.
#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock and the system")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has to stop")]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use huibian::finding::{Report, Sources};
use huibian::project::Templates;
use huibian::schema::{self, Expected, Records, Schemas};
use huibian::source::{self, Limits, Source};
use huibian::value::Period;
use jiff::civil::date;
use rust_xlsxwriter::Workbook;

/// Headings of the members' table, with two that it does not know; repeated ones get a number.
const HEADINGS: [&str; 20] = [
    "序号",
    "学工号",
    "姓名",
    "性别",
    "民族",
    "出生日期",
    "籍贯",
    "学历",
    "学位",
    "专业技术职务",
    "人员类别",
    "所在党支部",
    "党籍状态",
    "入党时间",
    "转正时间",
    "手机号码",
    "党内职务",
    "备注",
    "邮编",
    "办公地点",
];
/// How many times each measurement is repeated; the fastest counts.
const N_RUNS: usize = 5;

/// The word by which this program asks itself to read one file in a process of its own.
const ALONE: &str = "--alone";

fn main() {
    let schemas = schemas();
    let mut arguments = std::env::args().skip_while(|it| it != ALONE).skip(1);
    if let Some(path) = arguments.next() {
        return one_alone(Path::new(&path), &schemas);
    }
    many_small(&schemas);
    for n_rows in [50_000, 100_000, 200_000] {
        one_large(n_rows);
    }
}

fn many_small(schemas: &Schemas) {
    let books: Vec<Vec<u8>> = (0..100).map(|idx| workbook(200, 30, idx)).collect();
    let streaming = fastest(|| books.iter().map(|it| stream(it)).sum::<usize>());
    let grids = fastest(|| books.iter().map(|it| sources(&[it]).1.len()).sum::<usize>());
    let whole = fastest(|| read(&books.iter().collect::<Vec<_>>(), schemas).tables.len());
    let ratio = |it: Duration| it.as_secs_f64() / streaming.as_secs_f64();
    println!(
        "100 workbooks of 200 x 30: calamine {streaming:.0?}, to cells {:.2} times, to records {:.2} times ({whole:.0?})",
        ratio(grids),
        ratio(whole)
    );
}

/// What the writer of the workbook leaves behind would count as well: a fresh process reads it.
fn one_large(n_rows: u32) {
    let path = std::env::temp_dir().join(format!("huibian-{n_rows}.xlsx"));
    std::fs::write(&path, workbook(n_rows, 20, 0)).unwrap();
    let this = std::env::current_exe().unwrap();
    assert!(Command::new(this).arg(ALONE).arg(&path).status().unwrap().success());
    std::fs::remove_file(&path).unwrap();
}

fn one_alone(path: &Path, schemas: &Schemas) {
    let book = std::fs::read(path).unwrap();
    let streaming = fastest_of(1, || stream(&book));
    let before = memory_mib("VmHWM:");
    let start = Instant::now();
    let records = read(&[&book], schemas);
    let took = start.elapsed();
    let n_records: usize = records.tables.iter().map(|it| it.len()).sum();
    println!(
        "1 workbook, {n_records} records of 20 columns: {:.2} times calamine, {took:.1?}; memory {before} MiB before, at most {} MiB, {} MiB with the records alone",
        took.as_secs_f64() / streaming.as_secs_f64(),
        memory_mib("VmHWM:"),
        memory_mib("VmRSS:"),
    );
}

fn schemas() -> Schemas {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap()
}

/// A return with a title row, made of valid records.
fn workbook(n_rows: u32, n_cols: u16, number: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "党员信息表").unwrap();
    for col in 0..n_cols {
        let heading =
            HEADINGS.get(usize::from(col)).map_or_else(|| format!("自定{col}"), |it| (*it).to_owned());
        sheet.write(1, col, heading).unwrap();
    }
    for row in 0..n_rows {
        for col in 0..n_cols {
            sheet.write(row + 2, col, cell(usize::from(col), row, number)).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn cell(col: usize, row: u32, number: u32) -> String {
    match col {
        0 => (row + 1).to_string(),
        1 => format!("{number:03}{row:07}"),
        2 => "张小明".to_owned(),
        3 => "男".to_owned(),
        4 => "汉族".to_owned(),
        5 => format!("19{:02}-{:02}", 60 + row % 40, 1 + row % 12),
        6 => "某省某县".to_owned(),
        7 => "研究生".to_owned(),
        8 => "硕士".to_owned(),
        9 => "讲师".to_owned(),
        10 => "在职教工".to_owned(),
        11 => format!("第{}党支部", row % 85),
        12 => "正式党员".to_owned(),
        13 => "2018年6月".to_owned(),
        14 => "2019年6月".to_owned(),
        15 => "13900000000".to_owned(),
        _ => "无".to_owned(),
    }
}

fn stream(bytes: &[u8]) -> usize {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut n_cells = 0;
    while let Ok(Some(cell)) = reader.next_cell() {
        black_box(cell);
        n_cells += 1;
    }
    n_cells
}

fn sources(books: &[&Vec<u8>]) -> (Sources, Vec<Source>) {
    let mut sources = Sources::default();
    let read = |bytes: &&Vec<u8>| {
        let file = sources.add("党员.xlsx");
        let reading = source::read(bytes, "党员.xlsx", file, &Limits::standard());
        let content = reading.content.unwrap_or_else(|| panic!("not read: {:?}", reading.report.findings()));
        Source {
            file,
            digest: [0; 32],
            repeats: Vec::new(),
            name: "党员".to_owned(),
            content,
            lists: Vec::new(),
        }
    };
    let files = books.iter().map(read).collect();
    (sources, files)
}

fn read(books: &[&Vec<u8>], schemas: &Schemas) -> Records {
    let mut report = Report::default();
    let period = Period::new(date(2024, 1, 1), date(2024, 12, 31)).unwrap();
    let (sources, files) = sources(books);
    let expected = Expected { period, earlier: &BTreeMap::new(), sources: &sources };
    schema::bind(files, schemas, &expected, &mut report)
}

fn fastest(run: impl FnMut() -> usize) -> Duration {
    fastest_of(N_RUNS, run)
}

fn fastest_of(n_runs: usize, mut run: impl FnMut() -> usize) -> Duration {
    let timed = || {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    std::iter::repeat_with(timed).take(n_runs).min().unwrap_or_default()
}

/// A figure of the system about this process, in MiB; 0 where it does not tell.
fn memory_mib(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix(key));
    line.and_then(|it| it.split_whitespace().next())
        .and_then(|it| it.parse::<u64>().ok())
        .map_or(0, |it| it / 1024)
}
