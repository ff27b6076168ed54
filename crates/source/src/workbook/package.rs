//! A look at a zip package before any reader is let near it: names, real sizes, false promises.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use memchr::memmem::Finder;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::sniff::encrypted;
use crate::{Limits, Refusal, refusal};
use finding::codes;

/// A zip package in memory.
pub(crate) type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// In which parts stands what costs another reading; names in lower case, with `/`.
#[derive(Debug, Default)]
pub(crate) struct Noticed {
    /// Parts with formulas.
    pub(crate) formulas: BTreeSet<String>,
    /// Parts that may hide rows or columns.
    pub(crate) hiding: BTreeSet<String>,
}

/// Opens a package and inflates every part once, counting: sizes and check sums that the package
/// declares about itself prove nothing.
///
/// Gives the package and what was noticed on the way.
pub(crate) fn inspect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<(Package<'a>, Noticed), Refusal> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("文件不完整，无法打开"))?;
    check_names(&package, limits)?;
    let mut noticed = Noticed::default();
    let mut total = 0;
    for index in 0..package.len() {
        let raw = package.by_index_raw(index).map_err(|_| damaged("文件不完整，无法打开"))?;
        if raw.encrypted() {
            return Err(encrypted());
        }
        drop(raw);
        let mut part = package.by_index(index).map_err(|_| damaged("文件内部有无法解压的部分"))?;
        let counted = inflate(&mut part, total, limits)?;
        total += counted.bytes;
        let name = part.name().map(|it| it.into_owned()).unwrap_or_default();
        drop(part);
        let part_name = || name.replace('\\', "/").to_ascii_lowercase();
        if counted.has_formulas {
            noticed.formulas.insert(part_name());
        }
        if counted.hides {
            noticed.hiding.insert(part_name());
        }
        if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            check_shared_strings(&mut package, index, counted.bytes)?;
        }
    }
    Ok((package, noticed))
}

/// The finding for a package that is not whole.
pub(crate) fn damaged(message: impl Into<String>) -> Refusal {
    refusal(&codes::FILE_DAMAGED, message, "请确认该文件能用 WPS 或 Excel 打开，另存为 xlsx 后重新提交")
}

fn unsafe_package(message: impl Into<String>) -> Refusal {
    refusal(&codes::FILE_UNSAFE, message, "请用 WPS 或 Excel 打开，另存为 xlsx 后重新提交")
}

fn check_names(package: &Package<'_>, limits: &Limits) -> Result<(), Refusal> {
    if package.len() > limits.parts {
        let n = package.len();
        return Err(refusal(
            &codes::FILE_TOO_LARGE,
            format!("文件由{n}个部分组成，上限为{}个", limits.parts),
            "请删去其中的图片等对象后另存",
        ));
    }
    if package.has_duplicate_names() {
        return Err(unsafe_package("文件内部有重名的部分"));
    }
    let mut seen = BTreeSet::new();
    for raw in package.file_names_raw() {
        let name = String::from_utf8_lossy(raw).replace('\\', "/").to_lowercase();
        if name.starts_with('/') || name.contains(':') || name.split('/').any(|it| it == "..") {
            return Err(unsafe_package(format!("文件内部有指向文件之外的名称“{name}”")));
        }
        if !seen.insert(name) {
            return Err(unsafe_package("文件内部有重名的部分"));
        }
    }
    Ok(())
}

struct Counted {
    bytes: u64,
    has_formulas: bool,
    hides: bool,
}

fn inflate<R: Read>(part: &mut ZipFile<'_, R>, before: u64, limits: &Limits) -> Result<Counted, Refusal> {
    let packed = part.compressed_size().max(1);
    let mut buffer = vec![0; 64 * 1024];
    let mut kept = 0;
    let mut counted = Counted { bytes: 0, has_formulas: false, hides: false };
    let hidden = Finder::new(HIDDEN);
    loop {
        let n = part.read(&mut buffer[kept..]).map_err(|_| damaged("文件内部有无法解压的部分"))?;
        if n == 0 {
            return Ok(counted);
        }
        counted.bytes += n as u64;
        if before + counted.bytes > limits.inflated_bytes {
            let mib = limits.inflated_bytes >> 20;
            return Err(refusal(
                &codes::FILE_TOO_LARGE,
                format!("文件解压后超过{mib} MB"),
                "请删去无关的工作表、图片和空白格式后另存",
            ));
        }
        if counted.bytes > limits.ratio_from && counted.bytes / packed > limits.ratio {
            return Err(unsafe_package("文件内部有压缩比异常的部分"));
        }
        let filled = kept + n;
        counted.has_formulas = counted.has_formulas || opens_formula(&buffer[..filled]);
        counted.hides = counted.hides || hidden.find(&buffer[..filled]).is_some();
        kept = filled.min(HIDDEN.len() - 1);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// The attribute of rows and columns that are not shown.
const HIDDEN: &[u8] = b"hidden";

/// Bytes of the text that [`opens_formula`] looks for; fewer than those of [`HIDDEN`].
const LONGEST_OPENING: usize = 3;

/// Whether an element `f`, with or without a prefix, begins somewhere in the bytes.
fn opens_formula(bytes: &[u8]) -> bool {
    bytes
        .windows(LONGEST_OPENING)
        .any(|it| matches!(it, [b'<' | b':', b'f', b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n']))
}

/// calamine reserves memory for as many strings as `uniqueCount` promises; a promise that the part
/// is too short to keep would end the process.
fn check_shared_strings(package: &mut Package<'_>, index: usize, inflated: u64) -> Result<(), Refusal> {
    const SHORTEST_ITEM: u64 = "<si/>".len() as u64;
    /// So many strings take 24 MB to reserve, however short the part; some writers promise too many.
    const HARMLESS: u64 = 1_000_000;
    let part = package.by_index(index).map_err(|_| damaged("文件内部有无法解压的部分"))?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(it) | Event::Empty(it)) if it.local_name().as_ref() == "sst" => {
                // `count` is another matter: how often the strings are used, which is more than there are.
                let attribute = it.try_get_attribute("uniqueCount").ok().flatten();
                let promised = attribute.and_then(|it| it.value.trim().parse::<u128>().ok()).unwrap_or(0);
                let kept = promised <= u128::from((inflated / SHORTEST_ITEM).max(HARMLESS));
                return if kept {
                    Ok(())
                } else {
                    Err(unsafe_package("文件内部的字符串数量与内容不符"))
                };
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}
