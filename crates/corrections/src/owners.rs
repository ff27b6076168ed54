//! Who has to correct what: a committee, a branch whose committee is not known, the office itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dataset::{Dataset, RecordId, Senders};
use finding::{FileId, Finding, Origin, Severity, Sources, Target, codes};

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

/// Whom the records of a file name.
#[derive(Debug, Default)]
struct Named {
    committees: BTreeSet<RecordId>,
    branches: BTreeSet<RecordId>,
}

impl<'a> Owners<'a> {
    /// Looks at every file that was read or should have been.
    pub(crate) fn new(dataset: &'a Dataset, senders: &Senders, sources: &Sources) -> Self {
        let mut named: BTreeMap<FileId, Named> = BTreeMap::new();
        for id in dataset.rows() {
            let file = named.entry(dataset.record(id).origin.file).or_default();
            file.committees.extend(dataset.committee(id).into_iter().chain(referred(dataset, id)));
            file.branches.extend(dataset.branch(id));
        }
        let owner = |file: FileId| {
            let records = named.get(&file);
            let all_of = |committee: RecordId| {
                records.is_none_or(|it| it.committees.iter().all(|other| *other == committee))
            };
            // What a file or folder is called settles it. Where only the records tell, all that they name has to be of one
            // committee: a number that was mistyped may be that of somebody else's member.
            let is_sure = |committee: &RecordId| match senders.named(file) {
                Some(by_name) => by_name == *committee,
                None => all_of(*committee),
            };
            let committee = senders.of(file).filter(is_sure).map(|it| dataset.label(it));
            let branch = || {
                let records = records.filter(|it| it.committees.is_empty() && it.branches.len() == 1)?;
                records.branches.first().map(|it| dataset.label(*it))
            };
            committee.or_else(branch).map_or(Owner::Office, Owner::Unit)
        };
        let files = sources.ids().map(|it| (it, owner(it))).collect();
        Self { dataset, files }
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
                let concerned = concerned.filter(|it| !self.is_across(finding, it));
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
        let is_about = finding.about.iter().any(of_returns);
        // A layout that fails is nobody's who has returned something.
        let is_ours = finding.code == codes::LAYOUT_FAILED.name;
        finding.severity != Severity::Note
            && !is_ours
            && (is_about || (finding.about.is_empty() && self.is_returned(finding)))
    }

    fn is_returned(&self, finding: &Finding) -> bool {
        finding.origin.is_some_and(|it| self.dataset.files.contains_key(&it.file))
            || finding.about.iter().any(|it| matches!(it, Target::File(_)))
    }

    /// Whether a finding speaks of what another unit has sent, so that its words are not for this one.
    pub(crate) fn is_across(&self, finding: &Finding, owner: &Owner) -> bool {
        let Owner::Unit(own) = owner else { return false };
        let is_other_file = |it: Origin| matches!(self.of_file(it.file), Owner::Unit(it) if it != *own);
        let of_other = |it: &Target| match it {
            Target::Field(rows, _) | Target::Record(rows) => {
                rows.rows().any(|row| self.leads_to_other(rows.table.record(row), own))
            }
            _ => false,
        };
        finding.related.iter().any(|it| is_other_file(it.origin)) || finding.about.iter().any(of_other)
    }

    /// Whether a record is another unit's, or refers to one that is: what rules say of it may name that one.
    fn leads_to_other(&self, record: RecordId, own: &Arc<str>) -> bool {
        let fields = self.dataset.schema(record.table).fields.ids();
        let targets = fields.filter_map(|it| self.dataset.follow(record.field(it)));
        std::iter::once(record).chain(targets).any(|it| self.is_of_other(it, own))
    }

    /// Whether a record is, or may be, another unit's: what stands in one's own file is one's own, and committees and branches
    /// are no secret to each other.
    fn is_of_other(&self, record: RecordId, own: &Arc<str>) -> bool {
        let dataset = self.dataset;
        let schemas = &dataset.schemas;
        let is_registered = [schemas.committees(), schemas.branches()].contains(&Some(record.table));
        if is_registered || self.of_file(dataset.record(record).origin.file) == Owner::Unit(own.clone()) {
            return false;
        }
        let committees = dataset.committee(record).into_iter().chain(referred(dataset, record));
        let labels: BTreeSet<Arc<str>> = committees.map(|it| dataset.label(it)).collect();
        if labels.is_empty() {
            return dataset.branch(record).is_some_and(|it| dataset.label(it) != *own);
        }
        labels.iter().any(|it| it != own)
    }
}

/// The committees that a record's references name, its own or through their branches.
fn referred(dataset: &Dataset, record: RecordId) -> impl Iterator<Item = RecordId> + '_ {
    let registers = [dataset.schemas.committees(), dataset.schemas.branches()];
    let fields = dataset.schema(record.table).fields.ids();
    let targets = fields.filter_map(move |it| dataset.follow(record.field(it)));
    targets.filter(move |it| registers.contains(&Some(it.table))).filter_map(|it| dataset.committee(it))
}
