//! Finding the headings of a sheet: the bands of rows whose labels fit a table's fields best.
//!
//! Detection is anchored in the schema, not in the shape of the sheet: titles, lines such as 填报单位 and
//! merged banners score nothing because no field is called so. Every band that fits any table is a
//! candidate; the best one wins, those that share rows with it fall away, and the best of the rest is
//! the heading of a further table.

mod lexicon;
mod named;
mod texts;
mod band;
mod fit;
mod choose;

pub(super) use band::known_labels;
pub(super) use fit::{Columns, Labels, LikeColumn, Stranger};
pub(super) use lexicon::Lexicon;
pub(super) use named::without_ordinal;

use std::collections::BTreeMap;

use self::band::Band;
use self::choose::Candidate;
use self::fit::{SCORE_FIELD, Understood};
use self::named::{Plainness, Says};
use self::texts::TopRows;
use super::layout::Layout;
use super::table::{Schemas, Table};
use finding::{FieldId, TableId};
use value::fold_label;

/// The most heading levels.
pub(super) const N_LEVELS_MAX: u32 = 4;
/// What a cell that looks like data costs a band.
const COST_DATA: f64 = 2.0;
/// What each level after the first costs.
const COST_LEVEL: f64 = 0.6;
/// What a row costs that is amiss: of labels, next to a band; of none, within it.
const COST_CUT: f64 = 4.0;
/// What the name of the sheet or a title is worth that names the table in passing, plainly, or is its name.
const SCORE_NAMED: [f64; 3] = [1.0, 5.0, 6.0];
/// What the name of the file is worth: it may hold other tables beside.
const SCORE_FILE_NAMED: [f64; 3] = [0.5, 3.0, 4.0];
/// A pinned heading beats every other.
const SCORE_PINNED: f64 = 1000.0;
/// So many rows are looked at to see whether a column is ticked.
const N_ROWS_TICKED: usize = 200;
/// A column that is ticked holds at most so much else: what its ticks add up to.
const N_TOTALS_OF_TICKS: usize = 1;
/// A further table on a sheet has at least this share of its required fields.
const SHARE_OF_FURTHER: f64 = 0.5;

/// The heading of a table, understood.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// The table.
    pub(super) table: TableId,
    /// First heading row, from zero.
    pub(super) top: u32,
    /// Last heading row, from zero.
    pub(super) bottom: u32,
    /// First and last column that have a label.
    pub(super) extent: (u16, u16),
    /// The columns.
    pub(super) columns: Columns,
    /// Why it may not be this table. Nothing below it is read then.
    pub(super) doubt: Option<Doubt>,
    score: f64,
    /// What the names around it add to that.
    named: f64,
    /// The share of the required fields that it has.
    pub(super) share: f64,
}

impl Heading {
    /// A heading whose columns are known without their labels.
    pub(super) fn marked(
        table: TableId,
        (top, bottom): (u32, u32),
        extent: (u16, u16),
        columns: Columns,
    ) -> Self {
        Self { table, top, bottom, extent, columns, doubt: None, score: 0.0, named: 0.0, share: 1.0 }
    }
}

/// Why a heading may not be that of the table that it fits best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Another reading fits nearly as well: table, first and last row.
    Rival(TableId, u32, u32),
    /// The sheet or the title says that it is this one, and the heading does not fit that at all.
    Named(TableId),
    /// The sheet or the title says that it is something else: 成绩.
    Other(String),
}

/// What was found on a sheet.
#[derive(Debug)]
pub(super) struct Found {
    /// The headings, from the top down, from left to right.
    pub(super) headings: Vec<Heading>,
    /// How many known labels each row has; rows without any are absent.
    pub(super) known: BTreeMap<u32, usize>,
    /// If there is no heading: the table that came nearest, and the fields that it has.
    pub(super) guess: Option<(TableId, Vec<FieldId>)>,
}

