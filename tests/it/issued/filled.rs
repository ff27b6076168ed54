//! The workbooks of the fixtures, filled from the example university: fourteen committees in eight prepared rows, formulas and
//! checks that agree, and what happens if a row is bound wrongly.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::process::Command;
use std::sync::OnceLock;

use zip::ZipArchive;

use super::{WORKBOOKS, import, said};
use crate::desk::{Desk, Files, ran, repository};

const BINDING: &str = "u/templates/statistics/高校基层党建统计表/issued.yaml";
const BOOK: &str = "statistics/university/高校基层党建统计表/高校基层党建统计表.xlsx";
const ANNUAL: &str = "statistics/party-annual/年报表/年报表.xlsx";

/// The university with both workbooks bound.
fn bound(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.copy("fixtures/university", "u");
    for (name, of) in WORKBOOKS {
        import(&desk, "u", name, of);
        desk.patch(&format!("u/templates/statistics/{name}/issued.yaml"), "draft: true\n", "");
    }
    // Who was recommended by the league is no column of our own table.
    desk.patch("u/templates/statistics/年报表/issued.yaml", "S: 待定", "S: {leave: 由团委填写}");
    let project = "u/huibian.yaml";
    desk.patch(
        project,
        "{id: party-annual, as_of: 2024-05-31}",
        "{id: party-annual, as_of: 2024-05-31, issued: 年报表}",
    );
    desk.patch(
        project,
        ", university]\n  summaries",
        ", {id: university, issued: 高校基层党建统计表}]\n  summaries",
    );
    desk
}

/// What is made of it, once for all tests; the desk stays as long as they run.
fn made() -> &'static (Desk, Files, String) {
    static MADE: OnceLock<(Desk, Files, String)> = OnceLock::new();
    MADE.get_or_init(|| {
        let desk = bound("made");
        let ran = desk.run(&["build", "u", "--out", "out", "--only", "statistics"]).expect(0);
        let files = desk.files("out");
        (desk, files, ran.stdout)
    })
}

#[test]
fn every_committee_has_its_row_and_totals_checks_and_notes_follow() {
    let (_, files, told) = made();
    assert!(!told.contains("form-check-failed") && !told.contains("issued-figure-lacking"), "{told}");
    let book = &files[BOOK];
    let one = |at| said(book, "1-各单位", at);
    let names: Vec<String> = (4..18).map(|row| one((row, 1))).collect();
    assert_eq!((&*names[0], &*names[13]), ("机械工程学院党委", "离退休工作处党委"));
    assert_eq!([one((17, 0)), one((17, 9)), one((17, 12))], ["14", "162", "相符"]);
    assert_eq!([one((18, 0)), one((18, 9)), one((18, 10))], ["合计", "2656", "85"]);
    assert!(one((19, 0)).starts_with("说明：1.本表每个二级党组织填一行"));
    assert_eq!(one((1, 0)).replace(' ', ""), "填报单位：示例理工大学党委组织部截止日期：2024年5月31日");
    assert_eq!(
        [said(book, "2-年龄", (16, 1)), said(book, "2-年龄", (16, 2))],
        ["相符", "相符"],
        "also across sheets"
    );
    assert_eq!(said(&files[ANNUAL], "表1", (19, 2)), "0", "应有 and 实有 agree");
}

#[test]
fn its_cells_are_those_of_our_own_workbook_and_lead_there() {
    let (desk, files, _) = made();
    let own = "statistics/university/示例理工大学基层党组织和党员队伍统计表（2024年）.xlsx";
    for (issued, name, at) in
        [((12, 4), "基本情况表", (11, 3)), ((18, 6), "基本情况表", (17, 5)), ((4, 8), "基本情况表", (3, 7))]
    {
        assert_eq!(said(&files[BOOK], "1-各单位", issued).is_empty(), said(&files[own], name, at).is_empty());
    }
    let explain = |target: &str| desk.run(&["explain", target, "--project", "u"]).expect(0).stdout;
    let total = explain("高校基层党建统计表.xlsx!1-各单位!J19");
    assert!(
        total.contains("附表1 合计·党员总数")
            && total.contains("数值：2656")
            && total.contains("（2024年）.xlsx!基本情况表!"),
        "{total}"
    );
    let unit = explain("高校基层党建统计表.xlsx!1-各单位!D18");
    assert!(
        unit.contains("离退休工作处党委·学生党员数/硕士生"),
        "by its place in the filled workbook: {unit}"
    );
    let women = explain("年报表.xlsx!表2!E26");
    assert!(women.contains("表2 学生·女") && women.contains("sex == '女'"), "{women}");
}

