//! References between regulations: each citation of a text resolved to the unit that it means.

mod citation;
mod reader;
mod walk;

use std::collections::BTreeMap;

use super::model::{Node, Rank, Regulation, of_rank};
use crate::finding::Origin;
use crate::value::fold;

/// A citation and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The citing regulation, by its index.
    pub from: usize,
    /// Where the text begins in which it stands; with [`Reference::chars`] a renderer finds it again.
    pub passage: Origin,
    /// Its first character in that text and the one behind the last.
    pub chars: (usize, usize),
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
    /// A text of somebody else, which is not in the collection.
    Outside(String),
}

/// A place in a regulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The regulation, by its index.
    pub regulation: usize,
    /// The attachment within it, by its index; `None` for the text itself.
    pub attachment: Option<usize>,
    /// The units from the outermost inwards; empty for a whole attachment, or one that is not there.
    pub steps: Vec<(Rank, u32)>,
}

/// Resolves all references of a collection; `institution` tells the university's own regulations from others.
pub fn references(regulations: &[Regulation], institution: &str) -> Vec<Reference> {
    let shelf = Shelf::new(regulations, institution);
    (0..regulations.len()).flat_map(|from| walk::references(&shelf, from)).collect()
}

/// The collection, for looking things up.
struct Shelf<'a> {
    regulations: &'a [Regulation],
    by_title: BTreeMap<String, usize>,
    institution: &'a str,
}

impl<'a> Shelf<'a> {
    fn new(regulations: &'a [Regulation], institution: &'a str) -> Self {
        let mut by_title = BTreeMap::new();
        for (idx, it) in regulations.iter().enumerate() {
            by_title.entry(fold(it.title())).or_insert(idx);
        }
        Self { regulations, by_title, institution }
    }

    /// What a title means.
    fn titled(&self, title: &str) -> Target {
        const KINDS: [&str; 10] =
            ["办法", "细则", "规定", "规则", "条例", "制度", "方案", "意见", "准则", "规程"];
        if let Some(idx) = self.by_title.get(&fold(title)) {
            return Target::Regulation(*idx);
        }
        let bare = title.split(['（', '(']).next().unwrap_or_default();
        let is_own = title.contains(self.institution) && KINDS.iter().any(|it| bare.ends_with(it));
        if !is_own {
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

    /// The body that a place is looked for in.
    fn body(&self, regulation: usize, attachment: Option<usize>) -> &'a [Node] {
        let Some(regulation) = self.regulations.get(regulation) else { return &[] };
        match attachment {
            None => &regulation.body,
            Some(idx) => regulation.attachments.get(idx).map_or(&[], |it| &it.body),
        }
    }

    /// The place as a target: a unit, or one that is missing. Of a regulation without a text nobody knows.
    fn place(&self, place: Place) -> Target {
        if self.regulations.get(place.regulation).is_some_and(|it| it.lacks_body) {
            return Target::Regulation(place.regulation);
        }
        if has(self.body(place.regulation, place.attachment), &place.steps) {
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
