//! Lists, and the tests that select from them: an undefined item or field makes the answer undecided.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use super::{Answer, FILTERS, TESTS, find, unfit};
use crate::objects::{self, shown};
use crate::{Absence, note_absence};
use value::{Amount, NameOrder};

/// What `sort` compares; the checker lets only items of one kind meet.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Amount(Amount),
    Days(jiff::civil::Date, jiff::civil::Date),
    Text(String),
}

/// How many items a list has.
pub(super) fn length(args: &[Value]) -> Answer {
    Ok(Value::from(items(&args[0])?.len()))
}

/// The records whose field passes a test; without a test, those whose field is 是.
pub(super) fn selectattr(args: &[Value]) -> Answer {
    select(args, true)
}

/// The records whose field does not pass.
pub(super) fn rejectattr(args: &[Value]) -> Answer {
    select(args, false)
}

/// A field of each record, or what a filter makes of each item.
pub(super) fn map(args: &[Value]) -> Answer {
    let all = items(&args[0])?;
    if !args[2].is_undefined() {
        return all.iter().map(|it| present(attribute(it, &args[2])?)).collect();
    }
    let filter = args[1].as_str().and_then(|name| find(FILTERS, name));
    let filter = filter.ok_or_else(|| unfit(&args[1], "过滤器"))?;
    all.into_iter().map(|it| present(filter.apply(vec![it])?)).collect()
}

/// A list in ascending order; of dates by the first day that each may mean, of texts by code point.
pub(super) fn sort(args: &[Value]) -> Answer {
    let mut keyed = Vec::new();
    for item in items(&args[0])? {
        let value = if args[2].is_undefined() { item.clone() } else { attribute(&item, &args[2])? };
        keyed.push((key(&value)?, item));
    }
    if args[1].is_true() {
        keyed.sort_by(|a, b| Reverse(&a.0).cmp(&Reverse(&b.0)));
    } else {
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
    }
    Ok(keyed.into_iter().map(|it| it.1).collect())
}

/// A list by strokes of a name: 姓氏笔画.
pub(super) fn by_strokes(args: &[Value]) -> Answer {
    by_name(args, NameOrder::SurnameStrokes)
}

/// A list by strokes of a whole name: 姓名笔画.
pub(super) fn by_name_strokes(args: &[Value]) -> Answer {
    by_name(args, NameOrder::NameStrokes)
}

/// A list by pinyin of a name.
pub(super) fn by_pinyin(args: &[Value]) -> Answer {
    by_name(args, NameOrder::Pinyin)
}

/// The list from its end to its beginning.
pub(super) fn reverse(args: &[Value]) -> Answer {
    Ok(items(&args[0])?.into_iter().rev().collect())
}

/// The first item; undefined if there is none.
pub(super) fn first(args: &[Value]) -> Answer {
    Ok(items(&args[0])?.into_iter().next().unwrap_or_else(none))
}

/// The last item; undefined if there is none.
pub(super) fn last(args: &[Value]) -> Answer {
    Ok(items(&args[0])?.pop().unwrap_or_else(none))
}

/// What a list without items gives: nothing, as a field that was left empty does.
fn none() -> Value {
    note_absence(Absence::EmptyList);
    Value::UNDEFINED
}

/// Each different item once, at its first place.
pub(super) fn unique(args: &[Value]) -> Answer {
    let mut seen = Seen::default();
    let all = items(&args[0])?.into_iter().map(present).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|it| seen.is_new(it)).collect())
}

/// Each item that is there more than once, at its second place.
pub(super) fn repeated(args: &[Value]) -> Answer {
    let (mut seen, mut again) = (Seen::default(), Seen::default());
    let all = items(&args[0])?.into_iter().map(present).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().filter(|it| !seen.is_new(it) && again.is_new(it)).collect())
}

/// The items of a list that have been met; texts, which long lists are made of, are looked up.
#[derive(Default)]
struct Seen {
    texts: BTreeSet<Box<str>>,
    others: Vec<Value>,
}

impl Seen {
    fn is_new(&mut self, item: &Value) -> bool {
        if let Some(text) = item.as_str() {
            return self.texts.insert(text.into());
        }
        let is_new = !self.others.contains(item);
        if is_new {
            self.others.push(item.clone());
        }
        is_new
    }
}

/// The items of the lists in a list.
pub(super) fn flatten(args: &[Value]) -> Answer {
    let mut flat = Vec::new();
    for list in items(&args[0])? {
        flat.extend(items(&list)?);
    }
    Ok(Value::from(flat))
}

/// Two texts as one that is the same whichever comes first: what both sides report counts once by it.
pub(super) fn pair(args: &[Value]) -> Answer {
    let mut sides = [args[0].to_string(), args[1].to_string()];
    sides.sort();
    Ok(Value::from(sides.join("—")))
}

/// The items in one text.
pub(super) fn join(args: &[Value]) -> Answer {
    joined(&args[0], args[1].as_str().unwrap_or_default()).map(Value::from)
}

