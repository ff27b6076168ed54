//! A form is drafted from a blank: every place with its label, and what might go there by the titles of fields.
//!
//! A draft is a text for the clerk: what is certain is proposed with its reason, what is not is a comment, and a place
//! for which nothing was found stays open. Nothing of it is used before a person has taken out `draft: true`.

mod asked;
mod candidates;
mod again;
mod written;

use std::collections::BTreeSet;

use annex::{Address, Blank, Gap, GapKind, Heading, Numbers, Place, PlaceKind, Signs};

use asked::Words;
use candidates::{Candidate, Wanting};
use finding::{Report, Reported, TableId};
use project::Templates;
use schema::Schemas;

pub use again::{Again, Match, again};

/// What a draft is made from.
#[derive(Debug, Clone, Copy)]
pub struct Drafting<'a> {
    /// The blank.
    pub blank: &'a Blank,
    /// Its name as a file.
    pub file: &'a str,
    /// Its hash, in hexadecimal digits.
    pub sha256: &'a str,
    /// The name of the form: that of its folder.
    pub id: &'a str,
    /// The tables.
    pub schemas: &'a Schemas,
    /// The words by which places are known.
    pub signs: &'a Signs,
    /// Whether it is a list, one for all records, with a row for each: 汇总表.
    pub is_list: bool,
}

/// A form as it was drafted.
#[derive(Debug)]
pub struct Drafted {
    /// `form.yaml`.
    pub yaml: String,
    /// The places, with what was proposed for each.
    pub places: Vec<DraftedPlace>,
}

/// A place of a draft.
#[derive(Debug, Clone)]
pub struct DraftedPlace {
    /// Where it stands.
    pub at: Address,
    /// Its label.
    pub label: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What is proposed, or why it is left.
    pub proposal: String,
}

/// What became of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that goes there was found.
    Proposed,
    /// It is left for the hand.
    Left,
    /// Somebody has to decide.
    Open,
}

/// What is proposed for a gap.
#[derive(Debug, Clone)]
pub(super) enum ForGap {
    /// The best, if there is one, and the others.
    Found(Option<Candidate>, Vec<Candidate>),
    /// It is left, for this reason.
    Leave(String),
}

