//! What the names around a table say it is: those of its sheet and its file, and the title above it.
//!
//! In Chinese the noun stands last: 某党支部党员花名册 names members, and a branch only in passing.

use std::collections::BTreeMap;

use super::lexicon::Lexicon;
use crate::customs::Customs;
use crate::layout::Layout;
use crate::table::{FieldKind, Schemas};
use finding::TableId;
use value::{Raw, fold_label};

/// A title is no longer than this, in characters; what is longer is a note.
const N_CHARS_OF_TITLE_MAX: usize = 40;
/// So many rows above a heading may bear its title.
const N_ROWS_OF_TITLE: u32 = 8;
/// A row of titles has at most so many cells.
const N_CELLS_OF_TITLE_MAX: usize = 3;
/// A shorter name that ends a text without 表, 名册 and the like behind it may be part of a longer one: 某某系党支部.
const N_CHARS_OF_NAME_ALONE: usize = 4;
/// A name of one character says nothing.
const N_CHARS_OF_NAME_MIN: usize = 2;

/// How plainly a text names a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plainness {
    /// In passing.
    Mentioned,
    /// It is what the text is about.
    Plain,
    /// It is the whole text.
    Exact,
}

/// What one or several texts say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Says {
    tables: BTreeMap<TableId, Plainness>,
    /// What it is if it is no table of ours: 成绩.
    pub(crate) other: Option<String>,
}

impl Says {
    /// How plainly it names a table, if at all.
    pub(super) fn of(&self, table: TableId) -> Option<Plainness> {
        self.tables.get(&table).copied()
    }

    /// The tables that it names plainly.
    pub(super) fn plainly(&self) -> impl Iterator<Item = TableId> + '_ {
        self.tables.iter().filter(|it| *it.1 >= Plainness::Plain).map(|it| *it.0)
    }

    /// Takes over what another text says, where that is plainer.
    pub(super) fn add(&mut self, other: Self) {
        for (table, how) in other.tables {
            let known = self.tables.entry(table).or_insert(how);
            *known = (*known).max(how);
        }
        self.other = self.other.take().or(other.other);
    }
}

/// The names of all tables, and of papers that are none.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Names, folded, with the tables that bear them; none for 成绩.
    names: BTreeMap<String, Vec<TableId>>,
    /// Words that name a table only where nothing else stands: 支委会 as the kind of all meetings on a sheet.
    alone: BTreeMap<String, Vec<TableId>>,
    /// 表, 情况, 统计: what may stand behind a name without changing it.
    tails: Vec<String>,
    /// 及, 和: what joins two names.
    joints: Vec<String>,
}

impl Names {
    pub(super) fn new(schemas: &Schemas) -> Self {
        let Customs { name_tails, name_joints, other_papers, .. } = &schemas.customs;
        let (tails, joints) = (name_tails.clone(), name_joints.clone());
        let mut names = Self { tails, joints, ..Self::default() };
        for word in other_papers {
            names.names.entry(word.clone()).or_default();
        }
        for (table_id, table) in schemas.tables.with_ids().filter(|(_, it)| it.parent.is_none()) {
            for name in table.names().map(fold_label) {
                names.names.entry(name).or_default().push(table_id);
            }
            let kinds = table.fields.iter().filter(|it| it.named_by_sheet).filter_map(|it| match &it.kind {
                FieldKind::Choice(choices) => Some(choices),
                _ => None,
            });
            for choice in kinds.flat_map(|it| it.iter()) {
                for word in [&choice.value].into_iter().chain(&choice.spellings) {
                    names.alone.entry(fold_label(word)).or_default().push(table_id);
                }
            }
        }
        names.names.retain(|name, _| name.chars().count() >= N_CHARS_OF_NAME_MIN);
        names
    }

    /// What a text says.
    pub(super) fn said_by(&self, text: &str) -> Says {
        let text = without_ordinal(text);
        let whole = fold_label(text);
        let mut says = Says::default();
        for table in [&self.names, &self.alone].into_iter().filter_map(|it| it.get(&whole)).flatten() {
            says.tables.insert(*table, Plainness::Exact);
        }
        let text = fold_label(&without_brackets(text));
        let found = self.occurrences(&text);
        // 党支部及支委情况 is about both: what comes before a joint is as much its noun.
        let mut about: Vec<usize> = found.iter().map(|it| it.end).max().into_iter().collect();
        about.retain(|end| found.iter().any(|it| it.end == *end && self.is_about(&text, it)));
        let mut begins: Vec<usize> = Vec::new();
        for it in found.iter().rev() {
            let is_joined = begins.iter().any(|begin| {
                text.get(it.end..*begin)
                    .is_some_and(|between| self.joints.iter().any(|joint| joint == between))
            });
            if about.contains(&it.end) || is_joined {
                begins.push(it.start);
                about.push(it.end);
            }
        }
        for Occurrence { start, end, tables } in found {
            let is_about = about.contains(&end);
            let how = if is_about { Plainness::Plain } else { Plainness::Mentioned };
            for table in tables {
                let known = says.tables.entry(*table).or_insert(how);
                *known = (*known).max(how);
            }
            if is_about && tables.is_empty() {
                says.other = Some(text[start..end].to_owned());
            }
        }
        says
    }

