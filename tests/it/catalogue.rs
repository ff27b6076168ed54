//! 制度目录.xlsx: the head of a regulation that has none, and what it says otherwise than the others.
#![expect(clippy::disallowed_methods, reason = "a test reads a file of the repository")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;

use crate::desk::{Desk, repository};
use rust_xlsxwriter::Workbook;

const HEADING: [&str; 13] = [
    "序号",
    "类别",
    "制度名称",
    "文号",
    "制定机关",
    "通过日期",
    "印发日期",
    "施行日期",
    "层级",
    "状态",
    "修订沿革",
    "废止的制度",
    "文件",
];

/// What the workbook says of the three regulations of `tests/regulations`, and of one without a head of its own.
const ROWS: [[&str; 13]; 4] = [
    [
        "1",
        "组织生活",
        "示例理工大学党支部组织生活实施办法（试行）",
        "示理工党〔2023〕12号",
        "中共示例理工大学委员会",
        "2023年3月1日",
        "2023年3月8日",
        "2023年3月",
        "学校",
        "试行",
        "2023年5月10日党委常委会会议第一次修订",
        "",
        "组织生活.md",
    ],
    [
        "2",
        "发展党员",
        "示例理工大学发展党员工作细则",
        "示理工党〔2021〕5号",
        "中共示例理工大学委员会",
        "",
        "2021-03-08",
        "2021-04-01",
        "学校",
        "现行",
        "",
        "示理工党〔2011〕7号",
        "",
    ],
    [
        "3",
        "",
        "示例理工大学发展党员暂行规定",
        "示理工党〔2011〕7号",
        "中共示例理工大学委员会",
        "",
        "2011-03-08",
        "2011-03-08",
        "学校",
        "废止",
        "",
        "",
        "制度/暂行规定.md",
    ],
    [
        "4",
        "组织生活",
        "示例理工大学谈心谈话实施办法",
        "示理工党组〔2021〕12号",
        "中共示例理工大学委员会组织部",
        "",
        "2021-10-20",
        "2021-10-20",
        "学校",
        "现行",
        "",
        "",
        "",
    ],
];

/// The document that takes its head from the last row.
const DOCUMENT: &str = "10-谈心谈话实施办法.docx";

/// A row, a column, what is written there instead, and what is then found.
type Plant = (usize, usize, &'static str, &'static [&'static str]);

const PLANTS: [Plant; 15] = [
    (0, 2, "示例理工大学组织生活办法", &["error catalogue-differs 制度目录.xlsx!C3"]),
    (1, 3, "示理工党〔2021〕6号", &["error catalogue-differs 制度目录.xlsx!D4"]),
    (1, 4, "示例理工大学党委", &["error catalogue-differs 制度目录.xlsx!E4"]),
    (1, 5, "2021-03-01", &["error catalogue-differs 制度目录.xlsx!F4"]),
    (1, 6, "2021-03-09", &["error catalogue-differs 制度目录.xlsx!G4"]),
    (0, 7, "2023年4月", &["error catalogue-differs 制度目录.xlsx!H3"]),
    (1, 8, "院系", &["error catalogue-differs 制度目录.xlsx!I4"]),
    (2, 9, "现行", &["error catalogue-differs 制度目录.xlsx!J5"]),
    (
        1,
        1,
        "组织生活",
        &["error catalogue-differs 制度目录.xlsx!B4", "error catalogue-differs 制度目录.xlsx!B5"],
    ),
    (1, 12, "细则.md", &["error catalogue-differs 制度目录.xlsx!M4"]),
    (3, 3, "示理工党组[2021]12号", &["error document-number-malformed 制度目录.xlsx!D6"]),
    (3, 6, "2021-10-21", &["error regulation-dates 制度目录.xlsx!H6"]),
    (3, 8, "校级", &["error unknown-choice 制度目录.xlsx!I6"]),
    (3, 9, "", &["error missing-value 制度目录.xlsx!B6"]),
    (
        3,
        2,
        "示例理工大学谈话制度",
        &[
            "error catalogue-without-file 制度目录.xlsx!C6",
            "error front-matter-missing 10-谈心谈话实施办法.docx",
        ],
    ),
];

#[test]
fn the_workbook_gives_a_head_to_a_document_that_has_none() {
    let desk = desk("catalogue-clean", &ROWS);
    assert_eq!(problems(&desk), [""; 0]);
    // The document is one of the collection: it can be cited by its title.
    desk.patch(
        "制度/组织生活.md",
        "《示例理工大学发展党员工作细则》第二条",
        "《示例理工大学谈心谈话实施办法》",
    );
    assert_eq!(problems(&desk), [""; 0]);
    desk.patch("制度/组织生活.md", "《示例理工大学谈心谈话实施办法》", "《示例理工大学谈心谈话规定》");
    assert_eq!(problems(&desk), ["query reference-unknown 组织生活.md:36:27"]);
}

#[test]
fn what_the_workbook_says_otherwise_is_found_at_its_cell_and_nothing_else() {
    let mut faults = Vec::new();
    for (idx, (row, col, new, wanted)) in PLANTS.into_iter().enumerate() {
        let mut rows = ROWS;
        rows[row][col] = new;
        let given = problems(&desk(&format!("catalogue-{idx}"), &rows));
        if given != wanted {
            faults.push(format!("{} “{new}”: {given:?} instead of {wanted:?}", HEADING[col]));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn rows_and_files_belong_together_one_by_one() {
    let all = ROWS;
    let mut rest = [all[0], all[2], all[3]];
    // An empty category is that of the row above.
    rest[1][1] = all[1][1];
    let lacks = desk("catalogue-lacks", &rest);
    assert_eq!(problems(&lacks), ["error catalogue-lacks-regulation 发展党员.md:2:8"]);
    let twice = desk("catalogue-twice", &[all[0], all[1], all[2], all[3], all[1]]);
    assert_eq!(problems(&twice), ["error catalogue-row-twice 制度目录.xlsx!C7"]);
    let gone = desk("catalogue-gone", &all);
    gone.remove("制度/暂行规定.md");
    assert_eq!(problems(&gone), ["error catalogue-without-file 制度目录.xlsx!C5"]);
}

fn desk(name: &str, rows: &[[&str; 13]]) -> Desk {
    let desk = Desk::new(name);
    desk.copy("tests/regulations", ".");
    let document = repository(&format!("fixtures/university/regulations/{DOCUMENT}"));
    desk.write(&format!("制度/{DOCUMENT}"), fs::read(document).unwrap());
    // Its text is to say nothing about other regulations, nor about its own number and dates.
    for (said, instead) in [
        ("示理工党组〔2021〕12号　2021年10月20日印发", "党委组织部印发"),
        ("《示例理工大学组织生活会和民主评议党员实施办法》第九条的要求", "有关要求"),
    ] {
        desk.patch_workbook(&format!("制度/{DOCUMENT}"), said, instead);
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "示例理工大学党务工作制度目录").unwrap();
    sheet.write_row(1, 0, HEADING).unwrap();
    for (row, cells) in (2..).zip(rows) {
        sheet.write_row(row, 0, *cells).unwrap();
    }
    desk.write("制度/制度目录.xlsx", book.save_to_buffer().unwrap());
    desk
}

/// What is found, but for notes.
fn problems(desk: &Desk) -> Vec<String> {
    desk.found().into_iter().filter(|it| !it.starts_with("note ")).collect()
}
