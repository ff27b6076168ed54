//! Walks through a regulation and hands each text to the reader, with the unit in which it stands.

use super::reader::{Here, Reader};
use super::{Reference, Shelf};
use crate::regulations::model::{Node, Rank, Unit};

/// All references of one regulation.
pub(super) fn references(shelf: &Shelf<'_>, from: usize) -> Vec<Reference> {
    let Some(regulation) = shelf.regulations.get(from) else { return Vec::new() };
    let mut walk = Walk { reader: Reader::new(shelf, from), found: Vec::new() };
    walk.nodes(&regulation.body, Here::default());
    for (idx, it) in regulation.attachments.iter().enumerate() {
        let here = Here { attachment: Some(idx), ..Here::default() };
        walk.nodes(&it.body, here);
    }
    for it in &regulation.footnotes {
        let references = walk.reader.read(&it.text, Here::default());
        walk.found.extend(references);
    }
    walk.found
}

struct Walk<'s> {
    reader: Reader<'s>,
    found: Vec<Reference>,
}

impl Walk<'_> {
    fn nodes(&mut self, nodes: &[Node], here: Here) {
        for node in nodes {
            match node {
                Node::Unit(unit) => self.unit(unit, here),
                Node::Table(table) => {
                    for cell in table.passages() {
                        let references = self.reader.read(cell, here);
                        self.found.extend(references);
                    }
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
            let references = self.reader.read(text, here);
            self.found.extend(references);
        }
        self.nodes(&unit.content, here);
    }
}
