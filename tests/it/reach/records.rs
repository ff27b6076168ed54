//! Errors about fields, records and the relations between them.

use rust_xlsxwriter::{Format, Workbook};

use super::project::{COUNTED, LANGUAGES, MACHINES, OF_MACHINES, small};
use super::{case, hold, strict};
use crate::desk::Desk;

const MEETINGS: &str = "data/机械学院/会议.csv";
const FOREIGN_MEETINGS: &str = "data/外语学院/会议.csv";
const ITEMS: &str = "data/机械学院/台账.yaml";
/// The form of the branch that most cases are about.
const CARD: &str = "card/机械党委/制造支部";

/// Changes the meetings of the college of machines.
fn meetings(desk: &Desk, old: &str, new: &str) {
    assert_eq!(MACHINES.matches(old).count(), 1, "{old}");
    desk.write(MEETINGS, MACHINES.replace(old, new));
}

/// Changes its items.
fn items(desk: &Desk, old: &str, new: &str) {
    assert_eq!(OF_MACHINES.matches(old).count(), 1, "{old}");
    desk.write(ITEMS, OF_MACHINES.replace(old, new));
}

#[test]
fn an_error_about_a_field_withholds_what_reads_that_field() {
    const READ_NAME: &str = "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部";
    const READ_PRESENT: &str = "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 whole/全校";
    hold(&[
        case(
            "not-an-integer",
            "only one summary reads it",
            |it| meetings(it, "9,60", "9,长"),
            "team/制造支部",
        ),
        case("not-a-date", "nothing reads it", |it| meetings(it, "2024-03-01", "某日"), ""),
        case("number-out-of-range", "figures read it", |it| meetings(it, ",9,60", ",900,60"), READ_PRESENT),
        case("missing-value", "a required text", |it| meetings(it, "学习一", ""), READ_NAME),
        case("missing-value", "a required day that nothing reads", |it| meetings(it, "2024-03-01", ""), ""),
        case("text-too-long", "a text", |it| meetings(it, "学习一", "一二三四五六七八九十一"), READ_NAME),
        case("character-not-printable", "a text", |it| meetings(it, "学习一", "学习\u{2A6D6}"), READ_NAME),
        case("name-malformed", "one of several", |it| items(it, "张晓明", "张3明"), "card/机械党委/制造支部"),
        case(
            "yaml-not-a-value",
            "a list for a text",
            |it| items(it, "购书", "[书, 笔]"),
            "card/机械党委/制造支部",
        ),
        case(
            "value-twice",
            "both records, which may be one",
            |it| items(it, "A1", "A3"),
            "card/外语党委/日语支部 card/机械党委/制造支部 items/台账",
        ),
    ]);
}

#[test]
fn an_error_about_a_column_withholds_what_reads_it_of_any_record_below() {
    let of_names = "card/机械党委/制造支部 card/机械党委/硕士支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部 team/硕士支部";
    let of_minutes = "team/制造支部 team/硕士支部";
    hold(&[
        case("column-missing", "a required column", |it| meetings(it, "名称", "无关"), of_names),
        case("heading-misspelt", "another column", |it| meetings(it, "时长", "时常"), of_minutes),
        strict("heading-repeated", "a column that stands twice", repeated, of_minutes),
    ]);
}

fn repeated(desk: &Desk) {
    let lines = MACHINES.lines().enumerate();
    let text: Vec<String> =
        lines.map(|(idx, it)| format!("{it},{}", if idx == 0 { "时长" } else { "30" })).collect();
    desk.write(MEETINGS, text.join("\n"));
}

#[test]
fn an_error_in_a_row_that_became_several_records_is_about_each_that_has_the_cell() {
    hold(&[
        case(
            "text-too-long",
            "the theme of January, too, of which February's is read",
            |it| counted(it, "学习", "学习学习学习"),
            CARD,
        ),
        case(
            "not-an-integer",
            "the cell of January, which is read",
            |it| counted(it, ",1,2", ",一次,2"),
            CARD,
        ),
        case(
            "not-an-integer",
            "the cell of February, which nothing reads",
            |it| counted(it, ",1,2", ",1,两次"),
            "",
        ),
    ]);
}

