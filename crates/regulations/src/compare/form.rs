//! How a comparison is written: which items of the head take part, and what everything is called.

use std::sync::Arc;

use super::Kind;
use crate::Item;
use finding::{Report, Reported};
use project::Templates;
use source::{Fields, Node};

/// The names and columns of a comparison, as `templates/regulations/comparison.yaml` declares them.
#[derive(Debug, Clone, Default)]
pub struct ComparisonForm {
    /// The name of the files that are written, without ending; the title of the workbook.
    pub file_name: Arc<str>,
    /// The items of the head that are compared, each with what it is called here.
    pub head: Vec<(Item, Arc<str>)>,
    /// What the kinds of changes are called, in the order of [`Kind`].
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
    /// The headings of its columns: as it stood, as it stands, what became of it.
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
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        match templates.tree(Self::PATH, report)? {
            Some(node) => read(&node, report),
            None => Ok(Self::default()),
        }
    }

    /// What a kind of change is called.
    pub fn kind(&self, kind: Kind) -> &Arc<str> {
        &self.kinds[kind as usize]
    }
}

fn read(node: &Node, report: &mut Report) -> Result<ComparisonForm, Reported> {
    let mut fields = Fields::new(node, "修订对照", report)?;
    let file_name = fields.required_text("file_name");
    let [head, versions, kinds, overview, table] =
        ["head", "versions", "kinds", "overview", "table"].map(|it| fields.required_node(it));
    fields.finish();
    let head = head.and_then(|it| read_head(it, report));
    let versions = versions.and_then(|it| words(it, ["old", "new"], report));
    let kinds = kinds.and_then(|it| words(it, ["changed", "moved", "added", "removed"], report));
    let mut fields = Fields::new(table?, "table", report)?;
    let (title, columns) = (fields.required_text("title"), fields.required_node("columns"));
    let [same, cut] = ["same", "cut"].map(|it| fields.required_text(it));
    fields.finish();
    let table_columns = columns.and_then(|it| words(it, ["old", "new", "note"], report));
    let mut fields = Fields::new(overview?, "overview", report)?;
    let names = [fields.required_text("sheet"), fields.required_text("title")];
    let (columns, results) = (fields.required_node("columns"), fields.required_node("results"));
    fields.finish();
    let columns = columns.and_then(|it| words(it, ["number", "title", "result"], report));
    let results = results.and_then(|it| words(it, ["changed", "same", "added", "removed"], report));
    let [overview, overview_title] = names;
    Ok(ComparisonForm {
        file_name: file_name?.text,
        head: head?,
        versions: versions?,
        kinds: kinds?,
        overview_names: [overview?.text, overview_title?.text],
        overview_columns: columns?,
        overview_results: results?,
        table_title: title?.text,
        table_columns: table_columns?,
        same: same?.text,
        cut: cut?.text,
    })
}

/// The items that are named, in the order of [`Item::ALL`].
fn read_head(node: &Node, report: &mut Report) -> Result<Vec<(Item, Arc<str>)>, Reported> {
    let mut fields = Fields::new(node, "head", report)?;
    let named = Item::ALL.map(|it| (it, fields.text(it.key())));
    fields.finish();
    Ok(named.into_iter().filter_map(|(it, title)| Some((it, title?.text))).collect())
}

/// The words under these keys, all of which have to be there.
fn words<const N: usize>(
    node: &Node,
    keys: [&str; N],
    report: &mut Report,
) -> Result<[Arc<str>; N], Reported> {
    let mut fields = Fields::new(node, "修订对照", report)?;
    let found: Vec<_> = keys.iter().map(|it| fields.required_text(it).map(|it| it.text)).collect();
    fields.finish();
    let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
    // There are as many words as keys.
    Ok(std::array::from_fn(|it| found.get(it).cloned().unwrap_or_default()))
}
