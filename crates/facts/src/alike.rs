//! Records that are alike in what a condition looks at, so that it is put to one of them only.
//!
//! What a condition says of a record follows from the few fields that it begins with: two members of one sex are one
//! case to `sex == '女'`, the members of one branch are one to `branch.kind == '学生党支部'`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::different::Key;
use dataset::{Dataset, RowId, TableId};
use finding::ById;
use value::Value;

/// The records of a table sorted into groups whose members are alike.
#[derive(Debug)]
pub(super) struct Alike {
    /// The group of each record.
    pub(super) group: ById<RowId, u32>,
    /// The first record of each group.
    pub(super) first: Vec<RowId>,
}

/// The groups made so far, by table and names.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by_name: BTreeMap<(TableId, String), Arc<Alike>>,
    by_names: BTreeMap<(TableId, Vec<String>), Arc<Alike>>,
}

impl Groups {
    /// The groups of a table's records by everything that begins with one of these names. A name that is none of the
    /// table's, such as that of a function, tells no records apart.
    pub(super) fn by(&mut self, dataset: &Dataset, table: TableId, names: &[String]) -> Arc<Alike> {
        let names: Vec<String> = names.iter().filter(|it| dataset.has_name(table, it)).cloned().collect();
        if let Some(known) = self.by_names.get(&(table, names.clone())) {
            return known.clone();
        }
        let mut groups = Arc::new(Alike::all(dataset.rows_of(table).map(|_| 0).collect()));
        for name in &names {
            let finer = self.by_one(dataset, table, name);
            groups = Arc::new(Alike::new(groups.group.iter().zip(&finer.group)));
        }
        self.by_names.insert((table, names), groups.clone());
        groups
    }

    fn by_one(&mut self, dataset: &Dataset, table: TableId, name: &str) -> Arc<Alike> {
        let key = (table, name.to_owned());
        self.by_name.entry(key).or_insert_with(|| Arc::new(by_name(dataset, table, name))).clone()
    }
}

impl Alike {
    /// One group of all.
    fn all(group: ById<RowId, u32>) -> Self {
        Self { group, first: vec![RowId::new(0)] }
    }

    /// The groups of equal keys, in the order in which they first come.
    fn new<K: Eq + std::hash::Hash>(keys: impl Iterator<Item = K>) -> Self {
        let (mut known, mut group, mut first) = (HashMap::new(), ById::default(), Vec::new());
        for key in keys {
            let next = u32::try_from(first.len()).unwrap_or(u32::MAX);
            let own = *known.entry(key).or_insert(next);
            let row = group.push(own);
            if own == next {
                first.push(row);
            }
        }
        Self { group, first }
    }
}

/// What tells records apart by one name.
#[derive(PartialEq, Eq, Hash)]
enum Apart {
    /// The field has no value.
    Missing,
    /// The field is in error.
    Invalid,
    /// The field has a value.
    Value(Key),
    /// The name leads to other records: those of this row only, or those of its parent.
    Row(RowId),
}

fn by_name(dataset: &Dataset, table: TableId, name: &str) -> Alike {
    let records = dataset.rows_of(table);
    let schema = dataset.schema(table);
    let Some(field) = schema.field(name) else {
        // A parent, or a list of records that no two records share.
        let is_parent = schema.parent.is_some() && name == "parent";
        let parent = |it| dataset.record(it).parent.filter(|_| is_parent);
        return Alike::new(records.map(|it| Apart::Row(parent(it).unwrap_or(it.row))));
    };
    Alike::new(records.map(|it| {
        let at = it.field(field);
        match (Key::of_field(dataset, at), &dataset.cell(at).value) {
            (Some(key), _) => Apart::Value(key),
            // Of a picture is only asked whether it is there.
            (None, Value::Picture(_)) => Apart::Value(Key::YesNo(true)),
            (None, Value::Missing) => Apart::Missing,
            (None, _) => Apart::Invalid,
        }
    }))
}
