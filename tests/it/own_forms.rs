//! The forms that come with the program and are declared in blocks alone: what each prints for the records of a small
//! project, and that an error withholds the one that it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::desk::{Desk, Files};
use crate::paper::Paper;

const DATA: &str = "登记.yaml";
const COLLEGE: &str = "机械工程学院";

/// A form, and what is expected of it.
struct Case {
    id: &'static str,
    /// The files that are made: name and number of pages.
    files: &'static [(&'static str, usize)],
    /// What the first of them says, without blanks.
    says: &'static [&'static str],
    /// What is changed in the data to make an error, and the file that is withheld for it.
    fault: (&'static str, &'static str),
    withheld: &'static str,
}

const CASES: [Case; 13] = [
    Case {
        id: "activist-record",
        files: &[("入党积极分子考察登记表-赵磊-20240011", 3)],
        says: &[
            "入党积极分子考察登记表",
            "所在党支部：机械工程学院机械硕士生第一党支部",
            "2023年11月4日至2023年11月26日参加入党积极分子集中培训，结业考试成绩88分。",
            "22024年10月11日",
            "√□团组织推优",
            "上级党组织备案意见",
        ],
        fault: ("出生日期: 2002-11-08", "出生日期: 某年"),
        withheld: "入党积极分子考察登记表-赵磊-20240011",
    },
    Case {
        id: "development-record",
        files: &[("发展党员全程纪实表-周敏-19950008", 2), ("发展党员全程纪实表-赵磊-20240011", 2)],
        says: &[
            "2022年9月15日、2023年3月16日、2023年9月14日",
            "应到3人，实到3人，赞成3票，不赞成0票，弃权0票",
            "2023年12月8日（编号20230118）",
        ],
        fault: ("入党申请人谈话时间: 2021-09-28", "入党申请人谈话时间: 待定"),
        withheld: "发展党员全程纪实表-周敏-19950008",
    },
    Case {
        id: "confirmation-check",
        files: &[("转正审批前核对单-周敏-19950008", 1)],
        says: &["期满时间2024年12月20日", "编号20230118", "□材料齐全，可以提请审批□退回补充材料"],
        fault: ("宣誓时间: 2024-01-20", "宣誓时间: 一月"),
        withheld: "转正审批前核对单-周敏-19950008",
    },
    Case {
        id: "election-request",
        files: &[("换届请示-机械制造系教师党支部", 3)],
        says: &[
            "关于机械工程学院机械制造系教师党支部委员会换届选举的请示",
            "中共示例理工大学机械工程学院委员会：",
            "拟于2025年1月15日召开党员大会，地点在机械楼301会议室。",
            "提出委员候选人预备人选4名（名单附后）",
            "妥否，请批复。",
            "1丁一男",
            "4欧阳国庆男",
        ],
        fault: ("应选名额: 3, 请示时间", "应选名额: 若干, 请示时间"),
        withheld: "换届请示-机械制造系教师党支部",
    },
    Case {
        id: "ballot",
        files: &[("选票-机械制造系教师党支部", 1)],
        says: &["第六届委员会委员选举", "应选名额：3名", "丁一李文静张晓明欧阳国庆"],
        fault: ("姓名: 丁一, 性别: 男", "姓名: 丁一, 性别: 甲"),
        withheld: "选票-机械制造系教师党支部",
    },
    Case {
        id: "election-result",
        files: &[("选举结果-机械硕士生第一党支部-2024-05-16", 2)],
        says: &[
            "发出选票11张收回选票11张",
            "有效票10张无效票1张",
            "1阿卜杜拉·买买提10000是",
            "4马骏4510否",
            "监票人（签字）",
            "阿卜杜拉·买买提、王小平、陈志远3名同志获得的赞成票超过实到会有选举权人数的半数",
            "委员请予备案，书记请予批准。",
        ],
        fault: ("有效票: 10", "有效票: 十来张"),
        withheld: "选举结果-机械硕士生第一党支部-2024-05-16",
    },
    Case {
        id: "research-proposal",
        files: &[("党建课题立项申请书-张晓明-高校教师党支部在科研团队中发挥政治把关作用的路径研究", 3)],
        says: &["√□重点□一般", "2025年1月至2025年12月", "1李文静组织委员、讲师问卷和访谈", "合计4,000.00"],
        fault: ("金额: 1500", "金额: 一千五左右"),
        withheld: "党建课题立项申请书-张晓明-高校教师党支部在科研团队中发挥政治把关作用的路径研究",
    },
    Case {
        id: "research-completion",
        files: &[("党建课题结项表-李文静-教师党支部书记“双带头人”培育机制研究", 2)],
        says: &["立项编号：DJ202307", "5,000.00", "□优秀√□良好□合格□不合格"],
        fault: ("资助经费: 5000", "资助经费: 五千余"),
        withheld: "党建课题结项表-李文静-教师党支部书记“双带头人”培育机制研究",
    },
    Case {
        id: "activity-proposal",
        files: &[("支部活动立项申报表-机械硕士生第一党支部-把实验室安全课送到车间", 2)],
        says: &["校办实习工厂", "防护用品400.00护目镜二十副", "合计1,000.00"],
        fault: ("预计参加人数: 40", "预计参加人数: 四十来个"),
        withheld: "支部活动立项申报表-机械硕士生第一党支部-把实验室安全课送到车间",
    },
    Case {
        id: "member-commendation",
        files: &[("优秀共产党员推荐审批表-李文静-机械制造系教师党支部-2024", 2)],
        says: &["民族回族", "2023年6月优秀共产党员中共示例理工大学委员会", "应到4人，实到4人，同意推荐3票。"],
        fault: ("同意票数: 3", "同意票数: 多数"),
        withheld: "优秀共产党员推荐审批表-李文静-机械制造系教师党支部-2024",
    },
    Case {
        id: "organisation-commendation",
        files: &[("先进基层党组织推荐审批表-机械制造系教师党支部-2024", 2)],
        says: &[
            "2023年好2022年好",
            "先进基层党组织（中共示例理工大学委员会）",
            "公示时间：2024年12月9日至2024年12月13日。",
        ],
        fault: ("同意票数: 4", "同意票数: 全体"),
        withheld: "先进基层党组织推荐审批表-机械制造系教师党支部-2024",
    },
    Case {
        id: "appraisal-record",
        // Two pages for each member, four in one branch and two in the other.
        files: &[
            ("民主评议党员登记表-机械制造系教师党支部", 8),
            ("民主评议党员登记表-机械硕士生第一党支部", 4),
        ],
        says: &["2024年度", "√□优秀□合格□基本合格□不合格", "欧阳国庆", "党员互评意见"],
        fault: ("籍贯: 新疆喀什, 学历: 大学本科", "籍贯: 新疆喀什, 学历: 很高"),
        withheld: "民主评议党员登记表-机械硕士生第一党支部",
    },
    Case {
        id: "transfer-letter",
        files: &[("组织关系介绍信-孙晓燕-20190021", 1)],
        says: &[
            "第一联存根",
            "中共示例市高新区工作委员会组织部：",
            "该同志党费已交到2024年6月。",
            "（有效期30天）",
            "第三联回执",
        ],
        fault: ("党费缴纳至年月: 2024-06", "党费缴纳至年月: 上月"),
        withheld: "组织关系介绍信-孙晓燕-20190021",
    },
];

