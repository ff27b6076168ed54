//! The regulations of a project and the texts of its handbooks: read, and proof-read against each other.

use std::path::{Path, PathBuf};

use super::head::Reading;
use super::model::Regulation;
use super::proof::{Ground, Shelf, proofread};
use super::read;
use super::text::{HandbookText, bind_texts};
use finding::{Report, Sources};
use project::Project;
use source::{Folders, SourceError, collect_texts};

/// What the folders of a project hold.
#[derive(Debug)]
pub struct Collection {
    /// The regulations, in the order of their paths.
    pub regulations: Vec<Regulation>,
    /// The texts of the handbooks, in the order of their paths.
    pub texts: Vec<HandbookText>,
    /// How many files there were, readable or not.
    pub n_files: usize,
}

/// Reads the regulations and the texts of the handbooks, and proof-reads them.
///
/// # Errors
/// If a folder is not there or cannot be listed.
pub fn collect(
    (root, excluded): (&Path, &[PathBuf]),
    (project, reading): (&Project, &Reading),
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Collection, SourceError> {
    let folders = Folders { root, wanted: &project.regulations, excluded };
    let found = collect_texts(folders, sources, report)?;
    let of_handbooks = collect_texts(Folders { wanted: &project.handbooks, ..folders }, sources, report)?;
    let n_files = found.n_files + of_handbooks.n_files;
    let (regulations, catalogue) = read(found, reading, sources, report);
    let texts = bind_texts(of_handbooks.texts, sources, report);
    let ground = Ground { institution: &project.institution, as_of: project.as_of, reading };
    let shelf = Shelf { regulations: &regulations, texts: &texts, catalogue: &catalogue };
    proofread(shelf, ground, sources, report);
    Ok(Collection { regulations, texts, n_files })
}
