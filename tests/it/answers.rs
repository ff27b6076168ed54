//! Answers to queries: given, kept, lapsed after a change, for nothing; those that committees write into their lists.

use crate::desk::{Desk, Ran};

const MEMBERS: &str = "college/收回表格/示例学院/党员.csv";
const ANSWERS: &str = "college/answers.yaml";
/// What is asked of a full member of whom it is not said when she was confirmed.
const CODE: &str = "full-member-unconfirmed";

/// A project with one query.
fn asked(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.copy("fixtures/starter", "college");
    desk.patch(MEMBERS, "2007年12月5日", "");
    desk
}

/// What is found, without the notes of the tables: code, severity, and the answer if there is one.
fn found(ran: &Ran) -> Vec<String> {
    let about = |it: &serde_json::Value| {
        let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
        let answer = it["answer"]["why"].as_str().map(|it| format!(" {it}")).unwrap_or_default();
        format!("{} {}{answer}", text("code"), text("severity"))
    };
    ran.findings().iter().map(about).collect()
}

fn check(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["check", "college", "--format", "json"], more].concat())
}

/// The file of answers as the program writes it, filled in.
fn answered(desk: &Desk, who: &str, when: &str, why: &str) {
    desk.run(&["check", "college", "--write-answers"]).expect(0);
    desk.patch(ANSWERS, "who:\n", &format!("who: {who}\n"));
    desk.patch(ANSWERS, "when:\n", &format!("when: {when}\n"));
    desk.patch(ANSWERS, "why:\n", &format!("why: {why}\n"));
}

#[test]
fn a_query_is_answered_once_and_asked_again_when_the_value_changes() {
    let desk = asked("answers-kept");
    assert_eq!(found(&check(&desk, &[]).expect(0)), [format!("{CODE} query")]);
    let written = desk.run(&["check", "college", "--write-answers"]).expect(0);
    assert!(written.stderr.contains("已把1条核实项写入"), "{}", written.stderr);
    // What is still to be filled in answers nothing, and is not written twice.
    assert_eq!(found(&check(&desk, &[]).expect(0)), ["answers-blank note".into(), format!("{CODE} query")]);
    let again = desk.run(&["check", "college", "--write-answers"]).expect(0);
    assert!(again.stderr.contains("没有新的核实项"), "{}", again.stderr);
    answered(&desk, "李四", "2026-05-30", "档案中为当年批准转正，日期待补");
    assert_eq!(found(&check(&desk, &[]).expect(0)), [format!("{CODE} note 档案中为当年批准转正，日期待补")]);
    let text = desk.run(&["check", "college"]).expect(0).stdout;
    let shown = "已答复：档案中为当年批准转正，日期待补（李四，2026-05-30）";
    assert!(text.contains(shown) && text.contains("其中已答复的核实项 1 条"), "{text}");
    desk.run(&["build", "college", "--strict", "--out", "out"]).expect(0);
    let page = String::from_utf8(desk.files("out")["report.html"].clone()).expect("a page is text");
    assert!(page.contains("档案中为当年批准转正"), "the report lists what was answered");
}

#[test]
fn an_answer_lapses_when_something_else_is_asked() {
    let desk = Desk::new("answers-lapsed");
    desk.copy("fixtures/starter", "college");
    let (ledger, code) = ("college/收回表格/示例学院/组织生活.csv", "months-without-theme-day");
    desk.patch(ledger, "2026年3月12日", "2026年2月12日");
    answered(&desk, "李四", "2026-05-30", "三月停电");
    assert_eq!(found(&check(&desk, &[]).expect(0)), [format!("{code} note 三月停电")]);
    desk.patch(ledger, "2026年4月23日", "2026年2月23日");
    let lapsed = check(&desk, &[]).expect(0);
    assert_eq!(found(&lapsed), [format!("{code} query")]);
    let hint = lapsed.findings()[0]["hint"].as_str().unwrap_or_default().to_owned();
    assert!(hint.contains("原来的答复（李四：三月停电）是对别的内容说的"), "{hint}");
    answered(&desk, "李四", "2026-06-01", "三、四月停电");
    let again = ["answer-to-nothing note".to_owned(), format!("{code} note 三、四月停电")];
    assert_eq!(found(&check(&desk, &[]).expect(0)), again);
    desk.run(&["build", "college", "--strict", "--out", "out"]).expect(0);
}

