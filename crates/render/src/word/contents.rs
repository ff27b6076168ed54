//! The table of contents: a field with an entry for each heading, brought up to date by Word.

use super::body::{Looks, field, paragraph, run};
use ooxml::{Markup, markup, valued};

/// Levels of headings that the contents name.
const LEVELS: usize = 2;
const INSTRUCTION: &str = r#" TOC \o "1-2" \h \z \t "附件标题,1" "#;

/// A heading that the contents name.
#[derive(Debug)]
pub(super) struct ContentsLine {
    level: usize,
    text: String,
    bookmark: String,
}

/// The content of a heading, with the bookmark that the contents refer to.
pub(super) fn mark<const N: usize>(
    entries: &mut Vec<ContentsLine>,
    level: usize,
    text: String,
    content: [Markup; N],
) -> Vec<Markup> {
    if level > LEVELS {
        return content.into();
    }
    let id = entries.len();
    let bookmark = format!("_Toc{:09}", id + 1);
    let start = markup("w:bookmarkStart").attribute("w:id", id).attribute("w:name", &bookmark);
    let end = markup("w:bookmarkEnd").attribute("w:id", id);
    entries.push(ContentsLine { level, text, bookmark });
    [start].into_iter().chain(content).chain([end]).collect()
}

/// The contents on pages of their own, which end with a section.
pub(super) fn contents(title: &str, entries: &[ContentsLine], section: Markup) -> Vec<Markup> {
    let last = entries.len().saturating_sub(1);
    let lines = entries.iter().enumerate().map(|(at, it)| {
        let begin = if at == 0 { begin() } else { Vec::new() };
        let end = (at == last).then(|| mark_of("end"));
        line(it, begin).with_all(end)
    });
    let gallery = markup("w:docPartObj")
        .with(valued("w:docPartGallery", "Table of Contents"))
        .with(markup("w:docPartUnique"));
    let title = paragraph("TOCHeading", Looks::PLAIN).with(run(title, None));
    let block = markup("w:sdt")
        .with(markup("w:sdtPr").with(gallery))
        .with(markup("w:sdtContent").with(title).with_all(lines));
    let end = markup("w:p").with(markup("w:pPr").with(valued("w:pStyle", "TableEnd")).with(section));
    vec![block, end]
}

/// The beginning of the field. It is dirty: page numbers are Word's to count.
fn begin() -> Vec<Markup> {
    let dirty = markup("w:fldChar").attribute("w:fldCharType", "begin").attribute("w:dirty", "true");
    let code = markup("w:instrText").attribute("xml:space", "preserve").text(INSTRUCTION);
    vec![markup("w:r").with(dirty), markup("w:r").with(code), mark_of("separate")]
}

fn mark_of(kind: &str) -> Markup {
    markup("w:r").with(markup("w:fldChar").attribute("w:fldCharType", kind))
}

fn line(entry: &ContentsLine, before: Vec<Markup>) -> Markup {
    let style = if entry.level == 1 { "TOC1" } else { "TOC2" };
    let number = field(&format!(" PAGEREF {} \\h ", entry.bookmark), "");
    let link = markup("w:hyperlink")
        .attribute("w:anchor", &entry.bookmark)
        .attribute("w:history", 1)
        .with(run(&entry.text, None))
        .with(markup("w:r").with(markup("w:tab")))
        .with_all(number);
    paragraph(style, Looks::PLAIN).with_all(before).with(link)
}
