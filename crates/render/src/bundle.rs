//! Bundles are packed: the one place where files are put together.

use documents::Bundle;
use ooxml::{PackageWriter, WriteFault};

/// The bytes of a bundle: entries in the order of their names, without a time of their own.
///
/// # Errors
/// If it is larger than a package may be.
pub fn bundle(bundle: &Bundle) -> Result<Vec<u8>, WriteFault> {
    let mut zip = PackageWriter::new();
    for (name, bytes) in bundle.parts() {
        zip.add(name, bytes)?;
    }
    zip.finish()
}
