//! What is said of tables that are due, are counted, and have not come.

use jiff::civil::date;

use super::{World, about};
use crate::input::{Input, Whose};
use crate::owed;
use dataset::{ListRef, Reads, RecordId, RowId};
use due::{Expected, Returns, State};
use finding::{Finding, Held, Part, Report, Severity, Target, codes};
use schema::Absent;

/// A line for a table of a unit.
fn line(world: &World, table: &str, unit: Option<RecordId>, state: State) -> Expected {
    let committee = unit.and_then(|it| world.dataset.committee(it));
    let table = world.table(table);
    Expected { table, unit, committee, absent: Absent::Error, due: None, state, unknown: Vec::new() }
}

fn committee(world: &World, at: usize) -> RecordId {
    world.table("committees").record(RowId::new(at))
}

/// The meetings of three branches, of which the first two belong to one committee, and the branches of two committees.
fn lines(world: &World, states: [State; 3]) -> Vec<Expected> {
    let branches = (0..3).zip(states).map(|(at, it)| line(world, "meetings", Some(world.branch(at)), it));
    let registers = [(0, 2), (1, 1)]
        .map(|(at, n)| line(world, "branches", Some(committee(world, at)), State::Returned(n)));
    branches.chain(registers).collect()
}

/// A document that counts the meetings of somebody.
fn counts(world: &World, whose: Whose) -> Input {
    Input::Reads(Reads { tables: [world.table("meetings")].into(), ..Reads::default() }, whose)
}

/// What is said, as `severity unit: message`, and how many returns are waited for.
fn said(world: &World, expected: Vec<Expected>, inputs: &[Input]) -> (Vec<String>, usize) {
    let (returns, mut report) = (Returns { expected, ..Returns::default() }, Report::default());
    let counted = owed::counted([inputs].into_iter(), &returns, &world.dataset);
    let awaited = owed::report(&counted, &returns, &world.dataset, &mut report);
    let told = |it: &Finding| {
        let unit = it.subject.branch.as_ref().or(it.subject.committee.as_ref());
        format!("{:?} {}: {}", it.severity, unit.map_or("-", |it| it), it.message)
    };
    let about: Vec<&Target> = report.findings().iter().flat_map(|it| &it.about).collect();
    assert_eq!(about.len(), awaited.len(), "what is waited for is what is said");
    (report.findings().iter().map(told).collect(), awaited.len())
}

fn absent() -> State {
    State::Absent
}

fn here() -> State {
    State::Returned(3)
}

const FIRST: &str = "Error 制造教工党支部: 没有收到会议表";
const WHOLE: &str = "Error 机械党委: 没有收到会议表";
const OTHER: &str = "Error 外语党委: 没有收到会议表";

#[test]
fn what_all_branches_of_a_committee_owe_the_committee_owes() {
    let world = World::new();
    let exempt = || State::Exempt("新".into());
    for (states, wanted) in [
        ([here(), here(), here()], &[][..]),
        ([absent(), here(), here()], &[FIRST]),
        ([absent(), absent(), here()], &[WHOLE]),
        ([absent(), exempt(), here()], &[WHOLE]),
        ([absent(), State::Nothing(None), here()], &[FIRST]),
        ([here(), here(), absent()], &[OTHER]),
        ([absent(), State::Adrift, absent()], &[FIRST, OTHER]),
    ] {
        let n = states.iter().filter(|it| it.is_missing()).count();
        let inputs = [counts(&world, Whose::All)];
        let (mut told, awaited) = said(&world, lines(&world, states.clone()), &inputs);
        told.sort();
        assert_eq!((told, awaited), (wanted.iter().map(|it| (*it).to_owned()).collect(), n), "{states:?}");
    }
}

