//! The names of elements, whatever prefixes a file has bound to their namespaces.

use std::collections::HashMap;

use quick_xml::name::{Namespace, ResolveResult};

/// The prefix by which a namespace is known here, in the transitional and in the strict form of the standard.
fn known(space: &str) -> Option<&'static str> {
    Some(match space {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => "w",
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        | "http://purl.oclc.org/ooxml/spreadsheetml/main" => "x",
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => "m",
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => "mc",
        _ => return None,
    })
}

/// An honest part has some hundreds of different names; each costs memory beside its node.
pub(super) const MOST_NAMES: usize = 10_000;

/// The distinct names of a part, while it is read.
#[derive(Default)]
pub(super) struct Names<'x> {
    /// Namespaces by their addresses; of each the prefix that is put before a name.
    spaces: HashMap<Box<str>, usize>,
    prefixes: Vec<String>,
    known: HashMap<(Option<usize>, &'x str), u32>,
    names: Vec<Box<str>>,
}

impl<'x> Names<'x> {
    /// The index of a name; `None` if there are more than any honest part has.
    pub(super) fn index(&mut self, space: &ResolveResult<'_>, local: &'x str) -> Option<u32> {
        let space = match space {
            ResolveResult::Unbound => None,
            ResolveResult::Bound(Namespace(it)) => Some(self.space(it)),
            // A prefix that the file has bound to nothing means nothing either.
            ResolveResult::Unknown(_) => Some(self.space("")),
        };
        if let Some(index) = self.known.get(&(space, local)) {
            return Some(*index);
        }
        let prefix = space.and_then(|it| self.prefixes.get(it)).map_or("", String::as_str);
        let index = u32::try_from(self.names.len()).ok().filter(|_| self.names.len() < MOST_NAMES)?;
        self.names.push(format!("{prefix}{local}").into());
        self.known.insert((space, local), index);
        Some(index)
    }

    /// All names, by their indexes.
    pub(super) fn finish(self) -> Vec<Box<str>> {
        self.names
    }

    fn space(&mut self, address: &str) -> usize {
        if let Some(index) = self.spaces.get(address) {
            return *index;
        }
        let prefix = known(address).map_or_else(|| format!("{{{address}}}"), |it| format!("{it}:"));
        self.prefixes.push(prefix);
        self.spaces.insert(address.into(), self.prefixes.len() - 1);
        self.prefixes.len() - 1
    }
}
