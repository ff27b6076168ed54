//! Checks: whether the figures of a workbook agree among themselves, with last year's, and with those of others.

mod declaration;
mod quantity;
mod weigh;
mod judge;
mod difference;
mod words;
mod findings;
mod table;

pub use declaration::{Band, Check, EachOf, Meant, Relation, Side};
pub use difference::Only;
pub use findings::Apart;
pub(crate) use findings::apart;
pub use judge::{Judged, JudgedLine, Outcome, Proof, Proving, prove};
pub use weigh::{Borrowed, CellAt, Weighed};
pub(crate) use words::{bare, full_title};
