//! One question put in three ways: as a named fact, as a count of one record's list, as where a row and a column meet.

mod open;
mod within;

use std::sync::Arc;

use jiff::civil::date;

use crate::{Catalogue, Count, Figures, Frame, Made, Rows, Sieve, Tally};
use dataset::{Dataset, FieldRef, RecordRef, RowId, Scene, Trace};
use finding::{Report, Sources};
use project::Project;
use schema::{self, Schemas};
use source::{Content, Declared, Limits, Node, read};
use value::Amount;

const UNITS: &str = "\
id: units
title: 单位
key: [code]
label: name
subject: {committee: self}
fields:
  - {id: code, title: 编号, type: code, required: true}
  - {id: name, title: 名称, type: text}
";

const BRANCHES: &str = "\
id: branches
title: 支部
key: [code]
label: name
subject: {branch: self, committee: unit}
fields:
  - {id: code, title: 编号, type: code, required: true}
  - {id: name, title: 名称, type: text}
  - {id: unit, title: 单位, type: reference, to: units, by: [code]}
";

const EVENTS: &str = "\
id: events
title: 活动
key: [number]
label: number
subject: {branch: branch, committee: unit}
fields:
  - {id: number, title: 序号, type: code, required: true}
  - {id: unit, title: 单位, type: reference, to: units, by: [code], reverse: events}
  - {id: branch, title: 支部, type: reference, to: branches, by: [code, name], fallback: branch_code}
  - {id: branch_code, title: 支部编号, type: code}
  - {id: kind, title: 类型, type: choice, choices: [{value: 党课}, {value: 学习}]}
  - {id: held, title: 时间, type: date}
  - {id: hours, title: 学时, type: decimal}
  - {id: people, title: 人数, type: integer}
  - {id: title, title: 题目, type: text}
  - {id: outlet, title: 媒体, type: text}
  - {id: guests, title: 来宾, type: list, of: text}
  - {id: dates, title: 各次, type: list, of: date}
  - {id: photo, title: 照片, type: picture}
children:
  - id: steps
    title: 步骤
    label: step
    fields: [{id: step, title: 内容, type: text}]
    children:
      - {id: remarks, title: 意见, label: remark, fields: [{id: remark, title: 意见内容, type: text}]}
";

