//! The front matter that a clerk completes: what the text gave away is filled in, what else belongs there is asked for.

mod suggest;

pub(super) use suggest::{Event, events, number};
pub use suggest::{Suggested, suggest};

use std::fmt::Write as _;

use super::model::{Dated, State};
use source::LocatedText;

/// Front matter to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The lines between the dashes.
    pub text: String,
    /// What the clerk has to fill in, in the words of the lines.
    pub missing: Vec<&'static str>,
}

/// Column at which the remarks begin.
const REMARK: usize = 12;

/// Writes what is known as front matter, with a remark on every line that has to be filled in or looked at.
pub fn draft(suggested: &Suggested) -> Draft {
    let mut draft = Draft { text: String::new(), missing: Vec::new() };
    let text = |it: &Option<LocatedText>| it.as_ref().map(|it| quoted(&it.text));
    let date = |it: Option<Dated>| it.map(|it| it.date.earliest().to_string());
    draft.required("title", text(&suggested.title), "标题");
    draft.optional("number", text(&suggested.number), "文号，没有的删去本行");
    draft.required("issuer", None, "制定机关");
    draft.optional("adopted", date(suggested.adopted), "通过日期，没有的删去本行");
    draft.required("issued", date(suggested.issued), "印发日期");
    draft.required("in_force", date(suggested.in_force), "施行日期");
    draft.required("level", None, "级别");
    draft.required("state", suggested.state.map(|it| it.word().to_owned()), "状态");
    draft.required("category", None, "类别");
    draft.optional("keywords", None, "关键词，写作 [甲, 乙]，没有的删去本行");
    draft.optional("repeals", None, "废止了哪些制度的文号或标题，没有的删去本行");
    draft.history(suggested);
    draft
}

impl Draft {
    fn required(&mut self, key: &str, value: Option<String>, title: &'static str) {
        let remark = match (key, &value) {
            (_, Some(_)) => "取自正文，请核对".to_owned(),
            ("state", None) => format!("请填{title}：{}", State::ALL.map(State::word).join("、")),
            (_, None) => format!("请填{title}"),
        };
        if value.is_none() {
            self.missing.push(title);
        }
        self.line(key, value.as_deref(), &remark);
    }

    fn optional(&mut self, key: &str, value: Option<String>, remark: &str) {
        let remark = if value.is_some() { "取自正文，请核对" } else { remark };
        self.line(key, value.as_deref(), remark);
    }

    fn line(&mut self, key: &str, value: Option<&str>, remark: &str) {
        let entry = format!("{key}: {}", value.unwrap_or_default());
        let _written = writeln!(self.text, "{entry:REMARK$} # {remark}");
    }

    fn history(&mut self, suggested: &Suggested) {
        if suggested.history.is_empty() {
            return;
        }
        self.text.push_str("history:     # 取自正文，请核对\n");
        for it in &suggested.history {
            let date = it.date.map(|it| it.date.earliest().to_string()).unwrap_or_default();
            let _written = writeln!(self.text, "  - {{date: {date}, note: {}}}", quoted(&it.note.text));
        }
    }
}

/// A text as a YAML scalar: plain where it cannot be taken for anything else.
fn quoted(text: &str) -> String {
    let is_plain = text.chars().next().is_some_and(|it| it.is_alphabetic())
        && !text.contains([
            ':', '#', '\'', '"', '[', ']', '{', '}', ',', '&', '*', '!', '|', '>', '%', '`', '\\',
        ]);
    if is_plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::{Origin, Sources};

    #[test]
    fn what_is_known_is_filled_in_and_what_is_not_is_asked_for() {
        let origin = Origin::file(Sources::default().add("a.docx"));
        let title = Some(LocatedText { text: "甲: “乙”办法".into(), origin });
        let number = Some(LocatedText { text: "示理工党〔2021〕12号".into(), origin });
        let given = draft(&Suggested { title, number, state: Some(State::Trial), ..Suggested::default() });
        let wanted = "\
title: \"甲: “乙”办法\" # 取自正文，请核对
number: 示理工党〔2021〕12号 # 取自正文，请核对
issuer:      # 请填制定机关
adopted:     # 通过日期，没有的删去本行
issued:      # 请填印发日期
in_force:    # 请填施行日期
level:       # 请填级别
state: 试行    # 取自正文，请核对
category:    # 请填类别
keywords:    # 关键词，写作 [甲, 乙]，没有的删去本行
repeals:     # 废止了哪些制度的文号或标题，没有的删去本行
";
        assert_eq!(given.text, wanted);
        assert_eq!(given.missing, ["制定机关", "印发日期", "施行日期", "级别", "类别"]);
    }
}
