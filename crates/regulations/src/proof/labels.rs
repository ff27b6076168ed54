//! Lines that seem to be articles but bear no label of one.

use std::collections::BTreeSet;

use super::numbering::Numbered;
use crate::label::{inserted_article, like_article};
use crate::model::{Node, Rank, Unit, Words, of_rank, units};
use finding::{Finding, Origin, codes};

/// A line that seems to be an article.
#[derive(Debug)]
pub(super) struct Suspect {
    pub(super) number: u32,
    pub(super) origin: Origin,
    seen: String,
}

/// The articles of a body in order, and among them the lines that seem to be the missing ones.
#[derive(Debug, Default)]
pub(super) struct Articles {
    pub(super) numbered: Vec<Numbered>,
    pub(super) suspects: Vec<Suspect>,
    known: BTreeSet<u32>,
    last: u32,
}

impl Articles {
    pub(super) fn of(body: &[Node]) -> Self {
        /// In a text without any article one line is too little to go by.
        const FEWEST: usize = 2;
        let known: BTreeSet<u32> = of_rank(body, Rank::Article).iter().filter_map(|it| it.number).collect();
        let has_none = known.is_empty();
        let mut found = Self { known, ..Self::default() };
        found.walk(body);
        if has_none && found.suspects.len() < FEWEST {
            return Self::default();
        }
        found
    }

    fn walk(&mut self, nodes: &[Node]) {
        let mut has_point = false;
        for unit in units(nodes) {
            match (unit.rank, unit.number) {
                (Rank::Article, Some(number)) => {
                    self.last = number;
                    self.numbered.push((unit.rank.cited(number), number, unit.origin));
                }
                (Rank::Paragraph, _) => {
                    let is_label = |it: &(u32, String)| !self.known.is_empty() || it.1.contains('条');
                    let text = unit.text.as_ref().map(|it| it.text());
                    let text = text.filter(|it| inserted_article(it).is_none());
                    let like = text.and_then(like_article).filter(is_label);
                    self.suspect(unit, like);
                }
                (Rank::Point, Some(number)) if !has_point && !self.known.is_empty() => {
                    self.suspect(unit, Some((number, unit.rank.cited(number))));
                }
                _ => {}
            }
            has_point |= unit.rank == Rank::Point;
            self.walk(&unit.content);
        }
    }

    fn suspect(&mut self, unit: &Unit, like: Option<(u32, String)>) {
        let is_next = |it: &(u32, String)| it.0 == self.last.saturating_add(1) && !self.known.contains(&it.0);
        let Some((number, seen)) = like.filter(is_next) else { return };
        let origin = unit.origin;
        self.last = number;
        self.numbered.push((Rank::Article.cited(number), number, origin));
        let text = unit.text.as_ref().map(|it| it.text()).unwrap_or_default();
        let seen = beginning(&if text.starts_with(&seen) { text.to_owned() } else { seen + text });
        self.suspects.push(Suspect { number, origin, seen });
    }
}

pub(super) fn check(words: Words<'_>, found: &mut Vec<Finding>) {
    for body in words.bodies() {
        found.extend(suspected(&Articles::of(body).suspects));
        inserted(body, found);
    }
}

/// One finding on all such lines of a body.
fn suspected(suspects: &[Suspect]) -> Option<Finding> {
    const SHOWN: usize = 20;
    let first = suspects.first()?;
    let which = Rank::Article.cited(first.number);
    let more = match suspects.len() {
        1 => String::new(),
        n => format!("，这样的共{n}行"),
    };
    let message = format!("“{}”按次序应为{which}，但写法不同，没有认作条{more}", first.seen);
    let hint = format!("是一条的，请把开头写成“{which}”，其后空一格；不是的，请改写该行的开头");
    let finding = Finding::new(&codes::LABEL_SUSPECTED, message).hint(hint).at(first.origin);
    let others = suspects.iter().skip(1).take(SHOWN);
    Some(others.fold(finding, |it, other| it.related(other.origin, format!("“{}”", other.seen))))
}

/// 第三条之一 has no number of its own.
fn inserted(nodes: &[Node], found: &mut Vec<Finding>) {
    for unit in units(nodes) {
        let label = unit.text.as_ref().filter(|_| unit.rank == Rank::Paragraph);
        if let Some(label) = label.and_then(|it| inserted_article(it.text())) {
            let message = format!("“{label}”没有认作单独的一条，作为前一条的一款照原样印出");
            let hint = "请按次序重新编号，并核对引用；确需照印的，请核对印出的样子";
            found.push(Finding::new(&codes::LABEL_SUSPECTED, message).hint(hint).at(unit.origin));
        }
        inserted(&unit.content, found);
    }
}

/// How a line begins that may be meant by a citation of an article that is not there; behind the last article there is none.
pub(super) fn candidate(body: &[Node], number: u32) -> Option<String> {
    let last = of_rank(body, Rank::Article).iter().filter_map(|it| it.number).max();
    last.is_none_or(|it| it > number).then(|| line_like(body, number))?
}

fn line_like(nodes: &[Node], number: u32) -> Option<String> {
    units(nodes).find_map(|unit| {
        let text = unit.text.as_ref().map(|it| it.text());
        let own = match unit.rank {
            Rank::Point | Rank::Heading if unit.number == Some(number) => {
                let first = || unit.units().find_map(|it| it.text.as_ref()).map(|it| it.text());
                let text = text.or_else(first).unwrap_or_default();
                Some(beginning(&(unit.rank.cited(number) + text)))
            }
            Rank::Paragraph => {
                let is_it = |it: &&str| like_article(it).is_some_and(|it| it.0 == number);
                text.filter(is_it).map(beginning)
            }
            _ => None,
        };
        own.or_else(|| line_like(&unit.content, number))
    })
}

fn beginning(text: &str) -> String {
    const N_SHOWN: usize = 12;
    let mut shown: String = text.chars().take(N_SHOWN).collect();
    if text.chars().nth(N_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
