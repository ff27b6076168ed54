//! Which errors withhold a document: those at the fields that it reads, and those that its lists may have lost to.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::artefact::{Kind, Withheld};
use super::planning::Planning;
use super::unread::{Kinds, tables_of};
use dataset::{Dataset, FieldRef, Reads};
use facts::Seat;
use finding::{FileId, Finding, Origin, Place, Report, Severity, Sources, codes};

/// Whose records count for a document: errors of others do not stand in its way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose<'a> {
    /// Everybody's.
    All,
    /// Those of a committee.
    Committee(&'a Arc<str>),
    /// Those of a record of a table, and the committee that it belongs to.
    Seat(Seat, Option<&'a Arc<str>>),
}

impl<'a> Whose<'a> {
    fn committee(self) -> Option<&'a Arc<str>> {
        match self {
            Self::All => None,
            Self::Committee(it) => Some(it),
            Self::Seat(_, it) => it,
        }
    }
}

/// The errors of a report by where they stand.
pub(super) struct Errors<'a> {
    dataset: &'a Dataset,
    sources: &'a Sources,
    /// By their own place, and by every further place that they name.
    by_place: BTreeMap<Origin, Vec<&'a Finding>>,
    /// Files, sheets and parts of files that could not be read, with the tables that will have stood there; of which
    /// nobody knows them, with none.
    unread: Vec<(&'a Finding, Option<BTreeSet<usize>>)>,
    /// Faults of what the project was given from outside.
    given: Vec<&'a Finding>,
    /// The records of each table at which some error stands; found when they are first asked for.
    faulty: OnceCell<Vec<Vec<usize>>>,
}

/// The errors that withhold a document.
pub(super) struct Blame<'a> {
    sources: &'a Sources,
    findings: Vec<&'a Finding>,
}

impl<'a> Errors<'a> {
    /// Sorts the errors of a report, whose findings know their committees.
    pub(super) fn new(planning: Planning<'a>, report: &'a Report) -> Self {
        let Planning { dataset, sources, .. } = planning;
        let read: BTreeSet<_> =
            dataset.rows().map(|(table, row)| dataset.record(table, row).origin.file).collect();
        let mut errors = Self {
            dataset,
            sources,
            by_place: BTreeMap::new(),
            unread: Vec::new(),
            given: Vec::new(),
            faulty: OnceCell::new(),
        };
        for finding in report.findings().iter().filter(|it| it.severity == Severity::Error) {
            // Two documents of one name say nothing against the records that they are about: whatever else reads these is made.
            if finding.code == codes::FILE_NAME_COLLISION.name {
                continue;
            }
            // What figures do not agree with, or fail over, stands in no record: those named beside are not at fault.
            let apart = [&codes::CHECK_FAILED, &codes::FIGURE_FAILED, &codes::SUMMARY_UNDECIDED];
            if apart.iter().any(|it| it.name == finding.code) {
                finding
                    .origin
                    .into_iter()
                    .for_each(|it| errors.by_place.entry(it).or_default().push(finding));
                continue;
            }
            if is_given(finding) {
                errors.given.push(finding);
                continue;
            }
            let places = finding.origin.into_iter().chain(finding.related.iter().map(|it| it.origin));
            places.for_each(|it| errors.by_place.entry(it).or_default().push(finding));
            let Some(origin) = finding.origin else { continue };
            let is_unread = match origin.place {
                Place::File | Place::Sheet { .. } => true,
                Place::Text { .. } => !read.contains(&origin.file) || is_unread_part(finding),
                Place::Cell { .. } => false,
            };
            // Of a file that was sent twice nothing is lost.
            let is_copy = finding.code == codes::RETURN_TWICE.name;
            let is_return = !planning.is_text(origin.file);
            if is_unread && is_return && !is_copy && finding.field.is_none() {
                errors.unread.push((finding, None));
            }
        }
        errors.name_unread();
        errors
    }

    /// Finds out which tables stood in what could not be read.
    fn name_unread(&mut self) {
        if self.unread.is_empty() {
            return;
        }
        let kinds = Kinds::new(self.dataset, self.sources);
        for (finding, tables) in &mut self.unread {
            *tables = finding.origin.and_then(|it| kinds.tables(it));
        }
    }

    /// The errors in what the project was given from outside.
    pub(super) fn given(&self) -> impl Iterator<Item = &'a Finding> + '_ {
        self.given.iter().copied()
    }

