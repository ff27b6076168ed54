//! The list of what is to be corrected: a row for each finding.

use std::collections::BTreeMap;

use super::places::{is_missing, place};
use super::words::Words;
use finding::{FileId, Finding, Origin, Severity, Sources, codes};

/// The width of each column in digits, and whether its texts are short; those of the file and of the sheet among them.
const WIDTHS: [(usize, bool); 12] = [
    (6, true),
    (8, true),
    (26, false),
    (14, false),
    (18, false),
    (16, false),
    (14, false),
    (18, false),
    (44, false),
    (36, false),
    (24, false),
    (24, false),
];
const SEVERITY: usize = 1;
const FILE: usize = 2;
const PLACE: usize = 4;
/// So many cells of one finding are marked, and so many of them have a note.
pub(crate) const N_MARKED: usize = 2_000;
pub(crate) const N_NOTED: usize = 200;
/// A value is shown up to so many characters.
const N_VALUE: usize = 200;

/// A list, ready to be written on a sheet.
#[derive(Debug, Clone)]
pub(crate) struct List {
    /// The name of the sheet.
    pub(crate) sheet: String,
    /// The title.
    pub(crate) title: String,
    /// Lines below the title.
    pub(crate) lines: Vec<String>,
    /// The columns.
    pub(crate) columns: Vec<ListColumn>,
    /// The rows.
    pub(crate) rows: Vec<ListRow>,
    /// The column that says how much a finding matters.
    pub(crate) severity: usize,
    /// The column that says where it is.
    pub(crate) place: usize,
    /// How notes begin, by which those of an earlier round are known if a program has dropped their author.
    pub(crate) heads: Vec<String>,
}

/// A column of the list.
#[derive(Debug, Clone)]
pub(crate) struct ListColumn {
    pub(crate) heading: String,
    /// In digits.
    pub(crate) width: usize,
    /// Whether its texts stand in the middle.
    pub(crate) is_short: bool,
}

/// A row of the list.
#[derive(Debug, Clone)]
pub(crate) struct ListRow {
    pub(crate) severity: Severity,
    /// A text for each column.
    pub(crate) cells: Vec<String>,
    /// Where its place leads.
    pub(crate) link: Option<Link>,
}

/// Where a place leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// To a sheet and cell of the same workbook.
    Within((String, String)),
    /// To a file beside this one, and a sheet and cell in it.
    Beyond(String, Option<(String, String)>),
}

/// A finding as one owner is told it.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) finding: &'a Finding,
    /// Its cells, the one where it is shown first.
    pub(crate) cells: Vec<Origin>,
    /// Whether it speaks of what others have sent, so that it is told without its words.
    pub(crate) is_across: bool,
}

/// A file that is given back.
#[derive(Debug, Clone)]
pub(crate) struct Returned {
    /// Its name in the bundle.
    pub(crate) name: String,
    /// The names of its sheets, if its cells can be gone to.
    pub(crate) sheets: Option<Vec<String>>,
}

/// What lists say.
pub(crate) struct Writer<'a> {
    pub(crate) words: &'a Words,
    pub(crate) sources: &'a Sources,
    /// The files that the owner gets back.
    pub(crate) returned: &'a BTreeMap<FileId, Returned>,
}

