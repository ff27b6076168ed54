//! What a book prints: its pieces in order, each a regulation or a text, with the label that links lead to.

use std::collections::BTreeMap;

use super::declaration::{Appendix, Handbook, Holds};
use finding::{FileId, Origin};
use regulations::{HandbookText, Reading, Reference, Regulation, Words};
use source::LocatedText;
use value::fold;

/// All that books are made from.
#[derive(Debug, Clone, Copy)]
pub struct Library<'a> {
    /// The regulations.
    pub regulations: &'a [Regulation],
    /// The texts of all handbooks.
    pub texts: &'a [HandbookText],
    /// The references of the regulations.
    pub of_regulations: &'a [Reference],
    /// The references of the texts.
    pub of_texts: &'a [Reference],
    /// What is declared about reading regulations.
    pub reading: &'a Reading,
}

/// Something that a book prints under a title.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    Regulation(&'a Regulation),
    Text(&'a HandbookText),
}

/// A piece at its place in the book.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    pub(super) label: String,
    pub(super) piece: Piece<'a>,
}

/// A book's pieces.
#[derive(Debug, Default)]
pub(super) struct Shelf<'a> {
    pub(super) front: Vec<Placed<'a>>,
    /// Those of each part, in the order of the parts.
    pub(super) parts: Vec<Vec<Placed<'a>>>,
    /// Those of each appendix, in the order of the appendices; none for a flow chart.
    pub(super) appendices: Vec<Vec<Placed<'a>>>,
    labels: BTreeMap<FileId, String>,
    n_regulations: usize,
    n_texts: usize,
}

impl<'a> Shelf<'a> {
    /// Puts everything that a book prints into its place.
    pub(super) fn new(handbook: &Handbook, library: Library<'a>) -> Self {
        let mut shelf = Self::default();
        let own = texts_of(library.texts, handbook.texts.as_ref());
        let of = |key: &str, value: &LocatedText| -> Vec<&'a HandbookText> {
            own.iter().copied().filter(|it| has(it, key, &value.text)).collect()
        };
        for kind in &handbook.front {
            let found = of("kind", kind);
            let placed = shelf.place(found.into_iter().map(Piece::Text));
            shelf.front.extend(placed);
        }
        for part in &handbook.parts {
            let placed = match &part.holds {
                Holds::Category(category) => {
                    shelf.place(valid(library.regulations, category).map(Piece::Regulation))
                }
                Holds::Texts(key, values) => {
                    let is_meant =
                        |it: &&HandbookText| values.iter().any(|value| has(it, &key.text, &value.text));
                    shelf.place(own.iter().copied().filter(is_meant).map(Piece::Text))
                }
            };
            shelf.parts.push(placed);
        }
        for appendix in &handbook.appendices {
            let found = match appendix {
                Appendix::Texts(kind) => of("kind", kind),
                Appendix::Flow(..) => Vec::new(),
            };
            let placed = shelf.place(found.into_iter().map(Piece::Text));
            shelf.appendices.push(placed);
        }
        shelf
    }

    /// The label of a file's piece, if the book prints it.
    pub(super) fn label(&self, file: FileId) -> Option<&str> {
        self.labels.get(&file).map(String::as_str)
    }

    /// All pieces in the order of the book.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &Placed<'a>> {
        self.front.iter().chain(self.parts.iter().flatten()).chain(self.appendices.iter().flatten())
    }

    /// The regulations in the order of the book.
    pub(super) fn regulations(&self) -> impl Iterator<Item = (&str, &'a Regulation)> {
        self.pieces().filter_map(|it| match it.piece {
            Piece::Regulation(regulation) => Some((it.label.as_str(), regulation)),
            Piece::Text(_) => None,
        })
    }

    /// Gives each piece its label; what stands in the book already is not printed twice.
    fn place(&mut self, pieces: impl Iterator<Item = Piece<'a>>) -> Vec<Placed<'a>> {
        let mut placed = Vec::new();
        for piece in pieces {
            if self.labels.contains_key(&piece.file()) {
                continue;
            }
            let (letter, number) = match piece {
                Piece::Regulation(_) => ('r', &mut self.n_regulations),
                Piece::Text(_) => ('t', &mut self.n_texts),
            };
            *number += 1;
            let label = format!("{letter}{number}");
            self.labels.insert(piece.file(), label.clone());
            placed.push(Placed { label, piece });
        }
        placed
    }
}

impl<'a> Piece<'a> {
    pub(super) fn file(self) -> FileId {
        match self {
            Self::Regulation(it) => it.file,
            Self::Text(it) => it.file,
        }
    }

    pub(super) fn title(self) -> &'a LocatedText {
        match self {
            Self::Regulation(it) => &it.head.title,
            Self::Text(it) => &it.title,
        }
    }

    pub(super) fn words(self) -> Words<'a> {
        match self {
            Self::Regulation(it) => it.words(),
            Self::Text(it) => it.words(),
        }
    }

    /// What is at fault where nothing better is known.
    pub(super) fn origin(self) -> Origin {
        self.title().origin
    }
}

/// The texts of a sub-folder, in the order of their files.
pub(super) fn texts_of<'a>(texts: &'a [HandbookText], folder: Option<&LocatedText>) -> Vec<&'a HandbookText> {
    texts.iter().filter(|it| folder.is_some_and(|folder| folder.text == it.folder)).collect()
}

/// Whether a text has this value under this key of its front matter.
pub(super) fn has(text: &HandbookText, key: &str, value: &str) -> bool {
    text.field(key).iter().any(|it| &*it.text == value)
}

/// The values of a key as one text; nothing if there are none.
pub(super) fn joined(text: &HandbookText, key: &str) -> Option<String> {
    let values: Vec<&str> = text.field(key).iter().map(|it| &*it.text).collect();
    (!values.is_empty()).then(|| values.join("、"))
}

/// The regulations of a category that are in force, as they follow each other in their folders.
fn valid<'a>(
    regulations: &'a [Regulation],
    category: &LocatedText,
) -> impl Iterator<Item = &'a Regulation> + use<'a> {
    let category = category.clone();
    let in_force = regulations.iter().filter(|it| !it.is_repealed());
    in_force.filter(move |it| is_of(it, &category))
}

/// Whether a regulation is filed under a category.
pub(super) fn is_of(regulation: &Regulation, category: &LocatedText) -> bool {
    regulation.head.category.as_ref().is_some_and(|it| fold(&it.text) == fold(&category.text))
}
