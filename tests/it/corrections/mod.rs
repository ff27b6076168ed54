//! What is to be corrected goes back: each its own file, marked and otherwise as it was, and nothing of anybody else.
#![expect(clippy::disallowed_methods, reason = "the tests read what was published, and ask the environment")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod roster;
mod since;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use huibian::{Judging, Session};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::{DateTime, ZipArchive};

use crate::desk::college::desk;
use crate::desk::{Desk, Files, packed, problems, ran, repository};

/// The bundle of the college's committee.
const BUNDLE: &str = "returns/甲学院党委.zip";
/// What stands in every bundle.
const OWN: [&str; 4] = ["文件清单.txt", "退改清单.xlsx", "退改通知.docx", "退改通知.pdf"];
/// Cells of the roster that are wrong, what stands there, and what should.
const WRONG: [(&str, &str); 3] = [("C4", "汝"), ("E5", "2002-06-31"), ("D6", "")];

/// The entries of a zip file, in its order.
pub(crate) fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let one = |at| {
        let mut entry = zip.by_index(at).unwrap();
        assert_eq!(entry.last_modified().unwrap_or_default(), DateTime::default(), "no clock");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    let n = ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..n).map(one).collect()
}

/// A part of a workbook as text.
fn part(book: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).unwrap();
    text
}

