//! Headings are numbered: 一、（一）1. over those that are there, and one with nothing below it is left out.

use super::super::declaration::{Numbering, Summary};
use super::super::text::{Block, Placed};
use super::block::first;
use value::chinese_number;

/// Leaves out headings below which nothing stands.
pub(super) fn without_bare_headings(blocks: Vec<Placed>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::new();
    // From the end: a heading stays if the next thing that stays is none of its own level or above.
    for placed in blocks.into_iter().rev() {
        if let Block::Heading { level, .. } = &placed.block {
            let is_bare = match kept.last().map(|it| &it.block) {
                None => true,
                Some(Block::Heading { level: next, .. }) => next <= level,
                Some(_) => kept.last().is_some_and(|it| it.part != placed.part),
            };
            if is_bare {
                continue;
            }
        }
        kept.push(placed);
    }
    kept.reverse();
    kept
}

/// Numbers the headings of a text: the parts as the summary declares, those below them from （一） in each.
pub(super) fn number(blocks: &mut [Placed], summary: &Summary) {
    let is_numbered = |id: &str| summary.parts.iter().any(|it| &*it.id == id && it.is_numbered);
    let mut n_parts = 0;
    let mut below = [0_u64; 2];
    for placed in blocks {
        let part = placed.part.clone();
        let Block::Heading { level, number, .. } = &mut placed.block else { continue };
        if *level > 1 {
            *number = Some(lower(*level, &mut below));
            continue;
        }
        below = [0, 0];
        if is_numbered(&part) {
            n_parts += 1;
            *number = Some(match summary.numbering {
                Numbering::Headings => format!("{}、", chinese_number(n_parts as u64)),
                Numbering::Points => first(n_parts),
            });
        }
    }
}

/// Numbers the headings of an appendix, from （一）: its title is the heading of the first level.
pub(super) fn number_within(blocks: &mut [Placed]) {
    let mut below = [0_u64; 2];
    for placed in blocks {
        if let Block::Heading { level, number, .. } = &mut placed.block {
            *number = Some(lower(*level, &mut below));
        }
    }
}

/// The next number of a heading below the parts.
fn lower(level: u8, below: &mut [u64; 2]) -> String {
    if level == 2 {
        *below = [below[0] + 1, 0];
        format!("（{}）", chinese_number(below[0]))
    } else {
        below[1] += 1;
        format!("{}.", below[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::text::Phrase;

    fn block(part: &str, block: Block) -> Placed {
        Placed { id: String::new(), part: part.into(), block }
    }

    fn heading(part: &str, level: u8) -> Placed {
        block(part, Block::Heading { level, number: None, text: Phrase::plain("标题") })
    }

    fn text(part: &str) -> Placed {
        block(part, Block::Paragraph { lead: None, text: Phrase::plain("正文") })
    }

    #[test]
    fn a_heading_stays_only_if_something_stands_below_it() {
        let levels = |blocks: Vec<Placed>| {
            let level = |it: &Placed| match it.block {
                Block::Heading { level, .. } => level,
                _ => 0,
            };
            without_bare_headings(blocks).iter().map(level).collect::<Vec<_>>()
        };
        let whole = vec![heading("a", 1), heading("a", 2), heading("a", 2), text("a"), heading("a", 3)];
        assert_eq!(levels(whole), [1, 2, 0]);
        assert_eq!(levels(vec![heading("a", 1), heading("a", 2), heading("b", 1), text("b")]), [1, 0]);
        assert_eq!(levels(vec![heading("a", 1), text("closing")]), [0]);
    }

    #[test]
    fn headings_below_a_part_are_counted_anew_in_each() {
        let mut below = [0, 0];
        let numbers = [2, 3, 3, 2, 3].map(|level| lower(level, &mut below));
        assert_eq!(numbers, ["（一）", "1.", "2.", "（二）", "1."]);
    }
}
