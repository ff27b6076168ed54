//! The figures of a summary: each with its block, its sentence, and the fact that it is.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::super::text::{Block, ChartBlock, Figure, Phrase, Placed, Text};
use crate::planning::Planning;
use facts::Seat;

/// What ends a sentence.
const ENDS: [char; 4] = ['。', '！', '？', '\n'];

/// A figure of a summary: one fact at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureLine {
    /// The id of its block.
    pub block: String,
    /// The id of its part.
    pub part: String,
    /// The sentence that it stands in.
    pub text: String,
    /// Its characters in the sentence, counted from zero.
    pub at: Range<usize>,
    /// What was printed.
    pub printed: String,
    /// The id of the fact.
    pub fact: String,
    /// The committee or branch that the fact is narrowed to.
    pub seat: Option<Seat>,
}

/// The figures of a text, in its order; one for each fact of a figure that is computed from several.
pub(in crate::summary) fn listed(text: &Text) -> Vec<FigureLine> {
    text.all_blocks().flat_map(of_block).collect()
}

/// The file `….figures.json`.
pub(in crate::summary) fn figures(document: &str, lines: &[FigureLine], planning: Planning<'_>) -> Json {
    let lines = lines.iter().map(|it| line(it, planning));
    json!({ "document": document, "draft": Json::Null, "figures": lines.collect::<Vec<_>>() })
}

fn line(it: &FigureLine, planning: Planning<'_>) -> Json {
    let found = planning.figures.get_within(it.seat, &it.fact);
    let (title, unit) = found.as_ref().map(|(fact, _)| (&*fact.title, &*fact.unit)).unwrap_or_default();
    let value = found.as_ref().and_then(|(_, known)| known.value).map(|it| it.trimmed().to_string());
    json!({
        "block": it.block,
        "part": it.part,
        "text": it.text,
        "at": [it.at.start, it.at.end],
        "printed": it.printed,
        "fact": it.fact,
        "title": title,
        "value": value,
        "unit": unit,
        "narrowed_to": it.seat.map(|it| planning.dataset.label(it).to_string()),
    })
}

fn of_block(placed: &Placed) -> Vec<FigureLine> {
    match &placed.block {
        Block::Chart(it) => {
            let n_categories = it.chart.categories.len();
            let all = (0..it.chart.series.len()).flat_map(|one| (0..n_categories).map(move |at| (one, at)));
            all.flat_map(|(series, category)| of_drawn(placed, it, series, category)).collect()
        }
        block => block.texts().into_iter().flat_map(|it| of_text(placed, it)).collect(),
    }
}

/// The figures of a chart at one category of one series.
pub(crate) fn of_drawn(
    placed: &Placed,
    block: &ChartBlock,
    series: usize,
    category: usize,
) -> Vec<FigureLine> {
    let figure = block.figures.get(series).and_then(|it| it.get(category));
    let names = block.chart.series.get(series).zip(block.chart.categories.get(category));
    let Some((figure, (series, category))) = figure.zip(names) else { return Vec::new() };
    drawn(placed, &format!("{}，{category}：", series.title), figure)
}

/// A figure that is drawn, in words.
fn drawn(placed: &Placed, head: &str, figure: &Figure) -> Vec<FigureLine> {
    let value = figure.value.map(|it| it.trimmed().to_string()).unwrap_or_default();
    let from = head.chars().count();
    let text = format!("{head}{value}");
    let at = from..text.chars().count();
    each(figure).map(|it| line_of(placed, &text, at.clone(), it)).collect()
}

/// The figures in a text of a block.
pub(crate) fn of_text(placed: &Placed, phrase: &Phrase) -> Vec<FigureLine> {
    let (text, mut lines) = (phrase.text(), Vec::new());
    for (from, printed, figure) in phrase.figures() {
        let (start, sentence) = sentence(&text, from);
        let at = from - start..from - start + printed.chars().count();
        lines.extend(each(figure).map(|it| line_of(placed, &sentence, at.clone(), it)));
    }
    lines
}

fn each(figure: &Figure) -> impl Iterator<Item = (&str, Option<Seat>)> {
    figure.facts.iter().map(|it| (&**it, figure.seat))
}

fn line_of(placed: &Placed, text: &str, at: Range<usize>, (fact, seat): (&str, Option<Seat>)) -> FigureLine {
    FigureLine {
        block: placed.id.clone(),
        part: placed.part.to_string(),
        text: text.to_owned(),
        printed: text.chars().skip(at.start).take(at.len()).collect(),
        at,
        fact: fact.to_owned(),
        seat,
    }
}

/// The sentence around a character, with the place of its first one.
fn sentence(text: &str, at: usize) -> (usize, String) {
    let all: Vec<char> = text.chars().collect();
    let from = all[..at.min(all.len())].iter().rposition(|it| ENDS.contains(it)).map_or(0, |it| it + 1);
    let to = all.iter().skip(at).position(|it| ENDS.contains(it)).map_or(all.len(), |it| at + it + 1);
    (from, all[from..to].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_reaches_from_full_stop_to_full_stop() {
        let text = "一是抓学习。共20次，每次2小时；效果好。其他";
        assert_eq!(sentence(text, 7), (6, "共20次，每次2小时；效果好。".to_owned()));
        assert_eq!(sentence(text, 0), (0, "一是抓学习。".to_owned()));
        assert_eq!(sentence(text, 21).1, "其他");
    }
}
