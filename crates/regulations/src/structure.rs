//! The structure of a text is recognised from its words: chapters, articles, items, attachments.

use std::sync::Arc;

use super::diction::Diction;
use super::label::{Label, Manner, attachment, label};
use super::model::{Attachment, Node, Rank, Unit};
use finding::{Finding, Origin, Report, codes};
use source::{Block, Passage, Table};
use value::fold;

/// A text taken apart.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) printed_title: Option<Passage>,
    pub(super) body: Vec<Node>,
    pub(super) attachments: Vec<Attachment>,
    /// Labels that are written otherwise than they are printed.
    pub(super) odd: Vec<OddLabel>,
}

/// A label that is written otherwise than it is printed.
#[derive(Debug)]
pub(super) struct OddLabel {
    written: String,
    printed: String,
    origin: Origin,
}

/// A line or a table.
enum Piece {
    Lines(Vec<Passage>),
    Table(Table),
}

/// Takes the blocks of a text apart; `title` helps to know the title that the text may begin with.
pub(super) fn recognise(blocks: Vec<Block>, title: &str, diction: &Diction) -> Structure {
    let mut structure = Structure::default();
    let mut scopes = scopes(blocks).into_iter();
    if let Some((_, mut pieces)) = scopes.next() {
        structure.printed_title = printed_title(&mut pieces, title, diction);
        structure.body = tree(pieces, &mut structure.odd);
    }
    for (opening, pieces) in scopes {
        structure.attachments.extend(opening.map(|it| attached(it, pieces, &mut structure.odd)));
    }
    structure
}

/// One note on all labels that are printed otherwise than they are written.
pub(super) fn report_odd(odd: &[OddLabel], title: &Arc<str>, report: &mut Report) {
    const SHOWN: usize = 5;
    let Some(first) = odd.first() else { return };
    let shown = odd.iter().take(SHOWN).map(|it| format!("“{}”作“{}”", it.written, it.printed));
    let more = if odd.len() > SHOWN { "等" } else { "" };
    let message =
        format!("{}处编号按通常的写法采用：{}{more}", odd.len(), shown.collect::<Vec<_>>().join("，"));
    let finding = Finding::new(&codes::LABEL_RESTORED, message).hint("请核对是否都是编、章、节、条的开头");
    let finding = finding.at(first.origin).subject(super::subject(title));
    report.push(odd.iter().skip(1).take(20).fold(finding, |it, odd| it.related(odd.origin, "另一处")));
}

/// The text, then the attachments, each with the line that opens it.
fn scopes(blocks: Vec<Block>) -> Vec<(Option<Passage>, Vec<Piece>)> {
    let mut scopes: Vec<(Option<Passage>, Vec<Piece>)> = vec![(None, Vec::new())];
    for block in blocks {
        let lines = match block {
            Block::Table(table) => {
                if let Some(scope) = scopes.last_mut() {
                    scope.1.push(Piece::Table(table));
                }
                continue;
            }
            Block::Paragraph(lines) => lines,
        };
        let mut open: Vec<Passage> = Vec::new();
        for line in lines {
            if attachment(line.text()).is_some() {
                push_lines(&mut scopes, std::mem::take(&mut open));
                scopes.push((Some(line), Vec::new()));
            } else {
                open.push(line);
            }
        }
        push_lines(&mut scopes, open);
    }
    scopes
}

fn push_lines(scopes: &mut [(Option<Passage>, Vec<Piece>)], lines: Vec<Passage>) {
    if let Some(scope) = scopes.last_mut().filter(|_| !lines.is_empty()) {
        scope.1.push(Piece::Lines(lines));
    }
}

fn attached(opening: Passage, mut pieces: Vec<Piece>, odd: &mut Vec<OddLabel>) -> Attachment {
    let (number, n_chars) = attachment(opening.text()).unwrap_or_default();
    let origin = opening.origin();
    let beside = Some(opening.behind(n_chars)).filter(|it| !it.text().is_empty());
    let title = beside.or_else(|| take_first(&mut pieces, |it| !ends_a_sentence(it.text())));
    Attachment { number, origin, title, body: tree(pieces, odd) }
}

/// The title at the beginning of the text: a line that is not a sentence and resembles the title, or any title;
/// or several lines that are the title once they are joined.
fn printed_title(pieces: &mut Vec<Piece>, title: &str, diction: &Diction) -> Option<Passage> {
    parted_title(pieces, title).or_else(|| whole_title(pieces, title, diction))
}

/// A title that is broken over lines or paragraphs.
fn parted_title(pieces: &mut Vec<Piece>, title: &str) -> Option<Passage> {
    const N_LINES_MAX: usize = 4;
    let mut joined: Option<Passage> = None;
    let mut n_lines = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Lines(lines) = piece else { return None };
        for line in lines {
            match &mut joined {
                Some(joined) => joined.append(line),
                None => joined = Some(line.clone()),
            }
        }
        n_lines += lines.len();
        if n_lines > N_LINES_MAX {
            return None;
        }
        if joined.as_ref().is_some_and(|it| fold(it.text()) == fold(title)) {
            pieces.drain(..=at);
            return joined;
        }
    }
    None
}

fn whole_title(pieces: &mut Vec<Piece>, title: &str, diction: &Diction) -> Option<Passage> {
    const LEAST_LIKENESS: f64 = 0.5;
    take_first(pieces, |line| {
        let text = line.text();
        let is_like = || strsim::normalized_levenshtein(&fold(text), &fold(title)) >= LEAST_LIKENESS;
        !ends_a_sentence(text) && (diction.is_title(text) || is_like())
    })
}

