//! Statistics with a cut-off of their own: whom they count if the returns are later, and which day they print.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use crate::desk::{Desk, college};
use calamine::{DataType, Reader, Xlsx};
use serde_json::Value as Json;

/// The college, with the statistics of the ministry.
fn ministry(name: &str, as_of: &str, statistics: &str) -> Desk {
    college::desk(name, as_of, statistics)
}

/// The findings that ask which day is meant.
fn asked(desk: &Desk) -> Vec<Json> {
    let findings = desk.run(&["check", ".", "--format", "json"]).findings();
    findings.into_iter().filter(|it| it["code"] == "cut-off-differs").collect()
}

/// The figures of the row of all students: members, probationary ones, applicants, activists, candidates.
fn students(desk: &Desk) -> [String; 5] {
    ["D6", "F6", "M6", "N6", "O6"].map(|cell| {
        let target = format!("学生党员队伍!{cell}");
        let ran = desk.run(&["explain", &target, "--format", "json"]);
        let explained: Json = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
        explained["value"].as_str().unwrap().to_owned()
    })
}

/// The line with the cut-off above a table of the draft.
fn printed(desk: &Desk) -> String {
    desk.run(&["build", ".", "--out", "out", "--draft"]);
    let files = desk.files("out/statistics");
    let workbook = files.iter().find(|it| it.0.ends_with(".xlsx")).unwrap().1;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&workbook[..])).unwrap();
    let range = book.worksheet_range("学生党员队伍").unwrap();
    let texts = range.used_cells().map(|it| it.2.to_string());
    texts.into_iter().find(|it| it.contains("截止日期")).unwrap()
}

#[test]
fn returns_that_are_later_are_counted_as_things_stood_at_the_cut_off() {
    let desk = ministry("later", "2024-12-31", "ministry");
    assert_eq!(students(&desk), ["3", "2", "1", "0", "2"]);
    assert!(printed(&desk).contains("截止日期：2024年6月30日"));
    let asked = asked(&desk);
    let [only] = &asked[..] else { panic!("{asked:#?}") };
    assert_eq!((&only["severity"], &only["file"]), (&"query".into(), &"huibian.yaml".into()));
    for text in ["2024年6月30日", "2024年12月31日"] {
        assert!(only["message"].as_str().unwrap().contains(text), "{only:#}");
    }
    assert!(only["hint"].as_str().unwrap().contains("{id: ministry, as_of: 2024-06-30}"), "{only:#}");
}

#[test]
fn who_was_approved_after_the_cut_off_was_no_member_yet() {
    let desk = ministry("approved-later", "2024-12-31", "ministry");
    desk.patch("data/党员.csv", "预备党员,2024-07-01,", "预备党员,2024-06-20,");
    desk.patch("data/党员发展.csv", "2024-07-01,预备党员,2024-07-20", "2024-06-20,预备党员,2024-07-20");
    assert_eq!(students(&desk), ["3", "2", "1", "0", "2"]);
    desk.patch("data/党员发展.csv", "2024-06-20,预备党员,2024-07-20", "2024-06-20,预备党员,2024-06-28");
    assert_eq!(students(&desk), ["4", "3", "1", "0", "1"]);
}

#[test]
fn a_project_that_says_which_day_is_meant_is_not_asked() {
    let said = ministry("said", "2024-12-31", "{id: ministry, as_of: 2024-06-30}");
    assert_eq!((asked(&said).len(), students(&said)), (0, ["3", "2", "1", "0", "2"].map(str::to_owned)));
    // All that was returned, as it stands now.
    let now = ministry("now", "2024-12-31", "{id: ministry, as_of: 2024-12-31}");
    assert_eq!((asked(&now).len(), students(&now)), (0, ["5", "2", "1", "1", "0"].map(str::to_owned)));
    let same = ministry("same", "2024-06-30", "ministry");
    assert_eq!(asked(&same).len(), 0);
}

#[test]
fn figures_are_never_of_a_day_that_the_returns_do_not_reach() {
    for (name, statistics) in [("earlier", "ministry"), ("earlier-said", "{id: ministry, as_of: 2024-06-30}")]
    {
        let desk = ministry(name, "2024-06-29", statistics);
        assert!(printed(&desk).contains("截止日期：2024年6月29日"), "{name}");
        let asked = asked(&desk);
        let [only] = &asked[..] else { panic!("{name}: {asked:#?}") };
        let message = only["message"].as_str().unwrap();
        assert!(message.contains("应截止2024年6月30日，项目的截止日期是2024年6月29日"), "{message}");
    }
    assert_eq!(asked(&ministry("agreed", "2024-06-29", "{id: ministry, as_of: 2024-06-29}")).len(), 0);
}

#[test]
fn without_last_years_book_the_lines_that_rest_on_it_stay_blank() {
    let desk = college::desk("last-year", "2024-12-31", "party-annual");
    let lines = || {
        desk.run(&["build", ".", "--out", "out"]).expect(0);
        let files = desk.files("out/statistics/party-annual");
        let workbook = files.iter().find(|it| it.0.ends_with(".xlsx") && !it.0.contains('/')).unwrap().1;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&workbook[..])).unwrap();
        let range = book.worksheet_range("表1").unwrap();
        let line = |title: &str| {
            let row = range.rows().find(|it| it[0].get_string() == Some(title)).unwrap();
            row[2].to_string()
        };
        ["上年底党员总数", "发展党员", "本年底应有党员数", "本年底实有党员数", "实有数与应有数之差"].map(line)
    };
    assert_eq!(lines(), ["", "3", "", "5", ""]);
    let given = "given:\n  - {as: last_year, file: 上年.yaml}\ndocuments";
    desk.patch("huibian.yaml", "documents", given);
    desk.write("上年.yaml", "t1: {\"14\": {total: 2}, \"3\": {total: 3}}\nt2: {total: {total: 2}, students: {total: 2}, retired: {total: 0}}\n");
    assert_eq!(lines(), ["2", "3", "5", "5", "0"]);
}

/// The months of which a summary of the first branch prints how much was done in each.
fn months(as_of: &str) -> Vec<usize> {
    let desk = college::desk("months", as_of, "");
    desk.patch("huibian.yaml", "documents: {statistics: []}", "documents: {summaries: [branch]}");
    let rows: String =
        (1..=12).map(|it| format!("甲支部,主题党日,{it}月主题党日,2024-{it:02}-10\n")).collect();
    desk.write("data/组织生活.csv", format!("所在党支部,会议类型,会议名称,实际会议时间\n{rows}"));
    desk.run(&["build", ".", "--out", "out", "--draft"]);
    let files = desk.files("out");
    let of_branch = |path: &str| path.contains("甲支部") && path.ends_with(".figures.json");
    let figures = files.iter().find(|it| of_branch(it.0)).unwrap().1;
    let figures = String::from_utf8_lossy(figures);
    (1..=12).filter(|it| figures.contains(&format!("\"activities_m{it}\""))).collect()
}

#[test]
fn the_months_of_a_summary_end_with_the_returns_and_not_with_their_month_of_another_year() {
    for (as_of, n_months) in [("2024-05-31", 5), ("2024-06-01", 6), ("2024-12-31", 12), ("2025-01-15", 12)] {
        assert_eq!(months(as_of), (1..=n_months).collect::<Vec<_>>(), "{as_of}");
    }
}
