//! What the cells of a table do, and what is left in them for hand and seal.

use super::address::Story;
use super::blank::Part;
use super::finder::{self, Within};
use super::gaps::{Gap, GapKind};
use super::grid::Cell;
use super::signs::Signs;
use super::text::Paragraph;

/// So few characters a cell has at most that does nothing but ask for a photograph.
const N_PICTURE_MAX: usize = 30;

/// What a cell does in its table.
#[derive(Debug, Clone)]
pub(super) enum Role {
    Blank,
    Label(String),
    Text(Vec<Gap>),
    Picture,
    /// Signatures, seals and dates.
    Signature,
    /// What nobody fills: a formula, a control, a cell with a table of its own.
    Closed,
}

/// Why a text is left as a whole: all of its gaps are.
pub(super) fn all_by_hand(gaps: &[Gap]) -> Option<String> {
    let all = gaps.iter().all(|it| it.by_hand.is_some());
    gaps.first().and_then(|it| it.by_hand.clone()).filter(|_| all)
}

/// Why a place is left by what its label says; one with `{{ … }}` is to be filled, whatever else is said there.
pub(super) fn by_label(label: &[String], gaps: &[Gap], signs: &Signs) -> Option<String> {
    let is_asked = gaps.iter().any(|it| matches!(it.kind, GapKind::Expression(_)));
    signs.by_path(label).filter(|_| !is_asked).map(str::to_owned)
}

/// A text without blanks, and without the colon at its end.
pub(super) fn compact(text: &str) -> String {
    let text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    text.trim_end_matches(['：', ':']).to_owned()
}

/// Whether a cell with gaps is a label all the same: nothing but blanks in brackets.
pub(super) fn is_label(gaps: &[Gap]) -> bool {
    gaps.iter().all(|it| it.kind == GapKind::Bracket)
}

pub(super) fn role(cell: &Cell, signs: &Signs) -> Role {
    if cell.is_formula || cell.is_closed {
        return Role::Closed;
    }
    let text = compact(&cell.text());
    if text.is_empty() {
        return Role::Blank;
    }
    if signs.is_picture(&text) && text.chars().count() <= N_PICTURE_MAX {
        return Role::Picture;
    }
    let gaps = finder::find(&cell.paragraphs, Within::Cell, signs);
    let has_room = cell.paragraphs.len() > 1 && cell.paragraphs.iter().any(Paragraph::is_blank);
    match gaps.is_empty() {
        false => Role::Text(gaps),
        true if has_room && signs.by_hand(&text).is_some() => Role::Signature,
        true => Role::Label(text),
    }
}

/// Whether a text numbers a row: 1, （2）, 三, ④.
pub(super) fn is_number(text: &str) -> bool {
    let inner = text.trim_matches(|it| matches!(it, '（' | '）' | '(' | ')' | '.' | '、' | '．'));
    let is_digit =
        |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it) || ('①'..='⑳').contains(&it);
    !inner.is_empty() && inner.chars().count() <= 3 && inner.chars().all(is_digit)
}

/// So many characters a line has at most that asks by its colon alone.
const N_ASKING_MAX: usize = 10;

/// Whether a colon at the end of a line asks for something: in headers and footers, and where short lines of this kind
/// follow each other, as on a cover. Above a text it only opens it.
pub(super) fn asks_by_colon(part: &Part, number: usize) -> bool {
    let asks = |at: usize| {
        let text = part.paragraphs.get(at).map(Paragraph::text).unwrap_or_default();
        text.trim_end().ends_with(['：', ':']) && compact(&text).chars().count() <= N_ASKING_MAX
    };
    let is_aside = matches!(part.story, Story::Header(_) | Story::Footer(_));
    asks(number) && (is_aside || asks(number + 1) || number.checked_sub(1).is_some_and(asks))
}
