//! Formulas as a spreadsheet writes them: cells by their addresses, neighbours as ranges.

use super::BookFault;
use documents::{Book, Captions, CellRef, Formula, Sheet, Sign};
use finding::cell_name;

/// So many neighbours are summed as a range; fewer are read more easily one by one.
const RANGE: usize = 3;

/// Excel takes 255 arguments; somewhat fewer are safe everywhere.
const ARGUMENTS: usize = 200;

/// Where the cells of a book stand.
pub(super) struct Atlas<'b> {
    book: &'b Book,
    /// The names on the tabs, as written.
    tabs: Vec<String>,
}

/// Neighbouring cells of one sheet that are added or subtracted together.
struct Run {
    sign: Sign,
    first: CellRef,
    last: CellRef,
    count: usize,
}

impl<'b> Atlas<'b> {
    /// Draws up the atlas of a book whose tabs are called so.
    pub(super) fn new(book: &'b Book, tabs: Vec<String>) -> Self {
        Self { book, tabs }
    }

    /// What the parts of the book are called.
    pub(super) fn captions(&self) -> &Captions {
        &self.book.captions
    }

    /// The name on a tab.
    pub(super) fn tab(&self, sheet: usize) -> &str {
        self.tabs.get(sheet).map_or("", String::as_str)
    }

    /// A formula on the sheet `from`, without the sign of equality.
    ///
    /// # Errors
    /// A reference to a cell that no table has.
    pub(super) fn formula(&self, from: usize, formula: &Formula) -> Result<String, BookFault> {
        match formula {
            Formula::Same(at) => self.address(from, *at),
            Formula::Rate { part, whole, .. } => {
                let (part, whole) = (self.address(from, *part)?, self.address(from, *whole)?);
                Ok(format!("IF({whole}=0,\"\",{part}/{whole})"))
            }
            Formula::Sum(terms) => self.sum(from, &runs(terms)),
        }
    }

    /// The area between two cells of one sheet, absolute, as names want it: `'表2'!$C$7`.
    ///
    /// # Errors
    /// A reference to a cell that no table has.
    pub(super) fn area(&self, first: CellRef, last: CellRef) -> Result<String, BookFault> {
        let absolute = |at: CellRef| {
            let name = self.place(at)?;
            let digits = name.find(|it: char| it.is_ascii_digit()).unwrap_or(name.len());
            let (column, row) = name.split_at(digits);
            Ok::<_, BookFault>(format!("${column}${row}"))
        };
        let (start, end) = (absolute(first)?, absolute(last)?);
        let range = if start == end { start } else { format!("{start}:{end}") };
        Ok(format!("'{}'!{range}", self.tab(first.sheet)))
    }

    fn sum(&self, from: usize, runs: &[Run]) -> Result<String, BookFault> {
        let has_range = runs.iter().any(|it| it.count >= RANGE);
        let is_plus = runs.iter().all(|it| it.sign == Sign::Plus);
        if has_range && is_plus {
            let ranges: Vec<String> = runs.iter().map(|it| self.range(from, it)).collect::<Result<_, _>>()?;
            let sums = ranges.chunks(ARGUMENTS).map(|it| format!("SUM({})", it.join(",")));
            return Ok(sums.collect::<Vec<_>>().join("+"));
        }
        let mut text = String::new();
        for run in runs {
            match run.sign {
                Sign::Minus => text.push('-'),
                Sign::Plus if !text.is_empty() => text.push('+'),
                Sign::Plus => {}
            }
            let range = self.range(from, run)?;
            text.push_str(&if run.count > 1 { format!("SUM({range})") } else { range });
        }
        Ok(if text.is_empty() { "0".to_owned() } else { text })
    }

    fn range(&self, from: usize, run: &Run) -> Result<String, BookFault> {
        let first = self.address(from, run.first)?;
        Ok(if run.count == 1 { first } else { format!("{first}:{}", self.place(run.last)?) })
    }

    /// A cell as it is called on the sheet `from`.
    fn address(&self, from: usize, at: CellRef) -> Result<String, BookFault> {
        let place = self.place(at)?;
        Ok(if at.sheet == from { place } else { format!("'{}'!{place}", self.tab(at.sheet)) })
    }

