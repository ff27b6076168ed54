//! The table of committees, branches and tables: what was expected of whom, and what became of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::arrived::{Arrived, Looking};
use super::expected::{Excuse, Wanted, expected};
use super::forms;
use super::units::{Unit, Units, overlap};
use dataset::{Dataset, RecordId, Senders, TableId};
use finding::{FieldId, FileId, Finding, Origin, Report, Sources, Target, codes};
use project::Project;
use schema::{Absent, Field};
use value::Value;

/// Who had to return what, and what has come.
#[derive(Debug, Clone, Default)]
pub struct Returns {
    /// A line for each table and unit, in the order of the tables and of the register.
    pub expected: Vec<Expected>,
    /// From which committee each file came.
    pub senders: Senders,
}

/// A table that a unit has to return, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The table.
    pub table: TableId,
    /// The committee or branch; without one, the office itself.
    pub unit: Option<RecordId>,
    /// The committee of the unit: itself, or that of the branch, or from whose file the branch is known.
    pub committee: Option<RecordId>,
    /// What is said if it does not come.
    pub absent: Absent,
    /// The last day on which it may come.
    pub due: Option<Date>,
    /// What became of it.
    pub state: State,
    /// Files of the unit that could not be read, and of which nobody knows what they held.
    pub unknown: Vec<FileId>,
}

/// What became of a table that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// 已交: so many records.
    Returned(usize),
    /// 上年的: all its records stand in files of another year.
    OfOtherPeriod(usize),
    /// 零报告, with the reason if the project file says so.
    Nothing(Option<Arc<str>>),
    /// It need not be returned, for this reason.
    Exempt(Arc<str>),
    /// 读不出: the file that will have held it.
    Unread(FileId),
    /// Records have come that name nobody who is known, and may be those.
    Adrift,
    /// The form has come back as it was sent out.
    Empty(FileId),
    /// 未交.
    Absent,
}

impl State {
    /// Whether what it was to hold is not there, and nobody has said that there is nothing.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Empty(_) | Self::Absent)
    }
}

impl Returns {
    /// Finds out what has come. Names in the project file that nobody bears are findings, and 零报告 that records contradict.
    pub fn new(dataset: &Dataset, project: &Project, sources: &Sources, report: &mut Report) -> Self {
        let senders = dataset.senders(sources);
        let units = Units::new(dataset, &senders);
        let wanted = expected(dataset, &units, project, report);
        let looking = Looking { dataset, sources, units: &units, senders: &senders };
        looking.mind_what_was_not_read(report);
        forms::check(dataset, &senders, report);
        let arrived = looking.arrived(report);
        let has_all = |it: &Wanted| !it.is_in_place || arrived.lacks_branches(&wanted, it.unit, &units);
        let wanted: Vec<Wanted> = wanted.iter().filter(|it| has_all(it)).cloned().collect();
        let mut contradicted: Vec<(Origin, Wanted)> = Vec::new();
        let state = |it: Wanted| {
            let state = arrived.state(&it);
            if let (State::Returned(_), Some(Excuse::Nothing(_, at))) = (&state, &it.excuse)
                && !contradicted.iter().any(|known| known.0 == *at)
            {
                contradicted.push((*at, it.clone()));
            }
            let committee = units.committee(it.unit);
            let unknown = arrived.unknown.get(&committee).cloned().unwrap_or_default();
            let Wanted { table, unit, absent, due, .. } = it;
            Expected { table, unit, committee, absent, due, state, unknown }
        };
        let expected: Vec<Expected> = wanted.into_iter().map(state).collect();
        expected.iter().flat_map(|it| denials(dataset, it)).for_each(|it| report.push(it));
        for (at, it) in contradicted {
            report.push(contradiction(dataset, &it).at(at));
        }
        Self { expected, senders }
    }
}

impl Returns {
    /// The tables of which not all is there that was to come: from somebody nothing, or nothing that could be read, or nobody
    /// knows whose it is.
    pub fn incomplete(&self) -> BTreeSet<TableId> {
        let is_open = |it: &&Expected| matches!(it.state, State::Unread(_) | State::Adrift);
        let is_owed = |it: &&Expected| it.state.is_missing() && it.absent != Absent::Nothing;
        self.expected.iter().filter(|it| is_open(it) || is_owed(it)).map(|it| it.table).collect()
    }

