//! Located cells become typed records: schemas are loaded, headings found, fields bound.

mod table;
mod returned;
mod cleaning;
mod load;
mod heading;
mod sheet;
mod mapping;
mod cell;

pub use returned::{Caption, Returned, Unfold};
pub use table::{
    Cell, Field, FieldKind, Record, Records, Reference, Schemas, SubjectPaths, Table, TimeOfDay,
};

use crate::finding::{Report, Reported};
use crate::source::{Content, Node, Source};

/// Reads all schemas; the trees come in the order of their files.
///
/// # Errors
/// If anything in them is wrong; everything that is wrong has been reported.
pub fn load(trees: &[Node], report: &mut Report) -> Result<Schemas, Reported> {
    load::load(trees, report)
}

/// Reads every record of every file.
pub fn bind(files: &[Source], schemas: &Schemas, report: &mut Report) -> Records {
    let mut records = Records::empty(schemas.tables.len());
    for Source { name, content } in files {
        match content {
            Content::Sheets(grids) => {
                grids.iter().for_each(|grid| sheet::read(grid, name, schemas, &mut records, report));
            }
            Content::Tree(root) => mapping::read(root, schemas, &mut records, report),
        }
    }
    records
}
