//! Who gets which forms: each committee those that it owes itself, and those of its branches; the office its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use dataset::{Dataset, RecordId, TableId};
use due::{Expected, Returns, State};
use schema::{Absent, Addressee, Returner};

/// A committee or branch that forms are sent to.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) addressee: Addressee,
    /// Its record among those that forms are filled with.
    pub(crate) earlier: Option<RecordId>,
}

/// A table that is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owed {
    pub(crate) table: TableId,
    pub(crate) due: Option<Date>,
}

/// What goes to a committee, or to the office.
#[derive(Debug, Default)]
pub(crate) struct Parcel {
    pub(crate) unit: Option<Unit>,
    pub(crate) own: Vec<Owed>,
    pub(crate) branches: Vec<(Unit, Vec<Owed>)>,
}

/// What is owed of what documents count, by whom it is sent. `earlier` are the records that forms are filled with: where the
/// register of a committee's branches has not come yet, its branches are those of that time.
pub(crate) fn parcels(
    dataset: &Dataset,
    returns: &Returns,
    counted: &BTreeSet<(TableId, Option<RecordId>)>,
    earlier: Option<&Dataset>,
) -> Vec<Parcel> {
    // Whatever documents count, it is of the units of the registers.
    let registers = [dataset.schemas.committees(), dataset.schemas.branches()];
    let is_owed = |it: &&Expected| {
        let is_excused = matches!(it.state, State::Exempt(_) | State::Nothing(Some(_)));
        let is_register = registers.contains(&Some(it.table)) && !counted.is_empty();
        it.absent != Absent::Nothing && !is_excused && (is_register || counted.contains(&(it.table, it.unit)))
    };
    let mut by_committee: BTreeMap<Option<RecordId>, Vec<&Expected>> = BTreeMap::new();
    for line in returns.expected.iter().filter(is_owed) {
        by_committee.entry(line.committee).or_default().push(line);
    }
    by_committee.into_iter().map(|(committee, lines)| parcel(dataset, committee, &lines, earlier)).collect()
}

fn parcel(
    dataset: &Dataset,
    committee: Option<RecordId>,
    lines: &[&Expected],
    earlier: Option<&Dataset>,
) -> Parcel {
    let mut parcel = Parcel { unit: committee.map(|it| unit(dataset, it, earlier)), ..Parcel::default() };
    let mut branches: BTreeMap<RecordId, Vec<Owed>> = BTreeMap::new();
    let mut of_branches: Vec<Owed> = Vec::new();
    for line in lines {
        let owed = Owed { table: line.table, due: line.due };
        match line.unit.filter(|it| Some(*it) != committee) {
            Some(branch) => branches.entry(branch).or_default().push(owed),
            // Of a committee whose branches are not known yet the table is asked in their place.
            None if committee.is_some() && is_branches_alone(dataset, line.table) => of_branches.push(owed),
            None => parcel.own.push(owed),
        }
    }
    parcel.branches = branches.into_iter().map(|(it, owed)| (unit(dataset, it, earlier), owed)).collect();
    if of_branches.is_empty() {
        return parcel;
    }
    let known = parcel.unit.as_ref().and_then(|it| it.earlier).zip(earlier);
    let units = known.map(|(committee, earlier)| branches_of(earlier, committee)).unwrap_or_default();
    if units.is_empty() {
        parcel.own.extend(of_branches);
    } else {
        parcel.branches.extend(units.into_iter().map(|it| (it, of_branches.clone())));
    }
    parcel
}

/// Whether branches return a table, and committees do not.
fn is_branches_alone(dataset: &Dataset, table: TableId) -> bool {
    let due = dataset.schema(table).returned.due.as_ref();
    due.is_some_and(|it| it.by.contains(&Returner::Branch) && !it.by.contains(&Returner::Committee))
}

fn unit(dataset: &Dataset, id: RecordId, earlier: Option<&Dataset>) -> Unit {
    let addressee = addressee(dataset, id);
    let earlier = earlier.and_then(|it| it.addressee(&addressee));
    Unit { addressee, earlier }
}

fn branches_of(earlier: &Dataset, committee: RecordId) -> Vec<Unit> {
    let all = earlier.schemas.branches().into_iter().flat_map(|it| earlier.rows_of(it));
    let own = all.filter(|it| earlier.committee(*it) == Some(committee));
    own.map(|it| Unit { addressee: addressee(earlier, it), earlier: Some(it) }).collect()
}

fn addressee(dataset: &Dataset, id: RecordId) -> Addressee {
    let register: Arc<str> = dataset.schema(id.table).id.clone();
    // The register may call it by a short name; a form bears the name by which it is registered in full, as messages do.
    Addressee { register, key: dataset.key_text(id), name: dataset.label(id) }
}
