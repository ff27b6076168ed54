//! The cells of a workbook as formulas see them, and the order in which these are computed.

use std::cell::Cell as Counter;
use std::collections::{BTreeMap, VecDeque};

use super::evaluate::Evaluator;
use super::expression::{Area, Expression};
use super::moved::is_same;
use super::value::{CellValue, NotComputed};
use crate::Cell;

/// What formulas see.
#[derive(Default)]
pub(crate) struct Workbook {
    pub(super) sheets: Vec<SheetCells>,
    names: Vec<Name>,
    formulas: Vec<Formula>,
}

/// A sheet.
pub(super) struct SheetCells {
    pub(super) name: String,
    pub(super) cells: BTreeMap<Cell, Slot>,
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    Value(CellValue),
    Unknown,
    /// The formula of this number.
    Formula(usize),
}

struct Name {
    name: String,
    /// The sheet that alone knows it.
    sheet: Option<usize>,
    meaning: Result<Expression, NotComputed>,
}

struct Formula {
    sheet: usize,
    expression: Result<Expression, NotComputed>,
    is_array: bool,
}

/// Cells of one sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(super) sheet: usize,
    pub(super) corners: [Cell; 2],
}

/// What was computed so far, by the numbers of the formulas.
pub(super) type Results = [Option<Result<CellValue, NotComputed>>];

/// So many cells are looked at in all: an honest form has some thousands.
const MOST_STEPS: u64 = 50_000_000;
/// Names may stand for others, but not so deep.
const DEEPEST_NAMES: usize = 8;

impl Workbook {
    /// Adds a sheet behind the others.
    pub(crate) fn add_sheet(&mut self, name: &str) {
        self.sheets.push(SheetCells { name: name.to_owned(), cells: BTreeMap::new() });
    }

    /// Adds a value to the last sheet; nothing if it cannot be told: then what needs it is not computed.
    pub(crate) fn add_value(&mut self, cell: Cell, value: Option<CellValue>) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.cells.insert(cell, value.map_or(Slot::Unknown, Slot::Value));
        }
    }

    /// Adds a formula to the last sheet; nothing if its text cannot be told. One that is an array sees areas as a whole.
    pub(crate) fn add_formula(&mut self, cell: Cell, formula: Result<&str, NotComputed>, is_array: bool) {
        let number = self.formulas.len();
        let at = self.sheets.len().saturating_sub(1);
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.cells.insert(cell, Slot::Formula(number));
            let expression = formula.and_then(Expression::read);
            self.formulas.push(Formula { sheet: at, expression, is_array });
        }
    }

    /// Adds a defined name; one of a sheet is known there alone.
    pub(crate) fn add_name(&mut self, name: &str, sheet: Option<usize>, text: &str) {
        self.names.push(Name { name: name.to_owned(), sheet, meaning: Expression::read(text) });
    }

    /// What every formula gives, in the order in which they were added.
    pub(crate) fn compute(&self) -> Vec<Result<CellValue, NotComputed>> {
        let steps = Counter::new(MOST_STEPS);
        let mut results = vec![None; self.formulas.len()];
        let (mut waiting, users) = self.needs(&steps);
        let mut ready: VecDeque<usize> = (0..self.formulas.len()).filter(|it| waiting[*it] == 0).collect();
        while let Some(number) = ready.pop_front() {
            let result = self.one(&self.formulas[number], &results, &steps);
            results[number] = Some(result);
            for user in &users[number] {
                waiting[*user] -= 1;
                if waiting[*user] == 0 {
                    ready.push_back(*user);
                }
            }
        }
        results.into_iter().map(|it| it.unwrap_or(Err(NotComputed::Cycle))).collect()
    }

    fn one(&self, it: &Formula, results: &Results, steps: &Counter<u64>) -> Result<CellValue, NotComputed> {
        let expression = it.expression.as_ref().map_err(Clone::clone)?;
        Evaluator { book: self, results, steps, sheet: it.sheet, is_array: it.is_array, depth: 0 }
            .formula(expression)
    }

    /// How many formulas each one needs, and which need it.
    fn needs(&self, steps: &Counter<u64>) -> (Vec<usize>, Vec<Vec<usize>>) {
        let mut waiting = vec![0_usize; self.formulas.len()];
        let mut users = vec![Vec::new(); self.formulas.len()];
        for (user, formula) in self.formulas.iter().enumerate() {
            let Ok(expression) = &formula.expression else { continue };
            self.each_area(expression, formula.sheet, 0, &mut |place| {
                for (_, slot) in self.cells(place, steps) {
                    if let Slot::Formula(number) = slot {
                        waiting[user] += 1;
                        users[*number].push(user);
                    }
                }
            });
        }
        (waiting, users)
    }

    fn each_area(&self, expression: &Expression, sheet: usize, depth: usize, see: &mut dyn FnMut(Place)) {
        expression.each(&mut |it| match it {
            Expression::Area(area) => {
                if let Ok(place) = self.place(area, sheet) {
                    see(place);
                }
            }
            Expression::Name(of, name) if depth < DEEPEST_NAMES => {
                if let Ok(meaning) = self.meaning(of.as_deref(), name, sheet) {
                    self.each_area(meaning, sheet, depth + 1, see);
                }
            }
            _ => {}
        });
    }

    /// Where an area lies, seen from a sheet.
    pub(super) fn place(&self, area: &Area, from: usize) -> Result<Place, NotComputed> {
        let sheet = match &area.sheet {
            None => from,
            Some(name) => self.sheet(name)?,
        };
        Ok(Place { sheet, corners: area.corners })
    }

    fn sheet(&self, name: &str) -> Result<usize, NotComputed> {
        let found = self.sheets.iter().position(|it| is_same(&it.name, name));
        found.ok_or_else(|| NotComputed::Sheet(name.to_owned()))
    }

    /// What a name stands for, seen from a sheet; that of the sheet itself first.
    pub(super) fn meaning(
        &self,
        of: Option<&str>,
        name: &str,
        from: usize,
    ) -> Result<&Expression, NotComputed> {
        let sheet = of.map_or(Ok(from), |it| self.sheet(it))?;
        let is_meant = |it: &&Name, sheet: Option<usize>| it.sheet == sheet && is_same(&it.name, name);
        let own = self.names.iter().find(|it| is_meant(it, Some(sheet)));
        let found = own.or_else(|| self.names.iter().find(|it| is_meant(it, None)));
        let fault = || NotComputed::Name(name.to_owned());
        let meaning = found.ok_or_else(fault)?.meaning.as_ref().map_err(|_| fault())?;
        let mut stays = true;
        meaning.each(&mut |it| {
            if let Expression::Area(area) = it {
                stays &= area.is_fixed && area.sheet.is_some();
            }
        });
        if stays { Ok(meaning) } else { Err(fault()) }
    }

    /// The cells of a place that hold something, row by row.
    pub(super) fn cells<'w>(
        &'w self,
        place: Place,
        steps: &'w Counter<u64>,
    ) -> impl Iterator<Item = (Cell, &'w Slot)> {
        let [from, to] = place.corners;
        let rows = self.sheets[place.sheet].cells.range((from.0, 0)..=(to.0, u32::MAX));
        let rows = rows.take_while(|_| {
            steps.set(steps.get().saturating_sub(1));
            steps.get() > 0
        });
        rows.filter(move |it| (from.1..=to.1).contains(&it.0.1)).map(|it| (*it.0, it.1))
    }

    /// The last row of a sheet that holds something.
    pub(super) fn last_row(&self, sheet: usize) -> u32 {
        self.sheets[sheet].cells.last_key_value().map_or(0, |it| it.0.0)
    }
}
