//! What workbooks and documents call their own parts stands in the templates, and a project may call them otherwise.

use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::desk::{Desk, files, repository};
use crate::reach::project::small;

const NAMES: &str = "templates/workbook/names.yaml";

/// The small project with names of its own, in which this stands instead of that.
fn named(name: &str, changes: &[(&str, &str)]) -> Desk {
    let desk = small(name);
    desk.write(NAMES, &files(&repository("templates/workbook"))["names.yaml"]);
    for (old, new) in changes {
        desk.patch(NAMES, old, new);
    }
    desk
}

#[test]
fn a_project_calls_sheets_columns_and_results_as_it_likes() {
    let desk = named(
        "captions-own",
        &[
            ("checks: 校核,", "checks: 核对,"),
            ("result: 结果,", "result: 结论,"),
            ("{holds: 符合,", "{holds: 一致,"),
            ("serial: 序号, line", "serial: 编号, line"),
        ],
    );
    desk.run(&["build", "--out", "out"]).expect(0);
    let mut out = desk.files("out");
    let mut open = |path: &str| Xlsx::new(Cursor::new(out.remove(path).unwrap())).unwrap();
    let mut book = open("statistics/tally/会议统计.xlsx");
    assert_eq!(book.sheet_names(), ["表1", "核对"]);
    let rows: Vec<Vec<String>> = book
        .worksheet_range("核对")
        .unwrap()
        .rows()
        .map(|it| it.iter().map(ToString::to_string).collect())
        .collect();
    assert!(rows[1..3].iter().any(|it| it.contains(&"结论".to_owned())), "{rows:?}");
    assert!(rows.last().unwrap().contains(&"一致".to_owned()), "{rows:?}");
    let overview = open("forms/card/汇总.xlsx").worksheet_range("汇总").unwrap();
    assert!(overview.rows().any(|it| it[0] == "编号"));
    let said = desk.run(&["explain", "会议统计!核对!A3"]).expect(0);
    assert!(said.stdout.contains("一致"), "{}", said.stdout);
}

#[test]
fn a_name_that_is_missing_unknown_or_has_no_gap_is_told_where() {
    let found = |name: &str, change| named(&format!("captions-{name}"), &[change]).found();
    assert_eq!(
        [
            found("missing", ("attachment: 附件\n", "")),
            found("unknown", ("total: 合计\n", "total: 合计\nsum: 共计\n")),
            found("gap", ("title: \"{}校核表\"", "title: 校核表")),
            found("gaps", ("共{}项，{}项符合", "共{}项")),
        ],
        [
            ["error missing-key names.yaml:3:1"],
            ["error unknown-key names.yaml:7:1"],
            ["error wrong-kind names.yaml:20:10"],
            ["error wrong-kind names.yaml:25:58"],
        ]
    );
}
