//! The body of a form that needs no layout of its own: blocks, declared in `form.yaml` and set by `typst/form.typ`.

use serde_json::{Value as Json, json};

use super::table::Table;
use crate::declaring::template;
use dataset::{Scene, SchemaScope};
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, Node, all};
use words::{Expression, Template, Unanswered, Verdict};

/// The blocks that are nothing but texts, as declarations write them:
/// `title` the lines of a title, from a new page on; `number` a line above it, at the right; `heading` the title of a part;
/// `line` what stands above a table, spread over its width; `to` whom a letter addresses; `paragraphs` body text;
/// `signed` who signs and when, at the right; `attachments` what goes along; `notes` small print; `cut` a line to cut along.
/// With `small: true` the letter's lines stand closer, in smaller type.
const TEXTS: [&str; 10] =
    ["title", "number", "heading", "line", "to", "paragraphs", "signed", "attachments", "notes", "cut"];
const TABLE: &str = "table";

/// Declared blocks, in their order.
#[derive(Debug, Clone)]
pub(super) struct Body(Vec<Block>);

/// A block, and when it is there.
#[derive(Debug, Clone)]
struct Block {
    when: Option<Expression>,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Texts { kind: &'static str, is_small: bool, texts: Vec<Template> },
    Table(Table),
}

impl Body {
    /// Reads a list of blocks.
    ///
    /// # Errors
    /// If anything in it is wrong; that has been reported.
    pub(super) fn load(
        nodes: &[Node],
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        all(nodes.iter().map(|it| Block::load(it, scope, report))).map(Self)
    }

    /// Fills in the values for the record of a scene.
    ///
    /// # Errors
    /// Why a value, a list or a condition cannot be determined; in a cell, a field left empty is no error.
    pub(super) fn fill(&self, scene: &Scene, empty: &str) -> Result<Json, String> {
        let filled = self.0.iter().map(|it| it.fill(scene, empty));
        Ok(filled.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

impl Declared<SchemaScope<'_>> for Block {
    const WHAT: &'static str = "版块";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let when =
            fields.text_as("when", |it, report| Expression::condition(&it.text, it.origin, scope, report));
        let table = fields.part(TABLE, scope);
        let given: Vec<&str> = TEXTS.into_iter().filter(|it| fields.node(it).is_some()).collect();
        let texts =
            given.first().map(|it| (*it, fields.texts_as(it, |it, report| template(it, scope, report))));
        let is_small = fields.flag("small").unwrap_or_default();
        let n_given = given.len() + usize::from(!matches!(table, Ok(None)));
        let single = if n_given == 1 { Ok(()) } else { Err(not_one(fields)) };
        let (when, table, ()) = fields.whole((when, table, single))?;
        let content = match (table, texts) {
            (Some(table), _) => Content::Table(table),
            (None, Some((kind, texts))) => Content::Texts { kind, is_small, texts: texts? },
            (None, None) => return Err(not_one(fields)),
        };
        Ok(Self { when, content })
    }
}

/// What is said of a block that says not what it is, or says it twice.
fn not_one(fields: &mut Fields<'_, '_>) -> Reported {
    let (origin, known) = (fields.origin(), TEXTS.join("、"));
    let finding = Finding::new(&codes::WRONG_KIND, "一个版块应当且只应写明一种内容").at(origin);
    fields.report().error(finding.hint(format!("可用：{known}、{TABLE}")))
}

impl Block {
    fn fill(&self, scene: &Scene, empty: &str) -> Result<Option<Json>, String> {
        if let Some(when) = &self.when
            && !holds(when, scene)?
        {
            return Ok(None);
        }
        Ok(Some(match &self.content {
            Content::Texts { kind, is_small, texts } => {
                let texts = texts.iter().map(|it| rendered(it, scene));
                json!({ "kind": kind, "small": is_small, "texts": texts.collect::<Result<Vec<_>, _>>()? })
            }
            Content::Table(table) => table.fill(scene, empty)?,
        }))
    }
}

/// Whether a condition holds.
///
/// # Errors
/// Why that cannot be determined.
pub(super) fn holds(condition: &Expression, scene: &Scene) -> Result<bool, String> {
    match condition.test(&scene.context()) {
        Verdict::Holds => Ok(true),
        Verdict::Fails => Ok(false),
        Verdict::Undecided(why) | Verdict::Fault(why) => Err(format!("{why}（{}）", condition.source())),
    }
}

/// A text with its values.
///
/// # Errors
/// Why one of them cannot be determined, or that it is missing and the text does not say what then.
pub(super) fn rendered(text: &Template, scene: &Scene) -> Result<String, String> {
    let why = |it: Unanswered| format!("{}（{}）", it.why(), text.source().trim());
    text.render(&scene.context()).map_err(why)
}
