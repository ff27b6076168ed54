//! How the parts of an official table look: faces, sizes, rules.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::measure::BODY;
use super::plan::Plan;
use crate::documents::Align;

/// Left and right margin of the page, in millimetres.
pub(super) const MARGIN: f64 = 18.0;

/// Height of an untouched row in the default face, in pixels.
pub(super) const ROW_PIXELS: u32 = 18;

/// Width of an untouched column in the default face, in pixels: eight for a digit.
pub(super) const COLUMN_PIXELS: u32 = 72;

/// Size of the line between title and table, in points.
pub(super) const LINE_SIZE: f64 = 12.0;

/// The parts of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The title above the table.
    Title,
    /// The mark of a draft in the title.
    Draft,
    /// A text of the line between title and table.
    Line(Align),
    /// The same, not wrapped, so that it runs over into empty cells beside it.
    Loose(Align),
    /// A heading.
    Heading,
    /// A cell with text, or with nothing.
    Text(Align),
    /// A cell with a number of so many decimal places.
    Number(Align, u32),
    /// A note below the table.
    Note,
}

impl Part {
    /// Its size in points.
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Title => 18.0,
            Self::Draft | Self::Line(_) | Self::Loose(_) => LINE_SIZE,
            Self::Heading | Self::Text(_) | Self::Number(..) => BODY,
            Self::Note => 10.5,
        }
    }

    /// Whether it stands inside the table's rules.
    pub(super) fn is_ruled(self) -> bool {
        matches!(self, Self::Heading | Self::Text(_) | Self::Number(..))
    }

    /// Its format, without rules.
    pub(super) fn format(self) -> Format {
        let format = chinese(self.face(), self.size()).set_align(self.align());
        let format = format.set_align(FormatAlign::VerticalCenter);
        let format = match self {
            Self::Loose(_) | Self::Number(..) => format,
            _ => format.set_text_wrap(),
        };
        match self {
            Self::Draft => format.set_font_color(Color::RGB(0x00C0_0000)),
            // Text stays text also when the clerk edits it.
            Self::Text(align) => indented(format.set_num_format("@"), align),
            Self::Number(align, 0) => indented(format.set_num_format("0"), align),
            Self::Number(align, places) => {
                let places = "0".repeat(places as usize);
                indented(format.set_num_format(format!("0.{places}")), align)
            }
            _ => format,
        }
    }

    fn face(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Draft | Self::Heading => "黑体",
            Self::Line(_) | Self::Loose(_) | Self::Note => "仿宋_GB2312",
            Self::Text(_) | Self::Number(..) => "宋体",
        }
    }

    fn align(self) -> FormatAlign {
        match self {
            Self::Title | Self::Draft | Self::Heading => FormatAlign::Center,
            Self::Note => FormatAlign::Left,
            Self::Line(align) | Self::Loose(align) | Self::Text(align) | Self::Number(align, _) => {
                match align {
                    Align::Left => FormatAlign::Left,
                    Align::Center => FormatAlign::Center,
                    Align::Right => FormatAlign::Right,
                }
            }
        }
    }
}

/// Keeps text off the rule that it stands against.
fn indented(format: Format, align: Align) -> Format {
    if align == Align::Center { format } else { format.set_indent(1) }
}

/// The face of untouched cells, in which column widths are counted.
pub(super) fn default() -> Format {
    chinese("宋体", BODY).set_align(FormatAlign::VerticalCenter)
}

/// Adds the rules of cells inside the table: a thin grid in a medium frame.
pub(super) fn ruled(format: Format, plan: &Plan, rows: (u32, u32), columns: (u16, u16)) -> Format {
    let rule = |outer| if outer { FormatBorder::Medium } else { FormatBorder::Thin };
    format
        .set_border_top(rule(rows.0 == plan.head))
        .set_border_bottom(rule(rows.1 == plan.foot))
        .set_border_left(rule(columns.0 == 0))
        .set_border_right(rule(columns.1 == plan.right))
}

/// A cell has one face and no list of substitutes. The character set (134, GB 2312) and the family
/// are what Excel, WPS and LibreOffice go by where the face is not installed: without them they
/// take a Latin one.
fn chinese(face: &str, size: f64) -> Format {
    Format::new().set_font_name(face).set_font_size(size).set_font_charset(134).set_font_family(3)
}
