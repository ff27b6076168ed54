//! What the cells of a sheet show, folded once however many bands they are looked at in.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::lexicon::Lexicon;
use crate::layout::Layout;
use value::Raw;

/// A text that may be a label, or a level of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// As it stands there.
    pub(super) written: String,
    /// Folded; empty if nothing but decoration stands there.
    pub(super) folded: String,
    /// Without what stands in brackets behind it, folded, if there is such: 支部类型（在职教工…）.
    pub(super) bare: Option<String>,
    /// Whether some label ends so, with or without the brackets.
    pub(super) may_end: bool,
    /// Whether some label begins so.
    pub(super) may_begin: bool,
}

/// What a cell shows.
pub(super) struct Shown {
    /// The text: its own, or that of the merged cell that it belongs to.
    pub(super) text: Option<Rc<Text>>,
    /// Whether the cell itself holds anything.
    pub(super) is_filled: bool,
    /// Whether a merged cell reaches over it from the left.
    pub(super) is_covered: bool,
}

/// A row of them, from the first column of the sheet on.
pub(super) struct TextRow {
    /// The cells.
    pub(super) cells: Vec<Shown>,
    /// How many cells look like data: numbers, dates, long digit strings.
    pub(super) n_data: usize,
}

/// The rows of a sheet that were looked at so far.
pub(super) struct TopRows<'a> {
    layout: &'a Layout<'a>,
    lexicon: &'a Lexicon,
    rows: BTreeMap<u32, Rc<TextRow>>,
}

impl<'a> TopRows<'a> {
    /// None looked at yet.
    pub(super) fn new(layout: &'a Layout<'a>, lexicon: &'a Lexicon) -> Self {
        Self { layout, lexicon, rows: BTreeMap::new() }
    }

    /// A row.
    pub(super) fn row(&mut self, row: u32) -> Rc<TextRow> {
        if let Some(known) = self.rows.get(&row) {
            return known.clone();
        }
        let (first, last) = self.layout.columns;
        let cells = (first..=last).map(|col| self.shown(row, col)).collect();
        let own = self.layout.cells(row, self.layout.columns);
        let n_data = own.filter(|it| self.looks_like_data(it.1)).count();
        let looked_at = Rc::new(TextRow { cells, n_data });
        self.rows.insert(row, looked_at.clone());
        looked_at
    }

    fn shown(&self, row: u32, col: u16) -> Shown {
        let merge = self.layout.merge_at(row, col);
        let written = self.layout.shown(row, col).display();
        Shown {
            text: (!written.is_empty()).then(|| Rc::new(self.text(written))),
            is_filled: !self.layout.get(row, col).is_empty(),
            is_covered: merge.is_some_and(|it| it.left < col),
        }
    }

    fn text(&self, written: String) -> Text {
        let folded = self.lexicon.fold(&written);
        let bare = self.lexicon.bare(&written);
        let may_end =
            self.lexicon.ends_so(&folded) || bare.as_ref().is_some_and(|it| self.lexicon.ends_so(it));
        let may_begin = self.lexicon.begins_so(&folded);
        Text { written, folded, bare, may_end, may_begin }
    }

    fn looks_like_data(&self, raw: &Raw) -> bool {
        match raw {
            Raw::Number { .. } | Raw::Shown { .. } | Raw::Date { .. } | Raw::Bool(_) => {
                !self.lexicon.knows(&raw.display())
            }
            Raw::Text(text) => {
                text.chars().filter(char::is_ascii_digit).count() >= 4 && !self.lexicon.knows(text)
            }
            _ => false,
        }
    }
}
