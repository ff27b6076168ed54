//! What a workbook has beside its tables: cover, charts, the comparison of the committees.

use super::axis::Axis;
use super::sheet::{Workbook, inconsistent};
use crate::declaring::{chart_kind, meant, unknown_word};
use crate::statistics::declaration::{Body, ChartSpec, Comparison, ComparisonFigure, Cover, Sheet};
use crate::statistics::line::{Line, LineKind};
use dataset::TableId;
use finding::{Report, Reported};
use source::{Fields, LocatedText, Node, Parts, all};

impl Workbook<'_> {
    /// Reads `cover:`.
    pub(super) fn cover(&self, node: &Node, report: &mut Report) -> Result<Cover, Reported> {
        let mut fields = Fields::new(node, "封面", report)?;
        let title = fields.required_as("title", |it, report| self.template(it, report));
        let subtitle = fields.text_as("subtitle", |it, report| self.template(it, report));
        let lines = fields.texts_as("lines", |it, report| self.template(it, report));
        let (title, subtitle, lines) = fields.whole((title, subtitle, lines))?;
        Ok(Cover { title, subtitle, lines })
    }

    /// Reads an item of `charts:`.
    pub(super) fn chart(
        &self,
        node: &Node,
        sheets: &[Sheet],
        report: &mut Report,
    ) -> Result<ChartSpec, Reported> {
        let mut fields = Fields::new(node, "图表", report)?;
        let names = ["id", "title"].map(|it| fields.required_string(it));
        let sheet = fields.required_as("table", |it, report| sheet_named(it, sheets, report));
        let kind = fields.required_as("kind", chart_kind);
        let unit = fields.string("unit");
        let categories = fields.required_text("categories");
        let (rows, columns) = (fields.texts("rows"), fields.texts("columns"));
        let (sheet, categories) = fields.whole((sheet, categories))?;
        let is_by_rows = meant(&categories, "方向", [("rows", true), ("columns", false)], report)?;
        let Body::Figures { rows: all_rows, columns: all_columns, .. } = &sheets[sheet].body else {
            let message = format!("“{}”没有数字，不能作图", sheets[sheet].id);
            return Err(report.error(inconsistent(message, categories.origin, "请改用统计数字的表")));
        };
        let (row_axis, column_axis) = &self.axes[sheet];
        let rows = chosen(&rows, row_axis, all_rows, report);
        let columns = chosen(&columns, column_axis, all_columns, report);
        let (categories, series) = if is_by_rows { (rows, columns) } else { (columns, rows) };
        let ([id, title], kind) = (names, kind).whole()?;
        Ok(ChartSpec { id, title, kind, unit, sheet, categories, series, is_by_rows })
    }

    /// Reads `comparison:`.
    pub(super) fn comparison(
        &self,
        node: &Node,
        sheets: &[Sheet],
        report: &mut Report,
    ) -> Result<Comparison, Reported> {
        let mut fields = Fields::new(node, "对照表", report)?;
        let title = fields.required_string("title");
        let of = fields.required_as("of", |it, report| facts::table(it, self.loading.schemas, report));
        let name = fields.string("name");
        let nodes = fields.required_list("figures")?;
        let of = fields.whole(of)?;
        let figures = all(nodes.iter().map(|it| self.compared(it, sheets, of, report)));
        let (title, figures) = (title, figures).whole()?;
        Ok(Comparison { name, title, of, figures })
    }

    /// The sheet of this name, of which each committee is to have an edition.
    pub(super) fn of_committees(
        &self,
        name: &LocatedText,
        sheets: &[Sheet],
        report: &mut Report,
    ) -> Result<usize, Reported> {
        match self.loading.schemas.committees() {
            Some(of) => self.divisible(name, sheets, of, report),
            None => {
                let finding =
                    inconsistent("没有分党委的表式".to_owned(), name.origin, "请删去 per_committee");
                Err(report.error(finding))
            }
        }
    }

    /// The sheet of this name, whose records all belong to records of a table.
    fn divisible(
        &self,
        name: &LocatedText,
        sheets: &[Sheet],
        of: TableId,
        report: &mut Report,
    ) -> Result<usize, Reported> {
        let sheet = sheet_named(name, sheets, report)?;
        let schemas = self.loading.schemas;
        match sheets[sheet].tables().into_iter().find(|it| schemas.way(*it, of).is_none()) {
            None => Ok(sheet),
            Some(table) => {
                let (counted, title) = (&schemas.tables[table].title, &schemas.tables[of].title);
                let message = format!("“{counted}”的记录不属于“{title}”，不能分单位统计");
                Err(report.error(inconsistent(message, name.origin, "请删去这张表")))
            }
        }
    }

    fn compared(
        &self,
        node: &Node,
        sheets: &[Sheet],
        of: TableId,
        report: &mut Report,
    ) -> Result<ComparisonFigure, Reported> {
        let mut fields = Fields::new(node, "对照的数", report)?;
        let title = fields.required_text("title");
        let sheet = fields.required_as("table", |it, report| self.divisible(it, sheets, of, report));
        let place = ["row", "column"].map(|it| fields.required_text(it));
        let (title, sheet, [row, column]) = fields.whole((title, sheet, place))?;
        let (rows, columns) = &self.axes[sheet];
        match (rows.line(&row, report), columns.line(&column, report)) {
            (Some(row), Some(column)) => {
                let heading = title.text.split('/').map(str::to_owned).collect();
                Ok(ComparisonFigure { heading, sheet, row, column })
            }
            _ => Err(report.error(inconsistent(
                format!("“{}”不能对照", title.text),
                title.origin,
                "请核对 row 与 column",
            ))),
        }
    }
}

/// The sheet of this id.
pub(super) fn sheet_named(
    id: &LocatedText,
    sheets: &[Sheet],
    report: &mut Report,
) -> Result<usize, Reported> {
    let known = || sheets.iter().map(|it| &*it.id).collect::<Vec<_>>();
    let found = sheets.iter().position(|it| it.id == id.text);
    found.ok_or_else(|| unknown_word(id, "统计表", known(), report))
}

/// The lines named; all that count something and stand for no total if none is.
fn chosen(names: &[LocatedText], axis: &Axis, lines: &[Line], report: &mut Report) -> Vec<usize> {
    if !names.is_empty() {
        return names.iter().flat_map(|it| axis.named(it, report)).collect();
    }
    let is_part =
        |it: &&Line| matches!(it.kind, LineKind::Counted(_) | LineKind::Each(..)) && !it.is_of_which;
    let all: Vec<&Line> = lines.iter().filter(is_part).collect();
    lines.iter().enumerate().filter(|(_, it)| all.iter().any(|own| own.id == it.id)).map(|it| it.0).collect()
}
