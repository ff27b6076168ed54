//! Documents are planned: declarations and records become one list of artefacts that are still to be rendered.
//!
//! Each kind of documents is a folder and a line in [`KINDS`]: it reads its declarations, and drafts its documents. What
//! they depend on is known from what their expressions have read; if one of those fields is in error, a document is
//! withheld. That, the names of files and the marks of a draft are settled in one place for all kinds ([`plan_all`]).
//!
//! Pure: no file is read here and no clock asked.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod book;
mod names;
mod order;
mod leaf;
mod input;
mod captions;
mod artefact;
mod declaring;
mod drafts;
mod owed;
mod blame;
mod bundle;
mod gates;
mod agreement;
pub mod answers;
mod plan;
mod planning;
mod progress;
mod since;
mod excerpts;
mod vacant;
mod ledger;
pub mod reminders;
mod revisions;
pub mod forms;
pub mod statistics;
pub mod summary;
mod statement;
pub mod handbook;
mod kinds;
pub mod explain;

pub use artefact::{
    Artefact, Body, Cause, Finished, Kind, Later, Made, Pages, Place, Planned, Prescribed, Script, Withheld,
};
pub use book::{
    Align, Block, Book, Cell, CellRef, Chart, ChartKind, Charts, Column, Cover, DefinedName, Formula,
    LEVEL_UNITS, Numbering, Paper, Protection, Row, Series, Sheet, Sign, Table, Weight, Zero, blocks,
    measure, pages_of, tab_name,
};
pub use bundle::{Bundle, CoverWords};
pub use captions::{Captions, Pattern};
pub use drafts::{Background, Drafts, Planner};
pub use excerpts::{Excerpt, ExcerptCell, Excerpts};
pub use input::{Input, Whose};
pub use kinds::{Declaring, KINDS, KindOfDocument, Load, load_declared, wanted_keys};
pub use names::{folded, free_name, safe_name};
pub use plan::{Plan, Ready};
pub use planning::{Draft, Planning, plan_all};
pub use progress::{Owed, Progress, ProgressLine, Standing, progress_book};
pub use reminders::{Calendar, Event};
pub use revisions::revisions;
pub use since::{Change, Earlier, Fates, Since, SinceLine, table_of};

#[cfg(test)]
mod tests;
