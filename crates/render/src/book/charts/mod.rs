//! A sheet of native charts, each beside a small table of live references to the figures that it draws.

mod look;

use rust_xlsxwriter::{Formula, Worksheet};

use self::look::Frame;
use super::BookFault;
use super::formula::Atlas;
use super::style::{self, Figure, SheetPart};
use documents::measure::{self, BODY};
use documents::{Align, CellRef, Chart, ChartKind, Charts, Formula as Link, Paper, Weight, Zero};
use value::Amount;

/// Least width of a chart and its height, in pixels: with the figures beside it, it fills the rows of its page.
const SIZE: [u32; 2] = [620, 540];

/// Height of a row of the small tables, in points.
const ROW: f64 = 21.0;

/// Writes the sheet of charts of this index; each chart stands on a page of its own.
pub(super) fn write(
    paper: &mut Worksheet,
    sheet: &Charts,
    atlas: &Atlas<'_>,
    index: usize,
) -> Result<(), BookFault> {
    paper.set_name(atlas.tab(index))?;
    let widths = widths(sheet);
    for (column, width) in (0_u16..).zip(&widths) {
        paper.set_column_width(column, *width)?;
    }
    let right = narrow(widths.len());
    let room = (Paper::A4Landscape.room() - widths.iter().sum::<f64>()) * 8.0;
    let width = whole(room).max(SIZE[0]);
    title(paper, sheet)?;
    let mut breaks = Vec::new();
    for (chart, top, n_rows) in sheet.pages() {
        let unit = atlas.captions().charts.measured.filled(&[&chart.unit]);
        let frame = Frame { tab: atlas.tab(index), top, size: (width, SIZE[1]), unit };
        figures(paper, chart, atlas, index, top)?;
        // A chart of nothing is no chart; its small table says as much.
        if !chart.categories.is_empty() && !chart.series.is_empty() {
            paper.insert_chart(top + 1, right, &look::native(chart, &frame))?;
        }
        for row in top..top + n_rows {
            paper.set_row_height(row, ROW)?;
        }
        breaks.push(top + n_rows);
    }
    breaks.pop();
    style::page(paper, Paper::A4Landscape, sheet.draft.as_deref(), &atlas.captions().footer);
    paper.set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    paper.set_page_breaks(&breaks)?;
    Ok(())
}

fn title(paper: &mut Worksheet, sheet: &Charts) -> Result<(), BookFault> {
    let draft = sheet.draft.as_deref().map_or_else(String::new, |it| format!("（{it}）"));
    let format = SheetPart::Title.format().set_align(rust_xlsxwriter::FormatAlign::Left);
    paper.write_string_with_format(0, 0, format!("{}{draft}", sheet.title), &loose(format))?;
    paper.set_row_height(0, measure::height(1, SheetPart::Title.size()) + 8.0)?;
    Ok(())
}

/// The small table: a row for each category, a column for each series.
fn figures(
    paper: &mut Worksheet,
    chart: &Chart,
    atlas: &Atlas<'_>,
    index: usize,
    top: u32,
) -> Result<(), BookFault> {
    let name = SheetPart::Heading.format().set_align(rust_xlsxwriter::FormatAlign::Left);
    paper.write_string_with_format(top, 0, &chart.title, &loose(name))?;
    let heading = framed(SheetPart::Heading);
    paper.write_string_with_format(
        top + 1,
        0,
        atlas.captions().charts.measured.filled(&[&chart.unit]),
        &heading,
    )?;
    for (row, category) in (top + 2..).zip(&chart.categories) {
        paper.write_string_with_format(row, 0, category, &framed(SheetPart::Text(Align::Left)))?;
    }
    let format = framed(SheetPart::Number(Align::Right, figure(chart)));
    for (at, (column, series)) in (1_u16..).zip(&chart.series).enumerate() {
        paper.write_string_with_format(top + 1, column, &series.title, &heading)?;
        // The left side of a pyramid grows to the left: its figures are negative, and their sign is not shown.
        let is_left = chart.kind == ChartKind::Pyramid && at == 0;
        for (row, value) in (top + 2..).zip(&series.values) {
            let (at, Some(value)) = *value else {
                // A link to a cell without a figure would show zero.
                paper.write_blank(row, column, &format)?;
                continue;
            };
            let formula = link(atlas, index, ((at, value), is_left))?;
            paper.write_formula_with_format(row, column, formula, &format)?;
        }
    }
    Ok(())
}

fn link(
    atlas: &Atlas<'_>,
    index: usize,
    ((at, value), is_left): ((CellRef, Amount), bool),
) -> Result<Formula, BookFault> {
    let address = atlas.formula(index, &Link::Same(at))?;
    let value = if is_left { value.negated() } else { value };
    let sign = if is_left { "-" } else { "" };
    Ok(Formula::new(format!("{sign}{address}")).set_result(value.trimmed().to_string()))
}

/// How the figures of a chart are shown: with the places of the most exact one.
pub(super) fn figure(chart: &Chart) -> Figure {
    let figure = Figure { places: chart.places(), ..Figure::whole(Zero::Shown) };
    if chart.kind == ChartKind::Pyramid { figure.without_sign() } else { figure }
}

/// Widths of the column of categories and of those of series.
fn widths(sheet: &Charts) -> Vec<f64> {
    let most =
        |texts: &mut dyn Iterator<Item = &String>| texts.map(|it| measure::units(it)).max().unwrap_or(0);
    let categories = most(&mut sheet.charts.iter().flat_map(|it| &it.categories)).clamp(10, 36);
    let series = sheet.charts.iter().map(|it| it.series.len()).max().unwrap_or(0);
    let names =
        most(&mut sheet.charts.iter().flat_map(|it| it.series.iter().map(|it| &it.title))).clamp(8, 16);
    let names = std::iter::repeat_n(measure::width(names, BODY), series);
    // The last one is the gap between figures and chart.
    [measure::width(categories, BODY)].into_iter().chain(names).chain([2.0]).collect()
}

fn framed(part: SheetPart) -> rust_xlsxwriter::Format {
    style::part(part, Weight::Plain, 0).set_border(rust_xlsxwriter::FormatBorder::Thin)
}

/// A title runs over the empty cells beside it.
fn loose(format: rust_xlsxwriter::Format) -> rust_xlsxwriter::Format {
    format.unset_text_wrap()
}

fn narrow(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a measure of paper, clipped at zero"
)]
/// Whole pixels or rows.
fn whole(width: f64) -> u32 {
    width.max(0.0) as u32
}
