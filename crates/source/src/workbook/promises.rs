//! A workbook's package as it is inflated: which parts cost another reading, and what calamine would believe of it.

use std::collections::BTreeSet;

use memchr::memmem::Finder;

use crate::package::{open_watched, unsafe_package};
use crate::{Limits, Refusal};
use ooxml::{Event, Package, attribute, each_event};

/// In which parts stands what costs another reading; names in lower case.
#[derive(Debug, Default)]
pub(super) struct Noticed {
    /// Parts with formulas.
    pub(super) formulas: BTreeSet<String>,
    /// Parts that may hide rows or columns.
    pub(super) hiding: BTreeSet<String>,
    /// Parts with text that is struck out.
    pub(super) striking: BTreeSet<String>,
}

/// What stands in rows and columns that are not shown: they are hidden, or have no height or width.
const HIDING: [&[u8]; 5] = [b"hidden", b" ht=\"0", b" ht='0", b" width=\"0", b" width='0"];
/// The element of text that is struck out.
const STRIKE: &[u8] = b"strike";

/// Bytes of the text that [`opens_formula`] looks for.
const LONGEST_OPENING: usize = 3;

/// Opens a workbook's package, and gives what was noticed on the way.
pub(super) fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<(Package<'b>, Noticed), Refusal> {
    let mut noticed = Noticed::default();
    let hiding = HIDING.map(Finder::new);
    let strike = Finder::new(STRIKE);
    let mut package = open_watched(bytes, limits, &mut |name, window| {
        if opens_formula(window) {
            noticed.formulas.insert(name.to_ascii_lowercase());
        }
        if hiding.iter().any(|it| it.find(window).is_some()) {
            noticed.hiding.insert(name.to_ascii_lowercase());
        }
        if strike.find(window).is_some() {
            noticed.striking.insert(name.to_ascii_lowercase());
        }
    })?;
    let is_strings = |it: &&str| it.to_ascii_lowercase().ends_with("sharedstrings.xml");
    for name in package.names().filter(is_strings).map(str::to_owned).collect::<Vec<_>>() {
        check_shared_strings(&mut package, &name)?;
    }
    Ok((package, noticed))
}

/// Whether an element `f`, with or without a prefix, begins somewhere in the bytes.
fn opens_formula(bytes: &[u8]) -> bool {
    bytes
        .windows(LONGEST_OPENING)
        .any(|it| matches!(it, [b'<' | b':', b'f', b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n']))
}

/// calamine reserves memory for as many strings as `uniqueCount` promises; a promise that the part
/// is too short to keep would end the process.
fn check_shared_strings(package: &mut Package<'_>, part: &str) -> Result<(), Refusal> {
    const SHORTEST_ITEM: u64 = "<si/>".len() as u64;
    /// So many strings take 24 MB to reserve, however short the part; some writers promise too many.
    const HARMLESS: u64 = 1_000_000;
    let mut promised = None;
    each_event(package, part, &mut |event| match event {
        Event::Start(it) if it.local_name().as_ref() == "sst" => {
            // `count` is another matter: how often the strings are used, which is more than there are.
            promised = attribute(it, "uniqueCount").and_then(|it| it.trim().parse::<u128>().ok());
            None
        }
        _ => Some(()),
    });
    let most = (package.size(part).unwrap_or(0) / SHORTEST_ITEM).max(HARMLESS);
    if promised.is_none_or(|it| it <= u128::from(most)) {
        Ok(())
    } else {
        Err(unsafe_package("文件内部的字符串数量与内容不符"))
    }
}