#[test]
fn only_what_a_document_counts_is_owed() {
    let world = World::new();
    let all = || lines(&world, [absent(), absent(), absent()]);
    let seat = |at: usize| Whose::Seat(world.branch(at), None);
    let list = |at: usize| {
        let list = ListRef { column: world.column("branch"), target: RowId::new(at) };
        Input::Reads(Reads { lists: [list].into(), ..Reads::default() }, Whose::Committee("没有".into()))
    };
    let column =
        Input::Reads(Reads { columns: [world.column("minutes")].into(), ..Reads::default() }, Whose::All);
    let branches = Reads { tables: [world.table("branches")].into(), ..Reads::default() };
    for (what, input, wanted) in [
        ("everybody's", counts(&world, Whose::All), &[OTHER, WHOLE][..]),
        ("by a column", column, &[OTHER, WHOLE]),
        ("of a committee", counts(&world, Whose::Committee("外语党委".into())), &[OTHER]),
        ("of a branch", counts(&world, seat(0)), &[FIRST]),
        ("of a committee as a record", counts(&world, Whose::Seat(committee(&world, 0), None)), &[WHOLE]),
        ("the list of a branch", list(0), &[FIRST]),
        ("another table", Input::Reads(branches, Whose::All), &[]),
        ("no records", Input::Given, &[]),
    ] {
        let mut told = said(&world, all(), &[input]).0;
        told.sort();
        assert_eq!(told, wanted, "{what}");
    }
}

#[test]
fn silence_is_said_as_loud_as_it_is_declared() {
    let world = World::new();
    let inputs = [counts(&world, Whose::All)];
    for (how, wanted) in [
        (Absent::Error, &[FIRST][..]),
        (Absent::Query, &["Query 制造教工党支部: 没有收到会议表"]),
        (Absent::Nothing, &[]),
    ] {
        let mut all = lines(&world, [absent(), here(), here()]);
        all[0].absent = how;
        assert_eq!(said(&world, all, &inputs).0, wanted, "{how:?}");
    }
}

#[test]
fn who_has_sent_nothing_at_all_is_told_so() {
    let world = World::new();
    let nothing = |unknown: bool, register: State| {
        let mut all = lines(&world, [here(), here(), absent()]);
        all[4].state = register;
        if unknown {
            all[2].unknown.push(world.file());
        }
        let reads =
            Reads { tables: [world.table("meetings"), world.table("branches")].into(), ..Reads::default() };
        said(&world, all, &[Input::Reads(reads, Whose::All)]).0
    };
    assert_eq!(nothing(false, absent()), ["Error 外语党委: 没有收到任何材料，应报送会议、党支部表"]);
    assert_eq!(nothing(true, absent()), ["Error 外语党委: 没有收到会议、党支部表"]);
    assert_eq!(nothing(false, here()), [OTHER]);
    assert_eq!(
        nothing(false, State::Exempt("新".into())),
        ["Error 外语党委: 没有收到任何材料，应报送会议表"]
    );
    let office = vec![line(&world, "meetings", None, absent())];
    assert_eq!(said(&world, office, &[counts(&world, Whose::All)]).0, ["Error -: 本部门没有提供会议表"]);
}

#[test]
fn an_empty_form_is_said_once() {
    let world = World::new();
    let file = world.file();
    let [meetings, branches] = ["meetings", "branches"].map(|it| world.table(it));
    for (tables, n_left) in [(vec![meetings], 0), (vec![branches], 1), (vec![meetings, branches], 1)] {
        let mut report = Report::default();
        let part = Part { file, sheet: None, held: Held::Tables(tables.clone()) };
        let empty =
            Finding { code: codes::RETURN_EMPTY.name.into(), ..about("机械党委", Target::File(part)) };
        report.push(empty);
        report.push(about("机械党委", Target::record(world.branch(0))));
        let mut expected = lines(&world, [State::Empty(file), here(), here()]);
        expected[0].due = Some(date(2024, 12, 30));
        let returns = Returns { expected, ..Returns::default() };
        let inputs = [counts(&world, Whose::All)];
        let counted = owed::counted([&inputs[..]].into_iter(), &returns, &world.dataset);
        owed::report(&counted, &returns, &world.dataset, &mut report);
        let is_empty = |it: &&Finding| it.code == codes::RETURN_EMPTY.name;
        assert_eq!(report.findings().iter().filter(is_empty).count(), n_left, "{tables:?}");
        assert!(report.findings().iter().any(|it| it.code == "odd"), "other findings stay");
        let last = report.findings().last().unwrap();
        assert_eq!((&*last.message, last.severity), ("交来的会议表是空表", Severity::Error));
        assert_eq!(last.related.len(), 1, "the file is named");
        assert!(last.hint.as_ref().is_some_and(|it| it.starts_with("应于2024年12月30日前报送。请催报")));
    }
}
