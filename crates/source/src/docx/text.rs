//! The text of a paragraph: runs, fields, tracked changes, what is hidden and what cannot be text.

use super::aside::AsideKind;
use super::{DocxReader, NoteKind};
use ooxml::Element;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    instruction: String,
    /// Whether what follows is the result.
    shows: bool,
}

/// What a run passes on to what stands in it.
#[derive(Debug, Clone, Copy)]
struct Manner<'s> {
    /// The style of the paragraph.
    style: Option<&'s str>,
    is_hidden: bool,
    is_struck: bool,
}

/// The text of a paragraph and the boxes that hang on it.
#[derive(Debug, Default)]
pub(super) struct Inline<'e> {
    /// Lines are parted by line feeds; a footnote stands as its mark.
    pub(super) text: String,
    pub(super) boxes: Vec<Element<'e>>,
}

/// What stands for a tab: outer blanks go, and within a text it parts words as a blank of Chinese text does.
const TAB: char = '\u{3000}';

impl<'e> DocxReader {
    /// Reads what stands in a paragraph.
    pub(super) fn inline(&mut self, paragraph: Element<'e>, into: &mut Inline<'e>) {
        let style = paragraph.child("w:pPr").and_then(|it| it.value("w:pStyle"));
        self.children(
            paragraph,
            Manner { style: style.as_deref(), is_hidden: false, is_struck: false },
            into,
        );
        // What was begun as the instruction of a field and is not ended here would swallow the rest of the text.
        self.fields.retain(|it| it.shows);
    }

    fn children(&mut self, element: Element<'e>, manner: Manner<'_>, into: &mut Inline<'e>) {
        for child in element.children() {
            match child.name() {
                "w:pPr" | "w:rPr" | "w:sdtPr" | "w:rt" => {}
                "w:del" | "w:moveFrom" => self.note(AsideKind::Change),
                "w:ins" | "w:moveTo" => {
                    self.note(AsideKind::Change);
                    self.children(child, manner, into);
                }
                "w:fldSimple" => {
                    let instruction = child.attribute("instr").unwrap_or_default().into_owned();
                    self.fields.push(Field { instruction, shows: true });
                    self.children(child, manner, into);
                    self.end_field();
                }
                "w:r" => {
                    let is_hidden = self.is_hidden(child, manner.style);
                    let is_struck = child.child("w:rPr").is_some_and(|it| {
                        ["w:strike", "w:dstrike"].iter().any(|name| it.switch(name) == Some(true))
                    });
                    self.children(child, Manner { is_hidden, is_struck, ..manner }, into);
                }
                "mc:AlternateContent" => {
                    let chosen = child.child("mc:Choice").or(child.child("mc:Fallback"));
                    chosen.into_iter().for_each(|it| self.children(it, manner, into));
                }
                _ => self.piece(child, manner, into),
            }
        }
    }

    fn piece(&mut self, element: Element<'e>, manner: Manner<'_>, into: &mut Inline<'e>) {
        match element.name() {
            "w:fldChar" => self.field(&element.attribute("fldCharType").unwrap_or_default()),
            "w:instrText" => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(&element.text());
                }
            }
            _ if !self.fields.iter().all(|it| it.shows) => {}
            _ if self.fields.iter().any(Field::is_contents) => self.note(AsideKind::Contents),
            "w:t" if manner.is_hidden => {
                if !element.text().trim().is_empty() {
                    self.note(AsideKind::Hidden);
                }
            }
            _ if manner.is_hidden => {}
            "w:t" => {
                let text = element.text().replace(['\n', '\r', '\t'], " ");
                let struck = self.struck.as_mut().filter(|_| manner.is_struck);
                struck.unwrap_or(&mut into.text).push_str(&text);
            }
            "w:tab" | "w:ptab" => into.text.push(TAB),
            "w:br" | "w:cr" => into.text.push('\n'),
            "w:noBreakHyphen" => into.text.push('-'),
            "w:sym" => self.symbol(element, into),
            "w:footnoteReference" => self.mark(NoteKind::Footnote, element, into),
            "w:endnoteReference" => self.mark(NoteKind::Endnote, element, into),
            "w:commentReference" => self.note(AsideKind::Comment),
            "w:drawing" | "w:pict" | "w:object" => self.drawing(element, into),
            "m:oMath" | "m:oMathPara" => self.note(AsideKind::Equation),
            "w:subDoc" => self.note(AsideKind::Embedded),
            "w:ruby" => {
                self.note(AsideKind::Ruby);
                self.children(element, manner, into);
            }
            _ => self.children(element, manner, into),
        }
    }

    fn is_hidden(&self, run: Element<'_>, paragraph_style: Option<&str>) -> bool {
        let properties = run.child("w:rPr");
        let own = properties.and_then(|it| it.switch("w:vanish"));
        let style = properties.and_then(|it| it.value("w:rStyle"));
        own.unwrap_or_else(|| {
            style.is_some_and(|it| self.styles.hides(Some(&it))) || self.styles.hides(paragraph_style)
        })
    }

    fn field(&mut self, event: &str) {
        match event {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            "end" => self.end_field(),
            _ => {}
        }
    }

    /// Closes the innermost field; one that has no stored result is worked out by Word while it shows it.
    fn end_field(&mut self) {
        const WORKED_OUT: [&str; 4] = ["EQ", "LISTNUM", "FORMCHECKBOX", "AUTONUM"];
        let ended = self.fields.pop();
        if ended.is_some_and(|it| !it.shows && WORKED_OUT.contains(&it.kind().as_str())) {
            self.note(AsideKind::Field);
        }
    }

    fn symbol(&mut self, element: Element<'_>, into: &mut Inline<'e>) {
        let code = element.attribute("char").and_then(|it| u32::from_str_radix(&it, 16).ok());
        let face = element.attribute("font").unwrap_or_default().to_lowercase();
        let shown = code.and_then(|it| match (face.as_str(), it & 0xFF) {
            _ if !(0xF000..=0xF0FF).contains(&it) && it > 0xFF => char::from_u32(it),
            ("wingdings", 0xA8 | 0x6F | 0x71) | ("wingdings 2", 0xA3 | 0x30 | 0x2A) => Some('□'),
            ("wingdings", 0xFE) | ("wingdings 2", 0x52) => Some('☑'),
            ("wingdings", 0xFD) | ("wingdings 2", 0x51 | 0x54) => Some('☒'),
            ("wingdings", 0xFC) | ("wingdings 2", 0x50) => Some('√'),
            ("wingdings", 0xFB) | ("wingdings 2", 0x4F) => Some('×'),
            ("wingdings", 0x6C) => Some('●'),
            ("wingdings", 0x6E) => Some('■'),
            ("wingdings", 0x75) => Some('◆'),
            ("wingdings", 0xA1) => Some('○'),
            _ => None,
        });
        match shown {
            Some(letter) => into.text.push(letter),
            None => self.note(AsideKind::Symbol),
        }
    }

    /// A drawing is left out; text in it is put behind the paragraph.
    fn drawing(&mut self, element: Element<'e>, into: &mut Inline<'e>) {
        let before = into.boxes.len();
        boxes(element, &mut into.boxes);
        self.note(if into.boxes.len() > before { AsideKind::TextBox } else { AsideKind::Picture });
    }

    fn mark(&mut self, kind: NoteKind, element: Element<'_>, into: &mut Inline<'e>) {
        if let Some(id) = element.attribute("id") {
            let name = self.note_name(kind, &id);
            into.text.push_str(&format!("[^{name}]"));
        }
    }
}

impl Field {
    fn kind(&self) -> String {
        self.instruction.split_whitespace().next().unwrap_or_default().to_uppercase()
    }

    fn is_contents(&self) -> bool {
        self.kind() == "TOC"
    }
}

/// The text boxes in a drawing; of two shapes of the same drawing the first.
fn boxes<'e>(element: Element<'e>, found: &mut Vec<Element<'e>>) {
    for child in element.children() {
        match child.name() {
            "w:txbxContent" => found.push(child),
            "mc:AlternateContent" => {
                let chosen = child.child("mc:Choice").or(child.child("mc:Fallback"));
                chosen.into_iter().for_each(|it| boxes(it, found));
            }
            _ => boxes(child, found),
        }
    }
}
