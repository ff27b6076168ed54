//! Records that are alike in what a condition looks at, so that it is put to one of them only.
//!
//! What a condition says of a record follows from the few fields that it begins with: two members of one sex are one
//! case to `sex == '女'`, the members of one branch are one to `branch.kind == '学生党支部'`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use dataset::Dataset;
use schema::FieldKind;
use value::Value;

/// The records of a table sorted into groups whose members are alike.
#[derive(Debug)]
pub(super) struct Alike {
    /// The group of each record.
    pub(super) group: Vec<u32>,
    /// The first record of each group.
    pub(super) first: Vec<usize>,
}

/// The groups made so far, by table and names.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by_name: BTreeMap<(usize, String), Arc<Alike>>,
    by_names: BTreeMap<(usize, Vec<String>), Arc<Alike>>,
}

impl Groups {
    /// The groups of a table's records by everything that begins with one of these names. A name that is none of the
    /// table's, such as that of a function, tells no records apart.
    pub(super) fn by(&mut self, dataset: &Dataset, table: usize, names: &[String]) -> Arc<Alike> {
        let names: Vec<String> = names.iter().filter(|it| dataset.has_name(table, it)).cloned().collect();
        if let Some(known) = self.by_names.get(&(table, names.clone())) {
            return known.clone();
        }
        let mut groups = Arc::new(Alike { group: vec![0; dataset.n_rows(table)], first: vec![0] });
        for name in &names {
            let finer = self.by_one(dataset, table, name);
            groups = Arc::new(Alike::new(groups.group.iter().zip(&finer.group)));
        }
        self.by_names.insert((table, names), groups.clone());
        groups
    }

    fn by_one(&mut self, dataset: &Dataset, table: usize, name: &str) -> Arc<Alike> {
        let key = (table, name.to_owned());
        self.by_name.entry(key).or_insert_with(|| Arc::new(by_name(dataset, table, name))).clone()
    }
}

impl Alike {
    /// The groups of equal keys, in the order in which they first come.
    fn new<K: Eq + std::hash::Hash>(keys: impl Iterator<Item = K>) -> Self {
        let (mut known, mut group, mut first) = (HashMap::new(), Vec::new(), Vec::new());
        for (row, key) in keys.enumerate() {
            let next = u32::try_from(first.len()).unwrap_or(u32::MAX);
            let own = *known.entry(key).or_insert(next);
            if own == next {
                first.push(row);
            }
            group.push(own);
        }
        Self { group, first }
    }
}

/// What tells the values of a field apart.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Missing,
    Invalid,
    Word(Arc<str>),
    Shown(String),
    Row(usize),
}

fn by_name(dataset: &Dataset, table: usize, name: &str) -> Alike {
    let rows = 0..dataset.n_rows(table);
    let schema = dataset.schema(table);
    let Some(field) = schema.field(name) else {
        // A parent, or a list of records that no two records share.
        let parent =
            |row| (schema.parent.is_some() && name == "parent").then(|| dataset.record(table, row).parent);
        return Alike::new(rows.map(|row| Key::Row(parent(row).flatten().unwrap_or(row))));
    };
    let is_reference = matches!(schema.fields[field].kind, FieldKind::Reference(_));
    Alike::new(rows.map(|row| match &dataset.record(table, row).cells[field].value {
        Value::Missing => match dataset.follow(table, row, field) {
            Some(target) => Key::Row(target),
            None => Key::Missing,
        },
        Value::Invalid => Key::Invalid,
        _ if is_reference => dataset.follow(table, row, field).map_or(Key::Invalid, Key::Row),
        Value::Choice(word) | Value::Text(word) => Key::Word(word.clone()),
        other => Key::Shown(other.display()),
    }))
}
