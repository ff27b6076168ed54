//! A blank is opened: the texts of a document with their paragraphs and tables, or the sheets of a workbook.

use ooxml::{Element, Package, Tree};

use super::address::Story;
use super::blank::{BlankFault, Part};
use super::grid::Grid;
use super::sheets;
use super::text::{self, Paragraph};

/// Everything that a document says, its headers and footers with it; `None` if it cannot be read.
pub fn said(bytes: &[u8]) -> Option<String> {
    let (parts, _) = read_package(bytes).ok()?;
    let mut text = String::new();
    for part in &parts {
        let in_tables = part.grids.iter().flat_map(|it| &it.rows).flat_map(|it| &it.cells);
        let paragraphs = part.paragraphs.iter().chain(in_tables.flat_map(|it| &it.paragraphs));
        paragraphs.for_each(|it| text.push_str(&it.text()));
    }
    Some(text)
}

/// Reads the texts of a document, or the sheets of a workbook.
pub(crate) fn read_package(bytes: &[u8]) -> Result<(Vec<Part>, u32), BlankFault> {
    if !bytes.starts_with(b"PK") {
        let is_compound = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
        return Err(if is_compound { BlankFault::OldOrLocked } else { BlankFault::NoDocument });
    }
    let (mut package, main) = sheets::main_part(bytes)?;
    // A template, or a file with macros, is opened otherwise than its name says.
    let plain = ["wordprocessingml.document.main+xml", "spreadsheetml.sheet.main+xml"];
    if let Some(kind) = package.content_types().and_then(|it| it.of(&main).map(str::to_owned))
        && !plain.iter().any(|it| kind.ends_with(it))
    {
        return Err(BlankFault::Template);
    }
    if package.tree(&main).ok().flatten().is_some_and(|it| it.root().name() == "x:workbook") {
        return Ok((sheets::read(&mut package, &main)?, 0));
    }
    read_document(&mut package, main)
}

fn read_document(package: &mut Package<'_>, main: String) -> Result<(Vec<Part>, u32), BlankFault> {
    let relations = package.relations(&main).unwrap_or_default();
    let part_of = |kind: &str| relations.iter().find(|it| it.is(kind)).and_then(|it| it.part.clone());
    if let Some(settings) = part_of("settings").and_then(|it| package.tree(&it).ok().flatten())
        && is_protected(settings.root())
    {
        return Err(BlankFault::Protected);
    }
    let styles = part_of("styles").and_then(|it| package.tree(&it).ok().flatten());
    let size = styles.as_ref().and_then(|it| default_size(it.root())).unwrap_or(21);
    let mut stories = vec![(main, Story::Body)];
    for (kind, story) in [("header", Story::Header as fn(usize) -> Story), ("footer", Story::Footer)] {
        let mut names: Vec<String> =
            relations.iter().filter(|it| it.is(kind)).filter_map(|it| it.part.clone()).collect();
        names.sort_by_key(|it| (it.len(), it.clone()));
        names.dedup();
        stories.extend(names.into_iter().enumerate().map(|(idx, it)| (it, story(idx + 1))));
    }
    let mut parts = Vec::new();
    for (name, story) in stories {
        let tree = package.tree(&name).map_err(|_| BlankFault::Broken)?.ok_or(BlankFault::Broken)?;
        parts.push(read_part(name, story, tree)?);
    }
    Ok((parts, size))
}

/// Reads a text of a document.
pub(crate) fn read_part(name: String, story: Story, tree: Tree) -> Result<Part, BlankFault> {
    if !text::is_plain(&tree) {
        return Err(BlankFault::Broken);
    }
    let changed = |it: Element<'_>| matches!(it.name(), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo");
    if any(tree.root(), &changed) {
        return Err(BlankFault::Changes);
    }
    if story == Story::Body && tree.root().name() != "w:document" {
        return Err(BlankFault::NoDocument);
    }
    // What is put in is written with the prefix that every word processor uses.
    if !tree.root().written_name().starts_with("w:") {
        return Err(BlankFault::Broken);
    }
    let root = tree.root().child("w:body").unwrap_or(tree.root());
    let (mut paragraphs, mut grids) = (Vec::new(), Vec::new());
    collect(root, &mut paragraphs, &mut grids);
    Ok(Part { name, story, paragraphs, grids, tree })
}

/// The paragraphs and tables of a text; what stands in a table within a cell is nobody's to fill.
fn collect(element: Element<'_>, paragraphs: &mut Vec<Paragraph>, grids: &mut Vec<Grid>) {
    for child in element.children() {
        match child.name() {
            "w:p" => paragraphs.push(Paragraph::read(child)),
            "w:tbl" => grids.push(Grid::read(child)),
            "w:sdtPr" | "w:sectPr" => {}
            _ => collect(child, paragraphs, grids),
        }
    }
}

fn is_protected(settings: Element<'_>) -> bool {
    let protection = settings.child("w:documentProtection");
    let enforced = protection.and_then(|it| it.attribute("enforcement"));
    enforced.is_some_and(|it| !matches!(&*it, "0" | "false" | "off"))
}

/// The size of letters where nothing else is said, in half points.
fn default_size(styles: Element<'_>) -> Option<u32> {
    let size = |it: Element<'_>| it.child("w:rPr")?.value("w:sz")?.parse().ok();
    let is_normal = |it: &Element<'_>| {
        it.name() == "w:style"
            && it.attribute("type").as_deref() == Some("paragraph")
            && it.attribute("default").as_deref() == Some("1")
    };
    let normal = styles.children().find(is_normal).and_then(size);
    normal.or_else(|| styles.child("w:docDefaults")?.child("w:rPrDefault").and_then(size))
}

/// Whether anything in an element is of a kind.
pub(crate) fn any(element: Element<'_>, is_wanted: &dyn Fn(Element<'_>) -> bool) -> bool {
    element.children().any(|it| is_wanted(it) || any(it, is_wanted))
}
