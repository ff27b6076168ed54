//! Two versions of a regulation, or of a folder of them, set against each other.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use crate::desk::Desk;
use calamine::{Data, Reader, Xlsx};

const LIFE: &str = include_str!("../regulations/制度/组织生活.md");
const ADMISSION: &str = include_str!("../regulations/制度/发展党员.md");
const LIFE_FILE: &str = "制度/组织生活.md";

#[test]
fn two_versions_are_set_against_each_other() {
    let desk = desk("regulations-diff");
    desk.write("新.md", revised());
    let same = desk.run(&["diff", LIFE_FILE, LIFE_FILE]).expect(0);
    assert!(same.stdout.contains("没有差别"), "{}", same.stdout);
    let ran = desk.run(&["diff", LIFE_FILE, "新.md", "--out", "对照"]).expect(0);
    assert!(ran.stdout.contains("修改3处，序号变动1处，新增1处，删去1处"), "{}", ran.stdout);
    let rows = rows(&desk.files("对照")["修订对照表.xlsx"]);
    let wanted = [
        ["效力状态　试行", "效力状态　现行", "将“试行”改为“现行”"],
        ["第二条　本办法所称组织生活，是指三会一课和主题党日。", "—", "删去第二条"],
        [
            "第三条　党员大会一般每季度召开一次。\n会议议题提前三日通知党员。",
            "第二条　党员大会一般每季度召开一次。\n会议议题提前五日通知全体党员。",
            "原第三条改为第二条，将“三”改为“五”；增加“全体”",
        ],
    ];
    for row in wanted {
        assert!(rows.iter().any(|it| it[..] == row.map(str::to_owned)), "{row:?} in {rows:#?}");
    }
    assert!(
        rows.iter().any(|it| it[0] == "—" && it[1].starts_with("第五条　党小组会") && it[2] == "新增第五条"),
        "{rows:#?}"
    );
    assert!(rows.iter().any(|it| it[2] == "原第五条改为第四条，内容未变"), "{rows:#?}");
    let page = String::from_utf8(desk.files("对照")["修订对照表.html"].clone()).unwrap();
    assert!(
        page.contains("提前<del>三</del>日") && page.contains("提前<ins>五</ins>日通知<ins>全体</ins>党员"),
        "{page}"
    );
    let again = desk.files("对照");
    desk.run(&["diff", LIFE_FILE, "新.md", "--out", "对照"]).expect(0);
    assert!(again == desk.files("对照"), "the same input gives the same bytes");
}

#[test]
fn two_folders_are_compared_regulation_by_regulation() {
    let desk = desk("regulations-folders");
    desk.write("新/组织生活.md", revised());
    desk.write("新/发展党员.md", ADMISSION);
    desk.write(
        "新/党费.md",
        ADMISSION.replace("发展党员工作细则", "党费管理办法").replace("5号", "9号").replace("接收", "缴纳"),
    );
    desk.run(&["diff", "制度", "新", "--out", "对照"]).expect(0);
    let book = desk.files("对照")["修订对照表.xlsx"].clone();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 4, "{names:?}");
    let overview = book.worksheet_range(&names[0]).unwrap();
    let shown: Vec<String> = overview.rows().skip(3).map(|it| format!("{} {}", it[1], it[2])).collect();
    let wanted = [
        "示例理工大学党费管理办法 新增的制度",
        "示例理工大学发展党员工作细则 没有变动",
        "示例理工大学党支部组织生活实施办法（试行） 有修改",
        "示例理工大学发展党员暂行规定 不再收入的制度",
    ];
    assert_eq!(shown, wanted);
    let gone = desk.run(&["diff", "制度", "没有", "--out", "对照"]).expect(2);
    assert!(gone.stderr.contains("找不到“没有”"), "{}", gone.stderr);
}

#[test]
fn a_date_that_no_text_states_is_not_made_up() {
    let desk = desk("regulations-undated");
    let dates = [
        "adopted: 2023-03-01\n",
        "issued: 2023-03-08\n",
        "in_force: 2023-03-08\n",
        "history:\n",
        "  - {date: 2023-05-10, note: 党委常委会会议第一次修订}\n",
    ];
    let undated = dates.iter().fold(revised(), |text, it| text.replacen(it, "", 1));
    let stated = |text: &str| {
        desk.write("新.md", text);
        // What is wrong with the head is said, and nothing is compared worse for it.
        desk.run(&["diff", LIFE_FILE, "新.md", "--out", "对照"]);
        let files = desk.files("对照");
        let manifest = String::from_utf8(files["manifest.json"].clone()).unwrap();
        for absent in ["project", "institution", "period", "2000", "1900"] {
            assert!(!manifest.contains(absent), "{absent} in {manifest}");
        }
        let mut book = zip::ZipArchive::new(Cursor::new(files["修订对照表.xlsx"].clone())).unwrap();
        std::io::read_to_string(book.by_name("docProps/core.xml").unwrap()).unwrap()
    };
    for text in [
        undated.clone(),
        undated.replace("level: 学校", "issued: 2023\nlevel: 学校"),
        undated.replace("level: 学校", "issued: 2023年3月\nlevel: 学校"),
    ] {
        let properties = stated(&text);
        assert!(properties.contains("修订对照表") && !properties.contains("dcterms:"), "{properties}");
    }
    assert!(stated(&revised()).contains("2023-03-08T00:00:00Z"));
}

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.copy("tests/regulations", ".");
    desk
}

/// The first regulation, revised: an article less, one more, one changed.
fn revised() -> String {
    let mut text = LIFE.replace("state: 试行", "state: 现行");
    for (old, new) in [
        ("第二条　本办法所称组织生活，是指三会一课和主题党日。\n\n", ""),
        ("第三条　党员大会", "第二条　党员大会"),
        ("第四条　会议", "第三条　会议"),
        ("提前三日通知党员", "提前五日通知全体党员"),
        ("依照第三条第二款", "依照第二条第二款"),
        ("第五条　会议情况", "第四条　会议情况"),
        (
            "第六条　本办法",
            "第五条　党小组会一般每月召开一次，由组长召集，结果向党支部报告。\n\n第六条　本办法",
        ),
    ] {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    text
}

/// The rows of the first sheet of a comparison.
fn rows(workbook: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}
