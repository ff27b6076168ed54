//! How values are written in Chinese documents.

use minijinja::Value;
use minijinja::value::ValueKind;

use super::{Answer, amounts, dates, lists, unfit};
use crate::objects::{self, shown};

/// `2019年7月1日`, as far as the date is known.
pub(super) fn date_cn(args: &[Value]) -> Answer {
    Ok(Value::from(dates::date(&args[0])?.to_string()))
}

/// `2019.07`, or `2019` if the month is not known: the manner of forms and résumés.
pub(super) fn date_dot(args: &[Value]) -> Answer {
    let date = dates::date(&args[0])?;
    Ok(Value::from(match date.month() {
        None => format!("{}", date.year()),
        Some(month) => format!("{}.{month:02}", date.year()),
    }))
}

/// `2019-07-01`, as far as the date is known.
pub(super) fn date_iso(args: &[Value]) -> Answer {
    Ok(Value::from(dates::date(&args[0])?.iso()))
}

/// `2019年7月`, or `2019年` if the month is not known.
pub(super) fn month_cn(args: &[Value]) -> Answer {
    let date = dates::date(&args[0])?;
    Ok(Value::from(match date.month() {
        None => format!("{}年", date.year()),
        Some(month) => format!("{}年{month}月", date.year()),
    }))
}

/// A whole number in Chinese numerals: 12 is 十二, 105 is 一百零五.
pub(super) fn chinese(args: &[Value]) -> Answer {
    let number = objects::number(&args[0]).ok_or_else(|| unfit(&args[0], "整数"))?;
    let sign = if number < 0 { "负" } else { "" };
    Ok(Value::from(format!("{sign}{}", value::chinese_number(number.unsigned_abs()))))
}

/// Digit by digit: 2019 is 二〇一九. Other characters stay.
pub(super) fn chinese_digits(args: &[Value]) -> Answer {
    let digit = |it: char| it.to_digit(10).map_or(it, value::chinese_digit);
    Ok(Value::from(shown(&args[0])?.chars().map(digit).collect::<String>()))
}

/// With thousands separators and two decimals, or as many as asked for: `1,234.50`.
pub(super) fn amount(args: &[Value]) -> Answer {
    let places = if args[1].is_undefined() { 2 } else { places(&args[1])? };
    Ok(Value::from(grouped(&amounts::decimal(&args[0])?.fixed(places))))
}

/// A fraction as a percentage: 0.255 is `25.5%`. Without a number of decimals at most two, as needed.
pub(super) fn percent(args: &[Value]) -> Answer {
    let fraction = amounts::decimal(&args[0])?;
    let value = fraction.in_percent().ok_or_else(|| unfit(&args[0], "比率"))?;
    let text = if args[1].is_undefined() {
        value.rounded(2).trimmed().to_string()
    } else {
        value.fixed(places(&args[1])?)
    };
    Ok(Value::from(format!("{text}%")))
}

/// The value as it prints, lists with `、`; 无 if there is nothing.
pub(super) fn or_none(args: &[Value]) -> Answer {
    let text = match args[0].kind() {
        ValueKind::Undefined => String::new(),
        ValueKind::Seq | ValueKind::Iterable => lists::joined(&args[0], "、")?,
        _ => shown(&args[0])?,
    };
    Ok(Value::from(if text.is_empty() { "无".to_owned() } else { text }))
}

/// A name of two characters with an ideographic space between, so that names line up in a table.
pub(super) fn spaced_name(args: &[Value]) -> Answer {
    let name = lists::text(&args[0])?;
    let mut letters = name.chars();
    Ok(Value::from(match (letters.next(), letters.next(), letters.next()) {
        (Some(a), Some(b), None) if !a.is_ascii() && !b.is_ascii() => format!("{a}\u{3000}{b}"),
        _ => name.to_owned(),
    }))
}

/// An identity number with its birthday hidden.
pub(super) fn mask_identity(args: &[Value]) -> Answer {
    Ok(Value::from(value::mask_identity(lists::text(&args[0])?)))
}

/// A telephone number with its middle hidden.
pub(super) fn mask_phone(args: &[Value]) -> Answer {
    Ok(Value::from(value::mask_phone(lists::text(&args[0])?)))
}

/// The text as a sentence: its lines joined, with one full stop at its end whatever stood there.
pub(super) fn sentence(args: &[Value]) -> Answer {
    let text = unended(lists::text(&args[0])?);
    let closed = text.ends_with(['！', '？', '…']);
    Ok(Value::from(if text.is_empty() || closed { text } else { text + "。" }))
}

