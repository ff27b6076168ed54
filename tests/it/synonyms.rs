//! Headings that a project accepts: written once, and the next check is quiet; what they name must exist.

use crate::desk::Desk;

const MEMBERS: &str = "college/收回表格/示例学院/党员.csv";
const ACCEPTED: &str = "college/templates/schemas/synonyms.yaml";

/// The codes of findings about headings in the roster.
fn about_headings(desk: &Desk, code: i32) -> Vec<String> {
    let findings = desk.run(&["check", "college", "--format", "json"]).expect(code).findings();
    let codes = findings.iter().filter_map(|it| it["code"].as_str());
    codes.filter(|it| it.starts_with("heading-") || it.starts_with("column-")).map(str::to_owned).collect()
}

#[test]
fn a_heading_that_can_only_have_been_meant_for_one_field_is_accepted_once_and_for_all() {
    let desk = Desk::new("synonyms-written");
    desk.copy("fixtures/starter", "college");
    desk.patch(MEMBERS, "籍贯", "籍惯");
    assert_eq!(about_headings(&desk, 1), ["heading-misspelt"]);
    let written = desk.run(&["check", "college", "--write-synonyms"]).expect(1);
    assert!(written.stderr.contains("“籍惯”就是“籍贯”"), "{}", written.stderr);
    assert_eq!(about_headings(&desk, 0), [""; 0]);
    // The next one stands beside it, and what the user wrote above stays.
    desk.patch(ACCEPTED, "synonyms:", "# 我的说明\nsynonyms:");
    desk.patch(MEMBERS, "专业技术职务", "专业技术职物");
    desk.run(&["check", "college", "--write-synonyms"]).expect(1);
    let text = String::from_utf8(desk.files("college/templates/schemas")["synonyms.yaml"].clone()).unwrap();
    assert!(["# 我的说明", "籍惯", "专业技术职物"].iter().all(|it| text.contains(it)), "{text}");
    assert_eq!(about_headings(&desk, 0), [""; 0]);
    let nothing = desk.run(&["check", "college", "--write-synonyms"]).expect(0);
    assert!(nothing.stderr.contains("没有可以认定的同义表头"), "{}", nothing.stderr);
}

#[test]
fn a_heading_below_another_is_accepted_with_the_one_above_it() {
    let desk = Desk::new("synonyms-below");
    desk.copy("fixtures/starter", "college");
    let branches = "college/收回表格/示例学院/党支部.csv";
    let text = String::from_utf8(desk.files("college/收回表格/示例学院")["党支部.csv"].clone()).unwrap();
    let groups = ",,,,,,,,,,,,党员人数,党员人数,党员人数,,,,,\n";
    let below = text.trim_start_matches('\u{feff}').replace("预备党员数", "预备党");
    desk.write(branches, format!("{groups}{below}"));
    assert_eq!(about_headings(&desk, 1), ["column-missing"]);
    let written = desk.run(&["check", "college", "--write-synonyms"]).expect(1);
    assert!(written.stderr.contains("“党员人数/预备党”就是“预备党员数”"), "{}", written.stderr);
    assert_eq!(about_headings(&desk, 0), [""; 0]);
}

#[test]
fn accepted_headings_of_no_table_and_no_field_or_of_another_field_are_refused() {
    let desk = Desk::new("synonyms-wrong");
    desk.copy("fixtures/starter", "college");
    for (text, said) in [
        ("党圆: {学历: [文化]}", "没有名为“党圆”的表"),
        ("党员: {学力: [文化]}", "没有名为“学力”的字段"),
        ("党员: {学历: [学位]}", "“学位”已是“学位”的表头"),
    ] {
        desk.write(ACCEPTED, format!("synonyms:\n  {text}\n"));
        let findings = desk.run(&["check", "college", "--format", "json"]).expect(2).findings();
        assert!(
            findings.iter().any(|it| it["message"].as_str().is_some_and(|it| it.contains(said))),
            "{findings:?}"
        );
    }
    desk.write(ACCEPTED, "synonyms:\n  党员: {学历: 文化层度, 籍贯: [老家, 籍贯]}\n");
    desk.patch(MEMBERS, "学历", "文化层度");
    desk.patch(MEMBERS, "籍贯", "老家");
    assert_eq!(about_headings(&desk, 0), [""; 0]);
}
