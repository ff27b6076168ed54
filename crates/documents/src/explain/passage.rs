//! The figures of a block of a summary, explained.

use super::record::answers;
use super::{Asking, Explained, FigurePart, fact};
use crate::summary::{FigureLine, PlannedText};

/// What the files of a summary end in.
const ENDINGS: [&str; 4] = [".figures.json", ".pdf", ".docx", ".xlsx"];

/// Figures of a block of a summary.
pub(super) struct Passage<'a> {
    text: &'a PlannedText,
    block: String,
    figures: Vec<&'a FigureLine>,
}

/// The summary of this name: a whole path, or the end of one, with or without the ending.
pub(super) fn named<'a>(name: &str, asking: Asking<'a>) -> Option<&'a PlannedText> {
    let name = name.replace('\\', "/");
    let stem = ENDINGS.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(&name);
    let is_named = |path: &str| path == stem || path.strip_suffix(stem).is_some_and(|it| it.ends_with('/'));
    asking.summaries.iter().find(|it| is_named(&it.path))
}

/// The figures of a block, or the one of this number among them.
pub(super) fn understand<'a>(text: &'a PlannedText, rest: &[&str]) -> Result<Passage<'a>, String> {
    let mut blocks: Vec<&str> = text.figures.iter().map(|it| it.block.as_str()).collect();
    blocks.dedup();
    let known = || format!("有数字的段落有：{}", blocks.join("、"));
    let Some(block) = rest.first().filter(|it| !it.is_empty()) else {
        return Err(format!(
            "请写明段落，如“{}!{}”。{}",
            name_of(text),
            blocks.first().unwrap_or(&"段落"),
            known()
        ));
    };
    let mut figures: Vec<&FigureLine> = text.figures.iter().filter(|it| it.block == *block).collect();
    if figures.is_empty() {
        let is_there = text.text.all_blocks().any(|it| it.id == *block);
        let why = if is_there { "中没有数字" } else { "不是这份总结的段落" };
        return Err(format!("“{block}”{why}。{}", known()));
    }
    if let Some(number) = rest.get(1) {
        let at = number.parse().ok().and_then(|it: usize| figures.get(it.checked_sub(1)?).copied());
        figures =
            vec![at.ok_or_else(|| format!("“{block}”共有{}个数字，没有第“{number}”个", figures.len()))?];
    }
    Ok(Passage { text, block: (*block).to_owned(), figures })
}

/// Explains the fact of a lone figure; of several, lists them.
pub(super) fn explain(passage: Passage<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let head = format!("《{}》{}", passage.text.text.title, passage.block);
    let place = format!("{}.figures.json!{}", passage.text.path, passage.block);
    if let [figure] = passage.figures[..] {
        let inner = fact::explain(&figure.fact, Asking { within: figure.seat, ..asking })?;
        let printed = format!("{head}“{}”：{}", figure.printed, inner.title);
        return Ok(Explained { title: printed, place, ..inner });
    }
    let mut texts: Vec<&str> = passage.figures.iter().map(|it| it.text.as_str()).collect();
    texts.dedup();
    let part = |(at, it): (usize, &&FigureLine)| {
        let known = asking.figures.get_within(it.seat, &it.fact);
        FigurePart {
            sign: '·',
            title: known.map(|(fact, _)| fact.title.to_string()).unwrap_or_default(),
            place: format!("facts.{}（第{}个）", it.fact, at + 1),
            value: Some(it.printed.clone()),
        }
    };
    let mut asked = Vec::new();
    for (at, figure) in passage.figures.iter().enumerate() {
        let asking = Asking { within: figure.seat, ..asking };
        if let Some((fact, known)) = asking.figures.get_within(figure.seat, &figure.fact) {
            asked.extend(fact::parts_of(&fact::counting(fact, &known, asking), &format!("第{}个", at + 1)));
        }
    }
    Ok(Explained {
        answers: answers(&asked, asking)?,
        title: head,
        value: Some(format!("{}个数字", passage.figures.len())),
        definition: texts.concat(),
        parts: passage.figures.iter().enumerate().map(part).collect(),
        place,
        ..Explained::default()
    })
}

fn name_of(text: &PlannedText) -> &str {
    text.path.rsplit('/').next().unwrap_or(&text.path)
}
