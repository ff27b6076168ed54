//! Proof-reading: each kind of check has a file of its own and reports at the place of the fault.

mod dates;
mod numbering;
mod numbers;
mod prose;
mod references;
mod terms;
mod titles;
mod validity;

use jiff::civil::Date;

use super::head::Reading;
use super::model::Regulation;
use crate::finding::{FileId, Finding, Report};

/// What proof-reading has to know beside the regulations.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The university, by whose name its own regulations are told from those of others.
    pub institution: &'a str,
    /// The day as of which regulations are judged.
    pub as_of: Date,
    /// What is declared about reading regulations.
    pub reading: &'a Reading,
}

/// Proof-reads regulations, each by itself and against the others.
pub fn proofread(regulations: &[Regulation], ground: Ground<'_>, report: &mut Report) {
    let mut found: Vec<Finding> = Vec::new();
    for it in regulations {
        numbering::check(it, &mut found);
        dates::check(it, ground, &mut found);
        terms::check(it, &mut found);
        titles::check_head(it, &mut found);
        prose::check(it, &mut found);
        numbers::check(it, &mut found);
    }
    numbers::check_twice(regulations, &mut found);
    titles::check_twice(regulations, &mut found);
    validity::check(regulations, &mut found);
    references::check(regulations, ground.institution, &mut found);
    for finding in found {
        report.push(with_subject(finding, regulations));
    }
}

/// Names the regulation in which a finding stands.
fn with_subject(finding: Finding, regulations: &[Regulation]) -> Finding {
    let file: Option<FileId> = finding.origin.map(|it| it.file);
    match regulations.iter().find(|it| Some(it.file) == file) {
        Some(it) => finding.subject(super::subject(it.title())),
        None => finding,
    }
}