    /// The tables that nobody has to return as they are declared, and that have come from nobody, not even as a report of
    /// nothing: what they would hold is not known.
    pub fn unreported(&self, dataset: &Dataset) -> BTreeSet<TableId> {
        let is_optional = |it: TableId| {
            dataset.schema(it).returned.due.as_ref().is_some_and(|it| it.absent == Absent::Nothing)
        };
        let is_told =
            |it: TableId| self.expected.iter().any(|own| own.table == it && !own.state.is_missing());
        let tables = dataset.schemas.tables.ids().filter(|it| is_optional(*it));
        tables.filter(|it| dataset.n_rows(*it) == 0 && !is_told(*it)).collect()
    }

    /// The tables that have not come from somebody whose records count for a committee or branch; for everything if none is
    /// named.
    pub fn missing(&self, dataset: &Dataset, seat: Option<RecordId>) -> BTreeSet<TableId> {
        let counts = |unit: Unit| match (seat, unit) {
            (Some(seat), Some(unit)) => overlap(dataset, seat, unit),
            (None, _) | (_, None) => true,
        };
        let missing = self.expected.iter().filter(|it| it.state.is_missing() && it.absent != Absent::Nothing);
        missing.filter(|it| counts(it.unit)).map(|it| it.table).collect()
    }
}

/// A unit that states in the register how many records it has cannot report that there are none.
fn denials(dataset: &Dataset, it: &Expected) -> Vec<Finding> {
    let (State::Nothing(_), Some(unit)) = (&it.state, it.unit) else { return Vec::new() };
    let table = dataset.schema(it.table);
    let counts = |field: &Field| field.counts.as_ref().is_some_and(|it| it.text == table.id);
    let stated = dataset.schema(unit.table).fields.with_ids().filter(|(_, it)| counts(it));
    let denial = |(id, field): (FieldId, &Field)| {
        let at = unit.field(id);
        let cell = dataset.cell(at);
        let Value::Integer(1..) = cell.value else { return None };
        let stated = cell.value.display();
        let message = format!("“{}”报的是零报告，这里的“{}”却是{stated}", table.title, field.title);
        let finding = Finding::new(&codes::RETURN_NOTHING_DENIED, message).at(cell.origin).value(stated);
        let finding = finding.field(field.title.clone()).subject(dataset.subject(unit));
        let finding = finding.about(Target::field(at)).about(Target::Return(it.table, it.unit));
        Some(finding.hint(format!("请补报“{}”；确实没有的，请把这里的数目改正", table.title)))
    };
    stated.filter_map(denial).collect()
}

fn contradiction(dataset: &Dataset, it: &Wanted) -> Finding {
    let title = &dataset.schema(it.table).title;
    let unit = it.unit.map(|it| dataset.label(it)).unwrap_or_else(|| "本部门".into());
    let message = format!("这里写{unit}的“{title}”是零报告，却收到了记录");
    Finding::new(&codes::RETURN_NOT_NOTHING, message)
        .hint(format!("请核实后从这一行中删去“{title}”，或移走误交的记录"))
}

impl Arrived {
    /// Whether the register of a committee's branches was to come and is not there: then what its branches return is owed by
    /// the committee, for nobody knows them.
    fn lacks_branches(&self, wanted: &[Wanted], committee: Unit, units: &Units) -> bool {
        let register = wanted.iter().find(|it| Some(it.table) == units.branches() && it.unit == committee);
        register.is_some_and(|it| {
            let state = self.state(it);
            state.is_missing() || matches!(state, State::Unread(_))
        })
    }

    fn state(&self, it: &Wanted) -> State {
        let part = (it.table, it.unit);
        if let Some(n) = self.records.get(&part).copied() {
            let n_late = self.of_other_period.get(&part).copied().unwrap_or_default();
            return if n_late == n { State::OfOtherPeriod(n) } else { State::Returned(n) };
        }
        if let Some(file) = self.unread.get(&part) {
            return State::Unread(*file);
        }
        if self.adrift.contains(&part) {
            return State::Adrift;
        }
        if self.nothing.contains(&part) {
            return State::Nothing(None);
        }
        match (&it.excuse, self.empty.get(&part)) {
            (Some(Excuse::Nothing(why, _)), _) => State::Nothing(Some(why.clone())),
            (Some(Excuse::Exempt(why)), _) => State::Exempt(why.clone()),
            (None, Some(file)) => State::Empty(*file),
            (None, None) => State::Absent,
        }
    }
}