    /// The errors behind what a document of one committee has read; `None` for one over all committees.
    pub(super) fn behind(&self, reads: &Reads, committee: Option<&Arc<str>>) -> Blame<'a> {
        self.behind_of(reads, committee.map_or(Whose::All, Whose::Committee))
    }

    /// The errors behind what a document about these records has read.
    pub(super) fn behind_of(&self, reads: &Reads, whose: Whose<'_>) -> Blame<'a> {
        let committee = whose.committee();
        let mut blame = Blame { sources: self.sources, findings: Vec::new() };
        for at in &reads.fields {
            blame.add(self.at_field(*at));
        }
        for (table, field) in &reads.columns {
            for row in self.faulty_rows(*table) {
                let at = FieldRef { table: *table, row: *row, field: *field };
                if self.is_of(at, whose) {
                    blame.add(self.at_field(at));
                }
            }
        }
        for list in &reads.lists {
            for lost in self.dataset.lost(*list) {
                let at = FieldRef { table: list.table, row: lost.row, field: list.field };
                let here = self.at_field(at);
                blame.add(here.filter(|it| lost.near.is_some() || concerns(it, committee)));
            }
        }
        let tables = tables_of(reads);
        let is_read = |it: &Option<BTreeSet<usize>>| it.as_ref().is_none_or(|it| !it.is_disjoint(&tables));
        let unread = self.unread.iter().filter(|it| is_read(&it.1)).map(|it| it.0);
        blame.add(unread.filter(|it| match committee {
            None => true,
            // A file of which nobody knows whose it is stands in the way of summaries only.
            Some(committee) => it.subject.committee.as_ref() == Some(committee),
        }));
        blame
    }

    /// Whether a field belongs to those whose records count, or nobody knows to whom.
    fn is_of(&self, at: FieldRef, whose: Whose<'_>) -> bool {
        let is_theirs = |committee: &Arc<str>| {
            self.dataset.subject(at.table, at.row).committee.is_none_or(|it| it == *committee)
        };
        match whose {
            Whose::All => true,
            Whose::Committee(it) => is_theirs(it),
            Whose::Seat(seat, committee) => {
                let own = self.dataset.schemas.way(at.table, seat.table);
                match own.and_then(|it| self.dataset.walk(at.table, at.row, &it)) {
                    Some(row) => row == seat.row,
                    None => committee.is_none_or(is_theirs),
                }
            }
        }
    }

    /// The errors that stand in some files.
    pub(super) fn in_files(&self, is_meant: &dyn Fn(FileId) -> bool) -> Blame<'a> {
        let mut blame = Blame { sources: self.sources, findings: Vec::new() };
        let all = self.by_place.values().flatten().copied();
        blame.add(all.filter(|it| it.origin.is_some_and(|it| is_meant(it.file))));
        blame
    }

    /// The records of a table at which some error stands.
    fn faulty_rows(&self, table: usize) -> &[usize] {
        let all = self.faulty.get_or_init(|| {
            let is_faulty = |(table, row): &(usize, usize)| {
                let record = self.dataset.record(*table, *row);
                let mut places = record.cells.iter().map(|it| it.origin).chain([record.origin]);
                places.any(|it| self.by_place.contains_key(&it))
            };
            let mut faulty = vec![Vec::new(); self.dataset.schemas.tables.len()];
            self.dataset.rows().filter(is_faulty).for_each(|(table, row)| faulty[table].push(row));
            faulty
        });
        &all[table]
    }

    /// The errors at a field, and those at its record as a whole.
    fn at_field(&self, at: FieldRef) -> impl Iterator<Item = &'a Finding> {
        let title = self.dataset.schema(at.table).fields[at.field].title.clone();
        let origin = self.dataset.cell(at).origin;
        let record = self.dataset.record(at.table, at.row).origin;
        let here =
            self.at(origin).filter(move |it| it.origin != Some(origin) || it.field.as_ref() == Some(&title));
        here.chain(self.at(record).filter(|it| it.field.is_none()))
    }

    /// The errors at a place, of whatever field.
    pub(super) fn at(&self, origin: Origin) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.by_place.get(&origin).cloned().unwrap_or_default().into_iter()
    }
}

/// Whether a finding is about what the project was given from outside, which only figures are held against.
fn is_given(finding: &Finding) -> bool {
    [&codes::GIVEN_FIGURE_UNREADABLE, &codes::GIVEN_FILE_UNUSABLE].iter().any(|it| it.name == finding.code)
}

/// Whether a finding in a YAML file says that a whole part of it was not read.
fn is_unread_part(finding: &Finding) -> bool {
    [&codes::UNKNOWN_TABLE, &codes::YAML_NOT_A_RECORD].iter().any(|it| it.name == finding.code)
}

fn concerns(finding: &Finding, committee: Option<&Arc<str>>) -> bool {
    match (&finding.subject.committee, committee) {
        (Some(of_finding), Some(of_document)) => of_finding == of_document,
        _ => true,
    }
}

impl<'a> Blame<'a> {
    /// Adds errors, each once.
    pub(super) fn add(&mut self, findings: impl IntoIterator<Item = &'a Finding>) {
        for finding in findings {
            if !self.findings.iter().any(|it| std::ptr::eq(*it, finding)) {
                self.findings.push(finding);
            }
        }
    }

    /// Whether nothing stands in the document's way.
    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The entry for a document that these errors withhold.
    pub(super) fn withhold(
        &self,
        kind: Kind,
        (path, title): (String, String),
        committee: Option<Arc<str>>,
    ) -> Withheld {
        let codes: BTreeSet<String> = self.findings.iter().map(|it| it.code.to_string()).collect();
        let reason = |it: &&Finding| {
            // A document over several committees names the one that has to mend it; a file that was not read, itself.
            let whose =
                it.subject.branch.as_ref().or(it.subject.committee.as_ref()).filter(|_| committee.is_none());
            // A book names the regulation or text at fault.
            let whose = whose.or(it.subject.record.as_ref().filter(|_| kind == Kind::Handbooks));
            let file = it.origin.filter(|it| matches!(it.place, Place::File | Place::Sheet { .. }));
            let file = file.map(|it| self.sources.display(it));
            let parts = [whose.map(|it| &**it), file.as_deref(), it.field.as_deref()];
            parts.into_iter().flatten().chain([it.message.as_str()]).collect::<Vec<_>>().join("：")
        };
        let reasons = self.findings.iter().map(reason).collect();
        Withheld { path, kind, title, committee, codes: codes.into_iter().collect(), reasons }
    }
}
