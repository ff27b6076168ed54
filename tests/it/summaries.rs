//! Summaries in small projects: what is written, numbered, traced and held to its limits.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Cursor;

use crate::desk::{Desk, Ran, problems};
use crate::paper::Paper;
use calamine::{Reader, Xlsx};
use serde_json::Value as Json;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-05-31
sources: [data]
returns: [{absent: none}]
documents: {summaries: [whole, branch]}
";

const STRUCTURE: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学乙学院委员会, 简称: 乙学院党委, 所属单位: 乙学院, 组织类别: 党委}
";

/// The third has a name of 25 characters, and has held nothing.
const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,党员总数,正式党员数,预备党员数
010101,甲学院教师党支部,教师党支部,甲学院党委,教师党支部,2010年7月,2023年6月,张晓明,12,12,0
010102,甲学院学生党支部,学生党支部,甲学院党委,学生党支部,2012年9月,2023年6月,李文静,1,1,0
020101,乙学院智能制造与新能源汽车研究所师生联合纵向党支部,联合支部,乙学院党委,师生联合党支部,2010年7月,2023年6月,陈志远,4,4,0
";

const ACTIVITIES: &str = "\
所在党支部,会议类型,会议名称,实际会议时间,应到人数,实到人数,时长
甲学院教师党支部,党课,# 讲*信念*,2024-03-05,12,11,90
甲学院教师党支部,主题党日,参观校史馆,2024-01-20,12,12,
甲学院学生党支部,党课,学习党章,2024-03-01,1,1,60
甲学院教师党支部,党课,去年的党课,2023-11-01,12,12,60
";

