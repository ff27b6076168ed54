//! What was done to a form before it came back: each change is named at its cell, and what can still be known is read.

use huibian::finding::Severity;

use super::{checked, entries, rows, sent_out};
use crate::desk::Desk;

const FORM: &str = "college/收回表格/示例学院/表彰奖励.csv";
const BOOK: &str = "示例学院党委/示例学院党委填报表.xlsx";
const SHEET: &str = "表彰奖励";
/// The rows of a form: marks, title, unit, how to fill in, heading; then what is filled in.
const HEADING: usize = 4;

type Sheet = Vec<Vec<String>>;

/// The starter's college, and the form of its honours with one of them in it.
fn college() -> (Desk, Sheet) {
    let desk = Desk::new("collection-changed");
    desk.copy("fixtures/starter", "college");
    let forms = sent_out(&desk, "college");
    let mut sheet = rows(&forms[BOOK], SHEET);
    sheet.truncate(HEADING + 1);
    let filled = [
        ("branch", "示例学院软件工程系教师党支部"),
        ("recipient_kind", "党支部"),
        ("recipient", "软件工程系教师党支部"),
        ("name", "先进基层党组织"),
        ("category", "先进党组织"),
        ("level", "校级"),
        ("awarded", "2026-03"),
        ("awarding_body", "中共示例理工大学委员会"),
    ];
    let row = sheet[0]
        .iter()
        .map(|id| filled.iter().find(|it| it.0 == id).map(|it| it.1.to_owned()).unwrap_or_default());
    let row = row.collect();
    sheet.push(row);
    (desk, sheet)
}

fn column(sheet: &Sheet, id: &str) -> usize {
    sheet[0].iter().position(|it| it == id).unwrap_or_else(|| panic!("{id} in {:?}", sheet[0]))
}

/// What is found in the form, notes among it, as `severity code cell`.
fn found(desk: &Desk, sheet: &Sheet) -> Vec<String> {
    let line = |row: &Vec<String>| row.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",");
    desk.write(FORM, sheet.iter().map(line).collect::<Vec<_>>().join("\n"));
    let (session, _) = checked(desk, "college");
    let here = session.report.findings().iter().filter_map(|it| {
        let located = session.sources.locate(it.origin?);
        let is_here = session.sources.path(it.origin?.file).ends_with("表彰奖励.csv");
        let cell = located.cell.unwrap_or_default();
        is_here.then(|| format!("{} {} {cell}", it.severity.id(), it.code).trim().to_owned())
    });
    let mut here: Vec<String> = here.collect();
    here.sort();
    here
}

#[test]
fn a_form_is_read_by_its_marks_and_what_was_done_to_it_is_named() {
    let (desk, sent) = college();
    let none: [&str; 0] = [];
    assert_eq!(found(&desk, &sent), none);
    // A line above, and marks that are not in the first row any more.
    let mut lower = sent.clone();
    lower.insert(0, vec![String::new(); sent[0].len()]);
    lower[0][0] = "附件2".to_owned();
    assert_eq!(found(&desk, &lower), none);
    let changed = |change: &dyn Fn(&mut Sheet)| {
        let mut sheet = sent.clone();
        change(&mut sheet);
        found(&desk, &sheet)
    };
    let name = column(&sent, "name");
    let renamed = changed(&|it| it[HEADING][name] = "荣誉称号是什么".to_owned());
    assert_eq!(renamed.len(), 1, "{renamed:?}");
    assert!(renamed[0].starts_with("query form-heading-changed "), "{renamed:?}");
    let taken = changed(&|it| it[HEADING][name] = sent[HEADING][column(&sent, "awarded")].clone());
    assert!(taken.iter().any(|it| it.starts_with("error form-heading-changed ")), "{taken:?}");
    let swapped = changed(&|it| it.iter_mut().for_each(|row| row.swap(name, name + 1)));
    assert_eq!(swapped.len(), 1, "{swapped:?}");
    assert!(swapped[0].starts_with("note form-column-moved "), "{swapped:?}");
    let inserted = changed(&|it| {
        it.iter_mut().for_each(|row| row.insert(name, String::new()));
        it[HEADING][name] = "合影".to_owned();
    });
    assert_eq!(inserted.len(), 1, "{inserted:?}");
    assert!(inserted[0].starts_with("note column-ignored "), "{inserted:?}");
    let optional = column(&sent, "organisation_code");
    let removed = changed(&|it| it.iter_mut().for_each(|row| drop(row.remove(optional))));
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert!(removed[0].starts_with("query form-column-removed "), "{removed:?}");
    let missing = changed(&|it| it.iter_mut().for_each(|row| drop(row.remove(name))));
    assert!(missing.iter().any(|it| it.starts_with("error column-missing ")), "{missing:?}");
}

