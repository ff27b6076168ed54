//! The source folders of a project become located cells: every file is found, read and reported on.

use super::{Content, Folders, Limits, SourceError, read, read_bytes, walk};
use crate::finding::{Origin, Report, Sources};

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name without folder and ending, which helps to tell what it holds.
    pub name: String,
    /// Its content.
    pub content: Content,
}

/// What the source folders hold.
#[derive(Debug, Clone)]
pub struct Collected {
    /// The files that could be read, in the order of their paths.
    pub files: Vec<Source>,
    /// How many files there were, readable or not.
    pub n_files: usize,
}

/// Reads every file of the source folders. A file that cannot be read is a finding, and the others are read.
///
/// `step` is called with the number of files before the first one, and after each.
///
/// # Errors
/// If a folder is not there or cannot be listed.
pub fn collect(
    folders: Folders<'_>,
    sources: &mut Sources,
    report: &mut Report,
    step: &dyn Fn(usize, usize),
) -> Result<Collected, SourceError> {
    let limits = Limits::standard();
    let found = walk(folders, sources, report)?;
    let mut collected = Collected { files: Vec::new(), n_files: found.len() };
    for (idx, file) in found.iter().enumerate() {
        step(idx, found.len());
        let id = sources.add(file.shown.clone());
        let bytes = match read_bytes(&file.path, &limits) {
            Ok(bytes) => bytes,
            Err(finding) => {
                report.push(finding.at(Origin::file(id)));
                continue;
            }
        };
        let reading = read(&bytes, &file.shown, id, &limits);
        sources.set_sheets(id, reading.sheets);
        report.append(reading.report);
        collected.files.extend(reading.content.map(|content| Source { name: stem(&file.shown), content }));
    }
    step(found.len(), found.len());
    Ok(collected)
}

/// The name of a file without folder and ending.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
