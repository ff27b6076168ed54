//! A part of a Word package as a tree of the elements that matter to its text.

use std::io::{BufReader, Read};

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::{damaged, unsafe_file};
use crate::workbook::package::Package;
use crate::workbook::scan::open;
use crate::{Limits, Refusal, refusal};
use finding::codes;

/// An element. Formatting that nobody asks for is left out while reading.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// `w:p`: the prefix is ours, whatever the file's own is; empty for an element that is looked through.
    pub(super) name: &'static str,
    attributes: Vec<(Box<str>, Box<str>)>,
    pub(super) children: Vec<Element>,
    /// The text of an element that holds running text.
    pub(super) text: String,
}

/// The elements that are known by name; of `w` unless another prefix stands before.
const KNOWN: [&str; 75] = [
    "m:oMath",
    "m:oMathPara",
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "w:abstractNum",
    "w:abstractNumId",
    "w:altChunk",
    "w:basedOn",
    "w:body",
    "w:br",
    "w:cellDel",
    "w:commentReference",
    "w:cr",
    "w:del",
    "w:docPartGallery",
    "w:docPartObj",
    "w:drawing",
    "w:endnote",
    "w:endnoteReference",
    "w:fldChar",
    "w:fldSimple",
    "w:footnote",
    "w:footnoteReference",
    "w:gridAfter",
    "w:gridBefore",
    "w:gridSpan",
    "w:hMerge",
    "w:ilvl",
    "w:ins",
    "w:instrText",
    "w:isLgl",
    "w:lvl",
    "w:lvlOverride",
    "w:lvlRestart",
    "w:lvlText",
    "w:moveFrom",
    "w:moveTo",
    "w:noBreakHyphen",
    "w:num",
    "w:numFmt",
    "w:numId",
    "w:numPr",
    "w:numStyleLink",
    "w:object",
    "w:p",
    "w:pPr",
    "w:pStyle",
    "w:pict",
    "w:ptab",
    "w:r",
    "w:rPr",
    "w:rStyle",
    "w:rt",
    "w:ruby",
    "w:sdt",
    "w:sdtContent",
    "w:sdtPr",
    "w:sectPr",
    "w:start",
    "w:startOverride",
    "w:style",
    "w:subDoc",
    "w:suff",
    "w:sym",
    "w:t",
    "w:tab",
    "w:tbl",
    "w:tc",
    "w:tcPr",
    "w:tr",
    "w:trPr",
    "w:txbxContent",
    "w:vMerge",
    "w:vanish",
];

/// Elements whose text is kept.
const SPOKEN: [&str; 2] = ["w:t", "w:instrText"];

/// Elements nested deeper than this stand in no honest document.
const DEEPEST: usize = 200;

impl Element {
    /// An attribute by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| &*it.0 == name).map(|it| &*it.1)
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|it| it.name == name)
    }

    /// The `w:val` of a child.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether a child switches something on; `None` if it is not there.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let child = self.child(name)?;
        Some(!matches!(child.attribute("val"), Some("0" | "false" | "off")))
    }

    /// All elements of a name, at whatever depth, but not one within another.
    pub(super) fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            } else {
                child.all(name, found);
            }
        }
    }
}

/// Reads a part into its root element; `None` if there is no such part.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    limits: &Limits,
) -> Result<Option<Element>, Refusal> {
    let Some(bytes) = open(package, part) else { return Ok(None) };
    let mut reader = NsReader::from_reader(BufReader::new(bytes.take(limits.xml_bytes + 1)));
    reader.config_mut().expand_empty_elements = true;
    let mut tree = Tree { open: vec![Element::default()], n_elements: 0, limits };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        if reader.buffer_position() > limits.xml_bytes {
            return Err(too_large());
        }
        let (space, event) = reader.resolver().resolve_event(event.map_err(|_| damaged())?);
        match event {
            Event::Eof => break,
            event => tree.see(prefix(&space), &event)?,
        }
    }
    tree.finish().map(Some)
}

fn too_large() -> Refusal {
    refusal(&codes::FILE_TOO_LARGE, "文档过长，没有读取", "请拆成几个文件")
}

/// Our prefix for a namespace.
fn prefix(space: &ResolveResult<'_>) -> &'static str {
    match space {
        ResolveResult::Bound(Namespace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )) => "w",
        ResolveResult::Bound(Namespace(
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math",
        )) => "m",
        ResolveResult::Bound(Namespace("http://schemas.openxmlformats.org/markup-compatibility/2006")) => {
            "mc"
        }
        _ => "",
    }
}

struct Tree<'l> {
    /// Elements that are still open; the first is none of the file's.
    open: Vec<Element>,
    n_elements: usize,
    limits: &'l Limits,
}

impl Tree<'_> {
    fn see(&mut self, prefix: &str, event: &Event<'_>) -> Result<(), Refusal> {
        match event {
            Event::Start(it) => self.begin(prefix, it)?,
            Event::End(_) => self.end()?,
            Event::Text(it) => self.text(it),
            Event::CData(it) => self.text(it),
            Event::GeneralRef(it) => {
                let letter = it.resolve_char_ref().ok().flatten();
                match letter {
                    Some(letter) => self.text(letter.encode_utf8(&mut [0; 4])),
                    None => self.text(quick_xml::escape::resolve_xml_entity(it).ok_or_else(unsafe_file)?),
                }
            }
            Event::DocType(_) => return Err(unsafe_file()),
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, prefix: &str, start: &BytesStart<'_>) -> Result<(), Refusal> {
        self.n_elements += 1;
        if self.n_elements > self.limits.xml_elements {
            return Err(too_large());
        }
        if self.open.len() > DEEPEST {
            return Err(unsafe_file());
        }
        let name = known(prefix, start.local_name().as_ref());
        let mut element = Element { name, ..Element::default() };
        if !name.is_empty() {
            for it in start.attributes() {
                let it = it.map_err(|_| damaged())?;
                let value =
                    it.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|_| unsafe_file())?;
                let key = it.key.local_name();
                // Word numbers every run by the session in which it was written.
                if !key.as_ref().starts_with("rsid") {
                    element.attributes.push((key.as_ref().into(), value.as_ref().into()));
                }
            }
        }
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Refusal> {
        let element = self.open.pop().ok_or_else(damaged)?;
        let parent = self.open.last_mut().ok_or_else(damaged)?;
        if !element.name.is_empty() || !element.children.is_empty() {
            parent.children.push(element);
        } else {
            self.n_elements -= 1;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut().filter(|it| SPOKEN.contains(&it.name)) {
            element.text.push_str(text);
        }
    }

    fn finish(mut self) -> Result<Element, Refusal> {
        let root = self.open.pop().filter(|_| self.open.is_empty()).ok_or_else(damaged)?;
        // A part in which nothing is known by name has left nothing behind.
        Ok(root.children.into_iter().next().unwrap_or_default())
    }
}

fn known(prefix: &str, local: &str) -> &'static str {
    let name = format!("{prefix}:{local}");
    KNOWN.binary_search(&&*name).ok().and_then(|it| KNOWN.get(it)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_is_found() {
        for name in KNOWN {
            let (prefix, local) = name.split_once(':').unwrap();
            assert_eq!(known(prefix, local), name);
        }
        assert_eq!(known("w", "rFonts"), "");
        assert_eq!(known("", "p"), "");
    }
}
