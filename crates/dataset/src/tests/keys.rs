//! Records that are given twice.

use super::World;

#[test]
fn a_key_counts_a_reference_as_the_record_that_it_leads_to() {
    for (reports, found) in [
        (&["支部: \"01\", 年度: 2023", "支部: \"01\", 年度: 2024", "支部: \"02\", 年度: 2023"][..], &[][..]),
        (
            &["支部: \"01\", 年度: 2023", "支部编号: \"01\", 年度: 2023"],
            &["key-twice reports[1].branch reports[0].branch"],
        ),
        (
            &["支部: \"01\", 年度: 2023", "支部: 机械教工第一党支部, 年度: 2023"],
            &["key-twice reports[1].branch reports[0].branch"],
        ),
        // One that may be empty and is means the whole school.
        (&["年度: 2023", "年度: 2023"], &["key-twice reports[1].branch reports[0].branch"]),
        (&["年度: 2023", "支部: \"01\", 年度: 2023"], &[]),
        // What leads nowhere has been said, and tells no records apart.
        (
            &["支部编号: \"88888\", 年度: 2023", "支部编号: \"99999\", 年度: 2023"],
            &[
                "unknown-reference reports[0].branch_code reports[0].branch",
                "unknown-reference reports[1].branch_code reports[1].branch",
            ],
        ),
        (&["支部: \"01\"", "支部: \"01\""], &[]),
        (&["支部: \"01\", 年度: 某", "支部: \"01\", 年度: 某"], &[]),
    ] {
        let lines: String = reports.iter().map(|it| format!("  - {{{it}}}\n")).collect();
        assert_eq!(World::new(&format!("年报:\n{lines}")).found(), found, "{reports:?}");
    }
}

#[test]
fn a_value_that_only_one_may_have_is_an_error_of_both_unless_they_are_one() {
    let event = "支部: \"01\"";
    for (written, found) in [
        (
            format!("活动:\n  - {{序号: \"1\", {event}, 票号: A}}\n  - {{序号: \"2\", {event}, 票号: A}}\n"),
            &["value-twice events[1] events[0]"][..],
        ),
        (
            format!("活动:\n  - {{序号: \"1\", {event}, 票号: A}}\n  - {{序号: \"1\", {event}, 票号: A}}\n"),
            &["key-twice events[1].number events[0].number"],
        ),
        (
            format!("活动:\n  - {{序号: \"1\", {event}, 票号: A}}\n  - {{序号: \"2\", {event}, 票号: B}}\n"),
            &[],
        ),
        (format!("活动:\n  - {{序号: \"1\", {event}}}\n  - {{序号: \"2\", {event}}}\n"), &[]),
        (
            "札记:\n  - {内容: 一, 记号: A}\n  - {内容: 二, 记号: A}\n".to_owned(),
            &["value-twice notes[1] notes[0]"],
        ),
        ("札记:\n  - {内容: 一}\n  - {内容: 一}\n".to_owned(), &[]),
    ] {
        assert_eq!(World::new(&written).found(), found, "{written}");
    }
}
