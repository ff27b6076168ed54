//! Forms that are sent out: for each committee and branch a workbook with a sheet for every table that it owes, made from the
//! schemas, filled with the records that there are, and marked so that it is known when it comes back.
//!
//! Who owes what is said by `due`, the marks by `schema`, which binds what has come back by them. What stands on the sheets
//! beside the names of the schemas is in `templates/collection/words.yaml`.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod words;
mod units;
mod said;
mod lists;
mod filled;
mod look;
mod limits;
mod sheet;
mod guide;
mod book;
mod bundle;

pub use bundle::{Collected, Collecting, Fault, Prefill, blank, collect};
pub use words::Words;

#[cfg(test)]
mod tests;
