//! Checks expressions and templates against the schemas before there are any data.
//!
//! It walks minijinja's syntax tree (pinned, `unstable_machinery`), gives every part a [`Type`] and
//! reports every fault, each at its own place. A part whose type a reported fault left unknown is
//! `None` and causes no further finding.

mod statements;
mod infer;
mod operators;
mod calls;
mod names;
mod fits;
mod suggest;

pub use statements::loop_names;

use std::collections::BTreeMap;

use minijinja::Error;
use minijinja::machinery::ast::Expr;
use minijinja::machinery::{parse, parse_expr};

use super::environment;
use super::types::{Scope, Type};
use finding::{Finding, Origin, Place, Report, Reported, codes};

/// The checker of one expression or template.
pub(super) struct Checker<'a> {
    source: &'a str,
    origin: Origin,
    scope: &'a dyn Scope,
    report: &'a mut Report,
    /// Variables of `for` and `set`, innermost frame last.
    locals: Vec<BTreeMap<String, Option<Type>>>,
    reported: Option<Reported>,
}

impl<'a> Checker<'a> {
    /// A checker for a text whose first character stands at `origin`.
    pub(super) fn new(source: &'a str, origin: Origin, scope: &'a dyn Scope, report: &'a mut Report) -> Self {
        Self { source, origin, scope, report, locals: Vec::new(), reported: None }
    }

    /// Checks the text as an expression and gives its type.
    pub(super) fn expression(&mut self) -> Result<Type, Reported> {
        let parsed = parse_expr(self.source).map_err(|error| self.syntax(&error))?;
        let given = self.infer(&parsed);
        self.reported.map_or(Ok(given.unwrap_or(Type::Any)), Err)
    }

    /// Checks the text as a template.
    pub(super) fn template(&mut self) -> Result<(), Reported> {
        let parsed = parse(self.source, "", environment::syntax()).map_err(|error| self.syntax(&error))?;
        self.locals.push(BTreeMap::new());
        self.statement(&parsed);
        self.reported.map_or(Ok(()), Err)
    }

    /// Checks that the expression, whose type is known by now, is a condition.
    pub(super) fn is_condition(&mut self, given: &Type) -> Result<(), Reported> {
        self.truth(0, Some(given));
        self.reported.map_or(Ok(()), Err)
    }

    /// Reports that the text cannot be parsed.
    pub(super) fn syntax(&mut self, error: &Error) -> Reported {
        let offset = error.range().map_or(0, |it| it.start);
        let hint =
            suggest::syntax_hint(self.source).unwrap_or("请检查括号、引号是否成对，运算符两边是否都有内容");
        let detail = error.detail().unwrap_or("syntax error");
        let finding = Finding::new(&codes::EXPRESSION_SYNTAX, format!("无法解析：{detail}")).hint(hint);
        self.fault(offset, finding);
        self.reported.unwrap_or_else(|| self.report.error(Finding::new(&codes::EXPRESSION_SYNTAX, detail)))
    }

    /// Reports a fault at a byte offset of the text.
    fn fault(&mut self, offset: usize, finding: Finding) {
        let place = self.place(offset);
        self.reported = Some(self.report.error(finding.at(place)));
    }

    fn place(&self, offset: usize) -> Origin {
        place(self.source, self.origin, offset)
    }

    /// The text of a part, for messages.
    fn text_of(&self, part: &Expr<'_>) -> &'a str {
        let (start, end) = (start(part), end(part));
        self.source.get(start..end.max(start)).unwrap_or_default().trim()
    }
}

/// The place of a byte offset of a text that begins at `origin`. Lines of a block scalar are indented alike, so the
/// column of its first character is where each of them begins; lines folded by YAML all count as the first.
pub(super) fn place(source: &str, origin: Origin, offset: usize) -> Origin {
    let Place::Text { line, column } = origin.place else { return origin };
    let before = source.get(..offset).unwrap_or(source);
    let lines = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let columns = before[start..].chars().count();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Origin::text(origin.file, line + number(lines), column + number(columns))
}

/// Where a part begins. Several of the parser's spans begin at an earlier token or at an operator.
pub(super) fn start(part: &Expr<'_>) -> usize {
    let span = match part {
        Expr::BinOp(it) => return start(&it.left),
        Expr::Compare(it) => return start(&it.expr),
        Expr::IfExpr(it) => return start(&it.true_expr),
        Expr::Filter(it) => return it.expr.as_ref().map_or(it.span().start_offset as usize, start),
        Expr::Test(it) => return start(&it.expr),
        Expr::GetAttr(it) => return start(&it.expr),
        Expr::GetItem(it) => return start(&it.expr),
        Expr::Slice(it) => return start(&it.expr),
        Expr::Call(it) => return start(&it.expr),
        Expr::UnaryOp(it) => return start(&it.expr),
        Expr::Var(it) => it.span(),
        Expr::Const(it) => it.span(),
        Expr::List(it) => it.span(),
        Expr::Tuple(it) => it.span(),
        Expr::Map(it) => it.span(),
    };
    span.start_offset as usize
}

/// Where a part ends.
pub(super) fn end(part: &Expr<'_>) -> usize {
    let span = match part {
        Expr::BinOp(it) => return end(&it.right),
        Expr::UnaryOp(it) => return end(&it.expr),
        Expr::Var(it) => it.span(),
        Expr::Const(it) => it.span(),
        Expr::Slice(it) => it.span(),
        Expr::Compare(it) => it.span(),
        Expr::IfExpr(it) => it.span(),
        Expr::Filter(it) => it.span(),
        Expr::Test(it) => it.span(),
        Expr::GetAttr(it) => it.span(),
        Expr::GetItem(it) => it.span(),
        Expr::Call(it) => it.span(),
        Expr::List(it) => it.span(),
        Expr::Tuple(it) => it.span(),
        Expr::Map(it) => it.span(),
    };
    span.end_offset as usize
}
