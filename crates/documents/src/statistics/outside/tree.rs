//! Given figures in YAML: a tree whose keys are the parts of their names, `t1: {"14": {total: 2591}}` or `students: 21874`.

use super::{figure::figure, unreadable};
use crate::statistics::tally::Supplied;
use finding::Report;
use source::{Node, NodeKind};
use value::Raw;

/// The figures of a tree with their names; what is no figure is reported.
pub(super) fn figures(root: &Node, report: &mut Report) -> Vec<(String, Supplied)> {
    let mut found = Vec::new();
    collect(root, "", &mut found, report);
    found
}

fn collect(node: &Node, path: &str, found: &mut Vec<(String, Supplied)>, report: &mut Report) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(text) => match figure(&Raw::text(text)) {
            Ok(value) => {
                found.extend(value.map(|it| (path.to_owned(), Supplied { value: it, origin: node.origin })));
            }
            Err(hint) => {
                report.error(unreadable(node.origin, text, &hint));
            }
        },
        NodeKind::List(_) => {
            report.error(unreadable(node.origin, "列表", "请写成“名称: 数字”"));
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                let path =
                    if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
                collect(&entry.value, &path, found, report);
            }
        }
    }
}
