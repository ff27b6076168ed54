//! Texts with values in them: messages, file names, prose.
//!
//! The result is a string and is never parsed again.

use std::fmt;
use std::sync::Arc;

use minijinja::{Environment, Value};

use super::environment::environment;
use super::expression::Unanswered;
use super::types::Scope;
use super::{absence, check};
use finding::{Origin, Report, Reported};

/// The name of the one template in its environment.
const NAME: &str = "text";

/// A text template, checked and compiled; cheap to clone.
#[derive(Clone)]
pub struct Template(Arc<Compiled>);

struct Compiled {
    source: Box<str>,
    origin: Origin,
    /// A copy of the one environment (a few pointers) that holds this template: minijinja has no
    /// compiled template that owns its source and lives outside one.
    environment: Environment<'static>,
}

impl Template {
    /// Checks and compiles a template. Every fault found goes into the report, each at its own
    /// line and column; `origin` is the place of the first character of `source`.
    pub fn compile(
        source: &str,
        origin: Origin,
        scope: &dyn Scope,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        let mut checker = check::Checker::new(source, origin, scope, report);
        checker.template()?;
        let mut environment = environment().clone();
        environment.add_template_owned(NAME, source.to_owned()).map_err(|error| checker.syntax(&error))?;
        Ok(Self(Arc::new(Compiled { source: source.into(), origin, environment })))
    }

    /// The same text, carried out by another program; both have been derived from the same source.
    ///
    /// # Errors
    /// If the program cannot be parsed.
    pub(super) fn with_program(&self, program: &str) -> Result<Self, minijinja::Error> {
        let mut environment = environment().clone();
        environment.add_template_owned(NAME, program.to_owned())?;
        let Compiled { source, origin, .. } = &*self.0;
        Ok(Self(Arc::new(Compiled { source: source.clone(), origin: *origin, environment })))
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Where it was written.
    pub fn origin(&self) -> Origin {
        self.0.origin
    }

    /// Fills in the values. One that is not there leaves the text undecided, unless the template
    /// says what to print instead (`or_none`, `default`, `is defined`).
    pub fn render(&self, context: &Value) -> Result<String, Unanswered> {
        absence::forget();
        let text = self.0.environment.get_template(NAME).and_then(|it| it.render(context.clone()));
        text.map_err(|error| Unanswered::new(&error))
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Template").field(&self.source()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::text;

    #[test]
    fn values_are_printed_as_documents_want_them() {
        assert_eq!(
            text("{{ branch.name }}成立于{{ branch.established }}，{{ branch.stable }}").unwrap(),
            "机械一支部成立于2019年7月，是"
        );
        assert_eq!(text("{{ branch.fund }} {{ cycle }}").unwrap(), "1234.5 2024年1月1日至2024年12月31日");
        assert_eq!(text("{{ branch.total ~ '人' }}").unwrap(), "12人");
    }

    #[test]
    fn user_text_is_not_parsed_and_not_escaped() {
        assert_eq!(text("{% set a = '{{ x }} <b>&' %}{{ a }}").unwrap(), "{{ x }} <b>&");
    }

    #[test]
    fn a_missing_value_leaves_the_text_undecided_unless_the_template_says_what_to_print() {
        let why = Unanswered::Missing("“机械一支部”的“quota”未填".to_owned());
        assert_eq!(text("名额{{ branch.quota }}"), Err(why.clone()));
        assert_eq!(text("{% if branch.quota > 1 %}{% endif %}").unwrap_err(), why);
        assert_eq!(text("名额{{ branch.quota|or_none }}").unwrap(), "名额无");
        assert_eq!(text("{% if branch.quota is defined %}有{% else %}没有{% endif %}").unwrap(), "没有");
    }

    #[test]
    fn lists_are_printed_one_by_one_and_block_lines_leave_no_empty_line() {
        let source = "名单\n{% for m in branch.members %}\n{{ loop.index|chinese }}、{{ m.name }}{{ '。' if loop.last else '；' }}\n{% endfor %}\n";
        assert_eq!(text(source).unwrap(), "名单\n一、张三；\n二、李四。\n");
        assert_eq!(text("{% for m in branch.members if m.full %}{{ m.name }}{% endfor %}").unwrap(), "张三");
    }

    #[test]
    fn a_text_without_end_runs_out_of_fuel() {
        let loops = "{% for a in l %}{% for b in l %}{% for c in l %}{% for d in l %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
        let source = format!(
            "{{% set l = branch.members|map(attribute='name') %}}{{% set l = l+l+l+l+l+l+l+l+l+l+l+l+l+l+l+l+l+l+l %}}{loops}"
        );
        assert_eq!(text(&source), Err(Unanswered::Fault("计算步数超过上限".to_owned())));
    }
}
