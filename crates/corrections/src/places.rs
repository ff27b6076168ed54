//! The cells that a finding is about: the one where it is shown, and those of which it says the same.

use dataset::{ColumnId, Dataset};
use finding::{Finding, Origin, Place, Target};

/// Where a finding is shown; nowhere in what was returned if it is about what was not: the register in which the unit stands is
/// not at fault.
pub(crate) fn place(finding: &Finding) -> Option<Origin> {
    finding.origin.filter(|_| !is_missing(finding))
}

/// Whether a finding is about what has not come.
pub(crate) fn is_missing(finding: &Finding) -> bool {
    !finding.about.is_empty() && finding.about.iter().all(|it| matches!(it, Target::Return(..)))
}

/// The cells, the one where it is shown first; none if it is shown at no cell.
pub(crate) fn cells(finding: &Finding, dataset: &Dataset) -> Vec<Origin> {
    let Some(first) = place(finding).filter(|it| is_cell(*it)) else { return Vec::new() };
    let mut cells = vec![first];
    let Some(column) = column(finding, first, dataset) else { return cells };
    for target in &finding.about {
        let Target::Field(rows, field) = target else { continue };
        if rows.table.column(*field) == column {
            let origins = rows.rows().map(|row| dataset.cell(rows.table.record(row).field(*field)).origin);
            cells.extend(origins.filter(|it| is_cell(*it)));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    cells.retain(|it| seen.insert(*it));
    cells
}

/// The field in whose cell it is shown. What else it is about is doubtful, but not itself at fault.
fn column(finding: &Finding, shown: Origin, dataset: &Dataset) -> Option<ColumnId> {
    finding.about.iter().find_map(|target| {
        let Target::Field(rows, field) = target else { return None };
        let is_shown =
            rows.rows().any(|row| dataset.cell(rows.table.record(row).field(*field)).origin == shown);
        is_shown.then_some(rows.table.column(*field))
    })
}

fn is_cell(origin: Origin) -> bool {
    matches!(origin.place, Place::Cell { .. })
}
