//! A figure of a table, explained.

pub(super) mod compared;
pub(super) mod list;
pub(super) mod proved;

use std::sync::Arc;

use super::measured::amount;
use super::record::{Counting, Part, answers};
use super::target::At;
use super::{Asking, Clause, Counted, Explained, FigurePart, Role, checks, fact, shown};
use crate::book::Sign;
use crate::statistics::{
    Behind, Body, Figure, FigureMade, FilledLine, GivenFrom, Grid, Line, LineKind, Sheet, behind, full_title,
};
use dataset::TableId;
use facts::{Criterion, Measure, Selection};
use value::Amount;

/// The lines that meet in a cell, with what is declared of them.
pub(super) struct Crossing<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) grid: &'a Grid,
    pub(super) row: (&'a Line, &'a FilledLine),
    pub(super) column: (&'a Line, &'a FilledLine),
    pub(super) measure: &'a Measure,
    pub(super) figure: &'a Figure,
}

impl<'a> Crossing<'a> {
    /// The lines that meet in a cell; `None` in a list.
    pub(super) fn of(at: At<'a>) -> Option<Self> {
        let filled = &at.workbook.computed.sheets[at.sheet];
        let (sheet, grid) = (at.workbook.computed.sheet(filled), filled.grid()?);
        let Body::Figures { rows, columns, measure } = &sheet.body else { return None };
        let (row, column) = (&grid.rows[at.cell.row], &grid.columns[at.cell.column]);
        let (row, column) = ((&rows[row.declared], row), (&columns[column.declared], column));
        let own = row.0.measure.as_ref().or(column.0.measure.as_ref());
        let figure = &grid[at.cell];
        Some(Self { sheet, grid, row, column, measure: own.unwrap_or(measure), figure })
    }

    /// What the cell is called.
    pub(super) fn title(&self) -> String {
        format!("{} {}·{}", self.sheet.number, title(self.row), title(self.column))
    }

    /// The conditions that a record of a table must satisfy to be counted here, each with what it belongs to.
    pub(super) fn criteria(&self, table: TableId) -> Vec<(String, &'a Criterion)> {
        let mut all: Vec<_> = self
            .sheet
            .wheres(table)
            .iter()
            .map(|it| (format!("全表（{}）", self.sheet.number), it))
            .collect();
        for (what, line) in [("行", self.row), ("列", self.column)] {
            if let LineKind::Counted(sources) | LineKind::Each(_, sources) = &line.0.kind {
                let own = sources.get(&table).into_iter().flatten();
                all.extend(own.map(|it| (format!("{what}“{}”", title(line)), it)));
            }
        }
        all
    }
}

/// Explains a figure of a table.
pub(super) fn explain(at: At<'_>, asking: Asking<'_>) -> Result<Explained, String> {
    let crossing = Crossing::of(at).ok_or("这张表是名单，没有统计数字")?;
    let mut explained = Explained {
        title: format!("《{}》{}", at.workbook.computed.statistics.title, crossing.title()),
        place: at.place(),
        value: value(at, asking),
        // Checks are put to the whole.
        checks: if asking.within.is_some() { Vec::new() } else { checks::of_cell(at) },
        ..Explained::default()
    };
    match &crossing.figure.made {
        FigureMade::Counted { table } => counted(&crossing, *table, asking, &mut explained),
        FigureMade::Derived(terms) => {
            explained.definition = "由本表其他数字加减得出".to_owned();
            explained.parts =
                terms.iter().map(|(sign, cell)| part(at.at(*cell), sign_of(*sign), asking)).collect();
        }
        FigureMade::Rate { part: part_of, whole, .. } => {
            explained.definition = "本表的一个数字占另一个数字的百分比".to_owned();
            explained.parts = vec![part(at.at(*part_of), ' ', asking), part(at.at(*whole), '÷', asking)];
        }
        FigureMade::Given(GivenFrom::Fact(id)) => {
            let inner = fact::explain(id, asking)?;
            explained.definition = format!("数据项“{}”（{id}）：{}", inner.title, inner.definition);
            explained.conditions = inner.conditions;
            explained.parts = inner.parts;
            explained.records = inner.records;
            explained.answers = inner.answers;
            return Ok(explained);
        }
        FigureMade::Given(GivenFrom::Outside(name, origin)) => {
            explained.definition = format!("由外部提供（{name}），不是由记录统计得出");
            explained.given = Some(*origin);
        }
        FigureMade::Given(GivenFrom::Nowhere(name)) => {
            explained.definition = format!("应由外部提供（{name}），项目中没有提供");
        }
        FigureMade::Nothing => explained.definition = "此处没有数字".to_owned(),
    }
    if let Some(range) = asking.range() {
        explained.title += &format!("（{}）", range.expression.trim_start_matches("属于"));
        explained.conditions.push(range);
    }
    explained.records = records(at, asking);
    explained.answers = answers(&asked_parts(at, "", asking), asking)?;
    Ok(explained)
}

