//! The folders of texts become manuscripts: every file is found, read and reported on.
//!
//! Beside the texts stand workbooks that list them, and front matter in files of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Manuscript, blocks, read};
use crate::{Content, Folders, FoundFile, Limits, Refusal, SourceError, docx, read_source, walk, yaml};
use finding::{FileId, Finding, Origin, Report, Sources, codes};

/// A text that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The file in which the text itself stands; its front matter may be a file of its own.
    pub file: FileId,
    /// What it holds.
    pub manuscript: Manuscript,
}

/// What the folders hold.
#[derive(Debug, Clone, Default)]
pub struct CollectedTexts {
    /// The texts that could be read, in the order of their paths.
    pub texts: Vec<Text>,
    /// Workbooks that list the texts: 制度目录.xlsx.
    pub catalogues: Vec<Listing>,
    /// How many files there were, readable or not.
    pub n_files: usize,
}

/// A workbook that lists the texts.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Its name without folder and ending, which helps to tell what it holds.
    pub name: String,
    /// Its sheets.
    pub content: Content,
}

/// What a file of the folders is.
#[derive(Debug, Clone, Copy)]
enum FolderFile<'f> {
    Markdown,
    /// A Word document, with its front matter if that stands beside it.
    Word(Option<&'f FoundFile>),
    /// A Word document or its front matter, beside the Markdown that was made from it.
    Superseded,
    /// The front matter of a Word document, which is read with it.
    Front,
    /// Front matter that belongs to nothing.
    Lonely,
    /// A word processor's file of another format.
    OtherDocument,
    /// A workbook that lists the texts.
    Catalogue,
    Foreign,
}

/// The files by their paths in lower case.
type Paths<'f> = BTreeMap<String, &'f FoundFile>;

/// Reads every file of the folders. A file that cannot be read, or is not a text, is a finding; the others are read.
///
/// A Word document has its front matter in a YAML file of the same name. If there is Markdown of the same name, that is
/// read in its place. A workbook whose name begins with one of `listings` lists the texts.
///
/// # Errors
/// If a folder is not there or cannot be listed.
pub fn collect_texts(
    folders: Folders<'_>,
    listings: &[&str],
    sources: &mut Sources,
    report: &mut Report,
) -> Result<CollectedTexts, SourceError> {
    let found = walk(folders, sources, report)?;
    let paths: Paths<'_> = found.iter().map(|it| (it.shown.to_lowercase(), it)).collect();
    let listings: Vec<String> = listings.iter().map(|it| it.to_lowercase()).collect();
    let mut collected = CollectedTexts { n_files: found.len(), ..CollectedTexts::default() };
    for it in &found {
        match kind(it, &paths, &listings) {
            FolderFile::Catalogue => collected.catalogues.extend(catalogue(it, sources, report)),
            kind => collected.texts.extend(text(it, kind, sources, report)),
        }
    }
    Ok(collected)
}

fn catalogue(found: &FoundFile, sources: &mut Sources, report: &mut Report) -> Option<Listing> {
    let limits = Limits::standard();
    let file = sources.add(found.shown.clone());
    let bytes = read_source(&found.path, file, &mut *sources, &limits)
        .map_err(|it| report.push(it.at(Origin::file(file))))
        .ok()?;
    let reading = crate::read(&bytes, &found.shown, file, &limits);
    sources.set_sheets(file, reading.sheets);
    report.append(reading.report);
    let (_, name) = folder_and_stem(&found.shown);
    Some(Listing { name: name.to_owned(), content: reading.content? })
}

fn text(found: &FoundFile, kind: FolderFile<'_>, sources: &mut Sources, report: &mut Report) -> Option<Text> {
    let file = sources.add(found.shown.clone());
    let read = match kind {
        FolderFile::Markdown => markdown(found, file, sources, report),
        FolderFile::Word(front) => word(found, file, front, sources, report),
        other => {
            if let Some(finding) = unread(other) {
                report.push(finding.at(Origin::file(file)));
            }
            return None;
        }
    };
    match read {
        Ok(manuscript) => Some(Text { file, manuscript }),
        Err(finding) => {
            let place = finding.origin.unwrap_or(Origin::file(file));
            report.push(finding.at(place));
            None
        }
    }
}

