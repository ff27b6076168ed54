//! XML as a part writes it: with its own prefix, and behind what an element holds already.

use super::{Edits, Element, escaped};

/// The prefix that an element has, with its colon; empty if it has none.
pub fn prefix(element: Element<'_>) -> &str {
    let name = element.written_name();
    name.find(':').map_or("", |it| &name[..=it])
}

/// XML that is written without a prefix, with one.
pub fn prefixed(xml: &str, prefix: &str) -> String {
    if prefix.is_empty() {
        return xml.to_owned();
    }
    let marked = xml.replace('<', &format!("<{prefix}"));
    marked.replace(&format!("<{prefix}/"), &format!("</{prefix}"))
}

/// Puts XML behind what stands in an element.
pub fn append(edits: &mut Edits, element: Element<'_>, xml: impl Into<String>) {
    let xml = xml.into();
    match element.content_range() {
        Some(content) => edits.insert(content.end, xml),
        None => {
            let end = element.range().end;
            edits.replace(end - "/>".len()..end, format!(">{xml}</{}>", element.written_name()));
        }
    }
}

/// The start of an element as it is written, with some attributes in place of those it has: they come first, and what they
/// replace is left out. The element itself is closed by the caller.
pub fn restarted(element: Element<'_>, attributes: &[(&str, String)]) -> String {
    let kept = element.attributes().filter(|it| attributes.iter().all(|new| new.0 != it.name));
    let kept = kept.map(|it| format!(" {}=\"{}\"", it.name, escaped(&it.value)));
    let new = attributes.iter().map(|it| format!(" {}=\"{}\"", it.0, escaped(&it.1)));
    format!("<{}{}", element.written_name(), new.chain(kept).collect::<String>())
}

/// A text as it stands in XML; what no XML can hold is left out.
pub fn written_text(text: &str) -> String {
    let may_stand = |it: &char| (!it.is_control() || *it == '\n') && !matches!(it, '\u{FFFE}' | '\u{FFFF}');
    escaped(&text.chars().filter(may_stand).collect::<String>())
}
