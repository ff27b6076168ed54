//! Changes of texts as splices of bytes: what is not changed stays as it was written.

use std::collections::BTreeSet;
use std::ops::Range;

use ooxml::escaped;

use super::content::{Change, Look};
use super::text::{Letter, Paragraph, Run, Written};

/// How a paragraph says that it is set in the middle, and that it is set from side to side.
const CENTRED: &str = "<w:jc w:val=\"center\"/>";
const JUSTIFIED: &str = "<w:jc w:val=\"both\"/>";

/// Splices of a part, or of one row of it.
#[derive(Debug)]
pub(crate) struct Splices<'a> {
    /// The part as it is written.
    part: &'a str,
    edits: Vec<(Range<usize>, String)>,
    /// The texts that were told to keep their blanks.
    kept: BTreeSet<usize>,
}

impl<'a> Splices<'a> {
    /// No splices yet.
    pub(crate) fn new(part: &'a str) -> Self {
        Self { part, edits: Vec::new(), kept: BTreeSet::new() }
    }

    /// Puts something in place of a range.
    pub(crate) fn replace(&mut self, range: Range<usize>, xml: impl Into<String>) {
        self.edits.push((range, xml.into()));
    }

    /// The splices, in any order.
    pub(crate) fn finish(self) -> Vec<(Range<usize>, String)> {
        self.edits
    }

    /// The changes of the paragraphs of a spot.
    pub(crate) fn change(&mut self, paragraphs: &[Paragraph], changes: &[Change]) {
        for change in changes {
            match change {
                Change::Letters { paragraph, letters, text, look } => {
                    self.letters(&paragraphs[*paragraph], letters.clone(), (text, *look));
                }
                Change::Lines { first, lines, dropped, is_long } => {
                    self.lines(paragraphs, *first, (lines, *is_long));
                    for it in &paragraphs[paragraphs.len() - dropped..] {
                        self.replace(it.range.clone(), "");
                    }
                }
            }
        }
    }

    /// Characters give way to a text. The text stands where the first of them that is part of a text stood.
    fn letters(&mut self, paragraph: &Paragraph, letters: Range<usize>, (text, look): (&str, Look)) {
        if letters.is_empty() {
            return self.insert(paragraph, letters.start, (text, look));
        }
        let gone = &paragraph.letters[letters];
        let target = gone.iter().position(|it| matches!(it.written, Written::Text(_))).unwrap_or(0);
        for (idx, letter) in gone.iter().enumerate() {
            if idx != target {
                self.replace(letter.bytes.clone(), "");
            }
        }
        let letter = &gone[target];
        let run = &paragraph.runs[letter.run];
        let xml = match (letter.written, look) {
            (Written::Text(element), Look::Same | Look::Plain) => {
                self.keep_blanks(element);
                within_text(text)
            }
            (Written::Text(element), Look::Underlined) => {
                self.keep_blanks(element);
                let own = run_of(&underlined(&run.properties), text);
                format!("</w:t></w:r>{own}<w:r>{}<w:t xml:space=\"preserve\">", run.properties)
            }
            (Written::Element, _) => text_of(text),
        };
        self.replace(letter.bytes.clone(), xml);
    }

    /// A text is put before a character, that is behind the one before it.
    fn insert(&mut self, paragraph: &Paragraph, at: usize, (text, look): (&str, Look)) {
        let Some(before) = at.checked_sub(1).and_then(|it| paragraph.letters.get(it)) else {
            return match paragraph.letters.first() {
                Some(Letter { written: Written::Text(element), bytes, .. }) => {
                    self.keep_blanks(*element);
                    self.replace(bytes.start..bytes.start, within_text(text));
                }
                Some(letter) => self.replace(letter.bytes.start..letter.bytes.start, text_of(text)),
                None => self.fill(paragraph, text),
            };
        };
        let run = &paragraph.runs[before.run];
        let is_last = paragraph.letters.get(at).is_none_or(|it| it.run != before.run);
        match before.written {
            _ if is_last => {
                let properties =
                    if look == Look::Plain { plain(&run.properties) } else { run.properties.clone() };
                self.replace(run.range.end..run.range.end, run_of(&properties, text));
            }
            Written::Text(element) => {
                self.keep_blanks(element);
                self.replace(before.bytes.end..before.bytes.end, within_text(text));
            }
            Written::Element => self.replace(before.bytes.end..before.bytes.end, text_of(text)),
        }
    }

    /// Lines for blank paragraphs from one on; those that are too many get paragraphs like the last of them.
    /// Long texts are not set in the middle, as short ones may be.
    fn lines(&mut self, paragraphs: &[Paragraph], first: usize, (lines, is_long): (&[String], bool)) {
        let room = paragraphs.get(first..).unwrap_or_default();
        if is_long {
            room.iter().take(lines.len()).for_each(|it| self.justify(it));
        }
        for (paragraph, line) in room.iter().zip(lines).filter(|it| !it.1.is_empty()) {
            if paragraph.letters.is_empty() {
                self.fill(paragraph, line);
            } else {
                self.letters(paragraph, 0..paragraph.letters.len(), (line, Look::Same));
            }
        }
        let Some(last) = paragraphs.last() else { return };
        let looks = own_look(last);
        let more = lines.iter().skip(room.len());
        let properties = last.properties.replace(CENTRED, JUSTIFIED);
        let more: String = more.map(|it| format!("<w:p>{properties}{}</w:p>", run_of(looks, it))).collect();
        if !more.is_empty() {
            self.replace(last.range.end..last.range.end, more);
        }
    }

