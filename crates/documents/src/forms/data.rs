//! The data of a layout: a tree of expressions, filled in for one record; every leaf is text.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::listed::{Listed, Written};
use super::pictures;
use crate::leaf::{check_printable, leaf};
use dataset::{Scene, SchemaScope};
use finding::{Finding, Report, Reported, codes};
use source::{Entry, Fields, LocatedText, Node, NodeKind};
use words::{self, Expression, Type, Unanswered};

/// A declared tree of data.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    /// One value, and what is printed if there is none.
    Leaf {
        /// What it is.
        value: Expression,
        /// Printed for a missing value, in place of the form's own word for it.
        empty: Option<Arc<str>>,
    },
    /// A picture, which the layout gets with its path and its description.
    Picture {
        /// What it is.
        value: Expression,
        /// What the layout gets if there is none: this text, or `none`.
        empty: Option<Arc<str>>,
    },
    /// Named parts.
    Group(Vec<(Arc<str>, Tree)>),
    /// A row for each item of a list.
    Each {
        /// The list.
        list: Listed,
        /// What a row holds.
        row: Vec<(Arc<str>, Tree)>,
    },
}

impl Tree {
    /// Reads a declaration: a text is an expression, `{value, empty}` one with its own word for “nothing”,
    /// `{each, rows, sort, row}` a list, any other mapping a group.
    pub(super) fn load(node: &Node, scope: &SchemaScope<'_>, report: &mut Report) -> Result<Self, Reported> {
        match &node.kind {
            NodeKind::Scalar(text) => {
                let written = LocatedText { text: text.clone(), origin: node.origin };
                load_leaf(&written, None, scope, report)
            }
            NodeKind::Map(entries) if has(entries, "each") => Self::load_each(node, scope, report),
            NodeKind::Map(entries) if has(entries, "value") => {
                let mut fields = Fields::new(node, "数据项", report)?;
                let value = fields.required_text("value")?;
                // An empty text is a word for “nothing” as well: the cell stays blank.
                let empty = entries
                    .iter()
                    .find(|it| &*it.key == "empty")
                    .map(|_| fields.text("empty").map_or_else(|| "".into(), |it| it.text));
                fields.finish();
                load_leaf(&value, empty, scope, report)
            }
            NodeKind::Map(entries) => Ok(Self::Group(load_entries(entries, scope, report)?)),
            NodeKind::Null | NodeKind::List(_) => {
                let finding = Finding::new(&codes::WRONG_KIND, "数据项应为表达式，或由数据项组成的键值")
                    .at(node.origin);
                Err(report.error(finding))
            }
        }
    }

    fn load_each(node: &Node, scope: &SchemaScope<'_>, report: &mut Report) -> Result<Self, Reported> {
        let mut fields = Fields::new(node, "列表", report)?;
        let written = Written::read(&mut fields);
        fields.required_node("row")?;
        let row = fields.map("row");
        fields.finish();
        let (list, inner) = written?.compile(scope, report)?;
        Ok(Self::Each { list, row: load_entries(row, &inner, report)? })
    }

    /// Fills in the values for the record of a scene.
    ///
    /// # Errors
    /// Why a value or a list cannot be determined; a field left empty is no error.
    pub(super) fn fill(&self, scene: &Scene, empty: &str) -> Result<Json, String> {
        match self {
            Self::Leaf { value, empty: own } => {
                leaf(value, scene, own.as_deref().unwrap_or(empty)).map(Json::String)
            }
            Self::Picture { value, empty } => fill_picture(value, scene, empty.as_deref()),
            Self::Group(parts) => fill_entries(parts, scene, empty).map(Json::Object),
            Self::Each { list, row } => {
                let fill = |inner: Option<Scene>| match inner {
                    Some(inner) => fill_entries(row, &inner, empty).map(Json::Object),
                    None => Ok(blank(row)),
                };
                list.scenes(scene)?.into_iter().map(fill).collect::<Result<_, _>>().map(Json::Array)
            }
        }
    }
}

/// A picture as the layout gets it; what stands for none, if none was given.
fn fill_picture(value: &Expression, scene: &Scene, empty: Option<&str>) -> Result<Json, String> {
    match value.evaluate(&scene.context()) {
        Ok(given) => Ok(words::picture(&given).map_or(Json::Null, |(it, alt)| pictures::leaf(&it, &alt))),
        Err(Unanswered::Missing(_)) => Ok(empty.map_or(Json::Null, Json::from)),
        Err(Unanswered::Undecided(why) | Unanswered::Fault(why)) => {
            Err(format!("{why}（{}）", value.source()))
        }
    }
}

fn fill_entries(parts: &[(Arc<str>, Tree)], scene: &Scene, empty: &str) -> Result<Map<String, Json>, String> {
    parts.iter().map(|(name, part)| Ok((name.to_string(), part.fill(scene, empty)?))).collect()
}

/// A row in which every leaf is empty.
fn blank(parts: &[(Arc<str>, Tree)]) -> Json {
    let part = |tree: &Tree| match tree {
        Tree::Leaf { .. } => Json::String(String::new()),
        Tree::Picture { .. } => Json::Null,
        Tree::Group(parts) => blank(parts),
        Tree::Each { .. } => Json::Array(Vec::new()),
    };
    Json::Object(parts.iter().map(|(name, tree)| (name.to_string(), part(tree))).collect())
}

fn load_leaf(
    written: &LocatedText,
    empty: Option<Arc<str>>,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Tree, Reported> {
    let (value, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    if given == Type::Picture {
        return Ok(Tree::Picture { value, empty });
    }
    check_printable(written, &given, report)?;
    Ok(Tree::Leaf { value, empty })
}

fn load_entries(
    entries: &[Entry],
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Vec<(Arc<str>, Tree)>, Reported> {
    // All of them are looked at before giving up, so that one run shows every mistake.
    let parts: Vec<_> =
        entries.iter().map(|it| Ok((it.key.clone(), Tree::load(&it.value, scope, report)?))).collect();
    parts.into_iter().collect()
}

fn has(entries: &[Entry], key: &str) -> bool {
    entries.iter().any(|it| &*it.key == key)
}
