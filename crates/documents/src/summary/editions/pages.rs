//! A summary on paper: its blocks as data for the layout.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::super::text::{Block, Cells, Phrase, Placed, Text};
use crate::Pages;
use crate::book::{align_word, chart_data};
use project::{Fonts, Project};
use value::PartialDate;

/// The pages of a summary, set by a layout.
pub fn pages(text: &Text, layout: &str, project: &Project, fonts: &Fonts) -> Pages {
    let data = json!({
        "title": text.title,
        "language": "zh-CN",
        "faces": fonts.styles,
        "project": {
            "institution": &*project.institution,
            "department": &*project.department,
            "as_of": PartialDate::from(project.as_of).to_string(),
            "period": project.period.to_string(),
        },
        "draft": Json::Null,
        "summary": {
            "title": text.title,
            "contents": text.has_contents,
            "blocks": blocks(&text.blocks),
            "appendices": text.appendices.iter().map(|it| json!({
                "number": it.number,
                "title": it.title,
                "blocks": blocks(&it.blocks),
            })).collect::<Vec<_>>(),
            "signature": text.signature,
        },
    });
    Pages { layout: layout.to_owned(), data, pictures: BTreeMap::new(), date: Some(project.as_of) }
}

fn blocks(blocks: &[Placed]) -> Vec<Json> {
    blocks.iter().map(|it| block(&it.block)).collect()
}

fn block(block: &Block) -> Json {
    match block {
        Block::Heading { level, number, text } => {
            json!({ "kind": "heading", "level": level, "number": number, "text": text.text() })
        }
        Block::Paragraph { lead, text } => json!({ "kind": "paragraph", "lead": lead, "text": text.text() }),
        Block::Table(cells) => table(cells),
        Block::Chart(it) => json!({ "kind": "chart", "chart": chart_data(&it.chart) }),
        Block::Month(text) => json!({ "kind": "month", "text": text }),
    }
}

fn table(cells: &Cells) -> Json {
    let row = |row: &Vec<Phrase>| row.iter().map(Phrase::text).collect::<Vec<_>>();
    json!({
        "kind": "table",
        "title": cells.title.as_ref().map(Phrase::text),
        "columns": cells.columns.iter().map(|it| json!({
            "title": it.title,
            "align": align_word(it.align),
            "width": it.width,
        })).collect::<Vec<_>>(),
        "rows": cells.rows.iter().map(row).collect::<Vec<_>>(),
        "total": cells.total.as_ref().map(row),
    })
}
