//! The indexes of a book: by document number, by date of issue, by keyword, and what is no longer in force.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;
use serde_json::{Value as Json, json};

use super::labels::Labels;
use super::{Making, reason};
use crate::handbook::declaration::{By, Index};
use facts::project_names;
use finding::{Finding, Report, codes};
use regulations::{Rank, Regulation, Unit, of_rank};
use value::{fold, initial, read_number, sound_key};
use words::Template;

/// A line of an index and what it is sorted by.
struct Line<K> {
    order: K,
    group: String,
    line: Json,
}

/// The indexes, as declared.
pub(super) fn indexes(
    declared: &[Index],
    (labels, making): (&Labels, Making<'_>),
    report: &mut Report,
) -> Vec<Json> {
    let mut made = Vec::new();
    for (idx, it) in declared.iter().enumerate() {
        let groups = match it.by {
            By::Number => by_number(making),
            By::Issued => by_issued(making),
            By::Keyword(most) => by_keyword(most, labels, making),
            By::Repealed => repealed(it.note.as_ref(), making, report),
        };
        made.push(json!({
            "label": format!("i{}", idx + 1),
            "title": &*it.title,
            "by": it.by.id(),
            "groups": groups,
        }));
    }
    made
}

/// By issuing body, then by year and number.
fn by_number(making: Making<'_>) -> Vec<Json> {
    let line = |(label, it): (&str, &Regulation)| {
        let number = &it.head.number.as_ref()?.text;
        let (body, year, serial) = taken_apart(number);
        let line = json!({ "key": &**number, "title": &**it.title(), "notes": [], "to": [label] });
        Some(Line { order: (sound_key(&body), year, serial), group: body, line })
    };
    grouped(making.shelf.regulations().filter_map(line).collect())
}

/// 示理工党〔2024〕3号 taken apart; what is not written so stands under its own words.
fn taken_apart(number: &str) -> (String, u32, u32) {
    let parts = number.split_once(['〔', '[', '［', '【']).and_then(|(body, rest)| {
        let (year, serial) = rest.split_once(['〕', ']', '］', '】'])?;
        let serial: String = serial.chars().filter(char::is_ascii_digit).collect();
        Some((body.to_owned(), read_number(year)?, read_number(&serial)?))
    });
    parts.unwrap_or_else(|| (number.to_owned(), 0, 0))
}

/// By the day, the years apart.
fn by_issued(making: Making<'_>) -> Vec<Json> {
    let line = |(label, it): (&str, &Regulation)| {
        let date = it.head.issued?.date;
        let line = json!({ "key": date.to_string(), "title": &**it.title(), "notes": [], "to": [label] });
        Some(Line {
            order: (date.earliest(), label.len(), label.to_owned()),
            group: format!("{}年", date.year()),
            line,
        })
    };
    grouped(making.shelf.regulations().filter_map(line).collect())
}

/// By the sound of the word: the regulations that bear it, and the articles in which it stands.
fn by_keyword(most: usize, labels: &Labels, making: Making<'_>) -> Vec<Json> {
    let mut bearers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (label, it) in making.shelf.regulations() {
        for keyword in &it.head.keywords {
            bearers.entry(keyword.text.trim()).or_default().push(label);
        }
    }
    let articles = articles(labels, making);
    let line = |(keyword, bearers): (&str, Vec<&str>)| {
        let mut named: Vec<&str> =
            articles.iter().filter(|it| it.1.contains(keyword)).map(|it| it.0).collect();
        if named.len() > most {
            named.clear();
        }
        let mut seen = BTreeSet::new();
        let to: Vec<&str> = bearers.into_iter().chain(named).filter(|it| seen.insert(*it)).collect();
        let line = json!({ "key": keyword, "title": Json::Null, "notes": [], "to": to });
        Line { order: sound_key(keyword), group: initial(keyword).to_string(), line }
    };
    grouped(bearers.into_iter().map(line).collect())
}

/// The articles of the book's regulations with their labels and words.
fn articles<'l>(labels: &'l Labels, making: Making<'_>) -> Vec<(&'l str, String)> {
    let words = |it: &Unit| it.passages().into_iter().map(|it| it.text()).collect::<Vec<_>>().join("\n");
    let regulations = making.shelf.regulations();
    let articles = regulations.flat_map(|(_, it)| of_rank(&it.body, Rank::Article));
    articles.filter_map(|it| Some((labels.of(it)?, words(it)))).collect()
}

/// What is no longer in force, by date of issue.
fn repealed(note: Option<&Template>, making: Making<'_>, report: &mut Report) -> Vec<Json> {
    let gone = making.library.regulations.iter().filter(|it| it.is_repealed());
    let mut lines = Vec::new();
    for it in gone {
        let by: Vec<&Regulation> = making.library.regulations.iter().filter(|by| repeals(by, it)).collect();
        let to: Vec<&str> = by.iter().filter_map(|it| making.shelf.label(it.file)).collect();
        let notes: Vec<String> =
            note.and_then(|note| said(note, (it, &by), making, report)).into_iter().collect();
        let key = it.head.number.as_ref().map(|it| &*it.text);
        let line =
            json!({ "key": key.unwrap_or_default(), "title": &**it.title(), "notes": notes, "to": to });
        lines.push(Line { order: it.head.issued.map(|it| it.date.earliest()), group: String::new(), line });
    }
    grouped(lines)
}

/// Whether a regulation in force says that it repeals another one, by number or title.
fn repeals(by: &Regulation, repealed: &Regulation) -> bool {
    let is_named = |named: &str| {
        let number = repealed.head.number.as_ref();
        number.is_some_and(|it| fold(&it.text) == fold(named))
            || fold(repealed.title()) == fold(named.trim_matches(['《', '》']))
    };
    by.head.repeals.iter().any(|it| is_named(&it.text))
}

fn said(
    note: &Template,
    (repealed, by): (&Regulation, &[&Regulation]),
    making: Making<'_>,
    report: &mut Report,
) -> Option<String> {
    let by = by.iter().map(|it| Value::from(super::entry::head(it))).collect::<Value>();
    let mut names = super::entry::head(repealed);
    names.insert("by".into(), by);
    names.insert("project".into(), project_names(making.project));
    match note.render(&Value::from(names)) {
        Ok(text) => Some(text).filter(|it| !it.trim().is_empty()),
        Err(why) => {
            let message = format!("《{}》在废止目录中的说明不能确定：{}", repealed.title(), reason(why));
            let finding = Finding::new(&codes::FORM_UNDECIDED, message).at(repealed.head.title.origin);
            report.push(finding.hint("请在文件头中补上所说的内容，或请工程师检查汇编声明"));
            None
        }
    }
}

/// Lines in their order, those of one group under its title; a group without a name has none.
fn grouped<K: Ord>(mut lines: Vec<Line<K>>) -> Vec<Json> {
    lines.sort_by(|a, b| a.order.cmp(&b.order));
    let mut groups: Vec<(String, Vec<Json>)> = Vec::new();
    for it in lines {
        match groups.iter_mut().find(|(name, _)| *name == it.group) {
            Some(known) => known.1.push(it.line),
            None => groups.push((it.group, vec![it.line])),
        }
    }
    let group = |(name, entries): (String, Vec<Json>)| {
        let title = Some(name).filter(|it| !it.is_empty());
        json!({ "title": title, "entries": entries })
    };
    groups.into_iter().map(group).collect()
}
