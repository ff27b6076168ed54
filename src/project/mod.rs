//! What configures a run: the project file, the templates and the fonts.
//!
//! A project's own `templates/` and `fonts/` folders come before the built-in ones.

mod file;
mod templates;
mod fonts;

pub use file::{FILE_NAME, Project, load};
pub use fonts::{Faces, Fonts, Style};
pub use templates::{TemplateFile, Templates};
