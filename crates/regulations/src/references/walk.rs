//! Walks through a work and hands each text to the reader, with the unit in which it stands.

use super::reader::{CitationReader, Here};
use super::{Reference, Shelf, Work};
use crate::model::{Node, Rank, Unit};
use crate::text::HandbookText;
use source::Passage;

/// All references of one work.
pub(super) fn references(shelf: &Shelf<'_>, from: Work) -> Vec<Reference> {
    let Some(words) = shelf.words(from) else { return Vec::new() };
    let mut walk = Walk { reader: CitationReader::new(shelf, from), found: Vec::new() };
    if let Work::Text(idx) = from {
        walk.front(&shelf.texts[idx]);
    }
    walk.nodes(words.body, Here::default());
    for (idx, it) in words.attachments.iter().enumerate() {
        let here = Here { attachment: Some(idx), ..Here::default() };
        walk.nodes(&it.body, here);
    }
    for it in words.footnotes {
        walk.text(&it.text, Here::default());
    }
    walk.found
}

struct Walk<'s> {
    reader: CitationReader<'s>,
    found: Vec<Reference>,
}

impl Walk<'_> {
    /// The front matter of a text of a handbook, whose 依据 cites articles.
    fn front(&mut self, text: &HandbookText) {
        for it in text.fields.iter().flat_map(|it| &it.values) {
            self.text(&Passage::of(it), Here::default());
        }
    }

    fn text(&mut self, passage: &Passage, here: Here) {
        let references = self.reader.read(passage, here);
        self.found.extend(references);
    }

    fn nodes(&mut self, nodes: &[Node], here: Here) {
        for node in nodes {
            match node {
                Node::Unit(unit) => self.unit(unit, here),
                Node::Table(table) => {
                    table.passages().for_each(|it| self.text(it, here));
                }
            }
        }
    }

    fn unit(&mut self, unit: &Unit, here: Here) {
        let here = match unit.rank {
            Rank::Article => Here { article: unit.number, paragraph: None, ..here },
            Rank::Paragraph => Here { paragraph: unit.number, ..here },
            _ => here,
        };
        if let Some(text) = &unit.text {
            self.text(text, here);
        }
        self.nodes(&unit.content, here);
    }
}
