//! Sums over named figures: `facts.women * 100 / facts.total`, `t2.staff.women - t2.students.women`, `1 + 2 - 7`.
//!
//! Facts, checks and printed formulas are written in them, and each is read, worked out and found impossible here alone.

mod parse;

use std::sync::Arc;

use finding::{Finding, Origin, Report, Reported, codes};
use value::Amount;

use crate::check::place;

/// A sum, with its text.
#[derive(Debug, Clone)]
pub struct Sum {
    source: Arc<str>,
    term: Term,
}

/// What a sum is about: that decides what its digits are, and what its author is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Facts: a part that begins with a digit is a number.
    Facts,
    /// Figures of tables and from outside: so it is here.
    Figures,
    /// Lines of a table, which may be called by numbers.
    Lines,
}

/// A part of a sum.
#[derive(Debug, Clone)]
pub enum Term {
    /// A number.
    Number(Amount),
    /// A figure, by index among [`Sum::names`].
    Name(Name),
    /// Two parts and what is done with them.
    Pair(Box<(Term, Operator, Term)>),
}

/// The name of a figure.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its parts: `t1['14'].total` has `t1`, `14`, `total`.
    pub path: Vec<Arc<str>>,
    /// Where it begins.
    pub origin: Origin,
    /// Where its last part begins.
    pub last: Origin,
    /// How many names stand before it in the sum.
    pub index: usize,
}

/// What is done with two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

/// Whether a figure is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Added.
    Plus,
    /// Taken away.
    Minus,
}

/// Why there is no result, though every figure is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoResult {
    /// Something would be divided by zero.
    #[error("除数为零")]
    Division,
    /// It is larger than can be held.
    #[error("数值过大，无法计算")]
    TooLarge,
}

/// What sums are worked out with: amounts, or spans of what a rounded amount may stand for.
pub trait Figure: Sized {
    /// A number that is exactly what it says.
    fn exact(number: Amount) -> Self;

    /// What an operator makes of this and another.
    ///
    /// # Errors
    /// If there is no result.
    fn with(self, operator: Operator, other: Self) -> Result<Self, NoResult>;
}

impl Figure for Amount {
    fn exact(number: Amount) -> Self {
        number
    }

    fn with(self, operator: Operator, other: Self) -> Result<Self, NoResult> {
        let result = match operator {
            Operator::Plus => self.plus(other),
            Operator::Minus => self.minus(other),
            Operator::Times => self.times(other),
            Operator::Over if other.is_zero() => return Err(NoResult::Division),
            Operator::Over => self.over(other),
        };
        result.ok_or(NoResult::TooLarge)
    }
}

impl Sum {
    /// Reads a sum of numbers and names with `+ - * /` and brackets; the signs may be full-width.
    ///
    /// # Errors
    /// If it is none; that has been reported at its place.
    pub fn parse(source: &str, origin: Origin, about: About, report: &mut Report) -> Result<Self, Reported> {
        let parsed = parse::parse(source, about, |offset| place(source, origin, offset));
        let term = parsed.map_err(|(offset, why)| {
            let finding = Finding::new(&codes::EXPRESSION_SYNTAX, why).at(place(source, origin, offset));
            report.error(finding.hint(about.hint()))
        })?;
        Ok(Self { source: source.into(), term })
    }

    /// The sum as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it consists of.
    pub fn term(&self) -> &Term {
        &self.term
    }

    /// The names in it, in their order.
    pub fn names(&self) -> Vec<&Name> {
        let mut names = Vec::new();
        self.term.collect(&mut names);
        names
    }

    /// Its value. Each figure is asked for in the order of the names, with whether it is added or taken away in the whole,
    /// also if an earlier one is not there.
    ///
    /// # Errors
    /// What the first figure that is not there gave, or why there is no result.
    pub fn value<F: Figure, E: From<NoResult>>(
        &self,
        mut of: impl FnMut(&Name, Sign) -> Result<F, E>,
    ) -> Result<F, E> {
        self.term.value(Sign::Plus, &mut of)
    }
}

impl Term {
    /// Whether it only adds and takes away.
    pub fn is_linear(&self) -> bool {
        match self {
            Self::Number(_) | Self::Name(_) => true,
            Self::Pair(pair) => {
                matches!(pair.1, Operator::Plus | Operator::Minus) && pair.0.is_linear() && pair.2.is_linear()
            }
        }
    }

