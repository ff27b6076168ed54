//! The source folders on disk: which files there are, and their bytes. Nothing else here touches files.

#![expect(
    clippy::disallowed_methods,
    reason = "the one file here that reads from disk; its tests make folders to walk"
)]

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::{Limits, Refusal, refusal};
use finding::{Finding, Origin, Report, Sources, codes};

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundFile {
    /// The path by which the clerk knows it: relative to the root, with `/` between folders.
    pub shown: Arc<str>,
    /// The path by which it is opened.
    pub path: PathBuf,
}

/// Where files are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Folders<'a> {
    /// The project folder, to which the others are relative.
    pub root: &'a Path,
    /// Folders or single files to read, with `/` between folders.
    pub wanted: &'a [Arc<str>],
    /// Folders or files within them to leave alone, such as the output; relative to the root or absolute.
    pub excluded: &'a [PathBuf],
}

/// Why the source folders cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A folder or file named in the project is not there.
    #[error("找不到“{path}”")]
    Missing {
        /// Its path as written in the project.
        path: String,
    },
    /// A folder cannot be listed.
    #[error("无法读取文件夹“{path}”：{error}")]
    Folder {
        /// Its path.
        path: String,
        /// What the operating system says.
        error: io::Error,
    },
}

/// Lists the files to be read, in the order of their shown paths, each once. Symbolic links are not followed.
///
/// What office programs and the system leave behind is passed over with a note in the report.
///
/// # Errors
/// If a folder is not there or cannot be listed.
pub fn walk(
    folders: Folders<'_>,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<FoundFile>, SourceError> {
    let mut found = Vec::new();
    let mut skipped = Vec::new();
    let excluded: Vec<PathBuf> = folders.excluded.iter().map(|it| absolute(&folders.root.join(it))).collect();
    for wanted in folders.wanted {
        let start = folders.root.join(&**wanted);
        if !start.exists() {
            return Err(SourceError::Missing { path: wanted.to_string() });
        }
        let mut entries = WalkDir::new(&start).follow_links(false).into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|error| unreadable(&start, error))?;
            let file = FoundFile { shown: shown(folders.root, entry.path()), path: entry.path().to_owned() };
            let is_excluded = excluded.contains(&absolute(entry.path()));
            let reason = if entry.depth() == 0 { None } else { skip_reason(&entry) };
            if entry.file_type().is_dir() && (is_excluded || reason.is_some()) {
                entries.skip_current_dir();
            }
            match reason {
                _ if is_excluded => {}
                Some(reason) => skipped.push((file, reason)),
                None if entry.file_type().is_dir() => {}
                None => found.push(file),
            }
        }
    }
    found.sort();
    found.dedup();
    note_skipped(skipped, sources, report);
    Ok(found)
}

/// Reads a file after looking at its size. The finding says why it was not read.
pub fn read_bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let refuse = |error: io::Error| {
        refusal(
            &codes::FILE_UNREADABLE,
            format!("文件无法打开：{error}"),
            "请关闭正在使用该文件的程序，确认有读取权限后重试",
        )
    };
    bytes_within(path, limits).map_err(refuse)?.ok_or_else(|| {
        let mib = limits.file_bytes >> 20;
        refusal(
            &codes::FILE_TOO_LARGE,
            format!("文件超过{mib} MB，没有读取"),
            "请删去无关的工作表、图片和空白格式，另存后重新提交",
        )
    })
}

/// The bytes of a file; `None` if they are more than the limit.
pub(crate) fn bytes_within(path: &Path, limits: &Limits) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, even one that is still growing.
    std::fs::File::open(path)?.take(limits.file_bytes + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|it| it.len() as u64 <= limits.file_bytes))
}

