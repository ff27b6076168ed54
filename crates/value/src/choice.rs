//! Fields that admit only certain values, and 是 or 否.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::text::{fold, readable};
use super::{Fault, Parsed, Raw, simplify};
use finding::codes;

/// One value that a field admits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The canonical spelling, which is printed.
    pub value: Arc<str>,
    /// Further spellings that mean the same: 汉 for 汉族.
    pub spellings: Vec<Arc<str>>,
}

/// The values that a field admits, in the order in which they are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    choices: Vec<Choice>,
    /// Every spelling, folded, with the index of its choice.
    by_spelling: BTreeMap<String, usize>,
}

impl Choices {
    /// Indexes the choices by all their spellings. Where two choices share one, the first has it;
    /// [`Choices::clashes`] tells.
    pub fn new(choices: Vec<Choice>) -> Self {
        let mut by_spelling = BTreeMap::new();
        for (idx, choice) in choices.iter().enumerate() {
            for spelling in spellings(choice) {
                by_spelling.entry(fold(spelling)).or_insert(idx);
            }
        }
        Self { choices, by_spelling }
    }

    /// The choices, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Choice> {
        self.choices.iter()
    }

    /// Spellings that belong to an earlier choice already; a schema should have none.
    pub fn clashes(&self) -> Vec<Arc<str>> {
        let own = |idx: usize, spelling: &str| self.by_spelling.get(&fold(spelling)) == Some(&idx);
        let listed = self.choices.iter().enumerate();
        listed.flat_map(|(idx, it)| spellings(it).filter(move |s| !own(idx, s)).cloned()).collect()
    }

    /// The choice that a text means, compared by [`fold`].
    pub fn find(&self, text: &str) -> Option<&Choice> {
        self.by_spelling.get(&fold(text)).map(|&idx| &self.choices[idx])
    }

    /// The choice with the nearest spelling, at most a third of the characters away.
    pub fn nearest(&self, text: &str) -> Option<&Choice> {
        let wanted = fold(text);
        let near = self.by_spelling.iter().filter_map(|(spelling, &idx)| {
            let distance = strsim::osa_distance(&wanted, spelling);
            let length = wanted.chars().count().max(spelling.chars().count());
            (distance * 3 <= length).then_some((distance, idx))
        });
        near.min().map(|(_, idx)| &self.choices[idx])
    }
}

/// Parses one of a field's choices; the value is its canonical spelling.
///
/// # Errors
/// `unknown-choice`, with the nearest choice if there is one, and what an unreadable cell gives.
pub fn parse_choice(raw: &Raw, choices: &Choices) -> Result<Parsed<Arc<str>>, Fault> {
    readable(raw)?;
    let shown = raw.display();
    if let Some(choice) = choices.find(&shown) {
        return Ok(Parsed::plain(Arc::clone(&choice.value)));
    }
    match choices.find(&simplify(&shown)) {
        Some(choice) => {
            let message = format!("“{shown}”读作“{}”", choice.value);
            let note = Fault::new(&codes::CHOICE_SIMPLIFIED, message, "请改用规范字。");
            Ok(Parsed { value: Arc::clone(&choice.value), notes: vec![note] })
        }
        None => {
            let message = format!("“{shown}”不在可选范围内");
            Err(Fault::new(&codes::UNKNOWN_CHOICE, message, hint(&shown, choices)))
        }
    }
}

/// Parses 是 or 否 and what stands for them: 有/无, √/×, Y/N, 1/0, truth value cells.
///
/// # Errors
/// `not-yes-or-no`, and what an unreadable cell gives.
pub fn parse_yes_no(raw: &Raw) -> Result<Parsed<bool>, Fault> {
    readable(raw)?;
    let shown = raw.display();
    match fold(&shown).as_str() {
        "是" | "有" | "对" | "√" | "✓" | "✔" | "☑" | "y" | "yes" | "1" | "true" => {
            Ok(Parsed::plain(true))
        }
        "否" | "无" | "不是" | "没有" | "×" | "✗" | "✘" | "✕" | "n" | "no" | "0" | "false" => {
            Ok(Parsed::plain(false))
        }
        _ => Err(Fault::new(&codes::NOT_YES_OR_NO, format!("“{shown}”不是“是”或“否”"), "请填“是”或“否”。")),
    }
}

