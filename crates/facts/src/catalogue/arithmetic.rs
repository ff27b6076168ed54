//! Sums over facts: `facts.members_female * 100 / facts.members_total`, exact to the last digit.

use std::collections::BTreeMap;
use std::sync::Arc;

use finding::{Finding, Origin, Place, Report, Reported, codes};
use source::LocatedText;
use value::Amount;

/// What facts are called in a sum: `facts.ID`.
const PREFIX: &str = "facts.";
/// How deep brackets may nest.
const N_LEVELS_MAX: usize = 50;

/// A sum over facts, with its text.
#[derive(Debug, Clone)]
pub struct Arithmetic {
    source: Arc<str>,
    term: Term,
}

#[derive(Debug, Clone)]
enum Term {
    Number(Amount),
    Fact(LocatedText),
    Pair(Box<(Term, Operator, Term)>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

impl Arithmetic {
    /// Reads a sum: numbers, `facts.ID`, `+ - * /` and brackets.
    ///
    /// # Errors
    /// If it is none; that has been reported at its place.
    pub fn parse(written: &LocatedText, report: &mut Report) -> Result<Self, Reported> {
        let mut parser = Parser { text: &written.text, at: 0, origin: written.origin, n_levels: 0 };
        match parser.sum().and_then(|term| parser.end().map(|()| term)) {
            Ok(term) => Ok(Self { source: written.text.clone(), term }),
            Err(why) => {
                let finding = Finding::new(&codes::EXPRESSION_SYNTAX, why).at(parser.place(parser.at));
                Err(report.error(finding.hint("算式由 facts.名称、数字、+ - * / 和括号组成")))
            }
        }
    }

    /// The sum as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The facts that it asks for, each with its place.
    pub fn names(&self) -> Vec<LocatedText> {
        let mut names = Vec::new();
        self.term.collect(&mut names);
        names
    }

    /// Whether its value is a whole number whenever the facts are that `is_whole` says are.
    pub(super) fn is_whole(&self, is_whole: &dyn Fn(&str) -> bool) -> bool {
        self.term.is_whole(is_whole)
    }

    /// Its value; `None` if a fact has none, or something is divided by zero.
    pub fn value(&self, facts: &BTreeMap<Arc<str>, Option<Amount>>) -> Option<Amount> {
        self.term.value(facts)
    }
}

impl Term {
    fn collect(&self, names: &mut Vec<LocatedText>) {
        match self {
            Self::Number(_) => {}
            Self::Fact(name) => names.push(name.clone()),
            Self::Pair(pair) => {
                pair.0.collect(names);
                pair.2.collect(names);
            }
        }
    }

    fn is_whole(&self, is_whole: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Number(number) => number.is_whole(),
            Self::Fact(name) => is_whole(&name.text),
            Self::Pair(pair) => {
                pair.1 != Operator::Over && pair.0.is_whole(is_whole) && pair.2.is_whole(is_whole)
            }
        }
    }

    fn value(&self, facts: &BTreeMap<Arc<str>, Option<Amount>>) -> Option<Amount> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Fact(name) => facts.get(&name.text).copied().flatten(),
            Self::Pair(pair) => {
                let (left, right) = (pair.0.value(facts)?, pair.2.value(facts)?);
                match pair.1 {
                    Operator::Plus => left.plus(right),
                    Operator::Minus => left.minus(right),
                    Operator::Times => left.times(right),
                    Operator::Over => left.over(right),
                }
            }
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    origin: Origin,
    n_levels: usize,
}

impl Parser<'_> {
    fn sum(&mut self) -> Result<Term, String> {
        self.chain(&[('+', Operator::Plus), ('-', Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Result<Term, String> {
        self.chain(&[('*', Operator::Times), ('/', Operator::Over)], Self::factor)
    }

    fn chain(
        &mut self,
        operators: &[(char, Operator)],
        part: fn(&mut Self) -> Result<Term, String>,
    ) -> Result<Term, String> {
        let mut left = part(self)?;
        while let Some(operator) = self.peek().and_then(|it| operators.iter().find(|(sign, _)| *sign == it)) {
            self.at += 1;
            left = Term::Pair(Box::new((left, operator.1, part(self)?)));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Term, String> {
        match self.peek() {
            Some('(') => self.bracket(),
            Some(it) if it.is_ascii_digit() => {
                let digits = self.take(|it| it.is_ascii_digit() || it == '.');
                digits.parse().map(Term::Number).map_err(|_| format!("“{digits}”不是数字"))
            }
            Some(_) => self.fact(),
            None => Err("算式不完整".to_owned()),
        }
    }

    fn bracket(&mut self) -> Result<Term, String> {
        self.n_levels += 1;
        if self.n_levels > N_LEVELS_MAX {
            return Err("括号层数过多".to_owned());
        }
        self.at += 1;
        let inner = self.sum()?;
        if self.peek() != Some(')') {
            return Err("括号不成对".to_owned());
        }
        self.at += 1;
        self.n_levels -= 1;
        Ok(inner)
    }

    fn fact(&mut self) -> Result<Term, String> {
        let start = self.at;
        if !self.text[start..].starts_with(PREFIX) {
            let word = self.take(|it| !it.is_whitespace() && !"+-*/()".contains(it));
            self.at = start;
            return Err(format!("“{word}”不是数据项"));
        }
        self.at += PREFIX.len();
        let (name_at, origin) = (self.at, self.place(self.at));
        let name = self.take(|it| it.is_alphanumeric() || it == '_');
        if name.is_empty() {
            self.at = name_at;
            return Err("facts. 之后缺少名称".to_owned());
        }
        Ok(Term::Fact(LocatedText { text: name.into(), origin }))
    }

    fn end(&mut self) -> Result<(), String> {
        self.peek().map_or(Ok(()), |it| Err(format!("此处不应有“{it}”")))
    }

    /// The next character that is no white space, and the position moved to it.
    fn peek(&mut self) -> Option<char> {
        self.take(char::is_whitespace);
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> String {
        let taken: String = self.text[self.at..].chars().take_while(|it| fits(*it)).collect();
        self.at += taken.len();
        taken
    }

    fn place(&self, at: usize) -> Origin {
        let Place::Text { line, column } = self.origin.place else { return self.origin };
        let columns = u32::try_from(self.text[..at].chars().count()).unwrap_or(u32::MAX);
        Origin::text(self.origin.file, line, column.saturating_add(columns))
    }
}
