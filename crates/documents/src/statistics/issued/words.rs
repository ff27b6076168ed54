//! The words by which rows and columns of a statistics workbook that others have issued are known: `templates/statistics/issued.yaml`.

use finding::{Finding, Report, Reported, codes};
use project::Templates;
use source::{Declared, Fields};
use value::fold_label;

/// Where they stand.
const FILE: &str = "statistics/issued.yaml";

/// The words.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// What a total is called, folded.
    totals: Vec<String>,
    /// What is called in several ways, each folded; the first stands for all.
    same: Vec<Vec<String>>,
    leading: Vec<String>,
    trailing: Vec<String>,
    of_which: Vec<String>,
    /// What a column is called that numbers the rows, folded.
    pub(super) codes: Vec<String>,
    closed: Vec<String>,
    /// What stands in the row that numbers the columns, above what is no figure: 甲, 乙.
    stems: Vec<String>,
}

impl Words {
    /// Reads them.
    ///
    /// # Errors
    /// If they are not there or anything in them is wrong.
    pub(super) fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let Some(root) = templates.tree(FILE, report)? else {
            let message = format!("缺少 templates/{FILE}");
            return Err(report.error(Finding::new(&codes::CONFIGURATION_UNUSABLE, message)));
        };
        <Self as Declared>::load(&root, &(), report)
    }

    /// Whether a cell that says this is not to be filled.
    pub(super) fn is_closed(&self, text: &str) -> bool {
        self.closed.iter().any(|it| it == text.trim())
    }

    /// Whether a cell says only that what stands below it is no figure.
    pub(super) fn is_stem(&self, text: &str) -> bool {
        self.stems.iter().any(|it| it == text.trim())
    }

    /// Whether a title says that its line is only a part of the one above it.
    pub(super) fn is_of_which(&self, title: &str) -> bool {
        self.of_which.iter().any(|it| title.contains(it.as_str()))
    }

    /// What a total is called once it is folded.
    pub(super) fn total(&self) -> &str {
        self.totals.first().map_or("", String::as_str)
    }

    /// A title as titles are compared: without numbers, words that say nothing, blanks and marks; one word for what is called
    /// in several ways.
    pub(super) fn folded(&self, title: &str) -> String {
        let whole: String = title.chars().filter(|it| !it.is_whitespace()).collect();
        let mut rest = whole.as_str();
        // 党员总数 is a total before anything is taken off it.
        while !self.totals.contains(&fold_label(rest)) {
            let Some(shorter) = self.shortened(rest) else { break };
            rest = shorter;
        }
        // 31—35岁, 31-35岁 and 31～35岁 are one.
        let folded = fold_label(rest).replace(['—', '–', '－', '~', '～'], "-");
        if self.totals.contains(&folded) {
            return self.total().to_owned();
        }
        let known = self.same.iter().find(|it| it.contains(&folded)).and_then(|it| it.first());
        known.cloned().unwrap_or(folded)
    }

    /// Titles from the outermost to the nearest, folded; a total at their end is what stands above it.
    pub(super) fn path<'t>(&self, titles: impl Iterator<Item = &'t str>) -> Vec<String> {
        // 其中 alone above others says nothing of them.
        let says = |it: &String| !it.is_empty() && !self.of_which.contains(it);
        let mut path: Vec<String> = titles.map(|it| self.folded(it)).filter(says).collect();
        while path.len() > 1 && path.last() == self.totals.first() {
            path.pop();
        }
        path
    }

    fn shortened<'t>(&self, title: &'t str) -> Option<&'t str> {
        let leading = || self.leading.iter().find_map(|it| title.strip_prefix(it.as_str()));
        let trailing = || self.trailing.iter().find_map(|it| title.strip_suffix(it.as_str()));
        without_number(title).or_else(leading).or_else(trailing).filter(|it| !it.is_empty())
    }
}

/// What follows the number of a title: 一、 （二） 3. ④.
fn without_number(title: &str) -> Option<&str> {
    let is_digit = |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it);
    let first = title.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some(&title[first.len_utf8()..]);
    }
    if let Some(inner) = title.strip_prefix(['（', '(']) {
        let (number, rest) = inner.split_once(['）', ')'])?;
        return (!number.is_empty() && number.chars().all(is_digit)).then_some(rest);
    }
    let (number, rest) = title.split_once(['、', '.', '．'])?;
    let is_number = !number.is_empty() && number.chars().all(is_digit);
    // 2.5万元 is no number of a title.
    (is_number && !rest.starts_with(|it: char| it.is_ascii_digit())).then_some(rest)
}

impl Declared for Words {
    const WHAT: &'static str = "统计表样识别用词";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let plain = ["leading", "trailing", "of_which", "crossed_out", "stems"].map(|it| {
            let texts: Result<Vec<std::sync::Arc<str>>, Reported> = fields.required_strings(it);
            texts.map(|it| it.iter().map(ToString::to_string).collect::<Vec<_>>())
        });
        let folded = ["totals", "codes"].map(|it| {
            let texts: Result<Vec<std::sync::Arc<str>>, Reported> = fields.required_strings(it);
            texts.map(|it| it.iter().map(|it| fold_label(it)).collect::<Vec<String>>())
        });
        let same = fields.required_list("same").map(|it| {
            let text = |it: &source::Node| match &it.kind {
                source::NodeKind::Scalar(text) => Some(fold_label(text)),
                _ => None,
            };
            let group = |it: &source::Node| match &it.kind {
                source::NodeKind::List(items) => items.iter().filter_map(text).collect(),
                _ => Vec::new(),
            };
            it.iter().map(group).collect()
        });
        let (plain, folded, same) = fields.whole((plain, folded, same))?;
        let ([leading, trailing, of_which, closed, stems], [totals, codes]) = (plain, folded);
        Ok(Self { totals, same, leading, trailing, of_which, codes, closed, stems })
    }
}

#[cfg(test)]
impl Words {
    /// Some words, for tests.
    pub(super) fn sample() -> Self {
        let list = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        Self {
            totals: list(&["合计", "总计", "总数", "党员总数"]),
            same: vec![list(&["女", "女党员"])],
            leading: list(&["其中：", "其中", "按"]),
            trailing: list(&["情况", "分", "总数", "数"]),
            of_which: list(&["其中"]),
            codes: list(&["行次"]),
            closed: list(&["×"]),
            stems: list(&["甲", "乙"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_what_says_nothing() {
        let words = Words::sample();
        for (title, folded) in [
            ("一、在岗职工", "在岗职工"),
            ("（二）农 牧　渔 民", "农牧渔民"),
            ("其中：1.女党员", "女"),
            ("③学生", "学生"),
            ("按年龄分", "年龄"),
            ("总 计", "合计"),
            ("党员总数", "合计"),
            ("党支部总数", "党支部"),
            ("2.5万元以上", "2.5万元以上"),
            ("35岁及以下", "35岁及以下"),
            ("31—35岁", "31-35岁"),
        ] {
            assert_eq!(words.folded(title), folded, "{title}");
        }
        assert_eq!(words.path(["公有制单位", "小计", "总数"].into_iter()), ["公有制单位", "小计"]);
        assert_eq!(words.path(["合计", "总数"].into_iter()), ["合计"]);
        assert_eq!(words.path(["其中", "学生"].into_iter()), ["学生"]);
    }
}