fn spellings(choice: &Choice) -> impl Iterator<Item = &Arc<str>> {
    std::iter::once(&choice.value).chain(&choice.spellings)
}

impl Choices {
    /// “可填：正式党员、预备党员”: the first of them, if there are many.
    pub fn listed(&self) -> String {
        const N_LISTED_MAX: usize = 12;
        let listed: Vec<&str> = self.iter().take(N_LISTED_MAX).map(|it| &*it.value).collect();
        let more = if self.choices.len() > N_LISTED_MAX { "等" } else { "" };
        format!("可填：{}{more}", listed.join("、"))
    }
}

fn hint(shown: &str, choices: &Choices) -> String {
    let nearest = choices.nearest(shown).map(|it| format!("是否应为“{}”？", it.value)).unwrap_or_default();
    format!("{nearest}{}。", choices.listed())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(value: &str, spellings: &[&str]) -> Choice {
        Choice { value: value.into(), spellings: spellings.iter().map(|&it| it.into()).collect() }
    }

    fn statuses() -> Choices {
        Choices::new(vec![choice("正式党员", &["正式"]), choice("预备党员", &["预备"])])
    }

    #[test]
    fn a_choice_in_traditional_characters_is_understood_and_noted() {
        let parsed = parse_choice(&Raw::text("正式黨員"), &statuses()).unwrap();
        assert_eq!((&*parsed.value, parsed.notes[0].code.name), ("正式党员", "choice-simplified"));
    }

    #[test]
    fn every_spelling_gives_the_canonical_one() {
        for text in ["正式党员", "正式", " 正 式\u{3000}党员 "] {
            assert_eq!(&*parse_choice(&Raw::text(text), &statuses()).unwrap().value, "正式党员", "{text}");
        }
        let peoples = Choices::new(vec![choice("汉族", &["汉", "漢族"]), choice("回族", &["回"])]);
        for text in ["汉", "汉族", "漢族"] {
            assert_eq!(&*parse_choice(&Raw::text(text), &peoples).unwrap().value, "汉族", "{text}");
        }
        let grade = Raw::Number { value: 1.0, decimals: None, percent: false };
        assert_eq!(&*parse_choice(&grade, &Choices::new(vec![choice("1", &[])])).unwrap().value, "1");
    }

    #[test]
    fn an_unknown_value_lists_the_choices_and_names_the_nearest() {
        let fault = parse_choice(&Raw::text("预备党"), &statuses()).unwrap_err();
        assert_eq!(fault.code.name, "unknown-choice");
        assert_eq!(fault.hint.as_deref(), Some("是否应为“预备党员”？可填：正式党员、预备党员。"));
        let far = parse_choice(&Raw::text("群众"), &statuses()).unwrap_err();
        assert_eq!(far.hint.as_deref(), Some("可填：正式党员、预备党员。"));
        let many = Choices::new((0..20).map(|it| choice(&format!("第{it}类别"), &[])).collect());
        let fault = parse_choice(&Raw::text("无此"), &many).unwrap_err();
        assert!(fault.hint.is_some_and(|it| it.ends_with("第11类别等。")));
    }

    #[test]
    fn a_spelling_of_two_choices_is_told() {
        assert!(statuses().clashes().is_empty());
        let clashing = Choices::new(vec![choice("好", &["优秀"]), choice("优 秀", &[])]);
        assert_eq!(clashing.clashes(), vec![Arc::from("优 秀")]);
    }

    #[test]
    fn yes_and_no_have_many_spellings() {
        let read = |raw: &Raw| parse_yes_no(raw).map(|it| it.value).map_err(|it| it.code.name);
        for text in ["是", "有", "√", "✓", "Y", "yes", "１", "TRUE"] {
            assert_eq!(read(&Raw::text(text)), Ok(true), "{text}");
        }
        for text in ["否", "无", "×", "N", "0", "False"] {
            assert_eq!(read(&Raw::text(text)), Ok(false), "{text}");
        }
        assert_eq!(read(&Raw::Bool(true)), Ok(true));
        assert_eq!(read(&Raw::Number { value: 0.0, decimals: None, percent: false }), Ok(false));
        for text in ["是/否", "不详", "2", "x"] {
            assert_eq!(read(&Raw::text(text)), Err("not-yes-or-no"), "{text}");
        }
    }
}
