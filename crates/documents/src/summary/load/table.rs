//! Tables: columns, and rows that are records or declared one by one.

use super::loading::Loading;
use super::summary::empty;
use crate::book::Align;
use crate::declaring::{WIDEST, align};
use crate::summary::declaration::{ColumnSpec, Groups, RowsSpec, TableSpec};
use dataset::SchemaScope;
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Fields, LocatedText, Node};
use words::{Expression, Prose, Type};

impl<'a> Loading<'a> {
    /// Reads `table:`.
    pub(super) fn table(&self, node: &Node, report: &mut Report) -> Result<TableSpec, Reported> {
        let mut fields = Fields::new(node, "表格", report)?;
        let origin = fields.origin();
        let title = self.optional("title", &self.scope, &mut fields);
        let each = fields.text("each").map(|it| self.each(&it, fields.report())).transpose()?;
        let is_narrowed = fields.flag("narrow").unwrap_or(false);
        let scope = each.as_ref().map(|it| it.1.clone());
        let scope = if is_narrowed { scope.map(|it| self.narrowed(it)) } else { scope };
        let groups = fields.text("groups");
        let groups =
            groups.map(|it| grouped(&it, scope.as_ref().unwrap_or(&self.scope), fields.report())).transpose();
        let columns = fields.list("columns").iter();
        let columns: Vec<_> = columns.map(|it| self.column(it, scope.as_ref(), fields.report())).collect();
        let rows: Vec<_> = fields.list("rows").iter().map(|it| self.row(it, fields.report())).collect();
        let total = self.proses(&fields.texts("total"), fields.report());
        let empty = empty(self, &mut fields);
        fields.finish();
        let columns: Vec<ColumnSpec> = columns.into_iter().collect::<Result<_, _>>()?;
        let fixed: Vec<_> = rows.into_iter().collect::<Result<Vec<_>, _>>()?;
        let total = total?;
        let widths = fixed.iter().map(|(cells, _)| cells.len()).chain(Some(total.len()).filter(|it| *it > 0));
        check_widths(widths, columns.len(), origin, report)?;
        let groups = groups?;
        let rows = match each {
            Some((each, _)) => RowsSpec::Each { each, is_narrowed, groups },
            None => RowsSpec::Fixed(fixed),
        };
        Ok(TableSpec { title: title?, columns, rows, total, empty: empty? })
    }

    fn column(
        &self,
        node: &Node,
        scope: Option<&SchemaScope<'a>>,
        report: &mut Report,
    ) -> Result<ColumnSpec, Reported> {
        let mut fields = Fields::new(node, "列", report)?;
        let title = fields.required_text("title");
        let title = title.and_then(|it| self.label(&it, &self.scope, fields.report()));
        let align = fields.text("align").map(|it| align(&it, fields.report())).transpose();
        let width = fields.count_to("width", WIDEST).and_then(|it| u16::try_from(it).ok());
        let when = self.when(&self.scope, &mut fields);
        let value = match scope {
            Some(scope) => self.required("value", scope, &mut fields).map(Some),
            None => Ok(None),
        };
        fields.finish();
        let align = align?.unwrap_or(Align::Center);
        Ok(ColumnSpec { title: title?, align, width, value: value?, when: when? })
    }

    fn row(&self, node: &Node, report: &mut Report) -> Result<(Vec<Prose>, Option<Expression>), Reported> {
        let mut fields = Fields::new(node, "行", report)?;
        let cells = self.proses(&fields.texts("cells"), fields.report());
        let when = self.when(&self.scope, &mut fields);
        fields.finish();
        Ok((cells?, when?))
    }

    fn proses(&self, written: &[LocatedText], report: &mut Report) -> Result<Vec<Prose>, Reported> {
        let proses: Vec<_> = written.iter().map(|it| self.prose(it, report)).collect();
        proses.into_iter().collect()
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
