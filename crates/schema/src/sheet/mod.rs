//! A sheet becomes records: its headings are found, each row below them is bound to the fields of its table.

mod beside;
mod explain;
mod strangers;
mod around;
mod exchanged;
mod form;
mod gather;
mod hidden;
mod merged;
mod numbered;
mod rows;
mod columns;
mod ditto;
mod section;
mod skip;
mod span;
mod stand_in;
mod surroundings;
mod swapped;
mod titled;

pub(super) use beside::Beside;
pub(super) use hidden::Hidden;
pub(super) use span::Spans;
pub use surroundings::SheetFacts;
pub(super) use surroundings::years_in;

use std::collections::BTreeMap;
use std::rc::Rc;

use self::around::Around;
use self::explain::Explained;
use self::merged::Merged;
use self::rows::{Finished, HeadingFaults, OwnUnit, Page, Rows};
use self::section::{Section, Sections};
use self::skip::{Reason, Skipped};
use self::titled::said_by_names;
use super::accepted::Accepted;
use super::heading::{self, Found, Heading, Lexicon};
use super::layout::Layout;
use super::reading::FileRecords;
use super::sent::{Binding, Bound, Marked};
use super::table::Schemas;
use super::whose::Unnamed;
use finding::{Finding, Origin, Report, TableId, codes, row_ranges};
use source::{Grid, Row};
use value::Raw;

/// So many rows of a sheet without a heading may say whose it is.
const N_ROWS_AT_TOP: usize = 10;
/// A row above the heading with so many cells is more than a title.
const N_CELLS_OF_TITLE_MAX: usize = 4;

/// What a sheet is read with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The tables.
    pub(super) schemas: &'a Schemas,
    /// Their labels.
    pub(super) lexicon: &'a Lexicon,
    /// Name of the file without folder and ending: it helps to tell like tables apart.
    pub(super) file_name: &'a str,
    /// How many sheets of the file hold anything.
    pub(super) n_sheets: usize,
}

/// Reads the records of one sheet, whose rows are let go as they become records.
pub(super) fn read(mut grid: Grid, context: Context<'_>, into: &mut FileRecords) {
    let mut skipped = Skipped::default();
    let marked = Marked::take(&mut grid);
    let Some(mut readers) = prepare(&grid, context, marked.as_ref(), &mut skipped, into) else { return };
    let page = Page { file: grid.file, sheet: grid.sheet };
    for idx in 0..readers.len() {
        let (these, later) = readers.split_at_mut(idx + 1);
        let RowsReader { parts, table, rows, .. } = &mut these[idx];
        let is_needed = later.iter().any(|it| overlap(&it.parts, parts));
        for (top, bottom) in parts.iter().copied().filter(|it| it.0 <= it.1) {
            let mut read = |row: &Row| {
                let next = into.records.tables[*table].next_id();
                let records = rows.read((row, top), next, &mut skipped, &mut into.report);
                into.records.tables[*table].extend(records);
            };
            if is_needed {
                grid.rows_within(top..=bottom).iter().for_each(&mut read);
            } else {
                grid.take_within(top..=bottom).for_each(|it| read(&it));
            }
        }
    }
    for RowsReader { table, rows, hints, .. } in readers {
        let Finished { mut nothing, records, unnamed } = rows.finish(&mut into.report);
        // A form that was sent to one unit speaks of this one.
        let own = marked.as_ref().and_then(Marked::sent_to);
        for said in nothing.iter_mut().filter(|it| it.names.is_empty()) {
            said.names.extend(own.cloned());
        }
        into.nothing.extend(nothing);
        let sheet = Origin::sheet(page.file, page.sheet);
        into.unnamed.extend(unnamed.into_iter().map(|(field, missing)| Unnamed {
            sheet,
            column: table.column(field),
            rows: records,
            hints: hints.of_field(table.column(field)),
            missing,
        }));
    }
    skipped.report(page, &mut into.report);
    gather::gather(page, &mut into.report);
}

