//! The text of a paragraph, of which every character knows the bytes that write it.

use std::ops::Range;

use ooxml::{Element, Tree};

/// What no text says: a picture, an object, a note.
pub(crate) const OBJECT: char = '\u{FFFC}';

/// A paragraph of a blank.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    /// Its bytes, with its tags.
    pub(crate) range: Range<usize>,
    /// Its properties as they are written; empty without any.
    pub(crate) properties: String,
    /// How a text that is put into it looks, if it has no run: the properties of its mark, as those of a run.
    pub(crate) mark: String,
    /// Its runs.
    pub(crate) runs: Vec<Run>,
    /// Its characters.
    pub(crate) letters: Vec<Letter>,
}

/// A run.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Its bytes, with its tags.
    pub(crate) range: Range<usize>,
    /// Its properties as they are written, `<w:rPr>` and all; empty without any.
    pub(crate) properties: String,
    /// Whether it is underlined.
    pub(crate) is_underlined: bool,
}

/// A character.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    /// What it is; a tab and the end of a line as such, a box of a symbol face as `□`.
    pub(crate) letter: char,
    /// The bytes that write it.
    pub(crate) bytes: Range<usize>,
    /// The number of its run.
    pub(crate) run: usize,
    /// How it is written.
    pub(crate) written: Written,
}

/// How a character is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Within a text: the first byte of its element.
    Text(usize),
    /// As an element of its own.
    Element,
}

impl Paragraph {
    /// Reads a paragraph; of paragraphs within it (text boxes) nothing.
    pub(crate) fn read(element: Element<'_>) -> Self {
        let own = element.child("w:pPr");
        let mark = own.and_then(|it| it.child("w:rPr")).map(run_properties).unwrap_or_default();
        let mut paragraph = Self {
            range: element.range(),
            properties: own.map(|it| it.as_written().to_owned()).unwrap_or_default(),
            mark,
            runs: Vec::new(),
            letters: Vec::new(),
        };
        paragraph.take(element);
        paragraph
    }

    /// What it says.
    pub(crate) fn text(&self) -> String {
        self.letters.iter().map(|it| it.letter).collect()
    }

    /// What its characters are.
    pub(crate) fn chars(&self) -> Vec<char> {
        self.letters.iter().map(|it| it.letter).collect()
    }

    /// Whether nothing can be seen in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.letters.iter().all(|it| it.letter.is_whitespace())
    }

    fn take(&mut self, element: Element<'_>) {
        for child in element.children() {
            match child.name() {
                "w:r" => self.run(child),
                // What was deleted is not there; what a paragraph or a part of it is like says nothing.
                "w:pPr" | "w:sdtPr" | "w:del" | "w:moveFrom" => {}
                _ => self.take(child),
            }
        }
    }

    fn run(&mut self, element: Element<'_>) {
        let own = element.child("w:rPr");
        let underline = own.and_then(|it| it.value("w:u"));
        self.runs.push(Run {
            range: element.range(),
            properties: own.map(|it| it.as_written().to_owned()).unwrap_or_default(),
            is_underlined: underline.is_some_and(|it| it != "none"),
        });
        let run = self.runs.len() - 1;
        for child in element.children() {
            let as_element = |letter| Letter { letter, bytes: child.range(), run, written: Written::Element };
            match child.name() {
                "w:t" => self.letters.extend(letters(child, run)),
                "w:tab" | "w:ptab" => self.letters.push(as_element('\t')),
                "w:br" | "w:cr" => self.letters.push(as_element('\n')),
                "w:noBreakHyphen" => self.letters.push(as_element('-')),
                "w:sym" => self.letters.push(as_element(symbol(child))),
                "w:drawing" | "w:pict" | "w:object" | "mc:AlternateContent" => {
                    self.letters.push(as_element(OBJECT));
                }
                _ => {}
            }
        }
    }
}

/// The properties of a paragraph's mark, as those of a run: what is said about the change that made it is left out.
fn run_properties(mark: Element<'_>) -> String {
    let said = |it: &Element<'_>| !matches!(it.name(), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo");
    let parts: String = mark.children().filter(said).map(|it| it.as_written()).collect();
    if parts.is_empty() { parts } else { format!("<w:rPr>{parts}</w:rPr>") }
}

/// The characters of a text, each with its bytes; a reference is one character.
fn letters(element: Element<'_>, run: usize) -> Vec<Letter> {
    let written = Written::Text(element.range().start);
    let mut letters = Vec::new();
    let mut add = |letter, bytes| letters.push(Letter { letter, bytes, run, written });
    for text in element.texts() {
        let raw = &element.as_written()[text.range.start - element.range().start..][..text.range.len()];
        let mut said = text.value.chars();
        let mut at = 0;
        while let (Some(letter), Some(next)) = (said.next(), raw[at..].chars().next()) {
            let rest = &raw[at..];
            let length = match next {
                '&' => rest.find(';').map_or(1, |it| it + 1),
                '\r' if rest.starts_with("\r\n") => 2,
                _ => next.len_utf8(),
            };
            let start = text.range.start + at;
            add(letter, start..start + length);
            at += length;
        }
    }
    letters
}

/// A symbol of one of the faces that hold boxes (Wingdings and its kin): `□`, or `☑` if it is ticked.
fn symbol(element: Element<'_>) -> char {
    let code = element.attribute("char").unwrap_or_default().to_uppercase();
    // Wingdings 6F, 71, 72, A8: boxes; FD, FE, 78: crossed and ticked. Wingdings 2 A3, 2A: boxes; 51 to 54: ticked.
    let two = element.attribute("font").is_some_and(|it| it.ends_with('2'));
    match (two, code.trim_start_matches("F0")) {
        (false, "6F" | "70" | "71" | "72" | "A8") | (true, "A3" | "2A" | "30" | "35") => '□',
        (false, "FD" | "FE" | "78") | (true, "51" | "52" | "53" | "54") => '☑',
        _ => OBJECT,
    }
}

/// Whether a `CDATA` section or another thing that word processors do not write stands in the texts of a part.
pub(crate) fn is_plain(tree: &Tree) -> bool {
    !tree.as_written().contains("<![CDATA[")
}
