//! The cover of a report: its title in the upper half of one page, who reports it at the foot.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use super::BookFault;
use super::formula::Atlas;
use super::style::{self, SheetPart};
use documents::{Cover, Paper, measure};

/// Sizes of title, line below it and lines at the foot, in points.
const SIZES: [f64; 3] = [36.0, 22.0, 16.0];

/// Heights of what is left free above the title and above the lines, in points.
const FREE: [f64; 2] = [90.0, 110.0];

/// Writes a cover. Three columns: the lines at the foot stand in the middle one, which is as wide as they are.
pub(super) fn write(
    paper: &mut Worksheet,
    cover: &Cover,
    atlas: &Atlas<'_>,
    index: usize,
) -> Result<(), BookFault> {
    paper.set_name(atlas.tab(index))?;
    let width = Paper::A4Landscape.room();
    let longest = cover.lines.iter().map(|it| measure::units(it)).max().unwrap_or(0);
    let middle = measure::width(longest, SIZES[2]).min(width * 0.8);
    let side = (width - middle) / 2.0;
    for (column, width) in (0_u16..).zip([side, middle, side]) {
        paper.set_column_width(column, width)?;
    }
    let draft = cover.draft.as_deref().unwrap_or_default();
    paper.merge_range(0, 0, 0, 2, draft, &SheetPart::Draft.format())?;
    paper.set_row_height(0, FREE[0])?;
    let heads = [(&cover.title, "方正小标宋简体", SIZES[0]), (&cover.subtitle, "楷体_GB2312", SIZES[1])];
    for (row, (text, face, size)) in (1_u32..).zip(heads) {
        let format = style::chinese(face, size).set_align(FormatAlign::Center);
        paper.merge_range(row, 0, row, 2, text, &wrapped(format))?;
        let lines = measure::lines(text, width, size);
        paper.set_row_height(row, measure::height(lines, size) + 10.0)?;
    }
    paper.set_row_height(3, FREE[1])?;
    let mut last = 3;
    for text in &cover.lines {
        last += 1;
        let format = wrapped(style::chinese("仿宋_GB2312", SIZES[2]).set_align(FormatAlign::Left));
        paper.write_string_with_format(last, 1, text, &format)?;
        let lines = measure::lines(text, middle, SIZES[2]);
        paper.set_row_height(last, measure::height(lines, SIZES[2]) + 6.0)?;
    }
    style::page(paper, Paper::A4Landscape, cover.draft.as_deref(), &atlas.captions().footer);
    paper.set_print_fit_to_pages(1, 1).set_screen_gridlines(false);
    paper.set_print_area(0, 0, last, 2)?;
    Ok(())
}

fn wrapped(format: Format) -> Format {
    format.set_align(FormatAlign::VerticalCenter).set_text_wrap()
}
