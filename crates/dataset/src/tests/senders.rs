//! From which committee a file came.

use super::World;
use finding::Sources;

const REGISTER: [(&str, &str); 2] = [
    ("党委.csv", "编号,名称\n1,机械党委\n2,外语党委\n3,外语党委研究生部\n4,双名党委\n5,双名党委\n"),
    ("支部.csv", "编号,名称,党委\n01,制造支部,1\n02,日语支部,2\n"),
];

const MACHINES: &str = "序号,支部\n1,01\n2,01\n";
const BOTH: &str = "序号,支部\n3,01\n4,02\n";
const NONE: &str = "序号,支部\n";

/// A path, what else there is, what stands in it, and whose it is.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

#[test]
fn a_file_is_known_by_its_records_the_unit_that_it_names_its_folder_and_its_name() {
    let cases: [Case; 17] = [
        // What stands in it, wherever it lies.
        ("返回/甲.csv", &[], MACHINES, "机械党委"),
        ("返回/外语党委/甲.csv", &[], MACHINES, "机械党委"),
        ("返回/甲.csv", &[], BOTH, "-"),
        // A few known records among many unknown tell less than any name.
        ("返回/外语党委/甲.csv", &[], "序号,支部\n1,01\n2,09\n3,08\n", "外语党委"),
        ("返回/外语党委/甲.csv", &[], "序号,支部\n1,01\n2,09\n", "机械党委"),
        ("返回/甲.csv", &[], "序号,支部\n1,01\n2,09\n3,08\n", "机械党委"),
        ("返回/外语党委/甲.csv", &[], BOTH, "-"),
        ("返回/甲.csv", &[], "填报单位：外语党委,\n序号,支部\n3,01\n4,02\n", "外语党委"),
        // Where nothing stands in it: the unit, its folder, what else lies there, its name.
        ("返回/机械党委/甲.csv", &[], "填报单位：外语党委,\n序号,支部\n", "外语党委"),
        ("返回/机械党委/甲.csv", &[], NONE, "机械党委"),
        ("返回/机械党委/附件/甲.csv", &[], NONE, "机械党委"),
        ("返回/一/甲.csv", &[("返回/一/乙.csv", MACHINES)], NONE, "机械党委"),
        ("返回/一/外语党委的表.csv", &[("返回/一/乙.csv", MACHINES)], NONE, "机械党委"),
        ("返回/外语党委/甲.csv", &[("返回/外语党委/乙.csv", MACHINES)], NONE, "外语党委"),
        ("返回/外语党委的表.csv", &[], NONE, "外语党委"),
        // The longest name counts; one that two bear tells nothing.
        ("返回/外语党委研究生部的表.csv", &[], NONE, "外语党委研究生部"),
        ("返回/双名党委/甲.csv", &[], NONE, "-"),
    ];
    for (path, others, text, wanted) in cases {
        let mut sources = Sources::default();
        let files: Vec<_> = REGISTER.iter().chain(others).copied().chain([(path, text)]).collect();
        let world = World::of_files(&files, &mut sources);
        let file = sources.ids().last().unwrap();
        let senders = world.dataset.senders(&sources);
        let told = senders.of(file).map_or("-".into(), |it| world.dataset.label(it));
        assert_eq!(&*told, wanted, "{path} {text}");
    }
}

#[test]
fn a_file_lies_among_what_the_committee_has_sent_whose_name_it_or_its_folder_bears() {
    for (path, wanted) in [
        ("返回/机械党委/甲.csv", "机械党委"),
        ("返回/机械党委说明.csv", "机械党委"),
        ("返回/外语党委/机械党委说明.csv", "外语党委"),
        ("返回/甲.csv", "-"),
        ("甲.csv", "-"),
    ] {
        let mut sources = Sources::default();
        // Its records are those of another.
        let files: Vec<_> = REGISTER.iter().copied().chain([(path, "序号,支部\n4,02\n")]).collect();
        let world = World::of_files(&files, &mut sources);
        let file = sources.ids().last().unwrap();
        let named = world.dataset.senders(&sources).named(file);
        assert_eq!(&*named.map_or("-".into(), |it| world.dataset.label(it)), wanted, "{path}");
    }
}

#[test]
fn a_committee_is_called_by_the_fields_by_which_references_go() {
    let mut sources = Sources::default();
    let world = World::of_files(
        &[REGISTER[0], REGISTER[1], ("活动.csv", MACHINES), ("付款.csv", "金额,活动\n5,1\n")],
        &mut sources,
    );
    let called = |table: &str| crate::senders::called(&world.dataset, world.record(table, 0));
    assert_eq!(called("committees"), ["1", "机械党委"]);
    assert_eq!(called("branches"), ["01", "制造支部"]);
    // Payments refer to events by their numbers.
    assert_eq!(called("events"), ["1"]);
    // Nobody refers to payments.
    assert_eq!(called("payments"), [""; 0]);
}
