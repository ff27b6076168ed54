//! Regulations and the texts of handbooks: what proof-reading finds, each kind planted once and found at its place.
#![expect(clippy::disallowed_methods, reason = "a test reads a file of the repository")]

use std::fs;

use crate::desk::{Desk, repository};

/// A file, what is replaced in it and by what, and what is then found.
type Plant = (&'static str, &'static str, &'static str, &'static str);

/// A word processor's file.
const DOCUMENT: &str = "fixtures/university/regulations/10-谈心谈话实施办法.docx";
const FOLDER: &str = "tests/regulations";
const PROJECT: &str = include_str!("../regulations/huibian.yaml");
const ADMISSION: &str = include_str!("../regulations/制度/发展党员.md");
/// A regulation with everything that one can have; nothing is wrong with it.
const LIFE_FILE: &str = "制度/组织生活.md";
const ADMISSION_FILE: &str = "制度/发展党员.md";
const REPEALED_FILE: &str = "制度/暂行规定.md";

/// A text of a handbook, with everything that one can have.
const STEP_FILE: &str = "手册/发展党员手册/01-申请.md";

/// What is planted in a text of a handbook.
const PLANTS_IN_TEXTS: [Plant; 17] = [
    (STEP_FILE, "title: ", "titel: ", "error missing-key 01-申请.md:2:1"),
    (STEP_FILE, "when: 年满18岁以后", "when: {年龄: 18}", "error wrong-kind 01-申请.md:6:7"),
    (STEP_FILE, "第一条、第二条", "第一条、第九条", "error reference-unresolved 01-申请.md:8:28"),
    (STEP_FILE, "第二条办理", "第九条办理", "error reference-unresolved 01-申请.md:13:49"),
    (STEP_FILE, "细则》（示理工党〔2021〕5号）", "规则》", "query reference-unknown 01-申请.md:13:19"),
    (
        STEP_FILE,
        "工作细则》（示理工党〔2021〕5号）第二条",
        "暂行规定》第一条",
        "error reference-repealed 01-申请.md:13:19",
    ),
    (STEP_FILE, "〔2021〕5号", "[2021]5号", "error document-number-malformed 01-申请.md:13:36"),
    (STEP_FILE, "〔2021〕5号", "〔2020〕5号", "error document-number-differs 01-申请.md:13:36"),
    (STEP_FILE, "附件1。", "附件2。", "error reference-unresolved 01-申请.md:13:58"),
    (STEP_FILE, "前条所称认识", "前两条所称认识", "error reference-unresolved 01-申请.md:25:5"),
    (STEP_FILE, "二、注意", "三、注意", "error numbering-broken 01-申请.md:15:1"),
    (STEP_FILE, "（二）签署", "（三）签署", "error numbering-broken 01-申请.md:19:1"),
    (STEP_FILE, "党支部递交", "黨支部递交", "query mixed-script 01-申请.md:13:5"),
    (STEP_FILE, "申请书，党支部", "申请书,党支部", "query punctuation-half-width 01-申请.md:13:13"),
    (STEP_FILE, "2024年3月5日", "202435日", "query date-incomplete-in-text 01-申请.md:19:17"),
    (STEP_FILE, "不少于一千字。", "不少于一千字。。", "error punctuation-doubled 01-申请.md:27:13"),
    (STEP_FILE, "一、做什么", "递交申请书\n\n一、做什么", "error title-differs 01-申请.md:11:1"),
];

