//! Columns that are wrong in every row, and columns that hold nothing.

use std::sync::Arc;

use super::World;
use crate::Senders;
use finding::{Finding, Report, Severity, Sources, Subject, Target};

const REGISTER: [(&str, &str); 2] = [
    ("党委.csv", "编号,名称\n1,机械党委\n2,外语党委\n"),
    ("支部.csv", "编号,名称,党委\n01,制造支部,1\n02,焊接支部,1\n03,日语支部,2\n"),
];

fn world(files: &[(&str, &str)]) -> (World, Sources) {
    let mut sources = Sources::default();
    let files: Vec<_> = REGISTER.iter().chain(files).copied().collect();
    (World::of_files(&files, &mut sources), sources)
}

#[test]
fn what_is_wrong_in_all_cells_of_a_column_is_one_error_about_all_of_them() {
    let rows = |months: &[&str]| -> String {
        let lines = months.iter().enumerate().map(|(at, month)| format!("{},01,{month}\n", at + 1));
        format!("序号,支部,月份\n{}", lines.collect::<String>())
    };
    let one = "invalid-value 5";
    for (months, wanted) in [
        (&["甲", "乙", "丙", "丁", "戊"][..], &[one][..]),
        // What is not filled in is not wrong.
        (&["甲", "乙", "", "丙", "丁", "戊"], &[one]),
        (&["甲", "乙", "丙", "丁", "戊", "1"], &["invalid-value 1"; 5]),
        (&["甲", "乙", "丙", "丁"], &["invalid-value 1"; 4]),
    ] {
        let text = rows(months);
        let (world, _) = world(&[("活动.csv", &text)]);
        let errors = world.report.findings().iter().filter(|it| it.severity == Severity::Error);
        let told: Vec<String> = errors.map(|it| format!("{} {}", it.code, it.about.len())).collect();
        let wanted: Vec<String> =
            wanted.iter().map(|it| it.replace("invalid-value", &told_code(&world))).collect();
        assert_eq!(told, wanted, "{months:?}");
    }
}

#[test]
fn what_is_wrong_with_one_value_is_said_once_however_often_it_stands_there() {
    let rows = |branches: &[&str]| -> String {
        let lines = branches.iter().enumerate().map(|(at, branch)| format!("{},{branch}\n", at + 1));
        format!("序号,支部\n{}", lines.collect::<String>())
    };
    let many = ["装配支部"; 7];
    let mixed = ["装配支部", "01", "装配支部", "钳工支部", "装配支部", "装配支部", "钳工支部", "装配支部"];
    for (branches, wanted) in [
        (&many[..4], &["1 装配支部 "; 4][..]),
        (&mixed[..], &["5 装配支部 第2、4、6—7、9行，共5处", "1 钳工支部 ", "1 钳工支部 "]),
        (&[&many[..], &["01"]].concat(), &["7 装配支部 第2—8行，共7处"]),
    ] {
        let text = rows(branches);
        let (world, _) = world(&[("活动.csv", &text)]);
        let errors = world.report.findings().iter().filter(|it| it.code == "unknown-reference");
        let told: Vec<String> = errors
            .map(|it| {
                let value = it.value.as_deref().unwrap_or_default();
                let rows = it.message.split_once("（这一列的").map_or("", |it| it.1);
                format!("{} {value} {}", it.about.len(), rows.trim_end_matches("都是这样）"))
            })
            .collect();
        assert_eq!(told, wanted, "{branches:?}");
    }
}

/// The code of what is no number.
fn told_code(world: &World) -> String {
    world.report.findings().iter().find(|it| it.severity == Severity::Error).unwrap().code.to_string()
}

/// What a rule says of the host of each event of which a number is among these.
fn say_of(world: &World, rows: &[usize], report: &mut Report) {
    let field = world.dataset.schema(world.record("events", 0).table).field("host_code").unwrap();
    for row in rows {
        let record = world.record("events", *row);
        let at = record.field(field);
        let subject = |it: &str| Some(Arc::from(it));
        let branch = world.dataset.branch(record).map(|it| world.dataset.label(it));
        let finding = Finding::named("lacking", Severity::Query, format!("活动{row}没有主办"))
            .at(world.dataset.cell(at).origin)
            .about(Target::field(at))
            .subject(Subject {
                committee: subject("机械党委"), branch, record: subject(&row.to_string())
            });
        report.push(finding);
    }
}

fn messages(report: &Report) -> Vec<String> {
    let told = |it: &Finding| {
        let of = |it: &Option<Arc<str>>| it.as_deref().unwrap_or("-").to_owned();
        let subject = &it.subject;
        format!(
            "{}/{}/{} {} {}",
            of(&subject.committee),
            of(&subject.branch),
            of(&subject.record),
            it.about.len(),
            it.message
        )
    };
    report.findings().iter().map(told).collect()
}

