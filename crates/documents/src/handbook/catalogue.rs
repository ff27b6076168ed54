//! The workbook that lists every regulation (制度目录), with the pages of each edition.

use super::declaration::{Handbook, Sheet as Paper};
use super::shelf::{Library, Shelf, is_of};
use crate::book::{Align, Book, Cell, Column, Paper as SheetPaper, Row, Sheet, Table};
use crate::planning::Planning;
use finding::Sources;
use regulations::{Dated, Regulation};
use source::LocatedText;

/// A cell that shows the page on which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCell {
    /// Index of the row.
    pub row: usize,
    /// Index of the column.
    pub column: usize,
    /// Index of the edition.
    pub edition: usize,
    /// The label of what stands there.
    pub label: String,
}

/// What a column shows of a regulation.
type Shown = fn(&Regulation, &Sources) -> String;

/// The columns between the number of the row and the pages: heading, width, and what they show.
const COLUMNS: [(&str, Option<u16>, Align, Shown); 13] = [
    ("类别", Some(10), Align::Left, |it, _| text(it.head.category.as_ref())),
    ("制度名称", Some(18), Align::Left, |it, _| it.title().to_string()),
    ("文号", Some(10), Align::Left, |it, _| text(it.head.number.as_ref())),
    ("制定机关", Some(10), Align::Left, |it, _| text(it.head.issuer.as_ref())),
    ("通过日期", Some(6), Align::Center, |it, _| date(it.head.adopted)),
    ("印发日期", Some(6), Align::Center, |it, _| date(it.head.issued)),
    ("施行日期", Some(6), Align::Center, |it, _| date(it.head.in_force)),
    ("层级", None, Align::Center, |it, _| text(it.head.level.as_ref())),
    ("状态", None, Align::Center, |it, _| it.head.state.word().to_owned()),
    ("修订沿革", Some(12), Align::Left, |it, _| history(it)),
    ("关键词", Some(12), Align::Left, |it, _| joined(&it.head.keywords)),
    ("废止的制度", Some(10), Align::Left, |it, _| joined(&it.head.repeals)),
    ("文件", Some(14), Align::Left, |it, sources| file_name(sources.path(it.file))),
];

/// Describes the workbook under a title, and says which of its cells show pages.
pub(super) fn describe(
    (handbook, shelf): (&Handbook, &Shelf<'_>),
    library: Library<'_>,
    (title, draft): (String, Option<String>),
    planning: Planning<'_>,
) -> (Book, Vec<PageCell>) {
    let mut pages = Vec::new();
    let mut rows = Vec::new();
    for (row, it) in ordered(handbook, library).into_iter().enumerate() {
        let mut cells = vec![Cell::ordinal(row)];
        cells.extend(COLUMNS.iter().map(|column| cell(column.3(it, planning.sources))));
        for edition in 0..handbook.editions.len() {
            let label = shelf.label(it.file);
            let column = cells.len();
            pages.extend(label.map(|it| PageCell { row, column, edition, label: it.to_owned() }));
            cells.push(Cell::Empty);
        }
        rows.push(Row::from(cells));
    }
    let table = Table {
        name: "制度目录".to_owned(),
        title: title.clone(),
        paper: SheetPaper::A3Landscape,
        columns: columns(handbook),
        rows,
        n_stub: 3,
        draft,
        ..Table::default()
    };
    let project = planning.project;
    let book = Book {
        title,
        author: format!("{}{}", project.institution, project.department),
        date: Some(project.as_of),
        sheets: vec![Sheet::Table(table)],
        names: Vec::new(),
    };
    (book, pages)
}

fn columns(handbook: &Handbook) -> Vec<Column> {
    let column = |heading: String, width, align| Column { heading: vec![heading], width, align };
    let serial = column("序号".to_owned(), None, Align::Center);
    let own = COLUMNS.iter().map(|it| column(it.0.to_owned(), it.1, it.2));
    let pages = handbook.editions.iter().map(|it| {
        let paper = match it.paper {
            Paper::A5 => "A5",
            Paper::A4 => "A4",
        };
        column(format!("页码（{paper}）"), Some(4), Align::Center)
    });
    [serial].into_iter().chain(own).chain(pages).collect()
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

fn history(regulation: &Regulation) -> String {
    let line = |it: &regulations::Revision| {
        let date = it.date.map_or_else(String::new, |it| it.date.to_string());
        format!("{date}{}", it.note.text)
    };
    regulation.head.history.iter().map(line).collect::<Vec<_>>().join("；")
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}
