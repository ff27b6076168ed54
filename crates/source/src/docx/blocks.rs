//! The blocks of a Word document: paragraphs with their numbers, tables, and what joins or parts them.

use super::aside::AsideKind;
use super::styles::Numbered;
use super::text::Inline;
use super::{DocxReader, count};
use crate::{Block, Passage};
use ooxml::Element;

/// A paragraph that was read, before it is a block.
#[derive(Debug, Default)]
pub(super) struct Paragraph<'e> {
    inline: Inline<'e>,
    properties: Option<Element<'e>>,
}

impl<'e> DocxReader {
    /// Reads the blocks of a body, a text box or a footnote.
    pub(super) fn blocks(&mut self, container: Element<'e>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open = None;
        self.walk(container, &mut open, &mut blocks);
        if let Some(rest) = open {
            self.close(rest, &mut blocks);
        }
        blocks
    }

    /// `open` is a paragraph whose end is deleted: the next one goes on with it.
    fn walk(&mut self, container: Element<'e>, open: &mut Option<Paragraph<'e>>, blocks: &mut Vec<Block>) {
        for child in container.children() {
            match child.name() {
                "w:p" => self.paragraph(child, open, blocks),
                "w:tbl" => {
                    if let Some(before) = open.take() {
                        self.close(before, blocks);
                    }
                    blocks.extend(self.table(child).map(Block::Table));
                }
                "w:sdt" if is_contents(child) => self.note(AsideKind::Contents),
                "w:altChunk" => self.note(AsideKind::Embedded),
                "w:del" | "w:moveFrom" | "w:sdtPr" | "w:sectPr" => {}
                "m:oMathPara" | "m:oMath" => self.note(AsideKind::Equation),
                "mc:AlternateContent" => {
                    let chosen = child.child("mc:Choice").or(child.child("mc:Fallback"));
                    chosen.into_iter().for_each(|it| self.walk(it, open, blocks));
                }
                _ => self.walk(child, open, blocks),
            }
        }
    }

    pub(super) fn paragraph(
        &mut self,
        element: Element<'e>,
        open: &mut Option<Paragraph<'e>>,
        blocks: &mut Vec<Block>,
    ) {
        let mut paragraph = open.take().unwrap_or_default();
        // The properties of joined paragraphs are those of the last: they belong to the mark that stays.
        paragraph.properties = element.child("w:pPr");
        self.inline(element, &mut paragraph.inline);
        let mark = paragraph.properties.and_then(|it| it.child("w:rPr"));
        let has = |name: &str| mark.is_some_and(|it| it.child(name).is_some());
        if has("w:ins") || has("w:moveTo") {
            self.note(AsideKind::Change);
        }
        if has("w:del") || has("w:moveFrom") {
            self.note(AsideKind::Change);
            *open = Some(paragraph);
        } else {
            self.close(paragraph, blocks);
        }
    }

    /// Ends a paragraph, and puts behind it what stands in its boxes.
    fn close(&mut self, paragraph: Paragraph<'e>, blocks: &mut Vec<Block>) {
        let boxes = paragraph.inline.boxes.clone();
        let text = self.numbered(&paragraph);
        let lines = self.lines(&text);
        if !lines.is_empty() {
            blocks.push(Block::Paragraph(lines));
        }
        for it in boxes {
            blocks.extend(self.blocks(it));
        }
    }

    /// The lines of a text; a text that shows nothing has none, and does not count as a paragraph.
    fn lines(&mut self, text: &str) -> Vec<Passage> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        let number = self.begin_paragraph(text);
        let mut column = 1;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                lines.push(Passage::line(line, self.file, (number, column)));
            }
            column += count(line.chars().count() + 1);
        }
        lines
    }

    /// A paragraph's text behind its number.
    fn numbered(&mut self, paragraph: &Paragraph<'_>) -> String {
        let text = &paragraph.inline.text;
        let Some((list, level)) = self.list_of(paragraph.properties) else { return text.clone() };
        let Some(shown) = self.numbering.count(&list, level, &self.styles) else { return text.clone() };
        if shown.unknown.is_some() {
            self.note(AsideKind::Shape);
        }
        let text = text.trim_start_matches([' ', '\u{3000}']);
        format!("{}{}{text}", shown.label, gap(&shown.label, shown.is_apart, text))
    }

    /// The list and level of a paragraph, by itself or by its styles.
    fn list_of(&self, properties: Option<Element<'_>>) -> Option<(String, usize)> {
        let own = properties.map(Numbered::of).unwrap_or_default();
        let style = properties.and_then(|it| it.value("w:pStyle"));
        let inherited = self.styles.numbered(style.as_deref());
        let (list, level) = match (own.list, inherited) {
            (Some(list), _) => (list, own.level.unwrap_or(0)),
            (None, Some(it)) => {
                let level = own.level.unwrap_or_else(|| self.numbering.level_of(&it, &self.styles));
                (it.list, level)
            }
            (None, None) => return None,
        };
        (list != "0").then_some((list, level))
    }
}

/// What stands between a number and its text. Word's tab or blank becomes that of typed regulations: a wide one behind
/// 第一条, without which it would not be a label; none behind （一） and 1., unless a figure follows.
fn gap(label: &str, is_apart: bool, text: &str) -> &'static str {
    let is_division = label.starts_with('第') && label.ends_with(['编', '章', '节', '条']);
    let is_closed = label.ends_with(['）', ')', '、', '.', '．', '：']);
    match (is_division, is_closed) {
        (true, _) => "\u{3000}",
        (false, true) if label.ends_with(['.', '．']) && text.starts_with(|it: char| it.is_ascii_digit()) => {
            " "
        }
        (false, true) => "",
        (false, false) if is_apart => "\u{3000}",
        (false, false) => "",
    }
}

/// Whether a content control is a table of contents.
fn is_contents(control: Element<'_>) -> bool {
    let gallery = control.child("w:sdtPr").and_then(|it| it.child("w:docPartObj")?.value("w:docPartGallery"));
    gallery.is_some_and(|it| it.eq_ignore_ascii_case("table of contents"))
}
