//! What is wrong with a binding withholds its workbook alone, and is told with its place and a remedy.

use rust_xlsxwriter::{Format, FormatBorder, Formula, Workbook, Worksheet};

use super::said;
use crate::desk::Desk;
use crate::statistics::small;

const BINDING: &str = "templates/statistics/汇总表/issued.yaml";
const MADE: &str = "statistics/small/汇总表/汇总表.xlsx";
const OWN: &str = "statistics/small/党员统计2024.xlsx";

fn framed() -> Format {
    Format::new().set_border(FormatBorder::Thin)
}

/// A row of a table: texts, formulas, and blank cells.
fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells) {
        let cell = match text.strip_prefix('=') {
            Some(_) => {
                sheet.write_formula_with_format(at, column, Formula::new(*text).set_result("0"), &framed())
            }
            None if text.is_empty() => sheet.write_blank(at, column, &framed()),
            None => sheet.write_with_format(at, column, *text, &framed()),
        };
        cell.unwrap();
    }
}

/// Two tables of the small statistics, with a total that the form computes and one that only other programs do.
fn blank() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表1").unwrap();
    sheet.merge_range(0, 0, 0, 3, "表1 党员基本情况", &Format::new()).unwrap();
    sheet.write(1, 0, "填报单位：          填报人：          ").unwrap();
    row(sheet, 2, &["项目", "总数", "少数民族", "占比"]);
    row(sheet, 3, &["总　计", "=B5+B7", "=INDIRECT(\"C5\")+C7", ""]);
    row(sheet, 4, &["教工", "", "", ""]);
    row(sheet, 5, &["其中：女", "", "", "×"]);
    row(sheet, 6, &["学生", "", "", ""]);
    sheet.write(7, 0, "校验").unwrap();
    sheet.write_formula(7, 1, Formula::new("=IF(B5>=B6,\"相符\",\"不符\")").set_result("相符")).unwrap();
    let sheet = book.add_worksheet().set_name("表2").unwrap();
    sheet.merge_range(0, 0, 0, 4, "表2 各分党委", &Format::new()).unwrap();
    row(sheet, 1, &["单位", "党员", "党支部", "上年", "增加"]);
    row(sheet, 2, &["", "", "", "", ""]);
    row(sheet, 3, &["", "", "", "", ""]);
    row(sheet, 4, &["合计", "=SUM(B3:B4)", "=SUM(C3:C4)", "", ""]);
    book.save_to_buffer().unwrap()
}

/// The small project with the workbook bound, as it was drafted.
fn drafted(name: &str) -> Desk {
    let desk = small(name);
    desk.write("汇总表.xlsx", blank());
    let ran = desk
        .run(&["import", "汇总表.xlsx", "--as", "statistics", "--of", "small", "--project", "."])
        .expect(0);
    assert!(ran.stdout.contains("工作表“表1”：表1 党员基本情况，12格已对应，1处待定"), "{}", ran.stdout);
    assert!(ran.stdout.contains("工作表“表2”：表2 各分党委，12格已对应，0处待定"), "{}", ran.stdout);
    desk.patch("huibian.yaml", "statistics: [small]", "statistics: [{id: small, issued: 汇总表}]");
    desk.patch(BINDING, "- {leave: 待定}", "- {leave: 由填报人填写}");
    desk
}

fn bound(name: &str) -> Desk {
    let desk = drafted(name);
    desk.patch(BINDING, "draft: true\n", "");
    desk
}

#[test]
fn a_bound_workbook_is_filled_and_what_it_lacks_is_told() {
    let desk = bound("bound");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let files = desk.files("out");
    let at = |sheet: &str, row, column| said(&files[MADE], sheet, (row, column));
    assert_eq!(
        [0, 1, 2, 3].map(|it| at("表1", 3, it)),
        ["总　计", "7", "", "28.6"],
        "a share is in percent, as the table has it"
    );
    assert_eq!([1, 2, 3].map(|it| at("表1", 4, it)), ["5", "2", "40"]);
    assert_eq!([1, 2, 3].map(|it| at("表1", 5, it)), ["2", "2", "×"], "what the form crosses out stays so");
    assert_eq!(at("表1", 1, 0).trim_end().replace(' ', ""), "填报单位：示例理工大学填报人：");
    assert_eq!([0, 1, 2, 3, 4].map(|it| at("表2", 2, it)), ["甲学院党委", "5", "2", "", ""]);
    assert_eq!([0, 1, 2, 3, 4].map(|it| at("表2", 4, it)), ["合计", "7", "3", "7", "0"]);
    let told: Vec<(String, String)> = desk
        .findings("out")
        .iter()
        .map(|it| ["code", "message"].map(|key| it[key].as_str().unwrap().to_owned()).into())
        .collect();
    for (code, message) in [
        ("issued-figure-lacking", "“汇总表”有4格没有数，留空：表2!D3（t2.committees.0100.last）"),
        ("formulas-left", "“汇总表”有1处公式程序不计算，没有与本单位统计比较：表1!C4"),
    ] {
        assert!(told.iter().any(|it| it.0 == code && it.1.starts_with(message)), "{code}: {told:?}");
    }
    assert!(files.contains_key("statistics/small/汇总表/填表核对单.pdf"));
    let text = desk.run(&["explain", "汇总表.xlsx!表1!A2"]).expect(0).stdout;
    assert!(text.contains("示例理工大学") && text.contains("{{ project.institution }}"), "{text}");
    let refused = desk.run(&["explain", "汇总表.xlsx!表3!A2"]);
    assert!(
        refused.stderr.contains("没有工作表“表3”。工作表有：表1、表2"),
        "{}{}",
        refused.stdout,
        refused.stderr
    );
}

