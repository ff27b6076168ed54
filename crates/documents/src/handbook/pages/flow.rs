//! Flow charts: stages of steps, from the front matter of texts or as declared.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::handbook::declaration::{FlowSource, Step};
use crate::handbook::shelf::{Library, Shelf, joined, texts_of};
use finding::{Finding, Report, codes};
use regulations::HandbookText;
use source::LocatedText;

/// A flow chart as the layout draws it; a step leads to its text, if the book prints that.
pub(super) fn flow(
    title: &str,
    source: &FlowSource,
    (shelf, library): (&Shelf<'_>, Library<'_>),
    report: &mut Report,
) -> Json {
    let stages = match source {
        FlowSource::Stages(stages) => declared(stages, (shelf, library), report),
        FlowSource::Texts { folder, stage, number, who, when } => {
            let texts = texts_of(library.texts, Some(folder));
            if texts.is_empty() {
                let message = format!("流程图“{title}”所用的文稿文件夹“{}”中没有文稿", folder.text);
                let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(folder.origin);
                report.push(finding.hint("请核对 from，或把文稿放入该文件夹"));
            }
            let step = |it: &HandbookText| {
                let value =
                    |key: Option<&LocatedText>| key.and_then(|key| joined(it, &key.text)).unwrap_or_default();
                json!({
                    "number": value(Some(number)),
                    "title": &*it.title.text,
                    "who": value(who.as_ref()),
                    "when": value(when.as_ref()),
                    "otherwise": "",
                    "to": shelf.label(it.file),
                })
            };
            by_stage(&texts, &stage.text, step)
        }
    };
    json!({ "title": title, "stages": stages })
}

/// The stages in the order in which the texts name them first, each with its steps; a text without a stage is no step.
fn by_stage(texts: &[&HandbookText], key: &str, step: impl Fn(&HandbookText) -> Json) -> Vec<Json> {
    let mut stages: Vec<(String, Vec<Json>)> = Vec::new();
    for text in texts {
        let Some(stage) = joined(text, key) else { continue };
        match stages.iter_mut().find(|it| it.0 == stage) {
            Some(known) => known.1.push(step(text)),
            None => stages.push((stage, vec![step(text)])),
        }
    }
    stages.into_iter().map(|(title, steps)| json!({ "title": title, "steps": steps })).collect()
}

fn declared(
    stages: &[(Arc<str>, Vec<Step>)],
    (shelf, library): (&Shelf<'_>, Library<'_>),
    report: &mut Report,
) -> Vec<Json> {
    let mut n_steps = 0_usize;
    let mut drawn = Vec::new();
    for (title, steps) in stages {
        let mut shown = Vec::new();
        for step in steps {
            n_steps += 1;
            shown.push(json!({
                "number": step.number.as_deref().map_or_else(|| n_steps.to_string(), str::to_owned),
                "title": &*step.title,
                "who": step.who.as_deref().unwrap_or_default(),
                "when": step.when.as_deref().unwrap_or_default(),
                "otherwise": step.otherwise.as_deref().unwrap_or_default(),
                "to": step.text.as_ref().and_then(|it| leads_to(it, (shelf, library), report)),
            }));
        }
        drawn.push(json!({ "title": &**title, "steps": shown }));
    }
    drawn
}

/// The label of the text with this title, if this book prints it; one that no book has is reported.
fn leads_to(
    title: &LocatedText,
    (shelf, library): (&Shelf<'_>, Library<'_>),
    report: &mut Report,
) -> Option<String> {
    let mut meant = library.texts.iter().filter(|it| it.title.text == title.text).peekable();
    if meant.peek().is_none() {
        let message = format!("流程图所指的文稿“{}”不存在", title.text);
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(title.origin);
        report.push(finding.hint("请核对 text 所写的标题"));
    }
    meant.find_map(|it| shelf.label(it.file)).map(str::to_owned)
}
