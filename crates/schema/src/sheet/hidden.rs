//! Hidden sheets are not read; if they hold a table, what is missing for that is said when the whole file is known.

use crate::heading::Heading;
use crate::layout::Layout;
use crate::table::Schemas;
use finding::{Finding, Origin, TableId, Target, codes};

/// A hidden sheet.
#[derive(Debug)]
pub(crate) struct Hidden {
    place: Origin,
    name: String,
    /// The tables whose headings stand there with rows below them.
    tables: Vec<TableId>,
}

impl Hidden {
    /// What a hidden sheet holds.
    pub(super) fn new(layout: &Layout<'_>, headings: &[Heading]) -> Self {
        let grid = layout.grid;
        let is_filled = |it: &&Heading| !grid.rows_within(it.bottom + 1..=u32::MAX).is_empty();
        Self {
            place: Origin::sheet(grid.file, grid.sheet),
            name: grid.name.to_string(),
            tables: headings.iter().filter(is_filled).map(|it| it.table).collect(),
        }
    }

    /// What is to be said of it. A table that stands nowhere else in the file is an error, since nobody can tell what
    /// its records would have changed; beside a visible one it asks, since hidden sheets mostly keep last year's.
    pub(crate) fn finding(&self, has_visible: impl Fn(TableId) -> bool, schemas: &Schemas) -> Finding {
        let title = |table: &TableId| &schemas.tables[*table].title;
        let name = &self.name;
        let lost: Vec<TableId> = self.tables.iter().copied().filter(|it| !has_visible(*it)).collect();
        let held = if lost.is_empty() { &self.tables } else { &lost };
        let finding = match (lost.first(), self.tables.first()) {
            (Some(table), _) => Finding::new(
                &codes::SHEET_HIDDEN_RETURN,
                format!("“{}”表在隐藏的工作表“{name}”里，没有读取", title(table)),
            )
            .hint("请取消隐藏后重新提交；不上报的，请删除该工作表"),
            (None, Some(table)) => Finding::new(
                &codes::SHEET_HIDDEN_TABLE,
                format!("隐藏的工作表“{name}”里也有“{}”表，没有读取", title(table)),
            )
            .hint("请核实是否漏报：需要上报的取消隐藏，旧数据请删除"),
            (None, None) => Finding::new(&codes::SHEET_HIDDEN, format!("隐藏的工作表“{name}”没有读取"))
                .hint("如需上报其中内容，请取消隐藏后重新提交"),
        };
        finding.at(self.place).about(Target::part_with(self.place, held.iter().copied()))
    }
}
