//! Who has returned what (收表进度): the tables that were due, committee by committee, and what is still owed.

mod book;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::captions::{Captions, ProgressCaptions};
use super::plan::Plan;
use dataset::{Dataset, RecordId, TableId};
use due::{Expected, Returns, State};
use schema::Absent;

pub use book::progress_book;

/// How far the returns have come.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// The titles of the tables that somebody has to return.
    pub tables: Vec<Arc<str>>,
    /// The office, if it has to give something, and every committee.
    pub lines: Vec<ProgressLine>,
    /// What is still to come.
    pub owed: Vec<Owed>,
}

/// How far the returns of a committee have come.
#[derive(Debug, Clone)]
pub struct ProgressLine {
    /// The committee as lists call it.
    pub unit: Arc<str>,
    /// Its tables, in the order of the titles; none where nothing is due.
    pub cells: Vec<Option<Standing>>,
}

/// How far a table of a committee has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What there is to see: 已交45条; 已交10个支部、未交2个支部.
    pub text: String,
    /// Whether all is there that was to come.
    pub is_complete: bool,
}

/// A table that a unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The committee that has to see to it; the office itself.
    pub committee: Arc<str>,
    /// The branch, if a branch returns the table.
    pub branch: Option<Arc<str>>,
    /// The title of the table.
    pub table: Arc<str>,
    /// Why it counts as owed: 未交, 空表, 读不出.
    pub state: Arc<str>,
    /// By when it was to come.
    pub due: Option<Date>,
    /// Whether that day is over.
    pub is_overdue: bool,
}

impl Progress {
    /// Sums up what was expected, as of a day. What has not come stands in it as far as documents of the plan count it; for
    /// the rest nobody waits.
    pub fn new(returns: &Returns, plan: &Plan, dataset: &Dataset, captions: &Captions, as_of: Date) -> Self {
        let words = &captions.progress;
        let is_awaited = |it: &Expected| plan.awaited.contains(&(it.table, it.unit));
        let is_shown =
            |it: &&Expected| it.absent != Absent::Nothing && (it.state != State::Absent || is_awaited(it));
        let expected: Vec<&Expected> = returns.expected.iter().filter(is_shown).collect();
        let mut tables: Vec<TableId> = expected.iter().map(|it| it.table).collect();
        tables.sort_unstable();
        tables.dedup();
        let mut groups: BTreeMap<(Option<RecordId>, TableId), Vec<&Expected>> = BTreeMap::new();
        for it in &expected {
            groups.entry((it.committee, it.table)).or_default().push(it);
        }
        let mut seats: Vec<Option<RecordId>> = groups.keys().map(|it| it.0).collect();
        seats.dedup();
        let name = |it: Option<RecordId>| it.map_or(words.office.clone(), |it| dataset.label(it));
        let line = |seat: Option<RecordId>| ProgressLine {
            unit: name(seat),
            cells: tables.iter().map(|it| Some(words.standing(groups.get(&(seat, *it))?))).collect(),
        };
        let owed = |it: &&Expected| Owed {
            committee: name(it.committee),
            branch: it.unit.filter(|_| it.unit != it.committee).map(|it| dataset.label(it)),
            table: dataset.schema(it.table).title.clone(),
            state: words.state(&it.state).clone(),
            due: it.due,
            is_overdue: it.due.is_some_and(|it| it < as_of),
        };
        let mut owing: Vec<&Expected> =
            expected.iter().copied().filter(|it| !is_settled(&it.state)).collect();
        owing.sort_by_key(|it| it.committee);
        Self {
            tables: tables.iter().map(|it| dataset.schema(*it).title.clone()).collect(),
            lines: seats.into_iter().map(line).collect(),
            owed: owing.iter().map(owed).collect(),
        }
    }
}

impl ProgressLine {
    /// How many tables are due, and how many of them are complete.
    pub fn counts(&self) -> (usize, usize) {
        let due = self.cells.iter().flatten();
        (due.clone().count(), due.filter(|it| it.is_complete).count())
    }
}

/// Whether nothing more is to come.
fn is_settled(state: &State) -> bool {
    matches!(state, State::Returned(_) | State::Nothing(_) | State::Exempt(_))
}

impl ProgressCaptions {
    /// The word for a state.
    fn state(&self, state: &State) -> &Arc<str> {
        let [returned, nothing, exempt, unread, other_period, adrift, empty, absent] = &self.states;
        match state {
            State::Returned(_) => returned,
            State::Nothing(_) => nothing,
            State::Exempt(_) => exempt,
            State::Unread(_) => unread,
            State::OfOtherPeriod(_) => other_period,
            State::Adrift => adrift,
            State::Empty(_) => empty,
            State::Absent => absent,
        }
    }

    /// How far a table has come that these units have to return.
    fn standing(&self, expected: &Vec<&Expected>) -> Standing {
        let is_complete = expected.iter().all(|it| is_settled(&it.state));
        let mut units: Vec<(&Arc<str>, usize)> = Vec::new();
        for it in expected {
            let word = self.state(&it.state);
            match units.iter_mut().find(|known| known.0 == word) {
                Some(known) => known.1 = known.1.saturating_add(1),
                None => units.push((word, 1)),
            }
        }
        // What has come is named first, whichever branch it came from.
        units.sort_by_key(|it| self.states.iter().position(|word| word == it.0));
        let records = expected.iter().filter_map(|it| match it.state {
            State::Returned(n) | State::OfOtherPeriod(n) => Some(n),
            _ => None,
        });
        let n_records = records.fold(0_usize, usize::saturating_add);
        let text = match &units[..] {
            [(word, _)] if n_records > 0 => self.records.filled(&[word, &n_records.to_string()]),
            [(word, _)] => word.to_string(),
            several => {
                let part = |(word, n): &(&Arc<str>, usize)| self.units.filled(&[word, &n.to_string()]);
                several.iter().map(part).collect::<Vec<_>>().join("、")
            }
        };
        Standing { text, is_complete }
    }
}
