//! The checks that a figure takes part in.

use super::Asking;
use super::target::At;
use crate::captions::CheckCaptions;
use crate::statistics::{Check, JudgedLine, Meant, PlannedWorkbook};
use finding::Origin;

/// A check that a figure takes part in, with how it came out.
#[derive(Debug, Clone)]
pub struct CheckLine {
    /// Its id.
    pub id: String,
    /// What it says, with the line that it was put to.
    pub title: String,
    /// The word for how it came out: 符合, 不符 …
    pub outcome: String,
    /// Both sides with their values, and what stands between them.
    pub sides: String,
    /// The regulation behind it.
    pub basis: Option<String>,
    /// Where it is declared.
    pub origin: Origin,
}

/// The checks in which a cell takes part, also through a total.
pub(super) fn of_cell(at: At<'_>) -> Vec<CheckLine> {
    let is_here = |_: &Check, line: &JudgedLine| {
        let cells = line.left.cells.iter().chain(&line.right.cells);
        cells.into_iter().any(|(_, it)| (it.sheet, it.cell) == (at.sheet, at.cell))
    };
    lines(at.workbook, is_here)
}

/// The checks that name a fact.
pub(super) fn of_fact(id: &str, asking: Asking<'_>) -> Vec<CheckLine> {
    let names = |check: &Check, _: &JudgedLine| {
        let meant = check.left.meant.iter().chain(&check.right.meant);
        meant.into_iter().any(|it| matches!(it, Meant::Fact(own) if &**own == id))
    };
    asking.workbooks.iter().flat_map(|it| lines(it, names)).collect()
}

fn lines(workbook: &PlannedWorkbook, is_wanted: impl Fn(&Check, &JudgedLine) -> bool) -> Vec<CheckLine> {
    let mut found = Vec::new();
    let captions = &workbook.book.captions.checks;
    for judged in &workbook.proof.checks {
        let check = &workbook.computed.statistics.checks[judged.check];
        for line in judged.lines.iter().filter(|it| is_wanted(check, it)) {
            found.push(line_of(check, line, captions));
        }
    }
    found
}

/// A check as it was put to a line.
pub(super) fn line_of(check: &Check, line: &JudgedLine, captions: &CheckCaptions) -> CheckLine {
    let title = match &line.title {
        Some(line) => format!("{}（{line}）", check.title),
        None => check.title.to_string(),
    };
    CheckLine {
        id: check.id.to_string(),
        title,
        outcome: check.result(&line.outcome, captions).to_owned(),
        sides: format!("{} {} {}", line.left.shown(), check.relation.sign(captions), line.right.shown()),
        basis: check.basis.as_deref().map(str::to_owned),
        origin: check.origin,
    }
}
