//! Whom findings concern, by the place where they stand.

use super::World;
use finding::{FileId, Finding, Origin, Report, Severity, Sources, Subject};

const FILES: [(&str, &str); 5] = [
    ("登记/党委.csv", "编号,名称\n1,机械党委\n2,外语党委\n"),
    ("登记/支部.csv", "编号,名称,党委\n01,制造支部,1\n02,日语支部,2\n"),
    ("返回/机械/活动.csv", "序号,支部,月份,无关\n1,制造支部,3,甲\n"),
    ("返回/外语/活动.csv", "序号,支部,月份\n2,日语支部,3\n"),
    ("返回/活动.csv", "序号,支部,月份\n3,制造支部,3\n4,日语支部,3\n"),
];

#[test]
fn a_finding_concerns_whose_cell_or_row_it_stands_in_or_whose_file_it_is() {
    let mut sources = Sources::default();
    let world = World::of_files(&FILES, &mut sources);
    let events = world.dataset.schemas.index("events").unwrap();
    assert_eq!(world.dataset.n_rows(events), 4);
    let files: Vec<FileId> =
        world.dataset.rows_of(events).map(|it| world.dataset.record(it).origin.file).collect();
    let [machines, languages, both] = [files[0], files[1], files[2]];
    let unread = sources.add("返回/机械/坏.csv");
    for (what, at, wanted) in [
        ("a cell", Some(Origin::cell(machines, 0, 1, 2)), "机械党委/制造支部/1"),
        ("a cell of another file", Some(Origin::cell(languages, 0, 1, 2)), "外语党委/日语支部/2"),
        ("the second row", Some(Origin::cell(both, 0, 2, 2)), "外语党委/日语支部/4"),
        ("a cell beside the fields", Some(Origin::cell(machines, 0, 1, 3)), "机械党委/制造支部/1"),
        ("a heading", Some(Origin::cell(machines, 0, 0, 1)), "机械党委/-/-"),
        ("a file", Some(Origin::file(machines)), "机械党委/-/-"),
        ("a file that was not read, in a committee's folder", Some(Origin::file(unread)), "机械党委/-/-"),
        ("a heading over records of two", Some(Origin::cell(both, 0, 0, 1)), "-/-/-"),
        ("nowhere", None, "-/-/-"),
    ] {
        let mut report = Report::default();
        let finding = Finding::named("odd", Severity::Error, "不对");
        report.push(Finding { origin: at, ..finding });
        world.dataset.add_subjects(&mut report, &world.dataset.senders(&sources));
        let Subject { committee, branch, record } = report.findings()[0].subject.clone();
        let said = [committee, branch, record].map(|it| it.map_or("-".to_owned(), |it| it.to_string()));
        assert_eq!(said.join("/"), wanted, "{what}");
    }
}

#[test]
fn whom_a_finding_concerns_is_not_said_anew() {
    let mut sources = Sources::default();
    let world = World::of_files(&FILES, &mut sources);
    let at = world.dataset.record(world.record("events", 0)).origin;
    let subject = Subject { record: Some("张三".into()), ..Subject::default() };
    let mut report = Report::default();
    report.push(Finding::named("odd", Severity::Error, "不对").at(at).subject(subject));
    world.dataset.add_subjects(&mut report, &world.dataset.senders(&sources));
    let found = &report.findings()[0].subject;
    assert_eq!((found.record.as_deref(), found.branch.as_deref()), (Some("张三"), None));
}

#[test]
fn a_column_that_is_wrong_in_every_row_is_one_fault() {
    let line = |n: usize, month: &str| format!("{n},制造支部,{month}\n");
    let table = |months: &[&str]| {
        let lines: String = months.iter().enumerate().map(|(n, it)| line(n, it)).collect();
        format!("序号,支部,月份\n{lines}")
    };
    for (months, wanted) in [
        (&["一", "二", "三", "四", "五"][..], &["“月份”一列5行都有这样的错误，第一处：“一”不是整数 5"][..]),
        (&["一", "二", "三", "四", "五", ""], &["“月份”一列5行都有这样的错误，第一处：“一”不是整数 5"]),
        (
            &["一", "二", "三", "四", "五", "6"],
            &["“一”不是整数 1", "“二”不是整数 1", "“三”不是整数 1", "“四”不是整数 1", "“五”不是整数 1"],
        ),
        (&["一", "二"], &["“一”不是整数 1", "“二”不是整数 1"]),
    ] {
        let events = table(months);
        let files = [FILES[0], FILES[1], ("返回/机械/活动.csv", events.as_str())];
        let world = World::of_files(&files, &mut Sources::default());
        let errors = world.report.findings().iter().filter(|it| it.severity == Severity::Error);
        let said: Vec<String> = errors.map(|it| format!("{} {}", it.message, it.about.len())).collect();
        assert_eq!(said, wanted, "{months:?}");
    }
}
