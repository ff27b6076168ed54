//! Statistics are planned: each workbook worked out, described and proved, with its edition on paper.

mod book;
mod charts;
mod comparison;
mod doubts;
mod frame;
mod grid;
mod list;
mod passed_over;
mod proof;

use std::sync::Arc;

use super::checks::Proof;
use super::filled::Computed;
use super::issued::{Own, draft_issued};
use super::tally::{Counting, compute};
use super::{KIND, Outside, Statistics, Wanted};
use crate::artefact::Body;
use crate::book::{Book, Table, pages_of};
use crate::drafts::{Document, Drafts, Edition};
use crate::gates::Named;
use crate::input::Input;
use crate::names::{folded, marked_name, safe_name, stem};
use crate::planning::Planning;
use dataset::{Dataset, RecordId};
use facts::Sieve;
use finding::Report;

/// The endings of a workbook and of its edition on paper.
const WORKBOOK: &str = "xlsx";
const PAPER: &str = "pdf";

pub(in crate::statistics) use book::BookTexts;
pub(crate) use doubts::report_facts;

/// A workbook of statistics with what it is made of.
#[derive(Debug)]
pub struct PlannedWorkbook {
    /// What was worked out.
    pub computed: Computed,
    /// How it stands in the workbook, without the mark of a draft.
    pub book: Arc<Book>,
    /// The path of the workbook below the output folder.
    pub path: String,
    /// How its checks came out.
    pub proof: Proof,
}

/// A workbook described.
#[derive(Debug)]
struct Drafted {
    computed: Computed,
    book: Arc<Book>,
    path: String,
    committee: Option<Arc<str>>,
    keys: Vec<Arc<str>>,
    proof: Proof,
}

/// Works out and describes all statistics that are wanted; what stands in their way goes to the report.
pub(super) fn draft_all(
    wanted: &[Wanted],
    outside: &Outside,
    planning: Planning<'_>,
    report: &mut Report,
) -> Drafts {
    let mut drafted = Vec::new();
    let unreported = planning.returns.unreported(planning.dataset);
    for it in wanted {
        let frame = frame::frame(it, planning.project, report);
        let mut sieve = Sieve::new(planning.dataset.clone(), frame);
        let supply = |name: &str| outside.get(name);
        let figures = planning.figures;
        let mut counting = Counting { sieve: &mut sieve, figures, supply: &supply, unreported: &unreported };
        let whole = compute(&it.statistics, None, &mut counting);
        let editions = editions(&it.statistics, &mut counting);
        let compared = comparison::table(&whole, &editions, planning);
        drafted.push(draft(whole, compared, planning));
        if !it.statistics.per_committee.is_empty() {
            drafted.extend(editions.into_iter().map(|it| draft(it, None, planning)));
        }
    }
    doubts::report_all(&drafted.iter().map(|it| &it.computed).collect::<Vec<_>>(), planning.dataset, report);
    proof::prove_all(&mut drafted, outside, planning, report);
    let mut documents: Vec<Document> = drafted.iter().map(|it| it.document(planning)).collect();
    let mut issued = Vec::new();
    for (wanted, own) in wanted.iter().zip(drafted.iter().filter(|it| it.computed.committee.is_none())) {
        let path = format!("{}.{WORKBOOK}", own.path);
        let own = Own { computed: &own.computed, path, inputs: own.inputs() };
        let (more, behind) = draft_issued(&wanted.issued, &own, planning, report);
        documents.extend(more);
        issued.extend(behind);
    }
    let mut drafts = Drafts::of(documents);
    drafts.behind.issued = issued;
    drafts.behind.workbooks = drafted.into_iter().filter_map(Drafted::workbook).collect();
    drafts
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
        book: Arc::new(book),
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
    /// The workbook and its edition on paper.
    fn document(&self, planning: Planning<'_>) -> Document {
        let (dataset, computed) = (planning.dataset, &self.computed);
        let (record, declared) = (computed.committee, computed.statistics.origin);
        let inputs = self.inputs();
        let title = &self.book.title;
        let pages = pages_of(&self.book, &planning.fonts.styles);
        let edition = |ending, title, body| Edition::new(format!("{}.{ending}", self.path), title, body);
        let editions = vec![
            edition(WORKBOOK, title.clone(), Body::Book(self.book.clone())),
            edition(PAPER, planning.captions.editions.paper.filled(&[title]), Body::Pages(pages)),
        ];
        let names = vec![Named {
            path: self.path.clone(),
            name: title.clone(),
            origin: record.map_or(declared, |it| dataset.record(it).origin),
            subject: record.map(|it| dataset.subject(it)).unwrap_or_default(),
        }];
        let (committee, records) = (self.committee.clone(), self.keys.clone());
        Document { editions, committee, records, inputs, names, ..Document::new(KIND.kind) }
    }

    /// What it is made from.
    fn inputs(&self) -> Vec<Input> {
        let computed = &self.computed;
        let mut inputs = vec![Input::Reads(computed.reads.clone(), self.committee.clone().into())];
        let declared = computed.faults.keys().copied().chain([computed.statistics.origin]);
        inputs.extend(declared.map(Input::Declared));
        inputs.push(Input::Itself(self.path.clone()));
        if computed.committee.is_none() {
            inputs.extend(proof::inputs(self));
        }
        inputs
    }

    /// What is behind it; nothing for the edition of a committee, whose figures are among those of the whole.
    fn workbook(self) -> Option<PlannedWorkbook> {
        let Self { computed, book, path, proof, .. } = self;
        let path = format!("{path}.{WORKBOOK}");
        computed.committee.is_none().then_some(PlannedWorkbook { computed, book, path, proof })
    }
}
