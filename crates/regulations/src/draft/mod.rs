//! The front matter that a clerk completes: values found in the text are filled in, the others are asked for.

mod suggest;

pub use suggest::{Suggested, suggest};
pub(super) use suggest::{events, number, of_text};

use std::fmt::Write as _;
use std::sync::Arc;

use super::head::Reading;
use super::item::Item;
use super::model::Dated;
use source::LocatedText;
use value::PartialDate;

/// Front matter to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The lines between the dashes.
    pub text: String,
    /// What the clerk has to fill in, in the words of the lines.
    pub missing: Vec<Arc<str>>,
}

/// A value found in the text, and the remark on it.
struct Given {
    text: String,
    remark: &'static str,
}

/// Column at which the remarks begin.
const REMARK: usize = 12;
/// What is said of a value that the text gave away.
const FOUND: &str = "取自正文，请核对";
/// The remark on a date of which the text gives only the month.
const WITHOUT_DAY: &str = "取自正文，没有写明日，请核对补全";

/// Writes what is known as front matter, with a remark on every line that has to be filled in or looked at.
pub fn draft(suggested: &Suggested, reading: &Reading) -> Draft {
    let mut draft = Draft { text: String::new(), missing: Vec::new() };
    let text = |it: &Option<LocatedText>| it.as_ref().map(|it| Given::found(quoted(&it.text)));
    let date = |it: Option<Dated>| it.map(|it| Given::date(it.date));
    let state = suggested.state.map(|it| Given::found(reading.diction.word(it).to_string()));
    let states = format!("：{}", reading.diction.state_words().join("、"));
    let may_go = |item: Item, how: &str| format!("{}{how}，没有的删去本行", reading.title(item));
    let required = |draft: &mut Draft, item: Item, value: Option<Given>, which: &str| {
        let title = reading.title(item);
        if value.is_none() {
            draft.missing.push(title.into());
        }
        draft.line(item, value, &format!("请填{title}{which}"));
    };
    required(&mut draft, Item::Title, text(&suggested.title), "");
    draft.line(Item::Number, text(&suggested.number), &may_go(Item::Number, ""));
    required(&mut draft, Item::Issuer, text(&suggested.issuer), "");
    draft.line(Item::Adopted, date(suggested.adopted), &may_go(Item::Adopted, ""));
    required(&mut draft, Item::Issued, date(suggested.issued), "");
    required(&mut draft, Item::InForce, date(suggested.in_force), "");
    required(&mut draft, Item::Level, None, "");
    required(&mut draft, Item::State, state, &states);
    required(&mut draft, Item::Category, None, "");
    draft.line(Item::Keywords, None, &may_go(Item::Keywords, "，写作 [甲, 乙]"));
    draft.line(Item::Repeals, None, "废止了哪些制度的文号或标题，没有的删去本行");
    draft.history(suggested);
    draft
}

impl Given {
    fn found(text: String) -> Self {
        Self { text, remark: FOUND }
    }

    /// A date as far as the text says it: no day is made up.
    fn date(date: PartialDate) -> Self {
        let remark = if date.day().is_some() { FOUND } else { WITHOUT_DAY };
        Self { text: date.iso(), remark }
    }
}

impl Draft {
    /// A line: the value, if it was found in the text, else what to fill in.
    fn line(&mut self, item: Item, value: Option<Given>, asked: &str) {
        let (text, remark) = value.as_ref().map_or(("", asked), |it| (&*it.text, it.remark));
        let entry = format!("{}: {text}", item.key());
        let _written = writeln!(self.text, "{entry:REMARK$} # {remark}");
    }

    fn history(&mut self, suggested: &Suggested) {
        if suggested.history.is_empty() {
            return;
        }
        let _written = writeln!(self.text, "{}:     # {FOUND}", Item::History.key());
        for it in &suggested.history {
            let date = it.date.map(|it| it.date.iso()).unwrap_or_default();
            let _written = writeln!(self.text, "  - {{date: {date}, note: {}}}", quoted(&it.note.text));
        }
    }
}

/// A text as a YAML scalar: plain where that is unambiguous.
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
    use crate::State;
    use finding::{Origin, Sources};

    #[test]
    fn what_is_known_is_filled_in_and_what_is_not_is_asked_for() {
        let origin = Origin::file(Sources::default().add("a.docx"));
        let title = Some(LocatedText { text: "甲: “乙”办法".into(), origin });
        let number = Some(LocatedText { text: "示理工党〔2021〕12号".into(), origin });
        let known = Suggested { title, number, state: Some(State::Trial), ..Suggested::default() };
        let given = draft(&known, &Reading::shipped());
        let wanted = "\
title: \"甲: “乙”办法\" # 取自正文，请核对
number: 示理工党〔2021〕12号 # 取自正文，请核对
issuer:      # 请填制定机关
adopted:     # 通过日期，没有的删去本行
issued:      # 请填印发日期
in_force:    # 请填施行日期
level:       # 请填层级
state: 试行    # 取自正文，请核对
category:    # 请填类别
keywords:    # 关键词，写作 [甲, 乙]，没有的删去本行
repeals:     # 废止了哪些制度的文号或标题，没有的删去本行
";
        assert_eq!(given.text, wanted);
        assert_eq!(given.missing, ["制定机关", "印发日期", "施行日期", "层级", "类别"].map(Arc::from));
    }
}
