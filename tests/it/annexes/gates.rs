//! What withholds a form, each with its place and its remedy; the forms of other records are made all the same.

use std::collections::BTreeSet;

use super::{CONFIRMED, confirmed};
use crate::desk::{Desk, of_severity};

/// What is done to the project, and what comes of it.
struct Gate {
    name: &'static str,
    change: fn(&Desk),
    code: &'static str,
    /// Where, and what is said.
    says: [&'static str; 2],
    /// What is not made: by a part of its path.
    withheld: &'static [&'static str],
}

const LIST: &str = CONFIRMED[0];
const MEETING: &str = CONFIRMED[1];
const CONFIRMATION: &str = CONFIRMED[2];

fn patch(desk: &Desk, form: &str, old: &str, new: &str) {
    desk.patch(&format!("templates/forms/{form}/form.yaml"), old, new);
}

/// What is remarked of one who was received: so many characters.
fn remark(desk: &Desk, n_characters: usize) {
    let text: String = "认真学习理论".chars().cycle().take(n_characters).collect();
    desk.patch("data/党员发展.csv", "无记名投票,8,0,0,", &format!("无记名投票,8,0,0,{text}"));
}

const GATES: [Gate; 12] = [
    Gate {
        name: "draft",
        change: |it| patch(it, MEETING, "id: ", "draft: true\nid: "),
        code: "form-is-draft",
        says: ["form.yaml", "草稿"],
        withheld: &["支部大会记录"],
    },
    Gate {
        name: "changed",
        change: |it| {
            let blank = format!("templates/forms/{MEETING}/{MEETING}.docx");
            it.patch_workbook(&blank, "表决方式", "表决办法");
        },
        code: "blank-changed",
        says: ["form.yaml", "不是当初绑定的那一份"],
        withheld: &["支部大会记录"],
    },
    Gate {
        name: "unusable",
        change: |it| patch(it, MEETING, "blank: ", "blank: 新"),
        code: "blank-unusable",
        says: ["form.yaml", "没有表样“新附件5"],
        withheld: &["支部大会记录"],
    },
    Gate {
        name: "unfit",
        change: |it| {
            patch(
                it,
                LIST,
                "[member_total, full_members, probationary_members]",
                "[member_total, full_members]",
            );
        },
        code: "place-unfit",
        says: ["form.yaml", "该处有3个空"],
        withheld: &["评议汇总表"],
    },
    Gate {
        name: "undecided",
        change: |it| {
            patch(it, MEETING, "\n  - {at: 段4, label: 记录人, leave: 由记录人、监票人签名}", "");
        },
        code: "place-undecided",
        says: ["form.yaml", "段4（记录人）"],
        withheld: &["支部大会记录"],
    },
    Gate {
        name: "open",
        change: |it| patch(it, MEETING, "由记录人、监票人签名", "待定"),
        code: "place-undecided",
        says: ["form.yaml", "还没有决定怎样填"],
        withheld: &["支部大会记录"],
    },
    Gate {
        name: "label",
        change: |it| patch(it, MEETING, "label: 表决方式", "label: 表决结果"),
        code: "place-unknown",
        says: ["form.yaml", "“表1!5,2”的栏目是“表决方式”，声明中写的是“表决结果”"],
        withheld: &["支部大会记录"],
    },
    Gate {
        name: "no box",
        change: |it| {
            patch(it, MEETING, "choose: ballot", "choose: \"'口头表决' if name == '孙丽' else ballot\"");
        },
        code: "value-not-on-blank",
        says: ["党员发展.csv", "“口头表决”没有对应的选项（表样上有无记名投票、举手）"],
        withheld: &["支部大会记录-孙丽"],
    },
    Gate {
        name: "limit",
        change: |it| {
            patch(it, CONFIRMATION, "value: {value: remark, empty: 没有需要说明的问题}", "leave: 由本人填写");
            remark(it, 121);
        },
        code: "text-exceeds-blank",
        says: ["党员发展.csv AC4", "“预备期表现（120字以内）”限120字，现有121字"],
        withheld: &["转正审批表-孙丽"],
    },
    Gate {
        name: "height",
        change: |it| remark(it, 120),
        code: "text-exceeds-blank",
        says: ["党员发展.csv AC4", "“需要说明的问题”一格的高度固定"],
        withheld: &["转正审批表-孙丽"],
    },
    Gate {
        name: "rows",
        change: |it| patch(it, LIST, "more: insert", "more: error"),
        code: "rows-exceed-blank",
        says: ["党组织.yaml", "有10行，表样只有8行"],
        withheld: &["评议汇总表-甲学院党支部"],
    },
    Gate {
        name: "record",
        change: |it| it.patch("data/党员发展.csv", "S04,孙丽,女", "S04,孙丽,汝"),
        code: "unknown-choice",
        says: ["党员发展.csv C4", "汝"],
        withheld: &["转正审批表-孙丽"],
    },
];

#[test]
fn each_gate_withholds_what_it_is_about_and_says_where_and_why() {
    let made = |desk: &Desk| -> BTreeSet<String> {
        desk.files("out").into_keys().filter(|it| it.ends_with(".docx")).collect()
    };
    let whole = confirmed("all");
    whole.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let all = made(&whole);
    assert_eq!(all.len(), 8);
    for Gate { name, change, code, says, withheld } in GATES {
        let desk = confirmed(name);
        change(&desk);
        let ran = desk.run(&["build", "--out", "out", "--only", "forms"]);
        assert_ne!(ran.code, 0, "{name}");
        let told = format!("{}{}", ran.stdout, ran.stderr);
        let is_told = |it: &str| {
            told.lines().any(|line| line.contains(says[0]) && line.contains(says[1]) && line.contains(it))
        };
        assert!(is_told(&format!("[{code}]")), "{name}: {told}");
        assert_eq!(
            told.matches("  错误  ").count(),
            withheld.len(),
            "{name}: one cause, one finding\n{told}"
        );
        let is_withheld = |it: &&String| withheld.iter().any(|part| it.contains(part));
        let wanted: BTreeSet<&String> = all.iter().filter(|it| !is_withheld(it)).collect();
        let files = if desk.path("out").exists() { made(&desk) } else { BTreeSet::new() };
        assert_eq!(files.iter().collect::<BTreeSet<_>>(), wanted, "{name}");
        if desk.path("out/findings.json").exists() {
            let findings = desk.findings("out");
            let errors = of_severity(&findings, "error");
            assert!(errors.iter().all(|it| it["code"] == code), "{name}: {errors:?}");
        }
    }
}
