//! Values as expressions see them: dates, periods and decimals are objects that only our functions read.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Object, ObjectRepr, ValueKind};
use minijinja::{Error, ErrorKind, Value};

use value::{Amount, PartialDate, Period, Picture, Value as Field};

/// A date; it prints as `2019年7月1日`, as far as it is known.
#[derive(Debug)]
struct DateObject(PartialDate);

/// An exact decimal; it prints without trailing zeros.
#[derive(Debug)]
struct DecimalObject(Amount);

/// A span of days; it prints as `2023年1月1日至2023年12月31日`.
#[derive(Debug)]
struct PeriodObject(Period);

/// A picture with what is said of it to those who cannot see it; it prints as `（图片）`.
#[derive(Debug)]
struct PictureObject(Arc<Picture>, Arc<str>);

impl Object for PictureObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Picture::SHOWN)
    }
}

impl Object for DateObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some(span(&self.0).cmp(&span(&other.0)))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Object for DecimalObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.0.cmp(&other.downcast_ref::<Self>()?.0))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.trimmed())
    }
}

impl Object for PeriodObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A field's value as expressions see it. A missing or invalid value is undefined, and so is a list
/// with such an item, for a list in which one is not known cannot be searched: who calls for a
/// record says why through [`note_absence`](super::note_absence).
pub fn to_words(value: &Field) -> Value {
    match value {
        Field::Missing | Field::Invalid => Value::UNDEFINED,
        Field::Text(text) | Field::Choice(text) => Value::from(Arc::clone(text)),
        Field::Integer(number) => Value::from(*number),
        Field::Decimal(number) => decimal_value(*number),
        Field::Date(date) => date_value(*date),
        Field::YesNo(answer) => Value::from(*answer),
        Field::Identity(number) => Value::from(number.as_str()),
        Field::Picture(picture) => picture_value(Arc::clone(picture), Picture::SHOWN.into()),
        Field::List(values) if values.iter().all(Field::is_present) => values.iter().map(to_words).collect(),
        Field::List(_) => Value::UNDEFINED,
    }
}

/// A date as expressions see it.
pub fn date_value(date: PartialDate) -> Value {
    Value::from_object(DateObject(date))
}

/// A decimal as expressions see it.
pub fn decimal_value(number: Amount) -> Value {
    Value::from_object(DecimalObject(number))
}

/// A span of days as expressions see it.
pub fn period_value(period: Period) -> Value {
    Value::from_object(PeriodObject(period))
}

/// A picture as expressions see it, with what is said of it to those who cannot see it.
pub fn picture_value(picture: Arc<Picture>, description: Arc<str>) -> Value {
    Value::from_object(PictureObject(picture, description))
}

/// The picture that an expression gave, with its description.
pub fn picture(value: &Value) -> Option<(Arc<Picture>, Arc<str>)> {
    value.downcast_object_ref::<PictureObject>().map(|it| (Arc::clone(&it.0), Arc::clone(&it.1)))
}

/// The date that an expression gave.
pub fn date(value: &Value) -> Option<PartialDate> {
    value.downcast_object_ref::<DateObject>().map(|it| it.0)
}

/// The decimal or whole number that an expression gave.
pub fn decimal(value: &Value) -> Option<Amount> {
    let exact = value.downcast_object_ref::<DecimalObject>().map(|it| it.0);
    exact.or_else(|| number(value).map(Amount::from))
}

/// The span of days that an expression gave.
pub fn period(value: &Value) -> Option<Period> {
    value.downcast_object_ref::<PeriodObject>().map(|it| it.0)
}

/// The whole number that an expression gave; neither a truth value nor a floating point number is one.
pub(super) fn number(value: &Value) -> Option<i64> {
    value.is_integer().then(|| value.as_i64()).flatten()
}

/// A single value as a document prints it. Undefined is undecided, a list or record our own fault.
pub(super) fn shown(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::Bool => Ok(if value.is_true() { "是" } else { "否" }.to_owned()),
        ValueKind::String | ValueKind::Number | ValueKind::Plain => Ok(value.to_string()),
        kind => Err(Error::new(ErrorKind::InvalidOperation, format!("不能直接输出（{kind}）"))),
    }
}

/// The first and last day that a date may mean, which orders dates of mixed precision.
pub(super) fn span(date: &PartialDate) -> (jiff::civil::Date, jiff::civil::Date) {
    (date.earliest(), date.latest())
}

#[cfg(test)]
mod tests {
    use super::*;
    use value::Raw;

    #[test]
    fn values_keep_what_they_are() {
        let day = PartialDate::parse(&Raw::text("2019.7")).unwrap().value;
        assert_eq!(date(&to_words(&Field::Date(day))), Some(day));
        assert_eq!(decimal(&to_words(&Field::Decimal("12.50".parse().unwrap()))), "12.5".parse().ok());
        assert_eq!(decimal(&Value::from(3)), Some(Amount::from(3_i64)));
        assert_eq!(decimal(&Value::from(true)), None);
        assert_eq!(date(&Value::from("2019年7月")), None);
        assert_eq!(to_words(&Field::Choice("好".into())).as_str(), Some("好"));
    }

    #[test]
    fn what_is_missing_or_invalid_is_undefined_also_within_a_list() {
        assert!(to_words(&Field::Missing).is_undefined());
        assert!(to_words(&Field::Invalid).is_undefined());
        let list = [Field::Text("甲".into()), Field::Invalid];
        assert!(to_words(&Field::List(Arc::new(list))).is_undefined());
    }
}
