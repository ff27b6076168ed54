//! Bands of rows that may be a heading, and the labels above each column of a band.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::N_LEVELS_MAX;
use super::lexicon::{Label, Lexicon};
use super::texts::{Text, TextRow, TopRows};
use crate::layout::Layout;
use finding::Area;
use value::Raw;

/// So many rows that hold anything are looked at cell by cell; those below only if they begin like a heading.
const N_ROWS_SEARCHED: usize = 30;
/// How many cells at the beginning of a row tell whether it begins like a heading.
const N_CELLS_AT_BEGINNING: usize = 6;
/// A row of a heading has at least one cell, and one of the rows two, that is a known label.
const N_KNOWN_MIN: usize = 2;
/// No label is longer, in characters; what is longer is not even compared.
const N_CHARS_OF_LABEL_MAX: usize = 60;
/// A band that ends above lower labels is as wrong as if it had so many rows too few: they would be read as data.
const N_ROWS_CUT: usize = 5;
/// The lower of two labels is no longer than this, in characters, where no table knows it.
const N_CHARS_OF_SUBLABEL_MAX: usize = 12;

/// The rows of a candidate band, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Band {
    /// First row.
    pub(super) top: u32,
    /// Last row.
    pub(super) bottom: u32,
}

/// How many cells of each row are labels that some table knows; rows without any are absent.
pub(crate) fn known_labels(layout: &Layout<'_>, lexicon: &Lexicon) -> BTreeMap<u32, usize> {
    let is_known = |raw: &Raw| match raw {
        Raw::Text(text) => text.chars().nth(N_CHARS_OF_LABEL_MAX).is_none() && lexicon.knows(text),
        _ => false,
    };
    let mut known = BTreeMap::new();
    for (idx, row) in layout.grid.rows().iter().enumerate() {
        let cells = || row.cells().iter().map(|it| &it.1);
        let begins_so = |at_least: usize| {
            let texts = cells().filter(|it| matches!(it, Raw::Text(_))).take(N_CELLS_AT_BEGINNING);
            texts.filter(|it| is_known(it)).nth(at_least - 1).is_some()
        };
        if idx < N_ROWS_SEARCHED || begins_so(N_KNOWN_MIN) {
            let n_known = cells().filter(|it| is_known(it)).count();
            if n_known > 0 {
                known.insert(row.number, n_known);
            }
        }
    }
    known
}

/// The bands of one to four neighbouring rows, without banners, that begin with a known label and end with one, or with
/// what stands below one.
pub(super) fn bands(layout: &Layout<'_>, known: &BTreeMap<u32, usize>) -> Vec<Band> {
    let mut bands = Vec::new();
    for top in known.keys().copied() {
        for bottom in top..top + N_LEVELS_MAX {
            let is_row = |row: u32| layout.grid.row(row).is_some() && !layout.is_banner(row);
            if !is_row(bottom) {
                break;
            }
            let n_known = known.range(top..=bottom).map(|it| *it.1).max().unwrap_or_default();
            let ends_here = known.contains_key(&bottom) || (bottom > top && are_lower_labels(layout, bottom));
            if ends_here && n_known >= N_KNOWN_MIN && layout.n_cells(top) >= 2 {
                bands.push(Band { top, bottom });
            }
        }
    }
    bands
}

/// Whether a row holds nothing but short words below labels of the row above that are broader than one column: 全日制 and
/// 在职 below 学历.
fn are_lower_labels(layout: &Layout<'_>, row: u32) -> bool {
    let Some(above) = row.checked_sub(1) else { return false };
    let is_free = |col: u16| layout.get(above, col).is_empty();
    let is_below_broad = |col: u16| match layout.merge_at(above, col) {
        Some(area) => area.n_cols() > 1 && area.bottom == above,
        // Without merges, whatever stands above a gap is broader.
        None => {
            is_free(col)
                || col.checked_add(1).is_some_and(|it| is_free(it) && !layout.get(row, it).is_empty())
        }
    };
    let is_short = |raw: &Raw| match raw {
        Raw::Text(text) => {
            text.chars().nth(N_CHARS_OF_SUBLABEL_MAX).is_none()
                && !text.contains(|it: char| it.is_ascii_digit())
        }
        _ => false,
    };
    let cells = || layout.cells(row, layout.columns);
    layout.n_cells(above) >= 2
        && cells().any(|it| is_free(it.0))
        && cells().all(|(col, raw)| is_short(raw) && is_below_broad(col))
}

