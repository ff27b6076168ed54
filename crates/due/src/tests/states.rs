//! The states of what is due, and who is waited for.

use super::{World, line};
use finding::{Held, Severity};

pub(super) const MACHINES: (&str, &str) =
    ("返回/机械党委/会议.csv", "党支部,会议名称\n制造支部,甲\n制造支部,乙\n本科支部,丙\n");
const LANGUAGES: (&str, &str) = ("返回/外语党委/会议.csv", "党支部,会议名称\n日语支部,丁\n");

pub(super) type States = (&'static str, World, &'static str, &'static [&'static str]);

pub(super) fn hold(cases: impl IntoIterator<Item = States>) {
    for (what, world, table, wanted) in cases {
        assert_eq!(world.told().states(table), wanted, "{what}");
    }
}

#[test]
fn what_has_come_is_known_by_table_and_unit() {
    let meetings = "meetings";
    hold([
        ("nothing", World::of(&[]), meetings, &["制造支部 未交", "本科支部 未交", "日语支部 未交"][..]),
        ("some", World::of(&[MACHINES]), meetings, &["制造支部 已交2", "本科支部 已交1", "日语支部 未交"]),
        (
            "last year's",
            World::of(&[
                ("返回/机械党委/会议.csv", "2023年会议情况表,\n党支部,会议名称\n制造支部,甲\n"),
                ("返回/机械党委/补报.csv", "党支部,会议名称\n本科支部,丙\n"),
                LANGUAGES,
            ]),
            meetings,
            &["制造支部 上年的1", "本科支部 已交1", "日语支部 已交1"],
        ),
        (
            "one of two last year's",
            World::of(&[
                ("返回/机械党委/会议.csv", "2023年会议情况表,\n党支部,会议名称\n制造支部,甲\n"),
                ("返回/机械党委/补报.csv", "党支部,会议名称\n制造支部,丙\n"),
            ]),
            meetings,
            &["制造支部 已交2", "本科支部 未交", "日语支部 未交"],
        ),
        (
            "a form left empty is that of all branches of its committee",
            World::of(&[MACHINES, ("返回/外语党委/会议.csv", "党支部,会议名称\n")]),
            meetings,
            &["制造支部 已交2", "本科支部 已交1", "日语支部 空表返回/外语党委/会议.csv"],
        ),
        (
            "an empty form beside a filled one of another branch",
            World::of(&[
                ("返回/机械党委/会议.csv", "党支部,会议名称\n制造支部,甲\n"),
                ("返回/机械党委/会议二.csv", "党支部,会议名称\n"),
            ]),
            meetings,
            &["制造支部 已交1", "本科支部 空表返回/机械党委/会议二.csv", "日语支部 未交"],
        ),
    ]);
}

#[test]
fn a_report_of_nothing_is_known_by_table_and_unit() {
    let meetings = "meetings";
    hold([
        (
            "无 below the headings",
            World::of(&[("返回/外语党委/会议.csv", "党支部,会议名称\n无,\n")]),
            meetings,
            &["制造支部 未交", "本科支部 未交", "日语支部 零报告"][..],
        ),
        (
            "无 of one branch",
            World::of(&[("返回/机械党委/会议.csv", "党支部,会议名称\n制造支部,甲\n本科支部,无\n")]),
            meetings,
            &["制造支部 已交1", "本科支部 零报告", "日语支部 未交"],
        ),
        (
            "a key that holds nothing",
            World::of(&[("返回/机械党委/会议.yaml", "会议: []\n")]),
            meetings,
            &["制造支部 零报告", "本科支部 零报告", "日语支部 未交"],
        ),
        (
            "a usual empty form says that there is nothing",
            World::of(&[("返回/机械党委/慰问.csv", "党委,慰问对象\n")]),
            "gifts",
            &["机械党委 零报告", "外语党委 未交"],
        ),
        (
            "无 of one branch says nothing of the others in its file",
            World::of(&[("返回/机械党委/会议.csv", "党支部,会议名称\n本科支部,无\n")]),
            meetings,
            &["制造支部 未交", "本科支部 零报告", "日语支部 未交"],
        ),
        (
            "无 of a committee is that of its branches",
            World::of(&[("会议.csv", "党支部,会议名称\n机械党委,无\n")]),
            meetings,
            &["制造支部 零报告", "本科支部 零报告", "日语支部 未交"],
        ),
        (
            "无 of a branch has been reported to its committee",
            World::of(&[("慰问.csv", "党委,慰问对象\n制造支部,无\n")]),
            "gifts",
            &["机械党委 零报告", "外语党委 未交"],
        ),
        (
            "无 of a committee in the table of the other",
            World::of(&[("返回/外语党委/慰问.csv", "党委,慰问对象\n外语党委,张三\n机械党委,无\n")]),
            "gifts",
            &["机械党委 零报告", "外语党委 已交1"],
        ),
    ]);
}

