//! Facts of one branch or committee, and what a count says where its value is not the only one possible.

use std::sync::Arc;

use super::{World, tree};
use crate::Count;
use dataset::{RecordId, RecordRef, RowId, Trace};
use finding::Report;
use source::Declared;
use value::Amount;
use words::Type;

impl World {
    fn seat(&self, table: &str, row: usize) -> RecordId {
        self.dataset.schemas.index(table).unwrap().record(RowId::new(row))
    }
}

#[test]
fn a_fact_of_a_branch_or_a_committee_is_over_what_belongs_to_it() {
    let world =
        World::new(&["支部: \"01\", 类型: 党课", "支部: \"02\", 类型: 学习", "支部编号: \"01\", 类型: 学习"]);
    let figures = world.figures("events", "where: [\"kind == '学习'\"]");
    assert_eq!(figures.catalogue().facts.len(), 1);
    let events = world.dataset.schemas.index("events").unwrap();
    for (seat, records, wanted) in [
        (None, &[0, 1, 2][..], 2_usize),
        (Some(world.seat("units", 0)), &[0, 1, 2], 2),
        (Some(world.seat("branches", 0)), &[0, 2], 1),
        (Some(world.seat("branches", 1)), &[1], 1),
    ] {
        let (rows, reads) = figures.records_within(seat, events);
        assert!(rows.iter().eq(records.iter().copied().map(RowId::new)), "{seat:?}");
        let fields = reads.columns.iter().map(|it| &*world.dataset.field(*it).id);
        let way = match seat.map(|it| it.table) {
            None => &["number"][..],
            Some(table) if table == world.seat("units", 0).table => &["number", "unit"],
            Some(_) => &["number", "branch"],
        };
        assert_eq!(fields.collect::<Vec<_>>(), way, "{seat:?}");
        let known = figures.get_within(seat, "a").unwrap().1;
        assert_eq!(known.value, Some(Amount::from(wanted)), "{seat:?}");
        let facts = figures.as_value_within(seat, Arc::new(Trace::default()));
        assert_eq!(facts.get_attr("a").unwrap().to_string(), wanted.to_string(), "{seat:?}");
    }
}

#[test]
fn a_condition_that_cannot_be_carried_out_is_the_facts_fault() {
    let world = World::new(&["题目: 甲"]);
    let figures = world.figures("events", "where: [\"month(as_of) > 12 // (month(as_of) - 12)\"]");
    let known = figures.get("a").unwrap().1;
    assert_eq!(known.value, None);
    assert!(known.fault.is_some());
}

#[test]
fn each_value_that_a_count_may_have_is_seen_as_a_whole_number_and_that_of_a_sum_with_its_places() {
    let world = World::new(&["类型: 党课, 学时: 1.5", "学时: 2"]);
    let tally = world.count("where: [\"kind == '党课'\"]");
    let shown = |n: usize| tally.possible_value(n, &Type::Number).map(|it| it.to_string());
    assert_eq!([0, 1].map(shown), ["1", "2"].map(|it| Some(it.to_owned())));
    assert!(tally.possible_value(0, &Type::Number).unwrap().is_integer());
    let tally = world.count("measure: sum hours");
    let sum = tally.possible_value(0, &Type::Decimal).unwrap();
    assert_eq!(words::decimal(&sum).unwrap().to_string(), "3.5");
    let unknown = world.count("where: [\"kind == '党课'\"], measure: sum hours");
    assert!(unknown.possible_value(0, &Type::Decimal).is_none());
}

#[test]
fn a_list_that_cannot_be_worked_out_is_the_rules_fault() {
    let world = World::new(&["题目: 甲"]);
    let scope = crate::frame_scope(&world.dataset.schemas, world.dataset.schemas.index("units"));
    let node = tree("of: \"events if month(as_of) > 12 // (month(as_of) - 12) else events\"\n");
    let count = Count::load(&node, &scope, &mut Report::default()).unwrap();
    let tally = count.tally(&world.scene(Arc::new(Trace::default())));
    assert_eq!((tally.value(), tally.faults.len(), tally.open.len()), (None, 1, 1));
}

#[test]
fn a_list_that_is_not_known_leaves_the_figure_open_and_a_picture_cannot_be_told_apart() {
    let world = World::new(&["题目: 甲"]);
    let schemas = &world.dataset.schemas;
    let scope = crate::frame_scope(schemas, schemas.index("events"));
    let count = Count::load(&tree("of: branch.unit.events"), &scope, &mut Report::default()).unwrap();
    let record = RecordRef {
        dataset: world.dataset.clone(),
        id: schemas.index("events").unwrap().record(RowId::new(0)),
        trace: Arc::new(Trace::default()),
    };
    let tally = count.tally(&world.frame.scene(record));
    assert_eq!((tally.value(), tally.n_values()), (None, 1));
    assert_eq!(tally.open[0].why, "“0”的“支部”未填");
    assert_eq!(tally.open_fields().map(|it| it.field.index()).collect::<Vec<_>>(), [2]);
    let mut report = Report::default();
    assert!(Count::load(&tree("of: unit.events\nmeasure: distinct photo"), &scope, &mut report).is_err());
    assert!(Count::load(&tree("of: unit"), &scope, &mut report).is_err());
    let codes: Vec<_> = report.findings().iter().map(|it| &*it.code).collect();
    assert_eq!(codes, ["wrong-kind", "wrong-kind"]);
}
