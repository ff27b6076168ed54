//! Reading dates as clerks write them. What a spelling leaves open is refused, never guessed.

use super::super::Amount;
use super::super::text::{is_blank, narrow, readable};
use super::clock::{has_time, split_time, time_dropped};
use super::numerals::arabic;
use super::refusal::{Refusal, YEARS};
use super::serial::{from_serial, parse_serial, serial_hint};
use super::{Epoch, Fault, Parsed, PartialDate, Raw, likely, program, span, weekday};

/// Parses a cell; see [`PartialDate::parse_since`].
pub(super) fn parse(raw: &Raw, epoch: Epoch) -> Result<Parsed<PartialDate>, Fault> {
    readable(raw)?;
    match raw {
        Raw::Text(text) | Raw::Shown { text, .. } => parse_text(text).map_err(|mut fault| {
            fault.hint = serial_hint(&narrow(text), epoch).or(fault.hint);
            fault
        }),
        Raw::Number { value, decimals, percent: false } => {
            if let Some(parsed) = from_serial(*value, epoch, raw) {
                return Ok(parsed);
            }
            let shown = raw.display();
            let read = parse_number(*value, *decimals).map(Parsed::plain);
            read.or_else(|why| likely::read(&shown, &shown).unwrap_or(Err(why)))
                .map_err(|it| it.fault(&shown))
        }
        Raw::Date { serial, precision } => parse_serial(*serial, *precision, epoch),
        _ => Err(Refusal::NotADate(None).fault(&raw.display())),
    }
}

fn parse_text(text: &str) -> Result<Parsed<PartialDate>, Fault> {
    let written = arabic(&narrow(text));
    if let Some(named) = program::read(&written) {
        let named = named.map_err(|why| why.fault(text))?;
        let dropped = || named.has_time.then(|| time_dropped(text, &named.date));
        let doubt = named.weekday.and_then(|it| weekday::doubt(&named.date, it)).or_else(dropped);
        return Ok(Parsed { value: named.date, notes: doubt.into_iter().collect() });
    }
    let (value, time) = match strict(&written) {
        Ok(read) => read,
        Err(why) => return unusual(&written, text).unwrap_or(Err(why)).map_err(|it| it.fault(text)),
    };
    let mut parsed = Parsed::plain(value);
    let dropped = || has_time(time).then(|| time_dropped(text, &value));
    parsed.notes.extend(weekday::contradiction(&value, time).or_else(dropped));
    Ok(parsed)
}

/// A date as it should be written, and what follows it.
pub(super) fn strict(written: &str) -> Result<(PartialDate, &str), Refusal> {
    let (day, time) = split_time(written);
    Ok((parse_day(&join_blanks(day))?, time))
}

/// The first and the last of the days that a text names, if it names several.
pub(super) fn span_of(text: &str) -> Option<(PartialDate, PartialDate)> {
    span::read(&arabic(&narrow(text)))
}

/// What a text most likely means that is no date as it stands.
fn unusual(written: &str, shown: &str) -> Option<Result<Parsed<PartialDate>, Refusal>> {
    match span::read(written) {
        Some((first, last)) => {
            Some(Ok(Parsed { value: first, notes: vec![span::doubt(shown, first, last)] }))
        }
        None => likely::read(written, shown),
    }
}

/// Blanks beside a mark mean nothing; a blank between digits is a mark itself, so that 2019 1 1
/// does not become 201911.
fn join_blanks(text: &str) -> String {
    let parts: Vec<&str> = text.split(is_blank).filter(|it| !it.is_empty()).collect();
    let mut joined = String::new();
    for part in parts {
        let ends_in_digit = joined.ends_with(|c: char| c.is_ascii_digit());
        if ends_in_digit && part.starts_with(|c: char| c.is_ascii_digit()) {
            joined.push('-');
        }
        joined.push_str(part);
    }
    joined
}

fn parse_day(text: &str) -> Result<PartialDate, Refusal> {
    let text = text.replace(['‐', '‑', '–', '—', '−', '/'], "-").replace('号', "日");
    if text.chars().all(|c| c.is_ascii_digit()) {
        return parse_digits(&text);
    }
    let text = if has_loose_marks(&text) { text.replace(LOOSE_MARKS, ".") } else { text };
    if text.contains("农历") || text.contains("阴历") {
        return Err(Refusal::NotADate(Some("农历日期请换算成公历，写成“2019年7月1日”。".to_owned())));
    }
    if !text.chars().all(|c| c.is_ascii_digit() || "年月日.-".contains(c)) {
        return Err(Refusal::NotADate(None));
    }
    if text.contains(['年', '月', '日']) { parse_marked(&text) } else { parse_separated(&text) }
}

