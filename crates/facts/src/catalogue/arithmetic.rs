//! Sums over facts: `facts.members_female * 100 / facts.members_total`, exact to the last digit.

use std::collections::BTreeMap;
use std::sync::Arc;

use finding::{Finding, Report, Reported, codes};
use source::LocatedText;
use value::Amount;
use words::{About, Name, NoResult, Sum};

/// What facts are called in a sum: `facts.ID`.
const PREFIX: &str = "facts";

/// A sum over facts, with its text.
#[derive(Debug, Clone)]
pub struct Arithmetic(Sum);

/// Why a sum over facts has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// A fact has none itself; what is said of that fact says why.
    Fact,
    /// The facts have values, and their sum has none.
    Result(NoResult),
}

impl From<NoResult> for Lacking {
    fn from(why: NoResult) -> Self {
        Self::Result(why)
    }
}

impl Arithmetic {
    /// Reads a sum: numbers, `facts.ID`, `+ - * /` and brackets.
    ///
    /// # Errors
    /// If it is none; that has been reported at its place.
    pub fn parse(written: &LocatedText, report: &mut Report) -> Result<Self, Reported> {
        let sum = Sum::parse(&written.text, written.origin, About::Facts, report)?;
        for name in sum.names() {
            if !matches!(&name.path[..], [prefix, _] if &**prefix == PREFIX) {
                let message = format!("“{}”不是数据项", name.path.join("."));
                let finding = Finding::new(&codes::EXPRESSION_SYNTAX, message).at(name.origin);
                return Err(report.error(finding.hint("数据项写成 facts.名称")));
            }
        }
        Ok(Self(sum))
    }

    /// The sum as it was written.
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// The facts that it asks for, each with its place.
    pub fn names(&self) -> Vec<LocatedText> {
        let located = |it: &Name| LocatedText { text: id(it), origin: it.last };
        self.0.names().into_iter().map(located).collect()
    }

    /// Whether its value is a whole number whenever the facts are that `is_whole` says are.
    pub(super) fn is_whole(&self, is_whole: &dyn Fn(&str) -> bool) -> bool {
        self.0.term().is_whole(&|it| is_whole(&id(it)))
    }

    /// Its value.
    ///
    /// # Errors
    /// If a fact has none, something is divided by zero, or the result is too large.
    pub fn value(&self, facts: &BTreeMap<Arc<str>, Option<Amount>>) -> Result<Amount, Lacking> {
        self.0.value(|name, _| facts.get(&id(name)).copied().flatten().ok_or(Lacking::Fact))
    }
}

/// The id of a fact, behind the prefix.
fn id(name: &Name) -> Arc<str> {
    name.path.last().cloned().unwrap_or_default()
}
