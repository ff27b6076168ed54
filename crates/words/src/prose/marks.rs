//! Marks in a text: the stretches of it that facts have printed.

use std::cell::RefCell;
use std::sync::Arc;

use minijinja::{Error, Value};
use value::Amount;

use super::runs::Runs;
use crate::objects::{self, shown};

/// The name of the filter; no template can write it, for the checker knows no such word.
pub(crate) const FILTER: &str = "figure_mark";

/// Stands before the number of a mark, before the printed text, and behind it: noncharacters, which Unicode keeps for a
/// program's own use.
const SIGNS: [char; 3] = ['\u{FDD0}', '\u{FDD1}', '\u{FDD2}'];

/// A text as its template has printed it.
pub type Rendered = Runs<Printed>;

/// What facts have printed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The ids of the facts; several if it was worked out from them.
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

/// Takes the signs out of a text that was printed just now; `sites` are the facts of each mark.
pub(super) fn read(text: &str, sites: &[Arc<[Arc<str>]>]) -> Rendered {
    let marked = MARKED.with(|all| std::mem::take(&mut *all.borrow_mut()));
    let [before, within, behind] = SIGNS;
    let mut read = Rendered::default();
    let (mut number, mut open, mut piece) = (None, None, String::new());
    for c in text.chars() {
        match (c, number.as_mut()) {
            (it, _) if it == before => number = Some(String::new()),
            (it, Some(digits)) if it == within => {
                read.push_wording(&std::mem::take(&mut piece));
                let met = digits.parse().ok().and_then(|it: usize| marked.get(it));
                open = met.and_then(|(site, value)| {
                    Some(Printed { facts: sites.get(*site)?.clone(), value: *value })
                });
                number = None;
            }
            (digit, Some(digits)) => digits.push(digit),
            (it, None) if it == behind => match open.take() {
                Some(printed) => read.push_figure(std::mem::take(&mut piece), printed),
                None => read.push_wording(&std::mem::take(&mut piece)),
            },
            (it, None) => piece.push(it),
        }
    }
    read.push_wording(&piece);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_somebody_typed_harm_nothing() {
        for typed in ["\u{FDD0}甲\u{FDD1}", "\u{FDD2}", "\u{FDD0}9\u{FDD1}乙\u{FDD2}"] {
            assert_eq!(read(typed, &[]).figures().count(), 0);
        }
    }
}
