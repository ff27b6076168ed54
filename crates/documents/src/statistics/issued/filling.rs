//! A bound workbook with our own figures: what goes into which cell, and what its formulas have to give.

use std::collections::BTreeMap;

use annex::{Answer, Content, GapKind, PlaceKind, Value, Wanted};

use super::bound::{Bind, Bound, BoundBlock, BoundSheet, CellRule, TextRule};
use crate::statistics::filled::{CellId, Computed, Figure, FigureMade, FilledLine, Grid};
use crate::statistics::plan::BookTexts;
use value::Amount;
use words::Template;

/// A bound workbook with figures and texts.
#[derive(Debug, Default)]
pub(super) struct Filling {
    /// What goes where, by the addresses of the blank.
    pub(super) wanted: Vec<Wanted>,
    /// Every bound cell of a body, by its place once the workbook is filled.
    pub(super) figures: BTreeMap<Spot, BoundFigure>,
    /// Every text outside of the bodies and every single text, by its place once the workbook is filled.
    pub(super) texts: BTreeMap<Spot, BoundText>,
    /// What the rows of bodies are called, by sheet and row once the workbook is filled.
    pub(super) labels: BTreeMap<(usize, usize), String>,
    /// Why texts could not be written.
    pub(super) faults: Vec<String>,
}

/// A cell of the filled workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The number of the sheet in addresses.
    pub sheet: usize,
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0.
    pub column: usize,
}

/// A figure that goes into a cell, or that its formula has to give.
#[derive(Debug, Clone)]
pub(super) struct BoundFigure {
    /// Index of its table among those worked out.
    pub(super) sheet: usize,
    /// The figures of that table that are added up: one, as a rule.
    pub(super) cells: Vec<CellId>,
    /// The number as it stands in the cell; none if we have none.
    pub(super) number: Option<Amount>,
    /// How far the form's own number may be off: half of the last place of a rate.
    pub(super) tolerance: f64,
    /// Whether the form computes it itself.
    pub(super) is_formula: bool,
    /// Whether it is a share of nothing, which has no value.
    pub(super) is_of_nothing: bool,
}

/// A text that goes into a cell.
#[derive(Debug, Clone)]
pub(super) struct BoundText {
    pub(super) label: String,
    pub(super) value: String,
    /// What is declared for it.
    pub(super) declared: String,
    /// Why nothing of it is written.
    pub(super) left: Option<String>,
}

/// How a figure stands in its cell.
#[derive(Debug, Clone, Copy)]
struct Standing {
    /// Whether the cell shows its number in percent.
    is_percent: bool,
    /// Whether the form computes it itself.
    is_formula: bool,
}

/// Fills a bound workbook.
pub(super) fn fill(bound: &Bound, computed: &Computed, texts: &mut BookTexts<'_>) -> Filling {
    let mut filling = Filling::default();
    for sheet in &bound.sheets {
        let table = sheet.table.and_then(|it| grid_of(computed, it));
        let mut filler = Filler { bound, sheet, computed, table, filling: &mut filling };
        filler.blocks();
        filler.body();
        filler.cells(texts);
        filler.texts(texts);
    }
    filling
}

/// The figures of a declared table, with the index among those worked out.
fn grid_of(computed: &Computed, declared: usize) -> Option<(usize, &Grid)> {
    let at = computed.sheets.iter().position(|it| it.sheet == declared)?;
    Some((at, computed.sheets[at].grid()?))
}

struct Filler<'a> {
    bound: &'a Bound,
    sheet: &'a BoundSheet,
    computed: &'a Computed,
    table: Option<(usize, &'a Grid)>,
    filling: &'a mut Filling,
}

