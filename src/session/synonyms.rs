//! Headings that can only have been meant for one field are kept in the project, so that the next check is quiet.
#![expect(
    clippy::disallowed_methods,
    reason = "the file is the project's own, and is written when that is asked for"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Checked;
use schema::Accepted;

/// Where they are kept, within the project.
const PLACE: [&str; 3] = ["templates", "schemas", "synonyms.yaml"];
/// With what the file begins.
const HEAD: &str = "# 本项目认可的同义表头：表名下面写字段和它的其他写法。由 huibian check --write-synonyms 写入，也可以自己添改。\n";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// The headings that are new: table, field and heading.
    pub headings: Vec<[String; 3]>,
}

/// Writes the headings that a check has found, beside those that the project has already.
///
/// # Errors
/// If the file cannot be written.
pub fn write_synonyms(folder: &Path, checked: &Checked) -> io::Result<Written> {
    let schemas = &checked.dataset.schemas;
    let path = PLACE.iter().fold(folder.to_owned(), |path, it| path.join(it));
    let known: BTreeSet<&Accepted> = schemas.accepted.iter().collect();
    let found: BTreeSet<&Accepted> = checked.dataset.files.values().flat_map(|it| &it.suggested).collect();
    let shown = |it: &Accepted| {
        let table = &schemas.tables[it.table];
        [table.title.to_string(), table.fields[it.field].title.to_string(), it.heading.to_string()]
    };
    let headings: Vec<[String; 3]> = found.difference(&known).map(|it| shown(it)).collect();
    if !headings.is_empty() {
        let mut by_table: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for [table, field, heading] in known.union(&found).map(|it| shown(it)) {
            by_table.entry(table).or_default().entry(field).or_default().push(heading);
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text(&by_table, &comments(&path)))?;
    }
    Ok(Written { path, headings })
}

/// The lines with which a file of the user's begins.
fn comments(path: &Path) -> String {
    let Ok(text) = fs::read_to_string(path) else { return HEAD.to_owned() };
    let lines: Vec<&str> =
        text.lines().take_while(|it| it.starts_with('#') || it.trim().is_empty()).collect();
    if lines.is_empty() { HEAD.to_owned() } else { format!("{}\n", lines.join("\n")) }
}

fn text(by_table: &BTreeMap<String, BTreeMap<String, Vec<String>>>, comments: &str) -> String {
    let mut text = format!("{comments}synonyms:\n");
    let quoted =
        |it: &String| format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    for (table, fields) in by_table {
        let _infallible = writeln!(text, "  {}:", quoted(table));
        for (field, headings) in fields {
            let headings: Vec<String> = headings.iter().map(quoted).collect();
            let _infallible = writeln!(text, "    {}: [{}]", quoted(field), headings.join(", "));
        }
    }
    text
}
