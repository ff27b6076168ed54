//! What differs between two texts, character by character, and the same in words.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// What it is.
    pub mark: Mark,
    /// Its characters; never empty.
    pub text: String,
}

/// What a stretch of a text is to the other version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In both.
    Same,
    /// Only in the old version.
    Removed,
    /// Only in the new version.
    Added,
}

/// The two versions of a text, marked.
pub(super) type Sides = (Vec<Marked>, Vec<Marked>);

/// Texts whose lengths multiply to more than this many characters are not compared character by character.
const N_PAIRS_MAX: usize = 400_000_000;

/// A text of which all is the same, removed or added.
pub(super) fn whole(text: &str, mark: Mark) -> Vec<Marked> {
    let stretch = || Marked { mark, text: text.to_owned() };
    if text.is_empty() { Vec::new() } else { vec![stretch()] }
}

/// Marks what differs. A single character that two neighbouring changes share counts as changed.
pub(super) fn marked(old: &str, new: &str) -> Sides {
    let (before, after): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    if before.len().saturating_mul(after.len()) > N_PAIRS_MAX {
        return (whole(old, Mark::Removed), whole(new, Mark::Added));
    }
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let is_same = |at: usize| ops[at].tag() == DiffTag::Equal;
    let is_chance = |at: usize| at > 0 && at + 1 < ops.len() && ops[at].new_range().len() < 2;
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for (at, op) in ops.iter().enumerate() {
        let is_common = is_same(at) && !is_chance(at);
        let marks = if is_common { (Mark::Same, Mark::Same) } else { (Mark::Removed, Mark::Added) };
        extend(&mut old, marks.0, &before[op.old_range()]);
        extend(&mut new, marks.1, &after[op.new_range()]);
    }
    (old, new)
}

/// The changes in the words of a resolution: 将“3人”改为“5人”；删去“…”；增加“…”.
pub(super) fn words((old, new): &Sides) -> String {
    const SHOWN: usize = 6;
    let mut edits: Vec<String> = Vec::new();
    let (mut before, mut after) = (old.iter().peekable(), new.iter().peekable());
    while before.peek().is_some() || after.peek().is_some() {
        let removed = before.next_if(|it| it.mark == Mark::Removed);
        let added = after.next_if(|it| it.mark == Mark::Added);
        match (removed, added) {
            (Some(old), Some(new)) => edits.push(format!("将{}改为{}", quoted(&old.text), quoted(&new.text))),
            (Some(old), None) => edits.push(format!("删去{}", quoted(&old.text))),
            (None, Some(new)) => edits.push(format!("增加{}", quoted(&new.text))),
            (None, None) => {
                before.next();
                after.next();
            }
        }
    }
    let more = if edits.len() > SHOWN { format!("等{}处", edits.len()) } else { String::new() };
    format!("{}{more}", edits[..edits.len().min(SHOWN)].join("；"))
}

/// A stretch between quotation marks, shortened in the middle.
fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let chars: Vec<char> = text.chars().map(|it| if it == '\n' { '↵' } else { it }).collect();
    if chars.len() <= SHOWN {
        return format!("“{}”", chars.into_iter().collect::<String>());
    }
    let part = |chars: &[char]| chars.iter().collect::<String>();
    format!("“{}……{}”", part(&chars[..SHOWN / 2]), part(&chars[chars.len() - SHOWN / 4..]))
}

fn extend(side: &mut Vec<Marked>, mark: Mark, chars: &[char]) {
    if chars.is_empty() {
        return;
    }
    match side.last_mut().filter(|it| it.mark == mark) {
        Some(last) => last.text.extend(chars),
        None => side.push(Marked { mark, text: chars.iter().collect() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(side: &[Marked]) -> String {
        let stretch = |it: &Marked| match it.mark {
            Mark::Same => it.text.clone(),
            Mark::Removed => format!("[-{}]", it.text),
            Mark::Added => format!("[+{}]", it.text),
        };
        side.iter().map(stretch).collect()
    }

    #[test]
    fn differences_are_marked_and_told_in_words() {
        for (old, new, before, after, told) in [
            (
                "一般不超过3人。",
                "一般不超过5人。",
                "一般不超过[-3]人。",
                "一般不超过[+5]人。",
                "将“3”改为“5”",
            ),
            ("应当召开会议", "应当按时召开会议", "应当召开会议", "应当[+按时]召开会议", "增加“按时”"),
            ("每月至少一次", "每月一次", "每月[-至少]一次", "每月一次", "删去“至少”"),
        ] {
            let sides = marked(old, new);
            assert_eq!(
                (shown(&sides.0), shown(&sides.1), words(&sides)),
                (before.into(), after.into(), told.into())
            );
        }
    }
}
