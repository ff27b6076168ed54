//! Findings as text for a terminal or a pipe, grouped by committee and branch.

use documents::{Fates, Progress, ProgressLine, Since, SinceLine};
use finding::{
    Answer, Finding, Group, Place, Report, Severity, Sources, Thread, grouped, row_ranges, threads,
};

use super::visible::{excerpt, visible};

/// What may be gone once the finding above it is mended.
const FOLLOWS: &str = "可能由此引起";

/// How many notes of one group are written out; the rest are counted.
const NOTES_SHOWN: usize = 5;

/// How many characters of a value are shown.
const VALUE_SHOWN: usize = 60;

/// How many tables of one state are named of a unit; the report and the workbook name all.
const TABLES_NAMED: usize = 8;

/// What belongs to no single committee.
const NO_COMMITTEE: &str = "全校与其他";

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text only: for files, pipes, and whoever set `NO_COLOR`.
    Plain,
    /// ANSI colours; every word stands there all the same.
    Coloured,
}

impl Style {
    /// A text in bold or in a colour, given by its ANSI code.
    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Coloured => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }

    fn severity(self, severity: Severity) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Query => "1;33",
            Severity::Note => "36",
        };
        self.paint(code, severity.title())
    }
}

/// The findings of a report by committee and branch, each with place, field, value, message, remedy,
/// basis and related places; the last line gives the totals.
///
/// Of the notes of one group only the first five are written out, and the rest are counted. Before the totals stands who has
/// returned what, if that is given and something was due: a line for each committee of which something is still to come.
pub fn findings_text(
    report: &Report,
    sources: &Sources,
    progress: Option<&Progress>,
    style: Style,
) -> String {
    let mut text = String::new();
    for group in grouped(report.findings()) {
        text.push_str(&style.paint("1", &heading(&group)));
        text.push('\n');
        for line in group_lines(&group, sources, style) {
            text.push_str(&line);
            text.push('\n');
        }
        text.push('\n');
    }
    if let Some(progress) = progress.filter(|it| !it.lines.is_empty()) {
        text.push_str(&progress_text(progress, style));
    }
    text.push_str(&totals(report));
    text.push('\n');
    text
}

/// What became of the findings of an earlier run: a line for each committee, and one for all.
pub fn since_text(since: &Since, style: Style) -> String {
    let said = |it: Fates| {
        let Fates { mended, standing, answered, new, gone } = it;
        let answered = if answered == 0 { String::new() } else { format!("，已答复 {answered} 项") };
        let gone = if gone == 0 { String::new() } else { format!("，不再报送 {gone} 项") };
        format!("已改正 {mended} 项，仍未改正 {standing} 项{answered}，新出现 {new} 项{gone}")
    };
    let unit = |it: &SinceLine| {
        let name = it.unit.as_deref().map_or_else(|| NO_COMMITTEE.into(), visible);
        format!("  {name}  {}\n", said(it.fates))
    };
    let lines: String = since.lines.iter().map(unit).collect();
    format!("\n{}\n{lines}  合计：{}。\n", style.paint("1", "与上次相比"), said(since.total()))
}

