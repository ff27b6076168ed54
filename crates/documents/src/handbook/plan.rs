//! Books are planned: each edition as pages, the catalogue as a workbook whose pages are filled in once they are known.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::catalogue;
use super::declaration::Handbook;
use super::pages::{self, Making};
use super::shelf::{Piece, Shelf, texts_of};
use super::{KIND, text};
use crate::artefact::{Body, Pages};
use crate::drafts::{Document, Drafts, Edition, Group};
use crate::gates::{Named, unprintable};
use crate::input::Input;
use crate::names::{safe_name, stem};
use crate::planning::Planning;
use finding::{FileId, Report, Subject, Target};
use source::Passage;
use value::PartialDate;

/// The layout of all books.
const LAYOUT: &str = "typst/handbook.typ";

/// Makes the data of each book; what cannot be made is reported.
pub(super) fn draft_all(handbooks: &[Handbook], planning: Planning<'_>, report: &mut Report) -> Drafts {
    let (mut drafts, mut used) = (Drafts::default(), BTreeSet::new());
    for it in handbooks {
        let (document, files) = draft(it, planning, report);
        drafts.groups.push(Group { documents: vec![document], binders: Vec::new() });
        used.extend(files);
    }
    if !handbooks.is_empty() {
        let declared: Vec<&str> =
            handbooks.iter().flat_map(Handbook::categories).map(|it| &*it.text).collect();
        regulations::report_categories(planning.library.regulations, &declared, report);
        regulations::report_unused(planning.library.texts, &used, report);
    }
    drafts
}

/// A book, and the files that it prints or lists. What is said while it is drafted is about one of its texts, or about its
/// declaration.
fn draft(handbook: &Handbook, planning: Planning<'_>, report: &mut Report) -> (Document, BTreeSet<FileId>) {
    let mut said = Report::default();
    let shelf = Shelf::new(handbook, planning.library);
    check_coverage(&shelf, planning, (report, &mut said));
    let drafted = describe(handbook, &shelf, planning, &mut said);
    report.append_about(said, |it| {
        let text = it.origin.map(|it| it.file).filter(|it| planning.is_text(*it));
        it.about.is_empty().then(|| text.map_or(Target::Declaration(handbook.origin), Target::Text))
    });
    drafted
}

fn describe(
    handbook: &Handbook,
    shelf: &Shelf<'_>,
    planning: Planning<'_>,
    report: &mut Report,
) -> (Document, BTreeSet<FileId>) {
    let editions = editions(handbook, shelf, planning, report);
    let library = planning.library;
    let mut files: BTreeSet<FileId> = shelf.pieces().map(|it| it.piece.file()).collect();
    files.extend(handbook.flow_folders().flat_map(|it| texts_of(library.texts, Some(it))).map(|it| it.file));
    if handbook.holds_regulations() {
        files.extend(library.regulations.iter().map(|it| it.file));
    }
    let mut inputs =
        vec![Input::Texts(files.clone(), folders(handbook, planning)), Input::Declared(handbook.origin)];
    inputs.extend(editions.iter().map(|it| Input::Itself(it.path.clone())));
    let named = |it: &Edition| Named {
        path: it.path.clone(),
        name: it.title.clone(),
        origin: handbook.origin,
        subject: Subject::default(),
    };
    let names = editions.iter().map(named).collect();
    let records = shelf.pieces().map(|it| it.piece.title().text.clone()).collect();
    (Document { editions, records, inputs, names, ..Document::new(KIND.kind) }, files)
}

/// The editions of a book, and after them the workbook that shows on which of their pages everything stands.
fn editions(
    handbook: &Handbook,
    shelf: &Shelf<'_>,
    planning: Planning<'_>,
    report: &mut Report,
) -> Vec<Edition> {
    let Planning { library, project, captions, .. } = planning;
    let book = pages::book(Making { handbook, shelf, library, project, captions }, report);
    let folder = safe_name(&handbook.id);
    let path = |name: &str, ending| format!("handbooks/{folder}/{}.{ending}", stem(name, &[ending]));
    let mut editions = Vec::new();
    for it in &handbook.editions {
        let name = text(&it.file_name, project, report).unwrap_or_else(|| handbook.title.to_string());
        let data = data(handbook, it.paper.id(), &book, planning);
        let pages =
            Pages { layout: LAYOUT.to_owned(), data, pictures: BTreeMap::new(), date: Some(project.as_of) };
        editions.push(Edition::new(path(&name, "pdf"), name, Body::Pages(pages)));
    }
    if let Some(it) = &handbook.catalogue {
        let name = text(&it.file_name, project, report).unwrap_or_else(|| handbook.title.to_string());
        let title = text(&it.title, project, report).unwrap_or_else(|| name.clone());
        let unpaged = catalogue::describe((handbook, &it.form, shelf), library, title.clone(), planning);
        let after = editions.iter().map(|it| it.path.clone()).collect();
        let body = Body::Later(Box::new(unpaged));
        editions.push(Edition { path: path(&name, "xlsx"), title, body, after });
    }
    editions
}

/// The folders in which a file that could not be read would have belonged to the book.
fn folders(handbook: &Handbook, planning: Planning<'_>) -> Vec<String> {
    let project = planning.project;
    let of_regulations = project.regulations.iter().filter(|_| handbook.holds_regulations());
    let of_texts = handbook.texts.iter().flat_map(|it| {
        project.handbooks.iter().map(move |folder| format!("{}/{}", folder.trim_end_matches('/'), it.text))
    });
    of_regulations.map(|it| it.to_string()).chain(of_texts).collect()
}

/// The data of an edition.
fn data(handbook: &Handbook, paper: &str, book: &Json, planning: Planning<'_>) -> Json {
    let project = planning.project;
    json!({
        "title": &*handbook.title,
        "language": "zh-CN",
        "faces": planning.fonts.styles,
        "draft": Json::Null,
        "project": {
            "institution": &*project.institution,
            "department": &*project.department,
            "as_of": PartialDate::from(project.as_of).to_string(),
            "period": project.period.to_string(),
        },
        "paper": paper,
        "book": book,
    })
}

/// The coverage gate: every character that the book prints must be in some face.
fn check_coverage(shelf: &Shelf<'_>, planning: Planning<'_>, (earlier, report): (&Report, &mut Report)) {
    for placed in shelf.pieces() {
        let title = Passage::of(placed.piece.title());
        let passages = placed.piece.words().passages();
        for passage in std::iter::once(&title).chain(passages) {
            check_passage(passage, placed.piece, planning, (earlier, report));
        }
    }
}

fn check_passage(
    passage: &Passage,
    piece: Piece<'_>,
    planning: Planning<'_>,
    (earlier, report): (&Report, &mut Report),
) {
    let missing = unprintable(passage.text(), planning.fonts);
    let Some(finding) = missing else { return };
    let at = passage.text().chars().position(|it| !planning.fonts.covers(it) && !it.is_whitespace());
    let subject = Subject { record: Some(piece.title().text.clone()), ..Subject::default() };
    let place = passage.origin_at(at.unwrap_or(0));
    let finding = finding.at(place).about(Target::Text(place.file)).subject(subject);
    if ![earlier, report].iter().any(|it| it.findings().contains(&finding)) {
        report.push(finding);
    }
}
