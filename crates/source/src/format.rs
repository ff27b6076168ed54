//! Numbers in cells, as their number formats show them.

use ooxml::{Finest, NumberFormat};
use value::{DatePart, Epoch, Raw};

/// A number in a cell of this format.
pub(super) fn number(format: NumberFormat, value: f64, epoch: Epoch) -> Raw {
    match format.date {
        _ if !value.is_finite() => Raw::Error("#NUM!".into()),
        Some(finest) => Raw::Date { serial: value + epoch.days(), precision: precision(finest) },
        None => Raw::Number { value, decimals: format.decimals, percent: format.percent },
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
