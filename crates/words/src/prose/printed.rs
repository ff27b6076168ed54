//! What a template prints: its wording, the expressions that print facts, and those that count by themselves.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use minijinja::machinery::ast::{self, BinOpKind, CallArg, Expr, Stmt};
use minijinja::machinery::{parse, parse_expr};
use minijinja::value::ValueKind;

use crate::check::{end, start};
use crate::environment::syntax;
use crate::expression::Expression;

/// The name under which expressions find the facts.
const FACTS: &str = "facts";
/// Filters that make a number of something else.
const COUNTING_FILTERS: [&str; 2] = ["length", "characters"];
/// Functions that make a number; of facts they may.
const COMPUTING: [&str; 9] = [
    "total",
    "ratio",
    "plus_amount",
    "minus_amount",
    "amount",
    "days",
    "weekdays",
    "years_between",
    "months_between",
];

/// An expression that prints facts.
#[derive(Debug)]
pub(super) struct Site {
    /// Where it stands in the source, in bytes.
    pub(super) expression: Range<usize>,
    /// The facts.
    pub(super) facts: Arc<[Arc<str>]>,
    /// The number that it prints, where a filter makes a text of it.
    pub(super) number: Option<Number>,
}

/// What stands before the filter that writes an amount.
#[derive(Debug)]
pub(super) struct Number {
    /// Where it begins in the source, in bytes.
    pub(super) from: usize,
    /// Where it ends.
    pub(super) to: usize,
    /// The places that are printed.
    pub(super) places: u32,
}

/// A piece of what the template itself says.
#[derive(Debug)]
pub(super) struct Wording {
    pub(super) text: String,
    /// Where it stands in the source, in bytes.
    pub(super) offset: usize,
    /// Whether the source has the same characters there; a constant stands in quotes.
    pub(super) is_exact: bool,
}

/// What a template prints.
#[derive(Debug, Default)]
pub(super) struct Printing {
    pub(super) sites: Vec<Site>,
    pub(super) wording: Vec<Wording>,
    /// What counts by itself, with its place in the source.
    pub(super) counted: Vec<(usize, String)>,
    /// Spaces in the wording that separate nothing, as places in the source.
    pub(super) gaps: Vec<Range<usize>>,
}

/// The facts that an expression gives, and what in it counts by itself.
pub fn facts_of(expression: &Expression) -> (Arc<[Arc<str>]>, Vec<String>) {
    let Ok(parsed) = parse_expr(expression.source()) else { return (Arc::new([]), Vec::new()) };
    let mut walk = Walk::new(expression.source());
    let facts = walk.value(&parsed);
    (facts.into(), walk.printing.counted.into_iter().map(|it| it.1).collect())
}

/// The number that `… | amount(places)` prints.
fn number(printed: &Expr<'_>) -> Option<Number> {
    let Expr::Filter(filter) = printed else { return None };
    let inner = filter.expr.as_ref().filter(|_| filter.name == "amount")?;
    let places = match arguments(&filter.args).next() {
        None => 2,
        Some(Expr::Const(it)) => u32::try_from(it.value.as_i64()?).ok()?,
        Some(_) => return None,
    };
    Some(Number { from: start(inner), to: end(inner), places })
}

impl Printing {
    /// What a template prints; nothing of one that cannot be parsed, which has been reported.
    pub(super) fn of(source: &str) -> Self {
        let Ok(parsed) = parse(source, "", syntax()) else { return Self::default() };
        let mut walk = Walk::new(source);
        walk.statement(&parsed);
        walk.printing
    }
}

struct Walk<'s> {
    source: &'s str,
    printing: Printing,
    /// What stands behind the names that the template has set.
    locals: BTreeMap<String, Local>,
}

/// What a name that the template has set gives where it is printed.
struct Local {
    facts: Vec<Arc<str>>,
    /// What in it counts by itself.
    counted: Vec<String>,
}

