//! Conditions and measures: checked against the schemas and compiled once, evaluated per record.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use super::environment::environment;
use super::types::{Scope, Type};
use super::{absence, check};
use finding::{Origin, Report, Reported};

/// An expression, checked and compiled; cheap to clone.
#[derive(Clone)]
pub struct Expression(Arc<Compiled>);

struct Compiled {
    source: Box<str>,
    origin: Origin,
    program: minijinja::Expression<'static, 'static>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// A field was left empty or is in error: a Chinese clause that names it.
    Missing(String),
    /// The data do not decide for another reason: a Chinese clause that names the too imprecise value.
    Undecided(String),
    /// Our template is at fault: a Chinese clause with what the machine said.
    Fault(String),
}

/// What a condition says of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// The data do not decide: a Chinese clause that names the missing or too imprecise value.
    Undecided(String),
    /// Our template is at fault: a Chinese clause with what the machine said.
    Fault(String),
}

impl Expression {
    /// Checks and compiles an expression. Every fault found goes into the report, each at its own
    /// line and column; `origin` is the place of the first character of `source`.
    pub fn compile(
        source: &str,
        origin: Origin,
        scope: &dyn Scope,
        report: &mut Report,
    ) -> Result<(Self, Type), Reported> {
        let mut checker = check::Checker::new(source, origin, scope, report);
        let given = checker.expression()?;
        let program = environment().compile_expression_owned(source.to_owned());
        let program = program.map_err(|error| checker.syntax(&error))?;
        Ok((Self(Arc::new(Compiled { source: source.into(), origin, program })), given))
    }

    /// Checks and compiles a condition: an expression that gives 是 or 否.
    pub fn condition(
        source: &str,
        origin: Origin,
        scope: &dyn Scope,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        let (expression, given) = Self::compile(source, origin, scope, report)?;
        check::Checker::new(source, origin, scope, report).is_condition(&given)?;
        Ok(expression)
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Where it was written.
    pub fn origin(&self) -> Origin {
        self.0.origin
    }

    /// The names that it begins with: fields, further names, and the functions it calls.
    pub fn variables(&self) -> BTreeSet<String> {
        self.0.program.undeclared_variables(false).into_iter().collect()
    }

    /// The same with what is read of them at once: `branch.members`.
    pub fn paths(&self) -> BTreeSet<String> {
        self.0.program.undeclared_variables(true).into_iter().collect()
    }

    /// Evaluates it. A result that is undefined is undecided.
    pub fn evaluate(&self, context: &Value) -> Result<Value, Unanswered> {
        absence::forget();
        let value = self.0.program.eval(context.clone()).map_err(|error| Unanswered::new(&error))?;
        if value.is_undefined() { Err(absence::unanswered()) } else { Ok(value) }
    }

    /// Evaluates it in the midst of another evaluation, which meets what this one met: undefined with its reason noted,
    /// or the error, where the value is read.
    pub fn value_within(&self, context: &Value) -> Value {
        self.0.program.eval(context.clone()).unwrap_or_else(Value::from)
    }

    /// Evaluates it as a condition. `and` and `or` look at their right side only if the left one
    /// does not settle the matter; a left side that is undecided leaves the whole undecided.
    pub fn test(&self, context: &Value) -> Verdict {
        match self.evaluate(context) {
            Ok(value) if value.kind() != ValueKind::Bool => {
                Verdict::Fault("条件的结果不是“是”或“否”".to_owned())
            }
            Ok(value) if value.is_true() => Verdict::Holds,
            Ok(_) => Verdict::Fails,
            Err(Unanswered::Missing(why) | Unanswered::Undecided(why)) => Verdict::Undecided(why),
            Err(Unanswered::Fault(why)) => Verdict::Fault(why),
        }
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Expression").field(&self.source()).finish()
    }
}

impl Unanswered {
    /// The reason: a Chinese clause.
    pub fn why(&self) -> String {
        let (Self::Missing(why) | Self::Undecided(why) | Self::Fault(why)) = self;
        why.clone()
    }

