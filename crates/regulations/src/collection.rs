//! The regulations of a project and the texts of its handbooks: read, and proof-read against each other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::head::Reading;
use super::model::Regulation;
use super::proof::{Ground, Shelf, proofread};
use super::read;
use super::references::{Reference, references, references_of_texts};
use super::text::{HandbookText, bind_texts};
use finding::{Report, Sources, Target};
use project::Project;
use source::{Folders, SourceError, collect_texts};

/// What the folders of a project hold.
#[derive(Debug)]
pub struct Collection {
    /// The regulations, in the order of their paths.
    pub regulations: Vec<Regulation>,
    /// The texts of the handbooks, in the order of their paths.
    pub texts: Vec<HandbookText>,
    /// What both cite.
    pub references: References,
    /// How many files there were, readable or not.
    pub n_files: usize,
}

/// What regulations and texts cite.
#[derive(Debug, Default)]
pub struct References {
    /// The citations of the regulations.
    pub of_regulations: Vec<Reference>,
    /// The citations of the texts of handbooks.
    pub of_texts: Vec<Reference>,
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
    // Whatever is wrong with a text, or with what stands beside it, is about that file, not about records.
    let mut said = Report::default();
    let folders = Folders { root, wanted: &project.regulations, excluded };
    let collected = read_all((folders, &project.handbooks), (project, reading), sources, &mut said);
    report.append_about(said, |it| it.origin.map(|it| Target::Text(it.file)));
    collected
}

fn read_all(
    (folders, of_handbooks): (Folders<'_>, &[Arc<str>]),
    (project, reading): (&Project, &Reading),
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Collection, SourceError> {
    let names = reading.catalogue_names();
    let found = collect_texts(folders, &names, sources, report)?;
    let of_handbooks = Folders { wanted: of_handbooks, ..folders };
    let of_handbooks = collect_texts(of_handbooks, &names, sources, report)?;
    let n_files = found.n_files + of_handbooks.n_files;
    let (regulations, catalogue) = read(found, reading, sources, report);
    let texts = bind_texts(of_handbooks.texts, &reading.diction, sources, report);
    let ground = Ground { institution: &project.institution, as_of: project.as_of, reading };
    let references = References {
        of_regulations: references(&regulations, ground),
        of_texts: references_of_texts(&texts, &regulations, ground),
    };
    let shelf =
        Shelf { regulations: &regulations, texts: &texts, catalogue: &catalogue, references: &references };
    proofread(shelf, ground, sources, report);
    Ok(Collection { regulations, texts, references, n_files })
}
