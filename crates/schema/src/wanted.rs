//! What may be written in a field, to whom has written nothing.

use super::code_lengths::CodeForm;
use super::table::{Field, FieldKind};

impl Field {
    /// What may be written in it, to whom has written nothing; `None` if the title says it.
    pub fn wanted(&self) -> Option<String> {
        match &self.kind {
            FieldKind::Choice(choices) => Some(choices.listed()),
            FieldKind::YesNo => Some("填“是”或“否”".to_owned()),
            FieldKind::Code(CodeForm { length: Some(length), made_of: Some(made_of), .. }) => {
                Some(format!("应为{length}位，{made_of}"))
            }
            _ => None,
        }
    }
}
