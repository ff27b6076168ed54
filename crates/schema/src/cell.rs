//! One cell, bound to its field: parsed by the declared type, held against the declared limits.

use std::borrow::Cow;
use std::sync::Arc;

use super::shown;
use super::table::{Cell, Field, FieldKind, TimeOfDay};
use finding::{Code, FieldId, Finding, Origin, Report, RowSpan, Target, codes};
use value::{
    Amount, DatePart, Epoch, Fault, IdentityNumber, Parsed, PartialDate, Raw, Value, count_characters,
    folded, mask_phone, parse_choice, parse_code, parse_decimal, parse_integer, parse_name, parse_percent,
    parse_phone, parse_picture, parse_prose, parse_text, parse_yes_no,
};

/// Separators between the values of a list in one cell.
const LIST_SEPARATORS: [char; 6] = ['、', '；', ';', '，', ',', '\n'];

/// A field of records that are being read, and the place where its content stands.
#[derive(Clone, Copy)]
pub(super) struct Slot<'a> {
    /// How it is declared.
    pub(super) field: &'a Field,
    /// Which field of its table it is.
    pub(super) id: FieldId,
    /// The records: several, if one row became several.
    pub(super) rows: RowSpan,
    /// The place.
    pub(super) origin: Origin,
}

impl Slot<'_> {
    /// A finding about the field, at its place.
    pub(super) fn finding(self, code: &'static Code, message: impl Into<String>) -> Finding {
        let about = Target::Field(self.rows, self.id);
        Finding::new(code, message).at(self.origin).about(about).field(self.field.title.clone())
    }
}

/// Parses what does not come from a workbook's cell as its field wants it; see [`bind_since`].
pub(super) fn bind(slot: Slot<'_>, raw: &Raw, report: &mut Report) -> Cell {
    bind_since(Epoch::USUAL, slot, raw, report)
}

/// Parses a cell of a workbook that counts its days from the given one, as its field wants it; every fault
/// becomes a finding at its place.
pub(super) fn bind_since(epoch: Epoch, slot: Slot<'_>, raw: &Raw, report: &mut Report) -> Cell {
    let Slot { field, origin, .. } = slot;
    let Some(raw) = filled(field, raw) else {
        if field.required {
            report.push(missing(slot));
        }
        return Cell { value: Value::Missing, origin };
    };
    let value = match parse(&field.kind, field, &raw, epoch) {
        Ok(parsed) => {
            for note in parsed.notes.into_iter().filter(|it| !is_usual(field, it)) {
                report.push(finding(slot, &raw, note));
            }
            parsed.value
        }
        Err(fault) => {
            report.push(finding(slot, &raw, fault));
            Value::Invalid
        }
    };
    for fault in too_long(field, &value) {
        report.push(finding(slot, &raw, fault));
    }
    Cell { value, origin }
}

/// Whether a note says no more than the schema expects: a meeting has a time of day.
fn is_usual(field: &Field, note: &Fault) -> bool {
    field.time_of_day == TimeOfDay::Allowed && note.code == &codes::DATE_TIME_DROPPED
}

/// The finding for a required field without a value.
pub(super) fn missing(slot: Slot<'_>) -> Finding {
    let wanted = slot.field.wanted().map(|it| format!("；{it}")).unwrap_or_default();
    let finding = slot.finding(&codes::MISSING_VALUE, format!("“{}”没有填写", slot.field.title));
    finding.hint(format!("该项必填，请补填{wanted}"))
}

/// Whether the cell says nothing: empty, or 无, — and the like.
pub(super) fn says_nothing(field: &Field, raw: &Raw) -> bool {
    match raw {
        Raw::Empty => true,
        Raw::Text(text) => {
            let text = folded(text);
            field.empty.iter().any(|it| *it == text)
        }
        _ => false,
    }
}

/// What the cell holds, or the default; `None` if it says nothing.
fn filled<'a>(field: &Field, raw: &'a Raw) -> Option<Cow<'a, Raw>> {
    match (&field.default, says_nothing(field, raw)) {
        (Some(default), true) => Some(Cow::Owned(Raw::Text(default.clone()))),
        (None, true) => None,
        (_, false) => Some(Cow::Borrowed(raw)),
    }
}