const PLANTS: [Plant; 48] = [
    (LIFE_FILE, "第四条　会议", "第五条　会议", "error numbering-broken 组织生活.md:28:1"),
    (LIFE_FILE, "第三章　附则", "第四章　附则", "error numbering-broken 组织生活.md:38:1"),
    (LIFE_FILE, "（二）通报", "（三）通报", "error numbering-broken 组织生活.md:32:1"),
    (LIFE_FILE, "（三）讨论", "（四）讨论", "error numbering-broken 组织生活.md:34:1"),
    (LIFE_FILE, "依照第三条第二款", "依照第三条第三款", "error reference-unresolved 组织生活.md:34:11"),
    (LIFE_FILE, "按照附件1记录", "按照附件2记录", "error reference-unresolved 组织生活.md:36:11"),
    (LIFE_FILE, "细则》第二条", "细则》第二十条", "error reference-unresolved 组织生活.md:36:43"),
    (
        LIFE_FILE,
        "《示例理工大学发展党员工作细则》第二条",
        "《发展党员工作细则》第二十条",
        "error reference-unresolved 组织生活.md:36:37",
    ),
    (LIFE_FILE, "为了规范", "为了按照前条规范", "error reference-unresolved 组织生活.md:18:9"),
    (
        LIFE_FILE,
        "发展党员工作细则》第二条",
        "发展党员办法》第二条",
        "query reference-unknown 组织生活.md:36:27",
    ),
    (LIFE_FILE, "发展党员工作细则》第二条", "章程》第二条", "query reference-unknown 组织生活.md:36:27"),
    (
        LIFE_FILE,
        "发展党员工作细则》第二条",
        "发展党员暂行规定》第一条",
        "error reference-repealed 组织生活.md:36:27",
    ),
    (
        LIFE_FILE,
        "示理工党〔2023〕12号",
        "示理工党[2023]12号",
        "error document-number-malformed 组织生活.md:3:9",
    ),
    (
        LIFE_FILE,
        "示理工党〔2023〕12号",
        "示理工党〔2023〕012号",
        "error document-number-malformed 组织生活.md:3:9",
    ),
    (
        LIFE_FILE,
        "示理工党〔2023〕12号",
        "示理工党〔23〕12号",
        "error document-number-malformed 组织生活.md:3:9",
    ),
    (
        LIFE_FILE,
        "示理工党〔2023〕12号",
        "示理工党〔2023〕第12号",
        "error document-number-malformed 组织生活.md:3:9",
    ),
    (
        ADMISSION_FILE,
        "（示理工党〔2011〕7号）",
        "（示理工党[2011]7号）",
        "error document-number-malformed 发展党员.md:17:22",
    ),
    (
        LIFE_FILE,
        "工作细则》第二条",
        "工作细则》（示理工党〔2021〕6号）第二条",
        "error document-number-differs 组织生活.md:36:44",
    ),
    (
        LIFE_FILE,
        "依照《示例理工大学发展党员工作细则》第二条",
        "按照示理工党〔2019〕8号文件",
        "query document-number-unknown 组织生活.md:36:27",
    ),
    (LIFE_FILE, "adopted: 2023-03-01", "adopted: 2023-03-09", "error regulation-dates 组织生活.md:6:9"),
    (LIFE_FILE, "in_force: 2023-03-08", "in_force: 2023-03-07", "error regulation-dates 组织生活.md:7:11"),
    (
        LIFE_FILE,
        "党委常委会会议第一次修订}",
        "党委常委会会议第一次修订}\n  - {date: 2023-04-10, note: 第二次修订}",
        "error regulation-dates 组织生活.md:14:12",
    ),
    (LIFE_FILE, "in_force: 2023-03-08", "in_force: 2023-02-30", "error date-impossible 组织生活.md:7:11"),
    (REPEALED_FILE, "state: 废止", "state: 修订", "error repealed-yet-valid 暂行规定.md:8:8"),
    (
        REPEALED_FILE,
        "示理工党〔2011〕7号",
        "示理工党〔2021〕5号",
        "error document-number-twice 暂行规定.md:3:9",
    ),
    (REPEALED_FILE, "发展党员暂行规定", "发展党员工作细则", "error regulation-twice 暂行规定.md:2:8"),
    (
        LIFE_FILE,
        "会议议题提前",
        "本办法所称组织生活，是指会议。议题提前",
        "error term-defined-twice 组织生活.md:26:6",
    ),
    (LIFE_FILE, "为了规范党支部", "为了规范黨支部", "query mixed-script 组织生活.md:18:9"),
    (LIFE_FILE, "生活，制定", "生活,制定", "query punctuation-half-width 组织生活.md:18:16"),
    (LIFE_FILE, "同样有效。", "同样有效(试行)。", "query punctuation-half-width 组织生活.md:42:20"),
    (LIFE_FILE, "2023年3月8日起", "202338日起", "query date-incomplete-in-text 组织生活.md:40:9"),
    (LIFE_FILE, "召开一次。", "召开一次。。", "error punctuation-doubled 组织生活.md:24:18"),
    (LIFE_FILE, "| 议题名称 |", "| 议题，，名称 |", "error punctuation-doubled 组织生活.md:48:11"),
    (LIFE_FILE, "keywords:", "keyword:", "error unknown-key 组织生活.md:11:1"),
    (LIFE_FILE, "state: 试行", "state: 执行", "error unknown-choice 组织生活.md:9:8"),
    (LIFE_FILE, "level: 学校", "level: 校级", "error unknown-choice 组织生活.md:8:8"),
    (LIFE_FILE, "issuer: ", "issuers: ", "error missing-key 组织生活.md:4:1"),
    (
        ADMISSION_FILE,
        "第一条　为了",
        "示例理工大学发展党员办法\n\n第一条　为了",
        "error title-differs 发展党员.md:13:1",
    ),
    (
        LIFE_FILE,
        "第一章　总则",
        "示例理工大学党支部组织生活实施办法（试行）\n\n（示理工党〔2021〕5号　2023年3月8日印发）\n\n第一章　总则",
        "error head-note-differs 组织生活.md:18:2",
    ),
    (
        LIFE_FILE,
        "第一章　总则",
        "示例理工大学党支部组织生活实施办法（试行）\n\n（2023年3月1日通过，2023年3月9日印发）\n\n第一章　总则",
        "error head-note-differs 组织生活.md:18:14",
    ),
    (
        ADMISSION_FILE,
        "第一条　为了",
        "示例理工大学发展党员工作细则\n\n（2021年3月1日党委会议通过）\n\n第一条　为了",
        "error head-note-differs 发展党员.md:15:2",
    ),
    (LIFE_FILE, "记录[^1]，", "记录，", "error footnote-unresolved 组织生活.md:42:1"),
    (LIFE_FILE, "| 年月日 | 议题名称 |", "| 年月日 |", "error markdown-table 组织生活.md:48:1"),
    (LIFE_FILE, "制定本办法。", "制定**本办法**。", "query markdown-unsupported 组织生活.md:18:19"),
    (LIFE_FILE, "---\ntitle", "title", "error front-matter-missing 组织生活.md:1:1"),
    (
        LIFE_FILE,
        "keywords: [三会一课, 主题党日]",
        "keywords: [三会一课",
        "error yaml-syntax 组织生活.md:12:8",
    ),
    ("huibian.yaml", "as_of: 2024-05-31", "as_of: 2026-03-09", "query trial-too-long 组织生活.md:9:8"),
    (
        LIFE_FILE,
        "title: 示例理工大学党支部组织生活实施办法（试行）",
        "title: ~",
        "error missing-key 组织生活.md:2:1",
    ),
];

