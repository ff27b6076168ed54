//! References lead somewhere, and not to what has been repealed.

use std::collections::BTreeSet;

use super::labels::{Articles, candidate};
use super::numbers::Known;
use super::{Ground, Shelf};
use crate::model::{Rank, Regulation, of_rank};
use crate::references::{Place, Reference, Target, Work};
use crate::text::HandbookText;
use finding::{Finding, Origin, codes};
use value::fold;

pub(super) fn check(shelf: Shelf<'_>, ground: Ground<'_>, found: &mut Vec<Finding>) {
    let Shelf { regulations, texts, references, .. } = shelf;
    for it in &references.of_regulations {
        if regulations.get(it.from).is_some_and(|it| !it.is_repealed()) {
            found.extend(fault(it, Work::Regulation(it.from), shelf));
        }
    }
    let of_texts = &references.of_texts;
    found.extend(of_texts.iter().filter_map(|it| fault(it, Work::Text(it.from), shelf)));
    let all = || references.of_regulations.iter().chain(of_texts);
    found.extend(outside(all(), &books(texts)));
    let known = Known::new(regulations, all(), ground);
    regulations.iter().filter(|it| !it.is_repealed()).for_each(|it| known.check(it.words(), found));
    texts.iter().for_each(|it| known.check(it.words(), found));
}

/// The titles of the books and of the texts in them, by which one speaks of the other.
fn books(texts: &[HandbookText]) -> BTreeSet<String> {
    texts.iter().flat_map(|it| [fold(&it.folder), fold(&it.title.text)]).collect()
}

fn fault(reference: &Reference, from: Work, shelf: Shelf<'_>) -> Option<Finding> {
    let regulations = shelf.regulations;
    let written = &reference.written;
    let finding = match &reference.target {
        Target::Unit(_) | Target::Outside(_) => return None,
        Target::Regulation(idx) => repealed(reference, regulations.get(*idx)?)?,
        Target::Missing(place) => missing(reference, from, place, shelf)?,
        Target::NothingBefore(rank) => {
            let of = if *rank == Rank::Article { "条" } else { "款" };
            let message = format!("“{written}”所在的已是最前的{of}，其前没有可指的{of}");
            Finding::new(&codes::REFERENCE_UNRESOLVED, message).hint("请写明所指的条款")
        }
        Target::Unknown { .. } if reference.speaks_of_repeal => return None,
        Target::Unknown { title, near } => {
            let finding = Finding::new(&codes::REFERENCE_UNKNOWN, format!("制度文件夹中没有《{title}》"));
            match near {
                Some(near) => finding.hint(format!("是否应为《{near}》？")),
                None => finding.hint("请核对名称；确有该制度的，请补入文件夹"),
            }
        }
    };
    Some(finding.at(reference.origin))
}

fn repealed(reference: &Reference, cited: &Regulation) -> Option<Finding> {
    let is_repealed = cited.is_repealed() && !reference.speaks_of_repeal;
    is_repealed.then(|| {
        let finding = Finding::new(&codes::REFERENCE_REPEALED, format!("《{}》已经废止", cited.title()));
        finding.hint("请改引现行的制度，或核对其状态").related(cited.head.standing.origin, "它的状态")
    })
}

/// What is said of a unit that is not there; nothing, if it is among the lines of which it has been asked what they are.
fn missing(reference: &Reference, from: Work, place: &Place, shelf: Shelf<'_>) -> Option<Finding> {
    let Shelf { regulations, texts, .. } = shelf;
    let words = match place.work {
        Work::Regulation(idx) => regulations.get(idx).map(Regulation::words),
        Work::Text(idx) => texts.get(idx).map(HandbookText::words),
    };
    let body = words.and_then(|it| it.bodies().nth(place.attachment.map_or(0, |it| it + 1))).unwrap_or(&[]);
    let article = place.steps.iter().find(|it| it.0 == Rank::Article).map(|it| it.1);
    let article =
        article.filter(|it| of_rank(body, Rank::Article).iter().all(|unit| unit.number != Some(*it)));
    let is_asked = |it: u32| Articles::of(body).suspects.iter().any(|suspect| suspect.number == it);
    if article.is_some_and(is_asked) {
        return None;
    }
    let whose = match place.work {
        Work::Regulation(idx) if place.work != from => {
            regulations.get(idx).map(|it| format!("《{}》", it.title()))
        }
        Work::Regulation(_) => None,
        Work::Text(_) => Some("本文".to_owned()),
    };
    let whose = whose.unwrap_or_else(|| "本制度".to_owned());
    let unit: String = place.steps.iter().map(|(rank, number)| cited(*rank, *number)).collect();
    let unit = if unit.is_empty() { &reference.written } else { &unit };
    if let Some(seen) = article.and_then(|it| candidate(body, it)) {
        let message = format!("{whose}中没有写作“{unit}”的条文，只有“{seen}”");
        let hint = "所指就是它的，请按它的写法引用，或把它写成条；不是的，请改正";
        return Some(Finding::new(&codes::LABEL_SUSPECTED, message).value(&*reference.written).hint(hint));
    }
    let finding = Finding::new(&codes::REFERENCE_UNRESOLVED, format!("{whose}中没有{unit}"));
    Some(finding.value(&*reference.written).hint("多为修订后条文序号变动所致，请核对后改正"))
}

/// A unit as it is cited in a chain: 第（三）项.
fn cited(rank: Rank, number: u32) -> String {
    match rank {
        Rank::Item => format!("第{}项", rank.cited(number)),
        Rank::Point => format!("第{number}目"),
        _ => rank.cited(number),
    }
}

/// One note that names all cited texts from outside the collection, the handbooks excepted.
fn outside<'a>(all: impl Iterator<Item = &'a Reference>, books: &BTreeSet<String>) -> Option<Finding> {
    const SHOWN: usize = 8;
    let cited = all.filter_map(|it| match &it.target {
        Target::Outside(title) if !books.contains(&fold(title)) => Some((title.as_str(), it.origin)),
        _ => None,
    });
    let cited: Vec<(&str, Origin)> = cited.collect();
    let titles: BTreeSet<&str> = cited.iter().map(|it| it.0).collect();
    let (_, first) = *cited.first()?;
    let shown: Vec<String> = titles.iter().take(SHOWN).map(|it| format!("《{it}》")).collect();
    let more = if titles.len() > SHOWN { "等" } else { "" };
    let message =
        format!("引用了{}件不在制度文件夹中的文件，没有核对：{}{more}", titles.len(), shown.join("、"));
    let hint = "需要核对其条款的，请把它们也放进制度文件夹";
    Some(Finding::new(&codes::REFERENCES_OUTSIDE, message).hint(hint).at(first))
}
