//! Sums over named figures, exact to the last digit: `t2.staff.women * 100 / t2.staff.total`.

use std::sync::Arc;

use minijinja::Value;
use minijinja::machinery::ast::{BinOpKind, Expr, UnaryOpKind};
use minijinja::machinery::parse_expr;

use super::check::{place, start};
use finding::{Finding, Origin, Report, Reported, codes};
use value::Amount;

/// A sum, with its text.
#[derive(Debug, Clone)]
pub struct Sum {
    source: Arc<str>,
    term: Term,
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

impl Sum {
    /// Reads a sum of numbers and names with `+ - * /` and brackets.
    ///
    /// # Errors
    /// If it is none; that has been reported at its place.
    pub fn parse(source: &str, origin: Origin, report: &mut Report) -> Result<Self, Reported> {
        let fault = |offset: usize, message: String| {
            let finding = Finding::new(&codes::EXPRESSION_SYNTAX, message).at(place(source, origin, offset));
            finding.hint("算式由名称、数字、+ - * / 和括号组成；数字开头的名称请写成 t1['14'].total")
        };
        let parsed = parse_expr(source).map_err(|error| {
            let detail = error.detail().unwrap_or("syntax error");
            let offset = error.range().map_or(0, |it| it.start);
            report.error(fault(offset, format!("无法解析：{detail}")))
        })?;
        let mut n_names = 0;
        let term = Reading { source, origin, n_names: &mut n_names }.term(&parsed);
        let term = term.map_err(|offset| report.error(fault(offset, "此处不是数字或名称".to_owned())))?;
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
}

impl Term {
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

struct Reading<'a> {
    source: &'a str,
    origin: Origin,
    n_names: &'a mut usize,
}

impl Reading<'_> {
    /// A part of the sum, or the offset of what is none.
    fn term(&mut self, part: &Expr<'_>) -> Result<Term, usize> {
        match part {
            Expr::Const(it) => number(&it.value).map(Term::Number).ok_or_else(|| start(part)),
            Expr::UnaryOp(it) if matches!(it.op, UnaryOpKind::Neg) => {
                let negated = self.term(&it.expr)?;
                Ok(Term::Pair(Box::new((Term::Number(Amount::ZERO), Operator::Minus, negated))))
            }
            Expr::BinOp(it) => {
                let operator = match it.op {
                    BinOpKind::Add => Operator::Plus,
                    BinOpKind::Sub => Operator::Minus,
                    BinOpKind::Mul => Operator::Times,
                    BinOpKind::Div => Operator::Over,
                    _ => return Err(start(part)),
                };
                Ok(Term::Pair(Box::new((self.term(&it.left)?, operator, self.term(&it.right)?))))
            }
            _ => {
                let mut path = Vec::new();
                path_of(part, &mut path)?;
                let index = *self.n_names;
                *self.n_names += 1;
                let origin = place(self.source, self.origin, start(part));
                Ok(Term::Name(Name { path, origin, index }))
            }
        }
    }
}

fn path_of(part: &Expr<'_>, path: &mut Vec<Arc<str>>) -> Result<(), usize> {
    match part {
        Expr::Var(it) => path.push(it.id.into()),
        Expr::GetAttr(it) => {
            path_of(&it.expr, path)?;
            path.push(it.name.into());
        }
        Expr::GetItem(it) => {
            path_of(&it.expr, path)?;
            match &it.subscript_expr {
                Expr::Const(key) => path.push(key.value.to_string().into()),
                other => return Err(start(other)),
            }
        }
        _ => return Err(start(part)),
    }
    Ok(())
}

fn number(value: &Value) -> Option<Amount> {
    // The lexer has made a float of `0.5`; its shortest text is what was written.
    value.is_number().then(|| value.to_string().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    fn parse(source: &str) -> Result<Sum, Report> {
        let mut report = Report::default();
        let origin = Origin::text(Sources::default().add("checks.yaml"), 3, 10);
        Sum::parse(source, origin, &mut report).map_err(|_| report)
    }

    #[test]
    fn a_sum_names_figures_by_paths_that_may_be_quoted() {
        let sum = parse("t1['14'].total - (row.age + 0.5) * 100 / last_year.t1['3'].total").unwrap();
        let names: Vec<String> = sum.names().iter().map(|it| it.path.join(".")).collect();
        assert_eq!(names, ["t1.14.total", "row.age", "last_year.t1.3.total"]);
        assert!(sum.names().iter().map(|it| it.index).eq(0..3));
        assert!(matches!(sum.term(), Term::Pair(it) if it.1 == Operator::Minus));
        assert!(matches!(parse("0").unwrap().term(), Term::Number(it) if it.is_zero()));
    }

    #[test]
    fn what_is_no_sum_is_reported_at_its_place() {
        for (source, column) in
            [("a.b + 'x'", 16), ("a +", 12), ("a == b", 10), ("total(a)", 10), ("a[b]", 12)]
        {
            let report = parse(source).unwrap_err();
            let place = report.findings()[0].origin.unwrap().place;
            assert!(
                matches!(place, finding::Place::Text { line: 3, column: it } if it == column),
                "{source}: {place:?}"
            );
        }
    }
}
