//! Operators: what may be compared, added and tested.

use minijinja::machinery::ast::{self, BinOpKind, CompareOpKind, Expr};

use super::suggest::suggest;
use super::{Checker, start};
use crate::types::Type;
use finding::{Finding, codes};

/// What a comparison asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// `==`, `!=`
    Equality,
    /// `<`, `<=`, `>`, `>=`
    Order,
    /// `in`, `not in`
    Membership,
}

/// One side of a comparison.
#[derive(Clone, Copy)]
pub(super) struct Side<'s> {
    /// Its type.
    pub(super) given: &'s Type,
    /// Its expression, where there is one: a literal is held against the choices.
    pub(super) part: Option<&'s Expr<'s>>,
    /// Where it begins.
    pub(super) at: usize,
}

impl<'s> Side<'s> {
    fn of(part: &'s Expr<'s>, given: &'s Type) -> Self {
        Self { given, part: Some(part), at: start(part) }
    }

    fn literal(&self) -> Option<&'s str> {
        match self.part {
            Some(Expr::Const(it)) => it.value.as_str(),
            _ => None,
        }
    }

    fn items(&self) -> Option<&'s [Expr<'s>]> {
        match self.part {
            Some(Expr::List(it)) => Some(&it.items),
            Some(Expr::Tuple(it)) => Some(&it.items),
            _ => None,
        }
    }
}