/// The items in one text, with `、` between.
pub(super) fn join_cn(args: &[Value]) -> Answer {
    joined(&args[0], "、").map(Value::from)
}

/// The first so many items in one text, with `、` between and 等 behind if there are more.
pub(super) fn join_etc(args: &[Value]) -> Answer {
    let all = items(&args[0])?;
    let n_shown = count(&args[1])?;
    let rest = if all.len() > n_shown { "等" } else { "" };
    let shown: Value = all.into_iter().take(n_shown).collect();
    Ok(Value::from(joined(&shown, "、")? + rest))
}

/// The value, or the other if it is not there.
pub(super) fn default(args: &[Value]) -> Answer {
    Ok(if args[0].is_undefined() { &args[1] } else { &args[0] }.clone())
}

/// Whether there is a value.
pub(super) fn is_defined(args: &[Value]) -> Answer {
    Ok(Value::from(!args[0].is_undefined()))
}

/// Whether there is none.
pub(super) fn is_undefined(args: &[Value]) -> Answer {
    Ok(Value::from(args[0].is_undefined()))
}

/// Whether both are equal.
pub(super) fn is_equal(args: &[Value]) -> Answer {
    Ok(Value::from(args[0] == args[1]))
}

/// Whether they differ.
pub(super) fn is_unequal(args: &[Value]) -> Answer {
    Ok(Value::from(args[0] != args[1]))
}

/// Whether the first number is greater.
pub(super) fn is_greater(args: &[Value]) -> Answer {
    let (a, b) = numbers(args)?;
    Ok(Value::from(a > b))
}

/// Whether the first number is greater or equal.
pub(super) fn is_at_least(args: &[Value]) -> Answer {
    let (a, b) = numbers(args)?;
    Ok(Value::from(a >= b))
}

/// Whether the first number is less.
pub(super) fn is_less(args: &[Value]) -> Answer {
    let (a, b) = numbers(args)?;
    Ok(Value::from(a < b))
}

/// Whether the first number is less or equal.
pub(super) fn is_at_most(args: &[Value]) -> Answer {
    let (a, b) = numbers(args)?;
    Ok(Value::from(a <= b))
}

/// Whether the value is among the items of a list, or the text part of a text.
pub(super) fn is_in(args: &[Value]) -> Answer {
    match args[1].as_str() {
        Some(_) => contains(&[args[1].clone(), args[0].clone()]),
        None => Ok(Value::from(items(&args[1])?.contains(&args[0]))),
    }
}

/// Whether a text begins with another.
pub(super) fn starts_with(args: &[Value]) -> Answer {
    Ok(Value::from(text(&args[0])?.starts_with(text(&args[1])?)))
}

/// Whether a text ends with another.
pub(super) fn ends_with(args: &[Value]) -> Answer {
    Ok(Value::from(text(&args[0])?.ends_with(text(&args[1])?)))
}

/// Whether a text contains another.
pub(super) fn contains(args: &[Value]) -> Answer {
    Ok(Value::from(text(&args[0])?.contains(text(&args[1])?)))
}

/// The items of a list.
pub(super) fn items(value: &Value) -> Result<Vec<Value>, Error> {
    match value.kind() {
        ValueKind::Seq | ValueKind::Iterable => Ok(value.try_iter()?.collect()),
        _ => Err(unfit(value, "列表")),
    }
}

/// A field of a record by its path, `branch.name`; undefined if it is not there.
pub(super) fn attribute(record: &Value, path: &Value) -> Answer {
    let path = text(path)?;
    path.split('.').try_fold(record.clone(), |value, name| value.get_attr(name))
}

/// A text in an argument.
pub(super) fn text(value: &Value) -> Result<&str, Error> {
    value.as_str().ok_or_else(|| unfit(value, "文本"))
}

/// The items of a list as they print, with a separator between.
pub(super) fn joined(list: &Value, separator: &str) -> Result<String, Error> {
    let texts: Vec<String> = items(list)?.iter().map(shown).collect::<Result<_, _>>()?;
    Ok(texts.join(separator))
}

