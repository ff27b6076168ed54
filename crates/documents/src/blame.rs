//! Which errors withhold a document: those about what it has read, and those by which its lists may have lost records.
//!
//! Each error says what it is about, and its code how far that reaches; what a document depends on is known from its trace.
//! So this is a look-up, whatever the errors are and wherever they are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::artefact::{Kind, Withheld};
use super::planning::Planning;
use super::unread::{Kinds, tables_of};
use dataset::{Dataset, FieldRef, Meant, Reads, RecordId, TableId};
use facts::Seat;
use finding::{ByRecord, FileId, Finding, Origin, Place, Reach, Report, Severity, Sources, Target};

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

/// The errors of a report by what they are about.
pub(super) struct Errors<'a> {
    dataset: &'a Dataset,
    sources: &'a Sources,
    by_record: ByRecord<'a>,
    /// Files, sheets and parts of files with which records were lost, each with the tables that will have stood there; with
    /// none if nobody knows what was lost.
    unread: Vec<(&'a Finding, Option<BTreeSet<TableId>>)>,
    /// Faults of what the project was given from outside.
    given: Vec<&'a Finding>,
    texts: Vec<(FileId, &'a Finding)>,
    /// By the place of the figure, check or other declaration.
    declared: BTreeMap<Origin, Vec<&'a Finding>>,
    /// By the path of the document.
    documents: BTreeMap<Arc<str>, Vec<&'a Finding>>,
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
        let mut errors = Self {
            dataset,
            sources,
            by_record: ByRecord::default(),
            unread: Vec::new(),
            given: Vec::new(),
            texts: Vec::new(),
            declared: BTreeMap::new(),
            documents: BTreeMap::new(),
        };
        let mut kinds = None;
        for finding in report.findings().iter().filter(|it| it.severity == Severity::Error) {
            match finding.reach {
                Reach::Nothing => {}
                Reach::Everything => errors.unread.push((finding, None)),
                // Of an error that does not say what it is about nobody knows what depends on it.
                Reach::Itself | Reach::Outright if finding.about.is_empty() => {
                    errors.unread.push((finding, None));
                }
                Reach::Itself | Reach::Outright => {
                    finding.about.iter().for_each(|it| errors.add(it, finding, &mut kinds));
                }
            }
        }
        errors
    }

    fn add(&mut self, target: &Target, finding: &'a Finding, kinds: &mut Option<Kinds<'a>>) {
        match target {
            Target::Field(..) | Target::Record(_) => self.by_record.add(target, finding),
            Target::File(part) => {
                let kinds = kinds.get_or_insert_with(|| Kinds::new(self.dataset, self.sources));
                self.unread.push((finding, kinds.tables(part)));
            }
            Target::Text(file) => self.texts.push((*file, finding)),
            Target::Given(_) => self.given.push(finding),
            Target::Figure(at) | Target::Declaration(at) => {
                self.declared.entry(*at).or_default().push(finding);
            }
            Target::Document(path) => self.documents.entry(path.clone()).or_default().push(finding),
        }
    }

    /// The errors in what the project was given from outside.
    pub(super) fn given(&self) -> impl Iterator<Item = &'a Finding> + '_ {
        self.given.iter().copied()
    }

    /// The errors about a figure, a check or another declaration.
    pub(super) fn of_declared(&self, at: Origin) -> impl Iterator<Item = &'a Finding> + '_ {
        self.declared.get(&at).into_iter().flatten().copied()
    }

    /// The errors about a document itself.
    pub(super) fn of_document(&self, path: &str) -> impl Iterator<Item = &'a Finding> + '_ {
        self.documents.get(path).into_iter().flatten().copied()
    }

    /// The errors about a record as a whole.
    pub(super) fn of_record(&self, record: RecordId) -> Vec<&'a Finding> {
        self.by_record.of_record(record)
    }

    /// The errors in some texts, in the order in which one meets the first place of each.
    pub(super) fn in_texts(&self, is_meant: impl Fn(FileId) -> bool) -> Blame<'a> {
        let first_place =
            |it: &&Finding| it.origin.into_iter().chain(it.related.iter().map(|it| it.origin)).min();
        let mut found: Vec<&Finding> = self.texts.iter().filter(|it| is_meant(it.0)).map(|it| it.1).collect();
        found.sort_by_key(first_place);
        let mut blame = Blame { sources: self.sources, findings: Vec::new() };
        blame.add(found);
        blame
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
        for column in &reads.columns {
            let counts = |row| self.is_of(column.table.record(row), whose);
            blame.add(self.by_record.of_column(*column, counts));
        }
        for list in &reads.lists {
            for lost in self.dataset.lost(*list) {
                let at = list.column.table.record(lost.row).field(list.column.field);
                let is_known = lost.meant != Meant::Unknown;
                blame.add(self.at_field(at).filter(|it| is_known || concerns(it, committee)));
            }
        }
        let tables = tables_of(reads);
        let is_read = |it: &Option<BTreeSet<TableId>>| it.as_ref().is_none_or(|it| !it.is_disjoint(&tables));
        let unread = self.unread.iter().filter(|it| is_read(&it.1)).map(|it| it.0);
        blame.add(unread.filter(|it| match committee {
            None => true,
            // A file of which nobody knows whose it is stands in the way of summaries only.
            Some(committee) => it.subject.committee.as_ref() == Some(committee),
        }));
        blame
    }

    /// Whether a record belongs to those whose records count, or nobody knows to whom.
    fn is_of(&self, record: RecordId, whose: Whose<'_>) -> bool {
        let is_theirs =
            |committee: &Arc<str>| self.dataset.subject(record).committee.is_none_or(|it| it == *committee);
        match whose {
            Whose::All => true,
            Whose::Committee(it) => is_theirs(it),
            Whose::Seat(seat, committee) => {
                let own = self.dataset.schemas.way(record.table, seat.table);
                match own.and_then(|it| self.dataset.walk(record, &it)) {
                    Some(own) => own == seat,
                    None => committee.is_none_or(is_theirs),
                }
            }
        }
    }

    /// The errors about a field, and those about its record as a whole.
    fn at_field(&self, at: FieldRef) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.by_record.of_field(at).into_iter().chain(self.of_record(at.record()))
    }
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

    /// Whether the document may be made: nothing stands in its way, or it is a draft and nothing in the way of that.
    pub(super) fn admits(&self, is_draft: bool) -> bool {
        self.findings.iter().all(|it| is_draft && it.reach != Reach::Outright)
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
