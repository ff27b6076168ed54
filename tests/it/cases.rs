//! Cases as folders: `tests/cases/<what_it_shows>/input` is a project, `expected` what building it gives.
//!
//! A new case needs no Rust: add its input, run `UPDATE=1 cargo test --release --test it cases::`, and read the difference.
//! PDFs are compared as bookmarks, page sizes and text, workbooks unzipped part by part.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its cases and the environment, and writes what it expects"
)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::desk::{Desk, Files, files, repository};
use crate::paper::Paper;

/// Longest part of a workbook that is written out; of a longer one only the hash is kept.
const LONGEST_PART: usize = 20_000;

#[test]
fn every_case_gives_what_it_expects() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|it| it == "1");
    let mut faults = Vec::new();
    let cases = cases();
    assert!(!cases.is_empty());
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let given = run(&name, &case.join("input"));
        if is_update {
            write(&case.join("expected"), &given);
        } else {
            faults.extend(differences(&name, &files(&case.join("expected")), &given));
        }
    }
    assert!(
        faults.is_empty(),
        "\n{}\nIf this is meant: UPDATE=1 cargo test --release --test it cases::\n",
        faults.join("\n")
    );
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository("tests/cases")).unwrap().map(|it| it.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|it| it.is_dir()).collect();
    cases.sort();
    cases
}

/// Builds a case; what it gives as text files by their names.
fn run(name: &str, input: &Path) -> BTreeMap<String, String> {
    let desk = Desk::new(&format!("case-{name}"));
    for (path, bytes) in files(input) {
        desk.write(&format!("project/{path}"), bytes);
    }
    let ran = desk.run(&["build", "project", "--out", "output"]);
    let terminal = format!("{}{}exit code {}\n", ran.stdout, ran.stderr, ran.code).replace('\\', "/");
    let mut given = BTreeMap::from([("terminal.txt".to_owned(), terminal)]);
    if !desk.path("output").exists() {
        return given;
    }
    let output = desk.files("output");
    given.insert("files.txt".to_owned(), output.keys().map(|it| format!("{it}\n")).collect());
    // Of the report only the existence is compared, of the manifest nothing that its files do not tell.
    for (path, bytes) in output {
        match path.rsplit('.').next() {
            Some("pdf") => given.insert(format!("{path}.txt"), Paper::read(bytes).describe()),
            Some("xlsx") => given.insert(format!("{path}.txt"), unzipped(bytes)),
            _ if path == "findings.json" => given.insert(path, String::from_utf8(bytes).unwrap()),
            _ => None,
        };
    }
    given
}

fn write(folder: &Path, given: &BTreeMap<String, String>) {
    let _absent = fs::remove_dir_all(folder);
    for (path, text) in given {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// For each file that differs its first line that does.
fn differences(case: &str, expected: &Files, given: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    for path in expected.keys().filter(|it| !given.contains_key(*it)) {
        faults.push(format!("{case}/{path}: is not made any more"));
    }
    for (path, text) in given {
        let Some(expected) = expected.get(path) else {
            faults.push(format!("{case}/{path}: is not expected"));
            continue;
        };
        // A checkout may have turned line ends.
        let expected = String::from_utf8_lossy(expected).replace("\r\n", "\n");
        if expected != *text {
            faults.push(format!("{case}/{path}{}", first_difference(&expected, text)));
        }
    }
    faults
}

fn first_difference(expected: &str, given: &str) -> String {
    let (mut expected, mut given) = (expected.lines(), given.lines());
    for number in 1.. {
        let pair = (expected.next(), given.next());
        if pair.0 != pair.1 {
            let [expected, given] = [pair.0, pair.1].map(|it| it.unwrap_or("(end)"));
            return format!(":{number}\n  expected {expected}\n  given    {given}");
        }
        if pair.0.is_none() {
            break;
        }
    }
    ": differs in line ends".to_owned()
}

/// The parts of a workbook in the order of their names, one tag on each line.
fn unzipped(bytes: Vec<u8>) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|it| it.unwrap().into_owned()).collect();
    names.sort();
    let mut text = String::new();
    for name in names {
        let mut part = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut part).unwrap();
        text += &format!("== {name}\n");
        match String::from_utf8(part) {
            Ok(xml) if xml.len() <= LONGEST_PART => text += &xml.replace("><", ">\n<"),
            Ok(xml) => text += &hash(xml.as_bytes()),
            Err(error) => text += &hash(error.as_bytes()),
        }
        text.push('\n');
    }
    text
}

fn hash(bytes: &[u8]) -> String {
    let digits: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256 {digits}")
}
