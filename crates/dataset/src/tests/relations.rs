//! Whom references lead to, which of them are lost, and to whom a lost one may have belonged.

use super::World;
use crate::{ListRef, Meant};
use finding::RowId;

/// The branches whose list of events may lack a record, by their rows: `03` are the first and the last.
fn lacking(world: &World, field: &str) -> String {
    let table = world.dataset.schemas.index("events").unwrap();
    let column = table.column(world.dataset.schema(table).field(field).unwrap());
    let may_lack =
        |row: &usize| world.dataset.lost(ListRef { column, target: RowId::new(*row) }).next().is_some();
    (0..4).filter(may_lack).map(|it| it.to_string()).collect()
}

#[test]
fn a_reference_leads_to_the_record_that_is_written_or_it_is_lost_to_those_that_may_be_meant() {
    for (written, leads_to, lacks, found) in [
        ("支部: \"02\"", "1", "", &[][..]),
        ("支部: 机械教工第一党支部", "0", "", &[]),
        ("支部: 一支部", "0", "", &[]),
        ("支部编号: \"03\"", "2", "", &[]),
        ("支部: 日语系党支部, 支部编号: \"04\"", "3", "", &[]),
        (
            "支部: 日语系党支部, 支部编号: \"02\"",
            "3",
            "",
            &["reference-conflict events[0].branch events[0].branch_code"],
        ),
        ("支部: 日语系党支部, 支部编号: \"08\"", "3", "", &["unknown-reference events[0].branch_code"]),
        ("支部: 机械教工第一支部", "-", "0", &["unknown-reference events[0].branch"]),
        ("支部: 造制支部", "-", "0", &["unknown-reference events[0].branch"]),
        ("支部: 图书馆", "-", "0123", &["unknown-reference events[0].branch"]),
        ("支部: 一", "-", "0123", &["unknown-reference events[0].branch"]),
        ("支部编号: \"77777\"", "-", "0123", &["unknown-reference events[0].branch_code events[0].branch"]),
        ("支部: 研究生党支部", "-", "12", &["reference-ambiguous events[0].branch"]),
        // That a required field is empty was said when it was read.
        ("主办: \"01\"", "-", "0123", &[]),
    ] {
        let world = World::new(&format!("活动:\n  - {{序号: \"1\", {written}}}\n"));
        let at = world.record("events", 0);
        let branch = at.field(world.dataset.schema(at.table).field("branch").unwrap());
        let target = world.dataset.follow(branch).map_or("-".to_owned(), |it| it.row.index().to_string());
        assert_eq!(target, leads_to, "{written}");
        assert_eq!(world.dataset.is_usable(branch), leads_to != "-", "{written}");
        assert_eq!(lacking(&world, "branch"), lacks, "{written}");
        assert_eq!(world.found(), found, "{written}");
    }
}

#[test]
fn a_reference_that_may_be_empty_is_lost_only_if_something_is_written_for_it() {
    for (written, lacks) in [
        ("月份: 3", ""),
        ("主办: \"02\"", ""),
        ("主办编号: \"02\"", ""),
        ("主办: 图书馆", "0123"),
        ("主办编号: \"77777\"", "0123"),
    ] {
        let world = World::new(&format!("活动:\n  - {{序号: \"1\", 支部: \"01\", {written}}}\n"));
        assert_eq!(lacking(&world, "host"), lacks, "{written}");
    }
}

#[test]
fn a_record_given_twice_is_one_to_those_who_refer_to_it_and_one_that_only_bears_the_name_is_not() {
    let twice = "党委:\n  - {编号: \"1\", 名称: 机械党委}\n支部:\n  - {编号: \"01\", 名称: 甲, 党委: \"1\"}\n  \
        - {编号: \"01\", 名称: 甲, 党委: \"1\"}\n活动:\n  - {序号: \"1\", 支部: 甲}\n";
    let world = World::of(twice);
    assert_eq!(world.found(), ["key-twice branches[1].code branches[0].code"]);
    assert_eq!(lacking(&world, "branch"), "");
    let world =
        World::of(&format!("{twice}札记:\n  - {{内容: 一}}\n").replacen("编号: \"01\"", "编号: \"02\"", 1));
    assert_eq!(world.found(), ["reference-ambiguous events[0].branch"]);
}

#[test]
fn a_name_that_one_record_bears_is_enough_in_a_table_without_keys() {
    for (notes, found) in [
        ("  - {内容: 甲}\n  - {内容: 乙}\n", &[][..]),
        ("  - {内容: 甲}\n  - {内容: 甲}\n", &["reference-ambiguous events[0].note"]),
    ] {
        let event = "活动:\n  - {序号: \"1\", 支部: \"01\", 札记: 甲}\n";
        assert_eq!(World::new(&format!("{event}札记:\n{notes}")).found(), found, "{notes}");
    }
}

#[test]
fn each_fault_of_a_reference_says_what_is_written_where_and_what_to_do() {
    for (written, said) in [
        (
            "支部: 机械教工第一支部",
            "没有名为“机械教工第一支部”的支部 | 支部 | 机械教工第一支部 | 是否应为“机械教工第一党支部”？请按支部登记的名称或编码填写 | 0",
        ),
        (
            "支部: 图书馆",
            "没有名为“图书馆”的支部 | 支部 | 图书馆 | 请按支部登记的名称或编码填写；确属新增的，请先在“支部”表中登记 | 0",
        ),
        (
            "支部: 研究生党支部",
            "“研究生党支部”对应2个支部，不能确定是哪一个 | 支部 | 研究生党支部 | 请填写全称或编码 | 2",
        ),
        (
            "支部: 日语系党支部, 支部编号: \"02\"",
            "“支部”填的是“日语系党支部”，“支部编号”填的是“02”，两者不是同一个 | 支部 | 日语系党支部 | 请核对名称与编码 | 1",
        ),
    ] {
        let world = World::new(&format!("活动:\n  - {{序号: \"1\", {written}}}\n"));
        let at = world.record("events", 0);
        let branch = at.field(world.dataset.schema(at.table).field("branch").unwrap());
        let mut found =
            world.report.findings().iter().filter(|it| it.origin == Some(world.dataset.cell(branch).origin));
        let it = found.next().unwrap();
        let texts = [Some(&*it.message), it.field.as_deref(), it.value.as_deref(), it.hint.as_deref()];
        let told = format!("{} | {}", texts.map(Option::unwrap_or_default).join(" | "), it.related.len());
        assert_eq!(told, said);
        assert!(found.next().is_none(), "{written}");
    }
}

#[test]
fn a_number_is_near_to_none() {
    let written = |event: &str| {
        format!("活动:\n  - {{序号: \"10023\", 支部: \"02\"}}\n付款:\n  - {{金额: 1, 活动: {event}}}\n")
    };
    let world = World::new(&written("\"10024\""));
    let payments = world.record("payments", 0).table;
    let column = payments.column(world.dataset.schema(payments).field("event").unwrap());
    assert_eq!(world.dataset.lost_in(column)[0].meant, Meant::Unknown);
    let hint = |it: &finding::Finding| it.hint.as_ref().map(ToString::to_string).unwrap_or_default();
    let said = world.report.findings().iter().find(|it| it.value.as_deref() == Some("10024")).unwrap();
    assert!(hint(said).starts_with("请按活动登记的名称或编码填写"), "{said:?}");
}
