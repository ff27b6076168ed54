//! Errors about returned files, and the parts of them, with which records are lost.

use rust_xlsxwriter::Workbook;

use super::project::{LANGUAGES, OF_MACHINES};
use super::{case, hold, strict};
use crate::desk::{Desk, encrypted};

const MEETINGS: &str = "data/外语学院/会议.csv";
const ITEMS: &str = "data/机械学院/台账.yaml";

/// What reads meetings: of all, and of the college of languages.
const READ_MEETINGS: &str =
    "card/外语党委/日语支部 tally/会议统计 tally/外语党委/会议统计 team/日语支部 whole/全校";
/// Whatever is over all, and all of that college that reads records.
const OF_LANGUAGES: &str = "card/外语党委/日语支部 card/汇总 items/台账 tally/会议统计 tally/外语党委/会议统计 team/日语支部 whole/全校";
/// The same of the college of machines.
const OF_MACHINES_ALL: &str = "card/机械党委/制造支部 card/机械党委/硕士支部 card/汇总 items/台账 tally/会议统计 tally/机械党委/会议统计 team/制造支部 team/硕士支部 whole/全校";
/// Whatever is over all.
const OVER_ALL: &str = "card/汇总 items/台账 tally/会议统计 whole/全校";

/// A workbook with a sheet of these lines; the sheet is hidden behind another if that is wanted.
fn workbook(name: &str, text: &str, is_hidden: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    if is_hidden {
        book.add_worksheet().set_name("填表说明").unwrap().write(0, 0, "请如实填写。").unwrap();
    }
    let sheet = book.add_worksheet().set_name(name).unwrap().set_hidden(is_hidden);
    for (row, line) in (0..).zip(text.lines()) {
        for (col, text) in (0..).zip(line.split(',')) {
            sheet.write(row, col, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_file_that_cannot_be_read_withholds_what_reads_the_tables_that_its_name_tells() {
    hold(&[
        case("file-empty", "named like others", |it| it.write(MEETINGS, ""), READ_MEETINGS),
        case(
            "file-damaged",
            "named like others",
            |it| it.write("data/外语学院/会议.xlsx", "PK\x03\x04"),
            READ_MEETINGS,
        ),
        case(
            "file-damaged",
            "of a name that tells nothing",
            |it| it.write("data/外语学院/资料.xlsx", "PK\x03\x04"),
            OF_LANGUAGES,
        ),
        case("file-damaged", "of nobody knows whom", |it| it.write("data/资料.xlsx", "PK\x03\x04"), OVER_ALL),
        case(
            "file-encrypted",
            "named like others",
            |it| it.write("data/外语学院/会议.xlsx", encrypted()),
            READ_MEETINGS,
        ),
        case(
            "archive-not-read",
            "of a name that tells nothing",
            |it| it.write("data/外语学院/全部.zip", zip()),
            OF_LANGUAGES,
        ),
        case("text-encoding", "named like others", |it| it.write(MEETINGS, b"\x81\xFF\xFF"), READ_MEETINGS),
        case(
            "heading-not-found",
            "a file of one sheet",
            |it| it.write(MEETINGS, "甲,乙,丙\n一,二,三\n"),
            READ_MEETINGS,
        ),
        case(
            "heading-not-found",
            "a sheet named like a table",
            |it| {
                it.write("data/外语学院/资料.xlsx", workbook("会议", "甲,乙,丙\n一,二,三", false));
            },
            READ_MEETINGS,
        ),
    ]);
}

/// An archive with one file.
fn zip() -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("会议.csv", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(LANGUAGES.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_known_to_have_stood_in_a_file_withholds_what_reads_it_whatever_its_name() {
    hold(&[
        case(
            "sheet-hidden-return",
            "a hidden sheet of meetings",
            |it| {
                it.write("data/外语学院/资料.xlsx", workbook("数据", LANGUAGES, true));
            },
            READ_MEETINGS,
        ),
        case(
            "return-in-versions",
            "two versions of the meetings",
            |it| {
                it.write(
                    "data/外语学院/会议（最终版）.csv",
                    format!("{LANGUAGES}日语系教工党支部,,学习五,2024-05-03,5,60\n"),
                );
            },
            READ_MEETINGS,
        ),
        case(
            "csv-quote",
            "a quotation mark that swallows the rows below",
            |it| {
                it.write(MEETINGS, LANGUAGES.replace("学习四", "\"学习四"));
            },
            READ_MEETINGS,
        ),
        strict(
            "return-empty",
            "a form that was sent back as it was",
            |it| {
                it.write("data/外语学院/资料.csv", "支部,支部编码,名称,日期,人数,时长\n");
            },
            READ_MEETINGS,
        ),
        strict(
            "return-empty",
            "a table without records",
            |it| {
                it.write("data/外语学院/资料.yaml", "会议:\n");
            },
            READ_MEETINGS,
        ),
        strict(
            "return-from-other-period",
            "last year's",
            |it| {
                it.write(
                    "data/外语学院/会议2022.csv",
                    format!("2022年会议,,,,,\n{}", LANGUAGES.replace("学习四", "旧学习")),
                );
            },
            READ_MEETINGS,
        ),
    ]);
}

#[test]
fn of_what_was_sent_twice_and_of_what_its_cell_says_itself_nothing_is_lost() {
    hold(&[
        case("return-twice", "the same file", |it| it.write("data/外语学院/会议(1).csv", LANGUAGES), ""),
        case(
            "return-twice",
            "the same records",
            |it| it.write("data/外语学院/会议(1).csv", format!("\n{LANGUAGES}")),
            "",
        ),
        case("cell-text-too-long", "a text that no cell can hold", long, ""),
        case(
            "error-cell",
            "what stands for it",
            long,
            "card/外语党委/日语支部 tally/会议统计 tally/外语党委/会议统计 team/日语支部",
        ),
    ]);
}

fn long(desk: &Desk) {
    desk.write(MEETINGS, LANGUAGES.replace("学习四", &"长".repeat(40_000)));
}

#[test]
fn of_a_tree_that_is_not_understood_nobody_knows_what_it_held() {
    hold(&[
        case("yaml-syntax", "the whole file", |it| it.write(ITEMS, "台账: [\n"), OF_MACHINES_ALL),
        case(
            "yaml-without-table",
            "a list",
            |it| it.write("data/机械学院/其他.yaml", "- 甲\n"),
            OF_MACHINES_ALL,
        ),
        case(
            "unknown-table",
            "one of its tables",
            |it| it.write(ITEMS, format!("{OF_MACHINES}台本: []\n")),
            OF_MACHINES_ALL,
        ),
        case(
            "yaml-not-a-record",
            "one of its records",
            |it| it.write(ITEMS, format!("{OF_MACHINES}  - 甲\n")),
            OF_MACHINES_ALL,
        ),
        case(
            "yaml-unsupported",
            "a second document",
            |it| {
                it.write(ITEMS, format!("{OF_MACHINES}---\n台账: []\n"));
            },
            OF_MACHINES_ALL,
        ),
    ]);
}
