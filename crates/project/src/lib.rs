//! What configures a run: the project file, the templates and the fonts.
//!
//! A project's own `templates/` and `fonts/` folders come before the built-in ones.
#![cfg_attr(not(test), forbid(clippy::print_stdout, clippy::print_stderr))]

mod file;
mod given;
mod templates;
mod fonts;
mod open;
mod previous;

pub use file::{FILE_NAME, Project, Wanted, Wants};
pub use fonts::{Faces, Fonts, Style};
pub use given::{GivenContent, GivenFile, given_contents};
pub use open::{OpenError, Setup, name_of, open};
pub use previous::earlier_files;
pub use templates::{TemplateFile, Templates};
