//! How forms look: faces, rules, what is locked.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, ProtectionOptions, Worksheet};

/// The number format of texts: what is typed there stays as it is typed.
pub(crate) const TEXT: &str = "@";
/// That of days.
pub(crate) const DAY: &str = "yyyy-mm-dd";
/// That of shares.
pub(crate) const PERCENT: &str = "0.00%";
/// That of numbers: whatever is typed.
pub(crate) const GENERAL: &str = "General";

const HEADING: Color = Color::RGB(0x00DD_E5EE);
const REQUIRED: Color = Color::RGB(0x00FC_E4C8);

/// Chinese faces want their character set said, where they are not installed.
fn face(name: &str, size: f64) -> Format {
    Format::new().set_font_name(name).set_font_size(size).set_font_charset(134).set_font_family(3)
}

/// Untouched cells.
pub(crate) fn default() -> Format {
    face("宋体", 11.0).set_align(FormatAlign::VerticalCenter)
}

/// The title of a sheet.
pub(crate) fn title(is_centred: bool) -> Format {
    let align = if is_centred { FormatAlign::Center } else { FormatAlign::Left };
    face("黑体", 16.0).set_align(align).set_align(FormatAlign::VerticalCenter)
}

/// A line below the title, or of the guide.
pub(crate) fn line() -> Format {
    face("宋体", 11.0).set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// The heading of a column.
pub(crate) fn heading(is_required: bool) -> Format {
    let format = face("黑体", 11.0).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let fill = if is_required { REQUIRED } else { HEADING };
    format.set_text_wrap().set_background_color(fill).set_border(FormatBorder::Thin)
}

/// A column below its heading, as far as it goes.
pub(crate) fn body(number_format: &str, is_centred: bool) -> Format {
    let align = if is_centred { FormatAlign::Center } else { FormatAlign::Left };
    default().set_num_format(number_format).set_align(align).set_text_wrap().set_unlocked()
}

/// The same where rows are drawn.
pub(crate) fn ruled(format: Format) -> Format {
    format.set_border(FormatBorder::Thin)
}

/// A cell of the guide.
pub(crate) fn cell(is_centred: bool) -> Format {
    let align = if is_centred { FormatAlign::Center } else { FormatAlign::Left };
    let format = default().set_align(align).set_text_wrap().set_border(FormatBorder::Thin);
    format.set_align(FormatAlign::VerticalCenter)
}

/// The name of a table in the guide.
pub(crate) fn section() -> Format {
    face("黑体", 12.0).set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter)
}

/// What may be done to a sheet whose heading is locked: rows may come and go, be sorted and look different.
pub(crate) fn protection() -> ProtectionOptions {
    ProtectionOptions {
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    }
}

/// How a sheet of A4 lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    Landscape,
    Portrait,
}

/// Paper, margins, what stands at the foot of every page.
pub(crate) fn page(paper: &mut Worksheet, lies: Paper, footer: &str) {
    paper.set_paper_size(9).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_print_fit_to_pages(1, 0);
    paper.set_print_center_horizontally(true).set_footer(format!("&C&\"宋体,常规\"&10{footer}"));
    if lies == Paper::Landscape {
        paper.set_landscape();
    }
}

/// How wide a text is, in digits: a Chinese character is as wide as two.
pub(crate) fn width(text: &str) -> usize {
    let widths = text.lines().map(|it| it.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum());
    widths.max().unwrap_or_default()
}
