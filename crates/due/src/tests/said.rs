//! What the project file says of the returns, and what is said back.

use jiff::civil::date;

use super::states::{MACHINES, hold};
use super::{Told, World, line};
use finding::Held;
use project::ReturnLine;
use schema::Absent;

/// A line that excuses.
fn none(tables: &[&str], of: &[&str], why: &str) -> ReturnLine {
    ReturnLine { none: Some(why.into()), ..line(tables, of) }
}

fn exempt(tables: &[&str], of: &[&str], why: &str) -> ReturnLine {
    ReturnLine { exempt: Some(why.into()), ..line(tables, of) }
}

#[test]
fn the_project_file_says_who_need_not_return_what() {
    let all = &["会议"];
    hold([
        (
            "a report of nothing",
            World::of(&[]).says(none(all, &["日语支部"], "停")),
            "meetings",
            &["制造支部 未交", "本科支部 未交", "日语支部 零报告停"][..],
        ),
        (
            "a committee's branches with it",
            World::of(&[]).says(exempt(all, &["机械党委"], "撤")),
            "meetings",
            &["制造支部 免报撤", "本科支部 免报撤", "日语支部 未交"],
        ),
        (
            "another table",
            World::of(&[]).says(exempt(&["计划"], &["机械党委"], "撤")),
            "meetings",
            &["制造支部 未交", "本科支部 未交", "日语支部 未交"],
        ),
        (
            "all tables of a branch",
            World::of(&[]).says(exempt(&[], &["03"], "撤")),
            "meetings",
            &["制造支部 未交", "本科支部 未交", "日语支部 免报撤"],
        ),
        (
            "the names that are known, beside one that is not",
            World::of(&[]).says(none(&["会义", "会议"], &["日语支步", "日语支部"], "停")),
            "meetings",
            &["制造支部 未交", "本科支部 未交", "日语支部 零报告停"],
        ),
        (
            "a later line counts before an earlier one",
            World::of(&[]).says(exempt(all, &[], "撤")).says(none(all, &["本科支部"], "停")),
            "meetings",
            &["制造支部 免报撤", "本科支部 零报告停", "日语支部 免报撤"],
        ),
        (
            "others return it",
            World::of(&[]).says_by(line(all, &[]), &["committee", "office"]),
            "meetings",
            &["机械党委 未交", "外语党委 未交", "本部门 未交"],
        ),
        (
            "the last of two lines that name them",
            World::of(&[]).says_by(line(&[], &[]), &["office"]).says_by(line(all, &[]), &["committee"]),
            "meetings",
            &["机械党委 未交", "外语党委 未交"],
        ),
        (
            "a table for which nobody waits otherwise",
            World::of(&[]).says_by(line(&["意见"], &[]), &["office"]),
            "remarks",
            &["本部门 未交"],
        ),
    ]);
}

#[test]
fn the_office_is_named_as_messages_call_it_or_by_its_own_name() {
    hold([
        (
            "the office itself, and not the committees",
            World::of(&[]).says(none(&["计划"], &["本部门"], "停")),
            "plans",
            &["本部门 零报告停", "机械党委 未交", "外语党委 未交"][..],
        ),
        (
            "the office by its name",
            World::of(&[]).says(exempt(&["计划"], &["党委组织部"], "另报")),
            "plans",
            &["本部门 免报另报", "机械党委 未交", "外语党委 未交"],
        ),
    ]);
}

#[test]
fn a_report_of_nothing_beside_records_is_said_once() {
    let told = World::of(&[MACHINES]).says(none(&["会议"], &["机械党委"], "停")).told();
    assert_eq!(told.states("meetings"), ["制造支部 已交2", "本科支部 已交1", "日语支部 未交"]);
    assert_eq!(
        told.said(),
        [
            "return-not-nothing 这里写制造支部的“会议”是零报告，却收到了记录 请核实后从这一行中删去“会议”，或移走误交的记录"
        ]
    );
    let quiet = World::of(&[MACHINES]).says(exempt(&["会议"], &["机械党委"], "撤")).told();
    assert_eq!(quiet.said(), [""; 0]);
}