/// Whether no merged label reaches beyond the band: a cut through one would take half a heading for a whole one.
pub(super) fn is_whole(layout: &Layout<'_>, band: Band) -> bool {
    let merges = (band.top..=band.bottom).flat_map(|row| layout.merges(row));
    // What spans more rows than a heading can have, or calls itself so, is a note beside it.
    let is_note = |it: &Area| {
        it.bottom - it.top >= N_LEVELS_MAX || layout.customs.is_remark(&layout.get(it.top, it.left).display())
    };
    let mut labels = merges.filter(|it| !is_note(it));
    labels.all(|it| it.top >= band.top && it.bottom <= band.bottom)
}

/// How many rows the band has too few or too many: labels next to it, and rows without any label within it.
pub(super) fn rows_amiss(layout: &Layout<'_>, band: Band, known: &BTreeMap<u32, usize>) -> usize {
    let is_label_row = |row: &u32| {
        let n_cells = layout.n_cells(*row);
        2 * known.get(row).copied().unwrap_or_default() > n_cells
    };
    let next_to = [band.top.checked_sub(1), Some(band.bottom + 1)];
    let n_cut_off = next_to.iter().flatten().filter(|it| is_label_row(it)).count();
    let is_lower = |row: u32| row > band.top && are_lower_labels(layout, row);
    let goes_on = !is_label_row(&(band.bottom + 1)) && are_lower_labels(layout, band.bottom + 1);
    let without = (band.top..=band.bottom).filter(|it| !known.contains_key(it) && !is_lower(*it));
    n_cut_off + if goes_on { N_ROWS_CUT } else { 0 } + without.count()
}

/// The labels of every column that has one within the band.
pub(super) fn labels(layout: &Layout<'_>, texts: &mut TopRows<'_>, band: Band) -> Vec<Label> {
    let (first, last) = layout.columns;
    let has_merges = (band.top..=band.bottom)
        .flat_map(|row| layout.merges(row))
        .any(|it| it.top >= band.top && it.bottom <= band.bottom && it.n_cols() > 1);
    let rows: Vec<Rc<TextRow>> = (band.top..=band.bottom).map(|row| texts.row(row)).collect();
    let mut carried = Carried { levels: vec![None; rows.len()], is_needed: !has_merges };
    (first..=last).filter_map(|col| label(&rows, (col, col - first), &mut carried)).collect()
}

/// Upper labels that hold for the columns to their right as well, where no merges say so (CSV).
struct Carried {
    levels: Vec<Option<Rc<Text>>>,
    is_needed: bool,
}

/// The label of one column. Without merges, an upper label is carried to the right over blanks as long as a
/// lower label stands below.
fn label(rows: &[Rc<TextRow>], (col, place): (u16, u16), carried: &mut Carried) -> Option<Label> {
    let cell = |level: usize| &rows[level].cells[usize::from(place)];
    let bottom = cell(rows.len() - 1);
    // A label over two columns without labels of their own is that of the first.
    if bottom.is_covered {
        return None;
    }
    let mut written: Vec<Rc<Text>> = Vec::new();
    for level in 0..rows.len() {
        let mut text = cell(level).text.clone();
        if text.is_some() {
            carried.levels[level].clone_from(&text);
            carried.levels[level + 1..].fill(None);
        } else if carried.is_needed && level + 1 < rows.len() && bottom.is_filled {
            text.clone_from(&carried.levels[level]);
        }
        written.extend(text.filter(|it| written.last().is_none_or(|last| last.written != it.written)));
    }
    let lowest = written.last()?.clone();
    written.retain(|it| !it.folded.is_empty());
    (!written.is_empty()).then_some(Label { col, path: written, lowest })
}

/// How many cells of the band look like data.
pub(super) fn data_cells(texts: &mut TopRows<'_>, band: Band) -> usize {
    (band.top..=band.bottom).map(|row| texts.row(row).n_data).sum()
}
