//! The workbook that lists every regulation (制度目录), with the pages of each edition.

use std::sync::Arc;

use super::declaration::{BoundPaper, CatalogueForm, Handbook};
use super::shelf::{Library, Shelf, is_of};
use crate::artefact::{Artefact, Body, Finished, Later, Place, Planned};
use crate::book::{Align, Book, Cell, Column, Paper, Row, Sheet, Table};
use crate::planning::Planning;
use finding::{Finding, Sources, codes};
use regulations::{Dated, Item, Reading, Regulation, Revision};
use source::LocatedText;

/// A cell that shows the page on which something stands.
#[derive(Debug)]
struct PageCell {
    /// Index of the row.
    row: usize,
    /// Index of the column.
    column: usize,
    /// Index of the edition.
    edition: usize,
    /// The label of what stands there.
    label: String,
}

/// The workbook, which can be written when the pages of the editions are known: it stands after these.
#[derive(Debug)]
pub(super) struct Unpaged {
    /// The workbook, with the cells of the pages left empty.
    book: Book,
    /// The cells that show pages.
    pages: Vec<PageCell>,
}

impl Later for Unpaged {
    fn compose(&self, artefact: &Artefact, finished: Finished<'_>) -> Result<Option<Planned>, Box<Finding>> {
        let fault = |why: String| {
            let message = format!("“{}”不能生成：{why}", artefact.title);
            Box::new(Finding::new(&codes::LAYOUT_FAILED, message).hint("请先处理汇编的版式问题"))
        };
        if finished.made.iter().any(Option::is_none) {
            return Err(fault("有版本没有排成，页码不能确定".to_owned()));
        }
        let mut book = self.book.clone();
        if let Some(Sheet::Table(table)) = book.sheets.first_mut() {
            for it in &self.pages {
                let page = finished.made.get(it.edition).copied().flatten();
                let page = page.and_then(|edition| edition.places.get(&it.label));
                let page = page.ok_or_else(|| fault(format!("版式没有给出“{}”的页码", it.label)))?;
                let cell = table.rows.get_mut(it.row).and_then(|row| row.cells.get_mut(it.column));
                if let Some(cell) = cell {
                    *cell = match page {
                        Place::Number(number) => Cell::Integer(*number),
                        Place::Text(text) => Cell::Text(text.clone()),
                    };
                }
            }
        }
        let artefact = Arc::new(artefact.clone());
        Ok(Some(Planned { artefact, body: Body::Book(book.into()) }))
    }
}

/// Describes the workbook under a title.
pub(super) fn describe(
    (handbook, form, shelf): (&Handbook, &CatalogueForm, &Shelf<'_>),
    library: Library<'_>,
    title: String,
    planning: Planning<'_>,
) -> Unpaged {
    let mut pages = Vec::new();
    let mut rows = Vec::new();
    for (row, it) in ordered(handbook, library).into_iter().enumerate() {
        let mut cells = vec![Cell::ordinal(row)];
        cells.extend(form.columns.iter().map(|column| cell(shown(it, column.item, planning.sources))));
        for edition in 0..handbook.editions.len() {
            let label = shelf.label(it.file);
            let column = cells.len();
            pages.extend(label.map(|it| PageCell { row, column, edition, label: it.to_owned() }));
            cells.push(Cell::Empty);
        }
        rows.push(Row::from(cells));
    }
    let table = Table {
        name: library.reading.catalogue_names().first().map_or_else(|| title.clone(), |it| (*it).to_owned()),
        title: title.clone(),
        paper: Paper::A3Landscape,
        columns: columns(handbook, form, library.reading),
        rows,
        n_stub: 3,
        ..Table::default()
    };
    let project = planning.project;
    let book = Book {
        title,
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: vec![Sheet::Table(table)],
        names: Vec::new(),
        captions: planning.captions.clone(),
    };
    Unpaged { book, pages }
}

fn columns(handbook: &Handbook, form: &CatalogueForm, reading: &Reading) -> Vec<Column> {
    let column = |heading: String, width, align| Column { heading: vec![heading], width, align };
    let serial = column(form.number.to_string(), None, Align::Center);
    let own = form.columns.iter().map(|it| column(reading.title(it.item).to_owned(), it.width, it.align));
    let (title, width) = &form.pages;
    let pages = handbook.editions.iter().map(|it| {
        let paper = match it.paper {
            BoundPaper::A5 => "A5",
            BoundPaper::A4 => "A4",
        };
        column(title.replace("{}", paper), *width, Align::Center)
    });
    [serial].into_iter().chain(own).chain(pages).collect()
}

/// What a cell says of a regulation, as it is read back.
fn shown(regulation: &Regulation, item: Item, sources: &Sources) -> String {
    let head = &regulation.head;
    match item {
        Item::Title => regulation.title().to_string(),
        Item::Number => text(head.number.as_ref()),
        Item::Category => text(head.category.as_ref()),
        Item::Issuer => text(head.issuer.as_ref()),
        Item::Adopted => date(head.adopted),
        Item::Issued => date(head.issued),
        Item::InForce => date(head.in_force),
        Item::Level => text(head.level.as_ref()),
        Item::State => head.standing.word.to_string(),
        Item::History => head.history.iter().map(Revision::shown).collect::<Vec<_>>().join("；"),
        Item::Keywords => joined(&head.keywords),
        Item::Repeals => joined(&head.repeals),
        Item::File => file_name(sources.path(regulation.file)),
    }
}

/// All regulations by category in the order of the book; those of no part come last.
fn ordered<'a>(handbook: &Handbook, library: Library<'a>) -> Vec<&'a Regulation> {
    let place =
        |it: &&Regulation| handbook.categories().position(|part| is_of(it, part)).unwrap_or(usize::MAX);
    let mut all: Vec<&Regulation> = library.regulations.iter().collect();
    all.sort_by_key(place);
    all
}

fn cell(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn text(text: Option<&LocatedText>) -> String {
    text.map_or_else(String::new, |it| it.text.to_string())
}

fn date(date: Option<Dated>) -> String {
    date.map_or_else(String::new, |it| it.date.iso())
}

fn joined(texts: &[LocatedText]) -> String {
    texts.iter().map(|it| &*it.text).collect::<Vec<_>>().join("、")
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}
