//! The mark of a form: which table it is, of which edition and for which period, and to whom it was sent.

use std::sync::Arc;

use super::columns::{FormColumn, form_columns};
use crate::table::{FieldKind, Table};
use sha2::{Digest as _, Sha256};
use source::FORM_MARK;
use value::{PartialDate, Period, Raw};

/// The way in which marks are written.
const VERSION: &str = "1";
/// So many bytes of the sum over an edition tell it from others.
const N_BYTES: usize = 4;

/// What a form that was sent out says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormMark {
    /// Id of the table.
    pub table: Arc<str>,
    /// Which columns it was made with, for which period: [`edition`].
    pub edition: Arc<str>,
    /// The period that it was to report on.
    pub period: Period,
    /// To whom it was sent; a blank form to nobody, the office to itself.
    pub sent_to: Option<Addressee>,
}

/// A unit to which a form was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Id of the register in which it stands.
    pub register: Arc<str>,
    /// Its key there.
    pub key: Arc<str>,
    /// What it was called.
    pub name: Arc<str>,
}

impl FormMark {
    /// As it stands in the first cell of the row of marks.
    pub fn text(&self) -> String {
        let (first, last) = (self.period.first(), self.period.last());
        let head = format!("{FORM_MARK}{VERSION}|{}|{}|{first}|{last}", self.table, self.edition);
        match &self.sent_to {
            Some(Addressee { register, key, name }) => format!("{head}|{register}|{key}|{name}"),
            None => head,
        }
    }

    /// Reads such a text; `None` if it is none, or written in a way that came later.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix(FORM_MARK)?.splitn(8, '|');
        let mut next = || parts.next();
        let [version, table, edition, first, last] = [next()?, next()?, next()?, next()?, next()?];
        let day = |it: &str| PartialDate::parse(&Raw::text(it)).ok().map(|it| it.value.earliest());
        let period = Period::new(day(first)?, day(last)?)?;
        let sent_to = match [next(), next(), next()] {
            [Some(register), Some(key), Some(name)] => {
                Some(Addressee { register: register.into(), key: key.into(), name: name.into() })
            }
            _ => None,
        };
        let mark = Self { table: table.into(), edition: edition.into(), period, sent_to };
        (version == VERSION).then_some(mark)
    }
}

/// The edition of a table's form: the sum over its columns and the period. Another title, kind or order of columns makes
/// another edition; more choices or other limits do not.
pub fn edition(table: &Table, period: Period) -> String {
    let mut sum = Sha256::new();
    let mut line = |text: &str| {
        sum.update(text.as_bytes());
        sum.update(b"\n");
    };
    line(&format!("{} {} {}", table.id, period.first(), period.last()));
    for FormColumn { id, levels, field, .. } in form_columns(table) {
        let levels: Vec<&str> = levels.iter().map(|it| &**it).collect();
        line(&format!("{id} {} {}", levels.join("/"), kind_word(&table.fields[field].kind)));
    }
    sum.finalize().iter().take(N_BYTES).map(|it| format!("{it:02x}")).collect()
}

fn kind_word(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::LongText => "long_text",
        FieldKind::Integer => "integer",
        FieldKind::Decimal => "decimal",
        FieldKind::Percent => "percent",
        FieldKind::Date(_) => "date",
        FieldKind::YesNo => "yes_no",
        FieldKind::Choice(_) => "choice",
        FieldKind::Code(_) => "code",
        FieldKind::Name => "name",
        FieldKind::Phone => "phone",
        FieldKind::Identity => "identity",
        FieldKind::Picture => "picture",
        FieldKind::Reference(_) => "reference",
        FieldKind::List(of) => kind_word(of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written_and_nothing_else_is() {
        let [first, last] = [(1, 1), (12, 31)].map(|(month, day)| PartialDate::from_day(2024, month, day));
        let period = Period::new(first.unwrap().earliest(), last.unwrap().earliest()).unwrap();
        let bare = FormMark { table: "members".into(), edition: "0a1b2c3d".into(), period, sent_to: None };
        let to =
            Addressee { register: "branches".into(), key: "010103".into(), name: "甲|乙党支部".into() };
        let sent = FormMark { sent_to: Some(to), ..bare.clone() };
        for mark in [bare, sent] {
            assert_eq!(FormMark::parse(&mark.text()), Some(mark));
        }
        for other in [
            "huibian-form|",
            "huibian-form|2|members|0a1b2c3d|2024-01-01|2024-12-31",
            "huibian-form|1|members|0a1b2c3d|2024-12-31|2024-01-01",
            "huibian-form|1|members|0a1b2c3d|今年|明年",
            "党员",
        ] {
            assert_eq!(FormMark::parse(other), None, "{other}");
        }
    }
}
