//! Finding the heading rows of a sheet: the band of rows whose labels fit a table's fields best.
//!
//! Detection is anchored in the schema, not in the shape of the sheet: titles, lines such as
//! 填报单位 and merged banners score nothing because no field is called so.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Schemas, Table};
use crate::source::Grid;
use crate::value::{Raw, fold_label};

/// Heading rows are looked for among this many rows that hold anything.
const N_ROWS_SEARCHED: usize = 30;
/// The most heading levels.
pub(super) const N_LEVELS_MAX: u32 = 4;
/// A merged cell over this share of the used width is a title or a note, not a heading.
const BANNER_SHARE: f64 = 0.6;
/// A heading that names a field is worth this much; twice for a required field.
const SCORE_FIELD: f64 = 3.0;
/// What a cell that looks like data costs a band.
const COST_DATA: f64 = 2.0;
/// What each level after the first costs.
const COST_LEVEL: f64 = 0.6;
/// What a fitting name of the sheet or the file is worth: enough to decide between like tables.
const SCORE_NAME: f64 = 4.0;

/// The heading of a sheet, understood.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// Index of the table among the schemas.
    pub(super) table: usize,
    /// First heading row, from zero.
    pub(super) top: u32,
    /// Last heading row, from zero.
    pub(super) bottom: u32,
    /// Column of each field that was found, by the field's index.
    pub(super) columns: BTreeMap<usize, u16>,
    /// Columns with a label that belongs to no field: column and label as written.
    pub(super) strangers: Vec<(u16, String)>,
    /// Columns that name a field which another column has already taken: column, label, field index.
    pub(super) repeated: Vec<(u16, String, usize)>,
    score: f64,
}

/// The rows of a candidate band.
#[derive(Debug, Clone, Copy)]
struct Band {
    top: u32,
    bottom: u32,
}

/// The labels above one column, from the top level down, folded; and the lowest as written.
#[derive(Debug, Clone)]
struct Label {
    col: u16,
    path: Vec<String>,
    /// The lowest label without what stands in brackets behind it, folded, if there is such: 支部类型（在职教工…）.
    bare: Option<String>,
    written: String,
}

/// Finds the heading that fits best, over all tables; `names` are those of the sheet and the file.
pub(super) fn find(grid: &Grid, names: &[&str], schemas: &Schemas) -> Option<Heading> {
    let names: Vec<String> = names.iter().map(|it| fold_label(it)).collect();
    let lexicons: Vec<Lexicon> = schemas.tables.iter().map(Lexicon::new).collect();
    let mut best: Option<Heading> = None;
    for band in bands(grid) {
        let labels = labels(grid, band);
        let n_data = data_cells(grid, band);
        for (table_idx, table) in schemas.tables.iter().enumerate().filter(|(_, it)| it.parent.is_none()) {
            let Some(mut heading) = fit(table, &lexicons[table_idx], &labels) else { continue };
            heading.table = table_idx;
            (heading.top, heading.bottom) = (band.top, band.bottom);
            heading.score -= COST_DATA * n_data as f64 + COST_LEVEL * f64::from(band.bottom - band.top);
            if table.names().any(|it| names.contains(&fold_label(it))) {
                heading.score += SCORE_NAME;
            }
            if best.as_ref().is_none_or(|it| heading.score > it.score) {
                best = Some(heading);
            }
        }
    }
    best
}

/// The bands of one to four neighbouring rows, without banners, near the top of the sheet.
fn bands(grid: &Grid) -> Vec<Band> {
    let rows: Vec<u32> = grid.rows.keys().copied().take(N_ROWS_SEARCHED).collect();
    let banners: BTreeSet<u32> = rows.iter().copied().filter(|row| is_banner(grid, *row)).collect();
    let mut bands = Vec::new();
    for (idx, top) in rows.iter().enumerate() {
        for bottom in rows[idx..].iter().take(N_LEVELS_MAX as usize) {
            let is_gapless =
                (*top..=*bottom).all(|row| grid.rows.contains_key(&row) && !banners.contains(&row));
            if is_gapless && grid.rows[top].len() >= 2 {
                bands.push(Band { top: *top, bottom: *bottom });
            }
        }
    }
    bands
}

/// Whether a merged cell covers most of the row's width.
pub(super) fn is_banner(grid: &Grid, row: u32) -> bool {
    let Some((first, last)) = grid.columns() else { return false };
    let width = f64::from(last - first) + 1.0;
    grid.merges.iter().any(|it| {
        (it.top..=it.bottom).contains(&row) && width > 2.0 && f64::from(it.n_cols()) >= BANNER_SHARE * width
    })
}

/// The labels of every column that has one within the band.
fn labels(grid: &Grid, band: Band) -> Vec<Label> {
    let Some((first, last)) = grid.columns() else { return Vec::new() };
    let has_merges =
        grid.merges.iter().any(|it| it.top >= band.top && it.bottom <= band.bottom && it.n_cols() > 1);
    let mut carried: BTreeMap<u32, String> = BTreeMap::new();
    (first..=last).filter_map(|col| label(grid, band, col, has_merges, &mut carried)).collect()
}

