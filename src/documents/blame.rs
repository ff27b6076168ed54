//! Which errors withhold a document: those at the fields that it reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::artefact::{Kind, Withheld};
use crate::dataset::{Dataset, FieldRef};
use crate::finding::{Finding, Origin, Report, Severity};

/// The errors of a report by place and field.
pub(super) struct Errors<'a> {
    by_place: BTreeMap<Origin, Vec<&'a Finding>>,
}

/// The errors that withhold a document.
#[derive(Default)]
pub(super) struct Blame<'a> {
    findings: Vec<&'a Finding>,
}

impl<'a> Errors<'a> {
    /// Sorts the errors of a report.
    pub(super) fn new(report: &'a Report) -> Self {
        let mut by_place: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
        for finding in report.findings().iter().filter(|it| it.severity == Severity::Error) {
            if let Some(origin) = finding.origin {
                by_place.entry(origin).or_default().push(finding);
            }
        }
        Self { by_place }
    }

    /// The errors at any of the fields.
    pub(super) fn behind(&self, dataset: &Dataset, reads: impl IntoIterator<Item = FieldRef>) -> Blame<'a> {
        let mut blame = Blame::default();
        for at in reads {
            let title = &dataset.schema(at.table).fields[at.field].title;
            let here = self.at(dataset.cell(at).origin).filter(|it| it.field.as_ref() == Some(title));
            blame.add(here);
        }
        blame
    }

    /// The errors at a place, of whatever field.
    pub(super) fn at(&self, origin: Origin) -> impl Iterator<Item = &'a Finding> {
        self.by_place.get(&origin).into_iter().flatten().copied()
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
    pub(super) fn withhold(&self, path: String, title: String, committee: Option<Arc<str>>) -> Withheld {
        let codes: BTreeSet<String> = self.findings.iter().map(|it| it.code.to_string()).collect();
        let reason = |it: &&Finding| {
            // A document over several committees names the one that has to mend it.
            let whose =
                it.subject.branch.as_ref().or(it.subject.committee.as_ref()).filter(|_| committee.is_none());
            let parts = [whose, it.field.as_ref()].into_iter().flatten().map(|it| &**it);
            parts.chain([it.message.as_str()]).collect::<Vec<_>>().join("：")
        };
        let reasons = self.findings.iter().map(reason).collect();
        Withheld { path, kind: Kind::Forms, title, committee, codes: codes.into_iter().collect(), reasons }
    }
}
