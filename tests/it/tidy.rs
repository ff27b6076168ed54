//! Holds what compiler and lints cannot: the map of the rooms, sizes, headers, codes, cases of conditions.
#![expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]
#![expect(clippy::unwrap_used, reason = "a repository that cannot be read is a failure of the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that touch files, and may say so in single files; the others forbid it to themselves.
const TOUCH_FILES: [&str; 3] = ["project", "publish", "source"];

const N_LINES_MAX: usize = 400;

/// A text file of the repository.
struct File {
    /// Relative to the repository, with `/` between folders.
    path: String,
    text: String,
}

impl File {
    /// Whether a word stands in it as a name; documentation may say it.
    fn names(&self, word: &str) -> bool {
        let code = self.text.lines().map(|line| line.split("//").next().unwrap_or_default());
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        code.flat_map(|it| it.split(|c| !is_part(c))).any(|it| it == word)
    }
}

#[test]
fn rooms_stand_in_the_map_below_what_they_use() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let row = |room: &str| map.find(&format!("\n| `{room}` |"));
    let rooms = rooms();
    // Foreign crates have their rows in another table.
    let is_room = |name: &str| rooms.iter().any(|it| it.0 == name);
    let mut faults = Vec::new();
    for (room, manifest) in &rooms {
        let Some(own) = row(room) else {
            faults.push(format!("{room}: ARCHITECTURE.md does not know it"));
            continue;
        };
        let names = manifest.lines().filter_map(|it| it.strip_suffix(".workspace = true"));
        let below = names.filter(|it| is_room(it) && row(it).is_none_or(|it| it >= own));
        faults.extend(below.map(|it| format!("{room}: stands above `{it}`, which it uses")));
    }
    assert_none(&faults);
}

