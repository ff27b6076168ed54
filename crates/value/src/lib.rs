//! The values that fields can hold, and how each kind is parsed from a cell.
//!
//! A parser, one in each file, takes the [`Raw`] content of a cell and gives a [`Parsed`] value with notes on what was
//! tidied, or a [`Fault`] with a code and a remedy. It knows neither place nor field: the caller adds both. What cannot
//! be known is a fault, never a guess. [`Value`] is what a record holds in the end.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod amount;
mod choice;
mod code;
mod date;
mod identity;
mod name;
mod number;
mod numeral;
mod phone;
mod surname;
mod order;
mod picture;
mod text;
mod prose;

pub use amount::{Amount, NotAnAmount};
pub use choice::{Choice, Choices, parse_choice, parse_yes_no};
pub use code::parse_code;
pub use date::{DatePart, Epoch, PartialDate, Period};
pub use identity::{IdentityNumber, mask_identity};
pub use name::parse_name;
pub use number::{parse_decimal, parse_integer, parse_percent};
pub use numeral::{chinese_digit, chinese_number, is_number_part, read_number};
pub use order::{NameKey, NameOrder, SoundKey, initial, sound_key};
pub use phone::{mask_phone, parse_phone};
pub use picture::{Picture, PictureKind, parse_picture};
pub use prose::{Cleaning, Punctuation, Spotted, Width, parse_prose, simplify, spot};
pub use text::{count_characters, fold, fold_label, fold_marked_label, folded, parse_text};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use finding::Code;

/// The content of a cell or scalar as it was read, before a field gives it a type.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Raw {
    /// Nothing, or nothing but white space.
    #[default]
    Empty,
    /// Text; outer white space is already gone.
    Text(Arc<str>),
    /// A number cell.
    Number {
        /// The stored value.
        value: f64,
        /// Decimal places that the cell's number format fixes, where it fixes them.
        decimals: Option<u8>,
        /// Whether the format is a percentage: 0.255 is shown as 25.5%.
        percent: bool,
    },
    /// A number cell that shows other characters than those of its number: 1 as `202301`, 103 as `000103`.
    Shown {
        /// The stored value.
        value: f64,
        /// What the cell shows.
        text: Arc<str>,
    },
    /// A number cell whose format is a date.
    Date {
        /// Days since 1899-12-30, fractions are times of day; already corrected for 1904 books.
        serial: f64,
        /// The finest part that the cell's number format shows. A typed `2019年7月` is stored as
        /// its first day: what is not shown may never have been given.
        precision: DatePart,
    },
    /// A truth value cell.
    Bool(bool),
    /// An error cell, with its literal: `#N/A`.
    Error(Arc<str>),
    /// A formula without a stored result.
    Uncalculated,
    /// A picture in the cell itself, not one that floats above it.
    Picture(Arc<Picture>),
}

impl Raw {
    /// Text without outer white space; [`Raw::Empty`] if nothing is left.
    pub fn text(text: &str) -> Self {
        let text = text::trim(text);
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    /// Whether the cell holds nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The content as the clerk sees it, for messages and for headings; dates as `2019-07-01`,
    /// or `2019-07` where the cell shows no day.
    pub fn display(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) | Self::Shown { text, .. } => text.to_string(),
            Self::Number { value, decimals, percent } => number::display(*value, *decimals, *percent),
            Self::Date { serial, precision } => date::display_serial(*serial, *precision),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Uncalculated => "（公式未计算）".to_owned(),
            Self::Picture(_) => Picture::SHOWN.to_owned(),
        }
    }
}

/// Why a cell is not a value of its field's type: a code and Chinese sentences, still without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The code of the finding that is made of it.
    pub code: &'static Code,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault with its remedy.
    pub fn new(code: &'static Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: Some(hint.into()) }
    }
}

/// A parsed value with notes on what was tidied up on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The value.
    pub value: T,
    /// Each change beyond outer white space.
    pub notes: Vec<Fault>,
}

impl<T> Parsed<T> {
    /// A value that needed no tidying.
    pub fn plain(value: T) -> Self {
        Self { value, notes: Vec::new() }
    }
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing was given.
    Missing,
    /// The content is not a value of the field's type; a finding says why.
    Invalid,
    /// Text, a name, a code, a telephone number.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// An exact decimal; a percentage is the fraction (25.5% is 0.255).
    Decimal(Amount),
    /// A date with its precision.
    Date(PartialDate),
    /// 是 or 否.
    YesNo(bool),
    /// One of the field's choices, in its canonical spelling.
    Choice(Arc<str>),
    /// A resident identity number.
    Identity(IdentityNumber),
    /// A picture.
    Picture(Arc<Picture>),
    /// Several values.
    List(Arc<[Value]>),
}

impl Value {
    /// Whether there is a usable value.
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Missing | Self::Invalid)
    }

    /// The value as printed in a document; empty if it is missing or invalid.
    pub fn display(&self) -> String {
        match self {
            Self::Missing | Self::Invalid => String::new(),
            Self::Text(text) | Self::Choice(text) => text.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.trimmed().to_string(),
            Self::Date(date) => date.to_string(),
            Self::YesNo(true) => "是".to_owned(),
            Self::YesNo(false) => "否".to_owned(),
            Self::Identity(number) => number.as_str().to_owned(),
            Self::Picture(_) => Picture::SHOWN.to_owned(),
            Self::List(values) => values.iter().map(Self::display).collect::<Vec<_>>().join("、"),
        }
    }
}