/// The label of one column. Without merges (CSV), an upper label is carried to the right over blanks
/// as long as a lower label stands below.
fn label(
    grid: &Grid,
    band: Band,
    col: u16,
    has_merges: bool,
    carried: &mut BTreeMap<u32, String>,
) -> Option<Label> {
    let mut written: Vec<String> = Vec::new();
    for row in band.top..=band.bottom {
        let mut text = grid.shown(row, col).display();
        if !text.is_empty() {
            carried.insert(row, text.clone());
            carried.retain(|level, _| *level <= row);
        } else if !has_merges && row < band.bottom && !grid.get(band.bottom, col).is_empty() {
            text = carried.get(&row).cloned().unwrap_or_default();
        }
        if !text.is_empty() && written.last() != Some(&text) {
            written.push(text);
        }
    }
    let lowest = written.last()?.clone();
    let path = written.iter().map(|it| fold_label(it)).filter(|it| !it.is_empty()).collect();
    let bare = lowest.find(['(', '（']).filter(|it| *it > 0).map(|it| fold_label(&lowest[..it]));
    Some(Label { col, path, bare, written: lowest })
}

/// How many cells of the band look like data: numbers, dates, long digit strings.
fn data_cells(grid: &Grid, band: Band) -> usize {
    let looks_like_data = |raw: &Raw| match raw {
        Raw::Number { .. } | Raw::Date { .. } | Raw::Bool(_) => true,
        Raw::Text(text) => text.chars().filter(char::is_ascii_digit).count() >= 4,
        Raw::Empty | Raw::Error(_) | Raw::Uncalculated | Raw::Picture(_) => false,
    };
    grid.rows
        .range(band.top..=band.bottom)
        .flat_map(|(_, cells)| cells.values())
        .filter(|it| looks_like_data(it))
        .count()
}

/// The labels by which a table's fields are known, folded.
struct Lexicon {
    fields: BTreeMap<String, usize>,
    ignored: BTreeSet<String>,
}

impl Lexicon {
    fn new(table: &Table) -> Self {
        let mut fields = BTreeMap::new();
        for (field_idx, field) in table.fields.iter().enumerate() {
            for name in [&field.title].into_iter().chain(&field.synonyms) {
                fields.entry(fold_path(name)).or_insert(field_idx);
            }
        }
        // A title always wins over another field's synonym.
        for (field_idx, field) in table.fields.iter().enumerate() {
            fields.insert(fold_path(&field.title), field_idx);
        }
        Self { fields, ignored: table.ignored.iter().map(|it| fold_label(it)).collect() }
    }

    /// The field that a label names, and how many of its levels were needed to know it.
    fn field(&self, label: &Label) -> Option<(usize, usize)> {
        let path = &label.path;
        let tails = (1..=path.len()).rev().map(|n| (path[path.len() - n..].join("/"), n));
        let bare = label.bare.iter().map(|it| (it.clone(), 1));
        tails.chain(bare).find_map(|(name, n)| self.fields.get(&name).map(|it| (*it, n)))
    }
}

/// Folds each level of a name such as `党员人数/总数`.
fn fold_path(name: &str) -> String {
    name.split('/').map(fold_label).collect::<Vec<_>>().join("/")
}

/// Gives each column to the field that it names; `None` if too little of the table is there.
fn fit(table: &Table, lexicon: &Lexicon, labels: &[Label]) -> Option<Heading> {
    let mut heading = Heading {
        table: 0,
        top: 0,
        bottom: 0,
        columns: BTreeMap::new(),
        strangers: Vec::new(),
        repeated: Vec::new(),
        score: 0.0,
    };
    let mut levels_used: BTreeMap<usize, usize> = BTreeMap::new();
    for label in labels {
        if label.path.last().is_none_or(|it| lexicon.ignored.contains(it)) {
            continue;
        }
        let Some((field, n_levels)) = lexicon.field(label) else {
            heading.strangers.push((label.col, label.written.clone()));
            continue;
        };
        match heading.columns.get(&field).copied() {
            Some(_) if levels_used[&field] >= n_levels => {
                heading.repeated.push((label.col, label.written.clone(), field));
            }
            earlier => {
                if let Some(col) = earlier {
                    heading.repeated.push((col, label.written.clone(), field));
                }
                heading.columns.insert(field, label.col);
                levels_used.insert(field, n_levels);
            }
        }
    }
    let worth = |field: usize| if table.fields[field].required { 2.0 * SCORE_FIELD } else { SCORE_FIELD };
    heading.score = heading.columns.keys().map(|it| worth(*it)).sum();
    let n_required = table.fields.iter().filter(|it| it.required).count();
    let n_found = heading.columns.keys().filter(|it| table.fields[**it].required).count();
    (n_found >= 2 || (n_found > 0 && 2 * n_found >= n_required)).then_some(heading)
}
