//! Parts, chapters, sections, articles, items and attachments are numbered one after the other.

use std::collections::BTreeMap;

use super::labels::Articles;
use crate::model::{Node, Rank, Unit, Words, of_rank, units};
use finding::{Finding, Origin, codes};

pub(super) fn check(words: Words<'_>, found: &mut Vec<Finding>) {
    for body in words.bodies() {
        let articles = Articles::of(body);
        let suspected: Vec<Origin> = articles.suspects.iter().map(|it| it.origin).collect();
        sequence(articles.numbered, found);
        chapters(body, found);
        siblings(body, &suspected, found);
    }
    let attachments = words.attachments.iter();
    let attachments =
        attachments.filter_map(|it| Some((format!("附件{}", it.number?), it.number?, it.origin)));
    sequence(attachments, found);
}

/// A numbered unit: how it is cited, its number, where it stands.
pub(super) type Numbered = (String, u32, Origin);

fn numbered(unit: &Unit) -> Option<Numbered> {
    Some((unit.rank.cited(unit.number?), unit.number?, unit.origin))
}

/// Chapters are counted through, but a new part may begin with its own first chapter.
fn chapters(body: &[Node], found: &mut Vec<Finding>) {
    let parts: Vec<&Unit> = units(body).filter(|it| it.rank == Rank::Part).collect();
    if parts.is_empty() {
        return sequence(of_rank(body, Rank::Chapter).into_iter().filter_map(numbered), found);
    }
    sequence(parts.iter().filter_map(|it| numbered(it)), found);
    let mut open: Vec<Numbered> = Vec::new();
    for part in parts {
        let chapters: Vec<Numbered> =
            of_rank(&part.content, Rank::Chapter).into_iter().filter_map(numbered).collect();
        if chapters.first().is_some_and(|it| it.1 == 1) {
            sequence(std::mem::take(&mut open), found);
        }
        open.extend(chapters);
    }
    sequence(open, found);
}

/// Sections, headings, items and points begin anew in each unit that holds them, and behind a paragraph between them.
fn siblings(nodes: &[Node], suspected: &[Origin], found: &mut Vec<Finding>) {
    let mut runs: BTreeMap<Rank, Vec<Numbered>> = BTreeMap::new();
    let mut may_restart = false;
    for unit in units(nodes) {
        siblings(&unit.content, suspected, found);
        if suspected.contains(&unit.origin) {
            continue;
        }
        if unit.rank == Rank::Paragraph {
            may_restart = true;
        }
        if matches!(unit.rank, Rank::Part | Rank::Chapter | Rank::Article | Rank::Paragraph) {
            continue;
        }
        let run = runs.entry(unit.rank).or_default();
        if may_restart && unit.number == Some(1) {
            sequence(std::mem::take(run), found);
        }
        may_restart = false;
        run.extend(numbered(unit));
    }
    runs.into_values().for_each(|it| sequence(it, found));
}

/// Reports each number that does not follow the one before it.
fn sequence(units: impl IntoIterator<Item = Numbered>, found: &mut Vec<Finding>) {
    let units: Vec<Numbered> = units.into_iter().collect();
    let mut seen: BTreeMap<u32, Origin> = BTreeMap::new();
    let mut next = 1;
    for (at, (label, number, origin)) in units.iter().enumerate() {
        let following = units.get(at + 1).map(|it| it.1);
        // 一、二、四、四: the count goes on behind it, so only this one number is wrong.
        let is_slip = *number != next && following == Some(next + 1);
        let problem = match seen.get(number) {
            _ if *number == next => None,
            Some(first) => Some(fault(format!("{label}重复"), *origin).related(*first, "第一次在这里")),
            None if is_slip => Some(fault(format!("{label}不合次序，此处应为第{next}个"), *origin)),
            None if *number < next => Some(fault(format!("{label}的顺序不对，排在了后面"), *origin)),
            None => gap(&units[at..], next, at.checked_sub(1).map(|it| &*units[it].0)),
        };
        found.extend(problem);
        let counted = if is_slip { next } else { *number };
        seen.entry(counted).or_insert(*origin);
        next = next.max(counted.saturating_add(1));
    }
}

/// The first of these units comes too early; only what does not come later either is missing.
fn gap(units: &[Numbered], next: u32, before: Option<&str>) -> Option<Finding> {
    let (label, number, origin) = units.first()?;
    let comes_later = |wanted: u32| units.iter().any(|it| it.1 == wanted);
    (next..*number).find(|it| !comes_later(*it))?;
    let before = before.map(|it| format!("，其前是{it}")).unwrap_or_default();
    Some(fault(format!("{label}之前缺号{before}"), *origin))
}

fn fault(message: String, origin: Origin) -> Finding {
    let hint = "请核对是漏排、多排还是编号写错，并核对对其后各条的引用";
    Finding::new(&codes::NUMBERING_BROKEN, message).hint(hint).at(origin)
}
