//! A list of records: a paragraph for each, or all in one.

use std::sync::Arc;

use super::super::declaration::{ListSpec, Point, Style};
use super::super::text::{Block, Phrase, Placed};
use super::block::first;
use super::{Writer, paragraph, placed};
use value::chinese_number;

/// Marks that an item gives up where others are joined to it.
const MARKS: [char; 4] = ['。', '；', '，', '、'];

impl Writer {
    /// The blocks of a list; `is_below` says whether it stands below a heading of the second level.
    pub(super) fn list(
        &mut self,
        list: &ListSpec,
        id: &Arc<str>,
        part: &Arc<str>,
        is_below: bool,
    ) -> Vec<Placed> {
        let mut stages = self.items(&list.each, false);
        stages.truncate(list.n_items_max.unwrap_or(usize::MAX));
        let point =
            Point { id: None, when: None, each: None, lead: list.lead.clone(), text: list.text.clone() };
        let mut items = Vec::new();
        for stage in &stages {
            let number = number(list.style, items.len() + 1, is_below);
            items.extend(self.point(&point, &number, stage));
        }
        let stage = self.stage.clone();
        if items.is_empty() {
            let text = list.empty.as_ref().map(|it| self.text(it, &stage));
            return text.map(|it| placed(id, part, paragraph(None, it))).into_iter().collect();
        }
        if list.style == Style::Inline {
            let mut edge = |it: &Option<_>| it.as_ref().map(|it| self.text(it, &stage)).unwrap_or_default();
            let (open, close) = (edge(&list.open), edge(&list.close));
            return vec![placed(id, part, paragraph(None, inline(items, open, &close)))];
        }
        let items = items.into_iter().enumerate();
        items.map(|(at, it)| placed(&format!("{id}-{}", at + 1), part, it)).collect()
    }
}

/// The items in one text: joined with ；, with 。 behind the last.
fn inline(items: Vec<Block>, open: Phrase, close: &Phrase) -> Phrase {
    let mut whole = open;
    for (at, item) in items.into_iter().enumerate() {
        let Block::Paragraph { text, .. } = item else { continue };
        let joint = Phrase::plain(if at == 0 { "" } else { "；" });
        whole = whole.then(&joint).then(&text.without_end(&MARKS));
    }
    whole.then(&Phrase::plain("。")).then(close)
}

fn number(style: Style, number: usize, is_below: bool) -> String {
    match (style, is_below) {
        (Style::Plain | Style::Inline, _) => String::new(),
        (Style::First, _) => first(number),
        (Style::Item, false) => format!("（{}）", chinese_number(number as u64)),
        (Style::Item, true) => format!("{number}."),
    }
}