fn markdown(
    found: &FoundFile,
    file: FileId,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Manuscript, Refusal> {
    let limits = Limits::standard();
    let bytes = read_source(&found.path, file, sources, &limits)?;
    read(&bytes, file, &limits, report)
}

/// A Word document with its front matter. One whose front matter cannot be read is left out, and that is reported there.
fn word(
    found: &FoundFile,
    file: FileId,
    front: Option<&FoundFile>,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Manuscript, Refusal> {
    let limits = Limits::standard();
    let read = read_source(&found.path, file, &mut *sources, &limits)
        .and_then(|it| docx::read(&it, file, &limits, report));
    let front = match front {
        Some(beside) => {
            let place = sources.add(beside.shown.clone());
            let read = read_source(&beside.path, place, &mut *sources, &limits)
                .and_then(|it| yaml::read(&it, place, &limits, report));
            Some(read.map_err(|it| at_first(it, place))?)
        }
        None => None,
    };
    let document = read?;
    sources.set_paragraphs(file, document.beginnings);
    blocks::check_footnotes(&document.blocks, &document.footnotes, report);
    let manuscript = Manuscript { front, blocks: document.blocks, footnotes: document.footnotes };
    Ok(manuscript)
}

fn at_first(finding: Refusal, file: FileId) -> Refusal {
    let place = finding.origin.unwrap_or(Origin::file(file));
    Box::new(finding.at(place))
}

fn kind<'f>(found: &FoundFile, paths: &Paths<'f>, listings: &[String]) -> FolderFile<'f> {
    const FRONTS: [&str; 2] = ["yaml", "yml"];
    const BOOKS: [&str; 5] = ["xlsx", "xls", "xlsb", "ods", "et"];
    let path = found.shown.to_lowercase();
    let (stem, ending) = path.rsplit_once('.').unwrap_or((&path, ""));
    let beside = |ending: &str| paths.get(&format!("{stem}.{ending}")).copied();
    let front = || FRONTS.iter().find_map(|it| beside(it));
    let is_listing = || listings.iter().any(|it| folder_and_stem(&path).1.starts_with(it.as_str()));
    match ending {
        "md" => FolderFile::Markdown,
        "docx" | "yaml" | "yml" if beside("md").is_some() => FolderFile::Superseded,
        "docx" => FolderFile::Word(front()),
        it if FRONTS.contains(&it) => {
            let is_read = beside("docx").is_some() && front().is_some_and(|it| it == found);
            if is_read { FolderFile::Front } else { FolderFile::Lonely }
        }
        it if BOOKS.contains(&it) && is_listing() => FolderFile::Catalogue,
        "doc" | "wps" | "odt" | "rtf" | "docm" | "dotx" => FolderFile::OtherDocument,
        _ => FolderFile::Foreign,
    }
}

/// The finding for a file that is not read here.
fn unread(kind: FolderFile<'_>) -> Option<Finding> {
    let not_read =
        |message: &str, hint: &str| Some(Finding::new(&codes::REGULATION_NOT_READ, message).hint(hint));
    match kind {
        FolderFile::Markdown | FolderFile::Word(_) | FolderFile::Front | FolderFile::Catalogue => None,
        FolderFile::Superseded => {
            let finding = Finding::new(&codes::FILE_SKIPPED, "采用同名的 .md，该文件没有读取");
            Some(finding.hint("核对 .md 无误后，可以把该文件移出"))
        }
        FolderFile::OtherDocument => not_read(
            "该文件是旧格式或其他格式的文字处理文档，其中的条文没有读取",
            "请用 WPS 或 Word 打开，另存为 docx 后放回，文件头写在同名的 .yaml 里",
        ),
        FolderFile::Lonely => not_read("没有与该文件同名的正文，没有采用", "请补上正文，或移出该文件"),
        FolderFile::Foreign => not_read(
            "该文件不是 Markdown 或 Word 文档，没有读取",
            "制度请转为 .md 或 .docx；与制度无关的，请移出该文件夹",
        ),
    }
}

/// The folders of a path, and the name of its file without ending.
fn folder_and_stem(path: &str) -> (&str, &str) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folders, name.rsplit_once('.').map_or(name, |it| it.0))
}