#[test]
fn an_answer_to_nothing_without_a_reason_or_to_an_error_is_said() {
    let desk = asked("answers-wrong");
    answered(&desk, "李四", "2026-05-30", "日期待补");
    let whole = String::from_utf8(desk.files("college")["answers.yaml"].clone()).expect("YAML is text");
    let cases: [(&str, &str, &[&str]); 8] = [
        ("why: 日期待补", "why:", &["answer-without-reason query", "full-member-unconfirmed query"]),
        ("why: 日期待补", "why: '  '", &["answer-without-reason query", "full-member-unconfirmed query"]),
        ("2026-05-30", "昨天", &["answer-without-reason query", "full-member-unconfirmed query"]),
        ("    who: 李四\n", "", &["answer-without-reason query", "full-member-unconfirmed query"]),
        ("苏婉清", "苏婉", &["answer-to-nothing note", "full-member-unconfirmed query"]),
        (CODE, "member-twice", &["answer-to-nothing note", "full-member-unconfirmed query"]),
        ("why: 日期待补", "why: 日期待补\n    confirmed: false", &["full-member-unconfirmed query"]),
        ("why: 日期待补", "why: 日期待补\n    confirmed: true", &["full-member-unconfirmed note 日期待补"]),
    ];
    for (old, new, wanted) in cases {
        assert!(whole.contains(old), "{old} in {whole}");
        desk.write(ANSWERS, whole.replace(old, new));
        assert_eq!(found(&check(&desk, &[]).expect(0)), wanted, "{old} → {new}");
    }
    desk.write(ANSWERS, &whole);
    desk.patch(MEMBERS, "2006年12月5日,,", "2006年12月5日,2007年12月5日,");
    assert_eq!(found(&check(&desk, &[]).expect(0)), ["answer-to-nothing note"], "it was mended");
    // The date of birth of another century is an error.
    desk.patch(MEMBERS, "1983年9月", "1883年9月");
    let error = check(&desk, &[]).expect(1);
    let of_error = error.findings().into_iter().find(|it| it["severity"] == "error").expect("an error");
    let text = |key: &str| of_error[key].as_str().unwrap_or_default().to_owned();
    desk.write(
        ANSWERS,
        format!(
            "answers:\n  - {{code: {}, committee: 示例学院党委, branch: {}, record: 苏婉清, field: {}, asked: '{}', who: 李四, when: 2026-05-30, why: 就是}}\n",
            text("code"), text("branch"), text("field"), text("message")
        ),
    );
    assert!(found(&check(&desk, &[]).expect(1)).contains(&"answer-to-error query".to_owned()));
}

#[test]
fn a_file_of_answers_that_cannot_be_read_ends_the_run_at_its_line() {
    let desk = asked("answers-unreadable");
    for (text, line, said) in [
        ("answers:\n  - {record: 苏婉清}\n", 2, "code"),
        ("answers:\n  - {code: a, reason: b}\n", 2, "reason"),
        ("answers:\n- code: a\n  confirmed: 也许\n", 3, "应为 true 或 false"),
    ] {
        desk.write(ANSWERS, text);
        let ran = check(&desk, &[]).expect(2);
        let finding = &ran.findings()[0];
        assert_eq!(
            (finding["file"].as_str(), finding["line"].as_i64()),
            (Some("answers.yaml"), Some(line)),
            "{text}"
        );
        assert!(finding["message"].as_str().is_some_and(|it| it.contains(said)), "{finding}");
    }
    for text in ["", "# 还没有\n", "answers:\n"] {
        desk.write(ANSWERS, text);
        assert_eq!(found(&check(&desk, &[]).expect(0)), [format!("{CODE} query")], "{text}");
    }
}

