//! A statistics workbook that others have issued: bound to declared figures line by line, filled from our own, and held to
//! them where it computes itself.

mod words;
mod anatomy;
mod drafting;
mod bound;
mod declaration;
mod binding;
mod complete;
mod filling;
mod proof;
mod sheet;
mod plan;

pub use drafting::{DraftedBinding, DraftedSheet, DraftingBinding, draft_binding, map_binding};
pub use plan::{IssuedFigure, IssuedSpot, PlannedIssued};

pub(super) use plan::{Own, draft_issued};

use annex::{Place, PlaceKind, Spot};

use anatomy::Anatomy;

/// The file of a binding below its folder.
pub const FILE: &str = "issued.yaml";
/// What stands for something that nobody has decided about yet.
const UNDECIDED: &str = "待定";

/// Whether a place belongs to the rows and columns of a sheet, or to rows prepared for records.
fn is_of_body(anatomy: &Anatomy, place: &Place) -> bool {
    match (place.at.spot, &place.kind) {
        (Spot::Rows { .. }, PlaceKind::Rows(_)) => anatomy.blocks.iter().any(|it| it.at == place.at),
        (Spot::Cell { row, cell, .. }, PlaceKind::Cell | PlaceKind::Picture) => {
            let (row, column) = (row - 1, cell - 1);
            let is_row = anatomy.rows.iter().any(|it| it.at == row) || anatomy.block(row).is_some();
            is_row && anatomy.columns.iter().any(|it| it.at == column)
        }
        _ => false,
    }
}