impl Filler<'_> {
    /// A single row or column of a declared line.
    fn single(lines: &[FilledLine], declared: &[usize]) -> Vec<usize> {
        declared.iter().filter_map(|it| Grid::of_declared(lines, *it).first().copied()).collect()
    }

    fn body(&mut self) {
        let Some((number, grid)) = self.table else { return };
        let sheet = self.sheet;
        for (row, bind) in &sheet.rows {
            let Bind::Lines(row_lines) = bind else { continue };
            let own = Self::single(&grid.rows, row_lines);
            let label = sheet.anatomy.rows.iter().find(|it| it.at == *row).map(|it| it.labels.join("/"));
            let place = (sheet.anatomy.sheet, self.spot(*row, 0).row);
            self.filling.labels.insert(place, label.unwrap_or_default());
            for (column, bind) in &sheet.columns {
                let Bind::Lines(column_lines) = bind else { continue };
                if sheet.cells.contains_key(&(*row, *column)) || sheet.anatomy.cell(*row, *column).is_none() {
                    continue;
                }
                let across = Self::single(&grid.columns, column_lines);
                let cells = own
                    .iter()
                    .flat_map(|row| across.iter().map(|column| CellId { row: *row, column: *column }));
                let cells = cells.collect();
                self.figure((*row, *column), (number, grid, cells));
            }
        }
    }

    /// A figure that goes into a cell of the blank.
    fn figure(&mut self, (row, column): (usize, usize), (number, grid, cells): (usize, &Grid, Vec<CellId>)) {
        let Some(cell) = self.sheet.anatomy.cell(row, column) else { return };
        // What the blank itself crosses out is not filled.
        if !cell.is_formula && !cell.is_blank() {
            return;
        }
        let standing = Standing { is_percent: cell.is_percent, is_formula: cell.is_formula };
        let figure = bound_figure((number, grid, cells), standing);
        if let (false, Some(value)) = (standing.is_formula, figure.number) {
            let at = self.address(row, column);
            self.filling.wanted.push(Wanted { at, content: Content::Text(numeric(value)) });
        }
        let spot = self.spot(row, column);
        self.filling.figures.insert(spot, figure);
    }

    fn blocks(&mut self) {
        let Some((number, grid)) = self.table else { return };
        let sheet = self.sheet;
        for it in &sheet.blocks {
            let lines = Grid::of_declared(&grid.rows, it.line);
            self.block(it, number, (grid, &lines));
        }
    }

    fn block(&mut self, bound: &BoundBlock, number: usize, (grid, lines): (&Grid, &[usize])) {
        let sheet = self.sheet;
        let block = &sheet.anatomy.blocks[bound.block];
        let Some(PlaceKind::Rows(headings)) = self.bound.blank.place(block.at).map(|it| &it.kind) else {
            return;
        };
        let columns: Vec<Option<usize>> =
            headings.iter().map(|it| self.bound.blank.column_of(block.at, it)).collect();
        let cells_of = |line: usize, column: usize| match sheet.columns.get(&column) {
            Some(Bind::Lines(all)) => {
                let across = Self::single(&grid.columns, all);
                Some(across.into_iter().map(|column| CellId { row: line, column }).collect::<Vec<_>>())
            }
            _ => None,
        };
        let standing = |column: usize, is_formula: bool| {
            let cell = sheet.anatomy.cell(block.rows.0, column);
            Standing { is_percent: cell.is_some_and(|it| it.is_percent), is_formula }
        };
        let first = self.spot(block.rows.0, 0).row;
        let mut records = Vec::new();
        for (idx, line) in lines.iter().enumerate() {
            let title = grid.rows[*line].title.to_string();
            self.filling.labels.insert((sheet.anatomy.sheet, first + idx), title);
            let mut record = Vec::new();
            for column in &columns {
                let Some(column) = *column else { continue };
                if column == bound.names {
                    record.push(Value::from(&*grid.rows[*line].title));
                    continue;
                }
                let Some(cells) = cells_of(*line, column) else {
                    record.push(Value::default());
                    continue;
                };
                let figure = bound_figure((number, grid, cells), standing(column, false));
                record.push(figure.number.map(numeric).unwrap_or_default());
                let spot = Spot { sheet: sheet.anatomy.sheet, row: first + idx, column };
                self.filling.figures.insert(spot, figure);
            }
            records.push(record);
            for column in sheet.columns.keys().filter(|it| !columns.contains(&Some(**it))) {
                let Some(cells) = cells_of(*line, *column) else { continue };
                let figure = bound_figure((number, grid, cells), standing(*column, true));
                let spot = Spot { sheet: sheet.anatomy.sheet, row: first + idx, column: *column };
                self.filling.figures.insert(spot, figure);
            }
        }
        if !records.is_empty() {
            self.filling.wanted.push(Wanted { at: block.at, content: Content::Rows(records) });
        }
    }

    fn cells(&mut self, texts: &mut BookTexts<'_>) {
        let sheet = self.sheet;
        for ((row, column), rule) in &sheet.cells {
            match rule {
                CellRule::Left(_) => {}
                CellRule::Figure(table, own, across) => {
                    let Some((number, grid)) = grid_of(self.computed, *table) else { continue };
                    let (rows, columns) =
                        (Self::single(&grid.rows, &[*own]), Self::single(&grid.columns, &[*across]));
                    let cells =
                        rows.iter().zip(&columns).map(|(row, column)| CellId { row: *row, column: *column });
                    self.figure((*row, *column), (number, grid, cells.collect()));
                }
                CellRule::Text(template) => {
                    let value = self.render(template, texts);
                    let at = self.address(*row, *column);
                    if !value.is_empty() {
                        let content = Content::Text(value.as_str().into());
                        self.filling.wanted.push(Wanted { at, content });
                    }
                    let text = BoundText {
                        label: String::new(),
                        value,
                        declared: template.source().to_owned(),
                        left: None,
                    };
                    let spot = self.spot(*row, *column);
                    self.filling.texts.insert(spot, text);
                }
            }
        }
    }

    fn texts(&mut self, texts: &mut BookTexts<'_>) {
        for (at, rules) in &self.sheet.texts {
            let Some(place) = self.bound.blank.place(*at) else { continue };
            let annex::Spot::Cell { row, cell, .. } = at.spot else { continue };
            let said: Vec<Option<String>> = rules
                .iter()
                .map(|it| match it {
                    TextRule::Template(template) => {
                        Some(self.render(template, texts)).filter(|it| !it.is_empty())
                    }
                    TextRule::Left(_) => None,
                })
                .collect();
            let content = match &place.kind {
                PlaceKind::Text(gaps) => {
                    let answer = |(idx, gap): (usize, &annex::Gap)| match said.get(idx).cloned().flatten() {
                        Some(text) => Some(Answer::Text(text)),
                        // An expression that nobody answers may not stay.
                        None => matches!(gap.kind, GapKind::Expression(_) | GapKind::Statement(_))
                            .then(|| Answer::Text(String::new())),
                    };
                    let answers: Vec<Option<Answer>> = gaps.iter().enumerate().map(answer).collect();
                    answers.iter().any(Option::is_some).then_some(Content::Answers(answers))
                }
                _ => said.first().cloned().flatten().map(|it| Content::Text(it.as_str().into())),
            };
            self.filling.wanted.extend(content.map(|content| Wanted { at: *at, content }));
            let spot = self.spot(row - 1, cell - 1);
            let text = told(rules, &said, crate::forms::prescribed::shown(place));
            self.filling.texts.insert(spot, text);
        }
    }

    fn render(&mut self, template: &Template, texts: &mut BookTexts<'_>) -> String {
        let n_faults = texts.faults.len();
        let text = texts.one(template);
        if texts.faults.len() > n_faults {
            self.filling.faults.extend(texts.faults.get(&template.origin()).cloned());
        }
        text
    }

    fn address(&self, row: usize, column: usize) -> annex::Address {
        let spot = annex::Spot::Cell { table: 1, row: row + 1, cell: column + 1 };
        annex::Address { story: annex::Story::Sheet(self.sheet.anatomy.sheet), spot }
    }

    /// Where a cell of the blank stands once rows are put in.
    fn spot(&self, row: usize, column: usize) -> Spot {
        let n_new = |it: &BoundBlock| {
            let block = &self.sheet.anatomy.blocks[it.block];
            let n_lines = self.table.map_or(0, |(_, grid)| Grid::of_declared(&grid.rows, it.line).len());
            if row > block.rows.1 { n_lines.saturating_sub(block.rows.1 - block.rows.0 + 1) } else { 0 }
        };
        let shift: usize = self.sheet.blocks.iter().map(n_new).sum();
        Spot { sheet: self.sheet.anatomy.sheet, row: row + shift, column }
    }
}

