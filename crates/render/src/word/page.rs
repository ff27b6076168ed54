//! The page of GB/T 9704—2012, its numbers, and the mark of a draft.

use super::body::{Looks, field, paragraph, run};
use documents::Align;
use ooxml::{Markup, markup, valued};

/// Lengths in twentieths of a point: A4, 37 mm above the text, 35 below, 28 left of it, and what remains, 26 mm, right.
const PAPER: [(&str, u32); 2] = [("w:w", 11906), ("w:h", 16838)];
const MARGINS: [(&str, u32); 7] = [
    ("w:top", 2098),
    ("w:right", 1474),
    ("w:bottom", 1984),
    ("w:left", 1587),
    ("w:header", 1247),
    ("w:footer", 1304),
    ("w:gutter", 0),
];
/// The width of the type area.
pub(super) const MEASURE: u32 = 8845;
/// A line of 22.
const LINE: u32 = 579;

/// The relationships of the parts around the text.
pub(super) const ODD_FOOTER: &str = "rIdOdd";
pub(super) const EVEN_FOOTER: &str = "rIdEven";
pub(super) const DRAFT: &str = "rIdDraft";

/// Whether the pages of a section are numbered, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbered {
    /// They are not: the contents.
    No,
    /// They are.
    Yes,
}

/// The end of a section: its paper, type area and grid, and what stands above and below.
pub(super) fn section(numbered: Numbered, draft: Option<&String>) -> Markup {
    let header = |kind| reference("w:headerReference", kind, DRAFT);
    let headers = draft.map(|_| ["default", "even"].map(header)).into_iter().flatten();
    let footer = |(kind, id)| reference("w:footerReference", kind, id);
    let footers = [("default", ODD_FOOTER), ("even", EVEN_FOOTER)];
    let (footers, start) = match numbered {
        Numbered::No => (&footers[..0], None),
        Numbered::Yes => (&footers[..], Some(markup("w:pgNumType").attribute("w:start", 1))),
    };
    let all = |name, lengths: &[(&'static str, u32)]| {
        lengths.iter().fold(markup(name), |it, (side, length)| it.attribute(side, length))
    };
    markup("w:sectPr")
        .with_all(headers)
        .with_all(footers.iter().copied().map(footer))
        .with(valued("w:type", "nextPage"))
        .with(all("w:pgSz", &PAPER))
        .with(all("w:pgMar", &MARGINS))
        .with_all(start)
        .with(markup("w:cols").attribute("w:space", 425))
        .with(grid())
}

/// Lines only: LibreOffice reads a grid of characters in its own way. The style of the text has 28 of them in a line.
fn grid() -> Markup {
    markup("w:docGrid").attribute("w:type", "lines").attribute("w:linePitch", LINE)
}

fn reference(name: &'static str, kind: &str, id: &str) -> Markup {
    markup(name).attribute("w:type", kind).attribute("r:id", id)
}

/// The foot of odd or even pages: — 1 — at the outer edge.
pub(super) fn footer(side: Align) -> Markup {
    let looks = Looks { align: Some(side), ..Looks::PLAIN };
    let number =
        paragraph("Footer", looks).with(run("— ", None)).with_all(field(" PAGE ", "1")).with(run(" —", None));
    markup("w:ftr").attribute("xmlns:w", super::MAIN).with(number)
}
