//! Pages by the office suite of the machine, where there is one: documents that it opens become PDF, and what these say is
//! read back.
//!
//! [`Office`] is the program. It works in a folder of its own, with a profile of its own, and leaves nothing behind. What it
//! writes of the clock is taken out again ([`Office::print`]), so that the same documents give the same bytes as long as the
//! program and its faces are the same. [`Pages::read`] reads a PDF back: how many pages, and which characters.
#![cfg_attr(not(test), forbid(clippy::print_stdout, clippy::print_stderr))]

mod program;
mod pages;

pub use pages::Pages;
pub use program::{Document, Office, OfficeFault};
