//! What a sentence cites, by its words alone: 《…》, 第五条第二款第（三）项, 前款, 附件1.

use std::ops::Range;

use crate::model::Rank;
use value::{is_number_part, read_number};

/// Something cited, with the characters that cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    /// Their places, counted from zero.
    pub(super) chars: Range<usize>,
    pub(super) what: Cited,
}

/// What is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cited {
    /// A title between 《 and 》.
    Title(String),
    /// 第五条第二款: the units from the outermost inwards; never empty.
    Units(Vec<(Rank, u32)>),
    /// 前款, 前两条: a unit of this rank and how far it stands before.
    Before(Rank, u32),
    /// 附件1.
    Attachment(u32),
}

/// All that a text cites, in order.
pub(super) fn citations(chars: &[char]) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match citation(chars, at) {
            Some((what, end)) => {
                found.push(Citation { chars: at..end, what });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn citation(chars: &[char], at: usize) -> Option<(Cited, usize)> {
    match chars[at] {
        '《' => title(chars, at),
        '第' => units(chars, at),
        '前' => before(chars, at),
        '附' => attachment(chars, at),
        _ => None,
    }
}

fn title(chars: &[char], at: usize) -> Option<(Cited, usize)> {
    // Beyond this nobody meant a title: the closing mark is missing.
    const LONGEST: usize = 200;
    let mut depth = 0_u32;
    for (idx, c) in chars.iter().enumerate().skip(at).take(LONGEST) {
        match c {
            '《' => depth += 1,
            '》' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((Cited::Title(chars[at + 1..idx].iter().collect()), idx + 1));
        }
    }
    None
}

fn units(chars: &[char], at: usize) -> Option<(Cited, usize)> {
    let mut steps: Vec<(Rank, u32)> = Vec::new();
    let mut end = at;
    while let Some((rank, number, next)) = unit(chars, end) {
        if steps.last().is_some_and(|it| it.0 >= rank) {
            break;
        }
        steps.push((rank, number));
        end = next;
    }
    (!steps.is_empty()).then_some((Cited::Units(steps), end))
}

/// 第N条 and the like; 第一项 without brackets may be any first item of anything, unless it stands in a chain.
fn unit(chars: &[char], at: usize) -> Option<(Rank, u32, usize)> {
    if chars.get(at) != Some(&'第') {
        return None;
    }
    let is_bracketed = matches!(chars.get(at + 1), Some('（' | '('));
    let start = at + 1 + usize::from(is_bracketed);
    let digits: String = chars[start..].iter().take_while(|it| is_number_part(**it)).collect();
    let mut end = start + digits.chars().count();
    let number = read_number(&digits)?;
    if is_bracketed {
        matches!(chars.get(end), Some('）' | ')')).then_some(())?;
        end += 1;
    }
    let rank = match chars.get(end)? {
        '编' => Rank::Part,
        '章' => Rank::Chapter,
        '节' => Rank::Section,
        '条' => Rank::Article,
        '款' => Rank::Paragraph,
        '项' => Rank::Item,
        '目' => Rank::Point,
        _ => return None,
    };
    let is_in_chain = at > 0 && matches!(chars[at - 1], '编' | '章' | '条' | '款' | '项');
    let is_plain = matches!(rank, Rank::Section | Rank::Item | Rank::Point) && !is_bracketed && !is_in_chain;
    let is_word = chars.get(end + 1).is_some_and(|it| "件例战线路程课标录辑".contains(*it));
    (!is_plain && !is_word).then_some((rank, number, end + 1))
}

fn before(chars: &[char], at: usize) -> Option<(Cited, usize)> {
    let (distance, end) = match chars.get(at + 1)? {
        '两' | '二' => (2, at + 2),
        '三' => (3, at + 2),
        _ => (1, at + 1),
    };
    let rank = match chars.get(end)? {
        '款' => Rank::Paragraph,
        '条' => Rank::Article,
        _ => return None,
    };
    let is_word = chars.get(end + 1).is_some_and(|it| "件例".contains(*it));
    (!is_word).then_some((Cited::Before(rank, distance), end + 1))
}

fn attachment(chars: &[char], at: usize) -> Option<(Cited, usize)> {
    if chars.get(at + 1) != Some(&'件') {
        return None;
    }
    let digits: String = chars[at + 2..].iter().take_while(|it| is_number_part(**it)).collect();
    let end = at + 2 + digits.chars().count();
    let is_count = chars.get(end).is_some_and(|it| "份个张页种".contains(*it));
    read_number(&digits).filter(|_| !is_count).map(|it| (Cited::Attachment(it), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Vec<Cited> {
        citations(&text.chars().collect::<Vec<_>>()).into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn units_titles_and_attachments_are_cited_by_their_words() {
        use Rank::{Article, Chapter, Item, Paragraph};
        let units = |steps: &[(Rank, u32)]| Cited::Units(steps.to_vec());
        for (text, wanted) in [
            ("依照本办法第十二条办理", vec![units(&[(Article, 12)])]),
            ("第五条第二款第（三）项", vec![units(&[(Article, 5), (Paragraph, 2), (Item, 3)])]),
            ("第5条第三项", vec![units(&[(Article, 5), (Item, 3)])]),
            ("《甲办法》第四章", vec![Cited::Title("甲办法".to_owned()), units(&[(Chapter, 4)])]),
            ("《关于〈甲〉的《乙》》", vec![Cited::Title("关于〈甲〉的《乙》".to_owned())]),
            ("前款和前两条", vec![Cited::Before(Paragraph, 1), Cited::Before(Article, 2)]),
            ("式样见附件1", vec![Cited::Attachment(1)]),
        ] {
            assert_eq!(cited(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_that_look_alike_cite_nothing() {
        for text in
            ["第一条件", "第一节课", "第一项任务", "第二目标", "前条件", "附件2份", "第二批", "有条款"]
        {
            assert_eq!(cited(text), [], "{text}");
        }
    }
}
