//! The books of the made-up university: pages, contents, links, indexes, catalogue, and what keeps a book from being made.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use crate::desk::{Desk, Files, of_severity, repository};
use crate::paper::Paper;
use calamine::{Data, Reader, Xlsx};
use serde_json::Value as Json;

const MAIN: &str = "handbooks/party-regulations/示例理工大学党务工作制度汇编（A5）.pdf";
const LARGE: &str = "handbooks/party-regulations/示例理工大学党务工作制度汇编（A4）.pdf";
const CATALOGUE: &str = "handbooks/party-regulations/制度目录.xlsx";
const REPEALED: &str = "示例理工大学党支部换届选举暂行规定";

/// What a build of the books published, and its findings.
static PUBLISHED: LazyLock<(Files, Vec<Json>)> = LazyLock::new(|| {
    let desk = Desk::new("handbook");
    let project = repository("fixtures/university");
    desk.run(&["build", project.to_str().unwrap(), "--only", "handbooks", "--out", "out"]).expect(0);
    (desk.files("out"), desk.findings("out"))
});

/// The editions by their paths, read back.
static PAPERS: LazyLock<BTreeMap<&'static str, Paper>> = LazyLock::new(|| {
    let papers = PUBLISHED.0.iter().filter(|(path, _)| path.ends_with(".pdf"));
    papers.map(|(path, bytes)| (path.as_str(), Paper::read(bytes.clone()))).collect()
});

#[test]
fn the_three_books_are_made_without_an_error_or_a_query() {
    let (files, findings) = &*PUBLISHED;
    let paths: Vec<&str> =
        files.keys().map(String::as_str).filter(|it| it.starts_with("handbooks/")).collect();
    assert_eq!(
        paths,
        [
            "handbooks/committee-election/示例理工大学基层党组织换届工作手册（A4）.pdf",
            "handbooks/committee-election/示例理工大学基层党组织换届工作手册（A5）.pdf",
            "handbooks/member-development/示例理工大学发展党员工作手册（A4）.pdf",
            "handbooks/member-development/示例理工大学发展党员工作手册（A5）.pdf",
            CATALOGUE,
            LARGE,
            MAIN,
        ]
    );
    assert!(of_severity(findings, "error").is_empty(), "{findings:?}");
    let of_texts = |it: &&Json| {
        it["file"].as_str().is_some_and(|it| it.starts_with("regulations") || it.starts_with("handbooks"))
    };
    let queries: Vec<&Json> = of_severity(findings, "query").into_iter().filter(of_texts).collect();
    assert!(queries.is_empty(), "{queries:?}");
    let report = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(report.contains("示例理工大学发展党员工作手册（A5）"));
}

#[test]
fn the_catalogue_that_was_made_agrees_with_the_regulations_beside_it() {
    let desk = Desk::new("handbook-catalogue");
    desk.copy("fixtures/university", "university");
    desk.write("university/regulations/制度目录.xlsx", &PUBLISHED.0[CATALOGUE]);
    let findings = desk.run(&["check", "university", "--format", "json"]).expect(0).findings();
    let about: Vec<&Json> =
        findings.iter().filter(|it| it["file"].as_str().is_some_and(|it| it.contains("制度目录"))).collect();
    assert!(about.is_empty(), "{about:?}");
    // Read it is: without the head beside it, the catalogue is the only one that knows this document's.
    desk.remove("university/regulations/10-谈心谈话实施办法.yaml");
    desk.run(&["check", "university"]).expect(0);
    desk.remove("university/regulations/制度目录.xlsx");
    desk.run(&["check", "university"]).expect(1);
}

#[test]
fn each_edition_has_its_paper_and_the_main_one_its_length() {
    let width = |path: &str| PAPERS[path].sheets[0].size.0.round();
    assert_eq!((width(MAIN), width(LARGE)), (148.0, 210.0));
    assert!(PAPERS[MAIN].sheets.len() >= 120, "{} pages", PAPERS[MAIN].sheets.len());
    for (path, paper) in &*PAPERS {
        assert_eq!(paper.property("pdfaid:part"), Some("2"), "{path}");
        assert_eq!(paper.property("pdfuaid:part"), Some("1"), "{path}");
    }
}

#[test]
fn every_line_of_the_contents_names_the_page_on_which_its_title_stands() {
    for (path, paper) in &*PAPERS {
        let first = paper.places["contents"];
        let last = paper.places["p1"];
        let contents: String =
            paper.sheets[first..last].iter().map(|it| it.squeezed().replace(['·', '…'], "")).collect();
        let mut rest = contents.as_str();
        let listed = paper.outline.iter().filter(|it| it.page >= last);
        for it in listed {
            let title: String = it.title.split_whitespace().collect();
            let sheet = &paper.sheets[it.page];
            assert!(sheet.squeezed().contains(&title), "{path}: “{title}” stands on {}", sheet.label);
            let line = format!("{title}{}", sheet.label);
            let found = rest.find(&line).unwrap_or_else(|| panic!("{path}: “{line}” in\n{rest}"));
            rest = &rest[found + line.len()..];
            assert!(!rest.starts_with(|it: char| it.is_ascii_digit()), "{path}: {line}|{rest}");
        }
    }
}

