//! A regulation as the pieces that are compared: articles, titles of chapters, paragraphs that stand alone, entries of the head.

use super::ComparisonForm;
use crate::Item;
use crate::model::{Dated, Node, Rank, Regulation, Revision, Unit};
use source::{LocatedText, Passage, Table};

/// A piece of text that is compared as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Pieces of one class only are the same piece: an article never becomes the title of a chapter.
    pub(super) class: u8,
    /// How it is cited: 第三条; empty if it bears no number.
    pub(super) label: String,
    /// Its words.
    pub(super) text: String,
}

/// An entry of the head.
pub(super) const HEAD: u8 = 0;
const TITLE: u8 = 1;
const TEXT: u8 = 2;
const NOTE: u8 = 3;

/// The pieces of a regulation, in order.
pub(super) fn pieces(regulation: &Regulation, form: &ComparisonForm) -> Vec<Piece> {
    let mut found = head(regulation, form);
    nodes(&regulation.body, "", &mut found);
    for (idx, it) in regulation.attachments.iter().enumerate() {
        let number = it.number.map_or_else(
            || if idx == 0 { String::new() } else { (idx + 1).to_string() },
            |it| it.to_string(),
        );
        let label = format!("附件{number}");
        let title = it.title.as_ref().map_or_else(String::new, |it| it.text().to_owned());
        found.push(Piece { class: TITLE, label: label.clone(), text: title });
        nodes(&it.body, &format!("{label}　"), &mut found);
    }
    let footnote = |name: &str, text: &Passage| Piece {
        class: NOTE,
        label: format!("脚注{name}"),
        text: text.text().to_owned(),
    };
    found.extend(regulation.footnotes.iter().map(|it| footnote(&it.name, &it.text)));
    found
}

/// The items of the head that the form wants.
fn head(regulation: &Regulation, form: &ComparisonForm) -> Vec<Piece> {
    let piece = |(item, label): &(Item, std::sync::Arc<str>)| {
        Some(Piece { class: HEAD, label: label.to_string(), text: said(regulation, *item)? })
    };
    form.head.iter().filter_map(piece).collect()
}

/// What a head says, as a text; several values one below the other.
fn said(regulation: &Regulation, item: Item) -> Option<String> {
    let head = &regulation.head;
    let text = |it: &Option<LocatedText>| it.as_ref().map(|it| it.text.to_string());
    let date = |it: Option<Dated>| it.map(|it| it.date.to_string());
    let joined = |lines: Vec<String>| Some(lines.join("\n")).filter(|it| !it.is_empty());
    let texts = |all: &[LocatedText]| joined(all.iter().map(|it| it.text.to_string()).collect());
    match item {
        Item::Title => Some(head.title.text.to_string()),
        Item::Number => text(&head.number),
        Item::Category => text(&head.category),
        Item::Issuer => text(&head.issuer),
        Item::Adopted => date(head.adopted),
        Item::Issued => date(head.issued),
        Item::InForce => date(head.in_force),
        Item::Level => text(&head.level),
        Item::State => Some(head.standing.word.to_string()),
        Item::History => joined(head.history.iter().map(Revision::shown).collect()),
        Item::Keywords => texts(&head.keywords),
        Item::Repeals => texts(&head.repeals),
        Item::File => None,
    }
}

fn nodes(content: &[Node], prefix: &str, found: &mut Vec<Piece>) {
    for node in content {
        let unit = match node {
            Node::Table(table) => {
                found.push(Piece { class: TEXT, label: prefix.trim_end().to_owned(), text: rows(table) });
                continue;
            }
            Node::Unit(unit) => unit,
        };
        let label = unit.number.filter(|_| unit.rank != Rank::Paragraph).map(|it| unit.rank.cited(it));
        let label = label.unwrap_or_default();
        if unit.rank < Rank::Article {
            let title = unit.text.as_ref().map_or("", Passage::text).to_owned();
            found.push(Piece { class: TITLE, label: format!("{prefix}{label}"), text: title });
            nodes(&unit.content, prefix, found);
        } else {
            let label = if label.is_empty() {
                prefix.trim_end().to_owned()
            } else {
                format!("{prefix}{}", label.trim_end_matches('、'))
            };
            let mut text = Vec::new();
            lines(unit, &mut text);
            found.push(Piece { class: TEXT, label, text: text.join("\n") });
        }
    }
}

/// The lines of a unit without its own label, one for each paragraph, item and row.
fn lines(unit: &Unit, found: &mut Vec<String>) {
    found.extend(unit.text.as_ref().map(|it| it.text().to_owned()));
    for node in &unit.content {
        match node {
            Node::Table(table) => found.push(rows(table)),
            Node::Unit(inner) => {
                let mut own = Vec::new();
                lines(inner, &mut own);
                let labelled = inner.number.filter(|_| inner.rank != Rank::Paragraph);
                if let (Some(number), Some(first)) = (labelled, own.first_mut()) {
                    *first = format!("{}{first}", inner.rank.cited(number));
                }
                found.extend(own);
            }
        }
    }
}

fn rows(table: &Table) -> String {
    let row = |cells: &[Passage]| cells.iter().map(Passage::text).collect::<Vec<_>>().join("｜");
    std::iter::once(&table.head).chain(&table.rows).map(|it| row(it)).collect::<Vec<_>>().join("\n")
}
