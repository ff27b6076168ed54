//! One table of several branches, each under a row of its own: 植物系教工党支部（共11人）. What stands below such a row, up to
//! the next, is of that branch.

use super::{Hints, Unnamed};
use crate::bodies::Bodies;
use crate::table::{FieldKind, Records, Schemas};
use finding::{Origin, Place, RowId, RowSpan};

/// Divides records by the rows that name bodies among them. Without such rows they stay together.
pub(super) fn divide(
    unnamed: Unnamed,
    records: &Records,
    bodies: &Bodies<'_>,
    schemas: &Schemas,
) -> Vec<Unnamed> {
    let column = unnamed.column;
    let FieldKind::Reference(reference) = &schemas.tables[column.table].fields[column.field].kind else {
        return vec![unnamed];
    };
    let Some(table) = schemas.index(&reference.to) else { return vec![unnamed] };
    let row_of = |row: RowId| line(records.tables[column.table][row].origin);
    let rows: Vec<(RowId, u32)> = unnamed.rows.rows().filter_map(|it| Some((it, row_of(it)?))).collect();
    let (Some((_, first)), Some((_, last))) = (rows.first(), rows.last()) else { return vec![unnamed] };
    let mut bands: Vec<(u32, usize)> = Vec::new();
    for (idx, (text, origin)) in unnamed.hints.titles.iter().enumerate() {
        // A row that calls itself a branch, and is none that is known, is no less the beginning of another.
        let is_body = || schemas.customs.names_body(text) && Some(table) == schemas.branches();
        let Some(row) = line(*origin).filter(|it| it < last) else { continue };
        if !bodies.within(table, text).is_empty() || (row > *first && is_body()) {
            bands.push((row, idx));
        }
    }
    bands.sort_unstable();
    bands.dedup_by_key(|it| it.0);
    if !bands.iter().any(|it| it.0 > *first) {
        return vec![unnamed];
    }
    let mut parts: Vec<(Option<usize>, RowSpan)> = Vec::new();
    for (row, at) in &rows {
        let band = bands.iter().rev().find(|it| it.0 < *at).map(|it| it.1);
        match parts.last_mut() {
            Some((known, span)) if *known == band => span.end = row.behind(1),
            _ => parts.push((band, RowSpan::one(column.table.record(*row)))),
        }
    }
    parts
        .into_iter()
        .map(|(band, rows)| {
            part(&unnamed, band, rows, bodies.within(table, &named(&unnamed, band)).is_empty())
        })
        .collect()
}

fn named(unnamed: &Unnamed, band: Option<usize>) -> String {
    band.map(|it| unnamed.hints.titles[it].0.to_string()).unwrap_or_default()
}

/// The records below one such row.
fn part(unnamed: &Unnamed, band: Option<usize>, rows: RowSpan, is_unknown: bool) -> Unnamed {
    let Hints { lines, titles, sheet } = unnamed.hints.clone();
    let own = band.map(|it| titles[it].clone());
    let hints = match own {
        // Whom nobody knows is written into the records, where that is found.
        Some(own) if is_unknown => Hints { lines: vec![own], titles: Vec::new(), sheet: None },
        Some(own) => Hints { lines, titles: vec![own], sheet },
        None => Hints { lines, titles: Vec::new(), sheet },
    };
    Unnamed { sheet: unnamed.sheet, column: unnamed.column, rows, hints, missing: unnamed.missing.clone() }
}

/// The row of a cell.
fn line(origin: Origin) -> Option<u32> {
    match origin.place {
        Place::Cell { row, .. } => Some(row),
        _ => None,
    }
}
