//! What configures a run: the project file, the templates and the fonts.
//!
//! [`open()`] reads them all. A project's own `templates/` and `fonts/` come before the built-in ones, file by file; what
//! is wrong with a configuration is a finding at its place, and the run does not start.
#![cfg_attr(not(test), forbid(clippy::print_stdout, clippy::print_stderr))]

mod answers;
mod file;
mod given;
mod templates;
mod fonts;
mod open;
mod previous;
mod returns;

pub use answers::{ANSWERS_NAME, Answer, Question, answers_of};
pub use file::{FILE_NAME, Project, Wanted, Wants};
pub use fonts::{Faces, Fonts, Style};
pub use given::{GivenContent, GivenFile, given_contents};
pub use open::{OpenError, Setup, name_of, open};
pub use previous::earlier_files;
pub use returns::ReturnLine;
pub use templates::{TemplateFile, Templates};
