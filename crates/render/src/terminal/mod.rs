//! Findings as text for a terminal or a pipe: by committee and file, one or two lines each.

mod lines;
mod notes;
mod progress;

use documents::{Fates, Progress, Since, SinceLine};
use finding::{Finding, Report, Severity, Sources, grouped};

use super::visible::visible;

/// How many notes of one committee are written out; the rest are counted.
const NOTES_SHOWN: usize = 10;

/// What is said of notes that are only counted.
const NOTES_WAIT: &str = "（错误和核实处理完后逐条列出，现在要看，加 --out 看总报告）";

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

/// The findings of a report by committee and file, each in a line with place, whom, field, value, message and further places, and
/// below it remedy and basis, once for all that are mended alike; the last line gives the totals.
///
/// Notes are written out, up to ten for each committee, once nothing else is left to do; before that they are counted by
/// their kinds. Before the totals stands who has returned what, if that is given and something was due: a line for each
/// committee of which something is still to come.
pub fn findings_text(
    report: &Report,
    sources: &Sources,
    progress: Option<&Progress>,
    style: Style,
) -> String {
    let is_quiet = report.findings().iter().all(|it| it.severity == Severity::Note);
    let mut text = String::new();
    for (committee, findings) in by_committee(report.findings()) {
        let name = committee.map_or_else(|| NO_COMMITTEE.into(), visible);
        text.push_str(&style.paint("1", &name));
        text.push('\n');
        let (notes, problems): (Vec<&Finding>, Vec<&Finding>) =
            findings.into_iter().partition(|it| it.severity == Severity::Note);
        let mut lines = lines::lines(&problems, sources, style);
        lines.extend(note_lines(&notes, is_quiet, sources, style));
        text.extend(lines.iter().map(|it| format!("{it}\n")));
        text.push('\n');
    }
    if let Some(progress) = progress.filter(|it| !it.lines.is_empty()) {
        text.push_str(&progress::progress_text(progress, style));
    }
    text.push_str(&totals(report, is_quiet));
    text.push('\n');
    text
}

/// The committees as they are grouped, each with its findings in the order of their places.
fn by_committee(findings: &[Finding]) -> Vec<(Option<&str>, Vec<&Finding>)> {
    let mut committees: Vec<(Option<&str>, Vec<&Finding>)> = Vec::new();
    for group in grouped(findings) {
        if committees.last().is_none_or(|it| it.0 != group.committee) {
            committees.push((group.committee, Vec::new()));
        }
    }
    for (committee, own) in &mut committees {
        own.extend(findings.iter().filter(|it| it.subject.committee.as_deref() == *committee));
    }
    committees
}

