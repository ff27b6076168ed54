//! The body of a sheet that others have issued: its rows and columns with all that is written beside and above them.

use std::collections::{BTreeMap, BTreeSet};

use annex::{Address, Blank, Numbers, PlaceKind, SheetCell, Spot, Story};

use super::words::Words;

/// A sheet of a blank workbook.
#[derive(Debug)]
pub(super) struct Anatomy {
    /// Its number in addresses.
    pub(super) sheet: usize,
    /// Its name.
    pub(super) name: String,
    /// The rows that bear a title and are to be filled.
    pub(super) rows: Vec<Side>,
    /// The columns that are to be filled.
    pub(super) columns: Vec<Side>,
    /// Blank rows that are prepared for one record each.
    pub(super) blocks: Vec<Block>,
    /// What is written above the headings.
    pub(super) above: Vec<String>,
    cells: Cells,
}

/// A row or column of a body.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// Its number, from 0.
    pub(super) at: usize,
    /// What is written beside or above it, from the outermost to the nearest.
    pub(super) labels: Vec<String>,
    /// Its number in the form: 行次, 栏次.
    pub(super) code: Option<String>,
}

/// Blank rows that are prepared for one record each.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Their place.
    pub(super) at: Address,
    /// The first and the last, from 0.
    pub(super) rows: (usize, usize),
    /// The columns that only number the rows.
    pub(super) numbers: Vec<usize>,
    /// The column of the names, as it seems: the first that does not number the rows.
    pub(super) names: Option<usize>,
}

/// The cells of a sheet, by every row and column that they cover.
#[derive(Debug)]
struct Cells {
    all: Vec<SheetCell>,
    at: BTreeMap<(usize, usize), usize>,
}

impl Cells {
    fn of(blank: &Blank, sheet: usize) -> Self {
        let all = blank.cells_of(sheet);
        let mut at = BTreeMap::new();
        for (number, it) in all.iter().enumerate() {
            for row in it.row..it.row + it.n_rows {
                at.extend((it.column..it.column + it.n_columns).map(|column| ((row, column), number)));
            }
        }
        Self { all, at }
    }

    /// The cell that covers a place.
    fn covering(&self, row: usize, column: usize) -> Option<&SheetCell> {
        Some(&self.all[*self.at.get(&(row, column))?])
    }

    /// The cell that begins at a place.
    fn own(&self, row: usize, column: usize) -> Option<&SheetCell> {
        self.covering(row, column).filter(|it| (it.row, it.column) == (row, column))
    }

    /// The columns of a row in which a figure stands or is to stand.
    fn figures(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.at.range((row, 0)..(row + 1, 0)).filter_map(move |(at, number)| {
            let cell = &self.all[*number];
            ((cell.row, cell.column) == *at && is_figure(cell)).then_some(at.1)
        })
    }

    /// What is written in a row to the left of a column, each cell once.
    fn labels(&self, row: usize, until: usize) -> Vec<&SheetCell> {
        let mut labels: Vec<&SheetCell> = Vec::new();
        for cell in (0..until).filter_map(|it| self.covering(row, it)) {
            if !cell.text.trim().is_empty() && !labels.iter().any(|it| std::ptr::eq(*it, cell)) {
                labels.push(cell);
            }
        }
        labels
    }

    fn rows(&self) -> BTreeSet<usize> {
        self.at.keys().map(|it| it.0).collect()
    }
}

fn is_figure(cell: &SheetCell) -> bool {
    cell.is_framed && (cell.is_formula || cell.is_blank())
}

impl Anatomy {
    /// Reads a sheet; one without anything to be filled has neither rows nor columns.
    pub(super) fn read(blank: &Blank, (sheet, name): (usize, &str), words: &Words) -> Self {
        let cells = Cells::of(blank, sheet);
        let blocks = blocks(blank, sheet);
        let (rows, columns, above) = Reading { cells: &cells, blocks: &blocks, words }.read();
        Self { sheet, name: name.to_owned(), rows, columns, blocks, above, cells }
    }

