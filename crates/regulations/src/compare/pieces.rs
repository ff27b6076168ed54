//! A regulation as the pieces that are compared: articles, titles of chapters, paragraphs that stand alone, entries of the head.

use crate::model::{Node, Rank, Regulation, Unit};
use source::{Passage, Table};

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
pub(super) fn pieces(regulation: &Regulation) -> Vec<Piece> {
    let mut found = head(regulation);
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

/// The entries of the front matter that a reader of the comparison wants to know of.
fn head(regulation: &Regulation) -> Vec<Piece> {
    let head = &regulation.head;
    let date = |it: Option<crate::model::Dated>| it.map(|it| it.date.to_string());
    let entries = [
        ("标题", Some(head.title.text.to_string())),
        ("文号", head.number.as_ref().map(|it| it.text.to_string())),
        ("通过日期", date(head.adopted)),
        ("印发日期", date(head.issued)),
        ("施行日期", date(head.in_force)),
        ("效力状态", Some(head.state.word().to_owned())),
    ];
    let piece = |(label, text): (&str, Option<String>)| {
        Some(Piece { class: HEAD, label: label.to_owned(), text: text? })
    };
    entries.into_iter().filter_map(piece).collect()
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
