//! The text of a summary as paragraphs and tables of a Word document.

use super::contents::{ContentsLine, contents, mark};
use super::numbers::{Numbers, reference};
use super::page::{Numbered, section};
use super::table::{ems, table};
use documents::summary::{Appendix, Block, Cells, Phrase, Placed, Text};
use documents::{Align, Captions, Script};
use ooxml::{Markup, markup, valued};

/// What goes with one of two lines is at most so many characters of 二号.
const TITLE: f64 = 20.0;
/// A last paragraph of at most so many characters stands on one page with the signature below it.
const CLOSING: usize = 280;
/// A line of the body and a character of it, in twentieths of a point.
const LINE: u32 = 579;
const EM: f64 = 320.0;

/// How a paragraph differs from its style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    /// Whether it stays on one page with the next one.
    pub(super) keeps_next: bool,
    /// Empty space above it.
    pub(super) above: u32,
    /// Its distance from the right edge of the type area.
    pub(super) right: u32,
    /// How it stands.
    pub(super) align: Option<Align>,
}

impl Looks {
    /// As its style has it.
    pub(super) const PLAIN: Self = Self { keeps_next: false, above: 0, right: 0, align: None };
    /// As its style has it, with the next paragraph.
    pub(super) const KEPT: Self = Self { keeps_next: true, ..Self::PLAIN };
}

/// What the text becomes.
pub(super) struct Body {
    /// The part `document.xml`.
    pub(super) document: Markup,
    /// Its numbers.
    pub(super) numbers: Numbers,
}

/// The body of a document.
pub(super) fn body(script: &Script) -> Body {
    let Script { text, captions, .. } = script;
    let draft = script.draft.as_ref();
    let mut writer = Writer::new(text, captions);
    writer.title(&text.title);
    writer.text(text);
    for appendix in &text.appendices {
        writer.appendix(appendix);
    }
    let front = text
        .has_contents
        .then(|| contents(&captions.contents, &writer.entries, section(Numbered::No, draft)));
    let body = markup("w:body")
        .with_all(front.into_iter().flatten())
        .with_all(writer.done)
        .with(section(Numbered::Yes, draft));
    let document = markup("w:document")
        .attribute("xmlns:w", super::MAIN)
        .attribute("xmlns:r", super::RELATIONSHIPS)
        .with(body);
    Body { document, numbers: writer.numbers }
}

struct Writer<'a> {
    captions: &'a Captions,
    done: Vec<Markup>,
    numbers: Numbers,
    entries: Vec<ContentsLine>,
}

impl<'a> Writer<'a> {
    fn new(text: &Text, captions: &'a Captions) -> Self {
        let first = text.blocks.iter().find_map(|it| match &it.block {
            Block::Heading { level: 1, number, .. } => number.as_deref(),
            _ => None,
        });
        Self { captions, done: Vec::new(), numbers: Numbers::new(first), entries: Vec::new() }
    }

    /// The title: one line, or first what comes before the period (…委员会／2024年…).
    fn title(&mut self, title: &str) {
        let year = title.char_indices().map(|it| it.0).find(|at| {
            let rest: Vec<char> = title[*at..].chars().take(5).collect();
            matches!(&rest[..], [year @ .., '年'] if year.len() == 4 && year.iter().all(char::is_ascii_digit))
        });
        let at = year.filter(|at| *at > 0 && ems(title) > TITLE);
        let (head, rest) = title.split_at(at.unwrap_or(title.len()));
        let lines = paragraph("Title", Looks::PLAIN).with(run(head, None));
        let rest = (!rest.is_empty()).then(|| markup("w:r").with(markup("w:br")).with(words(rest)));
        self.done.push(lines.with_all(rest));
    }

    fn text(&mut self, text: &Text) {
        let signs = !text.signature.is_empty() || !text.appendices.is_empty();
        let last = text.blocks.len().saturating_sub(1);
        for (at, placed) in text.blocks.iter().enumerate() {
            let is_closing = signs && at == last;
            self.block(placed, if is_closing { Looks::KEPT } else { Looks::PLAIN });
        }
        for (at, it) in text.appendices.iter().enumerate() {
            let number = if text.appendices.len() == 1 { String::new() } else { format!("{}.", at + 1) };
            let line = format!("{number}{}", it.title);
            self.done.push(if at == 0 {
                first_appended(&self.captions.attachment, &line)
            } else {
                next_appended(&line)
            });
        }
        self.done.extend(signature(&text.signature));
    }

