//! Footnotes and endnotes of a Word document, named in the order of their marks.

use std::sync::Arc;

use super::{DocxReader, Note, NoteKind};
use crate::{Block, Footnote};
use ooxml::{Element, Tree};

impl DocxReader {
    /// The name of a note that is marked here: footnotes are 1, 2, 3; endnotes 尾1, 尾2, 尾3.
    pub(super) fn note_name(&mut self, kind: NoteKind, id: &str) -> Arc<str> {
        if let Some(known) = self.notes.iter().find(|it| it.kind == kind && it.id == id) {
            return known.name.clone();
        }
        let number = self.notes.iter().filter(|it| it.kind == kind).count() + 1;
        let name: Arc<str> = match kind {
            NoteKind::Footnote => number.to_string().into(),
            NoteKind::Endnote => format!("尾{number}").into(),
        };
        let origin = self.here();
        self.notes.push(Note { kind, id: id.to_owned(), name: name.clone(), origin });
        name
    }

    /// The texts of the notes that were marked; `parts` are those of footnotes and of endnotes.
    pub(super) fn footnotes(&mut self, parts: [Option<Tree>; 2]) -> Vec<Footnote> {
        let mut found = Vec::new();
        for note in std::mem::take(&mut self.notes) {
            let part = parts[usize::from(note.kind == NoteKind::Endnote)].as_ref();
            let element = part.and_then(|it| {
                it.root().children().find(|it| it.attribute("id").as_deref() == Some(&note.id))
            });
            let blocks = element.map(|it| self.blocks(it)).unwrap_or_default();
            let mut passages = blocks.iter().flat_map(Block::passages).cloned();
            let mut text = passages.next().unwrap_or_else(|| self.nothing());
            passages.for_each(|it| text.append(&it));
            found.push(Footnote { name: note.name, text, origin: note.origin });
        }
        found
    }
}

/// Whether a header or footer says more than page numbers.
pub(super) fn says_anything(part: Element<'_>) -> bool {
    const OF_PAGES: &str = "第页共—-–·/ ";
    let mut texts = Vec::new();
    part.all("w:t", &mut texts);
    let is_word = |it: char| !it.is_numeric() && !it.is_whitespace() && !OF_PAGES.contains(it);
    texts.iter().any(|it| it.text().contains(is_word))
}
