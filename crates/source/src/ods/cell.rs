//! One cell of an OpenDocument sheet, from its attributes and paragraphs.

use super::styles::Styles;
use crate::format::{iso_date, number as shown};
use crate::struck::Partly;
use ooxml::{NumberFormat, Start, attribute};
use value::{Epoch, Raw};

/// A cell being read.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// How many columns hold it one after the other.
    pub(super) n_cols: u32,
    /// How many rows and columns it covers when merged.
    pub(super) span: (u32, u32),
    /// Its own style.
    pub(super) style: Option<String>,
    /// The restriction on what may be typed.
    pub(super) validation: Option<String>,
    /// Its formula.
    pub(super) formula: Option<String>,
    kind: String,
    value: Option<String>,
    is_error: bool,
    text: String,
    n_paragraphs: usize,
    /// Depth of paragraphs and what is within them; text outside does not count.
    inside: usize,
    /// The depth at which words began that are struck out.
    striking: Option<usize>,
    /// All of the text, once some of it is struck out.
    parted: Partly,
    n_struck: usize,
}

impl Cell {
    /// A cell from its element.
    pub(super) fn new(element: &Start<'_>) -> Self {
        let count = |name: &str| attribute(element, name).and_then(|it| it.parse().ok()).unwrap_or(1);
        // LibreOffice has a second `value-type` of its own, which knows errors.
        let of_office = |name: &str| {
            element
                .attributes()
                .flatten()
                .find(|it| it.key.as_ref().ends_with(name))
                .map(|it| it.value.into_owned())
        };
        let kind = of_office("office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => attribute(element, "date-value"),
            "boolean" => attribute(element, "boolean-value"),
            "string" => attribute(element, "string-value"),
            _ => attribute(element, "value"),
        };
        Self {
            n_cols: count("number-columns-repeated"),
            span: (count("number-rows-spanned"), count("number-columns-spanned")),
            style: attribute(element, "style-name"),
            validation: attribute(element, "content-validation-name"),
            formula: attribute(element, "formula"),
            is_error: of_office("calcext:value-type").as_deref() == Some("error"),
            kind,
            value,
            ..Self::default()
        }
    }

    /// Takes in an element within the cell.
    pub(super) fn begin(&mut self, element: &Start<'_>, styles: &Styles, most: usize) {
        match element.local_name().as_ref() {
            "p" | "h" => {
                if self.n_paragraphs > 0 {
                    self.push("\n", most);
                }
                self.n_paragraphs += 1;
                self.inside += 1;
                return;
            }
            "s" => {
                let n = attribute(element, "c").and_then(|it| it.parse().ok()).unwrap_or(1_usize);
                self.push(&" ".repeat(n.min(most + 1)), most);
            }
            "tab" => self.push("\t", most),
            "line-break" => self.push("\n", most),
            _ => {}
        }
        self.inside += usize::from(self.inside > 0);
        let strikes = || attribute(element, "style-name").is_some_and(|it| styles.strikes_words(&it));
        if self.striking.is_none() && self.inside > 0 && strikes() {
            self.striking = Some(self.inside);
        }
    }

    /// Takes in the end of an element within the cell.
    pub(super) fn end(&mut self) {
        self.striking = self.striking.filter(|it| *it != self.inside);
        self.inside = self.inside.saturating_sub(1);
    }

    /// Takes in text; white space counts as one space, as in all of ODF.
    pub(super) fn text(&mut self, text: &str, most: usize) {
        if self.inside == 0 {
            return;
        }
        let mut after_space = self.text.ends_with([' ', '\n']);
        for letter in text.chars() {
            let blank = matches!(letter, ' ' | '\t' | '\r' | '\n');
            if !(blank && after_space) {
                let shown = if blank { ' ' } else { letter };
                self.push(shown.encode_utf8(&mut [0; 4]), most);
            }
            after_space = blank;
        }
    }

    /// The text of which words are struck out and left out; those that are all that stands there stay, and nothing is given.
    pub(super) fn struck_words(&mut self) -> Option<Partly> {
        let parted = std::mem::take(&mut self.parted);
        if self.text.trim().is_empty() {
            self.text.push_str(&parted.struck());
            return None;
        }
        parted.if_struck()
    }

    /// Whether all that stands there is struck out word by word.
    pub(super) fn is_struck(&self) -> bool {
        self.text.trim().is_empty() && !self.parted.struck().trim().is_empty()
    }

    /// The content, in a cell of this number format.
    pub(super) fn raw(self, format: NumberFormat) -> Raw {
        let number = || self.value.as_deref().and_then(|it| it.parse::<f64>().ok());
        let plain = |percent| NumberFormat { percent, date: None, ..format.clone() };
        let raw = match self.kind.as_str() {
            _ if self.is_error => return Raw::Error(self.text.trim().into()),
            "float" | "currency" => number().map(|it| {
                shown_otherwise(it, &self.text).unwrap_or_else(|| shown(plain(false), it, Epoch::USUAL))
            }),
            "percentage" => number().map(|it| shown(plain(true), it, Epoch::USUAL)),
            "boolean" => self.value.as_deref().map(|it| Raw::Bool(it == "true")),
            "date" => self.value.as_deref().and_then(|it| iso_date(it, &format)),
            "string" => self.value.as_deref().filter(|_| self.text.is_empty()).map(Raw::text),
            "" if self.formula.is_some() && self.text.is_empty() => Some(Raw::Uncalculated),
            _ => None,
        };
        raw.unwrap_or_else(|| Raw::text(&self.text))
    }

    fn push(&mut self, text: &str, most: usize) {
        let is_struck = self.striking.is_some();
        // One character too many shows that it is too long; of more there is no end.
        let n_so_far = if is_struck { self.n_struck } else { self.text.len() };
        if n_so_far > most.saturating_mul(4) {
            return;
        }
        if is_struck && self.parted.is_empty() {
            self.parted.push(&self.text, false);
        }
        if is_struck || !self.parted.is_empty() {
            self.parted.push(text, is_struck);
        }
        if is_struck {
            self.n_struck = self.n_struck.saturating_add(text.len());
        } else {
            self.text.push_str(text);
        }
    }
}

/// A whole number whose cell shows other digits than its own: `202301` of 1, `000103` of 103.
fn shown_otherwise(value: f64, shown: &str) -> Option<Raw> {
    let is_other = |it: char| !it.is_ascii_digit() && it != '.';
    let bare = shown.replace([',', ' '], "");
    let bare = bare.trim_matches(is_other);
    let is_padded = bare.len() > 1 && bare.starts_with('0') && bare.bytes().all(|it| it.is_ascii_digit());
    let differs = bare.parse::<f64>().is_ok_and(|it| it != value.abs());
    let text = shown.trim();
    (value.fract() == 0.0 && value.abs() < 1e15 && (is_padded || differs))
        .then(|| Raw::Shown { value, text: text.into() })
}