/// What is proposed for a place, as it is written in the declaration.
#[derive(Debug, Clone)]
pub(super) enum Proposal {
    /// One value under this key: `value`, `choose`, `picture`.
    One(&'static str, Option<Candidate>, Vec<Candidate>),
    /// Values for several gaps, each with the words of its gap.
    Several(Vec<(String, ForGap)>),
    /// Rows of a list.
    Rows {
        /// The list; nothing if none was found.
        each: Option<Candidate>,
        /// What goes into each column, by its heading.
        columns: Vec<(String, Option<Candidate>)>,
    },
    /// It is left, for this reason.
    Leave(String),
}

/// Drafts the declaration of a form for the records of a table.
///
/// # Errors
/// If the words by which labels are known are wrong; that has been reported.
pub fn draft(
    drafting: Drafting<'_>,
    of: TableId,
    templates: &Templates,
    report: &mut Report,
) -> Result<Drafted, Reported> {
    let words = Words::load(templates, report)?;
    let wanting = Wanting::new(drafting.schemas, of, &words);
    let twice = twice(drafting.blank);
    let propose = |it: &Place| {
        let shared = it.label.last().is_some_and(|it| twice.contains(it));
        let proposal = propose(it, (&wanting, drafting.signs), shared);
        (it.clone(), if drafting.is_list { listed(it, proposal, &wanting) } else { proposal })
    };
    let proposed: Vec<(Place, Proposal)> = drafting.blank.places().iter().map(propose).collect();
    let yaml = written::form(drafting, of, &proposed);
    let places = proposed.iter().map(|(place, proposal)| drafted(place, proposal)).collect();
    Ok(Drafted { yaml, places })
}

fn drafted(place: &Place, proposal: &Proposal) -> DraftedPlace {
    let said =
        |it: &Option<Candidate>| it.as_ref().map_or("（待定）", |it| it.expression.as_str()).to_owned();
    let (is_whole, proposed) = match proposal {
        Proposal::One(_, it, _) => (it.is_some(), said(it)),
        Proposal::Several(all) => {
            let text = |it: &(String, ForGap)| match &it.1 {
                ForGap::Found(best, _) => said(best),
                ForGap::Leave(_) => "（手填）".to_owned(),
            };
            let is_open = |it: &(String, ForGap)| matches!(it.1, ForGap::Found(None, _));
            (!all.iter().any(is_open), all.iter().map(text).collect::<Vec<_>>().join("；"))
        }
        Proposal::Rows { each, columns } => {
            (each.is_some() && columns.iter().all(|it| it.1.is_some()), said(each))
        }
        Proposal::Leave(why) => (false, why.clone()),
    };
    let outcome = match (proposal, is_whole) {
        (Proposal::Leave(_), _) => Outcome::Left,
        (_, true) => Outcome::Proposed,
        (_, false) => Outcome::Open,
    };
    DraftedPlace { at: place.at, label: super::shown(place), outcome, proposal: proposed }
}

/// The labels that several blank cells end in: 姓名 of 甲方 and of 乙方. What they ask for alone is not known.
fn twice(blank: &Blank) -> BTreeSet<String> {
    let cells = blank.places().iter().filter(|it| it.kind == PlaceKind::Cell);
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for label in cells.filter_map(|it| it.label.last()) {
        if !once.insert(label.clone()) {
            twice.insert(label.clone());
        }
    }
    twice
}

/// What is proposed for a place; of one whose last label others `share` it has to follow from the whole label.
fn propose(place: &Place, (wanting, signs): (&Wanting<'_>, &Signs), shared: bool) -> Proposal {
    if let Some(why) = &place.by_hand {
        // 编号 is for the hand, unless the table has a field of that very title.
        let own = wanting.own(&place.label).filter(|_| place.kind == PlaceKind::Cell);
        return match own {
            Some(own) => Proposal::One("value", Some(own), Vec::new()),
            None => Proposal::Leave(why.clone()),
        };
    }
    match &place.kind {
        PlaceKind::Cell if shared => {
            let (best, others) = wanting.of_group(&place.label);
            Proposal::One("value", best, others)
        }
        PlaceKind::Signature => Proposal::Leave("由本人签字或单位盖章".to_owned()),
        PlaceKind::Cell => {
            let (best, others) = wanting.value(&place.label);
            Proposal::One("value", best, others)
        }
        PlaceKind::Picture => Proposal::One("picture", wanting.picture(), Vec::new()),
        PlaceKind::Text(gaps) => of_gaps(place, gaps, (wanting, signs)),
        PlaceKind::Rows(headings) => rows(place, headings, wanting),
    }
}

fn of_gaps(place: &Place, gaps: &[Gap], (wanting, signs): (&Wanting<'_>, &Signs)) -> Proposal {
    let found = |gap: &Gap| match &gap.by_hand {
        Some(why) => ForGap::Leave(why.clone()),
        None => of_gap(place, gap, (wanting, signs)),
    };
    match gaps {
        [gap] => match found(gap) {
            ForGap::Leave(why) => Proposal::Leave(why),
            ForGap::Found(best, others) => {
                let key = if matches!(gap.kind, GapKind::Choice(_)) { "choose" } else { "value" };
                Proposal::One(key, best, others)
            }
        },
        _ => Proposal::Several(gaps.iter().map(|it| (super::told(it), found(it))).collect()),
    }
}

fn of_gap(place: &Place, gap: &Gap, (wanting, signs): (&Wanting<'_>, &Signs)) -> ForGap {
    let lead = || if gap.lead.is_empty() { place.label.clone() } else { vec![gap.lead.clone()] };
    let (best, others) = match &gap.kind {
        GapKind::Expression(said) => match wanting.expression(said) {
            // What an opinion says, and when, is not in the records.
            (None, _) if signs.by_hand(said).is_some() => {
                return ForGap::Leave(signs.by_hand(said).unwrap_or_default().to_owned());
            }
            found => found,
        },
        GapKind::Statement(_) => (None, Vec::new()),
        GapKind::Choice(choices) => {
            wanting.choice(&lead(), &choices.iter().map(|it| it.word.as_str()).collect::<Vec<_>>())
        }
        GapKind::Date(_) => wanting.date(&lead(), &place.label),
        // 出生年月（  岁）: what is asked is the unit.
        GapKind::Bracket => wanting.value(std::slice::from_ref(&gap.unit)),
        _ => match wanting.value(&lead()) {
            (None, others) if !gap.unit.is_empty() => {
                let (best, more) = wanting.counted(&gap.lead);
                (best, others.into_iter().chain(more).collect())
            }
            found => found,
        },
    };
    ForGap::Found(best, others)
}

/// What is proposed for a place of a list: its rows are the records; what stands once on it is not asked of one of them.
fn listed(place: &Place, proposal: Proposal, wanting: &Wanting<'_>) -> Proposal {
    let once = |best: Option<Candidate>, others: Vec<Candidate>| match best {
        Some(best) if !best.is_of_all() => (None, std::iter::once(best).chain(others).collect()),
        best => (best, others),
    };
    match (proposal, &place.kind) {
        (Proposal::Leave(why), _) => Proposal::Leave(why),
        (Proposal::Rows { .. }, PlaceKind::Rows(headings)) => {
            let asked = headings.iter().filter(|it| it.numbers == Numbers::No);
            let columns = asked.map(|it| (it.label.join("/"), wanting.value(&it.label).0)).collect();
            Proposal::Rows { each: Some(wanting.all()), columns }
        }
        (Proposal::One(key, best, others), _) => {
            let (best, others) = once(best, others);
            Proposal::One(key, best, others)
        }
        (Proposal::Several(all), _) => {
            let gap = |(told, it)| match it {
                ForGap::Found(best, others) => {
                    let (best, others) = once(best, others);
                    (told, ForGap::Found(best, others))
                }
                leave @ ForGap::Leave(_) => (told, leave),
            };
            Proposal::Several(all.into_iter().map(gap).collect())
        }
        (rows @ Proposal::Rows { .. }, _) => rows,
    }
}

fn rows(place: &Place, headings: &[Heading], wanting: &Wanting<'_>) -> Proposal {
    let asked: Vec<&Heading> = headings.iter().filter(|it| it.numbers == Numbers::No).collect();
    let labels: Vec<Vec<String>> = asked.iter().map(|it| it.label.clone()).collect();
    let (each, found) = wanting.rows(&place.label, &labels);
    let columns = asked.iter().zip(found).map(|(heading, it)| (heading.label.join("/"), it)).collect();
    Proposal::Rows { each, columns }
}
