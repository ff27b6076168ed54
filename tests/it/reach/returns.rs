//! What was due and has not come: said in one line for each unit, and what counts it is withheld.

use super::project::{LANGUAGES, MACHINES};
use super::{Case, case, checked, hold, strict};
use crate::desk::Desk;
use huibian::finding::{Finding, Severity};

const PROJECT: &str = "huibian.yaml";
const MEETINGS: &str = "data/外语学院/会议.csv";

/// What counts the meetings of the college of languages.
const COUNT_LANGUAGES: &str =
    "card/外语党委/日语支部 tally/会议统计 tally/外语党委/会议统计 team/日语支部 whole/全校";
/// What counts those of the first branch of machines.
const COUNT_MAKERS: &str =
    "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部 whole/全校";
/// What counts the items of the college of languages.
const COUNT_ITEMS: &str = "card/外语党委/日语支部 items/台账";

/// Lets the schemas say who returns what: each branch its meetings, each committee its items.
fn expect(desk: &Desk) {
    for (table, who) in [("meetings", "branch"), ("items", "[committee]")] {
        desk.patch(
            &format!("templates/schemas/{table}.yaml"),
            "label: name\n",
            &format!("label: name\nreturned_by: {who}\n"),
        );
    }
}

/// Changes a file, where each branch is waited for.
fn changed(desk: &Desk, path: &str, from: &str, to: &str) {
    expect(desk);
    desk.patch(path, from, to);
}

/// Gives the meetings of one branch to another.
fn of_others(desk: &Desk) {
    expect(desk);
    desk.write("data/机械学院/会议.csv", MACHINES.replace("制造系教工党支部", "研究生第一党支部"));
}

/// Takes the meetings of the languages away, and says something of them in the project file.
fn said(desk: &Desk, line: &str) {
    expect(desk);
    desk.remove(MEETINGS);
    desk.patch(PROJECT, "documents:\n", &format!("returns: [{line}]\ndocuments:\n"));
}

/// A change, and the lines that are said after it.
type Told = (fn(&Desk), &'static [&'static str]);

/// A change by its name, or by the code that it gives.
type Named = (&'static str, fn(&Desk));

const CODE: &str = "return-missing";

#[test]
fn what_does_not_come_withholds_what_counts_it() {
    let cases: &[Case] = &[
        case(
            CODE,
            "the file of a committee",
            |it| {
                expect(it);
                it.remove(MEETINGS);
            },
            COUNT_LANGUAGES,
        ),
        case(CODE, "the rows of a branch", of_others, COUNT_MAKERS),
        case(
            CODE,
            "a table of a committee",
            |it| {
                expect(it);
                it.remove("data/外语学院/台账.yaml");
            },
            COUNT_ITEMS,
        ),
        case(
            CODE,
            "an empty form",
            |it| {
                expect(it);
                it.write(MEETINGS, LANGUAGES.lines().next().unwrap());
            },
            COUNT_LANGUAGES,
        ),
        case(
            CODE,
            "not asked for by the schema any more",
            |it| said(it, "{tables: [会议], absent: none}"),
            "",
        ),
        case(
            CODE,
            "another unit is spared",
            |it| said(it, "{tables: [会议], of: [机械党委], absent: none}"),
            COUNT_LANGUAGES,
        ),
        strict(CODE, "a query", |it| said(it, "{tables: [会议], absent: query}"), COUNT_LANGUAGES),
        case(CODE, "a query in a usual run", |it| said(it, "{tables: [会议], absent: query}"), ""),
        case(
            "return-not-read",
            "a letter in the folder of a committee",
            |it| {
                expect(it);
                it.write("data/外语学院/会议.pdf", "%PDF-1.7");
            },
            COUNT_LANGUAGES,
        ),
    ];
    hold_all(cases);
}

/// The cases, of which those that withhold nothing have no error either.
fn hold_all(cases: &[Case]) {
    let (silent, loud): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|it| it.withheld.is_empty());
    hold(&loud.into_iter().map(|it| Case { ..*it }).collect::<Vec<_>>());
    for it in silent {
        assert_eq!(said_of(it.change), Vec::<String>::new(), "{}", it.name);
    }
}

