//! A new package: the same parts make the same bytes, whenever it is written.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why a package cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The same part is named twice.
    #[error("同一部分写了两次：{0}")]
    Twice(String),
    /// What the writer of zip files refused.
    #[error("写不出文件：{0}")]
    Zip(#[from] ZipError),
}

/// A package being written.
pub struct PackageWriter(ZipWriter<Cursor<Vec<u8>>>);

impl PackageWriter {
    /// A package without parts.
    #[expect(
        clippy::new_without_default,
        reason = "a package without parts is none: nobody wants it by default"
    )]
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a part behind those that are there.
    ///
    /// # Errors
    /// If the zip format cannot hold it.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), WriteFault> {
        self.0.start_file(name, options())?;
        Ok(self.0.write_all(bytes).map_err(ZipError::from)?)
    }

    /// The package.
    ///
    /// # Errors
    /// If the zip format cannot hold it.
    pub fn finish(self) -> Result<Vec<u8>, WriteFault> {
        Ok(self.0.finish()?.into_inner())
    }
}

/// How new parts are packed. The date of an entry is not asked of the clock: it is the first that the format has.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
}
