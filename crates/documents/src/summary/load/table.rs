//! Tables: columns, and rows that are records or declared one by one.

use super::loading::Loading;
use super::summary::empty;
use crate::book::Align;
use crate::declaring::{align, width};
use crate::summary::declaration::{ColumnSpec, Groups, RowsSpec, TableSpec};
use dataset::SchemaScope;
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Fields, LocatedText, Node, Parts, all};
use words::{Expression, Prose, Type};

impl<'a> Loading<'a> {
    /// Reads `table:`.
    pub(super) fn table(&self, node: &Node, report: &mut Report) -> Result<TableSpec, Reported> {
        let mut fields = Fields::new(node, "表格", report)?;
        let origin = fields.origin();
        let title = self.optional("title", &self.scope, &mut fields);
        let each = fields.text_as("each", |it, report| self.each(it, report))?;
        let is_narrowed = fields.flag("narrow").unwrap_or(false);
        let scope = each.as_ref().map(|it| it.1.clone());
        let scope = if is_narrowed { scope.map(|it| self.narrowed(it)) } else { scope };
        let of_groups = scope.as_ref().unwrap_or(&self.scope);
        let groups = fields.text_as("groups", |it, report| grouped(it, of_groups, report));
        let columns = fields.list("columns").iter();
        let columns = all(columns.map(|it| self.column(it, scope.as_ref(), fields.report())));
        let fixed = all(fields.list("rows").iter().map(|it| self.row(it, fields.report())));
        let total = fields.texts_as("total", |it, report| self.prose(it, report));
        let empty = empty(self, &mut fields);
        let (columns, fixed, total) = fields.whole((columns, fixed, total))?;
        let widths = fixed.iter().map(|(cells, _)| cells.len()).chain(Some(total.len()).filter(|it| *it > 0));
        check_widths(widths, columns.len(), origin, report)?;
        let (title, groups, empty) = (title, groups, empty).whole()?;
        let rows = match each {
            Some((each, _)) => RowsSpec::Each { each, is_narrowed, groups },
            None => RowsSpec::Fixed(fixed),
        };
        Ok(TableSpec { title, columns, rows, total, empty })
    }

    fn column(
        &self,
        node: &Node,
        scope: Option<&SchemaScope<'a>>,
        report: &mut Report,
    ) -> Result<ColumnSpec, Reported> {
        let mut fields = Fields::new(node, "列", report)?;
        let title = fields.required_as("title", |it, report| self.label(it, &self.scope, report));
        let align = fields.text_as("align", align);
        let width = width(&mut fields);
        let when = self.when(&self.scope, &mut fields);
        let value = match scope {
            Some(scope) => self.required("value", scope, &mut fields).map(Some),
            None => Ok(None),
        };
        let (title, align, value, when) = fields.whole((title, align, value, when))?;
        Ok(ColumnSpec { title, align: align.unwrap_or(Align::Center), width, value, when })
    }

    fn row(&self, node: &Node, report: &mut Report) -> Result<(Vec<Prose>, Option<Expression>), Reported> {
        let mut fields = Fields::new(node, "行", report)?;
        let cells = fields.texts_as("cells", |it, report| self.prose(it, report));
        let when = self.when(&self.scope, &mut fields);
        fields.whole((cells, when))
    }
}

fn check_widths(
    mut widths: impl Iterator<Item = usize>,
    n_columns: usize,
    origin: Origin,
    report: &mut Report,
) -> Result<(), Reported> {
    match widths.find(|it| *it != n_columns) {
        None => Ok(()),
        Some(width) => {
            let message = format!("表格有{n_columns}列，而有一行写了{width}格");
            let finding = Finding::new(&codes::WRONG_KIND, message).at(origin);
            Err(report.error(finding.hint("每行的 cells（以及 total）应与 columns 一样多")))
        }
    }
}

fn grouped(written: &LocatedText, scope: &SchemaScope<'_>, report: &mut Report) -> Result<Groups, Reported> {
    let (by, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    let choices = match given {
        Type::Choice(choices) => choices.to_vec(),
        _ => Vec::new(),
    };
    Ok(Groups { by, choices })
}
