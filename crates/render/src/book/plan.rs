//! The plan of a sheet: which row holds what, and how wide each column is.

use std::iter;
use std::ops::Range;

use super::style::LINE_SIZE;
use documents::{Table, measure};

/// Positions of a sheet, counted from zero.
pub(super) struct SheetPlan {
    /// Width of each column, in characters of the default face.
    pub(super) widths: Vec<f64>,
    /// The row of the line below the title, if there is one.
    pub(super) line: Option<u32>,
    /// First row of the headings.
    pub(super) head: u32,
    /// First row of the data.
    pub(super) body: u32,
    /// Last row of the table; the last heading's if it has no data.
    pub(super) foot: u32,
    /// Last column of the table.
    pub(super) right: u16,
}

impl SheetPlan {
    /// Plans a sheet, whose rows and columns are known to fit.
    pub(super) fn new(sheet: &Table) -> Self {
        let line = (!sheet.lines.is_empty()).then_some(1);
        let (head, body) = (sheet.head().0, sheet.body().0);
        let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        let right = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        Self { widths: sheet.widths(), line, head, body, foot: body + rows - 1, right }
    }

    /// Width of the columns from `first` to `last`, as one cell.
    pub(super) fn span(&self, first: u16, last: u16) -> f64 {
        self.widths.iter().take(usize::from(last) + 1).skip(usize::from(first)).sum()
    }
}

/// The texts of a line with the columns in which each stands, and `room` half-width characters beside it. Where the
/// columns are too few or too narrow for one of them, all stand in one cell, with `n_gaps` equal gaps between them.
pub(super) fn placed(
    texts: &[String],
    room: usize,
    n_gaps: usize,
    widths: &[f64],
) -> Vec<(String, (u16, u16))> {
    let shares = shares(texts, room, widths);
    let fits = |(text, (first, last)): (&String, &(u16, u16))| {
        let width: f64 = widths.iter().take(usize::from(*last) + 1).skip(usize::from(*first)).sum();
        measure::lines(text, width, LINE_SIZE) == 1
    };
    let all_fit = shares.len() == texts.len() && texts.iter().zip(&shares).all(fits);
    if let Some(line) = spread(texts, n_gaps, widths).filter(|_| !all_fit) {
        return vec![(line, (0, narrow(widths.len().saturating_sub(1))))];
    }
    // What has no column of its own follows in the last one.
    let mut texts = texts.to_vec();
    let rest = texts.split_off(shares.len() - 1).join("　");
    texts.into_iter().chain([rest]).zip(shares).collect()
}