#[test]
fn every_link_leads_to_a_place_in_the_book() {
    for (path, paper) in &*PAPERS {
        let links = || paper.sheets.iter().flat_map(|it| &it.links);
        assert!(links().count() > 40, "{path}: {} links", links().count());
        let lost: Vec<&str> = links().filter(|it| it.page.is_none()).map(|it| it.name.as_str()).collect();
        assert!(lost.is_empty(), "{path}: {lost:?}");
    }
    // The article of one regulation on candidates cites the one of another that says what a secretary must be.
    let paper = &PAPERS[MAIN];
    let page = |words: &str| paper.sheets.iter().position(|it| it.squeezed().contains(words)).unwrap();
    let (citing, cited) = (page("第十六条委员候选人应当"), page("第二十五条党支部书记应当政治过硬"));
    assert!(paper.sheets[citing].links.iter().any(|it| it.page == Some(cited)));
}

#[test]
fn the_catalogue_names_the_pages_of_both_editions() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(PUBLISHED.0[CATALOGUE].clone())).unwrap();
    let range = book.worksheet_range("制度目录").unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|it| it.iter().map(Data::to_string).collect()).collect();
    let head = rows.iter().position(|it| it[0] == "序号").unwrap();
    let at = |title: &str| rows[head].iter().position(|it| it == title).unwrap();
    let listed = &rows[head + 1..];
    assert_eq!(listed.len(), 32);
    for row in listed {
        let title = row[at("制度名称")].as_str();
        for (heading, path) in [("页码（A5）", MAIN), ("页码（A4）", LARGE)] {
            let paper = &PAPERS[path];
            let bookmark = paper.outline.iter().find(|it| it.title == title);
            let page = bookmark.map(|it| paper.sheets[it.page].label.as_str());
            assert_eq!(row[at(heading)], page.unwrap_or_default(), "{title} in {path}");
            assert_eq!(page.is_none(), title == REPEALED, "{title}");
        }
    }
}

