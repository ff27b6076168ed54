//! The package: the parts of a document in a zip file that is the same whenever it is made.

use super::body::body;
use super::page::{DRAFT, EVEN_FOOTER, ODD_FOOTER, footer};
use super::{RELATIONSHIPS, WordFault};
use documents::Align;
use documents::Script;
use ooxml::{ContentTypes, Markup, NewRelation, PackageWriter, Relations, escaped, markup};
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
struct WordPart {
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
    let main = body(script);
    let mut package = PackageWriter::new();
    package.add(ContentTypes::PART, &content_types(&parts).part())?;
    package.add("_rels/.rels", &package_relations().part())?;
    package.add("docProps/core.xml", &properties(script).part())?;
    package.add("word/document.xml", &main.document.part())?;
    package.add("word/numbering.xml", &main.numbers.part().part())?;
    package.add("word/_rels/document.xml.rels", &relations(&parts).part())?;
    for part in &parts {
        package.add(part.path, &part.bytes)?;
    }
    Ok(package.finish()?)
}

fn parts(script: &Script, templates: &Templates) -> Result<Vec<WordPart>, WordFault> {
    let of_templates = |path, kind, id| {
        let bytes = templates.get(path).ok_or(WordFault::Missing(path))?.bytes.to_vec();
        Ok::<_, WordFault>(WordPart { path, kind, id, bytes })
    };
    let foot = |path, id, side| WordPart { path, kind: "footer", id, bytes: footer(side).part() };
    let mut parts = vec![
        of_templates(STYLES, "styles", "rIdStyles")?,
        of_templates(SETTINGS, "settings", "rIdSettings")?,
        foot("word/footer1.xml", ODD_FOOTER, Align::Right),
        foot("word/footer2.xml", EVEN_FOOTER, Align::Left),
    ];
    if let Some(notice) = &script.draft {
        let header = of_templates(DRAFT_HEADER, "header", DRAFT)?;
        let text = String::from_utf8(header.bytes).map_err(|_| WordFault::Encoding(DRAFT_HEADER))?;
        let bytes = text.replace(NOTICE, &escaped(notice)).into_bytes();
        parts.push(WordPart { path: "word/header1.xml", bytes, ..header });
    }
    Ok(parts)
}

fn content_types(parts: &[WordPart]) -> Markup {
    let endings =
        [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
    let of_office = |kind: &str| format!("{OFFICE}.{kind}+xml");
    let mut named = vec![
        ("word/document.xml", of_office("document.main")),
        ("word/numbering.xml", of_office("numbering")),
        ("docProps/core.xml", CORE.to_owned()),
    ];
    named.extend(parts.iter().map(|it| (it.path, of_office(it.kind))));
    ContentTypes::written(&endings, &named)
}

fn package_relations() -> Markup {
    let document = of_document("rId1", "officeDocument", "word/document.xml");
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    Relations::written(&[document, NewRelation { id: "rId2", kind: core, target: "docProps/core.xml" }])
}

fn relations(parts: &[WordPart]) -> Markup {
    let one = |it: &WordPart| of_document(it.id, it.kind, it.path.trim_start_matches("word/"));
    let numbering = of_document("rIdNumbering", "numbering", "numbering.xml");
    Relations::written(&[numbering].into_iter().chain(parts.iter().map(one)).collect::<Vec<_>>())
}

fn of_document<'r>(id: &'r str, kind: &str, target: &'r str) -> NewRelation<'r> {
    NewRelation { id, kind: format!("{RELATIONSHIPS}/{kind}"), target }
}

/// Title, author and date of the document.
fn properties(script: &Script) -> Markup {
    let date = |name| {
        markup(name).attribute("xsi:type", "dcterms:W3CDTF").text(&format!("{}T00:00:00Z", script.date))
    };
    markup("cp:coreProperties")
        .attribute("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .attribute("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attribute("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with(markup("dc:title").text(&script.text.title))
        .with(markup("dc:creator").text(&script.author))
        .with(date("dcterms:created"))
        .with(date("dcterms:modified"))
        .with(markup("dc:language").text("zh-CN"))
}
