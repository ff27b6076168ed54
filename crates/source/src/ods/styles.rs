//! What the styles of an OpenDocument workbook say about cells and sheets (ODF 1.3 part 3, 16.29).

use std::collections::{BTreeMap, BTreeSet};

use ooxml::{Event, Finest, NumberFormat, Start, attribute};

/// How many styles may stand between a cell's style and the one that knows its number format.
const DEPTH: usize = 16;

/// The styles of `styles.xml` and `content.xml` together.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: BTreeMap<String, NumberFormat>,
    cells: BTreeMap<String, CellStyle>,
    hidden_tables: BTreeSet<String>,
    /// Styles of rows without height and columns without width.
    without_size: BTreeSet<String>,
    /// The number format being read.
    open: Option<(String, NumberFormat)>,
    /// Styles of words by which these are struck out.
    striking_words: BTreeSet<String>,
    /// The style being read, and whether it is one of words.
    style: String,
    is_of_words: bool,
}

#[derive(Debug)]
struct CellStyle {
    format: Option<String>,
    parent: Option<String>,
    /// Whether its text is struck out, if it says so.
    strikes: Option<bool>,
}

impl Styles {
    /// Takes in what an event says about styles.
    pub(super) fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(it) => self.begin(it),
            Event::End(it) => self.end(it.local_name().as_ref()),
            _ => {}
        }
    }

    /// Takes in the end of an element.
    pub(super) fn end(&mut self, name: &str) {
        if is_format(name) {
            self.formats.extend(self.open.take());
        }
    }

    /// The number format of a cell with this style.
    pub(super) fn format(&self, style: &str) -> NumberFormat {
        let mut name = style;
        for _ in 0..DEPTH {
            let Some(style) = self.cells.get(name) else { break };
            match (&style.format, &style.parent) {
                (Some(format), _) => return self.formats.get(format).cloned().unwrap_or_default(),
                (None, Some(parent)) => name = parent,
                (None, None) => break,
            }
        }
        NumberFormat::default()
    }

    /// Whether the text of a cell with this style is struck out.
    pub(super) fn strikes(&self, style: &str) -> bool {
        let find = |name: &str| self.cells.get(name);
        let chain = std::iter::successors(find(style), |it| find(it.parent.as_deref()?));
        chain.take(DEPTH).find_map(|it| it.strikes).unwrap_or_default()
    }

    /// Whether words of this style are struck out.
    pub(super) fn strikes_words(&self, style: &str) -> bool {
        self.striking_words.contains(style)
    }

    /// Whether rows or columns of this style have no height or width.
    pub(super) fn leaves_no_room(&self, style: &str) -> bool {
        self.without_size.contains(style)
    }

    /// Whether a sheet of this style is hidden.
    pub(super) fn hides(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }

    /// Takes in an element.
    pub(super) fn begin(&mut self, element: &Start<'_>) {
        let name = element.local_name();
        match (name.as_ref(), &mut self.open) {
            ("style", _) => {
                self.style = attribute(element, "name").unwrap_or_default();
                let family = attribute(element, "family");
                self.is_of_words = family.as_deref() == Some("text");
                if family.as_deref() == Some("table-cell") {
                    let format = attribute(element, "data-style-name");
                    let parent = attribute(element, "parent-style-name");
                    self.cells.insert(self.style.clone(), CellStyle { format, parent, strikes: None });
                }
            }
            ("table-properties", _) if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden_tables.insert(self.style.clone());
            }
            ("text-properties", _) => {
                let line = attribute(element, "text-line-through-style");
                if self.is_of_words {
                    self.striking_words.extend(line.filter(|it| it != "none").map(|_| self.style.clone()));
                } else if let (Some(line), Some(style)) = (line, self.cells.get_mut(&self.style)) {
                    style.strikes = Some(line != "none");
                }
            }
            ("table-row-properties" | "table-column-properties", _) => {
                let size = ["row-height", "column-width"].iter().find_map(|it| attribute(element, it));
                if size.is_some_and(|it| it.trim_end_matches(char::is_alphabetic).parse() == Ok(0.0)) {
                    self.without_size.insert(self.style.clone());
                }
            }
            (kind, open) if is_format(kind) => {
                let percent = kind == "percentage-style";
                let name = attribute(element, "name").unwrap_or_default();
                *open = Some((name, NumberFormat { percent, ..NumberFormat::default() }));
            }
            ("number", Some((_, format))) => format.decimals = fixed_decimals(element),
            ("year", Some((_, format))) => format.date = format.date.max(Some(Finest::Year)),
            ("month", Some((_, format))) => format.date = format.date.max(Some(Finest::Month)),
            ("day" | "day-of-week" | "hours" | "minutes" | "seconds", Some((_, format))) => {
                format.date = Some(Finest::Day);
            }
            _ => {}
        }
    }
}

fn is_format(name: &str) -> bool {
    matches!(name, "number-style" | "percentage-style" | "currency-style" | "date-style" | "time-style")
}

/// Decimal places that are always shown; `None` if their number depends on the value.
fn fixed_decimals(element: &Start<'_>) -> Option<u8> {
    let most = attribute(element, "decimal-places")?;
    let least = attribute(element, "min-decimal-places").unwrap_or_else(|| most.clone());
    let scaled = attribute(element, "display-factor").is_some();
    (least == most && !scaled).then(|| most.parse().ok())?
}
