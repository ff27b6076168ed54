//! Labels at the beginning of a line: 第三章, 第十二条, （一）, 1., 附件2.

use super::model::Rank;
use value::{is_number_part, read_number};

/// A label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) rank: Rank,
    /// `None` for 附则 without a number.
    pub(super) number: Option<u32>,
    /// How many characters it has.
    pub(super) n_chars: usize,
}

/// Whether a text is divided into articles; only one that is not has headings 一、.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// 第一条 …
    Articles,
    /// 一、 …
    Headings,
}

/// The longest title of a chapter that stands behind its number without a blank.
const CLOSE_TITLE: usize = 12;

/// The label with which a line begins, if it begins with one.
pub(super) fn label(line: &str, manner: Manner) -> Option<Label> {
    if line == "附则" {
        return Some(Label { rank: Rank::Chapter, number: None, n_chars: 0 });
    }
    division(line).or_else(|| bracketed(line)).or_else(|| enumerated(line, manner))
}

/// The number of an attachment whose title a line is, and how many characters its label has.
pub(super) fn attachment(line: &str) -> Option<(Option<u32>, usize)> {
    let rest = line.strip_prefix("附件")?;
    let number: String =
        rest.trim_start_matches([' ', '　']).chars().take_while(|it| is_number_part(*it)).collect();
    let read = read_number(&number);
    let label =
        rest.find(&number).map(|it| &rest[..it + number.len()]).filter(|_| read.is_some()).unwrap_or("");
    let behind = rest[label.len()..].chars().next();
    let colon = usize::from(behind.is_some_and(|it| matches!(it, '：' | ':')));
    let stands_alone = behind.is_none_or(|it| it.is_whitespace()) || colon == 1;
    stands_alone.then(|| (read, 2 + label.chars().count() + colon))
}

/// 第N编, 章, 节 or 条 with a blank behind it.
fn division(line: &str) -> Option<Label> {
    let (number, n_digits, rest) = number(line.strip_prefix('第')?)?;
    let mut behind = rest.chars();
    let rank = match behind.next()? {
        '编' => Rank::Part,
        '章' => Rank::Chapter,
        '节' => Rank::Section,
        '条' => Rank::Article,
        _ => return None,
    };
    let title = behind.as_str();
    let is_apart = title.is_empty() || title.starts_with(char::is_whitespace);
    let is_close = matches!(rank, Rank::Part | Rank::Chapter)
        && title.chars().count() <= CLOSE_TITLE
        && !title.contains(['，', '。', '；', '、', '的', '：']);
    (is_apart || is_close).then_some(Label { rank, number: Some(number), n_chars: n_digits + 2 })
}

/// （一） or （1）, the brackets of either width.
fn bracketed(line: &str) -> Option<Label> {
    let (number, n_digits, rest) = number(line.strip_prefix(['（', '('])?)?;
    let is_closed = rest.starts_with(['）', ')']);
    let is_arabic = line.chars().nth(1).is_some_and(|it| it.is_numeric() && (it.is_ascii() || it >= '０'));
    let rank = if is_arabic { Rank::SubPoint } else { Rank::Item };
    is_closed.then_some(Label { rank, number: Some(number), n_chars: n_digits + 2 })
}

/// `1.`, or 一、 in a text without articles.
fn enumerated(line: &str, manner: Manner) -> Option<Label> {
    let (number, n_digits, rest) = number(line)?;
    let is_chinese = !line.starts_with(|it: char| it.is_ascii_digit() || ('０'..='９').contains(&it));
    let mut behind = rest.chars();
    let mark = behind.next()?;
    let next_is_digit = behind.next().is_some_and(|it| it.is_ascii_digit());
    let rank = match (is_chinese, mark) {
        (true, '、') if manner == Manner::Headings => Rank::Heading,
        (false, '.' | '．' | '、') if !next_is_digit && number < 100 => Rank::Point,
        _ => return None,
    };
    Some(Label { rank, number: Some(number), n_chars: n_digits + 1 })
}

/// The number with which a text begins, how many characters it has, and what follows.
fn number(text: &str) -> Option<(u32, usize, &str)> {
    let end = text.find(|it| !is_number_part(it)).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((read_number(digits)?, digits.chars().count(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str, manner: Manner) -> Option<(Rank, u32, usize)> {
        label(line, manner).map(|it| (it.rank, it.number.unwrap_or(0), it.n_chars))
    }

    #[test]
    fn labels_are_told_by_their_words() {
        use Manner::{Articles, Headings};
        for (line, manner, wanted) in [
            ("第一编　总论", Articles, (Rank::Part, 1, 3)),
            ("第十二章　附则", Articles, (Rank::Chapter, 12, 4)),
            ("第三章组织", Articles, (Rank::Chapter, 3, 3)),
            ("附则", Articles, (Rank::Chapter, 0, 0)),
            ("第一百零五条　党员", Articles, (Rank::Article, 105, 6)),
            ("第5条 党员", Articles, (Rank::Article, 5, 3)),
            ("（十一）坚持", Articles, (Rank::Item, 11, 4)),
            ("(一)坚持", Articles, (Rank::Item, 1, 3)),
            ("（2）坚持", Articles, (Rank::SubPoint, 2, 3)),
            ("1．姓名", Articles, (Rank::Point, 1, 2)),
            ("一、总体要求", Headings, (Rank::Heading, 1, 2)),
        ] {
            assert_eq!(found(line, manner), Some(wanted), "{line}");
        }
    }

    #[test]
    fn prose_that_begins_alike_is_no_label() {
        for line in [
            "第三条规定的情形",
            "第一章规定的程序",
            "一、二年级学生",
            "3.5万元",
            "2023年3月",
            "（2023年修订）",
            "第一节课",
            "十分重要",
        ] {
            assert_eq!(found(line, Manner::Articles), None, "{line}");
        }
    }

    #[test]
    fn an_attachment_is_told_from_a_mention_of_one() {
        assert_eq!(attachment("附件1　公示"), Some((Some(1), 3)));
        assert_eq!(attachment("附件：公示"), Some((None, 3)));
        assert_eq!(attachment("附件 2：公示"), Some((Some(2), 5)));
        assert_eq!(attachment("附件"), Some((None, 2)));
        assert_eq!(attachment("附件1所列材料"), None);
        assert_eq!(attachment("附件材料应当齐全"), None);
    }
}