    /// A paragraph that is set in the middle is set from side to side.
    fn justify(&mut self, paragraph: &Paragraph) {
        let start = self.part[paragraph.range.clone()].find(&paragraph.properties).unwrap_or_default();
        if let Some(at) = paragraph.properties.find(CENTRED) {
            let at = paragraph.range.start + start + at;
            self.replace(at..at + CENTRED.len(), JUSTIFIED);
        }
    }

    /// A text for a paragraph without any.
    fn fill(&mut self, paragraph: &Paragraph, text: &str) {
        self.put(paragraph, &run_of(own_look(paragraph), text));
    }

    /// A run at the end of a paragraph.
    pub(crate) fn put(&mut self, paragraph: &Paragraph, run: &str) {
        let written = &self.part[paragraph.range.clone()];
        let end = paragraph.range.end;
        if let Some(start) = written.rfind("</") {
            self.replace(paragraph.range.start + start..paragraph.range.start + start, run);
        } else {
            self.replace(end - "/>".len()..end, format!(">{run}</w:p>"));
        }
    }

    /// Blanks at the ends of a text are kept only if it says so.
    fn keep_blanks(&mut self, element: usize) {
        let tag = &self.part[element..];
        let tag = &tag[..tag.find('>').unwrap_or(0)];
        if !tag.contains("xml:space") && self.kept.insert(element) {
            let at = element + tag.find(char::is_whitespace).unwrap_or(tag.len());
            self.replace(at..at, " xml:space=\"preserve\"");
        }
    }
}

/// How a text looks that is put into a paragraph: as its first run, or as its mark.
fn own_look(paragraph: &Paragraph) -> &str {
    let run = paragraph.runs.first().map(|it: &Run| it.properties.as_str());
    run.unwrap_or(&paragraph.mark)
}

/// A run.
fn run_of(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<w:r>{properties}{}</w:r>", text_of(text))
}

fn text_of(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", within_text(text))
}

/// A text within the element of a text; the ends of its lines leave it and come back.
fn within_text(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(escaped).collect();
    lines.join("</w:t><w:br/><w:t xml:space=\"preserve\">")
}

/// Properties without what makes letters bold.
fn plain(properties: &str) -> String {
    without(&without(properties, "<w:bCs"), "<w:b")
}

fn without(properties: &str, tag: &str) -> String {
    let is_end = |it: &str| it.starts_with([' ', '/', '>']);
    let found = properties.match_indices(tag).find(|it| is_end(&properties[it.0 + tag.len()..]));
    let Some((start, _)) = found else { return properties.to_owned() };
    let Some(end) = properties[start..].find("/>") else { return properties.to_owned() };
    format!("{}{}", &properties[..start], &properties[start + end + 2..])
}

/// Properties with an underline: at its place in the order of the standard (ECMA-376 part 1, 17.3.2.28).
fn underlined(properties: &str) -> String {
    const BEHIND: [&str; 12] = [
        "<w:effect",
        "<w:bdr",
        "<w:shd",
        "<w:fitText",
        "<w:vertAlign",
        "<w:rtl",
        "<w:cs/",
        "<w:em ",
        "<w:lang",
        "<w:eastAsianLayout",
        "<w:specVanish",
        "<w:oMath",
    ];
    let line = "<w:u w:val=\"single\"/>";
    if properties.is_empty() {
        return format!("<w:rPr>{line}</w:rPr>");
    }
    let properties = without(properties, "<w:u");
    let at = BEHIND.iter().filter_map(|it| properties.find(it)).min();
    let at = at.or_else(|| properties.rfind("</w:rPr>")).unwrap_or(properties.len());
    format!("{}{line}{}", &properties[..at], &properties[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_changed_in_the_order_of_the_standard() {
        let cases = [
            ("", "<w:rPr><w:u w:val=\"single\"/></w:rPr>"),
            (
                "<w:rPr><w:b/><w:lang w:val=\"a\"/></w:rPr>",
                "<w:rPr><w:b/><w:u w:val=\"single\"/><w:lang w:val=\"a\"/></w:rPr>",
            ),
            (
                "<w:rPr><w:sz w:val=\"24\"/></w:rPr>",
                "<w:rPr><w:sz w:val=\"24\"/><w:u w:val=\"single\"/></w:rPr>",
            ),
        ];
        for (own, with_line) in cases {
            assert_eq!(underlined(own), with_line);
        }
        let bold = "<w:rPr><w:b w:val=\"1\"/><w:bCs/><w:bdr w:val=\"none\"/></w:rPr>";
        assert_eq!(plain(bold), "<w:rPr><w:bdr w:val=\"none\"/></w:rPr>");
    }
}
