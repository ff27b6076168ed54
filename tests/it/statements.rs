//! The statement on what was asked and has been answered, for whoever the figures go to.

use crate::desk::Desk;
use crate::paper::Paper;

#[test]
fn what_was_answered_is_printed_as_a_statement_where_that_is_wanted() {
    let desk = Desk::new("statement");
    desk.copy("fixtures/starter", "college");
    desk.patch("college/huibian.yaml", "  reminders: [terms]\n", "  statements: [queries]\n");
    let members = "college/收回表格/示例学院/党员.csv";
    desk.patch(members, "2007年12月5日", "");
    let made = |desk: &Desk| {
        desk.run(&["build", "college", "--only", "statements", "--out", "out"]).expect(0);
        desk.files("out")
    };
    // Where nothing has been answered there is nothing to be said.
    assert!(!made(&desk).keys().any(|it| it.starts_with("statements/")));
    desk.run(&["check", "college", "--write-answers"]).expect(0);
    for (key, said) in [("who", "李四"), ("when", "2026-05-30"), ("why", "档案中有当年的批复")] {
        desk.patch("college/answers.yaml", &format!("{key}:\n"), &format!("{key}: {said}\n"));
    }
    let out = made(&desk);
    let paper = Paper::read(out["statements/数据核实情况说明.pdf"].clone());
    let text = paper.squeezed();
    for said in ["数据核实情况的说明", "有1项需要说明", "苏婉清", "档案中有当年的批复", "李四"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(out.contains_key("statements/数据核实情况说明.docx"));
    // It lapses with the answer.
    desk.patch(members, "2006年12月5日,,", "2006年12月5日,2007年12月5日,");
    assert!(!made(&desk).keys().any(|it| it.starts_with("statements/")));
    desk.patch("college/huibian.yaml", "[queries]", "[querys]");
    let ran = desk.run(&["check", "college"]).expect(2);
    assert!(ran.stderr.contains("没有名为“querys”的说明"), "{}", ran.stderr);
}
