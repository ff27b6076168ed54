//! What is said alike in many places and has one cause, and what only looks so.

use super::World;
use crate::{FieldRef, Senders};
use finding::{Finding, Origin, Report, Severity, Sources, Target, codes};

const REGISTER: [(&str, &str); 2] =
    [("党委.csv", "编号,名称\n1,机械党委\n"), ("支部.csv", "编号,名称,党委\n01,制造支部,1\n02,焊接支部,1\n")];

fn world(text: &str) -> (World, Sources) {
    let mut sources = Sources::default();
    let files: Vec<_> = REGISTER.iter().copied().chain([("活动.csv", text)]).collect();
    (World::of_files(&files, &mut sources), sources)
}

fn field(world: &World, row: usize, id: &str) -> FieldRef {
    let record = world.record("events", row);
    record.field(world.dataset.schema(record.table).field(id).unwrap())
}

/// What is said of a field, at its own place unless there is another.
fn lacking(world: &World, at: FieldRef, place: Option<Origin>) -> Finding {
    let place = place.unwrap_or(world.dataset.cell(at).origin);
    let title = world.dataset.field(at.column()).title.clone();
    Finding::named("lacking", Severity::Error, "不对").at(place).about(Target::field(at)).field(title)
}

/// What is left after folding: how many cells each is about, and its field.
fn folded(world: &World, sources: &Sources, findings: Vec<Finding>) -> Vec<String> {
    let mut report = Report::default();
    findings.into_iter().for_each(|it| report.push(it));
    world.dataset.fold_causes(&world.dataset.senders(sources), &mut report);
    let told = |it: &Finding| format!("{} {}", it.about.len(), it.field.as_deref().unwrap_or("-"));
    report.findings().iter().map(told).collect()
}

#[test]
fn where_no_value_is_shown_only_empty_cells_are_alike() {
    let blank = |n: usize| -> String { (1..=n).map(|it| format!("{it},01,\n")).collect() };
    for (text, wanted) in [
        (format!("序号,支部,主办编号\n{}8,01,02\n", blank(5)), &["5 主办编号"][..]),
        (format!("序号,支部,主办编号\n{}8,01,02\n", blank(4)), &["1 主办编号"; 4]),
        (
            "序号,支部,主办编号\n1,01,1\n2,01,2\n3,01,3\n4,01,4\n5,01,5\n8,01,02\n".to_owned(),
            &["1 主办编号"; 5],
        ),
    ] {
        let (world, sources) = world(&text);
        let n = world.dataset.n_rows(world.record("events", 0).table) - 1;
        let found = (0..n).map(|row| lacking(&world, field(&world, row, "host_code"), None)).collect();
        assert_eq!(folded(&world, &sources, found), wanted, "{text}");
    }
}

#[test]
fn two_columns_that_hold_nothing_are_said_each_by_its_name() {
    let (world, sources) = world("序号,支部\n1,01\n2,01\n");
    let found = ["host_code", "month"]
        .iter()
        .flat_map(|id| [0, 1].map(|row| lacking(&world, field(&world, row, id), None)));
    assert_eq!(folded(&world, &sources, found.collect()), ["2 主办编号", "2 月份"]);
}

#[test]
fn what_is_said_elsewhere_is_no_matter_of_the_column() {
    let (world, sources) = world("序号,支部\n1,01\n2,01\n");
    let elsewhere = |row| Some(world.dataset.cell(field(&world, row, "number")).origin);
    // Each stands where its own record says something else.
    let found: Vec<Finding> = [(0, 1), (1, 0)]
        .map(|(row, other)| lacking(&world, field(&world, row, "host_code"), elsewhere(other)))
        .to_vec();
    assert_eq!(folded(&world, &sources, found), ["1 主办编号"; 2]);
}

#[test]
fn only_values_that_a_record_lacks_and_that_stand_nowhere_else_are_listed() {
    let said = |fields: &str, change: &dyn Fn(&World, Finding) -> Finding| {
        let world = World::new(&format!("活动:\n  - {{序号: \"1\", 支部: \"01\", {fields}}}\n"));
        let place = world.dataset.record(world.record("events", 0)).origin;
        let found =
            ["host_code", "month", "ticket"].map(|id| lacking(&world, field(&world, 0, id), Some(place)));
        let mut report = Report::default();
        found.into_iter().for_each(|it| report.push(change(&world, it)));
        world.dataset.fold_causes(&Senders::default(), &mut report);
        report.findings().len()
    };
    let as_it_is = |_: &World, it: Finding| it;
    assert_eq!(said("", &as_it_is), 1);
    assert_eq!(said("主办编号: \"02\", 月份: 3, 票号: \"4\"", &as_it_is), 3, "nothing is lacking");
    assert_eq!(said("", &|_, it| Finding { field: None, ..it }), 3, "of no field");
    let elsewhere = |world: &World, it: Finding| it.at(world.dataset.cell(field(world, 0, "number")).origin);
    assert_eq!(said("", &elsewhere), 3, "at another place");
    let whole =
        |world: &World, it: Finding| Finding { about: vec![Target::record(world.record("events", 0))], ..it };
    assert_eq!(said("", &whole), 3, "of the record");
    let many = |world: &World, it: Finding| it.about(Target::record(world.record("events", 0)));
    assert_eq!(said("", &many), 3, "of more than the field");
}

#[test]
fn a_name_that_stands_in_one_table_only_is_said_as_that_column_is() {
    let (world, sources) =
        world("序号,支部\n1,装配支部\n2,装配支部\n3,装配支部\n4,装配支部\n5,装配支部\n6,01\n");
    let mut report = Report::default();
    let unknown = world.report.findings().iter().filter(|it| it.code == "unknown-reference");
    unknown.for_each(|it| report.push(it.clone()));
    let message = report.findings()[0].message.clone();
    assert!(message.ends_with("（这一列的第2—6行，共5处都是这样）"), "{message}");
    world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
    assert_eq!(report.findings().iter().map(|it| &it.message).collect::<Vec<_>>(), [&message]);
}

#[test]
fn what_follows_from_a_table_that_has_not_come_stands_under_it() {
    let (world, sources) = world("序号,支部\n1,01\n2,01\n");
    let events = world.record("events", 0).table;
    let place = world.dataset.cell(field(&world, 1, "number")).origin;
    let leap = Finding::new(&codes::NUMBERS_LEAP, "“序号”从1跳到5，少了3个").at(place);
    let leap = leap.about(Target::part_with(place, [events]));
    let branch = world.record("branches", 1);
    let missing = |table| {
        let origin = world.dataset.record(branch).origin;
        let finding = Finding::new(&codes::RETURN_MISSING, "没有收到活动表").at(origin);
        finding.about(Target::Return(table, Some(branch)))
    };
    for (findings, wanted) in [
        (vec![leap.clone(), missing(events)], &["return-missing 1"][..]),
        (vec![leap.clone(), missing(branch.table)], &["numbers-leap 0", "return-missing 0"]),
        (vec![leap.clone()], &["numbers-leap 0"]),
    ] {
        let mut report = Report::default();
        findings.into_iter().for_each(|it| report.push(it));
        world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
        let told = |it: &Finding| format!("{} {}", it.code, it.related.len());
        assert_eq!(report.findings().iter().map(told).collect::<Vec<_>>(), wanted);
        // The other rows of the sheet are there: nothing that reads them is withheld for the table that is not.
        let absent = report.findings().iter().filter(|it| it.code == codes::RETURN_MISSING.name);
        assert!(absent.flat_map(|it| &it.about).all(|it| matches!(it, Target::Return(..))));
    }
}
