//! Finding the headings of a sheet: the bands of rows whose labels fit a table's fields best.
//!
//! Detection is anchored in the schema, not in the shape of the sheet: titles, lines such as 填报单位 and
//! merged banners score nothing because no field is called so. Every band that fits any table is a
//! candidate; the best one wins, those that share rows with it fall away, and the best of the rest is
//! the heading of a further table.

mod lexicon;
mod texts;
mod band;
mod fit;

pub(super) use fit::{Columns, LikeColumn};
pub(super) use lexicon::Lexicon;

use std::collections::BTreeMap;

use self::band::Band;
use self::fit::{SCORE_FIELD, Understood};
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
/// What a fitting name of the sheet or the file is worth: enough to decide between like tables.
const SCORE_NAME: f64 = 4.0;
/// A pinned heading beats every other.
const SCORE_PINNED: f64 = 1000.0;
/// A best reading that is ahead of the next one by less is doubtful.
const MARGIN_MIN: f64 = 2.0;
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
    /// Another reading that fits nearly as well: table, first and last row.
    pub(super) rival: Option<(TableId, u32, u32)>,
    score: f64,
    /// The share of the required fields that it has.
    share: f64,
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

/// One reading of a band: the heading of one table, or those of several side by side.
struct Candidate {
    band: Band,
    headings: Vec<Heading>,
    score: f64,
}

/// Finds the headings of a sheet; `names` are those of the sheet and the file.
pub(super) fn find(layout: &Layout<'_>, names: &[&str], tables: (&Schemas, &Lexicon)) -> Found {
    let (schemas, lexicon) = tables;
    let known = band::known_labels(layout, lexicon);
    let names = names.iter().map(|it| lexicon.fold(it)).collect();
    let texts = TopRows::new(layout, lexicon);
    let mut search = Search { layout, schemas, lexicon, texts, names, candidates: Vec::new(), guess: None };
    let whole = band::bands(layout, &known).into_iter().filter(|it| band::is_whole(layout, *it));
    for band in whole.chain(search.pinned_bands()) {
        search.look_at(band, COST_CUT * band::rows_amiss(layout, band, &known) as f64);
    }
    let guess = search.guess.take().map(|(_, table, fields)| (table, fields));
    Found { headings: choose(search.candidates), known, guess }
}

struct Search<'a> {
    layout: &'a Layout<'a>,
    schemas: &'a Schemas,
    lexicon: &'a Lexicon,
    texts: TopRows<'a>,
    /// Names of the sheet and the file, folded.
    names: Vec<String>,
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
        let whole = self.readings(band, &labels, true);
        let best_whole = whole.iter().map(|it| it.score).fold(0.0, f64::max);
        let blocks = [split_at_gaps(&labels), split_at_repetition(&labels)];
        for blocks in blocks.iter().filter(|it| it.len() > 1) {
            let best = |block: &&[Understood]| {
                self.readings(band, block, false).into_iter().max_by(|a, b| a.score.total_cmp(&b.score))
            };
            let Some(headings) = blocks.iter().map(best).collect::<Option<Vec<_>>>() else { continue };
            // A column without a label parts a table no more than a fold parts a page.
            if headings.iter().any(|it| it.share < SHARE_OF_FURTHER) {
                continue;
            }
            let score = headings.iter().map(|it| it.score).sum::<f64>();
            if score > best_whole + SCORE_FIELD {
                self.candidates.push(Candidate { band, headings, score: score - cost });
            }
        }
        self.candidates.extend(whole.into_iter().map(|it| Candidate {
            band,
            score: it.score - cost,
            headings: vec![it],
        }));
    }

    /// How each table would read the labels, as far as they suffice.
    fn readings(&mut self, band: Band, labels: &[Understood], keeps_guess: bool) -> Vec<Heading> {
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
            let is_pinned = table.returned.header_rows.is_some() && !columns.fields.is_empty();
            let mut score = columns.score(table);
            let Some(share) = columns.share(table).or(is_pinned.then_some(1.0)) else {
                if keeps_guess
                    && !columns.fields.is_empty()
                    && self.guess.as_ref().is_none_or(|it| score > it.0)
                {
                    self.guess = Some((score, table_id, columns.fields.keys().copied().collect()));
                }
                continue;
            };
            score += if is_pinned { SCORE_PINNED } else { 0.0 };
            score += if self.is_named(table) { SCORE_NAME } else { 0.0 };
            columns.add_strangers(table_id, labels);
            let extent = extent(labels);
            let (top, bottom) = (band.top, band.bottom);
            readings.push(Heading {
                table: table_id,
                top,
                bottom,
                extent,
                columns,
                rival: None,
                score,
                share,
            });
        }
        readings
    }

    fn is_named(&self, table: &Table) -> bool {
        table.names().any(|it| self.names.contains(&fold_label(it)))
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

/// Takes the best candidate, drops those that share rows with it, and goes on with the rest.
fn choose(mut candidates: Vec<Candidate>) -> Vec<Heading> {
    // The sort is stable: of equals the upper one, and of the tables the one declared first.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut chosen: Vec<Heading> = Vec::new();
    while !candidates.is_empty() {
        let mut best = candidates.remove(0);
        let shares_rows = |it: &Candidate| it.band.top <= best.band.bottom && it.band.bottom >= best.band.top;
        let (overlapping, rest): (Vec<_>, Vec<_>) = candidates.into_iter().partition(shares_rows);
        candidates = rest;
        let is_small = best.headings.iter().any(|it| it.share < SHARE_OF_FURTHER);
        if best.score <= 0.0 || (!chosen.is_empty() && is_small) {
            continue;
        }
        let rival = overlapping.iter().find(|it| is_other_reading(&best, it));
        if let (Some(rival), [heading]) = (rival, &mut best.headings[..])
            && best.score - rival.score < MARGIN_MIN
        {
            heading.rival = Some((rival.headings[0].table, rival.band.top, rival.band.bottom));
        }
        chosen.extend(best.headings);
    }
    chosen.sort_by_key(|it| (it.top, it.extent));
    chosen
}

/// Whether another candidate would read other records, or the same from other cells.
fn is_other_reading(best: &Candidate, other: &Candidate) -> bool {
    let reading = |it: &Candidate| {
        it.headings.iter().map(|it| (it.table, it.columns.fields.clone())).collect::<Vec<_>>()
    };
    best.band.bottom != other.band.bottom || reading(best) != reading(other)
}
