//! The files that an owner gets back: marked, written anew with marks, or as they are.

use std::collections::BTreeMap;

use super::fresh;
use super::list::{Entry, List, N_MARKED, N_NOTED, Returned, Writer};
use super::marked::{Mark, Marks, marked};
use super::words::Words;
use finding::{FileId, Finding, Place, Report, Sources, codes};
use ooxml::Package;
use source::{Content, Grid, Limits, ReadFile, Struck, read, reopen, unlocked};

/// A file as it goes back.
pub(crate) struct Given {
    /// What lists know of it.
    pub(crate) returned: Returned,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// How a file can be given back.
enum Way {
    /// Its own package takes the marks.
    Own(Vec<u8>),
    /// A new workbook with its cells takes them.
    Fresh(Vec<Grid>, BTreeMap<u16, Struck>),
    /// It goes back as it is.
    Plain,
}

/// A file that is looked at again.
pub(crate) struct Opened {
    file: FileId,
    way: Way,
    bytes: Vec<u8>,
    was_locked: bool,
    own_lists: Vec<u16>,
    sheets: Vec<String>,
}

impl Opened {
    /// Opens a file again; `None` if it is not there any more as it was read, which is said.
    pub(crate) fn open(file: FileId, sources: &Sources, words: &Words, report: &mut Report) -> Option<Self> {
        let limits = Limits::standard();
        let bytes = match reopen(sources, file, &limits) {
            Ok(bytes) => bytes,
            Err(error) => {
                let finding =
                    Finding::new(&codes::RETURN_NOT_GIVEN_BACK, format!("没有退回这份文件：{error}"));
                report.push(finding.hint("请重新运行").at(finding::Origin::file(file)));
                return None;
            }
        };
        let ReadFile { content, sheets, is_text, own_lists, struck, .. } =
            read(&bytes, sources.path(file), file, &limits);
        let (package, was_locked) = match unlocked(&bytes) {
            Some(package) => (package, true),
            None => (bytes.clone(), false),
        };
        let own_lists = own_lists.iter().map(|it| it.sheet).collect();
        let names: Vec<String> = sheets.iter().map(ToString::to_string).collect();
        let (way, sheets) = match content {
            Some(Content::Sheets(_)) if is_text => (Way::Plain, Vec::new()),
            Some(Content::Sheets(_)) if is_workbook(&package) => (Way::Own(package), names),
            Some(Content::Sheets(grids)) => {
                let named = placed(&grids, &fresh::names(&grids, &words.untitled));
                (Way::Fresh(grids, struck), named)
            }
            Some(Content::Tree(_)) | None => (Way::Plain, Vec::new()),
        };
        Some(Self { file, way, bytes, was_locked, own_lists, sheets })
    }

    /// What lists know of it, under a name that no other file of the bundle has.
    pub(crate) fn returned(&self, name: &str) -> Returned {
        match self.way {
            Way::Plain => Returned { name: name.to_owned(), sheets: None },
            _ => Returned { name: name.to_owned(), sheets: Some(self.sheets.clone()) },
        }
    }

    /// Whether it becomes a workbook of another format.
    pub(crate) fn is_fresh(&self) -> bool {
        matches!(self.way, Way::Fresh(..))
    }

    /// The file with what was found in it.
    pub(crate) fn give(self, entries: &[&Entry<'_>], writer: &Writer<'_>, report: &mut Report) -> Vec<u8> {
        let words = writer.words;
        let Self { file, way, bytes, was_locked, own_lists, .. } = self;
        let marks = marks(file, entries, words);
        let list = |remarks: &[&str]| writer.of_file(file, entries, remarks);
        let result = match way {
            Way::Plain => return bytes,
            Way::Own(package) => {
                let remarks: &[&str] = if was_locked { &[&words.unlocked] } else { &[] };
                marked(&package, &marks, &list(remarks), &own_lists).map_err(|it| it.to_string())
            }
            Way::Fresh(grids, struck) => {
                let bytes = fresh::workbook(&grids, &struck, &words.untitled).map_err(|it| it.to_string());
                bytes.and_then(|it| anew(&it, &grids, marks, &list(&[&words.fresh])))
            }
        };
        result.unwrap_or_else(|fault| {
            let message = format!("退回的这份文件没有标记：{fault}");
            let finding = Finding::new(&codes::RETURN_NOT_GIVEN_BACK, message);
            let hint = "包里的退改清单列有全部问题；文件原样退回";
            report.push(finding.hint(hint).at(finding::Origin::file(file)));
            bytes
        })
    }
}

/// A new workbook with marks. Its sheets have other numbers than those of the file, where some of these could not be read.
fn anew(bytes: &[u8], grids: &[Grid], marks: Marks, list: &List) -> Result<Vec<u8>, String> {
    let numbers: BTreeMap<u16, u16> = grids.iter().map(|it| it.sheet).zip(0..).collect();
    let moved = |(sheet, cells)| Some((*numbers.get(&sheet)?, cells));
    let marks: Marks = marks.into_iter().filter_map(moved).collect();
    marked(bytes, &marks, list, &[]).map_err(|it| it.to_string())
}

/// The names of sheets by the numbers that they have in the file.
fn placed(grids: &[Grid], names: &[String]) -> Vec<String> {
    let mut placed = Vec::new();
    for (grid, name) in grids.iter().zip(names) {
        let at = usize::from(grid.sheet);
        placed.resize(placed.len().max(at + 1), String::new());
        placed[at] = name.clone();
    }
    placed
}

/// Whether bytes are a workbook in the format that is marked in place.
fn is_workbook(bytes: &[u8]) -> bool {
    let office = || {
        let mut package = Package::peek(bytes, &ooxml::Limits::STANDARD)?;
        let main = package.relations("")?.of_kind("officeDocument")?.part.clone()?;
        Some(main.ends_with(".xml") && package.relations(&main)?.of_kind("worksheet").is_some())
    };
    office().unwrap_or(false)
}

/// The cells of a file that are marked, each with the notes of what was found there.
fn marks(file: FileId, entries: &[&Entry<'_>], words: &Words) -> Marks {
    let mut marks = Marks::new();
    for entry in entries {
        let note = entry.note(words);
        let cells = entry.cells.iter().filter(|it| it.file == file).take(N_MARKED);
        for (at, cell) in cells.enumerate() {
            let Place::Cell { sheet, row, col } = cell.place else { continue };
            let severity = entry.finding.severity;
            let mark = marks.entry(sheet).or_default().entry((row, u32::from(col)));
            let mark = mark.or_insert_with(|| Mark { severity, note: String::new() });
            mark.severity = mark.severity.min(severity);
            if at < N_NOTED {
                let gap = if mark.note.is_empty() { "" } else { "\n\n" };
                mark.note.extend([gap, &note]);
            }
        }
    }
    marks
}
