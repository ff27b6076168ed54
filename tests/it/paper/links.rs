//! Links within a paper, and what its pages are called.

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, String as Text};
use hayro_syntax::page::Page;

use super::decode;

/// A link on a page.
pub(crate) struct Link {
    /// The name of the place that it leads to, if that has one.
    pub(crate) name: String,
    /// The page on which that place is; nothing if there is no such place.
    pub(crate) page: Option<usize>,
}

/// The named places of a paper, by index of the page.
pub(super) fn places(catalog: &Dict<'_>, pages: &[ObjectIdentifier]) -> BTreeMap<String, usize> {
    let names = catalog.get::<Dict<'_>>("Names").and_then(|it| it.get::<Dict<'_>>("Dests"));
    let Some(names) = names.and_then(|it| it.get::<Array<'_>>("Names")) else { return BTreeMap::new() };
    let mut items = names.flex_iter();
    let mut places = BTreeMap::new();
    while let Some(name) = items.next::<Text<'_>>() {
        let place: Array<'_> = items.next().unwrap();
        places.insert(decode(name.as_bytes()), page_of(&place, pages));
    }
    places
}

/// The pages of a paper as a reader numbers them: `iv`, `12`; empty for one without a number.
pub(super) fn labels(catalog: &Dict<'_>, n_pages: usize) -> Vec<String> {
    let labels = catalog.get::<Dict<'_>>("PageLabels").and_then(|it| it.get::<Array<'_>>("Nums"));
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    if let Some(labels) = labels {
        let mut items = labels.flex_iter();
        while let Some(first) = items.next::<i32>() {
            ranges.push((usize::try_from(first).unwrap(), items.next().unwrap()));
        }
    }
    let label = |page: usize| {
        let (first, range) = ranges.iter().rev().find(|it| it.0 <= page)?;
        let number = range.get::<i32>("St").unwrap_or(1) + i32::try_from(page - first).unwrap();
        match range.get::<Name<'_>>("S")?.as_str() {
            "D" => Some(number.to_string()),
            "r" => Some(roman(number)),
            other => panic!("pages numbered in {other}"),
        }
    };
    (0..n_pages).map(|it| label(it).unwrap_or_default()).collect()
}

/// Where the links of a page lead.
pub(super) fn links(
    page: &Page<'_>,
    places: &BTreeMap<String, usize>,
    pages: &[ObjectIdentifier],
) -> Vec<Link> {
    let annotations = page.raw().get::<Array<'_>>("Annots");
    let annotations = annotations.iter().flat_map(|it| it.iter::<Dict<'_>>());
    let links =
        annotations.filter(|it| it.get::<Name<'_>>("Subtype").is_some_and(|it| it.as_str() == "Link"));
    let link = |it: Dict<'_>| match it.get::<Text<'_>>("Dest") {
        Some(name) => {
            let name = decode(name.as_bytes());
            Link { page: places.get(&name).copied(), name }
        }
        None => Link { name: String::new(), page: it.get::<Array<'_>>("Dest").map(|it| page_of(&it, pages)) },
    };
    links.map(link).collect()
}

/// The page of an explicit place.
fn page_of(place: &Array<'_>, pages: &[ObjectIdentifier]) -> usize {
    let page = place.raw_iter().next().unwrap().as_obj_ref().unwrap();
    pages.iter().position(|it| *it == page.into()).unwrap()
}

fn roman(mut number: i32) -> String {
    let mut text = String::new();
    for (value, letters) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    text
}
