//! Templates: text, values, `for`, `if`, `set` and `with`.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::machinery::ast::{self, Expr, Stmt};

use super::{Checker, start};
use crate::types::Type;

impl Checker<'_> {
    /// Checks a statement.
    pub(super) fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(it) => self.statements(&it.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(it) => self.printed(&it.expr),
            Stmt::ForLoop(it) => self.for_loop(it),
            Stmt::IfCond(it) => {
                self.condition(&it.expr);
                self.statements(&it.true_body);
                self.statements(&it.false_body);
            }
            Stmt::Set(it) => self.assign(&it.target, &it.expr),
            Stmt::WithBlock(it) => {
                self.locals.push(BTreeMap::new());
                for (target, value) in &it.assignments {
                    self.assign(target, value);
                }
                self.statements(&it.body);
                self.locals.pop();
            }
            other => self.unoffered(other),
        }
    }

    fn statements(&mut self, body: &[Stmt<'_>]) {
        for statement in body {
            self.statement(statement);
        }
    }

    fn printed(&mut self, part: &Expr<'_>) {
        let hint = match self.infer(part) {
            Some(Type::List(_)) => "请用 |join_cn 连接，或用 for 逐项输出",
            Some(Type::Record(_)) => "请写明输出它的哪个字段",
            Some(Type::Picture) => "图片请在表单的 data 中单列一项，由版式放置",
            Some(Type::Names(_)) => "请写明其中的名称",
            _ => return,
        };
        let message = format!("“{}”不能直接输出", self.text_of(part));
        self.misfit(start(part), message, hint);
    }

    fn condition(&mut self, part: &Expr<'_>) {
        let given = self.infer(part);
        self.truth(start(part), given.as_ref());
    }

    fn for_loop(&mut self, part: &ast::ForLoop<'_>) {
        let item = match self.infer(&part.iter) {
            Some(Type::List(item)) => Some(*item),
            Some(other) => {
                self.misfit(start(&part.iter), format!("{}不能逐项取出", other.title()), "for 的后面应为列表")
            }
            None => None,
        };
        self.locals.push(BTreeMap::new());
        self.declare(&part.target, item);
        if let Some(filter) = &part.filter_expr {
            self.condition(filter);
        }
        self.define("loop", Some(loop_names()));
        self.statements(&part.body);
        self.locals.pop();
        self.statements(&part.else_body);
    }

    fn assign(&mut self, target: &Expr<'_>, value: &Expr<'_>) {
        let given = self.infer(value);
        self.declare(target, given);
    }

    fn declare(&mut self, target: &Expr<'_>, given: Option<Type>) {
        match target {
            Expr::Var(it) => self.define(it.id, given),
            _ => {
                self.refuse(start(target), "这里只能写一个变量名");
            }
        }
    }

    fn define(&mut self, name: &str, given: Option<Type>) {
        if let Some(frame) = self.locals.last_mut() {
            frame.insert(name.to_owned(), given);
        }
    }

    fn unoffered(&mut self, statement: &Stmt<'_>) {
        let (span, name) = match statement {
            Stmt::SetBlock(it) => (it.span(), "set 块"),
            Stmt::AutoEscape(it) => (it.span(), "autoescape"),
            Stmt::FilterBlock(it) => (it.span(), "filter 块"),
            Stmt::Block(it) => (it.span(), "block"),
            Stmt::Import(it) => (it.span(), "import"),
            Stmt::FromImport(it) => (it.span(), "from … import"),
            Stmt::Extends(it) => (it.span(), "extends"),
            Stmt::Include(it) => (it.span(), "include"),
            Stmt::Macro(it) => (it.span(), "macro"),
            Stmt::CallBlock(it) => (it.span(), "call"),
            Stmt::Do(it) => (it.span(), "do"),
            _ => return,
        };
        self.refuse(span.start_offset as usize, &format!("文字模板中不用 {name}"));
    }
}

/// What is known of `loop`.
pub fn loop_names() -> Type {
    let number =
        ["index", "index0", "revindex", "revindex0", "length"].map(|it| (Arc::from(it), Type::Number));
    let answer = ["first", "last"].map(|it| (Arc::from(it), Type::YesNo));
    Type::Names(Arc::new(number.into_iter().chain(answer).collect()))
}

#[cfg(test)]
mod tests {
    use crate::example::template_faults;

    #[test]
    fn variables_of_loops_and_assignments_have_types() {
        let good = "{% set n = branch.total %}{% for m in branch.members %}{{ loop.index }}{{ m.name }}{{ n + 1 }}{% endfor %}";
        assert_eq!(template_faults(good), Vec::<String>::new());
        let bad = "{% for m in branch.members %}{{ m.nmae }}{% endfor %}{{ m.name }}";
        assert_eq!(
            template_faults(bad),
            [
                "unknown-field 10:39 是否应为“name”？",
                "unknown-name 10:61 可用的有：as_of、branch、cycle、facts"
            ]
        );
        assert_eq!(template_faults("{{ loop.index }}")[0].split(' ').next(), Some("unknown-name"));
        assert!(
            template_faults("{% for c in branch.name %}{% endfor %}")[0]
                .starts_with("expression-types 10:17")
        );
    }

    #[test]
    fn conditions_and_values_in_texts_are_checked() {
        assert!(
            template_faults("{% if branch.members %}{% endif %}")[0].starts_with("expression-types 10:11")
        );
        assert!(
            template_faults("{% for m in branch.members if m.name %}{% endfor %}")[0]
                .starts_with("expression-types")
        );
        assert!(template_faults("{{ branch.members }}")[0].contains("join_cn"));
        assert!(template_faults("{{ branch }}")[0].contains("哪个字段"));
        assert!(template_faults("第一行\n第二行{{ branch.nmae }}")[0].starts_with("unknown-field 11:18"));
    }

    #[test]
    fn constructs_that_are_not_offered_are_refused() {
        for source in [
            "{% include 'a' %}",
            "{% import 'a' as b %}",
            "{% extends 'a' %}",
            "{% macro a() %}{% endmacro %}",
            "{% block a %}{% endblock %}",
            "{% filter trim %}{% endfilter %}",
            "{% autoescape true %}{% endautoescape %}",
            "{% set a %}{% endset %}",
            "{% for a, b in branch.members %}{% endfor %}",
        ] {
            assert!(template_faults(source)[0].starts_with("expression-syntax 10:"), "{source}");
        }
    }
}
