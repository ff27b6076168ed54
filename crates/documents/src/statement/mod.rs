//! Statements (情况说明): what the data were asked about and what has been answered, for whoever the figures go to, on paper
//! and to be edited; from `templates/statements/<id>.yaml`.

mod declaration;

use std::sync::Arc;

use super::artefact::{Body, Kind, Script};
use super::drafts::{Closing, Document, Drafts, Edition, Group, Planner};
use super::input::Input;
use super::kinds::KindOfDocument;
use super::names::stem;
use super::planning::Planning;
use super::summary::{Block, CellColumn, Cells, Phrase, Placed, Text, pages};
use crate::book::Align;
use declaration::{Statement, load_statements};
use finding::{Answer, Finding, Report};
use project::Wants;

/// The layout of all statements.
const LAYOUT: &str = "statements/layout.typ";

/// The endings of the files of a statement.
const ENDINGS: [&str; 2] = ["pdf", "docx"];

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("statements"),
    title: "核实情况的说明",
    wants: Wants::Ids,
    load: |wanted, declaring, report| Ok(Box::new(Statements(load_statements(wanted, declaring, report)?))),
};

/// The statements that a project wants.
#[derive(Debug)]
struct Statements(Vec<Statement>);

impl Planner for Statements {
    fn plan(self: Box<Self>, _: Planning<'_>, _: &mut Report) -> Drafts {
        Drafts { closing: vec![self], ..Drafts::default() }
    }
}

impl Closing for Statements {
    fn close(self: Box<Self>, planning: Planning<'_>, report: &Report) -> Group {
        let answered: Vec<(&Finding, &Answer)> =
            report.findings().iter().filter_map(|it| Some((it, it.answer.as_ref()?))).collect();
        // Where nothing was asked there is nothing to be said.
        let wanted = self.0.iter().filter(|_| !answered.is_empty());
        Group { documents: wanted.map(|it| document(it, &answered, planning)).collect(), binders: Vec::new() }
    }
}

fn document(statement: &Statement, answered: &[(&Finding, &Answer)], planning: Planning<'_>) -> Document {
    let project = planning.project;
    let text = text(statement, answered, planning);
    let path = format!("{}/{}", KIND.kind.id(), stem(&statement.file_name, &ENDINGS));
    let paper = pages(&text, LAYOUT, project, planning.fonts);
    let word = planning.captions.editions.word.filled(&[text.title.as_str()]);
    let title = text.title.clone();
    let script = Script {
        text,
        author: format!("{}{}", project.institution, project.department),
        date: project.as_of,
        draft: None,
        captions: planning.captions.clone(),
    };
    let edition = |ending: &str, title: String, body| Edition::new(format!("{path}.{ending}"), title, body);
    Document {
        editions: vec![
            edition(ENDINGS[0], title, Body::Pages(paper)),
            edition(ENDINGS[1], word, Body::Word(Box::new(script))),
        ],
        inputs: vec![Input::Itself(path.clone())],
        ..Document::new(KIND.kind)
    }
}

/// The text: an opening, a row for each answer, the signature.
fn text(statement: &Statement, answered: &[(&Finding, &Answer)], planning: Planning<'_>) -> Text {
    let project = planning.project;
    let office = format!("{}{}", project.institution, project.department);
    let (period, n) = (project.period.to_string(), answered.len().to_string());
    let opening = statement.opening.filled(&[office.as_str(), &period, &n]);
    let table = Cells { title: None, columns: columns(statement), rows: rows(answered), total: None };
    let blocks = [Block::Paragraph { lead: None, text: Phrase::plain(opening) }, Block::Table(table)];
    let placed =
        |(at, block)| Placed { id: format!("{}-{at}", statement.id), part: statement.id.clone(), block };
    Text {
        title: statement.title.to_string(),
        has_contents: false,
        blocks: (1..).zip(blocks).map(placed).collect(),
        appendices: Vec::new(),
        signature: vec![office, statement.date.to_string()],
    }
}

fn columns(statement: &Statement) -> Vec<CellColumn> {
    let look =
        [(Align::Center, 3), (Align::Left, 9), (Align::Left, 14), (Align::Left, 12), (Align::Center, 8)];
    let column = |(title, (align, width)): (&Arc<str>, (Align, u16))| CellColumn {
        title: title.to_string(),
        align,
        width: Some(width),
    };
    statement.columns.iter().zip(look).map(column).collect()
}

/// Number, whom it is about, what was asked, what was answered, by whom and when.
fn rows(answered: &[(&Finding, &Answer)]) -> Vec<Vec<Phrase>> {
    let row = |(number, (asked, answer)): (usize, &(&Finding, &Answer))| {
        let subject = &asked.subject;
        let whom = subject.branch.as_ref().or(subject.committee.as_ref()).into_iter().chain(&subject.record);
        let mut whom: Vec<&str> = whom.map(|it| &**it).collect();
        whom.dedup();
        let field = asked.field.as_deref().filter(|it| !asked.message.contains(it));
        let message = field.map_or_else(|| asked.message.clone(), |it| format!("{it}：{}", asked.message));
        let cells = [
            number.to_string(),
            whom.join("，"),
            message,
            answer.why.to_string(),
            format!("{}，{}", answer.who, answer.when),
        ];
        cells.into_iter().map(Phrase::plain).collect()
    };
    (1..).zip(answered).map(row).collect()
}
