//! 到期提醒: what falls due, in a workbook and in a calendar.
#![expect(clippy::disallowed_methods, reason = "a test asks the environment")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::io::Cursor;
use std::process::Command;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use huibian::documents::Declaring;
use huibian::documents::reminders::{Judged, Reminder, load_reminders};
use huibian::facts::Catalogue;
use huibian::finding::{Origin, Report, Sources};
use huibian::project::{Templates, Wanted};
use huibian::rules::Expected;
use huibian::schema::{self, Schemas};
use huibian::source::LocatedText;
use jiff::civil::date;

use crate::desk::{Desk, numbers, of_severity, problems, ran, repository};

fn built_in() -> (Arc<Schemas>, Arc<Catalogue>, Vec<Reminder>) {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let schemas = schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap();
    let catalogue = Catalogue::load(&templates.trees("facts", &mut report), &schemas, &mut report);
    let files: Vec<Wanted> = templates
        .in_folder("reminders", ".yaml")
        .map(|(path, file)| {
            let text = path.strip_prefix("reminders/").unwrap().strip_suffix(".yaml").unwrap().into();
            Wanted::of(LocatedText { text, origin: Origin::file(file.file) })
        })
        .collect();
    let declaring = Declaring { templates: &templates, schemas: &schemas, catalogue: &catalogue };
    let reminders = load_reminders(&files, declaring, &mut report).unwrap();
    assert!(report.findings().is_empty(), "{:?}", report.findings());
    (Arc::new(schemas), Arc::new(catalogue), reminders)
}

#[test]
fn every_reminder_has_cases_that_are_listed_due_later_or_not_meant() {
    let (schemas, catalogue, reminders) = built_in();
    assert!(reminders.len() >= 12, "{}", reminders.len());
    let mut faults = Vec::new();
    for reminder in &reminders {
        for case in &reminder.cases {
            let judged = reminder.try_case(case, &schemas, &catalogue, date(2024, 5, 31));
            let expected = match case.expected {
                Expected::Fires => matches!(judged, Some(Judged::Due(_))),
                Expected::Passes => judged == Some(Judged::Later),
                Expected::Skips => judged == Some(Judged::NotMeant),
            };
            if !expected {
                faults.push(format!("{} should be {:?}: {judged:?}", reminder.id, case.expected));
            }
        }
        let kinds: BTreeSet<String> = reminder.cases.iter().map(|it| format!("{:?}", it.expected)).collect();
        assert!(kinds.contains("Fires") && kinds.contains("Passes"), "{}", reminder.id);
        assert!(!reminder.basis.is_empty(), "{}", reminder.id);
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委, 最近换届时间: 2019-12-10}
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}
党支部:
  - {党支部编码: \"020001\", 党支部名称: 乙学院教师党支部, 简称: 乙教师支部, 所属分党委: 乙学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2021-05-12, 应换届时间: 2024-05-12, 党支部书记: 赵磊, 党员总数: 3, 正式党员数: 3, 预备党员数: 0}
  - {党支部编码: \"010001\", 党支部名称: 甲学院教师党支部, 简称: 甲教师支部, 所属分党委: 甲学院党委, 支部类型: 教师党支部, 支部具体类型: 专任教师党支部, 成立时间: 2010年7月, 最近换届时间: 2021年9月, 党支部书记: 王芳, 党员总数: 3, 正式党员数: 3, 预备党员数: 0}
";
const TASKS: &str = "责任单位,责任党支部,任务内容,责任人,完成时限,完成情况
甲学院党委,甲教师支部,修订制度；建台账,王芳,2024-06-15,进行中
甲学院党委,,早已完成的,王芳,2024-03,已完成
乙学院党委,,明年的,赵磊,2025-03,未开始
";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write(
        "huibian.yaml",
        "institution: 示例理工大学\ndepartment: 党委组织部\nperiod: {from: 2024-01-01, to: 2024-12-31}\n\
         as_of: 2024-05-31\nsources: [data]\nreturns: [{tables: [党支部, 任务清单, 重点工作, 立项与课题, 结对共建], absent: none}]\n\
         documents: {reminders: [terms, works]}\n",
    );
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/任务清单.csv", TASKS);
    desk
}

