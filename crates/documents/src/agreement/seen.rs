//! The figures that documents print under a name: facts of texts, and cells of statistics of which one line is the name and
//! the other counts everybody.

use std::sync::Arc;

use jiff::civil::Date;

use super::name::{path, plain, without};
use super::printed::Printed;
use crate::planning::Planning;
use crate::statistics::{
    Body, CellId, FigureMade, FilledLine, Grid, Line, LineKind, PlannedWorkbook, Sheet, behind, full_title,
};
use dataset::TableId;
use facts::{Criterion, Made, Measure, Seat};
use finding::Origin;
use value::{Amount, Period};

/// A figure that is printed.
#[derive(Debug)]
pub(super) struct Seen {
    /// What it is called, by which it is compared.
    pub(super) name: String,
    pub(super) scope: Scope,
    pub(super) value: Amount,
    /// What it is called where it stands.
    pub(super) title: String,
    /// Where it stands, if it is a cell.
    pub(super) place: String,
    /// The fact, if it is one.
    pub(super) fact: Option<Arc<str>>,
    pub(super) definition: String,
    pub(super) origin: Origin,
    /// The span that it is about; none if its definition does not ask for one.
    period: Option<Period>,
}

/// About whom and when a figure is. The whole comes before its parts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope {
    /// The committee or branch.
    pub(super) seat: Option<Seat>,
    /// The table whose records are counted, with what is measured of them; none for what is computed from several.
    counted: Option<(TableId, Option<Arc<str>>)>,
    as_of: Date,
}

impl Seen {
    /// Whether two figures of one name and scope are about the same span and differ all the same.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        self.origin != other.origin && self.period == other.period && self.value != other.value
    }
}

/// All figures that are printed under a name of their own.
pub(super) fn collect(
    printed: &Printed<'_>,
    workbooks: &[PlannedWorkbook],
    planning: Planning<'_>,
) -> Vec<Seen> {
    let mut seen: Vec<Seen> = printed.facts().filter_map(|it| of_fact(it, planning)).collect();
    for workbook in workbooks {
        for filled in &workbook.computed.sheets {
            let sheet = workbook.computed.sheet(filled);
            // A table about some only calls them by its own title.
            let (Some(grid), false) = (filled.grid(), sheet.counts_some) else { continue };
            let table = Table { workbook, sheet, grid, planning };
            seen.extend(cells(grid).filter_map(|it| table.seen(it)));
        }
    }
    seen
}

fn cells(grid: &Grid) -> impl Iterator<Item = CellId> {
    let n_columns = grid.columns.len();
    (0..grid.rows.len()).flat_map(move |row| (0..n_columns).map(move |column| CellId { row, column }))
}

fn of_fact((id, seat): (&str, Option<Seat>), planning: Planning<'_>) -> Option<Seen> {
    let (fact, known) = planning.figures.get_within(seat, id)?;
    let frame = planning.figures.frame();
    let (counted, criteria) = match &fact.made {
        Made::Counted(counter) => (Some((counter.of, measured(&counter.measure))), &counter.wheres[..]),
        Made::Derived(_) => (None, &[][..]),
    };
    let words = &planning.captions.figures;
    let noun = counted.as_ref().map(|it| &*planning.dataset.schema(it.0).title);
    let name = plain(&fact.title, words);
    let is_of_span = counted.is_none() || criteria.iter().any(asks_for_span);
    Some(Seen {
        name: noun.map_or_else(|| name.clone(), |it| without(&name, it)),
        scope: Scope { seat, counted, as_of: frame.as_of },
        value: known.value?,
        title: fact.title.to_string(),
        place: String::new(),
        fact: Some(fact.id.clone()),
        definition: fact.definition.to_string(),
        origin: fact.origin,
        period: is_of_span.then_some(frame.period),
    })
    .filter(|it| !it.name.is_empty())
}

/// A table of statistics whose cells are looked at.
#[derive(Clone, Copy)]
struct Table<'a> {
    workbook: &'a PlannedWorkbook,
    sheet: &'a Sheet,
    grid: &'a Grid,
    planning: Planning<'a>,
}

/// A line, as it is declared and as it was worked out.
type Drawn<'a> = (&'a Line, &'a FilledLine);

