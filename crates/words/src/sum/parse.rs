//! Reading a sum, character by character: what it is about decides whether `14` is a number or the name of a line.

use std::sync::Arc;

use finding::Origin;
use value::Amount;

use super::{About, Name, Operator, Term};

/// How deep brackets and signs may nest.
const N_LEVELS: usize = 50;
/// How many figures and numbers a sum may have.
const N_PARTS: usize = 1_000;

/// The offset of what is wrong, and what it is.
type Fault = (usize, String);

/// Reads a sum; `place` gives the origin of an offset.
pub(super) fn parse(source: &str, about: About, place: impl Fn(usize) -> Origin) -> Result<Term, Fault> {
    let mut parser = Parser { source, at: 0, about, place: &place, n_levels: 0, n_parts: 0, n_names: 0 };
    let term = parser.sum()?;
    match parser.peek() {
        None => Ok(term),
        Some(it) => Err((parser.at, format!("此处不应有“{it}”"))),
    }
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    about: About,
    place: &'a dyn Fn(usize) -> Origin,
    n_levels: usize,
    n_parts: usize,
    n_names: usize,
}

impl<'a> Parser<'a> {
    fn sum(&mut self) -> Result<Term, Fault> {
        self.chain(&[('+', Operator::Plus), ('-', Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Result<Term, Fault> {
        self.chain(&[('*', Operator::Times), ('/', Operator::Over)], Self::factor)
    }

    fn chain(
        &mut self,
        operators: &[(char, Operator)],
        part: fn(&mut Self) -> Result<Term, Fault>,
    ) -> Result<Term, Fault> {
        let mut left = part(self)?;
        while let Some((_, operator)) =
            self.peek().and_then(|it| operators.iter().find(|own| own.0 == plain(it)))
        {
            self.step();
            left = Term::Pair(Box::new((left, *operator, part(self)?)));
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Term, Fault> {
        match self.peek().map(plain) {
            Some('(') => self.deeper(|own| {
                let inner = own.sum()?;
                match own.peek() {
                    Some(')') => own.step(),
                    _ => return Err((own.at, "括号不成对".to_owned())),
                }
                Ok(inner)
            }),
            Some('-') => self.deeper(|own| {
                Ok(Term::Pair(Box::new((Term::Number(Amount::ZERO), Operator::Minus, own.factor()?))))
            }),
            Some(_) => self.part(),
            None => Err((self.at, "算式不完整".to_owned())),
        }
    }

    /// Steps over a character and reads what it opens.
    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<Term, Fault>) -> Result<Term, Fault> {
        if self.n_levels == N_LEVELS {
            return Err((self.at, "括号层数过多".to_owned()));
        }
        self.n_levels += 1;
        self.step();
        let term = read(self)?;
        self.n_levels -= 1;
        Ok(term)
    }

    /// A number or a name.
    fn part(&mut self) -> Result<Term, Fault> {
        if self.n_parts == N_PARTS {
            return Err((self.at, "算式过长".to_owned()));
        }
        self.n_parts += 1;
        let start = self.at;
        let word = self.word();
        if self.about != About::Lines && word.starts_with(|it: char| it.is_ascii_digit()) {
            let number = word.parse().map(Term::Number);
            return number.map_err(|_| (start, format!("“{word}”不是数字，或者位数过多")));
        }
        self.name(start, word)
    }

    /// A name whose first word has been read: `t1['14'].total`.
    fn name(&mut self, start: usize, word: &str) -> Result<Term, Fault> {
        if word.is_empty() {
            return Err((start, "此处不是数字或名称".to_owned()));
        }
        let mut path = Vec::new();
        let mut last = self.parts(start, word, &mut path)?;
        while self.next() == Some('[') {
            let (at, key) = self.subscript()?;
            (last, path) = (at, [path, vec![key]].concat());
            if self.next() == Some('.') {
                self.step();
                let at = self.at;
                let word = self.word();
                last = self.parts(at, word, &mut path)?;
            }
        }
        let index = self.n_names;
        self.n_names += 1;
        Ok(Term::Name(Name { path, origin: (self.place)(start), last: (self.place)(last), index }))
    }

    /// Takes a word apart at its points; gives where the last part begins.
    fn parts(&self, start: usize, word: &str, path: &mut Vec<Arc<str>>) -> Result<usize, Fault> {
        let mut at = start;
        for (idx, part) in word.split('.').enumerate() {
            at += usize::from(idx > 0);
            if part.is_empty() {
                return Err((at, "名称不完整".to_owned()));
            }
            path.push(part.into());
            at += part.len();
        }
        Ok(at - path.last().map_or(0, |it| it.len()))
    }

    /// `['14']` or `[14]`, with the place of the bracket.
    fn subscript(&mut self) -> Result<(usize, Arc<str>), Fault> {
        let bracket = self.at;
        self.step();
        let inside = &self.source[self.at..];
        let fault = || (bracket + 1, "方括号里应为加引号的名称".to_owned());
        let (key, rest) = match inside.chars().next() {
            Some(quote @ ('\'' | '"')) => inside[1..].split_once(quote).ok_or_else(fault)?,
            _ => inside.split_at(inside.find(|it: char| !it.is_ascii_digit()).unwrap_or(inside.len())),
        };
        let rest = rest.strip_prefix(']').filter(|_| !key.is_empty()).ok_or_else(fault)?;
        self.at = self.source.len() - rest.len();
        Ok((bracket, key.into()))
    }

    /// What stands here up to a blank, a sign or a bracket.
    fn word(&mut self) -> &'a str {
        let rest = &self.source[self.at..];
        let ends = |it: char| it.is_whitespace() || "+-*/()[]'\"=<>!|,;~".contains(plain(it));
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// The next character that is no white space, and the position moved to it.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.source[self.at..];
        self.at = self.source.len() - rest.trim_start().len();
        self.next()
    }

    fn next(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn step(&mut self) {
        self.at += self.next().map_or(0, char::len_utf8);
    }
}

/// A sign as it is on every keyboard.
fn plain(sign: char) -> char {
    match sign {
        '＋' => '+',
        '－' | '−' => '-',
        '×' => '*',
        '÷' => '/',
        other => other,
    }
}