fn note_skipped(mut skipped: Vec<(FoundFile, &'static str)>, sources: &mut Sources, report: &mut Report) {
    skipped.sort();
    skipped.dedup();
    for (file, reason) in skipped {
        let id = sources.add(file.shown);
        report.push(Finding::new(&codes::FILE_SKIPPED, format!("{reason}，没有读取")).at(Origin::file(id)));
    }
}

fn skip_reason(entry: &DirEntry) -> Option<&'static str> {
    let name = entry.file_name().to_string_lossy();
    if entry.path_is_symlink() {
        return Some("该文件是链接");
    }
    match &*name {
        "Thumbs.db" | "desktop.ini" | "__MACOSX" => Some("该文件是系统文件"),
        it if it.starts_with("~$") || it.starts_with(".~") => Some("该文件是办公软件的临时文件"),
        it if it.starts_with('.') => Some("该文件是隐藏文件"),
        // Reading a pipe would block until somebody writes into it.
        _ if !entry.file_type().is_file() && !entry.file_type().is_dir() => Some("该文件不是普通文件"),
        _ => None,
    }
}

/// The path from the root of the disk, so that `./output` and its full name are the same place.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn shown(root: &Path, path: &Path) -> Arc<str> {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative
        .components()
        .filter(|it| !matches!(it, std::path::Component::CurDir))
        .map(|it| it.as_os_str().to_string_lossy())
        .collect();
    parts.join("/").into()
}

fn unreadable(start: &Path, error: walkdir::Error) -> SourceError {
    let path = error.path().unwrap_or(start).display().to_string();
    SourceError::Folder { path, error: error.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let root = std::env::temp_dir().join(format!("huibian-walk-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(&root).unwrap();
        root
    }

    fn put(root: &Path, path: &str, bytes: &[u8]) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    #[test]
    fn files_come_in_the_order_of_their_paths_and_leftovers_are_noted() {
        let root = folder("order");
        for path in
            ["r/b.xlsx", "r/a/c.csv", "r/~$b.xlsx", "r/.git/config", "r/Thumbs.db", "out/x.pdf", "d.yaml"]
        {
            put(&root, path, b"x");
        }
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let folders = Folders { root: &root, wanted: &[".".into(), "r".into()], excluded: &["out".into()] };
        let found = walk(folders, &mut sources, &mut report).unwrap();
        let shown: Vec<_> = found.iter().map(|it| &*it.shown).collect();
        assert_eq!(shown, ["d.yaml", "r/a/c.csv", "r/b.xlsx"]);
        let noted: Vec<_> = report.findings().iter().map(|it| sources.display(it.origin.unwrap())).collect();
        assert_eq!(noted, ["r/.git", "r/Thumbs.db", "r/~$b.xlsx"]);
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    #[cfg(unix)]
    fn what_is_neither_file_nor_folder_is_noted_and_not_waited_for() {
        let root = folder("socket");
        put(&root, "a.csv", b"x");
        let _socket = std::os::unix::net::UnixListener::bind(root.join("b.csv")).unwrap();
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let folders = Folders { root: &root, wanted: &[".".into()], excluded: &[] };
        assert_eq!(walk(folders, &mut sources, &mut report).unwrap().len(), 1);
        assert_eq!(report.findings()[0].message, "该文件不是普通文件，没有读取");
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_stops_the_run_and_names_itself() {
        let root = folder("missing");
        let folders = Folders { root: &root, wanted: &["报送".into()], excluded: &[] };
        let error = walk(folders, &mut Sources::default(), &mut Report::default()).unwrap_err();
        assert_eq!(error.to_string(), "找不到“报送”");
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_file_that_went_away_after_the_walk_is_a_finding() {
        let root = folder("gone");
        assert_eq!(read_bytes(&root.join("a.csv"), &Limits::standard()).unwrap_err().code, "file-unreadable");
        std::fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_file_beyond_the_limit_is_a_finding() {
        let root = folder("size");
        put(&root, "a.csv", b"12345");
        let limits = Limits { file_bytes: 4, ..Limits::standard() };
        assert_eq!(read_bytes(&root.join("a.csv"), &limits).unwrap_err().code, "file-too-large");
        let limits = Limits { file_bytes: 5, ..limits };
        assert_eq!(read_bytes(&root.join("a.csv"), &limits).unwrap(), b"12345");
        std::fs::remove_dir_all(root).unwrap();
    }
}
