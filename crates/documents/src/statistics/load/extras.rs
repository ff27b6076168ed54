//! What a workbook has beside its tables: cover, charts, the comparison of the committees.

use super::axis::Axis;
use super::sheet::{Workbook, inconsistent};
use crate::book::ChartKind;
use crate::declaring::unknown_word;
use crate::statistics::declaration::{Body, ChartSpec, Comparison, ComparisonFigure, Cover, Sheet};
use crate::statistics::line::{Line, LineKind};
use dataset::TableId;
use finding::{Report, Reported};
use source::{Fields, LocatedText, Node};

/// The kinds of charts, as declarations write them.
const KINDS: [(&str, ChartKind); 4] = [
    ("column", ChartKind::Column),
    ("bar", ChartKind::Bar),
    ("line", ChartKind::Line),
    ("pyramid", ChartKind::Pyramid),
];

impl Workbook<'_> {
    /// Reads `cover:`.
    pub(super) fn cover(&self, node: &Node, report: &mut Report) -> Result<Cover, Reported> {
        let mut fields = Fields::new(node, "封面", report)?;
        let (title, subtitle, lines) =
            (fields.required_text("title"), fields.text("subtitle"), fields.texts("lines"));
        fields.finish();
        let title = title.and_then(|it| self.template(&it, report));
        let subtitle = subtitle.map(|it| self.template(&it, report)).transpose();
        let lines = self.templates(&lines, report);
        Ok(Cover { title: title?, subtitle: subtitle?, lines: lines? })
    }

    /// Reads an item of `charts:`.
    pub(super) fn chart(
        &self,
        node: &Node,
        sheets: &[Sheet],
        report: &mut Report,
    ) -> Result<ChartSpec, Reported> {
        let mut fields = Fields::new(node, "图表", report)?;
        let (id, title, table) =
            (fields.required_text("id"), fields.required_text("title"), fields.required_text("table"));
        let kind = fields.required_text("kind").and_then(|it| kind_named(&it, fields.report()));
        let unit = fields.text("unit").map(|it| it.text);
        let categories = fields.required_text("categories");
        let (rows, columns) = (fields.texts("rows"), fields.texts("columns"));
        fields.finish();
        let sheet = table.and_then(|it| sheet_named(&it, sheets, report))?;
        let categories = categories?;
        let is_by_rows = match &*categories.text {
            "rows" => true,
            "columns" => false,
            _ => return Err(unknown_word(&categories, "方向", ["rows", "columns"], report)),
        };
        let Body::Figures { rows: all_rows, columns: all_columns, .. } = &sheets[sheet].body else {
            let message = format!("“{}”没有数字，不能作图", sheets[sheet].id);
            return Err(report.error(inconsistent(message, categories.origin, "请改用统计数字的表")));
        };
        let (row_axis, column_axis) = &self.axes[sheet];
        let rows = chosen(&rows, row_axis, all_rows, report);
        let columns = chosen(&columns, column_axis, all_columns, report);
        let (categories, series) = if is_by_rows { (rows, columns) } else { (columns, rows) };
        Ok(ChartSpec {
            id: id?.text,
            title: title?.text,
            kind: kind?,
            unit,
            sheet,
            categories,
            series,
            is_by_rows,
        })
    }

    /// Reads `comparison:`.
    pub(super) fn comparison(
        &self,
        node: &Node,
        sheets: &[Sheet],
        report: &mut Report,
    ) -> Result<Comparison, Reported> {
        let mut fields = Fields::new(node, "对照表", report)?;
        let (title, of) = (fields.required_text("title"), fields.required_text("of"));
        let name = fields.text("name").map(|it| it.text);
        fields.required_node("figures")?;
        let nodes = fields.list("figures");
        fields.finish();
        let of = of.and_then(|it| facts::table(&it, self.loading.schemas, report));
        let of = of?;
        let figures: Vec<_> = nodes.iter().map(|it| self.compared(it, sheets, of, report)).collect();
        Ok(Comparison {
            name,
            title: title?.text,
            of,
            figures: figures.into_iter().collect::<Result<_, _>>()?,
        })
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
        let (title, table) = (fields.required_text("title"), fields.required_text("table"));
        let (row, column) = (fields.required_text("row"), fields.required_text("column"));
        fields.finish();
        let sheet = table.and_then(|it| self.divisible(&it, sheets, of, report));
        let (sheet, row, column, title) = (sheet?, row?, column?, title?);
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

fn kind_named(word: &LocatedText, report: &mut Report) -> Result<ChartKind, Reported> {
    let found = KINDS.iter().find(|it| it.0 == &*word.text).map(|it| it.1);
    found.ok_or_else(|| unknown_word(word, "图表类型", KINDS.map(|it| it.0), report))
}
