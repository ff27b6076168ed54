//! A part as a tree over its own text: nothing of the part is lost, and everything in it knows where it stands.

mod names;
mod parse;
mod element;

pub use self::element::{Attribute, Element, Text};
pub use self::parse::XmlFault;

use std::ops::Range;

use super::Limits;

/// An XML part. The text is kept as it was written; elements, attributes and texts are ranges of its bytes.
pub struct Tree {
    text: String,
    /// Elements and texts in the order of the part.
    nodes: Vec<Node>,
    /// The names that elements have, as [`Element::name`] gives them.
    names: Vec<Box<str>>,
}

/// An element or a text: byte offsets into the part.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// An index into the names, or one of the marks below.
    name: u32,
    /// Where it begins.
    start: u32,
    /// The end of its start tag; of a text its end.
    inner: u32,
    /// The beginning of its end tag; its end if it has no end tag.
    outer: u32,
    /// Where it ends.
    end: u32,
    /// The first node behind it that is not within it.
    next: u32,
}

/// Marks of nodes other than elements.
const TEXT: u32 = u32::MAX;
const CDATA: u32 = u32::MAX - 1;

impl Tree {
    /// Reads a part. It must be UTF-8.
    ///
    /// # Errors
    /// If it is not well-formed, declares entities, or is larger than the limits for trees.
    pub fn parse(bytes: Vec<u8>, limits: &Limits) -> Result<Self, XmlFault> {
        parse::parse(bytes, limits)
    }

    /// The root element.
    pub fn root(&self) -> Element<'_> {
        Element::new(self, 0)
    }

    /// The whole part as it is written.
    pub fn as_written(&self) -> &str {
        &self.text
    }
}

impl Node {
    fn is_element(&self) -> bool {
        self.name < CDATA
    }

    fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[cfg(test)]
mod tests;