fn counted(crossing: &Crossing<'_>, table: TableId, asking: Asking<'_>, explained: &mut Explained) {
    let schema = asking.dataset.schema(table);
    let what = match crossing.measure {
        Measure::Number => "记录数".to_owned(),
        Measure::Sum(id) => format!("“{}”之和", field_title(schema, id)),
        Measure::SumGiven(id) => format!("填了的“{}”之和", field_title(schema, id)),
        Measure::Distinct(id) => format!("不同的“{}”的个数", field_title(schema, id)),
    };
    explained.definition = format!("“{}”中满足全部条件的{what}", schema.title);
    for (of, criterion) in crossing.criteria(table) {
        explained.conditions.push(Clause { of, expression: criterion.source(), origin: criterion.origin() });
    }
    for (what, line) in [("行", crossing.row), ("列", crossing.column)] {
        if line.1.record.is_some() {
            let of = format!("{what}“{}”", line.1.title);
            let expression = format!("属于“{}”", line.1.title);
            explained.conditions.push(Clause { of, expression, origin: line.0.origin });
        }
    }
}

fn field_title(schema: &schema::Table, id: &str) -> String {
    schema.field(id).map_or_else(|| id.to_owned(), |it| schema.fields[it].title.to_string())
}

/// A rate by what is divided and that by which it is, with what each is called.
fn halves<'a>(at: At<'a>) -> Option<[(&'static str, At<'a>); 2]> {
    match Crossing::of(at)?.figure.made {
        FigureMade::Rate { part, whole, .. } => Some([("分子", at.at(part)), ("分母", at.at(whole))]),
        _ => None,
    }
}

/// The records behind a cell, in the order in which the cells that count them are added up; behind a rate those of both
/// figures.
fn records(at: At<'_>, asking: Asking<'_>) -> Vec<Counted> {
    match halves(at) {
        Some(halves) => {
            halves.into_iter().flat_map(|(part, at)| records_of(at, Some(part), asking)).collect()
        }
        None => records_of(at, None, asking),
    }
}

fn records_of(at: At<'_>, part: Option<&str>, asking: Asking<'_>) -> Vec<Counted> {
    let part: Option<Arc<str>> = part.map(Into::into);
    let of = |it: &Behind| {
        let (role, table) = (Role::Signed(it.sign), it.table);
        let crossing = Crossing::of(at.at(it.cell));
        let counted = |row| {
            let record = table.record(row);
            let amount = crossing.as_ref().and_then(|it| amount(it.measure, record, asking.dataset));
            Counted { role, part: part.clone(), amount, record }
        };
        it.rows.iter().map(counted).collect::<Vec<_>>()
    };
    behind_within(at, asking).iter().flat_map(of).collect()
}

/// What is asked whether it counts a record: the cell, or both figures of a rate; each behind a word of its place.
pub(super) fn asked_parts<'a>(at: At<'a>, place: &str, asking: Asking<'_>) -> Vec<Part<'a>> {
    match halves(at) {
        Some(halves) => halves
            .into_iter()
            .map(|(half, at)| Part { of: format!("{place}{half}"), counting: Counting::of_cell(at, asking) })
            .collect(),
        None => vec![Part { of: place.to_owned(), counting: Counting::of_cell(at, asking) }],
    }
}

/// The records behind a cell that belong to the committee or branch that is asked about, by the cells that count them.
pub(super) fn behind_within(at: At<'_>, asking: Asking<'_>) -> Vec<Behind> {
    let Some(grid) = at.workbook.computed.sheets[at.sheet].grid() else { return Vec::new() };
    let mut all = behind(grid, at.cell);
    for it in &mut all {
        it.rows.keep(&asking.figures.records_within(asking.within, it.table).0);
    }
    all
}

/// A figure with how it goes into another.
pub(super) fn part(at: At<'_>, sign: char, asking: Asking<'_>) -> FigurePart {
    let title = Crossing::of(at).as_ref().map(Crossing::title).unwrap_or_default();
    FigurePart { sign, title, place: at.place(), value: value(at, asking) }
}

/// A figure as it is shown.
fn value(at: At<'_>, asking: Asking<'_>) -> Option<String> {
    let crossing = Crossing::of(at)?;
    let value = if asking.within.is_some() { narrowed(at, asking) } else { crossing.figure.value }?;
    Some(match &crossing.figure.made {
        FigureMade::Rate { places, .. } => {
            format!("{}%", value.in_percent()?.rounded(u32::from(*places)))
        }
        _ => shown(value),
    })
}

/// A figure over what belongs to the committee or branch that is asked about; `None` if that cannot be told.
fn narrowed(at: At<'_>, asking: Asking<'_>) -> Option<Amount> {
    let crossing = Crossing::of(at)?;
    match &crossing.figure.made {
        FigureMade::Counted { .. } => {
            let own = behind_within(at, asking).pop()?;
            crossing.measure.over(asking.dataset, own.table, &Selection::of(own.rows)).value()
        }
        FigureMade::Derived(terms) => terms.iter().try_fold(Amount::ZERO, |sum, (sign, cell)| {
            let term = narrowed(at.at(*cell), asking)?;
            if *sign == Sign::Plus { sum.plus(term) } else { sum.minus(term) }
        }),
        FigureMade::Rate { part, whole, .. } => {
            narrowed(at.at(*part), asking)?.over(narrowed(at.at(*whole), asking)?)
        }
        FigureMade::Given(GivenFrom::Fact(id)) => asking.figures.get_within(asking.within, id)?.1.value,
        FigureMade::Given(_) | FigureMade::Nothing => None,
    }
}

/// What a line is called: the record whose line it is, else its title below its heading.
pub(super) fn title((declared, line): (&Line, &FilledLine)) -> String {
    if line.record.is_some() { line.title.to_string() } else { full_title(declared) }
}

pub(super) fn sign_of(sign: Sign) -> char {
    match sign {
        Sign::Plus => '＋',
        Sign::Minus => '－',
    }
}
