//! Figures over records: what is counted, under which conditions, and the records behind each figure.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod different;
mod measure;
mod frame;
mod rows;
mod selection;
mod criterion;
mod alike;
mod sifted;
mod counter;
mod count;
mod sieve;
mod catalogue;
mod figures;

pub use catalogue::{Arithmetic, Catalogue, Dimension, Fact, Group, Lacking, Made};
pub use catalogue::{table, unknown};
pub use count::Count;
pub use counter::{Counter, Selected, Tally};
pub use criterion::Criterion;
pub use figures::{Asker, Figures, Known, Seat, reads_of_all};
pub use frame::{Frame, frame_scope, project_names, project_scope};
pub use measure::{Measure, Measured};
pub use rows::Rows;
pub use selection::Selection;
pub use sieve::Sieve;
pub use sifted::{Open, Sifted};

#[cfg(test)]
mod tests;
