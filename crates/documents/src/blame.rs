//! Which errors withhold a document: those about what it has read, and those by which its lists may have lost records.
//!
//! Each error says what it is about, and its code how far that reaches; what a document depends on is known from its trace.
//! So this is a look-up, whatever the errors are and wherever they are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::artefact::{Artefact, Cause, Withheld};
use super::input::{Input, Whose};
use super::owed::Counted;
use super::planning::lies_in;
use dataset::{Dataset, FieldRef, Meant, Reads, RecordId, TableId};
use due::Kinds;
use finding::{ByRecord, Code, FileId, Finding, Origin, Place, Reach, Report, Severity, Sources, Target};

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
    /// What was due and has not come: the table, and whose it is.
    absent: Vec<(&'a Finding, TableId, Option<RecordId>)>,
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
    /// Whether the document is made from texts, so that each reason names the one at fault.
    names_texts: bool,
}

impl<'a> Errors<'a> {
    /// Sorts the errors of a report, whose findings know their committees.
    pub(super) fn new(dataset: &'a Dataset, sources: &'a Sources, report: &'a Report) -> Self {
        let mut errors = Self {
            dataset,
            sources,
            by_record: ByRecord::default(),
            unread: Vec::new(),
            given: Vec::new(),
            absent: Vec::new(),
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
            Target::Return(table, unit) => self.absent.push((finding, *table, *unit)),
            Target::Text(file) => self.texts.push((*file, finding)),
            Target::Given(_) => self.given.push(finding),
            Target::Figure(at) | Target::Declaration(at) => {
                self.declared.entry(*at).or_default().push(finding);
            }
            Target::Document(path) => self.documents.entry(path.clone()).or_default().push(finding),
        }
    }

    /// The errors behind a document, in the order of what it is made from.
    pub(super) fn behind(&self, inputs: &[Input]) -> Blame<'a> {
        let mut blame = Blame { sources: self.sources, findings: Vec::new(), names_texts: false };
        for input in inputs {
            match input {
                Input::Reads(reads, whose) => self.add_read(reads, whose, &mut blame),
                Input::Record(record) => blame.add(self.by_record.of_record(*record)),
                Input::Texts(files, folders) => {
                    blame.names_texts = true;
                    self.add_texts(files, folders, &mut blame);
                }
                Input::Declared(at) => blame.add(self.of_declared(*at)),
                Input::Check { declared, place } => {
                    blame.add(self.of_declared(*declared).filter(|it| it.origin == Some(*place)));
                }
                Input::Given => blame.add(self.given.iter().copied()),
                Input::Itself(path) => blame.add(self.documents.get(&**path).into_iter().flatten().copied()),
            }
        }
        if !self.absent.is_empty() {
            let counted = Counted::by(inputs, self.dataset);
            blame
                .add(self.absent.iter().filter(|(_, table, unit)| counted.has(*table, *unit)).map(|it| it.0));
        }
        blame
    }

    /// The errors about these fields and their records, and about records that the lists would hold were they not in error.
    pub(super) fn about(&self, reads: &Reads) -> Vec<&'a Finding> {
        let lost = reads.lists.iter().flat_map(|list| {
            let meant = self.dataset.lost(*list).filter(|it| it.meant != Meant::Unknown);
            meant.map(|it| list.column.table.record(it.row).field(list.column.field))
        });
        reads.fields.iter().copied().chain(lost).flat_map(|it| self.at_field(it)).collect()
    }

    /// The errors about a figure, a check or another declaration.
    fn of_declared(&self, at: Origin) -> impl Iterator<Item = &'a Finding> + '_ {
        self.declared.get(&at).into_iter().flatten().copied()
    }

    /// Adds the errors in texts, in the order in which one meets the first place of each.
    fn add_texts(&self, files: &BTreeSet<FileId>, folders: &[String], blame: &mut Blame<'a>) {
        let is_meant = |file: FileId| {
            let path = self.sources.path(file);
            files.contains(&file) || folders.iter().any(|it| lies_in(path, it))
        };
        let first_place =
            |it: &&Finding| it.origin.into_iter().chain(it.related.iter().map(|it| it.origin)).min();
        let mut found: Vec<&Finding> = self.texts.iter().filter(|it| is_meant(it.0)).map(|it| it.1).collect();
        found.sort_by_key(first_place);
        blame.add(found);
    }

    /// Adds the errors behind what a document about somebody's records has read.
    fn add_read(&self, reads: &Reads, whose: &Whose, blame: &mut Blame<'a>) {
        let committee = whose.committee();
        for at in &reads.fields {
            blame.add(self.at_field(*at));
        }
        for column in &reads.columns {
            let is_of = |row, wanted| self.is_of(column.table.record(row), whose) == wanted;
            blame.add(self.by_record.of_column(*column, |row| is_of(row, Some(true))));
            // Of a record that does not say whose it is, whoever returned it.
            let unknown = self.by_record.of_column(*column, |row| is_of(row, None)).into_iter();
            blame.add(unknown.filter(|it| concerns(it, committee)));
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
    }

    /// Whether a record belongs to those whose records count; `None` if nobody knows to whom it belongs.
    fn is_of(&self, record: RecordId, whose: &Whose) -> Option<bool> {
        match whose {
            Whose::All => Some(true),
            Whose::Committee(it) => self.is_of_committee(record, it),
            Whose::Seat(seat, committee) => {
                let is_branch = self.dataset.schemas.committees() != Some(seat.table);
                let owners = self.dataset.owners(record, seat.table).filter(|_| is_branch);
                match owners.filter(|it| !it.is_empty() || !self.is_in_doubt(record, seat.table)) {
                    Some(owners) => Some(owners.contains(seat)),
                    None => committee.as_ref().map_or(Some(true), |it| self.is_of_committee(record, it)),
                }
            }
        }
    }

    /// Whether there is an error at one of a record's references to a table: that of whose it is.
    fn is_in_doubt(&self, record: RecordId, to: TableId) -> bool {
        let schemas = &self.dataset.schemas;
        let leads_there = |field: &schema::Field| match &field.kind {
            schema::FieldKind::Reference(reference) => schemas.index(&reference.to) == Some(to),
            _ => false,
        };
        let fields = self.dataset.schema(record.table).fields.with_ids().filter(|it| leads_there(it.1));
        fields.into_iter().any(|(id, _)| !self.by_record.of_field(record.field(id)).is_empty())
    }

    /// Whether a record belongs to a committee. One that was probably meant for another still stands among what somebody
    /// returned.
    fn is_of_committee(&self, record: RecordId, committee: &Arc<str>) -> Option<bool> {
        let committees = self.dataset.schemas.committees()?;
        let owners = self.dataset.owners(record, committees)?;
        if owners.iter().any(|it| self.dataset.label(*it) == *committee) {
            return Some(true);
        }
        // What is the university's own names no committee, and need not.
        if owners.is_empty() && !self.is_in_doubt(record, committees) {
            return Some(false);
        }
        let way = self.dataset.schemas.way(record.table, committees);
        let is_certain = way.and_then(|it| self.dataset.walk(record, &it)).is_some();
        is_certain.then_some(false)
    }

    /// The errors about a field, and those about its record as a whole.
    fn at_field(&self, at: FieldRef) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.by_record.of_field(at).into_iter().chain(self.by_record.of_record(at.record()))
    }
}

