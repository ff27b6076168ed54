//! Statistics over all records are proved: their checks are judged, reported, and shown on a sheet of their own.

use std::sync::Arc;

use super::Drafted;
use crate::book::Sheet;
use crate::input::Input;
use crate::planning::Planning;
use crate::statistics::Outside;
use crate::statistics::checks::{Proving, prove};
use finding::Report;

/// Judges the checks of all workbooks; what does not hold goes to the report.
pub(super) fn prove_all(
    drafted: &mut [Drafted],
    outside: &Outside,
    planning: Planning<'_>,
    report: &mut Report,
) {
    let Planning { dataset, figures, captions, returns, .. } = planning;
    let proving = Proving { dataset, figures, outside, missing: returns.incomplete() };
    for it in drafted.iter_mut().filter(|it| it.computed.committee.is_none()) {
        it.proof = prove(&it.computed, &proving);
        it.proof.report(&it.computed, &proving, report);
        if !it.proof.checks.is_empty() {
            Arc::make_mut(&mut it.book).sheets.push(Sheet::Table(it.proof.table(&it.computed, captions)));
        }
    }
}

/// What the checks have found stands in the way, and what of the given figures cannot be used.
pub(super) fn inputs(drafted: &Drafted) -> Vec<Input> {
    let check = |(place, declared)| Input::Check { declared, place };
    let failing = drafted.proof.failing(&drafted.computed).into_iter().map(check);
    [Input::Given].into_iter().chain(failing).collect()
}