/// Parses a cell as its field wants it.
pub(super) fn parse(
    kind: &FieldKind,
    field: &Field,
    raw: &Raw,
    epoch: Epoch,
) -> Result<Parsed<Value>, Fault> {
    if let Raw::Shown { value, text } = raw {
        return shown::parse_both(kind, field, (*value, text), epoch);
    }
    let unit = field.unit.as_deref();
    match kind {
        FieldKind::Text | FieldKind::LongText => lift(prose(field, raw), Value::Text),
        FieldKind::Reference(_) => lift(parse_text(raw), Value::Text),
        FieldKind::Integer => {
            let within = |it: Parsed<i64>| in_range(field, it.value.into()).map(|()| it);
            lift(parse_integer(raw, unit).and_then(within), Value::Integer)
        }
        FieldKind::Decimal => lift(parse_decimal(raw, unit).and_then(|it| sized(field, it)), Value::Decimal),
        FieldKind::Percent => lift(parse_percent(raw).and_then(|it| sized(field, it)), Value::Decimal),
        FieldKind::Date(least) => {
            lift(PartialDate::parse_since(raw, epoch).and_then(|it| precise(it, *least)), Value::Date)
        }
        FieldKind::YesNo => lift(parse_yes_no(raw), Value::YesNo),
        FieldKind::Choice(choices) => lift(parse_choice(raw, choices), Value::Choice),
        FieldKind::Code(form) => lift(parse_code(raw, form.length, form.advice().as_deref()), Value::Text),
        FieldKind::Name => lift(parse_name(raw), Value::Text),
        FieldKind::Phone => lift(parse_phone(raw), Value::Text),
        FieldKind::Identity => lift(IdentityNumber::parse(raw), Value::Identity),
        FieldKind::Picture => lift(parse_picture(raw), Value::Picture),
        FieldKind::List(of) => parse_list(of, field, raw),
    }
}

/// Parses a text; of a sensitive one the notes do not quote.
fn prose(field: &Field, raw: &Raw) -> Result<Parsed<Arc<str>>, Fault> {
    let mut parsed = parse_prose(raw, &field.cleaning)?;
    if field.sensitive {
        parsed.notes.iter_mut().for_each(|it| it.message = it.code.title.to_owned());
    }
    Ok(parsed)
}

fn lift<T>(parsed: Result<Parsed<T>, Fault>, into: impl FnOnce(T) -> Value) -> Result<Parsed<Value>, Fault> {
    parsed.map(|it| Parsed { value: into(it.value), notes: it.notes })
}

/// Refuses a date that is less precise than the field wants: none is completed.
fn precise(date: Parsed<PartialDate>, least: DatePart) -> Result<Parsed<PartialDate>, Fault> {
    if date.value.precision() >= least {
        return Ok(date);
    }
    let wanted = match least {
        DatePart::Year => "年",
        DatePart::Month => "月",
        DatePart::Day => "日",
    };
    Err(Fault::new(
        &codes::DATE_PRECISION,
        format!("“{}”不够精确", date.value),
        format!("该项须具体到{wanted}，请补全"),
    ))
}

fn parse_list(of: &FieldKind, field: &Field, raw: &Raw) -> Result<Parsed<Value>, Fault> {
    let whole = parse_text(raw)?.value;
    let mut values = Vec::new();
    let mut notes = Vec::new();
    for part in whole.split(LIST_SEPARATORS).flat_map(|it| persons(of, it)).filter(|it| !it.is_empty()) {
        let parsed = parse(of, field, &part, Epoch::USUAL)?;
        values.push(parsed.value);
        notes.extend(parsed.notes);
    }
    Ok(Parsed { value: Value::List(values.into()), notes })
}

/// The values of a cell that may hold several, as a list of them would be read.
pub(super) fn each(kind: &FieldKind, raw: &Raw) -> Vec<Raw> {
    let Raw::Text(text) = raw else { return vec![raw.clone()] };
    text.split(LIST_SEPARATORS).flat_map(|it| persons(kind, it)).filter(|it| !it.is_empty()).collect()
}

