//! Texts that stand in a handbook beside the regulations: prefaces, steps, model documents.

use std::sync::Arc;

use super::diction::Diction;
use super::item::Item;
use super::model::{Attachment, Node, Words};
use super::structure;
use finding::{FileId, Report, Reported, Sources};
use source::{Fields, Footnote, LocatedText, Passage, Text};

/// A text of a handbook.
#[derive(Debug, Clone, PartialEq)]
pub struct HandbookText {
    /// Its file.
    pub file: FileId,
    /// The folder in which it stands: the book that it belongs to.
    pub folder: Arc<str>,
    /// The name of its file, without ending.
    pub name: Arc<str>,
    /// Its title.
    pub title: LocatedText,
    /// The other keys of its front matter, in order; their meaning is up to the book.
    pub fields: Vec<TextField>,
    /// The title that the text itself begins with, if it has one.
    pub printed_title: Option<Passage>,
    /// The text: units and tables in order, attachments apart.
    pub body: Vec<Node>,
    /// The attachments, in order.
    pub attachments: Vec<Attachment>,
    /// The footnotes.
    pub footnotes: Vec<Footnote>,
}

/// A key of a text's front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    /// The key.
    pub key: LocatedText,
    /// Its values: one for a lone text, none for an empty list.
    pub values: Vec<LocatedText>,
}

impl HandbookText {
    /// The values of a key of its front matter; none if it lacks the key.
    pub fn field(&self, key: &str) -> &[LocatedText] {
        self.fields.iter().find(|it| &*it.key.text == key).map_or(&[], |it| &it.values)
    }

    /// Its words.
    pub fn words(&self) -> Words<'_> {
        Words { head_note: &[], body: &self.body, attachments: &self.attachments, footnotes: &self.footnotes }
    }
}

/// Reads texts as those of handbooks. One whose front matter has no title is left out, and that is reported.
pub fn bind_texts(
    texts: Vec<Text>,
    diction: &Diction,
    sources: &Sources,
    report: &mut Report,
) -> Vec<HandbookText> {
    texts.into_iter().filter_map(|it| bind(it, diction, sources, report).ok()).collect()
}

fn bind(
    text: Text,
    diction: &Diction,
    sources: &Sources,
    report: &mut Report,
) -> Result<HandbookText, Reported> {
    let Text { file, manuscript, .. } = text;
    let Some(front) = &manuscript.front else { return Err(report.error(super::headless(file))) };
    let mut front = Fields::new(front, "文件头", report)?;
    let title = front.required_text(Item::Title.key());
    let fields = front.others().into_iter().map(|key| TextField { values: front.texts(&key.text), key });
    let fields = fields.collect();
    let title = title?;
    let structure = structure::recognise(manuscript.blocks, &title.text, diction);
    let structure::Structure { printed_title, body, attachments, odd } = structure;
    structure::report_odd(&odd, &title.text, report);
    let footnotes = manuscript.footnotes;
    let (folder, name) = place(sources.path(file));
    Ok(HandbookText { file, folder, name, title, fields, printed_title, body, attachments, footnotes })
}

/// The name of a file's folder, and its own without ending.
fn place(path: &str) -> (Arc<str>, Arc<str>) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folders.rsplit_once('/').map_or(folders, |it| it.1);
    (folder.into(), name.rsplit_once('.').map_or(name, |it| it.0).into())
}