/// The rows of a sheet, cells with `|` between them.
fn rows(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let row = |it: &[Data]| it.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
    range.rows().map(row).collect()
}

/// The texts of a property of a calendar, unfolded.
fn texts<'c>(calendar: &'c str, name: &str) -> Vec<&'c str> {
    let values = calendar.split("\r\n").filter_map(|it| it.strip_prefix(name));
    values.filter_map(|it| it.strip_prefix([':', ';'])).collect()
}

#[test]
fn what_is_due_stands_by_committee_and_day_and_what_is_overdue_says_so() {
    let desk = desk("reminders");
    desk.run(&["build", ".", "--out", "out", "--only", "reminders"]);
    let files = desk.files("out/reminders");
    let listed = rows(&files["到期提醒.xlsx"], "到期提醒");
    let cells = |row: &str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
    let shown: Vec<String> = listed[3..].iter().map(|it| cells(it)[..7].join("|")).collect();
    assert_eq!(
        shown[..4],
        [
            "1|2024年6月15日|15天|任务完成时限|甲学院党委|甲学院教师党支部|修订制度；建台账",
            "2|2024年9月|4个月|党支部换届|甲学院党委|甲学院教师党支部|甲学院教师党支部",
            "3|2024年5月12日|已过期19天|党支部换届|乙学院党委|乙学院教师党支部|乙学院教师党支部",
            "列出的是下列期限内到期的，以及已过期的：党支部换届（6个月内）、党委、党总支换届（6个月内）、任务完成时限（3个月内）、重点工作完成（3个月内）、立项结项（3个月内）、共建协议期满（3个月内）。||||||",
        ]
    );
    assert!(listed[3].ends_with("|任务清单：按完成时限推进|data/任务清单.csv E2"), "{}", listed[3]);
    assert!(listed[5].ends_with("|data/党组织.yaml:5:137"), "the day itself, {}", listed[5]);
    // A committee that does not say when it was elected is not passed over.
    let open = rows(&files["到期提醒.xlsx"], "日期未定");
    assert!(
        open[3].starts_with(
            "1|党委、党总支换届|乙学院党委||乙学院党委|“乙学院党委”的“最近换届时间”未填|data/党组织.yaml"
        ),
        "{open:?}"
    );
    let overview = rows(&files["到期提醒.xlsx"], "概要");
    assert_eq!(
        overview[2..6],
        [
            "党委|党支部换届|任务完成时限|合计|其中已过期",
            "甲学院党委|1|1|2|0",
            "乙学院党委|1|0|1|1",
            "合计|2|1|3|1"
        ]
    );
}

#[test]
fn the_calendar_has_a_whole_day_for_each_and_the_same_names_next_time() {
    let desk = desk("reminders-calendar");
    let calendar = |desk: &Desk| {
        desk.run(&["build", ".", "--out", "out", "--only", "reminders"]);
        String::from_utf8(desk.files("out/reminders").remove("到期提醒.ics").unwrap()).unwrap()
    };
    let first = calendar(&desk);
    assert!(first.split("\r\n").all(|it| it.len() <= 75 && !it.contains('\n')), "{first}");
    let unfolded = first.replace("\r\n ", "");
    assert_eq!(
        texts(&unfolded, "SUMMARY"),
        [
            "【已过期19天】党支部换届：乙学院教师党支部",
            "另有1条不能确定何时到期或材料未齐，见工作簿的“日期未定”页",
            "任务完成时限：修订制度；建台账（甲学院教师党支部）",
            "党支部换届：甲学院教师党支部（2024年9月）"
        ]
    );
    assert_eq!(
        texts(&unfolded, "DTSTART"),
        ["VALUE=DATE:20240512", "VALUE=DATE:20240531", "VALUE=DATE:20240615", "VALUE=DATE:20240901"]
    );
    assert_eq!(texts(&unfolded, "DTSTAMP"), ["20240531T000000Z"; 4]);
    let uids =
        |text: &str| -> BTreeSet<String> { texts(text, "UID").into_iter().map(str::to_owned).collect() };
    assert_eq!(uids(&unfolded).len(), 4);
    // Another day of judging, another order of the records, a row more: what is the same event bears the same name.
    desk.patch("huibian.yaml", "as_of: 2024-05-31", "as_of: 2024-06-01");
    desk.write(
        "data/任务清单.csv",
        TASKS.replace("责任人,完成时限\n", "").replacen('\n', "\n乙学院党委,,新的,赵磊,2024-07,未开始\n", 1),
    );
    let second = calendar(&desk).replace("\r\n ", "");
    assert!(uids(&second).is_superset(&uids(&unfolded)) && uids(&second).len() == 5);
}

