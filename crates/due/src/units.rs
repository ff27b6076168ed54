//! The units that return something: the committees and branches of the register, and the office itself.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{Dataset, Senders};
use finding::{RecordId, TableId};
use schema::{Customs, Returner, Schemas};
use value::fold;

/// A unit: a committee or a branch, or the office, which stands in no register.
pub(super) type Unit = Option<RecordId>;

/// Whether what belongs to the one record may belong to the other: they are the same, or one belongs to the other.
pub fn overlap(dataset: &Dataset, a: RecordId, b: RecordId) -> bool {
    let lies_in = |inner: RecordId, outer: RecordId| {
        dataset.branch(inner) == Some(outer) || dataset.committee(inner) == Some(outer)
    };
    a == b || lies_in(a, b) || lies_in(b, a)
}

/// The units of a register, by kind and by name.
pub(super) struct Units {
    committees: Option<TableId>,
    branches: Option<TableId>,
    /// Of each committee its branches, in their order.
    below: BTreeMap<RecordId, Vec<RecordId>>,
    /// The committee of each unit, which of a committee is itself.
    above: BTreeMap<RecordId, RecordId>,
    /// By every name that they bear, folded, with and without 中共 … 委员会.
    named: BTreeMap<String, Vec<RecordId>>,
    customs: Customs,
}

impl Units {
    /// Reads the register. A branch of which nobody knows to which committee it belongs is that of its file.
    pub(super) fn new(dataset: &Dataset, senders: &Senders) -> Self {
        let schemas: &Schemas = &dataset.schemas;
        let (committees, branches) = (schemas.committees(), schemas.branches());
        let (mut below, mut above, mut named) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for id in [committees, branches].into_iter().flatten().flat_map(|it| dataset.rows_of(it)) {
            let of_file = || senders.of(dataset.record(id).origin.file);
            if let Some(committee) = dataset.committee(id).or_else(of_file) {
                above.insert(id, committee);
                let own: &mut Vec<RecordId> = below.entry(committee).or_default();
                own.extend((committee != id).then_some(id));
            }
            for name in dataset.names(id) {
                let forms = BTreeSet::from([fold(&name), schemas.customs.fold_body(&name)]);
                for form in forms {
                    let bearers: &mut Vec<RecordId> = named.entry(form).or_default();
                    bearers.push(id);
                }
            }
        }
        named.remove("");
        Self { committees, branches, below, above, named, customs: schemas.customs.clone() }
    }

    /// Everybody who returns a table, in the order of the register.
    pub(super) fn who(&self, dataset: &Dataset, returner: Returner) -> Vec<Unit> {
        let all =
            |table: Option<TableId>| table.into_iter().flat_map(|it| dataset.rows_of(it)).map(Some).collect();
        match returner {
            Returner::Branch => all(self.branches),
            Returner::Committee => all(self.committees),
            Returner::Office => vec![None],
        }
    }

    /// The committees of which no branch is known.
    pub(super) fn bare(&self, dataset: &Dataset) -> impl Iterator<Item = RecordId> {
        let committees = self.committees.into_iter().flat_map(|it| dataset.rows_of(it));
        committees.filter(|it| self.below(*it).is_empty())
    }

    /// The office, and everybody in the register.
    pub(super) fn all(&self) -> impl Iterator<Item = Unit> {
        let registered = self.below.iter().flat_map(|(it, below)| [it].into_iter().chain(below));
        [None].into_iter().chain(registered.copied().map(Some))
    }

    /// The committee of a unit, whose files are also those of its branches.
    pub(super) fn committee(&self, unit: Unit) -> Unit {
        unit.and_then(|it| self.above.get(&it).copied())
    }

    /// The branches of a committee.
    pub(super) fn below(&self, committee: RecordId) -> &[RecordId] {
        self.below.get(&committee).map_or(&[], |it| it)
    }

    /// Those that bear a name.
    pub(super) fn named(&self, name: &str) -> &[RecordId] {
        let named = self.named.get(&fold(name)).or_else(|| self.named.get(&self.customs.fold_body(name)));
        named.map_or(&[], |it| it)
    }

    /// All names, folded.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(String::as_str)
    }

    /// The table of the branches.
    pub(super) fn branches(&self) -> Option<TableId> {
        self.branches
    }

    /// Whether the records of a table are committees or branches.
    pub(super) fn is_unit(&self, table: TableId) -> bool {
        [self.committees, self.branches].contains(&Some(table))
    }

    /// Whether a unit is a branch.
    pub(super) fn is_branch(&self, unit: Unit) -> bool {
        unit.is_some_and(|it| Some(it.table) == self.branches)
    }
}
