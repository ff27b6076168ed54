//! Statistics are planned: each workbook worked out, described, and sorted into what is made and what is withheld.

mod book;
mod charts;
mod comparison;
mod doubts;
mod frame;
mod grid;
mod list;
mod proof;

use std::sync::Arc;

use super::checks::Proof;
use super::filled::Computed;
use super::tally::{Counting, compute};
use super::{Statistics, Wanted};
use crate::artefact::{Artefact, Body, Kind, Withheld};
use crate::blame::Errors;
use crate::book::{Book, Sheet, Table, pages_of};
use crate::gates::Named;
use crate::names::{folded, marked_name, safe_name, stem};
use crate::planning::Planning;
use dataset::{Dataset, RecordId};
use facts::Sieve;
use finding::Report;

/// The endings of a workbook and of its edition on paper.
const WORKBOOK: &str = "xlsx";
const PAPER: &str = "pdf";

pub(crate) use doubts::report_facts;

/// Statistics that are planned.
#[derive(Debug, Default)]
pub struct PlannedStatistics {
    /// The workbooks over all records, for whoever asks what a figure is made of.
    pub workbooks: Vec<PlannedWorkbook>,
    /// What is to be made, each with the committee whose edition it is.
    pub artefacts: Vec<(Artefact, Option<Arc<str>>)>,
    /// What is not made.
    pub withheld: Vec<Withheld>,
}

/// A workbook of statistics with what it is made of.
#[derive(Debug)]
pub struct PlannedWorkbook {
    /// What was worked out.
    pub computed: Computed,
    /// How it stands in the workbook.
    pub book: Book,
    /// The path of the workbook below the output folder.
    pub path: String,
    /// How its checks came out.
    pub proof: Proof,
}

/// A workbook described, before it is known whether it may be made.
#[derive(Debug)]
pub(crate) struct Drafted {
    computed: Computed,
    book: Book,
    path: String,
    committee: Option<Arc<str>>,
    keys: Vec<Arc<str>>,
    proof: Proof,
}

/// Works out and describes all statistics that are wanted; what stands in their way goes to the report.
pub(crate) fn draft_all(wanted: &[Wanted], planning: Planning<'_>, report: &mut Report) -> Vec<Drafted> {
    let mut drafted = Vec::new();
    for it in wanted {
        let frame = frame::frame(it, planning.project, report);
        let mut sieve = Sieve::new(planning.dataset.clone(), frame);
        let supply = |name: &str| planning.outside.get(name);
        let mut counting = Counting { sieve: &mut sieve, figures: planning.figures, supply: &supply };
        let whole = compute(&it.statistics, None, &mut counting);
        let editions = editions(&it.statistics, &mut counting);
        let compared = comparison::table(&whole, &editions, planning.dataset);
        drafted.push(draft(whole, compared, planning));
        if !it.statistics.per_committee.is_empty() {
            drafted.extend(editions.into_iter().map(|it| draft(it, None, planning)));
        }
    }
    doubts::report_all(&drafted.iter().map(|it| &it.computed).collect::<Vec<_>>(), planning.dataset, report);
    proof::prove_all(&mut drafted, planning, report);
    drafted
}

/// The statistics of each committee, if anything is worked out for each.
fn editions(statistics: &Arc<Statistics>, counting: &mut Counting<'_>) -> Vec<Computed> {
    let dataset = counting.sieve.dataset().clone();
    let of = statistics.comparison.as_ref().map(|it| it.of).or_else(|| dataset.schemas.committees());
    let Some(table) = of.filter(|_| !statistics.divided().is_empty()) else { return Vec::new() };
    dataset.rows_of(table).map(|it| compute(statistics, Some(it), counting)).collect()
}