    fn block(&mut self, placed: &Placed, looks: Looks) {
        match &placed.block {
            Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), &text.text()),
            Block::Month(text) => self.heading(2, None, text),
            Block::Paragraph { lead, text } => {
                let is_short = text.n_characters() <= CLOSING;
                let looks = if is_short { looks } else { Looks::PLAIN };
                self.paragraph(lead.as_deref().unwrap_or_default(), &text.text(), looks);
            }
            Block::Table(cells) => self.table(cells),
            Block::Chart(it) => {
                self.table(&super::chart::figures(&it.chart, &self.captions.columns.category));
            }
        }
    }

    fn heading(&mut self, level: u8, number: Option<&str>, text: &str) {
        let level = usize::from(level.clamp(1, 3));
        let is_counted = self.numbers.counts_heading(level, number);
        let style = ["Heading1", "Heading2", "Heading3"][level - 1];
        let written = number.filter(|_| !is_counted).unwrap_or_default();
        let content = [run(&format!("{written}{text}"), None)];
        let own = (!is_counted).then(|| reference(0, 0));
        let shown = format!("{}{text}", number.unwrap_or_default());
        self.entry(level, shown, numbered(style, Looks::PLAIN, own), content);
    }

    /// A paragraph that the contents name, if its level stands there.
    fn entry<const N: usize>(&mut self, level: usize, text: String, to: Markup, content: [Markup; N]) {
        let marked = mark(&mut self.entries, level, text, content);
        self.done.push(to.with_all(marked));
    }

    fn paragraph(&mut self, lead: &str, text: &str, looks: Looks) {
        let lead = if text.starts_with(lead) { lead } else { "" };
        let (length, own) = self.numbers.of_paragraph(text, lead).unzip();
        let length = length.unwrap_or_default();
        let behind = &text[lead.len().max(length)..];
        let (line, rest) = behind.split_once('\n').unwrap_or((behind, ""));
        let lead = lead.get(length..).filter(|it| !it.is_empty());
        let first = numbered("BodyText", looks, own)
            .with_all(lead.map(|it| run(it, Some(super::LEAD))))
            .with(run(line.trim_end(), None));
        self.done.push(first);
        self.done.extend(lines(rest).map(|it| paragraph("BodyText", looks).with(run(it, None))));
    }

    fn table(&mut self, cells: &Cells) {
        let title = cells.title.as_ref().map(Phrase::text).filter(|it| !it.is_empty());
        self.done.extend(title.map(|it| paragraph("Caption", Looks::PLAIN).with(run(&it, None))));
        self.done.push(table(cells));
        // Without a paragraph in between, Word makes one table of two.
        self.done.push(paragraph("TableEnd", Looks::PLAIN));
    }

    fn appendix(&mut self, appendix: &Appendix) {
        self.done.push(paragraph("AppendixNumber", Looks::PLAIN).with(run(&appendix.number, None)));
        let title = paragraph("AppendixTitle", Looks::PLAIN);
        self.entry(1, appendix.title.clone(), title, [run(&appendix.title, None)]);
        for placed in &appendix.blocks {
            let heading = match &placed.block {
                Block::Heading { number, text, .. } => (number.as_deref(), text.text()),
                Block::Month(text) => (None, text.clone()),
                _ => {
                    self.block(placed, Looks::PLAIN);
                    continue;
                }
            };
            let text = format!("{}{}", heading.0.unwrap_or_default(), heading.1);
            self.done.push(paragraph("AppendixHeading", Looks::PLAIN).with(run(&text, None)));
        }
    }
}

fn first_appended(word: &str, line: &str) -> Markup {
    let looks = Looks { above: LINE, ..Looks::KEPT };
    paragraph("AppendixList", looks).with(run(&format!("{word}：{line}"), None))
}

fn next_appended(line: &str) -> Markup {
    paragraph("AppendixNext", Looks::KEPT).with(run(line, None))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measure of paper, right of its left edge"
)]
/// Who signs, and the date below: centred on each other, four characters in from the right.
fn signature(lines: &[String]) -> Vec<Markup> {
    let widest = lines.iter().map(|it| ems(it)).fold(0.0, f64::max);
    let line = |(at, it): (usize, &String)| {
        let looks = Looks {
            keeps_next: at + 1 < lines.len(),
            above: if at == 0 { 2 * LINE } else { 0 },
            right: ((4.0 + (widest - ems(it)) / 2.0) * EM) as u32,
            align: None,
        };
        paragraph("Signature", looks).with(run(it, None))
    };
    lines.iter().enumerate().map(line).collect()
}

/// A paragraph of a style.
pub(super) fn paragraph(style: &str, looks: Looks) -> Markup {
    numbered(style, looks, None)
}

fn numbered(style: &str, looks: Looks, number: Option<Markup>) -> Markup {
    let align = looks.align.map(|it| match it {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    });
    let above = (looks.above > 0).then(|| markup("w:spacing").attribute("w:before", looks.above));
    let right = (looks.right > 0).then(|| markup("w:ind").attribute("w:right", looks.right));
    let properties = markup("w:pPr")
        .with(valued("w:pStyle", style))
        .with_all(looks.keeps_next.then(|| markup("w:keepNext")))
        .with_all(number)
        .with_all(above)
        .with_all(right)
        .with_all(align.map(|it| valued("w:jc", it)));
    markup("w:p").with(properties)
}

/// A run of text, in a character style if one is named.
pub(super) fn run(text: &str, style: Option<&str>) -> Markup {
    let looks = style.map(|it| markup("w:rPr").with(valued("w:rStyle", it)));
    markup("w:r").with_all(looks).with(words(text))
}

fn words(text: &str) -> Markup {
    markup("w:t").attribute("xml:space", "preserve").text(text)
}

/// A field and what it shows until Word works it out.
pub(super) fn field(instruction: &str, shown: &str) -> Vec<Markup> {
    let mark = |kind| markup("w:r").with(markup("w:fldChar").attribute("w:fldCharType", kind));
    let code = markup("w:instrText").attribute("xml:space", "preserve").text(instruction);
    vec![mark("begin"), markup("w:r").with(code), mark("separate"), run(shown, None), mark("end")]
}

/// The lines of a text that say anything; the spaces that clerks type for an indent belong to the layout.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').map(str::trim).filter(|it| !it.is_empty())
}

/// A text that stands for itself.
pub(super) fn plain(text: &str) -> Phrase {
    Phrase::plain(text)
}