/// All that the parts of a workbook say.
fn said(book: &[u8]) -> String {
    let mut zip = ZipArchive::new(Cursor::new(book)).unwrap();
    let names: Vec<String> = zip.file_names().map(|it| it.unwrap().into_owned()).collect();
    let is_text = |it: &&String| [".xml", ".rels", ".vml"].iter().any(|end| it.ends_with(end));
    let mut read = |it: &String| {
        let mut text = String::new();
        zip.by_name(it).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().filter(is_text).map(&mut read).collect()
}

fn bundle(out: &Files, name: &str) -> BTreeMap<String, Vec<u8>> {
    entries(out.get(name).unwrap_or_else(|| panic!("{name} in {:?}", out.keys()))).into_iter().collect()
}

/// The college's project with a roster in place of its own.
fn with_roster(name: &str, roster: &[u8]) -> Desk {
    let desk = desk(name, "2024-12-31", "");
    desk.remove("data/党员.csv");
    desk.write("data/党员.xlsx", roster);
    desk
}

#[test]
fn a_workbook_of_each_program_comes_back_marked_and_else_as_it_was_and_passes_once_corrected() {
    let fixture = |name: &str| std::fs::read(repository(&format!("fixtures/marked/{name}.xlsx"))).unwrap();
    let books = [
        ("openpyxl", fixture("openpyxl")),
        ("libreoffice", fixture("libreoffice")),
        ("rust", roster::workbook()),
    ];
    for (program, before) in books {
        let desk = with_roster(program, &before);
        let found = desk.run(&["check", "--format", "json", "--out", "out"]).expect(1).findings();
        let wanted = [
            "error date-impossible data/党员.xlsx 党员!E5",
            "error missing-value data/党员.xlsx 党员!D6",
            "error unknown-choice data/党员.xlsx 党员!C4",
        ];
        assert_eq!(problems(&found), wanted, "{program}");
        let mut bundle = bundle(&desk.files("out"), BUNDLE);
        let after = bundle.remove("党员.xlsx").unwrap();
        assert_eq!(bundle.keys().collect::<Vec<_>>(), OWN.iter().collect::<Vec<_>>());
        let (old, new) = (packed(&before), packed(&after));
        let is_changed = |it: &&String| old.get(*it) != new.get(*it);
        let changed: Vec<&String> = old.keys().filter(is_changed).collect();
        let may_change = |it: &str| {
            ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
                .contains(&it)
                || it.starts_with("xl/worksheets/sheet1.xml")
                || it.contains("omment")
                || it.ends_with(".vml")
        };
        assert!(changed.iter().all(|it| may_change(it)), "{program}: {changed:?}");
        for kept in
            ["xl/charts/chart1.xml", "xl/media/image1.png", "docProps/custom.xml", "xl/worksheets/sheet2.xml"]
        {
            assert_eq!((old.get(kept), old.contains_key(kept)), (new.get(kept), true), "{program} {kept}");
        }
        looks_as_before(program, &before, &after);
        corrected(&desk, &after);
    }
}

/// What the changed parts held before stands in them still; the notes stand at their cells.
fn looks_as_before(program: &str, before: &[u8], after: &[u8]) {
    let (old, new) = (part(before, "xl/worksheets/sheet1.xml"), part(after, "xl/worksheets/sheet1.xml"));
    for tag in [
        "<f",
        "<mergeCell ",
        "<dataValidation ",
        "<conditionalFormatting",
        "<drawing ",
        "<legacyDrawing ",
        "<autoFilter ",
    ] {
        assert!(old.contains(tag), "{program} {tag}");
        assert_eq!(old.matches(tag).count(), new.matches(tag).count(), "{program} {tag}");
    }
    let book = part(after, "xl/workbook.xml");
    assert!(book.contains("花名册") && book.contains("localSheetId=\"1\""), "{program}");
    let sheets: Vec<&str> = book.split("<sheet ").skip(1).collect();
    assert!(sheets[0].contains("退改清单") && sheets[1].contains("党员"), "{program}");
    let notes = packed(after).into_keys().find(|it| it.contains("omment") && it.ends_with(".xml")).unwrap();
    let notes = part(after, &notes);
    for said in [
        "与户口簿一致",
        "已请本人核对",
        "【错误】“汝”不在可选范围内",
        "怎样改：可填：男、女",
        "<author>huibian</author>",
    ] {
        assert!(notes.contains(said), "{program} {said}");
    }
    for (cell, _) in WRONG {
        assert!(notes.contains(&format!("ref=\"{cell}\"")), "{program} {cell}");
    }
    let list = said(after);
    for (cell, _) in WRONG {
        assert!(list.contains(&format!("location=\"&apos;党员&apos;!{cell}\"")), "{program} {cell}");
    }
}

/// The returned file with the right values, and all marks left where they are.
fn corrected(desk: &Desk, returned: &[u8]) {
    desk.write("data/党员.xlsx", returned);
    let found = desk.run(&["check", "--format", "json"]).findings();
    assert_eq!(problems(&found).len(), WRONG.len(), "marks change nothing in what is read");
    desk.patch_workbook("data/党员.xlsx", "2002-06-31", "2002-06-04");
    desk.patch_workbook("data/党员.xlsx", ">汝<", ">女<");
    let sheet = part(&std::fs::read(desk.path("data/党员.xlsx")).unwrap(), "xl/worksheets/sheet1.xml");
    let (_, cell) = sheet.split_once("<c r=\"D6\"").unwrap();
    let cell = &cell[..cell.find("/>").unwrap()];
    let filled = format!("<c r=\"D6\"{} t=\"inlineStr\"><is><t>汉族</t></is></c>", cell.trim_end());
    desk.patch_workbook("data/党员.xlsx", &format!("<c r=\"D6\"{cell}/>"), &filled);
    let found = desk.run(&["check", "--format", "json", "--out", "out"]).expect(0).findings();
    assert_eq!(problems(&found), [""; 0]);
    let about_list: Vec<&Json> = found.iter().filter(|it| it["sheet"] == "退改清单").collect();
    assert_eq!(about_list.len(), 1, "a note that the list was not read");
    assert!(
        desk.files("out").keys().all(|it| !it.starts_with("returns/")),
        "nothing to be corrected, nothing back"
    );
}

#[test]
fn what_cannot_be_marked_comes_back_as_a_new_workbook_or_as_it_is_beside_the_list() {
    let desk = desk("other-formats", "2024-12-31", "");
    desk.patch("data/党员.csv", "S02,王芳,女,汉族,2002-05-04", "S02,王芳,汝,汉族,2002-05-04");
    desk.patch("data/党组织.yaml", "党支部书记: 陈志远, 党员总数: 3", "党支部书记: 陈志远, 党员总数: 三个");
    desk.run(&["check", "--out", "out"]).expect(1);
    let bundle = bundle(&desk.files("out"), BUNDLE);
    let names: Vec<&String> = bundle.keys().collect();
    assert_eq!(names, ["党员.xlsx", "党组织.yaml", OWN[0], OWN[1], OWN[2], OWN[3]]);
    assert_eq!(bundle["党组织.yaml"], std::fs::read(desk.path("data/党组织.yaml")).unwrap());
    let list = said(&bundle["退改清单.xlsx"]);
    for words in [
        "第5行",
        "党组织.yaml",
        "党员总数",
        "原文件不能加标记",
        "Target=\"%E5%85%9A%E5%91%98.xlsx\"",
        "TargetMode=\"External\"",
    ] {
        assert!(list.contains(words), "{words} in {list}");
    }
    let fresh = said(&bundle["党员.xlsx"]);
    assert!(fresh.contains("另存的 xlsx") && fresh.contains("2002-05-04") && fresh.contains("【错误】“汝”"));
    // It takes the place of the file that it was made from.
    desk.remove("data/党员.csv");
    desk.write("data/党员.xlsx", &bundle["党员.xlsx"]);
    desk.patch("data/党组织.yaml", "党员总数: 三个", "党员总数: 3");
    desk.patch_workbook("data/党员.xlsx", ">汝<", ">女<");
    desk.run(&["check"]).expect(0);
}

#[test]
fn nobody_is_shown_what_another_has_sent() {
    let desk = desk("two-committees", "2024-12-31", "");
    desk.write("data/乙学院/党组织.yaml", roster::SECOND);
    desk.write("data/乙学院/党员.csv", roster::MEMBERS_OF_SECOND);
    // A list of both, as the office keeps it.
    desk.write("汇总/谈话.csv", roster::TALKS_OF_BOTH);
    desk.patch("huibian.yaml", "sources: [data]", "sources: [data, 汇总]");
    let found = desk.run(&["check", "--format", "json", "--out", "out"]).expect(1).findings();
    assert!(found.iter().any(|it| it["code"] == "key-twice"), "{:?}", problems(&found));
    let out = desk.files("out");
    let bundles: Vec<&str> = out.keys().filter_map(|it| it.strip_prefix("returns/")).collect();
    assert_eq!(bundles, ["乙学院党委.zip", "本部门.zip", "甲学院党委.zip"]);
    let all_said = |name: &str| -> (Vec<String>, String) {
        let bundle = bundle(&out, &format!("returns/{name}.zip"));
        let text = |(name, bytes): (&String, &Vec<u8>)| match name.ends_with("x") {
            true => said(bytes),
            false => String::from_utf8_lossy(bytes).into_owned(),
        };
        (bundle.keys().cloned().collect(), bundle.iter().map(text).collect())
    };
    let (names, second) = all_said("乙学院党委");
    assert!(names.contains(&"党员.xlsx".to_owned()) && !names.contains(&"谈话.xlsx".to_owned()), "{names:?}");
    assert!(second.contains("高明") && second.contains("“难”不在可选范围内"));
    for other in ["李文静", "王芳", "赵磊"] {
        assert!(!second.contains(other), "{other}");
    }
    let (names, office) = all_said("本部门");
    assert!(names.contains(&"谈话.xlsx".to_owned()), "{names:?}");
    assert!(office.contains("赵磊") && office.contains("高明"));
    let (names, first) = all_said("甲学院党委");
    assert!(!names.contains(&"谈话.xlsx".to_owned()) && !first.contains("高明"), "{names:?}");
    // The same number in both: the first hears of it without hearing whose it is.
    assert!(first.contains("与其他单位报送的内容有关") && !first.contains("林晓"));
}

#[test]
fn a_bundle_is_the_same_whenever_it_is_made_and_its_sums_are_right() {
    let roster = roster::workbook();
    let desk = with_roster("sums", &roster);
    desk.run(&["check", "--out", "first"]).expect(1);
    desk.run(&["build", "--out", "second"]).expect(1);
    let (first, second) = (desk.files("first"), desk.files("second"));
    assert_eq!(first[BUNDLE], second[BUNDLE]);
    let manifest = String::from_utf8(second["manifest.json"].clone()).unwrap();
    assert!(manifest.contains(BUNDLE), "{manifest}");
    let entries = entries(&first[BUNDLE]);
    assert!(entries.iter().map(|it| &it.0).is_sorted());
    let cover = String::from_utf8(entries.iter().find(|it| it.0 == OWN[0]).unwrap().1.clone()).unwrap();
    for (name, bytes) in entries.iter().filter(|it| it.0 != OWN[0]) {
        let sum: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
        assert!(cover.contains(&format!("{sum}  {name}\r\n")), "{name} in {cover}");
    }
    let notice = crate::paper::Paper::read(entries.iter().find(|it| it.0 == OWN[3]).unwrap().1.clone());
    assert_eq!(notice.sheets.len(), 1);
}

#[test]
fn the_notice_names_the_day_by_which_and_how_many_mistakes_there_are() {
    let desk = with_roster("notice", &roster::workbook());
    let said = |desk: &Desk| {
        desk.run(&["check", "--out", "out"]).expect(1);
        said(&bundle(&desk.files("out"), BUNDLE)["退改通知.docx"])
    };
    let text = said(&desk);
    assert!(text.contains("错误3项") && text.contains("请尽快") && !text.contains("待核实0"), "{text}");
    desk.patch("huibian.yaml", "[{absent: none}]", "[{absent: none, due: 2025-01-15}]");
    assert!(said(&desk).contains("请于2025年1月15日前"));
    desk.patch("huibian.yaml", "due: 2025-01-15", "due: 2024-11-15");
    assert!(said(&desk).contains("请尽快"), "a day that is over is no day by which");
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_given_back_and_that_is_said() {
    let desk = with_roster("changed", &roster::workbook());
    let mut session = Session::default();
    let checked = session.check(&desk.path(""), &Judging::default()).unwrap();
    desk.patch_workbook("data/党员.xlsx", "李文静", "李静");
    let reported = session.publish_check(&checked, &desk.path("out")).unwrap();
    assert_eq!(reported.bundles, [BUNDLE]);
    let said: Vec<&str> = session
        .report
        .findings()
        .iter()
        .filter(|it| it.code == "return-not-given-back")
        .map(|it| &*it.message)
        .collect();
    assert!(said.len() == 1 && said[0].contains("被改动"), "{said:?}");
    assert!(!bundle(&desk.files("out"), BUNDLE).contains_key("党员.xlsx"));
}

#[test]
fn other_programs_open_what_is_given_back() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    const SCRIPT: &str = "import openpyxl, sys, zipfile
book = openpyxl.load_workbook(sys.argv[1])
page = book['党员']
print(book.sheetnames[0], book.active.title)
for at in ('C4', 'E5', 'D6'):
    print(at, page[at].fill.fgColor.rgb, page[at].border.left.style, '错误' in page[at].comment.text)
pictures = [it for it in zipfile.ZipFile(sys.argv[1]).namelist() if it.startswith('xl/media/')]
print(len(page._charts), len(pictures), page.merged_cells, page['Q3'].value)
";
    let desk = with_roster("opened", &roster::workbook());
    desk.run(&["check", "--out", "out"]).expect(1);
    for (name, bytes) in bundle(&desk.files("out"), BUNDLE) {
        desk.write(&format!("back/{name}"), bytes);
    }
    let book = desk.path("back/党员.xlsx");
    let seen = ran(Command::new("python3").args(["-c", SCRIPT]).arg(&book)).expect(0).stdout;
    let wanted = "退改清单 退改清单\nC4 FFFFB3B1 thin True\nE5 FFFFB3B1 thin True\nD6 FFFFB3B1 thin True\n1 1 A1:O1 =COUNTA(A3:A7)\n";
    assert_eq!(seen, wanted);
    let mut office = Command::new("soffice");
    office.args(["--headless", "--convert-to", "csv", "--outdir"]).arg(desk.path("back"));
    ran(office.arg(&book)).expect(0);
    assert!(desk.files("back")["党员.csv"].starts_with("huibian-return-list".as_bytes()));
}
