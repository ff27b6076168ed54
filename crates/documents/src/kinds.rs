//! The kinds of documents, in the order in which they are made and listed. A new kind is a folder and a line here.

use super::artefact::Kind;
use super::drafts::Planner;
use super::{forms, handbook, ledger, reminders, statement, statistics, summary};
use facts::Catalogue;
use finding::{Report, Reported};
use project::{Project, Templates, Wanted, Wants};
use schema::Schemas;

/// All kinds that a project can want.
pub static KINDS: &[KindOfDocument] = &[
    forms::KIND,
    statistics::KIND,
    summary::KIND,
    handbook::KIND,
    ledger::KIND,
    reminders::KIND,
    statement::KIND,
];

/// A kind of documents that a project can want.
#[derive(Debug, Clone, Copy)]
pub struct KindOfDocument {
    /// Its word: the key under `documents:` of the project, the value of `--only`, the folder of its files.
    pub kind: Kind,
    /// What its documents are called.
    pub title: &'static str,
    /// How a project names what it wants of the kind.
    pub wants: Wants,
    /// Reads the declarations that a project wants.
    pub load: Load,
}

/// Reads the declarations of a kind that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub type Load = fn(&[Wanted], Declaring<'_>, &mut Report) -> Result<Box<dyn Planner>, Reported>;

/// What it takes to read declarations.
#[derive(Debug, Clone, Copy)]
pub struct Declaring<'a> {
    /// The templates.
    pub templates: &'a Templates,
    /// The tables.
    pub schemas: &'a Schemas,
    /// The facts.
    pub catalogue: &'a Catalogue,
}

/// The keys that a project can have under `documents:`.
pub fn wanted_keys() -> Vec<(&'static str, Wants)> {
    KINDS.iter().map(|it| (it.kind.id(), it.wants)).collect()
}

/// Reads all declarations that a project wants; the faults of each are reported in one run.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_declared(
    project: &Project,
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Box<dyn Planner>>, Reported> {
    let load = |it: &KindOfDocument| (it.load)(project.wanted(it.kind.id()), declaring, report);
    let loaded: Vec<_> = KINDS.iter().map(load).collect();
    loaded.into_iter().collect()
}
