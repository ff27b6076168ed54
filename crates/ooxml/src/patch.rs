//! A package with some of its parts changed: all others are copied as they are packed.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::result::ZipError;

use super::Package;
use super::writer::{WriteFault, options};

impl Package<'_> {
    /// The package with new bytes for some parts. A name that it does not have yet becomes a part at its end, of
    /// which [`ContentTypes`](super::ContentTypes) and relations have to tell.
    ///
    /// Every other part keeps its place, its packed bytes, its date and its remarks; a changed one keeps its place,
    /// name and date.
    ///
    /// # Errors
    /// If a part is named twice, or the result cannot be written.
    pub fn with_parts(&mut self, changes: &[(&str, &[u8])]) -> Result<Vec<u8>, WriteFault> {
        self.rewritten(changes, &[])
    }

    /// The same, and without some parts.
    pub(super) fn rewritten(
        &mut self,
        changes: &[(&str, &[u8])],
        gone: &[&str],
    ) -> Result<Vec<u8>, WriteFault> {
        for (at, (name, _)) in changes.iter().enumerate() {
            if changes[..at].iter().any(|it| it.0.eq_ignore_ascii_case(name)) {
                return Err(WriteFault::Twice((*name).to_owned()));
            }
        }
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        to.set_raw_comment(self.archive.comment().into())?;
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index)?;
            let name = &self.parts[index].name;
            if gone.iter().any(|it| it.eq_ignore_ascii_case(name)) {
                continue;
            }
            match changes.iter().find(|it| it.0.eq_ignore_ascii_case(name)) {
                None => to.raw_copy_file(entry)?,
                Some((_, bytes)) => {
                    let date = entry.last_modified().unwrap_or_default();
                    let packed = options().compression_method(entry.compression()).last_modified_time(date);
                    let written = entry.name()?.into_owned();
                    drop(entry);
                    to.start_file(written, packed)?;
                    to.write_all(bytes).map_err(ZipError::from)?;
                }
            }
        }
        for (name, bytes) in changes.iter().filter(|it| self.position(it.0).is_none()) {
            to.start_file(*name, options())?;
            to.write_all(bytes).map_err(ZipError::from)?;
        }
        Ok(to.finish()?.into_inner())
    }
}
