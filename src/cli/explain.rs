//! `huibian explain`: what a finding's code means; what a figure is made of.

use super::arguments::{ExplainArguments, Format};
use super::build::judging;
use super::progress::Bars;
use super::{COULD_NOT_RUN, DONE, exit_code, fail, show};
use crate::documents::explain::Explained;
use crate::finding::{Code, Reach, Severity, codes};
use crate::render::{Explanation, explanation_json, explanation_text};
use crate::rules::Condition;
use crate::{Answer, Checked, Question, Session};

/// The target that means all codes.
const ALL_CODES: &str = "codes";

pub(super) fn run(arguments: &ExplainArguments) -> u8 {
    if arguments.target == ALL_CODES {
        show(&all_codes());
        return DONE;
    }
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

/// Every code of the engine, as Markdown: `docs/findings.md`.
fn all_codes() -> String {
    let mut text = "# 问题代码\n\n\
        检查结果里每条问题末尾方括号中的代码，由 `huibian explain codes` 列出，不要直接改本文件。规则和申报条件另有各自的代码，\
        写在 `templates/rules/` 和 `templates/forms/`，在项目里用 `huibian explain 代码` 查看。\n\n\
        | 代码 | 程度 | 名称 | 含义和处理 | 暂缓什么 |\n|---|---|---|---|---|\n"
        .to_owned();
    for code in codes::ALL {
        let [title, explanation] = [code.title, code.explanation].map(|it| it.replace('|', "\\|"));
        let withheld = match code.reach {
            _ if code.severity != Severity::Error => "—",
            Reach::Nothing => "不暂缓",
            Reach::Itself => "用到它的文件",
            Reach::Outright => "用到它的文件，草稿也不生成",
            Reach::Everything => "所有汇总的文件",
        };
        text += &format!(
            "| `{}` | {} | {title} | {explanation} | {withheld} |\n",
            code.name,
            code.severity.title()
        );
    }
    text
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