#[test]
fn an_error_leaves_its_own_record_open_and_the_others_are_listed() {
    let desk = desk("reminders-lacking");
    desk.patch("data/任务清单.csv", "2024-06-15", "六月中");
    // A date that is over, and cannot be: the branch was elected before it was founded.
    desk.patch(
        "data/党组织.yaml",
        "成立时间: 2010年7月, 最近换届时间: 2021-05-12",
        "成立时间: 2022年7月, 最近换届时间: 2021-05-12",
    );
    let found = desk.run(&["check", ".", "--format", "json"]).findings();
    let errors: Vec<&str> =
        of_severity(&found, "error").iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(errors, ["not-a-date", "dates-reversed"]);
    desk.run(&["build", ".", "--out", "out", "--only", "reminders"]).expect(1);
    let files = desk.files("out/reminders");
    let listed = rows(&files["到期提醒.xlsx"], "到期提醒");
    let is_due = |whom: &str| listed.iter().any(|it| it.contains(&format!("|{whom}|")));
    assert!(is_due("甲学院教师党支部") && !is_due("修订制度；建台账"), "{listed:?}");
    assert!(!listed.iter().any(|it| it.contains("|已过期")), "{listed:?}");
    let open = rows(&files["到期提醒.xlsx"], "日期未定");
    let open: Vec<String> =
        open.iter().skip(3).map(|it| it.split('|').skip(1).take(5).collect::<Vec<_>>().join("|")).collect();
    let wrong = [
        "任务完成时限|甲学院党委|甲学院教师党支部|修订制度；建台账|",
        "党支部换届|乙学院党委|乙学院教师党支部|乙学院教师党支部|",
    ];
    assert!(wrong.iter().all(|it| open.iter().any(|row| row.starts_with(it))), "{open:?}");
    let calendar = String::from_utf8(files["到期提醒.ics"].clone()).unwrap().replace("\r\n ", "");
    assert!(calendar.contains("另有3条不能确定何时到期") && !calendar.contains("修订制度"), "{calendar}");
}

#[test]
fn a_file_that_is_not_read_and_a_table_that_has_not_come_are_said_and_withhold_nothing() {
    let desk = desk("reminders-unread");
    desk.write("data/任务清单.csv", "什么,也,不是\n一,二,三\n");
    desk.patch("huibian.yaml", "重点工作, 立项与课题", "立项与课题");
    desk.run(&["build", ".", "--out", "out", "--only", "reminders"]).expect(1);
    let open = rows(&desk.files("out/reminders")["到期提醒.xlsx"], "日期未定");
    let lacking: Vec<&String> = open.iter().filter(|it| it.contains("|材料未齐|")).collect();
    assert!(lacking.iter().any(|it| it.contains("data/任务清单.csv")), "{open:?}");
    assert!(
        lacking.iter().any(|it| it.contains("没有收到重点工作表") || it.contains("重点工作")),
        "{open:?}"
    );
    assert!(
        rows(&desk.files("out/reminders")["到期提醒.xlsx"], "到期提醒")
            .iter()
            .any(|it| it.contains("党支部换届"))
    );
}

