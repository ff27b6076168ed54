//! What may be typed into a column: a list is kept to, everything else only asked about, for the program looks at it again
//! when the form comes back, and a clerk may know better.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::lists::List;
use super::said::{Said, Sayer};
use schema::{Earliest, Field, FieldKind};
use value::DatePart;

/// Excel's longest title and text of what is said at a cell.
const N_CHARS_OF_TITLE: usize = 30;
const N_CHARS_OF_TEXT: usize = 240;
/// Numbers are smaller than this, where nothing else is said.
const LARGEST: f64 = 1e12;
/// Digits of an identity number.
const N_DIGITS_OF_IDENTITY: u32 = 18;
/// The earliest and the latest day that may be written where nothing else is said.
const FIRST_DAY: Date = Date::constant(1900, 1, 1);
const LAST_DAY: Date = Date::constant(2100, 12, 31);

/// What is said of a field's cells, the first of which is named.
pub(crate) fn of_field(
    field: &Field,
    (said, list): (&Said, Option<List>),
    sayer: &Sayer<'_>,
    first: &str,
) -> Result<DataValidation, XlsxError> {
    let is_choice = matches!(field.kind, FieldKind::Choice(_) | FieldKind::YesNo);
    let style = if is_choice { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
    let rule = match list {
        Some(List::Here(items)) => DataValidation::new().allow_list_strings(&items)?,
        Some(List::There(range)) => DataValidation::new().allow_list_formula(Formula::new(range)),
        None => of_kind(field, sayer, first)?,
    };
    let title: String = field.title.chars().take(N_CHARS_OF_TITLE).collect();
    let text: String = said.line().chars().take(N_CHARS_OF_TEXT).collect();
    let refused: String =
        sayer.words.filled("rules", "error", &[&text]).chars().take(N_CHARS_OF_TEXT).collect();
    let rule = rule.set_error_style(style).set_error_title(&*title)?.set_error_message(refused)?;
    rule.set_input_title(title)?.set_input_message(text)
}

fn of_kind(field: &Field, sayer: &Sayer<'_>, first: &str) -> Result<DataValidation, XlsxError> {
    use DataValidationRule::{Between, EqualTo, LessThanOrEqualTo};
    let rule = DataValidation::new();
    Ok(match &field.kind {
        FieldKind::Integer | FieldKind::Decimal => {
            let number = |it: Option<value::Amount>| it.map(value::Amount::nearest_float);
            let (low, high) = (number(field.min), number(field.max));
            rule.allow_decimal_number(Between(low.unwrap_or(-LARGEST), high.unwrap_or(LARGEST)))
        }
        FieldKind::Date(DatePart::Day) => {
            let (low, high) = days(field, sayer);
            rule.allow_date(Between(excel(low)?, excel(high)?))
        }
        FieldKind::Date(DatePart::Month) => {
            let (low, high) = days(field, sayer);
            let month = |it: Date| format!("{}{:02}", it.year(), it.month());
            let written = format!("VALUE(LEFT({first},4)&MID({first},6,2))");
            let formula = format!("=AND({written}>={},{written}<={})", month(low), month(high));
            rule.allow_custom(Formula::new(formula))
        }
        FieldKind::Identity => rule.allow_text_length(EqualTo(N_DIGITS_OF_IDENTITY)),
        FieldKind::Code(form) if form.length.is_some() => {
            let length = form.length.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX);
            rule.allow_text_length(EqualTo(length))
        }
        FieldKind::Text | FieldKind::LongText if field.limit.is_some() => {
            let limit = field.limit.and_then(|it| u32::try_from(it).ok()).unwrap_or(u32::MAX);
            rule.allow_text_length(LessThanOrEqualTo(limit))
        }
        _ => rule.allow_any_value(),
    })
}

/// The first and the last day that a date may be.
fn days(field: &Field, sayer: &Sayer<'_>) -> (Date, Date) {
    let plausible = &field.plausible;
    let stated = plausible.not_before.iter().filter_map(|it| match it {
        Earliest::Date(day) => Some(day.earliest()),
        Earliest::Field(_) => None,
    });
    let period = plausible.within_period.then_some(sayer.period);
    let low = stated.chain(period.map(|it| it.first())).max().unwrap_or(FIRST_DAY);
    let happened = plausible.happened.then_some(sayer.as_of);
    let high = happened.into_iter().chain(period.map(|it| it.last())).min().unwrap_or(LAST_DAY);
    (low, high)
}

/// A day as the writer of workbooks knows it.
pub(crate) fn excel(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let [month, date] = [day.month().unsigned_abs(), day.day().unsigned_abs()];
    ExcelDateTime::from_ymd(day.year().unsigned_abs(), month, date)
}
