//! Rows that are no records: totals, signatures, examples, column numbers, and how that is said.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::rows::Page;
use crate::customs::Customs;
use finding::{Finding, Report, codes, row_ranges};
use value::{Raw, fold, folded};

/// So many rows below a heading may be examples, requirements or column numbers.
pub(super) const N_ROWS_NEAR_HEADING: u32 = 3;
/// A lone text of so many characters is a remark.
pub(super) const N_CHARS_OF_REMARK: usize = 15;

/// A number in Chinese has at most so many characters: 第十一.
const N_CHARS_OF_NUMERAL_MAX: usize = 3;
/// So many characters of a row that was left out are shown.
const N_CHARS_SHOWN: usize = 40;

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Why a row is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// It stands above the heading though it does not look like a title.
    Above,
    /// It states what is to be filled in: 必填, a format.
    Requirement,
    /// It numbers the columns: 甲 乙 1 2.
    Numbering,
    /// It shows how to fill in the form.
    Example,
    /// It probably does: it stands below requirements and names 张三.
    Sample,
    /// It repeats the heading.
    Heading,
    /// It heads a group of rows.
    Group,
    /// It says that there is nothing to report.
    Nothing,
    /// It adds up.
    Total,
    /// It names who filled in the form.
    Signature,
    /// It is a remark.
    Remark,
    /// It stands below the foot of the table.
    AfterFoot,
    /// Only what is printed on the form beforehand stands in it.
    Prefilled,
    /// None of its like columns is filled.
    NothingUnfolded,
    /// Nothing stands in the columns of the table.
    Outside,
}

impl Reason {
    fn says(self) -> &'static str {
        match self {
            Self::Above => "在表头之前",
            Self::Requirement => "是填写要求",
            Self::Numbering => "是栏号",
            Self::Example => "是示例",
            Self::Sample => "紧接在填写要求下面，写着张三、李四之类，疑为示例",
            Self::Heading => "重复了表头",
            Self::Group => "是分组标题",
            Self::Nothing => "写的是“无”，看作零报告",
            Self::Total => "是合计、小计",
            Self::Signature => "是表尾（填表人、审核人等）",
            Self::Remark => "是说明文字",
            Self::AfterFoot => "在表尾之后",
            Self::Prefilled => "只有预先填好的内容",
            Self::NothingUnfolded => "各月（各栏）均为空",
            Self::Outside => "在表内各列均为空",
        }
    }
}

/// A row, as the question needs it.
pub(super) struct Row<'a> {
    /// How tables are written around their records.
    pub(super) customs: &'a Customs,
    /// What stands in the columns of the heading, blocks of notes left out.
    pub(super) cells: Vec<(u16, &'a Raw)>,
    /// How many columns hold data.
    pub(super) n_columns: usize,
    /// How many of its cells are labels that some table knows.
    pub(super) n_known: usize,
    /// Whether it leaves empty most of what its table requires.
    pub(super) lacks_key: bool,
    /// Whether no column says whose the records are: a row with the name of a body alone may say it.
    pub(super) is_without_body: bool,
    /// Whether it stands just below a heading.
    pub(super) is_near_heading: bool,
    /// Whether it stands just below requirements, or below samples there.
    pub(super) is_below_requirements: bool,
    /// Whether a merged cell covers most of it.
    pub(super) is_banner: bool,
    /// Whether the foot of the table has been passed.
    pub(super) is_after_foot: bool,
}

impl Row<'_> {
    /// Why the row is no record, as far as its own words tell.
    pub(super) fn reason(&self) -> Option<Reason> {
        let texts: Vec<Cow<'_, str>> = self.cells.iter().take(3).map(|it| shown(it.1)).collect();
        let first = texts.first()?;
        let customs = self.customs;
        let starts =
            |words: &[String]| self.lacks_key && words.iter().any(|it| first.starts_with(it.as_str()));
        let is_total = texts.iter().any(|it| is_among(&customs.totals, &plain(it)));
        let is_subtotal = self.lacks_key && customs.totals.iter().any(|it| first.ends_with(it.as_str()));
        if is_total || is_subtotal || starts(&customs.totals) {
            return Some(Reason::Total);
        }
        if starts(&customs.feet) {
            return Some(Reason::Signature);
        }
        if starts(&customs.remarks) {
            return Some(Reason::Remark);
        }
        if self.is_near_heading && texts.iter().any(|it| is_example(it, customs)) {
            return Some(Reason::Example);
        }
        let is_sample =
            |raw: &Raw| matches!(raw, Raw::Text(text) if is_among(&customs.sample_names, &folded(text)));
        if self.is_below_requirements && self.cells.iter().any(|it| is_sample(it.1)) {
            return Some(Reason::Sample);
        }
        if 2 * self.n_known > self.n_columns.max(2) {
            return Some(Reason::Heading);
        }
        if self.is_near_heading && self.is_requirement() {
            return Some(Reason::Requirement);
        }
        if self.is_near_heading && self.is_numbering() {
            return Some(Reason::Numbering);
        }
        self.remark(first)
    }

    fn remark(&self, first: &str) -> Option<Reason> {
        let is_lone_text = self.n_columns > 2 && matches!(self.cells[..], [(_, Raw::Text(_))]);
        let is_body = self.is_without_body && self.cells.len() == 1 && self.customs.names_body(first);
        if (is_lone_text && heads_a_group(first)) || is_body {
            Some(Reason::Group)
        } else if self.is_banner || (is_lone_text && first.chars().count() >= N_CHARS_OF_REMARK) {
            Some(Reason::Remark)
        } else {
            (self.is_after_foot && self.lacks_key).then_some(Reason::AfterFoot)
        }
    }

    fn is_requirement(&self) -> bool {
        let requires = |raw: &Raw| {
            let text = shown(raw);
            let in_brackets = text.starts_with('(') && text.ends_with(')');
            in_brackets
                || self
                    .customs
                    .requirements
                    .iter()
                    .any(|it| plain(&text).starts_with(it.trim_end_matches(':')) && text.contains(it))
        };
        2 * self.cells.iter().filter(|it| requires(it.1)).count() > self.cells.len()
    }

    /// Whether the cells are 甲, 乙, … and 1, 2, 3 in this order: at least three.
    fn is_numbering(&self) -> bool {
        let mut next = None;
        let mut follows = |raw: &Raw| {
            let text = plain(&shown(raw));
            if text.chars().count() == 1 && text.chars().all(|it| STEMS.contains(it)) {
                return true;
            }
            // 3=1+2 says how a column is computed.
            let Ok(number) = text.split('=').next().unwrap_or_default().parse::<u32>() else { return false };
            let is_next = next.is_none_or(|it| it == number) && (next.is_some() || number <= 1);
            next = Some(number + 1);
            is_next
        };
        self.cells.len() >= 3 && self.cells.iter().all(|it| follows(it.1))
    }
}

