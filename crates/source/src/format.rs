//! Numbers in cells, as their number formats show them.

use jiff::civil::{Date, DateTime, Time, date};

use ooxml::{Finest, NumberFormat};
use value::{DatePart, Epoch, Raw};

/// A number in a cell of this format.
pub(super) fn number(format: NumberFormat, value: f64, epoch: Epoch) -> Raw {
    match format.date {
        _ if !value.is_finite() => Raw::Error("#NUM!".into()),
        Some(finest) => Raw::Date { serial: value + epoch.days(), precision: precision(finest) },
        None => match format.shape.and_then(|it| it.show(value)).filter(|it| *it != value.to_string()) {
            Some(text) => Raw::Shown { value, text: text.into() },
            None => Raw::Number { value, decimals: format.decimals, percent: format.percent },
        },
    }
}

/// How precise a date is that a format shows.
pub(super) fn precision(finest: Finest) -> DatePart {
    match finest {
        Finest::Year => DatePart::Year,
        Finest::Month => DatePart::Month,
        Finest::Day => DatePart::Day,
    }
}

/// A day as `2019-07-01` or `2019-07-01T14:30:00`, in a cell of this format.
pub(super) fn iso_date(text: &str, format: &NumberFormat) -> Option<Raw> {
    let moment = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(DateTime::from)).ok()?;
    let elapsed = moment.duration_since(date(1899, 12, 30).to_datetime(Time::midnight()));
    let serial = elapsed.as_secs_f64() / 86_400.0;
    Some(Raw::Date { serial, precision: format.date.map_or(DatePart::Day, precision) })
}