/// The texts in one cell as wide as all columns: in one line if they fit, else as many to a line as do; `None` if one of
/// them is longer than a line.
fn spread(texts: &[String], n_gaps: usize, widths: &[f64]) -> Option<String> {
    let capacity = measure::capacity(widths.iter().sum(), LINE_SIZE);
    // A space is two half-width characters wide.
    let (mut lines, mut used): (Vec<Vec<&str>>, usize) = (vec![Vec::new()], 0);
    for text in texts {
        let need = measure::units(text) + 2;
        if used + need > capacity + 2 {
            (lines, used) = ([lines, vec![Vec::new()]].concat(), 0);
        }
        used += need;
        lines.last_mut()?.push(text);
    }
    if texts.iter().any(|it| measure::units(it) > capacity) {
        return None;
    }
    let needs: usize = texts.iter().map(|it| measure::units(it)).sum();
    let gap = if lines.len() == 1 { (capacity - needs) / n_gaps.max(1) / 2 } else { 1 };
    let lines = lines.iter().map(|it| it.join(&"　".repeat(gap.max(1))));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// Shares the columns among the texts of a line, each as its text needs with `room` half-width characters beside it,
/// and at least one: the first and last column of each text. There are fewer shares than texts if columns are too few.
fn shares(texts: &[String], room: usize, widths: &[f64]) -> Vec<(u16, u16)> {
    let texts = texts.get(..texts.len().min(widths.len().max(1))).unwrap_or(texts);
    let needs: Vec<f64> = texts.iter().map(|it| measure::width(measure::units(it), LINE_SIZE)).collect();
    let room = measure::width(room, LINE_SIZE);
    let (all, total): (f64, f64) = (widths.iter().sum(), needs.iter().map(|it| it + room).sum());
    // What a share costs: far more where its text would wrap than where it differs from the ideal.
    let cost = |at: usize, first: usize, end: usize| {
        let width: f64 = widths.iter().take(end).skip(first).sum();
        let need = needs.get(at).copied().unwrap_or(0.0);
        (need - width).max(0.0).powi(2) * 1e3 + (width - all * (need + room) / total).powi(2)
    };
    cheapest(needs.len(), widths.len(), &cost)
        .into_iter()
        .map(|it| (narrow(it.start), narrow(it.end - 1)))
        .collect()
}

/// A division of the columns so far: what it costs, and the columns of each share.
type Way = (f64, Vec<Range<usize>>);

/// The division of `n_columns` columns into `n_shares` neighbouring shares of the least cost. `cost` is asked for the share, its first column and the column behind it.
fn cheapest(
    n_shares: usize,
    n_columns: usize,
    cost: &dyn Fn(usize, usize, usize) -> f64,
) -> Vec<Range<usize>> {
    // For each column behind the shares looked at so far, the cheapest way to get there.
    let mut ways: Vec<Option<Way>> = vec![None; n_columns + 1];
    if let Some(start) = ways.first_mut() {
        *start = Some((0.0, Vec::new()));
    }
    for at in 0..n_shares {
        let mut next = vec![None; n_columns + 1];
        for (end, cheapest) in next.iter_mut().enumerate().skip(at + 1) {
            let known = ways.iter().take(end).enumerate().filter_map(|(it, way)| Some((it, way.as_ref()?)));
            let priced = known.map(|(first, (spent, way))| (spent + cost(at, first, end), first, way));
            let best = priced.min_by(|a, b| a.0.total_cmp(&b.0));
            let longer = |way: &[Range<usize>], last| way.iter().cloned().chain(iter::once(last)).collect();
            *cheapest = best.map(|(spent, first, way)| (spent, longer(way, first..end)));
        }
        ways = next;
    }
    let whole = || iter::once(0..n_columns.max(1)).collect();
    ways.pop().flatten().map_or_else(whole, |(_, way)| way)
}

fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_wrap_in_its_columns_stands_in_one_cell() {
        let texts = ["负责人：", "填表人：", "填报日期："].map(str::to_owned);
        let narrow = placed(&texts, 12, 3, &[40.0, 6.0, 7.0]);
        assert_eq!(narrow, [("负责人：　　　填表人：　　　填报日期：".to_owned(), (0, 2))]);
        let narrower = placed(&texts, 12, 3, &[20.0, 6.0]);
        assert_eq!(narrower, [("负责人：　填表人：\n填报日期：".to_owned(), (0, 1))]);
        let wide = placed(&texts, 12, 3, &[20.0; 3]);
        assert_eq!(wide.iter().map(|it| it.1).collect::<Vec<_>>(), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn a_line_is_shared_by_need_and_leaves_each_text_a_column() {
        let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(shares(&texts(&["填报单位：示例理工大学"]), 4, &[10.0; 6]), [(0, 5)]);
        assert_eq!(shares(&texts(&["填报单位：甲", "填报日期：乙"]), 4, &[10.0; 6]), [(0, 2), (3, 5)]);
        let long = "长".repeat(200);
        assert_eq!(shares(&texts(&[&long, "短", "短"]), 4, &[10.0; 4]), [(0, 1), (2, 2), (3, 3)]);
        assert_eq!(shares(&texts(&["甲", "乙", "丙"]), 4, &[10.0; 2]), [(0, 0), (1, 1)]);
        // By columns and not by width the last one would wrap.
        let widths = [40.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0];
        assert_eq!(
            shares(&texts(&["负责人：", "填表人：", "填报日期：2024年12月31日"]), 12, &widths),
            [(0, 0), (1, 2), (3, 6)]
        );
    }
}
