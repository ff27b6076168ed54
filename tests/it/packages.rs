//! Office packages: every part of the fixtures is read and written back as it stands, and a value that is changed in
//! one changes nothing else.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "what fails here fails the test; files are read"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use crate::desk::repository;
use huibian::finding::{Report, Sources};
use huibian::ooxml::{Edits, Element, Limits, Package, Tree, markup};
use huibian::source::{Content, Folders, Grid, collect_texts, read};
use huibian::value::Raw;
use zip::ZipArchive;

/// All packages among the fixtures and what foreign programs wrote for the tests; those that are no packages, or are
/// made to be refused, are left out.
fn packages() -> Vec<(PathBuf, Vec<u8>)> {
    let mut paths = Vec::new();
    collect(&repository("fixtures"), &mut paths);
    collect(&repository("tests/files"), &mut paths);
    paths.sort();
    let whole = paths
        .into_iter()
        .map(|it| (fs::read(&it).unwrap(), it))
        .filter(|(bytes, _)| bytes.starts_with(b"PK") && Package::open(bytes, &Limits::STANDARD).is_ok());
    whole.map(|(bytes, path)| (path, bytes)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}

/// An element put together again from its tags, its texts and what stands between them.
fn rebuilt(element: Element<'_>, text: &str, to: &mut String) {
    let tag = element.tag_range();
    to.push_str(&text[tag.clone()]);
    let Some(content) = element.content_range() else { return };
    assert_eq!(tag.end, content.start);
    let mut nodes: Vec<(usize, Option<Element<'_>>, usize)> =
        element.children().map(|it| (it.range().start, Some(it), it.range().end)).collect();
    nodes.extend(element.texts().map(|it| (it.range.start, None, it.range.end)));
    nodes.sort_by_key(|it| it.0);
    let mut at = content.start;
    for (start, child, end) in nodes {
        only_remarks(&text[at..start]);
        to.push_str(&text[at..start]);
        match child {
            Some(it) => rebuilt(it, text, to),
            None => to.push_str(&text[start..end]),
        }
        at = end;
    }
    only_remarks(&text[at..content.end]);
    to.push_str(&text[at..element.range().end]);
}

/// Between the nodes of a tree there is nothing but comments and instructions.
fn only_remarks(between: &str) {
    let is_remark = |it: &str| it.starts_with("<!--") || it.starts_with("<?");
    assert!(between.is_empty() || is_remark(between), "{between}");
}

fn texts(element: Element<'_>, edits: &mut Edits, said: &mut Vec<String>) {
    for it in element.attributes() {
        said.push(format!("{}={}", it.name, it.value));
        edits.set_attribute(element, it.name, &it.value).unwrap();
    }
    for child in element.children() {
        texts(child, edits, said);
    }
    for it in element.texts() {
        said.push(it.value.clone().into_owned());
        if element.children().next().is_none() && element.texts().count() == 1 {
            edits.set_text(element, &it.value).unwrap();
        }
    }
}

#[test]
fn every_part_comes_back_byte_for_byte_and_says_the_same_when_it_is_written_anew() {
    const LONGEST: usize = 100_000;
    let (mut n_parts, mut kinds) = (0, BTreeMap::new());
    for (path, bytes) in packages() {
        let mut package = Package::open(&bytes, &Limits::STANDARD).unwrap();
        let names: Vec<String> = package.names().map(str::to_owned).collect();
        for name in names.iter().filter(|it| it.ends_with(".xml") || it.ends_with(".rels")) {
            let part = package.bytes(name).unwrap();
            // Some parts are not well-formed on purpose, and long ones only repeat themselves.
            let Ok(tree) = Tree::parse(part.clone(), &Limits::STANDARD) else { continue };
            if part.len() > LONGEST {
                continue;
            }
            let text = tree.as_written();
            let root = tree.root().range();
            let mut again = text[..root.start].to_owned();
            rebuilt(tree.root(), text, &mut again);
            again.push_str(&text[root.end..]);
            assert_eq!(again.as_bytes(), part, "{} {name}", path.display());
            assert_eq!(Edits::default().apply(&tree).unwrap(), part);
            let (mut edits, mut said) = (Edits::default(), Vec::new());
            texts(tree.root(), &mut edits, &mut said);
            let anew = Tree::parse(edits.apply(&tree).unwrap(), &Limits::STANDARD).unwrap();
            let mut says = Vec::new();
            texts(anew.root(), &mut Edits::default(), &mut says);
            assert_eq!(says, said, "{} {name}", path.display());
            n_parts += 1;
        }
        let ending = path.extension().unwrap().to_string_lossy().into_owned();
        *kinds.entry(ending).or_insert(0) += 1;
    }
    assert!(n_parts > 1_000, "{n_parts}");
    assert!(["docx", "xlsx", "xlsm", "ods"].iter().all(|it| kinds.contains_key(*it)), "{kinds:?}");
}

/// What a zip file says about an entry, and its packed bytes.
fn entries(bytes: &[u8]) -> Vec<(Vec<u8>, String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let n_entries = archive.len();
    let one = |index| {
        let mut entry = archive.by_index_raw(index).unwrap();
        let said = format!(
            "{:?} {:?} {:?} {} {} {:?} {:?}",
            entry.compression(),
            entry.last_modified(),
            entry.unix_mode(),
            entry.crc32(),
            entry.size(),
            entry.comment(),
            entry.extra_data(),
        );
        let mut packed = Vec::new();
        entry.read_to_end(&mut packed).unwrap();
        (entry.name_raw().to_vec(), said, packed)
    };
    (0..n_entries).map(one).collect()
}

/// That all entries but one are the same, packed as they were.
fn only_one_differs(before: &[u8], after: &[u8], part: &str) {
    let (before, after) = (entries(before), entries(after));
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old.0, new.0);
        assert_eq!(old == new, old.0 != part.as_bytes(), "{}", String::from_utf8_lossy(&old.0));
    }
}