#[test]
fn a_committee_of_which_no_branch_is_known_owes_what_its_branches_would() {
    let branches = ("登记/党支部.csv", "支部编号,支部名称,所属党委\n01,制造支部,1\n");
    let register =
        |returned: &'static str| [super::COMMITTEES, branches, ("返回/外语党委/党支部.csv", returned)];
    let head = "支部编号,支部名称,所属党委\n";
    let some: &str = "支部编号,支部名称,所属党委\n03,日语支部,2\n";
    let none: &str = "支部编号,支部名称,所属党委\n无,,\n";
    hold([
        (
            "its register has not come",
            World::bare(&[super::COMMITTEES, branches]),
            "meetings",
            &["制造支部 未交", "外语党委 未交"][..],
        ),
        ("it is empty", World::bare(&register(head)), "meetings", &["制造支部 未交", "外语党委 未交"]),
        ("it has come", World::bare(&register(some)), "meetings", &["制造支部 未交", "日语支部 未交"]),
        ("there are none", World::bare(&register(none)), "meetings", &["制造支部 未交"]),
        (
            "it could not be read",
            World::bare(&[super::COMMITTEES, branches]).unread("返回/外语党委/党支部.xlsx", Held::Named),
            "meetings",
            &["制造支部 未交", "外语党委 未交"],
        ),
    ]);
}

#[test]
fn what_is_of_the_office_stands_for_nobody_else() {
    hold([
        (
            "records that name no committee",
            World::of(&[("本部门/计划.csv", "计划名称,党委\n甲,\n乙,\n")]),
            "plans",
            &["本部门 已交2", "机械党委 未交", "外语党委 未交"][..],
        ),
        (
            "records of a committee",
            World::of(&[("返回/机械党委/计划.csv", "计划名称,党委\n甲,机械党委\n")]),
            "plans",
            &["本部门 未交", "机械党委 已交1", "外语党委 未交"],
        ),
        (
            "an empty form of the office",
            World::of(&[("本部门/计划.csv", "计划名称,党委\n")]),
            "plans",
            &["本部门 空表本部门/计划.csv", "机械党委 未交", "外语党委 未交"],
        ),
        (
            "无 of the office is said for everybody",
            World::of(&[("本部门/会议.csv", "党支部,会议名称\n无,\n")]),
            "meetings",
            &["制造支部 零报告", "本科支部 零报告", "日语支部 零报告"],
        ),
        (
            "a file of the office that could not be read",
            World::of(&[]).unread("本部门/计划.xlsx", Held::Named),
            "plans",
            &[
                "本部门 读不出本部门/计划.xlsx",
                "机械党委 读不出本部门/计划.xlsx",
                "外语党委 读不出本部门/计划.xlsx",
            ],
        ),
        ("nobody waits for it", World::of(&[]), "remarks", &[]),
    ]);
}

#[test]
fn records_that_name_nobody_who_is_known_may_be_those_of_whom_they_nearly_name() {
    hold([
        (
            "nearly a branch",
            World::of(&[("返回/机械党委/会议.csv", "党支部,会议名称\n制造支部一,甲\n本科支部,乙\n")]),
            "meetings",
            &["制造支部 不知是谁的", "本科支部 已交1", "日语支部 未交"][..],
        ),
        (
            "nobody near: one of those of the committee",
            World::of(&[("返回/机械党委/会议.csv", "党支部,会议名称\n图书馆教工某某,甲\n")]),
            "meetings",
            &["制造支部 不知是谁的", "本科支部 不知是谁的", "日语支部 未交"],
        ),
        (
            "in a file of nobody",
            World::of(&[("会议.csv", "党支部,会议名称\n图书馆教工某某,甲\n")]),
            "meetings",
            &["制造支部 未交", "本科支部 未交", "日语支部 未交"],
        ),
        (
            "nearly a committee, which is not the office",
            World::of(&[("返回/机械党委/计划.csv", "计划名称,党委\n甲,机械党委会\n")]),
            "plans",
            &["本部门 未交", "机械党委 不知是谁的", "外语党委 未交"],
        ),
    ]);
}

