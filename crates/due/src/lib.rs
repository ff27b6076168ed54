//! Who has to return what, and what has come: 已交, 零报告, 未交, 读不出, 上年的.
//!
//! The schemas say of each table who returns it (`returned_by`), the register says who there is, and `returns:` in the project
//! file says what is different this time. What has come is seen in the records, in what files say of themselves, and in the
//! errors about files that could not be read.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod named;
mod units;
mod expected;
mod arrived;
mod forms;
mod returns;

pub use named::Kinds;
pub use returns::{Expected, Returns, State};
pub use units::overlap;

#[cfg(test)]
mod tests;