/// Notes one by one if they are all that there is to say, else in one line.
fn note_lines(notes: &[&Finding], is_quiet: bool, sources: &Sources, style: Style) -> Vec<String> {
    let title = style.severity(Severity::Note);
    if !is_quiet {
        return if notes.is_empty() {
            Vec::new()
        } else {
            vec![format!("  {title}  {}", notes::summary(notes))]
        };
    }
    let (first, rest) = notes.split_at(notes.len().min(NOTES_SHOWN));
    let mut lines = lines::lines(first, sources, style);
    if !rest.is_empty() {
        lines.push(format!("  {title}  另有 {} 条提示，加 --format json 可查看全部。", rest.len()));
    }
    lines
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

/// How many there are of each severity.
fn totals(report: &Report, is_quiet: bool) -> String {
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
    let has_notes = report.count(Severity::Note) > 0;
    let notes = if is_quiet || !has_notes { "" } else { NOTES_WAIT };
    format!("合计：{}{answered}{notes}。", counts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{ProgressLine, Standing};
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
机械工程学院
  错误  机械学院.xlsx 党支部!D17  机械设计系教师党支部  成立时间  “2019.1‹U+001B›[2J”  可能是1月，也可能是10月（另见D4 上级批复）  [date-ambiguous]
        → 请写成“2019.10”。　依据：填表说明第3条

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
    fn a_file_and_a_remedy_are_told_once_for_what_they_hold() {
        let mut sources = Sources::default();
        let (book, list) = (sources.add("名册.xlsx"), sources.add("台账.csv"));
        sources.set_sheets(book, vec!["一支部".into(), "二支部".into()]);
        let subject = |branch: &str| Subject {
            committee: Some("甲党委".into()),
            branch: Some(branch.into()),
            record: Some("张三".into()),
        };
        let missing = |origin, branch| {
            Finding::named("missing-value", Severity::Error, "“学历”没有填写")
                .at(origin)
                .field("学历")
                .subject(subject(branch))
                .hint("请补填")
                .basis("填表说明")
        };
        let mut report = Report::default();
        report.push(missing(Origin::cell(book, 0, 1, 4), "一支部"));
        report.push(missing(Origin::cell(book, 0, 2, 4), "一支部"));
        report.push(
            missing(Origin::cell(book, 1, 5, 4), "二支部").related(Origin::cell(book, 0, 7, 1), "见此"),
        );
        let other = Finding::named("a-rule", Severity::Query, "早于").at(Origin::cell(list, 0, 1, 1));
        report.push(other.subject(subject("二支部")));
        report.push(Finding::named("row-skipped", Severity::Note, "略过").subject(subject("一支部")));
        report.push(Finding::named("row-skipped", Severity::Note, "又略过").subject(subject("二支部")));
        let expected = "\
甲党委
  名册.xlsx
    错误  一支部!E2  张三（一支部）  “学历”没有填写  [missing-value]
    错误  一支部!E3  张三（一支部）  “学历”没有填写  [missing-value]
    错误  二支部!E6  张三（二支部）  “学历”没有填写（另见一支部!B8 见此）  [missing-value]
          → 请补填　依据：填表说明
  核实  台账.csv B2  张三（二支部）  早于  [a-rule]
  提示  2条：略过的行 2

合计：错误 3 条，核实 1 条，提示 2 条（错误和核实处理完后逐条列出，现在要看，加 --out 看总报告）。
";
        assert_eq!(findings_text(&report, &sources, None, Style::Plain), expected);
    }

    #[test]
    fn notes_wait_until_errors_and_queries_are_gone() {
        let mut report = Report::default();
        (0..13).for_each(|_| report.push(Finding::named("n", Severity::Note, "提示")));
        let alone = findings_text(&report, &Sources::default(), None, Style::Plain);
        assert_eq!(alone.matches("[n]").count(), 10);
        assert!(alone.contains("另有 3 条提示"));
        (0..13).for_each(|_| report.push(Finding::named("e", Severity::Error, "错误")));
        let text = findings_text(&report, &Sources::default(), None, Style::Plain);
        assert_eq!((text.matches("[n]").count(), text.matches("[e]").count()), (0, 13));
        assert!(text.contains("  提示  13条：n 13\n"));
    }

    #[test]
    fn findings_alike_are_told_once_with_their_rows_and_what_follows_below_its_cause() {
        let mut sources = Sources::default();
        let book = sources.add("党员.csv");
        let mut report = Report::default();
        for row in [1, 2, 3, 4, 8, 9, 10] {
            let finding = Finding::named("not-a-date", Severity::Error, format!("第{row}行不是日期"));
            report.push(finding.at(Origin::cell(book, 0, row, 3)).hint("请改正"));
        }
        let related = Origin::cell(book, 0, 2, 3);
        report.push(Finding::named("a-rule", Severity::Query, "早于").related(related, "另见"));
        let text = findings_text(&report, &sources, None, Style::Plain);
        let (first, rest) =
            text.split_once("；同样的还有6处：第3—5、9—11行  [not-a-date]\n        → 请改正\n").unwrap();
        assert_eq!(first.matches("不是日期").count(), 1);
        assert!(
            rest.starts_with("        可能由此引起：核实  早于（另见党员.csv D3 另见）  [a-rule]\n"),
            "{rest}"
        );
    }

    #[test]
    fn a_clean_report_says_so() {
        assert_eq!(
            findings_text(&Report::default(), &Sources::default(), None, Style::Plain),
            "没有发现问题。\n"
        );
    }
}
