//! What the readers of all formats of workbooks hand over: grids, and what stands beside the cells.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::given_back::is_list;
use super::sent::is_page;
use super::struck::Struck;
use super::{Grid, Refusal, refusal};
use finding::{Code, FileId, Finding, Origin, Report, cell_name, codes, row_ranges};

/// What was read of a workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The names of all its sheets, also of those without a grid.
    pub(super) names: Vec<Arc<str>>,
    /// The sheets that could be read.
    pub(super) grids: Vec<Grid>,
    /// What stands beside the cells of each sheet, by its index.
    pub(super) asides: Vec<(u16, Aside)>,
    /// How many other workbooks its formulas refer to.
    pub(super) n_links: usize,
    /// Whether it brings macros.
    pub(super) has_macros: bool,
}

/// What stands beside the cells of a sheet.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Aside {
    /// Hidden rows, counted from zero.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Hidden columns, first and last, counted from zero.
    pub(super) hidden_cols: Vec<(u16, u16)>,
    /// Whether a filter hides rows.
    pub(super) filtered: bool,
    /// Cells with a note.
    pub(super) n_notes: usize,
    /// Drop-downs and other restrictions of what may be typed.
    pub(super) n_validations: usize,
    /// What is struck out.
    pub(super) struck: Struck,
}

impl Book {
    /// Says what stands beside the cells, each kind once for the whole file. Sheets that are hidden
    /// or hold nothing are not spoken of.
    pub(super) fn report_asides(&self, file: FileId, report: &mut Report) {
        let mut note = |code: &'static Code, said: Option<String>, hint: &str| {
            let finding = said.map(|it| Finding::new(code, it).hint(hint).at(Origin::file(file)));
            finding.into_iter().for_each(|it| report.push(it));
        };
        let hidden = "请核对这些内容是否应当上报";
        let rows = |filtered: bool| {
            move |aside: &Aside, grid: &Grid| {
                (aside.filtered == filtered).then(|| hidden_rows(aside, grid))?
            }
        };
        note(&codes::ROWS_HIDDEN, self.say("被隐藏，内容照常读取", rows(false)), hidden);
        note(&codes::ROWS_FILTERED, self.say("被筛选隐藏，内容照常读取", rows(true)), hidden);
        note(&codes::COLUMNS_HIDDEN, self.say("被隐藏，内容照常读取", hidden_columns), hidden);
        // The headings of a form that was sent out have notes and restrictions of its own; how many, only its marks tell.
        let goes_with_forms = self.grids.iter().any(is_page);
        let has_lost_marks = |grid: &Grid| goes_with_forms && grid.n_marks() == 0;
        let notes = self.say("，没有读取", |it, grid| {
            let n = it.n_notes.saturating_sub(grid.n_marks());
            (n > 0 && !has_lost_marks(grid)).then(|| format!("有{n}处批注"))
        });
        note(&codes::CELL_NOTES, notes, "批注中如有应上报的内容，请写入单元格");
        let validations = self.say("，程序不以其为依据", |it, grid| {
            let is_theirs = it.n_validations > 0 && grid.n_marks() == 0 && !goes_with_forms;
            is_theirs.then(|| format!("有{}处下拉列表等输入限制", it.n_validations))
        });
        note(&codes::CELL_VALIDATIONS, validations, "无需处理；各项内容另按表式检查");
        let links = || format!("公式引用了{}个其他工作簿，只读取上次保存的结果", self.n_links);
        note(
            &codes::EXTERNAL_LINKS,
            (self.n_links > 0).then(links),
            "请核对这些结果，必要时粘贴为数值后重新提交",
        );
        let macros = self.has_macros.then(|| "文件中有宏，没有运行".to_owned());
        note(&codes::MACROS_NOT_RUN, macros, "无需处理；可另存为 xlsx");
    }

    /// One clause for each visible sheet of which there is something to say, with the sheet's name
    /// if there are several, and how they all end.
    fn say(&self, end: &str, clause: impl Fn(&Aside, &Grid) -> Option<String>) -> Option<String> {
        let clauses: Vec<String> = self
            .asides
            .iter()
            .filter_map(|(sheet, aside)| {
                let grid = self.grids.iter().find(|it| it.sheet == *sheet)?;
                let said =
                    Some(grid).filter(|it| !it.hidden && !it.is_empty() && !is_list(it) && !is_page(it));
                let clause = clause(aside, said?)?;
                Some(if self.names.len() > 1 { format!("“{}”{clause}", grid.name) } else { clause })
            })
            .collect();
        (!clauses.is_empty()).then(|| clauses.join("，") + end)
    }
}