#[test]
fn lines_may_be_added_up_and_single_cells_taken_from_elsewhere() {
    let desk = bound("added");
    desk.patch(BINDING, "5: staff ", "5: [staff.women, students] ");
    desk.patch(BINDING, "B: total ", "B: [age.to_30, age.from_31] ");
    desk.patch(
        BINDING,
        "    texts:\n",
        "    cells:\n      C7: t2.all.members\n      D7: {leave: 不填}\n    texts:\n",
    );
    let ran = desk.run(&["build", ".", "--out", "out"]);
    let files = desk.files("out");
    assert!(ran.stdout.contains("表1!B4得6，"), "2 and 2 and 2 are not all: {}", ran.stdout);
    assert!(!files.contains_key(MADE));
    desk.patch(BINDING, "5: [staff.women, students] ", "5: staff ");
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    let files = desk.files("out");
    let at = |row, column| said(&files[MADE], "表1", (row, column));
    assert_eq!([at(4, 1), at(6, 2), at(6, 3)], ["5", "7", ""]);
    let told = desk.run(&["explain", "汇总表.xlsx!表1!B5"]).expect(0).stdout;
    assert!(
        told.contains("由下列各数相加") && told.contains("数值：5") && told.contains("年龄/30岁及以下"),
        "{told}"
    );
}

/// A change of the binding, and what is said of it.
struct Case {
    old: &'static str,
    new: &'static str,
    told: &'static [&'static str],
}

const fn case(old: &'static str, new: &'static str, told: &'static [&'static str]) -> Case {
    Case { old, new, told }
}

const CASES: &[Case] = &[
    case("statistics: small\n", "draft: true\nstatistics: small\n", &["form-is-draft", "还是草稿"]),
    case("statistics: small\n", "statistics: ministry\n", &["statistics-inconsistent", "写在“small”下面"]),
    case("blank: 汇总表.xlsx", "blank: 汇总.xlsx", &["blank-unusable", "没有表样“汇总.xlsx”"]),
    case("sha256: ", "sha256: a", &["blank-changed", "不是当初绑定的那一份"]),
    case("      5: staff ", "      # ", &["place-undecided", "“表1”有1处没有决定怎样填：第5行（教工）"]),
    case("      5: staff ", "      5: 待定 ", &["place-undecided", "这一行没有决定填什么"]),
    case("      5: staff ", "      5: staf ", &["schema-name-unknown", "staff"]),
    case("      5: staff ", "      55: staff ", &["place-unknown", "没有“55”这个要填的位置"]),
    case("      C: minority ", "      # ", &["place-undecided", "C列（少数民族）"]),
    case("table: t1 ", "table: t3 ", &["schema-name-unknown", "没有名为“t3”的统计表"]),
    case("sheet: 表2", "sheet: 表3", &["schema-name-unknown", "没有名为“表3”的工作表"]),
    case("3-4: committees ", "3-5: committees ", &["schema-name-unknown", "没有名为“3-5”的空行"]),
    case("3-4: committees ", "3-4: all ", &["place-unfit", "“all”只有一行"]),
    case("5: all ", "5: committees ", &["place-unfit", "“committees”是每条记录一行的"]),
    case("    names: A", "    # ", &["place-undecided", "没有写明各行的名称填在哪一列"]),
    case("        - {leave: 由填报人填写}\n", "", &["place-unfit", "“A2”有2处空白，写了1项"]),
    case(
        "    texts:\n",
        "    cells: {C7: t2.none.members}\n    texts:\n",
        &["place-unknown", "“t2.none.members”不是统计表中的一个数"],
    ),
    case("    texts:\n", "    cells: {Z7: t2.all.members}\n    texts:\n", &["place-unknown", "没有“Z7”"]),
    case("    texts:\n", "    wrong: 1\n    texts:\n", &["unknown-key", "wrong"]),
    case("      5: staff ", "      5: students ", &["form-check-failed", "表1!B4得4，t1.total.total是7"]),
    case(
        "      6: staff.women ",
        "      6: total ",
        &["form-check-failed", "自己的校验不符，1处：“表1!B8”是“不符”"],
    ),
];

#[test]
fn what_is_wrong_with_a_binding_withholds_its_workbook_alone() {
    let mut faults = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let desk = bound(&format!("gate-{number}"));
        desk.patch(BINDING, case.old, case.new);
        let ran = desk.run(&["build", ".", "--out", "out"]);
        let told = format!("{}{}", ran.stdout, ran.stderr);
        let files = desk.files("out");
        let is_told = case.told.iter().all(|it| told.contains(it));
        let n_errors = desk.findings("out").iter().filter(|it| it["severity"] == "error").count();
        if !is_told || n_errors != 1 || files.contains_key(MADE) || !files.contains_key(OWN) {
            faults.push(format!("{:?} → {n_errors} errors\n{told}\n{:?}", case.new, files.keys()));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn what_withholds_our_own_workbook_withholds_this_one() {
    let desk = bound("own");
    desk.patch("data/党员.csv", "T05,孙丽,女", "T05,孙丽,中");
    let ran = desk.run(&["build", ".", "--out", "out"]).expect(1);
    let files = desk.files("out");
    assert!(!files.contains_key(MADE) && !files.contains_key(OWN), "{}", ran.stdout);
    let ran = desk.run(&["build", ".", "--out", "draft", "--draft"]);
    let files = desk.files("draft");
    assert!(
        !files.contains_key(MADE) && files.contains_key(OWN),
        "a form bears no mark of a draft: {}",
        ran.stdout
    );
}