/// Marks that an input method for Chinese gives for a full stop: 2019，7，1.
const LOOSE_MARKS: [char; 3] = [',', '、', '。'];

/// Whether a year of four digits is followed by one or two numbers behind such marks.
fn has_loose_marks(text: &str) -> bool {
    let parts: Vec<&str> = text.split(LOOSE_MARKS).collect();
    let is_number = |it: &&str| (1..=4).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts[0].len() == 4 && parts.iter().all(is_number)
}

/// `2019年`, `2019年7月`, `2019年7月1日`.
fn parse_marked(text: &str) -> Result<PartialDate, Refusal> {
    let (year, rest) = text.split_once('年').ok_or(Refusal::Incomplete)?;
    if rest.is_empty() {
        return build(year, None, None);
    }
    let (month, rest) = rest.split_once('月').ok_or(Refusal::Incomplete)?;
    if rest.is_empty() {
        return build(year, Some(month), None);
    }
    let day = rest.strip_suffix('日').ok_or(Refusal::Incomplete)?;
    build(year, Some(month), Some(day))
}

/// `2019.7`, `2019-07-01`, `2019/7/1`.
fn parse_separated(text: &str) -> Result<PartialDate, Refusal> {
    let parts: Vec<&str> = text.split(['.', '-']).collect();
    match parts[..] {
        [month, year] | [month, _, year] if month.len() <= 2 && year.len() == 4 => {
            Err(Refusal::NotADate(Some("请按年、月、日的次序写，如“2019-07-01”。".to_owned())))
        }
        [year, month] => build(year, Some(month), None),
        [year, month, day] if text.contains('.') && text.contains('-') => Err(Refusal::Ambiguous(format!(
            "可能是{year}年{month}月{day}日，也可能是{year}年{month}月至{day}月；请写成“2019-07-01”的样子。"
        ))),
        [year, month, day] => build(year, Some(month), Some(day)),
        _ => Err(Refusal::NotADate(None)),
    }
}

/// `2019`, `201907`, `20190701`; other lengths have lost a digit or are serial numbers.
fn parse_digits(text: &str) -> Result<PartialDate, Refusal> {
    match text.len() {
        4 => build(text, None, None),
        5 => Err(Refusal::NotADate(None)),
        6 if is_short_day_too(text) => Err(Refusal::Ambiguous(
            "可能是“年年月月日日”，也可能是“年年年年月月”；请写成八位，如“20190701”。".to_owned(),
        )),
        6 => build(&text[..4], Some(&text[4..]), None),
        7 => Err(Refusal::Incomplete),
        8 => build(&text[..4], Some(&text[4..6]), Some(&text[6..])),
        _ => Err(Refusal::NotADate(None)),
    }
}

/// 190701 is hardly January 1907: before the Party was founded six digits are taken for a day with
/// a two-digit year just as well. Later years are read as year and month, the usual `YYYYMM`.
fn is_short_day_too(text: &str) -> bool {
    text < "192100" && build(&format!("20{}", &text[..2]), Some(&text[2..4]), Some(&text[4..])).is_ok()
}

fn build(year: &str, month: Option<&str>, day: Option<&str>) -> Result<PartialDate, Refusal> {
    if year.len() == 2 {
        return Err(Refusal::NotADate(Some("年份请写四位，如“2019”。".to_owned())));
    }
    let short = |it: Option<&str>| it.is_none_or(|it| (1..=2).contains(&it.len()));
    let year = year.parse::<i16>().ok().filter(|_| year.len() == 4);
    let (Some(year), true, true) = (year, short(month), short(day)) else {
        return Err(Refusal::NotADate(None));
    };
    let number = |it: &str| it.parse::<u8>().map_err(|_| Refusal::NotADate(None));
    let made = match (month.map(number).transpose()?, day.map(number).transpose()?) {
        (Some(month), Some(day)) => PartialDate::from_day(year, month, day),
        (Some(month), None) => PartialDate::from_month(year, month),
        _ => PartialDate::from_year(year),
    };
    if !YEARS.contains(&i32::from(year)) {
        return Err(Refusal::OutOfRange);
    }
    made.ok_or(Refusal::Impossible)
}