/// Whether tables of a text, below each other, are one form with its lists, such as an application.
pub(super) fn is_form_with_lists(stacked: &Grid, context: Context<'_>) -> bool {
    let Some(layout) = Layout::new(stacked, &context.schemas.customs) else { return false };
    let names = [&*stacked.name, context.file_name, last_part(context.file_name)];
    let found = heading::find(&layout, &names, (context.schemas, context.lexicon));
    let form = form::find(&layout, &found, context);
    form.is_some_and(|it| context.schemas.children(it.table()).next().is_some())
}

/// Who reads the rows of one table, and where they stand.
struct RowsReader<'a> {
    table: TableId,
    parts: Parts,
    rows: Rows<'a>,
    /// What stands around it.
    hints: Around<'a>,
}

/// First and last row of each stretch of a table.
type Parts = Vec<(u32, u32)>;

fn overlap(a: &Parts, b: &Parts) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.0 <= b.1 && b.0 <= a.1))
}

/// Finds out what stands where, and says all that is to be said about the sheet beside its rows. `None` if there is
/// nothing to read.
fn prepare<'a>(
    grid: &Grid,
    context: Context<'a>,
    marked: Option<&Marked>,
    skipped: &mut Skipped,
    into: &mut FileRecords,
) -> Option<Vec<RowsReader<'a>>> {
    let layout = Layout::new(grid, &context.schemas.customs)?;
    match marked.map(|it| it.bind(&layout, context.schemas, context.lexicon)) {
        Some(Binding::Bound(bound)) => return sent_out(&layout, *bound, context, skipped, into),
        Some(Binding::Unlike(sent, finding)) => {
            into.sent.push(sent);
            into.report.push(*finding);
        }
        Some(Binding::Unknown) | None => {}
    }
    if let Some(finding) = not_a_return(grid, context) {
        into.report.push(finding);
        return None;
    }
    let names = [&*grid.name, context.file_name, last_part(context.file_name)];
    let found = heading::find(&layout, &names, (context.schemas, context.lexicon));
    if grid.hidden {
        into.hidden.push(Hidden::new(&layout, &found.headings));
        return None;
    }
    if let Some(form) = form::find(&layout, &found, context) {
        form::read(&form, &layout, context, into);
        return None;
    }
    if let Some(finding) = summary(&layout, &found, context) {
        into.report.push(finding);
        return None;
    }
    if found.headings.is_empty() {
        let first: Vec<u32> = grid.rows().iter().map(|it| it.number).take(N_ROWS_AT_TOP).collect();
        into.facts.push(SheetFacts::of(&layout, &first));
        into.report.push(without_table(&layout, &found, context));
        return None;
    }
    if grid.has_lost_marks {
        into.report.push(without_marks(&layout, &found.headings[0]));
    }
    Some(readers((&layout, names), (found, None), context, skipped, into)).filter(|it| !it.is_empty())
}

/// What is said of a form that was sent out and is read like any other sheet now.
fn without_marks(layout: &Layout<'_>, heading: &Heading) -> Finding {
    let message =
        "下发时藏在第一行的识别标记没有了，按表头读取；是不是现在的表样、是不是发给本单位的，核对不了";
    let finding = Finding::new(&codes::FORM_MARK_MISSING, message);
    let finding = finding.hint("各栏都读对了的，不必处理；以后填表请不要删去第一行（隐藏的行）");
    finding.at(layout.origin(heading.bottom, heading.extent.0))
}

/// The same of a form that was sent out, whose columns are known.
fn sent_out<'a>(
    layout: &Layout<'_>,
    bound: Bound,
    context: Context<'a>,
    skipped: &mut Skipped,
    into: &mut FileRecords,
) -> Option<Vec<RowsReader<'a>>> {
    if layout.grid.hidden {
        into.hidden.push(Hidden::new(layout, &[bound.heading]));
        return None;
    }
    let names = [&*layout.grid.name, context.file_name, last_part(context.file_name)];
    let known = heading::known_labels(layout, context.lexicon);
    let Bound { heading, sent, found, unread } = bound;
    into.sent.push(sent);
    let whole = Found { headings: vec![heading], known, guess: None };
    let faults = HeadingFaults { absent: unread, found, ..HeadingFaults::default() };
    Some(readers((layout, names), (whole, Some(faults)), context, skipped, into))
}

