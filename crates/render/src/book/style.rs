//! How the parts of an official table look: faces, sizes, rules.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

use super::plan::SheetPlan;
use documents::measure::BODY;
use documents::{Align, Paper, Weight, Zero};

/// Height of an untouched row in the default face, in pixels.
pub(super) const ROW_PIXELS: u32 = 18;

/// Width of an untouched column in the default face, in pixels: eight for a digit.
pub(super) const COLUMN_PIXELS: u32 = 72;

/// Excel's steps of indentation for a level; two are somewhat more than a Chinese character.
pub(super) const INDENT: u8 = 2;

/// Size of the line between title and table, in points.
pub(super) const LINE_SIZE: f64 = 12.0;

/// The parts of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetPart {
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
    /// A cell with a number.
    Number(Align, Figure),
    /// The number of a column below its heading.
    Ordinal,
    /// A signature below the table.
    Signature,
    /// A note below the table.
    Note,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    /// Decimal places.
    pub(super) places: u32,
    /// Whether it is a share, shown in percent.
    pub(super) in_percent: bool,
    /// How zero is shown.
    pub(super) zero: Zero,
    /// Whether a negative number shows its sign.
    pub(super) is_signed: bool,
}

impl Figure {
    /// A whole number.
    pub(super) fn whole(zero: Zero) -> Self {
        Self { places: 0, in_percent: false, zero, is_signed: true }
    }

    /// A share in percent.
    pub(super) fn percent(places: u32, zero: Zero) -> Self {
        Self { places, in_percent: true, ..Self::whole(zero) }
    }

    /// The same without the sign of a negative number.
    pub(super) fn without_sign(self) -> Self {
        Self { is_signed: false, ..self }
    }

    /// The number format. Zero has a section of its own, so that the value of a live formula obeys it too.
    pub(super) fn code(self) -> String {
        let point = if self.places > 0 { "." } else { "" };
        let percent = if self.in_percent { "%" } else { "" };
        let code = format!("0{point}{}{percent}", "0".repeat(self.places as usize));
        let negative = if self.is_signed { format!("-{code}") } else { code.clone() };
        match self.zero {
            Zero::Shown if self.is_signed => code,
            Zero::Shown => format!("{code};{negative}"),
            Zero::Blank => format!("{code};{negative};;@"),
            Zero::Dash => format!("{code};{negative};\"—\";@"),
        }
    }
}

impl SheetPart {
    /// Its size in points.
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Title => 18.0,
            Self::Draft | Self::Line(_) | Self::Loose(_) => LINE_SIZE,
            Self::Heading | Self::Text(_) | Self::Number(..) => BODY,
            Self::Signature => LINE_SIZE,
            Self::Note | Self::Ordinal => 10.5,
        }
    }

    /// Whether it stands inside the table's rules.
    pub(super) fn is_ruled(self) -> bool {
        matches!(self, Self::Heading | Self::Ordinal | Self::Text(_) | Self::Number(..))
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
            Self::Number(align, figure) => indented(format.set_num_format(figure.code()), align),
            _ => format,
        }
    }

    fn face(self) -> &'static str {
        match self {
            Self::Title => "方正小标宋简体",
            Self::Draft | Self::Heading => "黑体",
            Self::Line(_) | Self::Loose(_) | Self::Signature | Self::Note => "仿宋_GB2312",
            Self::Text(_) | Self::Number(..) | Self::Ordinal => "宋体",
        }
    }

    fn align(self) -> FormatAlign {
        match self {
            Self::Title | Self::Draft | Self::Heading | Self::Ordinal => FormatAlign::Center,
            Self::Signature | Self::Note => FormatAlign::Left,
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

/// The format of a part in a row of this weight, so many levels in; without rules.
pub(super) fn part(part: SheetPart, weight: Weight, level: u8) -> Format {
    let format = part.format();
    let format = if level > 0 { format.set_indent(1 + INDENT * level) } else { format };
    if weight == Weight::Total { format.set_bold() } else { format }
}

/// The face of untouched cells, in which column widths are counted.
pub(super) fn default() -> Format {
    chinese("宋体", BODY).set_align(FormatAlign::VerticalCenter)
}

/// Adds the rules of cells inside the table: a thin grid in a medium frame.
pub(super) fn ruled(format: Format, plan: &SheetPlan, rows: (u32, u32), columns: (u16, u16)) -> Format {
    let rule = |outer| if outer { FormatBorder::Medium } else { FormatBorder::Thin };
    format
        .set_border_top(rule(rows.0 == plan.head))
        .set_border_bottom(rule(rows.1 == plan.foot))
        .set_border_left(rule(columns.0 == 0))
        .set_border_right(rule(columns.1 == plan.right))
}

/// Paper, margins and what stands around every page: the draft's mark above, the number below.
pub(super) fn page(paper: &mut Worksheet, size: Paper, draft: Option<&str>, footer: &str) {
    paper.set_paper_size(if size == Paper::A3Landscape { 8 } else { 9 });
    if size != Paper::A4Portrait {
        paper.set_landscape();
    }
    let side = size.margin() / 25.4;
    paper.set_margins(side, side, 0.9, 0.8, 0.4, 0.4);
    paper.set_print_center_horizontally(true);
    paper.set_footer(format!("&C&\"宋体,常规\"&10{footer}"));
    if let Some(draft) = draft {
        // `&` begins a code in a header, and more than 255 characters would be dropped.
        let mark: String = draft.replace('&', "＆").chars().take(100).collect();
        paper.set_header(format!("&C&\"黑体,常规\"&12 {mark}"));
    }
}

/// A cell has one face and no list of substitutes. The character set (134, GB 2312) and the family
/// are what Excel, WPS and LibreOffice go by where the face is not installed: without them they
/// take a Latin one.
pub(super) fn chinese(face: &str, size: f64) -> Format {
    Format::new().set_font_name(face).set_font_size(size).set_font_charset(134).set_font_family(3)
}
