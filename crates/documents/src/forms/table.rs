//! A table of a form: rows of cells, each a label, a value, boxes to choose from, or a place for what is written by hand.

use std::iter;

use serde_json::{Value as Json, json};

use super::body::rendered;
use super::cell::Cell;
use super::listed::{Listed, Written};
use dataset::{Scene, SchemaScope};
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, NodeKind, all};
use words::{Template, Type};

/// What the number of a row, counted from 1, is called in it.
pub(super) const NUMBER: &str = "number";
/// The widest column, in millimetres: the type area of an official paper.
const WIDEST: u16 = 156;

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    columns: Vec<Width>,
    /// So many rows are repeated on each page.
    n_heads: usize,
    rows: Vec<Rows>,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy)]
enum Width {
    Millimetres(u16),
    /// A part of what the others leave.
    Parts(u16),
}

#[derive(Debug, Clone)]
enum Rows {
    One(Vec<Cell>),
    Each {
        list: Listed,
        /// What stands at the left of all of them.
        beside: Option<Template>,
        heads: Vec<Cell>,
        cells: Vec<Cell>,
    },
}

impl Declared<SchemaScope<'_>> for Table {
    const WHAT: &'static str = "表格";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let origin = fields.origin();
        let columns = fields.texts_as("columns", width);
        let n_heads = fields.count("heads").unwrap_or_default();
        let rows = fields.required_list("rows");
        let (columns, rows) = fields.whole((columns, rows))?;
        let report = fields.report();
        let rows = all(rows.iter().map(|it| Rows::load(it, scope, report)))?;
        let table = Self { columns, n_heads, rows };
        match table.misfit() {
            None => Ok(table),
            Some(why) => {
                let finding = Finding::new(&codes::WRONG_KIND, why).at(origin);
                Err(report
                    .error(finding.hint("请核对 columns 的栏数，以及各格的 span（跨栏）和 down（跨行）")))
            }
        }
    }
}

/// The width of a column: millimetres, or `*` for what the others leave, `2*` for twice as much of it.
fn width(written: &LocatedText, report: &mut Report) -> Result<Width, Reported> {
    let text = written.text.trim();
    let number = |it: &str| it.parse().ok().filter(|it| (1..=WIDEST).contains(it));
    let found = match text.strip_suffix('*') {
        Some("") => Some(Width::Parts(1)),
        Some(parts) => number(parts).map(Width::Parts),
        None => number(text).map(Width::Millimetres),
    };
    found.ok_or_else(|| {
        let message = format!("“{text}”不是栏宽");
        let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
        report.error(finding.hint("栏宽写毫米数，如 24；* 为其余各栏平分，2* 为两份"))
    })
}

impl Rows {
    /// Reads a row, a list of cells, or `{each, rows, sort, beside, heads, cells}`, a row for each item of a list.
    fn load(node: &Node, scope: &SchemaScope<'_>, report: &mut Report) -> Result<Self, Reported> {
        if let NodeKind::List(cells) = &node.kind {
            return all(cells.iter().map(|it| Cell::load(it, scope, report))).map(Self::One);
        }
        let mut fields = Fields::new(node, "表格的行", report)?;
        let written = Written::read(&mut fields);
        let beside = fields.text("beside");
        let (heads, cells) = (fields.list("heads"), fields.required_list("cells"));
        fields.finish();
        let (list, inner) = written?.compile(scope, report)?;
        let inner = inner.with(NUMBER, Type::Number);
        let beside = beside.map(|it| Template::compile(&it.text, it.origin, scope, report)).transpose();
        let heads = all(heads.iter().map(|it| Cell::load(it, scope, report)));
        let cells = all(cells?.iter().map(|it| Cell::load(it, &inner, report)));
        Ok(Self::Each { list, beside: beside?, heads: heads?, cells: cells? })
    }
}

impl Table {
    /// Why the cells of a row do not make up the columns, if there is such a row.
    fn misfit(&self) -> Option<String> {
        // How many more rows each column is taken by cells from above.
        let mut taken = vec![0_usize; self.columns.len()];
        for (row, rows) in self.rows.iter().enumerate() {
            let n_free = taken.iter().filter(|it| **it == 0).count();
            let (groups, beside) = match rows {
                Rows::One(cells) => (vec![cells], 0),
                Rows::Each { beside, heads, cells, .. } => {
                    let groups = [heads, cells].into_iter().filter(|it| !it.is_empty()).collect();
                    (groups, usize::from(beside.is_some()))
                }
            };
            let n_cells = |cells: &Vec<Cell>| cells.iter().map(|it| it.span).sum::<usize>() + beside;
            if let Some(wrong) = groups.iter().map(|it| n_cells(it)).find(|it| *it != n_free) {
                return Some(format!("表格第{}行占{wrong}栏，应占{n_free}栏", row + 1));
            }
            taken.iter_mut().for_each(|it| *it = it.saturating_sub(1));
            if let Rows::One(cells) = rows {
                take(&mut taken, cells);
            }
        }
        None
    }

    /// Fills in the values for the record of a scene.
    ///
    /// # Errors
    /// Why a value or a list cannot be determined; a field left empty is no error.
    pub(super) fn fill(&self, scene: &Scene, empty: &str) -> Result<Json, String> {
        let rows = self.rows.iter().map(|it| it.fill(scene, empty)).collect::<Result<Vec<_>, _>>()?;
        let rows: Vec<Vec<Json>> = rows.into_iter().flatten().collect();
        let columns: Vec<Json> = self.columns.iter().map(|it| it.json()).collect();
        Ok(json!({ "kind": "table", "columns": columns, "heads": self.n_heads, "rows": rows }))
    }
}

/// Notes which columns the cells of a row take from the rows below it.
fn take(taken: &mut [usize], cells: &[Cell]) {
    let mut free: Vec<&mut usize> = taken.iter_mut().filter(|it| **it == 0).collect();
    let down = cells.iter().flat_map(|it| iter::repeat_n(it.down - 1, it.span));
    free.iter_mut().zip(down).for_each(|(column, down)| **column = down);
}

impl Width {
    fn json(self) -> Json {
        match self {
            Self::Millimetres(width) => json!({ "mm": width }),
            Self::Parts(parts) => json!({ "parts": parts }),
        }
    }
}

impl Rows {
    fn fill(&self, scene: &Scene, empty: &str) -> Result<Vec<Vec<Json>>, String> {
        let row = |cells: &[Cell], scene: &Scene| -> Result<Vec<Json>, String> {
            cells.iter().map(|it| it.fill(Some(scene), empty)).collect()
        };
        let (list, beside, heads, cells) = match self {
            Self::One(cells) => return Ok(vec![row(cells, scene)?]),
            Self::Each { list, beside, heads, cells } => (list, beside, heads, cells),
        };
        let mut rows = Vec::new();
        if !heads.is_empty() {
            rows.push(row(heads, scene)?);
        }
        for (idx, inner) in list.scenes(scene)?.into_iter().enumerate() {
            let number = |it: Scene| it.with(NUMBER, minijinja::Value::from(idx + 1));
            let inner = inner.map(number);
            rows.push(cells.iter().map(|it| it.fill(inner.as_ref(), empty)).collect::<Result<_, _>>()?);
        }
        let n_rows = rows.len();
        if let (Some(beside), Some(first)) = (beside, rows.first_mut()) {
            first.insert(0, Cell::label_beside(&rendered(beside, scene)?, n_rows));
        }
        Ok(rows)
    }
}
