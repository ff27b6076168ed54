//! The file `summary.yaml`: what the summary is of, its parts, its appendices.

use std::sync::Arc;

use super::limits;
use super::loading::Loading;
use crate::declaring::unknown_word;
use crate::summary::declaration::{AppendixSpec, Editions, Numbering, Part, Spec, SpecKind, Summary};
use facts::Catalogue;
use finding::{Report, Reported};
use project::Templates;
use schema::Schemas;
use source::{Fields, LocatedText, Node};
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
    (templates, known): (&Templates, (&Schemas, &Catalogue)),
    report: &mut Report,
) -> Result<Summary, Reported> {
    let mut fields = Fields::new(root, "总结声明", report)?;
    let origin = fields.origin();
    let id = fields.required_text("id");
    let of = fields.text("of").map(|it| facts::table(&it, known.0, fields.report())).transpose()?;
    let literals = Literals::new(fields.texts("literals").into_iter().map(|it| it.text));
    let mut loading = Loading::new(known, of, literals);
    let scope = loading.scope.clone();
    let title = loading.required("title", &scope, &mut fields);
    let file_name = loading.required("file_name", &scope, &mut fields);
    let folder_name = loading.optional("folder", &scope, &mut fields);
    let editions = editions(&mut fields);
    let has_contents = fields.flag("contents").unwrap_or(false);
    let numbering = fields.text("numbering").map(|it| numbering(&it, fields.report())).transpose();
    let opening = loading.blocks(fields.list("opening"), "opening", fields.report());
    let parts: Vec<_> = fields.list("parts").iter().map(|it| loading.part(it, fields.report())).collect();
    let closing = loading.blocks(fields.list("closing"), "closing", fields.report());
    let appendices = fields.list("appendices").iter().enumerate();
    let appendices: Vec<_> =
        appendices.map(|(idx, it)| loading.appendix(it, idx + 1, fields.report())).collect();
    let signature: Vec<Result<Prose, Reported>> =
        fields.texts("signature").iter().map(|it| loading.prose(it, fields.report())).collect();
    let parts: Result<Vec<Part>, Reported> = parts.into_iter().collect();
    // Which parts there are is known only if all of them could be read.
    let limits = fields.node("limits").filter(|_| parts.is_ok());
    let limits = limits::load(limits, parts.as_deref().unwrap_or_default(), origin, fields.report());
    fields.finish();
    let own_layout = format!("summaries/{folder}/layout.typ");
    Ok(Summary {
        id: id?.text,
        of,
        editions: editions?,
        origin,
        title: title?,
        file_name: file_name?,
        folder: folder_name?,
        has_contents,
        numbering: numbering?.unwrap_or(Numbering::Headings),
        limits: limits?,
        opening: opening?,
        parts: parts?,
        closing: closing?,
        appendices: appendices.into_iter().collect::<Result<_, _>>()?,
        signature: signature.into_iter().collect::<Result<_, _>>()?,
        layout: templates.get(&own_layout).map_or_else(|| LAYOUT.to_owned(), |_| own_layout),
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

fn numbering(word: &LocatedText, report: &mut Report) -> Result<Numbering, Reported> {
    match &*word.text {
        "一、" => Ok(Numbering::Headings),
        "一是" => Ok(Numbering::Points),
        _ => Err(unknown_word(word, "编号方式", ["一、", "一是"], report)),
    }
}

impl Loading<'_> {
    fn part(&mut self, node: &Node, report: &mut Report) -> Result<Part, Reported> {
        let mut fields = Fields::new(node, "部分", report)?;
        let scope = self.scope.clone();
        let id = fields.required_text("id");
        let heading = self.required("heading", &scope, &mut fields);
        let is_numbered = fields.flag("numbered").unwrap_or(true);
        let when = self.when(&scope, &mut fields);
        let empty = empty(self, &mut fields);
        let nodes = fields.list("blocks");
        let id = id?.text;
        let blocks = self.blocks(nodes, &id, fields.report());
        fields.finish();
        Ok(Part { id, heading: heading?, is_numbered, when: when?, empty: empty?, blocks: blocks? })
    }

    fn appendix(
        &mut self,
        node: &Node,
        number: usize,
        report: &mut Report,
    ) -> Result<AppendixSpec, Reported> {
        let mut fields = Fields::new(node, "附件", report)?;
        let scope = self.scope.clone();
        let id: Arc<str> =
            fields.text("id").map_or_else(|| format!("appendix-{number}").into(), |it| it.text);
        let title = self.required("title", &scope, &mut fields);
        let when = self.when(&scope, &mut fields);
        let empty = empty(self, &mut fields);
        let events: Vec<_> = fields.list("events").iter().map(|it| self.event(it, fields.report())).collect();
        let table = fields.node("table").map(|it| self.table(it, fields.report())).transpose();
        let nodes = fields.list("blocks");
        let mut blocks = self.blocks(nodes, &id, fields.report())?;
        fields.finish();
        let own = |what: &str, kind| Spec { id: format!("{id}-{what}").into(), when: None, kind };
        if !events.is_empty() {
            let events = events.into_iter().collect::<Result<_, _>>()?;
            blocks.push(own("events", SpecKind::Events(events)));
        }
        blocks.extend(table?.map(|it| own("table", SpecKind::Table(Box::new(it)))));
        Ok(AppendixSpec { id, title: title?, when: when?, empty: empty?, blocks })
    }
}

/// What stands in the place of nothing: a text, unless it is left out (`omit`).
pub(super) fn empty(loading: &Loading<'_>, fields: &mut Fields<'_, '_>) -> Result<Option<Prose>, Reported> {
    let written = fields.text("empty").filter(|it| &*it.text != "omit");
    written.map(|it| loading.prose(&it, fields.report())).transpose()
}