impl Table<'_> {
    fn seen(self, at: CellId) -> Option<Seen> {
        let Body::Figures { rows, columns, measure } = &self.sheet.body else { return None };
        let figure = &self.grid[at];
        if !matches!(figure.made, FigureMade::Counted { .. } | FigureMade::Derived(_)) {
            return None;
        }
        let (row, column) = (&self.grid.rows[at.row], &self.grid.columns[at.column]);
        let (row, column) = ((&rows[row.declared], row), (&columns[column.declared], column));
        let of = self.table_of(at)?;
        // Of whom it is not known where they count, that has been said.
        if self.workbook.computed.doubtful.iter().any(|it| it.table == of) {
            return None;
        }
        let noun = &*self.planning.dataset.schema(of).title;
        let (named, whole) = [(row, column, rows, columns), (column, row, columns, rows)]
            .into_iter()
            .find(|(named, whole, _, lines)| self.is_whole(*whole, lines, noun) && named.1.record.is_none())
            .map(|it| (it.0, it.1))?;
        let name = self.name(named.0);
        let criteria = self.criteria(of, [named, whole]);
        let own = named.0.measure.as_ref().or(whole.0.measure.as_ref()).unwrap_or(measure);
        let frame = &self.workbook.computed.frame;
        let is_counted = matches!(figure.made, FigureMade::Counted { .. });
        let is_of_span = self.asks_for_span(at, of);
        let title = full_title(named.0);
        Some(Seen {
            name: without(&name, noun),
            scope: Scope { seat: whole.1.record, counted: Some((of, measured(own))), as_of: frame.as_of },
            value: figure.value?,
            place: format!("《{}》{}“{title}”", self.workbook.computed.statistics.title, self.sheet.number),
            title,
            fact: None,
            definition: definition(&criteria, is_counted),
            origin: named.0.origin,
            period: is_of_span.then_some(frame.period),
        })
        .filter(|it| !it.name.is_empty())
    }

    /// The one table whose records a cell counts, be it by way of others.
    fn table_of(self, at: CellId) -> Option<TableId> {
        if let FigureMade::Counted { table } = self.grid[at].made {
            return Some(table);
        }
        let behind = behind(self.grid, at);
        let first = behind.first()?.table;
        behind.iter().all(|it| it.table == first).then_some(first)
    }

    /// Whether a cell, or one that it is made of, asks for the span that the table is about.
    fn asks_for_span(self, at: CellId, of: TableId) -> bool {
        let Body::Figures { rows, columns, .. } = &self.sheet.body else { return false };
        behind(self.grid, at).iter().any(|it| {
            let (row, column) = (&self.grid.rows[it.cell.row], &self.grid.columns[it.cell.column]);
            let lines = [(&rows[row.declared], row), (&columns[column.declared], column)];
            self.criteria(of, lines).into_iter().any(asks_for_span)
        })
    }

    fn name(self, line: &Line) -> String {
        let titles = line.headings.iter().chain([&line.title]).map(|it| &**it);
        path(titles, &self.planning.captions.figures)
    }

    /// Whether a line holds everybody, or everybody of the record whose line it is.
    fn is_whole(self, (line, _): Drawn<'_>, lines: &[Line], noun: &str) -> bool {
        let is_nameless = || {
            let name = self.name(line);
            name.is_empty() || name == noun
        };
        match &line.kind {
            LineKind::Each(it, sources) => it.wheres.is_empty() && sources.values().all(Vec::is_empty),
            LineKind::Counted(sources) => sources.values().all(Vec::is_empty) && is_nameless(),
            LineKind::Derived { terms, .. } => {
                terms.iter().all(|it| matches!(lines[it.1].kind, LineKind::Each(..))) && is_nameless()
            }
            _ => false,
        }
    }

    fn criteria<'l>(self, of: TableId, lines: [Drawn<'l>; 2]) -> Vec<&'l Criterion> {
        let sources = |it: Drawn<'l>| match &it.0.kind {
            LineKind::Counted(sources) | LineKind::Each(_, sources) => sources.get(&of),
            _ => None,
        };
        lines.into_iter().filter_map(sources).flatten().collect()
    }
}

fn definition(criteria: &[&Criterion], is_counted: bool) -> String {
    match criteria {
        _ if !is_counted => "本表其他数字之和".to_owned(),
        [] => "全部记录".to_owned(),
        some => some.iter().map(|it| it.source()).collect::<Vec<_>>().join("，"),
    }
}

fn asks_for_span(criterion: &Criterion) -> bool {
    criterion.asks_for("period")
}

/// What is measured, if it is not the number of records.
fn measured(measure: &Measure) -> Option<Arc<str>> {
    match measure {
        Measure::Number => None,
        Measure::Sum(field) | Measure::SumGiven(field) => Some(format!("sum {field}").into()),
        Measure::Distinct(field) => Some(format!("distinct {field}").into()),
    }
}
