//! Markdown texts with YAML front matter: regulations as they are kept for the handbook.

mod blocks;
mod collect;
mod passage;
mod write;

pub use collect::{CollectedTexts, Listing, Text, collect_texts};
pub use passage::{NoteMark, Passage};
pub use write::{MarkdownText, markdown};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Limits, Node, Refusal, encoding, refusal, yaml};
use finding::{FileId, Origin, Report, codes};

/// A text: its front matter and its blocks in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manuscript {
    /// The front matter, each key and value with its place in the file; `None` if the text has none of its own.
    pub front: Option<Node>,
    /// Paragraphs and tables.
    pub blocks: Vec<Block>,
    /// The footnotes, in the order in which they stand.
    pub footnotes: Vec<Footnote>,
}

/// A block between blank lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// The lines of a paragraph, as they stand; never empty.
    Paragraph(Vec<Passage>),
    /// A table.
    Table(Table),
}

/// A table with a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Where it begins.
    pub origin: Origin,
    /// The cells of its head.
    pub head: Vec<Passage>,
    /// Its rows; one that has more or fewer cells than the head is reported.
    pub rows: Vec<Vec<Passage>>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// Its name, as the mark in the text has it: `1`.
    pub name: Arc<str>,
    /// What it says.
    pub text: Passage,
    /// Where it begins.
    pub origin: Origin,
}

impl Block {
    /// Its texts: lines, or cells row by row.
    pub fn passages(&self) -> Vec<&Passage> {
        match self {
            Self::Paragraph(lines) => lines.iter().collect(),
            Self::Table(table) => table.passages().collect(),
        }
    }
}

impl Table {
    /// Its cells, row by row, the head first.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.head.iter().chain(self.rows.iter().flatten())
    }
}

/// Reads a Markdown file. The finding says why nothing could be read at all.
///
/// Marks that mean something in Markdown but nothing here are reported, and stand as text.
pub(super) fn read(
    bytes: &[u8],
    file: FileId,
    limits: &Limits,
    report: &mut Report,
) -> Result<Manuscript, Refusal> {
    let text = encoding::decode(bytes).ok_or_else(|| {
        refusal(
            &codes::TEXT_ENCODING,
            "文件的文字编码既不是 UTF-8，也不是 GB18030（GBK）",
            "请用文本编辑器另存为 UTF-8 后重新提交",
        )
    })?;
    if text.trim().is_empty() {
        return Err(refusal(&codes::FILE_EMPTY, "文件中没有任何内容", "请核对是否选错文件"));
    }
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() > limits.lines {
        return Err(refusal(&codes::FILE_TOO_LARGE, "文件的行数过多，没有读取", "请拆成几个文件"));
    }
    let end = front_end(&lines).map_err(|message| {
        let hint = "文件第一行应为“---”，其后写 title 等，再以“---”一行结束";
        Box::new(refusal(&codes::FRONT_MATTER_MISSING, message, hint).at(Origin::text(file, 1, 1)))
    })?;
    // The opening rule begins a YAML document, so the lines before its end are one, with their own numbers.
    let front = yaml::read(lines[..end].join("\n").as_bytes(), file, limits, report)?;
    let blocks::Body { blocks, footnotes } = blocks::read(&lines, end + 1, file, report);
    Ok(Manuscript { front: Some(front), blocks, footnotes })
}

/// The index of the line that ends the front matter.
fn front_end(lines: &[&str]) -> Result<usize, &'static str> {
    let is_rule = |it: &&str| it.trim_end() == "---";
    if !lines.first().is_some_and(is_rule) {
        return Err("文件没有以文件头开始，没有采用");
    }
    let end = lines.iter().skip(1).position(is_rule);
    end.map(|it| it + 1).ok_or("文件头没有结束的“---”一行，没有采用")
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::{Place, Sources};

    const HEAD: &str = "---\ntitle: 甲办法\nkeywords: [乙, 丙]\n---\n";

    /// A code and its line and column.
    type Found = (String, Option<(u32, u32)>);

    fn read_text(text: &str) -> (Option<Manuscript>, Vec<Found>) {
        let file = Sources::default().add("a.md");
        let mut report = Report::default();
        let manuscript = read(text.as_bytes(), file, &Limits::standard(), &mut report);
        let manuscript = manuscript.map_err(|it| report.push(*it)).ok();
        let found = report.findings().iter().map(|it| (it.code.to_string(), it.origin.and_then(at)));
        (manuscript, found.collect())
    }

    fn at(origin: Origin) -> Option<(u32, u32)> {
        match origin.place {
            Place::Text { line, column } => Some((line, column)),
            _ => None,
        }
    }

    #[test]
    fn paragraphs_tables_and_footnotes_stand_at_their_places() {
        let body = "\n第一条　总则[^1]。\n续行。\n\n| 姓名 | 备注 |\n|---|---|\n| 张三 | 甲\\|乙 |\n\n1. 不是列表\n\n[^1]: 说明。\n";
        let (manuscript, found) = read_text(&format!("{HEAD}{body}"));
        let Manuscript { blocks, footnotes, front } = manuscript.unwrap();
        assert_eq!(found, []);
        assert_eq!(at(front.unwrap().origin), Some((2, 1)));
        let Block::Paragraph(lines) = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!((lines[1].text(), at(lines[1].origin())), ("续行。", Some((7, 1))));
        let Block::Table(table) = &blocks[1] else { panic!("{blocks:?}") };
        assert_eq!((table.rows[0][1].text(), at(table.rows[0][1].origin())), ("甲|乙", Some((11, 8))));
        assert_eq!(blocks.len(), 3);
        assert_eq!((footnotes[0].text.text(), at(footnotes[0].text.origin())), ("说明。", Some((15, 7))));
    }

    #[test]
    fn what_is_wrong_stands_at_its_line_and_column() {
        for (text, code, place) in [
            ("第一条　总则。\n", "front-matter-missing", (1, 1)),
            ("---\ntitle: 甲\n", "front-matter-missing", (1, 1)),
            (&*format!("{HEAD}\n## 第一章\n"), "markdown-unsupported", (6, 1)),
            (&format!("{HEAD}\n应当**重视**。\n"), "markdown-unsupported", (6, 3)),
            (&format!("{HEAD}\n| 甲 | 乙 |\n|---|---|\n| 丙 |\n"), "markdown-table", (8, 1)),
            (&format!("{HEAD}\n| 甲 | 乙 |\n| 丙 | 丁 |\n"), "markdown-table", (6, 1)),
            (&format!("{HEAD}\n总则[^2]。\n"), "footnote-unresolved", (6, 3)),
            (&format!("{HEAD}\n总则。\n\n[^3]: 无处。\n"), "footnote-unresolved", (8, 1)),
            ("---\ntitle: 甲\ntitle: 乙\n---\n\n总则。\n", "duplicate-key", (3, 1)),
        ] {
            assert_eq!(read_text(text).1, [(code.to_owned(), Some(place))], "{text}");
        }
    }
}
