//! Figures over records: what is counted, under which conditions, and the records behind each figure.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod measure;
mod count;
mod frame;
mod rows;
mod criterion;
mod alike;
mod sieve;
mod catalogue;
mod figures;

pub use catalogue::{Arithmetic, Catalogue, Dimension, Fact, Group, Lacking, Made};
pub use catalogue::{table, unknown};
pub use count::{Count, Tally};
pub use criterion::Criterion;
pub use figures::{Figures, Known, Seat, reads_of_all};
pub use frame::{Frame, frame_scope, project_names, project_scope};
pub use measure::Measure;
pub use rows::Rows;
pub use sieve::{Open, Sieve, Sifted};
