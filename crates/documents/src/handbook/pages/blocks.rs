//! The text of a piece as blocks of runs: the flat list that the layout sets.

use serde_json::{Value as Json, json};

use super::labels::Labels;
use crate::captions::Captions;
use regulations::{Attachment, Node, Rank, Unit};
use source::{Footnote, Passage, Table};

/// Sets the texts of one piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setter<'a> {
    pub(super) labels: &'a Labels,
    pub(super) captions: &'a Captions,
    pub(super) footnotes: &'a [Footnote],
}

impl Setter<'_> {
    /// The blocks of a body, in reading order.
    pub(super) fn blocks(&self, nodes: &[Node]) -> Vec<Json> {
        let mut blocks = Vec::new();
        self.collect(nodes, &mut blocks);
        blocks
    }

    /// An attachment with its blocks.
    pub(super) fn attachment(&self, attachment: &Attachment) -> Json {
        let word = &self.captions.attachment;
        json!({
            "label": self.labels.at(attachment.origin),
            "number": attachment.number.map_or_else(|| word.to_string(), |it| format!("{word}{it}")),
            "title": attachment.title.as_ref().map(Passage::text),
            "blocks": self.blocks(&attachment.body),
        })
    }

    /// A text as runs: words, words that lead somewhere, footnotes.
    pub(super) fn runs(&self, passage: &Passage) -> Vec<Json> {
        let mut runs = self.linked(passage, true);
        if runs.is_empty() {
            runs.push(json!({ "text": "" }));
        }
        runs
    }

    fn collect(&self, nodes: &[Node], blocks: &mut Vec<Json>) {
        for node in nodes {
            match node {
                Node::Table(it) => blocks.push(self.table(it)),
                Node::Unit(it) if it.rank == Rank::Article => self.article(it, blocks),
                Node::Unit(it) => {
                    blocks.push(self.unit(it, it.text.as_ref()));
                    self.collect(&it.content, blocks);
                }
            }
        }
    }

    /// An article: its first paragraph stands beside its number.
    fn article(&self, article: &Unit, blocks: &mut Vec<Json>) {
        match article.content.split_first() {
            Some((Node::Unit(first), rest)) if first.rank == Rank::Paragraph => {
                blocks.push(self.unit(article, first.text.as_ref()));
                self.collect(&first.content, blocks);
                self.collect(rest, blocks);
            }
            _ => {
                blocks.push(self.unit(article, None));
                self.collect(&article.content, blocks);
            }
        }
    }

    fn unit(&self, unit: &Unit, text: Option<&Passage>) -> Json {
        let number = unit.number.filter(|_| unit.rank != Rank::Paragraph);
        json!({
            "kind": kind(unit.rank),
            "label": self.labels.of(unit),
            "number": number.map(|it| unit.rank.cited(it)),
            "runs": text.map(|it| self.runs(it)).unwrap_or_default(),
        })
    }

    fn table(&self, table: &Table) -> Json {
        let cells = |cells: &[Passage]| cells.iter().map(|it| self.runs(it)).collect::<Vec<_>>();
        json!({
            "kind": "table",
            "label": Json::Null,
            "head": cells(&table.head),
            "rows": table.rows.iter().map(|it| cells(it)).collect::<Vec<_>>(),
        })
    }

    /// Cuts a text where links and footnotes begin and end.
    fn linked(&self, passage: &Passage, with_notes: bool) -> Vec<Json> {
        let chars: Vec<char> = passage.text().chars().collect();
        let links = self.labels.links(passage.origin());
        let notes = if with_notes { passage.notes() } else { &[] };
        let mut cuts: Vec<usize> = links.iter().flat_map(|it| [it.chars.start, it.chars.end]).collect();
        cuts.extend(notes.iter().map(|it| it.at));
        cuts.extend([0, chars.len()]);
        cuts.retain(|it| *it <= chars.len());
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs = Vec::new();
        for (idx, start) in cuts.iter().enumerate() {
            runs.extend(notes.iter().filter(|it| it.at == *start).filter_map(|it| self.note(&it.name)));
            let Some(end) = cuts.get(idx + 1) else { break };
            let text: String = chars[*start..*end].iter().collect();
            let link = links.iter().find(|it| it.chars.start <= *start && *end <= it.chars.end);
            runs.push(match link {
                Some(link) => json!({ "text": text, "to": link.to }),
                None => json!({ "text": text }),
            });
        }
        runs
    }

    fn note(&self, name: &str) -> Option<Json> {
        let note = self.footnotes.iter().find(|it| &*it.name == name)?;
        // A footnote has no footnotes of its own.
        Some(json!({ "note": self.linked(&note.text, false) }))
    }
}

fn kind(rank: Rank) -> &'static str {
    match rank {
        Rank::Part => "part",
        Rank::Chapter => "chapter",
        Rank::Section => "section",
        Rank::Article => "article",
        Rank::Heading => "heading",
        Rank::Paragraph => "paragraph",
        Rank::Item => "item",
        Rank::Point => "point",
        Rank::SubPoint => "subpoint",
    }
}
