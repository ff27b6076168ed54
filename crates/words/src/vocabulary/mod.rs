//! The words that expressions and templates may use: functions, filters and tests, each with the
//! signature that the checker reads and the function that does it.
//!
//! Nothing of minijinja's own set is offered unexamined: its comparisons and filters take an
//! undefined value for an ordinary one, and a condition must not be decided by that.

mod amounts;
mod calendar;
mod dates;
mod identity;
mod lists;
mod print;
mod tables;

pub(super) use tables::{FILTERS, FUNCTIONS, TESTS};

use minijinja::value::{Kwargs, Rest, ValueOrKwargs};
use minijinja::{Error, ErrorKind, Value};

/// What a word gives back to the machine.
type Answer = Result<Value, Error>;

/// A function, a filter (whose first parameter is what stands before the bar) or a test (whose
/// first parameter is what stands before `is`).
pub(super) struct Word {
    /// The name in expressions.
    pub(super) name: &'static str,
    /// The parameters, in order; each may also be given by name.
    pub(super) parameters: &'static [Parameter],
    /// What it gives.
    pub(super) gives: Gives,
    /// Does it: one argument for each parameter, undefined for an optional one that was not given.
    pub(super) run: fn(&[Value]) -> Answer,
}

/// A parameter of a [`Word`].
pub(super) struct Parameter {
    /// The name, for arguments given by name and for the usage line.
    pub(super) name: &'static str,
    /// What it takes.
    pub(super) takes: Takes,
    /// Whether it can be left out or be undefined.
    pub(super) need: Need,
}

/// Whether an argument must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It must be given; an undefined one makes the answer undecided.
    Required,
    /// It may be left out.
    Optional,
    /// It must be given but may be undefined: this is an escape hatch.
    MayBeAbsent,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A date.
    Date,
    /// A span of days.
    Period,
    /// A date or a span of days.
    DateOrPeriod,
    /// A decimal or a whole number.
    Amount,
    /// A whole number.
    Number,
    /// 是 or 否.
    YesNo,
    /// Text or a choice.
    Text,
    /// A whole number or text.
    NumberOrText,
    /// Anything that prints, or a list of such.
    PrintableOrList,
    /// Any list.
    List,
    /// A list of dates.
    Dates,
    /// A list of values that print.
    Printables,
    /// A list of lists.
    Lists,
    /// The name of a field of the records in the list before it, as a literal.
    Field,
    /// The name of a test or filter, as a literal.
    Name,
    /// Anything.
    Anything,
}

/// What a word gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// 是 or 否.
    YesNo,
    /// A whole number.
    Number,
    /// A decimal.
    Decimal,
    /// Text.
    Text,
    /// A list of texts.
    Texts,
    /// A date.
    Date,
    /// A span of days.
    Period,
    /// What its first argument is.
    Subject,
    /// What the items of its first argument are.
    Item,
    /// What the field named by its second argument is, a number or a decimal.
    FieldSum,
    /// The one type of its two arguments.
    Either,
    /// What the filter or field named gives, in a list.
    Mapped,
}

impl Word {
    /// How it is used, for hints: `period_back(date, years)`.
    pub(super) fn usage(&self) -> String {
        let one = |it: &Parameter| {
            if it.need == Need::Optional { format!("[{}]", it.name) } else { it.name.to_owned() }
        };
        let list: Vec<String> = self.parameters.iter().map(one).collect();
        format!("{}({})", self.name, list.join(", "))
    }

    /// Answers a call of the machine.
    pub(super) fn answer(&self, arguments: Rest<ValueOrKwargs>) -> Answer {
        (self.run)(&self.arrange(arguments.into_values())?)
    }

    /// Answers a call with positional arguments.
    fn apply(&self, arguments: Vec<Value>) -> Answer {
        (self.run)(&self.arrange(arguments)?)
    }

    /// Puts the arguments in the order of the parameters and stops at an undefined one.
    fn arrange(&self, mut arguments: Vec<Value>) -> Result<Vec<Value>, Error> {
        let named = arguments.pop_if(|it| it.is_kwargs()).map(Kwargs::try_from).transpose()?;
        let mut given = arguments.into_iter();
        let mut arranged = Vec::with_capacity(self.parameters.len());
        for parameter in self.parameters {
            let by_name =
                || named.as_ref().filter(|it| it.has(parameter.name)).map(|it| it.get(parameter.name));
            arranged.push(match given.next().map(Ok).or_else(by_name).transpose()? {
                Some(value) if value.is_undefined() && parameter.need != Need::MayBeAbsent => {
                    return Err(Error::from(ErrorKind::UndefinedError));
                }
                Some(value) => value,
                None if parameter.need == Need::Optional => Value::UNDEFINED,
                None => return Err(self.misused()),
            });
        }
        named.as_ref().map_or(Ok(()), Kwargs::assert_all_used)?;
        if given.next().is_some() { Err(self.misused()) } else { Ok(arranged) }
    }

    fn misused(&self) -> Error {
        Error::new(ErrorKind::InvalidOperation, format!("用法应为 {}", self.usage()))
    }
}

/// The word of a table with this name.
pub(super) fn find(words: &'static [Word], name: &str) -> Option<&'static Word> {
    words.iter().find(|it| it.name == name)
}

/// An answer that the data do not decide, with its reason in Chinese.
fn undecided(reason: String) -> Error {
    Error::new(ErrorKind::UndefinedError, reason)
}

/// An undefined value is undecided; any other is a fault of ours, for the checker lets through only
/// what it knows.
fn unfit(value: &Value, wanted: &str) -> Error {
    if value.is_undefined() {
        return Error::from(ErrorKind::UndefinedError);
    }
    Error::new(ErrorKind::InvalidOperation, format!("“{value}”不是{wanted}"))
}
