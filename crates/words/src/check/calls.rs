//! Functions, filters and tests: their names, their arguments, and names inside their arguments.

use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::machinery::ast::{self, CallArg, Expr};

use super::operators::{Comparison, Side};
use super::suggest::suggest;
use super::{Checker, start};
use crate::types::Type;
use crate::vocabulary::{FILTERS, FUNCTIONS, Gives, Need, TESTS, Takes, Word, find};
use finding::{Finding, codes};
use value::Amount;

/// A use of a word as it is written.
struct Written<'e> {
    /// Where the word stands.
    at: usize,
    /// What stands before `|` or `is`.
    subject: Option<&'e Expr<'e>>,
    arguments: &'e [CallArg<'e>],
}

impl<'e> Written<'e> {
    /// Subject and arguments, each with its name if it has one.
    fn parts(&self) -> impl Iterator<Item = (Option<&'e str>, &'e Expr<'e>)> + use<'e> {
        let subject = self.subject.map(|part| (None, part));
        subject.into_iter().chain(self.arguments.iter().filter_map(named))
    }
}

/// A use of a word, with its arguments in the order of the parameters.
pub(super) struct Use<'e> {
    /// The word.
    pub(super) word: &'static Word,
    /// Where it stands.
    pub(super) at: usize,
    /// The arguments; `None` for an optional one that was not given.
    pub(super) parts: Vec<Option<&'e Expr<'e>>>,
    /// Their types, where known.
    pub(super) types: Vec<Option<Type>>,
}

impl<'e> Use<'e> {
    /// The literal text given for a parameter, with its place.
    pub(super) fn literal(&self, index: usize) -> Option<(&'e str, usize)> {
        match self.parts[index]? {
            part @ Expr::Const(it) => Some((it.value.as_str()?, start(part) + 1)),
            _ => None,
        }
    }

    /// Where an argument begins, or the word if it was not given.
    pub(super) fn at(&self, index: usize) -> usize {
        self.parts[index].map_or(self.at, start)
    }
}

