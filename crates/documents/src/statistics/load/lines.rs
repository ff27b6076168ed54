//! Lines understood: their conditions compiled for each table that they are put to, their names found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::axis::{Axis, Condition, Flat};
use super::entry::{Conditions, Made, WrittenGiven};
use super::formula;
use crate::book::Sign;
use crate::kinds::Declaring;
use crate::leaf::printable;
use crate::order::Order;
use crate::statistics::line::{CellSource, Each, Given, Line, LineKind, Sources};
use dataset::TableId;
use facts::{Criterion, Measure, frame_scope};
use finding::{Finding, Origin, Report, Reported, codes};
use source::{LocatedText, Parts, all};

/// Conditions compiled so far, by place, text and table: many lines share those of their headings.
#[derive(Debug, Default)]
pub(super) struct Compiled(BTreeMap<(Origin, Arc<str>, TableId), Result<Criterion, Reported>>);

/// What lines are understood by.
pub(super) struct Understanding<'a> {
    pub(super) loading: Declaring<'a>,
    pub(super) compiled: &'a mut Compiled,
    /// The table that lines count which name none.
    pub(super) of: TableId,
}

impl Understanding<'_> {
    /// Understands the lines of both axes.
    ///
    /// # Errors
    /// If anything in them is wrong; everything that is wrong has been reported.
    pub(super) fn both(
        &mut self,
        rows: &Axis,
        columns: &Axis,
        report: &mut Report,
    ) -> Result<(Vec<Line>, Vec<Line>), Reported> {
        let (of_rows, of_columns) = (self.tables_of(rows), self.tables_of(columns));
        self.report_crossings(rows, columns, report);
        let understood = |this: &mut Self, axis: &Axis, met: &BTreeSet<TableId>, report: &mut Report| {
            all(axis.lines.iter().map(|it| this.line(it, axis, met, report)))
        };
        let of_row_lines = understood(self, rows, &of_columns, report);
        let of_column_lines = understood(self, columns, &of_rows, report);
        let cells = all(rows.lines.iter().map(|it| self.cells(it, columns, report)));
        let (mut rows, columns, cells) = (of_row_lines, of_column_lines, cells).whole()?;
        rows.iter_mut().zip(cells).for_each(|(line, cells)| line.cells = cells);
        for lines in [&rows, &columns] {
            formula::check_circles(lines, report)?;
        }
        Ok((rows, columns))
    }

    /// The tables whose records the lines of an axis count.
    fn tables_of(&self, axis: &Axis) -> BTreeSet<TableId> {
        let counted = axis.lines.iter().filter(|it| is_counted(it));
        counted.map(|it| it.of.unwrap_or(self.of)).collect()
    }

    /// A row and a column that name different tables have no cell in common.
    fn report_crossings(&self, rows: &Axis, columns: &Axis, report: &mut Report) {
        let naming = |axis: &Axis| {
            let named = axis.lines.iter().filter(|it| is_counted(it));
            named.filter_map(|it| Some((it.of?, it.id.clone(), it.origin))).collect::<Vec<_>>()
        };
        for (of_row, row, origin) in naming(rows) {
            if let Some((_, column, at)) = naming(columns).iter().find(|it| it.0 != of_row) {
                let message = format!("行“{row}”与列“{column}”各自指定了不同的数据表");
                let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(origin);
                report.push(finding.related(*at, "该列").hint("of 只能由行或列中的一方指定"));
                return;
            }
        }
    }

    fn line(
        &mut self,
        flat: &Flat,
        axis: &Axis,
        met: &BTreeSet<TableId>,
        report: &mut Report,
    ) -> Result<Line, Reported> {
        let tables: BTreeSet<TableId> = match flat.of {
            Some(of) => BTreeSet::from([of]),
            None if met.is_empty() => BTreeSet::from([self.of]),
            None => met.clone(),
        };
        let measure = self.measure(flat, &tables, report);
        let kind = self.kind(flat, axis, &tables, report);
        Ok(Line {
            id: flat.id.clone(),
            title: flat.title.text.clone(),
            headings: flat.headings.clone(),
            level: flat.level,
            kind: kind?,
            is_of_which: flat.is_of_which,
            source: flat.of,
            measure: measure?,
            cells: Vec::new(),
            origin: flat.origin,
        })
    }

    /// The measure of a line; its field must be one of every table that the line counts.
    fn measure(
        &self,
        flat: &Flat,
        tables: &BTreeSet<TableId>,
        report: &mut Report,
    ) -> Result<Option<Measure>, Reported> {
        let Some(written) = flat.measure.as_ref().filter(|_| is_counted(flat)) else { return Ok(None) };
        let schemas = &self.loading.schemas.tables;
        let measures = all(tables.iter().map(|it| Measure::load(written, &schemas[*it], report)))?;
        Ok(measures.into_iter().next())
    }

    fn kind(
        &mut self,
        flat: &Flat,
        axis: &Axis,
        tables: &BTreeSet<TableId>,
        report: &mut Report,
    ) -> Result<LineKind, Reported> {
        report.sound(|report| self.made(flat, axis, tables, report))
    }

    /// What the cells of a line are, as far as that can be told.
    fn made(
        &mut self,
        flat: &Flat,
        axis: &Axis,
        tables: &BTreeSet<TableId>,
        report: &mut Report,
    ) -> Result<LineKind, Reported> {
        Ok(match &flat.made {
            None => LineKind::Blank,
            Some(Made::Counted | Made::Dimension(_)) => {
                LineKind::Counted(self.sources(flat, tables, report)?)
            }
            Some(Made::Each { of, wheres, sort }) => {
                let sources = self.sources(flat, tables, report);
                let each = self.each(flat, (*of, wheres, sort), tables, report);
                LineKind::Each(Box::new(each?), sources?)
            }
            Some(Made::Sum(names)) => {
                let lines = names.iter().flat_map(|it| axis.named(it, report)).collect::<Vec<_>>();
                LineKind::Derived {
                    terms: lines.into_iter().map(|it| (Sign::Plus, it)).collect(),
                    printed: None,
                }
            }
            Some(Made::Formula(written)) => {
                let terms = formula::parse(written, axis, report);
                LineKind::Derived { terms, printed: Some(written.text.clone()) }
            }
            Some(Made::Rate { part, whole, places }) => {
                match (axis.line(part, report), axis.line(whole, report)) {
                    (Some(part), Some(whole)) => LineKind::Rate { part, whole, places: *places },
                    _ => LineKind::Blank,
                }
            }
            Some(Made::Given(given)) => LineKind::Given(self.given(given, report)),
        })
    }

    fn each(
        &mut self,
        flat: &Flat,
        (of, wheres, sort): (TableId, &[LocatedText], &[source::Node]),
        tables: &BTreeSet<TableId>,
        report: &mut Report,
    ) -> Result<Each, Reported> {
        let schemas = self.loading.schemas;
        for table in tables.iter().filter(|it| schemas.way(**it, of).is_none()) {
            let (counted, each) = (&schemas.tables[*table].title, &schemas.tables[of].title);
            let message = format!("“{counted}”的记录不属于“{each}”，不能按它分行");
            let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message).at(flat.origin);
            report.push(finding.hint("请在该表式的 subject 中写明所属的分党委或党支部"));
        }
        let scope = frame_scope(schemas, Some(of));
        let title = printable(&flat.title, &scope, report);
        let wheres = all(wheres.iter().map(|it| self.criterion(it, of, report)));
        let order = Order::load(sort, &scope, report);
        let (title, wheres, order) = (title, wheres, order).whole()?;
        Ok(Each { of, title, wheres, order })
    }

    fn sources(
        &mut self,
        flat: &Flat,
        tables: &BTreeSet<TableId>,
        report: &mut Report,
    ) -> Result<Sources, Reported> {
        let mut sources = Sources::new();
        let mut fault = None;
        for table in tables {
            let mut criteria = Vec::new();
            for condition in &flat.conditions {
                match self.condition(condition, *table, report) {
                    Ok(found) => criteria.extend(found),
                    Err(reported) => fault = Some(reported),
                }
            }
            sources.insert(*table, criteria);
        }
        fault.map_or(Ok(sources), Err)
    }

    /// The criteria that a condition means for the records of a table.
    fn condition(
        &mut self,
        condition: &Condition,
        table: TableId,
        report: &mut Report,
    ) -> Result<Vec<Criterion>, Reported> {
        let texts = match condition {
            Condition::Written(Conditions::Any(texts)) => texts,
            Condition::Written(Conditions::ByTable(by_table)) => {
                match by_table.iter().find(|it| it.0 == table) {
                    Some((_, texts)) => texts,
                    None => return Err(report.error(self.without_condition(by_table, table))),
                }
            }
            Condition::Group { dimension, group } => {
                let dimension = &self.loading.catalogue.dimensions[*dimension];
                let written = &dimension.groups[*group].written;
                let key = (written.origin, written.text.clone(), table);
                let schemas = self.loading.schemas;
                let compile = || dimension.criterion(*group, schemas, table, report);
                return self.compiled.0.entry(key).or_insert_with(compile).clone().map(|it| vec![it]);
            }
        };
        all(texts.iter().map(|it| self.criterion(it, table, report)))
    }

    /// Compiles a condition for a table, once.
    pub(super) fn criterion(
        &mut self,
        written: &LocatedText,
        table: TableId,
        report: &mut Report,
    ) -> Result<Criterion, Reported> {
        let key = (written.origin, written.text.clone(), table);
        let schemas = self.loading.schemas;
        let compile = || Criterion::load(written, &frame_scope(schemas, Some(table)), report);
        self.compiled.0.entry(key).or_insert_with(compile).clone()
    }

    fn without_condition(&self, by_table: &[(TableId, Vec<LocatedText>)], table: TableId) -> Finding {
        let title = &self.loading.schemas.tables[table].title;
        let message = format!("没有写明对“{title}”表的条件");
        let finding = Finding::new(&codes::STATISTICS_INCONSISTENT, message);
        let place = by_table.first().and_then(|it| it.1.first()).map(|it| it.origin);
        let id = &self.loading.schemas.tables[table].id;
        let finding = finding.hint(format!("请补上“{id}: 条件”"));
        match place {
            Some(place) => finding.at(place),
            None => finding,
        }
    }

    fn cells(
        &self,
        flat: &Flat,
        columns: &Axis,
        report: &mut Report,
    ) -> Result<Vec<(usize, Given)>, Reported> {
        let mut cells = Vec::new();
        for (column, given) in &flat.cells {
            if let Some(column) = columns.line(column, report) {
                cells.push((column, self.given(given, report)));
            }
        }
        Ok(cells)
    }

    fn given(&self, written: &WrittenGiven, report: &mut Report) -> Given {
        let mut source = |it: &LocatedText| match it.text.strip_prefix("facts.") {
            Some(id) => {
                let known = self.loading.catalogue.facts.iter().map(|it| &*it.id);
                let name = LocatedText { text: id.into(), origin: it.origin };
                if self.loading.catalogue.fact(id).is_none() {
                    report.push(facts::unknown("数据项", &name, known, &codes::UNKNOWN_NAME));
                }
                CellSource::Fact(name.text)
            }
            None => CellSource::Outside(it.clone()),
        };
        Given { from: source(&written.from), or: written.or.as_ref().map(source) }
    }
}

fn is_counted(flat: &Flat) -> bool {
    matches!(flat.made, Some(Made::Counted | Made::Each { .. }))
}
