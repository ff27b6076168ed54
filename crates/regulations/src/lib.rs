//! Regulations: texts become articles, are proof-read against each other, and compared with earlier versions.
//!
//! [`collect()`] reads a project's regulations and handbook texts, recognises chapters, articles and items by their words
//! (第三条, （一）), resolves what each text cites, and proof-reads all of it. [`compare()`] sets two versions against each
//! other. The words by which kinds, states and dates are recognised stand in `templates/regulations/`.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod model;
mod item;
mod diction;
mod text;
mod head;
mod notice;
mod catalogue;
mod label;
mod structure;
mod references;
mod proof;
mod compare;
mod coverage;
mod draft;
mod collection;

pub use catalogue::{Catalogue, Row};
pub use collection::{Collection, References, collect};
pub use compare::{Change, ChangeKind, Comparison, ComparisonForm, Mark, Marked, Pair, Side, compare};
pub use coverage::{report_categories, report_unused};
pub use diction::Diction;
pub use draft::{Draft, Suggested, draft, suggest};
pub use head::Reading;
pub use item::Item;
pub use model::{
    Attachment, Dated, Head, Node, Rank, Regulation, Revision, Standing, State, Unit, Words, of_rank, units,
};
pub use notice::Notice;
pub use proof::{Ground, Shelf, proofread};
pub use references::{Place, Reference, Target, Work};
pub use text::{HandbookText, TextField, bind_texts};

use std::sync::Arc;

use finding::{FileId, Finding, Origin, Report, Sources, Subject, codes};
use source::{Block, CollectedTexts, Manuscript, Passage, Text};

/// Reads texts as regulations, and the workbooks that list them. A text whose head has no title is left out, and that is
/// reported; one that has no head of its own has it from such a workbook.
pub fn read(
    found: CollectedTexts,
    reading: &Reading,
    sources: &Sources,
    report: &mut Report,
) -> (Vec<Regulation>, Catalogue) {
    let catalogue = Catalogue::read(found.catalogues, reading, report);
    (bind(found.texts, reading, &catalogue, sources, report), catalogue)
}

fn bind(
    texts: Vec<Text>,
    reading: &Reading,
    catalogue: &Catalogue,
    sources: &Sources,
    report: &mut Report,
) -> Vec<Regulation> {
    let bind = |mut it: Text| {
        let notice = Notice::take(&mut it.manuscript, &reading.diction);
        let undivided =
            notice.is_none().then(|| Notice::undivided(&it.manuscript, &reading.diction)).flatten();
        let head = match &it.manuscript.front {
            Some(front) => head::read(front, reading, report),
            None => {
                match catalogue.row_of(sources.path(it.file), &first_lines(&it.manuscript), &reading.diction)
                {
                    Some(row) => Ok(head::of_row(row, reading, report)),
                    None => match &notice {
                        Some(notice) => Ok(of_notice(&it, notice, reading, report)),
                        None => Err(report.error(headless(it.file))),
                    },
                }
            }
        };
        let (regulation, odd) = regulation(it, head.ok()?, &reading.diction);
        let title = regulation.title();
        structure::report_odd(&odd, title, report);
        report_undivided(undivided, title, report);
        if let Some(notice) = notice {
            report.push(notice.finding().subject(subject(title)));
            for it in proof::compare_notice(&notice, &regulation.head, reading) {
                report.push(it.subject(subject(title)));
            }
        }
        Some(regulation)
    };
    texts.into_iter().filter_map(bind).collect()
}

/// Takes a text without front matter as a regulation, by what the text says about itself; without a title it is called by the
/// given name.
pub fn bind_bare(mut text: Text, name: &str, diction: &Diction) -> Regulation {
    let head = suggest(&mut text.manuscript, diction).0.head(Origin::file(text.file), name, diction);
    regulation(text, head, diction).0
}

fn regulation(text: Text, head: Head, diction: &Diction) -> (Regulation, Vec<structure::OddLabel>) {
    let Text { file, manuscript } = text;
    let mut structure = structure::recognise(manuscript.blocks, &head.title.text, diction);
    let head_note = structure.take_head_note(diction);
    let structure::Structure { printed_title, body, attachments, odd } = structure;
    let footnotes = manuscript.footnotes;
    (Regulation { file, head, printed_title, head_note, body, attachments, footnotes }, odd)
}

/// The lines at the beginning, one of which may be the title.
fn first_lines(manuscript: &Manuscript) -> Vec<&str> {
    const N_LINES: usize = 4;
    let lines = manuscript.blocks.iter().flat_map(Block::passages);
    lines.take(N_LINES).map(Passage::text).collect()
}

fn report_undivided(undivided: Option<Finding>, title: &Arc<str>, report: &mut Report) {
    undivided.into_iter().for_each(|it| report.push(it.subject(subject(title))));
}

/// The head of a text without one, as the notice gives it by which it was issued; what that does not say is asked for.
fn of_notice(text: &Text, notice: &Notice, reading: &Reading, report: &mut Report) -> Head {
    let suggested = draft::of_text(&text.manuscript, Some(notice), &reading.diction);
    let has_state = suggested.state.is_some();
    let head = suggested.head(Origin::file(text.file), &notice.title().text, &reading.diction);
    let lacks = [
        (Item::Issuer, head.issuer.is_none()),
        (Item::Issued, head.issued.is_none()),
        (Item::InForce, head.in_force.is_none()),
        (Item::Level, true),
        (Item::State, !has_state),
        (Item::Category, true),
    ];
    let lacks: Vec<&str> = lacks.into_iter().filter(|it| it.1).map(|it| reading.title(it.0)).collect();
    let message = format!("该文件没有文件头，按印发通知读取，通知中没有写明{}", lacks.join("、"));
    let finding = Finding::new(&codes::FRONT_MATTER_MISSING, message).at(Origin::file(text.file));
    let hint = "请在同名的 .yaml 文件中写明各项，或在制度目录.xlsx 中补上一行";
    report.push(finding.hint(hint).subject(subject(&head.title.text)));
    head
}

/// What is said of a text whose title nobody knows.
fn headless(file: FileId) -> Finding {
    let message = "该文件没有文件头，没有采用";
    let finding = Finding::new(&codes::FRONT_MATTER_MISSING, message).at(Origin::file(file));
    finding.hint("请在同名的 .yaml 文件中写明标题、文号、日期等，或在制度目录.xlsx 中补上一行，或用 huibian import 转为 .md")
}

/// Names the regulation in which a finding stands, for those that do not say whom they concern.
fn subject(title: &Arc<str>) -> Subject {
    Subject { record: Some(title.clone()), ..Subject::default() }
}
