//! Books are planned: each edition as pages, the catalogue as a workbook whose pages are filled in once they are known.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::catalogue::{self, PageCell};
use super::declaration::Handbook;
use super::pages::{self, Making};
use super::shelf::{Piece, Shelf, texts_of};
use super::text;
use crate::artefact::{Artefact, Body, Kind, Pages, Withheld};
use crate::blame::{Blame, Errors};
use crate::book::Sheet;
use crate::gates::{Named, unprintable};
use crate::names::{safe_name, stem};
use crate::planning::{Planning, lies_in};
use finding::{FileId, Origin, Report, Sources, Subject, Target};

use source::Passage;
use value::PartialDate;

/// The layout of all books.
const LAYOUT: &str = "typst/handbook.typ";

/// All books of a run.
#[derive(Debug, Default)]
pub struct PlannedHandbooks {
    /// The books to be made.
    pub books: Vec<PlannedHandbook>,
    /// What is not made.
    pub withheld: Vec<Withheld>,
}

/// A book to be made.
#[derive(Debug)]
pub struct PlannedHandbook {
    /// Its editions.
    pub editions: Vec<Artefact>,
    /// The workbook that lists all regulations, if it has one.
    pub catalogue: Option<PlannedCatalogue>,
}

/// The workbook that lists all regulations; it can be written when the pages of the editions are known.
#[derive(Debug)]
pub struct PlannedCatalogue {
    /// The workbook, with the cells of the pages left empty.
    pub artefact: Artefact,
    /// The cells that show pages.
    pub pages: Vec<PageCell>,
}

/// A book before it is known whether it may be made.
pub(crate) struct Drafted {
    planned: PlannedHandbook,
    /// Where it is declared.
    origin: Origin,
    /// The files that it prints, or lists.
    files: BTreeSet<FileId>,
    /// The folders whose every file may belong to it.
    folders: Vec<String>,
}

/// Makes the data of each book; what cannot be made is reported.
pub(crate) fn draft_all(handbooks: &[Handbook], planning: Planning<'_>, report: &mut Report) -> Vec<Drafted> {
    let drafted: Vec<Drafted> = handbooks.iter().map(|it| draft(it, planning, report)).collect();
    if !handbooks.is_empty() {
        let declared: Vec<&str> =
            handbooks.iter().flat_map(Handbook::categories).map(|it| &*it.text).collect();
        regulations::report_categories(planning.library.regulations, &declared, report);
        let used: BTreeSet<FileId> = drafted.iter().flat_map(|it| it.files.iter().copied()).collect();
        regulations::report_unused(planning.library.texts, &used, report);
    }
    drafted
}

/// What is said while a book is drafted is about one of its texts, or about the declaration of the book.
fn draft(handbook: &Handbook, planning: Planning<'_>, report: &mut Report) -> Drafted {
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

fn describe(handbook: &Handbook, shelf: &Shelf<'_>, planning: Planning<'_>, report: &mut Report) -> Drafted {
    let Planning { library, project, .. } = planning;
    let book = pages::book(Making { handbook, shelf, library, project }, report);
    let folder = safe_name(&handbook.id);
    let path = |name: &str, ending| format!("handbooks/{folder}/{}.{ending}", stem(name, &[ending]));
    let records: Vec<_> = shelf.pieces().map(|it| it.piece.title().text.clone()).collect();
    let artefact =
        |path, title, body| Artefact { path, kind: Kind::Handbooks, title, records: records.clone(), body };
    let mut editions = Vec::new();
    for it in &handbook.editions {
        let name = text(&it.file_name, project, report).unwrap_or_else(|| handbook.title.to_string());
        let data = data(handbook, it.paper.id(), &book, planning);
        let pages =
            Pages { layout: LAYOUT.to_owned(), data, pictures: BTreeMap::new(), date: Some(project.as_of) };
        editions.push(artefact(path(&name, "pdf"), name, Body::Pages(pages)));
    }
    let catalogue = handbook.catalogue.as_ref().map(|it| {
        let name = text(&it.file_name, project, report).unwrap_or_else(|| handbook.title.to_string());
        let title = text(&it.title, project, report).unwrap_or_else(|| name.clone());
        let (book, pages) =
            catalogue::describe((handbook, &it.form, shelf), library, title.clone(), planning);
        PlannedCatalogue { artefact: artefact(path(&name, "xlsx"), title, Body::Book(book)), pages }
    });
    let mut files: BTreeSet<FileId> = shelf.pieces().map(|it| it.piece.file()).collect();
    files.extend(handbook.flow_folders().flat_map(|it| texts_of(library.texts, Some(it))).map(|it| it.file));
    if handbook.holds_regulations() {
        files.extend(library.regulations.iter().map(|it| it.file));
    }
    let planned = PlannedHandbook { editions, catalogue };
    Drafted { planned, origin: handbook.origin, files, folders: folders(handbook, planning) }
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

/// Divides the books into those to be made and those withheld: a book that prints regulations waits for all of them.
pub(crate) fn sort_out(
    drafted: Vec<Drafted>,
    draft: Option<&String>,
    errors: &Errors<'_>,
    sources: &Sources,
) -> PlannedHandbooks {
    let mut planned = PlannedHandbooks::default();
    for mut it in drafted {
        let mut blame = errors.in_texts(|file| it.concerns(file, sources));
        blame.add(errors.of_declared(it.origin));
        it.planned.artefacts().for_each(|it| blame.add(errors.of_document(&it.path)));
        if !blame.admits(draft.is_some()) {
            planned.withheld.extend(withheld(&it.planned, &blame));
            continue;
        }
        it.planned.mark(draft);
        planned.books.push(it.planned);
    }
    planned
}

/// A book is one piece of work: if one of its files cannot be made, the others wait for it.
fn withheld(planned: &PlannedHandbook, blame: &Blame<'_>) -> Vec<Withheld> {
    let withhold = |it: &Artefact| blame.withhold(Kind::Handbooks, (it.path.clone(), it.title.clone()), None);
    planned.artefacts().map(withhold).collect()
}

impl Drafted {
    pub(crate) fn named(&self) -> impl Iterator<Item = Named> {
        self.planned.artefacts().map(|it| Named {
            path: it.path.clone(),
            name: it.title.clone(),
            origin: self.origin,
            subject: Subject::default(),
        })
    }

    fn concerns(&self, file: FileId, sources: &Sources) -> bool {
        let path = sources.path(file);
        self.files.contains(&file) || self.folders.iter().any(|it| lies_in(path, it))
    }
}

impl PlannedHandbook {
    /// All files of it.
    pub fn artefacts(&self) -> impl Iterator<Item = &Artefact> {
        self.editions.iter().chain(self.catalogue.iter().map(|it| &it.artefact))
    }

    /// Marks a draft.
    fn mark(&mut self, draft: Option<&String>) {
        let catalogue = self.catalogue.iter_mut().map(|it| &mut it.artefact);
        for artefact in self.editions.iter_mut().chain(catalogue) {
            match &mut artefact.body {
                Body::Pages(pages) => pages.data["draft"] = json!(draft),
                Body::Word(script) => script.draft = draft.cloned(),
                Body::Json(_) => {}
                Body::Book(book) => {
                    for sheet in &mut book.sheets {
                        if let Sheet::Table(table) = sheet {
                            table.draft = draft.cloned();
                        }
                    }
                }
            }
        }
    }
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