/// A figure of a table as it stands in a cell, or several that are added up; with one that we do not have there is none.
fn bound_figure(
    (sheet, grid, cells): (usize, &Grid, Vec<CellId>),
    Standing { is_percent, is_formula }: Standing,
) -> BoundFigure {
    let figures: Vec<&Figure> = cells.iter().map(|it| &grid[*it]).collect();
    let mut sum = (!figures.is_empty()).then_some(Amount::ZERO);
    for it in &figures {
        sum = sum.zip(it.value).and_then(|(sum, value)| sum.plus(value));
    }
    let rate = match figures[..] {
        [Figure { made: FigureMade::Rate { places, whole, .. }, .. }] => Some((*places, grid[*whole].value)),
        _ => None,
    };
    let (number, tolerance) = match rate {
        Some((places, _)) => {
            let half = 0.5 / 10_f64.powi(i32::from(places));
            let percent = sum.and_then(|it| it.in_percent()).map(|it| it.rounded(u32::from(places)));
            if is_percent { (percent.and_then(Amount::of_percent), half / 100.0) } else { (percent, half) }
        }
        None => (sum, 0.0),
    };
    let is_of_nothing = rate.is_some_and(|it| it.1.is_some_and(Amount::is_zero));
    BoundFigure { sheet, cells, number, tolerance, is_formula, is_of_nothing }
}

/// A number as a workbook holds it.
fn numeric(value: Amount) -> Value {
    let number = value.nearest_float();
    Value { text: number.to_string(), number: Some(number) }
}

/// What becomes of the gaps of a place, in a word.
fn told(rules: &[TextRule], said: &[Option<String>], label: String) -> BoundText {
    let declared = rules.iter().map(|it| match it {
        TextRule::Template(template) => template.source().to_owned(),
        TextRule::Left(why) => format!("（{why}）"),
    });
    let left: Vec<&str> = rules
        .iter()
        .filter_map(|it| if let TextRule::Left(why) = it { Some(&**why) } else { None })
        .collect();
    BoundText {
        label,
        value: said.iter().flatten().cloned().collect::<Vec<_>>().join("；"),
        declared: declared.collect::<Vec<_>>().join("；"),
        left: (!left.is_empty()).then(|| left.join("；")),
    }
}
