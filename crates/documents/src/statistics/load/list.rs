//! A table that lists records, one a row.

use crate::book::Align;
use crate::declaring::{align, width};
use crate::kinds::Declaring;
use crate::leaf::printable;
use crate::order::Order;
use crate::statistics::declaration::{List, ListColumn, ListValue};
use dataset::{SchemaScope, TableId};
use facts::{Count, frame_scope};
use finding::{Report, Reported};
use source::{Declared, Fields, Node, Parts, all};

/// Reads what a list shows of the records of a table.
///
/// # Errors
/// If anything in it is wrong; everything that is wrong has been reported.
pub(super) fn load(
    fields: &mut Fields<'_, '_>,
    of: TableId,
    loading: Declaring<'_>,
) -> Result<List, Reported> {
    let (columns, sort) = (fields.required_list("columns")?, fields.list("sort"));
    let total = fields.string("total");
    let scope = frame_scope(loading.schemas, Some(of));
    let order = Order::load(sort, &scope, fields.report());
    let numbered = columns.iter().enumerate();
    let columns = all(numbered.map(|(idx, it)| column(it, idx, &scope, fields.report())));
    let (columns, order) = (columns, order).whole()?;
    Ok(List { columns, total, order })
}

fn column(
    node: &Node,
    idx: usize,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<ListColumn, Reported> {
    let mut fields = Fields::new(node, "列", report)?;
    let (id, title) = (fields.string("id"), fields.required_string("title"));
    let (width, written) = (width(&mut fields), fields.text_as("align", align));
    let count = fields.node("count");
    let value = match count {
        Some(node) => Count::load(node, scope, fields.report()).map(|it| ListValue::Count(Box::new(it))),
        None => fields.required_as("value", |it, report| printable(it, scope, report)).map(ListValue::Own),
    };
    let (title, value, written) = fields.whole((title, value, written))?;
    let usual = if count.is_some() { Align::Right } else { Align::Center };
    let id = id.unwrap_or_else(|| format!("c{}", idx + 1).into());
    let heading = title.split('/').map(str::to_owned).collect();
    Ok(ListColumn { id, heading, value, width, align: written.unwrap_or(usual) })
}
