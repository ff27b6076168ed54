//! The repository as the tests read it: its text files, and its Rust as tokens.
#![expect(clippy::disallowed_methods, reason = "the tests read the repository itself")]
#![expect(clippy::unwrap_used, reason = "a repository that cannot be read is a failure of the test")]

mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) use tokens::{Rust, Token, rust};

/// A text file of the repository.
pub(crate) struct File {
    /// Relative to the repository, with `/` between folders.
    pub(crate) path: String,
    /// Its content.
    pub(crate) text: String,
}

/// All text files under the folders, sorted by path; what is not UTF-8 is no text.
pub(crate) fn text_files(folders: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut paths);
    }
    paths.sort();
    paths.iter().filter_map(|it| read(it)).collect()
}

/// The files at the top of the repository that are written by hand.
pub(crate) fn top_files() -> Vec<File> {
    let entries = fs::read_dir(root()).unwrap().map(|it| it.unwrap().path());
    let named = entries.filter(|it| it.extension().is_some_and(|it| it == "md" || it == "toml"));
    named.filter_map(|it| read(&it)).collect()
}

/// The rooms by name, each with its manifest.
pub(crate) fn rooms() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join("crates")).unwrap().map(|it| it.unwrap().path());
    let room = |path: PathBuf| {
        let manifest = fs::read_to_string(path.join("Cargo.toml")).unwrap();
        (path.file_name().unwrap().to_string_lossy().into_owned(), manifest)
    };
    // What holds no code is no room.
    let mut rooms: Vec<_> = entries.map(room).filter(|it| it.0 != "features").collect();
    rooms.sort();
    rooms
}

/// A file that has to be there.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Fails with all faults, one on each line, if there are any.
#[track_caller]
pub(crate) fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}

fn read(path: &Path) -> Option<File> {
    const TEXT: [&str; 11] = ["rs", "md", "toml", "yaml", "yml", "typ", "py", "sh", "json", "html", "css"];
    let extension = path.extension().and_then(|it| it.to_str());
    if extension.is_some_and(|it| !TEXT.contains(&it)) {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    Some(File { path: relative, text })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
