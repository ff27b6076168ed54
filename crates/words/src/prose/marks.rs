//! Marks in a text: the stretches of it that facts have printed.

use std::sync::Arc;

use minijinja::{Error, Value};

use crate::objects::shown;

/// The name of the filter; no template can write it, for the checker knows no such word.
pub(crate) const FILTER: &str = "figure_mark";

/// Stands before the number of a mark, before the printed text, and behind it: noncharacters, which Unicode keeps for a
/// program's own use.
const SIGNS: [char; 3] = ['\u{FDD0}', '\u{FDD1}', '\u{FDD2}'];

/// A text, and the stretches of it that facts have printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The stretches, in their order.
    pub marks: Vec<Mark>,
}

/// A stretch of a text that facts have printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, in characters from zero.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The ids of the facts; several if it was reckoned from them.
    pub facts: Arc<[Arc<str>]>,
}

/// Prints a value between the signs of the mark with this number.
pub(crate) fn mark(value: &Value, number: usize) -> Result<String, Error> {
    let [before, within, behind] = SIGNS;
    Ok(format!("{before}{number}{within}{}{behind}", shown(value)?))
}

impl Marked {
    /// Takes the signs out of a text; `sites` are the facts of each number.
    pub(super) fn read(text: &str, sites: &[Arc<[Arc<str>]>]) -> Self {
        let [before, within, behind] = SIGNS;
        let mut read = Self::default();
        let (mut at, mut number, mut open) = (0, None, None);
        for c in text.chars() {
            match (c, number.as_mut()) {
                (it, _) if it == before => number = Some(String::new()),
                (it, Some(digits)) if it == within => {
                    open = digits.parse().ok().and_then(|it: usize| sites.get(it)).map(|it| (at, it.clone()));
                    number = None;
                }
                (digit, Some(digits)) => digits.push(digit),
                (it, None) if it == behind => {
                    read.marks.extend(open.take().map(|(from, facts)| Mark { from, to: at, facts }));
                }
                (it, None) => {
                    read.text.push(it);
                    at += 1;
                }
            }
        }
        read
    }

    /// What a mark of it has printed.
    pub fn printed(&self, mark: &Mark) -> String {
        self.text.chars().skip(mark.from).take(mark.to - mark.from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_somebody_typed_harm_nothing() {
        for typed in ["\u{FDD0}甲\u{FDD1}", "\u{FDD2}", "\u{FDD0}9\u{FDD1}乙\u{FDD2}"] {
            assert!(Marked::read(typed, &[]).marks.is_empty());
        }
    }
}