fn grids(bytes: &[u8]) -> Vec<Grid> {
    let reading =
        read(bytes, "a.xlsx", Sources::default().add("a.xlsx"), &huibian::source::Limits::standard());
    let Some(Content::Sheets(grids)) = reading.content else { panic!("{:?}", reading.report) };
    grids
}

fn cells(grid: &Grid) -> BTreeMap<(u32, u16), Raw> {
    let row = |row: &huibian::source::Row| {
        let number = row.number;
        row.cells().iter().map(move |it| ((number, it.0), it.1.clone())).collect::<Vec<_>>()
    };
    grid.rows().iter().flat_map(row).collect()
}

/// The workbook with another text in a cell, which it says itself instead of leading to the shared ones.
fn with_cell(bytes: &[u8], address: &str, text: &str) -> (Vec<u8>, String) {
    let mut package = Package::open(bytes, &Limits::STANDARD).unwrap();
    let workbook = package.relations("").unwrap().of_kind("officeDocument").unwrap().part.clone().unwrap();
    let part = package.relations(&workbook).unwrap().of_kind("worksheet").unwrap().part.clone().unwrap();
    let tree = package.tree(&part).unwrap().unwrap();
    let mut found = Vec::new();
    tree.root().all("x:c", &mut found);
    let cell = found.into_iter().find(|it| it.attribute("r").as_deref() == Some(address)).unwrap();
    let mut edits = Edits::default();
    edits.set_attribute(cell, "t", "inlineStr").unwrap();
    let inline = markup("is").with(markup("t").attribute("xml:space", "preserve").text(text)).fragment();
    edits.replace(cell.content_range().unwrap(), inline);
    let changed = edits.apply(&tree).unwrap();
    (package.with_parts(&[(&part, &changed)]).unwrap(), part)
}

