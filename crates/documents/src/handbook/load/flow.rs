//! The declaration of a flow chart: its stages and steps, or where texts give them.

use std::sync::Arc;

use super::all;
use crate::declaring::unknown_word;
use crate::handbook::declaration::{FlowSource, Step};
use finding::{Report, Reported};
use project::Templates;
use source::{Fields, LocatedText, Node, NodeKind};

/// Where flow charts stand that several books share.
const FOLDER: &str = "handbooks/flows";

/// Reads a flow chart's declaration: in place, or the name of a file that books share.
///
/// # Errors
/// If there is no such file, or anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load(node: &Node, files: &Templates, report: &mut Report) -> Result<FlowSource, Reported> {
    let NodeKind::Scalar(name) = &node.kind else { return read(node, report) };
    if let Some(root) = files.tree(&format!("{FOLDER}/{name}.yaml"), report)? {
        return read(&root, report);
    }
    let known = files.in_folder(FOLDER, ".yaml").filter_map(|(path, _)| path.rsplit('/').next());
    let known: Vec<&str> = known.map(|it| it.trim_end_matches(".yaml")).collect();
    let name = LocatedText { text: name.clone(), origin: node.origin };
    Err(unknown_word(&name, "流程图", known, report))
}

fn read(node: &Node, report: &mut Report) -> Result<FlowSource, Reported> {
    let mut fields = Fields::new(node, "流程图声明", report)?;
    let _heading = fields.text("title");
    if fields.node("stages").is_some() {
        let stages = fields.list("stages");
        fields.finish();
        return all(stages, |it| stage(it, report)).map(FlowSource::Stages);
    }
    let folder = fields.required_text("from");
    let (stage, number) = (fields.required_text("stage"), fields.required_text("number"));
    let (who, when) = (fields.text("who"), fields.text("when"));
    fields.finish();
    Ok(FlowSource::Texts { folder: folder?, stage: stage?, number: number?, who, when })
}

fn stage(node: &Node, report: &mut Report) -> Result<(Arc<str>, Vec<Step>), Reported> {
    let mut fields = Fields::new(node, "stages", report)?;
    let title = fields.required_text("title");
    let steps = fields.required_node("steps").map(|_| fields.list("steps"));
    fields.finish();
    Ok((title?.text, all(steps?, |it| step(it, report))?))
}

fn step(node: &Node, report: &mut Report) -> Result<Step, Reported> {
    let mut fields = Fields::new(node, "steps", report)?;
    let title = fields.required_text("title");
    let mut text = |key| fields.text(key).map(|it| it.text);
    let (number, who, when, otherwise) = (text("number"), text("who"), text("when"), text("otherwise"));
    let leads_to = fields.text("text");
    fields.finish();
    Ok(Step { number, title: title?.text, who, when, otherwise, text: leads_to })
}
