//! The lines behind the front matter become paragraphs, tables and footnotes.
//!
//! This is less than CommonMark, on purpose: there `1.` begins a list that is numbered anew, and an
//! indented line is code; in an official text both are plain text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Block, Footnote, Passage, Table};
use finding::{FileId, Finding, Origin, Report, codes};

/// What the body of a text holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) footnotes: Vec<Footnote>,
}

/// Reads the lines from the given one on, which is counted from zero.
pub(super) fn read(lines: &[&str], first: usize, file: FileId, report: &mut Report) -> Body {
    let mut reader = MarkdownReader { lines, at: first, file, body: Body::default(), report };
    while reader.at < lines.len() {
        reader.block();
    }
    let MarkdownReader { body, report, .. } = reader;
    check_footnotes(&body.blocks, &body.footnotes, report);
    body
}

struct MarkdownReader<'t, 'r> {
    lines: &'t [&'t str],
    at: usize,
    file: FileId,
    body: Body,
    report: &'r mut Report,
}

impl<'t> MarkdownReader<'t, '_> {
    fn block(&mut self) {
        let line = self.lines[self.at].trim();
        if line.is_empty() {
            self.at += 1;
        } else if line.starts_with('|') {
            let table = self.table();
            self.body.blocks.extend(table.map(Block::Table));
        } else if let Some((name, text)) = definition(line) {
            let footnote = self.footnote(name, text);
            self.body.footnotes.push(footnote);
        } else {
            let lines = self.paragraph();
            self.body.blocks.push(Block::Paragraph(lines));
        }
    }

    fn paragraph(&mut self) -> Vec<Passage> {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.get(self.at).filter(|it| continues(it)) {
            self.check_markup(line);
            lines.push(Passage::line(line, self.file, (number(self.at), 1)));
            self.at += 1;
        }
        lines
    }

    fn footnote(&mut self, name: &str, text: &str) -> Footnote {
        let line = self.lines[self.at];
        let column = line.chars().count() - line.trim_start().chars().count() + 1;
        let origin = Origin::text(self.file, number(self.at), number(column - 1));
        let before = line.trim_end().chars().count() - text.trim_end().chars().count();
        let mut passage = Passage::line(text, self.file, (number(self.at), number(before)));
        self.at += 1;
        while let Some(line) = self.lines.get(self.at).filter(|it| continues(it)) {
            passage.append(&Passage::line(line, self.file, (number(self.at), 1)));
            self.at += 1;
        }
        Footnote { name: name.into(), text: passage, origin }
    }

    /// A table; `None` if it has no head.
    fn table(&mut self) -> Option<Table> {
        let first = self.at;
        let is_row = |it: &&&str| it.trim().starts_with('|');
        let rows: Vec<&str> = self.lines[first..].iter().take_while(is_row).copied().collect();
        self.at += rows.len();
        let origin = Origin::text(self.file, number(first), 1);
        let mut cells = rows.iter().zip(first..).map(|(row, at)| self.cells(row, at));
        let head: Vec<Passage> = cells.next()?;
        let Some(below) = rows.get(1).filter(|it| is_delimiter(it)) else {
            self.report.push(table_fault(origin, "表头之下缺少“|---|---|”一行，该表没有采用"));
            return None;
        };
        let rows: Vec<Vec<Passage>> = cells.skip(1).collect();
        let table = Table { origin, head, rows };
        self.check_widths(&table, below);
        Some(table)
    }

    fn check_widths(&mut self, table: &Table, delimiter: &str) {
        let wanted = table.head.len();
        let n_below = split_cells(delimiter).len();
        let place = |at: usize| match table.origin.place {
            finding::Place::Text { line, .. } => {
                Origin::text(self.file, line.saturating_add(number(at) - 1), 1)
            }
            _ => table.origin,
        };
        let widths = std::iter::once(n_below).chain(table.rows.iter().map(Vec::len)).zip(1..);
        for (width, at) in widths.filter(|it| it.0 != wanted) {
            let message = format!("表格的这一行有{width}格，表头有{wanted}格");
            self.report.push(table_fault(place(at), &message));
        }
    }

    fn cells(&self, row: &str, at: usize) -> Vec<Passage> {
        let cells = split_cells(row).into_iter();
        cells.map(|(text, column)| Passage::line(&text, self.file, (number(at), number(column)))).collect()
    }

    fn check_markup(&mut self, line: &str) {
        let text = line.trim_start();
        let column = line.chars().count() - text.chars().count() + 1;
        let mark =
            ["#", "- ", "* ", "+ ", "> ", "```", "<", "**", "!["].into_iter().find(|it| text.starts_with(it));
        let within = ["**", "]("].into_iter().find_map(|it| Some((it, line.find(it)?)));
        let found = match (mark, within) {
            (Some(mark), _) => Some((mark, column)),
            (None, Some((mark, byte))) => Some((mark, line[..byte].chars().count() + 1)),
            (None, None) => None,
        };
        if let Some((mark, column)) = found {
            let message = format!("“{}”是标记符号，按普通文字处理", mark.trim());
            let finding = Finding::new(&codes::MARKDOWN_UNSUPPORTED, message).hint("请删去该符号");
            self.report.push(finding.at(Origin::text(self.file, number(self.at), number(column - 1))));
        }
    }
}