/// A number cell: 20190701, 201907, 2019, or 2019.07, whose final zero may be lost.
fn parse_number(value: f64, decimals: Option<u8>) -> Result<PartialDate, Refusal> {
    let number = Amount::from_float(value).filter(|it| !it.is_negative()).ok_or(Refusal::NotADate(None))?;
    let text = number.to_string();
    let Some((year, fraction)) = text.split_once('.') else {
        return parse_digits(&text);
    };
    match fraction {
        "1" if decimals == Some(2) => build(year, Some("10"), None),
        "1" if year.len() == 4 => Err(Refusal::Ambiguous(format!(
            "以数字存储的“{year}.1”可能是1月，也可能是10月；请把单元格设为文本格式后重新填写，如“{year}.10”。"
        ))),
        _ => build(year, Some(fraction), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(raw: &Raw) -> String {
        match parse(raw, Epoch::USUAL) {
            Ok(parsed) if parsed.notes.is_empty() => parsed.value.iso(),
            Ok(parsed) => format!("{} + {}", parsed.value.iso(), parsed.notes[0].code.name),
            Err(fault) => fault.code.name.to_owned(),
        }
    }

    #[test]
    fn every_spelling_of_clerks_is_read_with_its_precision() {
        for (text, iso) in [
            ("20051220 2005-12-20 2005/12/20 2005.12.20 2005年12月20日 ２００５．１２．２０", "2005-12-20"),
            ("2005年12月20号 ２００５年１２月２０日 2005—12—20 二〇〇五年十二月二十日", "2005-12-20"),
            ("2019.07 2019.7 2019-7 201907 2019/07 2019年7月 2019年07月 二〇一九年七月", "2019-07"),
            ("20190701 2019/7/1 2019年7月1日 二○一九年七月一日 2019-07-01T00:00:00", "2019-07-01"),
            ("二零一九年元月二十一日 2019.01.21", "2019-01-21"),
            ("2019.10 二〇一九年十月 2019年10月", "2019-10"),
            ("2019.1 2019年1月", "2019-01"),
            ("2019年 2019 二〇一九年", "2019"),
        ] {
            for spelling in text.split(' ') {
                assert_eq!(outcome(&Raw::text(spelling)), iso, "{spelling}");
            }
        }
        for (text, iso) in
            [("2019 年 7 月 1 日", "2019-07-01"), ("2019 1 1", "2019-01-01"), ("2019. 7", "2019-07")]
        {
            assert_eq!(outcome(&Raw::text(text)), iso, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_dropped_and_noted() {
        for text in [
            "2019/2/3  14:30",
            "2019年2月3日下午2时30分",
            "2019-02-03T14:30:00",
            "2019年2月3日（星期日）上午十时",
        ] {
            assert_eq!(outcome(&Raw::text(text)), "2019-02-03 + date-time-dropped", "{text}");
        }
        assert_eq!(outcome(&Raw::text("2019-02-03 00:00:00")), "2019-02-03");
    }

    #[test]
    fn a_weekday_that_is_not_that_of_the_day_is_doubted() {
        for text in
            ["2026年5月9日（星期五）", "2026-05-09 周五", "2026.5.9(周日)", "2026年5月9日（星期天）上午9时"]
        {
            assert_eq!(outcome(&Raw::text(text)), "2026-05-09 + weekday-differs", "{text}");
        }
        let parsed = parse(&Raw::text("2026年5月9日（星期五）"), Epoch::USUAL).unwrap();
        assert_eq!(parsed.notes[0].message, "2026年5月9日是星期六，不是星期五");
        assert_eq!(outcome(&Raw::text("2026-05-10 周日")), "2026-05-10");
        for text in ["2026年5月9日（星期六）", "2026-05-09 周六"] {
            assert_eq!(outcome(&Raw::text(text)), "2026-05-09 + date-time-dropped", "{text}");
        }
    }

    #[test]
    fn what_programs_and_input_methods_write_is_read() {
        for (texts, expected) in [
            (
                "2026-03-06 00:00:00.0|2026-03-06T00:00:00+08:00|2026，3，6|2026。3。6|2026. 3. 6",
                "2026-03-06",
            ),
            (
                "Fri Mar 06 00:00:00 CST 2026|6 March 2026|Mar 6, 2026|06-Mar-2026|二0二六年三月六日",
                "2026-03-06",
            ),
            ("Thu Mar 06 00:00:00 CST 2026", "2026-03-06 + weekday-differs"),
            (
                "Fri Mar 06 10:30:00 CST 2026|2026年3月6日上午9:00-10:30|2026/3/6 下午",
                "2026-03-06 + date-time-dropped",
            ),
            ("2026年3月6日 9:00至11:00|2026-03-06 14:30~16:00", "2026-03-06 + date-time-dropped"),
            ("March 2026|2026，3", "2026-03"),
            ("2025.01.02-03|2025.01.02—2025.01.03|2025年1月2日9:00至3日11:00", "2025-01-02 + date-span"),
        ] {
            for text in texts.split('|') {
                assert_eq!(outcome(&Raw::text(text)), expected, "{text}");
            }
        }
    }

    #[test]
    fn damaged_dates_are_refused_by_kind() {
        for (texts, code) in [
            ("520日上午10时|520日|2009115日|7月1日|2019年520日|2019年7|2019701", "date-incomplete"),
            ("2019年13月|201913|2023-02-30|20230230|2019.00|2019.13.01", "date-impossible"),
            ("7/2019|去年|43072|2019.0701|12:30|农历二月初六|1/2/3/4|19.7", "not-a-date"),
            ("190701|200512x", "date-ambiguous|not-a-date"),
            ("2019.07-01|2019-7.1|05.3.12|Mar-26|12-Mar", "date-ambiguous"),
            ("Mar 32 2026|2026 Feb 30", "date-impossible"),
            ("1019年7月|2919-07-01|18000101", "date-out-of-range"),
        ] {
            let codes: Vec<&str> = code.split('|').collect();
            for (idx, text) in texts.split('|').enumerate() {
                assert_eq!(outcome(&Raw::text(text)), codes[idx.min(codes.len() - 1)], "{text}");
            }
        }
        assert_eq!(outcome(&Raw::text("200512")), "2005-12");
        for text in ["12/2019", "01-03-2019"] {
            let hint =
                |it: &str| matches!(parse_day(it), Err(Refusal::NotADate(Some(it))) if it.contains("次序"));
            assert!(hint(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_dates_only_where_their_digits_leave_no_doubt() {
        for (value, decimals, expected) in [
            (20190701.0, None, "2019-07-01"),
            (201907.0, None, "2019-07"),
            (2019.0, None, "2019"),
            (2019.07, None, "2019-07"),
            (2019.12, None, "2019-12"),
            (2019.7, None, "2019-07"),
            (2019.1, None, "date-ambiguous"),
            (2019.1, Some(1), "date-ambiguous"),
            (2019.1, Some(2), "2019-10"),
            (2019.01, Some(2), "2019-01"),
            (2019.13, None, "date-impossible"),
            (43072.0, None, "2017-12-03 + date-from-serial"),
            (18263.0, None, "not-a-date"),
            (-1.0, None, "not-a-date"),
            (f64::NAN, None, "not-a-date"),
        ] {
            assert_eq!(outcome(&Raw::Number { value, decimals, percent: false }), expected, "{value}");
        }
        let fault = parse(&Raw::text("43072"), Epoch::USUAL).unwrap_err();
        assert!(fault.hint.is_some_and(|it| it.contains("2017年12月3日")));
    }

    #[test]
    fn a_serial_number_is_the_day_that_its_workbook_counts() {
        let number = |value| Raw::Number { value, decimals: None, percent: false };
        let parsed = parse(&number(41610.0), Epoch::MAC).unwrap();
        assert_eq!(parsed.value.iso(), "2017-12-03");
        assert_eq!(
            parsed.notes[0].message,
            "“41610”是日期的序列数（该工作簿的日期从1904年数起），按2017年12月3日读入"
        );
        let fault = parse(&Raw::text("41610"), Epoch::MAC).unwrap_err();
        assert!(fault.hint.is_some_and(|it| it.contains("2017年12月3日")));
        assert_eq!(parse(&number(20_190_701.0), Epoch::MAC).unwrap().value.iso(), "2019-07-01");
        assert!(parse(&number(72000.0), Epoch::MAC).is_err(), "in 2101");
    }

    #[test]
    fn cells_of_other_kinds_are_not_dates() {
        assert_eq!(outcome(&Raw::Bool(true)), "not-a-date");
        assert_eq!(outcome(&Raw::Error("#REF!".into())), "error-cell");
    }
}
