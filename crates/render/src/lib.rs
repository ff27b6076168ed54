//! Rendering: planned artefacts become bytes; nothing here knows what the documents are about.
//!
//! [`Workshop`] carries out a [`Plan`](documents::Plan): [`Press`] sets [`Pages`](documents::Pages) with Typst, [`print_all`] does so on several
//! threads, [`workbook`] writes a [`Book`](documents::Book), and [`document`]
//! a [`Script`](documents::Script) to be edited in Word. No file is read or written
//! here, no clock is asked, and the same input gives the same bytes.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod pdf;
mod world;
mod tofu;
mod crew;
mod book;
mod finish;
mod visible;
mod findings;
mod page;
mod comparison;
mod terminal;
mod explanation;
mod word;
mod calendar;
mod bundle;
mod prescribed;

pub use book::{BookFault, workbook};
pub use bundle::bundle;
pub use comparison::comparison_page;
pub use crew::print_all;
pub use explanation::{Explanation, explanation_json, explanation_text};
pub use findings::{findings_json, since_json};
pub use finish::Workshop;
pub use page::{RunPage, TableCount, page};
pub use pdf::{Press, PrintFault, Printed};
pub use terminal::{Style, findings_text, since_text};
pub use word::{WordFault, document};
