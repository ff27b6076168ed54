//! How tables are written around their records, whatever they are about: totals, feet, notes, samples, who reports.
//!
//! `templates/schemas/customs.yaml` lists the words; next year's forms may bring others.

use finding::{Report, Reported};
use source::{Fields, Node, NodeKind};
use value::fold;

/// The key by which the file is told from those of tables.
const KEY: &str = "customs";

/// The words by which rows and sheets are known that hold no records; folded unless it says otherwise.
#[derive(Debug, Clone, Default)]
pub struct Customs {
    /// 合计, 小计: what a row of totals is called.
    pub(super) totals: Vec<String>,
    /// 填表人, 审核: with what the foot of a table begins.
    pub(super) feet: Vec<String>,
    /// 注:, 填表说明: with what a note begins.
    pub(super) remarks: Vec<String>,
    /// 例, 示例行: what a row that shows how to fill in is called.
    pub(super) examples: Vec<String>,
    /// 张三: whom such rows name.
    pub(super) sample_names: Vec<String>,
    /// 必填, 格式: what a row of requirements says.
    pub(super) requirements: Vec<String>,
    /// 说明, 字典: what a sheet that explains has in its name; as written.
    pub(super) explaining_sheets: Vec<String>,
    /// 样表: what a sheet that shows how to fill in has in its name; as written.
    pub(super) sample_sheets: Vec<String>,
    /// 填报单位: what stands before the name of the unit that reports; as written, the longer ones first.
    pub(super) units: Vec<String>,
    /// 填报日期: what stands before the day of the report; as written, the longer ones first.
    pub(super) dates: Vec<String>,
}

impl Customs {
    /// Whether a text begins as a note does.
    pub(super) fn is_remark(&self, text: &str) -> bool {
        let folded = fold(text);
        self.remarks.iter().any(|it| folded.starts_with(it.as_str()))
    }
}

/// Whether a tree is that of the customs rather than of a table.
pub(super) fn is_here(tree: &Node) -> bool {
    matches!(&tree.kind, NodeKind::Map(entries) if entries.iter().any(|it| &*it.key == KEY))
}

/// Reads the customs.
///
/// # Errors
/// If a key of them is not known or missing; it has been reported.
pub(super) fn read(tree: &Node, report: &mut Report) -> Result<Customs, Reported> {
    let mut file = Fields::new(tree, "表格的习惯", report)?;
    let node = file.required_node(KEY);
    file.finish();
    let mut fields = Fields::new(node?, "表格的习惯", report)?;
    let mut written = |key: &str| -> Result<Vec<String>, Reported> {
        fields.required_node(key)?;
        Ok(fields.texts(key).iter().map(|it| it.text.to_string()).collect())
    };
    let [totals, feet, remarks, examples, sample_names, requirements] =
        ["totals", "feet", "remarks", "examples", "sample_names", "requirements"].map(|it| {
            let folded = |words: Vec<String>| words.iter().map(|it| fold(it)).collect::<Vec<_>>();
            written(it).map(folded)
        });
    let [explaining_sheets, sample_sheets, units, dates] =
        ["explaining_sheets", "sample_sheets", "units", "dates"].map(&mut written);
    fields.finish();
    Ok(Customs {
        totals: totals?,
        feet: feet?,
        remarks: remarks?,
        examples: examples?,
        sample_names: sample_names?,
        requirements: requirements?,
        explaining_sheets: explaining_sheets?,
        sample_sheets: sample_sheets?,
        units: units?,
        dates: dates?,
    })
}
