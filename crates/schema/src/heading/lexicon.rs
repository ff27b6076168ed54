//! The labels by which the fields of all tables are known.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::rc::Rc;

use super::fit::{Known, Labels};
use super::named::Names;
use super::texts::Text;
use crate::table::{Field, FieldKind, Schemas, Table};
use finding::{ColumnId, FieldId, TableId};
use value::{fold_label, fold_marked_label};

/// What stands before 时间, 日期 and the like tells one date from another if it has so many characters.
const N_CHARS_OF_STEM_MIN: usize = 2;

/// What a label means to one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// The column of a field.
    Field(FieldId),
    /// One of like columns.
    Unfolded(Labels),
    /// The column that adds up the like columns of a row.
    Total,
    /// Understood, and carries nothing: 序号.
    Nothing,
}

/// All labels of all tables, folded; levels are joined by `/`.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// What each label means, by table, and whether it is the very title of a field.
    meanings: BTreeMap<String, BTreeMap<TableId, (Meaning, bool)>>,
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
    /// What choices are called, folded: as headings of columns that are ticked.
    choices: BTreeMap<String, Vec<ColumnId>>,
    /// What tables are called.
    pub(super) names: Names,
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
            choices: BTreeMap::new(),
            names: Names::new(schemas),
        };
        for (table_id, table) in schemas.tables.with_ids().filter(|(_, it)| it.parent.is_none()) {
            // A title wins over a synonym of another field, and a field over everything else.
            for (field_id, field) in table.fields.with_ids() {
                lexicon.add(&field.title, table_id, (Meaning::Field(field_id), true));
                lexicon.add_choices(field, table_id.column(field_id));
            }
            for (field_id, field) in table.fields.with_ids() {
                for name in &field.synonyms {
                    lexicon.add(name, table_id, (Meaning::Field(field_id), false));
                }
            }
            for (field_id, field) in table.fields.with_ids() {
                lexicon.add_other_endings(field, (table_id, field_id), &schemas.customs.date_endings);
            }
            lexicon.add_unfolded(table, table_id);
            for name in &table.ignored {
                lexicon.add(name, table_id, (Meaning::Nothing, false));
            }
            table.returned.foreign.iter().for_each(|it| lexicon.add_foreign(it));
        }
        schemas.customs.usual_headings.iter().for_each(|it| lexicon.add_foreign(it));
        lexicon
    }

    /// A label that is known, and wanted nowhere.
    fn add_foreign(&mut self, name: &str) {
        let label = fold_label(name);
        self.beginnings.extend(label.chars().next());
        self.levels.insert(label);
    }

    /// 成立年月 is 成立时间, unless it is another field.
    fn add_other_endings(&mut self, field: &Field, at: (TableId, FieldId), endings: &[String]) {
        if !matches!(field.kind, FieldKind::Date(_)) {
            return;
        }
        for name in [&field.title].into_iter().chain(&field.synonyms) {
            let stem = endings.iter().find_map(|it| name.strip_suffix(it.as_str()));
            let stem = stem.filter(|it| it.chars().count() >= N_CHARS_OF_STEM_MIN && !it.ends_with('/'));
            for ending in stem.into_iter().flat_map(|_| endings) {
                let other = format!("{}{ending}", stem.unwrap_or_default());
                self.add(&other, at.0, (Meaning::Field(at.1), false));
            }
        }
    }

    fn add_choices(&mut self, field: &Field, column: ColumnId) {
        let FieldKind::Choice(choices) = &field.kind else { return };
        for choice in choices.iter() {
            for word in [&choice.value].into_iter().chain(&choice.spellings) {
                self.choices.entry(fold_label(word)).or_default().push(column);
            }
        }
    }

    /// The fields of a table that a label is a choice of.
    pub(super) fn chosen_by(&self, table: TableId, folded: &str) -> impl Iterator<Item = FieldId> + '_ {
        let fields = self.choices.get(folded).into_iter().flatten();
        fields.filter(move |it| it.table == table).map(|it| it.field)
    }

    fn add_unfolded(&mut self, table: &Table, table_id: TableId) {
        let Some(unfold) = &table.returned.unfold else { return };
        unfold.totals.iter().for_each(|it| self.add(it, table_id, (Meaning::Total, false)));
        for (column, name) in
            unfold.columns.iter().enumerate().flat_map(|(idx, it)| it.names().map(move |it| (idx, it)))
        {
            if unfold.groups.is_empty() {
                self.add(name, table_id, (Meaning::Unfolded(Labels { column, group: 0 }), true));
            }
            for (group, above) in
                unfold.groups.iter().enumerate().flat_map(|(idx, it)| it.names().map(move |it| (idx, it)))
            {
                let meaning = Meaning::Unfolded(Labels { column, group });
                self.add(&format!("{above}/{name}"), table_id, (meaning, true));
            }
        }
    }

    fn add(&mut self, name: &str, table: TableId, meaning: (Meaning, bool)) {
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

    /// A label as it stands on a sheet, folded; of 其中：正式党员 what stands behind the colon.
    pub(crate) fn fold(&self, label: &str) -> String {
        let behind = |level: &String| {
            let rest = label.trim_start().strip_prefix(level.as_str())?;
            rest.strip_prefix([':', '：'])
        };
        let named = self.plain_levels.iter().find_map(behind).unwrap_or(label);
        let folded = fold_marked_label(named, &self.marks);
        // 其中正式党员 is 正式党员.
        let plain = self.plain_levels.iter().find_map(|it| folded.strip_prefix(it.as_str()));
        plain.filter(|it| self.levels.contains(*it)).map_or(folded.clone(), str::to_owned)
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
    pub(super) fn meanings(&self, label: &Label) -> BTreeMap<TableId, Known> {
        let is_broken = label.path.len() > 1 && label.path[0].may_begin;
        if !(label.path.iter().chain([&label.lowest]).any(|it| it.may_end) || is_broken) {
            return BTreeMap::new();
        }
        let path: Vec<&str> = label.path.iter().map(|it| &*it.folded).collect();
        // 党员人数 / 其中 / 正式 is 党员人数 / 正式.
        let is_plain = |it: &&str| self.plain_levels.iter().any(|level| level == it);
        let named: Vec<&str> = path.iter().copied().filter(|it| !is_plain(it)).collect();
        let is_shorter = named.len() < path.len();
        let whole = tails(&path).chain(tails(&named).filter(|_| is_shorter));
        // A label broken into two cells: 党支部 above 名称.
        let joined = (path.len() > 1).then(|| (path.concat(), path.len()));
        let bare = label.lowest.bare.iter().map(|it| (it.clone(), 1));
        // 党员数（人）/ 合计 is 党员数 / 合计.
        let without_brackets: Vec<&str> =
            label.path.iter().map(|it| it.bare.as_ref().unwrap_or(&it.folded).as_str()).collect();
        let is_bracketed = label.path.iter().any(|it| it.bare.is_some());
        let bare = tails(&without_brackets).filter(|_| is_bracketed).chain(bare);
        let mut found = self.dated(&label.lowest);
        for (name, n_levels) in whole.chain(joined).chain(bare) {
            let Some(tables) = self.meanings.get(&name) else { continue };
            for (table, (meaning, is_title)) in tables {
                let known =
                    Known { meaning: *meaning, n_levels, is_title: *is_title, is_own: tables.len() == 1 };
                found.entry(*table).or_insert(known);
            }
        }
        found
    }

    /// What a month of a year is among like columns: 2025年1月.
    fn dated(&self, lowest: &Text) -> BTreeMap<TableId, Known> {
        let tables = lowest.month.as_ref().and_then(|it| self.meanings.get(&it.name));
        let known = tables.into_iter().flatten().filter_map(|(table, (meaning, _))| {
            let is_like = matches!(meaning, Meaning::Unfolded(_));
            let known = Known { meaning: *meaning, n_levels: 1, is_title: false, is_own: false };
            is_like.then_some((*table, known))
        });
        known.collect()
    }

    /// Whether a text is an upper level of some label of a table.
    pub(crate) fn heads(&self, table: TableId, text: &str) -> bool {
        let begin = format!("{}/", self.fold(text));
        let next = self.meanings.range::<str, _>((Bound::Included(&*begin), Bound::Unbounded));
        next.take_while(|it| it.0.starts_with(&begin)).any(|it| it.1.contains_key(&table))
    }

    /// The field that a label names in a table, levels joined by `/`.
    pub(crate) fn field_named(&self, table: TableId, label: &str) -> Option<FieldId> {
        self.fields_named(label).find(|it| it.0 == table).map(|it| it.1)
    }

    /// The fields that a label names, by table.
    pub(crate) fn fields_named(&self, label: &str) -> impl Iterator<Item = (TableId, FieldId)> {
        let levels: Vec<String> = label.split('/').map(|it| self.fold(it)).collect();
        let tables = self.meanings.get(&levels.join("/"));
        tables.into_iter().flatten().filter_map(|(table, meaning)| match meaning {
            (Meaning::Field(field), _) => Some((*table, *field)),
            _ => None,
        })
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