    /// The cell that begins at a row and column.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&SheetCell> {
        self.cells.own(row, column)
    }

    /// The block that a row belongs to.
    pub(super) fn block(&self, row: usize) -> Option<&Block> {
        self.blocks.iter().find(|it| (it.rows.0..=it.rows.1).contains(&row))
    }

    /// The blank cells of its body, by row and column; those of blocks are not among them.
    pub(super) fn blanks(&self) -> Vec<(usize, usize)> {
        let all = self.rows.iter().flat_map(|row| self.columns.iter().map(|it| (row.at, it.at)));
        all.filter(|at| self.cell(at.0, at.1).is_some_and(|it| is_figure(it) && it.is_blank())).collect()
    }

    /// Whether all figures of a column are the form's own formulas.
    pub(super) fn is_computed(&self, side: &Side, is_column: bool) -> bool {
        let across = if is_column { &self.rows } else { &self.columns };
        let at = |it: &Side| if is_column { (it.at, side.at) } else { (side.at, it.at) };
        let mut figures =
            across.iter().filter_map(|it| self.cell(at(it).0, at(it).1)).filter(|it| is_figure(it));
        let in_block = is_column && !self.blocks.is_empty() && {
            self.blocks.iter().any(|it| self.cell(it.rows.0, side.at).is_none_or(SheetCell::is_blank))
        };
        !in_block && figures.all(|it| it.is_formula)
    }
}

fn blocks(blank: &Blank, sheet: usize) -> Vec<Block> {
    let of = |it: &annex::Place| {
        let Spot::Rows { first, last, .. } = it.at.spot else { return None };
        let PlaceKind::Rows(headings) = &it.kind else { return None };
        let column = |it2: &annex::Heading| blank.column_of(it.at, it2);
        let (plain, numbered): (Vec<_>, Vec<_>) = headings.iter().partition(|it| it.numbers == Numbers::No);
        Some(Block {
            at: it.at,
            rows: (first - 1, last - 1),
            numbers: numbered.into_iter().filter_map(column).collect(),
            names: plain.first().and_then(|it| column(it)),
        })
    };
    let own = blank.places().iter().filter(|it| it.at.story == Story::Sheet(sheet));
    own.filter_map(of).collect()
}

struct Reading<'a> {
    cells: &'a Cells,
    blocks: &'a [Block],
    words: &'a Words,
}