/// What stands between two marks: of names perhaps several, with strokes or blanks between them.
fn persons(of: &FieldKind, text: &str) -> Vec<Raw> {
    if !matches!(of, FieldKind::Name) {
        return vec![Raw::text(text)];
    }
    let is_name = |it: &Raw| it.is_empty() || parse_name(it).is_ok();
    let mut found = Vec::new();
    for part in text.split(['/', '／', '\\', '|']).map(Raw::text) {
        let parts: Vec<Raw> = words(text_of(&part)).iter().map(|it| Raw::text(it)).collect();
        // 张 三 is one person, 张三 李四 are two.
        if !is_name(&part) && parts.iter().all(is_name) { found.extend(parts) } else { found.push(part) }
    }
    found
}

/// What stands between blanks; two lone characters side by side are one name that was padded: 李　明.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let is_lone = |it: &str| it.chars().nth(1).is_none();
    let mut was_lone = false;
    for word in text.split_whitespace() {
        match words.last_mut().filter(|_| was_lone && is_lone(word)) {
            Some(before) => before.push_str(word),
            None => words.push(word.to_owned()),
        }
        was_lone = !was_lone && is_lone(word);
    }
    words
}

fn text_of(raw: &Raw) -> &str {
    if let Raw::Text(text) = raw { text } else { "" }
}

/// Holds a text, or each text of a list, against the field's limit of length.
fn too_long(field: &Field, value: &Value) -> Vec<Fault> {
    match value {
        Value::Text(text) => longer_than_allowed(field, text).into_iter().collect(),
        Value::List(values) => values.iter().flat_map(|it| too_long(field, it)).collect(),
        _ => Vec::new(),
    }
}

fn longer_than_allowed(field: &Field, text: &Arc<str>) -> Option<Fault> {
    let limit = field.limit?;
    let length = count_characters(text);
    (length > limit).then(|| {
        Fault::new(
            &codes::TEXT_TOO_LONG,
            format!("“{}”共{length}字，超过{limit}字的限制", field.title),
            format!("请压缩到{limit}字以内（至少减{}字）", length - limit),
        )
    })
}

fn sized(field: &Field, number: Parsed<Amount>) -> Result<Parsed<Amount>, Fault> {
    in_range(field, number.value).map(|()| number)
}

/// Refuses a number beyond the limits that the field declares; where it declares none, one that is too large to be meant.
fn in_range(field: &Field, number: Amount) -> Result<(), Fault> {
    let is_low = field.min.map_or(number.is_negative() && number.is_out_of_reach(), |it| number < it);
    let is_high = field.max.map_or(!number.is_negative() && number.is_out_of_reach(), |it| number > it);
    if !is_low && !is_high {
        return Ok(());
    }
    let range = match (field.min, field.max) {
        (Some(min), Some(max)) => format!("应在{min}至{max}之间"),
        (Some(min), _) if is_low => format!("不应小于{min}"),
        (_, Some(max)) if is_high => format!("不应大于{max}"),
        _ => format!("整数部分不应超过{}位", Amount::N_DIGITS),
    };
    let message = format!("“{}”超出范围", number.trimmed());
    Err(Fault::new(&codes::NUMBER_OUT_OF_RANGE, message, format!("{range}，请核对")))
}

fn finding(slot: Slot<'_>, raw: &Raw, fault: Fault) -> Finding {
    let Fault { code, message, hint } = fault;
    let mut finding = slot.finding(code, message).value(shown_value(slot.field, raw, code));
    finding.hint = hint;
    finding
}

/// The value as a finding shows it: masked if sensitive, shortened if long.
fn shown_value(field: &Field, raw: &Raw, code: &Code) -> String {
    const N_CHARS_MAX: usize = 40;
    let text = raw.display();
    if field.sensitive || matches!(field.kind, FieldKind::Identity | FieldKind::Phone) {
        return match field.kind {
            FieldKind::Phone => mask_phone(&text),
            _ => mask(&text),
        };
    }
    if code == &codes::TEXT_TOO_LONG || text.chars().count() > N_CHARS_MAX {
        let head: String = text.chars().take(N_CHARS_MAX).collect();
        return format!("{head}…");
    }
    text
}

/// Masks any other sensitive text: two characters at each end of a longer one stay.
fn mask(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 8 {
        return "*".repeat(chars.len());
    }
    let stars = "*".repeat(chars.len() - 4);
    format!("{}{}{stars}{}{}", chars[0], chars[1], chars[chars.len() - 2], chars[chars.len() - 1])
}