const FACTS: &str = "\
facts:
  - {id: lectures_all, title: 党课次数, unit: 次, definition: 期内党课, of: activities, where: [\"in_period(held, period)\", \"kind == '党课'\"]}
  - {id: days_all, title: 主题党日次数, unit: 次, definition: 期内主题党日, of: activities, where: [\"in_period(held, period)\", \"kind == '主题党日'\"]}
  - {id: held_all, title: 组织生活次数, unit: 次, definition: 期内组织生活, value: facts.lectures_all + facts.days_all}
  - {id: lecture_share, title: 党课占比, unit: '%', definition: 党课占组织生活, value: facts.lectures_all * 100 / facts.held_all, round: 1}
  - {id: branches_all, title: 党支部数, unit: 个, definition: 党支部, of: branches}
  - {id: committees_all, title: 党组织数, unit: 个, definition: 二级党组织, of: organisations}
";

const WHOLE: &str = "\
id: whole
title: \"{{ project.institution }}{{ span }}总结\"
file_name: 全校总结
editions: [pdf, xlsx]
literals: [三会一课]
opening:
  - paragraph: \"{{ span }}，{{ facts.committees_all }}个党组织、{{ facts.branches_all }}个党支部落实“三会一课”，
      {% if facts.days_all > 0 %}主题党日{{ facts.days_all }}次、{% endif %}{% if facts.lectures_all > 5 %}党课很多、{% endif %}，
      共{{ facts.held_all }}次。党课占{{ facts.lecture_share }}%。\"
parts:
  - id: life
    heading: 抓组织生活
    blocks:
      - heading: 没有内容的小节
      - list: {each: \"records.activities | selectattr('name', '==', '无')\", text: \"{{ name }}\"}
      - heading: 讲党课
      - points:
          - {lead: 多讲。, text: \"讲了{{ facts.lectures_all | chinese }}次。\"}
          - {when: facts.lectures_all > 9, text: 不会出现。}
          - {each: \"records.activities | selectattr('kind', '==', '主题党日')\", text: \"{{ name }}，{{ loop.index }}。\"}
  - {id: nothing, heading: 空的部分, when: facts.lectures_all > 0, blocks: [{list: {each: \"records.honours\", text: \"{{ name }}\"}}]}
  - {id: said, heading: 说明为空的部分, empty: 期内没有表彰。, blocks: [{list: {each: \"records.honours\", text: \"{{ name }}\"}}]}
  - id: tables
    heading: 看数据
    blocks:
      - table:
          title: 各党支部
          each: records.branches
          narrow: true
          columns:
            - {title: 序号, value: \"{{ loop.index }}\"}
            - {title: 党支部, value: \"{{ name }}\", align: left}
            - {title: 党课, value: \"{{ facts.lectures_all }}\", align: right}
            - {title: 别称, value: \"{{ short_name }}\", when: facts.lectures_all > 99}
          total: [\"\", 合计, \"{{ facts.lectures_all }}\", \"\"]
      - chart: {title: 各支部党课, kind: column, unit: 次, series: [党课], each: records.branches, narrow: true, label: \"{{ short_name }}\", values: [facts.lectures_all]}
      - chart: {title: 全是零, kind: column, unit: 次, series: [党课], points: [{title: 1月, values: [facts.lectures_all - facts.lectures_all]}]}
appendices:
  - title: 大事记
    events:
      - {each: \"records.activities | selectattr('held', 'in_period', period)\", date: held, text: \"{{ branch.name }}开展{{ kind }}“{{ name }}”。\"}
signature: [\"中共{{ project.institution }}委员会组织部\", \"{{ as_of | date_cn }}\"]
";

const BRANCH: &str = "\
id: branch
title: \"{{ name }}{{ span }}总结\"
of: branches
folder: \"{{ organisation.short_name }}\"
file_name: \"{{ short_name }}总结\"
editions: [pdf]
parts:
  - id: life
    heading: 组织生活
    empty: 期内没有开展组织生活。
    blocks:
      - when: facts.held_all > 0
        paragraph: \"{{ '仅' if facts.held_all == 1 else '共' }}开展{{ facts.held_all }}次，其中党课{{ facts.lectures_all }}次。\"
      - list:
          each: \"records.activities | selectattr('held', 'in_period', period) | sort(attribute='held')\"
          text: \"{{ name }}{% if minutes is defined %}（{{ minutes }}分钟）{% endif %}；\"
          style: inline
          open: 先后有：
";

fn small(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/党组织.yaml", STRUCTURE);
    desk.write("data/党支部.csv", BRANCHES);
    desk.write("data/组织生活.csv", ACTIVITIES);
    desk.write("templates/facts/small.yaml", FACTS);
    desk.write("templates/summaries/whole/summary.yaml", WHOLE);
    desk.write("templates/summaries/branch/summary.yaml", BRANCH);
    desk
}

fn built(desk: &Desk) -> Ran {
    desk.run(&["build", "--out", "out", "--only", "summaries"])
}

/// The text of a PDF without spaces and line ends.
fn pdf(desk: &Desk, path: &str) -> String {
    Paper::read(desk.files("out/summaries")[path].clone()).squeezed()
}

/// The sheets of a workbook: their names, and the texts of each row.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<String>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let rows = |name: &String, book: &mut Xlsx<Cursor<Vec<u8>>>| -> Vec<String> {
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    book.sheet_names().iter().map(|it| (it.clone(), rows(it, &mut book))).collect()
}

fn figures(desk: &Desk, path: &str) -> Vec<Json> {
    let json: Json = serde_json::from_slice(&desk.files("out/summaries")[path]).unwrap();
    json["figures"].as_array().unwrap().clone()
}

#[test]
fn a_summary_is_written_numbered_and_tidied() {
    let desk = small("summary-written");
    built(&desk).expect(0);
    let text = pdf(&desk, "whole/全校总结.pdf");
    for expected in [
        "示例理工大学2024年1月至5月总结",
        "2个党组织、3个党支部落实“三会一课”，主题党日1次，共3次。党课占66.7%。",
        "一、抓组织生活（一）讲党课一是多讲。讲了二次。二是参观校史馆，1。",
        "二、说明为空的部分期内没有表彰。三、看数据",
        "中共示例理工大学委员会组织部2024年5月31日",
        "1月1月20日甲学院教师党支部开展主题党日“参观校史馆”。",
        "3月3月1日甲学院学生党支部开展党课“学习党章”。3月5日甲学院教师党支部开展党课“#讲*信念*”。",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    for absent in ["没有内容的小节", "、空的部分", "不会出现", "去年的党课", "别称", "全是零"]
    {
        assert!(!text.contains(absent), "{absent}");
    }
}

#[test]
fn a_branch_that_held_nothing_or_one_meeting_reads_as_chinese() {
    let desk = small("summary-edges");
    built(&desk).expect(0);
    let teachers = pdf(&desk, "branch/甲学院党委/教师党支部总结.pdf");
    assert!(
        teachers.contains("共开展2次，其中党课1次。先后有：参观校史馆；#讲*信念*（90分钟）。"),
        "{teachers}"
    );
    let students = pdf(&desk, "branch/甲学院党委/学生党支部总结.pdf");
    assert!(students.contains("仅开展1次，其中党课1次。先后有：学习党章（60分钟）。"), "{students}");
    let idle = pdf(&desk, "branch/乙学院党委/联合支部总结.pdf");
    assert!(idle.contains("乙学院智能制造与新能源汽车研究所师生联合纵向党支部2024年1月至5月总结"), "{idle}");
    assert!(idle.contains("一、组织生活期内没有开展组织生活。"), "{idle}");
}

#[test]
fn every_figure_is_listed_with_its_sentence_its_place_and_whose_it_is() {
    let desk = small("summary-figures");
    built(&desk).expect(0);
    let all = figures(&desk, "whole/全校总结.figures.json");
    let text = |it: &Json, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    for it in &all {
        let [from, to] = [0, 1].map(|at| it["at"][at].as_u64().unwrap() as usize);
        let stretch: String = text(it, "text").chars().skip(from).take(to - from).collect();
        assert_eq!(stretch, text(it, "printed"), "{it}");
    }
    let of = |block: &str| -> Vec<String> {
        let own = all.iter().filter(|it| it["block"] == block);
        own.map(|it| format!("{}={}{}", text(it, "fact"), text(it, "printed"), text(it, "narrowed_to")))
            .collect()
    };
    assert_eq!(
        of("opening-1"),
        ["committees_all=2", "branches_all=3", "days_all=1", "held_all=3", "lecture_share=66.7"]
    );
    assert_eq!(of("life-4-1"), ["lectures_all=二"]);
    let table = of("tables-1");
    assert_eq!(table[0], "lectures_all=1甲学院教师党支部");
    assert_eq!(table[2], "lectures_all=0乙学院智能制造与新能源汽车研究所师生联合纵向党支部");
    assert_eq!(table[3], "lectures_all=2");
    assert_eq!(of("tables-2").len(), 3);
    let share = all.iter().find(|it| it["fact"] == "lecture_share").unwrap();
    assert_eq!((text(share, "text"), text(share, "unit")), ("党课占66.7%。".to_owned(), "%".to_owned()));
}

#[test]
fn the_workbook_has_the_tables_the_events_and_the_figures_of_the_charts() {
    let desk = small("summary-workbook");
    built(&desk).expect(0);
    let sheets = sheets(&desk.files("out/summaries")["whole/全校总结.xlsx"]);
    let sheet = |name: &str| sheets.iter().find(|it| it.0 == name).unwrap().1.concat();
    assert!(sheet("各党支部").ends_with("3乙学院智能制造与新能源汽车研究所师生联合纵向党支部0合计2"));
    assert!(sheet("大事记").contains("3月3月5日甲学院教师党支部开展党课“# 讲*信念*”。"));
    assert!(sheet("各支部党课").ends_with("教师党支部1学生党支部1联合支部0"));
    assert!(sheets.iter().any(|it| it.0 == "图表"));
}

#[test]
fn explain_leads_from_a_figure_to_the_records_of_its_branch() {
    let desk = small("summary-explain");
    let explained = |arguments: &[&str]| desk.run(&[&["explain"], arguments].concat());
    let several = explained(&["全校总结.figures.json!opening-1"]).expect(0).stdout;
    assert!(several.contains("5个数字") && several.contains("主题党日次数 = 1"), "{several}");
    let second = explained(&["whole/全校总结!opening-1!3"]).expect(0).stdout;
    assert!(second.contains("主题党日次数") && second.contains("参观校史馆"), "{second}");
    let own = explained(&["branch/甲学院党委/学生党支部总结.pdf!life-1!2"]).expect(0).stdout;
    assert!(own.contains("党课次数（甲学院学生党支部）") && own.contains("学习党章"), "{own}");
    assert!(own.contains("共1条"), "{own}");
    let narrowed = explained(&["lectures_all", "--for", "乙学院党委"]).expect(0).stdout;
    assert!(narrowed.contains("数值：0次"), "{narrowed}");
    assert!(explained(&["lectures_all", "--for", "丙学院党委"]).expect(2).stderr.contains("没有名为"));
    assert!(explained(&["全校总结!nothing"]).expect(2).stderr.contains("有数字的段落有：opening-1"));
}

#[test]
fn numbers_of_its_own_and_what_cannot_be_narrowed_are_faults_of_a_template() {
    for (old, new, problem) in [
        ("期内没有表彰。", "期内表彰3项。", "literal-figure"),
        ("literals: [三会一课]", "literals: [一会一课, 三会]", ""),
        (
            "text: \"{{ name }}，{{ loop.index }}。\"",
            "text: \"{{ records.honours | length }}项\"",
            "figure-not-a-fact",
        ),
        (
            "values: [facts.lectures_all - facts.lectures_all]",
            "values: [records.honours | length]",
            "figure-not-a-fact",
        ),
        ("          - {lead: 多讲。", "          - {id: opening-1, lead: 多讲。", "duplicate-key"),
        (
            "      - when: facts.held_all > 0",
            "      - heading: 两种内容\n        when: facts.held_all > 0",
            "wrong-kind",
        ),
        ("其中党课{{ facts.lectures_all }}次", "党组织{{ facts.committees_all }}个", "unknown-name"),
    ] {
        let desk = small("summary-faults");
        let file = if WHOLE.contains(old) { "whole" } else { "branch" };
        desk.patch(&format!("templates/summaries/{file}/summary.yaml"), old, new);
        let ran = built(&desk);
        let (code, expected) =
            if problem.is_empty() { (0, String::new()) } else { (2, format!("[{problem}]")) };
        assert_eq!(ran.code, code, "{new}: {}{}", ran.stdout, ran.stderr);
        assert!(
            format!("{}{}", ran.stdout, ran.stderr).contains(&expected),
            "{new}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
}

#[test]
fn limits_are_queries_that_withhold_nothing() {
    let desk = small("summary-limits");
    let limits = "limits: {characters: 20, shares: [{part: life, of: body, at_least: 90%}]}\n";
    desk.patch("templates/summaries/whole/summary.yaml", "opening:\n", &format!("{limits}opening:\n"));
    built(&desk).expect(0);
    let found = problems(&desk.findings("out"));
    let of = |code: &str| found.iter().filter(|it| it.contains(code)).count();
    assert_eq!((of("summary-too-long"), of("summary-share")), (1, 1), "{found:?}");
}

#[test]
fn an_error_withholds_the_summaries_that_read_it_and_a_draft_says_so() {
    let desk = small("summary-withheld");
    desk.patch(
        "data/组织生活.csv",
        "甲学院学生党支部,党课,学习党章,2024-03-01",
        "甲学院学生党支部,党课,学习党章,2024年",
    );
    built(&desk).expect(1);
    let names = |desk: &Desk| -> Vec<String> {
        desk.files("out/summaries").into_keys().filter(|it| it.ends_with(".pdf")).collect()
    };
    let unharmed = ["branch/乙学院党委/联合支部总结.pdf", "branch/甲学院党委/教师党支部总结.pdf"];
    assert_eq!(names(&desk), unharmed, "only those of other branches are made");
    desk.run(&["build", "--out", "out", "--only", "summaries", "--draft"]).expect(1);
    assert_eq!(names(&desk).len(), 4);
    assert!(pdf(&desk, "whole/全校总结.pdf").contains("草稿"));
}

#[test]
fn a_field_without_a_value_is_not_taken_for_a_function_of_its_name() {
    let desk = small("summary-names");
    let date = "  - {id: undated, title: 无年份, definition: 没有时长, of: activities, where: weekdays is undefined}\n";
    desk.write("templates/facts/more.yaml", format!("facts:\n{date}"));
    let schema =
        std::include_str!("../../templates/schemas/activities.yaml").replace("id: minutes,", "id: weekdays,");
    desk.write("templates/schemas/activities.yaml", schema);
    desk.write("templates/summaries/branch/summary.yaml", BRANCH.replace("minutes", "weekdays"));
    let explained = desk.run(&["explain", "undated"]);
    assert!(explained.stdout.contains("数值：1"), "{}{}", explained.stdout, explained.stderr);
}
