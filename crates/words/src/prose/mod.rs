//! Prose: texts whose printed figures are marked, and whose wording holds no figure of its own.
//!
//! A figure in a text is a fact, and where it was printed is known: the expressions of a template that print facts are
//! found when it is loaded, and wrapped so that what they print can be found again in the finished text. Numbers that are
//! written in the wording, or counted there, are findings, for nobody could say what they rest on.

mod marks;
mod runs;
mod printed;
mod literals;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use minijinja::Value;

pub use literals::Literals;
pub(super) use marks::{FILTER, mark};
pub use marks::{Printed, Rendered};
pub use printed::facts_of;
pub use runs::{Run, Runs};

use super::check::place;
use super::expression::Unanswered;
use super::template::Template;
use super::types::Scope;
use finding::{Finding, Origin, Report, Reported, codes};
use printed::{Printing, Site};

/// A text template of which is known which facts it prints where; cheap to clone.
#[derive(Clone)]
pub struct Prose {
    /// The template with marks around what prints facts.
    template: Template,
    /// The facts that each mark stands for.
    sites: Arc<[Arc<[Arc<str>]>]>,
}

impl Prose {
    /// Checks and compiles a template as [`Template::compile`] does; further, a number in its wording that is none of the
    /// `literals` is a finding, and so is a printed number that it counts itself.
    ///
    /// # Errors
    /// If anything in it is wrong; every fault has been reported at its own line and column.
    pub fn compile(
        source: &str,
        origin: Origin,
        (scope, literals): (&dyn Scope, &Literals),
        report: &mut Report,
    ) -> Result<Self, Reported> {
        let template = Template::compile(source, origin, scope, report)?;
        let printing = Printing::of(source);
        let mut reported = None;
        for (offset, number) in printing.wording.iter().flat_map(|it| literals.violations(it)) {
            let finding = Finding::new(&codes::LITERAL_FIGURE, format!("文字中直接写了数字“{number}”"));
            let hint = "数字请用数据项，如 {{ facts.members_total }}；确属固定说法的，请列入 literals";
            reported = Some(report.error(finding.at(place(source, origin, offset)).hint(hint)));
        }
        for (offset, what) in &printing.counted {
            let finding = Finding::new(&codes::FIGURE_NOT_A_FACT, format!("“{what}”得出的数字不是数据项"));
            let hint = "请在 templates/facts 中声明数据项，再写 facts.名称";
            reported = Some(report.error(finding.at(place(source, origin, *offset)).hint(hint)));
        }
        if let Some(reported) = reported {
            return Err(reported);
        }
        let template = template.with_program(&rewritten(source, &printing.sites, &printing.gaps));
        let template = template.map_err(|error| {
            let finding = Finding::new(&codes::EXPRESSION_SYNTAX, format!("无法解析：{error}"));
            report.error(finding.at(origin))
        })?;
        Ok(Self { template, sites: printing.sites.into_iter().map(|it| it.facts).collect() })
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        self.template.source()
    }

    /// Where it was written.
    pub fn origin(&self) -> Origin {
        self.template.origin()
    }

    /// Fills in the values, as [`Template::render`] does, and says where facts were printed, and which number each is.
    ///
    /// # Errors
    /// Why the data, or the template, give no text.
    pub fn render(&self, context: &Value) -> Result<Rendered, Unanswered> {
        marks::forget();
        self.template.render(context).map(|it| marks::read(it.trim(), &self.sites))
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Prose").field(&self.source()).finish()
    }
}

/// The source with the filter of marks behind every expression that prints facts, and without the spaces that the folding
/// of lines left between Chinese characters.
fn rewritten(source: &str, sites: &[Site], gaps: &[Range<usize>]) -> String {
    let mut edits: Vec<(usize, usize, String)> =
        gaps.iter().map(|it| (it.start, it.end, String::new())).collect();
    for (idx, site) in sites.iter().enumerate() {
        let Range { start: from, end: to } = delimited(source, &site.expression);
        edits.push((from, from, "(".to_owned()));
        let number = site.number.as_ref().map(|it| format!(", ({}), {}", &source[it.from..it.to], it.places));
        edits.push((to, to, format!(")|{FILTER}({idx}{})", number.unwrap_or_default())));
    }
    edits.sort();
    let mut text = source.to_owned();
    for (from, to, with) in edits.into_iter().rev() {
        text.replace_range(from..to, &with);
    }
    text
}

/// What stands between the braces around an expression, without the signs of white-space control.
fn delimited(source: &str, expression: &Range<usize>) -> Range<usize> {
    let Range { start, end } = *expression;
    let open = source[..start].rfind("{{").map_or(start, |it| it + 2);
    let close = source[end..].find("}}").map_or(end, |it| end + it);
    let inner = &source[open..close];
    let sign = |it: char| it == '-' || it == '+';
    let from = open + usize::from(inner.starts_with(sign));
    // A sign before the closing braces controls white space; the expression cannot end in one.
    let to = close - usize::from(inner.len() > 1 && inner.ends_with(sign));
    from..to
}