#[test]
fn an_old_edition_another_year_and_another_unit_are_told() {
    let (desk, sent) = college();
    let marked = |old: &str, new: &str| {
        let mut sheet = sent.clone();
        assert!(sheet[0][0].contains(old), "{}", sheet[0][0]);
        sheet[0][0] = sheet[0][0].replace(old, new);
        found(&desk, &sheet)
    };
    let edition = sent[0][0].split('|').nth(3).unwrap();
    let codes = |found: Vec<String>| {
        found.iter().filter_map(|it| it.split(' ').nth(1)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(codes(marked(edition, "00000000")), ["form-edition-old"]);
    let earlier = marked("2026-01-01|2026-12-31", "2025-01-01|2025-12-31");
    assert_eq!(codes(earlier), ["return-from-other-period"]);
    assert_eq!(codes(marked("|0100|", "|0900|")), ["form-of-another-unit"]);
    // A table that is none any more is known by its heading alone.
    assert_eq!(codes(marked("|honours|", "|honors|")), [""; 0]);
    // The period was changed after the forms had been sent.
    desk.patch("college/huibian.yaml", "to: 2026-12-31", "to: 2026-06-30");
    assert_eq!(codes(found(&desk, &sent)), ["form-edition-old"]);
}

#[test]
fn a_form_with_nothing_in_it_is_empty_and_one_that_says_so_is_a_report_of_nothing() {
    let (desk, sent) = college();
    let mut empty = sent.clone();
    empty.truncate(HEADING + 1);
    let owes = |sheet: &Sheet| {
        let here = found(&desk, sheet);
        assert!(here.iter().all(|it| it.starts_with("note ")), "{here:?}");
        let owed = checked(&desk, "college").1.progress.owed;
        owed.into_iter().find(|it| &*it.table == SHEET).map(|it| it.state.to_string())
    };
    assert_eq!(owes(&empty).as_deref(), Some("空表"));
    let name = column(&sent, "recipient");
    let mut nothing = sent;
    nothing[HEADING + 1] = vec![String::new(); nothing[0].len()];
    nothing[HEADING + 1][name] = "无".to_owned();
    assert_eq!(owes(&nothing), None);
}

#[test]
fn rows_that_do_not_say_whose_they_are_belong_to_whom_the_form_was_sent() {
    let (desk, _) = college();
    let forms = sent_out(&desk, "college");
    let sheet = "支委成员";
    let mut rows = rows(&forms[BOOK], sheet);
    // Sent to a branch, the form speaks of it.
    let branch = "branches|010001|";
    let (_, before) = checked(&desk, "college");
    let dataset = &before.dataset;
    let branches = dataset.schemas.branches().unwrap();
    let key = dataset.key_text(dataset.rows_of(branches).next().unwrap());
    rows[0][0] = rows[0][0].replace("organisations|0100|", &branch.replace("010001", &key));
    let col = column(&rows, "branch");
    let code = column(&rows, "branch_code");
    for row in rows.iter_mut().skip(HEADING + 1) {
        row[col].clear();
        row[code].clear();
    }
    let line = |row: &Vec<String>| row.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(",");
    desk.write(
        "college/收回表格/示例学院/支委成员.csv",
        rows.iter().map(line).collect::<Vec<_>>().join("\n"),
    );
    let (session, after) = checked(&desk, "college");
    let taken = session.report.findings().iter().find(|it| it.code == "form-unit-taken");
    assert_eq!(taken.map(|it| it.severity), Some(Severity::Note), "{:#?}", session.report.findings());
    let table = dataset.schemas.index("committee_members").unwrap();
    assert_eq!(after.dataset.n_rows(table), dataset.n_rows(table));
}

#[test]
fn a_bundle_lists_its_files_and_the_command_says_what_it_has_made() {
    let desk = Desk::new("collection-command");
    desk.copy("fixtures/starter", "college");
    let said = desk.run(&["collect", "college", "--out", "out", "--prefill"]).expect(0).stdout;
    assert!(said.contains("已生成填报表") && said.contains("预填了"), "{said}");
    let bundle = desk.files("out").remove("collection/示例学院党委.zip").unwrap();
    let parts = entries(&bundle);
    let list = String::from_utf8(parts["文件清单.txt"].clone()).unwrap();
    assert!(parts.keys().filter(|it| it.ends_with(".xlsx")).all(|it| list.contains(it.as_str())), "{list}");
    // A blank set stands beside it, and a check or a build leaves both alone.
    desk.run(&["collect", "college", "--out", "out", "--blank"]).expect(0);
    let both = desk.files("out");
    assert!(both.contains_key("collection/空白表样/空白表样（分党委报）.xlsx"), "{:?}", both.keys());
    desk.run(&["build", "college", "--out", "out"]);
    let after = desk.files("out");
    let sent = both.keys().filter(|it| it.starts_with("collection/"));
    assert!(sent.clone().count() > 3 && sent.into_iter().all(|it| after.get(it) == both.get(it)));
    // Nobody owes anything to a project that wants no documents.
    let text = String::from_utf8(desk.files("college")["huibian.yaml"].clone()).unwrap();
    let (before, _) = text.split_once("\ndocuments:").unwrap();
    desk.write("college/huibian.yaml", format!("{before}\ndocuments:\n  forms: []\n"));
    let refused = desk.run(&["collect", "college", "--out", "out"]).expect(2).stderr;
    assert!(refused.contains("没有要下发的表"), "{refused}");
}

#[test]
fn a_form_that_has_lost_its_marks_is_read_by_its_headings_and_that_is_said() {
    let (desk, sent) = college();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("填写说明").unwrap().write(0, 0, "huibian-page|guide").unwrap();
    let sheet = book.add_worksheet().set_name(SHEET).unwrap();
    for (row, cells) in (0..).zip(&sent[1..]) {
        for (col, text) in (0..).zip(cells).filter(|it| !it.1.is_empty()) {
            sheet.write(row, col, text).unwrap();
        }
    }
    desk.remove(FORM);
    desk.write(&FORM.replace(".csv", ".xlsx"), book.save_to_buffer().unwrap());
    let (session, after) = checked(&desk, "college");
    let honours = after.dataset.schemas.index("honours").unwrap();
    assert_eq!(after.dataset.n_rows(honours), 1);
    let said = session.report.findings().iter().filter(|it| it.code == "form-mark-missing");
    let places: Vec<String> = said.map(|it| session.sources.display(it.origin.unwrap())).collect();
    assert_eq!(places, ["收回表格/示例学院/表彰奖励.xlsx 表彰奖励!A4"]);
}

#[test]
fn a_form_that_came_as_separated_text_goes_back_with_its_marks_and_is_known_by_them_again() {
    let (desk, mut sent) = college();
    let level = column(&sent, "level");
    sent[HEADING + 1][level] = "乡级".to_owned();
    assert_eq!(found(&desk, &sent).len(), 1);
    desk.run(&["check", "college", "--out", "out"]).expect(1);
    let bundle = entries(&desk.files("out")["returns/示例学院党委.zip"]);
    let back = &bundle["表彰奖励.xlsx"];
    // The list stands in front of it.
    let part = String::from_utf8(entries(back)["xl/worksheets/sheet1.xml"].clone()).unwrap();
    assert!(part.contains("<row r=\"1\" hidden=\"1\"><c r=\"A1\""), "{part}");
    desk.remove(FORM);
    desk.write(&FORM.replace(".csv", ".xlsx"), back);
    let (session, after) = checked(&desk, "college");
    let forms: usize = after.dataset.files.values().map(|it| it.sent.len()).sum();
    let codes: Vec<&str> = session
        .report
        .findings()
        .iter()
        .filter(|it| it.origin.is_some_and(|it| session.sources.path(it.file).ends_with("表彰奖励.xlsx")))
        .map(|it| &*it.code)
        .collect();
    assert_eq!((forms, codes), (1, vec!["sheet-skipped", "unknown-choice"]));
}
