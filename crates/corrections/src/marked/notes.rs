//! Notes at cells: new ones, and more words in those that are there.

use std::collections::{BTreeMap, BTreeSet};

use super::Unmarked;
use super::book::Book;
use super::drawing;
use ooxml::{Cell, Edits, Element, Tree, append, cell, cell_name, prefix, written_text};
use source::NOTE_AUTHOR;

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// What stands between somebody's note and ours.
const RULE: &str = "\n——————\n";
/// Authors of what newer programs show as a conversation begin so: their notes stand for it and are not read by them.
const CONVERSATION: &str = "tc=";

/// Puts notes at cells of a sheet. What the program itself had put there before goes.
pub(super) fn put(
    book: &mut Book<'_>,
    sheet: &str,
    (tree, edits): (&Tree, &mut Edits),
    notes: &BTreeMap<Cell, String>,
) -> Result<(), Unmarked> {
    let relations = book.package.relations(sheet);
    let known = relations.as_ref().and_then(|it| it.of_kind("comments")?.part.clone());
    if notes.is_empty() && known.is_none() {
        return Ok(());
    }
    let boxes = match &known {
        Some(part) => {
            let comments = book.package.tree(part)?.ok_or(Unmarked::Unusual)?;
            let (bytes, boxes) = added(&comments, notes)?;
            bytes.into_iter().for_each(|it| book.changes.put(part, it));
            boxes
        }
        None => {
            let part = book.changes.name(&book.package, ("xl/comments", "xml"), KIND);
            book.changes.put(&part, fresh(notes));
            let kind = format!("{}/comments", book.base);
            book.changes.relate(sheet, kind, &format!("/{part}"));
            Boxes { new: notes.keys().copied().collect(), gone: BTreeSet::new() }
        }
    };
    drawing::put(book, sheet, (tree, edits), &boxes)
}

/// The boxes in which notes are shown.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    /// Cells that had none.
    pub(super) new: BTreeSet<Cell>,
    /// Cells whose note goes.
    pub(super) gone: BTreeSet<Cell>,
}

/// The part of notes with ours in it, and what that means for their boxes. Nothing if there is nothing to change.
fn added(tree: &Tree, notes: &BTreeMap<Cell, String>) -> Result<(Option<Vec<u8>>, Boxes), Unmarked> {
    let root = tree.root();
    let prefix = prefix(root);
    let authors = root.child("x:authors").ok_or(Unmarked::Unusual)?;
    let list = root.child("x:commentList").ok_or(Unmarked::Unusual)?;
    let names: Vec<String> = authors.children().map(|it| it.text().into_owned()).collect();
    let own = names.iter().position(|it| it == NOTE_AUTHOR);
    let mut edits = Edits::default();
    let mut boxes = Boxes::default();
    let mut left = notes.clone();
    let mut is_changed = false;
    for comment in list.children().filter(|it| it.local() == "comment") {
        let Some(at) = comment.attribute("ref").and_then(|it| cell(&it)) else { continue };
        let author = comment.attribute("authorId").and_then(|it| it.parse::<usize>().ok());
        if author.is_some() && author == own {
            edits.remove(comment.range());
            boxes.gone.insert(at);
            is_changed = true;
            continue;
        }
        let note = left.remove(&at);
        let starts = |it: &String| it.starts_with(CONVERSATION);
        let is_conversation = author.and_then(|it| names.get(it)).is_some_and(starts);
        if let Some(note) = note.filter(|_| !is_conversation) {
            extend(comment, &note, &mut edits)?;
            is_changed = true;
        }
    }
    if !left.is_empty() {
        let number = own.unwrap_or(names.len());
        if own.is_none() {
            append(&mut edits, authors, format!("<{prefix}author>{NOTE_AUTHOR}</{prefix}author>"));
        }
        append(&mut edits, list, left.iter().map(|it| comment_xml(it, number, prefix)).collect::<String>());
        is_changed = true;
    }
    boxes.new = left.keys().filter(|it| !boxes.gone.contains(it)).copied().collect();
    boxes.gone.retain(|it| !left.contains_key(it));
    let bytes = if is_changed { Some(edits.apply(tree)?) } else { None };
    Ok((bytes, boxes))
}

/// Adds words at the end of a note, leaving those of its author as they are; what an earlier round added goes.
fn extend(comment: Element<'_>, note: &str, edits: &mut Edits) -> Result<(), Unmarked> {
    let body = comment.child("x:text").ok_or(Unmarked::Unusual)?;
    let prefix = prefix(comment);
    let is_run = |it: &Element<'_>| it.local() == "r";
    let said = format!("{RULE}{note}");
    let runs: Vec<Element<'_>> = body.children().filter(is_run).collect();
    if let Some(last) = runs.last() {
        let words = last.children().find(|it| it.local() == "t");
        let run = format!(
            "<{prefix}r><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
            written_text(&said)
        );
        match words.filter(|it| it.text().starts_with(RULE)) {
            Some(earlier) => edits.set_text(earlier, &said)?,
            None => edits.insert(last.range().end, run),
        }
        return Ok(());
    }
    match body.children().find(|it| it.local() == "t") {
        Some(words) => {
            let whole = words.text().into_owned();
            let before = whole.split(RULE).next().unwrap_or_default();
            edits.set_text(words, &format!("{before}{said}"))?;
            if words.attribute("space").is_none() {
                edits.set_attribute(words, "xml:space", "preserve")?;
            }
        }
        None => append(
            edits,
            body,
            format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", written_text(note)),
        ),
    }
    Ok(())
}

fn comment_xml((at, note): (&Cell, &String), author: usize, prefix: &str) -> String {
    let note = written_text(note);
    format!(
        "<{prefix}comment ref=\"{}\" authorId=\"{author}\"><{prefix}text><{prefix}r><{prefix}t xml:space=\"preserve\">{note}</{prefix}t></{prefix}r></{prefix}text></{prefix}comment>",
        cell_name(*at)
    )
}

/// A part of notes.
fn fresh(notes: &BTreeMap<Cell, String>) -> Vec<u8> {
    let all: String = notes.iter().map(|it| comment_xml(it, 0, "")).collect();
    let space = super::SPREADSHEET;
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><comments xmlns=\"{space}\"><authors><author>{NOTE_AUTHOR}</author></authors><commentList>{all}</commentList></comments>").into_bytes()
}