#[test]
fn who_states_how_many_there_are_cannot_report_none() {
    let stated = |held: &str| -> &'static str {
        format!("支部编号,支部名称,所属党委,会议数\n01,制造支部,1,{held}\n02,本科支部,1,2\n").leak()
    };
    let denied = "return-nothing-denied “会议”报的是零报告，这里的“会议数”却是3 请补报“会议”；确实没有的，请把这里的数目改正";
    for (held, returned, wanted) in [
        ("3", "党支部,会议名称\n制造支部,无\n", &[denied][..]),
        ("0", "党支部,会议名称\n制造支部,无\n", &[]),
        ("", "党支部,会议名称\n制造支部,无\n", &[]),
        ("3", "党支部,会议名称\n制造支部,甲\n", &[]),
        // That nothing has come is said, and withheld, as such.
        ("3", "党支部,会议名称\n本科支部,甲\n", &[]),
    ] {
        let files =
            [super::COMMITTEES, ("登记/党支部.csv", stated(held)), ("返回/机械党委/会议.csv", returned)];
        let told = World::bare(&files).told();
        assert_eq!(told.said(), wanted, "{held} {returned}");
        let about =
            told.report.findings().iter().find(|it| it.code == "return-nothing-denied").map(|it| &it.about);
        let wanted = finding::Target::Return(told.table("meetings"), Some(told.unit("制造支部")));
        assert!(about.is_none_or(|it| it.contains(&wanted)), "{about:?}");
    }
}

#[test]
fn names_that_nobody_bears_are_said_with_the_nearest() {
    for (line, wanted) in [
        (none(&["会义"], &[], "停"), "returns-name-unknown 没有名为“会义”的表 是否应为“会议”？"),
        (
            none(&["会议"], &["日语支步"], "停"),
            "returns-name-unknown 没有名为“日语支步”的分党委或党支部 是否应为“日语支部”？",
        ),
        (
            none(&["会议"], &["哲学与法学系某"], "停"),
            "returns-name-unknown 没有名为“哲学与法学系某”的分党委或党支部 请按登记的全称、简称或编码填写",
        ),
    ] {
        let told = World::of(&[]).says(line).told();
        assert_eq!(told.said(), [wanted]);
        assert_eq!(told.states("meetings")[0], "制造支部 未交");
    }
    let twins = ("登记/党支部二.csv", "支部编号,支部名称,所属党委\n04,日语支部,1\n");
    let told = World::of(&[twins]).says(none(&["会议"], &["日语支部"], "停")).told();
    let wanted =
        "returns-name-unknown “日语支部”对应2个单位，不能确定是哪一个 请按登记的全称、简称或编码填写";
    assert_eq!(told.said(), [wanted]);
}

fn absent(told: &Told, table: &str) -> Vec<Absent> {
    let table = told.table(table);
    told.returns.expected.iter().filter(|it| it.table == table).map(|it| it.absent).collect()
}

#[test]
fn silence_is_an_error_but_of_a_unit_that_has_just_been_founded() {
    let (error, query, none) = (Absent::Error, Absent::Query, Absent::Nothing);
    let told = World::of(&[]).told();
    // Judged as of 31 December: founded long ago, a month ago, less than a month ago.
    assert_eq!(absent(&told, "meetings"), [error, error, query]);
    assert_eq!(absent(&told, "plans"), [query; 3]);
    // A month to the day is long enough.
    let told = World::of(&[]).judged_on(date(2025, 1, 1)).told();
    assert_eq!(absent(&told, "meetings"), [error; 3]);
    let told = World::of(&[]).says_absent(line(&["会议"], &["日语支部"]), "none").told();
    assert_eq!(absent(&told, "meetings"), [error, error, none]);
    let told = World::of(&[]).says_absent(line(&["会议", "计划"], &["机械党委"]), "query").told();
    assert_eq!(absent(&told, "meetings"), [query, query, query]);
    let told = World::of(&[]).says_by(line(&["意见"], &[]), &["committee"]).told();
    assert_eq!(absent(&told, "remarks"), [error, error]);
    // Of earlier years whoever was founded in this one has nothing to tell.
    let told = World::of(&[]).says_by(line(&["意见"], &[]), &["branch"]).told();
    assert_eq!(absent(&told, "remarks"), [error, query, query]);
    // The word stays the schema's where others return the table.
    let told = World::of(&[]).says_by(line(&["计划"], &[]), &["committee"]).told();
    assert_eq!(absent(&told, "plans"), [query, query]);
}