#[test]
fn a_reminder_that_fails_or_tells_a_telephone_number_is_an_error_of_its_declaration() {
    const OWN: &str = "reminders:\n  - id: own\n    title: 自定\n    of: branches\n    deadline: DUE\n    within: {days: 3000}\n    text: \"TEXT\"\n    basis: 例\n    cases: {fires: {党支部: [{党支部编码: \"010101\"}]}, passes: {党支部: [{党支部编码: \"010101\"}]}}\n";
    for (due, text, said) in [
        ("years_after(elected, 9 // (member_total - 3))", "甲", "提醒“自定”不能执行"),
        ("elected", "{{ phone | default('无') }}", "提醒“自定”的文字用到“联系电话”，日历中不能出现"),
    ] {
        let desk = desk("reminders-failing");
        desk.write("templates/reminders/own.yaml", OWN.replace("DUE", due).replace("TEXT", text));
        desk.patch("huibian.yaml", "[terms, works]", "[own]");
        let found = desk.run(&["check", ".", "--format", "json"]).findings();
        let errors = of_severity(&found, "error");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0]["code"], "reminder-failed");
        assert!(errors[0]["message"].as_str().unwrap().starts_with(said), "{}", errors[0]);
        desk.run(&["build", ".", "--out", "out", "--only", "reminders"]).expect(1);
        assert!(desk.files("out").keys().all(|it| !it.contains("到期提醒")));
    }
}

#[test]
fn a_declaration_that_cannot_be_meant_is_told_where() {
    for (wanted, own, said) in [
        ("[term]", "", "没有名为“term”的提醒"),
        ("[terms, terms]", "", "提醒“branch-term”声明了两次"),
        ("[own]", "deadline: name", "deadline 应为日期，而不是文本"),
        ("[own]", "within: {months: 6, days: 3}", "within 应写明几个月或几天，二者择一"),
        ("[own]", "where: is_old", "没有变量“is_old”"),
    ] {
        let desk = desk("reminders-declared");
        let mut lines = vec![
            "id: own",
            "title: 自定",
            "of: branches",
            "deadline: elected",
            "within: {months: 6}",
            "text: 甲",
            "basis: 例",
            "cases: {fires: {党支部: []}, passes: {党支部: []}}",
        ];
        lines.retain(|it| own.split(':').next() != it.split(':').next());
        lines.extend([own].iter().filter(|it| !it.is_empty()));
        desk.write("templates/reminders/own.yaml", format!("reminders:\n  - {}\n", lines.join("\n    ")));
        desk.patch("huibian.yaml", "[terms, works]", wanted);
        let found = desk.run(&["check", ".", "--format", "json"]).findings();
        assert!(found.iter().any(|it| it["message"] == said), "{said} in {:?}", problems(&found));
    }
}

/// What Python's `icalendar` reads of a calendar: its events, one a line.
const READ: &str = "
import sys, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
events = calendar.walk('VEVENT')
assert not any(it.errors for it in events), [it.errors for it in events]
for it in events:
    assert (it['DTEND'].dt - it['DTSTART'].dt).days == 1
    assert it['DTSTAMP'].dt.utcoffset().total_seconds() == 0
    print(it['DTSTART'].dt.isoformat(), it['UID'], it['SUMMARY'], sep='|')
";

#[test]
fn another_reader_of_calendars_finds_every_event_of_the_university() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = Desk::new("reminders-foreign");
    let project = repository("fixtures/university");
    desk.run(&["build", project.to_str().unwrap(), "--out", "out", "--only", "reminders"]).expect(0);
    let path = desk.path("out/reminders/到期提醒.ics");
    let read = ran(Command::new("python3").args(["-c", READ]).arg(&path)).expect(0).stdout;
    let book = &desk.files("out/reminders")["到期提醒.xlsx"];
    // Where somebody's day is not known, one more event says so.
    let has_open = Xlsx::new(Cursor::new(&book[..])).unwrap().sheet_names().contains(&"日期未定".to_owned());
    let n_rows = rows(book, "到期提醒").len() - 4 + usize::from(has_open);
    let uids: BTreeSet<&str> = read.lines().filter_map(|it| it.split('|').nth(1)).collect();
    assert_eq!((read.lines().count(), uids.len()), (n_rows, n_rows));
    assert!(n_rows > 100 && read.contains("|预备期满转正："), "{read}");
    assert_eq!(numbers(&read), [""; 0], "no number of a person");
}