/// Takes the first paragraph away if it is a single line without a label that will do.
fn take_first(pieces: &mut Vec<Piece>, will_do: impl Fn(&Passage) -> bool) -> Option<Passage> {
    let Some(Piece::Lines(lines)) = pieces.first() else { return None };
    let is_wanted =
        lines.len() == 1 && label(lines[0].text(), Manner::Headings).is_none() && will_do(&lines[0]);
    if !is_wanted {
        return None;
    }
    match pieces.remove(0) {
        Piece::Lines(lines) => lines.into_iter().next(),
        Piece::Table(_) => None,
    }
}

impl Structure {
    /// Takes the paragraphs in brackets, or with nothing but a document number or a date, that stand below the title.
    pub(super) fn take_head_note(&mut self, diction: &Diction) -> Vec<Passage> {
        let note = |node: &Node| match node {
            Node::Unit(Unit { rank: Rank::Paragraph, text: Some(text), content, .. }) => {
                let is_note = content.is_empty() && is_head_note(std::slice::from_ref(text), diction);
                is_note.then(|| text.clone())
            }
            _ => None,
        };
        let found: Vec<Passage> = match self.printed_title {
            Some(_) => self.body.iter().map_while(note).collect(),
            None => Vec::new(),
        };
        self.body.drain(..found.len());
        found
    }
}

/// Whether a paragraph below a title is a head note.
pub(crate) fn is_head_note(lines: &[Passage], diction: &Diction) -> bool {
    let text: String = lines.iter().map(Passage::text).collect();
    let is_labelled = lines.iter().any(|it| label(it.text(), Manner::Headings).is_some());
    let is_bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let is_number = text.ends_with('号') && text.contains('〔');
    let begins_with_year = ["19", "20"].iter().any(|it| text.starts_with(it));
    let is_date = begins_with_year && (text.ends_with('日') || diction.ends_with_event(&text));
    let is_short = text.chars().count() <= 40 && !text.contains(['。', '；']);
    !is_labelled && (is_bracketed || is_short && (is_number || is_date))
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '，', '.', ';', ':', '！', '？'])
}

fn tree(pieces: Vec<Piece>, odd: &mut Vec<OddLabel>) -> Vec<Node> {
    let is_article =
        |line: &Passage| label(line.text(), Manner::Articles).is_some_and(|it| it.rank == Rank::Article);
    let has_articles =
        pieces.iter().any(|it| matches!(it, Piece::Lines(lines) if lines.iter().any(is_article)));
    let manner = if has_articles { Manner::Articles } else { Manner::Headings };
    let mut builder = Builder::default();
    for piece in pieces {
        match piece {
            Piece::Table(table) => builder.add(Node::Table(table)),
            Piece::Lines(lines) => lines_into(lines, manner, &mut builder),
        }
    }
    odd.append(&mut builder.odd);
    builder.finish()
}

/// Joins lines up to the next one that bears a label.
fn lines_into(lines: Vec<Passage>, manner: Manner, builder: &mut Builder) {
    let mut open: Option<(Option<Label>, Passage)> = None;
    for line in lines {
        match (label(line.text(), manner), &mut open) {
            (None, Some((_, passage))) => passage.append(&line),
            (found, _) => {
                if let Some((label, passage)) = open.replace((found, line)) {
                    builder.paragraph(label, &passage);
                }
            }
        }
    }
    if let Some((label, passage)) = open {
        builder.paragraph(label, &passage);
    }
}

/// Units that are still open, the outermost first.
#[derive(Default)]
struct Builder {
    root: Vec<Node>,
    open: Vec<Unit>,
    odd: Vec<OddLabel>,
}

impl Builder {
    fn paragraph(&mut self, label: Option<Label>, passage: &Passage) {
        let origin = passage.origin();
        let Some(label) = label else {
            self.plain(passage.clone());
            return;
        };
        if let Some(number) = label.number.filter(|_| label.is_odd) {
            let written = passage.text().chars().take(label.n_chars).collect();
            self.odd.push(OddLabel { written, printed: label.rank.cited(number), origin });
        }
        self.close(label.rank);
        let text = Some(passage.behind(label.n_chars)).filter(|it| !it.text().is_empty());
        let (own, first) = if label.rank == Rank::Article { (None, text) } else { (text, None) };
        self.open.push(Unit {
            rank: label.rank,
            number: label.number,
            origin,
            text: own,
            content: Vec::new(),
        });
        if let Some(text) = first {
            self.plain(text);
        }
    }

    /// A paragraph without a label: the next 款 of an open article, and holds the items that follow; elsewhere it stands
    /// by itself.
    fn plain(&mut self, text: Passage) {
        let origin = text.origin();
        let unit =
            |number| Unit { rank: Rank::Paragraph, number, origin, text: Some(text), content: Vec::new() };
        if !self.open.iter().any(|it| it.rank == Rank::Article) {
            return self.add(Node::Unit(unit(None)));
        }
        self.close(Rank::Paragraph);
        let before =
            self.open.last().map_or(0, |it| it.units().filter(|it| it.rank == Rank::Paragraph).count());
        let number = u32::try_from(before + 1).ok();
        self.open.push(unit(number));
    }

    fn add(&mut self, node: Node) {
        self.open.last_mut().map_or(&mut self.root, |it| &mut it.content).push(node);
    }

    /// Closes every unit that one of this rank cannot stand in.
    fn close(&mut self, rank: Rank) {
        while self.open.last().is_some_and(|it| it.rank >= rank) {
            if let Some(unit) = self.open.pop() {
                self.add(Node::Unit(unit));
            }
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.close(Rank::Part);
        self.root
    }
}
