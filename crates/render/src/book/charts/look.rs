//! How native charts look: shades and patterns that black and white keep apart, figures written on them.

use rust_xlsxwriter::{
    Chart as Native, ChartAxisCrossing, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition,
    ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartPatternFill, ChartPatternFillType, ChartSeries, ChartSolidFill, Color, ObjectMovement,
};

use super::super::style::Figure;
use super::figure;
use documents::{Chart, ChartKind, Zero};

/// So many figures can be read on a chart; more would lie upon each other.
const FIGURES: usize = 60;

/// The dark colour, in which Party documents are printed, and a grey: in black and white one is dark, one light.
const DARK: Color = Color::RGB(0x009C_1C1C);
const LIGHT: Color = Color::RGB(0x00D0_D0D0);
const RULE: Color = Color::RGB(0x0040_4040);
const GRID: Color = Color::RGB(0x00D9_D9D9);

/// Fills of successive series: a colour, and a pattern if it is not solid.
const FILLS: [(Color, Option<ChartPatternFillType>); 6] = [
    (DARK, None),
    (LIGHT, None),
    (DARK, Some(ChartPatternFillType::DiagonalStripesWideUpwards)),
    (RULE, None),
    (RULE, Some(ChartPatternFillType::Dotted20Percent)),
    (RULE, Some(ChartPatternFillType::HorizontalStripesDark)),
];

/// Lines of successive series.
const LINES: [(Color, ChartLineDashType, ChartMarkerType); 4] = [
    (DARK, ChartLineDashType::Solid, ChartMarkerType::Circle),
    (RULE, ChartLineDashType::Dash, ChartMarkerType::Square),
    (DARK, ChartLineDashType::RoundDot, ChartMarkerType::Triangle),
    (RULE, ChartLineDashType::LongDashDot, ChartMarkerType::Diamond),
];

/// Where a chart and its figures stand.
pub(super) struct Frame<'s> {
    /// Name on the tab.
    pub(super) tab: &'s str,
    /// The row of the chart's title; headings and figures follow.
    pub(super) top: u32,
    /// Width and height in pixels.
    pub(super) size: (u32, u32),
    /// The unit of its figures, as its axis says it.
    pub(super) unit: String,
}

/// Draws a chart over the figures of its small table.
pub(super) fn native(chart: &Chart, frame: &Frame<'_>) -> Native {
    let mut native = match chart.kind {
        ChartKind::Column => Native::new_column(),
        ChartKind::Line => Native::new_line(),
        ChartKind::Bar | ChartKind::Pyramid => Native::new_bar(),
    };
    for at in 0..chart.series.len() {
        native.push_series(&series(chart, frame, at));
    }
    native.title().set_name(&chart.title).set_font(font(14.0).set_bold()).set_overlay(false);
    native
        .set_width(frame.size.0)
        .set_height(frame.size.1)
        .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    native.set_alt_text(shortened(&chart.in_words()));
    axes(&mut native, chart, &frame.unit);
    native.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10.5));
    if chart.series.len() < 2 {
        native.legend().set_hidden();
    }
    native
}

/// A description as long as Excel allows one; the figures stand in the table beside the chart.
fn shortened(description: &str) -> String {
    const N_CHARS_MAX: usize = 255;
    match description.char_indices().nth(N_CHARS_MAX - 1) {
        Some((end, _)) if description.chars().nth(N_CHARS_MAX).is_some() => {
            format!("{}…", &description[..end])
        }
        _ => description.to_owned(),
    }
}

fn series(chart: &Chart, frame: &Frame<'_>, at: usize) -> ChartSeries {
    let column = u16::try_from(at + 1).unwrap_or(u16::MAX);
    let (first, last) = (frame.top + 2, frame.top + 1 + u32::try_from(chart.categories.len()).unwrap_or(0));
    let mut series = ChartSeries::new();
    series.set_name((frame.tab, frame.top + 1, column));
    series
        .set_categories((frame.tab, first, 0, last, 0))
        .set_values((frame.tab, first, column, last, column));
    match chart.kind {
        ChartKind::Line => {
            let (color, dash, marker) = LINES[at % LINES.len()];
            series.set_format(
                ChartFormat::new()
                    .set_line(ChartLine::new().set_color(color).set_width(2.0).set_dash_type(dash)),
            );
            let mut filled = fill((color, None));
            series.set_marker(ChartMarker::new().set_type(marker).set_size(7).set_format(&mut filled));
        }
        ChartKind::Column | ChartKind::Bar => {
            series.set_format(&mut fill(FILLS[at % FILLS.len()])).set_gap(60);
        }
        ChartKind::Pyramid => {
            series.set_format(&mut fill(FILLS[at % FILLS.len()])).set_gap(15).set_overlap(100);
        }
    }
    if chart.categories.len() * chart.series.len() <= FIGURES {
        series.set_data_label(&label(chart));
    }
    series
}

fn label(chart: &Chart) -> ChartDataLabel {
    let mut label = ChartDataLabel::new();
    label
        .show_value()
        .set_font(&font(9.0))
        .set_num_format(Figure { zero: Zero::Blank, ..figure(chart) }.code());
    label.set_position(match chart.kind {
        ChartKind::Line => ChartDataLabelPosition::Above,
        ChartKind::Column | ChartKind::Bar | ChartKind::Pyramid => ChartDataLabelPosition::OutsideEnd,
    });
    label
}

/// The axes of categories and of values; the writer calls those of lying bars by where they lie.
fn axes(native: &mut Native, chart: &Chart, unit: &str) {
    let is_lying = matches!(chart.kind, ChartKind::Bar | ChartKind::Pyramid);
    let values = if is_lying { native.x_axis() } else { native.y_axis() };
    values.set_font(&font(9.0)).set_num_format(figure(chart).code());
    values.set_major_gridlines(true).set_major_gridlines_line(ChartLine::new().set_color(GRID));
    values.set_name(unit).set_name_font(&font(9.0));
    let categories = if is_lying { native.y_axis() } else { native.x_axis() };
    categories
        .set_font(&font(10.0))
        .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(RULE)));
    categories.set_major_gridlines(false);
    match chart.kind {
        ChartKind::Bar => {
            // With the first category on top the values would stand there too.
            categories.set_reverse().set_crossing(ChartAxisCrossing::Max);
        }
        // At the edge, and not in the middle of the bars.
        ChartKind::Pyramid => {
            categories.set_label_position(ChartAxisLabelPosition::Low);
        }
        ChartKind::Column | ChartKind::Line => {}
    }
}

fn fill((color, pattern): (Color, Option<ChartPatternFillType>)) -> ChartFormat {
    let mut format = ChartFormat::new();
    match pattern {
        None => format.set_solid_fill(ChartSolidFill::new().set_color(color)),
        Some(pattern) => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(pattern)
                .set_foreground_color(color)
                .set_background_color(Color::White),
        ),
    };
    format.set_border(ChartLine::new().set_color(RULE).set_width(0.75));
    format
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("宋体").set_size(size).set_character_set(134).set_pitch_family(3).unset_bold();
    font
}
