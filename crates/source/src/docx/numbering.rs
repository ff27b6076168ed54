//! Word's automatic numbers: lists, levels, where they start and when they begin anew (ISO/IEC 29500-1, 17.9).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::numerals::written;
use super::styles::{Inherited, Styles};
use ooxml::Element;

/// Levels of a list.
const N_LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    plans: BTreeMap<String, AbstractList>,
    lists: BTreeMap<String, List>,
    /// The last number of each level, by plan: lists of one plan count on from each other.
    counters: BTreeMap<String, [Option<u32>; N_LEVELS]>,
    /// Lists and levels whose own start has been obeyed.
    started: BTreeSet<(String, usize)>,
}

/// What several lists have in common (`w:abstractNum`).
#[derive(Debug, Default, Clone)]
struct AbstractList {
    levels: BTreeMap<usize, Level>,
    /// The style of the kind of lists in which the levels stand instead.
    style: Option<String>,
}

/// A list (`w:num`).
#[derive(Debug, Default, Clone)]
struct List {
    plan: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    shape: String,
    text: String,
    /// `Some(n)`: begins anew only behind the first n levels; never for zero.
    restart: Option<usize>,
    is_decimal: bool,
    /// Whether something stands between number and text.
    is_apart: bool,
    style: Option<String>,
}

/// A number as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// The number with what stands around it: 第三条.
    pub(super) label: String,
    /// Whether a blank or a tab follows.
    pub(super) is_apart: bool,
    /// The shape that is not known, if the number had to be written in plain figures.
    pub(super) unknown: Option<String>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut found = Self::default();
        for it in root.children() {
            match it.name() {
                "w:abstractNum" => {
                    let style = it.value("w:numStyleLink").map(Cow::into_owned);
                    let id = it.attribute("abstractNumId").unwrap_or_default().into_owned();
                    found.plans.insert(id, AbstractList { levels: levels(it), style });
                }
                "w:num" => {
                    let id = it.attribute("numId").unwrap_or_default().into_owned();
                    found.lists.insert(id, list(it));
                }
                _ => {}
            }
        }
        found
    }

    /// The level of a list that a paragraph's styles mean: the one that names the style, else the one that they name.
    pub(super) fn level_of(&self, inherited: &Inherited, styles: &Styles) -> usize {
        let levels = self.levels(&inherited.list, styles);
        let named =
            |style: &String| levels.iter().find(|it| it.1.style.as_ref() == Some(style)).map(|it| *it.0);
        inherited.chain.iter().find_map(named).or(inherited.level).unwrap_or(0)
    }

    /// Counts one paragraph of a list, and gives its number; `None` if there is no such list or level.
    pub(super) fn count(&mut self, list: &str, level: usize, styles: &Styles) -> Option<Shown> {
        let levels = self.levels(list, styles);
        let own = levels.get(&level)?.clone();
        let (plan, starts) = (self.plan_of(list, styles)?, self.lists.get(list)?.starts.clone());
        let start = |at: usize| starts.get(&at).copied().or(levels.get(&at).map(|it| it.start)).unwrap_or(1);
        let begins = starts.contains_key(&level) && self.started.insert((list.to_owned(), level));
        let counters = self.counters.entry(plan).or_default();
        let number = match counters.get(level)? {
            Some(last) if !begins => last.saturating_add(1),
            _ => start(level),
        };
        // A level above that has not counted yet is taken to have counted once: it is shown at its start.
        for (at, it) in counters.iter_mut().enumerate().take(level) {
            it.get_or_insert(start(at));
        }
        for (at, it) in counters.iter_mut().enumerate().skip(level) {
            let begins_anew = levels.get(&at).and_then(|it| it.restart).is_none_or(|it| level < it);
            if at == level {
                *it = Some(number);
            } else if begins_anew {
                *it = None;
            }
        }
        Some(shown(&own, &levels, counters))
    }

    /// The levels of a list, its own before those of its plan.
    fn levels(&self, list: &str, styles: &Styles) -> BTreeMap<usize, Level> {
        let plan = self.plan_of(list, styles).and_then(|it| self.plans.get(&it));
        let mut levels = plan.map(|it| it.levels.clone()).unwrap_or_default();
        levels.extend(self.lists.get(list).map(|it| it.levels.clone()).unwrap_or_default());
        levels
    }

    /// The plan of a list, or the one that its style leads to.
    fn plan_of(&self, list: &str, styles: &Styles) -> Option<String> {
        let id = &self.lists.get(list)?.plan;
        let linked = self.plans.get(id).and_then(|it| it.style.as_ref());
        let linked = linked.and_then(|it| self.lists.get(styles.list_of(it)?)).map(|it| &it.plan);
        Some(linked.unwrap_or(id).clone())
    }
}

