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
//! unfold: …                    # one row with many like columns becomes one record per filled cell: see `unfold`
//! ```

use std::sync::Arc;

use super::due::{self, Due};
use super::table::Field;
use super::unfold::Unfold;
use finding::{ById, FieldId, Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Parts, nearest};

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
