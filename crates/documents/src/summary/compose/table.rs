//! A table is filled in: a row for each record, or the declared ones.

use std::sync::Arc;

use super::super::declaration::{ColumnSpec, Groups, RowsSpec, TableSpec};
use super::super::text::{Block, CellColumn, Cells, Phrase, Placed};
use super::stage::{Stage, Turn};
use super::{Writer, paragraph, placed};
use words::Prose;

impl Writer {
    /// The blocks of a table: itself, or one below a heading for each group.
    pub(super) fn table(&mut self, spec: &TableSpec, id: &Arc<str>, part: &Arc<str>) -> Vec<Placed> {
        let stage = self.stage.clone();
        let columns: Vec<(usize, &ColumnSpec)> = spec.columns.iter().enumerate().collect();
        let columns: Vec<_> =
            columns.into_iter().filter(|(_, it)| self.holds(it.when.as_ref(), &stage)).collect();
        let sorted = self.sorted(spec, &columns);
        if sorted.iter().all(|(_, rows)| rows.is_empty()) {
            let text = spec.empty.as_ref().map(|it| self.text(it, &stage));
            return text.map(|it| placed(id, part, paragraph(None, it))).into_iter().collect();
        }
        let title = spec.title.as_ref().map(|it| self.text(it, &stage));
        let headings: Vec<CellColumn> = columns.iter().map(|it| self.heading(it.1, &stage)).collect();
        let total = self.total(spec, &columns);
        let mut blocks = Vec::new();
        for (at, (group, rows)) in sorted.into_iter().filter(|it| !it.1.is_empty()).enumerate() {
            let own = match &group {
                Some(_) => format!("{id}-{}", at + 1),
                None => id.to_string(),
            };
            if let Some(group) = group {
                let heading = Block::Heading { level: 2, number: None, text: Phrase::plain(group) };
                blocks.push(placed(&format!("{own}-heading"), part, heading));
            }
            let cells = Cells { title: title.clone(), columns: headings.clone(), rows, total: total.clone() };
            blocks.push(placed(&own, part, Block::Table(cells)));
        }
        blocks
    }

    fn heading(&mut self, column: &ColumnSpec, stage: &Stage) -> CellColumn {
        CellColumn { title: self.text(&column.title, stage).text(), align: column.align, width: column.width }
    }

    /// The rows by group, in the order of the groups; without groups all rows in one.
    fn sorted(
        &mut self,
        spec: &TableSpec,
        columns: &[(usize, &ColumnSpec)],
    ) -> Vec<(Option<String>, Vec<Vec<Phrase>>)> {
        match &spec.rows {
            RowsSpec::Fixed(rows) => {
                let stage = self.stage.clone();
                let mut filled = Vec::new();
                for (cells, when) in rows {
                    if self.holds(when.as_ref(), &stage) {
                        let cells = columns.iter().filter_map(|(at, _)| cells.get(*at));
                        filled.push(cells.map(|it| self.cell(it, &stage)).collect());
                    }
                }
                vec![(None, filled)]
            }
            RowsSpec::Each { each, is_narrowed, groups } => {
                let stages = self.items(each, *is_narrowed);
                let Some(groups) = groups else { return vec![(None, self.rows(&stages, columns))] };
                let sorted = self.by_group(stages, groups);
                let rows = |(group, stages): (String, Vec<Stage>)| (Some(group), self.rows(&stages, columns));
                sorted.into_iter().map(rows).collect()
            }
        }
    }

    fn rows(&mut self, stages: &[Stage], columns: &[(usize, &ColumnSpec)]) -> Vec<Vec<Phrase>> {
        let mut rows = Vec::new();
        let n = stages.len();
        for (at, stage) in stages.iter().enumerate() {
            // Within a group, rows are counted anew.
            let stage = match stage.record.clone() {
                Some(record) => {
                    let seat = stage.seat;
                    self.stage.around(record, Turn { at, n }).narrowed(seat)
                }
                None => stage.clone(),
            };
            let values = columns.iter().filter_map(|(_, it)| it.value.as_ref());
            rows.push(values.map(|it| self.cell(it, &stage)).collect());
        }
        rows
    }

    /// The items by what they are grouped by: in the order of the choices, others as they come.
    fn by_group(&mut self, stages: Vec<Stage>, groups: &Groups) -> Vec<(String, Vec<Stage>)> {
        let mut sorted: Vec<(String, Vec<Stage>)> =
            groups.choices.iter().map(|it| (it.to_string(), Vec::new())).collect();
        for stage in stages {
            let Some(value) = self.value(&groups.by, &stage) else { continue };
            let name = value.to_string();
            match sorted.iter_mut().find(|it| it.0 == name) {
                Some((_, own)) => own.push(stage),
                None => sorted.push((name, vec![stage])),
            }
        }
        sorted
    }

    fn total(&mut self, spec: &TableSpec, columns: &[(usize, &ColumnSpec)]) -> Option<Vec<Phrase>> {
        let stage = self.stage.clone();
        let cells: Vec<&Prose> = columns.iter().filter_map(|(at, _)| spec.total.get(*at)).collect();
        let cells: Vec<Phrase> = cells.into_iter().map(|it| self.cell(it, &stage)).collect();
        Some(cells).filter(|it| !it.is_empty())
    }
}
