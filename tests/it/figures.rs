//! What is a number in the data is one in a workbook, and what is a text stays text, however much it looks like a number.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::desk::Desk;
use crate::reach::project::{CARD, MACHINES, small};
use crate::repository::{Rust, Token, assert_none, rust};

/// A list of the meetings: texts at the right, numbers in the middle.
const LIST: &str = "\
id: t2
number: 表2
title: 会议名册
of: meetings
kind: list
columns:
  - {title: 名称, value: name, align: right}
  - {title: 支部编码, value: branch.code, align: right}
  - {title: 人数, value: present}
  - {title: 时长, value: minutes, align: left}
  - {title: 折合, value: \"plus_amount(minutes, minutes)\", align: right}
  - {title: 印出, value: \"minutes | amount\", align: right}
  - {title: 日期, value: \"year(held) ~ ''\", align: right}
";

#[test]
fn where_documents_are_made_no_number_is_read_from_text() {
    // Declarations and arguments are texts to begin with, the widths of a form's columns among them.
    let is_made =
        |it: &Rust| !["/load/", "/explain/", "/forms/table.rs"].iter().any(|part| it.path.contains(part));
    let is_call = |it: &[Token]| match it {
        [Token::Mark('.'), name, Token::Mark('('), Token::Mark(')')] => name.is("parse"),
        [Token::Mark('.'), name, Token::Mark(':'), ..] => name.is("parse"),
        _ => it[1].is("from_str"),
    };
    let parses = |it: &Rust| it.engine.windows(4).any(is_call);
    let files = rust(&["crates/documents/src", "crates/render/src"]);
    let faults = files.into_iter().filter(|it| is_made(it) && parses(it));
    assert_none(&faults.map(|it| it.path).collect::<Vec<_>>());
}

#[test]
fn in_a_list_of_records_a_text_of_digits_stays_text_and_a_number_stays_a_number() {
    let desk = small("figures-list");
    desk.write("templates/statistics/tally/t2.yaml", LIST);
    desk.patch("templates/statistics/tally/statistics.yaml", "tables: [t1]", "tables: [t1, t2]");
    desk.patch("templates/schemas/meetings.yaml", "时长, type: integer", "时长, type: decimal");
    let meetings = MACHINES.replace("学习一", "2023").replace("9,60", "9,1.50").replace("8,60", "8,90");
    desk.write("data/机械学院/会议.csv", meetings);
    let book = workbook(&desk, "statistics/tally/会议统计.xlsx", "表2");
    let (text, number) = (|it: &str| Data::String(it.to_owned()), Data::Float);
    assert_eq!(
        row(&book, "2023"),
        [text("2023"), text("010101"), number(9.0), number(1.5), number(3.0), text("1.50"), text("2024")]
    );
    assert_eq!(row(&book, "学习二")[2..5], [number(8.0), number(90.0), number(180.0)]);
}

#[test]
fn in_the_workbook_over_all_forms_a_text_of_digits_stays_text_and_a_number_stays_a_number() {
    let desk = small("figures-overview");
    let columns = "    - {title: 编码, value: code, width: 10, align: right}
    - {title: 人数, value: member_total, width: 10}
    - {title: 会议, value: meetings | length, width: 10, align: right}
    - {title: 年份, value: \"year(elected) ~ ''\", width: 10, align: right}
    - {title: 是否, value: member_total > 5, width: 10, align: right}
";
    desk.write("templates/forms/card/form.yaml", format!("{CARD}{columns}"));
    let book = workbook(&desk, "forms/card/汇总.xlsx", "汇总");
    let (text, number) = (|it: &str| Data::String(it.to_owned()), Data::Float);
    assert_eq!(
        row(&book, "制造系教工党支部")[2..],
        [text("010101"), number(9.0), number(2.0), text("2023"), text("是")]
    );
}

/// The cells of a sheet of a workbook that is built.
fn workbook(desk: &Desk, path: &str, sheet: &str) -> Vec<Vec<Data>> {
    desk.run(&["build", "--out", "out"]).expect(0);
    let mut book = Xlsx::new(Cursor::new(desk.files("out").remove(path).unwrap())).unwrap();
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// What stands in the row of a record behind its serial number: from the cell with its name on.
fn row(book: &[Vec<Data>], name: &str) -> Vec<Data> {
    let name = Data::String(name.to_owned());
    let row = book.iter().find(|it| it.get(1) == Some(&name)).unwrap_or_else(|| panic!("{book:#?}"));
    row[1..].to_vec()
}
