//! Reading the declarations of summaries.

mod loading;
mod summary;
mod block;
mod list;
mod table;
mod chart;
mod limits;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::declaration::Summary;
use crate::declaring::unknown_word;
use crate::kinds::Declaring;
use finding::{Finding, Report, Reported, codes};
use project::Wanted;
use source::{LocatedText, all};

/// Reads the declarations of the summaries that a project wants.
///
/// # Errors
/// If one does not exist or anything in it is wrong; everything that is wrong has been reported.
pub fn load_all(
    wanted: &[Wanted],
    declaring: Declaring<'_>,
    report: &mut Report,
) -> Result<Vec<Arc<Summary>>, Reported> {
    let mut seen = BTreeSet::new();
    let mut load = |id: &LocatedText, report: &mut Report| {
        if !seen.insert(id.text.clone()) {
            let message = format!("总结“{}”写了两次", id.text);
            report.push(Finding::new(&codes::DUPLICATE_KEY, message).at(id.origin).hint("请删去其一"));
        }
        let path = format!("summaries/{}/summary.yaml", id.text);
        let Some(root) = declaring.templates.tree(&path, report)? else {
            let known = declaring.templates.in_folder("summaries", "/summary.yaml");
            let known: Vec<&str> = known.filter_map(|(path, _)| path.split('/').nth(1)).collect();
            return Err(unknown_word(id, "总结", known, report));
        };
        summary::load(&root, &id.text, declaring, report).map(Arc::new)
    };
    report.sound(|report| all(wanted.iter().map(|it| load(&it.id, report))))
}
