//! Blocks written as the Markdown that is read back as the same blocks.

use super::{Block, Footnote, Passage, Table};
use finding::Origin;

/// A text as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownText {
    /// The text, without front matter; it ends with a line break.
    pub text: String,
    /// Lines that begin as a table or a footnote does, and will be taken for one.
    pub doubtful: Vec<Origin>,
}

/// Writes blocks and footnotes as Markdown.
pub fn markdown(blocks: &[Block], footnotes: &[Footnote]) -> MarkdownText {
    let parts = blocks.iter().map(block).chain(footnotes.iter().map(footnote));
    let text = parts.collect::<Vec<_>>().join("\n");
    let lines = blocks.iter().filter_map(|it| match it {
        Block::Paragraph(lines) => Some(lines),
        Block::Table(_) => None,
    });
    let is_doubtful = |it: &&Passage| {
        let line = it.marked();
        line.starts_with('|') || line.starts_with("[^") && line.contains("]:")
    };
    MarkdownText { text, doubtful: lines.flatten().filter(is_doubtful).map(Passage::origin).collect() }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(lines) => lines.iter().map(|it| it.marked() + "\n").collect(),
        Block::Table(table) => rows(table),
    }
}

fn rows(table: &Table) -> String {
    let row = |cells: &[Passage]| {
        let cells: String =
            cells.iter().map(|it| format!(" {} |", it.marked().replace('|', "\\|"))).collect();
        format!("|{cells}\n")
    };
    let rule = format!("|{}\n", "---|".repeat(table.head.len()));
    row(&table.head) + &rule + &table.rows.iter().map(|it| row(it)).collect::<String>()
}

fn footnote(footnote: &Footnote) -> String {
    format!("[^{}]: {}\n", footnote.name, footnote.text.marked())
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::Limits;
    use finding::{Report, Sources};

    const BODY: &str = "\
甲办法

第一条　总则[^1]。
续行[^1][^乙]。

| 姓名 | 备注 |
|---|---|
| 张三 | 甲\\|乙 |
| 李四 |  |

（一）项。

[^1]: 说明。

[^乙]: 再说明。
";

    #[test]
    fn what_is_written_is_what_was_read() {
        let text = format!("---\ntitle: 甲办法\n---\n\n{BODY}");
        let file = Sources::default().add("a.md");
        let manuscript = read(text.as_bytes(), file, &Limits::standard(), &mut Report::default()).unwrap();
        let written = markdown(&manuscript.blocks, &manuscript.footnotes);
        assert_eq!((&*written.text, written.doubtful.len()), (BODY, 0));
    }
}
