//! The figures of a block of a summary, explained.

use super::record::answers;
use super::target::address;
use super::{Asking, Explained, FigurePart, fact};
use crate::book::{Book, Table};
use crate::summary::{FigureLine, PlannedText, Shows, of_drawn, of_text, shows};

/// What the files of a summary end in.
const ENDINGS: [&str; 4] = [".figures.json", ".pdf", ".docx", ".xlsx"];

/// Figures of a block of a summary, or of a cell of its workbook.
pub(super) struct Passage<'a> {
    text: &'a PlannedText,
    /// What they are called and where they stand, if they do not stand in the text.
    cell: Option<(String, String)>,
    block: String,
    figures: Vec<FigureLine>,
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
    if let [sheet, cell] = rest
        && let Some(found) = in_book(text, sheet, cell)
    {
        return found;
    }
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
    let mut figures: Vec<FigureLine> = text.figures.iter().filter(|it| it.block == *block).cloned().collect();
    if figures.is_empty() {
        let is_there = text.text.all_blocks().any(|it| it.id == *block);
        let why = if is_there { "中没有数字" } else { "不是这份总结的段落" };
        let tabs = text.book.as_ref().map(|it| it.tabs().join("、"));
        let tabs = tabs.map(|it| format!("；工作簿中的表写作“工作表!C7”，有：{it}")).unwrap_or_default();
        return Err(format!("“{block}”{why}。{}{tabs}", known()));
    }
    if let Some(number) = rest.get(1) {
        let at = number.parse().ok().and_then(|it: usize| figures.get(it.checked_sub(1)?).cloned());
        figures =
            vec![at.ok_or_else(|| format!("“{block}”共有{}个数字，没有第“{number}”个", figures.len()))?];
    }
    Ok(Passage { text, cell: None, block: (*block).to_owned(), figures })
}

/// The figures of a cell of the workbook; `None` if it has no such sheet.
fn in_book<'a>(text: &'a PlannedText, sheet: &str, cell: &str) -> Option<Result<Passage<'a>, String>> {
    let book = text.book.as_ref()?;
    let at = book.tabs().iter().position(|it| it == sheet)?;
    let shows = shows(&text.text, &book.captions);
    Some(in_sheet(text, book, (at, sheet), cell, &shows))
}

fn in_sheet<'a>(
    text: &'a PlannedText,
    book: &Book,
    (number, sheet): (usize, &str),
    cell: &str,
    shows: &[Shows<'a>],
) -> Result<Passage<'a>, String> {
    let address = address(cell).ok_or_else(|| format!("“{cell}”不是单元格的地址，请写成 C7"))?;
    // What is drawn stands in a table of its own.
    let (number, (row, column)) = match book.sheets[number].charts() {
        Some(charts) => match charts.drawn_at(address.0, address.1) {
            Some(at) => (at.sheet, (at.row, at.column)),
            None => return Err(format!("“{cell}”不是图表数字所在的单元格；数字在各图旁边的小表中")),
        },
        None => {
            let (top, left) = book.sheets[number].table().map(Table::body).unwrap_or_default();
            let below = (address.0.checked_sub(top)).zip(address.1.checked_sub(left));
            let below = below.ok_or_else(|| format!("“{cell}”在表头上，不是表中的单元格"))?;
            (number, (below.0 as usize, usize::from(below.1)))
        }
    };
    let (placed, figures) = match shows.get(number) {
        Some(Shows::Table(placed, cells)) => {
            let phrase = cells.rows.iter().chain(&cells.total).nth(row).and_then(|it| it.get(column));
            (placed, phrase.map(|it| of_text(placed, it)).unwrap_or_default())
        }
        Some(Shows::Chart(placed, block)) => {
            let series = column.checked_sub(1);
            (placed, series.map(|it| of_drawn(placed, block, it, row)).unwrap_or_default())
        }
        Some(Shows::Events) | None => {
            return Err(format!("“{sheet}”是大事记，没有数字；所记的事见各表的记录"));
        }
    };
    if figures.is_empty() {
        return Err(format!("“{sheet}!{cell}”不是由数据项得出的数字，是文字或记录中的内容"));
    }
    let place = format!("{}.xlsx!{sheet}!{cell}", text.path);
    let head = format!("《{}》{sheet} {cell}", text.text.title);
    Ok(Passage { text, cell: Some((head, place)), block: placed.id.clone(), figures })
}

/// Explains the fact of a lone figure; of several, lists them.
pub(super) fn explain(passage: Passage<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let in_text = || {
        let head = format!("《{}》{}", passage.text.text.title, passage.block);
        (head, format!("{}.figures.json!{}", passage.text.path, passage.block))
    };
    let (head, place) = passage.cell.clone().unwrap_or_else(in_text);
    if let [figure] = &passage.figures[..] {
        let inner = fact::explain(&figure.fact, Asking { within: figure.seat, ..asking })?;
        let printed = format!("{head}“{}”：{}", figure.printed, inner.title);
        return Ok(Explained { title: printed, place, ..inner });
    }
    let mut texts: Vec<&str> = passage.figures.iter().map(|it| it.text.as_str()).collect();
    texts.dedup();
    let part = |(at, it): (usize, &FigureLine)| {
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
