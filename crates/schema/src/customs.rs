//! How tables are written around their records, whatever they are about: totals, feet, notes, samples, who reports.
//!
//! `templates/schemas/customs.yaml` lists the words; next year's forms may bring others.

use finding::Reported;
use source::{Declared, Fields, Node, NodeKind};
use value::{fold, fold_marked_label};

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
    /// 无, 零报告: what says in place of records that there is nothing to report.
    pub(super) nothing: Vec<String>,
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
    /// （盖章）: what may stand between the one and the other; as written.
    pub(super) seals: Vec<String>,
    /// （必填）: what a heading may bear that is no part of it.
    pub(super) heading_marks: Vec<String>,
    /// 其中: a level of a heading that names nothing of its own.
    pub(super) plain_levels: Vec<String>,
    /// 班级, 年龄: headings that offices add of their own; none of them is another one misspelt. As written.
    pub(super) usual_headings: Vec<String>,
    /// 表, 情况: what stands behind the name of a table without changing it.
    pub(super) name_tails: Vec<String>,
    /// 及, 和: what joins the names of two tables.
    pub(super) name_joints: Vec<String>,
    /// 成绩, 报名表: what papers are called that list people and are no table of ours.
    pub(super) other_papers: Vec<String>,
    /// 汇总: what a sheet that adds up the others has in its name; as written.
    pub(super) summary_sheets: Vec<String>,
    /// 中共: what may stand before the name of a body or not.
    pub(super) body_words: Vec<String>,
    /// 党支部委员会, 支部: how the names of bodies end, all of which mean the same; the longer ones first.
    pub(super) body_endings: Vec<String>,
    /// 党委, 党总支: how the names of committees end; the unit before it is called so, too.
    pub(super) committee_endings: Vec<String>,
    /// √: what ticks a column.
    pub(super) ticks: Vec<String>,
    /// 时间, 日期, 年月: with what the names of dates end, all of which mean the same.
    pub(super) date_endings: Vec<String>,
    /// 副本, 最终版: what is put behind a file's name when it is copied or sent once more; the longer ones first.
    pub(super) copies: Vec<String>,
    /// 同上, 〃: what stands for the content of the row above.
    pub(super) dittos: Vec<String>,
    /// On whose authority nothing later than the day as of which the project is judged counts.
    pub cutoff_basis: String,
    /// On whose authority nothing outside the period counts.
    pub period_basis: String,
}

impl Customs {
    /// Whether a text begins as a note does.
    pub(super) fn is_remark(&self, text: &str) -> bool {
        let folded = fold(text);
        self.remarks.iter().any(|it| folded.starts_with(it.as_str()))
    }

    /// Whether a text begins as the foot of a table does.
    pub(super) fn is_foot(&self, text: &str) -> bool {
        let folded = fold(text);
        self.feet.iter().any(|it| folded.starts_with(it.as_str()))
    }

    /// Whether a text says that there is nothing to report.
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        let folded = fold(text);
        let folded = folded.trim_end_matches(['.', '。', '!', '！']);
        self.nothing.iter().any(|it| it == folded)
    }

    /// Brings the name of a committee or branch, or a text with one in it, into the form in which they are compared: 中共某系
    /// 支部委员会 is 某系党支部.
    pub fn fold_body(&self, text: &str) -> String {
        let mut folded = fold(text);
        for word in &self.body_words {
            folded = folded.replace(word.as_str(), "");
        }
        if let Some((common, others)) = self.body_endings.split_last() {
            for ending in others {
                folded = folded.replace(ending.as_str(), common);
            }
        }
        folded
    }

    /// Whether a text ends as the names of branches do, but for what stands in brackets behind it.
    pub(super) fn names_body(&self, text: &str) -> bool {
        let folded = fold(text);
        let name = folded.split(['(', '（']).next().unwrap_or_default();
        self.body_endings.iter().any(|it| name.ends_with(it.as_str()))
    }

    /// Whether a text is a mark that ticks a column.
    pub(super) fn is_tick(&self, text: &str) -> bool {
        let folded = fold(text);
        self.ticks.contains(&folded)
    }

    /// Brings a heading, or the name of a sheet, into the form in which they are compared, without marks such as （必填）.
    pub fn fold_label(&self, label: &str) -> String {
        fold_marked_label(label, &self.heading_marks)
    }

    /// Whether a text, folded, ends as a row of totals is called.
    pub(super) fn adds_up(&self, folded: &str) -> bool {
        self.totals.iter().any(|it| folded.ends_with(it.as_str()))
    }
}

/// Whether a tree is that of the customs rather than of a table.
pub(super) fn is_here(tree: &Node) -> bool {
    matches!(&tree.kind, NodeKind::Map(entries) if entries.iter().any(|it| &*it.key == KEY))
}

impl Declared for Customs {
    const WHAT: &'static str = "表格的习惯";

    fn declared(file: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let node = file.required_node(KEY);
        let node = file.whole(node)?;
        let mut fields = Fields::new(node, Self::WHAT, file.report())?;
        let bases = ["cutoff_basis", "period_basis"].map(|it| fields.required_string(it));
        let mut written = |key: &str| -> Result<Vec<String>, Reported> {
            let words: Vec<_> = fields.required_strings(key)?;
            Ok(words.iter().map(ToString::to_string).collect())
        };
        let sheets =
            ["explaining_sheets", "sample_sheets", "summary_sheets", "usual_headings"].map(&mut written);
        let lines = ["units", "dates", "seals"].map(&mut written);
        let mut folded = |key: &str| Ok(written(key)?.iter().map(|it| fold(it)).collect());
        let of_rows = ["totals", "feet", "remarks", "examples", "sample_names", "nothing", "requirements"];
        let (of_rows, of_headings) =
            (of_rows.map(&mut folded), ["heading_marks", "plain_levels", "ticks"].map(&mut folded));
        let of_names = ["name_tails", "name_joints", "other_papers", "date_endings", "copies", "dittos"];
        let of_bodies = ["body_words", "body_endings", "committee_endings"];
        let (of_names, of_bodies) = (of_names.map(&mut folded), of_bodies.map(&mut folded));
        let parts = fields.whole((sheets, lines, of_rows, of_headings))?;
        let (sheets, [units, dates, seals], of_rows, of_headings) = parts;
        let (of_names, of_bodies, [cutoff, period]) = fields.whole((of_names, of_bodies, bases))?;
        let [explaining_sheets, sample_sheets, summary_sheets, usual_headings] = sheets;
        let [name_tails, name_joints, other_papers, date_endings, copies, dittos] = of_names;
        let [body_words, body_endings, committee_endings] = of_bodies;
        let [totals, feet, remarks, examples, sample_names, nothing, requirements] = of_rows;
        let [heading_marks, plain_levels, ticks] = of_headings;
        Ok(Self {
            totals,
            feet,
            remarks,
            examples,
            sample_names,
            nothing,
            requirements,
            explaining_sheets,
            sample_sheets,
            units,
            dates,
            seals,
            heading_marks,
            plain_levels,
            usual_headings,
            name_tails,
            name_joints,
            other_papers,
            body_words,
            body_endings,
            committee_endings,
            summary_sheets,
            ticks,
            date_endings,
            copies,
            dittos,
            cutoff_basis: cutoff.to_string(),
            period_basis: period.to_string(),
        })
    }
}
