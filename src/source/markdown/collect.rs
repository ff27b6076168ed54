//! The folders of texts become manuscripts: every file is found, read and reported on.

//!
//! Beside the texts stand workbooks that list them, and front matter in files of its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Manuscript, read};
use crate::finding::{FileId, Finding, Origin, Report, Severity, Sources, codes};
use crate::source::{self, Content, Folders, FoundFile, Limits, SourceError, read_bytes, walk, yaml};

/// A text that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The file; that of its front matter, if that is a file of its own.
    pub file: FileId,
    /// What it holds.
    pub manuscript: Manuscript,
    /// Whether the text itself is a word processor's file that is not read: there is its front matter at most.
    pub lacks_body: bool,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Markdown,
    /// A word processor's file, and whether its front matter stands beside it.
    Document(Beside),
    /// The front matter of such a file, and whether that file is there.
    Front(Beside),
    /// A workbook that lists the texts.
    Catalogue,
    Foreign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    There,
    Missing,
}

/// Reads every file of the folders. One that cannot be read, or is no Markdown, is a finding, and the others are read.
///
/// Of a word processor's file only the front matter is read, from a YAML file of the same name.
///
/// # Errors
/// If a folder is not there or cannot be listed.
pub fn collect_texts(
    folders: Folders<'_>,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<CollectedTexts, SourceError> {
    let found = walk(folders, sources, report)?;
    let paths: BTreeSet<String> = found.iter().map(|it| it.shown.to_lowercase()).collect();
    let mut collected = CollectedTexts { n_files: found.len(), ..CollectedTexts::default() };
    for it in found {
        let kind = kind(&it.shown, &paths);
        if kind == Kind::Catalogue {
            collected.catalogues.extend(catalogue(&it, sources, report));
        } else {
            collected.texts.extend(text(&it, kind, sources, report));
        }
    }
    Ok(collected)
}

fn catalogue(found: &FoundFile, sources: &mut Sources, report: &mut Report) -> Option<Listing> {
    let limits = Limits::standard();
    let file = sources.add(found.shown.clone());
    let bytes = read_bytes(&found.path, &limits).map_err(|it| report.push(it.at(Origin::file(file)))).ok()?;
    let reading = source::read(&bytes, &found.shown, file, &limits);
    sources.set_sheets(file, reading.sheets);
    report.append(reading.report);
    let (_, name) = folder_and_stem(&found.shown);
    Some(Listing { name: name.to_owned(), content: reading.content? })
}

fn text(found: &FoundFile, kind: Kind, sources: &mut Sources, report: &mut Report) -> Option<Text> {
    let limits = Limits::standard();
    let file = sources.add(found.shown.clone());
    if let Some(finding) = unread(kind) {
        let is_error = finding.severity == Severity::Error;
        report.push(finding.at(Origin::file(file)));
        // The front matter beside a document is a file of its own.
        if is_error || kind == Kind::Document(Beside::There) {
            return None;
        }
    }
    let head_only = |front| Manuscript { front, blocks: Vec::new(), footnotes: Vec::new() };
    let lacks_body = matches!(kind, Kind::Front(_) | Kind::Document(_));
    let manuscript = match kind {
        Kind::Document(_) => Ok(head_only(None)),
        _ => read_bytes(&found.path, &limits).and_then(|bytes| match kind {
            Kind::Front(_) => Ok(head_only(Some(yaml::read(&bytes, file, &limits, report)?))),
            _ => read(&bytes, file, &limits, report),
        }),
    };
    match manuscript {
        Ok(manuscript) => Some(Text { file, manuscript, lacks_body }),
        Err(finding) => {
            let place = finding.origin.unwrap_or(Origin::file(file));
            report.push(finding.at(place));
            None
        }
    }
}

fn kind(path: &Arc<str>, paths: &BTreeSet<String>) -> Kind {
    const DOCUMENTS: [&str; 5] = ["docx", "doc", "wps", "odt", "rtf"];
    const FRONTS: [&str; 2] = ["yaml", "yml"];
    const BOOKS: [&str; 5] = ["xlsx", "xls", "xlsb", "ods", "et"];
    let path = path.to_lowercase();
    let (stem, ending) = path.rsplit_once('.').unwrap_or((&path, ""));
    let beside = |endings: &[&str]| {
        let is_there = endings.iter().any(|it| paths.contains(&format!("{stem}.{it}")));
        if is_there { Beside::There } else { Beside::Missing }
    };
    match ending {
        "md" => Kind::Markdown,
        it if DOCUMENTS.contains(&it) => Kind::Document(beside(&FRONTS)),
        it if FRONTS.contains(&it) => Kind::Front(beside(&DOCUMENTS)),
        it if BOOKS.contains(&it) && folder_and_stem(&path).1.starts_with("制度目录") => Kind::Catalogue,
        _ => Kind::Foreign,
    }
}

/// What is said about a file of which not everything is read; nothing of it is, if it is an error.
fn unread(kind: Kind) -> Option<Finding> {
    let (message, hint) = match kind {
        Kind::Markdown | Kind::Front(Beside::There) | Kind::Catalogue => return None,
        Kind::Document(_) => {
            let message = "该文件是文字处理文档：只采用了文件头，条文没有读取，也没有校对";
            let finding = Finding::new(&codes::REGULATION_BODY_NOT_READ, message);
            return Some(finding.hint("需要校对条文的，请把正文转为 .md 放回"));
        }
        Kind::Front(Beside::Missing) => ("没有与该文件同名的正文，没有采用", "请补上正文，或移出该文件"),
        Kind::Foreign => ("该文件不是 Markdown，没有读取", "制度请转为 .md；与制度无关的，请移出该文件夹"),
    };
    Some(Finding::new(&codes::REGULATION_NOT_READ, message).hint(hint))
}

/// The folders of a path, and the name of its file without ending.
fn folder_and_stem(path: &str) -> (&str, &str) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folders, name.rsplit_once('.').map_or(name, |it| it.0))
}