fn concerns(finding: &Finding, committee: Option<&Arc<str>>) -> bool {
    match (&finding.subject.committee, committee) {
        (Some(of_finding), Some(of_document)) => of_finding == of_document,
        _ => true,
    }
}

/// The tables that something was read from.
fn tables_of(reads: &Reads) -> BTreeSet<TableId> {
    let fields = reads.fields.iter().map(|it| it.table);
    let columns = reads.columns.iter().map(|it| it.table);
    fields
        .chain(columns)
        .chain(reads.lists.iter().map(|it| it.column.table))
        .chain(reads.tables.iter().copied())
        .collect()
}

impl<'a> Blame<'a> {
    /// Adds errors, each once.
    fn add(&mut self, findings: impl IntoIterator<Item = &'a Finding>) {
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

    /// The errors, in the order of what the document is made from.
    pub(super) fn findings(&self) -> &[&'a Finding] {
        &self.findings
    }

    /// Whether nothing stands in the document's way.
    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The entry for a file that these errors withhold, and what in its document is not determined.
    pub(super) fn withhold(&self, artefact: Arc<Artefact>, faults: &[(&'static Code, String)]) -> Withheld {
        let codes = self.findings.iter().map(|it| &*it.code).chain(faults.iter().map(|it| it.0.name));
        let codes: BTreeSet<String> = codes.map(str::to_owned).collect();
        // What reads the same, for the document says whose it is, is one reason to the reader.
        let mut reasons: Vec<String> = Vec::new();
        let of_findings = self.findings.iter().map(|it| self.reason(it, &artefact));
        for why in of_findings.chain(faults.iter().map(|it| it.1.clone())) {
            if !reasons.contains(&why) {
                reasons.push(why);
            }
        }
        let causes = self.findings.iter().map(|it| Cause::of(it)).collect();
        Withheld { artefact, codes: codes.into_iter().collect(), reasons, causes }
    }

    fn reason(&self, it: &Finding, artefact: &Artefact) -> String {
        // A document over several committees names the one that has to mend it; a file that was not read, itself.
        let whose = it.subject.branch.as_ref().or(it.subject.committee.as_ref());
        let whose = whose.filter(|_| artefact.committee.is_none());
        // A book names the regulation or text at fault.
        let whose = whose.or(it.subject.record.as_ref().filter(|_| self.names_texts));
        let file = it.origin.filter(|it| matches!(it.place, Place::File | Place::Sheet { .. }));
        let file = file.map(|it| self.sources.display(it));
        let parts = [whose.map(|it| &**it), file.as_deref(), it.field.as_deref()];
        parts.into_iter().flatten().chain([it.message.as_str()]).collect::<Vec<_>>().join("：")
    }
}
