//! One wrong value in a register or a roster, which shows wherever it is named, is said once and where it stands.

use super::World;
use finding::{Finding, Sources, Target};

const COMMITTEES: (&str, &str) = ("党委.csv", "编号,名称\n1,机械党委\n");

/// The code of a finding, its value, how many places it is about.
fn folded(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Sources::default();
    let world = World::of_files(files, &mut sources);
    let mut report = world.report.clone();
    world.dataset.fold_causes(&world.dataset.senders(&sources), &mut report);
    let is_field = |it: &&Target| it.first_field().is_some();
    let told = |it: &Finding| {
        let n = it.about.iter().filter(is_field).count();
        format!("{} {} {n} {}", it.code, it.value.as_deref().unwrap_or("-"), it.related.len())
    };
    report.findings().iter().map(told).collect()
}

#[test]
fn two_codes_that_have_changed_places_in_the_register_are_one_error_there() {
    let branches = ("支部.csv", "编号,名称,党委\n02,制造支部,1\n01,焊接支部,1\n03,装配支部,1\n");
    let events = |rows: &'static str| ("活动.csv", rows);
    for (rows, wanted) in [
        (
            "序号,支部,支部编号\n1,制造支部,01\n2,制造支部,01\n3,焊接支部,02\n4,装配支部,03\n",
            &["codes-exchanged 02 8 1"][..],
        ),
        // One of them alone, or not everywhere: the row itself may be wrong.
        ("序号,支部,支部编号\n1,制造支部,01\n4,装配支部,03\n", &["reference-conflict 制造支部 2 1"]),
        (
            "序号,支部,支部编号\n1,制造支部,01\n2,制造支部,02\n3,焊接支部,02\n",
            &["reference-conflict 制造支部 2 1", "reference-conflict 焊接支部 2 1"],
        ),
    ] {
        assert_eq!(folded(&[COMMITTEES, branches, events(rows)]), wanted, "{rows}");
    }
}

#[test]
fn a_number_that_all_others_give_otherwise_is_an_error_of_the_roster() {
    let branches = ("支部.csv", "编号,名称,党委\n01,制造支部,1\n");
    let people = "号码,姓名,支部\n17,张三,01\n18,李四,01\n19,王五,01\n20,王五,01\n";
    let both = |rows: &'static str| vec![("会费.csv", rows), ("会费（补）.csv", rows)];
    for (dues, wanted) in [
        (both("号码,姓名\n71,张三\n18,李四\n"), &["number-differs 17 5 2"][..]),
        // On one sheet only, either may be wrong: the other is named beside it.
        (vec![("会费.csv", "号码,姓名\n71,张三\n18,李四\n")], &["unknown-reference 71 2 1"]),
        // Who is named by the own number as well is meant by it.
        (
            vec![("会费.csv", "号码,姓名\n17,张三\n71,张三\n"), ("会费（补）.csv", "号码,姓名\n71,张三\n")],
            &["unknown-reference 71 2 0", "unknown-reference 71 2 0"],
        ),
        // Of two of one name nobody can say who is meant, and of a name that nobody bears neither.
        (both("号码,姓名\n91,王五\n18,李四\n"), &["unknown-reference 91 2 0", "unknown-reference 91 2 0"]),
        (both("号码,姓名\n71,赵六\n18,李四\n"), &["unknown-reference 71 2 0", "unknown-reference 71 2 0"]),
    ] {
        let files: Vec<_> =
            [COMMITTEES, branches, ("人员.csv", people)].into_iter().chain(dues.clone()).collect();
        assert_eq!(folded(&files), wanted, "{dues:?}");
    }
}
