//! Figures of one name about one thing are one number, wherever a run prints them; else both definitions are shown.

use crate::desk::{Desk, college};
use serde_json::Value as Json;

/// The college with its own table beside those of the university: one row, one column.
fn beside(name: &str, sheet: &str, row: &str) -> Desk {
    let desk = college::desk(name, "2024-12-31", "university, own");
    let statistics =
        "id: own\ntitle: 自用统计\nedition: \"2024\"\nbasis: 示例\nfile_name: 自用统计\ntables: [t1]\n";
    desk.write("templates/statistics/own/statistics.yaml", statistics);
    let table = format!(
        "id: t1\nnumber: 表甲\ntitle: 党员情况\nof: members\n{sheet}rows:\n  - {{id: a, {row}}}\ncolumns:\n  - {{id: total, title: 总数}}\n"
    );
    desk.write("templates/statistics/own/t1.yaml", table);
    desk
}

fn asked(desk: &Desk) -> Vec<Json> {
    let findings = desk.run(&["check", ".", "--format", "json"]).findings();
    findings.into_iter().filter(|it| it["code"] == "figures-disagree").collect()
}

#[test]
fn a_figure_that_bears_the_name_of_another_and_counts_others_is_asked_about_with_both_definitions() {
    let full = "when: \"status == '正式党员' and category == '硕士生'\"";
    for (name, sheet, row, disagrees) in [
        ("same-name", "", format!("title: 学生党员, {full}"), true),
        // What every table says beside the name makes no other name of it.
        ("dressed", "", format!("title: 一、其中：学生党员数（人）, {full}"), true),
        ("noun", "", format!("title: 学生, {full}"), true),
        ("own-name", "", format!("title: 正式学生党员, {full}"), false),
        (
            "same-definition",
            "",
            "title: 学生党员, when: \"category not in ['在职教工', '离退休教工']\"".into(),
            false,
        ),
        ("same-number", "", "title: 学生党员, when: \"category == '硕士生'\"".into(), false),
        // About some only, as its own title says.
        (
            "some-only",
            "where: \"status == '正式党员'\"\n",
            "title: 学生党员, when: \"category == '硕士生'\"".into(),
            false,
        ),
        ("other-records", "", "title: 学生党员, of: branches, when: \"kind == '学生党支部'\"".into(), false),
    ] {
        let asked = asked(&beside(name, sheet, &row));
        assert_eq!(asked.len(), usize::from(disagrees), "{name}: {asked:#?}");
        for it in asked {
            let message = it["message"].as_str().unwrap();
            for text in ["有两个数", "5（", "3（", "自用统计", "status == '正式党员'"] {
                assert!(message.contains(text), "{name}: {text}: {message}");
            }
            assert_eq!(
                (&it["severity"], it["related"].as_array().unwrap().len()),
                (&"query".into(), 1),
                "{it:#}"
            );
        }
    }
}

#[test]
fn two_facts_of_one_title_are_asked_about_where_texts_print_them() {
    let desk = college::desk("facts", "2024-12-31", "");
    desk.patch("huibian.yaml", "{statistics: []}", "{summaries: [short]}");
    let fact = |id: &str, status: &str| {
        format!(
            "  - {{id: {id}, title: 硕士生党员数, unit: 人, definition: {status}的硕士生, of: members, where: [\"status == '{status}'\"]}}\n"
        )
    };
    let facts =
        |second: &str| format!("facts:\n{}{}", fact("first_count", "正式党员"), fact("second_count", second));
    desk.write("templates/facts/own.yaml", facts("预备党员"));
    let summary = "id: short\ntitle: 简报\nfile_name: 简报\neditions: [docx]\nopening:\n  - paragraph: \"甲{{ facts.first_count }}人，乙{{ facts.second_count }}人。\"\nparts: []\nsignature: []\n";
    desk.write("templates/summaries/short/summary.yaml", summary);
    let asked_first = asked(&desk);
    let [only] = &asked_first[..] else { panic!("{asked_first:#?}") };
    let message = only["message"].as_str().unwrap();
    for text in [
        "“硕士生党员数”有两个数：3（数据项first_count，印在《简报》；口径：正式党员的硕士生）",
        "2（数据项second_count",
    ] {
        assert!(message.contains(text), "{message}");
    }
    desk.write("templates/facts/own.yaml", facts("正式党员"));
    assert_eq!(asked(&desk).len(), 0);
}

#[test]
fn the_tables_that_are_shipped_agree_until_two_columns_of_one_record_contradict_each_other() {
    let desk =
        college::desk("shipped", "2024-12-31", "party-annual, {id: ministry, as_of: 2024-12-31}, university");
    assert_eq!(asked(&desk).len(), 0);
    // Somebody whose post says that he works: table 2 goes by the post, the university's tables by the category.
    desk.patch(
        "data/党员.csv",
        "2001-06-04,大学本科,硕士生,一年级,学生,",
        "2001-06-04,大学本科,硕士生,一年级,其他,",
    );
    let asked = asked(&desk);
    let said = |it: &Json| it["message"].as_str().unwrap().contains("occupation == '学生'");
    assert!(asked.len() == 1 && said(&asked[0]), "{asked:#?}");
}
