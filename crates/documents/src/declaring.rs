//! Words that declarations of every kind share: papers, alignments, the widest column; and what is said of one that nothing bears.

use super::book::{Align, Paper};
use finding::{Finding, Report, Reported, codes};
use source::{LocatedText, nearest};

/// The widest that a column can be declared, in half-width characters: a workbook has none that is wider.
pub(super) const WIDEST: usize = 255;

pub(super) fn paper(word: &LocatedText, report: &mut Report) -> Result<Paper, Reported> {
    match &*word.text {
        "a4-portrait" => Ok(Paper::A4Portrait),
        "a4-landscape" => Ok(Paper::A4Landscape),
        "a3-landscape" => Ok(Paper::A3Landscape),
        _ => Err(unknown_word(word, "纸张", ["a4-portrait", "a4-landscape", "a3-landscape"], report)),
    }
}

pub(super) fn align(word: &LocatedText, report: &mut Report) -> Result<Align, Reported> {
    match &*word.text {
        "left" => Ok(Align::Left),
        "center" => Ok(Align::Center),
        "right" => Ok(Align::Right),
        _ => Err(unknown_word(word, "对齐方式", ["left", "center", "right"], report)),
    }
}

pub(super) fn unknown_word<'a>(
    word: &LocatedText,
    what: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
    report: &mut Report,
) -> Reported {
    let hint = match nearest(&word.text, known.clone()) {
        Some(near) => format!("是否应为“{near}”？"),
        None => format!("可用：{}", known.into_iter().collect::<Vec<_>>().join("、")),
    };
    let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有名为“{}”的{what}", word.text));
    report.error(finding.at(word.origin).hint(hint))
}