#[test]
fn no_part_of_a_package_is_lost_and_what_stands_beside_cells_follows() {
    let (_, files, _) = made();
    for (name, path) in [("高校基层党建统计表", BOOK), ("年报表", ANNUAL)] {
        let blank = std::fs::read(repository(&format!("fixtures/issued/{name}.xlsx"))).unwrap();
        let parts = |bytes: &[u8]| {
            let zip = ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
            zip.file_names().map(|it| it.unwrap().into_owned()).collect::<BTreeSet<_>>()
        };
        assert_eq!(parts(&blank), parts(&files[path]), "{name}");
    }
    let part = |name: &str| {
        let mut zip = ZipArchive::new(Cursor::new(files[BOOK].clone())).unwrap();
        std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
    };
    let sheet = part("xl/worksheets/sheet1.xml");
    for wanted in ["sqref=\"M5:M19\"", "sqref=\"C5:E18\"", "ref=\"A19:B19\"", "SUM(C5:C18)"] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    assert!(part("xl/workbook.xml").contains("$A$1:$M$21"), "the area that is printed grows");
    assert!(part("xl/comments/comment1.xml").contains("ref=\"J19\""), "the note stands at its total");
}

#[test]
fn libreoffice_computes_what_stands_in_every_formula() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let (desk, ..) = made();
    let files: Vec<_> = [BOOK, ANNUAL].iter().map(|it| desk.path(&format!("out/{it}"))).collect();
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]);
    ran(office.arg(desk.path("again")).args(&files)).expect(0);
    let counted =
        ran(Command::new("python3").args(["-c", COMPARE]).arg(desk.path("again")).args(&files)).expect(0);
    assert_eq!(counted.stdout.trim(), "156", "{}", counted.stderr);
}

/// Compares what formulas gave when a workbook was written with what another program has made of them, and counts them.
const COMPARE: &str = "
import pathlib, sys, openpyxl
n = 0
for path in map(pathlib.Path, sys.argv[2:]):
    written, own = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    again = openpyxl.load_workbook(pathlib.Path(sys.argv[1]) / path.name, data_only=True)
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith('='):
                    a, b = own[sheet.title][cell.coordinate].value, again[sheet.title][cell.coordinate].value
                    same = abs(a - b) < 1e-9 if isinstance(a, (int, float)) else a == b
                    assert same, (path, sheet.title, cell.coordinate, a, b)
                    n += 1
print(n)
";

#[test]
fn a_row_that_is_bound_wrongly_is_told_by_the_checks_of_the_form_and_by_ours() {
    let desk = bound("wrong");
    desk.patch(BINDING, "6: bands.to_30", "6: bands.a31_35");
    let ran = desk.run(&["build", "u", "--out", "out", "--only", "statistics"]).expect(1);
    let told = ran.stdout;
    assert!(told.contains("2-年龄!B5得1652，age.total.total是2656"), "{told}");
    assert!(told.contains("“2-年龄!B17”是“不符”"), "{told}");
    assert!(!desk.path("out").join(BOOK).exists(), "{told}");
    let files = desk.files("out");
    assert!(files.contains_key(ANNUAL), "the other one is made: {:?}", files.keys());
    let own = |it: &&String| it.starts_with("statistics/university/") && it.ends_with("（2024年）.xlsx");
    assert!(files.keys().any(|it| own(&it)), "and so is our own: {:?}", files.keys());
}