#[test]
fn what_rules_miss_in_a_column_that_holds_nothing_is_one_finding_of_the_sheet() {
    let bare = "序号,支部\n1,01\n2,01\n3,02\n";
    let blank = "序号,支部,主办编号\n1,01,\n2,01,\n3,02,\n";
    let some = "序号,支部,主办编号\n1,01,\n2,01,\n3,02,02\n";
    let single = ["机械党委/制造支部/0 1 活动0没有主办", "机械党委/制造支部/1 1 活动1没有主办"];
    for (text, rows, wanted) in [
        (
            bare,
            &[0, 1][..],
            &["机械党委/制造支部/- 2 表中没有“主办编号”一列，3条记录中有2条应填，第一处：活动0没有主办"][..],
        ),
        (
            bare,
            &[0, 1, 2],
            &["机械党委/-/- 3 表中没有“主办编号”一列，3条记录中有3条应填，第一处：活动0没有主办"],
        ),
        (bare, &[1], &single[1..]),
        (
            blank,
            &[0, 1],
            &["机械党委/制造支部/- 2 “主办编号”一列3条记录都未填，其中2条应填，第一处：活动0没有主办"],
        ),
        (some, &[0, 1], &single),
    ] {
        let (world, sources) = world(&[("活动.csv", text)]);
        let mut report = Report::default();
        say_of(&world, rows, &mut report);
        world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
        assert_eq!(messages(&report), wanted, "{text} {rows:?}");
    }
}

#[test]
fn what_is_lacking_in_two_files_is_said_of_each() {
    let (world, sources) = world(&[
        ("甲.csv", "序号,支部\n1,01\n2,01\n"),
        ("乙.csv", "序号,支部\n3,02\n4,02\n"),
        ("丙.csv", "序号,支部,主办编号\n5,02,01\n6,02,01\n"),
    ]);
    let mut report = Report::default();
    say_of(&world, &[0, 1, 2, 3], &mut report);
    // Of a value that is there nothing is lacking.
    say_of(&world, &[4, 5], &mut report);
    world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
    let file = |it: &Finding| sources.path(it.origin.unwrap().file).to_owned();
    let files: Vec<String> = report.findings().iter().map(file).collect();
    assert_eq!(files, ["甲.csv", "乙.csv", "丙.csv", "丙.csv"]);
}

#[test]
fn a_name_that_nobody_bears_is_said_once_for_all_tables_of_a_sender() {
    let events = |branches: &[&str], first: usize| -> String {
        let lines = branches.iter().enumerate().map(|(at, branch)| format!("{},{branch}\n", first + at));
        format!("序号,支部\n{}", lines.collect::<String>())
    };
    let reports = |branches: &[&str]| -> String {
        let lines = branches.iter().enumerate().map(|(at, branch)| format!("{branch},{}\n", 2000 + at));
        format!("支部,年度\n{}", lines.collect::<String>())
    };
    let wrong = "装配支部";
    for (own, other, of_others, wanted) in [
        // Two tables of one committee.
        (&[wrong, wrong, wrong, "01"][..], &[wrong, wrong][..], &["03"][..], &["5 2张表共5处 1"][..]),
        // A column of many, and another table.
        (&[wrong, wrong, wrong, wrong, wrong, wrong, "01"], &[wrong, "01"], &["03"], &["7 2张表共7处 1"]),
        // Few enough to be said one by one.
        (&[wrong, wrong, "01"], &[wrong], &["03"], &["1  0", "1  0", "1  0"]),
        // What others call so is another cause.
        (&[wrong, wrong, wrong, "01"], &[wrong, wrong], &["03", wrong], &["5 2张表共5处 1", "1  0"]),
    ] {
        let texts = [events(own, 1), reports(other), events(of_others, 90)];
        let (world, sources) = world(&[
            ("机械党委/活动.csv", &texts[0]),
            ("机械党委/年报.csv", &texts[1]),
            ("外语党委/活动.csv", &texts[2]),
        ]);
        let mut report = Report::default();
        world
            .report
            .findings()
            .iter()
            .filter(|it| it.code == "unknown-reference")
            .for_each(|it| report.push(it.clone()));
        world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
        let told = |it: &Finding| {
            let places = it.message.split_once("（").map_or("", |it| it.1).trim_end_matches("都是这样）");
            format!("{} {places} {}", it.about.len(), it.related.len())
        };
        let told: Vec<String> = report.findings().iter().map(told).collect();
        assert_eq!(told, wanted, "{own:?} {other:?} {of_others:?}");
    }
}