    /// Where names stand in a text, those within longer ones left out.
    fn occurrences(&self, text: &str) -> Vec<Occurrence<'_>> {
        let all = self.names.iter().flat_map(|(name, tables)| {
            let found = text.match_indices(name.as_str());
            found.map(|(start, it)| Occurrence { start, end: start + it.len(), tables })
        });
        let all: Vec<Occurrence<'_>> = all.collect();
        let is_within = |a: &Occurrence<'_>, b: &Occurrence<'_>| {
            b.start <= a.start && a.end <= b.end && b.end - b.start > a.end - a.start
        };
        let mut whole: Vec<Occurrence<'_>> =
            all.iter().filter(|it| !all.iter().any(|other| is_within(it, other))).copied().collect();
        whole.sort_by_key(|it| (it.end, it.start));
        whole
    }

    /// Whether the text is about the name that stands there: nothing comes behind it but 表, 情况, a year and the like. A
    /// short name with nothing behind it may belong to what stands before: 某某系党支部.
    fn is_about(&self, text: &str, name: &Occurrence<'_>) -> bool {
        let mut rest = &text[name.end..];
        let is_bare = rest.is_empty();
        while let Some(first) = rest.chars().next() {
            let tail = self.tails.iter().find_map(|it| rest.strip_prefix(it.as_str()));
            match tail {
                Some(shorter) => rest = shorter,
                None if first.is_ascii_digit() || !first.is_alphanumeric() => {
                    rest = &rest[first.len_utf8()..];
                }
                None => return false,
            }
        }
        let is_long = text[name.start..name.end].chars().count() >= N_CHARS_OF_NAME_ALONE;
        !is_bare || name.start == 0 || name.tables.is_empty() || is_long
    }
}

/// A name without the number before it: 2党员花名册, （三）党费, 4.三会一课.
pub(crate) fn without_ordinal(name: &str) -> &str {
    let is_mark = |c: char| {
        matches!(c, '.' | '．' | '、' | '-' | '—' | '_' | ')' | '）' | '(' | '（' | ' ' | '\u{3000}')
    };
    let chinese = |c: char| "一二三四五六七八九十".contains(c);
    let name = name.trim();
    let after = name.trim_start_matches(is_mark).trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = after.trim_start_matches(is_mark);
    // 2024年党费 begins with a year, 三会一课 with no number.
    let numbered = name.trim_start_matches(is_mark).trim_start_matches(chinese);
    match numbered.strip_prefix(is_mark) {
        Some(rest) if numbered.len() < name.len() => rest.trim_start_matches(is_mark),
        _ if bare.is_empty() || bare.starts_with(['年', '月', '日']) => name,
        _ => bare,
    }
}

/// Where a name stands in a text.
#[derive(Clone, Copy)]
struct Occurrence<'a> {
    start: usize,
    end: usize,
    tables: &'a [TableId],
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// What the titles above a row say.
pub(super) fn titles_above(layout: &Layout<'_>, lexicon: &Lexicon, row: u32) -> Says {
    let mut says = Says::default();
    let above = layout.grid.rows_within(row.saturating_sub(N_ROWS_OF_TITLE)..=row.saturating_sub(1));
    let above =
        above.iter().rev().take_while(|it| it.number < row && it.cells().len() <= N_CELLS_OF_TITLE_MAX);
    for (_, raw) in above.flat_map(|it| it.cells()) {
        let Raw::Text(text) = raw else { continue };
        let is_line = text.contains([':', '：']) || layout.customs.is_remark(text);
        if !is_line && text.chars().count() <= N_CHARS_OF_TITLE_MAX {
            says.add(lexicon.names.said_by(text));
        }
    }
    says
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_before_a_name_is_no_part_of_it() {
        for (name, bare) in [
            ("2党员花名册", "党员花名册"),
            ("（三）党费", "党费"),
            ("4.三会一课", "三会一课"),
            ("一、党员", "党员"),
            ("三会一课", "三会一课"),
            ("2024年党费", "2024年党费"),
            ("12", "12"),
            ("", ""),
        ] {
            assert_eq!(without_ordinal(name), bare, "{name}");
        }
    }

    #[test]
    fn the_last_noun_of_a_text_says_what_it_is_about() {
        let id = TableId::new;
        let name = |name: &str, table: usize| (name.to_owned(), vec![id(table)]);
        let names = Names {
            names: BTreeMap::from([
                name("党员", 0),
                name("党支部", 1),
                name("发展党员", 2),
                name("三会一课", 3),
                name("主题党日", 3),
                ("成绩".to_owned(), Vec::new()),
            ]),
            alone: BTreeMap::from([name("支委会", 3)]),
            tails: ["花名册", "情况", "表", "台账"].map(str::to_owned).to_vec(),
            joints: vec!["及".to_owned()],
        };
        for (text, about) in [
            ("机械设计系教师党支部党员花名册（分支部）", Some(0)),
            ("党员", Some(0)),
            ("某学院党委党支部情况表", Some(1)),
            ("软件工程系教师党支部", None),
            ("某学院2025年发展党员情况表", Some(2)),
            ("某党支部2025年“三会一课”、主题党日台账", Some(3)),
            ("支委会", Some(3)),
            ("某学院主题党日及党员情况表", Some(0)),
            ("党员先锋岗", None),
            ("党员发展积极分子成绩表", None),
            ("积极分子成绩", None),
        ] {
            let says = names.said_by(text);
            assert_eq!(says.plainly().next(), about.map(id), "{text}");
            assert_eq!(says.plainly().count() > 1, text.contains('及'), "{text}");
            assert_eq!(says.other.is_some(), text.contains("成绩"), "{text}");
        }
    }
}
