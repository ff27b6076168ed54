//! Elements, attributes and texts, each with its place in the part.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::unescape;
use quick_xml::events::attributes::{self, Attributes};

use super::{CDATA, Node, Tree};

/// An element of a tree; small and `Copy`. Ranges are of bytes of the part.
#[derive(Clone, Copy)]
pub struct Element<'t> {
    tree: &'t Tree,
    at: u32,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'t> {
    /// Its name as it is written, with whatever prefix the file has.
    pub name: &'t str,
    /// What it says, references resolved.
    pub value: Cow<'t, str>,
    /// Name, mark and value in quotes.
    pub range: Range<usize>,
    /// The value without its quotes.
    pub value_range: Range<usize>,
}

/// A text that stands in an element, as far as no tag, comment or `CDATA` interrupts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'t> {
    /// What it says, references resolved and every end of a line a line feed.
    pub value: Cow<'t, str>,
    /// Where it stands.
    pub range: Range<usize>,
}

impl<'t> Element<'t> {
    pub(super) fn new(tree: &'t Tree, at: u32) -> Self {
        Self { tree, at }
    }

    /// Its name: `w:p` for one of WordprocessingML, `x:c` of SpreadsheetML, `m:oMath` of mathematics, `mc:Choice` of
    /// compatibility, whatever prefix the file uses; `{address}name` in other namespaces, `name` in none.
    pub fn name(self) -> &'t str {
        &self.tree.names[self.node().name as usize]
    }

    /// Its name without its namespace.
    pub fn local(self) -> &'t str {
        let name = self.written_name();
        name.rsplit_once(':').map_or(name, |it| it.1)
    }

    /// Its name as it is written.
    pub fn written_name(self) -> &'t str {
        let tag = &self.tree.text[self.node().start as usize + 1..self.node().inner as usize];
        let end = tag.find(|it: char| it.is_ascii_whitespace() || it == '/' || it == '>');
        &tag[..end.unwrap_or(tag.len())]
    }

    /// All of it, with its tags.
    pub fn range(self) -> Range<usize> {
        self.node().range()
    }

    /// Its start tag, or its only one.
    pub fn tag_range(self) -> Range<usize> {
        self.node().start as usize..self.node().inner as usize
    }

    /// What stands between its tags; `None` if it has one tag only: `<w:t/>`.
    pub fn content_range(self) -> Option<Range<usize>> {
        let node = self.node();
        (node.outer < node.end).then_some(node.inner as usize..node.outer as usize)
    }

    /// All of it as it is written.
    pub fn as_written(self) -> &'t str {
        &self.tree.text[self.range()]
    }

    /// Its attributes in their order, declarations of namespaces among them.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'t>> {
        let text = &self.tree.text;
        let place = move |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        self.raw_attributes().map(move |it| {
            let name = it.key.into_inner();
            let value = place(&it.value);
            let value_range = value..value + it.value.len();
            let range = place(name)..value_range.end + 1;
            Attribute { name, value: said(&it), range, value_range }
        })
    }

    /// What an attribute says, by its name without a prefix.
    pub fn attribute(self, local: &str) -> Option<Cow<'t, str>> {
        let found = self.raw_attributes().find(|it| it.key.local_name().as_ref() == local)?;
        Some(said(&found))
    }

    /// The elements in it, not those within these.
    pub fn children(self) -> impl Iterator<Item = Self> {
        self.nodes().filter(|it| it.node().is_element())
    }

    /// The texts in it, not those within its elements.
    pub fn texts(self) -> impl Iterator<Item = Text<'t>> {
        self.nodes().filter(|it| !it.node().is_element()).map(|it| it.said_here())
    }

    /// All texts in it, not those within its elements, as one.
    pub fn text(self) -> Cow<'t, str> {
        let mut texts = self.texts().map(|it| it.value);
        let mut all = texts.next().unwrap_or_default();
        texts.for_each(|it| all.to_mut().push_str(&it));
        all
    }

    /// The first child of a name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.children().find(|it| it.name() == name)
    }

    /// The attribute `val` of the first child of a name: how WordprocessingML says most things.
    pub fn value(self, name: &str) -> Option<Cow<'t, str>> {
        self.child(name)?.attribute("val")
    }

    /// The on-off value of the first child of this name: on unless its `val` is `0`, `false` or `off`; `None` without the child.
    pub fn switch(self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.attribute("val").as_deref(), Some("0" | "false" | "off")))
    }

    /// All elements of a name in it, at whatever depth, but not one within another.
    pub fn all(self, name: &str, found: &mut Vec<Self>) {
        self.all_that(&|it| it.name() == name, found);
    }

    /// The same by the name without its namespace.
    pub fn all_local(self, local: &str, found: &mut Vec<Self>) {
        self.all_that(&|it| it.local() == local, found);
    }

    fn all_that(self, is_wanted: &dyn Fn(Self) -> bool, found: &mut Vec<Self>) {
        for child in self.children() {
            if is_wanted(child) {
                found.push(child);
            } else {
                child.all_that(is_wanted, found);
            }
        }
    }

    /// Elements and texts in it, not those within its elements.
    fn nodes(self) -> impl Iterator<Item = Self> {
        let end = self.node().next;
        let first = (self.at + 1 < end).then_some(self.at + 1);
        let next = move |at: &u32| {
            let next = self.tree.nodes[*at as usize].next;
            (next < end).then_some(next)
        };
        std::iter::successors(first, next).map(move |at| Self { at, ..self })
    }

    fn node(self) -> &'t Node {
        &self.tree.nodes[self.at as usize]
    }

    /// The text that this node is.
    fn said_here(self) -> Text<'t> {
        const CDATA_START: usize = "<![CDATA[".len();
        const CDATA_END: usize = "]]>".len();
        let range = self.range();
        let written = &self.tree.text[range.clone()];
        let value = if self.node().name == CDATA {
            lines(&written[CDATA_START..written.len() - CDATA_END])
        } else {
            // Ends of lines come first: `&#13;` is meant to stay.
            match lines(written) {
                Cow::Borrowed(it) => unescape(it).unwrap_or(Cow::Borrowed(it)),
                Cow::Owned(it) => Cow::Owned(unescape(&it).map_or_else(|_| it.clone(), Cow::into_owned)),
            }
        };
        Text { value, range }
    }

    fn raw_attributes(self) -> impl Iterator<Item = attributes::Attribute<'t>> {
        let tag = &self.tree.text[self.node().start as usize + 1..self.node().inner as usize - 1];
        let tag = tag.strip_suffix('/').filter(|_| self.content_range().is_none()).unwrap_or(tag);
        // They were found to be well-formed when the part was read.
        Attributes::new(tag, self.written_name().len()).flatten()
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?}", self.name(), self.range())
    }
}

fn said<'t>(attribute: &attributes::Attribute<'t>) -> Cow<'t, str> {
    attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| attribute.value.clone())
}

/// Every end of a line as a line feed, as XML wants it (XML 1.0, 2.11).
fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}
