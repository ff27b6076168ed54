//! A workbook with marks: its own package, in which nothing is changed but what has to be.
//!
//! Cells that are found fault with get another fill and a note; a sheet in front lists what was found. What else stands in
//! the package is copied byte by byte.

mod fills;
mod styles;
mod cells;
mod notes;
mod drawing;
mod book;
mod listed;

use std::collections::{BTreeMap, BTreeSet};

use self::book::Book;
use self::styles::Styles;
use super::list::List;
use finding::Severity;
use ooxml::{Cell, ChangeFault, EditFault, Edits, Merges, PackageFault, XmlFault};

/// The namespace of sheets in the transitional form of the standard.
const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What is to be marked: of each sheet, by its index, the cells.
pub(crate) type Marks = BTreeMap<u16, BTreeMap<Cell, Mark>>;

/// What is to be seen at a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// How much it matters.
    pub(crate) severity: Severity,
    /// The note; empty where the fill is enough.
    pub(crate) note: String,
}

/// Why a workbook cannot be marked.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Unmarked {
    /// It is no package that may be opened.
    #[error("{0}")]
    Package(#[from] PackageFault),
    /// A part of it is no XML, or too large.
    #[error("文件内部有一部分{0}")]
    Xml(#[from] XmlFault),
    /// It lacks something that every workbook has, or is no workbook of this format.
    #[error("文件的内部结构不同寻常")]
    Unusual,
    /// A change could not be made.
    #[error("{0}")]
    Edit(#[from] EditFault),
    /// It cannot be packed.
    #[error("{0}")]
    Write(String),
}

impl From<ChangeFault> for Unmarked {
    fn from(fault: ChangeFault) -> Self {
        match fault {
            ChangeFault::Xml(it) => it.into(),
            ChangeFault::Unusual => Self::Unusual,
            ChangeFault::Edit(it) => it.into(),
            ChangeFault::Write(it) => Self::Write(it.to_string()),
        }
    }
}

/// The package of a workbook with marks and, in front, the list; a list that the program put there before gives way to it.
///
/// # Errors
/// If the workbook is built in a way that is not followed here: then nothing is changed.
pub(crate) fn marked(
    bytes: &[u8],
    marks: &Marks,
    list: &List,
    own_lists: &[u16],
) -> Result<Vec<u8>, Unmarked> {
    let mut book = Book::open(bytes)?;
    let mut styles = book.styles()?;
    // The list may have been deleted since.
    let is_again = !own_lists.is_empty() || styles.fills.is_told();
    if is_again && !styles.fills.is_told() {
        styles.fills.assume_bare();
    }
    if is_again {
        book.heads.clone_from(&list.heads);
    }
    let none = BTreeMap::new();
    let selected = book.selected();
    let edited: BTreeSet<u16> = marks.iter().filter(|it| !it.1.is_empty()).map(|it| *it.0).collect();
    let comes_first = selected.is_subset(&edited);
    for number in book.numbers() {
        let cells = marks.get(&number).unwrap_or(&none);
        let may_have_marks = is_again && !own_lists.contains(&number);
        if !cells.is_empty() || may_have_marks {
            let is_left = comes_first && selected.contains(&number) && own_lists.is_empty();
            mark_sheet(&mut book, number, (cells, is_again, is_left), &mut styles)?;
        }
    }
    match own_lists {
        [] => book.put_first(list, &mut styles, comes_first)?,
        [own, others @ ..] => {
            book.replace(*own, list, &mut styles, selected.contains(own))?;
            for it in others {
                book.replace(*it, list, &mut styles, selected.contains(it))?;
            }
        }
    }
    book.finish(styles)
}

/// Marks the cells of a sheet. Marks of an earlier round go; a sheet that is no longer the one in front is no longer selected.
fn mark_sheet(
    book: &mut Book<'_>,
    number: u16,
    (cells, is_again, is_left): (&BTreeMap<Cell, Mark>, bool, bool),
    styles: &mut Styles,
) -> Result<(), Unmarked> {
    let part = book.part(number).ok_or(Unmarked::Unusual)?;
    let Some(tree) = book.package.tree(&part)? else { return Err(Unmarked::Unusual) };
    if tree.root().name() != "x:worksheet" {
        return if cells.is_empty() { Ok(()) } else { Err(Unmarked::Unusual) };
    }
    let merges = Merges::read(&tree);
    let (mut severities, mut notes): (BTreeMap<Cell, Severity>, BTreeMap<Cell, String>) = Default::default();
    for (at, mark) in cells {
        let at = merges.first(*at);
        severities.entry(at).and_modify(|it| *it = (*it).min(mark.severity)).or_insert(mark.severity);
        if !mark.note.is_empty() {
            let known: &mut String = notes.entry(at).or_default();
            let gap = if known.is_empty() { "" } else { "\n\n" };
            known.extend([gap, &mark.note]);
        }
    }
    let mut edits = Edits::default();
    if is_again {
        cells::clear(&tree, &severities, styles, &mut edits)?;
    }
    if !severities.is_empty() {
        cells::fill(&tree, &severities, styles, &mut edits)?;
    }
    if is_left {
        book::unselect(&tree, &mut edits)?;
    }
    notes::put(book, &part, (&tree, &mut edits), &notes)?;
    let changed = edits.apply(&tree)?;
    if changed != tree.as_written().as_bytes() {
        book.changes.put(&part, changed);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
