//! Names of files: long ones, missing ones, and those that some system takes for the same.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use crate::desk::{Desk, Ran, of_severity};
use serde_json::Value as Json;

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-12-31
sources: [data]
returns: [{absent: none}]
documents: {statistics: [small], summaries: [whole, branch]}
";

/// Two committees whose names differ in case only.
const COMMITTEES: &str = "\
基层党组织:
  - {编号: \"0100\", 名称: 中共示例理工大学MBA中心委员会, 简称: MBA中心党委, 所属单位: MBA中心, 组织类别: 党委}
  - {编号: \"0200\", 名称: 中共示例理工大学mba中心委员会, 简称: mba中心党委, 所属单位: mba中心, 组织类别: 党委}
  - {编号: \"0300\", 名称: 中共示例理工大学甲学院委员会, 简称: 甲学院党委, 所属单位: 甲学院, 组织类别: 党委}
";

const BRANCHES: &str = "\
党支部编码,党支部名称,简称,所属分党委,支部类型,成立时间,最近换届时间,党支部书记,党员总数,正式党员数,预备党员数
030101,甲学院教师党支部,教师党支部,甲学院党委,教师党支部,2010年7月,2023年6月,张晓明,3,3,0
030102,甲学院本科生党支部,本科生党支部,甲学院党委,学生党支部,2012年9月,2023年6月,李文静,2,1,1
030103,甲学院研究生党支部,研究生党支部,甲学院党委,学生党支部,2012年9月,2023年6月,陈志远,2,2,0
";

const FILES: [(&str, &str); 5] = [
    (
        "templates/facts/small.yaml",
        "facts:\n  - {id: all, title: 党支部数, unit: 个, definition: 党支部, of: branches}\n",
    ),
    (
        "templates/statistics/small/statistics.yaml",
        "id: small\ntitle: 统计\nedition: \"2024\"\nbasis: 示例\nfile_name: 统计\ntables: [t1]\nper_committee: [t1]\n",
    ),
    (
        "templates/statistics/small/t1.yaml",
        "id: t1\nnumber: 表1\ntitle: 党支部\nof: branches\nrows: [{id: all, title: 合计}]\ncolumns: [{id: n, title: 个数}]\n",
    ),
    (
        "templates/summaries/whole/summary.yaml",
        "id: whole\ntitle: 全校总结\nfile_name: \"{{ project.institution }}总结\"\neditions: [pdf, docx]\nopening: [{paragraph: \"共有{{ facts.all }}个党支部。\"}]\nparts: []\n",
    ),
    (
        "templates/summaries/branch/summary.yaml",
        "id: branch\ntitle: \"{{ name }}总结\"\nof: branches\nfolder: \"{{ organisation.unit }}\"\nfile_name: \"{{ organisation.unit }}{{ short_name }}总结\"\n\
         editions: [pdf]\nopening: [{paragraph: \"本支部有{{ facts.all }}个党支部。\"}]\nparts: []\n",
    ),
];

fn small(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    desk.write("data/党组织.yaml", COMMITTEES);
    desk.write("data/党支部.csv", BRANCHES);
    for (path, text) in FILES {
        desk.write(path, text);
    }
    desk
}

fn build(desk: &Desk, options: &[&str]) -> Ran {
    desk.run(&[&["build", "--out", "out"], options].concat())
}

/// The documents that were made of a kind, below its folder.
fn made(desk: &Desk, kind: &str) -> Vec<String> {
    let folder = format!("{kind}/");
    desk.files("out").keys().filter_map(|it| it.strip_prefix(&folder).map(str::to_owned)).collect()
}

fn manifest(desk: &Desk) -> Json {
    serde_json::from_slice(&desk.files("out")["manifest.json"]).unwrap()
}

/// The paths that the manifest lists as withheld for this reason, each once.
fn withheld(desk: &Desk, code: &str) -> Vec<String> {
    let manifest = manifest(desk);
    let all = manifest["withheld"].as_array().unwrap().iter();
    let of_code = all.filter(|it| it["codes"].as_array().unwrap().iter().any(|it| it == code));
    let mut paths: Vec<String> = of_code.map(|it| it["path"].as_str().unwrap().to_owned()).collect();
    paths.dedup();
    paths
}

/// The findings of a code, as `cell message`.
fn told(desk: &Desk, code: &str) -> Vec<String> {
    let findings = desk.findings("out");
    let errors = of_severity(&findings, "error").into_iter().filter(|it| it["code"] == code);
    errors
        .map(|it| format!("{} {}", it["cell"].as_str().unwrap_or("-"), it["message"].as_str().unwrap()))
        .collect()
}

#[test]
fn legal_names_of_any_length_are_cut_together_with_their_endings() {
    for (n, unit, branch) in [(20, 10, 10), (63, 27, 29), (70, 30, 30), (200, 30, 30)] {
        let desk = small("names-long");
        let long = |n: usize, end: &str| format!("{}{end}", "长".repeat(n - end.chars().count()));
        desk.patch("huibian.yaml", "示例理工大学", &long(n, "理工大学"));
        desk.patch("data/党组织.yaml", "所属单位: 甲学院", &format!("所属单位: {}", long(unit, "联合学院")));
        desk.patch(
            "data/党支部.csv",
            "教师党支部,教师党支部,",
            &format!("教师党支部,{},", long(branch, "教师党支部")),
        );
        let summary = "templates/summaries/branch/summary.yaml";
        desk.patch(summary, "short_name }}总结", "short_name }}年度工作总结");
        let statistics = "templates/statistics/small/statistics.yaml";
        desk.patch(statistics, "file_name: 统计", "file_name: \"{{ project.institution }}统计\"");
        build(&desk, &[]).expect(0);
        let files = desk.files("out");
        for part in files.keys().flat_map(|it| it.split('/')) {
            assert!(part.encode_utf16().count() <= 80, "{part}");
        }
        let stems = |kind: &str, ending: &str| -> Vec<String> {
            made(&desk, kind).iter().filter_map(|it| it.strip_suffix(ending)).map(str::to_owned).collect()
        };
        assert_eq!(stems("summaries", ".pdf").len(), 4, "{n}");
        assert_eq!(stems("summaries", ".pdf"), stems("summaries", ".figures.json"), "{n}");
        assert_eq!(stems("statistics", ".pdf"), stems("statistics", ".xlsx"), "{n}");
    }
}

#[test]
fn a_name_that_lacks_a_value_is_no_clash_and_drafts_bear_what_lists_call_their_branch() {
    let desk = small("names-missing");
    desk.patch("data/党支部.csv", "教师党支部,教师党支部,", "教师党支部,,");
    desk.patch("data/党支部.csv", "本科生党支部,本科生党支部,", "本科生党支部,,");
    let without = ["甲学院本科生党支部", "甲学院教师党支部"];
    for (options, n_of_branches) in [(&[][..], 1), (&["--draft"][..], 3)] {
        build(&desk, options).expect(1);
        let made = made(&desk, "summaries");
        let of_branches: Vec<&String> =
            made.iter().filter(|it| it.starts_with("branch/甲学院/") && it.ends_with(".pdf")).collect();
        assert_eq!(of_branches.len(), n_of_branches, "{options:?}: {made:?}");
        let is_named =
            |name: &str| of_branches.iter().any(|it| it.starts_with(&format!("branch/甲学院/{name}（")));
        assert!(without.iter().all(|it| is_named(it) == (n_of_branches == 3)), "{of_branches:?}");
        assert_eq!(told(&desk, "file-name-collision"), [""; 0], "the missing value is the cause, and said");
    }
}

#[test]
fn names_that_differ_in_case_only_are_withheld_since_windows_takes_them_for_one() {
    let desk = small("names-case");
    desk.patch("data/党支部.csv", "教师党支部,教师党支部,", "教师党支部,ＭＰＡ第一支部,");
    desk.patch("data/党支部.csv", "本科生党支部,本科生党支部,", "本科生党支部,ｍｐａ第一支部,");
    build(&desk, &["--only", "summaries"]).expect(1);
    let mut withheld = withheld(&desk, "file-name-collision");
    withheld.retain(|it| it.ends_with(".pdf"));
    assert_eq!(
        withheld,
        ["ＭＰＡ", "ｍｐａ"].map(|it| format!("summaries/branch/甲学院/甲学院{it}第一支部总结.pdf")),
        "{:?}",
        made(&desk, "summaries")
    );
    assert_eq!(made(&desk, "summaries").iter().filter(|it| it.starts_with("branch/")).count(), 2);
}

#[test]
fn committees_whose_names_some_system_takes_for_one_have_folders_of_their_own() {
    let desk = small("names-namesakes");
    build(&desk, &["--only", "statistics"]).expect(0);
    let folders: Vec<String> = made(&desk, "statistics")
        .iter()
        .filter_map(|it| it.strip_suffix("/统计.pdf").filter(|it| it.contains('/')))
        .map(str::to_owned)
        .collect();
    assert_eq!(folders, ["small/MBA中心党委（0100-0）", "small/mba中心党委（0200-1）", "small/甲学院党委"]);
}

#[test]
fn two_statistics_or_editions_of_one_path_are_withheld_and_their_declarations_named() {
    let desk = small("names-declared");
    desk.write("templates/statistics/other/statistics.yaml", FILES[1].1.replace("per_committee: [t1]\n", ""));
    desk.write("templates/statistics/other/t1.yaml", FILES[2].1);
    desk.patch("huibian.yaml", "statistics: [small]", "statistics: [small, other], handbooks: [book]");
    let editions = "[{paper: a5, file_name: 汇编}, {paper: a4, file_name: 汇编}]";
    desk.write(
        "templates/handbooks/book/handbook.yaml",
        format!("id: book\ntitle: 汇编\neditions: {editions}\ncontents: {{title: 目录}}\nparts: [{{title: 甲, category: 组织生活}}]\n"),
    );
    for options in [&[][..], &["--draft"][..]] {
        build(&desk, options).expect(1);
        let wanted = ["handbooks/book/汇编.pdf", "statistics/small/统计.pdf", "statistics/small/统计.xlsx"];
        assert_eq!(withheld(&desk, "file-name-collision"), wanted);
        assert_eq!(made(&desk, "statistics").len(), 6, "those of the committees are made");
        assert_eq!(made(&desk, "summaries").len(), 3 + 6);
        assert_eq!(told(&desk, "file-name-collision").len(), 4);
    }
}
