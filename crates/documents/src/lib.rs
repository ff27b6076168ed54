//! Documents are planned: declarations and records become artefacts that are still to be rendered.
//!
//! Pure: no file is read here and no clock asked. What a document depends on is known from what its
//! expressions have read; if one of those fields is in error, the document is withheld.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod artefact;
mod book;
mod names;
mod order;
mod pictures;
mod data;
mod declaration;
mod unread;
mod blame;
mod gates;
mod form;
mod overview;
mod print_set;
mod revisions;
mod planning;
pub mod handbook;
pub mod statistics;
pub mod summary;
pub mod explain;

pub use artefact::{Artefact, Body, Kind, Pages, Script, Withheld};
pub use book::{
    Align, Block, Book, Cell, CellRef, Chart, ChartKind, Charts, Column, Cover, DefinedName, Formula,
    LEVEL_UNITS, Numbering, Paper, Protection, Row, Series, Sheet, Sign, Table, Weight, Zero, blocks,
    measure, pages_of,
};
pub use declaration::{Form, load_forms};
pub use form::{Planned, PlannedForm};
pub use names::{folded, safe_name};
pub use planning::{Declared, Draft, Planning, Plans, plan_all};
pub use print_set::print_set;
pub use revisions::revisions;
