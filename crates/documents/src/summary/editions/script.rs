//! A summary to be edited in Word.

use super::super::text::Text;
use crate::Script;
use crate::planning::Planning;

/// The text of a summary with what its document states about itself.
pub(in crate::summary) fn script(text: &Text, planning: Planning<'_>) -> Script {
    let project = planning.project;
    Script {
        captions: planning.captions.clone(),
        text: text.clone(),
        author: format!("{}{}", project.institution, project.department),
        date: project.as_of,
        draft: None,
    }
}
