//! Summaries are planned: each written and held to its limits, with all its editions.

use std::sync::Arc;

use super::KIND;
use super::compose::{Composed, Fault, compose};
use super::declaration::Summary;
use super::editions::{FigureLine, book, figures, listed, pages, script};
use super::limits;
use super::text::Text;
use super::undecided::Undecided;
use crate::artefact::Body;
use crate::book::Book;
use crate::drafts::{Document, Drafts, Edition};
use crate::gates::{Named, check_coverage};
use crate::input::{Input, Whose};
use crate::names::{safe_name, stem};
use crate::planning::Planning;
use dataset::Reads;
use facts::Seat;
use finding::{Report, Subject, Target, codes};

/// The endings of the files of a summary: on paper, to be edited, its tables, its figures.
const ENDINGS: [&str; 4] = ["pdf", "docx", "xlsx", "figures.json"];

/// A summary as it was written.
#[derive(Debug)]
pub struct PlannedText {
    /// The path of its editions below the output folder, without ending.
    pub path: String,
    /// Its text.
    pub text: Text,
    /// Its figures.
    pub figures: Vec<FigureLine>,
    /// The workbook of its tables, if there is one.
    pub book: Option<Arc<Book>>,
}

/// A summary that was written, with what it was written from.
#[derive(Debug)]
struct Drafted {
    summary: Arc<Summary>,
    path: String,
    text: Text,
    reads: Reads,
    faults: Vec<Fault>,
    subject: Subject,
    seat: Option<Seat>,
}

/// Writes all summaries that are wanted; what stands in their way goes to the report.
pub(super) fn draft_all(wanted: &[Arc<Summary>], planning: Planning<'_>, report: &mut Report) -> Drafts {
    let mut drafted = Vec::new();
    for summary in wanted {
        let seats = summary.of.map_or(vec![None], |of| planning.dataset.rows_of(of).map(Some).collect());
        drafted.extend(seats.into_iter().map(|seat| draft(summary, seat, planning)));
    }
    for it in &drafted {
        for finding in limits::check(&it.summary, &it.text) {
            let about = Target::Document(it.path.as_str().into());
            report.push(finding.about(about).subject(it.subject.clone()));
        }
    }
    check_coverage(drafted.iter().map(|it| &it.reads), (planning.dataset, planning.fonts), report);
    let (mut documents, mut texts, mut undecided) = (Vec::new(), Vec::new(), Vec::new());
    for it in drafted {
        undecided.extend(it.faults.iter().map(|fault| Undecided {
            title: it.text.title.clone(),
            subject: it.subject.clone(),
            fault: fault.clone(),
        }));
        let figures = listed(&it.text);
        let book = it.summary.editions.xlsx.then(|| book(&it.text, planning)).flatten().map(Arc::new);
        documents.push(document(&it, &figures, book.as_ref(), planning));
        texts.push(PlannedText { path: it.path, text: it.text, figures, book });
    }
    let mut drafts = Drafts::of(documents);
    drafts.behind.texts = texts;
    drafts.undecided = undecided;
    drafts
}

/// What a summary is called whose declared name lacks a value: that is said where the value is missing, and that several
/// lack it is no clash of their names.
fn makeshift(seat: Option<Seat>, planning: Planning<'_>) -> String {
    let named = |it| format!("{}（{}）", planning.dataset.label(it), planning.dataset.key_text(it));
    seat.map(named).unwrap_or_default()
}

fn draft(summary: &Arc<Summary>, seat: Option<Seat>, planning: Planning<'_>) -> Drafted {
    let Composed { text, folder, file_name, reads, faults } = compose(summary, seat, planning);
    let subject = seat.map(|it| planning.dataset.subject(it)).unwrap_or_default();
    let folder = Some(folder).filter(|it| !it.is_empty()).map(|it| format!("{}/", safe_name(&it)));
    let (id, folder) = (safe_name(&summary.id), folder.unwrap_or_default());
    let file_name = file_name.unwrap_or_else(|| makeshift(seat, planning));
    let path = format!("summaries/{id}/{folder}{}", stem(&file_name, &ENDINGS));
    Drafted { summary: summary.clone(), path, text, reads, faults, subject, seat }
}

fn document(
    drafted: &Drafted,
    lines: &[FigureLine],
    book: Option<&Arc<Book>>,
    planning: Planning<'_>,
) -> Document {
    let Drafted { summary, path, text, reads, faults, subject, seat } = drafted;
    let committee = subject.committee.clone();
    let whose = seat.map_or(Whose::All, |it| Whose::Seat(it, committee.clone()));
    let undecided = |it: &Fault| (&codes::SUMMARY_UNDECIDED, format!("有内容不能确定：{}", it.why));
    let origin = seat.map(|it| planning.dataset.record(it).origin);
    Document {
        editions: editions(summary, path, (text, book), lines, planning),
        committee,
        records: seat.iter().map(|it| planning.dataset.key_text(*it)).collect(),
        inputs: vec![Input::Reads(reads.clone(), whose), Input::Itself(path.clone())],
        faults: faults.iter().map(undecided).collect(),
        names: vec![Named {
            path: path.clone(),
            name: text.title.clone(),
            origin: origin.unwrap_or(summary.origin),
            subject: subject.clone(),
        }],
        ..Document::new(KIND.kind)
    }
}

/// The editions of a summary, and the list of its figures.
fn editions(
    summary: &Summary,
    path: &str,
    (text, book): (&Text, Option<&Arc<Book>>),
    lines: &[FigureLine],
    planning: Planning<'_>,
) -> Vec<Edition> {
    let title = &text.title;
    let edition = |ending: &str, title, body| Edition::new(format!("{path}.{ending}"), title, body);
    let (wanted, captions) = (summary.editions, &planning.captions.editions);
    let name = path.rsplit('/').next().unwrap_or(path);
    let [paper, word, workbook, list] = ENDINGS;
    let mut editions = Vec::new();
    if wanted.pdf {
        editions.push(edition(
            paper,
            title.clone(),
            Body::Pages(pages(text, &summary.layout, planning.project, planning.fonts)),
        ));
    }
    if wanted.docx {
        let script = Box::new(script(text, planning));
        editions.push(edition(word, captions.word.filled(&[title]), Body::Word(script)));
    }
    let in_book = book.map(|it| edition(workbook, captions.tables.filled(&[title]), Body::Book(it.clone())));
    let figures = figures(name, lines, planning);
    let listed = edition(list, captions.figures.filled(&[title]), Body::Json(figures));
    editions.into_iter().chain(in_book).chain([listed]).collect()
}
