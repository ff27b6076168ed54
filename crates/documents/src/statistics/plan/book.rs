//! Statistics that are worked out, described as a workbook.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;

use super::{charts, grid, list};
use crate::book::{Book, CellRef, Charts, Cover, DefinedName, Protection, Sheet, Table};
use crate::captions::Captions;
use crate::planning::Planning;
use crate::statistics::declaration::{self, COMMITTEE};
use crate::statistics::filled::{Computed, Filled, FilledBody};
use dataset::{TableId, Trace};
use facts::Asker;
use finding::Origin;
use words::{Template, Unanswered};

/// Describes the workbook, and gives the name of its file. An edition of a committee bears its name; the comparison
/// of all of them stands behind the tables.
pub(super) fn describe(
    computed: &mut Computed,
    committee: Option<&Arc<str>>,
    compared: Option<Table>,
    planning: Planning<'_>,
) -> (Book, String) {
    let mut texts = BookTexts::new(computed, committee, planning);
    let captions = planning.captions;
    let statistics = computed.statistics.clone();
    let mut sheets = Vec::new();
    if let Some(cover) = statistics.cover.as_ref().filter(|_| committee.is_none()) {
        sheets.push(Sheet::Cover(Cover {
            name: captions.sheets.cover.to_string(),
            title: texts.one(&cover.title),
            subtitle: cover.subtitle.as_ref().map(|it| texts.one(it)).unwrap_or_default(),
            lines: texts.all(&cover.lines),
            draft: None,
        }));
    }
    let n_before = sheets.len();
    for (idx, filled) in computed.sheets.iter().enumerate() {
        let table = table(computed, filled, n_before + idx, committee, &mut texts);
        sheets.push(Sheet::Table(table));
    }
    sheets.extend(compared.map(|it| {
        let lines = texts.all(&statistics.lines);
        Sheet::Table(Table { lines, ..it })
    }));
    let drawn = charts::charts(computed, n_before, &captions.charts);
    if !drawn.is_empty() {
        let title = captions.charts.title.filled(&[&statistics.title]);
        let name = captions.sheets.charts.to_string();
        sheets.push(Sheet::Charts(Charts { name, title, charts: drawn, draft: None }));
    }
    let name = texts.one(&statistics.file_name);
    let BookTexts { trace, faults, .. } = texts;
    computed.reads.extend(&trace.reads());
    computed.faults.extend(faults);
    let project = planning.project;
    let book = Book {
        title: titled(&statistics.title, committee),
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        names: names(computed, n_before, &sheets),
        sheets,
        captions: captions.clone(),
    };
    (book, name)
}

fn table(
    computed: &Computed,
    filled: &Filled,
    sheet: usize,
    committee: Option<&Arc<str>>,
    texts: &mut BookTexts<'_>,
) -> Table {
    let declared = computed.sheet(filled);
    let (lines, signatures) = (
        declared.lines.as_ref().unwrap_or(&computed.statistics.lines),
        declared.signatures.as_ref().unwrap_or(&computed.statistics.signatures),
    );
    let body = match &filled.body {
        FilledBody::Figures(figures) => grid::table(declared, figures, sheet, texts.captions),
        FilledBody::List(filled) => list::table(declared, filled, sheet, texts.captions),
    };
    let unverified = declared.unverified.as_ref().map(|it| texts.captions.unverified.filled(&[it]));
    Table {
        name: declared.name.to_string(),
        title: titled(&format!("{}　{}", declared.number, declared.title), committee),
        lines: texts.all(lines),
        paper: declared.paper,
        signatures: texts.all(signatures),
        notes: unverified
            .into_iter()
            .chain(texts.unreported_in(declared))
            .chain(texts.all(&declared.notes))
            .collect(),
        zero: declared.zero,
        protection: Protection::Formulas,
        ..body
    }
}

fn titled(title: &str, committee: Option<&Arc<str>>) -> String {
    match committee {
        Some(committee) => format!("{title}（{committee}）"),
        None => title.to_owned(),
    }
}

/// Names for the figures of each table, and for those of each of its rows.
fn names(computed: &Computed, n_before: usize, sheets: &[Sheet]) -> Vec<DefinedName> {
    let mut names = Vec::new();
    for (idx, filled) in computed.sheets.iter().enumerate() {
        let sheet = n_before + idx;
        let (FilledBody::Figures(figures), Some(table)) = (&filled.body, sheets[sheet].table()) else {
            continue;
        };
        let (Some(last_row), Some(last)) =
            (table.rows.len().checked_sub(1), table.columns.len().checked_sub(1))
        else {
            continue;
        };
        let at = |row, column| CellRef { sheet, row, column };
        let prefix = format!("statistics.{}", name_part(&computed.sheet(filled).id));
        names.push(DefinedName { name: prefix.clone(), cell: at(0, table.n_stub), to: at(last_row, last) });
        for (row, line) in figures.rows.iter().enumerate().filter(|(_, it)| it.record.is_none()) {
            let name = format!("{prefix}.{}", name_part(&line.id));
            names.push(DefinedName { name, cell: at(row, table.n_stub), to: at(row, last) });
        }
    }
    names
}

/// An id as a part of a name: letters, digits, `_` and `.`.
fn name_part(id: &str) -> String {
    id.chars().map(|it| if it.is_ascii_alphanumeric() || it == '.' { it } else { '_' }).collect()
}

/// The texts of a workbook, and what stood in their way.
pub(in crate::statistics) struct BookTexts<'a> {
    captions: &'a Captions,
    context: Value,
    /// What they have read.
    pub(in crate::statistics) trace: Arc<Trace>,
    /// Why texts could not be written, by the place of their declarations.
    pub(in crate::statistics) faults: BTreeMap<Origin, String>,
    /// The titles of the tables that nobody has reported on.
    unreported: BTreeMap<TableId, Arc<str>>,
}

impl<'a> BookTexts<'a> {
    /// No text yet.
    pub(in crate::statistics) fn new(
        computed: &Computed,
        committee: Option<&Arc<str>>,
        planning: Planning<'a>,
    ) -> Self {
        let trace = Arc::new(Trace::of_columns());
        let mut names = computed.frame.names().clone();
        names.insert("facts".into(), planning.figures.as_value(Asker::Document, trace.clone()));
        names.extend(committee.map(|it| (COMMITTEE.into(), Value::from(&**it))));
        let named = names.into_iter().map(|(name, it)| (name.to_string(), it));
        let context = Value::from(named.collect::<BTreeMap<String, Value>>());
        let dataset = planning.dataset;
        let unreported = planning.returns.unreported(dataset);
        let unreported = unreported.into_iter().map(|it| (it, dataset.schema(it).title.clone())).collect();
        Self { captions: planning.captions, context, trace, faults: BTreeMap::new(), unreported }
    }

    /// Notes on what a sheet leaves blank, since nobody has reported on it.
    fn unreported_in(&self, sheet: &declaration::Sheet) -> Vec<String> {
        let tables = sheet.tables();
        let titles = tables.iter().filter_map(|it| self.unreported.get(it));
        titles.map(|it| self.captions.unreported.filled(&[it])).collect()
    }

    fn all(&mut self, templates: &[Template]) -> Vec<String> {
        templates.iter().map(|it| self.one(it)).collect()
    }

    /// A text; empty if it cannot be written.
    pub(in crate::statistics) fn one(&mut self, template: &Template) -> String {
        template.render(&self.context).unwrap_or_else(|why| {
            let (Unanswered::Missing(why) | Unanswered::Undecided(why) | Unanswered::Fault(why)) = why;
            self.faults.insert(template.origin(), why);
            String::new()
        })
    }
}