impl Checker<'_> {
    /// Holds a part of this type to being a condition.
    pub(super) fn truth(&mut self, at: usize, given: Option<&Type>) {
        let hint = match given {
            None | Some(Type::YesNo) => return,
            Some(Type::List(_)) => "判断列表是否有内容请写 …|length > 0",
            Some(Type::Number) => "请写明与多少比较，如 > 0",
            Some(_) => "判断是否填写请写 … is defined；取默认值请用 default(…)",
        };
        let title = given.map_or("", Type::title);
        self.misfit(at, format!("{title}不能当作条件"), hint);
    }

    /// The type of a binary operation.
    pub(super) fn binary(&mut self, part: &ast::Spanned<ast::BinOp<'_>>) -> Option<Type> {
        let (left, right) = (self.infer(&part.left), self.infer(&part.right));
        if matches!(part.op, BinOpKind::ScAnd | BinOpKind::ScOr) {
            self.truth(start(&part.left), left.as_ref());
            self.truth(start(&part.right), right.as_ref());
            return Some(Type::YesNo);
        }
        let (left, right) = (left?, right?);
        let (a, b) = (Side::of(&part.left, &left), Side::of(&part.right, &right));
        match part.op {
            BinOpKind::Eq | BinOpKind::Ne => self.compare(Comparison::Equality, a, b),
            BinOpKind::Lt | BinOpKind::Lte | BinOpKind::Gt | BinOpKind::Gte => {
                self.compare(Comparison::Order, a, b)
            }
            BinOpKind::In => self.compare(Comparison::Membership, a, b),
            BinOpKind::Concat => self.concatenate(a, b),
            op => self.calculate(op, a, b),
        }
    }

    /// The type of a chain of comparisons, `1 < a < 5`.
    pub(super) fn chain(&mut self, part: &ast::Spanned<ast::Compare<'_>>) -> Option<Type> {
        let mut left = (&part.expr, self.infer(&part.expr));
        for step in &part.ops {
            let right = (&step.expr, self.infer(&step.expr));
            if let (Some(a), Some(b)) = (&left.1, &right.1) {
                self.compare(comparison(step.op), Side::of(left.0, a), Side::of(right.0, b));
            }
            left = right;
        }
        Some(Type::YesNo)
    }

    /// Checks a comparison; it gives 是 or 否 in any case.
    pub(super) fn compare(&mut self, asked: Comparison, a: Side<'_>, b: Side<'_>) -> Option<Type> {
        match asked {
            _ if self.needs_function(asked, a, b) => {}
            Comparison::Membership => self.membership(a, b),
            Comparison::Equality => self.equality(a, b),
            Comparison::Order if *a.given == Type::Number && *b.given == Type::Number => {}
            Comparison::Order => {
                let message = format!("{}与{}不能比较大小", a.given.title(), b.given.title());
                self.misfit(a.at, message, "只有整数之间可以比较大小");
            }
        }
        Some(Type::YesNo)
    }

    fn equality(&mut self, a: Side<'_>, b: Side<'_>) {
        if a.literal() == Some("") || b.literal() == Some("") {
            self.misfit(a.at, "不与空文字比较".to_owned(), "没有填写的值请用 is undefined 判断");
            return;
        }
        match (a.given, b.given) {
            (Type::Choice(choices), _) if b.literal().is_some() => self.one_of(choices, b),
            (_, Type::Choice(choices)) if a.literal().is_some() => self.one_of(choices, a),
            (Type::Choice(left), Type::Choice(right)) if !left.iter().any(|it| right.contains(it)) => {
                self.misfit(a.at, "两个选项字段没有共同的选项".to_owned(), "请核对字段");
            }
            (left, right) if left.is_text() && right.is_text() => {}
            (Type::Number, Type::Number) | (Type::YesNo, Type::YesNo) => {}
            (Type::YesNo, _) | (_, Type::YesNo) => {
                self.misfit(a.at, mixed(a, b), "“是否”字段请直接写字段名，或写 not 字段名");
            }
            (Type::Record(_), _) | (_, Type::Record(_)) => {
                self.misfit(a.at, mixed(a, b), "记录不能直接比较，请比较它的编码等字段");
            }
            (Type::List(_), _) | (_, Type::List(_)) => {
                self.misfit(a.at, mixed(a, b), "列表请用 |length 比较个数，或用 in 判断包含");
            }
            _ => {
                self.misfit(a.at, mixed(a, b), "请比较同一类型的值");
            }
        }
    }

    fn membership(&mut self, a: Side<'_>, b: Side<'_>) {
        if let (Some(items), Type::List(given)) = (b.items(), b.given) {
            for item in items {
                self.compare(Comparison::Equality, a, Side::of(item, given));
            }
            return;
        }
        match b.given {
            Type::List(item) => {
                self.compare(Comparison::Equality, a, Side { given: item, part: None, at: b.at });
            }
            Type::Text if a.given.is_text() => {}
            Type::Choice(_) => {
                self.misfit(a.at, "选项不按部分文字判断".to_owned(), "请写作 字段 in ['甲', '乙']");
            }
            _ => {
                let message = format!("{}不能用 in 判断是否在{}之内", a.given.title(), b.given.title());
                self.misfit(a.at, message, "in 的右边应为列表或文本");
            }
        }
    }

    fn one_of(&mut self, choices: &[std::sync::Arc<str>], side: Side<'_>) {
        let Some(text) = side.literal().filter(|text| !choices.iter().any(|it| &**it == *text)) else {
            return;
        };
        let finding = Finding::new(&codes::EXPRESSION_CHOICE, format!("该字段没有选项“{text}”"));
        self.fault(side.at, finding.hint(suggest(text, choices)));
    }

    /// Reports an operator on a date, a period or a decimal, naming the function to use.
    fn needs_function(&mut self, asked: Comparison, a: Side<'_>, b: Side<'_>) -> bool {
        let has = |it: &Type| a.given == it || b.given == it;
        let (dates, decimals) = (has(&Type::Date) || has(&Type::Period), has(&Type::Decimal));
        let hint = match asked {
            Comparison::Membership if has(&Type::Period) => "请写作 in_period(日期, 期间)",
            Comparison::Membership => return false,
            Comparison::Equality if dates => "请写作 same_day(甲, 乙)",
            Comparison::Order if dates => {
                "请写作 before(甲, 乙)、on_or_before(甲, 乙)、after(甲, 乙) 或 on_or_after(甲, 乙)"
            }
            Comparison::Equality if decimals => "请写作 same_amount(甲, 乙)",
            Comparison::Order if decimals => "请写作 less_amount(甲, 乙) 或 at_most_amount(甲, 乙)",
            _ => return false,
        };
        self.operator(a, b, hint);
        true
    }

    fn calculate(&mut self, op: BinOpKind, a: Side<'_>, b: Side<'_>) -> Option<Type> {
        let has = |it: &Type| a.given == it || b.given == it;
        if has(&Type::Date) || has(&Type::Period) {
            self.operator(a, b, "请用 years_between、months_between、years_after、months_after 推算");
            return None;
        }
        let division = matches!(op, BinOpKind::Div | BinOpKind::Pow);
        if has(&Type::Decimal) || (division && *a.given == Type::Number && *b.given == Type::Number) {
            self.operator(
                a,
                b,
                "请用 plus_amount(甲, 乙)、minus_amount(甲, 乙)、ratio(甲, 乙) 或 total(列表, '字段')",
            );
            return None;
        }
        match (op, a.given, b.given) {
            (_, Type::Number, Type::Number) => Some(Type::Number),
            (BinOpKind::Add, Type::List(_), Type::List(_)) if a.given.unify(b.given).is_some() => {
                a.given.unify(b.given)
            }
            (BinOpKind::Add, left, right) if left.is_text() || right.is_text() => {
                self.misfit(a.at, mixed_sum(a, b), "连接文字请用 ~")
            }
            _ => self.misfit(a.at, mixed_sum(a, b), "只有整数之间可以计算"),
        }
    }

    fn concatenate(&mut self, a: Side<'_>, b: Side<'_>) -> Option<Type> {
        for side in [a, b] {
            if !side.given.is_printable() || *side.given == Type::YesNo {
                let message = format!("{}不能用 ~ 连接", side.given.title());
                self.misfit(side.at, message, "列表请先用 join_cn，“是否”请写作 '…' if 字段 else '…'");
            }
        }
        Some(Type::Text)
    }

    fn operator(&mut self, a: Side<'_>, b: Side<'_>, hint: &str) {
        let message = format!("{}与{}之间不能用运算符", a.given.title(), b.given.title());
        self.fault(a.at, Finding::new(&codes::EXPRESSION_DATE_OPERATOR, message).hint(hint));
    }
}