fn counted(desk: &Desk, old: &str, new: &str) {
    assert_eq!(COUNTED.matches(old).count(), 1, "{old}");
    desk.write("data/机械学院/次数.csv", COUNTED.replace(old, new));
}

#[test]
fn a_merged_cell_leaves_open_for_which_of_its_rows_it_is_meant() {
    let both =
        "card/机械党委/制造支部 card/机械党委/硕士支部 tally/会议统计 tally/机械党委/会议统计 whole/全校";
    hold(&[strict("cell-merged-away", "the last two rows", merged, both)]);
}

/// The number of those present at the second and third meeting in one cell.
fn merged(desk: &Desk) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("会议").unwrap();
    for (row, line) in (0..).zip(MACHINES.lines()) {
        for (col, text) in (0..).zip(line.split(',')) {
            sheet.write(row, col, text).unwrap();
        }
    }
    sheet.merge_range(2, 4, 3, 4, "8", &Format::new()).unwrap();
    desk.remove(MEETINGS);
    desk.write("data/机械学院/会议.xlsx", book.save_to_buffer().unwrap());
}

#[test]
fn a_reference_that_leads_nowhere_withholds_the_lists_that_may_lack_its_record() {
    let near = "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部 whole/全校";
    // The other college returned it.
    let elsewhere = "card/机械党委/制造支部 tally/会议统计 tally/外语党委/会议统计 tally/机械党委/会议统计 team/制造支部 whole/全校";
    let far = "card/机械党委/制造支部 card/机械党委/硕士支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部 team/硕士支部 whole/全校";
    // Both branches of one name have a summary of this name then, and the forms of both are withheld.
    let same = "card/外语党委/硕士支部 card/机械党委/硕士支部 tally/会议统计 tally/外语党委/会议统计 tally/机械党委/会议统计 team/硕士支部 whole/全校";
    hold(&[
        case(
            "unknown-reference",
            "that of the branch that was meant",
            |it| misspelt(it, "制造系教公党支部"),
            near,
        ),
        case("unknown-reference", "those of the college, if nobody knows", |it| misspelt(it, "某某"), far),
        case(
            "unknown-reference",
            "by a code",
            |it| meetings(it, "制造系教工党支部,,学习一", ",019999,学习一"),
            far,
        ),
        case("unknown-reference", "meant for a branch of another college", astray, elsewhere),
        case("missing-value", "a required reference", |it| misspelt(it, ""), far),
        case("reference-ambiguous", "two branches of one name", ambiguous, same),
    ]);
}

fn misspelt(desk: &Desk, name: &str) {
    meetings(desk, "制造系教工党支部,,学习一", &format!("{name},,学习一"));
}

fn astray(desk: &Desk) {
    desk.write(FOREIGN_MEETINGS, LANGUAGES.replace("日语系教工党支部", "制造系教公党支部"));
}

fn ambiguous(desk: &Desk) {
    desk.patch("data/党支部.csv", "日语支部", "硕士支部");
    misspelt(desk, "硕士支部");
}

#[test]
fn a_code_that_is_unknown_beside_a_name_puts_only_itself_in_doubt() {
    let by_code = |it: &Desk| meetings(it, "制造系教工党支部,,学习一", "制造系教工党支部,019999,学习一");
    hold(&[case("unknown-reference", "a code beside a name", by_code, "")]);
}

#[test]
fn an_empty_reference_that_may_be_empty_loses_nothing() {
    let everywhere = |it: &Desk| items(it, "支部: 制造系教工党支部", "缘由: 无");
    hold(&[case("unknown-field-key", "a record of no branch", everywhere, "items/台账")]);
}

#[test]
fn an_error_about_two_records_withholds_what_reads_either() {
    let of_both = "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部 whole/全校";
    hold(&[
        case("key-twice", "the same meeting", |it| meetings(it, "学习二", "学习一"), of_both),
        case("reference-conflict", "a name and a code", conflict, of_both),
    ]);
}

fn conflict(desk: &Desk) {
    meetings(desk, "制造系教工党支部,,学习一", "制造系教工党支部,010102,学习一");
}

