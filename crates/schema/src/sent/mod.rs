//! Forms that were sent out (`huibian collect`) and come back: a hidden row says which table it is, to whom it was sent, and
//! which field each column holds, so that headings need not be guessed, and what was changed in them is seen.

mod bind;
mod columns;
mod edition;
mod mark;

pub(super) use bind::{Binding, Bound, Marked};
pub use columns::{FormColumn, form_columns};
pub(super) use edition::{is_of_other_period, old};
pub use mark::{Addressee, FormMark, edition};

use std::sync::Arc;

use finding::{FieldId, Origin, TableId};

/// A form that has come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its sheet.
    pub sheet: Origin,
    /// The table.
    pub table: TableId,
    /// What it says of itself.
    pub mark: FormMark,
    /// Where what it says can be seen: the first heading.
    pub heading: Origin,
    /// Fields of the table for which it has no column.
    pub(super) absent: Vec<FieldId>,
    /// Headings of columns whose field the table does not have.
    pub(super) gone: Vec<Arc<str>>,
}
