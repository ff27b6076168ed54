//! What a schema says about how its table is returned: pinned heading rows and sheets, months side by side.
//!
//! ```yaml
//! header_rows: [3, 4]          # the heading stands in these rows (as the program shows them), nowhere else
//! only_sheets: [党支部]         # the table is looked for on sheets of these names only
//! may_be_empty: true           # a return without records is no reason to ask
//! foreign: [年龄, 工作单位]      # columns of other forms: left out with a note, never taken for misspelt ones
//! earlier_years: true          # a title that names an earlier year is usual: 2023年度述职评议
//! prefill: true                # a standing list: forms that are sent out hold the records that there are
//! returned_by: branch          # each branch has records in it; committee: each committee; office: the office itself
//! absent: error                # what is said if it does not come: error, query; none: nothing
//! unfold:                      # one row with many like columns becomes one record per filled cell
//!   columns: [1月, 2月]         # the lowest labels; a label with other spellings: {value: 1月, spellings: [一月]}
//!   under: [支委会次数, 集体活动]  # the labels above them, if there are several such groups
//!   into: {column: month, group: kind, value: times}    # ids of the fields that take label, group and cell
//! ```
//!
//! With `unfold`, `month` is given the text of the column's label and `kind` that of the group, each with
//! the place of its heading; they are parsed as their fields declare (a `unit: 月` makes 1 of `1月`). An
//! empty cell, or one that says 无 or —, gives no record. The other fields are those of the row. A return
//! that has the columns of `month`, `kind` and `times` themselves is read as any other table.

use std::sync::Arc;

use super::due::{self, Due};
use super::table::Field;
use finding::{ById, FieldId, Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, Parts, nearest};

/// How a table is returned.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    /// The first and last heading row, from zero, if they are pinned.
    pub header_rows: Option<(u32, u32)>,
    /// The only sheets on which the table is looked for; any if empty.
    pub only_sheets: Vec<Arc<str>>,
    /// Whether a return without records is usual.
    pub may_be_empty: bool,
    /// Whether its titles usually name a year before the period.
    pub earlier_years: bool,
    /// Whether it is a standing list, of which forms that are sent out hold the records that there are.
    pub prefill: bool,
    /// Headings that stand on other forms and are not wanted here.
    pub foreign: Vec<Arc<str>>,
    /// Who has to return it; nobody is waited for without this.
    pub due: Option<Due>,
    /// The columns that become records.
    pub unfold: Option<Unfold>,
}

/// Like columns whose filled cells become one record each.
#[derive(Debug, Clone)]
pub struct Unfold {
    /// The lowest labels.
    pub columns: Vec<Caption>,
    /// The labels above them; empty if there is only one group, which has no name.
    pub groups: Vec<Caption>,
    /// The field that takes the column's label.
    pub column_field: FieldId,
    /// The field that takes the group's label.
    pub group_field: Option<FieldId>,
    /// The field that takes the cell.
    pub value_field: FieldId,
}

impl Unfold {
    /// The fields that come from the columns and not from the row.
    pub fn fields(&self) -> impl Iterator<Item = FieldId> {
        [self.column_field, self.value_field].into_iter().chain(self.group_field)
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

/// Reads these keys of a table's declaration; `declared` are its fields.
///
/// # Errors
/// If anything in them is wrong; everything that is wrong has been reported.
pub(super) fn load(
    fields: &mut Fields<'_, '_>,
    declared: &ById<FieldId, Field>,
) -> Result<Returned, Reported> {
    let header_rows = header_rows(fields);
    let only_sheets = fields.strings("only_sheets");
    let [may_be_empty, earlier_years, prefill] =
        ["may_be_empty", "earlier_years", "prefill"].map(|it| fields.flag(it).unwrap_or_default());
    let foreign = fields.strings("foreign");
    let unfold = fields.part("unfold", declared);
    let (header_rows, due, unfold) = (header_rows, due::load(fields), unfold).whole()?;
    Ok(Returned { header_rows, only_sheets, may_be_empty, earlier_years, prefill, foreign, due, unfold })
}

/// `[3, 4]` or `3`: rows as the program shows them, the first and the last.
fn header_rows(fields: &mut Fields<'_, '_>) -> Result<Option<(u32, u32)>, Reported> {
    let written = fields.texts("header_rows");
    let (Some(first), Some(last)) = (written.first(), written.last()) else { return Ok(None) };
    let row = |it: &LocatedText| it.text.parse::<u32>().ok()?.checked_sub(1);
    match (row(first), row(last)) {
        (Some(top), Some(bottom)) if top <= bottom && bottom - top < super::heading::N_LEVELS_MAX => {
            Ok(Some((top, bottom)))
        }
        _ => {
            let message = "“header_rows”应为表头首行和末行的行号，至多四行";
            let finding = Finding::new(&codes::WRONG_KIND, message).at(first.origin);
            Err(fields.report().error(finding.hint("请写成 [3, 4]，只有一行时写成 [3]")))
        }
    }
}

/// Within the fields of its table.
impl Declared<ById<FieldId, Field>> for Unfold {
    const WHAT: &'static str = "unfold";

    fn declared(fields: &mut Fields<'_, '_>, declared: &ById<FieldId, Field>) -> Result<Self, Reported> {
        let columns = fields.required_list("columns");
        let groups = fields.list("under");
        let into = fields.required_node("into");
        let captions = |nodes: &[Node], report: &mut Report| {
            nodes.iter().map(|it| Caption::load(it, &(), report)).collect::<Result<Vec<_>, _>>()
        };
        let columns = captions(columns?, fields.report());
        let groups = captions(groups, fields.report());
        let mut into = Fields::new(into?, "into", fields.report())?;
        let field = |it: &LocatedText, report: &mut Report| field_index(declared, it, report);
        let own = ["column", "value"].map(|it| into.required_as(it, field));
        let group_field = if groups.as_ref().is_ok_and(Vec::is_empty) {
            into.text_as("group", field)
        } else {
            into.required_as("group", field).map(Some)
        };
        into.finish();
        let parts = fields.whole((own, group_field, columns, groups))?;
        let ([column_field, value_field], group_field, columns, groups) = parts;
        Ok(Self { columns, groups, column_field, group_field, value_field })
    }
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

/// The field that a schema names by its id.
///
/// # Errors
/// If there is none; it has been reported.
pub(super) fn field_index(
    fields: &ById<FieldId, Field>,
    name: &LocatedText,
    report: &mut Report,
) -> Result<FieldId, Reported> {
    fields.position(|it| it.id == name.text).ok_or_else(|| {
        let near = nearest(&name.text, fields.iter().map(|it| &*it.id));
        let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("表式中没有字段“{}”", name.text))
            .at(name.origin);
        report.error(match near {
            Some(near) => finding.hint(format!("是否应为“{near}”？")),
            None => finding.hint("请填写本表某一字段的 id"),
        })
    })
}
