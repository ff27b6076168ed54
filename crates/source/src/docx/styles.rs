//! Styles of a Word document: what they say about numbers, centring and hidden text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ooxml::Element;

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The paragraph style of paragraphs that name none.
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    numbered: Numbered,
    hidden: Option<bool>,
}

/// What a paragraph or a style says about its number.
#[derive(Debug, Default, Clone)]
pub(super) struct Numbered {
    /// The list; `0` says that there is no number.
    pub(super) list: Option<String>,
    /// The level, from zero.
    pub(super) level: Option<usize>,
}

/// A style in the chain of those that it is based on, and what it says about the number.
#[derive(Debug, Clone)]
pub(super) struct Inherited {
    /// The list.
    pub(super) list: String,
    /// The level as a style says it.
    pub(super) level: Option<usize>,
    /// The style of the paragraph and those that it is based on, as far as the one that names the list.
    pub(super) chain: Vec<String>,
}

/// Styles based on each other in a longer chain are wrong, probably in a circle.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read(root: Element<'_>) -> Self {
        let mut found = Self::default();
        for it in root.children().filter(|it| it.name() == "w:style") {
            let Some(id) = it.attribute("styleId") else { continue };
            let is_default = matches!(it.attribute("default").as_deref(), Some("1" | "true" | "on"));
            if is_default && it.attribute("type").as_deref() == Some("paragraph") {
                found.default = Some(id.clone().into_owned());
            }
            let style = Style {
                based_on: it.value("w:basedOn").map(Cow::into_owned),
                numbered: it.child("w:pPr").map(Numbered::of).unwrap_or_default(),
                hidden: it.child("w:rPr").and_then(|it| it.switch("w:vanish")),
            };
            found.styles.insert(id.into_owned(), style);
        }
        found
    }

    /// The number that a paragraph of a style inherits.
    pub(super) fn numbered(&self, style: Option<&str>) -> Option<Inherited> {
        let mut level = None;
        let mut chain = Vec::new();
        for (id, style) in self.chain(style) {
            chain.push(id.to_owned());
            level = level.or(style.numbered.level);
            if let Some(list) = &style.numbered.list {
                return Some(Inherited { list: list.clone(), level, chain });
            }
        }
        None
    }

    /// Whether text of a style is hidden.
    pub(super) fn hides(&self, style: Option<&str>) -> bool {
        self.chain(style).find_map(|(_, it)| it.hidden).unwrap_or(false)
    }

    /// The list that a style of the kind of lists names.
    pub(super) fn list_of(&self, style: &str) -> Option<&str> {
        self.styles.get(style)?.numbered.list.as_deref()
    }

    /// A paragraph's style, or the default one, and those that it is based on.
    fn chain<'s>(&'s self, style: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let first = style.filter(|it| self.styles.contains_key(*it)).or(self.default.as_deref());
        let find = |id: &'s str| self.styles.get(id).map(|it| (id, it));
        std::iter::successors(first.and_then(find), move |it| find(it.1.based_on.as_deref()?))
            .take(LONGEST_CHAIN)
    }
}

impl Numbered {
    /// What paragraph properties say.
    pub(super) fn of(properties: Element<'_>) -> Self {
        let Some(it) = properties.child("w:numPr") else { return Self::default() };
        Self {
            list: it.value("w:numId").map(Cow::into_owned),
            level: it.value("w:ilvl").and_then(|it| it.parse().ok()),
        }
    }
}
