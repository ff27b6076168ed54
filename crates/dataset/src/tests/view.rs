//! What expressions find in a record, and what they have read of it.

use std::sync::Arc;

use super::World;
use crate::{RecordRef, Scene, SchemaScope, Trace};
use finding::Report;
use words::{Expression, Unanswered};

const WRITTEN: &str = "\
活动:
  - {序号: \"1\", 支部: \"02\", 主办: \"01\", 步骤: [{内容: 一, 意见: [{意见内容: 好}]}, {内容: 二}]}
  - {序号: \"2\", 支部: \"02\", 月份: 3}
  - {序号: \"3\", 支部编号: \"77777\"}
";

/// What an expression about a record comes to, and what it has read; or why it has no value.
fn asked(world: &World, table: &str, row: usize, text: &str, trace: Trace) -> (String, String, Arc<Trace>) {
    let (dataset, id) = (&world.dataset, world.record(table, row));
    let mut report = Report::default();
    let scope = SchemaScope::of(&dataset.schemas, id.table).with("n", words::Type::Number);
    let origin = dataset.record(id).origin;
    let (expression, _) =
        Expression::compile(text, origin, &scope, &mut report).unwrap_or_else(|_| panic!("{report:?}"));
    let trace = Arc::new(trace);
    let record = RecordRef { dataset: dataset.clone(), id, trace: trace.clone() };
    let scene = Scene::new(record).with("n", 7.into());
    let answer = match expression.evaluate(&scene.context()) {
        Ok(value) => value.to_string(),
        Err(Unanswered::Fault(why)) => panic!("{text}: {why}"),
        Err(it) => it.why(),
    };
    let reads = trace.reads();
    let column = |it: &crate::ColumnId| format!("{}.{}", dataset.schema(it.table).id, dataset.field(*it).id);
    let fields = reads.fields.iter().map(|it| format!("{}[{}]", column(&it.column()), it.row.index()));
    let lists = reads.lists.iter().map(|it| format!("{}→{}", column(&it.column), it.target.index()));
    let parts = fields.chain(lists).chain(reads.columns.iter().map(column));
    (answer, parts.collect::<Vec<_>>().join(" "), trace)
}

#[test]
fn an_expression_has_read_the_fields_the_keys_of_whom_it_reached_and_who_is_in_a_list() {
    let world = World::new(WRITTEN);
    for (table, row, text, answer, read) in [
        ("events", 0, "number", "1", "events.number[0]"),
        ("events", 0, "n", "7", ""),
        ("events", 0, "branch", "研究生党支部", "branches.code[1] events.branch[0]"),
        ("events", 0, "branch.name", "研究生党支部", "branches.code[1] branches.name[1] events.branch[0]"),
        (
            "branches",
            1,
            "events | length",
            "2",
            "events.number[0] events.branch[0] events.number[1] events.branch[1] events.branch→1",
        ),
        ("branches", 0, "events | length", "0", "events.branch→0"),
        ("branches", 0, "hosted | length", "1", "events.number[0] events.host[0] events.host→0"),
        // Records of a child table are nobody else's, and have no key.
        ("events", 0, "steps | length", "2", ""),
        ("events.steps", 0, "remarks | length", "1", ""),
        ("events.steps", 1, "parent.number", "1", "events.number[0]"),
        ("events.steps.remarks", 0, "parent.parent.branch.code", "02", "branches.code[1] events.branch[0]"),
        // A field without a value is not the function of its name.
        ("events", 0, "month", "“1”的“月份”未填", "events.month[0]"),
        ("events", 2, "branch.name", "“3”的“支部编号”有误", "events.branch[2]"),
        ("events", 1, "host.name", "“2”的“主办”未填", "events.host[1]"),
    ] {
        let (found, reads, _) = asked(&world, table, row, text, Trace::default());
        assert_eq!((&*found, &*reads), (answer, read), "{table} {row} {text}");
    }
}

#[test]
fn a_trace_of_columns_notes_them_for_all_records_and_what_had_no_value_where_it_is_written() {
    let world = World::new(WRITTEN);
    let (_, reads, trace) = asked(&world, "branches", 1, "events | length", Trace::of_columns());
    assert_eq!(reads, "events.number events.branch");
    assert_eq!(trace.absent(), None);
    let (_, _, trace) = asked(&world, "events", 2, "branch.name", Trace::of_columns());
    let absent = trace.absent().unwrap();
    assert_eq!(&*world.dataset.field(absent.column()).id, "branch_code");
    let other = Trace::default();
    other.note_all(&trace.reads());
    assert_eq!(other.reads().columns, trace.reads().columns);
}
