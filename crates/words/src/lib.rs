//! The language of conditions, measures and texts: minijinja, checked against the schemas when loaded.
//!
//! There is one environment and it is immutable. Minijinja alone is too forgiving for rules:
//! `not (none >= 3)` is true in it, `"机械" >= 3` too, and a date compared with a string is silently
//! unequal. So every expression is typed when it is loaded ([`Expression::compile`]), dates and
//! decimals have functions instead of operators, and a condition that meets a missing value is
//! undecided ([`Verdict::Undecided`]): it neither holds nor fails. The escape hatches are
//! `is defined`, `is undefined`, `default(…)` and `or_none`.
//!
//! Records are `minijinja::value::Object`s of the modules that own them; a field that is missing or
//! invalid comes as undefined, after [`note_absence`] has said why.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod absence;
mod types;
mod objects;
mod vocabulary;
mod environment;
mod check;
mod expression;
mod template;
mod prose;
mod sum;
#[cfg(test)]
mod example;

pub use absence::{Absence, note_absence, noted_absence};
pub use check::loop_names;
pub use expression::{Expression, Unanswered, Verdict};
pub use objects::{
    date, date_value, decimal, decimal_value, period, period_value, picture, picture_value, to_words,
};
pub use prose::{Literals, Printed, Prose, Rendered, Run, Runs, facts_of};
pub use sum::{About, Figure, Name, NoResult, Operator, Sign, Sum, Term};
pub use template::Template;
pub use types::{Scope, Type};