/// The environment's filter set includes that of marks, which templates cannot name.
pub(super) fn add_to(environment: &mut minijinja::Environment<'static>) {
    environment.add_filter(FILTER, mark);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{Schemas, context};
    use finding::Sources;

    fn compile(source: &str, literals: &[&str]) -> Result<Prose, Vec<String>> {
        let mut report = Report::default();
        let file = Sources::default().add("文字.yaml");
        let literals = Literals::new(literals.iter().map(|it| Arc::from(*it)));
        let prose = Prose::compile(source, Origin::text(file, 1, 1), (&Schemas, &literals), &mut report);
        let message = |it: &Finding| format!("{} {}", it.code, it.message);
        prose.map_err(|_| report.findings().iter().map(message).collect())
    }

    fn marks(source: &str) -> (String, Vec<String>) {
        let marked = compile(source, &[]).unwrap().render(&context()).unwrap();
        let printed = |(_, text, it): (usize, &str, &Printed)| format!("{}={text}", it.facts.join("+"));
        (marked.text(), marked.figures().map(printed).collect())
    }

    #[test]
    fn what_prints_a_fact_is_marked_however_it_is_printed() {
        let (text, printed) =
            marks("共有党员{{ facts.members }}名，经费{{ facts.fund|percent }}，{{ branch.name }}。");
        assert_eq!(text, "共有党员2600名，经费25.5%，机械一支部。");
        assert_eq!(printed, ["members=2600", "fund=25.5%"]);
        let (text, printed) =
            marks("{{- '仅' ~ facts.members if facts.members < 3 else '共' ~ facts.members -}} 名");
        assert_eq!((text.as_str(), printed), ("共2600名", vec!["members=共2600".to_owned()]));
        let (_, printed) =
            marks("{% set n = facts.members %}有{{ (n) }}名，{{ ratio(facts.fund, facts.members) }}");
        assert_eq!(printed[0], "members=2600");
        assert!(printed[1].starts_with("fund+members="));
    }

    #[test]
    fn a_figure_is_the_number_that_it_shows_and_words_are_none() {
        for (source, text, value) in [
            ("{{ facts.members }}", "2600", Some("2600")),
            ("{{ facts.fund }}", "0.255", Some("0.255")),
            ("{{ facts.members | amount }}", "2,600.00", Some("2600.00")),
            ("{{ facts.fund | amount(1) }}", "0.3", Some("0.3")),
            ("{{ facts.fund | amount(places=2) }}", "0.26", Some("0.26")),
            ("{{ (facts.members * 2) | amount(0) }}", "5,200", Some("5200")),
            ("{% set n = facts.members %}{{ n }}", "2600", Some("2600")),
            ("{{ facts.members|chinese }}", "二千六百", None),
            ("{{ facts.members ~ '' }}", "2600", None),
            ("{{ facts.fund|percent }}", "25.5%", None),
        ] {
            let rendered = compile(source, &[]).unwrap().render(&context()).unwrap();
            let figures: Vec<Option<String>> =
                rendered.figures().map(|(_, _, it)| it.value.map(|it| it.to_string())).collect();
            assert_eq!(
                (rendered.text(), figures),
                (text.to_owned(), vec![value.map(str::to_owned)]),
                "{source}"
            );
        }
    }

    #[test]
    fn a_fact_that_is_only_asked_about_is_not_printed() {
        let (text, printed) =
            marks("{% if facts.members > 3 %}多{% endif %}{{ '多' if facts.members > 3 else '少' }}");
        assert_eq!((text.as_str(), printed.len()), ("多多", 0));
    }

    #[test]
    fn numbers_in_the_wording_are_faults_unless_they_are_fixed_sayings() {
        for (source, number) in [
            ("共有党支部85个", "85"),
            ("开展活动十二次", "十二次"),
            ("{% if facts.members > 3 %}解决问题三项{% endif %}", "三项"),
            ("{{ '仅1次' if facts.members == 1 else '多次' }}", "1"),
            ("占２０％", "２０"),
        ] {
            let message = format!("literal-figure 文字中直接写了数字“{number}”");
            assert_eq!(compile(source, &[]).err(), Some(vec![message]), "{source}");
        }
        let fixed = "落实三会一课，做到七个有力，第一责任人统一部署，进一步学习二十大精神";
        assert!(compile(fixed, &["七个有力"]).is_ok());
        assert!(compile(fixed, &[]).is_err());
    }

    #[test]
    fn a_number_that_the_text_counts_itself_is_a_fault_but_dates_and_places_are_not() {
        for source in [
            "{{ branch.members|length }}",
            "{{ total(branch.members, 'points') }}",
            "{{ 3 }}",
            "{{ ratio(branch.total, branch.total) }}",
        ] {
            let faults = compile(source, &[]).err().unwrap_or_default();
            assert!(faults.len() == 1 && faults[0].starts_with("figure-not-a-fact"), "{source}: {faults:?}");
        }
        for source in [
            "{{ year(as_of) + 1 }}年{{ as_of|date_cn }}",
            "{% for m in branch.members %}{{ loop.index|chinese }}{{ m.dues }}{% endfor %}",
            "{% if branch.members|length > 3 %}多{% endif %}{{ branch.total }}",
        ] {
            assert_eq!(compile(source, &[]).err(), None, "{source}");
        }
    }

    #[test]
    fn spaces_that_folding_leaves_between_chinese_characters_are_taken_out() {
        let (text, _) = marks(
            "坚持学习， 有党员 {{ facts.members }} 名\n{{ branch.name }} GB 9 A".trim_end_matches(" GB 9 A"),
        );
        assert_eq!(text, "坚持学习，有党员2600名机械一支部");
        let (text, _) = marks("学习 Rust 语言，\u{3000}用 A B");
        assert_eq!(text, "学习 Rust 语言，\u{3000}用 A B");
    }
}
