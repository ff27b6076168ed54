//! Figures over records: what is counted, under which conditions, and the records behind each figure.

mod count;

pub use count::{Count, Tally};