    /// Whether its value is a whole number whenever the figures are that `is_whole` says are.
    pub fn is_whole(&self, is_whole: &dyn Fn(&Name) -> bool) -> bool {
        match self {
            Self::Number(number) => number.is_whole(),
            Self::Name(name) => is_whole(name),
            Self::Pair(pair) => {
                pair.1 != Operator::Over && pair.0.is_whole(is_whole) && pair.2.is_whole(is_whole)
            }
        }
    }

    /// The names of a sum that only adds and takes away, each with its sign in the whole; `None` for any other.
    pub fn signed(&self) -> Option<Vec<(Sign, &Name)>> {
        let mut signed = Vec::new();
        self.is_linear().then(|| self.sign(Sign::Plus, &mut signed))?;
        Some(signed)
    }

    fn sign<'t>(&'t self, sign: Sign, signed: &mut Vec<(Sign, &'t Name)>) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => signed.push((sign, name)),
            Self::Pair(pair) => {
                pair.0.sign(sign, signed);
                pair.2.sign(sign.behind(pair.1), signed);
            }
        }
    }

    fn value<F: Figure, E: From<NoResult>>(
        &self,
        sign: Sign,
        of: &mut impl FnMut(&Name, Sign) -> Result<F, E>,
    ) -> Result<F, E> {
        match self {
            Self::Number(number) => Ok(F::exact(*number)),
            Self::Name(name) => of(name, sign),
            Self::Pair(pair) => {
                let (left, operator, right) = &**pair;
                let (left, right) = (left.value(sign, of), right.value(sign.behind(*operator), of));
                Ok(left?.with(*operator, right?)?)
            }
        }
    }

    fn collect<'t>(&'t self, names: &mut Vec<&'t Name>) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => names.push(name),
            Self::Pair(pair) => {
                pair.0.collect(names);
                pair.2.collect(names);
            }
        }
    }
}

impl Operator {
    /// The sign that a clerk reads.
    pub fn sign(self) -> char {
        match self {
            Self::Plus => '＋',
            Self::Minus => '－',
            Self::Times => '×',
            Self::Over => '÷',
        }
    }
}

impl Sign {
    /// The sign, in the whole, of what stands behind an operator in something of this sign.
    fn behind(self, operator: Operator) -> Self {
        match (self, operator) {
            (Self::Plus, Operator::Minus) => Self::Minus,
            (Self::Minus, Operator::Minus) => Self::Plus,
            (own, _) => own,
        }
    }
}