/// Whether a line goes on with the paragraph before it.
fn continues(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('|') && definition(line).is_none()
}

/// The name and the text of a footnote: `[^1]: …`, the colon of either width.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("[^")?.split_once(']')?;
    let text = rest.strip_prefix([':', '：'])?;
    Some((name, text))
}

fn is_delimiter(row: &str) -> bool {
    let cells = split_cells(row);
    let is_rule = |it: &str| it.contains('-') && it.chars().all(|c| matches!(c, '-' | ':'));
    !cells.is_empty() && cells.iter().all(|it| is_rule(it.0.trim()))
}

/// The cells of a row and the index of the character at which each begins; `\|` is a stroke within a cell.
fn split_cells(row: &str) -> Vec<(String, usize)> {
    let mut cells = vec![(String::new(), 0)];
    let mut chars = row.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let is_escaped = c == '\\' && chars.peek().is_some_and(|it| it.1 == '|');
        match cells.last_mut() {
            Some(cell) if is_escaped => {
                chars.next();
                cell.0.push('|');
            }
            Some(cell) if c != '|' => cell.0.push(c),
            _ => cells.push((String::new(), at + 1)),
        }
    }
    // Before the first stroke and behind the last one stands nothing.
    cells.remove(0);
    if cells.last().is_some_and(|it| it.0.trim().is_empty()) {
        cells.pop();
    }
    cells
}

fn table_fault(origin: Origin, message: &str) -> Finding {
    Finding::new(&codes::MARKDOWN_TABLE, message).hint("请补齐或改正").at(origin)
}

/// Reports footnotes that are not marked in the text, marks without a footnote, and names that stand twice.
pub(super) fn check_footnotes(blocks: &[Block], footnotes: &[Footnote], report: &mut Report) {
    let fault = |message: String, origin| Finding::new(&codes::FOOTNOTE_UNRESOLVED, message).at(origin);
    let mut known: BTreeMap<Arc<str>, Origin> = BTreeMap::new();
    for it in footnotes {
        match known.get(&it.name) {
            Some(first) => {
                let finding = fault(format!("脚注“[^{}]”写了两次", it.name), it.origin);
                report.push(finding.hint("请改用另外的编号").related(*first, "第一次写在这里"));
            }
            None => {
                known.insert(it.name.clone(), it.origin);
            }
        }
    }
    let marks: Vec<_> = blocks.iter().flat_map(Block::passages).flat_map(Passage::notes).collect();
    for it in marks.iter().filter(|it| !known.contains_key(&it.name)) {
        let finding = fault(format!("文中的“[^{}]”没有对应的脚注", it.name), it.origin);
        report.push(finding.hint(format!("请在文后补上“[^{}]: 内容”，或删去该标记", it.name)));
    }
    let used: BTreeSet<&Arc<str>> = marks.iter().map(|it| &it.name).collect();
    for (name, origin) in known.iter().filter(|it| !used.contains(it.0)) {
        let finding = fault(format!("脚注“[^{name}]”在正文中没有标记"), *origin);
        report.push(finding.hint(format!("请在正文应当加注处写上“[^{name}]”，或删去该脚注")));
    }
}

/// An index as a count from one.
fn number(at: usize) -> u32 {
    u32::try_from(at).map_or(u32::MAX, |it| it.saturating_add(1))
}
