//! A cell of a form's table.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::body::rendered;
use crate::book::Align;
use crate::declaring::{align, template};
use crate::leaf::{leaf, printable};
use dataset::{Scene, SchemaScope};
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, NodeKind};
use words::{Expression, Template};

/// The most columns or rows that a cell takes, and lines that it is high.
const MOST: usize = 60;

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// So many columns.
    pub(super) span: usize,
    /// So many rows.
    pub(super) down: usize,
    /// At least so many lines high.
    n_lines_min: usize,
    align: Option<Align>,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    /// A label of the form.
    Label(Template),
    /// A value, and what is printed if there is none.
    Value { value: Expression, empty: Option<Arc<str>> },
    /// Running text.
    Text(Vec<Template>),
    /// A box before each of some words, one of them ticked.
    Choice { chosen: Option<Expression>, of: Vec<Arc<str>> },
    /// What somebody writes, signs and seals: a text that is given, roles, the word for the seal, 年 月 日.
    Opinion { texts: Vec<Template>, signed: Vec<Template>, seal: Option<Template>, is_dated: bool },
    /// Left for hand.
    Hand,
}

impl Cell {
    /// Reads a cell: a lone text is a label, nothing a place for hand, a mapping what it says.
    pub(super) fn load(node: &Node, scope: &SchemaScope<'_>, report: &mut Report) -> Result<Self, Reported> {
        match node.kind {
            NodeKind::Null => Ok(Self::of(Content::Hand)),
            _ => <Self as Declared<_>>::load(node, scope, report),
        }
    }

    fn of(content: Content) -> Self {
        Self { span: 1, down: 1, n_lines_min: 1, align: None, content }
    }

    /// A label at the left of so many rows, as the layout gets it.
    pub(super) fn label_beside(text: &str, n_rows: usize) -> Json {
        json!({ "kind": "label", "text": text, "span": 1, "down": n_rows, "lines": 1, "align": null })
    }

    /// Fills in the values for the record of a scene; without one, a row that fills up a list, nothing but what stands
    /// in it anyway.
    ///
    /// # Errors
    /// Why a value cannot be determined; a field left empty is no error.
    pub(super) fn fill(&self, scene: Option<&Scene>, empty: &str) -> Result<Json, String> {
        let mut cell = self.content.fill(scene, empty)?;
        cell["span"] = self.span.into();
        cell["down"] = self.down.into();
        cell["lines"] = self.n_lines_min.into();
        cell["align"] = match self.align {
            Some(Align::Left) => "left".into(),
            Some(Align::Center) => "center".into(),
            Some(Align::Right) => "right".into(),
            None => Json::Null,
        };
        Ok(cell)
    }
}

impl Declared<SchemaScope<'_>> for Cell {
    const WHAT: &'static str = "格";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let sizes = ["span", "down", "lines"].map(|it| fields.count_to(it, MOST).unwrap_or(1).max(1));
        let align = fields.text_as("align", align);
        let content = Content::read(fields, scope);
        let (align, content) = fields.whole((align, content))?;
        let [span, down, n_lines_min] = sizes;
        Ok(Self { span, down, n_lines_min, align, content })
    }

    fn lone(
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Option<Result<Self, Reported>> {
        Some(template(written, scope, report).map(|it| Self::of(Content::Label(it))))
    }
}

impl Content {
    /// Reads what is in a cell: one of `label`, `value`, `text`, `of` (with `choose`), `signed`; none of them is a place
    /// for hand.
    fn read(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let label = fields.text_as("label", |it, report| template(it, scope, report))?;
        let value = fields.text_as("value", |it, report| printable(it, scope, report))?;
        let texts = fields.texts_as("text", |it, report| template(it, scope, report))?;
        let signed = fields.texts_as("signed", |it, report| template(it, scope, report))?;
        let of: Vec<Arc<str>> = fields.strings("of");
        let n_given = usize::from(label.is_some())
            + usize::from(value.is_some())
            + usize::from(!of.is_empty())
            + usize::from(!signed.is_empty() || !texts.is_empty());
        if n_given > 1 {
            let finding = Finding::new(&codes::WRONG_KIND, "一格只应写明一种内容").at(fields.origin());
            let hint = "可用：label、value、text、of（可带 choose）、signed（可带 text）；都不写的留给手写";
            return Err(fields.report().error(finding.hint(hint)));
        }
        Ok(match (label, value) {
            (Some(label), _) => Self::Label(label),
            (_, Some(value)) => Self::Value { value, empty: own_empty(fields) },
            _ if !of.is_empty() => {
                let chosen = fields.text_as("choose", |it, report| printable(it, scope, report))?;
                Self::Choice { chosen, of }
            }
            _ if !signed.is_empty() => {
                let seal = fields.text_as("seal", |it, report| template(it, scope, report))?;
                let is_dated = fields.flag("date").unwrap_or(true);
                Self::Opinion { texts, signed, seal, is_dated }
            }
            _ if !texts.is_empty() => Self::Text(texts),
            _ => Self::Hand,
        })
    }

    fn fill(&self, scene: Option<&Scene>, empty: &str) -> Result<Json, String> {
        let text = |it: &Template| match scene {
            Some(scene) => rendered(it, scene),
            // Nothing is known in a row that fills up a list; what is always printed stands there as well.
            None => Ok(if it.source().contains('{') { String::new() } else { it.source().to_owned() }),
        };
        let texts = |them: &[Template]| them.iter().map(text).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Self::Hand => json!({ "kind": "hand" }),
            Self::Label(label) => json!({ "kind": "label", "text": text(label)? }),
            Self::Value { value, empty: own } => {
                let shown = |scene| leaf(value, scene, own.as_deref().unwrap_or(empty));
                json!({ "kind": "value", "text": scene.map_or(Ok(String::new()), shown)? })
            }
            Self::Text(them) => json!({ "kind": "text", "texts": texts(them)? }),
            Self::Choice { chosen, of } => {
                json!({ "kind": "choice", "of": of, "chosen": ticked(chosen.as_ref(), of, scene)? })
            }
            Self::Opinion { texts: them, signed, seal, is_dated } => json!({
                "kind": "opinion",
                "texts": texts(them)?,
                "signed": texts(signed)?,
                "seal": seal.as_ref().map(text).transpose()?,
                "dated": is_dated,
            }),
        })
    }
}

/// The word for a missing value, if the cell has its own; an empty one is a word as well.
fn own_empty(fields: &mut Fields<'_, '_>) -> Option<Arc<str>> {
    let node = fields.node("empty")?;
    Some(match &node.kind {
        NodeKind::Scalar(text) => text.clone(),
        _ => "".into(),
    })
}

/// Which of the words is ticked; none where nothing is given.
fn ticked(chosen: Option<&Expression>, of: &[Arc<str>], scene: Option<&Scene>) -> Result<Json, String> {
    let (Some(chosen), Some(scene)) = (chosen, scene) else { return Ok(Json::Null) };
    let given = leaf(chosen, scene, "")?;
    if given.is_empty() {
        return Ok(Json::Null);
    }
    let at = of.iter().position(|it| **it == *given);
    let known = || of.join("、");
    at.map(Json::from).ok_or_else(|| format!("“{given}”不在表上的选项中：{}（{}）", known(), chosen.source()))
}
