//! Like columns, such as 1月 … 12月 or the posts of a committee, whose filled cells become one record each.
//!
//! ```yaml
//! unfold:
//!   columns: [1月, 2月]         # the lowest labels; a label with other spellings: {value: 1月, spellings: [一月]}
//!   choices_of: post           # in their place: the choices of a field
//!   under: [支委会次数, 集体活动]  # the labels above them, if there are several such groups
//!   into: {column: month, group: kind, value: times}    # ids of the fields that take label, group and cell
//!   also: true                 # the table is usually returned with columns of its own; this is another way
//!   of_year: true              # the labels are months of the year that stands above them, in a title or a name
//!   several: true              # a cell may hold several values: 张三、李四
//!   once: true                 # what stands twice in a row is one record, of the first column
//!   with: {kind: 正常缴纳}       # what fields are where neither a column nor a name says it
//!   totals: [合计]              # columns that add up a row: held against its cells
//! ```
//!
//! `month` is given the text of the column's label and `kind` that of the group, each with the place of its heading; they
//! are parsed as their fields declare (a `unit: 月` makes 1 of `1月`). `column` may name several fields that are given the
//! same. An empty cell, or one that says 无 or —, gives no record. The other fields are those of the row. A return that has
//! a column for the value itself is read as any other table; with `also`, sheet, title or file must name the table, or
//! three of the labels be there that tell no year.

use std::sync::Arc;

use super::returned::field_index;
use super::table::{Field, FieldKind, Table};
use finding::{ById, FieldId, Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node};

/// So many like columns are no chance.
pub(crate) const N_COLUMNS_KNOWN_BY: usize = 3;

/// Like columns whose filled cells become one record each.
#[derive(Debug, Clone)]
pub struct Unfold {
    /// The lowest labels.
    pub columns: Vec<Caption>,
    /// The labels above them; empty if there is only one group, which has no name.
    pub groups: Vec<Caption>,
    /// The fields that take the column's label.
    pub column_fields: Vec<FieldId>,
    /// The field that takes the group's label.
    pub group_field: Option<FieldId>,
    /// The field that takes the cell.
    pub value_field: FieldId,
    /// What fields are where neither a column nor a name says it.
    pub with: Vec<(FieldId, Arc<str>)>,
    /// Labels of columns that add up a row.
    pub totals: Vec<Arc<str>>,
    /// Whether the table usually has columns of its own, and forms that are sent out have those.
    pub is_another_way: bool,
    /// Whether the labels are months of a year.
    pub is_of_year: bool,
    /// Whether a cell may hold several values.
    pub holds_several: bool,
    /// Whether what stands twice in a row is one record.
    pub is_once: bool,
}

impl Unfold {
    /// The fields that come from the columns and not from the row.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> {
        let columns = self.column_fields.iter().copied();
        columns.chain([self.value_field]).chain(self.group_field)
    }

    /// Whether a field is read from the cells as well, since it may stand for the value: a number by which somebody is found
    /// or else the name.
    pub(crate) fn lends_to(&self, table: &Table, field: FieldId) -> bool {
        let value = &table.fields[self.value_field].id;
        table.fields[field].stand_ins.iter().any(|it| it.text == *value)
    }
}

/// A label of like columns, with its other spellings.
#[derive(Debug, Clone)]
pub struct Caption {
    /// The label; it is what the field is given.
    pub value: Arc<str>,
    /// Other spellings.
    pub spellings: Vec<Arc<str>>,
}

impl Caption {
    /// The label in all its spellings.
    pub fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        [&self.value].into_iter().chain(&self.spellings)
    }
}

/// Within the fields of its table.
impl Declared<ById<FieldId, Field>> for Unfold {
    const WHAT: &'static str = "unfold";

    fn declared(fields: &mut Fields<'_, '_>, declared: &ById<FieldId, Field>) -> Result<Self, Reported> {
        let columns = columns(fields, declared);
        let groups = captions(fields.list("under"), fields.report());
        let [is_another_way, is_of_year, holds_several, is_once] =
            ["also", "of_year", "several", "once"].map(|it| fields.flag(it).unwrap_or_default());
        let totals = fields.strings("totals");
        let with = with(fields, declared);
        let into = fields.required_node("into");
        let mut into = Fields::new(into?, "into", fields.report())?;
        let field = |it: &LocatedText, report: &mut Report| field_index(declared, it, report);
        let named = into.required_node("column").map(|_| into.texts("column"));
        let value_field = into.required_as("value", field);
        let group_field = if groups.as_ref().is_ok_and(Vec::is_empty) {
            into.text_as("group", field)
        } else {
            into.required_as("group", field).map(Some)
        };
        into.finish();
        let column_fields = named.and_then(|it| it.iter().map(|it| field(it, fields.report())).collect());
        let parts = fields.whole(((column_fields, value_field), group_field, (columns, groups), with))?;
        let ((column_fields, value_field), group_field, (columns, groups), with) = parts;
        Ok(Self {
            columns,
            groups,
            column_fields,
            group_field,
            value_field,
            with,
            totals,
            is_another_way,
            is_of_year,
            holds_several,
            is_once,
        })
    }
}

/// The labels, or the choices of a field.
fn columns(fields: &mut Fields<'_, '_>, declared: &ById<FieldId, Field>) -> Result<Vec<Caption>, Reported> {
    let Some(named) = fields.text("choices_of") else {
        let listed = fields.required_list("columns")?;
        return captions(listed, fields.report());
    };
    let field = field_index(declared, &named, fields.report())?;
    let FieldKind::Choice(choices) = &declared[field].kind else {
        let message = format!("“choices_of”写的“{}”不是选择项", named.text);
        let finding = Finding::new(&codes::WRONG_KIND, message).at(named.origin);
        return Err(fields
            .report()
            .error(finding.hint("请填写本表中一个选择项的 id，或用 columns 列出列名")));
    };
    let caption = |it: &value::Choice| Caption { value: it.value.clone(), spellings: it.spellings.clone() };
    Ok(choices.iter().map(caption).collect())
}

fn captions(nodes: &[Node], report: &mut Report) -> Result<Vec<Caption>, Reported> {
    nodes.iter().map(|it| Caption::load(it, &(), report)).collect()
}

/// What fields are, by their ids.
fn with(
    fields: &mut Fields<'_, '_>,
    declared: &ById<FieldId, Field>,
) -> Result<Vec<(FieldId, Arc<str>)>, Reported> {
    let Some(node) = fields.node("with") else { return Ok(Vec::new()) };
    let mut within = Fields::new(node, "with", fields.report())?;
    let mut given = Vec::new();
    for named in within.others() {
        let text = within.required_string(&named.text);
        given.push((named, text));
    }
    within.finish();
    let field = |(named, text): (LocatedText, Result<Arc<str>, Reported>)| {
        Ok((field_index(declared, &named, fields.report())?, text?))
    };
    given.into_iter().map(field).collect()
}

impl Declared for Caption {
    const WHAT: &'static str = "列名";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let (value, spellings) = (fields.required_string("value"), fields.strings("spellings"));
        Ok(Self { value: fields.whole(value)?, spellings })
    }

    fn lone(written: &LocatedText, (): &(), _: &mut Report) -> Option<Result<Self, Reported>> {
        Some(Ok(Self { value: written.text.clone(), spellings: Vec::new() }))
    }
}
