//! Which of the readings of a sheet are its headings, and of which there is a doubt.

use super::band::Band;
use super::{Doubt, Heading, SHARE_OF_FURTHER};
use finding::TableId;

/// A best reading that is ahead of the next one by less is doubtful.
const MARGIN_MIN: f64 = 2.0;
/// A best reading is ahead of that of the table which the sheet or the title names by so much, or it is doubtful.
const MARGIN_OVER_NAMED: f64 = 10.0;

/// One reading of a band: the heading of one table, or those of several side by side.
pub(super) struct Candidate {
    pub(super) band: Band,
    pub(super) headings: Vec<Heading>,
    pub(super) score: f64,
    /// The tables that the sheet or a title names plainly.
    pub(super) named: Vec<TableId>,
    /// What it is, if the sheet or a title says plainly that it is no table of ours.
    pub(super) other: Option<String>,
}

/// Takes the best candidate, drops those that share rows with it, and goes on with the rest.
pub(super) fn choose(mut candidates: Vec<Candidate>) -> Vec<Heading> {
    // The sort is stable: of equals the upper one, and of the tables the one declared first.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut chosen: Vec<Heading> = Vec::new();
    while !candidates.is_empty() {
        let mut best = candidates.remove(0);
        let shares_rows = |it: &Candidate| it.band.top <= best.band.bottom && it.band.bottom >= best.band.top;
        let (overlapping, rest): (Vec<_>, Vec<_>) = candidates.into_iter().partition(shares_rows);
        candidates = rest;
        let is_small = best.headings.iter().any(|it| it.share < SHARE_OF_FURTHER);
        if best.score <= 0.0 || (!chosen.is_empty() && is_small) {
            continue;
        }
        let is_known = |it: &TableId| chosen.iter().any(|heading| heading.table == *it);
        let is_further = best.named.iter().any(is_known);
        let doubt = doubt(&best, &overlapping, is_further);
        if let [heading] = &mut best.headings[..] {
            heading.doubt = doubt;
        }
        chosen.extend(best.headings);
    }
    chosen.sort_by_key(|it| (it.top, it.extent));
    chosen
}

/// Why the best reading of some rows may be the wrong one; a further table on a sheet is not what its name says.
fn doubt(best: &Candidate, overlapping: &[Candidate], is_further: bool) -> Option<Doubt> {
    let [heading] = &best.headings[..] else { return None };
    if let Some(other) = &best.other {
        return Some(Doubt::Other(other.clone()));
    }
    let rival = |it: &Candidate| Doubt::Rival(it.headings[0].table, it.band.top, it.band.bottom);
    let lead = |it: &&Candidate| best.score - it.score;
    let table = |it: &Candidate| it.headings.first().map(|it| it.table);
    if !is_further && !best.named.is_empty() && !best.named.contains(&heading.table) {
        let is_named = |it: &&Candidate| table(it).is_some_and(|it| best.named.contains(&it));
        match overlapping.iter().find(is_named) {
            Some(named) if lead(&named) < MARGIN_OVER_NAMED => return Some(rival(named)),
            None if heading.share < 1.0 => return best.named.first().map(|it| Doubt::Named(*it)),
            _ => {}
        }
    }
    let next = overlapping.iter().find(|it| is_other_reading(best, it));
    // Names decide between tables that are alike, not against what stands in the heading, unless that lacks nothing.
    let by_labels = |it: &Candidate| it.score - it.headings.iter().map(|it| it.named).sum::<f64>();
    let is_better =
        |it: &&Candidate| table(it) != Some(heading.table) && by_labels(it) >= by_labels(best) + MARGIN_MIN;
    let is_complete = heading.share >= 1.0 && best.named.contains(&heading.table);
    let better = overlapping.iter().find(is_better).filter(|_| !is_complete);
    better.or(next.filter(|it| lead(it) < MARGIN_MIN)).map(rival)
}

/// Whether another candidate would read other records, or the same from other cells.
fn is_other_reading(best: &Candidate, other: &Candidate) -> bool {
    let reading = |it: &Candidate| {
        it.headings.iter().map(|it| (it.table, it.columns.fields.clone())).collect::<Vec<_>>()
    };
    best.band.bottom != other.band.bottom || reading(best) != reading(other)
}