#[test]
fn an_error_about_a_record_withholds_what_reads_any_of_its_fields() {
    let of_record = "card/机械党委/制造支部 items/台账";
    let whole_table = "card/机械党委/制造支部 card/机械党委/硕士支部 items/台账";
    hold(&[
        case(
            "unknown-field-key",
            "a key that is no field",
            |it| items(it, "票号: A1", "票号: A1\n    备注: 无"),
            of_record,
        ),
        case(
            "duplicate-key",
            "a key that stands twice",
            |it| items(it, "金额: 10", "金额: 10\n    金额: 11"),
            of_record,
        ),
        case(
            "duplicate-key",
            "two keys of one field",
            |it| items(it, "金额: 10", "金额: 10\n    amount: 11"),
            of_record,
        ),
        case("missing-value", "no record of a required child table", without_steps, of_record),
        case("yaml-alias", "what is taken for an alias", |it| items(it, "购书", "*购书"), of_record),
        case(
            "yaml-alias",
            "one in a child table",
            |it| items(it, "{内容: 报销}", "{内容: *报销}"),
            of_record,
        ),
        case(
            "yaml-unsupported",
            "what is taken for a tag",
            |it| items(it, "购书", "!important 购书"),
            of_record,
        ),
        case("duplicate-key", "a table that stands twice", twice, whole_table),
    ]);
}

fn without_steps(desk: &Desk) {
    items(desk, "    步骤: [{内容: 申请}, {内容: 报销}]\n", "");
}

fn twice(desk: &Desk) {
    desk.write(ITEMS, format!("{OF_MACHINES}台账: []\n"));
}

/// A rule that the first meeting violates.
fn rule(desk: &Desk, place: &str) {
    let rule = format!(
        "rules:\n  - code: meeting-odd\n    of: meetings\n    title: 会议\n    basis: 示例\n    require: name != '学习一'\n    \
         message: 不对\n{place}    cases: {{fires: {{会议: [{{名称: 学习一}}]}}, passes: {{会议: [{{名称: 学习二}}]}}}}\n"
    );
    desk.write("templates/rules/meetings.yaml", rule);
}

#[test]
fn an_error_of_a_rule_is_about_the_fields_that_it_names_or_about_the_record() {
    let whole = "card/机械党委/制造支部 tally/会议统计 tally/机械党委/会议统计 team/制造支部 whole/全校";
    hold(&[
        case("meeting-odd", "a field", |it| rule(it, "    at: minutes\n"), "team/制造支部"),
        case("meeting-odd", "another that nothing reads", |it| rule(it, "    at: held\n"), ""),
        case(
            "meeting-odd",
            "fields beside it",
            |it| rule(it, "    at: held\n    related: {minutes: 时长}\n"),
            "team/制造支部",
        ),
        case("meeting-odd", "the record", |it| rule(it, ""), whole),
    ]);
}

#[test]
fn a_rule_about_a_list_is_open_while_a_record_may_be_meant_for_it() {
    let rule = "rules:\n  - code: too-few\n    of: branches\n    title: 会议数\n    basis: 示例\n    \
        counts: {n: {of: meetings, measure: count}}\n    require: n >= 2\n    message: 太少\n    \
        cases: {fires: {党支部: [{党支部名称: 甲}]}, passes: {党支部: [{党支部名称: 甲}], 会议: [{支部: 甲, 名称: 一}, {支部: 甲, 名称: 二}]}}\n";
    let few = |name: &str, change: fn(&Desk)| {
        let desk = small(name);
        desk.write("templates/rules/branches.yaml", rule);
        change(&desk);
        let found = desk.run(&["check", ".", "--format", "json"]).findings();
        let few = found.into_iter().filter(|it| it["code"] == "too-few");
        few.map(|it| it["branch"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let others = ["研究生第一党支部", "日语系教工党支部"];
    assert_eq!(few("reach-few", |_| {}), others);
    assert_eq!(few("reach-few-near", |it| misspelt(it, "制造系教公党支部")), others);
    let all = ["制造系教工党支部", others[0], others[1]];
    let mut found = few("reach-few-far", |it| misspelt(it, "某某"));
    found.sort();
    let mut all = all.to_vec();
    all.sort_unstable();
    assert_eq!(found, all, "nobody knows for which branch it was meant: the lists are judged as they are");
}
