//! Files that were read are opened again: their bytes are dropped after reading, their path and hash are kept.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::walk::{bytes_within, read_bytes};
use super::{Limits, Refusal};
use finding::{FileId, Sources, Stored};

/// Why a file cannot be had again as it was read.
#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    /// It was never read from a disk: it is part of the program, or could not be read the first time either.
    #[error("“{0}”不是读取过的文件")]
    NotRead(String),
    /// It is no longer there, or cannot be opened now.
    #[error("“{path}”无法再次打开：{error}")]
    Unreadable {
        /// The path by which it is opened.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// It holds something else than when it was read.
    #[error("“{0}”在运行期间被改动，请重新运行")]
    Changed(PathBuf),
}

/// Reads a file of the run, and registers where it stands and the SHA-256 of what it held. The finding says why it was
/// not read.
pub fn read_source(
    path: &Path,
    file: FileId,
    sources: &mut Sources,
    limits: &Limits,
) -> Result<Vec<u8>, Refusal> {
    let bytes = read_bytes(path, limits)?;
    let digest = Sha256::digest(&bytes).into();
    sources.set_stored(file, Stored { path: path.to_owned(), digest });
    Ok(bytes)
}

/// The bytes of a file that was read before, the same as then.
///
/// # Errors
/// If it was never read, cannot be opened any more, or has changed since.
pub fn reopen(sources: &Sources, file: FileId, limits: &Limits) -> Result<Vec<u8>, ReopenError> {
    let stored = sources.stored(file).ok_or_else(|| ReopenError::NotRead(sources.path(file).to_owned()))?;
    let path = || stored.path.clone();
    let bytes = bytes_within(&stored.path, limits);
    let bytes = bytes.map_err(|error| ReopenError::Unreadable { path: path(), error })?;
    // One that has grown beyond the limit was within it before.
    let same = bytes.filter(|it| Sha256::digest(it)[..] == stored.digest);
    same.ok_or_else(|| ReopenError::Changed(path()))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests make the files that are opened again")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_had_again_as_it_was_read_and_one_that_has_changed_is_noticed() {
        let path = std::env::temp_dir().join(format!("huibian-reopen-{}.csv", std::process::id()));
        std::fs::write(&path, "甲,乙").unwrap();
        let limits = Limits { file_bytes: 16, ..Limits::standard() };
        let mut sources = Sources::default();
        let (file, built_in) = (sources.add("a.csv"), sources.add("（内置）b.yaml"));
        let again = |sources: &Sources| reopen(sources, file, &limits);
        assert!(matches!(again(&sources), Err(ReopenError::NotRead(it)) if it == "a.csv"));
        let bytes = read_source(&path, file, &mut sources, &limits).unwrap();
        assert_eq!(again(&sources).unwrap(), bytes);
        assert_eq!(bytes, "甲,乙".as_bytes());
        assert!(matches!(reopen(&sources, built_in, &limits), Err(ReopenError::NotRead(_))));
        for changed in ["甲,丙", "甲,乙,丙,丁,戊,己"] {
            std::fs::write(&path, changed).unwrap();
            assert!(matches!(again(&sources), Err(ReopenError::Changed(it)) if it == path), "{changed}");
        }
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(again(&sources), Err(ReopenError::Unreadable { .. })));
        assert!(read_source(&path, file, &mut sources, &limits).is_err());
    }
}
