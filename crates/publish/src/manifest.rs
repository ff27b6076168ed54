//! The manifest: what was published, by path and SHA-256, so that the next run knows what is ours.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use documents::{Artefact, Made, Withheld, folded, safe_name};

use super::{About, Edition};

/// Name of the manifest in the output folder.
pub(super) const MANIFEST: &str = "manifest.json";

/// Name of the folder that takes documents which are withheld now and were published before.
pub(super) const SUPERSEDED: &str = "superseded";

/// What one run published. Unknown keys are ignored when it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The project: the name of its folder. None for what belongs to no project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// The institution; as the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// The period that the documents are about; as the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Dates>,
    /// The files, sorted by path, each path once.
    pub files: Vec<Entry>,
    /// The documents that were withheld, sorted by path.
    pub withheld: Vec<WithheldEntry>,
}

/// A period, both days included, as ISO dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Its kind, as `--only` names it.
    pub kind: String,
    /// SHA-256 of its content, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many pages it has, where it has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// The foreign program that made it, as it calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The keys of the records that it is about.
    #[serde(default)]
    pub records: Vec<String>,
}

/// A document that was withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldEntry {
    /// The path that it would have had.
    pub path: String,
    /// Its kind.
    pub kind: String,
    /// The codes of the findings that withhold it, sorted, each once.
    pub codes: Vec<String>,
}

impl Manifest {
    /// A manifest without a file. What belongs to no project leaves the folder to the project whose it was.
    pub(super) fn empty(edition: &Edition<'_>, last: Option<&Self>) -> Self {
        let (files, withheld) = (Vec::new(), Vec::new());
        let Some(About { project, institution, period: (from, to) }) = edition.about else {
            let (project, institution, period) = last
                .map(|it| (it.project.clone(), it.institution.clone(), it.period.clone()))
                .unwrap_or_default();
            return Self { project, institution, period, files, withheld };
        };
        Self {
            project: project.map(str::to_owned),
            institution: Some(institution.to_owned()),
            period: Some(Dates { from: from.to_string(), to: to.to_string() }),
            files,
            withheld,
        }
    }

    /// Reads a manifest; `None` if the bytes are not one. Entries whose path we would never have
    /// written are left out: such a manifest was changed by somebody.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut manifest: Self = serde_json::from_slice(bytes).ok()?;
        manifest.files.retain(|it| is_publishable(&it.path));
        Some(manifest)
    }

    /// The manifest as it is written: sorted, indented, a line break at the end.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// The entries by path.
    pub(super) fn by_path(&self) -> BTreeMap<&str, &Entry> {
        self.files.iter().map(|it| (it.path.as_str(), it)).collect()
    }

    /// Replaces or adds the entry of a path, and keeps the order.
    pub(super) fn put(&mut self, entry: Entry) {
        match self.files.binary_search_by(|it| it.path.cmp(&entry.path)) {
            Ok(at) => self.files[at] = entry,
            Err(at) => self.files.insert(at, entry),
        }
    }

    /// Puts files and withheld documents in order.
    pub(super) fn sort(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.withheld.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

impl Entry {
    /// The entry of a document.
    pub(super) fn of(Made { artefact, bytes, pages, .. }: &Made) -> Self {
        Self {
            path: artefact.path.clone(),
            kind: artefact.kind.id().to_owned(),
            sha256: sha256(bytes),
            bytes: bytes.len() as u64,
            pages: *pages,
            by: artefact.by.as_deref().map(str::to_owned),
            records: artefact.records.iter().map(|it| it.as_ref().to_owned()).collect(),
        }
    }
}

impl WithheldEntry {
    /// The entry of a withheld document.
    pub(super) fn of(withheld: &Withheld) -> Self {
        let Artefact { path, kind, .. } = &*withheld.artefact;
        Self { path: path.clone(), kind: kind.id().to_owned(), codes: withheld.codes.clone() }
    }
}

/// Whether a document may have this path: relative, safe on Windows in every component, and none
/// of the names that publishing itself uses.
pub(super) fn is_publishable(path: &str) -> bool {
    let first = folded(path.split('/').next().unwrap_or(path));
    first != MANIFEST && first != SUPERSEDED && path.split('/').all(|it| safe_name(it) == it)
}

/// The SHA-256 of some bytes, in lower-case hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let json = r#"{
  "project": "2024",
  "institution": "示例理工大学",
  "period": {
    "from": "2024-01-01",
    "to": "2024-12-31"
  },
  "files": [
    {
      "path": "forms/甲.pdf",
      "kind": "forms",
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "bytes": 3,
      "pages": 8,
      "records": [
        "甲"
      ]
    }
  ],
  "withheld": [
    {
      "path": "forms/乙.pdf",
      "kind": "forms",
      "codes": [
        "missing-value"
      ]
    }
  ]
}
"#;
        let manifest = Manifest::parse(json.as_bytes()).unwrap();
        assert_eq!(manifest.to_json().unwrap(), json);
        assert_eq!(manifest.files[0].sha256, sha256(b"abc"));
        assert_eq!(Manifest::parse(b"{\"project\": 1"), None);
        let bare = r#"{"files": [], "withheld": []}"#;
        let bare = Manifest::parse(bare.as_bytes()).unwrap();
        assert_eq!(bare.to_json().unwrap(), "{\n  \"files\": [],\n  \"withheld\": []\n}\n");
    }

    #[test]
    fn paths_that_lead_elsewhere_or_are_our_own_are_refused() {
        for path in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "C:/a", "a\\b", "nul", "a/b."] {
            assert!(!is_publishable(path), "{path}");
        }
        for path in ["manifest.json", "Manifest.JSON", "superseded/a.pdf", ".huibian.lock"] {
            assert!(!is_publishable(path), "{path}");
        }
        assert!(is_publishable("forms/model-branch/机械工程学院/党建工作样板支部申报书-机械.pdf"));
    }
}