impl About {
    fn hint(self) -> &'static str {
        match self {
            Self::Facts => "算式由 facts.名称、数字、+ - * / 和括号组成",
            Self::Figures => "算式由名称、数字、+ - * / 和括号组成；数字开头的名称请写成 t1['14'].total",
            Self::Lines => "请写成 1 + 2 - 7，各项为同一方向的行或列",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    fn parse(source: &str, about: About) -> Result<Sum, Report> {
        let mut report = Report::default();
        let origin = Origin::text(Sources::default().add("checks.yaml"), 3, 10);
        Sum::parse(source, origin, about, &mut report).map_err(|_| report)
    }

    fn column(origin: Origin) -> u32 {
        match origin.place {
            finding::Place::Text { line: 3, column } => column,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_sum_names_figures_by_paths_that_may_be_quoted() {
        let source = "t1['14'].total - (row.age + 0.5) * 100 / last_year.t1['3'].total";
        let sum = parse(source, About::Figures).unwrap();
        let names: Vec<String> = sum.names().iter().map(|it| it.path.join(".")).collect();
        assert_eq!(names, ["t1.14.total", "row.age", "last_year.t1.3.total"]);
        assert!(sum.names().iter().map(|it| it.index).eq(0..3));
        let places = sum.names().iter().map(|it| (column(it.origin), column(it.last))).collect::<Vec<_>>();
        assert_eq!(places, [(10, 19), (28, 32), (51, 69)]);
        assert!(matches!(sum.term(), Term::Pair(it) if it.1 == Operator::Minus));
        assert!(matches!(parse("0", About::Figures).unwrap().term(), Term::Number(it) if it.is_zero()));
    }

    #[test]
    fn what_is_no_sum_is_reported_at_its_place() {
        let deep = "(".repeat(60);
        let long = "a + ".repeat(1_000) + "a";
        for (source, about, at) in [
            ("a.b + 'x'", About::Figures, 16),
            ("a +", About::Figures, 13),
            ("", About::Figures, 10),
            ("a == b", About::Figures, 12),
            ("total(a)", About::Figures, 15),
            ("a[b]", About::Figures, 12),
            ("a['b]", About::Figures, 12),
            ("a..b", About::Figures, 12),
            ("facts. + 1", About::Facts, 16),
            ("1 + (2", About::Facts, 16),
            ("1 + 2)", About::Facts, 15),
            ("1.2.3", About::Facts, 10),
            ("79228162514264337593543950336", About::Facts, 10),
            (&deep, About::Facts, 60),
            (&long, About::Facts, 4010),
            ("1 + + 2", About::Lines, 14),
        ] {
            let report = parse(source, about).unwrap_err();
            assert_eq!(column(report.findings()[0].origin.unwrap()), at, "{source}");
        }
    }

    /// The sum with each name worth its number: `a` is 1, `b` 2, `c` 0, `x` is not there, `m` the largest there is.
    fn worth(source: &str) -> Result<String, String> {
        let sum = parse(source, About::Figures).unwrap();
        let value: Result<Amount, Why> = sum.value(|name, _| match &*name.path[0] {
            "a" => Ok(Amount::ONE),
            "b" => Ok(2_i64.into()),
            "c" => Ok(Amount::ZERO),
            "m" => Ok("79228162514264337593543950335".parse().unwrap()),
            _ => Err(Why("不在")),
        });
        value.map(|it| it.trimmed().to_string()).map_err(|it| it.0.to_owned())
    }

    #[derive(Debug)]
    struct Why(&'static str);

    impl From<NoResult> for Why {
        fn from(why: NoResult) -> Self {
            Self(match why {
                NoResult::Division => "零",
                NoResult::TooLarge => "大",
            })
        }
    }

    #[test]
    fn a_sum_is_worked_out_from_left_to_right_and_says_why_it_cannot_be() {
        for (source, value) in [
            ("a + b * 3", Ok("7")),
            ("(a + b) * 3", Ok("9")),
            ("b - a - a", Ok("0")),
            ("b - (a - b)", Ok("3")),
            ("-a * -(b - 5)", Ok("-3")),
            ("12 / b / 3 × a", Ok("2")),
            ("0.1 ＋ 0.2 － 0.3", Ok("0")),
            ("1 / 8", Ok("0.125")),
            ("a / c", Err("零")),
            ("a / (b - 2)", Err("零")),
            ("m + a", Err("大")),
            ("m * m", Err("大")),
            ("m / 0.1", Err("大")),
            ("-m - a", Err("大")),
            ("a + x", Err("不在")),
            ("x / c", Err("不在")),
            ("a / c + x", Err("零")),
        ] {
            assert_eq!(worth(source), value.map(str::to_owned).map_err(str::to_owned), "{source}");
        }
    }

    #[test]
    fn each_figure_has_its_sign_in_the_whole_also_within_nested_minuses() {
        for (source, signs) in [
            ("1 + 2 - 7", Some("+1 +2 -7")),
            ("1－2＋3", Some("+1 -2 +3")),
            ("a - (b - (c - d))", Some("+a -b +c -d")),
            ("-(a - b)", Some("-a +b")),
            ("2.1 + staff.women", Some("+2.1 +staff.women")),
            ("a * b", None),
            ("a - b / c", None),
        ] {
            let sum = parse(source, About::Lines).unwrap();
            let shown = |(sign, name): (Sign, &Name)| {
                format!("{}{}", if sign == Sign::Plus { '+' } else { '-' }, name.path.join("."))
            };
            let signed = sum.term().signed();
            let signed = signed.map(|it| it.into_iter().map(shown).collect::<Vec<_>>().join(" "));
            assert_eq!(signed.as_deref(), signs, "{source}");
            let mut asked = Vec::new();
            let _: Result<Amount, Why> = sum.value(|name, sign| {
                asked.push(shown((sign, name)));
                Err(Why("不在"))
            });
            assert_eq!(asked.len(), sum.names().len(), "every figure is asked for");
            if let Some(signs) = signs {
                assert_eq!(asked.join(" "), signs);
            }
        }
    }
}
