//! Numbers that Word counts itself, so that whoever inserts an item finds those behind it renumbered.
//!
//! A number is left to Word only where what it will show is what the text says; any other stays text.

use ooxml::{Markup, markup, valued};
use value::{chinese_number, read_number};

/// The list that the styles of headings refer to (`templates/word/styles.xml`).
const HEADINGS: usize = 1;
/// The levels of headings that are counted.
const LEVELS: usize = 3;

/// The shapes of numbers in official texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// 一、
    Part,
    /// （一）
    Section,
    /// 1.
    Item,
    /// 一是
    Point,
}

/// The numbers of a document.
#[derive(Debug)]
pub(super) struct Numbers {
    /// The shape of the headings of the first level.
    top: Shape,
    /// How many headings of each level have been counted.
    counted: [u32; LEVELS],
    /// The lists of paragraphs, in their order.
    lists: Vec<List>,
    /// What the last number of the last list was, while it may go on.
    running: Option<u32>,
}

/// A list of paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct List {
    shape: Shape,
    /// Whether its numbers stand out, as the leads behind them do.
    stands_out: bool,
}

impl Shape {
    const ALL: [Self; 4] = [Self::Part, Self::Section, Self::Item, Self::Point];

    /// The shape of the number at the beginning of a text, the number, and how long both are in bytes.
    fn read(text: &str) -> Option<(Self, u32, usize)> {
        Self::ALL.into_iter().find_map(|it| {
            let pattern = it.pattern(0);
            let (before, mark) = pattern.split_once("%1")?;
            let rest = text.strip_prefix(before)?;
            let number = read_number(&rest[..rest.find(mark)?])?;
            let end = it.written(number).len();
            let goes_on = it == Self::Item && text.get(end..)?.starts_with(|it: char| it.is_ascii_digit());
            (!goes_on && text.starts_with(&it.written(number))).then_some((it, number, end))
        })
    }

    fn written(self, number: u32) -> String {
        match self {
            Self::Item => self.pattern(0).replace("%1", &number.to_string()),
            _ => self.pattern(0).replace("%1", &chinese_number(number.into())),
        }
    }

    /// As Word has it: `%1` is the number of the first level, which is level 0.
    fn pattern(self, level: usize) -> String {
        let number = level + 1;
        match self {
            Self::Part => format!("%{number}、"),
            Self::Section => format!("（%{number}）"),
            Self::Item => format!("%{number}."),
            Self::Point => format!("%{number}是"),
        }
    }

    /// A level of a list; that of a heading names the style that it belongs to.
    fn level(self, level: usize, style: Option<String>) -> Markup {
        let format = if self == Self::Item { "decimal" } else { "chineseCountingThousand" };
        markup("w:lvl")
            .attribute("w:ilvl", level)
            .with(valued("w:start", 1))
            .with(valued("w:numFmt", format))
            .with_all(style.map(|it| valued("w:pStyle", it)))
            .with(valued("w:suff", "nothing"))
            .with(valued("w:lvlText", self.pattern(level)))
            .with(valued("w:lvlJc", "left"))
    }
}

impl Numbers {
    /// The numbers of a document whose first heading has this number.
    pub(super) fn new(first: Option<&str>) -> Self {
        let top = first.and_then(Shape::read).map_or(Shape::Part, |it| it.0);
        Self { top, counted: [0; LEVELS], lists: Vec::new(), running: None }
    }

    /// Whether Word, counting headings by their style, shows this number before a heading of a level from 1.
    pub(super) fn counts_heading(&mut self, level: usize, number: Option<&str>) -> bool {
        self.running = None;
        let Some(at) = level.checked_sub(1).filter(|it| *it < LEVELS) else { return false };
        let shown = self.shape(at).written(self.counted[at] + 1);
        if number != Some(&shown) {
            return false;
        }
        self.counted[at] += 1;
        self.counted[at + 1..].fill(0);
        true
    }

