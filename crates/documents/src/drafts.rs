//! Documents are drafted by kind: all that would be made, before it is known what stands in the way of each.

use std::fmt::Debug;
use std::sync::Arc;

use super::artefact::{Artefact, Body, Kind, Planned};
use super::forms::{PlannedForm, PlannedOverview};
use super::gates::Named;
use super::input::Input;
use super::planning::Planning;
use super::statistics::PlannedWorkbook;
use super::statistics::issued::PlannedIssued;
use super::summary::{PlannedText, Undecided};
use finding::{Code, Origin, Report};
use rules::Condition;

/// The declarations of a kind, ready to be planned.
pub trait Planner: Debug {
    /// Drafts all documents of the kind; what stands in their way goes to the report.
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts;
}

/// All documents of a kind.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The documents, those together that are listed together.
    pub(super) groups: Vec<Group>,
    /// What is behind them.
    pub(super) behind: Background,
    /// What of their texts could not be written.
    pub(super) undecided: Vec<Undecided>,
    /// What can be drafted only when it is known what has been answered.
    pub(super) closing: Vec<Box<dyn Closing>>,
}

/// Documents about the findings of the run.
pub(super) trait Closing: Debug {
    /// What they count of what is due.
    fn inputs(&self) -> &[Input] {
        &[]
    }

    /// Drafts them, when no other document will find anything more and answers have been given.
    fn close(self: Box<Self>, planning: Planning<'_>, report: &Report) -> Group;
}

/// What is known of documents beside what is made of them, for whoever asks what a figure is made of.
#[derive(Debug, Default)]
pub struct Background {
    /// The workbooks of statistics over all records.
    pub workbooks: Vec<PlannedWorkbook>,
    /// Every summary as it was written, also those withheld.
    pub texts: Vec<PlannedText>,
    /// The conditions that forms put to their records.
    pub conditions: Vec<Condition>,
    /// The workbooks over all records of a form.
    pub overviews: Vec<PlannedOverview>,
    /// The forms that others have issued, as they are filled.
    pub forms: Vec<PlannedForm>,
    /// The statistics workbooks that others have issued, as they are filled.
    pub issued: Vec<PlannedIssued>,
}

/// Documents that are listed together.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The documents, in the order in which those withheld are listed.
    pub(super) documents: Vec<Document>,
    /// What binds them, in several ways.
    pub(super) binders: Vec<Box<dyn Binder>>,
}

/// What is made from other files of a group, of which it depends on those that are made at all.
pub(super) trait Binder: Debug {
    /// The files, each after those that it binds; `bound` are all files of the group that stand after nothing.
    fn bind(self: Box<Self>, bound: &[Arc<Artefact>]) -> Vec<Planned>;
}

/// A document: one piece of work, of which all editions are made or none.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) kind: Kind,
    pub(super) editions: Vec<Edition>,
    /// What lists call it; without it, the titles of its editions.
    pub(super) name: Option<String>,
    pub(super) committee: Option<Arc<str>>,
    /// Where its record stands, if a fault of its pages is to be shown there.
    pub(super) origin: Option<Origin>,
    /// The keys of the records that it is about.
    pub(super) records: Vec<Arc<str>>,
    /// In the order in which their errors are given as reasons.
    pub(super) inputs: Vec<Input>,
    /// What in it is not determined, each with the code under which that is reported.
    pub(super) faults: Vec<(&'static Code, String)>,
    /// The names that no other document may have.
    pub(super) names: Vec<Named>,
    pub(super) in_draft: InDraft,
    pub(super) place: Place,
}

/// A file of a document.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) body: Body,
    /// The paths of the editions that have to be finished before it.
    pub(super) after: Vec<String>,
}

/// What becomes of a document with errors in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InDraft {
    /// It is made all the same, for it is about many records.
    Made,
    /// It is withheld: an application is right or not handed in.
    Withheld,
}

/// Where a document stands in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In its turn.
    InTurn,
    /// Behind all others, which are finished before it.
    Last,
}

impl Drafts {
    /// Documents that are listed in their order.
    pub(super) fn of(documents: Vec<Document>) -> Self {
        Self { groups: vec![Group { documents, binders: Vec::new() }], ..Self::default() }
    }
}

impl Background {
    /// Takes over what is behind the documents of another kind.
    pub(super) fn extend(&mut self, other: Self) {
        self.workbooks.extend(other.workbooks);
        self.texts.extend(other.texts);
        self.conditions.extend(other.conditions);
        self.overviews.extend(other.overviews);
        self.forms.extend(other.forms);
        self.issued.extend(other.issued);
    }
}

impl Document {
    /// A document over many records, with nothing said of it yet.
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            editions: Vec::new(),
            name: None,
            committee: None,
            origin: None,
            records: Vec::new(),
            inputs: Vec::new(),
            faults: Vec::new(),
            names: Vec::new(),
            in_draft: InDraft::Made,
            place: Place::InTurn,
        }
    }

    /// What lists call it, or its first file.
    pub(super) fn title(&self) -> Option<Arc<str>> {
        let of_file = || self.editions.first().map(|it| it.title.as_str().into());
        self.name.as_deref().map(Into::into).or_else(of_file)
    }

    /// Its files.
    pub(super) fn planned(self) -> Vec<Planned> {
        let inputs: Arc<[Input]> = self.inputs.into();
        let planned = |it: Edition| {
            let artefact = Artefact {
                name: self.name.clone().unwrap_or_else(|| it.title.clone()),
                path: it.path,
                kind: self.kind,
                title: it.title,
                committee: self.committee.clone(),
                origin: self.origin,
                records: self.records.clone(),
                inputs: inputs.clone(),
                after: it.after,
                by: None,
            };
            Planned { artefact: Arc::new(artefact), body: it.body }
        };
        self.editions.into_iter().map(planned).collect()
    }
}

impl Edition {
    /// A file that stands after nothing.
    pub(super) fn new(path: String, title: String, body: Body) -> Self {
        Self { path, title, body, after: Vec::new() }
    }
}
