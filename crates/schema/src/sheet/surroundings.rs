//! What stands around a table: the unit that reports, the date, the years that its title names.

use std::sync::Arc;

use crate::customs::Customs;
use crate::layout::Layout;
use finding::Origin;
use value::{PartialDate, Raw, fold};

/// A title is no longer than this, in characters; what is longer is a note.
const N_CHARS_OF_TITLE_MAX: usize = 40;
/// So many rows above a heading may bear its title.
const N_ROWS_OF_TITLE: u32 = 8;

/// What a sheet says about itself outside its tables.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetFacts {
    /// The sheet.
    pub sheet: Origin,
    /// The unit that reports, as written, and where.
    pub unit: Option<(Arc<str>, Origin)>,
    /// The day on which it was filled in, and where.
    pub date: Option<(PartialDate, Origin)>,
    /// The years that a title names, and where; several of a span.
    pub years: Vec<(Vec<i16>, Origin)>,
    /// Whether one of its tables usually names earlier years.
    pub expects_earlier_years: bool,
}

impl SheetFacts {
    /// Reads the rows outside the tables.
    pub(super) fn of(layout: &Layout<'_>, rows: &[u32]) -> Self {
        let sheet = Origin::sheet(layout.grid.file, layout.grid.sheet);
        let mut facts =
            Self { sheet, unit: None, date: None, years: Vec::new(), expects_earlier_years: false };
        for line in layout.grid.above.iter().flatten() {
            facts.read(line, None, sheet, layout.customs);
        }
        for row in rows {
            let cells: Vec<(u16, &Raw)> = layout.cells(*row, layout.columns).collect();
            for (idx, (col, raw)) in cells.iter().enumerate() {
                let next = cells.get(idx + 1).map(|it| it.1);
                facts.read(&raw.display(), next, layout.origin(*row, *col), layout.customs);
            }
        }
        facts
    }

    fn read(&mut self, text: &str, next: Option<&Raw>, origin: Origin, customs: &Customs) {
        let named = |keys: &[String]| match value_of(text, keys, customs)? {
            it if it.is_empty() => next.cloned(),
            it => Some(Raw::text(&it)),
        };
        let unit = named(&customs.units).filter(|it| matches!(it, Raw::Text(_)));
        let date = named(&customs.dates).and_then(|it| PartialDate::parse(&it).ok());
        let is_line = unit.is_some() || date.is_some();
        self.unit = self.unit.take().or_else(|| unit.map(|it| (it.display().into(), origin)));
        self.date = self.date.take().or_else(|| date.map(|it| (it.value, origin)));
        if !is_line && text.chars().count() <= N_CHARS_OF_TITLE_MAX {
            let years = years_in(text);
            if !years.is_empty() {
                self.years.push((years, origin));
            }
        }
    }
}

/// What stands behind one of the keys and a colon, up to the next gap; empty if it stands in the next cell.
fn value_of(text: &str, keys: &[String], customs: &Customs) -> Option<String> {
    let text = text.replace('：', ":");
    let (key, at) = keys.iter().find_map(|it| Some((it, text.find(it.as_str())?)))?;
    let mut rest = text[at + key.len()..].trim_start();
    for seal in &customs.seals {
        rest = rest.strip_prefix(seal.as_str()).unwrap_or(rest).trim_start();
    }
    let value = rest.strip_prefix(':')?.trim_start();
    // Another key on the same line ends the value even without a gap.
    let ends = customs.units.iter().chain(&customs.dates).filter_map(|it| value.find(&format!("{it}:")));
    let gaps = ["  ", "\u{3000}", "\t", "\n"].into_iter().filter_map(|it| value.find(it));
    let end = ends.chain(gaps).min().unwrap_or(value.len());
    Some(value[..end].trim().to_owned())
}

/// The years that a text names: 2023年, 2022—2023学年; a 文号 such as 〔2023〕5号 names none.
pub(crate) fn years_in(text: &str) -> Vec<i16> {
    let folded: Vec<char> = fold(text).chars().collect();
    let mut years: Vec<i16> = Vec::new();
    let mut pending: Option<i16> = None;
    let mut at = 0;
    while at < folded.len() {
        let digits: String = folded[at..].iter().take_while(|it| it.is_ascii_digit()).collect();
        if digits.is_empty() {
            at += 1;
            continue;
        }
        at += digits.len();
        let year = digits.parse::<i16>().ok().filter(|it| digits.len() == 4 && (1990..2100).contains(it));
        match (folded.get(at), year) {
            (Some('年' | '学'), Some(year)) => years.extend(pending.take().into_iter().chain([year])),
            (Some('-' | '—' | '–' | '~' | '至' | '到' | '/'), Some(year)) => pending = Some(year),
            _ => pending = None,
        }
    }
    years
}

/// The one year that a title above a row names, or else a name, the first first.
pub(super) fn year_around(layout: &Layout<'_>, names: &[&str], top: u32) -> Option<i16> {
    let above = layout.grid.rows_within(top.saturating_sub(N_ROWS_OF_TITLE)..=top.saturating_sub(1)).iter();
    let above = above.filter(|it| it.number < top).flat_map(|it| it.cells().iter().map(|it| it.1.display()));
    let lines = layout.grid.above.iter().flatten().map(ToString::to_string);
    let titles = above.chain(lines).filter(|it| it.chars().count() <= N_CHARS_OF_TITLE_MAX);
    let of_titles: Vec<i16> = titles.flat_map(|it| years_in(&it)).collect();
    let of_names = names.iter().map(|it| years_in(it));
    let years = [of_titles].into_iter().chain(of_names).find(|it| !it.is_empty())?;
    years.first().copied().filter(|first| years.iter().all(|it| it == first))
}
