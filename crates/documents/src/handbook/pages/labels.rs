//! Labels of units: what links, the contents and the indexes lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::handbook::shelf::{Library, Shelf};
use finding::Origin;
use regulations::{Node, Place, Rank, Reference, Target, Unit, Work, of_rank, units};

/// The labels of a book, and the links between them.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// By where a unit or an attachment begins.
    by_origin: BTreeMap<Origin, String>,
    used: BTreeSet<String>,
    /// Those of smaller units that something leads to; chapters and articles always have theirs.
    wanted: BTreeSet<String>,
    /// By where a text begins: characters of it, and the label that they lead to.
    links: BTreeMap<Origin, Vec<Link>>,
}

/// A part of a text that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The places of its characters.
    pub(super) chars: Range<usize>,
    /// The label.
    pub(super) to: String,
}

impl Labels {
    /// Labels everything that a book prints, and resolves its references to what it prints.
    pub(super) fn new(shelf: &Shelf<'_>, library: Library<'_>) -> Self {
        let mut labels = Self::default();
        for placed in shelf.pieces() {
            let words = placed.piece.words();
            labels.label_all(words.body, &placed.label, &placed.label);
            for (idx, it) in words.attachments.iter().enumerate() {
                let label = labels.name(format!("{}-a{}", placed.label, idx + 1));
                labels.label_all(&it.body, &label, &label);
                labels.by_origin.insert(it.origin, label);
            }
        }
        let of_regulations =
            library.of_regulations.iter().map(|it| (library.regulations.get(it.from).map(|it| it.file), it));
        let of_texts = library.of_texts.iter().map(|it| (library.texts.get(it.from).map(|it| it.file), it));
        for (file, reference) in of_regulations.chain(of_texts) {
            if file.is_some_and(|it| shelf.label(it).is_some()) {
                labels.link(reference, shelf, library);
            }
        }
        labels
    }

    /// The label of a unit that has one in print.
    pub(super) fn of(&self, unit: &Unit) -> Option<&str> {
        let label = self.by_origin.get(&unit.origin)?;
        (unit.rank <= Rank::Heading || self.wanted.contains(label)).then_some(label)
    }

    /// The label of an attachment.
    pub(super) fn at(&self, origin: Origin) -> Option<&str> {
        self.by_origin.get(&origin).map(String::as_str)
    }

    /// The links of a text, in order.
    pub(super) fn links(&self, passage: Origin) -> &[Link] {
        self.links.get(&passage).map_or(&[], Vec::as_slice)
    }

    /// Labels units: `scope` is the body that they are counted in, `parent` the unit that holds them.
    fn label_all(&mut self, nodes: &[Node], scope: &str, parent: &str) {
        for unit in units(nodes) {
            let name = match (suffix(unit), unit.rank) {
                (Some(suffix), Rank::Part | Rank::Chapter | Rank::Article | Rank::Heading) => {
                    format!("{scope}-{suffix}")
                }
                (Some(suffix), _) => format!("{parent}-{suffix}"),
                (None, _) => {
                    self.label_all(&unit.content, scope, parent);
                    continue;
                }
            };
            let label = self.name(name);
            self.label_all(&unit.content, scope, &label);
            // The first paragraph of an article is printed beside its number.
            if let (Rank::Article, Some(Node::Unit(first))) = (unit.rank, unit.content.first())
                && first.rank == Rank::Paragraph
            {
                self.by_origin.insert(first.origin, label.clone());
            }
            self.by_origin.insert(unit.origin, label);
        }
    }

    /// A name that nothing has yet: numbers may occur twice in a draft.
    fn name(&mut self, mut name: String) -> String {
        while !self.used.insert(name.clone()) {
            name.push('x');
        }
        name
    }

    fn link(&mut self, reference: &Reference, shelf: &Shelf<'_>, library: Library<'_>) {
        let to = match &reference.target {
            Target::Regulation(idx) => {
                library.regulations.get(*idx).and_then(|it| shelf.label(it.file)).map(str::to_owned)
            }
            Target::Unit(place) => self.label_of(place, shelf, library),
            Target::Missing(_) | Target::NothingBefore(_) | Target::Unknown { .. } | Target::Outside(_) => {
                None
            }
        };
        let Some(to) = to else { return };
        self.wanted.insert(to.clone());
        self.links.entry(reference.passage).or_default().push(Link { chars: reference.chars.clone(), to });
    }

    fn label_of(&self, place: &Place, shelf: &Shelf<'_>, library: Library<'_>) -> Option<String> {
        let (file, words) = match place.work {
            Work::Regulation(idx) => library.regulations.get(idx).map(|it| (it.file, it.words()))?,
            Work::Text(idx) => library.texts.get(idx).map(|it| (it.file, it.words()))?,
        };
        let whole = shelf.label(file)?;
        let (body, label) = match place.attachment {
            None => (words.body, whole),
            Some(idx) => {
                let attachment = words.attachments.get(idx)?;
                (attachment.body.as_slice(), self.at(attachment.origin)?)
            }
        };
        if place.steps.is_empty() {
            return Some(label.to_owned());
        }
        let unit = unit_at(body, &place.steps)?;
        self.by_origin.get(&unit.origin).cloned()
    }
}

/// The unit at the end of the steps.
fn unit_at<'n>(nodes: &'n [Node], steps: &[(Rank, u32)]) -> Option<&'n Unit> {
    let ((rank, number), rest) = steps.split_first()?;
    let found = of_rank(nodes, *rank).into_iter().filter(|it| it.number == Some(*number));
    if rest.is_empty() {
        found.into_iter().next()
    } else {
        found.into_iter().find_map(|it| unit_at(&it.content, rest))
    }
}

/// The part of a label that tells a unit from its neighbours; nothing for a paragraph outside articles.
fn suffix(unit: &Unit) -> Option<String> {
    let number = match unit.rank {
        // 附则 may bear no number.
        Rank::Chapter => unit.number.unwrap_or(0),
        _ => unit.number?,
    };
    let letter = match unit.rank {
        Rank::Part => "b",
        Rank::Chapter => "c",
        Rank::Section => "s",
        Rank::Article => "",
        Rank::Heading => "h",
        Rank::Paragraph => "p",
        Rank::Item => "i",
        Rank::Point => "d",
        Rank::SubPoint => "e",
    };
    Some(format!("{letter}{number}"))
}