#[test]
fn records_in_the_file_of_a_committee_are_those_of_whom_they_name() {
    let twins =
        ("登记/党支部.csv", "支部编号,支部名称,所属党委\n01,制造支部,1\n02,制造支部,2\n03,日语支部,2\n");
    let members = ("登记/党员.csv", "姓名,所在支部\n王小明,制造支部\n李大伟,日语支部\n");
    hold([
        (
            "those of another committee are not its own",
            World::of(&[("返回/外语党委/慰问.csv", "党委,慰问对象\n机械党委,张三\n")]),
            "gifts",
            &["机械党委 已交1", "外语党委 未交"][..],
        ),
        (
            "a branch without a committee may be its own",
            World::bare(&[
                super::COMMITTEES,
                ("返回/外语党委/党支部.csv", "支部编号,支部名称,所属党委\n03,日语支部,\n"),
            ]),
            "branches",
            &["机械党委 未交", "外语党委 不知是谁的"],
        ),
        (
            "nearly a branch is no other of its committee",
            World::of(&[("返回/机械党委/会议.csv", "党支部,会议名称\n制造支部一,甲\n")]),
            "meetings",
            &["制造支部 不知是谁的", "本科支部 未交", "日语支部 未交"],
        ),
        (
            "one of two of a name, wherever it stands",
            World::bare(&[super::COMMITTEES, twins, ("会议.csv", "党支部,会议名称\n制造支部,甲\n")]),
            "meetings",
            &["制造支部 不知是谁的", "制造支部 不知是谁的", "日语支部 未交"],
        ),
        (
            "nearly a person may be of any branch of its committee",
            World::of(&[members, ("返回/机械党委/党费.csv", "缴纳人,缴纳月份\n李大韦,1月\n")])
                .says_by(line(&["党费"], &[]), &["branch"]),
            "fees",
            &["制造支部 不知是谁的", "本科支部 不知是谁的", "日语支部 未交"],
        ),
    ]);
}

#[test]
fn a_file_that_could_not_be_read_may_have_held_what_did_not_come() {
    let path = "返回/机械党委/会议.xlsx";
    hold([
        (
            "named like the table",
            World::of(&[LANGUAGES]).unread(path, Held::Named),
            "meetings",
            &[
                "制造支部 读不出返回/机械党委/会议.xlsx",
                "本科支部 读不出返回/机械党委/会议.xlsx",
                "日语支部 已交1",
            ][..],
        ),
        (
            "of a known table",
            World::of(&[]).unread("返回/外语党委/甲.xlsx", Held::Tables(vec![finding::TableId::new(2)])),
            "meetings",
            &["制造支部 未交", "本科支部 未交", "日语支部 读不出返回/外语党委/甲.xlsx"],
        ),
        (
            "what has come has come",
            World::of(&[MACHINES]).unread(path, Held::Named),
            "meetings",
            &["制造支部 已交2", "本科支部 已交1", "日语支部 未交"],
        ),
    ]);
    let told = World::of(&[LANGUAGES])
        .unread("返回/机械党委/附件.xlsx", Held::Unknown)
        .unread("返回/机械党委/附件.xlsx", Held::Unknown)
        .told();
    let unknown = |name: &str| -> Vec<usize> {
        let unit = Some(told.unit(name));
        told.returns.expected.iter().filter(|it| it.unit == unit).map(|it| it.unknown.len()).collect()
    };
    assert_eq!(told.states("meetings"), ["制造支部 未交", "本科支部 未交", "日语支部 已交1"]);
    assert_eq!(
        (unknown("制造支部"), unknown("机械党委"), unknown("日语支部")),
        (vec![1], vec![1; 3], vec![0])
    );
}

#[test]
fn a_letter_among_what_a_committee_has_sent_may_be_what_it_had_to_return() {
    for (path, wanted) in [
        ("返回/机械党委/说明.pdf", ("return-not-read", Severity::Error)),
        ("返回/机械党委说明.pdf", ("return-not-read", Severity::Error)),
        ("返回/通知.pdf", ("file-not-a-table", Severity::Note)),
    ] {
        let told = World::of(&[]).letter(path).told();
        let last = told.report.findings().last().unwrap();
        assert_eq!((&*last.code, last.severity), wanted, "{path}");
        let is_told = last.hint.as_deref().unwrap_or_default().contains("改存为 xlsx");
        assert_eq!(is_told, wanted.0 == "return-not-read", "{path}");
    }
}