impl Entry<'_> {
    /// What is the matter.
    pub(crate) fn message(&self, words: &Words) -> String {
        if !self.is_across {
            return self.finding.message.clone();
        }
        let code = codes::ALL.iter().find(|it| it.name == self.finding.code);
        let title = code.map(|it| it.title).or(self.finding.field.as_deref());
        words.list.across.filled(&[title.unwrap_or(self.finding.severity.title())])
    }

    /// What to do about it, which names others as the message does.
    pub(crate) fn hint<'s>(&'s self, words: &'s Words) -> Option<&'s str> {
        // Whoever has to return something is told otherwise than the office that waits for it.
        if is_missing(self.finding) {
            return Some(&words.list.missing);
        }
        self.finding.hint.as_deref().filter(|_| !self.is_across)
    }

    /// The note at its cells.
    pub(crate) fn note(&self, words: &Words) -> String {
        let head = words.note.head.filled(&[self.finding.severity.title(), &self.message(words)]);
        let remedy = self.hint(words).map(|it| words.note.remedy.filled(&[it]));
        let basis = self.finding.basis.as_deref().map(|it| words.note.basis.filled(&[it]));
        [Some(head), remedy, basis].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

impl Writer<'_> {
    /// The list of one file, to stand in front of it.
    pub(crate) fn of_file(&self, file: FileId, entries: &[&Entry<'_>], remarks: &[&str]) -> List {
        let name = self.sources.path(file).rsplit('/').next().unwrap_or_default();
        let mut list = self.list(name, entries, remarks, Some(file));
        list.columns.remove(FILE);
        for row in &mut list.rows {
            row.cells.remove(FILE);
        }
        List { place: PLACE - 1, ..list }
    }

    /// The list of everything that an owner has to correct.
    pub(crate) fn of_all(&self, unit: &str, entries: &[&Entry<'_>], remarks: &[&str]) -> List {
        self.list(unit, entries, remarks, None)
    }

    fn list(&self, of: &str, entries: &[&Entry<'_>], remarks: &[&str], within: Option<FileId>) -> List {
        let words = &self.words.list;
        let count =
            |severity| entries.iter().filter(|it| it.finding.severity == severity).count().to_string();
        let counts = words.counts.filled(&[&count(Severity::Error), &count(Severity::Query)]);
        let lines = [&counts, &*words.remarks].into_iter().chain(remarks.iter().copied());
        let column = |(heading, (width, is_short)): (&std::sync::Arc<str>, (usize, bool))| ListColumn {
            heading: heading.to_string(),
            width,
            is_short,
        };
        List {
            sheet: words.name.to_string(),
            title: words.title.filled(&[of]),
            lines: lines.map(str::to_owned).collect(),
            columns: words.columns.iter().zip(WIDTHS).map(column).collect(),
            rows: (1..).zip(entries).map(|(number, it)| self.row(number, it, within)).collect(),
            severity: SEVERITY,
            place: PLACE,
            heads: [Severity::Error, Severity::Query]
                .map(|it| self.words.note.head.filled(&[it.title(), ""]))
                .into(),
        }
    }

    fn row(&self, number: usize, entry: &Entry<'_>, within: Option<FileId>) -> ListRow {
        let finding = entry.finding;
        // In the list of a file, places are those in this file.
        let own = entry.cells.iter().copied().filter(|it| within.is_none_or(|file| it.file == file));
        let own: Vec<Origin> = own.collect();
        let place = own.first().copied().or(place(finding));
        let located = place.map(|it| self.sources.locate(it));
        let name = |file: FileId| match self.returned.get(&file) {
            Some(it) => it.name.clone(),
            None => self.sources.path(file).rsplit('/').next().unwrap_or_default().to_owned(),
        };
        let said = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let text = located.as_ref().map(|it| match (&it.cell, it.line) {
            (Some(cell), _) => self.several(cell, own.len()),
            (None, Some(line)) => self.words.list.line.filled(&[&line.to_string()]),
            (None, None) => String::new(),
        });
        let value = finding.value.as_deref().map(|it| it.chars().take(N_VALUE).collect::<String>());
        let cells = vec![
            number.to_string(),
            finding.severity.title().to_owned(),
            place.map(|it| name(it.file)).unwrap_or_default(),
            said(located.as_ref().and_then(|it| it.sheet)),
            text.unwrap_or_default(),
            said(finding.subject.record.as_deref().or(finding.subject.branch.as_deref())),
            said(finding.field.as_deref()),
            value.unwrap_or_default(),
            entry.message(self.words),
            said(entry.hint(self.words)),
            said(finding.basis.as_deref()),
            String::new(),
        ];
        ListRow { severity: finding.severity, cells, link: place.and_then(|it| self.link(it, within)) }
    }

    fn several(&self, cell: &str, n: usize) -> String {
        let words = &self.words.list;
        match n {
            0 | 1 => cell.to_owned(),
            n if n > N_MARKED => words.too_many.filled(&[cell, &n.to_string(), &N_MARKED.to_string()]),
            n => words.several.filled(&[cell, &n.to_string()]),
        }
    }

    /// Where a place leads, if the file is given back.
    fn link(&self, place: Origin, within: Option<FileId>) -> Option<Link> {
        let returned = self.returned.get(&place.file)?;
        let cell = || {
            let finding::Place::Cell { sheet, row, col } = place.place else { return None };
            let sheet = returned.sheets.as_ref()?.get(usize::from(sheet))?;
            Some((sheet.clone(), finding::cell_name(row, col)))
        };
        match within {
            Some(file) if file == place.file => cell().map(Link::Within),
            _ => Some(Link::Beyond(returned.name.clone(), cell())),
        }
    }
}
