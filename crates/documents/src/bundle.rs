//! A bundle: files that go to somebody together, with a list of them by which they can be checked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::captions::Pattern;

/// The words of the list of files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverWords {
    /// The name of the list, without its ending.
    pub name: Arc<str>,
    /// Its title, of whom the bundle goes to.
    pub title: Pattern,
    /// What is said of the sums.
    pub line: Arc<str>,
}

/// Files that are packed together, by their names in the bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    parts: BTreeMap<String, Vec<u8>>,
}

impl CoverWords {
    /// The name of the list, which no other file of the bundle may have.
    pub fn file_name(&self) -> String {
        format!("{}.txt", self.name)
    }

    /// The list of files, with the sums by which they can be checked.
    fn list(&self, unit: &str, notes: &[String], parts: &BTreeMap<String, Vec<u8>>) -> String {
        // Editors of Windows know UTF-8 by this mark.
        let mut text = format!("\u{FEFF}{}\r\n{}\r\n\r\n", self.title.filled(&[unit]), self.line);
        for (name, bytes) in parts {
            let sum: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
            let _infallible = write!(text, "{sum}  {name}\r\n");
        }
        let notes: String = notes.iter().map(|it| format!("{it}\r\n")).collect();
        if notes.is_empty() { text } else { format!("{text}\r\n{notes}") }
    }
}

impl Bundle {
    /// A bundle for somebody, with its list; what is noted stands below the sums.
    pub fn new(
        mut parts: BTreeMap<String, Vec<u8>>,
        words: &CoverWords,
        unit: &str,
        notes: &[String],
    ) -> Self {
        let list = words.list(unit, notes, &parts);
        parts.insert(words.file_name(), list.into_bytes());
        Self { parts }
    }

    /// The files in the order of their names, the list among them.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_lists_its_files_with_their_sums_and_what_is_noted_below() {
        let words =
            CoverWords { name: "清单".into(), title: Pattern::of("{}的文件"), line: "校验值".into() };
        let parts = BTreeMap::from([("甲.pdf".to_owned(), b"abc".to_vec())]);
        let bundle = Bundle::new(parts, &words, "甲学院", &["缺乙".to_owned()]);
        let parts: Vec<(&str, &[u8])> = bundle.parts().collect();
        let list = str::from_utf8(parts[0].1).unwrap();
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let wanted = format!("\u{FEFF}甲学院的文件\r\n校验值\r\n\r\n{sum}  甲.pdf\r\n\r\n缺乙\r\n");
        assert_eq!((parts[0].0, list, parts[1].0), ("清单.txt", wanted.as_str(), "甲.pdf"));
    }
}