/// The errors and queries after a change.
fn said_of(change: fn(&Desk)) -> Vec<String> {
    let desk = super::small("reach-returns");
    change(&desk);
    let (_, report) = checked(&desk.path("."), false);
    let of_returns = |code: &str| code.starts_with("return");
    let findings =
        report.findings().iter().filter(|it| it.severity == Severity::Error && of_returns(&it.code));
    let who = |it: &Finding| it.subject.branch.as_ref().or(it.subject.committee.as_ref()).cloned();
    findings.map(|it| format!("{}：{}", who(it).unwrap_or_default(), it.message)).collect()
}

#[test]
fn each_unit_is_told_in_one_line_what_it_owes() {
    let cases: [Told; 7] = [
        (
            |it| {
                expect(it);
                it.remove(MEETINGS);
            },
            &["外语党委：没有收到会议表"],
        ),
        (
            |it| {
                expect(it);
                it.remove(MEETINGS);
                it.remove("data/外语学院/台账.yaml");
            },
            &["外语党委：没有收到台账、会议表"],
        ),
        (
            |it| {
                expect(it);
                it.write(MEETINGS, "支部,名称,日期\n");
                it.remove("data/外语学院/台账.yaml");
            },
            &["外语党委：没有收到台账表，交来的会议表是空表"],
        ),
        (of_others, &["制造系教工党支部：没有收到会议表"]),
        (|it| said(it, "{tables: [会议], by: [office]}"), &["：本部门没有提供会议表"]),
        // A branch that is misspelt has been told so, and a file that cannot be read as well.
        (|it| changed(it, MEETINGS, "日语系教工党支部", "日语系教工党支"), &[]),
        (
            |it| {
                expect(it);
                it.write(MEETINGS, "");
            },
            &[],
        ),
    ];
    for (at, (change, expected)) in cases.into_iter().enumerate() {
        assert_eq!(said_of(change), expected, "{at}");
    }
}

