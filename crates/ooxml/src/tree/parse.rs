//! From the text of a part to its tree, by quick-xml.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::names::Names;
use super::{CDATA, Node, TEXT, Tree};
use crate::Limits;
use crate::stream::reference;

/// Why a part is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlFault {
    /// It is not well-formed XML in UTF-8.
    #[error("不是合格的 XML")]
    Malformed,
    /// It declares entities, or uses one that XML does not know: no office program does.
    #[error("声明或使用了实体")]
    Entity,
    /// Its elements are nested deeper than the limit.
    #[error("嵌套过深")]
    TooDeep,
    /// It is longer than the limit, or has more elements and texts, or more different names than any honest part.
    #[error("过长")]
    TooLarge,
}

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

pub(super) fn parse(bytes: Vec<u8>, limits: &Limits) -> Result<Tree, XmlFault> {
    if bytes.len() as u64 > limits.xml_bytes.min(u64::from(CDATA) - 1) {
        return Err(XmlFault::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| XmlFault::Malformed)?;
    let (nodes, names) = Parser::new(&text, limits).run()?;
    Ok(Tree { text, nodes, names })
}

struct Parser<'x> {
    text: &'x str,
    names: Names<'x>,
    nodes: Vec<Node>,
    /// The elements that are open, by their indexes.
    open: Vec<usize>,
    limits: &'x Limits,
}

impl<'x> Parser<'x> {
    fn new(text: &'x str, limits: &'x Limits) -> Self {
        Self { text, names: Names::default(), nodes: Vec::new(), open: Vec::new(), limits }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a part has fewer bytes than u32 counts: `parse` asks"
    )]
    fn run(mut self) -> Result<(Vec<Node>, Vec<Box<str>>), XmlFault> {
        // The reader would pass over a mark without counting it.
        let body = self.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(self.text);
        if body.starts_with(BYTE_ORDER_MARK) {
            return Err(XmlFault::Malformed);
        }
        let before = self.text.len() - body.len();
        let mut reader = NsReader::from_str(body);
        loop {
            let start = reader.buffer_position() as usize + before;
            let event = reader.read_event().map_err(|_| XmlFault::Malformed)?;
            let end = reader.buffer_position() as usize + before;
            let (space, event) = reader.resolver().resolve_event(event);
            match event {
                Event::Eof => break,
                event => self.see(&space, &event, (start as u32, end as u32))?,
            }
        }
        if !self.open.is_empty() || self.nodes.is_empty() {
            return Err(XmlFault::Malformed);
        }
        self.nodes.shrink_to_fit();
        Ok((self.nodes, self.names.finish()))
    }

    fn see(
        &mut self,
        space: &ResolveResult<'_>,
        event: &Event<'x>,
        (start, end): (u32, u32),
    ) -> Result<(), XmlFault> {
        match event {
            Event::Start(it) => {
                self.element(space, it, (start, end))?;
                self.open.push(self.nodes.len() - 1);
            }
            Event::Empty(it) => self.element(space, it, (start, end))?,
            Event::End(_) => {
                let next = self.n_nodes();
                let element = self.open.pop().and_then(|it| self.nodes.get_mut(it));
                let element = element.ok_or(XmlFault::Malformed)?;
                (element.outer, element.end, element.next) = (start, end, next);
            }
            Event::Text(_) => self.text(TEXT, (start, end))?,
            Event::GeneralRef(it) => {
                reference(it).ok_or(XmlFault::Entity)?;
                self.text(TEXT, (start, end))?;
            }
            Event::CData(_) => self.text(CDATA, (start, end))?,
            Event::DocType(_) => return Err(XmlFault::Entity),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn element(
        &mut self,
        space: &ResolveResult<'_>,
        tag: &BytesStart<'x>,
        (start, end): (u32, u32),
    ) -> Result<(), XmlFault> {
        if self.open.is_empty() && !self.nodes.is_empty() {
            // A part has one root.
            return Err(XmlFault::Malformed);
        }
        if self.open.len() >= self.limits.xml_depth {
            return Err(XmlFault::TooDeep);
        }
        for it in tag.attributes() {
            let it = it.map_err(|_| XmlFault::Malformed)?;
            if it.value.contains('&') {
                it.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| XmlFault::Entity)?;
            }
        }
        let written = &self.text[start as usize + 1..];
        let written = &written[..tag.name().as_ref().len()];
        let local = written.rsplit_once(':').map_or(written, |it| it.1);
        let name = self.names.index(space, local).ok_or(XmlFault::TooLarge)?;
        let next = self.n_nodes() + 1;
        self.push(Node { name, start, inner: end, outer: end, end, next })
    }

    /// Takes in a text; one that is interrupted only by references is one text.
    fn text(&mut self, name: u32, (start, end): (u32, u32)) -> Result<(), XmlFault> {
        if self.open.is_empty() {
            return Ok(());
        }
        if let Some(last) =
            self.nodes.last_mut().filter(|it| name == TEXT && it.name == TEXT && it.end == start)
        {
            (last.inner, last.outer, last.end) = (end, end, end);
            return Ok(());
        }
        let next = self.n_nodes() + 1;
        self.push(Node { name, start, inner: end, outer: end, end, next })
    }

    fn push(&mut self, node: Node) -> Result<(), XmlFault> {
        if self.nodes.len() >= self.limits.xml_nodes {
            return Err(XmlFault::TooLarge);
        }
        self.nodes.push(node);
        Ok(())
    }

    /// Fewer than the part has bytes, which are fewer than `u32` counts.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a part has fewer bytes than u32 counts: `parse` asks"
    )]
    fn n_nodes(&self) -> u32 {
        self.nodes.len() as u32
    }
}
