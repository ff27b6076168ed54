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
    /// Whether it is written otherwise than usual: 第 一 条, 第4条, 第四条：.
    pub(super) is_odd: bool,
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
        return Some(Label { rank: Rank::Chapter, number: None, n_chars: 0, is_odd: false });
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

/// 第N编, 章, 节 or 条 with a blank or a mark behind it.
fn division(line: &str) -> Option<Label> {
    let Division { rank, number, n_chars, is_odd, behind } = parted(line)?;
    let mark = behind.chars().next();
    let title = behind.trim_start_matches(MARKS);
    // 第三条、第五条 is a citation.
    let is_marked = mark.is_some_and(|it| MARKS.contains(&it)) && !title.starts_with(['第', '前']);
    let is_apart = is_in_brackets(line) || behind.is_empty() || behind.starts_with(char::is_whitespace);
    let is_close = matches!(rank, Rank::Part | Rank::Chapter)
        && behind.chars().count() <= CLOSE_TITLE
        && !behind.contains(['，', '。', '；', '、', '的', '：']);
    let n_marks = if is_marked { behind.chars().count() - title.chars().count() } else { 0 };
    let is_odd = is_odd || is_marked;
    (is_apart || is_marked || is_close).then_some(Label {
        rank,
        number: Some(number),
        n_chars: n_chars + n_marks,
        is_odd,
    })
}

/// What may stand behind 第四条 in place of a blank.
const MARKS: [char; 5] = ['：', ':', '、', '.', '．'];
/// Brackets around a label.
const BRACKETS: [(char, char); 3] = [('【', '】'), ('［', '］'), ('[', ']')];

/// 第N条 and the like, whatever follows.
struct Division<'l> {
    rank: Rank,
    number: u32,
    n_chars: usize,
    is_odd: bool,
    behind: &'l str,
}

fn is_in_brackets(line: &str) -> bool {
    BRACKETS.iter().any(|it| line.starts_with(it.0))
}

fn parted(line: &str) -> Option<Division<'_>> {
    let closing = BRACKETS.iter().find(|it| line.starts_with(it.0)).map(|it| it.1);
    let inner = if closing.is_some() { &line[line.chars().next()?.len_utf8()..] } else { line };
    let inner = inner.strip_prefix(['第', '笫'])?;
    let end = inner.find(|it: char| !is_number_part(it) && !it.is_whitespace())?;
    let digits: String = inner[..end].chars().filter(|it| !it.is_whitespace()).collect();
    let number = read_number(&digits)?;
    let mut behind = inner[end..].chars();
    let rank = match behind.next()? {
        '编' => Rank::Part,
        '章' => Rank::Chapter,
        '节' => Rank::Section,
        '条' => Rank::Article,
        _ => return None,
    };
    let behind = behind.as_str();
    let behind = closing.map_or(Some(behind), |it| behind.strip_prefix(it))?;
    let written = &line[..line.len() - behind.len()];
    let is_usual = |it: char| it == '第' || is_chinese_numeral(it) || "编章节条".contains(it);
    Some(Division {
        rank,
        number,
        n_chars: written.chars().count(),
        is_odd: !written.chars().all(is_usual),
        behind,
    })
}

fn is_chinese_numeral(it: char) -> bool {
    is_number_part(it) && !it.is_ascii_digit() && !('０'..='９').contains(&it)
}

/// The number of the article that a line seems to begin, though it has no label of one, and what it begins with.
pub(super) fn like_article(line: &str) -> Option<(u32, String)> {
    let bare = line.trim_start_matches(['*', '#', '_', '-', '>', '•', '·', '“', '（', '(', '〔', ' ', '　']);
    let leading = line.chars().count() - bare.chars().count();
    let (number, n_chars) = match parted(bare) {
        Some(it) => (it.rank == Rank::Article).then_some((it.number, it.n_chars))?,
        None => {
            let (number, n_digits, rest) = number(bare)?;
            let mark = rest.chars().next()?;
            let follows = rest.chars().nth(1);
            let is_label = matches!(mark, '、' | '.' | '．' | ' ' | '　')
                && follows.is_some_and(|it| !is_number_part(it) || is_chinese_numeral(it));
            (is_label && leading == 0).then_some((number, n_digits + 1))?
        }
    };
    Some((number, line.chars().take(leading + n_chars).collect()))
}

/// 第三条之一, with which a line begins.
pub(super) fn inserted_article(line: &str) -> Option<String> {
    let it = parted(line).filter(|it| it.rank == Rank::Article)?;
    let (_, n_digits, rest) = number(it.behind.strip_prefix('之')?)?;
    let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(MARKS);
    is_apart.then(|| line.chars().take(it.n_chars + 1 + n_digits).collect())
}

/// （一） or （1）, the brackets of either width.
fn bracketed(line: &str) -> Option<Label> {
    let (number, n_digits, rest) = number(line.strip_prefix(['（', '('])?)?;
    let is_closed = rest.starts_with(['）', ')']);
    let is_arabic = line.chars().nth(1).is_some_and(|it| it.is_numeric() && (it.is_ascii() || it >= '０'));
    let rank = if is_arabic { Rank::SubPoint } else { Rank::Item };
    is_closed.then_some(Label { rank, number: Some(number), n_chars: n_digits + 2, is_odd: false })
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
    Some(Label { rank, number: Some(number), n_chars: n_digits + 1, is_odd: false })
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
    fn odd_spellings_of_a_label_are_known_and_said_to_be_odd() {
        for (line, number, n_chars) in [
            ("第 一 条 为了", 1, 5),
            ("第　十 二　条　为了", 12, 7),
            ("第4条　为了", 4, 3),
            ("第４条　为了", 4, 3),
            ("第四条：为了", 4, 4),
            ("第四条:为了", 4, 4),
            ("第四条、为了", 4, 4),
            ("第四条．为了", 4, 4),
            ("【第四条】为了", 4, 5),
            ("笫四条　为了", 4, 3),
        ] {
            let found = label(line, Manner::Articles);
            let wanted = Label { rank: Rank::Article, number: Some(number), n_chars, is_odd: true };
            assert_eq!(found, Some(wanted), "{line}");
        }
        assert!(!label("第一百零五条　党员", Manner::Articles).unwrap().is_odd);
        assert!(!label("第三章组织", Manner::Articles).unwrap().is_odd);
    }

    #[test]
    fn what_is_like_an_article_is_told_with_its_number() {
        for (line, wanted) in [
            ("第四条本办法", Some((4, "第四条"))),
            ("第四条，本办法", Some((4, "第四条"))),
            ("**第四条**　本办法", Some((4, "**第四条"))),
            ("4.本办法", Some((4, "4."))),
            ("四、本办法", Some((4, "四、"))),
            ("4.5万元", None),
            ("2023年3月", None),
            ("第四章组织", None),
            ("（四）本办法", None),
        ] {
            let wanted = wanted.map(|it: (u32, &str)| (it.0, it.1.to_owned()));
            assert_eq!(like_article(line), wanted, "{line}");
        }
        assert_eq!(inserted_article("第三条之一　公示").as_deref(), Some("第三条之一"));
        assert_eq!(inserted_article("第三条之一规定"), None);
    }

    #[test]
    fn prose_that_begins_alike_is_no_label() {
        for line in [
            "第三条规定的情形",
            "第三条、第五条规定的情形",
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
