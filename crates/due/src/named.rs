//! What a file or sheet that could not be read will have held: what its name says, and what others of that name hold.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{Dataset, TableId};
use finding::{Held, Origin, Part, Place, Sources};
use value::fold_label;

/// Files and sheets by the names that all committees use for them: 机械工程学院民主评议情况.xlsx is a 民主评议情况.
#[derive(Debug)]
pub struct Kinds<'a> {
    dataset: &'a Dataset,
    sources: &'a Sources,
    /// The tables of which files of a name hold records.
    files: BTreeMap<String, BTreeSet<TableId>>,
    /// The tables of which sheets of a name hold records.
    sheets: BTreeMap<String, BTreeSet<TableId>>,
}

impl<'a> Kinds<'a> {
    /// Learns from all that was read.
    pub fn new(dataset: &'a Dataset, sources: &'a Sources) -> Self {
        let places = dataset.rows().map(|it| (sheet_of(dataset.record(it).origin), it.table));
        let places: BTreeSet<(Origin, TableId)> = places.collect();
        let mut kinds = Self { dataset, sources, files: BTreeMap::new(), sheets: BTreeMap::new() };
        for (place, table) in places {
            if let Some(sheet) = sources.locate(place).sheet {
                kinds.sheets.entry(dataset.schemas.customs.fold_label(sheet)).or_default().insert(table);
            }
            kinds.files.entry(kind_of(sources.path(place.file))).or_default().insert(table);
        }
        kinds
    }

    /// The tables that stood in a part of a file that was not read; `None` if nothing tells.
    pub fn tables(&self, unread: &Part) -> Option<BTreeSet<TableId>> {
        match &unread.held {
            Held::Tables(tables) => Some(tables.iter().copied().collect()),
            Held::Named => self.named(unread),
            Held::Unknown => None,
        }
    }

    /// Those that the name of a file tells, or that of a sheet; a sheet without a name is all that its file holds.
    fn named(&self, unread: &Part) -> Option<BTreeSet<TableId>> {
        let sheet = unread.sheet.map(|it| Origin::sheet(unread.file, it));
        let (name, fellows) = match sheet.and_then(|it| self.sources.locate(it).sheet) {
            Some(sheet) => (self.dataset.schemas.customs.fold_label(sheet), &self.sheets),
            None => (kind_of(self.sources.path(unread.file)), &self.files),
        };
        let mut tables = fellows.get(&name).cloned().unwrap_or_default();
        let schemas = self.dataset.schemas.tables.with_ids();
        let named =
            schemas.filter(|(_, it)| it.parent.is_none() && it.names().any(|it| fold_label(it) == name));
        tables.extend(named.map(|it| it.0));
        (!tables.is_empty()).then_some(tables)
    }
}

/// The sheet of a cell, or the file of a line.
fn sheet_of(origin: Origin) -> Origin {
    match origin.place {
        Place::Cell { sheet, .. } | Place::Sheet { sheet } => Origin::sheet(origin.file, sheet),
        Place::File | Place::Text { .. } => Origin::file(origin.file),
    }
}

/// The name of a file without its ending, and without that of its folder, which is the committee's.
fn kind_of(path: &str) -> String {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folders.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |it| it.0);
    fold_label(stem.strip_prefix(folder).filter(|it| !it.is_empty()).unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_kind_is_its_name_without_the_committees() {
        for path in
            ["returns/物理学院/物理学院评议结果.xlsx", "returns/数学学院/评议结果.csv", "评议结果.xls"]
        {
            assert_eq!(kind_of(path), "评议结果", "{path}");
        }
        assert_eq!(kind_of("returns/物理学院/物理学院.xlsx"), "物理学院");
    }
}