#[test]
fn clean_regulations_give_no_finding() {
    let desk = desk("regulations-clean");
    assert_eq!(desk.found(), [""; 0]);
}

#[test]
fn each_kind_of_fault_is_found_at_its_place_and_nothing_else() {
    let mut faults = Vec::new();
    for (idx, (file, old, new, wanted)) in PLANTS.into_iter().chain(PLANTS_IN_TEXTS).enumerate() {
        let desk = desk(&format!("regulations-{idx}"));
        desk.patch(file, old, new);
        let given = desk.found();
        if given != [wanted] {
            faults.push(format!("“{old}” → “{new}”: {given:?} instead of {wanted}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// How the second article of a regulation that another cites is written, and what is then found.
const LABELS: [(&str, Option<&str>); 13] = [
    ("第二条　", None),
    ("第 二 条 ", Some("note label-restored 发展党员.md:15:1")),
    ("第2条　", Some("note label-restored 发展党员.md:15:1")),
    ("第２条　", Some("note label-restored 发展党员.md:15:1")),
    ("第二条：", Some("note label-restored 发展党员.md:15:1")),
    ("第二条、", Some("note label-restored 发展党员.md:15:1")),
    ("【第二条】", Some("note label-restored 发展党员.md:15:1")),
    ("第二条", Some("query label-suspected 发展党员.md:15:1")),
    ("第二条，", Some("query label-suspected 发展党员.md:15:1")),
    ("2.", Some("query label-suspected 发展党员.md:15:1")),
    ("２．", Some("query label-suspected 发展党员.md:15:1")),
    ("二、", Some("query label-suspected 发展党员.md:15:1")),
    ("第一条之一　书面介绍。\n\n第二条　", Some("query label-suspected 发展党员.md:15:1")),
];

#[test]
fn an_article_under_an_odd_label_is_read_or_asked_about_and_never_said_to_be_missing() {
    let mut faults = Vec::new();
    for (idx, (label, wanted)) in LABELS.into_iter().enumerate() {
        let desk = desk(&format!("regulations-label-{idx}"));
        desk.patch(ADMISSION_FILE, "第二条　", label);
        let given = desk.found();
        if given != wanted.into_iter().collect::<Vec<_>>() {
            faults.push(format!("{label}: {given:?}"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_text_without_articles_is_not_said_to_lack_the_one_that_is_cited() {
    let desk = desk("regulations-label-none");
    for (article, heading) in [("第一条　", "一、"), ("第二条　", "二、"), ("第三条　", "三、")]
    {
        desk.patch(ADMISSION_FILE, article, heading);
    }
    let cited = ["01-申请.md:13:49", "01-申请.md:8:24", "01-申请.md:8:28", "组织生活.md:36:43"];
    assert_eq!(desk.found(), cited.map(|it| format!("query label-suspected {it}")));
}

/// What stands around a regulation that comes with its notice.
const BEFORE: &str = "\
中共示例理工大学委员会文件

示理工党〔2021〕5号

中共示例理工大学委员会关于印发《示例理工大学发展党员工作细则》的通知

各基层党委：

《示例理工大学发展党员工作细则》已经2021年3月5日党委常委会会议审议通过，现印发给你们，请遵照执行。

中共示例理工大学委员会

2021年3月8日

示例理工大学发展党员工作细则

第一条";
const BEHIND: &str = "同时废止。\n\n抄送：各部门。\n\n示例理工大学党委办公室　　　2021年3月8日印发";

#[test]
fn of_a_regulation_in_its_notice_the_body_alone_is_taken_and_the_head_is_held_to_the_notice() {
    let desk = desk("regulations-notice");
    desk.patch(ADMISSION_FILE, "第一条", BEFORE);
    desk.patch(ADMISSION_FILE, "同时废止。", BEHIND);
    let left_out = "note notice-left-out 发展党员.md:17:1";
    assert_eq!(desk.found(), [left_out]);
    let bare = repository(FOLDER).join(ADMISSION_FILE);
    let same = desk.run(&["diff", ADMISSION_FILE, bare.to_str().unwrap()]).expect(0);
    assert!(same.stdout.contains("没有差别"), "{}", same.stdout);
    for (old, new, place) in [
        ("number: 示理工党〔2021〕5号", "number: 示理工党〔2021〕6号", "15:1"),
        ("issued: 2021-03-08", "issued: 2021-03-09", "37:15"),
        ("issuer: 中共示例理工大学委员会", "issuer: 示例理工大学", "23:1"),
    ] {
        desk.patch(ADMISSION_FILE, old, new);
        let found = desk.found();
        let wanted = format!("error head-note-differs 发展党员.md:{place}");
        assert!(found.contains(&wanted) && found.contains(&left_out.to_owned()), "{new}: {found:?}");
        desk.patch(ADMISSION_FILE, new, old);
    }
}

#[test]
fn the_last_day_of_a_trial_is_no_question_yet() {
    let desk = desk("regulations-trial");
    desk.patch("huibian.yaml", "as_of: 2024-05-31", "as_of: 2026-03-08");
    assert_eq!(desk.found(), [""; 0]);
    desk.write("templates/regulations/reading.yaml", "levels: [学校]\ntrial_years: 2\n");
    assert_eq!(desk.found(), ["query trial-too-long 组织生活.md:9:8"]);
}

#[test]
fn files_that_are_not_read_are_named() {
    let desk = desk("regulations-files");
    desk.write("制度/谈心.docx", fs::read(repository(DOCUMENT)).unwrap());
    desk.write("制度/党费.docx", b"PK\x03\x04");
    desk.write("制度/附表.xlsx", b"PK\x03\x04");
    desk.write("制度/经费.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    desk.write("制度/党徽.yaml", ADMISSION.split("---\n").nth(1).unwrap());
    desk.write("手册/发展党员手册/照片.jpg", b"\xFF\xD8");
    let wanted = [
        "error file-damaged 党费.docx",
        "error front-matter-missing 谈心.docx",
        "error regulation-not-read 党徽.yaml",
        "error regulation-not-read 照片.jpg",
        "error regulation-not-read 经费.doc",
        "error regulation-not-read 附表.xlsx",
    ];
    assert_eq!(desk.found(), wanted);
}

#[test]
fn the_regulations_of_the_university_leave_nothing_to_ask() {
    let desk = Desk::new("regulations-university");
    desk.copy("fixtures/university/regulations", "制度");
    desk.copy("fixtures/university/handbooks", "手册");
    desk.write("huibian.yaml", PROJECT);
    let given = desk.found();
    let asked: Vec<&String> = given.iter().filter(|it| !it.starts_with("note ")).collect();
    assert_eq!(asked, [""; 0]);
    let read = desk.files("制度").keys().filter(|it| it.ends_with(".md") || it.ends_with(".yaml")).count();
    assert_eq!(read, 32);
}

#[test]
fn a_word_document_is_read_with_the_front_matter_beside_it_unless_it_has_become_markdown() {
    let desk = desk("regulations-word");
    for file in ["党员活动室管理办法.docx", "党员活动室管理办法.md"] {
        desk.write(&format!("制度/{file}"), fs::read(repository("fixtures/word").join(file)).unwrap());
    }
    let text = fs::read_to_string(desk.path("制度/党员活动室管理办法.md")).unwrap();
    desk.remove("制度/党员活动室管理办法.md");
    assert_eq!(desk.found(), ["error front-matter-missing 党员活动室管理办法.docx", CHANGES]);
    let front = ADMISSION.split("---\n").nth(1).unwrap().replace("发展党员工作细则", "党员活动室管理办法");
    let front = front.replace("5号", "9号").replace("repeals: [示理工党〔2011〕7号]\n", "");
    desk.write("制度/党员活动室管理办法.yaml", &front);
    assert_eq!(desk.found(), [CHANGES]);
    desk.patch(LIFE_FILE, "发展党员工作细则》第二条", "党员活动室管理办法》第七条");
    assert_eq!(desk.found(), [CHANGES]);
    desk.patch(LIFE_FILE, "党员活动室管理办法》第七条", "党员活动室管理办法》第八条");
    assert_eq!(desk.found(), ["error reference-unresolved 组织生活.md:36:44", CHANGES]);
    desk.write("制度/党员活动室管理办法.md", format!("---\n{front}---\n\n{text}"));
    let wanted = [
        "error reference-unresolved 组织生活.md:36:44",
        "note file-skipped 党员活动室管理办法.docx",
        "note file-skipped 党员活动室管理办法.yaml",
    ];
    assert_eq!(desk.found(), wanted);
}

#[test]
fn a_head_note_that_says_what_the_front_matter_says_is_no_part_of_the_text() {
    let desk = desk("regulations-note");
    let note = "（示理工党〔2023〕12号　2023年3月1日通过　2023年3月8日印发　2023年5月10日第一次修订）";
    desk.patch(
        LIFE_FILE,
        "第一章　总则",
        &format!("示例理工大学党支部组织生活\n实施办法（试行）\n\n{note}\n\n第一章　总则"),
    );
    assert_eq!(desk.found(), [""; 0]);
    let same = desk.run(&["diff", LIFE_FILE, repository(FOLDER).join(LIFE_FILE).to_str().unwrap()]).expect(0);
    assert!(same.stdout.contains("没有差别"), "{}", same.stdout);
}

/// What is said about the tracked changes of the Word document.
const CHANGES: &str = "note word-changes-accepted 党员活动室管理办法.docx:3:1";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.copy(FOLDER, ".");
    desk
}
