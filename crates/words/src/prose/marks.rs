//! Marks in a text: the stretches of it that facts have printed.

use std::cell::RefCell;
use std::sync::Arc;

use minijinja::{Error, Value};
use value::Amount;

use crate::objects::{self, shown};

/// The name of the filter; no template can write it, for the checker knows no such word.
pub(crate) const FILTER: &str = "figure_mark";

/// Stands before the number of a mark, before the printed text, and behind it: noncharacters, which Unicode keeps for a
/// program's own use.
const SIGNS: [char; 3] = ['\u{FDD0}', '\u{FDD1}', '\u{FDD2}'];

/// A text as its template has printed it, with what facts have printed in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// The figures, in their order.
    pub figures: Vec<Stretch>,
}

/// A stretch of a text that facts have printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins, in characters from zero.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The ids of the facts; several if it was reckoned from them.
    pub facts: Arc<[Arc<str>]>,
    /// The number that it shows, with the places that it shows; `None` if it shows words.
    pub value: Option<Amount>,
}

/// What a mark has printed: the index of its site, and the number.
type Marked = (usize, Option<Amount>);

thread_local! {
    /// What the marks of the text that is being printed have met, so that no number has to be read back from it.
    static MARKED: RefCell<Vec<Marked>> = const { RefCell::new(Vec::new()) };
}

/// Prints a value between the signs of a mark, and keeps the number that it is. What a filter has made a text of a number
/// gives that as well, with the places that it shows.
pub(crate) fn mark(
    value: &Value,
    site: usize,
    behind: Option<Value>,
    places: Option<u32>,
) -> Result<String, Error> {
    let exact = objects::decimal(behind.as_ref().unwrap_or(value)).map(Amount::trimmed);
    let exact = exact.map(|it| places.map_or(it, |places| it.rounded(places).filled(places)));
    let number = MARKED.with(|all| {
        let mut all = all.borrow_mut();
        all.push((site, exact));
        all.len() - 1
    });
    let [before, within, behind] = SIGNS;
    Ok(format!("{before}{number}{within}{}{behind}", shown(value)?))
}

/// Forgets what marks have met: a text begins.
pub(super) fn forget() {
    MARKED.with(|all| all.borrow_mut().clear());
}

impl Rendered {
    /// Takes the signs out of a text that was printed just now; `sites` are the facts of each mark.
    pub(super) fn read(text: &str, sites: &[Arc<[Arc<str>]>]) -> Self {
        let marked = MARKED.with(|all| std::mem::take(&mut *all.borrow_mut()));
        let [before, within, behind] = SIGNS;
        let mut read = Self::default();
        let (mut at, mut number, mut open) = (0, None, None);
        for c in text.chars() {
            match (c, number.as_mut()) {
                (it, _) if it == before => number = Some(String::new()),
                (it, Some(digits)) if it == within => {
                    let met = digits.parse().ok().and_then(|it: usize| marked.get(it));
                    open = met.and_then(|(site, value)| Some((at, sites.get(*site)?.clone(), *value)));
                    number = None;
                }
                (digit, Some(digits)) => digits.push(digit),
                (it, None) if it == behind => {
                    let figure = open.take();
                    let stretch = |(from, facts, value)| Stretch { from, to: at, facts, value };
                    read.figures.extend(figure.map(stretch));
                }
                (it, None) => {
                    read.text.push(it);
                    at += 1;
                }
            }
        }
        read
    }

    /// What a figure of it has printed.
    pub fn printed(&self, figure: &Stretch) -> String {
        self.text.chars().skip(figure.from).take(figure.to - figure.from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_somebody_typed_harm_nothing() {
        for typed in ["\u{FDD0}甲\u{FDD1}", "\u{FDD2}", "\u{FDD0}9\u{FDD1}乙\u{FDD2}"] {
            assert!(Rendered::read(typed, &[]).figures.is_empty());
        }
    }
}
