//! Who has to correct what: a committee, a branch whose committee is not known, the office itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dataset::{Dataset, RecordId, Senders};
use finding::{FileId, Finding, Origin, Severity, Sources, Target};

/// Who is to get something back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A committee or branch, by the name that lists call it.
    Unit(Arc<str>),
    /// The office that runs the program: what nobody else alone has sent.
    Office,
}

/// Whose the returned files are.
pub(crate) struct Owners<'a> {
    dataset: &'a Dataset,
    files: BTreeMap<FileId, Owner>,
}

impl<'a> Owners<'a> {
    /// Looks at every file that was read or should have been.
    pub(crate) fn new(dataset: &'a Dataset, senders: &Senders, sources: &Sources) -> Self {
        let mut branches: BTreeMap<FileId, BTreeSet<Arc<str>>> = BTreeMap::new();
        let mut has_committee: BTreeSet<FileId> = BTreeSet::new();
        for id in dataset.rows() {
            let file = dataset.record(id).origin.file;
            let subject = dataset.subject(id);
            if subject.committee.is_some() {
                has_committee.insert(file);
            }
            branches.entry(file).or_default().extend(subject.branch);
        }
        let of_branch = |file: FileId| {
            let of_one = branches.get(&file).filter(|it| it.len() == 1 && !has_committee.contains(&file));
            of_one.and_then(|it| it.first().cloned())
        };
        let owner = |file: FileId| {
            let committee = senders.of(file).map(|it| dataset.label(it));
            committee.or_else(|| of_branch(file)).map_or(Owner::Office, Owner::Unit)
        };
        Self { dataset, files: sources.ids().map(|it| (it, owner(it))).collect() }
    }

    /// Whose a file is.
    pub(crate) fn of_file(&self, file: FileId) -> Owner {
        self.files.get(&file).cloned().unwrap_or(Owner::Office)
    }

    /// Who has to see to a finding: whose file it stands in; if that is not one unit's file, the office and whom it concerns.
    pub(crate) fn of_finding(&self, finding: &Finding) -> Vec<Owner> {
        let subject = finding.subject.committee.as_ref().or(finding.subject.branch.as_ref());
        let concerned = subject.cloned().map(Owner::Unit);
        match finding.origin.map(|it| self.of_file(it.file)) {
            Some(Owner::Unit(unit)) => vec![Owner::Unit(unit)],
            Some(Owner::Office) if self.is_returned(finding) => {
                std::iter::once(Owner::Office).chain(concerned).collect()
            }
            Some(Owner::Office) | None => vec![concerned.unwrap_or(Owner::Office)],
        }
    }

    /// Whether a finding is a matter of what was returned: not of the templates, of figures or of texts.
    pub(crate) fn is_matter(&self, finding: &Finding) -> bool {
        let of_returns = |it: &Target| {
            matches!(it, Target::Field(..) | Target::Record(_) | Target::File(_) | Target::Return(..))
        };
        finding.severity != Severity::Note
            && (finding.about.iter().any(of_returns)
                || (finding.about.is_empty() && self.is_returned(finding)))
    }

    fn is_returned(&self, finding: &Finding) -> bool {
        finding.origin.is_some_and(|it| self.dataset.files.contains_key(&it.file))
            || finding.about.iter().any(|it| matches!(it, Target::File(_)))
    }

    /// Whether a finding speaks of what another unit has sent, so that its words are not for this one.
    pub(crate) fn is_across(&self, finding: &Finding, owner: &Owner) -> bool {
        let Owner::Unit(own) = owner else { return false };
        let is_other_file = |it: Origin| matches!(self.of_file(it.file), Owner::Unit(it) if it != *own);
        let is_other = |it: RecordId| {
            let subject = self.dataset.subject(it);
            let unit = subject.committee.or(subject.branch);
            !self.is_registered(it)
                && unit.is_some_and(|unit| unit != *own)
                && Some(&*own) != self.dataset.subject(it).branch.as_ref()
        };
        let of_other = |it: &Target| match it {
            Target::Field(rows, _) | Target::Record(rows) => {
                rows.rows().any(|row| is_other(rows.table.record(row)))
            }
            _ => false,
        };
        finding.related.iter().any(|it| is_other_file(it.origin)) || finding.about.iter().any(of_other)
    }

    /// Committees and branches are no secret to each other.
    fn is_registered(&self, record: RecordId) -> bool {
        let schemas = &self.dataset.schemas;
        [schemas.committees(), schemas.branches()].contains(&Some(record.table))
    }
}
