//! The source folders of a project become located cells: every file is found, read and reported on.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{Content, Folders, Grid, Limits, SourceError, read, read_bytes, read_source, walk};
use finding::{FileId, Finding, Origin, Place, Report, Sources, Target};

/// The SHA-256 of a file's bytes.
pub type Digest = [u8; 32];

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file.
    pub file: FileId,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Files with the same bytes, which were not read once more.
    pub repeats: Vec<FileId>,
    /// Its name without folder and ending, which helps to tell what it holds.
    pub name: String,
    /// Its content.
    pub content: Content,
    /// The lists in it that the program itself once gave back with it.
    pub lists: Vec<Grid>,
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
    let mut known: BTreeMap<Digest, usize> = BTreeMap::new();
    // What is said about each file that counts, in the order of those files.
    let mut reports: Vec<Report> = Vec::new();
    for (idx, file) in found.iter().enumerate() {
        step(idx, found.len());
        let id = sources.add(file.shown.clone());
        let bytes = match read_source(&file.path, id, &mut *sources, &limits) {
            Ok(bytes) => bytes,
            Err(finding) => {
                let place = Origin::file(id);
                report.push(finding.at(place).about(Target::part_at(place)));
                continue;
            }
        };
        let digest = sources.stored(id).map_or_else(|| Sha256::digest(&bytes).into(), |it| it.digest);
        let name = stem(&file.shown);
        let place = match known.get(&digest) {
            Some(place) if collected.files[*place].name.chars().count() <= name.chars().count() => {
                collected.files[*place].repeats.push(id);
                continue;
            }
            place => place.copied(),
        };
        let reading = read(&bytes, &file.shown, id, &limits);
        if reading.is_text {
            sources.set_tables(id, reading.sheets);
        } else {
            sources.set_sheets(id, reading.sheets);
        }
        let Some(content) = reading.content else {
            report.append_about(reading.report, part_of);
            continue;
        };
        let source =
            Source { file: id, digest, repeats: Vec::new(), name, content, lists: reading.own_lists };
        match place {
            // The copy was met first: 党员(1).xlsx stands before 党员.xlsx.
            Some(place) => {
                let copy = std::mem::replace(&mut collected.files[place], source);
                collected.files[place].repeats = copy.repeats;
                collected.files[place].repeats.push(copy.file);
                reports[place] = said_of_parts(reading.report);
            }
            None => {
                known.insert(digest, collected.files.len());
                collected.files.push(source);
                reports.push(said_of_parts(reading.report));
            }
        }
    }
    reports.into_iter().for_each(|it| report.append(it));
    step(found.len(), found.len());
    Ok(collected)
}

/// The files of other source folders by what they hold, such as last year's: to know one of them when it comes again.
///
/// Files that cannot be opened are left out: nobody can have sent them.
///
/// # Errors
/// If a folder is not there or cannot be listed.
pub fn digests(folders: Folders<'_>) -> Result<BTreeMap<Digest, Arc<str>>, SourceError> {
    let limits = Limits::standard();
    let found = walk(folders, &mut Sources::default(), &mut Report::default())?;
    let digest = |bytes: Vec<u8>| Sha256::digest(&bytes).into();
    let files =
        found.into_iter().filter_map(|it| Some((digest(read_bytes(&it.path, &limits).ok()?), it.shown)));
    Ok(files.collect())
}

/// The part of a returned file that a finding is about, unless it says so itself.
fn part_of(finding: &Finding) -> Option<Target> {
    finding.origin.filter(|_| finding.about.is_empty()).map(Target::part_at)
}

/// Findings on sheets and cells are about that part of the file. What a place in a tree belongs to is known to whoever reads
/// its records.
fn said_of_parts(report: Report) -> Report {
    let is_in_tree = |it: &Finding| matches!(it.origin.map(|it| it.place), Some(Place::Text { .. }));
    let mut settled = Report::default();
    settled.append_about(report, |it| if is_in_tree(it) { None } else { part_of(it) });
    settled
}

/// The name of a file without folder and ending.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
