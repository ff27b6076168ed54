//! What is to be filled in a column, in plain words: its kind, its limits, what may be chosen, what is checked.

use jiff::civil::Date;

use super::words::Words;
use finding::{FieldId, TableId};
use rules::Condition;
use schema::{Earliest, Field, FieldKind, Schemas, Table};
use value::{DatePart, PartialDate, Period};

/// So many rules are named in the note of a column; the guide names all.
const N_RULES_OF_COLUMN: usize = 4;

/// What is said with.
#[derive(Clone, Copy)]
pub(crate) struct Sayer<'a> {
    pub(crate) words: &'a Words,
    pub(crate) schemas: &'a Schemas,
    pub(crate) rules: &'a [Condition],
    pub(crate) period: Period,
    pub(crate) as_of: Date,
}

/// What is said of a column.
pub(crate) struct Said {
    /// How it is filled in, sentence by sentence.
    pub(crate) how: Vec<String>,
    /// What may be chosen; empty if anything may be written.
    pub(crate) choices: Vec<String>,
    /// What is checked.
    pub(crate) checks: Vec<String>,
}

impl Said {
    /// In one line.
    pub(crate) fn line(&self) -> String {
        self.how.join("；")
    }
}

impl Sayer<'_> {
    /// What is said of a field; `has_list` if there is a list of the records that it may name.
    pub(crate) fn of_field(&self, table_id: TableId, field_id: FieldId, has_list: bool) -> Said {
        let table = &self.schemas.tables[table_id];
        let field = &table.fields[field_id];
        let mut how = vec![self.kind(&field.kind, has_list)];
        how.extend(self.limits(field));
        how.extend(self.dates(table, field));
        how.extend(field.unique.then(|| self.words.plain("rules", "unique").to_owned()));
        how.extend(field.default.as_ref().map(|it| self.words.filled("rules", "default", &[it])));
        let choices = match &field.kind {
            FieldKind::Choice(choices) => choices.iter().map(|it| it.value.to_string()).collect(),
            _ => Vec::new(),
        };
        let own = self.of_table(table_id).filter(|it| it.at == Some(field_id));
        let checks = own.take(N_RULES_OF_COLUMN).map(|it| it.title.to_string()).collect();
        Said { how, choices, checks }
    }

    /// The rules that the records of a table are put to, as of the day of the project.
    pub(crate) fn of_table(&self, table: TableId) -> impl Iterator<Item = &Condition> {
        let as_of = self.as_of;
        self.rules.iter().filter(move |it| {
            let is_valid =
                it.valid_from.is_none_or(|it| it <= as_of) && it.valid_to.is_none_or(|it| it >= as_of);
            it.of == table && is_valid
        })
    }

    fn kind(&self, kind: &FieldKind, has_list: bool) -> String {
        let plain = |key| self.words.plain("types", key).to_owned();
        match kind {
            FieldKind::Text => plain("text"),
            FieldKind::LongText => plain("long_text"),
            FieldKind::Integer => plain("integer"),
            FieldKind::Decimal => plain("decimal"),
            FieldKind::Percent => plain("percent"),
            FieldKind::Date(part) => {
                let day = PartialDate::from(self.as_of);
                let [year, month, day] =
                    [DatePart::Year, DatePart::Month, DatePart::Day].map(|it| day.truncated(it).iso());
                match part {
                    DatePart::Day => self.words.filled("types", "day", &[&day]),
                    DatePart::Month => self.words.filled("types", "month", &[&month, &day]),
                    DatePart::Year => self.words.filled("types", "year", &[&year, &day]),
                }
            }
            FieldKind::YesNo => plain("yes_no"),
            FieldKind::Choice(_) => plain("choice"),
            FieldKind::Code(form) => match &form.made_of {
                Some(made_of) => format!("{}；{made_of}", plain("code")),
                None => plain("code"),
            },
            FieldKind::Name => plain("name"),
            FieldKind::Phone => plain("phone"),
            FieldKind::Identity => plain("identity"),
            FieldKind::Picture => String::new(),
            FieldKind::Reference(reference) => {
                let title = self.schemas.table(&reference.to).map_or("", |it| &it.title);
                let key = match (reference.may_be_unlisted, has_list) {
                    (true, _) => "reference_any",
                    (false, true) => "reference",
                    (false, false) => "reference_free",
                };
                self.words.filled("types", key, &[title])
            }
            FieldKind::List(of) => self.words.filled("types", "several", &[&self.kind(of, has_list)]),
        }
    }

    fn limits(&self, field: &Field) -> Vec<String> {
        let words = self.words;
        let number = |it: value::Amount| it.trimmed().to_string();
        let size = match (field.min.map(number), field.max.map(number)) {
            (Some(min), Some(max)) => Some(words.filled("rules", "between", &[&min, &max])),
            (Some(min), None) => Some(words.filled("rules", "at_least", &[&min])),
            (None, Some(max)) => Some(words.filled("rules", "at_most", &[&max])),
            (None, None) => None,
        };
        let length = match &field.kind {
            FieldKind::Code(form) => form.length,
            _ => None,
        };
        [
            field.unit.as_ref().map(|it| words.filled("rules", "unit", &[it])),
            field.limit.map(|it| words.filled("rules", "limit", &[&it.to_string()])),
            length.map(|it| words.filled("rules", "length", &[&it.to_string()])),
            size,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn dates(&self, table: &Table, field: &Field) -> Vec<String> {
        let (words, plausible) = (self.words, &field.plausible);
        let date = |it: Date| PartialDate::from(it).iso();
        let within = plausible.within_period.then(|| {
            let (first, last) = (self.period.first(), self.period.last());
            words.filled("rules", "within", &[&date(first), &date(last)])
        });
        let after = plausible.happened.then(|| words.filled("rules", "not_after", &[&date(self.as_of)]));
        let before = plausible.not_before.iter().filter_map(|it| match it {
            Earliest::Date(day) => Some(words.filled("rules", "not_before", &[&day.iso()])),
            Earliest::Field(name) => {
                let other = table.field(&name.text).map(|it| &table.fields[it].title)?;
                Some(words.filled("rules", "not_before_field", &[other]))
            }
        });
        within.into_iter().chain(after).chain(before).collect()
    }
}
