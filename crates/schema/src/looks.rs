//! What the contents of fields look like whose type does not tell: a place of origin begins with a province, an academic
//! title ends in one of a few words. By this a column is known that stands under the heading of another one; nothing is
//! refused for looking otherwise.

use std::sync::Arc;

use super::table::{Field, FieldKind, Schemas};
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, Node, NodeKind, nearest};
use value::fold;

/// The key by which the file is told from those of tables.
const KEY: &str = "looks";

/// One look: a text has it if it begins with one of some words, or ends in one of others, and is no longer than allowed.
#[derive(Debug, Clone)]
pub struct Look {
    /// Its name, by which fields say that they look so.
    id: Arc<str>,
    /// The types, and the tables that references lead to, all fields of which look so.
    of: Vec<Arc<str>>,
    /// Folded.
    begins: Vec<String>,
    /// Folded.
    ends: Vec<String>,
    at_most: Option<usize>,
}

impl Look {
    /// Whether a text looks so.
    pub(super) fn is_of(&self, text: &str) -> bool {
        let text = fold(text);
        let begins = || self.begins.iter().any(|it| text.starts_with(it.as_str()));
        let ends = || self.ends.iter().any(|it| text.ends_with(it.as_str()));
        self.at_most.is_none_or(|it| text.chars().count() <= it) && (begins() || ends())
    }
}

impl Declared for Look {
    const WHAT: &'static str = "内容的样子";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let id = fields.required_string("id");
        let of = fields.strings("of");
        let [begins, ends] =
            ["begins_with", "ends_with"].map(|it| fields.texts(it).iter().map(|it| fold(&it.text)).collect());
        let at_most = fields.count("at_most");
        Ok(Self { id: fields.whole(id)?, of, begins, ends, at_most })
    }
}

/// Whether a tree is that of the looks rather than of a table.
pub(super) fn is_here(tree: &Node) -> bool {
    matches!(&tree.kind, NodeKind::Map(entries) if entries.iter().any(|it| &*it.key == KEY))
}

/// Reads the file.
pub(super) fn read(tree: &Node, report: &mut Report) -> Vec<Look> {
    let Ok(mut file) = Fields::new(tree, Look::WHAT, report) else { return Vec::new() };
    let list = file.list(KEY);
    let looks = list.iter().filter_map(|it| Look::load(it, &(), file.report()).ok()).collect();
    file.finish();
    looks
}

/// The looks of a field: those that it names, and those of its type or of what it refers to.
pub(super) fn of<'a>(field: &Field, schemas: &'a Schemas) -> Vec<&'a Look> {
    let kind = match &field.kind {
        FieldKind::List(of) => of,
        kind => kind,
    };
    let of_kind = match kind {
        FieldKind::Name => Some("name"),
        FieldKind::Reference(reference) => Some(&*reference.to),
        _ => None,
    };
    let is_own = |look: &&Look| {
        field.looks.iter().any(|it| it.text == look.id)
            || of_kind.is_some_and(|it| look.of.iter().any(|of| **of == *it))
    };
    schemas.looks.iter().filter(is_own).collect()
}

/// Every look that a field names must be declared.
pub(super) fn check(schemas: &Schemas, report: &mut Report) {
    for named in schemas.tables.iter().flat_map(|it| &it.fields).flat_map(|it| &it.looks) {
        let known = schemas.looks.iter().map(|it| &*it.id);
        if known.clone().any(|it| *it == *named.text) {
            continue;
        }
        let hint = match nearest(&named.text, known) {
            Some(near) => format!("是否应为“{near}”？"),
            None => "请填写 looks.yaml 中某一种样子的 id".to_owned(),
        };
        let message = format!("没有名为“{}”的样子", named.text);
        report.push(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(named.origin).hint(hint));
    }
}
