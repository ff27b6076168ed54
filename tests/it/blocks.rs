//! Forms that are declared in blocks: which records get one, which share a file, and what is said of a declaration that
//! cannot be set.

use crate::desk::Desk;
use crate::paper::Paper;
use crate::reach::project::small;

/// A form for each item of the small project.
const HEAD: &str = "\
id: card
title: 事项登记表
of: items
key: number
name: name
file_name: \"{{ name }}\"
folder: 登记
empty: 未填
";
const BODY: &str = "\
body:
  - title: 事项登记表
  - line: [\"支部：{{ branch.name }}\", 编号：　　　　]
  - table:
      columns: [24, '*', 24, 2*]
      heads: 1
      rows:
        - [事项, {value: name}, 金额, {value: amount ~ '元'}]
        - [票号, {value: serial}, 方式, {of: [A1, A2, A3], choose: serial}]
        - {each: owners, rows: 3, beside: 经手人, cells: [{value: item, span: 2}, {signed: [第几人], date: false}]}
        - [意见, {signed: [负责人（签字）], seal: （盖章）, text: 属实。, span: 3, lines: 6}]
  - when: amount > 15
    notes: 金额较大。
";

/// The small project with this form.
fn project(name: &str, form: &str) -> Desk {
    let desk = small(name);
    desk.remove("templates/forms/card/layout.typ");
    desk.write("templates/forms/card/form.yaml", form);
    desk
}

/// The paths of the forms that are made.
fn made(desk: &Desk) -> Vec<String> {
    desk.run(&["build", ".", "--out", "out", "--only", "forms"]);
    let files = desk.files("out");
    files.keys().filter_map(|it| it.strip_prefix("forms/card/")).map(str::to_owned).collect()
}

/// The text of a form, without blanks.
fn text(desk: &Desk, path: &str) -> String {
    Paper::read(desk.files("out")[&format!("forms/card/{path}")].clone()).squeezed()
}

#[test]
fn blocks_are_set_with_the_values_of_the_record() {
    let desk = project("blocks", &format!("{HEAD}{BODY}"));
    assert_eq!(made(&desk), ["登记/参观.pdf", "登记/讲座.pdf", "登记/购书.pdf"]);
    let first = text(&desk, "登记/购书.pdf");
    for it in [
        "支部：制造系教工党支部",
        "金额10元",
        "√□A1□A2□A3",
        "张晓明第几人：王芳第几人：经手人第几人：",
        "属实。负责人（签字）：（盖章）年月日",
    ] {
        assert!(first.contains(it), "no “{it}” in {first}");
    }
    assert!(!first.contains("金额较大") && text(&desk, "登记/参观.pdf").contains("金额较大。"));
}

#[test]
fn a_form_is_made_where_its_conditions_hold_and_asked_about_where_that_is_open() {
    let desk = project("blocks-where", &format!("{HEAD}where: [amount < 30, serial != 'A2']\n{BODY}"));
    assert_eq!(made(&desk), ["登记/购书.pdf"]);
    desk.patch("data/机械学院/台账.yaml", "    票号: A2\n", "");
    assert_eq!(made(&desk), ["登记/购书.pdf"], "it is not known whether it is meant");
    let open: Vec<_> = desk.findings("out").into_iter().filter(|it| it["code"] == "form-undecided").collect();
    let said = open.iter().map(|it| it["message"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(said, ["是否应有“事项登记表”不能确定：“参观”的“票号”未填"]);
}

#[test]
fn forms_of_one_name_share_a_file_where_that_is_declared_and_else_clash() {
    let one_name = HEAD.replace("{{ name }}", "{{ branch.organisation.short_name }}");
    let desk = project("blocks-shared", &format!("{one_name}shared: true\n{BODY}"));
    assert_eq!(made(&desk), ["登记/外语党委.pdf", "登记/机械党委.pdf"]);
    let paper = Paper::read(desk.files("out")["forms/card/登记/机械党委.pdf"].clone());
    assert_eq!((paper.headings(0).len(), paper.sheets.len()), (2, 3), "each begins on an odd page");
    let desk = project("blocks-clash", &format!("{one_name}{BODY}"));
    assert_eq!(made(&desk), ["登记/外语党委.pdf"]);
    assert!(desk.findings("out").iter().any(|it| it["code"] == "file-name-collision"));
}

#[test]
fn a_print_set_of_blocks_lists_what_it_holds_and_what_is_withheld() {
    let desk = project("blocks-volume", &format!("{HEAD}print_set: 合订本\n{BODY}"));
    desk.patch("data/机械学院/台账.yaml", "金额: 20", "金额: 若干");
    assert_eq!(made(&desk), ["合订本.pdf", "登记/讲座.pdf", "登记/购书.pdf"]);
    let volume = text(&desk, "合订本.pdf");
    assert!(
        volume.contains("收录序号名称所属党组织1讲座外语党委2购书机械党委未收录序号名称所属党组织原因1参观"),
        "{volume}"
    );
}

/// What is changed in the declaration, and what is said of it.
const FAULTS: [(&str, &str, &str); 9] = [
    ("columns: [24, '*', 24, 2*]", "columns: [24, '*', 24]", "表格第1行占4栏，应占3栏"),
    ("columns: [24, '*', 24, 2*]", "columns: [24, '*', 24, 宽]", "“宽”不是栏宽"),
    ("columns: [24, '*', 24, 2*]", "columns: [24, '*', 24, 400]", "“400”不是栏宽"),
    ("span: 3, lines: 6", "span: 2, lines: 6", "表格第4行占3栏，应占4栏"),
    ("{value: name}", "{value: name, label: 名}", "一格只应写明一种内容"),
    ("    notes: 金额较大。", "    notes: 金额较大。\n    heading: 附", "一个版块应当且只应写明一种内容"),
    ("each: owners", "each: name", "“name”不是列表"),
    ("choose: serial", "choose: owners", "“owners”是列表，不能直接印出"),
    ("  - title: 事项登记表", "  - title: \"{{ nmae }}\"", "没有变量“nmae”"),
];

#[test]
fn a_declaration_that_cannot_be_set_says_where_it_is_wrong() {
    for (old, new, said) in FAULTS {
        assert!(BODY.contains(old), "{old}");
        let desk = project("blocks-faults", &format!("{HEAD}{}", BODY.replace(old, new)));
        let ran = desk.run(&["check", "."]);
        let all = ran.stdout + &ran.stderr;
        assert!(all.contains(said) && all.contains("form.yaml"), "{new}: {all}");
    }
    let desk = project("blocks-tick", &format!("{HEAD}{}", BODY.replace("of: [A1, A2, A3]", "of: [A1, A2]")));
    assert_eq!(made(&desk), ["登记/参观.pdf", "登记/购书.pdf"]);
    let finding = desk.findings("out").into_iter().find(|it| it["code"] == "form-undecided").unwrap();
    assert!(finding["message"].as_str().unwrap().contains("“A3”不在表上的选项中：A1、A2"), "{finding}");
}
