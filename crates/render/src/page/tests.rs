//! The page says everything, and nothing that it is given becomes markup.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;

use super::*;
use documents::Kind;
use finding::{Answer, Finding, Origin, Subject};

const TEMPLATE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/report/page.html"));

fn finding(severity: Severity, committee: &str, message: &str) -> Finding {
    let subject = Subject { committee: Some(committee.into()), ..Subject::default() };
    Finding::named("date-ambiguous", severity, message).subject(subject)
}

/// A form of a committee.
fn form(path: &str, title: &str, committee: &str) -> Arc<Artefact> {
    let (title, name) = (title.to_owned(), title.to_owned());
    let committee = Some(committee.into());
    Arc::new(Artefact { title, name, committee, ..Artefact::unplanned(path, Kind::new("forms")) })
}

fn rendered(report: &Report, sources: &Sources, withheld: &[Withheld]) -> String {
    let artefact = form("forms/乙学院/申报书 100%#1.pdf", "申报书 一支部", "乙学院");
    let made = Made { artefact, bytes: Vec::new(), pages: Some(8), places: BTreeMap::new() };
    let standing = |text: &str, is_complete| Some(Standing { text: text.to_owned(), is_complete });
    let cells = vec![standing("已交8条", true), None, standing("未交", false)];
    let progress = Progress {
        tables: ["党员", "计划", "会<议>"].map(Into::into).into(),
        lines: vec![ProgressLine { unit: "甲学院".into(), cells }],
        owed: Vec::new(),
    };
    let run = RunPage {
        institution: "示例理工大学",
        department: "党委组织部",
        period: (date(2024, 1, 1), date(2024, 12, 31)),
        as_of: date(2024, 12, 31),
        draft: None,
        files_read: 2,
        tables: vec![TableCount { title: "党支部", records: 85 }],
        regulations: 32,
        progress: &progress,
        since: None,
        committees: vec!["甲学院", "乙学院"],
        documents: &[made],
        withheld,
        report,
        sources,
        excerpts: None,
        bundles: &["returns/乙学院.zip".to_owned(), "returns/本部门.zip".to_owned()],
        held_up: RunPage::held_up(withheld),
    };
    page(TEMPLATE, &run).unwrap()
}

#[test]
fn text_from_cells_is_neither_markup_nor_invisible() {
    let mut sources = Sources::default();
    let file = sources.add("<b>.xlsx");
    let mut report = Report::default();
    let value = "<script>alert(1)</script>\u{202e}";
    report.push(finding(Severity::Error, "甲\"学院", "信息").at(Origin::file(file)).value(value));
    let html = rendered(&report, &sources, &[]);
    assert!(!html.contains("<script>alert") && !html.contains("<b>.xlsx") && !html.contains('\u{202e}'));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;‹U+202E›"), "{html}");
}

#[test]
fn who_has_returned_what_is_a_line_of_cells() {
    let html = rendered(&Report::default(), &Sources::default(), &[]);
    let (_, table) = html.split_once("class=\"progress\"").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    let squeezed: String = table.split_whitespace().collect();
    for wanted in [
        "<th>甲学院</th>",
        "<td>2</td></tr>",
        "<td>1</td></tr>",
        "<td>党员</td><tdclass=\"complete\">已交8条</td></tr>",
        "<td>计划</td><tdclass=\"none\"></td></tr>",
        "<td>会&lt;议&gt;</td><tdclass=\"open\">未交</td></tr>",
    ] {
        assert!(squeezed.contains(wanted), "{wanted} in {squeezed}");
    }
}

#[test]
fn the_page_asks_for_nothing_outside_itself() {
    let html = rendered(&Report::default(), &Sources::default(), &[]);
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("没有发现问题"));
}

