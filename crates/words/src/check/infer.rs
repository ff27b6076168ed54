//! The type of each part of an expression.

use std::sync::Arc;

use minijinja::machinery::ast::{self, Expr, UnaryOpKind};
use minijinja::value::ValueKind;

use super::suggest::suggest;
use super::{Checker, end, start};
use crate::types::Type;
use finding::{Finding, codes};

impl Checker<'_> {
    /// The type of a part; `None` after a fault that leaves it unknown.
    pub(super) fn infer(&mut self, part: &Expr<'_>) -> Option<Type> {
        match part {
            Expr::Var(it) => self.variable(it.id, start(part)),
            Expr::Const(it) => self.constant(it, start(part)),
            Expr::UnaryOp(it) => self.unary(it),
            Expr::BinOp(it) => self.binary(it),
            Expr::Compare(it) => self.chain(it),
            Expr::IfExpr(it) => self.choice_of_two(it),
            Expr::Filter(it) => self.filter(it),
            Expr::Test(it) => self.test(it),
            Expr::GetAttr(it) => {
                let owner = self.infer(&it.expr)?;
                self.field(&owner, it.name, end(part).saturating_sub(it.name.len()))
            }
            Expr::GetItem(it) => self.item(it),
            Expr::Slice(it) => self.slice(it),
            Expr::Call(it) => self.call(it),
            Expr::List(it) => self.list(&it.items),
            Expr::Tuple(it) => self.list(&it.items),
            Expr::Map(_) => self.refuse(start(part), "不用 {键: 值} 写法"),
        }
    }

    /// The type of a field of a record, or of a name in a namespace.
    pub(super) fn field(&mut self, owner: &Type, name: &str, at: usize) -> Option<Type> {
        let (found, finding, known) = match owner {
            Type::Any => return Some(Type::Any),
            Type::Record(table) => (
                self.scope.field(table, name),
                Finding::new(&codes::UNKNOWN_FIELD, format!("数据表“{table}”没有字段“{name}”")),
                self.scope.fields(table),
            ),
            Type::Names(names) => (
                names.get(name).cloned(),
                Finding::new(&codes::UNKNOWN_NAME, format!("没有名称“{name}”")),
                names.keys().cloned().collect(),
            ),
            _ => {
                self.no_fields(owner, name, at);
                return None;
            }
        };
        if found.is_none() {
            self.fault(at, finding.hint(suggest(name, &known)));
        }
        found
    }

    /// The type that a dotted path of fields leads to.
    pub(super) fn path(&mut self, owner: &Type, path: &str, at: usize) -> Option<Type> {
        let mut at = at;
        path.split('.').try_fold(owner.clone(), |owner, name| {
            let found = self.field(&owner, name, at);
            at += name.len() + 1;
            found
        })
    }

    /// Reports a construct that is not offered.
    pub(super) fn refuse(&mut self, at: usize, what: &str) -> Option<Type> {
        let finding =
            Finding::new(&codes::EXPRESSION_SYNTAX, what).hint("请改用已提供的函数、过滤器或 for、if、set");
        self.fault(at, finding);
        None
    }

    /// Reports types that do not fit.
    pub(super) fn misfit(&mut self, at: usize, message: String, hint: &str) -> Option<Type> {
        self.fault(at, Finding::new(&codes::EXPRESSION_TYPES, message).hint(hint));
        None
    }

    /// Whether a name stands for a variable here.
    pub(super) fn is_variable(&self, name: &str) -> bool {
        self.locals.iter().any(|frame| frame.contains_key(name)) || self.scope.variable(name).is_some()
    }

    fn variable(&mut self, name: &str, at: usize) -> Option<Type> {
        if let Some(local) = self.locals.iter().rev().find_map(|frame| frame.get(name)) {
            return local.clone();
        }
        let found = self.scope.variable(name);
        if found.is_none() {
            let mut known = self.scope.variables();
            known.extend(self.locals.iter().flat_map(|frame| frame.keys()).map(|it| Arc::from(it.as_str())));
            let finding = Finding::new(&codes::UNKNOWN_NAME, format!("没有变量“{name}”"));
            self.fault(at, finding.hint(suggest(name, &known)));
        }
        found
    }

    fn constant(&mut self, constant: &ast::Const, at: usize) -> Option<Type> {
        match constant.value.kind() {
            ValueKind::String => Some(Type::Text),
            ValueKind::Bool => Some(Type::YesNo),
            ValueKind::Number if constant.value.is_integer() => Some(Type::Number),
            ValueKind::Number => self.misfit(
                at,
                format!("小数“{}”不能直接写", constant.value),
                "请写作 amount('…')，如 amount('0.5')",
            ),
            _ => self.misfit(at, "不用 none".to_owned(), "判断是否填写请用 is defined 或 is undefined"),
        }
    }

    fn unary(&mut self, unary: &ast::UnaryOp<'_>) -> Option<Type> {
        let given = self.infer(&unary.expr);
        match unary.op {
            UnaryOpKind::Not => {
                self.truth(start(&unary.expr), given.as_ref());
                Some(Type::YesNo)
            }
            UnaryOpKind::Neg if given? == Type::Number && matches!(unary.expr, Expr::Const(_)) => {
                Some(Type::Number)
            }
            UnaryOpKind::Neg => self.misfit(
                start(&unary.expr),
                "负号只用于数字".to_owned(),
                "请写作 0 - 值；小数用 minus_amount(0, 值)",
            ),
        }
    }

    fn choice_of_two(&mut self, part: &ast::Spanned<ast::IfExpr<'_>>) -> Option<Type> {
        let condition = self.infer(&part.test_expr);
        self.truth(start(&part.test_expr), condition.as_ref());
        let first = self.infer(&part.true_expr);
        let Some(otherwise) = &part.false_expr else {
            return self.misfit(
                start(&part.test_expr),
                "缺少 else".to_owned(),
                "请写全：甲 if 条件 else 乙；不要内容写 else ''",
            );
        };
        let (first, second) = (first?, self.infer(otherwise)?);
        let both = first.unify(&second);
        if both.is_none() {
            let message = format!("两种结果的类型不同：{}和{}", first.title(), second.title());
            return self.misfit(start(otherwise), message, "请使两种结果类型相同");
        }
        both
    }

    fn item(&mut self, part: &ast::Spanned<ast::GetItem<'_>>) -> Option<Type> {
        let owner = self.infer(&part.expr)?;
        let at = start(&part.subscript_expr);
        let Expr::Const(index) = &part.subscript_expr else {
            return self.refuse(at, "方括号中只能写固定的序号或字段名");
        };
        match (&owner, index.value.as_str()) {
            (Type::List(item), None) if index.value.is_integer() => Some((**item).clone()),
            (_, Some(name)) => self.field(&owner, name, at + 1),
            _ => self.misfit(at, format!("{}不能按序号取值", owner.title()), "只有列表可以按序号取值"),
        }
    }

    fn slice(&mut self, part: &ast::Spanned<ast::Slice<'_>>) -> Option<Type> {
        let owner = self.infer(&part.expr)?;
        let bounds = [&part.start, &part.stop, &part.step];
        let fixed = |it: &&Expr<'_>| matches!(it, Expr::Const(index) if index.value.is_integer());
        if let Some(bound) = bounds.into_iter().flatten().find(|it| !fixed(it)) {
            return self.refuse(start(bound), "截取的范围只能写固定的整数");
        }
        match owner {
            Type::List(_) => Some(owner),
            _ => self.misfit(start(&part.expr), format!("{}不能截取", owner.title()), "只有列表可以截取"),
        }
    }

    /// A list of literals. Others are refused: the machine's `in` passes over an undefined item.
    fn list(&mut self, items: &[Expr<'_>]) -> Option<Type> {
        let mut common = Type::Any;
        for item in items {
            if !is_literal(item) {
                return self.refuse(start(item), "方括号中只能写固定的值");
            }
            let given = self.infer(item)?;
            let Some(both) = common.unify(&given) else {
                let message = format!("列表中混有{}和{}", common.title(), given.title());
                return self.misfit(start(item), message, "请使各项类型相同");
            };
            common = both;
        }
        Some(common.list())
    }

    fn no_fields(&mut self, owner: &Type, name: &str, at: usize) {
        let hint = match (owner, name) {
            (Type::List(_), _) => {
                "列表请先用 for 逐项取出，或用 map(attribute='…')、selectattr('…')".to_owned()
            }
            (Type::Date, "year" | "month") => format!("请写作 {name}(日期)"),
            _ => "只有记录有字段".to_owned(),
        };
        self.misfit(at, format!("{}没有字段“{name}”", owner.title()), &hint);
    }
}