/// Who reads the rows below the headings.
fn readers<'a>(
    (layout, names): (&Layout<'_>, [&str; 3]),
    (found, mut changed): (Found, Option<HeadingFaults>),
    context: Context<'a>,
    skipped: &mut Skipped,
    into: &mut FileRecords,
) -> Vec<RowsReader<'a>> {
    let doubts = doubts(layout, &found, context);
    let is_doubtful = !doubts.is_empty() && doubts.len() == found.headings.len();
    doubts.into_iter().for_each(|it| into.report.push(it));
    let sections = Sections::of(layout, &found, context.schemas);
    if is_doubtful {
        into.facts.push(SheetFacts::of(layout, &sections.around));
        return Vec::new();
    }
    let mut facts = SheetFacts::of(layout, &sections.around);
    let repeated = sections.repeated.iter().filter_map(|it| layout.grid.row(*it));
    repeated.for_each(|row| skipped.add(Reason::Heading, row, layout.columns));
    above(layout, &sections, skipped);
    sections.report_outside(layout, &mut into.report);
    into.beside.note_titles(layout, &sections.above);
    let known = Rc::new(found.known);
    let sections_around = sections.around.clone();
    let mut readers = Vec::new();
    for Section { mut heading, parts } in sections.sections {
        if heading.doubt.is_some() {
            continue;
        }
        let table = &context.schemas.tables[heading.table];
        let swapped = swapped::exchange(layout, (context.schemas, table), &mut heading);
        let exchanged = exchanged::exchange(layout, table, &mut heading);
        let is_first = !into.tables.contains(&heading.table);
        let leaps = numbered::leaps(layout, &heading, &parts, is_first);
        let lent = stand_in::lend(layout, table, &mut heading);
        swapped.into_iter().chain(exchanged).chain(leaps).chain(lent).for_each(|it| into.report.push(it));
        let Context { schemas, lexicon, .. } = context;
        let around = (&names[..], layout, heading.top);
        let mut said = said_by_names(table, around, |it| heading.columns.fields.contains_key(&it));
        said.extend(stand_in::with_like_columns(table, &heading, &said));
        let explained = Explained { layout, schemas, lexicon, heading: &heading, said: &said };
        facts.expects_earlier_years |= table.returned.earlier_years;
        let mut faults = explained.report(&mut into.report, changed.as_ref());
        faults.extend(changed.take());
        let suggested = faults.suggested.iter().map(|(field, label)| Accepted {
            table: heading.table,
            field: *field,
            heading: label.as_str().into(),
        });
        into.suggested.extend(suggested);
        into.tables.insert(heading.table);
        into.beside.note_columns(layout, &heading);
        let merged = Merged::below(layout, &heading);
        let top = heading.top;
        note_blocks(layout, &merged, &mut into.report);
        let table_id = heading.table;
        let sheet = Origin::sheet(layout.grid.file, layout.grid.sheet);
        let mut rows =
            Rows::new((layout, merged), (&schemas.customs, table), heading, (said, faults), known.clone());
        let own = into.sent.last().filter(|it| it.sheet == sheet);
        rows.date(surroundings::year_around(layout, &names, top));
        rows.belong_to(own.and_then(|it| OwnUnit::of(it, context.schemas)));
        let hints = Around::of(layout, (&sections_around, &parts), top, context.lexicon);
        readers.push(RowsReader { table: table_id, parts, rows, hints });
    }
    into.facts.push(facts);
    readers
}

/// Why some of the headings are not read.
fn doubts(layout: &Layout<'_>, found: &Found, Context { schemas, lexicon, .. }: Context<'_>) -> Vec<Finding> {
    let said = BTreeMap::new();
    let of = |heading| Explained { layout, schemas, lexicon, heading, said: &said }.doubt();
    found.headings.iter().filter_map(of).collect()
}