#[test]
fn an_answer_that_a_committee_writes_into_its_list_waits_for_the_office() {
    let desk = asked("answers-offered");
    desk.run(&["check", "college", "--out", "out"]).expect(0);
    let bundle = desk.files("out")["returns/示例学院党委.zip"].clone();
    let mut list = crate::corrections::entries(&bundle);
    let at = list.iter().position(|it| it.0 == "退改清单.xlsx").expect("the list");
    desk.write("college/收回表格/示例学院/退改清单.xlsx", list.swap_remove(at).1);
    // 说明 is the last column, and the one query stands below the heading.
    let said = r#"<c r="L6" t="inlineStr"><is><t>档案中有批复，已复印</t></is></c>"#;
    desk.patch_workbook("college/收回表格/示例学院/退改清单.xlsx", r#"<c r="L6" s="6"/>"#, said);
    let offered = check(&desk, &[]).expect(0);
    let query = offered.findings().into_iter().find(|it| it["code"] == CODE).expect("the query");
    let hint = query["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("示例学院党委在退改清单中说明：档案中有批复，已复印"), "{hint}");
    desk.run(&["check", "college", "--write-answers"]).expect(0);
    let text = String::from_utf8(desk.files("college")["answers.yaml"].clone()).expect("YAML is text");
    assert!(text.contains("who: \"示例学院党委\"") && text.contains("confirmed: false"), "{text}");
    assert!(found(&check(&desk, &[]).expect(0)).contains(&format!("{CODE} query")));
    desk.patch(ANSWERS, "    confirmed: false\n", "");
    desk.patch(ANSWERS, "when:", "when: 2026-05-30");
    assert!(found(&check(&desk, &[]).expect(0)).contains(&format!("{CODE} note 档案中有批复，已复印")));
    desk.patch(MEMBERS, "2006年12月5日,,", "2006年12月5日,2007年12月5日,");
    let mended = found(&check(&desk, &[]).expect(0));
    assert!(mended.contains(&"answer-not-asked-for note".to_owned()), "{mended:?}");
}

/// A project with the same query about two people of one name.
fn namesakes(name: &str) -> Desk {
    let desk = asked(name);
    desk.patch(MEMBERS, "T003,周景行", "T003,苏婉清");
    desk.patch(MEMBERS, "2010年5月20日,2011年5月20日", "2010年5月20日,");
    desk
}

/// The answers to queries by the rows at which they stand.
fn by_row(ran: &Ran) -> Vec<String> {
    let queries = ran.findings().into_iter().filter(|it| it["code"] == CODE);
    let mut said: Vec<String> = queries
        .map(|it| {
            let why = it["answer"]["why"].as_str().unwrap_or_default();
            format!(
                "{} {}{why}",
                it["cell"].as_str().unwrap_or_default(),
                it["severity"].as_str().unwrap_or_default()
            )
        })
        .collect();
    said.sort();
    said
}

#[test]
fn of_two_of_one_name_the_one_who_is_meant_is_answered() {
    let desk = namesakes("answers-namesakes");
    desk.run(&["check", "college", "--write-answers"]).expect(0);
    let text = String::from_utf8(desk.files("college")["answers.yaml"].clone()).expect("YAML is text");
    assert!(text.contains("key: \"T002\"") && text.contains("key: \"T003\""), "{text}");
    let (first, second) = text.split_once("    key: \"T003\"").expect("two items");
    let second = second.replace("who:\n", "who: 李四\n").replace("when:\n", "when: 2026-05\n");
    let second = second.replace("why:\n", "why: 二号\n");
    let whole = format!("{first}    key: \"T003\"{second}");
    desk.write(ANSWERS, &whole);
    assert_eq!(by_row(&check(&desk, &[]).expect(0)), ["S3 query", "S4 note二号"]);
    // Nobody knows which of both is meant without the key.
    desk.write(ANSWERS, whole.replace("    key: \"T003\"\n", ""));
    let ran = check(&desk, &[]).expect(0);
    assert_eq!(by_row(&ran), ["S3 query", "S4 query"]);
    assert!(ran.stdout.contains("请在 answers.yaml 里补上 key: T002"), "{}", ran.stdout);
    // An item that is there twice is not said to answer nothing.
    let item = format!("  - code{}", whole.rsplit_once("  - code").expect("an item").1);
    desk.write(ANSWERS, format!("{whole}{item}"));
    let ran = check(&desk, &[]).expect(0);
    assert!(ran.stdout.contains("同一核实项已有另一条答复"), "{}", ran.stdout);
}

#[test]
fn what_is_written_about_one_of_two_of_one_name_goes_to_the_cell_that_the_list_names() {
    let desk = namesakes("answers-offered-namesakes");
    desk.run(&["check", "college", "--out", "out"]).expect(0);
    let bundle = desk.files("out")["returns/示例学院党委.zip"].clone();
    let mut list = crate::corrections::entries(&bundle);
    let at = list.iter().position(|it| it.0 == "退改清单.xlsx").expect("the list");
    let list = list.swap_remove(at).1;
    const LIST: &str = "college/收回表格/示例学院/退改清单.xlsx";
    desk.write(LIST, &list);
    let said = r#"<c r="L7" t="inlineStr"><is><t>二号有批复</t></is></c>"#;
    desk.patch_workbook(LIST, r#"<c r="L7" s="6"/>"#, said);
    desk.run(&["check", "college", "--write-answers"]).expect(0);
    let text = String::from_utf8(desk.files("college")["answers.yaml"].clone()).expect("YAML is text");
    let (first, second) = text.split_once("key: \"T003\"").expect("two items");
    assert!(!first.contains("二号有批复") && second.contains("二号有批复"), "{text}");
    // One cell over the lines of both says it of both.
    desk.write(LIST, &list);
    desk.patch_workbook(LIST, r#"<c r="L6" s="6"/>"#, &said.replace("L7", "L6"));
    let merge = r#"<mergeCells count="1"><mergeCell ref="L6:L7"/></mergeCells>"#;
    desk.patch_workbook(LIST, "</sheetData>", &format!("</sheetData>{merge}"));
    let hints = check(&desk, &[]).expect(0).findings();
    let told = |it: &&serde_json::Value| it["hint"].as_str().is_some_and(|it| it.contains("二号有批复"));
    assert_eq!(hints.iter().filter(told).count(), 2, "{hints:?}");
    desk.remove(ANSWERS);
    // With its headings gone, what was written must not be lost in silence; blanks in them do not matter.
    for (heading, is_read) in [("说 明", true), ("情况", false)] {
        desk.write(LIST, &list);
        desk.patch_workbook(LIST, r#"<c r="L7" s="6"/>"#, said);
        desk.patch_workbook(LIST, ">说明</t>", &format!(">{heading}</t>"));
        let found = found(&check(&desk, &[]).expect(0));
        assert_eq!(!found.contains(&"answers-unread query".to_owned()), is_read, "{heading}: {found:?}");
    }
}
