//! What expressions find in a record, and what they have read of it.

use std::sync::Arc;

use super::World;
use crate::{RecordRef, Scene, SchemaScope, Trace, record_ref};
use finding::{Report, RowId};
use words::{Expression, Scope, Type, Unanswered};

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
    let scope = SchemaScope::of(&dataset.schemas, id.table).with("n", Type::Number);
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

#[test]
fn a_name_stands_for_an_expression_that_is_evaluated_when_it_is_read_and_says_each_time_why_it_has_no_value()
{
    let world = World::new(WRITTEN);
    let dataset = &world.dataset;
    let origin = dataset.record(world.record("events", 0)).origin;
    let compiled = |text: &str, name: Option<Type>| {
        let scope = SchemaScope::of(&dataset.schemas, dataset.schemas.index("events").unwrap());
        let scope = name.map_or(scope.clone(), |it| scope.with("value", it));
        Expression::compile(text, origin, &scope, &mut Report::default()).unwrap().0
    };
    for (row, answer) in [(0, Err("“1”的“月份”未填".to_owned())), (1, Ok("7".to_owned()))] {
        let trace = Arc::new(Trace::default());
        let record =
            RecordRef { dataset: dataset.clone(), id: world.record("events", row), trace: trace.clone() };
        let scene = Scene::new(record).with_deferred("value", compiled("month + 4", None));
        assert!(trace.reads().fields.is_empty(), "nobody has read it");
        let asking = compiled("value", Some(Type::Number));
        for _ in 0..2 {
            let found = asking.evaluate(&scene.context());
            assert_eq!(found.map(|it| it.to_string()).map_err(|it| it.why()), answer, "{row}");
        }
    }
}

#[test]
fn a_scope_knows_the_names_of_a_record_with_their_types() {
    let schemas = super::schemas(&[]);
    let scope =
        |table: &str| SchemaScope::of(&schemas, schemas.index(table).unwrap()).with("n", Type::Number);
    let records = |table: &str| Some(Type::Record(table.into()).list());
    for (table, name, wanted) in [
        ("branches", "events", records("events")),
        ("branches", "reports", records("reports")),
        ("branches", "n", Some(Type::Number)),
        ("branches", "committee", Some(Type::Record("committees".into()))),
        ("branches", "steps", None),
        ("branches", "parent", None),
        ("events", "steps", records("events.steps")),
        ("events.steps", "remarks", records("events.steps.remarks")),
        ("events.steps", "parent", Some(Type::Record("events".into()))),
    ] {
        assert_eq!(scope(table).variable(name), wanted, "{table} {name}");
    }
    let names =
        |table: &str| scope(table).variables().iter().map(|it| it.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(names("branches"), "n code name aliases committee events hosted reports prizes");
    assert_eq!(names("events.steps"), "n step remarks parent");
    assert_eq!(SchemaScope::bare(&schemas).variables().len(), 0);
    let own = scope("branches");
    assert_eq!((own.is_taken("n"), own.is_taken("code")), (true, false));
    assert_eq!(own.schemas().tables.len(), schemas.tables.len());
    assert_eq!(own.table().map(|it| &*it.id), Some("branches"));
}

#[test]
fn a_table_has_the_names_of_its_fields_of_the_ways_back_and_of_its_children() {
    let world = World::new(WRITTEN);
    for (table, name, wanted) in [
        ("events", "number", true),
        ("branches", "events", true),
        ("events", "steps", true),
        ("events.steps", "parent", true),
        ("events", "parent", false),
        ("events.steps", "events", false),
        ("branches", "nothing", false),
    ] {
        let dataset = &world.dataset;
        assert_eq!(dataset.has_name(dataset.schemas.index(table).unwrap(), name), wanted, "{table} {name}");
    }
    let events = world.dataset.schemas.index("events").unwrap();
    assert_eq!((world.dataset.n_rows(events), world.dataset.rows_of(events).count()), (3, 3));
    assert_eq!(world.dataset.rows().count(), 2 + 4 + 3 + 2 + 1);
    let record =
        RecordRef { dataset: world.dataset.clone(), id: events.record(RowId::new(1)), trace: Arc::default() };
    assert_eq!(format!("{record:?}"), "events[1]");
    let seen = |row: usize| {
        let id = events.record(RowId::new(row));
        minijinja::Value::from_object(RecordRef { id, trace: Arc::default(), ..record.clone() })
    };
    assert_eq!(seen(1), seen(1), "one row is one record, whoever looks at it");
    assert!(seen(1) != seen(2) && seen(1) < seen(2));
    let namesake = |row: usize| {
        let id = world.record("branches", row);
        minijinja::Value::from_object(RecordRef { id, trace: Arc::default(), ..record.clone() })
    };
    assert_ne!(namesake(1), namesake(2), "of two records of one name neither is the other");
    assert_eq!(record_ref(&seen(2)).map(|it| it.id.row), Some(RowId::new(2)));
    assert!(record_ref(&7.into()).is_none());
}