/// Finds the headings of a sheet; `names` are those of the sheet and, in one or several forms, of the file.
pub(super) fn find(layout: &Layout<'_>, names: &[&str], tables: (&Schemas, &Lexicon)) -> Found {
    let (schemas, lexicon) = tables;
    let known = band::known_labels(layout, lexicon);
    let said_by = |names: &[&str]| {
        let mut says = Says::default();
        names.iter().for_each(|it| says.add(lexicon.names.said_by(it)));
        says
    };
    let (sheet, file) = names.split_at(names.len().min(1));
    let mut search = Search {
        layout,
        schemas,
        lexicon,
        texts: TopRows::new(layout, lexicon),
        names: names.iter().map(|it| lexicon.fold(without_ordinal(it))).collect(),
        sheet: said_by(sheet),
        file: said_by(file),
        candidates: Vec::new(),
        guess: None,
    };
    let whole = band::bands(layout, &known).into_iter().filter(|it| band::is_whole(layout, *it));
    for band in whole.chain(search.pinned_bands()) {
        search.look_at(band, COST_CUT * band::rows_amiss(layout, band, &known) as f64);
    }
    let guess = search.guess.take().map(|(_, table, fields)| (table, fields));
    let guess = guess.or_else(|| Some((search.sheet.plainly().next()?, Vec::new())));
    Found { headings: choose::choose(search.candidates), known, guess }
}

struct Search<'a> {
    layout: &'a Layout<'a>,
    schemas: &'a Schemas,
    lexicon: &'a Lexicon,
    texts: TopRows<'a>,
    /// Names of the sheet and the file, folded.
    names: Vec<String>,
    /// What the name of the sheet says.
    sheet: Says,
    /// What the name of the file says.
    file: Says,
    candidates: Vec<Candidate>,
    /// The best of the readings that do not suffice: score, table, fields.
    guess: Option<(f64, TableId, Vec<FieldId>)>,
}