fn list(element: Element<'_>) -> List {
    let mut list =
        List { plan: element.value("w:abstractNumId").unwrap_or_default().into_owned(), ..List::default() };
    for it in element.children().filter(|it| it.name() == "w:lvlOverride") {
        let at = it.attribute("ilvl").and_then(|it| it.parse().ok()).unwrap_or(0);
        list.levels.extend(levels(it));
        list.starts.extend(it.value("w:startOverride").and_then(|it| Some((at, it.parse().ok()?))));
    }
    list
}

fn levels(element: Element<'_>) -> BTreeMap<usize, Level> {
    let levels = element.children().filter(|it| it.name() == "w:lvl");
    levels
        .filter_map(|it| Some((it.attribute("ilvl")?.parse().ok().filter(|it| *it < N_LEVELS)?, level(it))))
        .collect()
}

fn level(element: Element<'_>) -> Level {
    // A shape that only newer programs know stands in a choice; the last one there is for all others.
    let shape = element.value("w:numFmt").or_else(|| {
        let mut found = Vec::new();
        element.all("w:numFmt", &mut found);
        found.last().and_then(|it| it.attribute("val"))
    });
    Level {
        start: element.value("w:start").and_then(|it| it.parse().ok()).unwrap_or(0),
        shape: shape.unwrap_or("decimal".into()).into_owned(),
        text: element.value("w:lvlText").unwrap_or_default().into_owned(),
        restart: element.value("w:lvlRestart").and_then(|it| it.parse().ok()),
        is_decimal: element.switch("w:isLgl").unwrap_or(false),
        is_apart: element.value("w:suff").as_deref() != Some("nothing"),
        style: element.value("w:pStyle").map(Cow::into_owned),
    }
}

fn shown(own: &Level, levels: &BTreeMap<usize, Level>, counters: &[Option<u32>; N_LEVELS]) -> Shown {
    let is_apart = own.is_apart;
    if own.shape == "bullet" {
        return Shown { label: bullet(&own.text), is_apart, unknown: None };
    }
    let mut label = String::new();
    let mut unknown = None;
    let mut chars = own.text.chars().peekable();
    while let Some(c) = chars.next() {
        let level = chars.peek().and_then(|it| it.to_digit(10)).and_then(|it| it.checked_sub(1));
        let Some(level) = level.filter(|_| c == '%').map(|it| it as usize) else {
            label.push(c);
            continue;
        };
        chars.next();
        let number = counters.get(level).copied().flatten().unwrap_or(1);
        let shape = levels.get(&level).map_or("decimal", |it| &it.shape);
        let shape = if own.is_decimal && shape != "none" { "decimal" } else { shape };
        label += &written(number, shape).unwrap_or_else(|| {
            unknown = Some(shape.to_owned());
            number.to_string()
        });
    }
    Shown { label, is_apart, unknown }
}

/// A bullet: letters of symbol faces have no meaning outside of them.
fn bullet(text: &str) -> String {
    let letter = |it: char| if ('\u{E000}'..='\u{F8FF}').contains(&it) { '•' } else { it };
    text.chars().map(letter).collect()
}
