//! A filled workbook is held to our own figures: what its formulas and its own checks say is compared, and told.

use annex::Filled;

use super::bound::Bound;
use super::complete::listed;
use super::drafting::letters;
use super::filling::{BoundFigure, Filling, Spot};
use crate::statistics::declaration::Statistics;
use crate::statistics::filled::{CellId, Computed};
use finding::{Finding, Report, codes};

/// How a chosen box would be marked; a statistics workbook has none, as a rule.
pub(super) const MARK: &str = "☑";

/// Fills the workbook once and tells what does not agree, what could not be compared, and what is lacking.
pub(super) fn prove(bound: &Bound, filling: &Filling, computed: &Computed, report: &mut Report) {
    let told = Telling { bound, filling, computed };
    let push = |finding: Finding, report: &mut Report| report.push(finding.at(bound.origin));
    match bound.blank.fill(&filling.wanted, MARK) {
        Ok(filled) => {
            told.unlike(&filled).into_iter().for_each(|it| push(it, report));
            told.failing(&filled).into_iter().for_each(|it| push(it, report));
            told.uncomputed(&filled).into_iter().for_each(|it| push(it, report));
        }
        Err(why) => {
            let finding = Finding::new(&codes::FORM_NOT_PROVED, format!("“{}”不能填：{why}", bound.title));
            push(finding.hint("表样的这一处程序处理不了，请把表样和这条提示交给工程师"), report);
        }
    }
    told.lacking().into_iter().for_each(|it| push(it, report));
    for why in &filling.faults {
        let finding = Finding::new(&codes::FORM_UNDECIDED, format!("“{}”有文字不能写出：{why}", bound.title));
        push(finding.hint("请核对统计表样声明 texts、cells 中的写法"), report);
    }
}

struct Telling<'a> {
    bound: &'a Bound,
    filling: &'a Filling,
    computed: &'a Computed,
}

impl Telling<'_> {
    /// Where a formula of the form gives another number than ours, sheet by sheet.
    fn unlike(&self, filled: &Filled) -> Vec<Finding> {
        let mut found = Vec::new();
        for (number, name) in self.bound.blank.sheets() {
            let own = self.formulas(number).filter_map(|(spot, figure)| {
                let wanted = figure.number?.nearest_float();
                let given = given(filled, name, spot)?.as_ref().ok()?;
                let number = given.number.unwrap_or(0.0);
                let is_near = (number - wanted).abs() <= figure.tolerance.max(1e-9 * wanted.abs().max(1.0));
                let is_same = is_near && (given.number.is_some() || given.text.is_empty());
                let declared = self.declared(figure);
                (!is_same).then(|| format!("{}得{}，{declared}是{wanted}", place(name, spot), given.text))
            });
            let own: Vec<String> = own.collect();
            if !own.is_empty() {
                let message = format!(
                    "“{}”的公式与本单位统计不一致，{}处：{}",
                    self.bound.title,
                    own.len(),
                    listed(&own)
                );
                let hint = "请核对公式所涉各格取的是哪一行、哪一列（huibian explain 可以查到），和统计口径与表样说明是否相同";
                found.push(Finding::new(&codes::FORM_CHECK_FAILED, message).hint(hint));
            }
        }
        found
    }

    /// The form's own checks that come out false.
    fn failing(&self, filled: &Filled) -> Option<Finding> {
        let failed: Vec<String> =
            self.bound.blank.failed(filled).iter().map(|(at, said)| format!("“{at}”是“{said}”")).collect();
        (!failed.is_empty()).then(|| {
            let message =
                format!("“{}”自己的校验不符，{}处：{}", self.bound.title, failed.len(), listed(&failed));
            let hint = "请核对该校验所涉的数字，和这些格取的是哪一行、哪一列";
            Finding::new(&codes::FORM_CHECK_FAILED, message).hint(hint)
        })
    }

    /// Formulas of bound cells that are not computed here, so that nobody has compared them.
    fn uncomputed(&self, filled: &Filled) -> Option<Finding> {
        let sheets = self.bound.blank.sheets();
        let open = sheets.iter().flat_map(|(number, name)| {
            let own = self.formulas(*number).filter(|it| it.1.number.is_some());
            own.filter(|it| given(filled, name, it.0).is_none_or(Result::is_err)).map(|it| place(name, it.0))
        });
        let open: Vec<String> = open.collect();
        (!open.is_empty()).then(|| {
            let message = format!(
                "“{}”有{}处公式程序不计算，没有与本单位统计比较：{}",
                self.bound.title,
                open.len(),
                listed(&open)
            );
            let hint = "打开文件时由 WPS 或 Excel 计算，请对照“填表核对单”核对这些格";
            Finding::new(&codes::FORMULAS_LEFT, message).hint(hint)
        })
    }

    /// Figures that we do not have: their cells stay blank.
    fn lacking(&self) -> Option<Finding> {
        let name = |sheet: usize| {
            self.bound.blank.sheets().into_iter().find(|it| it.0 == sheet).map_or("", |it| it.1).to_owned()
        };
        let lacking = self.filling.figures.iter().filter(|it| it.1.number.is_none() && !it.1.is_of_nothing);
        let lacking: Vec<String> = lacking
            .map(|(spot, it)| format!("{}（{}）", place(&name(spot.sheet), spot), self.declared(it)))
            .collect();
        (!lacking.is_empty()).then(|| {
            let message =
                format!("“{}”有{}格没有数，留空：{}", self.bound.title, lacking.len(), listed(&lacking));
            let hint = "请补上所缺的材料（如 given 的上年年报），或由填报人手填；留空不等于零";
            Finding::new(&codes::ISSUED_FIGURE_LACKING, message).hint(hint)
        })
    }

    fn formulas(&self, sheet: usize) -> impl Iterator<Item = (&Spot, &BoundFigure)> {
        self.filling.figures.iter().filter(move |it| it.0.sheet == sheet && it.1.is_formula)
    }

    fn declared(&self, figure: &BoundFigure) -> String {
        declared(&self.computed.statistics, self.computed, figure)
    }
}

/// What a figure is called in declarations: `t2.total.women`; several that are added up, with `+`.
pub(super) fn declared(statistics: &Statistics, computed: &Computed, figure: &BoundFigure) -> String {
    let filled = &computed.sheets[figure.sheet];
    let Some(grid) = filled.grid() else { return String::new() };
    let table = &statistics.sheets[filled.sheet].id;
    let name = |it: &CellId| format!("{table}.{}.{}", grid.rows[it.row].id, grid.columns[it.column].id);
    figure.cells.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// What the formula in a cell of the filled workbook gives.
fn given<'f>(filled: &'f Filled, sheet: &str, spot: &Spot) -> Option<&'f Result<annex::Value, String>> {
    filled.formulas.get(&place(sheet, spot))
}

/// A cell of the filled workbook: `表2!C8`.
pub(super) fn place(sheet: &str, spot: &Spot) -> String {
    format!("{sheet}!{}{}", letters(spot.column), spot.row + 1)
}
