//! The forms of the made-up university: 24 print-ready PDFs, their print set, and the summary workbook.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::desk::{Desk, Files, files, huibian, of_severity, ran, repository};
use crate::paper::Paper;

const FORMS: &str = "forms/model-branch/";
const SUMMARY: &str = "forms/model-branch/申报汇总表.xlsx";
const PRINT_SET: &str = "forms/model-branch/合订本.pdf";
const PARTS: [&str; 4] = ["一、基本情况", "二、工作基础", "三、建设计划", "四、审核意见"];
const N_FORMS: usize = 24;

/// What a build with one thread published.
static PUBLISHED: LazyLock<Files> = LazyLock::new(|| {
    let desk = Desk::new("forms-one-thread");
    let project = repository("fixtures/university");
    desk.run(&["build", project.to_str().unwrap(), "--out", "out", "--jobs", "1"]).expect(0);
    desk.files("out")
});

/// Every single form, read back, by its path.
static PAPERS: LazyLock<BTreeMap<&'static str, Paper>> = LazyLock::new(|| {
    let singles = PUBLISHED
        .iter()
        .filter(|(path, _)| path.starts_with(FORMS) && path.ends_with(".pdf") && *path != PRINT_SET);
    singles.map(|(path, bytes)| (path.as_str(), Paper::read(bytes.clone()))).collect()
});

/// Full names of all branches of the university, read from the returns without our own reader.
static BRANCHES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let structure = String::from_utf8(files(&repository("fixtures/university"))["基层党组织.yaml"].clone());
    let structure = structure.unwrap();
    let units: Vec<&str> =
        structure.lines().filter_map(|line| line.trim().strip_prefix("所属单位: ")).collect();
    let returns = files(&repository("fixtures/university/returns"));
    let texts = returns.iter().flat_map(|(path, bytes)| texts(path, bytes));
    let is_branch = |it: &String| it.ends_with("党支部") && !it.ends_with("功能型党支部");
    texts.filter(|it| is_branch(it) && units.iter().any(|unit| it.starts_with(unit))).collect()
});

#[test]
fn each_branch_that_applies_gets_a_form_under_its_own_name() {
    let forms = PAPERS.keys().map(|path| path.strip_prefix(FORMS).unwrap());
    for path in forms {
        let (unit, file) = path.split_once('/').unwrap();
        let named = file.strip_prefix(&format!("党建工作样板支部申报书-{unit}")).unwrap();
        assert!(named.ends_with("党支部.pdf"), "{path}");
    }
    assert_eq!(PAPERS.len(), N_FORMS);
    let forms = PUBLISHED.keys().map(String::as_str).filter(|it| {
        !["statistics/", "handbooks/", "summaries/", "reminders/"].iter().any(|kind| it.starts_with(kind))
    });
    let others: Vec<&str> = forms.filter(|it| !PAPERS.contains_key(it)).collect();
    assert_eq!(
        others,
        ["findings.json", PRINT_SET, SUMMARY, "manifest.json", "report.html", "收表进度.xlsx"]
    );
}

