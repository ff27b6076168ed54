//! Errors about figures, checks, what was given from outside, and documents themselves.

use super::project::{BRANCHES, CARD, CHECKS, GUIDE, MACHINES, T1, TEAM, WHOLE};
use super::{case, hold, strict};
use crate::desk::Desk;

const MEETINGS: &str = "data/机械学院/会议.csv";
const FORM: &str = "templates/forms/card/form.yaml";

#[test]
fn an_error_about_a_figure_withholds_that_figure_and_no_record() {
    let undecided = "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 whole/全校";
    hold(&[
        case(
            "figure-undecided",
            "a value that figures need",
            |it| {
                it.write(MEETINGS, MACHINES.replace(",9,60", ",,60"));
            },
            undecided,
        ),
        case(
            "figure-failed",
            "a condition that cannot be carried out",
            |it| {
                it.write(
                    "templates/statistics/tally/t1.yaml",
                    T1.replace("present >= 8", "present // 0 >= 8"),
                );
            },
            "tally/会议统计 tally/外语党委/会议统计 tally/机械党委/会议统计",
        ),
        case(
            "check-failed",
            "another figure than was given",
            |it| it.write("登记.yaml", "meetings: 5\n"),
            "tally/会议统计",
        ),
        strict(
            "check-failed",
            "a check that only asks",
            |it| {
                it.write("登记.yaml", "meetings: 5\n");
                it.write(
                    "templates/statistics/tally/checks.yaml",
                    CHECKS.replace("when_given", "severity: query, when_given"),
                );
            },
            "tally/会议统计",
        ),
        strict(
            "cut-off-differs",
            "a span of its own",
            |it| {
                it.patch(
                    "templates/statistics/tally/statistics.yaml",
                    "basis:",
                    "period: {starts: \"07-01\", ends: \"06-30\"}\nbasis:",
                );
            },
            "tally/会议统计 tally/外语党委/会议统计 tally/机械党委/会议统计",
        ),
    ]);
}

#[test]
fn statistics_as_of_a_day_outside_their_period_are_not_made() {
    hold(&[case(
        "cut-off-outside-period",
        "a day of another year",
        |it| {
            let period = "{id: tally, period: {from: 2023-01-01, to: 2023-12-31}, as_of: 2024-06-30}";
            it.patch("huibian.yaml", "statistics: [tally]", &format!("statistics: [{period}]"));
        },
        "tally/会议统计 tally/外语党委/会议统计 tally/机械党委/会议统计",
    )]);
}

#[test]
fn an_error_in_what_was_given_withholds_the_figures_that_are_held_against_it() {
    hold(&[
        case(
            "given-figure-unreadable",
            "no number",
            |it| it.write("登记.yaml", "meetings: 多\n"),
            "tally/会议统计",
        ),
        case(
            "given-figure-unreadable",
            "two numbers",
            |it| {
                it.patch("huibian.yaml", "given: [", "given: [{as: registry, file: 又.yaml}, ");
                it.write("又.yaml", "meetings: 9\n");
            },
            "tally/会议统计",
        ),
        case("given-file-unusable", "no file", |it| it.remove("登记.yaml"), "tally/会议统计"),
        case(
            "given-file-unusable",
            "no syntax",
            |it| it.write("登记.yaml", "meetings: [\n"),
            "tally/会议统计",
        ),
    ]);
}

#[test]
fn an_error_about_a_document_withholds_that_document() {
    let same_name = |it: &Desk| it.write("data/党支部.csv", BRANCHES.replace("硕士支部", "制造支部"));
    hold(&[
        case("file-name-collision", "forms and summaries", same_name, "card/机械党委/制造支部 team/制造支部"),
        case(
            "file-name-collision",
            "editions of a book",
            |it| {
                it.write(
                    "templates/handbooks/guide/handbook.yaml",
                    GUIDE.replace(
                        "[{paper: a5, file_name: 手册}]",
                        "[{paper: a5, file_name: 手册}, {paper: a4, file_name: 手册}]",
                    ),
                );
            },
            "guide/手册",
        ),
        case(
            "form-undecided",
            "a form",
            |it| {
                elected(it);
                it.write(
                    FORM,
                    CARD.replace("elected | date_cn", "\"'迟' if before(elected, project.as_of) else '早'\""),
                );
            },
            "card/机械党委/制造支部",
        ),
        case(
            "form-undecided",
            "the workbook over all forms",
            |it| {
                elected(it);
                it.write(
                    FORM,
                    CARD.replace(
                        "value: secretary,",
                        "value: \"'迟' if before(elected, project.as_of) else '早'\",",
                    ),
                );
            },
            "card/汇总",
        ),
        case(
            "form-undecided",
            "the name of a book",
            |it| {
                it.write(
                    "templates/handbooks/guide/handbook.yaml",
                    GUIDE.replace("file_name: 手册", "file_name: \"{{ year(project.as_of) // 0 }}\""),
                );
            },
            "guide/手册",
        ),
    ]);
}

#[test]
fn an_error_about_a_text_withholds_that_text() {
    hold(&[
        case(
            "summary-undecided",
            "a text",
            |it| {
                it.write(MEETINGS, MACHINES.replace(",9,60", ",9,"));
            },
            "team/制造支部",
        ),
        strict(
            "summary-too-long",
            "a limit",
            |it| {
                it.write(
                    "templates/summaries/whole/summary.yaml",
                    WHOLE.replace("parts:", "limits: {characters: 3}\nparts:"),
                );
            },
            "whole/全校",
        ),
        strict(
            "summary-too-long",
            "the limit of one among several",
            |it| {
                it.write(
                    "templates/summaries/team/summary.yaml",
                    TEAM.replace("parts:", "limits: {characters: 14}\nparts:"),
                );
            },
            "team/制造支部",
        ),
    ]);
}

/// A month of election of which nobody knows whether it was before its last day.
fn elected(desk: &Desk) {
    desk.write("data/党支部.csv", BRANCHES.replacen("2023年6月", "2024年12月", 1));
}

#[test]
fn of_a_rule_that_cannot_be_carried_out_nobody_knows_what_it_would_have_found() {
    let all = "card/汇总 items/台账 tally/会议统计 whole/全校";
    hold(&[case(
        "rule-failed",
        "too large a number",
        |it| {
            it.write(
            "templates/rules/failing.yaml",
            "rules:\n  - code: failing\n    of: meetings\n    title: 会议\n    basis: 示例\n    require: present // 0 == 1\n    message: 不对\n    \
             cases: {fires: {会议: [{人数: 1}]}, passes: {会议: [{人数: 1}]}}\n",
        );
        },
        all,
    )]);
}
