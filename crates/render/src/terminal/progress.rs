//! Who has returned what, as lines before the totals.

use documents::{Progress, ProgressLine};

use super::Style;
use crate::visible::visible;

/// How many tables of one state are named of a unit; the report and the workbook name all.
const TABLES_NAMED: usize = 8;

/// One line for each unit of which something is still to come, and one for all others.
pub(super) fn progress_text(progress: &Progress, style: Style) -> String {
    let is_open = |it: &&ProgressLine| it.counts().0 > it.counts().1;
    let open: Vec<&ProgressLine> = progress.lines.iter().filter(is_open).collect();
    let n_closed = progress.lines.len() - open.len();
    let closed = match (open.is_empty(), n_closed) {
        (true, _) => format!("收表进度：{n_closed}个单位应报的表均已收齐。\n\n"),
        (false, 0) => "\n".to_owned(),
        (false, _) => format!("  其余{n_closed}个单位应报的表均已收齐。\n\n"),
    };
    if open.is_empty() {
        return closed;
    }
    let line = |line: &&ProgressLine| {
        let (n_due, n_complete) = line.counts();
        let unit = visible(&line.unit);
        format!("  {unit}  应报{n_due}张，已收齐{n_complete}张；{}\n", lacking(progress, line).join("；"))
    };
    let lines: String = open.iter().map(line).collect();
    format!("{}\n{lines}{closed}", style.paint("1", "收表进度"))
}

/// What is still to come of a unit: each state with the tables that are in it.
fn lacking(progress: &Progress, line: &ProgressLine) -> Vec<String> {
    let mut states: Vec<(&str, Vec<&str>)> = Vec::new();
    for (table, standing) in progress.tables.iter().zip(&line.cells) {
        let Some(standing) = standing.as_ref().filter(|it| !it.is_complete) else { continue };
        match states.iter_mut().find(|it| it.0 == standing.text) {
            Some(state) => state.1.push(table),
            None => states.push((&standing.text, vec![table])),
        }
    }
    let state = |(state, tables): &(&str, Vec<&str>)| {
        let named: Vec<_> = tables.iter().take(TABLES_NAMED).map(|it| visible(it)).collect();
        let more = if tables.len() > named.len() { format!("等{}张", tables.len()) } else { String::new() };
        format!("{state}：{}{more}", named.join("、"))
    };
    states.iter().map(state).collect()
}