#[test]
fn rooms_forbid_themselves_what_is_not_theirs() {
    let mut faults = Vec::new();
    for (room, _) in rooms() {
        let mut lints = vec!["clippy::print_stdout", "clippy::print_stderr"];
        if !TOUCH_FILES.contains(&room.as_str()) {
            lints.insert(0, "clippy::disallowed_methods");
        }
        // Nothing below can take back what is forbidden, so that this line says all.
        let line = format!("#![cfg_attr(not(test), forbid({}))]", lints.join(", "));
        let text = fs::read_to_string(root().join(format!("crates/{room}/src/lib.rs"))).unwrap();
        if !text.lines().any(|it| it == line) {
            faults.push(format!("{room}: lib.rs lacks {line}"));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_file_opens_with_its_sentence() {
    let opens_well = |file: &File| {
        let header: Vec<&str> = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
        header.iter().any(|line| line.ends_with(['.', ':', ';']))
    };
    let faults: Vec<String> =
        rust_files().into_iter().filter(|it| !opens_well(it)).map(|it| it.path).collect();
    assert_none(&faults);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let mut faults = Vec::new();
    for file in rust_files() {
        let n_lines = file.text.lines().count();
        if n_lines > N_LINES_MAX {
            faults.push(format!("{}: {n_lines} lines", file.path));
        }
    }
    assert_none(&faults);
}

#[test]
fn modules_have_one_style_and_names_of_their_own() {
    const NAMELESS: [&str; 6] = ["utils", "util", "common", "helpers", "misc", "prelude"];
    let mut faults = Vec::new();
    let files = rust_files();
    for file in &files {
        let stem = file.path.trim_end_matches(".rs");
        // A folder of cases beside its test is no module.
        let folder = format!("{stem}/");
        if files.iter().any(|it| it.path.starts_with(&folder)) {
            faults.push(format!("{}: move it to {stem}/mod.rs", file.path));
        }
        if stem.split('/').any(|it| NAMELESS.contains(&it)) {
            faults.push(format!("{}: name the idea instead", file.path));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_code_is_listed_and_explained() {
    let text: String = sources()
        .into_iter()
        .filter(|it| it.path.starts_with("crates/finding/src/codes"))
        .map(|it| it.text)
        .collect();
    let mut names = BTreeMap::new();
    let mut faults = Vec::new();
    for code in text.split("pub static ").skip(1).filter(|it| !it.starts_with("ALL")) {
        let ident = code.split(':').next().unwrap_or_default();
        // The maker's literals: name, title, explanation.
        let literals: Vec<&str> = code.split('"').skip(1).step_by(2).take(3).collect();
        let [name, title, explanation] = literals[..] else {
            faults.push(format!("{ident}: has no name, title and explanation"));
            continue;
        };
        if !["&", "::"].iter().any(|it| text.contains(&format!("{it}{ident},"))) {
            faults.push(format!("{ident}: is missing in ALL"));
        }
        if name != ident.to_lowercase().replace('_', "-") {
            faults.push(format!("{ident}: its name is `{name}`"));
        }
        if title.is_empty() || !explanation.ends_with(['。', '？']) {
            faults.push(format!("{ident}: title or explanation is no sentence"));
        }
        if let Some(other) = names.insert(name, ident) {
            faults.push(format!("{ident}: has the name of {other}"));
        }
    }
    assert!(names.len() > 20, "the scan finds the codes");
    assert_none(&faults);
}

#[test]
fn one_file_at_most_knows_unix() {
    let unix: Vec<String> = sources().into_iter().filter(|it| it.names("unix")).map(|it| it.path).collect();
    assert!(unix.len() <= 1, "{}", unix.join("\n"));
}

#[test]
fn every_condition_has_a_case_that_fires_and_one_that_passes() {
    let mut faults = Vec::new();
    for file in text_files(&["templates"]).into_iter().filter(|it| it.path.ends_with(".yaml")) {
        for (line, block) in condition_blocks(&file.text) {
            for key in ["cases:", "fires:", "passes:"] {
                if !block.contains(key) {
                    faults.push(format!("{}:{line}: the condition has no `{key}`", file.path));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn the_scan_for_conditions_keeps_to_one_item() {
    let text =
        "rules:\n  - code: a\n    require: x\n    cases:\n      - fires: 1\n  - code: b\n    require: y\n";
    let blocks = condition_blocks(text);
    assert_eq!(blocks.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 7]);
    assert!(blocks[0].1.contains("fires:") && !blocks[1].1.contains("fires:"));
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let places =
        [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("C:\\Us", "ers")];
    let mut faults = Vec::new();
    for file in text_files(&["src", "crates", "tests", "benches", "templates", "fixtures", ".ci"])
        .iter()
        .chain(&top_files())
    {
        for (idx, line) in file.text.lines().enumerate() {
            if let Some(found) = marks.iter().chain(&places).find(|it| line.contains(**it)) {
                faults.push(format!("{}:{}: {found}", file.path, idx + 1));
            }
        }
    }
    assert_none(&faults);
}

/// The rooms by name, each with its manifest.
fn rooms() -> Vec<(String, String)> {
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

/// The list item (or the whole file) around each `require:` key, which makes a condition, with the key's line from one.
fn condition_blocks(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let keys = lines.iter().enumerate().filter(|(_, line)| key_of(line).starts_with("require:"));
    keys.map(|(idx, line)| (idx + 1, item_around(&lines, idx, key_column(line)))).collect()
}

fn item_around(lines: &[&str], idx: usize, column: usize) -> String {
    let opens = |line: &str| line.trim_start().starts_with("- ") && key_column(line) == column;
    let outside = |line: &str| !line.trim().is_empty() && key_column(line) < column;
    let above = lines[..=idx].iter().rposition(|it| opens(it) || outside(it));
    // A line further left that opens no item of this column belongs to what is around.
    let start = above.map_or(0, |it| if opens(lines[it]) { it } else { it + 1 });
    let below = lines[idx + 1..].iter().position(|it| opens(it) || outside(it));
    lines[start..below.map_or(lines.len(), |it| idx + 1 + it)].join("\n")
}

/// Where the key of a line begins, behind the dashes of list items.
fn key_column(line: &str) -> usize {
    line.len() - key_of(line).len()
}

fn key_of(line: &str) -> &str {
    line.trim_start_matches([' ', '-'])
}

fn sources() -> Vec<File> {
    text_files(&["src", "crates"]).into_iter().filter(|it| it.path.ends_with(".rs")).collect()
}

fn rust_files() -> Vec<File> {
    text_files(&["src", "crates", "tests"]).into_iter().filter(|it| it.path.ends_with(".rs")).collect()
}

/// The files at the top of the repository that are written by hand.
fn top_files() -> Vec<File> {
    let entries = fs::read_dir(root()).unwrap().map(|it| it.unwrap().path());
    let named = entries.filter(|it| it.extension().is_some_and(|it| it == "md" || it == "toml"));
    named.filter_map(|it| read(&it)).collect()
}

/// All text files under the folders, sorted by path; what is not UTF-8 is no text.
fn text_files(folders: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut paths);
    }
    paths.sort();
    paths.iter().filter_map(|it| read(it)).collect()
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

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
