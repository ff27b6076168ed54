//! What a figure says of itself while it is open, and which records a condition takes for one another.

use super::World;
use value::Amount;

#[test]
fn a_figure_that_is_open_says_why() {
    for (events, declared, wanted) in [
        (
            &["时间: 2024-03", "时间: 2024-03-01"][..],
            "measure: distinct held",
            "“2024年3月”不够精确，不能确定与另一条记录是否相同",
        ),
        (
            &["时间: 2024-03", "时间: 2024-03-01"],
            "once_per: held",
            "“2024年3月”不够精确，不能确定与另一条记录是否相同",
        ),
        (&["学时: 1", "题目: 甲"], "measure: sum hours", "“1”的“学时”未填"),
        (&["学时: 许多"], "measure: sum hours", "“0”的“学时”有误"),
    ] {
        let tally = World::new(events).count(declared);
        let reasons: Vec<&str> = tally.open.iter().map(|it| it.why.as_str()).collect();
        assert_eq!(reasons, [wanted], "{declared} {events:?}");
    }
}

#[test]
fn of_doubtful_records_that_are_one_a_number_counts_one_and_a_sum_may_be_of_each() {
    let events = &["题目: 甲, 学时: 1", "题目: 甲, 学时: 2"];
    for (measure, n_values, n_open) in [("measure: count", 2, 1), ("measure: sum hours", 1, 2)] {
        let tally =
            World::new(events).count(&format!("where: [\"kind == '党课'\"], {measure}, once_per: title"));
        assert_eq!((tally.n_values(), tally.n_open()), (n_values, n_open), "{measure}");
    }
}

#[test]
fn records_of_one_parent_are_alike_in_what_is_their_parents_and_not_in_their_own_lists() {
    let world = World::new(&[
        "类型: 党课, 步骤: [{内容: 一, 意见: [{意见内容: 好}]}, {内容: 二}]",
        "类型: 学习, 步骤: [{内容: 一}]",
    ]);
    for (condition, wanted) in [
        ("remarks | length > 0", 1_usize),
        ("remarks | length == 0", 2),
        ("parent.kind == '党课'", 2),
        ("parent.kind == '党课' and remarks | length == 0", 1),
    ] {
        let known = world.fact_of("events.steps", &format!("where: [\"{condition}\"]")).0;
        assert_eq!(known, Some(Amount::from(wanted)), "{condition}");
    }
}