    /// Sorts what the machine said. Its arithmetic reports an undefined operand as an invalid
    /// operation and names the kinds; all other misuse of kinds was refused when loading.
    pub(super) fn new(error: &Error) -> Self {
        let detail = error.detail().unwrap_or_default();
        match error.kind() {
            ErrorKind::UndefinedError if detail.is_empty() => absence::unanswered(),
            ErrorKind::UndefinedError => Self::Undecided(detail.to_owned()),
            ErrorKind::InvalidOperation if names_undefined(detail) => absence::unanswered(),
            ErrorKind::OutOfFuel => Self::Fault("计算步数超过上限".to_owned()),
            _ => Self::Fault(format!("无法计算：{error}")),
        }
    }
}

fn names_undefined(detail: &str) -> bool {
    let kinds = detail.split_once(" operator on unsupported types ").map(|it| it.1);
    kinds.is_some_and(|it| it.split(" and ").any(|kind| kind == "undefined"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{value, verdict};

    fn undecided(why: &str) -> Verdict {
        Verdict::Undecided(why.to_owned())
    }

    #[test]
    fn a_condition_holds_or_fails() {
        assert_eq!(verdict("branch.total >= 3 and branch.kind == '教师党支部'"), Verdict::Holds);
        assert_eq!(verdict("branch.total in [3, 4] or not branch.stable"), Verdict::Fails);
        assert_eq!(verdict("'机械' in branch.name"), Verdict::Holds);
    }

    #[test]
    fn a_missing_value_leaves_every_operator_undecided_and_is_named() {
        let why = "“机械一支部”的“quota”未填";
        for source in [
            "branch.quota >= 3",
            "not (branch.quota >= 3)",
            "branch.quota == 3",
            "branch.quota != 3",
            "branch.quota + 1 > 3",
            "1 + branch.quota > 3",
            "branch.quota * 2 > 3",
            "branch.quota - 1 > 3",
            "10 // branch.quota > 3",
            "branch.quota % 2 == 1",
            "branch.quota in [1, 2]",
            "branch.quota not in [1, 2]",
            "2 < branch.quota < 5",
            "(branch.quota ~ '人') == '3人'",
            "branch.quota is eq(3)",
            "branch.quota is ge(3)",
            "(1 if branch.quota > 1 else 2) == 2",
        ] {
            assert_eq!(verdict(source), undecided(why), "{source}");
        }
    }

    #[test]
    fn a_missing_value_leaves_functions_and_filters_undecided() {
        for source in [
            "before(branch.elected, as_of)",
            "years_between(branch.elected, as_of) > 1",
            "in_period(branch.elected, cycle)",
            "branch.elected is before(as_of)",
            "year(branch.elected) == 2020",
            "branch.elected|date_cn == '2020年'",
        ] {
            assert_eq!(verdict(source), undecided("“机械一支部”的“elected”未填"), "{source}");
        }
        for source in [
            "branch.members|selectattr('points', '>=', 3)|length > 0",
            "branch.members|rejectattr('points', 'in', [7])|length > 0",
            "7 in branch.members|map(attribute='points')",
            "total(branch.members, 'points') == 7",
            "(branch.members|sort(attribute='points')|first).full",
        ] {
            assert_eq!(verdict(source), undecided("“李四”的“points”未填"), "{source}");
        }
    }

    #[test]
    fn the_escape_hatches_answer_about_what_is_missing() {
        assert_eq!(verdict("branch.quota is undefined"), Verdict::Holds);
        assert_eq!(verdict("branch.quota is defined"), Verdict::Fails);
        assert_eq!(verdict("branch.quota|default(5) == 5"), Verdict::Holds);
        assert_eq!(verdict("branch.members|selectattr('joined', 'undefined')|length == 1"), Verdict::Holds);
        let chained =
            "branch.members|selectattr('points', 'defined')|selectattr('points', '>=', 3)|length == 1";
        assert_eq!(verdict(chained), Verdict::Holds);
    }

    #[test]
    fn the_right_side_is_read_only_if_the_left_does_not_settle_it() {
        assert_eq!(verdict("branch.stable or branch.quota > 3"), Verdict::Holds);
        assert_eq!(verdict("not branch.stable and branch.quota > 3"), Verdict::Fails);
        assert_eq!(verdict("branch.stable and branch.quota > 3"), undecided("“机械一支部”的“quota”未填"));
        assert_eq!(verdict("branch.quota is defined and branch.quota > 3"), Verdict::Fails);
    }

    #[test]
    fn an_empty_list_has_no_first_item_and_a_reason_of_an_earlier_run_is_forgotten() {
        assert_eq!(verdict("branch.quota > 3"), undecided("“机械一支部”的“quota”未填"));
        let none = "(branch.members|selectattr('name', '==', '王五')|first).full";
        assert_eq!(verdict(none), undecided("没有符合条件的记录"));
        assert_eq!(value(none), Err(Unanswered::Missing("没有符合条件的记录".to_owned())));
    }

    #[test]
    fn a_result_that_is_missing_is_undecided() {
        assert_eq!(value("branch.quota"), Err(Unanswered::Missing("“机械一支部”的“quota”未填".to_owned())));
        assert_eq!(value("branch.total // 5").as_deref(), Ok("2"));
    }

    #[test]
    fn what_the_checker_could_not_foresee_is_our_fault_and_not_undecided() {
        assert!(matches!(verdict("anything is startingwith('电') and false"), Verdict::Fails));
        assert!(matches!(verdict("before(anything, as_of)"), Verdict::Fault(_)));
        assert!(matches!(verdict("branch.total // 0 == 1"), Verdict::Fault(_)));
    }
}
