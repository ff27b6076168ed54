//! Which rows of a sheet belong to which heading: further tables below or beside, headings that come again.

use std::collections::BTreeMap;

use super::explain::column_ranges;
use crate::heading::{Found, Heading};
use crate::layout::Layout;
use crate::table::Schemas;
use finding::{Finding, Report, codes};
use source::Row;
use value::{Raw, fold};

/// A title between two tables has at most this many cells.
const N_CELLS_OF_TITLE_MAX: usize = 2;

/// A heading with the rows below it.
pub(super) struct Section {
    pub(super) heading: Heading,
    /// First and last row of each stretch; there are several if the heading comes again.
    pub(super) parts: Vec<(u32, u32)>,
}

/// A sheet, divided.
pub(super) struct Sections {
    pub(super) sections: Vec<Section>,
    /// Rows above the first heading.
    pub(super) above: Vec<u32>,
    /// Rows in which a heading comes again.
    pub(super) repeated: Vec<u32>,
    /// Rows around the tables that may say who reports: above the headings, and at the end.
    pub(super) around: Vec<u32>,
}

impl Sections {
    pub(super) fn of(layout: &Layout<'_>, found: &Found, schemas: &Schemas) -> Self {
        let headings = &found.headings;
        let top = headings.iter().map(|it| it.top).min().unwrap_or_default();
        let above: Vec<u32> =
            layout.grid.rows().iter().map(|it| it.number).take_while(|it| *it < top).collect();
        let mut divided = Self { sections: Vec::new(), around: above.clone(), above, repeated: Vec::new() };
        let mut is_titled = vec![false; headings.len()];
        for (idx, heading) in headings.iter().enumerate() {
            let next = headings[idx + 1..].iter().find(|it| overlap(it, heading) && it.top > heading.bottom);
            let first = heading.bottom + 1;
            let mut last = next.map_or(u32::MAX, |it| it.top - 1);
            if let Some(next) = next.filter(|it| !is_same(it, heading)) {
                let titles = titles_above(layout, next, first);
                last = titles.first().map_or(last, |it| it - 1);
                divided.around.extend(titles);
            }
            // A heading that comes again below a title of its own is that of another unit.
            let again = headings.iter().position(|it| overlap(it, heading) && it.top > heading.bottom);
            if let Some(next) = again.filter(|it| is_same(&headings[*it], heading)) {
                let titles = lone_titles_above(layout, &headings[next], first);
                last = titles.first().map_or(last, |it| it - 1);
                is_titled[next] = !titles.is_empty();
                divided.around.extend(titles);
            }
            divided.add(heading, (first, last), is_titled[idx]);
        }
        let foot = layout.grid.rows().iter().rev().take(3).map(|it| it.number);
        divided.around.extend(foot.filter(|row| !is_record_like(layout, *row, headings, schemas)));
        divided
    }

    fn add(&mut self, heading: &Heading, part: (u32, u32), is_titled: bool) {
        match self.sections.iter_mut().rev().find(|it| overlap(&it.heading, heading)) {
            Some(section) if is_same(&section.heading, heading) && !is_titled => {
                section.parts.push(part);
                self.repeated.extend(heading.top..=heading.bottom);
            }
            _ => self.sections.push(Section { heading: heading.clone(), parts: vec![part] }),
        }
    }

    /// Says which columns hold anything below the headings though no heading stands above them.
    pub(super) fn report_outside(&self, layout: &Layout<'_>, report: &mut Report) {
        let mut labelled = vec![false; usize::from(u16::MAX) + 1];
        for columns in self.sections.iter().map(|it| &it.heading.columns) {
            let further = columns
                .strangers
                .iter()
                .map(|it| it.col)
                .chain(columns.repeated.iter().map(|it| it.0))
                .chain(columns.total);
            let all = columns.data().into_iter().chain(columns.nothing.iter().copied()).chain(further);
            all.for_each(|it| labelled[usize::from(it)] = true);
        }
        let Some(top) = self.sections.iter().map(|it| it.heading.bottom).min() else { return };
        let mut outside: BTreeMap<u16, (u32, &Raw)> = BTreeMap::new();
        for row in layout.grid.rows_within(top + 1..=u32::MAX) {
            for (col, raw) in row.cells().iter().filter(|it| !labelled[usize::from(it.0)]) {
                // What calls itself a note belongs to the form.
                if !outside.contains_key(col) && !layout.customs.is_remark(&raw.display()) {
                    outside.insert(*col, (row.number, raw));
                }
            }
        }
        let Some((col, (row, raw))) = outside.first_key_value() else { return };
        let message = format!("{}没有表头，其中内容没有读取", column_ranges(layout, outside.keys().copied()));
        report.push(
            Finding::new(&codes::COLUMN_IGNORED, message)
                .at(layout.origin(*row, *col))
                .value(raw.display().chars().take(40).collect::<String>())
                .hint("其中如有应上报的内容，请移到表样中相应的列"),
        );
    }
}

/// Whether two headings share columns.
fn overlap(a: &Heading, b: &Heading) -> bool {
    a.extent.0 <= b.extent.1 && b.extent.0 <= a.extent.1
}

/// Whether one heading is the other once more: the same fields in the same columns.
fn is_same(a: &Heading, b: &Heading) -> bool {
    a.table == b.table && a.columns.fields == b.columns.fields && a.columns.unfolded == b.columns.unfolded
}

/// The rows just above a further heading that are its titles.
fn titles_above(layout: &Layout<'_>, heading: &Heading, first: u32) -> Vec<u32> {
    let is_title = |row: u32| {
        let cells = layout.grid.row(row).map_or(&[][..], Row::cells);
        let is_text = cells.iter().all(|it| matches!(it.1, Raw::Text(_)));
        let adds_up = cells.first().is_some_and(|it| layout.customs.adds_up(&fold(&it.1.display())));
        is_text && !adds_up && cells.len() <= N_CELLS_OF_TITLE_MAX
    };
    let rows = layout.grid.rows_within(first..=heading.top.saturating_sub(1)).iter().map(|it| it.number);
    let mut titles: Vec<u32> = rows.rev().take_while(|row| is_title(*row)).collect();
    titles.reverse();
    titles
}

/// The rows just above a heading that hold one text each, which is its title if the table has more columns.
fn lone_titles_above(layout: &Layout<'_>, heading: &Heading, first: u32) -> Vec<u32> {
    let is_lone = |row: &u32| layout.n_cells(*row) == 1;
    let titles = titles_above(layout, heading, first);
    let n_lone = titles.iter().rev().take_while(|it| is_lone(it)).count();
    let n_lone = if heading.columns.data().len() > N_CELLS_OF_TITLE_MAX { n_lone } else { 0 };
    titles[titles.len() - n_lone..].to_vec()
}

/// Whether a row has cells in most required columns of some table: it says nothing about the sheet.
fn is_record_like(layout: &Layout<'_>, row: u32, headings: &[Heading], schemas: &Schemas) -> bool {
    headings.iter().any(|heading| {
        let fields = &schemas.tables[heading.table].fields;
        let required = || heading.columns.fields.iter().filter(|it| fields[*it.0].required);
        let n_filled = required().filter(|it| !layout.get(row, *it.1).is_empty()).count();
        row <= heading.bottom || 2 * n_filled > required().count()
    })
}