impl Search<'_> {
    /// Bands that a schema prescribes may hold what no search would take for a heading.
    fn pinned_bands(&self) -> Vec<Band> {
        let pinned = self.schemas.tables.iter().filter_map(|it| it.returned.header_rows);
        pinned.map(|(top, bottom)| Band { top, bottom }).collect()
    }

    fn look_at(&mut self, band: Band, cost: f64) {
        let labels = band::labels(self.layout, &mut self.texts, band);
        let labels: Vec<Understood> = labels
            .into_iter()
            .map(|it| {
                let meanings = self.lexicon.meanings(&it);
                (it, meanings)
            })
            .collect();
        let cost = cost
            + COST_DATA * band::data_cells(&mut self.texts, band) as f64
            + COST_LEVEL * f64::from(band.bottom - band.top);
        let titles = named::titles_above(self.layout, self.lexicon, band.top);
        let whole = self.readings(band, (&labels, &titles), true);
        let best_whole = whole.iter().map(|it| it.score).fold(0.0, f64::max);
        let blocks = [split_at_gaps(&labels), split_at_repetition(&labels)];
        for blocks in blocks.iter().filter(|it| it.len() > 1) {
            let best = |block: &&[Understood]| {
                self.readings(band, (block, &titles), false)
                    .into_iter()
                    .max_by(|a, b| a.score.total_cmp(&b.score))
            };
            let Some(headings) = blocks.iter().map(best).collect::<Option<Vec<_>>>() else { continue };
            // A column without a label parts a table no more than a fold parts a page.
            if headings.iter().any(|it| it.share < SHARE_OF_FURTHER) {
                continue;
            }
            let score = headings.iter().map(|it| it.score).sum::<f64>();
            if score > best_whole + SCORE_FIELD {
                let (named, other) = (Vec::new(), None);
                self.candidates.push(Candidate { band, headings, score: score - cost, named, other });
            }
        }
        let named: Vec<TableId> = titles.plainly().chain(self.sheet.plainly()).collect();
        let by_sheet = self.sheet.other.clone().filter(|_| titles.plainly().next().is_none());
        let other = titles.other.or(by_sheet);
        self.candidates.extend(whole.into_iter().map(|it| Candidate {
            band,
            score: it.score - cost,
            headings: vec![it],
            named: named.clone(),
            other: other.clone(),
        }));
    }

    /// How each table would read the labels, as far as they suffice.
    fn readings(
        &mut self,
        band: Band,
        (labels, titles): (&[Understood], &Says),
        keeps_guess: bool,
    ) -> Vec<Heading> {
        let mut readings = Vec::new();
        let mut tables: Vec<TableId> = labels.iter().flat_map(|it| it.1.keys().copied()).collect();
        tables.sort_unstable();
        tables.dedup();
        for table_id in tables {
            let table = &self.schemas.tables[table_id];
            if !self.is_looked_for(table, band) {
                continue;
            }
            let mut columns = Columns::of(table_id, table, labels);
            let says = [&self.sheet, titles, &self.file];
            let is_told = says.iter().any(|it| it.of(table_id).is_some());
            columns.refuse_another_way(table, is_told);
            let n_ticks = |col| self.n_ticks(band, col);
            columns.add_others((table_id, table), labels, (self.lexicon, &n_ticks));
            let is_pinned = table.returned.header_rows.is_some() && !columns.fields.is_empty();
            let mut score = columns.score(table);
            let is_named = [&self.sheet, titles].iter().any(|it| it.of(table_id) >= Some(Plainness::Plain));
            let share = columns.share(table, labels.len(), is_named);
            let Some(share) = share.or(is_pinned.then_some(1.0)) else {
                if keeps_guess
                    && !columns.fields.is_empty()
                    && self.guess.as_ref().is_none_or(|it| score > it.0)
                {
                    self.guess = Some((score, table_id, columns.fields.keys().copied().collect()));
                }
                continue;
            };
            score += if is_pinned { SCORE_PINNED } else { 0.0 };
            let named = self.worth_of_names(table_id, titles);
            score += named;
            let extent = extent(labels);
            let (top, bottom) = (band.top, band.bottom);
            readings.push(Heading {
                table: table_id,
                top,
                bottom,
                extent,
                columns,
                doubt: None,
                score,
                named,
                share,
            });
        }
        readings
    }

    /// What the names around the band are worth for a table.
    fn worth_of_names(&self, table: TableId, titles: &Says) -> f64 {
        let worth = |says: &Says, worth: [f64; 3]| says.of(table).map_or(0.0, |it| worth[it as usize]);
        worth(&self.sheet, SCORE_NAMED) + worth(titles, SCORE_NAMED) + worth(&self.file, SCORE_FILE_NAMED)
    }

    /// How many ticks a column has below a band; `None` if other things stand there. Every table asks this of every column,
    /// and of most a few rows tell.
    fn n_ticks(&self, band: Band, col: u16) -> Option<usize> {
        let below = self.layout.grid.rows_within(band.bottom + 1..=u32::MAX).iter().take(N_ROWS_TICKED);
        let (mut n_ticks, mut n_others) = (0, 0);
        for it in below.map(|it| it.get(col)).filter(|it| !it.is_empty()) {
            if self.layout.customs.is_tick(&it.display()) {
                n_ticks += 1;
            } else {
                n_others += 1;
            }
            if n_others > N_TOTALS_OF_TICKS {
                return None;
            }
        }
        Some(n_ticks)
    }

    /// Whether the schema lets the table stand on this sheet and in these rows.
    fn is_looked_for(&self, table: &Table, band: Band) -> bool {
        let sheets = &table.returned.only_sheets;
        let is_here = sheets.is_empty() || sheets.iter().any(|it| self.names.contains(&fold_label(it)));
        is_here && table.returned.header_rows.is_none_or(|it| it == (band.top, band.bottom))
    }
}

fn extent(labels: &[Understood]) -> (u16, u16) {
    let col = |it: Option<&Understood>| it.map_or(0, |it| it.0.col);
    (col(labels.first()), col(labels.last()))
}

/// Blocks of neighbouring columns, parted by columns without a label.
fn split_at_gaps(labels: &[Understood]) -> Vec<&[Understood]> {
    labels.chunk_by(|a, b| b.0.col == a.0.col + 1).collect()
}

/// Blocks that begin with the same label each: one table twice, side by side without a gap.
fn split_at_repetition(labels: &[Understood]) -> Vec<&[Understood]> {
    let Some((first, _)) = labels.first() else { return Vec::new() };
    labels.chunk_by(|_, b| b.0.path != first.path).collect()
}
