//! Parts as streams of events, for those that may be too large for a tree: sheets with their cells.

use std::io::{BufReader, Read};

use quick_xml::{Reader, XmlVersion};

use super::Package;

pub use quick_xml::events::{BytesStart as Start, Event};

/// Looks at an event, and says `None` if it has seen enough.
pub type Visit<'v> = dyn FnMut(&Event<'_>) -> Option<()> + 'v;

/// Hands over the XML events of a part until the visitor says `None`; `None` if there is no such part or if it is not
/// XML. An element without content is shown as a start and an end.
pub fn each_event(package: &mut Package<'_>, part: &str, visit: &mut Visit<'_>) -> Option<()> {
    run(Reader::from_reader(BufReader::new(package.read(part)?)), visit)
}

/// The same for the rest of a part whose beginning was passed over: it closes elements that it has not opened.
pub fn each_event_of_tail(tail: &[u8], visit: &mut Visit<'_>) -> Option<()> {
    let mut reader = Reader::from_reader(BufReader::new(tail));
    reader.config_mut().allow_unmatched_ends = true;
    run(reader, visit)
}

/// The value of an attribute by its local name.
pub fn attribute(element: &Start<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|it| it.into_owned())
}

/// What a reference stands for (`&lt;`, `&#20826;`); `None` if XML itself does not know it.
pub fn reference(event: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    match event.resolve_char_ref().ok().flatten() {
        Some(letter) => Some(letter.to_string()),
        None => quick_xml::escape::resolve_xml_entity(event).map(str::to_owned),
    }
}

fn run<R: Read>(mut reader: Reader<BufReader<R>>, visit: &mut Visit<'_>) -> Option<()> {
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Some(()),
            Err(_) => return None,
            Ok(event) => {
                if visit(&event).is_none() {
                    return Some(());
                }
            }
        }
    }
}
