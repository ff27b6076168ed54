//! The desk of the end-to-end tests: a folder of their own, the program, and what it left behind.
#![expect(clippy::disallowed_methods, reason = "tests prepare folders and read what was published")]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

pub(crate) mod college;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value as Json;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// A temporary folder; it stays behind if its test fails, to be looked at.
pub(crate) struct Desk {
    root: PathBuf,
}

/// What a run of the program gave back.
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: i32,
    /// What it wrote to the terminal.
    pub(crate) stdout: String,
    /// What it wrote about its own troubles.
    pub(crate) stderr: String,
}

/// The workbook of the committee's return with a misspelt heading, and the heading.
pub(crate) const MISSPELT: (&str, &str) = ("returned/returns/信息工程学院党支部情况表.xlsx", "专业技术职物");

/// Files by their path below a folder, with `/`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// How many desks this run of the tests has had.
static DESKS: AtomicUsize = AtomicUsize::new(0);

impl Desk {
    /// An empty folder. File and name say whose it is when one is left behind; the number keeps two desks of one name
    /// apart, which tests that run at once would otherwise take from each other.
    #[track_caller]
    pub(crate) fn new(name: &str) -> Self {
        let file = Path::new(std::panic::Location::caller().file()).file_stem().unwrap().to_string_lossy();
        let number = DESKS.fetch_add(1, Ordering::Relaxed);
        let own = format!("{file}-{name}-{}-{number}", std::process::id());
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own);
        let _absent = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// A path in the folder.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, relative: &str, content: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Copies a folder of the repository.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        for (path, bytes) in files(&repository(from)) {
            self.write(&format!("{to}/{path}"), bytes);
        }
    }

    /// Copies the committee's return with its planted defects into `returned/`, but for those that withhold all that the
    /// committee applies for: files that cannot be read, and a misspelt heading of a column that every form reads.
    pub(crate) fn copy_returned(&self) {
        self.copy("fixtures/returned", "returned");
        let unreadable = ["上传中断", "加密", "空白", "零字节"];
        for name in unreadable {
            self.remove(&format!("returned/returns/信息工程学院（{name}）.xlsx"));
        }
        self.patch_workbook(MISSPELT.0, MISSPELT.1, "专业技术职务");
    }

    /// Replaces a text within the parts of a workbook.
    pub(crate) fn patch_workbook(&self, relative: &str, old: &str, new: &str) {
        let mut from = ZipArchive::new(Cursor::new(fs::read(self.path(relative)).unwrap())).unwrap();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for idx in 0..from.len() {
            let mut part = from.by_index(idx).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            if let Ok(text) = str::from_utf8(&bytes) {
                bytes = text.replace(old, new).into_bytes();
            }
            to.start_file(part.name().unwrap().into_owned(), SimpleFileOptions::default()).unwrap();
            to.write_all(&bytes).unwrap();
        }
        self.write(relative, to.finish().unwrap().into_inner());
    }

    /// Takes a file away.
    pub(crate) fn remove(&self, relative: &str) {
        fs::remove_file(self.path(relative)).unwrap();
    }

    /// Takes away the files of a folder whose names begin so.
    pub(crate) fn remove_all(&self, folder: &str, begins: &str) {
        for path in self.files(folder).into_keys().filter(|it| it.starts_with(begins)) {
            self.remove(&format!("{folder}/{path}"));
        }
    }

    /// Replaces a text that stands exactly once in a file.
    pub(crate) fn patch(&self, relative: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(relative)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "“{old}” stands once in {relative}");
        self.write(relative, text.replace(old, new));
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(huibian(arguments).current_dir(&self.root))
    }

    /// The files below a folder.
    pub(crate) fn files(&self, relative: &str) -> Files {
        files(&self.path(relative))
    }

    /// What `check` finds in the folder, as `severity code file:line:column` or `severity code file!cell`, sorted; of a
    /// file only its name.
    pub(crate) fn found(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.run(&["check", "--format", "json"]).findings().iter().map(line_of).collect();
        lines.sort();
        lines
    }

    /// The findings that a build left in its output folder.
    pub(crate) fn findings(&self, out: &str) -> Vec<Json> {
        findings(&fs::read_to_string(self.path(out).join("findings.json")).unwrap())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _left_behind = fs::remove_dir_all(&self.root);
        }
    }
}

impl Ran {
    /// The findings that it printed.
    pub(crate) fn findings(&self) -> Vec<Json> {
        findings(&self.stdout)
    }

    /// Asserts the exit code; the terminal's text is the message.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// The program with arguments.
pub(crate) fn huibian(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huibian"));
    command.args(arguments);
    command
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A path of the repository.
pub(crate) fn repository(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The files below a folder, but for the lock, which is no output.
pub(crate) fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    collect(folder, "", &mut found);
    found.remove(".huibian.lock");
    found
}

/// A list of findings from its JSON.
pub(crate) fn findings(json: &str) -> Vec<Json> {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in:\n{json}"))
}

/// The findings of a severity (`error`, `query`, `note`).
pub(crate) fn of_severity<'a>(findings: &'a [Json], severity: &str) -> Vec<&'a Json> {
    findings.iter().filter(|it| it["severity"] == severity).collect()
}

/// Errors and queries as `code file sheet!cell` or `code file:line`, sorted.
pub(crate) fn problems(findings: &[Json]) -> Vec<String> {
    let mut lines: Vec<String> = findings.iter().filter(|it| it["severity"] != "note").map(problem).collect();
    lines.sort();
    lines
}

/// What may be an identity number or a mobile phone's number: runs of digits that are not part of a longer word.
pub(crate) fn numbers(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_phone = |it: &str| it.len() == 11 && it.starts_with('1');
    let is_identity = |it: &str| it.len() == 18 || it.len() == 15;
    let are_digits = |it: &str| {
        let digits = it.strip_suffix(['X', 'x']).unwrap_or(it);
        digits.bytes().all(|it| it.is_ascii_digit())
    };
    words.filter(|it| are_digits(it) && (is_phone(it) || is_identity(it))).collect()
}

/// A file of the kind that office programs write when they encrypt: an OLE file with a stream of this name.
pub(crate) fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

fn line_of(finding: &Json) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or("-");
    let place = match (finding["line"].as_u64(), finding["cell"].as_str()) {
        (Some(line), _) => format!(":{line}:{}", finding["column"]),
        (None, Some(cell)) => format!("!{cell}"),
        (None, None) => String::new(),
    };
    let name = text("file").rsplit('/').next().unwrap_or_default();
    format!("{} {} {name}{place}", text("severity"), text("code"))
}

fn problem(finding: &Json) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
    let place = match finding["line"].as_u64() {
        Some(line) => format!(":{line}"),
        None if finding["cell"].is_null() => String::new(),
        None => format!(" {}!{}", text("sheet"), text("cell")),
    };
    format!("{} {} {}{place}", text("severity"), text("code"), text("file"))
}

fn collect(folder: &Path, prefix: &str, found: &mut Files) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// The entries of a zip file as they are packed, by their names.
pub(crate) fn packed(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index_raw(at).unwrap();
        let mut raw = Vec::new();
        entry.read_to_end(&mut raw).unwrap();
        found.insert(entry.name().unwrap().into_owned(), raw);
    }
    found
}
