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
            let (bytes, boxes) = added(&comments, notes, &book.heads)?;
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
fn added(
    tree: &Tree,
    notes: &BTreeMap<Cell, String>,
    heads: &[String],
) -> Result<(Option<Vec<u8>>, Boxes), Unmarked> {
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
        let is_own = author.is_some() && author == own;
        if is_own || begins(comment, heads) {
            edits.remove(comment.range());
            boxes.gone.insert(at);
            is_changed = true;
            continue;
        }
        let note = left.remove(&at);
        let starts = |it: &String| it.starts_with(CONVERSATION);
        let is_conversation = author.and_then(|it| names.get(it)).is_some_and(starts);
        if !is_conversation {
            is_changed |= extend(comment, note.as_deref(), heads, &mut edits)?;
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

/// Whether a note begins like one of ours.
fn begins(comment: Element<'_>, heads: &[String]) -> bool {
    let said: String = words(comment).iter().map(|it| it.text()).collect();
    heads.iter().any(|it| said.trim_start().starts_with(it.as_str()))
}

/// The elements that hold the words of a note, in their order.
fn words(comment: Element<'_>) -> Vec<Element<'_>> {
    let mut words = Vec::new();
    let body = comment.child("x:text");
    body.into_iter().for_each(|it| it.all_local("t", &mut words));
    words
}

/// Adds words at the end of a note, leaving those of its author as they are; what an earlier round added goes. Whether
/// anything is changed.
fn extend(
    comment: Element<'_>,
    note: Option<&str>,
    heads: &[String],
    edits: &mut Edits,
) -> Result<bool, Unmarked> {
    let words = words(comment);
    let body = comment.child("x:text").ok_or(Unmarked::Unusual)?;
    let said = note.map(|it| format!("{RULE}{it}")).unwrap_or_default();
    // A program may have put what was added into the run before it.
    let is_ours = |it: &str| heads.iter().any(|head| it.starts_with(head.as_str()));
    let has_ours = |it: &Element<'_>| it.text().split_once(RULE).is_some_and(|it| is_ours(it.1));
    if let Some(at) = words.iter().position(has_ours) {
        let whole = words[at].text().into_owned();
        let before = whole.split(RULE).next().unwrap_or_default();
        edits.set_text(words[at], &format!("{before}{said}"))?;
        words[at + 1..].iter().try_for_each(|it| edits.set_text(*it, ""))?;
        return Ok(true);
    }
    let Some(note) = note else { return Ok(false) };
    let prefix = prefix(comment);
    let text = |said: &str| {
        let said = written_text(said);
        format!("<{prefix}t xml:space=\"preserve\">{said}</{prefix}t>")
    };
    let last_run = body.children().filter(|it| it.local() == "r").last();
    match (last_run, words.last()) {
        (Some(run), _) => {
            edits.insert(run.range().end, format!("<{prefix}r>{}</{prefix}r>", text(&said)));
        }
        (None, Some(words)) => {
            edits.set_text(*words, &format!("{}{said}", words.text()))?;
            if words.attribute("space").is_none() {
                edits.set_attribute(*words, "xml:space", "preserve")?;
            }
        }
        (None, None) => append(edits, body, text(note)),
    }
    Ok(true)
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