#[test]
fn documents_are_linked_and_withheld_ones_give_their_reasons() {
    let withheld = Withheld {
        artefact: form("forms/甲学院/x.pdf", "申报书 二支部", "甲学院"),
        codes: vec!["missing-value".to_owned()],
        reasons: vec!["必填项“书记”为空".to_owned()],
        causes: Vec::new(),
    };
    let html = rendered(&Report::default(), &Sources::default(), &[withheld]);
    assert!(html.contains("href=\"forms&#x2f;%E4%B9%99%E5%AD%A6%E9%99%A2&#x2f;%E7%94%B3%E6%8A%A5%E4%B9%A6%20100%25%231.pdf\""), "{html}");
    assert!(html.contains("申报书 二支部") && html.contains("必填项“书记”为空"));
    assert!(html.find("甲学院").unwrap() < html.find("乙学院").unwrap());
}

#[test]
fn notes_are_folded_away_and_errors_are_not() {
    let mut report = Report::default();
    report.push(finding(Severity::Note, "甲学院", "姓名已整理"));
    report.push(finding(Severity::Error, "甲学院", "日期有歧义"));
    let html = rendered(&report, &Sources::default(), &[]);
    let details = html.find("<details").unwrap();
    assert!(html.find("日期有歧义").unwrap() < details && details < html.find("姓名已整理").unwrap());
}

#[test]
fn documents_that_are_withheld_for_one_reason_stand_together_behind_the_findings() {
    let withheld = |name: &str, reason: &str| Withheld {
        artefact: form("forms/甲学院/x.pdf", name, "甲学院"),
        codes: vec!["missing-value".to_owned()],
        reasons: vec![reason.to_owned()],
        causes: vec![Cause::of(&finding(Severity::Error, "甲学院", "日期有歧义"))],
    };
    let all =
        [withheld("一支部", "书记为空"), withheld("二支部", "日期为空"), withheld("三支部", "书记为空")];
    let mut report = Report::default();
    report.push(finding(Severity::Error, "甲学院", "日期有歧义"));
    let html = rendered(&report, &Sources::default(), &all);
    assert_eq!(html.matches("书记为空").count(), 1);
    assert!(html.contains("<strong>一支部</strong>等2份") && html.contains("一支部、三支部"), "{html}");
    assert!(html.find("日期有歧义").unwrap() < html.find("书记为空").unwrap());
    assert!(html.contains("因此暂缓生成：一支部、二支部、三支部</div>"), "an error says what waits for it");
}

#[test]
fn findings_alike_are_folded_into_one_and_what_may_follow_below_its_cause() {
    let mut sources = Sources::default();
    let book = sources.add("党员.csv");
    let at = |code: &'static str, row, col| {
        Finding { code: code.into(), ..finding(Severity::Error, "甲学院", "见表") }
            .at(Origin::cell(book, 0, row, col))
    };
    let mut report = Report::default();
    (0..7).for_each(|row| report.push(at("not-a-date", row, 3)));
    report.push(at("a-rule", 2, 5).related(Origin::cell(book, 0, 2, 3), "另见"));
    let html = rendered(&report, &sources, &[]);
    assert!(html.contains("<strong>错误 7 处</strong>：D 列"), "{html}");
    assert_eq!(html.matches("<tr class=\"finding").count(), 7, "each can be read and found");
    let (_, follows) = html.split_once("可能由此引起的1条").unwrap();
    assert!(follows.contains("a-rule") && html.contains("data-code=\"not-a-date a-rule\""), "{html}");
}

#[test]
fn what_goes_back_is_linked_where_its_committee_stands() {
    let html = rendered(&Report::default(), &Sources::default(), &[]);
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}"));
    let heading = |name: &str| at(&format!("<h2>{name}</h2>"));
    assert!(heading("全校与其他") < at(">本部门.zip</a>") && at(">本部门.zip</a>") < heading("乙学院"));
    assert!(heading("乙学院") < at(">乙学院.zip</a>"));
}

#[test]
fn what_was_answered_is_listed_and_needs_nothing_more() {
    let mut report = Report::default();
    let answer = Answer { who: "李四".into(), when: "2026-05-30".into(), why: "停电<".into() };
    let note = finding(Severity::Note, "甲学院", "三月没有记录").hint("请补报");
    report.push(Finding { answer: Some(answer), ..note });
    let html = rendered(&report, &Sources::default(), &[]);
    assert!(html.contains("已答复的核实项（1）") && !html.contains("请补报"), "{html}");
    assert_eq!(html.matches("停电&lt;").count(), 2);
}
