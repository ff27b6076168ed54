//! `huibian explain`: what a finding's code means; what a figure is made of.

use super::arguments::{ExplainArguments, Format};
use super::build::output_folder;
use super::progress::Bars;
use super::{COULD_NOT_RUN, DONE, exit_code, fail, show};
use crate::documents::Draft;
use crate::documents::explain::{Asking, Explained, explain, seat_named};
use crate::finding::{Code, Report, Severity, Sources, codes};
use crate::render::{Explanation, explanation_json, explanation_text};
use crate::{Checked, Judging, Run};

pub(super) fn run(arguments: &ExplainArguments) -> u8 {
    match codes::ALL.iter().find(|it| it.name == arguments.target) {
        Some(code) => {
            show(&of_code(code, arguments.format));
            DONE
        }
        None => in_project(arguments),
    }
}

fn of_code(code: &Code, format: Format) -> String {
    described(
        [
            ("code", code.name),
            ("title", code.title),
            ("severity", code.severity.id()),
            ("definition", code.explanation),
        ],
        &format!("{}  [{}]  {}\n{}\n", code.title, code.name, code.severity.title(), code.explanation),
        format,
    )
}

fn in_project(arguments: &ExplainArguments) -> u8 {
    let mut run = Run::default();
    let bars = Bars::new();
    let excluded = output_folder(&arguments.project, None).into_iter().collect();
    let judging = Judging { draft: Draft::No, strict: false, excluded };
    let progress = |stage, done, all| bars.show(stage, done, all);
    let checked = match crate::check(&arguments.project, &judging, &mut run, &progress) {
        Ok(checked) => checked,
        Err(failure) => return fail(&failure, &run, arguments.format),
    };
    let _shown = bars;
    if let Some(text) = of_condition(&checked, arguments) {
        show(&text);
        return DONE;
    }
    let within = match arguments.within.as_deref().map(|it| seat_named(&checked.dataset, it)).transpose() {
        Ok(within) => within,
        Err(why) => {
            eprintln!("{why}");
            return COULD_NOT_RUN;
        }
    };
    let asking = Asking {
        dataset: &checked.dataset,
        figures: &checked.figures,
        workbooks: &checked.plan.behind.workbooks,
        summaries: &checked.plan.behind.texts,
        within,
        record: arguments.record.as_deref(),
    };
    match explain(&arguments.target, asking) {
        Ok(explained) => {
            show_explained(&explained, &checked, (&run.report, &run.sources), arguments);
            exit_code(&run)
        }
        Err(why) => {
            eprintln!("{why}");
            COULD_NOT_RUN
        }
    }
}

/// What a rule or a condition of a form says, if the target is its code.
fn of_condition(checked: &Checked, arguments: &ExplainArguments) -> Option<String> {
    let of_documents = &checked.plan.behind.conditions;
    let it = checked.rules.iter().chain(of_documents).find(|it| *it.code == *arguments.target)?;
    Some(described(
        [("code", &it.code), ("title", &it.title), ("severity", it.severity.id()), ("definition", &it.basis)],
        &format!("{}  [{}]  {}\n依据：{}\n", it.title, it.code, it.severity.title(), it.basis),
        arguments.format,
    ))
}

fn described(keys: [(&str, &str); 4], text: &str, format: Format) -> String {
    match format {
        Format::Text => text.to_owned(),
        Format::Json => {
            let keys = keys.into_iter().map(|(key, value)| (key.to_owned(), value.into()));
            format!("{:#}\n", serde_json::Value::Object(keys.collect()))
        }
    }
}

fn show_explained(
    explained: &Explained,
    checked: &Checked,
    (report, sources): (&Report, &Sources),
    arguments: &ExplainArguments,
) {
    let explanation = Explanation { explained, dataset: &checked.dataset, sources };
    match arguments.format {
        Format::Text => show(&explanation_text(explanation, arguments.page.get())),
        Format::Json => match explanation_json(explanation) {
            Ok(json) => show(&json),
            Err(error) => eprintln!("说明不能写成 JSON：{error}"),
        },
    }
    let n_errors = report.count(Severity::Error);
    if n_errors > 0 {
        eprintln!("项目中还有{n_errors}处错误，改正后数字可能不同；可用 huibian check 查看");
    }
}