#[test]
fn values_that_a_record_lacks_are_one_list() {
    let of_record = |n: usize| -> Vec<String> {
        let world = World::new("活动:\n  - {序号: \"1\", 支部: \"01\"}\n");
        let record = world.record("events", 0);
        let mut report = Report::default();
        for id in ["host_code", "month", "ticket", "note"].into_iter().take(n) {
            let table = world.dataset.schema(record.table);
            let field = table.field(id).unwrap();
            let finding = Finding::named("lacking", Severity::Error, format!("缺{id}"));
            report.push(
                finding
                    .at(world.dataset.record(record).origin)
                    .about(Target::field(record.field(field)))
                    .field(table.fields[field].title.clone()),
            );
        }
        world.dataset.fold_causes(&Senders::default(), &mut report);
        report.findings().iter().map(|it| format!("{} {}", it.about.len(), it.message)).collect()
    };
    assert_eq!(of_record(2), ["1 缺host_code", "1 缺month"]);
    assert_eq!(of_record(4), ["4 “主办编号”“月份”“票号”“札记”4项未填写，第一项：缺host_code"]);
}

#[test]
fn several_columns_that_hold_nothing_are_one_list() {
    let (world, sources) = world(&[("活动.csv", "序号,支部\n1,01\n2,01\n3,02\n")]);
    let mut report = Report::default();
    for id in ["host_code", "month", "ticket"] {
        for row in [0, 1, 2] {
            let record = world.record("events", row);
            let table = world.dataset.schema(record.table);
            let field = table.field(id).unwrap();
            let at = record.field(field);
            let finding = Finding::named("lacking", Severity::Error, format!("{row}缺{id}"));
            let title = table.fields[field].title.clone();
            report.push(finding.at(world.dataset.cell(at).origin).about(Target::field(at)).field(title));
        }
    }
    world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
    let said: Vec<String> =
        report.findings().iter().map(|it| format!("{} {}", it.about.len(), it.message)).collect();
    let wanted = "9 表中没有“主办编号”“月份”“票号”3列，3条记录中有3条应填，第一处：0缺host_code";
    assert_eq!(said, [wanted]);
    assert_eq!(report.findings()[0].field, None);
}

#[test]
fn what_is_said_alike_of_several_branches_of_a_committee_is_one_finding() {
    let register = "编号,名称,党委\n04,热工支部,1\n05,力学支部,1\n06,俄语支部,2\n07,法语支部,2\n";
    let (world, sources) = world(&[("支部二.csv", register)]);
    let branches = world.record("branches", 0).table;
    let field = world.dataset.schema(branches).field("name").unwrap();
    let said = |severity: Severity, message: &str, row: usize, report: &mut Report| {
        let record = world.record("branches", row);
        let (at, subject) = (record.field(field), world.dataset.subject(record));
        let finding = Finding::named("idle", severity, message).at(world.dataset.cell(at).origin);
        let name = world.dataset.label(record);
        report.push(finding.value(&*name).about(Target::field(at)).subject(subject));
    };
    let one = ["机械党委/制造支部/制造支部 1 二月没有", "机械党委/焊接支部/焊接支部 1 二月没有"];
    for (severity, rows, wanted) in [
        // Two are said each by itself, three as one, and never those of another committee.
        (Severity::Query, &[0, 1][..], &one[..]),
        (
            Severity::Query,
            &[0, 1, 2, 3, 5],
            &[
                "机械党委/-/- 3 二月没有（共3个支部：制造支部、焊接支部、热工支部）",
                "外语党委/日语支部/日语支部 1 二月没有",
                "外语党委/俄语支部/俄语支部 1 二月没有",
            ],
        ),
        (Severity::Note, &[0, 1, 3], &[one[0], one[1], "机械党委/热工支部/热工支部 1 二月没有"]),
    ] {
        let mut report = Report::default();
        rows.iter().for_each(|it| said(severity, "二月没有", *it, &mut report));
        world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
        assert_eq!(messages(&report), wanted, "{rows:?}");
    }
    let mut report = Report::default();
    [0, 1, 3].iter().for_each(|it| said(Severity::Query, "二月没有", *it, &mut report));
    said(Severity::Query, "八月没有", 4, &mut report);
    world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
    assert_eq!(report.findings()[0].value, None, "one name does not stand for all");
    assert_eq!(report.findings().len(), 2, "another message is another matter");
    // What is wrong with a cell of each is to be seen at each cell.
    let code = world.dataset.schema(branches).field("code").unwrap();
    let mut report = Report::default();
    for row in [0, 1, 3] {
        let at = world.record("branches", row).field(code);
        let finding = Finding::named("idle", Severity::Query, "太短").at(world.dataset.cell(at).origin);
        report.push(finding.about(Target::field(at)));
    }
    world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
    assert_eq!(report.findings().len(), 3);
}
