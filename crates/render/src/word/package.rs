//! The package: the parts of a document in a zip file that is the same whenever it is made.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::body;
use super::page::{DRAFT, EVEN_FOOTER, ODD_FOOTER, footer};
use super::xml::{Element, element};
use super::{RELATIONSHIPS, WordFault};
use documents::Align;
use documents::Script;
use project::Templates;

const OFFICE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
/// Files of the templates that go into a document as they are.
const STYLES: &str = "word/styles.xml";
const SETTINGS: &str = "word/settings.xml";
/// The header of a draft, and the place of its notice.
const DRAFT_HEADER: &str = "word/draft.xml";
const NOTICE: &str = "〔说明〕";

/// A part of the package: where it stands, what it is, by which relationship the text refers to it.
struct Part {
    path: &'static str,
    kind: &'static str,
    id: &'static str,
    bytes: Vec<u8>,
}

/// The Word document of a script.
///
/// # Errors
/// If a file of the templates is missing, or nothing can be written.
pub fn document(script: &Script, templates: &Templates) -> Result<Vec<u8>, WordFault> {
    let parts = parts(script, templates)?;
    let main = body(&script.text, script.draft.as_ref());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, bytes: &[u8]| -> Result<(), WordFault> {
        // The date of a zip entry is not asked of the clock: it is the first that the format has.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        zip.start_file(path, options)?;
        Ok(zip.write_all(bytes)?)
    };
    add("[Content_Types].xml", &content_types(&parts).written()?)?;
    add("_rels/.rels", &package_relations().written()?)?;
    add("docProps/core.xml", &properties(script).written()?)?;
    add("word/document.xml", &main.document.written()?)?;
    add("word/numbering.xml", &main.numbers.part().written()?)?;
    add("word/_rels/document.xml.rels", &relations(&parts).written()?)?;
    for part in &parts {
        add(part.path, &part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn parts(script: &Script, templates: &Templates) -> Result<Vec<Part>, WordFault> {
    let of_templates = |path, kind, id| {
        let bytes = templates.get(path).ok_or(WordFault::Missing(path))?.bytes.to_vec();
        Ok::<_, WordFault>(Part { path, kind, id, bytes })
    };
    let foot = |path, id, side| -> Result<Part, WordFault> {
        Ok(Part { path, kind: "footer", id, bytes: footer(side).written()? })
    };
    let mut parts = vec![
        of_templates(STYLES, "styles", "rIdStyles")?,
        of_templates(SETTINGS, "settings", "rIdSettings")?,
        foot("word/footer1.xml", ODD_FOOTER, Align::Right)?,
        foot("word/footer2.xml", EVEN_FOOTER, Align::Left)?,
    ];
    if let Some(notice) = &script.draft {
        let header = of_templates(DRAFT_HEADER, "header", DRAFT)?;
        let text = String::from_utf8(header.bytes).map_err(|_| WordFault::Encoding(DRAFT_HEADER))?;
        let bytes = text.replace(NOTICE, &quick_xml::escape::escape(notice)).into_bytes();
        parts.push(Part { path: "word/header1.xml", bytes, ..header });
    }
    Ok(parts)
}

fn content_types(parts: &[Part]) -> Element {
    let default = |(ending, kind): (&str, &str)| {
        element("Default").attribute("Extension", ending).attribute("ContentType", kind)
    };
    let defaults =
        [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
    let one = |path: &str, kind: String| {
        element("Override").attribute("PartName", format!("/{path}")).attribute("ContentType", kind)
    };
    element("Types")
        .attribute("xmlns", format!("{PACKAGE}/content-types"))
        .with_all(defaults.map(default))
        .with(one("word/document.xml", format!("{OFFICE}.document.main+xml")))
        .with(one("word/numbering.xml", format!("{OFFICE}.numbering+xml")))
        .with(one("docProps/core.xml", CORE.to_owned()))
        .with_all(parts.iter().map(|it| one(it.path, format!("{OFFICE}.{}+xml", it.kind))))
}

fn package_relations() -> Element {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    related()
        .with(relation("rId1", format!("{RELATIONSHIPS}/officeDocument"), "word/document.xml"))
        .with(relation("rId2", core, "docProps/core.xml"))
}

fn relations(parts: &[Part]) -> Element {
    let target = |it: &Part| it.path.trim_start_matches("word/").to_owned();
    let one = |it: &Part| relation(it.id, format!("{RELATIONSHIPS}/{}", it.kind), &target(it));
    related()
        .with(relation("rIdNumbering", format!("{RELATIONSHIPS}/numbering"), "numbering.xml"))
        .with_all(parts.iter().map(one))
}

fn related() -> Element {
    element("Relationships").attribute("xmlns", format!("{PACKAGE}/relationships"))
}

fn relation(id: &str, kind: String, target: &str) -> Element {
    element("Relationship").attribute("Id", id).attribute("Type", kind).attribute("Target", target)
}

/// Title, author and date of the document.
fn properties(script: &Script) -> Element {
    let date = |name| {
        element(name).attribute("xsi:type", "dcterms:W3CDTF").text(&format!("{}T00:00:00Z", script.date))
    };
    element("cp:coreProperties")
        .attribute("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attribute("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(element("dc:title").text(&script.text.title))
        .with(element("dc:creator").text(&script.author))
        .with(date("dcterms:created"))
        .with(date("dcterms:modified"))
        .with(element("dc:language").text("zh-CN"))
}