impl<'s> Walk<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, printing: Printing::default(), locals: BTreeMap::new() }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(it) => self.all(&it.children),
            Stmt::EmitRaw(it) => self.raw(it.raw, it.span().start_offset as usize),
            Stmt::EmitExpr(it) => {
                let facts = self.value(&it.expr);
                if !facts.is_empty() {
                    let expression = start(&it.expr)..end(&it.expr);
                    self.printing.sites.push(Site {
                        expression,
                        facts: facts.into(),
                        number: number(&it.expr),
                    });
                }
            }
            Stmt::ForLoop(it) => {
                self.all(&it.body);
                self.all(&it.else_body);
            }
            Stmt::IfCond(it) => {
                self.all(&it.true_body);
                self.all(&it.false_body);
            }
            Stmt::Set(it) => self.assign(&it.target, &it.expr),
            Stmt::WithBlock(it) => {
                it.assignments.iter().for_each(|(target, value)| self.assign(target, value));
                self.all(&it.body);
            }
            _ => {}
        }
    }

    fn all(&mut self, statements: &[Stmt<'_>]) {
        statements.iter().for_each(|it| self.statement(it));
    }

    fn assign(&mut self, target: &Expr<'_>, value: &Expr<'_>) {
        // Whether it is printed, or only asked about, shows where the name is used.
        let n_counted = self.printing.counted.len();
        let facts = self.value(value);
        let counted = self.printing.counted.drain(n_counted..).map(|it| it.1).collect();
        if let Expr::Var(name) = target {
            self.locals.insert(name.id.to_owned(), Local { facts, counted });
        }
    }

    /// The facts that an expression gives; constants in it are wording.
    fn value(&mut self, part: &Expr<'_>) -> Vec<Arc<str>> {
        match part {
            Expr::Const(it) => {
                self.constant(it, start(part));
                Vec::new()
            }
            Expr::Var(it) => {
                let Some(local) = self.locals.get(it.id) else { return Vec::new() };
                let at = start(part);
                self.printing.counted.extend(local.counted.iter().map(|it| (at, it.clone())));
                local.facts.clone()
            }
            Expr::GetAttr(it) => match &it.expr {
                Expr::Var(name) if name.id == FACTS => vec![it.name.into()],
                _ => Vec::new(),
            },
            Expr::IfExpr(it) => {
                let mut facts = self.value(&it.true_expr);
                facts.extend(it.false_expr.iter().flat_map(|it| self.value(it)));
                unique(facts)
            }
            Expr::BinOp(it) => self.pair(it),
            Expr::UnaryOp(it) => self.value(&it.expr),
            Expr::Filter(it) => self.filter(it, start(part)),
            Expr::Call(it) => self.call(it, start(part)),
            _ => Vec::new(),
        }
    }

    fn pair(&mut self, pair: &ast::BinOp<'_>) -> Vec<Arc<str>> {
        let is_sum = !matches!(pair.op, BinOpKind::Concat);
        let sides = [&pair.left, &pair.right];
        // 2024 + 1: a number beside something that may be printed is no figure of its own.
        let is_number =
            |it: &&Expr<'_>| matches!(it, Expr::Const(it) if it.value.kind() == ValueKind::Number);
        let counts = sides.into_iter().filter(|it| !(is_sum && is_number(it)));
        let facts: Vec<_> = counts.flat_map(|it| self.value(it)).collect();
        unique(facts)
    }

    fn filter(&mut self, filter: &ast::Filter<'_>, at: usize) -> Vec<Arc<str>> {
        if COUNTING_FILTERS.contains(&filter.name) {
            self.printing.counted.push((at, filter.name.to_owned()));
            return Vec::new();
        }
        let mut facts = filter.expr.as_ref().map(|it| self.value(it)).unwrap_or_default();
        if filter.name == "default" {
            facts.extend(arguments(&filter.args).flat_map(|it| self.value(it)));
        }
        unique(facts)
    }

    fn call(&mut self, call: &ast::Call<'_>, at: usize) -> Vec<Arc<str>> {
        let Expr::Var(name) = &call.expr else { return Vec::new() };
        if !COMPUTING.contains(&name.id) {
            return Vec::new();
        }
        let n_counted = self.printing.counted.len();
        let inner = arguments(&call.args).filter(|it| !matches!(it, Expr::Const(_)));
        let facts: Vec<_> = inner.flat_map(|it| self.value(it)).collect();
        if facts.is_empty() {
            // One fault for the whole.
            self.printing.counted.truncate(n_counted);
            self.printing.counted.push((at, name.id.to_owned()));
        }
        unique(facts)
    }

    fn constant(&mut self, constant: &ast::Const, at: usize) {
        match constant.value.as_str() {
            Some(text) => {
                self.printing.wording.push(Wording { text: text.to_owned(), offset: at, is_exact: false });
            }
            None if constant.value.kind() == ValueKind::Number => {
                self.printing.counted.push((at, constant.value.to_string()));
            }
            None => {}
        }
    }

    fn raw(&mut self, raw: &str, near: usize) {
        // The parser's span may begin at white space that was taken off.
        let Some(offset) = self.source.get(near..).and_then(|it| it.find(raw)).map(|it| near + it) else {
            return;
        };
        self.printing.wording.push(Wording { text: raw.to_owned(), offset, is_exact: true });
        self.gaps(offset, raw.len());
    }

    /// White space in the wording between Chinese characters, or between one and a brace.
    fn gaps(&mut self, offset: usize, length: usize) {
        let is_gap = |it: char| matches!(it, ' ' | '\n' | '\r' | '\t');
        let raw = &self.source[offset..offset + length];
        let mut at = 0;
        while let Some(from) = raw[at..].find(is_gap).map(|it| at + it) {
            let to = raw[from..].find(|it| !is_gap(it)).map_or(length, |it| from + it);
            let before = self.source[..offset + from].chars().next_back();
            let behind = self.source[offset + to..].chars().next();
            if [before, behind].into_iter().all(|it| it.is_none_or(is_dense)) {
                self.printing.gaps.push(offset + from..offset + to);
            }
            at = to;
        }
    }
}

/// Whether a character needs no space beside it: a Chinese one, or a brace of a template.
fn is_dense(c: char) -> bool {
    matches!(c, '{' | '}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '—' | '…')
        && c != '\u{3000}'
}

fn arguments<'e>(arguments: &'e [CallArg<'e>]) -> impl Iterator<Item = &'e Expr<'e>> {
    arguments.iter().map(|it| match it {
        CallArg::Pos(it) | CallArg::Kwarg(_, it) | CallArg::PosSplat(it) | CallArg::KwargSplat(it) => it,
    })
}

fn unique(facts: Vec<Arc<str>>) -> Vec<Arc<str>> {
    let mut kept: Vec<Arc<str>> = Vec::new();
    facts.into_iter().for_each(|it| {
        if !kept.contains(&it) {
            kept.push(it);
        }
    });
    kept
}
