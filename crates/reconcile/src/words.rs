//! What the workbook calls its parts, from `templates/workbook/reconcile.yaml`.

use std::sync::Arc;

use finding::{Finding, Report, Reported, codes};
use project::Templates;
use source::Fields;

/// The words.
#[derive(Debug, Clone)]
pub struct Words {
    pub(crate) overview: Arc<str>,
    pub(crate) overview_columns: [Arc<str>; 3],
    /// The lines of the overview: the other list, listed twice there, only there, only here, listed twice here, this list;
    /// in both, of them different, alike, not compared.
    pub(crate) lines: [Arc<str>; 10],
    pub(crate) unexplained: Arc<str>,
    /// Whether the account adds up: it does, it does not.
    pub(crate) sums: [Arc<str>; 2],
    /// The names of the sheets: only here, only there, different, alike, twice.
    pub(crate) sheets: [Arc<str>; 5],
    pub(crate) here: Arc<str>,
    pub(crate) there: Arc<str>,
    /// Headings: why, source, same by, item, signs, list, earlier record.
    pub(crate) columns: [Arc<str>; 7],
    pub(crate) unread: Arc<str>,
    /// What is alike: a number, the same name, a near name, the birth, the branch; `{}` in the first is the number.
    pub(crate) signs: [Arc<str>; 5],
}

impl Words {
    const PATH: &'static str = "workbook/reconcile.yaml";

    /// Reads the words.
    ///
    /// # Errors
    /// If a key is missing or unknown; that has been reported.
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let Some(tree) = templates.tree(Self::PATH, report)? else {
            let message = format!("没有模板文件 {}", Self::PATH);
            return Err(report.error(Finding::new(&codes::MISSING_KEY, message)));
        };
        let mut fields = Fields::new(&tree, "对照表的叫法", report)?;
        let [overview, unexplained, here, there, unread] =
            ["overview", "unexplained", "here", "there", "unread"].map(|it| fields.required_string(it));
        let overview_columns = listed(&mut fields, "overview_columns");
        let (lines, sums) = (listed(&mut fields, "lines"), listed(&mut fields, "sums"));
        let (sheets, columns) = (listed(&mut fields, "sheets"), listed(&mut fields, "columns"));
        let signs = listed(&mut fields, "signs");
        fields.finish();
        Ok(Self {
            overview: overview?,
            overview_columns: overview_columns?,
            lines: lines?,
            unexplained: unexplained?,
            sums: sums?,
            sheets: sheets?,
            here: here?,
            there: there?,
            columns: columns?,
            unread: unread?,
            signs: signs?,
        })
    }
}

/// A list of just so many texts.
fn listed<const N: usize>(fields: &mut Fields<'_, '_>, key: &str) -> Result<[Arc<str>; N], Reported> {
    let at = fields.required_node(key)?.origin;
    let texts: Vec<Arc<str>> = fields.strings(key);
    let n_texts = texts.len();
    texts.try_into().map_err(|_| {
        let message = format!("“{key}”应有{N}项，写了{n_texts}项");
        let finding = Finding::new(&codes::WRONG_KIND, message).at(at);
        fields.report().error(finding.hint("请对照内置的 templates/workbook/reconcile.yaml 改正"))
    })
}