impl Checker<'_> {
    /// The type of a filter's result.
    pub(super) fn filter(&mut self, part: &ast::Spanned<ast::Filter<'_>>) -> Option<Type> {
        let written = Written {
            at: part.span().start_offset as usize,
            subject: part.expr.as_ref(),
            arguments: &part.args,
        };
        let hint = || match find(FUNCTIONS, part.name) {
            Some(function) => format!("这是函数，请写作 {}", function.usage()),
            None => suggest(part.name, &names(FILTERS)),
        };
        match find(FILTERS, part.name) {
            Some(word) => self.word(word, &written),
            None => self.unknown_word(&written, format!("没有过滤器“{}”", part.name), hint()),
        }
    }

    /// The type of a test's result.
    pub(super) fn test(&mut self, part: &ast::Spanned<ast::Test<'_>>) -> Option<Type> {
        let written = Written {
            at: part.span().start_offset as usize,
            subject: Some(&part.expr),
            arguments: &part.args,
        };
        match find(TESTS, part.name) {
            Some(word) => self.word(word, &written),
            None => {
                let hint = suggest(part.name, &names(TESTS));
                self.unknown_word(&written, format!("没有判断“{}”", part.name), hint)
            }
        }
    }

    /// The type of a call's result.
    pub(super) fn call(&mut self, part: &ast::Spanned<ast::Call<'_>>) -> Option<Type> {
        let written = Written { at: start(&part.expr), subject: None, arguments: &part.args };
        let Expr::Var(name) = &part.expr else {
            return self.refuse(written.at, "值没有可以调用的方法");
        };
        if self.is_variable(name.id) {
            let message = format!("“{}”在这里是变量，不是函数", name.id);
            return self.unknown_word(&written, message, "请核对名称".to_owned());
        }
        let hint = || match find(FILTERS, name.id) {
            Some(_) => format!("这是过滤器，请写作 值|{}", name.id),
            None => suggest(name.id, &names(FUNCTIONS)),
        };
        match find(FUNCTIONS, name.id) {
            Some(word) => self.word(word, &written),
            None => self.unknown_word(&written, format!("没有函数“{}”", name.id), hint()),
        }
    }

    /// Reports a name that does not exist.
    pub(super) fn unknown(&mut self, at: usize, message: String, hint: String) {
        self.fault(at, Finding::new(&codes::UNKNOWN_NAME, message).hint(hint));
    }

    fn unknown_word(&mut self, written: &Written<'_>, message: String, hint: String) -> Option<Type> {
        self.unknown(written.at, message, hint);
        self.within(written);
        None
    }

    /// Checks the parts of a use that cannot itself be understood.
    fn within(&mut self, written: &Written<'_>) {
        for (_, part) in written.parts() {
            self.infer(part);
        }
    }

    fn word(&mut self, word: &'static Word, written: &Written<'_>) -> Option<Type> {
        let Some(parts) = self.bind(word, written) else {
            self.within(written);
            return None;
        };
        let mut used = Use { word, at: written.at, types: Vec::with_capacity(parts.len()), parts };
        for (parameter, part) in word.parameters.iter().zip(&used.parts) {
            let named = matches!(parameter.takes, Takes::Field | Takes::Name);
            used.types.push(part.filter(|_| !named).and_then(|it| self.infer(it)));
        }
        let mut fits = true;
        for (index, given) in used.types.iter().enumerate() {
            if let Some(given) = given {
                fits &= self.fits(word.parameters[index].takes, given, used.at(index));
            }
        }
        if fits { self.given(&used) } else { None }
    }

    /// Puts the arguments in the order of the parameters.
    fn bind<'e>(&mut self, word: &'static Word, written: &Written<'e>) -> Option<Vec<Option<&'e Expr<'e>>>> {
        if written.arguments.iter().any(|it| named(it).is_none()) {
            return self.misused(word, written.at, "参数不能用 * 展开");
        }
        let mut parts: Vec<Option<&Expr<'_>>> = vec![None; word.parameters.len()];
        for (next, (name, part)) in written.parts().enumerate() {
            let index = match name {
                Some(name) => word.parameters.iter().position(|it| it.name == name),
                None => Some(next).filter(|it| *it < word.parameters.len()),
            };
            match index {
                Some(index) if parts[index].is_none() => parts[index] = Some(part),
                _ => return self.misused(word, start(part), "参数过多或名称不对"),
            }
        }
        let mut pairs = word.parameters.iter().zip(&parts);
        if pairs.any(|(parameter, part)| part.is_none() && parameter.need != Need::Optional) {
            return self.misused(word, written.at, "缺少参数");
        }
        Some(parts)
    }

    /// Reports arguments that a word does not take.
    pub(super) fn misused<T>(&mut self, word: &Word, at: usize, what: &str) -> Option<T> {
        let finding = Finding::new(&codes::EXPRESSION_ARGUMENTS, format!("“{}”{what}", word.name));
        self.fault(at, finding.hint(format!("用法：{}", word.usage())));
        None
    }

    /// What a use whose arguments fit gives, after the checks that concern several arguments.
    fn given(&mut self, used: &Use<'_>) -> Option<Type> {
        match used.word.name {
            "selectattr" | "rejectattr" => self.selection(used),
            "sort" => self.sortable(used)?,
            "by_strokes" | "by_name_strokes" | "by_pinyin" => self.nameable(used)?,
            "amount" => self.literal_of::<Amount>(used, "数字"),
            "date" => self.literal_of::<Date>(used, "年-月-日的日期"),
            name => {
                if let (Some(asked), [Some(a), Some(b)]) = (comparison(name), used.types.as_slice()) {
                    let side =
                        |index: usize, given| Side { given, part: used.parts[index], at: used.at(index) };
                    return self.compare(asked, side(0, a), side(1, b));
                }
            }
        }
        let subject = used.types.first().cloned().flatten();
        match used.word.gives {
            Gives::YesNo => Some(Type::YesNo),
            Gives::Number => Some(Type::Number),
            Gives::Decimal => Some(Type::Decimal),
            Gives::Text => Some(Type::Text),
            Gives::Texts => Some(Type::list(Type::Text)),
            Gives::Date => Some(Type::Date),
            Gives::Period => Some(Type::Period),
            Gives::Subject => subject,
            Gives::Item => subject.map(item),
            Gives::FieldSum => self.summed(used),
            Gives::Either => self.either(used),
            Gives::Mapped => self.mapped(used).map(Type::list),
        }
    }

    fn either(&mut self, used: &Use<'_>) -> Option<Type> {
        let (Some(value), Some(otherwise)) = (&used.types[0], &used.types[1]) else { return None };
        let both = value.unify(otherwise);
        if both.is_none() {
            let message = format!("默认值是{}，而原值是{}", otherwise.title(), value.title());
            return self.misfit(used.at(1), message, "请使默认值与原值类型相同；只为输出请用 or_none");
        }
        both
    }

    fn literal_of<T: FromStr>(&mut self, used: &Use<'_>, wanted: &str) {
        let Some((text, at)) = used.literal(0) else { return };
        if text.parse::<T>().is_err() {
            self.misused::<()>(used.word, at, &format!("的文字不是{wanted}"));
        }
    }
}

