//! Summaries are planned: each written, held to its limits, and sorted into what is made and what is withheld.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compose::{Composed, Fault, compose};
use super::declaration::Summary;
use super::editions::{FigureLine, book, figures, listed, pages, script};
use super::limits;
use super::text::Text;
use crate::artefact::{Artefact, Body, Kind, Withheld};
use crate::blame::{Errors, Whose};
use crate::gates::{Named, check_coverage};
use crate::names::{safe_name, stem};
use crate::planning::Planning;
use dataset::Reads;
use facts::Seat;
use finding::{Finding, Origin, Report, Subject, Target, codes};

/// The endings of the files of a summary: on paper, to be edited, its tables, its figures.
const ENDINGS: [&str; 4] = ["pdf", "docx", "xlsx", "figures.json"];

/// Summaries that are planned.
#[derive(Debug, Default)]
pub struct PlannedSummaries {
    /// Every summary as it was written, also those withheld.
    pub texts: Vec<PlannedText>,
    /// What is to be made, each with the committee that it is about.
    pub artefacts: Vec<(Artefact, Option<Arc<str>>)>,
    /// What is not made.
    pub withheld: Vec<Withheld>,
}

/// A summary as it was written.
#[derive(Debug)]
pub struct PlannedText {
    /// The path of its editions below the output folder, without ending.
    pub path: String,
    /// Its text.
    pub text: Text,
    /// Its figures.
    pub figures: Vec<FigureLine>,
}

/// A summary that was written, before it is known whether it may be made.
#[derive(Debug)]
pub(crate) struct Drafted {
    summary: Arc<Summary>,
    path: String,
    text: Text,
    reads: Reads,
    faults: Vec<Fault>,
    subject: Subject,
    seat: Option<Seat>,
}

/// Writes all summaries that are wanted; what stands in their way goes to the report.
pub(crate) fn draft_all(
    wanted: &[Arc<Summary>],
    planning: Planning<'_>,
    report: &mut Report,
) -> Vec<Drafted> {
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
    report_faults(&drafted, report);
    check_coverage(drafted.iter().map(|it| &it.reads), planning, report);
    drafted
}

fn draft(summary: &Arc<Summary>, seat: Option<Seat>, planning: Planning<'_>) -> Drafted {
    let Composed { text, folder, file_name, reads, faults } = compose(summary, seat, planning);
    let subject = seat.map(|it| planning.dataset.subject(it)).unwrap_or_default();
    let folder = Some(folder).filter(|it| !it.is_empty()).map(|it| format!("{}/", safe_name(&it)));
    let (id, folder) = (safe_name(&summary.id), folder.unwrap_or_default());
    let path = format!("summaries/{id}/{folder}{}", stem(&file_name, &ENDINGS));
    Drafted { summary: summary.clone(), path, text, reads, faults, subject, seat }
}

impl Drafted {
    pub(crate) fn named(&self, planning: Planning<'_>) -> Named {
        let origin = self.seat.map(|it| planning.dataset.record(it).origin);
        Named {
            path: self.path.clone(),
            name: self.text.title.clone(),
            origin: origin.unwrap_or(self.summary.origin),
            subject: self.subject.clone(),
        }
    }
}

/// Reports what could not be written: each reason once for a template, however many summaries it is about.
fn report_faults(drafted: &[Drafted], report: &mut Report) {
    let mut said: BTreeMap<(Origin, &str), (&Drafted, usize)> = BTreeMap::new();
    for it in drafted {
        for fault in &it.faults {
            said.entry((fault.origin, &fault.why)).or_insert((it, 0)).1 += 1;
        }
    }
    for ((origin, why), (drafted, n)) in said {
        let more = if n > 1 { format!("（同样的共{n}处）") } else { String::new() };
        let message = format!("《{}》中有内容不能确定：{why}{more}", drafted.text.title);
        let finding = Finding::new(&codes::SUMMARY_UNDECIDED, message).at(origin);
        let finding = finding.about(Target::Declaration(origin));
        let finding = finding.subject(drafted.subject.clone());
        report.push(finding.hint("请补全所说的值，或请工程师在模板中写明没有时怎样写"));
    }
}

/// Divides the summaries into those to be made and those withheld.
pub(crate) fn sort_out(
    drafted: Vec<Drafted>,
    draft: Option<&String>,
    errors: &Errors<'_>,
    planning: Planning<'_>,
) -> PlannedSummaries {
    let mut planned = PlannedSummaries::default();
    for it in drafted {
        let lines = listed(&it.text);
        let whose = match it.seat {
            None => Whose::All,
            Some(seat) => Whose::Seat(seat, it.subject.committee.as_ref()),
        };
        let mut blame = errors.behind_of(&it.reads, whose);
        blame.add(errors.of_document(&it.path));
        let is_made = blame.admits(draft.is_some()) && (it.faults.is_empty() || draft.is_some());
        for artefact in artefacts(&it, &lines, draft, planning) {
            let committee = it.subject.committee.clone();
            if is_made {
                planned.artefacts.push((artefact, committee));
            } else {
                let named = (artefact.path, artefact.title);
                let mut withheld = blame.withhold(Kind::Summaries, named, committee);
                add_faults(&mut withheld, &it.faults);
                planned.withheld.push(withheld);
            }
        }
        planned.texts.push(PlannedText { path: it.path, text: it.text, figures: lines });
    }
    planned
}

fn add_faults(withheld: &mut Withheld, faults: &[Fault]) {
    if faults.is_empty() {
        return;
    }
    let code = codes::SUMMARY_UNDECIDED.name.to_owned();
    if !withheld.codes.contains(&code) {
        withheld.codes.push(code);
        withheld.codes.sort();
    }
    for why in faults.iter().map(|it| format!("有内容不能确定：{}", it.why)) {
        if !withheld.reasons.contains(&why) {
            withheld.reasons.push(why);
        }
    }
}

/// The editions of a summary, and the list of its figures.
fn artefacts(
    drafted: &Drafted,
    lines: &[FigureLine],
    draft: Option<&String>,
    planning: Planning<'_>,
) -> Vec<Artefact> {
    let records: Vec<Arc<str>> = drafted.seat.iter().map(|it| planning.dataset.key_text(*it)).collect();
    let title = &drafted.text.title;
    let artefact = |ending: &str, title: String, body| Artefact {
        path: format!("{}.{ending}", drafted.path),
        kind: Kind::Summaries,
        title,
        records: records.clone(),
        body,
    };
    let editions = drafted.summary.editions;
    let pages = pages(&drafted.text, &drafted.summary.layout, draft, planning);
    let book = editions.xlsx.then(|| book(&drafted.text, draft, planning)).flatten();
    let name = drafted.path.rsplit('/').next().unwrap_or(&drafted.path);
    let figures = figures(name, lines, draft, planning);
    let [paper, word, workbook, list] = ENDINGS;
    let on_paper = editions.pdf.then(|| artefact(paper, title.clone(), Body::Pages(pages)));
    let on_screen = editions.docx.then(|| {
        artefact(
            word,
            format!("{title}（可编辑）"),
            Body::Word(Box::new(script(&drafted.text, draft, planning))),
        )
    });
    let in_book = book.map(|it| artefact(workbook, format!("{title}（表格）"), Body::Book(it)));
    let listed = artefact(list, format!("{title}（数字来源）"), Body::Json(figures));
    on_paper.into_iter().chain(on_screen).chain(in_book).chain([listed]).collect()
}