/// One line for each unit of which something is still to come, and one for all others.
fn progress_text(progress: &Progress, style: Style) -> String {
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

fn heading(group: &Group<'_>) -> String {
    match (group.committee, group.branch) {
        (Some(committee), Some(branch)) => format!("{} · {}", visible(committee), visible(branch)),
        (Some(name), None) | (None, Some(name)) => visible(name).into_owned(),
        (None, None) => NO_COMMITTEE.to_owned(),
    }
}

/// Errors and queries first, then the notes.
fn group_lines(group: &Group<'_>, sources: &Sources, style: Style) -> Vec<String> {
    let is_note = |it: &&&Finding| it.severity == Severity::Note;
    let (notes, problems): (Vec<&Finding>, Vec<&Finding>) = group.findings.iter().partition(is_note);
    let mut lines = Vec::new();
    threads(&problems).iter().for_each(|it| thread_lines(&mut lines, it, sources, style));
    for finding in notes.iter().copied().take(NOTES_SHOWN) {
        finding_lines(&mut lines, finding, sources, style);
    }
    if notes.len() > NOTES_SHOWN {
        let more = notes.len() - NOTES_SHOWN;
        lines.push(format!(
            "  {}  另有 {more} 条提示，加 --format json 可查看全部。",
            style.severity(Severity::Note)
        ));
    }
    lines
}

/// The first of findings that are alike, the places of the others, and below them what may follow.
fn thread_lines(lines: &mut Vec<String>, thread: &Thread<'_>, sources: &Sources, style: Style) {
    let [first, rest @ ..] = &thread.findings[..] else { return };
    finding_lines(lines, first, sources, style);
    if !rest.is_empty() {
        let row = |it: &&Finding| match it.origin?.place {
            Place::Cell { row, .. } => Some(row),
            Place::Text { line, .. } => Some(line.saturating_sub(1)),
            Place::File | Place::Sheet { .. } => None,
        };
        let mut rows: Vec<u32> = rest.iter().filter_map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        lines.push(format!("        同样的还有{}处：{}", rest.len(), row_ranges(&rows)));
    }
    let mut below = Vec::new();
    thread.follows.iter().for_each(|it| finding_lines(&mut below, it, sources, style));
    if !below.is_empty() {
        lines.push(format!("        {FOLLOWS}："));
        lines.extend(below.iter().map(|it| format!("      {it}")));
    }
}

fn finding_lines(lines: &mut Vec<String>, finding: &Finding, sources: &Sources, style: Style) {
    let place = finding.origin.map(|it| sources.display(it));
    let value = finding.value.as_deref().map(|it| format!("“{}”", excerpt(it, VALUE_SHOWN)));
    let subject = [place.as_deref(), finding.subject.record.as_deref(), finding.field.as_deref()];
    let mut parts: Vec<String> = subject.into_iter().flatten().map(|it| visible(it).into_owned()).collect();
    parts.extend(value);
    parts.push(visible(&finding.message).into_owned());
    lines.push(format!(
        "  {}  {}  [{}]",
        style.severity(finding.severity),
        parts.join("  "),
        visible(&finding.code)
    ));
    // What has been answered needs nothing more.
    let hint = finding.hint.iter().filter(|_| finding.answer.is_none());
    lines.extend(hint.map(|it| format!("        → {}", visible(it))));
    lines.extend(finding.basis.iter().map(|it| format!("        依据：{}", visible(it))));
    let answer = |it: &Answer| {
        format!("        已答复：{}（{}，{}）", visible(&it.why), visible(&it.who), visible(&it.when))
    };
    lines.extend(finding.answer.iter().map(answer));
    lines.extend(
        finding.related.iter().map(|it| {
            format!("        另见：{}  {}", visible(&sources.display(it.origin)), visible(&it.label))
        }),
    );
}

fn totals(report: &Report) -> String {
    if report.findings().is_empty() {
        return "没有发现问题。".to_owned();
    }
    let counts = Severity::ALL.map(|it| format!("{} {} 条", it.title(), report.count(it)));
    let n_answered = report.findings().iter().filter(|it| it.answer.is_some()).count();
    let answered = if n_answered == 0 {
        String::new()
    } else {
        format!("，其中已答复的核实项 {n_answered} 条")
    };
    format!("合计：{}{answered}。", counts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::Standing;
    use finding::{Origin, Subject};

    fn sample() -> (Report, Sources) {
        let mut sources = Sources::default();
        let book = sources.add("机械学院.xlsx");
        sources.set_sheets(book, vec!["党支部".into()]);
        let subject = Subject {
            committee: Some("机械工程学院".into()),
            branch: Some("机械设计系教师党支部".into()),
            record: None,
        };
        let mut report = Report::default();
        report.push(
            Finding::named("date-ambiguous", Severity::Error, "可能是1月，也可能是10月")
                .at(Origin::cell(book, 0, 16, 3))
                .field("成立时间")
                .value("2019.1\u{1b}[2J")
                .hint("请写成“2019.10”。")
                .basis("填表说明第3条")
                .related(Origin::cell(book, 0, 3, 3), "上级批复")
                .subject(subject),
        );
        (report, sources)
    }

    #[test]
    fn a_finding_gives_place_field_value_message_and_remedy() {
        let (report, sources) = sample();
        let expected = "\
机械工程学院 · 机械设计系教师党支部
  错误  机械学院.xlsx 党支部!D17  成立时间  “2019.1‹U+001B›[2J”  可能是1月，也可能是10月  [date-ambiguous]
        → 请写成“2019.10”。
        依据：填表说明第3条
        另见：机械学院.xlsx 党支部!D4  上级批复

合计：错误 1 条，核实 0 条，提示 0 条。
";
        assert_eq!(findings_text(&report, &sources, None, Style::Plain), expected);
    }

    #[test]
    fn units_of_which_something_is_to_come_have_a_line_before_the_totals() {
        let standing = |text: &str, is_complete| Some(Standing { text: text.to_owned(), is_complete });
        let line = |unit: &str, cells| ProgressLine { unit: unit.into(), cells };
        let done = || line("甲党委", vec![standing("已交8条", true), standing("零报告", true)]);
        let open =
            || line("乙党委", vec![standing("已交1个支部、未交2个支部", false), standing("未交", false)]);
        let few = || line("丙党委", vec![None, standing("已交3条", true)]);
        let text = |lines: Vec<ProgressLine>| {
            let progress =
                Progress { tables: ["党员", "计划"].map(Into::into).into(), lines, owed: Vec::new() };
            findings_text(&Report::default(), &Sources::default(), Some(&progress), Style::Plain)
        };
        let totals = "没有发现问题。\n";
        let owing = "收表进度\n  乙党委  应报2张，已收齐0张；已交1个支部、未交2个支部：党员；未交：计划\n";
        assert_eq!(text(vec![]), totals);
        assert_eq!(text(vec![done(), few()]), format!("收表进度：2个单位应报的表均已收齐。\n\n{totals}"));
        assert_eq!(text(vec![open()]), format!("{owing}\n{totals}"));
        assert_eq!(
            text(vec![done(), open(), few()]),
            format!("{owing}  其余2个单位应报的表均已收齐。\n\n{totals}")
        );
    }

    #[test]
    fn colours_are_added_to_the_same_words() {
        let (report, sources) = sample();
        let coloured = findings_text(&report, &sources, None, Style::Coloured);
        assert!(coloured.contains("\u{1b}[1;31m错误\u{1b}[0m"));
        let bare =
            ["1", "1;31", "0"].iter().fold(coloured, |it, code| it.replace(&format!("\u{1b}[{code}m"), ""));
        assert_eq!(bare, findings_text(&report, &sources, None, Style::Plain));
    }

    #[test]
    fn many_notes_are_counted_and_errors_never_hidden() {
        let mut report = Report::default();
        (0..8).for_each(|_| report.push(Finding::named("n", Severity::Note, "提示")));
        (0..8).for_each(|_| report.push(Finding::named("e", Severity::Error, "错误")));
        let text = findings_text(&report, &Sources::default(), None, Style::Plain);
        assert_eq!((text.matches("[n]").count(), text.matches("[e]").count()), (5, 8));
        assert!(text.contains("另有 3 条提示"));
    }

    #[test]
    fn findings_alike_are_told_once_with_their_rows_and_what_follows_below_its_cause() {
        let mut sources = Sources::default();
        let book = sources.add("党员.csv");
        let mut report = Report::default();
        for row in [1, 2, 3, 4, 8, 9, 10] {
            let message = format!("第{row}行不是日期");
            report.push(
                Finding::named("not-a-date", Severity::Error, message).at(Origin::cell(book, 0, row, 3)),
            );
        }
        let related = Origin::cell(book, 0, 2, 3);
        report.push(Finding::named("a-rule", Severity::Query, "早于").related(related, "另见"));
        let text = findings_text(&report, &sources, None, Style::Plain);
        let (first, rest) = text.split_once("同样的还有6处：第3—5、9—11行\n").unwrap();
        assert_eq!(first.matches("[not-a-date]").count(), 1);
        assert!(rest.starts_with("        可能由此引起：\n        核实  早于  [a-rule]\n"), "{rest}");
    }

    #[test]
    fn a_clean_report_says_so() {
        assert_eq!(
            findings_text(&Report::default(), &Sources::default(), None, Style::Plain),
            "没有发现问题。\n"
        );
    }
}