/// What a cell shows, folded.
fn shown(raw: &Raw) -> Cow<'_, str> {
    match raw {
        Raw::Text(text) => folded(text),
        other => fold(&other.display()).into(),
    }
}

/// A folded text without brackets and colons.
fn plain(text: &str) -> String {
    text.chars().filter(|it| !"()[]【】:、.".contains(*it)).collect()
}

fn is_among(words: &[String], text: &str) -> bool {
    words.iter().any(|it| it == text)
}

fn is_example(folded: &str, customs: &Customs) -> bool {
    let text = plain(folded);
    let text = text.trim_end_matches(|it: char| it.is_ascii_digit());
    let is_marked = |word: &String| {
        let in_brackets = format!("({word})");
        folded.ends_with(&in_brackets)
            || folded.starts_with(&in_brackets)
            || folded.strip_prefix(word.as_str()).is_some_and(|it| it.starts_with(':'))
    };
    is_among(&customs.examples, text) || customs.examples.iter().any(is_marked)
}

/// 一、…, （一）…, 第一部分.
fn heads_a_group(folded: &str) -> bool {
    let rest = folded.trim_start_matches(['(', '第']);
    let numeral = rest.trim_start_matches(|it| "一二三四五六七八九十".contains(it));
    numeral.len() < rest.len() && numeral.starts_with(['、', '.', ')', '部', '类'])
}

/// Whether a cell says something: what a column of numbers holds beforehand is a number or dots.
pub(super) fn is_words(raw: &Raw) -> bool {
    matches!(raw, Raw::Text(text) if text.chars().filter(|it| it.is_alphabetic()).nth(N_CHARS_OF_NUMERAL_MAX).is_some())
}

/// The rows of a sheet that were left out, by reason.
#[derive(Debug, Default)]
pub(super) struct Skipped(BTreeMap<Reason, Stretch>);

/// Rows that were left out for one reason.
#[derive(Debug)]
struct Stretch {
    rows: Vec<u32>,
    /// The uppermost of them: its number, the column in which it begins, and what stands there.
    shown: (u32, u16, String),
}

impl Skipped {
    /// Notes a row, of which the columns of one table are shown: another may stand beside it.
    pub(super) fn add(&mut self, reason: Reason, row: &source::Row, extent: (u16, u16)) {
        let cells = row.within(extent);
        let shown = || {
            let texts: Vec<String> = cells.iter().map(|it| it.1.display()).collect();
            let text = texts.join(" | ").chars().take(N_CHARS_SHOWN).collect();
            (row.number, cells.first().map_or(0, |it| it.0), text)
        };
        let stretch = self.0.entry(reason).or_insert_with(|| Stretch { rows: Vec::new(), shown: shown() });
        stretch.rows.push(row.number);
        if row.number < stretch.shown.0 {
            stretch.shown = shown();
        }
    }

    /// Says it, once for each reason.
    pub(super) fn report(self, page: Page, report: &mut Report) {
        for (reason, Stretch { mut rows, shown: (first, col, text) }) in self.0 {
            rows.sort_unstable();
            rows.dedup();
            let message = format!("{}{}，没有作为记录读取", row_ranges(&rows), reason.says());
            let finding = match reason {
                Reason::Sample => Finding::new(&codes::EXAMPLE_SUSPECTED, message)
                    .hint("是示例的，请删去；确为实有人员的，请删去填写要求一行后重新提交"),
                _ => Finding::new(&codes::ROW_SKIPPED, message),
            };
            report.push(finding.at(page.origin(first, col)).value(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_numbers_holds_numbers_and_dots_beforehand_and_anything_else_is_words() {
        for text in ["12", "（3）", "十二", "第3项", "……"] {
            assert!(!is_words(&Raw::text(text)), "{text}");
        }
        assert!(is_words(&Raw::text("第二季度")));
    }
}
