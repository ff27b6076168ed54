//! Who has returned what, summed up by committee and table.

use std::sync::Arc;

use jiff::civil::date;

use super::World;
use crate::book::{Book, Cell, Sheet};
use crate::captions::{Captions, Pattern, ProgressCaptions};
use crate::plan::Plan;
use crate::progress::{Progress, progress_book};
use dataset::{RecordId, RowId};
use due::{Expected, Returns, State};
use project::Project;
use schema::Absent;

fn captions() -> Arc<Captions> {
    let words = |it: &str| -> Arc<str> { it.into() };
    let progress = ProgressCaptions {
        title: words("进度"),
        as_of: Pattern::of("截至{}"),
        office: words("本部门"),
        columns: ["表", "应报", "收齐"].map(words),
        states: ["已交", "零报告", "免报", "读不出", "上年的", "不明", "空表", "未交"].map(words),
        records: Pattern::of("{}{}条"),
        units: Pattern::of("{}{}个"),
        overdue: words("逾期"),
        owed: words("催交"),
        owed_columns: ["党委", "支部", "表", "情况", "日期"].map(words),
    };
    Arc::new(Captions { progress, ..Captions::default() })
}

/// A line for a table of a unit.
fn expected(world: &World, table: &str, unit: Option<RecordId>, state: State) -> Expected {
    let committee = unit.and_then(|it| world.dataset.committee(it));
    let table = world.table(table);
    Expected { table, unit, committee, absent: Absent::Error, due: None, state, unknown: Vec::new() }
}

/// The meetings of three branches, of which the first two belong to one committee, and what committees say of themselves.
fn world(states: [State; 3]) -> (World, Returns) {
    let world = World::new();
    let branches = (0..3).zip(states);
    let mut lines: Vec<Expected> =
        branches.map(|(at, state)| expected(&world, "meetings", Some(world.branch(at)), state)).collect();
    let committee = |at: usize| Some(world.table("committees").record(RowId::new(at)));
    lines.push(expected(&world, "branches", committee(0), State::Returned(2)));
    let returns = Returns { expected: lines, ..Returns::default() };
    (world, returns)
}

/// A plan of documents that count all.
fn plan(returns: &Returns) -> Plan {
    let awaited = returns.expected.iter().filter(|it| it.absent != Absent::Nothing);
    let mut plan = Plan::default();
    plan.awaited = awaited.map(|it| (it.table, it.unit)).collect();
    plan
}

fn told(states: [State; 3]) -> Vec<String> {
    let (world, returns) = world(states);
    let progress = Progress::new(&returns, &plan(&returns), &world.dataset, &captions(), date(2024, 12, 31));
    let lines = progress.lines.iter().map(|line| {
        let cells: Vec<&str> = line.cells.iter().map(|it| it.as_ref().map_or("-", |it| &it.text)).collect();
        let (n_due, n_complete) = line.counts();
        format!("{} {} {n_complete}/{n_due}", line.unit, cells.join("|"))
    });
    lines.collect()
}

#[test]
fn branches_of_a_committee_are_counted_by_what_became_of_their_tables() {
    let file = || World::new().file();
    let none = || State::Nothing(None);
    for (states, wanted) in [
        ([State::Returned(3), State::Returned(4), State::Absent], ["2条|7条 2/2", "-|未交 0/1"]),
        ([State::Returned(3), State::Absent, State::Returned(1)], ["2条|已交1个、未交1个 1/2", "-|1条 1/1"]),
        ([State::Absent, State::Returned(3), none()], ["2条|已交1个、未交1个 1/2", "-|零报告 1/1"]),
        (
            [State::Returned(3), none(), State::Exempt("新".into())],
            ["2条|已交1个、零报告1个 2/2", "-|免报 1/1"],
        ),
        (
            [State::Unread(file()), State::Adrift, State::Empty(file())],
            ["2条|读不出1个、不明1个 1/2", "-|空表 0/1"],
        ),
        (
            [State::OfOtherPeriod(2), State::OfOtherPeriod(1), State::Absent],
            ["2条|上年的3条 1/2", "-|未交 0/1"],
        ),
    ] {
        let wanted: Vec<String> = ["机械党委", "外语党委"]
            .iter()
            .zip(wanted)
            .map(|(unit, it)| {
                format!(
                    "{unit} {}",
                    it.replace("2条|", "已交2条|").replace("|7条", "|已交7条").replace("|1条", "|已交1条")
                )
            })
            .collect();
        assert_eq!(told(states), wanted);
    }
}

#[test]
fn of_tables_for_which_nobody_waits_nothing_is_said() {
    let (world, mut returns) = world([State::Returned(3), State::Absent, State::Exempt("新".into())]);
    returns.expected.iter_mut().for_each(|it| it.absent = Absent::Nothing);
    let progress = Progress::new(&returns, &plan(&returns), &world.dataset, &captions(), date(2024, 12, 31));
    assert_eq!((progress.lines.len(), progress.owed.len()), (0, 0));
    // What is due and no document counts.
    let (world, returns) = self::world([State::Returned(3), State::Absent, State::Absent]);
    let progress = Progress::new(&returns, &Plan::default(), &world.dataset, &captions(), date(2024, 12, 31));
    let lines: Vec<_> = progress.lines.iter().map(|it| (&*it.unit, it.counts())).collect();
    assert_eq!((lines, progress.owed.len()), (vec![("机械党委", (2, 2))], 0));
    let book = progress_book(&progress, &Project::example(date(2024, 12, 31)), &captions());
    assert_eq!(book.sheets.len(), 1, "nothing is owed, and there is no list of it");
    assert!(
        Progress::new(&Returns::default(), &Plan::default(), &world.dataset, &captions(), date(2024, 12, 31))
            .lines
            .is_empty()
    );
}

#[test]
fn what_is_owed_is_listed_with_whom_to_ask_and_since_when() {
    let (world, mut returns) = world([State::Absent, State::Returned(1), State::Empty(World::new().file())]);
    returns.expected[0].due = Some(date(2024, 12, 30));
    returns.expected[2].due = Some(date(2024, 12, 31));
    returns.expected.push(expected(&world, "committees", None, State::Absent));
    let as_of = date(2024, 12, 31);
    let progress = Progress::new(&returns, &plan(&returns), &world.dataset, &captions(), as_of);
    let Book { sheets, .. } = progress_book(&progress, &Project::example(as_of), &captions());
    let rows = |sheet: &Sheet| -> Vec<String> {
        let Sheet::Table(table) = sheet else { panic!("{sheet:?}") };
        let text = |it: &Cell| match it {
            Cell::Text(text) => text.clone(),
            Cell::Integer(n) => n.to_string(),
            other => format!("{other:?}"),
        };
        let row = |cells: &[Cell]| cells.iter().map(text).collect::<Vec<_>>().join(" ");
        assert!(table.rows.iter().all(|it| it.cells.len() == table.columns.len()));
        table.rows.iter().map(|it| row(&it.cells)).collect()
    };
    assert_eq!(
        rows(&sheets[0]),
        [
            "应报 1 2 1",
            "收齐 0 1 0",
            "党委 未交 Empty Empty",
            "党支部 Empty 已交2条 Empty",
            "会议 Empty 已交1个、未交1个 空表"
        ]
    );
    assert_eq!(
        rows(&sheets[1]),
        [
            "1 本部门  党委 未交 ",
            "2 机械党委 制造教工党支部 会议 逾期未交 2024年12月30日",
            "3 外语党委 日语系党支部 会议 空表 2024年12月31日"
        ]
    );
}
