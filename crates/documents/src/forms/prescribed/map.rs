//! 填表位置: the tables of a blank with a number in each place, for whoever looks through a draft.

use std::collections::BTreeMap;

use annex::{Address, Blank, PlaceKind, Sketched, SketchedCell, Spot};
use serde_json::{Value as Json, json};

use super::drafting::{DraftedPlace, Outcome};
use crate::artefact::Pages;
use crate::forms::document::page_data;
use crate::forms::print_set::printable;
use project::{Fonts, Project};

/// The layout.
const LAYOUT: &str = "typst/places.typ";

/// The pages that show where the places of a blank are.
pub fn map(
    blank: &Blank,
    places: &[DraftedPlace],
    title: &str,
    (project, fonts): (&Project, &Fonts),
) -> Pages {
    let title = format!("{title}填表位置");
    let mut data = page_data(project, fonts, &title, &[]);
    let marked: Vec<Address> = places.iter().map(|it| first_cell(blank, it.at)).collect();
    let at = |spot: Address| -> Vec<usize> {
        let numbered = marked.iter().enumerate().filter(|it| *it.1 == spot);
        numbered.map(|it| it.0 + 1).collect()
    };
    let part = |it: &Sketched| match it {
        Sketched::Paragraph(address, text) => {
            json!({ "kind": "text", "text": printable(text, fonts), "numbers": at(*address) })
        }
        Sketched::Table { widths, cells } => {
            json!({ "kind": "table", "columns": columns(widths, cells), "cells": cells.iter().map(|it| json!({
                "x": it.columns.0, "y": it.rows.0, "colspan": it.columns.1, "rowspan": it.rows.1,
                "text": printable(it.text.trim(), fonts), "numbers": at(it.at),
            })).collect::<Vec<_>>() })
        }
    };
    let line = |(number, it): (usize, &DraftedPlace)| {
        json!({
            "number": number + 1, "at": it.at.to_string(), "label": printable(&it.label, fonts),
            "proposal": printable(&it.proposal, fonts), "outcome": word(it.outcome),
        })
    };

    data["parts"] = blank.sketch().iter().map(part).collect::<Vec<_>>().into();
    data["places"] = places.iter().enumerate().map(line).collect::<Vec<Json>>().into();
    Pages { layout: LAYOUT.to_owned(), data, pictures: BTreeMap::new(), date: Some(project.as_of) }
}

/// Rows are marked in the first cell that is to be filled.
fn first_cell(blank: &Blank, at: Address) -> Address {
    match (at.spot, blank.place(at).map(|it| &it.kind)) {
        (Spot::Rows { table, first, .. }, Some(PlaceKind::Rows(headings))) => {
            let cell = headings.first().map_or(0, |it| it.cell) + 1;
            Address { spot: Spot::Cell { table, row: first, cell }, ..at }
        }
        _ => at,
    }
}

/// The widths of columns, alike where the blank says too few.
fn columns(widths: &[u32], cells: &[SketchedCell]) -> Vec<u32> {
    let n_columns = cells.iter().map(|it| it.columns.0 + it.columns.1).max().unwrap_or(1);
    let mut widths: Vec<u32> = widths.iter().map(|it| (*it).max(1)).collect();
    widths.resize(n_columns, 1000);
    widths
}

/// The word by which the layout knows what became of a place.
fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Proposed => "proposed",
        Outcome::Left => "left",
        Outcome::Open => "open",
    }
}
