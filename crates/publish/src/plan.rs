//! What publishing will do: compared from the edition, the last manifest and the files on disk.

use std::collections::BTreeMap;

use super::folder::{Folder, Found};
use super::manifest::{Entry, Manifest, WithheldEntry, is_publishable};
use super::{Edition, PublishError, Published};
use documents::{Made, folded};

/// The steps of publishing an edition, and the manifest that will be true after them.
pub(super) struct Steps<'a> {
    /// Documents to be written, sorted by path.
    pub(super) write: Vec<&'a Made>,
    /// Files of ours to be moved below `superseded/`.
    pub(super) supersede: Vec<String>,
    /// Files of ours to be removed.
    pub(super) remove: Vec<String>,
    /// The new manifest.
    pub(super) manifest: Manifest,
    unchanged: Vec<String>,
    kept: Vec<String>,
    refused: Vec<String>,
    unusable: Vec<String>,
}

/// Divides documents into those that a file can be made for, by path, and those whose path none can have, or that would
/// overwrite each other on some system.
fn sorted(documents: &[Made]) -> (BTreeMap<&str, &Made>, Vec<&Made>) {
    let mut namesakes: BTreeMap<String, usize> = BTreeMap::new();
    documents.iter().for_each(|it| *namesakes.entry(folded(&it.artefact.path)).or_default() += 1);
    let (usable, unusable): (Vec<_>, Vec<_>) = documents
        .iter()
        .partition(|it| is_publishable(&it.artefact.path) && namesakes[&folded(&it.artefact.path)] == 1);
    (usable.into_iter().map(|it| (it.artefact.path.as_str(), it)).collect(), unusable)
}

impl<'a> Steps<'a> {
    /// Compares the edition with what the folder holds; `last` is the settled manifest.
    pub(super) fn new(
        folder: &Folder,
        edition: &'a Edition<'_>,
        last: &Option<Manifest>,
    ) -> Result<Self, PublishError> {
        let ours = last.as_ref().map(Manifest::by_path).unwrap_or_default();
        let mut plan = Self {
            write: Vec::new(),
            supersede: Vec::new(),
            remove: Vec::new(),
            manifest: Manifest::empty(edition, last.as_ref()),
            unchanged: Vec::new(),
            kept: Vec::new(),
            refused: Vec::new(),
            unusable: Vec::new(),
        };
        let (planned, unusable) = sorted(&edition.documents);
        plan.unusable.extend(unusable.into_iter().map(|it| it.artefact.path.clone()));
        for (path, document) in &planned {
            plan.take(document, &folder.find(path)?, ours.get(path).copied());
        }
        for entry in ours.values().filter(|it| !planned.contains_key(it.path.as_str())) {
            match edition.scope.covers(&entry.kind) {
                true => plan.retire(entry, &folder.find(&entry.path)?, edition),
                false => plan.manifest.files.push((*entry).clone()),
            }
        }
        plan.withhold(folder, edition, last)?;
        plan.unusable.sort();
        plan.manifest.sort();
        Ok(plan)
    }

    /// Whether the folder is already as the plan wants it.
    pub(super) fn is_done(&self, last: &Option<Manifest>) -> bool {
        // Files that move away leave the manifest, so comparing it covers them.
        self.write.is_empty() && last.as_ref() == Some(&self.manifest)
    }

    /// What the plan will have done, once it is carried out.
    pub(super) fn outcome(self) -> Published {
        Published {
            written: self.write.iter().map(|it| it.artefact.path.clone()).collect(),
            unchanged: self.unchanged,
            removed: self.remove,
            superseded: self.supersede,
            kept: self.kept,
            refused: self.refused,
            unusable: self.unusable,
            damaged_manifest: None,
        }
    }

    /// Decides about a document; `ours` is its entry in the last manifest.
    fn take(&mut self, document: &'a Made, found: &Found, ours: Option<&Entry>) {
        let entry = Entry::of(document);
        let is_ours = ours.is_some_and(|it| found.is(&it.sha256));
        if *found == Found::Impossible {
            return self.unusable.push(entry.path);
        } else if found.is(&entry.sha256) {
            self.unchanged.push(entry.path.clone());
        } else if *found == Found::Nothing || is_ours {
            self.write.push(document);
        } else {
            self.refused.push(entry.path.clone());
            // The old entry stays, so that the file is ours again once somebody restores it.
            return self.manifest.files.extend(ours.cloned());
        }
        self.manifest.files.push(entry);
    }

    /// Decides about a file of the last manifest that the edition does not hold.
    fn retire(&mut self, entry: &Entry, found: &Found, edition: &Edition<'_>) {
        let path = entry.path.clone();
        if !found.is(&entry.sha256) {
            if found.is_there() {
                // The entry stays, so that every run says it again until somebody has looked.
                self.kept.push(path);
                self.manifest.files.push(entry.clone());
            }
        } else if !edition.is_complete || edition.withheld.iter().any(|it| it.artefact.path == path) {
            self.supersede.push(path);
        } else {
            self.remove.push(path);
        }
    }

    /// Lists the withheld documents, and what stands in their places without being ours.
    fn withhold(
        &mut self,
        folder: &Folder,
        edition: &Edition<'_>,
        last: &Option<Manifest>,
    ) -> Result<(), PublishError> {
        let ours = last.as_ref().map(Manifest::by_path).unwrap_or_default();
        for withheld in edition.withheld {
            let path = &withheld.artefact.path;
            let unknown = is_publishable(path) && !ours.contains_key(path.as_str());
            if unknown && folder.find(path)?.is_there() {
                self.kept.push(path.clone());
            }
            self.manifest.withheld.push(WithheldEntry::of(withheld));
        }
        self.kept.sort();
        let before = last.iter().flat_map(|it| &it.withheld);
        self.manifest.withheld.extend(before.filter(|it| !edition.scope.covers(&it.kind)).cloned());
        Ok(())
    }
}