/// Two branches of one name; each event belongs to the one unit.
const HEAD: &str = "\
单位:
  - {编号: \"1\", 名称: 学院}
支部:
  - {编号: \"01\", 名称: 教师党支部, 单位: \"1\"}
  - {编号: \"02\", 名称: 教师党支部, 单位: \"1\"}
活动:
";

fn tree(text: &str) -> Node {
    match read(text.as_bytes(), "a.yaml", Sources::default().add("a.yaml"), &Limits::standard()).content {
        Some(Content::Tree(node)) => node,
        other => panic!("{other:?}"),
    }
}

/// The row and the number of a field.
fn place(at: &FieldRef) -> (usize, usize) {
    (at.row.index(), at.field.index())
}

/// A world of events, each given by its fields without number and unit.
struct World {
    dataset: Arc<Dataset>,
    frame: Frame,
}

impl World {
    fn new(events: &[&str]) -> Self {
        let mut report = Report::default();
        let schemas: Vec<Node> = [UNITS, BRANCHES, EVENTS].map(tree).to_vec();
        let schemas: Arc<Schemas> = Arc::new(schema::load(&schemas, &mut report).unwrap());
        assert!(report.findings().is_empty(), "{:?}", report.findings());
        let lines = events.iter().enumerate();
        let lines: String =
            lines.map(|(idx, it)| format!("  - {{序号: \"{idx}\", 单位: \"1\", {it}}}\n")).collect();
        let records = schema::bind_tree(&tree(&format!("{HEAD}{lines}")), &schemas, &mut report);
        let dataset = Arc::new(Dataset::new(schemas, records, &mut report));
        Self { dataset, frame: Frame::of_project(&Project::example(date(2024, 12, 31))) }
    }

    /// The fact, as `src/facts` reads it from a file.
    fn fact(&self, declared: &str) -> (Option<Amount>, Vec<(usize, usize)>) {
        self.fact_of("events", declared)
    }

    fn figures(&self, table: &str, declared: &str) -> Arc<Figures> {
        let text = format!("facts:\n  - {{id: a, title: 甲, definition: 甲, of: {table}, {declared}}}\n");
        let mut report = Report::default();
        let catalogue = Catalogue::load(&[tree(&text)], &self.dataset.schemas, &mut report);
        assert!(report.findings().is_empty(), "{text}: {:?}", report.findings());
        let sieve = Sieve::new(self.dataset.clone(), self.frame.clone());
        Arc::new(Figures::new(Arc::new(catalogue), sieve))
    }

    fn fact_of(&self, table: &str, declared: &str) -> (Option<Amount>, Vec<(usize, usize)>) {
        let figures = self.figures(table, declared);
        let known = figures.get("a").unwrap().1;
        assert_eq!(known.fault, None);
        assert_eq!(known.value.is_none(), !known.open.is_empty(), "what is undecided names a field");
        (known.value, known.open.iter().map(place).collect())
    }

    /// The count of the unit's list, as a rule declares it.
    fn count(&self, declared: &str) -> Tally {
        let mut report = Report::default();
        let schemas = &self.dataset.schemas;
        let scope = crate::frame_scope(schemas, schemas.index("units"));
        let node = tree(&format!(
            "of: events\n{}",
            declared
                .replace(", where", "\nwhere")
                .replace(", measure", "\nmeasure")
                .replace(", once_per", "\nonce_per")
        ));
        let count = Count::load(&node, &scope, &mut report).unwrap();
        assert!(report.findings().is_empty(), "{declared}: {:?}", report.findings());
        count.tally(&self.scene(Arc::new(Trace::default())))
    }

    fn scene(&self, trace: Arc<Trace>) -> Scene {
        let table = self.dataset.schemas.index("units").unwrap();
        self.frame.scene(RecordRef { dataset: self.dataset.clone(), id: table.record(RowId::new(0)), trace })
    }

    /// The cell where a row with the even conditions meets a column with the odd ones; `None` if the figure is not certain.
    fn cell(&self, declared: &str) -> Option<Amount> {
        let text = format!("facts:\n  - {{id: a, title: 甲, definition: 甲, of: events, {declared}}}\n");
        let catalogue = Catalogue::load(&[tree(&text)], &self.dataset.schemas, &mut Report::default());
        let Made::Counted(counter) = &catalogue.facts[0].made else { panic!("{declared}") };
        let mut sieve = Sieve::new(self.dataset.clone(), self.frame.clone());
        let all = Rows::all(self.dataset.n_rows(counter.of));
        let numbered = || counter.wheres.iter().enumerate();
        let row: Vec<_> = numbered().filter(|it| it.0 % 2 == 0).map(|it| it.1.clone()).collect();
        let column: Vec<_> = numbered().filter(|it| it.0 % 2 == 1).map(|it| it.1.clone()).collect();
        let (row, column) =
            (sieve.select(counter.of, all.clone(), &row), sieve.select(counter.of, all, &column));
        let mut both = row.selection;
        both.narrow(&column.selection.certain, &column.selection.doubtful);
        counter.measure.over(&self.dataset, counter.of, &both).value()
    }
}

/// A question: what it shows, the events, what is counted of them, and the figure; none if the data do not decide it.
type Case<'a> = (&'a str, &'a [&'a str], &'a str, Option<&'a str>);

const CASES: &[Case<'_>] = &[
    ("all", &["类型: 党课", "类型: 学习"], "measure: count", Some("2")),
    (
        "a branch that is given by its code alone",
        &["支部编号: \"01\"", "支部编号: \"02\"", "支部: \"01\""],
        "measure: distinct branch",
        Some("2"),
    ),
    ("namesakes are two", &["支部: \"01\"", "支部: \"02\""], "measure: distinct branch", Some("2")),
    ("a branch that is unknown", &["支部: \"01\"", "支部编号: \"09\""], "measure: distinct branch", None),
    ("a branch that is not given", &["支部: \"01\"", "类型: 党课"], "measure: distinct branch", None),
    (
        "what fails one condition is out though another is undecided",
        &["类型: 学习", "类型: 学习, 时间: 2024-03"],
        "where: [\"in_period(held, period)\", \"kind == '党课'\"]",
        Some("0"),
    ),
    (
        "the same in the other order",
        &["类型: 学习", "类型: 党课, 时间: 2024-03-01"],
        "where: [\"kind == '党课'\", \"in_period(held, period)\"]",
        Some("1"),
    ),
    (
        "one condition undecided, none failed",
        &["类型: 党课", "类型: 党课, 时间: 2024-03-01"],
        "where: [\"in_period(held, period)\", \"kind == '党课'\"]",
        None,
    ),
    (
        "a doubtful record whose branch is counted already",
        &["支部: \"01\", 类型: 党课", "支部: \"01\""],
        "where: [\"kind == '党课'\"], measure: distinct branch",
        Some("1"),
    ),
    (
        "a doubtful record of another branch",
        &["支部: \"01\", 类型: 党课", "支部: \"02\""],
        "where: [\"kind == '党课'\"], measure: distinct branch",
        None,
    ),
    ("a number is its amount", &["学时: 1.0", "学时: 1", "学时: 1.5"], "measure: distinct hours", Some("2")),
    (
        "a list is what is in it",
        &["来宾: [甲, 乙]", "来宾: [甲乙]", "来宾: [甲, 乙]"],
        "measure: distinct guests",
        Some("2"),
    ),
    ("a list with an item in error", &["各次: [2024-01-01, 明日]"], "measure: distinct dates", None),
    (
        "a month that may be the day beside it",
        &["时间: 2024-03", "时间: 2024-03-01"],
        "measure: distinct held",
        None,
    ),
    (
        "a month twice, and another",
        &["时间: 2024-03", "时间: 2024-03", "时间: 2024-04-01"],
        "measure: distinct held",
        Some("2"),
    ),
    ("a sum", &["学时: 1.5", "学时: 2"], "measure: sum hours", Some("3.5")),
    ("a sum of whole numbers", &["人数: 3", "人数: 4"], "measure: sum people", Some("7")),
    ("a sum that lacks a summand", &["学时: 1.5", "类型: 党课"], "measure: sum hours", None),
    (
        "a sum of which it is not known who goes in",
        &["学时: 1.5, 类型: 党课", "学时: 2"],
        "where: [\"kind == '党课'\"], measure: sum hours",
        None,
    ),
    ("nothing", &[], "measure: sum hours", Some("0")),
    ("nothing, by a condition that names no field", &[], "where: [\"month(as_of) == 12\"]", Some("0")),
];

#[test]
fn a_figure_is_the_same_in_whichever_way_it_is_asked_for() {
    for (what, events, declared, wanted) in CASES {
        let (world, wanted) = (World::new(events), wanted.map(|it| it.parse::<Amount>().unwrap()));
        assert_eq!(world.fact(declared).0, wanted, "{what}: fact");
        assert_eq!(world.count(declared).value(), wanted, "{what}: count");
        assert_eq!(world.cell(declared), wanted, "{what}: cell");
    }
}

#[test]
fn of_records_that_are_one_the_first_counts_and_what_makes_them_one_must_be_known() {
    for (what, events, declared, wanted) in [
        (
            "twice the same",
            &["题目: 甲, 媒体: 报", "题目: 甲, 媒体: 报"][..],
            "once_per: [title, outlet]",
            Some("1"),
        ),
        (
            "alike only when run together",
            &["题目: 甲乙, 媒体: 报", "题目: 甲, 媒体: 乙报"],
            "once_per: [title, outlet]",
            Some("2"),
        ),
        ("a record", &["支部: \"01\"", "支部: \"02\"", "支部编号: \"02\""], "once_per: branch", Some("2")),
        ("unknown", &["题目: 甲, 媒体: 报", "题目: 甲"], "once_per: [title, outlet]", None),
        ("a day that may be the same", &["时间: 2024-03", "时间: 2024-03-05"], "once_per: held", None),
        (
            "a day of another title",
            &["题目: 甲, 时间: 2024-03", "题目: 乙, 时间: 2024-03-05"],
            "once_per: [title, held]",
            Some("2"),
        ),
        (
            "doubtful, but the same as one that counts",
            &["题目: 甲", "题目: 甲, 类型: 党课"],
            "where: [\"kind == '党课'\"], once_per: title",
            Some("1"),
        ),
        (
            "doubtful, and by itself",
            &["题目: 乙", "题目: 甲, 类型: 党课"],
            "where: [\"kind == '党课'\"], once_per: title",
            None,
        ),
        (
            "of the first",
            &["题目: 甲, 学时: 1", "题目: 甲, 学时: 2"],
            "measure: sum hours, once_per: title",
            Some("1"),
        ),
        (
            "it is not known which is the first",
            &["题目: 甲, 学时: 1", "题目: 甲, 学时: 2, 类型: 党课"],
            "where: [\"kind == '党课'\"], measure: sum hours, once_per: title",
            None,
        ),
    ] {
        let (world, wanted) = (World::new(events), wanted.map(|it: &str| it.parse::<Amount>().unwrap()));
        assert_eq!(world.fact(declared).0, wanted, "{what}: fact");
        assert_eq!(world.count(declared).value(), wanted, "{what}: count");
    }
}

#[test]
fn what_is_undecided_names_the_field_in_which_something_was_written() {
    let (number, branch_code, kind, held) = (0, 3, 4, 5);
    for (events, declared, wanted) in [
        (&["支部编号: \"09\""][..], "measure: distinct branch", &[(0, branch_code)][..]),
        (&["支部: \"01\"", "时间: 2024-03-01"], "where: [\"kind == '党课'\"]", &[(0, kind), (1, kind)]),
        (&["时间: 2024"], "where: [\"before(held, date('2024-03-01'))\"]", &[(0, held)]),
        (&["时间: 2024-03", "时间: 2024-03-01"], "once_per: held", &[(0, held)]),
        (&["题目: 甲"], "where: [\"month(as_of) > 12 // (month(as_of) - 12)\"]", &[(0, number)]),
    ] {
        let world = World::new(events);
        if declared.contains("//") {
            let tally = world.count(declared);
            assert_eq!((tally.value(), tally.faults.len()), (None, 1), "a fault is no figure");
            continue;
        }
        assert_eq!(world.fact(declared).1, wanted, "{declared}");
        let open: Vec<_> = world.count(declared).open_fields().map(|it| place(&it)).collect();
        assert_eq!(open, wanted, "{declared}");
    }
}

#[test]
fn a_count_that_is_not_certain_knows_the_least_and_the_most_that_it_may_be() {
    let sum = "where: [\"kind == '党课'\"], measure: sum hours";
    for (events, declared, n_values, least, n_open) in [
        (&["类型: 党课", "题目: 甲", "题目: 乙"][..], "where: [\"kind == '党课'\"]", 3, Some("1"), 2),
        (&["类型: 党课", "类型: 学习"], "where: [\"kind == '党课'\"]", 1, Some("1"), 0),
        (&["支部: \"01\"", "题目: 甲"], "measure: distinct branch", 2, Some("1"), 1),
        (&["题目: 甲", "题目: 乙"], "measure: distinct branch", 3, Some("0"), 2),
        (
            &["支部: \"01\", 类型: 党课", "类型: 党课", "支部: \"02\""],
            "where: [\"kind == '党课'\"], measure: distinct branch",
            3,
            Some("1"),
            2,
        ),
        (&["时间: 2024-03", "时间: 2024-03-01"], "measure: distinct held", 2, Some("1"), 1),
        (&["学时: 1.5, 类型: 党课", "学时: 2"], sum, 1, None, 1),
    ] {
        let tally = World::new(events).count(declared);
        assert_eq!(tally.n_values(), n_values, "{declared} {events:?}");
        let bounds = tally.measured.bounds;
        assert_eq!(bounds.map(|it| it.0.to_string()).as_deref(), least, "{declared} {events:?}");
        assert_eq!(tally.n_open(), n_open, "{declared} {events:?}");
    }
}

#[test]
fn a_count_has_read_what_it_counts_and_who_is_in_the_list() {
    let world = World::new(&["支部: \"01\", 类型: 党课", "支部: \"02\", 类型: 学习"]);
    let schemas = &world.dataset.schemas;
    let scope = crate::frame_scope(schemas, schemas.index("units"));
    let node = tree("of: events\nwhere: [\"kind == '党课'\"]\nmeasure: distinct branch\n");
    let count = Count::load(&node, &scope, &mut Report::default()).unwrap();
    let trace = Arc::new(Trace::default());
    let tally = count.tally(&world.scene(trace.clone()));
    assert_eq!(tally.value(), Some(Amount::ONE));
    let events = schemas.index("events").unwrap();
    let reads = trace.reads();
    let of_branch = |it: &&FieldRef| it.table == events && it.field.index() == 2;
    assert_eq!(tally.reads.fields.iter().filter(of_branch).count(), 1, "what is measured");
    let of_events: Vec<_> = reads.fields.iter().filter(|it| it.table == events).map(place).collect();
    // Key, unit and kind of both; the branch of the one that counts.
    assert_eq!(of_events, [(0, 0), (0, 1), (0, 2), (0, 4), (1, 0), (1, 1), (1, 4)]);
    assert_eq!(reads.lists.len(), 1);
}