#[test]
fn a_day_by_which_it_is_due_holds_for_those_whom_the_line_names() {
    let day = date(2024, 6, 10);
    let told = World::of(&[]).says(ReturnLine { due: Some(day), ..line(&["会议"], &["机械党委"]) }).told();
    let due: Vec<_> =
        told.returns.expected.iter().filter(|it| it.due == Some(day)).map(|it| it.unit).collect();
    assert_eq!(due, [Some(told.unit("制造支部")), Some(told.unit("本科支部"))]);
}

#[test]
fn what_is_missing_for_a_seat_is_what_its_own_units_and_those_above_owe() {
    let told = World::of(&[MACHINES, ("本部门/计划.csv", "计划名称,党委\n甲,\n")])
        .says_absent(line(&["慰问"], &[]), "none")
        .told();
    let titles = |seat: Option<&str>| -> Vec<String> {
        let missing = told.returns.missing(&told.dataset, seat.map(|it| told.unit(it)));
        missing.into_iter().map(|it| told.dataset.schema(it).title.to_string()).collect()
    };
    assert_eq!(titles(None), ["会议", "计划"]);
    assert_eq!(titles(Some("外语党委")), ["会议", "计划"]);
    assert_eq!(titles(Some("日语支部")), ["会议", "计划"]);
    assert_eq!(titles(Some("机械党委")), ["计划"]);
    assert_eq!(titles(Some("制造支部")), ["计划"]);
    let told = World::of(&[MACHINES]).says_by(line(&["计划"], &[]), &["office"]).told();
    let missing = told.returns.missing(&told.dataset, Some(told.unit("制造支部")));
    assert!(missing.contains(&told.table("plans")), "what the office owes is lacking everywhere");
}

#[test]
fn a_table_is_complete_once_everybody_has_said_something() {
    let meetings = |of: &str| -> (&'static str, &'static str) {
        ("返回/外语党委/会议.csv", format!("党支部,会议名称\n{of}\n").leak())
    };
    let waits_for_none = || World::of(&[MACHINES]).says_absent(line(&["计划", "慰问"], &[]), "none");
    let mut cases = vec![("nothing of one branch", waits_for_none(), vec!["会议"])];
    for (what, returned, wanted) in [
        ("all there", "日语支部,丁", vec![]),
        ("a report of nothing", "日语支部,无", vec![]),
        ("nobody knows whose", "日语支步,丁", vec!["会议"]),
    ] {
        let mut world = waits_for_none();
        world.files.push(meetings(returned));
        cases.push((what, world, wanted));
    }
    let unread = waits_for_none().unread("返回/外语党委/会议.xlsx", Held::Named);
    cases.push(("one that could not be read", unread, vec!["会议"]));
    for (what, world, wanted) in cases {
        let told = world.told();
        let titles =
            told.returns.incomplete().into_iter().map(|it| told.dataset.schema(it).title.to_string());
        assert_eq!(titles.collect::<Vec<_>>(), wanted, "{what}");
    }
}

#[test]
fn a_branch_of_an_unknown_committee_is_that_of_its_file() {
    let register = ("返回/外语党委/党支部.csv", "支部编号,支部名称,所属党委\n03,日语支部,哪个党委\n");
    let told = World::bare(&[super::COMMITTEES, register]).told();
    let branch = told.returns.expected.iter().find(|it| it.unit == Some(told.unit("日语支部"))).unwrap();
    assert_eq!(branch.committee, Some(told.unit("外语党委")));
    let told =
        World::bare(&[super::COMMITTEES, register]).says(exempt(&["会议"], &["外语党委"], "撤")).told();
    assert_eq!(told.states("meetings"), ["日语支部 免报撤", "机械党委 未交"]);
}