#[test]
fn a_cell_that_is_changed_is_read_back_and_nothing_else_differs() {
    for name in ["libreoffice.xlsx", "openpyxl.xlsx"] {
        let bytes = fs::read(repository("tests/files").join(name)).unwrap();
        let (changed, part) = with_cell(&bytes, "B2", " 改过的<值>&\u{3000}");
        only_one_differs(&bytes, &changed, &part);
        let (before, after) = (grids(&bytes), grids(&changed));
        let mut wanted = cells(&before[0]);
        let old = wanted.insert((1, 1), Raw::text(" 改过的<值>&\u{3000}"));
        assert!(old.is_some_and(|it| it != wanted[&(1, 1)]), "{name}");
        assert_eq!(cells(&after[0]), wanted, "{name}");
        assert_eq!(after[1..].len(), before[1..].len());
        assert!(before[1..].iter().zip(&after[1..]).all(|(old, new)| cells(old) == cells(new)), "{name}");
    }
}

/// The lines of a Word document as regulations are read.
fn lines(bytes: &[u8], name: &str) -> Vec<String> {
    let folder = std::env::temp_dir().join(format!("huibian-packages-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.docx"), bytes).unwrap();
    let folders = Folders { root: &folder, wanted: &[".".into()], excluded: &[] };
    let texts = collect_texts(folders, &[], &mut Sources::default(), &mut Report::default()).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let blocks = texts.texts[0].manuscript.blocks.iter();
    blocks.flat_map(|it| it.passages()).map(|it| it.text().to_owned()).collect()
}

#[test]
fn a_text_that_is_changed_in_a_document_is_read_back_and_nothing_else_differs() {
    const PART: &str = "word/document.xml";
    // python-docx, LibreOffice, and one with tracked changes.
    let files = [
        "university/regulations/10-谈心谈话实施办法.docx",
        "university/regulations/25-党建工作立项管理办法.docx",
        "word/党员活动室管理办法.docx",
    ];
    for (at, file) in files.into_iter().enumerate() {
        let bytes = fs::read(repository("fixtures").join(file)).unwrap();
        let mut package = Package::open(&bytes, &Limits::STANDARD).unwrap();
        let tree = package.tree(PART).unwrap().unwrap();
        let mut found = Vec::new();
        tree.root().all("w:t", &mut found);
        let long = found.into_iter().find(|it| it.text().chars().count() > 10).unwrap();
        let old = long.text().trim().to_owned();
        let mut edits = Edits::default();
        edits.set_text(long, "改过的一句话。").unwrap();
        let changed = package.with_parts(&[(PART, &edits.apply(&tree).unwrap())]).unwrap();
        only_one_differs(&bytes, &changed, PART);
        let wanted: Vec<String> = lines(&bytes, &format!("{at}-old"))
            .iter()
            .map(|it| it.replacen(&old, "改过的一句话。", 1))
            .collect();
        let read = lines(&changed, &format!("{at}-new"));
        assert!(read.iter().any(|it| it.contains("改过的一句话。")), "{file}");
        assert_eq!(read, wanted, "{file}");
    }
}

#[test]
fn a_part_that_is_added_stands_behind_the_others_and_is_told_of() {
    let bytes = fs::read(repository("tests/files/openpyxl.xlsx")).unwrap();
    let mut package = Package::open(&bytes, &Limits::STANDARD).unwrap();
    let types = package.tree("[Content_Types].xml").unwrap().unwrap();
    let mut edits = Edits::default();
    let said = markup("Override")
        .attribute("PartName", "/xl/note.xml")
        .attribute("ContentType", "application/x-note");
    edits.insert(types.root().content_range().unwrap().end, said.fragment());
    let types = edits.apply(&types).unwrap();
    let note = markup("note").text("甲").part();
    let changed = package.with_parts(&[("xl/note.xml", &note), ("[Content_Types].xml", &types)]).unwrap();
    let mut again = Package::open(&changed, &Limits::STANDARD).unwrap();
    assert_eq!(again.names().last(), Some("xl/note.xml"));
    assert_eq!(again.content_types().unwrap().of("xl/note.xml"), Some("application/x-note"));
    assert_eq!(again.tree("xl/note.xml").unwrap().unwrap().root().text(), "甲");
    assert_eq!(cells(&grids(&changed)[0]), cells(&grids(&bytes)[0]));
    assert!(package.with_parts(&[("a", b""), ("A", b"")]).is_err());
}
