//! Findings as text for a terminal or a pipe, grouped by committee and branch.

use finding::{Finding, Group, Report, Severity, Sources, grouped};

use super::visible::{excerpt, visible};

/// How many notes of one group are written out; the rest are counted.
const NOTES_SHOWN: usize = 5;

/// How many characters of a value are shown.
const VALUE_SHOWN: usize = 60;

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
/// Of the notes of one group only the first five are written out, and the rest are counted.
pub fn findings_text(report: &Report, sources: &Sources, style: Style) -> String {
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
    text.push_str(&totals(report));
    text.push('\n');
    text
}

fn heading(group: &Group<'_>) -> String {
    match (group.committee, group.branch) {
        (Some(committee), Some(branch)) => format!("{} · {}", visible(committee), visible(branch)),
        (Some(name), None) | (None, Some(name)) => visible(name).into_owned(),
        (None, None) => "全校与其他".to_owned(),
    }
}

/// Errors and queries first, then the notes.
fn group_lines(group: &Group<'_>, sources: &Sources, style: Style) -> Vec<String> {
    let is_note = |it: &&&Finding| it.severity == Severity::Note;
    let (notes, problems): (Vec<&Finding>, Vec<&Finding>) = group.findings.iter().partition(is_note);
    let mut lines = Vec::new();
    for finding in problems.into_iter().chain(notes.iter().copied().take(NOTES_SHOWN)) {
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
    lines.extend(finding.hint.iter().map(|it| format!("        → {}", visible(it))));
    lines.extend(finding.basis.iter().map(|it| format!("        依据：{}", visible(it))));
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
    format!("合计：{}。", counts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(findings_text(&report, &sources, Style::Plain), expected);
    }

    #[test]
    fn colours_are_added_to_the_same_words() {
        let (report, sources) = sample();
        let coloured = findings_text(&report, &sources, Style::Coloured);
        assert!(coloured.contains("\u{1b}[1;31m错误\u{1b}[0m"));
        let bare =
            ["1", "1;31", "0"].iter().fold(coloured, |it, code| it.replace(&format!("\u{1b}[{code}m"), ""));
        assert_eq!(bare, findings_text(&report, &sources, Style::Plain));
    }

    #[test]
    fn many_notes_are_counted_and_errors_never_hidden() {
        let mut report = Report::default();
        (0..8).for_each(|_| report.push(Finding::named("n", Severity::Note, "提示")));
        (0..8).for_each(|_| report.push(Finding::named("e", Severity::Error, "错误")));
        let text = findings_text(&report, &Sources::default(), Style::Plain);
        assert_eq!((text.matches("[n]").count(), text.matches("[e]").count()), (5, 8));
        assert!(text.contains("另有 3 条提示"));
    }

    #[test]
    fn a_clean_report_says_so() {
        assert_eq!(findings_text(&Report::default(), &Sources::default(), Style::Plain), "没有发现问题。\n");
    }
}