fn draft(mut computed: Computed, compared: Option<Table>, planning: Planning<'_>) -> Drafted {
    let (statistics, committee) = (computed.statistics.clone(), computed.committee);
    let label = committee.map(|it| planning.dataset.label(it));
    if committee.is_some() {
        computed.sheets.retain(|it| statistics.per_committee.contains(&it.sheet));
    }
    let (book, name) = book::describe(&mut computed, label.as_ref(), compared, planning);
    let folder = match committee {
        Some(it) => format!("statistics/{}/{}", safe_name(&statistics.id), folder_of(it, planning.dataset)),
        None => format!("statistics/{}", safe_name(&statistics.id)),
    };
    let keys = committee.map(|it| planning.dataset.key_text(it)).into_iter().collect();
    Drafted {
        computed,
        book,
        path: format!("{folder}/{}", stem(&name, &[WORKBOOK, PAPER])),
        committee: label,
        keys,
        proof: Proof::default(),
    }
}

/// The folder of a committee's edition: its name, with its key if another committee is called the same.
fn folder_of(committee: RecordId, dataset: &Dataset) -> String {
    let name = |it| safe_name(&dataset.label(it));
    let mut others = dataset.rows_of(committee.table).filter(|it| *it != committee);
    if others.all(|it| folded(&name(it)) != folded(&name(committee))) {
        return name(committee);
    }
    let (label, number) = (dataset.label(committee), committee.row.index());
    let marked = marked_name(&label, &format!("（{}-{number}）", dataset.key_text(committee)));
    marked.or_else(|| marked_name(&label, &format!("（{number}）"))).unwrap_or_else(|| name(committee))
}

impl Drafted {
    pub(crate) fn named(&self, planning: Planning<'_>) -> Named {
        let dataset = planning.dataset;
        let record = self.computed.committee;
        Named {
            path: self.path.clone(),
            name: self.book.title.clone(),
            origin: record.map_or(self.computed.statistics.origin, |it| dataset.record(it).origin),
            subject: record.map(|it| dataset.subject(it)).unwrap_or_default(),
        }
    }
}

/// Divides the workbooks into those to be made and those withheld.
pub(crate) fn sort_out(
    drafted: Vec<Drafted>,
    draft: Option<&String>,
    errors: &Errors<'_>,
    planning: Planning<'_>,
) -> PlannedStatistics {
    let mut planned = PlannedStatistics::default();
    for mut it in drafted {
        mark(&mut it.book, draft);
        let mut blame = errors.behind(&it.computed.reads, it.committee.as_ref());
        it.computed.faults.keys().for_each(|at| blame.add(errors.of_declared(*at)));
        blame.add(errors.of_declared(it.computed.statistics.origin));
        blame.add(errors.of_document(&it.path));
        if it.computed.committee.is_none() {
            proof::add_blame(&it, errors, &mut blame);
        }
        for artefact in artefacts(&it, planning) {
            if blame.admits(draft.is_some()) {
                planned.artefacts.push((artefact, it.committee.clone()));
            } else {
                let named = (artefact.path, artefact.title);
                planned.withheld.push(blame.withhold(Kind::Statistics, named, it.committee.clone()));
            }
        }
        if it.computed.committee.is_none() {
            let path = format!("{}.{WORKBOOK}", it.path);
            planned.workbooks.push(PlannedWorkbook {
                computed: it.computed,
                book: it.book,
                path,
                proof: it.proof,
            });
        }
    }
    planned
}

/// Marks every sheet of a draft.
fn mark(book: &mut Book, draft: Option<&String>) {
    for sheet in &mut book.sheets {
        let mark = match sheet {
            Sheet::Cover(it) => &mut it.draft,
            Sheet::Table(it) => &mut it.draft,
            Sheet::Charts(it) => &mut it.draft,
        };
        *mark = draft.cloned();
    }
}

/// The workbook and its edition on paper.
fn artefacts(drafted: &Drafted, planning: Planning<'_>) -> Vec<Artefact> {
    let artefact = |ending: &str, title: String, body| Artefact {
        path: format!("{}.{ending}", drafted.path),
        kind: Kind::Statistics,
        title,
        records: drafted.keys.clone(),
        body,
    };
    let title = &drafted.book.title;
    let pages = pages_of(&drafted.book, &planning.fonts.styles);
    vec![
        artefact(WORKBOOK, title.clone(), Body::Book(drafted.book.clone())),
        artefact(PAPER, format!("{title}（打印版）"), Body::Pages(pages)),
    ]
}