/// Names that are equal keep the order of the list.
fn by_name(args: &[Value], order: NameOrder) -> Answer {
    let mut keyed = Vec::new();
    for item in items(&args[0])? {
        let name = if args[1].is_undefined() { item.clone() } else { attribute(&item, &args[1])? };
        keyed.push((order.key(text(&name)?), item));
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(keyed.into_iter().map(|it| it.1).collect())
}

fn select(args: &[Value], wanted: bool) -> Answer {
    let mut kept = Vec::new();
    for record in items(&args[0])? {
        if passes(attribute(&record, &args[1])?, &args[2], &args[3])? == wanted {
            kept.push(record);
        }
    }
    Ok(Value::from(kept))
}

fn passes(value: Value, test: &Value, against: &Value) -> Result<bool, Error> {
    if test.is_undefined() {
        return truth(&present(value)?);
    }
    let word = find(TESTS, text(test)?).ok_or_else(|| unfit(test, "判断"))?;
    let mut arguments = vec![value];
    arguments.extend(Some(against.clone()).filter(|it| !it.is_undefined()));
    truth(&word.apply(arguments)?)
}

fn truth(value: &Value) -> Result<bool, Error> {
    if value.kind() == ValueKind::Bool {
        Ok(value.is_true())
    } else {
        Err(unfit(value, "“是”或“否”"))
    }
}

fn present(value: Value) -> Answer {
    if value.is_undefined() { Err(Error::from(ErrorKind::UndefinedError)) } else { Ok(value) }
}

fn numbers(args: &[Value]) -> Result<(i64, i64), Error> {
    let one = |value: &Value| objects::number(value).ok_or_else(|| unfit(value, "整数"));
    Ok((one(&args[0])?, one(&args[1])?))
}

fn count(value: &Value) -> Result<usize, Error> {
    let number = objects::number(value).and_then(|it| usize::try_from(it).ok());
    number.filter(|it| *it > 0).ok_or_else(|| unfit(value, "正整数"))
}

fn key(value: &Value) -> Result<Key, Error> {
    if let Some(number) = objects::decimal(value) {
        return Ok(Key::Amount(number));
    }
    if let Some(date) = objects::date(value) {
        let (first, last) = objects::span(&date);
        return Ok(Key::Days(first, last));
    }
    text(value).map(|it| Key::Text(it.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::example::{text, value, verdict};
    use crate::{Unanswered, Verdict};

    #[test]
    fn records_are_selected_by_their_fields() {
        assert_eq!(
            value("branch.members|selectattr('full')|map(attribute='name')|join_cn").as_deref(),
            Ok("张三")
        );
        assert_eq!(
            value("branch.members|rejectattr('full')|map(attribute='name')|join_cn").as_deref(),
            Ok("李四")
        );
        assert_eq!(
            value("branch.members|selectattr('name', 'startingwith', '李')|length").as_deref(),
            Ok("1")
        );
        assert_eq!(
            value("branch.members|selectattr('name', 'in', ['张三', '王五'])|length").as_deref(),
            Ok("1")
        );
        let honours =
            "branch.members|map(attribute='honours')|flatten|selectattr('level', '==', '省级')|length";
        assert_eq!(value(honours).as_deref(), Ok("1"));
        assert_eq!(verdict("'李四' in branch.members|map(attribute='name')"), Verdict::Holds);
    }

    #[test]
    fn lists_are_sorted_and_joined() {
        let sorted =
            |arguments: &str| format!("branch.members|sort({arguments})|map(attribute='name')|join('/')");
        assert_eq!(value(&sorted("attribute='dues'")).as_deref(), Ok("李四/张三"));
        assert_eq!(value(&sorted("attribute='dues', reverse=true")).as_deref(), Ok("张三/李四"));
        assert_eq!(value("(['甲', '乙', '甲']|unique|reverse)|join_cn").as_deref(), Ok("乙、甲"));
        assert_eq!(value("[3, 1, 2]|sort|last").as_deref(), Ok("3"));
        assert_eq!(value("[1, 2]|map('chinese')|join").as_deref(), Ok("一二"));
        assert_eq!(
            text("{{ branch.members|map(attribute='name')|map('spaced_name')|first }}").unwrap(),
            "张\u{3000}三"
        );
    }

    #[test]
    fn lists_go_by_the_names_in_them() {
        let sorted = |filter: &str| format!("branch.members|{filter}|map(attribute='name')|join('/')");
        assert_eq!(value(&sorted("by_strokes('name')")).as_deref(), Ok("李四/张三"));
        assert_eq!(value(&sorted("by_pinyin('name')")).as_deref(), Ok("李四/张三"));
        let names = |filter: &str| format!("['王毅', '曾二', '张三', '王小明']|{filter}|join('/')");
        assert_eq!(value(&names("by_strokes")).as_deref(), Ok("王毅/王小明/张三/曾二"));
        assert_eq!(value(&names("by_name_strokes")).as_deref(), Ok("王小明/王毅/张三/曾二"));
        assert_eq!(value(&names("by_pinyin")).as_deref(), Ok("王小明/王毅/曾二/张三"));
    }

    #[test]
    fn a_long_list_is_cut_with_a_word_for_the_rest() {
        let names = |n: u8| format!("['甲', '乙', '丙']|join_etc({n})");
        assert_eq!(value(&names(2)).as_deref(), Ok("甲、乙等"));
        assert_eq!(value(&names(3)).as_deref(), Ok("甲、乙、丙"));
        assert_eq!(value("branch.members[:1]|map(attribute='name')|join_etc(1)").as_deref(), Ok("张三"));
        assert!(value("['甲', '乙']|join_etc(0)").is_err());
    }

    #[test]
    fn joining_something_missing_is_undecided() {
        let why = "“李四”的“joined”未填".to_owned();
        assert_eq!(value("branch.members|map(attribute='joined')|join_cn"), Err(Unanswered::Missing(why)));
    }
}
