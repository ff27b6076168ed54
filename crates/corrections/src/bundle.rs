//! The bundles: for each committee, what is wrong with what it has sent, and the files themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::fresh;
use super::given::{Given, Opened};
use super::list::{Entry, Returned, Writer};
use super::marked::{Marks, marked};
use super::notice::{Notice, counts, script};
use super::owners::{Owner, Owners};
use super::places::{cells, place};
use super::words::Words;
use dataset::Dataset;
use documents::{Captions, Kind, Made, folded, free_name, safe_name, summary};
use due::Returns;
use finding::{FileId, Finding, Origin, Report, Severity, Sources, codes};
use project::{Fonts, Project, Templates};
use render::Press;

/// The layout of the notice.
const LAYOUT: &str = "returns/notice.typ";

/// What is known of the run.
pub struct Giving<'a> {
    /// The project.
    pub project: &'a Project,
    /// The templates.
    pub templates: &'a Templates,
    /// The faces.
    pub fonts: &'a Fonts,
    /// The records.
    pub dataset: &'a Dataset,
    /// Who had to return what, and whose the files are.
    pub returns: &'a Returns,
    /// The files.
    pub sources: &'a Sources,
    /// What documents call their parts.
    pub captions: &'a Arc<Captions>,
    /// What is given back is called.
    pub words: &'a Words,
}

/// The bundles, one for each that has something to correct, in the order of their names. What cannot be given back, or not
/// as it should be, is said in the report.
pub fn give_back(giving: &Giving<'_>, report: &mut Report) -> Vec<Made> {
    let Giving { dataset, returns, sources, words, .. } = giving;
    let owners = Owners::new(dataset, &returns.senders, sources);
    let findings = report.findings().to_vec();
    let mut by_owner: BTreeMap<Owner, Vec<Entry<'_>>> = BTreeMap::new();
    for finding in findings.iter().filter(|it| owners.is_matter(it)) {
        for owner in owners.of_finding(finding) {
            let is_across = owners.is_across(finding, &owner);
            let entry = Entry { finding, cells: cells(finding, dataset), is_across };
            by_owner.entry(owner).or_default().push(entry);
        }
    }
    let press = Press::new(giving.templates, giving.fonts);
    let mut taken = BTreeSet::new();
    let mut made = Vec::new();
    for (owner, entries) in &by_owner {
        let unit = match owner {
            Owner::Unit(name) => name.clone(),
            Owner::Office => words.office.clone(),
        };
        let bundle = Bundle { giving, owners: &owners, owner, unit: &unit, entries, press: &press };
        if let Some(bytes) = bundle.pack(report) {
            let name = free_name(&safe_name(&unit), "zip", &mut taken);
            made.push(Made::unplanned(format!("{}/{name}", words.folder), Kind::REPORT, bytes));
        }
    }
    made
}

/// What goes back to one owner.
struct Bundle<'a> {
    giving: &'a Giving<'a>,
    owners: &'a Owners<'a>,
    owner: &'a Owner,
    unit: &'a str,
    entries: &'a [Entry<'a>],
    press: &'a Press<'a>,
}

