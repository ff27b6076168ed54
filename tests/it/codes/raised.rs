//! Codes that no other test raises, raised by small projects.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use rust_xlsxwriter::Workbook;

use crate::desk::{Desk, problems};
use crate::reach::project::{FACTS, REGULATION, T1, small};

const PROJECT: &str = "huibian.yaml";
const TABLE: &str = "templates/statistics/tally/t1.yaml";

/// A change of the small project, and what is found after it and not before.
struct Case {
    /// What is wrong, as a name for the case.
    name: &'static str,
    /// Makes it wrong.
    change: fn(&Desk),
    /// The findings, as [`Desk::found`] writes them.
    found: &'static [&'static str],
}

const fn case(name: &'static str, change: fn(&Desk), found: &'static [&'static str]) -> Case {
    Case { name, change, found }
}

/// Checks all cases; every one that is not as it should be is shown.
fn hold(cases: &[Case]) {
    let usual = small("codes-usual").found();
    let mut faults = Vec::new();
    for (idx, case) in cases.iter().enumerate() {
        let desk = small(&format!("codes-{}-{idx}", case.name.replace(' ', "-")));
        (case.change)(&desk);
        let found: Vec<String> = desk.found().into_iter().filter(|it| !usual.contains(it)).collect();
        if found != case.found {
            faults.push(format!("{}:\n  expected {:?}\n  found    {found:?}", case.name, case.found));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The project file with one more key.
fn with_key(desk: &Desk, line: &str) {
    desk.patch(PROJECT, "sources: [data]", &format!("{line}\nsources: [data]"));
}

/// Last year's workbook among the given figures, with a sheet of these lines.
fn with_last_year(desk: &Desk, sheet: &str, lines: &[&[&str]]) {
    desk.patch(PROJECT, "given: [", "given: [{as: before, file: 去年.xlsx, statistics: tally}, ");
    let mut book = Workbook::new();
    let paper = book.add_worksheet().set_name(sheet).unwrap();
    for (row, line) in (0..).zip(lines) {
        for (column, text) in (0..).zip(*line) {
            match text.parse::<f64>() {
                Ok(number) => paper.write(row, column, number).unwrap(),
                Err(_) => paper.write(row, column, *text).unwrap(),
            };
        }
    }
    desk.write("去年.xlsx", book.save_to_buffer().unwrap());
}

#[test]
fn a_project_file_that_names_what_is_not_there_is_told_where() {
    hold(&[
        case(
            "a year before",
            |it| with_key(it, "previous: 去年"),
            &["error previous-not-found huibian.yaml:5:11"],
        ),
        case(
            "a folder of returns",
            |it| it.patch(PROJECT, "sources: [data]", "sources: [date]"),
            &["error source-not-found huibian.yaml:5:11"],
        ),
        case(
            "a folder of regulations",
            |it| it.patch(PROJECT, "regulations: [制度]", "regulations: [制渡]"),
            &["error source-not-found huibian.yaml:6:15"],
        ),
        case(
            "a key with a full-width colon in the first line, and one in Chinese",
            |it| it.patch(PROJECT, "institution: ", "institution："),
            &["error yaml-syntax huibian.yaml:1:12"],
        ),
        case(
            "a key in Chinese",
            |it| it.patch(PROJECT, "department: ", "部门: "),
            &["error missing-key huibian.yaml:2:1"],
        ),
        case(
            "a face",
            |it| with_key(it, "fonts: {fang: [没有这种字体]}"),
            &["error font-missing huibian.yaml:5:16"],
        ),
        case(
            "a face that is none",
            |it| it.write("fonts/坏.ttf", "不是字体"),
            &["error font-unreadable 坏.ttf"],
        ),
    ]);
}

#[test]
fn a_template_that_cannot_be_used_is_told_where() {
    hold(&[
        case(
            "no tree",
            |it| it.write("templates/rules/bad.yaml", "rules: [\n"),
            &["error yaml-syntax bad.yaml:1:8"],
        ),
        case(
            "a workbook",
            |it| {
                let mut book = Workbook::new();
                book.add_worksheet().write(0, 0, "甲").unwrap();
                it.write("templates/rules/bad.yaml", book.save_to_buffer().unwrap());
            },
            &["error configuration-unusable bad.yaml"],
        ),
        case(
            "columns in a circle",
            |it| {
                let circle = "\n  - {id: a, title: 甲, formula: b}\n  - {id: b, title: 乙, formula: a}\n";
                it.write(TABLE, format!("{}{circle}", T1.trim_end()));
            },
            &["error statistics-inconsistent t1.yaml:10:5", "error statistics-inconsistent t1.yaml:11:5"],
        ),
        case(
            "a row and a column of different tables",
            |it| {
                let of_items = T1.replace("when: \"name", "of: items, when: \"name");
                it.write(TABLE, of_items.replace("次数}", "次数, of: meetings}"));
            },
            &["error statistics-inconsistent t1.yaml:6:5", "error unknown-name t1.yaml:9:36"],
        ),
        case(
            "a fact that nobody asks for",
            |it| {
                let idle = "  - {id: n_idle, title: 闲, unit: 次, definition: 无, of: meetings}\n";
                it.write("templates/facts/small.yaml", format!("{FACTS}{idle}"));
            },
            &["note fact-unused small.yaml:5:5"],
        ),
    ]);
}

#[test]
fn what_cannot_be_held_against_given_figures_is_told_where() {
    const HEADING: &[&str] = &["项目", "次数", "八人以上"];
    hold(&[
        case(
            "a figure that is not given",
            |it| it.write("登记.yaml", "others: 4\n"),
            &["note check-undecided checks.yaml:2:5"],
        ),
        case(
            "a workbook without the table",
            |it| with_last_year(it, "别的", &[&["甲"]]),
            &["note given-line-not-found 去年.xlsx"],
        ),
        case(
            "a table without a column",
            |it| with_last_year(it, "表1", &[&HEADING[..2], &["全部", "3"]]),
            &["query given-line-not-found 去年.xlsx"],
        ),
        case(
            "a table with two rows of a name",
            |it| with_last_year(it, "表1", &[HEADING, &["全部", "3", "2"], &["全部", "3", "2"]]),
            &["query given-line-not-found 去年.xlsx"],
        ),
        case("a table as it should be", |it| with_last_year(it, "表1", &[HEADING, &["全部", "3", "2"]]), &[]),
    ]);
}

#[test]
fn texts_of_others_that_are_cited_are_told_once() {
    hold(&[case(
        "two texts",
        |it| {
            let cited = "第二条　按照《中国共产党章程》和《中国共产党支部工作条例（试行）》，";
            it.write("制度/谈话办法.md", REGULATION.replace("第二条　", cited));
        },
        &["note references-outside 谈话办法.md:12:7"],
    )]);
}

#[test]
fn a_layout_that_fails_is_told_when_its_document_is_made() {
    let desk = small("codes-layout");
    desk.patch("templates/forms/card/layout.typ", "form.name", "form.nome");
    desk.run(&["build", "--out", "out"]).expect(1);
    let findings = desk.findings("out");
    assert_eq!(problems(&findings), ["error layout-failed -"]);
    let message = findings[0]["message"].as_str().unwrap();
    assert!(message.contains("layout.typ:") && message.ends_with("等3份文件不能生成"), "{message}");
}
