//! Words that declarations of every kind share: papers, alignments, the widest column; and what is said of one that nothing bears.

use super::book::{Align, ChartKind, Paper};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, nearest};
use words::{Scope, Template};

/// The widest that a column can be declared, in half-width characters: a workbook has none that is wider.
pub(super) const WIDEST: usize = 255;

/// The kinds of charts, as declarations write them.
const CHARTS: [(&str, ChartKind); 4] = [
    ("column", ChartKind::Column),
    ("bar", ChartKind::Bar),
    ("line", ChartKind::Line),
    ("pyramid", ChartKind::Pyramid),
];

pub(super) fn paper(word: &LocatedText, report: &mut Report) -> Result<Paper, Reported> {
    let papers = [
        ("a4-portrait", Paper::A4Portrait),
        ("a4-landscape", Paper::A4Landscape),
        ("a3-landscape", Paper::A3Landscape),
    ];
    meant(word, "纸张", papers, report)
}

pub(super) fn align(word: &LocatedText, report: &mut Report) -> Result<Align, Reported> {
    let ways = [("left", Align::Left), ("center", Align::Center), ("right", Align::Right)];
    meant(word, "对齐方式", ways, report)
}

pub(super) fn chart_kind(word: &LocatedText, report: &mut Report) -> Result<ChartKind, Reported> {
    meant(word, "图表类型", CHARTS, report)
}

/// The width of a column, if it is declared.
pub(super) fn width(fields: &mut Fields<'_, '_>) -> Option<u16> {
    fields.count_to("width", WIDEST).and_then(|it| u16::try_from(it).ok())
}

/// What one of a few words stands for; `what` they are is said of any other word.
pub(super) fn meant<T, const N: usize>(
    word: &LocatedText,
    what: &str,
    words: [(&'static str, T); N],
    report: &mut Report,
) -> Result<T, Reported> {
    let known = words.each_ref().map(|it| it.0);
    let found = words.into_iter().find(|it| it.0 == &*word.text);
    found.map(|it| it.1).ok_or_else(|| unknown_word(word, what, known, report))
}

/// A text template.
pub(super) fn template(
    written: &LocatedText,
    scope: &dyn Scope,
    report: &mut Report,
) -> Result<Template, Reported> {
    Template::compile(&written.text, written.origin, scope, report)
}

pub(super) fn unknown_word<'a>(
    word: &LocatedText,
    what: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
    report: &mut Report,
) -> Reported {
    let hint = match nearest(&word.text, known.clone()) {
        Some(near) => format!("是否应为“{near}”？"),
        None => format!("可用：{}", known.into_iter().collect::<Vec<_>>().join("、")),
    };
    let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有名为“{}”的{what}", word.text));
    report.error(finding.at(word.origin).hint(hint))
}
