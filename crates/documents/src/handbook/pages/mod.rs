//! The pages of a book as data for the layout: entries, blocks, links, flow charts, indexes.

mod labels;
mod blocks;
mod entry;
mod flow;
mod index;

use serde_json::{Value as Json, json};

use super::declaration::{Appendix, EntryForm, Handbook};
use super::shelf::{Library, Placed, Shelf};
use super::{reason, text};
use crate::captions::Captions;
use entry::Entries;
use finding::Report;
use labels::Labels;
use project::Project;
use value::chinese_number;
use words::Template;

/// What the pages of a book are made from.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) shelf: &'a Shelf<'a>,
    pub(super) library: Library<'a>,
    pub(super) project: &'a Project,
    pub(super) captions: &'a Captions,
}

/// The book as the layout gets it; what cannot be made of it is reported.
pub(super) fn book(making: Making<'_>, report: &mut Report) -> Json {
    let Making { handbook, shelf, library, project, captions } = making;
    let numbering = handbook.numbering.part.as_ref().unwrap_or(&captions.handbook.part);
    let labels = Labels::new(shelf, library);
    let plain = EntryForm::default();
    let mut entries = Entries { labels: &labels, captions, project, report };
    let mut all = |placed: &[Placed<'_>], form: &EntryForm| -> Vec<Json> {
        placed.iter().map(|it| entries.entry(it, form)).collect()
    };
    let front = all(&shelf.front, &plain);
    let parts = handbook.parts.iter().zip(&shelf.parts).enumerate().map(|(idx, (part, placed))| {
        json!({
            "label": format!("p{}", idx + 1),
            "number": numbered(numbering, idx),
            "title": &*part.title,
            "entries": all(placed, &handbook.entry),
        })
    });
    let parts: Vec<Json> = parts.collect();
    let attached: Vec<Vec<Json>> = shelf.appendices.iter().map(|it| all(it, &plain)).collect();
    json!({
        "title": &*handbook.title,
        "cover": {
            "above": lines(&handbook.cover.above, making, report),
            "below": lines(&handbook.cover.below, making, report),
        },
        "front": front,
        "contents": { "title": &*handbook.contents.title, "levels": handbook.contents.levels },
        "parts": parts,
        "appendices": appendices(attached, making, report),
        "indexes": index::indexes(&handbook.indexes, (&labels, making), report),
    })
}

/// The appendices, numbered through: each text one, each flow chart one.
fn appendices(texts: Vec<Vec<Json>>, making: Making<'_>, report: &mut Report) -> Vec<Json> {
    let numbering = &making.handbook.numbering.appendix;
    let numbering = numbering.as_ref().unwrap_or(&making.captions.handbook.appendix);
    let mut made: Vec<Json> = Vec::new();
    for (declared, entries) in making.handbook.appendices.iter().zip(texts) {
        match declared {
            Appendix::Texts(_) => {
                made.extend(entries.into_iter().map(|it| json!({ "title": it["title"], "entries": [it] })));
            }
            Appendix::Flow(title, source) => {
                let flow = flow::flow(title, source, (making.shelf, making.library), report);
                made.push(json!({ "title": &**title, "flow": flow }));
            }
        }
    }
    for (idx, it) in made.iter_mut().enumerate() {
        it["label"] = format!("a{}", idx + 1).into();
        it["number"] = numbered(numbering, idx).into();
    }
    made
}

/// Texts over the project, such as those of the cover; what cannot be made is reported at its template.
fn lines(templates: &[Template], making: Making<'_>, report: &mut Report) -> Vec<String> {
    templates.iter().filter_map(|it| text(it, making.project, report)).collect()
}

/// 第一编 from 第{}编.
fn numbered(pattern: &str, idx: usize) -> String {
    pattern.replace("{}", &chinese_number(idx as u64 + 1))
}
