//! Elements of a part of a Word document, put together as a tree and written by quick-xml.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element.
#[derive(Debug, Clone)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Child>,
}

#[derive(Debug, Clone)]
enum Child {
    Element(Element),
    Text(String),
}

/// An element without attributes or children.
pub(super) fn element(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new() }
}

/// An element that says something with its attribute `w:val` only.
pub(super) fn valued(name: &'static str, value: impl ToString) -> Element {
    element(name).attribute("w:val", value)
}

impl Element {
    /// With an attribute.
    #[must_use]
    pub(super) fn attribute(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// With a child, behind those it has.
    #[must_use]
    pub(super) fn with(mut self, child: Self) -> Self {
        self.children.push(Child::Element(child));
        self
    }

    /// With several children.
    #[must_use]
    pub(super) fn with_all(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::with)
    }

    /// With a text. What no XML can hold (control characters, which no face prints either) is left out.
    #[must_use]
    pub(super) fn text(mut self, text: &str) -> Self {
        let may_stand = |it: &char| !it.is_control() && !matches!(it, '\u{FFFE}' | '\u{FFFF}');
        self.children.push(Child::Text(text.chars().filter(may_stand).collect()));
        self
    }

    /// The part whose root it is.
    pub(super) fn written(&self) -> std::io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        start.extend_attributes(self.attributes.iter().map(|(name, value)| (*name, value.as_str())));
        if self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for child in &self.children {
            match child {
                Child::Element(it) => it.write(writer)?,
                Child::Text(it) => writer.write_event(Event::Text(BytesText::new(it)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}
