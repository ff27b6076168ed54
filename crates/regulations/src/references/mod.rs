//! References between regulations: each citation of a text resolved to the unit that it means.

mod citation;
mod reader;
mod walk;

pub(super) use reader::sentence_around;

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Node, Rank, Regulation, Words, of_rank};
use super::proof::Ground;
use super::text::HandbookText;
use finding::Origin;
use value::fold;

/// A citation and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The citing regulation, or text of a handbook, by its index among those that were looked through.
    pub from: usize,
    /// Where the text begins in which it stands; with [`Reference::chars`] a renderer finds it again.
    pub passage: Origin,
    /// Its characters in that text, counted from zero.
    pub chars: Range<usize>,
    /// Where it stands.
    pub origin: Origin,
    /// Its words.
    pub written: String,
    /// What it means.
    pub target: Target,
    /// Whether its sentence speaks of repealing.
    pub speaks_of_repeal: bool,
}

/// What a citation means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A regulation of the collection as a whole.
    Regulation(usize),
    /// A unit or an attachment of a regulation.
    Unit(Place),
    /// A unit that the regulation does not have.
    Missing(Place),
    /// 前款 in a first paragraph, and the like.
    NothingBefore(Rank),
    /// A regulation of the university that is not in the collection, with the title that comes nearest.
    Unknown {
        /// The title as cited.
        title: String,
        /// The title of the collection that was probably meant.
        near: Option<String>,
    },
    /// A text that is neither the university's nor in the collection, by its title.
    Outside(String),
}

/// What a place lies in, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// A regulation.
    Regulation(usize),
    /// A text of a handbook, which then cites itself.
    Text(usize),
}

impl Work {
    fn index(self) -> usize {
        match self {
            Self::Regulation(idx) | Self::Text(idx) => idx,
        }
    }
}

/// A place in a regulation or a text of a handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it lies in.
    pub work: Work,
    /// The attachment within it, by its index; `None` for the text itself.
    pub attachment: Option<usize>,
    /// The units from the outermost inwards; empty for a whole attachment, or one that is not there.
    pub steps: Vec<(Rank, u32)>,
}

/// Resolves all references of a collection.
pub(super) fn references(regulations: &[Regulation], ground: Ground<'_>) -> Vec<Reference> {
    let shelf = Shelf::new(regulations, &[], ground);
    (0..regulations.len()).flat_map(|from| walk::references(&shelf, Work::Regulation(from))).collect()
}

/// Resolves all references of the texts of handbooks, front matter included, against themselves and the regulations.
pub(super) fn references_of_texts(
    texts: &[HandbookText],
    regulations: &[Regulation],
    ground: Ground<'_>,
) -> Vec<Reference> {
    let shelf = Shelf::new(regulations, texts, ground);
    (0..texts.len()).flat_map(|from| walk::references(&shelf, Work::Text(from))).collect()
}

/// The collection, for looking things up.
struct Shelf<'a> {
    regulations: &'a [Regulation],
    texts: &'a [HandbookText],
    by_title: BTreeMap<String, usize>,
    ground: Ground<'a>,
}

impl<'a> Shelf<'a> {
    fn new(regulations: &'a [Regulation], texts: &'a [HandbookText], ground: Ground<'a>) -> Self {
        let mut by_title = BTreeMap::new();
        for (idx, it) in regulations.iter().enumerate() {
            by_title.entry(fold(it.title())).or_insert(idx);
        }
        Self { regulations, texts, by_title, ground }
    }

    /// What a title means.
    fn titled(&self, title: &str) -> Target {
        let Ground { institution, reading, .. } = self.ground;
        // Within the university its name is often left out.
        let in_full = || self.by_title.get(&fold(&format!("{institution}{title}")));
        if let Some(idx) = self.by_title.get(&fold(title)).or_else(in_full) {
            return Target::Regulation(*idx);
        }
        if !title.contains(institution) || !reading.diction.is_title(title) {
            return Target::Outside(title.to_owned());
        }
        Target::Unknown { title: title.to_owned(), near: self.nearest(title) }
    }

    fn nearest(&self, title: &str) -> Option<String> {
        const LEAST_LIKENESS: f64 = 0.7;
        let likeness = |it: &Regulation| strsim::normalized_levenshtein(&fold(it.title()), &fold(title));
        let near = self.regulations.iter().map(|it| (likeness(it), it)).filter(|it| it.0 >= LEAST_LIKENESS);
        near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1.title().to_string())
    }

    fn words(&self, work: Work) -> Option<Words<'a>> {
        match work {
            Work::Regulation(idx) => self.regulations.get(idx).map(Regulation::words),
            Work::Text(idx) => self.texts.get(idx).map(HandbookText::words),
        }
    }

    /// The body that a place is looked for in.
    fn body(&self, work: Work, attachment: Option<usize>) -> &'a [Node] {
        let Some(words) = self.words(work) else { return &[] };
        match attachment {
            None => words.body,
            Some(idx) => words.attachments.get(idx).map_or(&[], |it| &it.body),
        }
    }

    /// The place as a target: a unit, or one that is missing.
    fn place(&self, place: Place) -> Target {
        if has(self.body(place.work, place.attachment), &place.steps) {
            Target::Unit(place)
        } else {
            Target::Missing(place)
        }
    }
}

/// Whether a body has the unit at the end of the steps.
fn has(nodes: &[Node], steps: &[(Rank, u32)]) -> bool {
    let Some(((rank, number), rest)) = steps.split_first() else { return true };
    let found = of_rank(nodes, *rank);
    found.iter().filter(|it| it.number == Some(*number)).any(|it| has(&it.content, rest))
}