/// What an operator of a chain asks.
fn comparison(op: CompareOpKind) -> Comparison {
    match op {
        CompareOpKind::Eq | CompareOpKind::Ne => Comparison::Equality,
        CompareOpKind::In | CompareOpKind::NotIn => Comparison::Membership,
        CompareOpKind::Lt | CompareOpKind::Lte | CompareOpKind::Gt | CompareOpKind::Gte => Comparison::Order,
    }
}

fn mixed(a: Side<'_>, b: Side<'_>) -> String {
    format!("{}与{}不能比较", a.given.title(), b.given.title())
}

fn mixed_sum(a: Side<'_>, b: Side<'_>) -> String {
    format!("{}与{}不能计算", a.given.title(), b.given.title())
}

#[cfg(test)]
mod tests {
    use crate::example::{faults, verdict};
    use crate::expression::Verdict;

    #[test]
    fn comparisons_that_minijinja_would_answer_wrongly_do_not_load() {
        for (source, code) in [
            ("not (none >= 3)", "expression-types 10:10 "),
            ("'机械' >= 3", "expression-types 10:5 "),
            ("branch.name >= 3", "expression-types 10:5 "),
            ("branch.name == 3", "expression-types 10:5 "),
            ("branch.name < '乙'", "expression-types 10:5 "),
            ("branch.stable == '是'", "expression-types 10:5 "),
            ("branch.name == ''", "expression-types 10:5 "),
            ("branch.members == 3", "expression-types 10:5 "),
            ("branch == branch", "expression-types 10:5 "),
            ("anything == '机械'", "expression-types 10:5 "),
            ("anything > 3", "expression-types 10:5 "),
            ("branch.total > 0.5", "expression-types 10:20 "),
            ("branch.total in ['3']", "expression-types 10:5 "),
            ("3 in branch.members", "expression-types 10:5 "),
            ("1 < branch.name < 3", "expression-types 10:5 "),
            ("branch.name is ge(3)", "expression-types 10:5 "),
        ] {
            let found = faults(source);
            assert!(found.first().is_some_and(|it| it.starts_with(code)), "{source}: {found:?}");
        }
    }

