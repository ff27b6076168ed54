//! Statistics over all records are proved: their checks are judged, reported, and shown on a sheet of their own.

use super::Drafted;
use crate::blame::{Blame, Errors};
use crate::book::Sheet;
use crate::planning::Planning;
use crate::statistics::checks::{Proving, prove};
use finding::Report;

/// Judges the checks of all workbooks; what does not hold goes to the report.
pub(super) fn prove_all(drafted: &mut [Drafted], planning: Planning<'_>, report: &mut Report) {
    let Planning { dataset, figures, outside, .. } = planning;
    let proving = Proving { dataset, figures, outside };
    for it in drafted.iter_mut().filter(|it| it.computed.committee.is_none()) {
        it.proof = prove(&it.computed, &proving);
        it.proof.report(&it.computed, &proving, report);
        if !it.proof.checks.is_empty() {
            it.book.sheets.push(Sheet::Table(it.proof.table(&it.computed)));
        }
    }
}

/// Adds to the blame what the checks have found, and what of the given figures cannot be used.
pub(super) fn add_blame<'e>(drafted: &Drafted, errors: &Errors<'e>, blame: &mut Blame<'e>) {
    blame.add(errors.given());
    for (place, declared) in drafted.proof.failing(&drafted.computed) {
        blame.add(errors.of_declared(declared).filter(|it| it.origin == Some(place)));
    }
}
