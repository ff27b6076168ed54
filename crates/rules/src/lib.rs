//! Conditions on records: the rules of `templates/rules/`, and the eligibility conditions of forms.
//!
//! Each is data: what must hold, of whom, since when, on which authority, what to say if it does
//! not, and two cases. Nothing here changes a record.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod condition;
mod lets;
mod judge;
mod dates;
mod undecided;
mod cases;

pub use cases::{Case, Expected, read_cases};
pub use condition::{Condition, load, load_conditions};
pub use dates::check_dates;
pub use judge::{Judgement, Outcome, check, condition_scene};
pub use undecided::is_explained;

#[cfg(test)]
mod tests;