fn is_literal(part: &Expr<'_>) -> bool {
    match part {
        Expr::Const(_) => true,
        Expr::UnaryOp(it) => matches!((&it.op, &it.expr), (UnaryOpKind::Neg, Expr::Const(_))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::example::{compile, faults};
    use crate::types::Type;

    #[test]
    fn unknown_names_are_found_with_the_nearest_known_one() {
        assert_eq!(faults("brunch.total > 3"), ["unknown-name 10:5 是否应为“branch”？"]);
        assert_eq!(faults("branch.totl > 3"), ["unknown-field 10:12 是否应为“total”？"]);
        assert_eq!(faults("facts.member > 3"), ["unknown-name 10:11 是否应为“members”？"]);
        assert_eq!(faults("branch['totl'] > 3"), ["unknown-field 10:13 是否应为“total”？"]);
        let listed = "可用的有：elected、established、fund、kind、members、name、quota、stable、total";
        assert_eq!(faults("branch.zzzzzz > 3"), [format!("unknown-field 10:12 {listed}")]);
    }

    #[test]
    fn fields_are_followed_through_relations() {
        let given = |source: &str| compile(source).unwrap().1;
        assert_eq!(given("branch.members[0].branch.total"), Type::Number);
        assert_eq!(given("branch.members[:3]"), Type::Record("members".into()).list());
        assert_eq!(given("(branch.members|first).joined"), Type::Date);
        assert_eq!(given("branch.name if branch.stable else branch.kind"), Type::Text);
        assert!(faults("branch.members.name == '张三'")[0].contains("map(attribute='…')"));
        assert!(faults("as_of.year == 2024")[0].contains("year(日期)"));
    }

    #[test]
    fn constructs_with_silent_results_are_refused() {
        for (source, place) in [
            ("'甲' if branch.stable", "expression-types 10:12"),
            ("'甲' if branch.stable else 3", "expression-types 10:31"),
            ("branch.quota is none", "unknown-name 10:21"),
            ("branch.total in [branch.quota]", "expression-syntax 10:22"),
            ("branch.members[branch.total].name", "expression-syntax 10:20"),
            ("branch.members[:branch.quota]|length", "expression-syntax 10:21"),
            ("-branch.total > 3", "expression-types 10:6"),
            ("{'a': 1}", "expression-syntax 10:5"),
        ] {
            let found = faults(source);
            assert!(found.len() == 1 && found[0].starts_with(place), "{source}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_parsed_is_found_at_its_place_with_the_likely_remedy() {
        for (source, place, hint) in [
            ("branch.total = 3", "10:18", "判断相等请写 =="),
            ("branch.stable && branch.stable", "10:19", "and"),
            ("branch.name == “机械”", "10:20", "全角"),
            ("(branch.total > 3", "10:", "成对"),
        ] {
            let found = faults(source);
            assert!(found[0].starts_with(&format!("expression-syntax {place}")), "{source}: {found:?}");
            assert!(found.len() == 1 && found[0].contains(hint), "{source}: {found:?}");
        }
    }
}
