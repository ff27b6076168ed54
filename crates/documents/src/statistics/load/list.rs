//! A table that lists records, one a row.

use std::sync::Arc;

use super::entry::Loading;
use crate::book::Align;
use crate::declaring::{WIDEST, align};
use crate::leaf::printable;
use crate::order::Order;
use crate::statistics::declaration::{List, ListColumn, ListValue};
use dataset::{SchemaScope, TableId};
use facts::{Count, frame_scope};
use finding::{Report, Reported};
use source::{Declared, Fields, Node};

/// Reads what a list shows of the records of a table.
///
/// # Errors
/// If anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load(fields: &mut Fields<'_, '_>, of: TableId, loading: Loading<'_>) -> Result<List, Reported> {
    fields.required_node("columns")?;
    let (columns, sort) = (fields.list("columns"), fields.list("sort"));
    let total = fields.text("total").map(|it| it.text);
    let scope = frame_scope(loading.schemas, Some(of));
    let order = Order::load(sort, &scope, fields.report());
    let numbered = columns.iter().enumerate();
    let columns: Vec<_> = numbered.map(|(idx, it)| column(it, idx, &scope, fields.report())).collect();
    Ok(List { columns: columns.into_iter().collect::<Result<_, _>>()?, total, order: order? })
}

fn column(
    node: &Node,
    idx: usize,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<ListColumn, Reported> {
    let mut fields = Fields::new(node, "列", report)?;
    let (id, title) = (fields.text("id"), fields.required_text("title"));
    let width = fields.count_to("width", WIDEST).and_then(|it| u16::try_from(it).ok());
    let written = fields.text("align").map(|it| align(&it, fields.report())).transpose();
    let count = fields.node("count");
    let value = match count {
        Some(node) => Count::load(node, scope, fields.report()).map(|it| ListValue::Count(Box::new(it))),
        None => fields
            .required_text("value")
            .and_then(|it| printable(&it, scope, fields.report()))
            .map(ListValue::Text),
    };
    fields.finish();
    let usual = if count.is_some() { Align::Right } else { Align::Center };
    let id: Arc<str> = id.map_or_else(|| format!("c{}", idx + 1).into(), |it| it.text);
    Ok(ListColumn {
        id,
        heading: title?.text.split('/').map(str::to_owned).collect(),
        value: value?,
        width,
        align: written?.unwrap_or(usual),
    })
}
