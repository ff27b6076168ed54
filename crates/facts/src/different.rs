//! What tells two values apart: a record is itself, whatever it is called, and a number its amount, however it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use dataset::{Dataset, FieldRef, RecordId, record_ref};
use schema::FieldKind;
use value::{Amount, Value, fold};

/// What a value is told from others by. Those of one field, or of one expression, can be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// A record.
    Record(RecordId),
    /// A text, a choice, a code.
    Text(Arc<str>),
    /// A number.
    Number(Amount),
    /// 是 or 否.
    YesNo(bool),
    /// A date, by the first and the last day that it may be.
    Days(Date, Date),
    /// Several values, in their order.
    List(Vec<Key>),
}

impl Key {
    /// The key of a field's value; `None` if it is not there, or if it is a reference that leads nowhere. A reference may
    /// have been written as a name, as a code, or only in the field that stands in for it.
    pub(super) fn of_field(dataset: &Dataset, at: FieldRef) -> Option<Self> {
        match &dataset.field(at.column()).kind {
            // Who has left is known by what is written.
            FieldKind::Reference(_) if dataset.departed(at).is_some() => {
                Some(Self::Text(fold(&dataset.cell(dataset.written_at(at)).value.display()).into()))
            }
            FieldKind::Reference(_) => dataset.follow(at).map(Self::Record),
            _ => Self::of_value(&dataset.cell(at).value),
        }
    }

    /// The key of what an expression gave; of a list, of all that is in it.
    pub(super) fn of_answer(value: &minijinja::Value) -> Self {
        if let Some(record) = record_ref(value) {
            return Self::Record(record.id);
        }
        if let Some(date) = words::date(value) {
            return Self::Days(date.earliest(), date.latest());
        }
        match words::decimal(value) {
            Some(number) => Self::Number(number),
            None => Self::Text(value.to_string().into()),
        }
    }

    fn of_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Missing | Value::Invalid | Value::Picture(_) => return None,
            Value::Text(text) | Value::Choice(text) => Self::Text(text.clone()),
            Value::Identity(number) => Self::Text(number.as_str().into()),
            Value::Integer(number) => Self::Number((*number).into()),
            Value::Decimal(number) => Self::Number(*number),
            Value::Date(date) => Self::Days(date.earliest(), date.latest()),
            Value::YesNo(answer) => Self::YesNo(*answer),
            Value::List(values) => Self::List(values.iter().map(Self::of_value).collect::<Option<_>>()?),
        })
    }

    /// The same key without what its dates say, and these dates.
    fn without_days(&self) -> (Self, Spans) {
        match self {
            Self::Days(first, last) => (Self::List(Vec::new()), vec![(*first, *last)]),
            Self::List(keys) => {
                let (keys, days): (Vec<_>, Vec<_>) = keys.iter().map(Self::without_days).unzip();
                (Self::List(keys), days.concat())
            }
            other => (other.clone(), Vec::new()),
        }
    }
}

/// The dates in a key, each by the first and the last day that it may be.
type Spans = Vec<(Date, Date)>;

/// Of different keys those that may be the same as a more precise one: 2019年7月 beside 2019年7月1日.
pub(super) fn vague<'k>(keys: impl Iterator<Item = &'k Key>) -> BTreeSet<&'k Key> {
    let mut alike: BTreeMap<Key, Vec<(&Key, Spans)>> = BTreeMap::new();
    for key in keys {
        let (rest, days) = key.without_days();
        if !days.is_empty() {
            alike.entry(rest).or_default().push((key, days));
        }
    }
    let mut vague = BTreeSet::new();
    for keys in alike.values() {
        let coarse = keys.iter().filter(|(_, days)| days.iter().any(|(first, last)| first < last));
        for (key, days) in coarse {
            let may_be = |(other, others): &(&Key, Spans)| {
                other != key && days.iter().zip(others).all(|(a, b)| a.0 <= b.1 && b.0 <= a.1)
            };
            if keys.iter().any(may_be) {
                vague.insert(*key);
            }
        }
    }
    vague
}

#[cfg(test)]
mod tests {
    use super::*;
    use value::{PartialDate, Raw};

    fn day(written: &str) -> Key {
        Key::of_value(&Value::Date(PartialDate::parse(&Raw::text(written)).unwrap().value)).unwrap()
    }

    #[test]
    fn a_number_is_its_amount_and_a_list_what_is_in_it() {
        let decimal = |text: &str| Key::of_value(&Value::Decimal(text.parse().unwrap()));
        let list = |texts: &[&str]| {
            Key::of_value(&Value::List(texts.iter().map(|it| Value::Text((*it).into())).collect()))
        };
        assert_eq!(decimal("1.0"), decimal("1"));
        assert_ne!(decimal("1.0"), decimal("1.01"));
        assert_eq!(list(&["甲", "乙"]), list(&["甲", "乙"]));
        assert_ne!(list(&["甲", "乙"]), list(&["甲、乙"]));
        assert_eq!(Key::of_value(&Value::List([Value::Text("甲".into()), Value::Invalid].into())), None);
    }

    #[test]
    fn a_date_may_be_the_same_as_a_more_precise_one_and_as_no_other() {
        for (written, found) in [
            (&["2019年7月", "2019年7月1日"][..], &["2019年7月"][..]),
            (&["2019年", "2019年7月", "2019年7月1日"], &["2019年", "2019年7月"]),
            (&["2019年7月", "2019年8月1日", "2019年6月"], &[]),
            (&["2019年7月", "2019年7月"], &[]),
            (&["2019年7月1日", "2019年7月2日"], &[]),
        ] {
            let keys: BTreeSet<Key> = written.iter().map(|it| day(it)).collect();
            let wanted: BTreeSet<Key> = found.iter().map(|it| day(it)).collect();
            assert!(vague(keys.iter()).into_iter().eq(&wanted), "{written:?}");
        }
        let with = |name: &str, date: &str| Key::List(vec![Key::Text(name.into()), day(date)]);
        let keys = [with("甲", "2019年7月"), with("乙", "2019年7月1日"), with("甲", "2019年6月1日")];
        assert!(vague(keys.iter()).is_empty(), "what differs in its text is told apart");
    }
}