    /// The number at the beginning of a paragraph: how long it is in bytes, and what makes Word count it.
    pub(super) fn of_paragraph(&mut self, text: &str, lead: &str) -> Option<(usize, Markup)> {
        let Some((shape, number, length)) = Shape::read(text) else {
            self.running = None;
            return None;
        };
        let list = List { shape, stands_out: lead.len() >= length };
        let goes_on = self.running == number.checked_sub(1) && self.lists.last() == Some(&list);
        if !goes_on && number != 1 {
            self.running = None;
            return None;
        }
        if number == 1 {
            self.lists.push(list);
        }
        self.running = Some(number);
        Some((length, reference(HEADINGS + self.lists.len(), 0)))
    }

    /// The part `numbering.xml`.
    pub(super) fn part(&self) -> Markup {
        let lists = || self.lists.iter().enumerate().map(|(at, it)| (HEADINGS + 1 + at, it));
        markup("w:numbering")
            .attribute("xmlns:w", super::MAIN)
            .with(self.headings())
            .with_all(lists().map(|(id, it)| it.definition(id)))
            .with(number(HEADINGS))
            .with_all(lists().map(|(id, _)| number(id)))
    }

    fn shape(&self, level: usize) -> Shape {
        [self.top, Shape::Section, Shape::Item][level]
    }

    fn headings(&self) -> Markup {
        let level = |at: usize| self.shape(at).level(at, Some(format!("Heading{}", at + 1)));
        definition(HEADINGS, "multilevel").with_all((0..LEVELS).map(level))
    }
}

impl List {
    fn definition(self, id: usize) -> Markup {
        let indent = markup("w:ind").attribute("w:firstLineChars", 200).attribute("w:firstLine", 640);
        let level = self.shape.level(0, None).with(markup("w:pPr").with(indent));
        let face = self.stands_out.then(|| markup("w:rPr").with(valued("w:rStyle", super::LEAD)));
        definition(id, "singleLevel").with(level.with_all(face))
    }
}

/// What tells that a paragraph is numbered by a list; 0 is no list.
pub(super) fn reference(list: usize, level: usize) -> Markup {
    markup("w:numPr").with(valued("w:ilvl", level)).with(valued("w:numId", list))
}

fn definition(id: usize, kind: &str) -> Markup {
    markup("w:abstractNum").attribute("w:abstractNumId", id).with(valued("w:multiLevelType", kind))
}

fn number(id: usize) -> Markup {
    markup("w:num").attribute("w:numId", id).with(valued("w:abstractNumId", id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(paragraphs: &[(&str, &str)]) -> Vec<Option<usize>> {
        let mut numbers = Numbers::new(None);
        paragraphs.iter().map(|(text, lead)| numbers.of_paragraph(text, lead).map(|it| it.0)).collect()
    }

    #[test]
    fn numbers_of_official_texts_are_known_by_their_shapes() {
        let number = |text: &str| Shape::read(text);
        assert_eq!(number("十一、总结"), Some((Shape::Part, 11, "十一、".len())));
        assert_eq!(number("（二）讲党课"), Some((Shape::Section, 2, "（二）".len())));
        assert_eq!(number("3.看数据"), Some((Shape::Item, 3, 2)));
        assert_eq!(number("一是多讲。"), Some((Shape::Point, 1, "一是".len())));
        for text in ["1.5万元", "一般来说，这是", "（党委）", "是", "", "3月5日　一是"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn word_counts_a_list_only_from_its_beginning_and_without_a_gap() {
        let length = Some("一是".len());
        let points = [("一是甲。", "一是甲。"), ("二是乙。", "二是乙。"), ("四是丁。", "四是丁。")];
        assert_eq!(counted(&points), [length, length, None]);
        assert_eq!(counted(&[("二是乙。", ""), ("一是甲。", "")]), [None, length]);
        assert_eq!(counted(&[("一是甲。", ""), ("说明。", ""), ("二是乙。", "")]), [length, None, None]);
    }

    #[test]
    fn headings_are_left_to_word_where_it_counts_as_the_text_does() {
        let mut numbers = Numbers::new(Some("一是"));
        let headings = [(1, "一是"), (2, "（一）"), (2, "（二）"), (1, "二是"), (2, "（一）"), (3, "1.")];
        assert!(headings.iter().all(|(level, number)| numbers.counts_heading(*level, Some(number))));
        assert!(!numbers.counts_heading(1, None));
        assert!(!numbers.counts_heading(2, Some("（三）")));
        assert!(numbers.counts_heading(2, Some("（二）")));
    }
}