#[test]
fn another_build_gives_the_same_bytes_whatever_the_threads_time_zone_and_folder() {
    let desk = Desk::new("forms-four-threads");
    let out = desk.path("elsewhere");
    let arguments = ["build", ".", "--jobs", "4", "--out", out.to_str().unwrap()];
    let mut command = huibian(&arguments);
    ran(command.current_dir(repository("fixtures/university")).env("TZ", "America/New_York")).expect(0);
    let again = desk.files("elsewhere");
    assert_eq!(again.keys().collect::<Vec<_>>(), PUBLISHED.keys().collect::<Vec<_>>());
    let changed: Vec<&String> = again.keys().filter(|path| again[*path] != PUBLISHED[*path]).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn the_clean_returns_raise_no_error_and_no_query() {
    let findings = crate::desk::findings(str::from_utf8(&PUBLISHED["findings.json"]).unwrap());
    assert!(crate::desk::problems(&findings).is_empty(), "{:?}", crate::desk::problems(&findings));
    assert_eq!(of_severity(&findings, "note").len(), findings.len());
}

#[test]
fn the_manifest_knows_every_file_by_its_hash() {
    let manifest: Json = serde_json::from_slice(&PUBLISHED["manifest.json"]).unwrap();
    let entries = manifest["files"].as_array().unwrap();
    let listed: BTreeSet<&str> = entries.iter().map(|it| it["path"].as_str().unwrap()).collect();
    let published = PUBLISHED.keys().map(String::as_str).filter(|it| *it != "manifest.json");
    assert_eq!(listed, published.collect());
    for entry in entries {
        let path = entry["path"].as_str().unwrap();
        let bytes = &PUBLISHED[path];
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(entry["sha256"], *hash, "{path}");
        assert_eq!(entry["bytes"], bytes.len(), "{path}");
        if let Some(paper) = PAPERS.get(path) {
            assert_eq!(entry["pages"], paper.sheets.len(), "{path}");
            assert_eq!(entry["records"], serde_json::json!([paper.keywords]), "{path}");
        }
    }
    assert_eq!(manifest["withheld"], serde_json::json!([]));
}

#[test]
fn the_report_links_to_every_document() {
    let page = str::from_utf8(&PUBLISHED["report.html"]).unwrap();
    let targets = page.split("href=\"").skip(1).map(|it| it.split('"').next().unwrap());
    let targets: BTreeSet<String> = targets.map(|it| decoded(&it.replace("&#x2f;", "/"))).collect();
    for path in PUBLISHED.keys().filter(|it| it.starts_with(FORMS)) {
        assert!(targets.contains(path), "no link to {path}");
    }
    for outside in ["http://", "https://", "<script src", "<link "] {
        assert!(!page.contains(outside), "the page stands alone: {outside}");
    }
}

#[test]
fn a_form_bears_its_own_branch_and_no_other() {
    assert_eq!(BRANCHES.len(), 85);
    for (path, paper) in &*PAPERS {
        let own = own_name(path);
        assert!(BRANCHES.contains(&own), "{own}");
        assert!(paper.title.ends_with(&own), "{}", paper.title);
        assert!(paper.property("dc:title").unwrap().contains(&own), "{path}");
        assert!(paper.sheets[0].squeezed().contains(&own), "the cover of {path}");
        let text = paper.squeezed();
        let others: Vec<&String> =
            BRANCHES.iter().filter(|it| **it != own && !own.contains(*it) && text.contains(*it)).collect();
        assert!(others.is_empty(), "{path}: {others:?}");
    }
}

#[test]
fn a_form_is_an_archival_and_accessible_pdf() {
    for (path, paper) in PAPERS.iter().map(|(path, paper)| (*path, paper)).chain([(PRINT_SET, &print_set())])
    {
        let stated =
            ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"].map(|it| paper.property(it).unwrap());
        assert_eq!(stated, ["2", "A", "1"], "{path}");
        assert_eq!(paper.language.split('-').next(), Some("zh"), "{path}");
        assert!(paper.property("dc:language").unwrap().contains(">zh"), "{path}");
        assert!(paper.faces.len() >= 5, "{path}: {:?}", paper.faces);
        assert!(paper.faces.iter().all(|(_, is_embedded)| *is_embedded), "{path}: {:?}", paper.faces);
    }
}

#[test]
fn every_page_is_a4() {
    for (path, paper) in &*PAPERS {
        assert!(paper.sheets.len() >= 10, "{path}");
        for (width, height) in paper.sheets.iter().map(|it| it.size) {
            assert!(
                (width - 210.0).abs() < 0.1 && (height - 297.0).abs() < 0.1,
                "{path}: {width} × {height}"
            );
        }
    }
}

#[test]
fn tables_and_opinions_are_framed_at_the_edges_of_the_type_area() {
    for (path, paper) in &*PAPERS {
        let mut n_frames = 0;
        for (idx, sheet) in paper.sheets.iter().enumerate() {
            let upright: Vec<_> = sheet.lines.iter().filter(|it| it.is_upright()).collect();
            let at = |x: f64| upright.iter().filter(move |it| (it.from.0 - x).abs() <= 0.2);
            let (left, right): (Vec<_>, Vec<_>) = (at(28.0).collect(), at(184.0).collect());
            assert!(
                upright.iter().all(|it| (27.8..=184.2).contains(&it.from.0)),
                "{path}, page {}: a rule stands outside the type area",
                idx + 1
            );
            assert_eq!(left.len(), right.len(), "{path}, page {}", idx + 1);
            for (left, right) in left.iter().zip(&right) {
                let ((top, bottom), (other_top, other_bottom)) = (left.ends(), right.ends());
                assert!((top - other_top).abs() < 0.01 && (bottom - other_bottom).abs() < 0.01, "{path}");
                assert!(top > 36.5 && bottom < 262.5, "{path}, page {}: {top}–{bottom} mm", idx + 1);
            }
            let inner = upright.iter().filter(|it| it.width < 1.0);
            for rule in inner {
                let (top, bottom) = rule.ends();
                let is_framed = left.iter().any(|it| it.ends().0 - 0.3 < top && bottom < it.ends().1 + 0.3);
                assert!(is_framed, "{path}, page {}: a rule at {top}–{bottom} mm has no frame", idx + 1);
            }
            n_frames += left.len();
        }
        // Eight tables at least, and four opinions.
        assert!(n_frames >= 12, "{path}: {n_frames} frames");
    }
}

#[test]
fn bookmarks_lead_to_the_four_parts() {
    for (path, paper) in &*PAPERS {
        assert_eq!(paper.headings(0), PARTS, "{path}");
        assert_eq!(paper.headings(1).len(), 4 + 7 + 7 + 4, "{path}");
        for it in paper.outline.iter().filter(|it| it.level < 2) {
            let page = paper.sheets[it.page].squeezed();
            let title: String = it.title.split_whitespace().collect();
            assert!(page.contains(&title), "{path}: “{}” is not on page {}", it.title, it.page + 1);
        }
    }
}

#[test]
fn the_print_set_holds_every_form_from_an_odd_page_on() {
    let paper = print_set();
    let names: BTreeSet<String> = PAPERS.keys().map(|path| own_name(path)).collect();
    let applicants: Vec<_> =
        paper.outline.iter().filter(|it| it.level == 0 && names.contains(&it.title)).collect();
    assert_eq!(applicants.iter().map(|it| it.title.clone()).collect::<BTreeSet<_>>(), names);
    assert_eq!(applicants.len(), N_FORMS);
    for it in applicants {
        assert_eq!(it.page % 2, 0, "“{}” begins on the back of a leaf", it.title);
        assert!(paper.sheets[it.page].squeezed().contains(&it.title), "the cover of {}", it.title);
    }
    assert_eq!(paper.headings(1).len(), N_FORMS * PARTS.len());
    for single in PAPERS.values() {
        assert!(paper.keywords.contains(&single.keywords), "{}", single.keywords);
    }
}

#[test]
fn the_summary_has_a_row_for_each_application_with_every_condition_and_why() {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(PUBLISHED[SUMMARY].clone())).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let numbered: Vec<&Vec<String>> = rows.iter().filter(|row| row[0].parse::<usize>().is_ok()).collect();
    assert_eq!(numbered.len(), N_FORMS);
    let headings = rows.iter().find(|row| row.iter().any(|it| it == "一年内没有突出问题")).unwrap();
    let conditions = headings.iter().position(|it| it == "创建周期内保持稳定").unwrap();
    assert_eq!(headings.len() - conditions, 6);
    for row in &numbered {
        assert!(BRANCHES.contains(&row[2]), "{row:?}");
        for text in &row[conditions..] {
            let why = text.strip_prefix("符合：").unwrap_or_else(|| panic!("{row:?}"));
            assert!(!why.is_empty(), "{row:?}");
        }
    }
    let listed: BTreeSet<String> = numbered.iter().map(|row| row[2].clone()).collect();
    assert_eq!(listed, PAPERS.keys().map(|path| own_name(path)).collect());
}

/// A link as the browser reads it: percent-encoded UTF-8.
fn decoded(link: &str) -> String {
    assert!(link.is_ascii(), "{link}");
    let mut parts = link.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

fn print_set() -> Paper {
    Paper::read(PUBLISHED[PRINT_SET].clone())
}

/// The branch's full name, as the path of its form tells it.
fn own_name(path: &str) -> String {
    let stem = Path::new(path).file_stem().unwrap().to_str().unwrap();
    stem.split_once('-').unwrap().1.to_owned()
}

/// Every text in a workbook or a CSV file.
fn texts(path: &str, bytes: &[u8]) -> Vec<String> {
    if path.ends_with(".csv") {
        let utf_8 = str::from_utf8(bytes).map(str::to_owned);
        let text = utf_8.unwrap_or_else(|_| encoding_rs::GB18030.decode(bytes).0.into_owned());
        return text.split([',', '\n']).map(|it| it.trim().to_owned()).collect();
    }
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let sheets = workbook.worksheets().into_iter();
    sheets.flat_map(|(_, it)| it.cells().map(|(_, _, it)| it.to_string()).collect::<Vec<_>>()).collect()
}
