//! A formula as a tree, as far as its values are computed here.

use super::reference::{Reference, Sheet};
use super::tokens::{Kind, Token, tokens};
use super::value::NotComputed;
use crate::Cell;

/// What a formula says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Number(f64),
    Text(String),
    Boolean(bool),
    Error(String),
    Area(Area),
    Name(Option<String>, String),
    /// An argument that is left out.
    Missing,
    Negated(Box<Expression>),
    Hundredth(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    Call(String, Vec<Expression>),
}

/// Cells of a sheet; `None` is the one in which the formula stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) sheet: Option<String>,
    pub(crate) corners: [Cell; 2],
    /// Whether it stays where the formula is copied: only then it may stand in a defined name.
    pub(crate) is_fixed: bool,
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Join,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// How deep a formula may be nested: programs allow 64 levels of calls.
const DEEPEST: usize = 64;
/// How many operators a formula may have: each nests what stands before it.
const MOST_OPERATORS: usize = 500;

impl Expression {
    /// Reads a formula.
    pub(crate) fn read(formula: &str) -> Result<Self, NotComputed> {
        let words = tokens(formula).into_iter().filter(|it| it.kind != Kind::Blank).collect();
        let mut reader = Reader { words, at: 0, depth: 0, n_operators: 0 };
        let found = reader.comparison()?;
        if reader.at < reader.words.len() { Err(NotComputed::Syntax) } else { Ok(found) }
    }

    /// Shows every area and every defined name in it.
    pub(crate) fn each(&self, see: &mut dyn FnMut(&Self)) {
        see(self);
        match self {
            Self::Negated(it) | Self::Hundredth(it) => it.each(see),
            Self::Binary(_, one, other) => {
                one.each(see);
                other.each(see);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|it| it.each(see)),
            _ => {}
        }
    }
}

struct Reader {
    words: Vec<Token>,
    at: usize,
    depth: usize,
    n_operators: usize,
}

/// The operators of each level that bind alike, the loosest first.
const COMPARING: [(&str, Operator); 6] = [
    ("=", Operator::Equal),
    ("<>", Operator::Unequal),
    ("<", Operator::Less),
    ("<=", Operator::LessOrEqual),
    (">", Operator::Greater),
    (">=", Operator::GreaterOrEqual),
];
const LEVELS: [&[(&str, Operator)]; 5] = [
    &COMPARING,
    &[("&", Operator::Join)],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide)],
    &[("^", Operator::Power)],
];

impl Reader {
    fn comparison(&mut self) -> Result<Expression, NotComputed> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(NotComputed::TooMuch);
        }
        let found = self.level(0);
        self.depth -= 1;
        found
    }

    /// All operators bind from the left, powers too.
    fn level(&mut self, level: usize) -> Result<Expression, NotComputed> {
        let Some(operators) = LEVELS.get(level) else { return self.signed() };
        let mut left = self.level(level + 1)?;
        while let Some(found) = self.operator(operators) {
            self.n_operators += 1;
            if self.n_operators > MOST_OPERATORS {
                return Err(NotComputed::TooMuch);
            }
            let right = self.level(level + 1)?;
            left = Expression::Binary(found, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operator(&mut self, among: &[(&str, Operator)]) -> Option<Operator> {
        let Kind::Operator(said) = self.words.get(self.at)?.kind else { return None };
        let found = among.iter().find(|it| it.0 == said)?.1;
        self.at += 1;
        Some(found)
    }

    /// A sign binds closer than any operator between two values: `-2^2` is 4.
    fn signed(&mut self) -> Result<Expression, NotComputed> {
        let mut n_minus = 0_usize;
        while let Some(Kind::Operator(sign @ ("-" | "+"))) = self.words.get(self.at).map(|it| &it.kind) {
            n_minus += usize::from(*sign == "-");
            self.at += 1;
        }
        let mut found = self.operand()?;
        while self.words.get(self.at).is_some_and(|it| it.kind == Kind::Operator("%")) {
            found = Expression::Hundredth(Box::new(found));
            self.at += 1;
        }
        // Two signs are no sign, but make a number of a text.
        (0..n_minus.min(2 - n_minus % 2)).for_each(|_| {
            found = Expression::Negated(Box::new(std::mem::replace(&mut found, Expression::Missing)));
        });
        Ok(found)
    }

    fn operand(&mut self) -> Result<Expression, NotComputed> {
        let Some(word) = self.words.get(self.at) else { return Err(NotComputed::Syntax) };
        let kind = word.kind.clone();
        self.at += 1;
        match kind {
            Kind::Number(it) => Ok(Expression::Number(it)),
            Kind::Text(it) => Ok(Expression::Text(it)),
            Kind::Error(it) => Ok(Expression::Error(it)),
            Kind::Reference(it) => area(&it).map(Expression::Area),
            Kind::Name(None, it) if it.eq_ignore_ascii_case("true") => Ok(Expression::Boolean(true)),
            Kind::Name(None, it) if it.eq_ignore_ascii_case("false") => Ok(Expression::Boolean(false)),
            Kind::Name(sheet, it) => Ok(Expression::Name(named(sheet.as_ref())?, it)),
            Kind::Function(name) => self.call(name),
            Kind::Open => {
                let found = self.comparison()?;
                self.take(&Kind::Close)?;
                Ok(found)
            }
            Kind::Close | Kind::Comma | Kind::Operator(_) | Kind::Blank | Kind::Other => {
                Err(NotComputed::Syntax)
            }
        }
    }

    fn call(&mut self, name: String) -> Result<Expression, NotComputed> {
        self.take(&Kind::Open)?;
        let mut arguments = Vec::new();
        if self.take(&Kind::Close).is_ok() {
            return Ok(Expression::Call(name, arguments));
        }
        loop {
            let is_missing = |it: &Token| matches!(it.kind, Kind::Comma | Kind::Close);
            let argument = match self.words.get(self.at) {
                Some(it) if is_missing(it) => Expression::Missing,
                _ => self.comparison()?,
            };
            arguments.push(argument);
            if self.take(&Kind::Comma).is_err() {
                self.take(&Kind::Close)?;
                return Ok(Expression::Call(name, arguments));
            }
        }
    }

    fn take(&mut self, kind: &Kind) -> Result<(), NotComputed> {
        if self.words.get(self.at).is_some_and(|it| it.kind == *kind) {
            self.at += 1;
            return Ok(());
        }
        Err(NotComputed::Syntax)
    }
}

fn named(sheet: Option<&Sheet>) -> Result<Option<String>, NotComputed> {
    match sheet {
        None => Ok(None),
        Some(Sheet::Named(name)) => Ok(Some(name.clone())),
        Some(Sheet::Span(..)) => Err(NotComputed::Syntax),
        Some(Sheet::Outside) => Err(NotComputed::Outside),
    }
}

fn area(reference: &Reference) -> Result<Area, NotComputed> {
    let sheet = named(reference.sheet.as_ref())?;
    let is_fixed = reference.corners().all(|it| it.row.iter().chain(&it.col).all(|part| part.is_fixed));
    Ok(Area { sheet, corners: reference.area(), is_fixed })
}
