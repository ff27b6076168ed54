//! `huibian explain`: what a finding's code means; what a figure is made of.

use super::arguments::{ExplainArguments, Format};
use super::build::judging;
use super::progress::Bars;
use super::{COULD_NOT_RUN, DONE, exit_code, fail, show};
use crate::documents::explain::Explained;
use crate::finding::{Code, Severity, codes};
use crate::render::{Explanation, explanation_json, explanation_text};
use crate::rules::Condition;
use crate::{Answer, Checked, Question, Session};

pub(super) fn run(arguments: &ExplainArguments) -> u8 {
    match codes::ALL.iter().find(|it| it.name == arguments.target) {
        Some(code) => {
            show(&of_code(code, arguments.format));
            DONE
        }
        None => in_project(arguments),
    }
}

fn in_project(arguments: &ExplainArguments) -> u8 {
    let bars = Bars::new();
    let progress = |stage, done, all| bars.show(stage, done, all);
    let mut session = Session::new(&progress);
    let checked = match session.check(&arguments.project, &judging(&arguments.project, None)) {
        Ok(checked) => checked,
        Err(failure) => return fail(&failure, &session, arguments.format),
    };
    let (within, record) = (arguments.within.as_deref(), arguments.record.as_deref());
    match checked.explain(Question { target: &arguments.target, within, record }) {
        Ok(Answer::Condition(condition)) => {
            show(&of_condition(condition, arguments.format));
            DONE
        }
        Ok(Answer::Figure(explained)) => {
            show_explained(&explained, &checked, &session, arguments);
            exit_code(&session)
        }
        Err(why) => {
            eprintln!("{why}");
            COULD_NOT_RUN
        }
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

fn of_condition(it: &Condition, format: Format) -> String {
    described(
        [("code", &it.code), ("title", &it.title), ("severity", it.severity.id()), ("definition", &it.basis)],
        &format!("{}  [{}]  {}\n依据：{}\n", it.title, it.code, it.severity.title(), it.basis),
        format,
    )
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
    session: &Session<'_>,
    arguments: &ExplainArguments,
) {
    let explanation = Explanation { explained, dataset: &checked.dataset, sources: &session.sources };
    match arguments.format {
        Format::Text => show(&explanation_text(explanation, arguments.page.get())),
        Format::Json => match explanation_json(explanation) {
            Ok(json) => show(&json),
            Err(error) => eprintln!("说明不能写成 JSON：{error}"),
        },
    }
    let n_errors = session.report.count(Severity::Error);
    if n_errors > 0 {
        eprintln!("项目中还有{n_errors}处错误，改正后数字可能不同；可用 huibian check 查看");
    }
}