    /// A cell as A1 on its own sheet.
    fn place(&self, at: CellRef) -> Result<String, BookFault> {
        let table = self.book.sheets.get(at.sheet).and_then(Sheet::table);
        let table = table.filter(|it| at.row < it.rows.len() && at.column < it.columns.len());
        let place = table.and_then(|it| {
            let (row, column) = it.body();
            let (down, right) = (u32::try_from(at.row).ok()?, u16::try_from(at.column).ok()?);
            Some(cell_name(row.checked_add(down)?, column.checked_add(right)?))
        });
        place.ok_or(BookFault::Dangling { sheet: at.sheet, row: at.row, column: at.column })
    }
}

/// Joins neighbours: at least [`RANGE`] of one sign that follow each other downwards or to the right.
fn runs(terms: &[(Sign, CellRef)]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = terms;
    while let Some((sign, first)) = rest.first().copied() {
        let length = run_length(rest, 1, 0).max(run_length(rest, 0, 1));
        let count = if length >= RANGE { length } else { 1 };
        let (run, left) = rest.split_at(count);
        let last = run.last().map_or(first, |(_, at)| *at);
        runs.push(Run { sign, first, last, count });
        rest = left;
    }
    runs
}

/// How many terms from the first on follow each other in steps of so many rows and columns.
fn run_length(terms: &[(Sign, CellRef)], down: usize, right: usize) -> usize {
    let follows = |pair: &&[(Sign, CellRef)]| match pair {
        [(sign, before), (next_sign, at)] => {
            let next = CellRef { row: before.row + down, column: before.column + right, ..*before };
            sign == next_sign && *at == next
        }
        _ => false,
    };
    1 + terms.windows(2).take_while(follows).count()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::Date;

    use super::*;
    use documents::{Align, Cell, Column, Row, Table};

    fn book() -> Book {
        let column = Column { heading: vec!["人数".to_owned()], width: None, align: Align::Right };
        let table = Table {
            columns: vec![column; 30],
            rows: vec![Row::from(vec![Cell::Integer(1); 30]); 12],
            ..Table::default()
        };
        Book {
            title: String::new(),
            author: String::new(),
            date: Some(Date::constant(2024, 12, 31)),
            sheets: vec![Sheet::Table(table.clone()), Sheet::Table(table)],
            names: Vec::new(),
            captions: Arc::default(),
        }
    }

    fn at(row: usize, column: usize) -> CellRef {
        CellRef { sheet: 0, row, column }
    }

    fn sum(from: usize, terms: &[(Sign, CellRef)]) -> String {
        let book = book();
        let tabs = vec!["表1".to_owned(), "表2".to_owned()];
        Atlas::new(&book, tabs).formula(from, &Formula::Sum(terms.to_vec())).unwrap()
    }

    #[test]
    fn few_cells_are_added_one_by_one_and_neighbours_as_ranges() {
        use Sign::{Minus, Plus};
        assert_eq!(sum(0, &[(Plus, at(0, 2)), (Plus, at(1, 2)), (Minus, at(2, 2))]), "C3+C4-C5");
        assert_eq!(sum(0, &[(Plus, at(0, 2)), (Plus, at(1, 2)), (Plus, at(2, 2))]), "SUM(C3:C5)");
        assert_eq!(
            sum(0, &[(Plus, at(0, 25)), (Plus, at(0, 26)), (Plus, at(0, 27)), (Plus, at(5, 0))]),
            "SUM(Z3:AB3,A8)"
        );
        assert_eq!(
            sum(0, &[(Minus, at(9, 0)), (Plus, at(0, 2)), (Plus, at(1, 2)), (Plus, at(2, 2))]),
            "-A12+SUM(C3:C5)"
        );
        assert_eq!(sum(1, &[(Plus, at(0, 2)), (Plus, at(2, 2))]), "'表1'!C3+'表1'!C5");
        assert_eq!(sum(0, &[]), "0");
    }

    #[test]
    fn a_rate_of_nothing_is_blank_and_a_cell_that_is_not_there_is_refused() {
        let book = book();
        let atlas = Atlas::new(&book, vec!["表1".to_owned(), "表2".to_owned()]);
        let rate = Formula::Rate { part: at(0, 2), whole: CellRef { sheet: 1, ..at(0, 1) }, places: 1 };
        assert_eq!(atlas.formula(0, &rate).unwrap(), "IF('表2'!B3=0,\"\",C3/'表2'!B3)");
        assert_eq!(atlas.area(at(0, 2), at(3, 4)).unwrap(), "'表1'!$C$3:$E$6");
        assert!(matches!(
            atlas.formula(0, &Formula::Same(at(12, 0))),
            Err(BookFault::Dangling { row: 12, .. })
        ));
    }
}