impl Reading<'_> {
    fn read(&self) -> (Vec<Side>, Vec<Side>, Vec<String>) {
        let first_column = self.first_column();
        let rows: Vec<usize> =
            self.cells.rows().into_iter().filter(|it| self.is_titled(*it, first_column)).collect();
        let of_blocks = || self.blocks.iter().flat_map(|it| it.rows.0..=it.rows.1);
        let Some(top) = rows.iter().copied().chain(of_blocks()).min() else {
            let all = self.cells.all.iter().filter(|it| !it.text.trim().is_empty());
            return (Vec::new(), Vec::new(), all.map(|it| it.text.clone()).collect());
        };
        let columns: BTreeSet<usize> = rows
            .iter()
            .copied()
            .chain(of_blocks())
            .flat_map(|it| self.cells.figures(it))
            .filter(|it| *it >= first_column)
            .collect();
        let codes_row = (0..top).rev().find(|it| self.numbers_columns(*it, &columns));
        let columns: Vec<Side> = columns.iter().map(|it| self.column(*it, top, codes_row)).collect();
        let codes_column = (0..first_column).rev().find(|it| self.numbers_rows(*it, &rows, top));
        let rows = self.rows(&rows, first_column, codes_column);
        (rows, without_neutral(columns), self.above(top))
    }

    /// The first column of figures: where most titled rows have their first, and behind the names of records.
    fn first_column(&self) -> usize {
        let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
        for row in self.cells.rows().into_iter().filter(|it| !self.is_of_block(*it)) {
            let Some(first) = self.cells.figures(row).find(|it| !self.cells.labels(row, *it).is_empty())
            else {
                continue;
            };
            *firsts.entry(first).or_default() += 1;
        }
        let most = firsts.into_iter().max_by_key(|it| (it.1, std::cmp::Reverse(it.0))).map_or(0, |it| it.0);
        let behind = self.blocks.iter().filter_map(|it| Some(it.names? + 1)).max().unwrap_or(0);
        most.max(behind)
    }

    fn is_of_block(&self, row: usize) -> bool {
        self.blocks.iter().any(|it| (it.rows.0..=it.rows.1).contains(&row))
    }

    /// Whether a row bears a title and figures, and no words among these.
    fn is_titled(&self, row: usize, first_column: usize) -> bool {
        // What of a number is written: digits, a sign, separators, a percent sign.
        let is_of_number = |it: char| it.is_ascii_digit() || " .,+-%".contains(it);
        let is_word = |it: &&SheetCell| !self.words.is_closed(&it.text) && !it.text.chars().all(is_of_number);
        let last = self.cells.figures(row).last();
        let mut right = (first_column..=last.unwrap_or(0)).filter_map(|it| self.cells.own(row, it));
        !self.is_of_block(row)
            && last.is_some_and(|it| it >= first_column)
            && !self.cells.labels(row, first_column).is_empty()
            && !right.any(|it| is_word(&it))
    }

    /// The headings of a column: cells with words that stand on each other without a gap, as far as their frames go.
    fn column(&self, column: usize, top: usize, codes: Option<usize>) -> Side {
        let mut labels: Vec<&SheetCell> = Vec::new();
        for row in (0..top).rev().filter(|it| Some(*it) != codes) {
            let Some(cell) = self.cells.covering(row, column) else { break };
            if labels.last().is_some_and(|it| std::ptr::eq(*it, cell)) {
                continue;
            }
            if cell.text.trim().is_empty() || (!cell.is_framed && !labels.is_empty()) {
                break;
            }
            labels.push(cell);
        }
        let code = codes.and_then(|it| self.cells.covering(it, column)).and_then(|it| code(&it.text));
        Side { at: column, labels: labels.iter().rev().map(|it| written(&it.text)).collect(), code }
    }

    /// Whether a row numbers the columns: nothing but numbers or letters stands above the figures.
    fn numbers_columns(&self, row: usize, columns: &BTreeSet<usize>) -> bool {
        let own = columns.iter().filter_map(|it| self.cells.own(row, *it));
        let said = own.filter(|it| !self.words.is_stem(&it.text));
        let said: Vec<&SheetCell> = said.collect();
        !said.is_empty() && said.len() * 2 >= columns.len() && said.iter().all(|it| code(&it.text).is_some())
    }

    /// Whether a column numbers the rows: it says so, or nothing but ascending numbers stands in it.
    fn numbers_rows(&self, column: usize, rows: &[usize], top: usize) -> bool {
        let said: Vec<String> = rows
            .iter()
            .filter_map(|it| self.cells.own(*it, column))
            .map(|it| it.text.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect();
        let all_codes = !said.is_empty() && said.iter().all(|it| code(it).is_some());
        let heading = (0..top)
            .rev()
            .find_map(|it| self.cells.covering(it, column).filter(|it| code(&it.text).is_none()));
        let is_called = heading.is_some_and(|it| self.words.codes.contains(&value::fold_label(&it.text)));
        all_codes && (is_called || said.len() > 1)
    }

    fn rows(&self, rows: &[usize], first_column: usize, codes: Option<usize>) -> Vec<Side> {
        let is_code = |it: &SheetCell| Some(it.column) == codes;
        let mut sides: Vec<Side> = Vec::new();
        let mut above: Vec<(usize, String)> = Vec::new();
        for row in rows {
            let labels = self.cells.labels(*row, first_column);
            let mut path: Vec<(usize, String)> =
                labels.iter().filter(|it| !is_code(it)).map(|it| (it.column, written(&it.text))).collect();
            // A group is often written beside its first row only.
            let first = path.first().map_or(0, |it| it.0);
            let inherited = above.iter().filter(|it| it.0 < first).cloned();
            path = inherited.chain(path).collect();
            above.clone_from(&path);
            let code = codes.and_then(|it| self.cells.own(*row, it)).and_then(|it| code(&it.text));
            sides.push(Side { at: *row, labels: path.into_iter().map(|it| it.1).collect(), code });
        }
        without_neutral(sides)
    }

    /// What is written above the headings: whatever has no frame there, or stands above all columns.
    fn above(&self, top: usize) -> Vec<String> {
        let above = self.cells.all.iter().filter(|it| it.row < top && !it.text.trim().is_empty());
        above.map(|it| written(&it.text)).collect()
    }
}

/// What is written beside or above all lines says nothing of one.
fn without_neutral(mut sides: Vec<Side>) -> Vec<Side> {
    while sides.len() > 1 && sides.iter().all(|it| it.labels.len() > 1 && it.labels[0] == sides[0].labels[0])
    {
        sides.iter_mut().for_each(|it| {
            it.labels.remove(0);
        });
    }
    sides
}

/// A text in one line, without blanks.
fn written(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

/// The number that a row or column bears: 2 of `2=3+4`, a letter or two.
fn code(text: &str) -> Option<String> {
    let text = text.trim();
    let own = text.split(['=', '＝']).next().unwrap_or_default().trim();
    let own = own.trim_matches(['(', ')', '（', '）']);
    let is_number = own.len() <= 4 && own.chars().all(|it| it.is_ascii_digit());
    let is_letter = own.len() <= 2 && own.chars().all(|it| it.is_ascii_uppercase());
    (!own.is_empty() && (is_number || is_letter)).then(|| own.to_owned())
}