    #[test]
    fn dates_periods_and_decimals_have_functions_and_the_hint_names_them() {
        for (source, function) in [
            ("branch.established < as_of", "before(甲, 乙)"),
            ("branch.established == '2019年7月'", "same_day(甲, 乙)"),
            ("as_of - branch.established > 365", "years_between"),
            ("as_of in cycle", "in_period(日期, 期间)"),
            ("as_of in branch.members|map(attribute='joined')", "same_day(甲, 乙)"),
            ("branch.fund == 3", "same_amount(甲, 乙)"),
            ("branch.fund >= 3", "at_most_amount(甲, 乙)"),
            ("branch.fund + facts.fund is defined", "plus_amount(甲, 乙)"),
            ("branch.total / 3 == 4", "ratio(甲, 乙)"),
            ("branch.members|selectattr('joined', '<', as_of)|length > 0", "before(甲, 乙)"),
        ] {
            let found = faults(source);
            assert!(
                found.len() == 1 && found[0].starts_with("expression-date-operator "),
                "{source}: {found:?}"
            );
            assert!(found[0].contains(function), "{source}: {found:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_choice_is_found_with_the_nearest_choice() {
        let nearest = "是否应为“教师党支部”？";
        assert_eq!(faults("branch.kind == '教工党支部'"), [format!("expression-choice 10:20 {nearest}")]);
        assert_eq!(faults("'教工党支部' != branch.kind"), [format!("expression-choice 10:5 {nearest}")]);
        assert_eq!(faults("branch.kind is eq('教工党支部')"), [format!("expression-choice 10:23 {nearest}")]);
        assert_eq!(
            faults("branch.kind in ['学生党支部', '教工党支部']"),
            [format!("expression-choice 10:30 {nearest}")]
        );
        let attribute = "branch.members|map(attribute='honours')|flatten|selectattr('level', 'in', ['国家级'])|length > 0";
        assert_eq!(faults(attribute), ["expression-choice 10:80 可用的有：校级、省级"]);
        assert_eq!(faults("'教师' in branch.kind")[0].split(' ').next(), Some("expression-types"));
    }

    #[test]
    fn only_yes_or_no_is_a_condition() {
        for source in ["not branch.members", "branch.total and branch.stable", "branch.stable or branch.name"]
        {
            assert!(faults(source)[0].starts_with("expression-types"), "{source}");
        }
        assert_eq!(faults("branch.name or '无'").len(), 2);
    }

    #[test]
    fn all_faults_of_one_expression_are_reported_each_at_its_place() {
        let source = "brunch.total > 3 and\n  branch.totl > 3 and branch.kind == '教工党支部'";
        let found = faults(source);
        let starts: Vec<&str> = found.iter().map(|it| it.rsplit_once(' ').unwrap().0).collect();
        assert_eq!(starts, ["unknown-name 10:5", "unknown-field 11:14", "expression-choice 11:42"]);
    }

    #[test]
    fn what_is_allowed_loads() {
        for source in [
            "branch.kind == '教师党支部' or branch.kind in ['学生党支部']",
            "branch.name != '机械' and '电气' not in branch.name",
            "branch.stable == true",
            "branch.members|length == facts.members // 200 - 11",
            "-3 < branch.total",
        ] {
            assert_eq!(verdict(source), Verdict::Holds, "{source}");
        }
    }
}