/// The finding for a sheet that is not a worksheet: a chart, macro or dialog sheet.
pub(super) fn not_a_worksheet(origin: Origin) -> Finding {
    Finding::new(&codes::SHEET_SKIPPED, "该页是图表页、宏表或对话框页，没有读取").at(origin)
}

/// The finding for a sheet that contradicts itself.
pub(super) fn sheet_damaged() -> Refusal {
    refusal(
        &codes::SHEET_DAMAGED,
        "该工作表的数据有误，无法完整读取，表中内容一律未采用",
        "请用 WPS 或 Excel 打开该文件，另存后重新提交",
    )
}

/// The finding for a sheet with more cells than the limit.
pub(super) fn sheet_too_large(limit: usize) -> Refusal {
    let message = format!("该工作表有内容的单元格超过{limit}个，表中内容一律未采用");
    refusal(&codes::SHEET_TOO_LARGE, message, "请删去无关的行和列，另存后重新提交")
}

/// “第3、5—7行”, of the rows that hold anything.
fn hidden_rows(aside: &Aside, grid: &Grid) -> Option<String> {
    let holds = |it: &u32| grid.row(*it).is_some_and(|it| !it.is_mark());
    let rows: Vec<u32> = aside.hidden_rows.iter().copied().filter(holds).collect();
    (!rows.is_empty()).then(|| format!("有{}行（{}）", rows.len(), row_ranges(&rows)))
}

/// “C、E列”, of the columns that hold anything.
fn hidden_columns(aside: &Aside, grid: &Grid) -> Option<String> {
    let used: BTreeSet<u16> = grid.rows().iter().flat_map(|it| it.cells().iter().map(|it| it.0)).collect();
    let hidden = |col: &u16| aside.hidden_cols.iter().any(|(first, last)| (*first..=*last).contains(col));
    let letters = |col: u16| cell_name(0, col).trim_end_matches('1').to_owned();
    let names: Vec<String> = used.into_iter().filter(hidden).map(letters).collect();
    (!names.is_empty()).then(|| format!("有{}列（{}列）", names.len(), names.join("、")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;
    use value::Raw;

    #[test]
    fn what_is_hidden_is_said_once_for_the_file_and_only_where_something_stands() {
        let file = Sources::default().add("a.xlsx");
        let grid = |sheet: u16, name: &str, rows: &[u32]| {
            let mut grid = Grid::empty(file, sheet, name);
            rows.iter().for_each(|row| grid.set(*row, 2, Raw::Bool(true)));
            grid
        };
        let hidden = Aside { hidden_rows: [1, 3, 4, 5, 9].into(), ..Aside::default() };
        let filtered = Aside { filtered: true, hidden_cols: vec![(0, 4)], ..hidden.clone() };
        let book = Book {
            names: vec!["甲".into(), "乙".into()],
            grids: vec![grid(0, "甲", &[0, 1, 3, 4, 5]), grid(1, "乙", &[9])],
            asides: vec![(0, hidden), (1, filtered)],
            ..Book::default()
        };
        let mut report = Report::default();
        book.report_asides(file, &mut report);
        let said: Vec<_> = report.findings().iter().map(|it| (&*it.code, &*it.message)).collect();
        let wanted = [
            ("rows-hidden", "“甲”有4行（第2、4—6行）被隐藏，内容照常读取"),
            ("rows-filtered", "“乙”有1行（第10行）被筛选隐藏，内容照常读取"),
            ("columns-hidden", "“乙”有1列（C列）被隐藏，内容照常读取"),
        ];
        assert_eq!(said, wanted);
    }
}