#[test]
fn a_report_of_nothing_is_a_return() {
    let cases: [Named; 7] = [
        ("无 in the form", |it| {
            expect(it);
            it.write(MEETINGS, "支部,名称,日期\n无,,\n");
        }),
        ("无 beside the branch", |it| {
            expect(it);
            it.write(MEETINGS, "支部,名称,日期\n日语系教工党支部,无,—\n");
        }),
        ("an empty list", |it| {
            expect(it);
            it.write("data/外语学院/台账.yaml", "台账: []\n");
        }),
        ("无 in a tree", |it| {
            expect(it);
            it.write("data/外语学院/台账.yaml", "台账: 无\n");
        }),
        ("a line for the committee", |it| said(it, "{tables: [会议], of: [外语学院], none: 已核实}")),
        ("a line for the branch", |it| said(it, "{tables: [会议], of: [日语支部], none: 已核实}")),
        ("a branch that need not", |it| said(it, "{of: [日语支部], exempt: 新建}")),
    ];
    for (name, change) in cases {
        assert_eq!(said_of(change), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_the_project_file_says_of_returns_is_held_against_what_is_there() {
    let cases: [Named; 5] = [
        ("returns-name-unknown", |it| said(it, "{tables: [会义], none: 无}")),
        ("returns-name-unknown", |it| said(it, "{of: [外语党位], none: 无}")),
        ("return-not-nothing", |it| {
            expect(it);
            it.patch(
                PROJECT,
                "documents:\n",
                "returns: [{tables: [会议], of: [外语党委], none: 无}]\ndocuments:\n",
            );
        }),
        ("wrong-kind", |it| said(it, "{tables: [会议]}")),
        ("wrong-kind", |it| said(it, "{tables: [会议], none: 无, due: 2024-06-01}")),
    ];
    for (code, change) in cases {
        let desk = super::small("reach-returns-lines");
        change(&desk);
        let mut session = huibian::Session::default();
        let _unusable = session.check(&desk.path("."), &huibian::Judging::default());
        assert!(session.report.findings().iter().any(|it| it.code == code), "{code}: {:#?}", session.report);
    }
}

/// The lines on what has not come, and how many documents are withheld for it, after a change of the university's returns.
fn owed(change: &str, apply: fn(&Desk)) -> (Vec<String>, Vec<String>) {
    let desk = Desk::new(&format!("reach-university-{change}"));
    desk.copy("fixtures/university", ".");
    apply(&desk);
    let (checked, report) = checked(&desk.path("."), false);
    let errors = report.findings().iter().filter(|it| it.code == CODE);
    let who = |it: &Finding| it.subject.branch.as_ref().or(it.subject.committee.as_ref()).cloned();
    let lines = errors.map(|it| format!("{}：{}", who(it).unwrap_or_default(), it.message)).collect();
    let is_meant = |codes: &[String]| codes.iter().any(|it| it == CODE);
    let withheld = checked.plan.withheld().iter().filter(|it| is_meant(&it.codes));
    let mut paths: Vec<String> = withheld.map(|it| it.artefact.path.clone()).collect();
    paths.sort();
    (lines, paths)
}

#[test]
fn the_universitys_documents_are_withheld_where_a_return_is_missing_and_made_elsewhere() {
    // The ledger of a committee: what counts organisation life of it and of everybody, and nothing else.
    let (lines, withheld) = owed("ledger", |it| it.remove_all("returns/机关", "机关“三会一课”"));
    assert_eq!(lines, ["机关党工委：没有收到组织生活表"]);
    let of = |part: &str| withheld.iter().filter(|it| it.contains(part)).count();
    assert!(of("summaries/university/") > 0 && of("summaries/committee/机关党工委") > 0, "{withheld:#?}");
    assert_eq!((of("物理学院"), of("handbooks/"), of("统计表（教育部）")), (0, 0, 0), "{withheld:#?}");
    // The rows of a branch.
    let (lines, withheld) = owed("branch", |it| {
        for name in ["组织生活.csv", "党员.csv"] {
            let path = format!("returns/后勤保障处/{name}");
            let text = String::from_utf8(it.files("returns")[&format!("后勤保障处/{name}")].clone()).unwrap();
            let rows = text.lines().filter(|it| !it.contains("能源管理中心"));
            it.write(&path, rows.map(|it| format!("{it}\n")).collect::<String>());
        }
    });
    assert_eq!(
        lines,
        ["后勤保障处能源管理中心党支部：没有收到组织生活、党员表；别的表有65处写到其中的记录，因此找不到"]
    );
    let of = |part: &str| withheld.iter().filter(|it| it.contains(part)).count();
    assert!(of("能源管理中心") > 0 && of("summaries/university/") > 0, "{withheld:#?}");
    assert_eq!((of("饮食服务中心"), of("handbooks/")), (0, 0), "{withheld:#?}");
    // A table of everybody.
    let (lines, withheld) = owed("table", |it| {
        for path in it.files("returns").into_keys().filter(|it| it.contains("党费收缴")) {
            it.remove(&format!("returns/{path}"));
        }
    });
    assert_eq!(lines.len(), 14, "{lines:#?}");
    assert!(lines.iter().all(|it| it.ends_with("：没有收到党费收缴表")), "{lines:#?}");
    assert!(withheld.iter().any(|it| it.starts_with("summaries/")), "{withheld:#?}");
    assert!(
        !withheld.iter().any(|it| it.starts_with("handbooks/") || it.contains("ministry")),
        "{withheld:#?}"
    );
}