/// The small project with all forms, and the given changes of its data.
fn desk(name: &str, changes: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(name);
    desk.copy("tests/files/own_forms", ".");
    for (old, new) in changes {
        desk.patch(DATA, old, new);
    }
    desk
}

/// The path of a file.
fn path(id: &str, name: &str) -> String {
    format!("forms/{id}/{COLLEGE}/{name}.pdf")
}

/// What is made of the project as it stands.
static MADE: LazyLock<Files> = LazyLock::new(|| {
    let desk = desk("own-forms", &[]);
    desk.run(&["build", ".", "--out", "out"]).expect(0);
    desk.files("out")
});

#[test]
fn each_form_says_what_its_record_says_on_so_many_pages() {
    let mut faults = Vec::new();
    for case in &CASES {
        for (idx, (name, n_pages)) in case.files.iter().enumerate() {
            let paper = Paper::read(MADE[&path(case.id, name)].clone());
            if paper.sheets.len() != *n_pages {
                faults.push(format!("{name}: {} pages", paper.sheets.len()));
            }
            let text = paper.squeezed();
            let says = if idx == 0 { case.says } else { &[] };
            faults.extend(
                says.iter().filter(|it| !text.contains(**it)).map(|it| format!("{name}: no “{it}”\n{text}")),
            );
            for tofu in ['\u{FFFD}', '〓'] {
                assert!(!text.contains(tofu), "{name} has a character without a glyph");
            }
            assert!(paper.sheets.iter().all(|it| (it.size.0 - 210.0).abs() < 0.1), "{name} is not A4");
            assert_eq!(
                paper.headings(0).len(),
                name_count(case.id, &paper),
                "{name}: a heading for each record"
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// How many records a file holds: as many as it has keys.
fn name_count(id: &str, paper: &Paper) -> usize {
    let n = paper.keywords.split(',').count();
    assert!(n == 1 || id == "appraisal-record", "{id}: {}", paper.keywords);
    n
}

#[test]
fn no_form_is_made_for_a_record_that_it_is_not_meant_for() {
    let made: BTreeSet<&str> =
        MADE.keys().map(String::as_str).filter(|it| it.starts_with("forms/")).collect();
    let wanted: BTreeSet<String> =
        CASES.iter().flat_map(|case| case.files.iter().map(|it| path(case.id, it.0))).collect();
    assert_eq!(made, wanted.iter().map(String::as_str).collect());
}

#[test]
fn each_form_is_withheld_when_its_record_has_an_error() {
    let faults: Vec<_> = CASES.iter().map(|it| it.fault).collect();
    let desk = desk("own-forms-withheld", &faults);
    desk.run(&["build", ".", "--out", "out"]).expect(1);
    let files = desk.files("out");
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let withheld: BTreeMap<&str, String> = manifest["withheld"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["path"].as_str().unwrap(), it["codes"].to_string()))
        .collect();
    for case in &CASES {
        let path = path(case.id, case.withheld);
        assert!(withheld.contains_key(path.as_str()) && !files.contains_key(&path), "{path}: {withheld:?}");
        // The cause is said where it stands, and not once more about the form.
        assert!(!withheld[path.as_str()].contains("form-undecided"), "{path}: {withheld:?}");
    }
    let sound = path("appraisal-record", "民主评议党员登记表-机械制造系教师党支部");
    assert!(files.contains_key(&sound), "of the other branch nothing is withheld: {withheld:?}");
}

#[test]
fn a_branch_without_a_committee_asks_for_the_election_of_a_secretary() {
    let desk = desk("own-forms-small", &[("应选名额: 3, 请示时间", "应选名额: 1, 请示时间")]);
    desk.run(&["build", ".", "--out", "out", "--only", "forms"]);
    let mut files = desk.files("out");
    let mut text = |id: &str, name: &str| Paper::read(files.remove(&path(id, name)).unwrap()).squeezed();
    let request = text("election-request", "换届请示-机械制造系教师党支部");
    for said in [
        "教师党支部换届选举的请示",
        "支部不设委员会，拟选举书记1名，由党员大会选举产生。",
        "提出候选人预备人选4名",
    ] {
        assert!(request.contains(said), "{said} in {request}");
    }
    assert!(!request.contains("委员会委员") && !request.contains("本届委员会"), "{request}");
    assert!(text("ballot", "选票-机械制造系教师党支部").contains("第六届党支部书记选举"));
}

#[test]
fn a_form_cannot_have_a_file_for_each_branch_and_a_print_set() {
    let desk = desk("own-forms-both", &[]);
    desk.copy("templates/forms/appraisal-record", "templates/forms/both");
    desk.patch("templates/forms/both/form.yaml", "shared: true", "shared: true\nprint_set: 合订本");
    desk.patch("huibian.yaml", "forms: [activist-record,", "forms: [both, activist-record,");
    let found = desk.run(&["check", ".", "--format", "json"]).findings();
    let said =
        found.iter().find(|it| it["message"].as_str().is_some_and(|it| it.contains("不能同时用"))).unwrap();
    assert_eq!(
        (said["severity"].as_str(), said["file"].as_str()),
        (Some("error"), Some("templates/forms/both/form.yaml"))
    );
}
