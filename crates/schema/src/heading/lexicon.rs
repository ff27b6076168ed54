//! The labels by which the fields of all tables are known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::rc::Rc;

use super::fit::Labels;
use super::texts::Text;
use crate::table::{Schemas, Table};
use finding::{FieldId, TableId};
use value::{fold_label, fold_marked_label};

/// What a label means to one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// The column of a field.
    Field(FieldId),
    /// One of like columns.
    Unfolded(Labels),
    /// Understood, and carries nothing: 序号.
    Nothing,
}

/// All labels of all tables, folded; levels are joined by `/`.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// What each label means, by table.
    meanings: BTreeMap<String, BTreeMap<TableId, Meaning>>,
    /// Every level of every label.
    levels: BTreeSet<String>,
    /// With what they begin: most cells of data begin otherwise.
    beginnings: BTreeSet<char>,
    /// The lowest level of every label.
    ends: BTreeSet<String>,
    /// （必填）: what a heading may bear that is no part of it.
    marks: Vec<String>,
    /// 其中: levels that name nothing of their own.
    plain_levels: Vec<String>,
}

/// The labels above one column, from the top level down.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The column.
    pub(super) col: u16,
    /// The levels that hold more than decoration.
    pub(super) path: Vec<Rc<Text>>,
    /// The lowest level.
    pub(super) lowest: Rc<Text>,
}

impl Lexicon {
    /// Collects the labels of all tables that are no part of another.
    pub(crate) fn new(schemas: &Schemas) -> Self {
        let mut lexicon = Self {
            meanings: BTreeMap::new(),
            levels: BTreeSet::new(),
            beginnings: BTreeSet::new(),
            ends: BTreeSet::new(),
            marks: schemas.customs.heading_marks.clone(),
            plain_levels: schemas.customs.plain_levels.clone(),
        };
        for (table_id, table) in schemas.tables.with_ids().filter(|(_, it)| it.parent.is_none()) {
            // A title wins over a synonym of another field, and a field over everything else.
            for (field_id, field) in table.fields.with_ids() {
                lexicon.add(&field.title, table_id, Meaning::Field(field_id));
            }
            for (field_id, field) in table.fields.with_ids() {
                for name in &field.synonyms {
                    lexicon.add(name, table_id, Meaning::Field(field_id));
                }
            }
            lexicon.add_unfolded(table, table_id);
            for name in &table.ignored {
                lexicon.add(name, table_id, Meaning::Nothing);
            }
            for label in table.returned.foreign.iter().map(|it| fold_label(it)) {
                lexicon.beginnings.extend(label.chars().next());
                lexicon.levels.insert(label);
            }
        }
        lexicon
    }

    fn add_unfolded(&mut self, table: &Table, table_id: TableId) {
        let Some(unfold) = &table.returned.unfold else { return };
        for (column, name) in
            unfold.columns.iter().enumerate().flat_map(|(idx, it)| it.names().map(move |it| (idx, it)))
        {
            if unfold.groups.is_empty() {
                self.add(name, table_id, Meaning::Unfolded(Labels { column, group: 0 }));
            }
            for (group, above) in
                unfold.groups.iter().enumerate().flat_map(|(idx, it)| it.names().map(move |it| (idx, it)))
            {
                self.add(&format!("{above}/{name}"), table_id, Meaning::Unfolded(Labels { column, group }));
            }
        }
    }

    fn add(&mut self, name: &str, table: TableId, meaning: Meaning) {
        let levels: Vec<String> = name.split('/').map(fold_label).collect();
        self.meanings.entry(levels.join("/")).or_default().entry(table).or_insert(meaning);
        self.ends.extend(levels.last().cloned());
        self.beginnings.extend(levels.iter().filter_map(|it| it.chars().next()));
        self.levels.extend(levels);
    }

    /// Whether a text is a level of any label, as written or without what stands in brackets behind it.
    pub(crate) fn knows(&self, text: &str) -> bool {
        let begins_so = text.chars().next().is_some_and(|it| self.beginnings.contains(&it) || !is_hanzi(it));
        let knows = |folded: String| !folded.is_empty() && self.levels.contains(&folded);
        begins_so && (knows(self.fold(text)) || self.bare(text).is_some_and(knows))
    }

    /// A label as it stands on a sheet, folded.
    pub(super) fn fold(&self, label: &str) -> String {
        fold_marked_label(label, &self.marks)
    }

    /// A label without what stands in brackets behind it, folded, if there is such.
    pub(crate) fn bare(&self, text: &str) -> Option<String> {
        text.find(['(', '（']).filter(|it| *it > 0).map(|it| self.fold(&text[..it]))
    }

    /// Whether some label ends with this level.
    pub(super) fn ends_so(&self, folded: &str) -> bool {
        self.ends.contains(folded.rsplit('/').next().unwrap_or(folded))
    }

    /// Whether some label begins with this text.
    pub(super) fn begins_so(&self, folded: &str) -> bool {
        let next = self.meanings.range::<str, _>((Bound::Included(folded), Bound::Unbounded)).next();
        !folded.is_empty() && next.is_some_and(|it| it.0.starts_with(folded))
    }

    /// What a label means to each table, and how many of its levels were needed to know it.
    pub(super) fn meanings(&self, label: &Label) -> BTreeMap<TableId, (Meaning, usize)> {
        let is_broken = label.path.len() > 1 && label.path[0].may_begin;
        if !(label.path.iter().chain([&label.lowest]).any(|it| it.may_end) || is_broken) {
            return BTreeMap::new();
        }
        let path: Vec<&str> = label.path.iter().map(|it| &*it.folded).collect();
        // 党员人数 / 其中 / 正式 is 党员人数 / 正式.
        let is_plain = |it: &&str| self.plain_levels.iter().any(|level| level == it);
        let named: Vec<&str> = path.iter().copied().filter(|it| !is_plain(it)).collect();
        let is_shorter = named.len() < path.len();
        let tails = tails(&path).chain(tails(&named).filter(|_| is_shorter));
        // A label broken into two cells: 党支部 above 名称.
        let joined = (path.len() > 1).then(|| (path.concat(), path.len()));
        let bare = label.lowest.bare.iter().map(|it| (it.clone(), 1));
        let mut found = BTreeMap::new();
        for (name, n_levels) in tails.chain(joined).chain(bare) {
            for (table, meaning) in self.meanings.get(&name).into_iter().flatten() {
                found.entry(*table).or_insert((*meaning, n_levels));
            }
        }
        found
    }
}

/// The lower levels of a path, the longest tail first, each with how many levels it has.
fn tails<'p>(path: &'p [&str]) -> impl Iterator<Item = (String, usize)> + 'p {
    (1..=path.len()).rev().map(|n| (path[path.len() - n..].join("/"), n))
}

/// Whether a character is a Chinese one that folding leaves alone.
fn is_hanzi(character: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&character)
}
