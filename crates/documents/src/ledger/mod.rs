//! Ledgers (汇总表): all records of a table from all who have returned it, in one workbook, each with the place that it
//! comes from: what an office used to put together by hand.

mod book;

use super::artefact::{Body, Kind};
use super::declaring::unknown_word;
use super::drafts::{Document, Drafts, Edition, Planner};
use super::input::{Input, Whose};
use super::kinds::KindOfDocument;
use super::names::safe_name;
use super::planning::Planning;
use dataset::{Reads, TableId};
use finding::{Report, Reported};
use project::{Wanted, Wants};
use schema::Schemas;
use source::all;
use value::fold_label;

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("ledgers"),
    title: "各单位记录的汇总表",
    wants: Wants::Ids,
    load: |wanted, declaring, report| {
        let tables = all(wanted.iter().map(|it| table(it, declaring.schemas, report)))?;
        Ok(Box::new(Ledgers(tables)))
    },
};

/// The tables of which a project wants the records together.
#[derive(Debug)]
struct Ledgers(Vec<TableId>);

impl Planner for Ledgers {
    fn plan(self: Box<Self>, planning: Planning<'_>, _: &mut Report) -> Drafts {
        Drafts::of(self.0.iter().map(|it| document(*it, planning)).collect())
    }
}

/// The table that a project names, by its id or by any of its names.
fn table(wanted: &Wanted, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    let (tables, written) = (&schemas.tables, &wanted.id.text);
    let folded = fold_label(written);
    let is_meant = |it: &schema::Table| *it.id == **written || it.names().any(|it| fold_label(it) == folded);
    let found = tables.position(|it| it.parent.is_none() && is_meant(it));
    found.ok_or_else(|| {
        let titles = tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title);
        unknown_word(&wanted.id, "表", titles.collect::<Vec<_>>(), report)
    })
}

/// The workbook of a table. Whoever has not returned it is lacking in it, and so is what could not be read.
fn document(table: TableId, planning: Planning<'_>) -> Document {
    let declared = planning.dataset.schema(table);
    let title = planning.captions.ledger.title.filled(&[&declared.title]);
    let path = format!("{}/{}.xlsx", KIND.kind.id(), safe_name(&title));
    let columns = declared.fields.ids().map(|it| table.column(it)).collect();
    let reads = Reads { columns, tables: [table].into(), ..Reads::default() };
    let book = book::describe(table, &title, planning);
    Document {
        editions: vec![Edition::new(path.clone(), title, Body::Book(book.into()))],
        inputs: vec![Input::Reads(reads, Whose::All), Input::Itself(path)],
        ..Document::new(KIND.kind)
    }
}
