//! The file `summary.yaml`: what the summary is of, its parts, its appendices.

use super::limits;
use super::loading::Loading;
use crate::declaring::{meant, unknown_word};
use crate::kinds::Declaring;
use crate::summary::declaration::{AppendixSpec, Editions, Numbering, Spec, SpecKind, Summary, SummaryPart};
use finding::{Report, Reported};
use source::{Fields, Node, Parts, all};
use words::{Literals, Prose};

/// The layout of summaries that have none of their own.
const LAYOUT: &str = "typst/summary.typ";

/// Reads the declaration of a summary.
///
/// # Errors
/// If anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load(
    root: &Node,
    folder: &str,
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Summary, Reported> {
    let mut fields = Fields::new(root, "总结声明", report)?;
    let origin = fields.origin();
    let id = fields.required_string("id");
    let of = fields.text_as("of", |it, report| facts::table(it, declaring.schemas, report))?;
    let literals = Literals::new(fields.strings::<Vec<_>>("literals"));
    let mut loading = Loading::new(declaring, of, literals);
    let scope = loading.scope.clone();
    let names = ["title", "file_name"].map(|it| loading.required(it, &scope, &mut fields));
    let folder_name = loading.optional("folder", &scope, &mut fields);
    let editions = editions(&mut fields);
    let has_contents = fields.flag("contents").unwrap_or(false);
    let ways = [("一、", Numbering::Headings), ("一是", Numbering::Points)];
    let numbering = fields.text_as("numbering", |it, report| meant(it, "编号方式", ways, report));
    let opening = loading.blocks(fields.list("opening"), "opening", fields.report());
    let parts = all(fields.list("parts").iter().map(|it| loading.part(it, fields.report())));
    let closing = loading.blocks(fields.list("closing"), "closing", fields.report());
    let appendices = fields.list("appendices").iter().enumerate();
    let appendices = all(appendices.map(|(idx, it)| loading.appendix(it, idx + 1, fields.report())));
    let signature = fields.texts_as("signature", |it, report| loading.prose(it, report));
    // Which parts there are is known only if all of them could be read.
    let limits = fields.node("limits").filter(|_| parts.is_ok());
    let limits = limits::load(limits, parts.as_deref().unwrap_or_default(), origin, fields.report());
    let head = fields.whole((id, editions, names, folder_name, numbering, limits))?;
    let (id, editions, [title, file_name], folder_name, numbering, limits) = head;
    let (opening, parts, closing, appendices, signature) =
        (opening, parts, closing, appendices, signature).whole()?;
    let own_layout = format!("summaries/{folder}/layout.typ");
    Ok(Summary {
        id,
        of,
        editions,
        origin,
        title,
        file_name,
        folder: folder_name,
        has_contents,
        numbering: numbering.unwrap_or(Numbering::Headings),
        limits,
        opening,
        parts,
        closing,
        appendices,
        signature,
        layout: declaring.templates.get(&own_layout).map_or_else(|| LAYOUT.to_owned(), |_| own_layout),
    })
}

fn editions(fields: &mut Fields<'_, '_>) -> Result<Editions, Reported> {
    let given = fields.texts("editions");
    let mut editions = Editions { pdf: given.is_empty(), docx: false, xlsx: false };
    for word in given {
        match &*word.text {
            "pdf" => editions.pdf = true,
            "docx" => editions.docx = true,
            "xlsx" => editions.xlsx = true,
            _ => return Err(unknown_word(&word, "版本", ["pdf", "docx", "xlsx"], fields.report())),
        }
    }
    Ok(editions)
}

impl Loading<'_> {
    fn part(&mut self, node: &Node, report: &mut Report) -> Result<SummaryPart, Reported> {
        let mut fields = Fields::new(node, "部分", report)?;
        let scope = self.scope.clone();
        let id = fields.required_string("id");
        let heading = self.required("heading", &scope, &mut fields);
        let is_numbered = fields.flag("numbered").unwrap_or(true);
        let when = self.when(&scope, &mut fields);
        let empty = empty(self, &mut fields);
        let nodes = fields.list("blocks");
        let id = id?;
        let blocks = self.blocks(nodes, &id, fields.report());
        let (heading, when, empty, blocks) = fields.whole((heading, when, empty, blocks))?;
        Ok(SummaryPart { id, heading, is_numbered, when, empty, blocks })
    }

    fn appendix(
        &mut self,
        node: &Node,
        number: usize,
        report: &mut Report,
    ) -> Result<AppendixSpec, Reported> {
        let mut fields = Fields::new(node, "附件", report)?;
        let scope = self.scope.clone();
        let id = fields.string("id").unwrap_or_else(|| format!("appendix-{number}").into());
        let title = self.required("title", &scope, &mut fields);
        let when = self.when(&scope, &mut fields);
        let empty = empty(self, &mut fields);
        let events = all(fields.list("events").iter().map(|it| self.event(it, fields.report())));
        let table = fields.node("table").map(|it| self.table(it, fields.report())).transpose();
        let nodes = fields.list("blocks");
        let blocks = self.blocks(nodes, &id, fields.report());
        let (title, when, empty, events, table, mut blocks) =
            fields.whole((title, when, empty, events, table, blocks))?;
        let own = |what: &str, kind| Spec { id: format!("{id}-{what}").into(), when: None, kind };
        if !events.is_empty() {
            blocks.push(own("events", SpecKind::Events(events)));
        }
        blocks.extend(table.map(|it| own("table", SpecKind::Table(Box::new(it)))));
        Ok(AppendixSpec { id, title, when, empty, blocks })
    }
}

/// What stands in the place of nothing: a text, unless it is left out (`omit`).
pub(super) fn empty(loading: &Loading<'_>, fields: &mut Fields<'_, '_>) -> Result<Option<Prose>, Reported> {
    let written = fields.text("empty").filter(|it| &*it.text != "omit");
    written.map(|it| loading.prose(&it, fields.report())).transpose()
}
