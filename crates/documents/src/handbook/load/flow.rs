//! The declaration of a flow chart: its stages and steps, or where texts give them.

use std::sync::Arc;

use crate::declaring::unknown_word;
use crate::handbook::declaration::{FlowSource, Step};
use finding::{Report, Reported};
use project::Templates;
use source::{Declared, Fields, LocatedText, Node, NodeKind, all};

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
        let stages = all(fields.list("stages").iter().map(|it| stage(it, fields.report())));
        return fields.whole(stages).map(FlowSource::Stages);
    }
    let names = ["from", "stage", "number"].map(|it| fields.required_text(it));
    let [who, when] = ["who", "when"].map(|it| fields.text(it));
    let [folder, stage, number] = fields.whole(names)?;
    Ok(FlowSource::Texts { folder, stage, number, who, when })
}

fn stage(node: &Node, report: &mut Report) -> Result<(Arc<str>, Vec<Step>), Reported> {
    let mut fields = Fields::new(node, "stages", report)?;
    let (title, steps) = (fields.required_string("title"), fields.required_parts("steps", &()));
    fields.whole((title, steps))
}

impl Declared for Step {
    const WHAT: &'static str = "steps";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let title = fields.required_string("title");
        let [number, who, when, otherwise] =
            ["number", "who", "when", "otherwise"].map(|it| fields.string(it));
        let text = fields.text("text");
        Ok(Self { number, title: fields.whole(title)?, who, when, otherwise, text })
    }
}
