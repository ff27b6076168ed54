//! What is to be corrected goes back to whoever returned it: files with marks, lists, notices, packed for each committee.
//!
//! Errors and queries are sorted by who has to see to them. A file that one unit has sent goes back to it with its cells
//! marked; of a file with the records of several each gets the list of its own findings only, and the office the file. What
//! one unit has sent is never shown to another.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod words;
mod owners;
mod places;
mod list;
mod marked;
mod fresh;
mod given;
mod notice;
mod bundle;
mod said;

pub use bundle::{Giving, give_back};
pub use said::said;
pub use words::Words;
