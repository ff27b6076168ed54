//! The folders of texts become manuscripts: every file is found, read and reported on.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Manuscript, read};
use crate::finding::{FileId, Finding, Origin, Report, Sources, codes};
use crate::source::{Folders, FoundFile, Limits, SourceError, read_bytes, walk, yaml};

/// A text that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The file; that of its front matter, if it stands beside the text.
    pub file: FileId,
    /// What it holds.
    pub manuscript: Manuscript,
    /// Whether there is only its front matter: the text itself is a word processor's file, which is not read.
    pub lacks_body: bool,
}

/// What the folders hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CollectedTexts {
    /// The texts that could be read, in the order of their paths.
    pub texts: Vec<Text>,
    /// How many files there were, readable or not.
    pub n_files: usize,
}

/// What a file of the folders is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Markdown,
    /// A word processor's file, and whether its front matter stands beside it.
    Document(Beside),
    /// The front matter of such a file, and whether that file is there.
    Front(Beside),
    Foreign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    There,
    Missing,
}

/// Reads every file of the folders. One that cannot be read, or is no Markdown, is a finding, and the others are read.
///
/// Of a word processor's file with its front matter in a YAML file of the same name only that is read.
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
    let texts = found.iter().filter_map(|it| text(it, kind(&it.shown, &paths), sources, report)).collect();
    Ok(CollectedTexts { texts, n_files: found.len() })
}

fn text(found: &FoundFile, kind: Kind, sources: &mut Sources, report: &mut Report) -> Option<Text> {
    let limits = Limits::standard();
    let file = sources.add(found.shown.clone());
    if let Some(finding) = unread(kind) {
        report.push(finding.at(Origin::file(file)));
        return None;
    }
    let lacks_body = matches!(kind, Kind::Front(_));
    let manuscript = read_bytes(&found.path, &limits).and_then(|bytes| {
        if lacks_body {
            let front = yaml::read(&bytes, file, &limits, report)?;
            return Ok(Manuscript { front, blocks: Vec::new(), footnotes: Vec::new() });
        }
        read(&bytes, file, &limits, report)
    });
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
        _ => Kind::Foreign,
    }
}

/// What is said about a file of which nothing is read here.
fn unread(kind: Kind) -> Option<Finding> {
    let (message, hint) = match kind {
        Kind::Markdown | Kind::Front(Beside::There) => return None,
        Kind::Document(Beside::There) => {
            let message = "该文件是文字处理文档：只采用了同名 YAML 文件中的文件头，条文没有读取，也没有校对";
            let finding = Finding::new(&codes::REGULATION_BODY_NOT_READ, message);
            return Some(finding.hint("需要校对条文的，请把正文转为 .md 放回"));
        }
        Kind::Document(Beside::Missing) => {
            ("该文件是文字处理文档，其中的条文没有读取", "请把正文转为 .md，补上文件头后放回")
        }
        Kind::Front(Beside::Missing) => ("没有与该文件同名的正文，没有采用", "请补上正文，或移出该文件"),
        Kind::Foreign => ("该文件不是 Markdown，没有读取", "制度请转为 .md；与制度无关的，请移出该文件夹"),
    };
    Some(Finding::new(&codes::REGULATION_NOT_READ, message).hint(hint))
}
