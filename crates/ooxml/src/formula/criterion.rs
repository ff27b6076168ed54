//! Conditions as texts: `">=60"`, `"<>"`, `"张*"` (ECMA-376 part 1, 18.17.7.61).

use super::number;
use super::value::CellValue;

/// What a cell is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Criterion {
    /// A number beside an operator.
    Number(&'static str, f64),
    /// A text with `*` and `?`, in small letters; whether it is to be so or not.
    Text(Vec<char>, bool),
    /// Nothing stands there; `""` counts as nothing if no operator is said.
    Empty { or_no_text: bool },
    /// Something stands there.
    Something,
}

impl Criterion {
    /// Reads a condition; `None` if programs do not agree on what it means.
    pub(super) fn read(said: &CellValue) -> Option<Self> {
        let said = match said {
            CellValue::Number(it) => return Some(Self::Number("=", *it)),
            CellValue::Text(it) => it,
            CellValue::Empty | CellValue::Boolean(_) | CellValue::Error(_) => return None,
        };
        let operator = ["<=", ">=", "<>", "=", "<", ">"].into_iter().find(|it| said.starts_with(it));
        let rest = &said[operator.map_or(0, str::len)..];
        if let Some(number) = number::read(rest).filter(|_| !rest.ends_with('%')) {
            return Some(Self::Number(operator.unwrap_or("="), number));
        }
        let letters = || rest.to_lowercase().chars().collect();
        match (operator, rest.is_empty()) {
            (None, true) => Some(Self::Empty { or_no_text: true }),
            (Some("="), true) => Some(Self::Empty { or_no_text: false }),
            (Some("<>"), true) => Some(Self::Something),
            (None | Some("="), false) => is_plain(rest).then(|| Self::Text(letters(), true)),
            (Some("<>"), false) => is_plain(rest).then(|| Self::Text(letters(), false)),
            _ => None,
        }
    }

    /// Whether a cell meets it; `None` if programs do not agree.
    pub(super) fn is_met(&self, value: &CellValue) -> Option<bool> {
        match (self, value) {
            (Self::Number("=" | "<>", _), CellValue::Text(it)) if number::read(it).is_some() => None,
            (Self::Number(operator, wanted), CellValue::Number(it)) => {
                let is_close = number::is_close(*it, *wanted);
                Some(match *operator {
                    "=" => is_close,
                    "<>" => !is_close,
                    "<" => it < wanted && !is_close,
                    "<=" => it < wanted || is_close,
                    ">" => it > wanted && !is_close,
                    _ => it > wanted || is_close,
                })
            }
            (Self::Number(operator, _), _) => Some(*operator == "<>"),
            (Self::Text(wanted, is_so), CellValue::Text(it)) => {
                let letters: Vec<char> = it.to_lowercase().chars().collect();
                Some(matches(wanted, &letters) == *is_so)
            }
            (Self::Text(_, is_so), _) => Some(!is_so),
            (Self::Empty { or_no_text }, CellValue::Text(it)) => Some(*or_no_text && it.is_empty()),
            (Self::Empty { .. }, it) => Some(*it == CellValue::Empty),
            (Self::Something, it) => Some(*it != CellValue::Empty),
        }
    }
}

/// Whether a text has no escaped letters, and is no truth value.
fn is_plain(text: &str) -> bool {
    !text.contains('~') && !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false")
}

/// Whether a text is like a pattern in which `*` stands for anything and `?` for one letter.
fn matches(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut place) = (0, 0);
    // Where to go on if what follows the last `*` is not found.
    let mut again = None;
    while place < text.len() {
        match pattern.get(at) {
            Some('*') => {
                at += 1;
                again = Some((at, place));
            }
            Some(it) if *it == '?' || *it == text[place] => {
                at += 1;
                place += 1;
            }
            _ => match again {
                Some((behind, from)) => {
                    at = behind;
                    place = from + 1;
                    again = Some((behind, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|it| *it == '*')
}
