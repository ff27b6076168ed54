//! Proof-reading: each kind of check has a file of its own and reports at the place of the fault.

mod catalogue;
mod dates;
mod head_note;
mod labels;
mod numbering;
mod numbers;
mod prose;
mod references;
mod terms;
mod titles;
mod validity;

pub(super) use head_note::compare_notice;
pub(super) use numbers::mentions;

use jiff::civil::Date;

use super::catalogue::Catalogue;
use super::collection::References;
use super::head::Reading;
use super::model::{Regulation, Words};
use super::notice::is_of_notice;
use super::text::HandbookText;
use finding::{FileId, Finding, Place, Report, Sources};
use source::LocatedText;

/// What proof-reading has to know beside the regulations.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The university, whose name distinguishes its own regulations from others.
    pub institution: &'a str,
    /// The day as of which regulations are judged.
    pub as_of: Date,
    /// What is declared about reading regulations.
    pub reading: &'a Reading,
}

/// What is proof-read.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// The regulations.
    pub regulations: &'a [Regulation],
    /// The texts of the handbooks.
    pub texts: &'a [HandbookText],
    /// What the workbooks 制度目录 say of the regulations.
    pub catalogue: &'a Catalogue,
    /// What both cite.
    pub references: &'a References,
}

/// Proof-reads regulations and texts of handbooks, each by itself and against the others.
pub fn proofread(shelf: Shelf<'_>, ground: Ground<'_>, sources: &Sources, report: &mut Report) {
    let Shelf { regulations, texts, .. } = shelf;
    let mut found: Vec<Finding> = Vec::new();
    for it in regulations {
        dates::check(it, ground, &mut found);
        // That the title is one of a notice has been said.
        let printed =
            it.printed_title.as_ref().filter(|it| !is_of_notice(it.text(), &ground.reading.diction));
        titles::check_head(&it.head.title, printed, &mut found);
        numbers::check_head(it, &mut found);
        head_note::check(it, ground.reading, &mut found);
        check_words(it.words(), &mut found);
    }
    for it in texts {
        titles::check_head(&it.title, it.printed_title.as_ref(), &mut found);
        check_words(it.words(), &mut found);
    }
    numbers::check_twice(regulations, &mut found);
    titles::check_twice(regulations, &mut found);
    validity::check(regulations, &mut found);
    catalogue::check(shelf, ground.reading, sources, &mut found);
    references::check(shelf, ground, &mut found);
    for finding in found {
        report.push(with_subject(finding, regulations, texts));
    }
}

/// What is looked for in any text.
fn check_words(words: Words<'_>, found: &mut Vec<Finding>) {
    labels::check(words, found);
    numbering::check(words, found);
    terms::check(words, found);
    prose::check(words, found);
    numbers::check_text(words, found);
}

/// Names the regulation, or the text of a handbook, in which a finding stands.
fn with_subject(finding: Finding, regulations: &[Regulation], texts: &[HandbookText]) -> Finding {
    let file: Option<FileId> = finding.origin.map(|it| it.file);
    let titles = regulations.iter().flat_map(|it| {
        // The front matter of a Word document is a file of its own; a row of a workbook is not.
        let is_text = matches!(it.head.origin.place, Place::Text { .. });
        let head = if is_text { it.head.origin.file } else { it.file };
        [it.file, head].map(|file| (file, &it.head.title))
    });
    let titled = |it: &(FileId, &LocatedText)| Some(it.0) == file;
    match titles.chain(texts.iter().map(|it| (it.file, &it.title))).find(titled) {
        Some((_, title)) => finding.subject(super::subject(&title.text)),
        None => finding,
    }
}
