//! A package that was opened: its parts by their names.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::guard::{PackageFault, Watch, inspect};
use super::{ContentTypes, Limits, Relations, Tree, XmlFault};

/// A package in memory; the names of its parts have `/` between folders and none at the beginning.
pub struct Package<'b> {
    pub(super) archive: ZipArchive<Cursor<&'b [u8]>>,
    pub(super) parts: Vec<Part>,
    limits: Limits,
}

/// A part, in the order of the archive.
pub(super) struct Part {
    /// As it stands in the archive, but with `/`.
    pub(super) name: String,
    /// Its inflated size; `None` if nobody has counted.
    pub(super) bytes: Option<u64>,
}

impl<'b> Package<'b> {
    /// Opens a package after inflating every part once: what it declares about its sizes and sums proves nothing.
    ///
    /// # Errors
    /// If it is no package, is not whole, wants a password or would exhaust the machine.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, PackageFault> {
        Self::open_watched(bytes, limits, &mut |_, _| {})
    }

    /// The same; the inflated bytes are shown to `watch` on the way, which saves reading them once more.
    ///
    /// # Errors
    /// As [`Package::open`].
    pub fn open_watched(
        bytes: &'b [u8],
        limits: &Limits,
        watch: &mut Watch<'_>,
    ) -> Result<Self, PackageFault> {
        let mut package = Self::peek(bytes, limits).ok_or(PackageFault::Broken)?;
        inspect(&mut package, limits, watch)?;
        Ok(package)
    }

    /// Opens a package without looking into it, only to ask for names and for the beginning of a part; `None` if it
    /// is no package.
    pub fn peek(bytes: &'b [u8], limits: &Limits) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let name = |raw: &[u8], index| {
            let decoded = archive.name_for_index(index).and_then(Result::ok);
            decoded.unwrap_or_else(|| String::from_utf8_lossy(raw)).replace('\\', "/")
        };
        let parts = archive.file_names_raw().enumerate().map(|(index, raw)| name(raw, index));
        let parts = parts.map(|name| Part { name, bytes: None }).collect();
        Some(Self { archive, parts, limits: *limits })
    }

    /// The names of all parts, in the order of the archive.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|it| it.name.as_str())
    }

    /// The inflated size of a part; `None` if there is no such part, or if the package was only peeked at.
    pub fn size(&self, name: &str) -> Option<u64> {
        self.parts.get(self.position(name)?)?.bytes
    }

    /// A part as a stream; `None` if no part has this name. Case is ignored.
    pub fn read(&mut self, name: &str) -> Option<impl Read + use<'_, 'b>> {
        let index = self.position(name)?;
        self.archive.by_index(index).ok()
    }

    /// The bytes of a part; `None` if no part has this name. Their number was checked when the package was opened.
    pub fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.read(name)?.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A part as a tree; `None` if no part has this name.
    ///
    /// # Errors
    /// If it is not well-formed, or too large for a tree.
    pub fn tree(&mut self, name: &str) -> Result<Option<Tree>, XmlFault> {
        let limits = self.limits;
        let Some(part) = self.read(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        part.take(limits.xml_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| XmlFault::Malformed)?;
        Tree::parse(bytes, &limits).map(Some)
    }

    /// What belongs to a part, or to the package itself if the name is empty; `None` if nothing is said about it.
    pub fn relations(&mut self, name: &str) -> Option<Relations> {
        let tree = self.tree(&Relations::part_of(name)).ok()??;
        Some(Relations::read(name, &tree))
    }

    /// What the parts are; `None` if the package does not say.
    pub fn content_types(&mut self) -> Option<ContentTypes> {
        Some(ContentTypes::read(&self.tree(ContentTypes::PART).ok()??))
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|it| it.name.eq_ignore_ascii_case(name))
    }
}