/// The text as part of a sentence: its lines joined, without a stop at its end.
pub(super) fn clause(args: &[Value]) -> Answer {
    Ok(Value::from(unended(lists::text(&args[0])?)))
}

/// The number of characters, counted as for the limits of fields.
pub(super) fn characters(args: &[Value]) -> Answer {
    Ok(Value::from(value::count_characters(lists::text(&args[0])?)))
}

fn unended(text: &str) -> String {
    let joined: String = text.lines().map(str::trim).collect();
    joined.trim_end_matches(['。', '；', '，', '、', '.', ';', ',']).to_owned()
}

fn places(value: &Value) -> Result<u32, minijinja::Error> {
    let number = objects::number(value).and_then(|it| u32::try_from(it).ok());
    number.filter(|it| *it <= 10).ok_or_else(|| unfit(value, "小数位数"))
}

fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut text = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use crate::example::{text, value};

    #[test]
    fn dates_are_written_in_each_manner() {
        let written =
            |manner: &str| text(&format!("{{{{ branch.established|{manner} }}}} {{{{ as_of|{manner} }}}}"));
        assert_eq!(written("date_cn").unwrap(), "2019年7月 2024年7月15日");
        assert_eq!(written("date_dot").unwrap(), "2019.07 2024.07");
        assert_eq!(written("date_iso").unwrap(), "2019-07 2024-07-15");
        assert_eq!(written("month_cn").unwrap(), "2019年7月 2024年7月");
    }

    #[test]
    fn whole_numbers_are_written_in_chinese() {
        for (number, numeral) in [
            ("0", "零"),
            ("10", "十"),
            ("12", "十二"),
            ("20", "二十"),
            ("105", "一百零五"),
            ("110", "一百一十"),
            ("1001", "一千零一"),
            ("10010", "一万零一十"),
            ("100000", "十万"),
            ("1000500", "一百万零五百"),
            ("100000001", "一亿零一"),
            ("-3", "负三"),
        ] {
            assert_eq!(value(&format!("({number})|chinese")).as_deref(), Ok(numeral));
        }
        assert_eq!(value("year(branch.established)|chinese_digits").as_deref(), Ok("二〇一九"));
    }

    #[test]
    fn amounts_and_rates_are_rounded_half_away_from_zero() {
        assert_eq!(value("branch.fund|amount").as_deref(), Ok("1,234.50"));
        assert_eq!(value("minus_amount(0, 1234567)|amount(0)").as_deref(), Ok("-1,234,567"));
        assert_eq!(value("amount('2.345')|amount").as_deref(), Ok("2.35"));
        assert_eq!(value("facts.fund|percent").as_deref(), Ok("25.5%"));
        assert_eq!(value("facts.fund|percent(places=2)").as_deref(), Ok("25.50%"));
        assert_eq!(value("ratio(1, 3)|percent").as_deref(), Ok("33.33%"));
    }

    #[test]
    fn a_clerks_text_fits_into_a_sentence_however_it_ends() {
        for text in ["举办读书班", "举办读书班。", " 举办\n读书班；"] {
            assert_eq!(value(&format!("'{text}'|sentence")).as_deref(), Ok("举办读书班。"));
            assert_eq!(value(&format!("'{text}'|clause")).as_deref(), Ok("举办读书班"));
        }
        assert_eq!(value("'不忘初心！'|sentence").as_deref(), Ok("不忘初心！"));
    }

    #[test]
    fn what_is_not_there_prints_as_none() {
        assert_eq!(text("{{ branch.elected|or_none }}{{ branch.name|or_none }}").unwrap(), "无机械一支部");
        assert_eq!(
            value("(branch.members|last).honours|map(attribute='level')|or_none").as_deref(),
            Ok("无")
        );
        assert_eq!(value("branch.stable|or_none").as_deref(), Ok("是"));
    }

    #[test]
    fn names_are_spaced_and_numbers_masked() {
        assert_eq!(value("'张三'|spaced_name").as_deref(), Ok("张\u{3000}三"));
        assert_eq!(value("'欧阳修'|spaced_name").as_deref(), Ok("欧阳修"));
        assert_eq!(value("'99999919900101123X'|mask_identity").as_deref(), Ok("999999********123X"));
        assert_eq!(value("'13800138000'|mask_phone").as_deref(), Ok("138****8000"));
        assert_eq!(value("'党建GB/T 9704'|characters").as_deref(), Ok("4"));
    }
}
