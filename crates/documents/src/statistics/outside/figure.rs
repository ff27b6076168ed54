//! A cell of a given table as a figure.

use value::{Amount, Raw, parse_decimal};

/// The figure in a cell; `None` if there is none. A percentage is the number before its sign; the places that the
/// cell shows are kept, for they say how far a published figure is rounded.
///
/// # Errors
/// If there is something that is no figure: what to do about it.
pub(super) fn figure(raw: &Raw) -> Result<Option<Amount>, String> {
    match raw {
        Raw::Empty => Ok(None),
        Raw::Number { percent: true, value, decimals } => {
            let plain = Raw::Number { percent: false, value: *value, decimals: None };
            let value = decimal(&plain)?.in_percent().ok_or_else(too_large)?.trimmed();
            Ok(Some(with_places(value, *decimals)))
        }
        Raw::Number { decimals, .. } => Ok(Some(with_places(decimal(raw)?, *decimals))),
        Raw::Text(text) if is_dash(text) => Ok(None),
        Raw::Text(text) => match text.strip_suffix(['%', '％']) {
            Some(number) => decimal(&Raw::text(number)).map(Some),
            None => decimal(raw).map(Some),
        },
        _ => decimal(raw).map(Some),
    }
}

fn decimal(raw: &Raw) -> Result<Amount, String> {
    let number = parse_decimal(raw, Some("人")).map_err(|it| it.hint.unwrap_or(it.message))?.value;
    if number.is_out_of_reach() { Err(too_large()) } else { Ok(number) }
}

fn too_large() -> String {
    format!("整数部分不应超过{}位，请核对", Amount::N_DIGITS)
}

fn with_places(value: Amount, places: Option<u8>) -> Amount {
    value.filled(u32::from(places.unwrap_or(0)))
}

fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| "-—－–/／".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_the_places_that_they_show() {
        let number = |value, decimals, percent| Raw::Number { value, decimals, percent };
        let shown = |raw: &Raw| figure(raw).map(|it| it.map(|it| it.to_string()));
        assert_eq!(shown(&number(978.0, Some(1), false)), Ok(Some("978.0".to_owned())));
        assert_eq!(shown(&number(0.294, Some(1), true)), Ok(Some("29.4".to_owned())));
        assert_eq!(shown(&Raw::text("1,243.50")), Ok(Some("1243.50".to_owned())));
        assert_eq!(shown(&Raw::text("2591人")), Ok(Some("2591".to_owned())));
        assert_eq!((shown(&Raw::text("—")), shown(&Raw::Empty)), (Ok(None), Ok(None)));
        assert!(shown(&Raw::text("约2500")).is_err() && shown(&Raw::Uncalculated).is_err());
        assert_eq!(shown(&Raw::text("999999999999")), Ok(Some("999999999999".to_owned())));
        for too_large in ["1000000000000", "79228162514264337593543950335", "79228162514264337593543950335%"]
        {
            assert_eq!(shown(&Raw::text(too_large)), Err("整数部分不应超过12位，请核对".to_owned()));
        }
    }
}