/// An argument with its name, if it is not spread.
fn named<'e>(argument: &'e CallArg<'e>) -> Option<(Option<&'e str>, &'e Expr<'e>)> {
    match argument {
        CallArg::Pos(part) => Some((None, part)),
        CallArg::Kwarg(name, part) => Some((Some(name), part)),
        CallArg::PosSplat(_) | CallArg::KwargSplat(_) => None,
    }
}

pub(super) fn names(words: &[Word]) -> Vec<Arc<str>> {
    words.iter().map(|it| Arc::from(it.name)).collect()
}

pub(super) fn item(list: Type) -> Type {
    match list {
        Type::List(item) => *item,
        _ => Type::Any,
    }
}

/// What a test that stands for an operator asks.
pub(super) fn comparison(test: &str) -> Option<Comparison> {
    match test {
        "==" | "eq" | "equalto" | "!=" | "ne" => Some(Comparison::Equality),
        "in" => Some(Comparison::Membership),
        ">" | "gt" | "greaterthan" | ">=" | "ge" | "<" | "lt" | "lessthan" | "<=" | "le" => {
            Some(Comparison::Order)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::example::{compile, faults};
    use crate::types::Type;

    #[test]
    fn unknown_words_are_found_with_the_nearest_known_one() {
        assert_eq!(faults("befor(as_of, as_of)"), ["unknown-name 10:5 是否应为“before”？"]);
        assert_eq!(faults("branch.members|lenght > 3"), ["unknown-name 10:20 是否应为“length”？"]);
        assert_eq!(faults("branch.total is definde"), ["unknown-name 10:21 是否应为“defined”？"]);
        assert_eq!(faults("length(branch.members) > 3"), ["unknown-name 10:5 这是过滤器，请写作 值|length"]);
        assert_eq!(faults("branch.fund|ratio(3)"), ["unknown-name 10:17 这是函数，请写作 ratio(a, b)"]);
        for source in ["debug()", "range(3)", "branch.members|tojson", "branch.members|groupby('name')"] {
            assert!(faults(source)[0].starts_with("unknown-name"), "{source}");
        }
        assert!(faults("branch.name.upper()")[0].starts_with("expression-syntax"));
    }

    #[test]
    fn a_wrong_number_of_arguments_is_found_with_the_usage() {
        for (source, place) in [
            ("before(as_of)", "10:5"),
            ("before(as_of, as_of, as_of)", "10:26"),
            ("period_back(as_of, yaers=3)", "10:30"),
            ("period_back(as_of, 3, years=3)", "10:33"),
            ("before(*as_of)", "10:5"),
            ("branch.members|length(3) > 1", "10:27"),
            ("branch.members|selectattr() ", "10:20"),
            ("branch.members|selectattr('full', 'before')", "10:20"),
            ("branch.members|selectattr('full', 'defined', 3)", "10:50"),
            ("amount('12,5')", "10:13"),
            ("before(as_of, date('1949年10月1日'))", "10:25"),
        ] {
            let found = faults(source);
            assert!(
                found.len() == 1 && found[0].starts_with(&format!("expression-arguments {place} 用法：")),
                "{source}: {found:?}"
            );
        }
    }

    #[test]
    fn faults_inside_a_use_that_is_itself_wrong_are_reported_too() {
        assert_eq!(faults("befor(branch.totl)").len(), 2);
        assert_eq!(faults("before(branch.totl)").len(), 2);
        assert_eq!(faults("brunch.members|lenght").len(), 2);
    }

    #[test]
    fn results_have_types() {
        let given = |source: &str| compile(source).unwrap().1;
        assert_eq!(given("years_between(branch.established, as_of)"), Type::Number);
        assert_eq!(given("period_back(as_of, years=3)"), Type::Period);
        assert_eq!(given("total(branch.members, 'dues')"), Type::Decimal);
        assert_eq!(given("branch.members|map(attribute='name')"), Type::Text.list());
        assert_eq!(given("branch.members|map(attribute='joined')|map('date_dot')|join_cn"), Type::Text);
        assert_eq!(given("branch.members|selectattr('full')|first"), Type::Record("members".into()));
    }
}
