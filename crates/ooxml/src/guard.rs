//! A look at a whole package before any reader is let near it: names, real sizes, ratios.

use std::collections::BTreeSet;
use std::io::Read;

use zip::read::ZipFile;

use super::{Limits, Package};

/// Why a package is not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageFault {
    /// It is no zip file, or its end is missing.
    #[error("文件不完整，无法打开")]
    Broken,
    /// A part does not inflate to what its check sum promises.
    #[error("文件内部有无法解压的部分")]
    Undecodable,
    /// A part wants a password.
    #[error("文件设有打开密码，无法读取")]
    Encrypted,
    /// It has more parts than the limit.
    #[error("文件由{found}个部分组成，上限为{most}个")]
    TooManyParts {
        /// How many it has.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// Two parts have the same name.
    #[error("文件内部有重名的部分")]
    SameName,
    /// A name leads out of the package.
    #[error("文件内部有指向文件之外的名称“{0}”")]
    Outside(String),
    /// All parts together are larger than the limit.
    #[error("文件解压后超过{mib} MB")]
    TooLarge {
        /// The limit, in MiB.
        mib: u64,
    },
    /// A part inflates to many times its packed size.
    #[error("文件内部有压缩比异常的部分")]
    Bomb,
}

/// Is shown the inflated bytes of each part, one window after the other, with the name of the part. A window repeats
/// the last [`WINDOW_OVERLAP`] bytes of the one before, so that a short text is seen whole in one of them.
pub type Watch<'w> = dyn FnMut(&str, &[u8]) + 'w;

/// So many bytes two windows have in common.
pub const WINDOW_OVERLAP: usize = 16;

const WINDOW: usize = 64 * 1024;

/// Inflates every part and notes its size.
pub(super) fn inspect(
    package: &mut Package<'_>,
    limits: &Limits,
    watch: &mut Watch<'_>,
) -> Result<(), PackageFault> {
    check_names(package, limits)?;
    let mut total = 0;
    for (index, part) in package.parts.iter_mut().enumerate() {
        let raw = package.archive.by_index_raw(index).map_err(|_| PackageFault::Broken)?;
        if raw.encrypted() {
            return Err(PackageFault::Encrypted);
        }
        drop(raw);
        let file = package.archive.by_index(index).map_err(|_| PackageFault::Undecodable)?;
        let bytes = inflate(file, total, limits, &mut |window| watch(&part.name, window))?;
        total += bytes;
        part.bytes = Some(bytes);
    }
    Ok(())
}

fn check_names(package: &Package<'_>, limits: &Limits) -> Result<(), PackageFault> {
    let found = package.archive.len();
    if found > limits.parts {
        return Err(PackageFault::TooManyParts { found, most: limits.parts });
    }
    if package.archive.has_duplicate_names() {
        return Err(PackageFault::SameName);
    }
    let mut seen = BTreeSet::new();
    for raw in package.archive.file_names_raw() {
        let name = String::from_utf8_lossy(raw).replace('\\', "/").to_lowercase();
        if name.starts_with('/') || name.contains(':') || name.split('/').any(|it| it == "..") {
            return Err(PackageFault::Outside(name));
        }
        if !seen.insert(name) {
            return Err(PackageFault::SameName);
        }
    }
    Ok(())
}

fn inflate<R: Read>(
    mut part: ZipFile<'_, R>,
    before: u64,
    limits: &Limits,
    watch: &mut dyn FnMut(&[u8]),
) -> Result<u64, PackageFault> {
    let packed = part.compressed_size().max(1);
    let mut buffer = vec![0; WINDOW];
    let (mut kept, mut bytes) = (0, 0);
    loop {
        let n = part.read(&mut buffer[kept..]).map_err(|_| PackageFault::Undecodable)?;
        if n == 0 {
            return Ok(bytes);
        }
        bytes += n as u64;
        if before + bytes > limits.inflated_bytes {
            return Err(PackageFault::TooLarge { mib: limits.inflated_bytes >> 20 });
        }
        if bytes > limits.ratio_from && bytes / packed > limits.ratio {
            return Err(PackageFault::Bomb);
        }
        let filled = kept + n;
        watch(&buffer[..filled]);
        kept = filled.min(WINDOW_OVERLAP);
        buffer.copy_within(filled - kept..filled, 0);
    }
}