/// Sheets that only show how to fill in are left alone.
fn not_a_return(grid: &Grid, context: Context<'_>) -> Option<Finding> {
    let place = Origin::sheet(grid.file, grid.sheet);
    let shows = !grid.hidden
        && context.schemas.customs.sample_sheets.iter().any(|it| grid.name.contains(it.as_str()))
        && context.n_sheets > 1;
    let message = format!("工作表“{}”是填写示例，没有读取", grid.name);
    shows.then(|| Finding::new(&codes::SHEET_NOT_A_RETURN, message).at(place))
}

/// A sheet that adds up the others: its name says so, and it has none of our tables, or one without what tells its
/// records apart.
fn summary(layout: &Layout<'_>, found: &Found, context: Context<'_>) -> Option<Finding> {
    let name = &layout.grid.name;
    let says_so = context.schemas.customs.summary_sheets.iter().any(|it| name.contains(it.as_str()));
    let has_records = |heading: &Heading| {
        let table = &context.schemas.tables[heading.table];
        table.key.iter().all(|it| heading.columns.has(table, *it))
    };
    let is_one = says_so && context.n_sheets > 1 && !found.headings.iter().any(has_records);
    let message = || format!("工作表“{name}”看作其他各页的汇总，没有读取");
    let place = Origin::sheet(layout.grid.file, layout.grid.sheet);
    is_one.then(|| Finding::new(&codes::SHEET_NOT_A_RETURN, message()).at(place))
}

/// A sheet without a heading: an error, unless it clearly explains and the file has other sheets.
fn without_table(layout: &Layout<'_>, found: &Found, context: Context<'_>) -> Finding {
    let name = &layout.grid.name;
    let explains = context.schemas.customs.explaining_sheets.iter().any(|it| name.contains(it.as_str()));
    if layout.grid.above.is_some() {
        let message = "文档中的这张表没有可以识别的表头，没有读取";
        let place = Origin::sheet(layout.grid.file, layout.grid.sheet);
        return Finding::new(&codes::SHEET_NOT_A_RETURN, message).at(place);
    }
    let is_prose = found.known.is_empty() && layout.grid.rows().iter().all(|it| it.cells().len() < 3);
    if context.n_sheets > 1 && (explains || is_prose) {
        let message = format!("工作表“{name}”没有表头，看作说明，没有读取");
        let place = Origin::sheet(layout.grid.file, layout.grid.sheet);
        let first = layout.grid.rows().first().map_or(&[][..], Row::cells);
        let text = first.iter().map(|it| it.1.display()).collect::<Vec<_>>().join(" | ");
        let shown: String = text.chars().take(40).collect();
        return Finding::new(&codes::SHEET_NOT_A_RETURN, message).at(place).value(shown);
    }
    explain::unrecognised(layout, found, context.schemas)
}

/// Rows above the first heading are titles; those that hold more are said to be left out.
fn above(layout: &Layout<'_>, sections: &Sections, skipped: &mut Skipped) {
    let is_line = |raw: &Raw| matches!(raw, Raw::Text(text) if text.contains([':', '：']));
    for row in &sections.above {
        let Some(row) = layout.grid.row(*row) else { continue };
        if row.cells().iter().filter(|it| !is_line(&it.1)).count() > N_CELLS_OF_TITLE_MAX {
            skipped.add(Reason::Above, row, layout.columns);
        }
    }
}

/// Blocks of text among the rows, each said once; those that call themselves notes belong to the form.
fn note_blocks(layout: &Layout<'_>, merged: &Merged, report: &mut Report) {
    for area in merged.notes() {
        let text = layout.get(area.top, area.left).display();
        if layout.customs.is_remark(&text) {
            continue;
        }
        let rows = row_ranges(&(area.top..=area.bottom).collect::<Vec<_>>());
        report.push(
            Finding::new(&codes::ROW_SKIPPED, format!("{rows}的一块合并单元格是说明文字，没有作为记录读取"))
                .at(layout.origin(area.top, area.left))
                .value(text.chars().take(40).collect::<String>()),
        );
    }
}

/// What stands behind the last hyphen of a file's name: LibreOffice saves the sheet 主题党日 of 台账 as 台账-主题党日.csv.
fn last_part(file_name: &str) -> &str {
    file_name.rsplit('-').next().unwrap_or_default().trim()
}