#[test]
fn a_repealed_regulation_is_listed_and_not_printed() {
    let paper = &PAPERS[MAIN];
    let index = paper.places["i4"];
    let before: String = paper.sheets[..index].iter().map(crate::paper::Sheet::squeezed).collect();
    assert!(!before.contains("党支部委员会每届任期2年或者3年"), "its text is not in the book");
    let listed: String = paper.sheets[index..].iter().map(crate::paper::Sheet::squeezed).collect();
    assert!(listed.contains(REPEALED) && listed.contains("示理工党〔2012〕17号"), "{listed}");
    assert!(
        listed
            .contains("2021年3月10日由《示例理工大学基层党组织换届选举工作办法》（示理工党〔2021〕8号）废止")
    );
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    let desk = Desk::new("handbook-again");
    let project = repository("fixtures/university");
    let arguments =
        ["build", project.to_str().unwrap(), "--only", "handbooks", "--out", "out", "--jobs", "1"];
    desk.run(&arguments).expect(0);
    let again = desk.files("out");
    let differ: Vec<&String> =
        PUBLISHED.0.iter().filter(|(path, bytes)| again.get(*path) != Some(bytes)).map(|it| it.0).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

const SMALL: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
returns: [{absent: none}]
regulations: [制度]
handbooks: [手册]
documents: {handbooks: [rules, steps], statistics: [small]}
";

const STATISTICS: [(&str, &str); 2] = [
    (
        "templates/statistics/small/statistics.yaml",
        "{id: small, title: 统计, edition: '2024', basis: 通知, file_name: 统计, tables: [t]}",
    ),
    (
        "templates/statistics/small/t.yaml",
        "id: t\nnumber: 表1\ntitle: 党员\nof: members\ncolumns: [{id: n, title: 人数}]\nrows: [{id: all, title: 总数}]\n",
    ),
];

const RULES: &str = "\
id: rules
title: 制度选编
editions: [{paper: a5, file_name: 制度选编}]
contents: {title: 目录}
parts: [{title: 组织生活, category: 组织生活}]
entry: {notes: ['{{ number }}']}
catalogue: {file_name: 制度目录, title: 制度目录}
";

const STEPS: &str = "\
id: steps
title: 工作手册
texts: 工作手册
editions: [{paper: a4, file_name: 工作手册}]
contents: {title: 目录}
parts: [{title: 申请, texts: {stage: 申请}}]
entry: {title: '第{{ step }}步　{{ title }}', facts: [{title: 依据, field: basis}]}
";

/// A project with one regulation, which cites this article of itself, and one text, which cites an article of it.
fn small(name: &str, cited: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("project/huibian.yaml", SMALL);
    let committee = "{编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}";
    desk.write("project/data/基层党组织.yaml", format!("基层党组织:\n  - {committee}\n"));
    for (path, text) in STATISTICS {
        desk.write(&format!("project/{path}"), text);
    }
    desk.write("project/templates/handbooks/rules/handbook.yaml", RULES);
    desk.write("project/templates/handbooks/steps/handbook.yaml", STEPS);
    let head = "title: 示例理工大学会议办法\nnumber: 示理工党〔2023〕1号\nissuer: 示例理工大学党委\nissued: 2023-03-01\n\
                in_force: 2023-03-01\nlevel: 学校\nstate: 现行\ncategory: 组织生活\n";
    let body =
        format!("第一条　会议每月召开1次[^1]。\n\n第二条　依照本办法{cited}办理。\n\n[^1]: 寒暑假除外。\n");
    desk.write("project/制度/会议办法.md", format!("---\n{head}---\n{body}"));
    let text = "---\ntitle: 递交申请书\nstage: 申请\nstep: 1\nbasis: 《示例理工大学会议办法》第一条\n---\n当面递交。\n";
    desk.write("project/手册/工作手册/01.md", text);
    desk
}

#[test]
fn an_error_in_a_regulation_withholds_the_books_that_print_it_and_nothing_else() {
    let desk = small("handbook-withheld", "第九条");
    desk.run(&["build", "project", "--out", "out"]).expect(1);
    let files = desk.files("out");
    let made: Vec<&str> = files.keys().map(String::as_str).filter(|it| it.contains('/')).collect();
    let wanted = ["handbooks/steps/工作手册.pdf", "statistics/small/统计.pdf", "statistics/small/统计.xlsx"];
    assert_eq!(made, wanted);
    let manifest: Json = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(
        manifest["withheld"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["path"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["handbooks/rules/制度目录.xlsx", "handbooks/rules/制度选编.pdf"]
    );
    assert_eq!(manifest["withheld"][0]["codes"], serde_json::json!(["reference-unresolved"]));
    desk.run(&["build", "project", "--out", "draft", "--draft"]).expect(1);
    let paper = Paper::read(desk.files("draft")["handbooks/rules/制度选编.pdf"].clone());
    assert!(paper.sheets.iter().any(|it| it.squeezed().contains("草稿")));
}

#[test]
fn a_footnote_a_fact_and_a_declared_title_are_printed() {
    let desk = small("handbook-small", "第一条");
    desk.run(&["build", "project", "--out", "out", "--only", "handbooks"]).expect(0);
    let files = desk.files("out");
    let rules = Paper::read(files["handbooks/rules/制度选编.pdf"].clone());
    assert!(rules.squeezed().contains("寒暑假除外"));
    assert!(rules.sheets.iter().any(|it| it.links.iter().any(|it| it.page == Some(rules.places["r1"]))));
    let steps = Paper::read(files["handbooks/steps/工作手册.pdf"].clone());
    assert!(steps.squeezed().contains("第1步递交申请书"));
    assert!(
        steps.squeezed().contains("《示例理工大学会议办法》第一条"),
        "cited, though this book does not print it"
    );
}

#[test]
fn what_is_wrong_with_a_declaration_is_told_in_one_run_at_its_place() {
    let desk = small("handbook-declared", "第一条");
    let faulty = "\
id: rules
titel: 制度选编
editions: [{paper: b5, file_name: '{{ projekt.institution }}'}]
contents: {title: 目录, level: 3}
parts:
  - {title: 甲, category: 组织生活}
  - {title: 乙, category: 组织生活, texts: {stage: 申请}}
entry: {notes: ['{{ numbr }}']}
appendices: [{title: 流程图, flow: missing}]
indexes: [{title: 索引, by: date}]
";
    desk.write("project/templates/handbooks/rules/handbook.yaml", faulty);
    let ran = desk.run(&["check", "project", "--format", "json"]).expect(2);
    let found = crate::desk::problems(&ran.findings());
    let file = "templates/handbooks/rules/handbook.yaml";
    let wanted = [
        ("missing-key", 2),
        ("schema-name-unknown", 3),
        ("schema-name-unknown", 9),
        ("schema-name-unknown", 10),
        ("unknown-key", 4),
        ("unknown-name", 3),
        ("unknown-name", 8),
        ("wrong-kind", 7),
    ];
    for (code, line) in wanted {
        let line = format!("error {code} {file}:{line}");
        assert!(found.contains(&line), "{line} in\n{}", found.join("\n"));
    }
}
