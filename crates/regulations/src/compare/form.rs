//! How a comparison is written: which items of the head take part, and what everything is called.

use std::sync::Arc;

use super::ChangeKind;
use crate::Item;
use finding::{Report, Reported};
use project::Templates;
use source::{Declared, Fields, Parts, all};

/// The names and columns of a comparison, as `templates/regulations/comparison.yaml` declares them.
#[derive(Debug, Clone, Default)]
pub struct ComparisonForm {
    /// The name of the files that are written, without ending; the title of the workbook.
    pub file_name: Arc<str>,
    /// The items of the head that are compared, each with what it is called here.
    pub head: Vec<(Item, Arc<str>)>,
    /// What the kinds of changes are called, in the order of [`ChangeKind`].
    kinds: [Arc<str>; 4],
    /// The lines above each table that name the versions, `{}` being the version: the old one, the new one.
    pub versions: [Arc<str>; 2],
    /// The name on the tab of the sheet over all regulations, and its title.
    pub overview_names: [Arc<str>; 2],
    /// The headings of its first columns: number, regulation, what became of it; the kinds of changes follow.
    pub overview_columns: [Arc<str>; 3],
    /// What became of a regulation: changed, the same, new, gone.
    pub overview_results: [Arc<str>; 4],
    /// What follows the title of a regulation in the title of its sheet.
    pub table_title: Arc<str>,
    /// The headings of its columns: old text, new text, what changed.
    pub table_columns: [Arc<str>; 3],
    /// The note below it, `{}` being how many units are the same.
    pub same: Arc<str>,
    /// What stands at the end of a text that no cell can hold.
    pub cut: Arc<str>,
}

impl ComparisonForm {
    const PATH: &'static str = "regulations/comparison.yaml";

    /// Reads the declaration from the templates.
    ///
    /// # Errors
    /// If it is not what it should be; that has been reported.
    pub fn read(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        match templates.tree(Self::PATH, report)? {
            Some(node) => Declared::load(&node, &(), report),
            None => Ok(Self::default()),
        }
    }

    /// What a kind of change is called.
    pub fn kind(&self, kind: ChangeKind) -> &Arc<str> {
        &self.kinds[kind as usize]
    }
}

impl Declared for ComparisonForm {
    const WHAT: &'static str = "修订对照";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let file_name = fields.required_string("file_name");
        let head = fields.below("head", "head", |it| {
            let named = Item::ALL.map(|item| (item, it.string(item.key())));
            it.finish();
            // Those that are named, in the order of the items.
            Ok(named.into_iter().filter_map(|(item, title)| Some((item, title?))).collect())
        });
        let versions = words(fields, "versions", ["old", "new"]);
        let kinds = words(fields, "kinds", ["changed", "moved", "added", "removed"]);
        let overview = fields.below("overview", "overview", |it| {
            let names = ["sheet", "title"].map(|key| it.required_string(key));
            let columns = words(it, "columns", ["number", "title", "result"]);
            let results = words(it, "results", ["changed", "same", "added", "removed"]);
            it.whole((names, columns, results))
        });
        let table = fields.below("table", "table", |it| {
            let title = it.required_string("title");
            let columns = words(it, "columns", ["old", "new", "note"]);
            let marks = ["same", "cut"].map(|key| it.required_string(key));
            it.whole((title, columns, marks))
        });
        let (file_name, head, versions, kinds) = (file_name, head, versions, kinds).whole()?;
        let (overview, table) = fields.whole((overview, table))?;
        let (overview_names, overview_columns, overview_results) = overview;
        let (table_title, table_columns, [same, cut]) = table;
        Ok(Self {
            file_name,
            head,
            versions,
            kinds,
            overview_names,
            overview_columns,
            overview_results,
            table_title,
            table_columns,
            same,
            cut,
        })
    }
}

/// The words below a key under these keys, all of which have to be there.
fn words<const N: usize>(
    fields: &mut Fields<'_, '_>,
    key: &str,
    keys: [&str; N],
) -> Result<[Arc<str>; N], Reported> {
    fields.below(key, ComparisonForm::WHAT, |it| {
        let found = all(keys.iter().map(|key| it.required_string(key)));
        let found = it.whole(found)?;
        // There are as many words as keys.
        Ok(std::array::from_fn(|at| found.get(at).cloned().unwrap_or_default()))
    })
}