impl Bundle<'_> {
    fn pack(&self, report: &mut Report) -> Option<Vec<u8>> {
        let Giving { words, sources, .. } = *self.giving;
        let mut taken = self.reserved();
        let mut opened: BTreeMap<FileId, (Opened, String)> = BTreeMap::new();
        for file in self.files() {
            if let Some(it) = Opened::open(file, sources, words, report) {
                let name = own_name(sources.path(file), it.is_fresh(), &mut taken);
                opened.insert(file, (it, name));
            }
        }
        let returned: BTreeMap<FileId, Returned> =
            opened.iter().map(|(file, (it, name))| (*file, it.returned(name))).collect();
        let writer = Writer { words, sources, returned: &returned };
        let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut listed: Vec<(String, [usize; 2])> = Vec::new();
        let mut is_plain = false;
        for (file, (it, name)) in opened {
            let within = self.within(file);
            is_plain |= returned.get(&file).is_some_and(|it| it.sheets.is_none());
            listed.push((name.clone(), counts(within.iter().map(|it| &it.finding.severity))));
            let given = Given { returned: it.returned(&name), bytes: it.give(&within, &writer, report) };
            parts.insert(given.returned.name, given.bytes);
        }
        let all: Vec<&Entry<'_>> = self.entries.iter().collect();
        let remarks: &[&str] = if is_plain { &[&words.plain] } else { &[] };
        let list = writer.of_all(self.unit, &all, remarks);
        let book = fresh::workbook(&[], &BTreeMap::new(), &words.untitled).map_err(|it| it.to_string());
        let book = book.and_then(|it| marked(&it, &Marks::new(), &list, &[]).map_err(|it| it.to_string()));
        match book {
            Ok(bytes) => drop(parts.insert(format!("{}.xlsx", words.list.name), bytes)),
            Err(fault) => report.push(self.fault(&fault)),
        }
        listed.sort();
        self.notice(listed, &mut parts, report);
        let packed = render::bundle(&documents::Bundle::new(parts, &words.cover, self.unit, &[]));
        packed.map_err(|fault| report.push(self.fault(&fault.to_string()))).ok()
    }

    /// Names that files of the bundle must not have.
    fn reserved(&self) -> BTreeSet<String> {
        let words = self.giving.words;
        let own = [
            format!("{}.xlsx", words.list.name),
            words.cover.file_name(),
            format!("{}.pdf", words.notice.name),
            format!("{}.docx", words.notice.name),
        ];
        own.iter().map(|it| folded(it)).collect()
    }

    /// The files of the owner in which something was found.
    fn files(&self) -> BTreeSet<FileId> {
        let places = self.entries.iter().flat_map(|it| place(it.finding).into_iter().chain(it.cells.clone()));
        let files = places.map(|it| it.file);
        let is_own = |it: &FileId| self.owners.of_file(*it) == *self.owner && self.is_read(*it);
        files.filter(is_own).collect()
    }

    /// Whether a file is one that was returned: neither a template nor the project's own.
    fn is_read(&self, file: FileId) -> bool {
        let is_of = |it: &Origin| it.file == file;
        let is_part = |it: &finding::Target| matches!(it, finding::Target::File(part) if part.file == file);
        let known = self.giving.dataset.files.contains_key(&file);
        let said = |it: &Entry<'_>| {
            it.finding.origin.as_ref().is_some_and(is_of) && it.finding.about.iter().any(is_part)
        };
        self.giving.sources.stored(file).is_some() && (known || self.entries.iter().any(said))
    }

    /// What was found in a file.
    fn within(&self, file: FileId) -> Vec<&Entry<'_>> {
        let is_there = |it: &&Entry<'_>| {
            let shown = place(it.finding).is_some_and(|it| it.file == file);
            shown || it.cells.iter().any(|it| it.file == file)
        };
        self.entries.iter().filter(is_there).collect()
    }

    fn notice(
        &self,
        files: Vec<(String, [usize; 2])>,
        parts: &mut BTreeMap<String, Vec<u8>>,
        report: &mut Report,
    ) {
        let Giving { words, project, fonts, templates, captions, .. } = *self.giving;
        let all = counts(self.entries.iter().map(|it| &it.finding.severity));
        let notice = Notice { unit: self.unit, files, counts: all, due: self.due() };
        let text = match notice.text(project, words) {
            Ok(text) => text,
            Err((written, fault)) => {
                let message = format!("退改通知的文字有误：{fault}");
                let finding = Finding::new(&codes::LAYOUT_FAILED, message).at(written.origin);
                return report.push(finding.hint("请对照内置的 templates/returns/words.yaml 改正"));
            }
        };
        let pages = summary::pages(&text, LAYOUT, project, fonts);
        match self.press.pdf(&pages) {
            Ok(printed) => drop(parts.insert(format!("{}.pdf", words.notice.name), printed.bytes)),
            Err(fault) => report.push(self.fault(&fault.to_string())),
        }
        match render::document(&script(text, project, captions), templates) {
            Ok(bytes) => drop(parts.insert(format!("{}.docx", words.notice.name), bytes)),
            Err(fault) => report.push(self.fault(&fault.to_string())),
        }
    }

    /// The first day that is not over by which something of the owner was to come.
    fn due(&self) -> Option<Date> {
        let Giving { returns, dataset, project, .. } = self.giving;
        let is_own = |it: &&due::Expected| match (self.owner, it.committee) {
            (Owner::Unit(unit), Some(committee)) => dataset.label(committee) == *unit,
            (Owner::Office, None) => true,
            _ => false,
        };
        let days = returns.expected.iter().filter(is_own).filter_map(|it| it.due);
        days.filter(|it| *it >= project.as_of).min()
    }

    fn fault(&self, fault: &str) -> Finding {
        let message = format!("{}的退改件不完整：{fault}", self.unit);
        Finding { severity: Severity::Query, ..Finding::new(&codes::RETURN_NOT_GIVEN_BACK, message) }
    }
}

/// The name of a file in a bundle.
fn own_name(path: &str, is_fresh: bool, taken: &mut BTreeSet<String>) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    free_name(&safe_name(stem), if is_fresh { "xlsx" } else { ending }, taken)
}
