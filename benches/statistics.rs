//! How long the yearly statistics of a large university take, and how much memory.
//!
//! `cargo bench --bench statistics` makes 200,000 members of a thousand branches, without files, and works out the
//! tables of 党内统计年报, with a line for every committee in each edition.
#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock and the system")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has to stop")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "the numbers are those of rows, cut to a day"
)]
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use huibian::dataset::Dataset;
use huibian::documents::Declaring;
use huibian::documents::statistics::{Counting, FilledBody, compute, load_statistics};
use huibian::facts::{Catalogue, Figures, Frame, Sieve};
use huibian::finding::{Origin, Report, Sources, TableId};
use huibian::project::{Project, Templates};
use huibian::schema::{self, Cell, FieldKind, Record, Records, Schemas};
use huibian::source::LocatedText;
use huibian::value::{PartialDate, Value};
use jiff::civil::date;

const N_MEMBERS: usize = 200_000;
const N_BRANCHES: usize = 1_000;
const N_COMMITTEES: usize = 40;

fn main() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let schemas = Arc::new(schema::load(&templates.trees("schemas", &mut report), &mut report).unwrap());
    let catalogue = Catalogue::load(&templates.trees("facts", &mut report), &schemas, &mut report);
    let origin = Origin::file(sources.add("成员"));
    let id = LocatedText { text: "party-annual".into(), origin };
    let declaring = Declaring { templates: &templates, schemas: &schemas, catalogue: &catalogue };
    let declared = load_statistics(&id, declaring, &mut report).unwrap();
    let statistics = Arc::new(declared);
    let mut records = Records::empty(&schemas);
    for (table, n_rows) in [("organisations", N_COMMITTEES), ("branches", N_BRANCHES), ("members", N_MEMBERS)]
    {
        let table = schemas.index(table).unwrap();
        records.tables[table] = (0..n_rows).map(|row| record(&schemas, table, row, origin)).collect();
    }
    let start = Instant::now();
    let dataset = Arc::new(Dataset::new(schemas.clone(), records, &mut report));
    println!("{N_MEMBERS} members related: {:.1?}, at most {} MiB", start.elapsed(), memory_mib());
    let frame = Frame::of_project(&Project::example(date(2024, 12, 31)));
    let facts = Sieve::new(dataset.clone(), frame.clone());
    let figures = Arc::new(Figures::new(Arc::new(catalogue), facts));
    let mut sieve = Sieve::new(dataset.clone(), frame);
    let unreported = BTreeSet::new();
    let mut counting =
        Counting { sieve: &mut sieve, figures: &figures, supply: &|_| None, unreported: &unreported };
    let start = Instant::now();
    let computed = compute(&statistics, None, &mut counting);
    let n_cells: usize = computed
        .sheets
        .iter()
        .map(|it| match &it.body {
            FilledBody::Figures(grid) => grid.rows.len() * grid.columns.len(),
            FilledBody::List(list) => list.cells.iter().map(Vec::len).sum(),
        })
        .sum();
    let n_tables = computed.sheets.len();
    println!("{n_tables} tables, {n_cells} cells: {:.1?}, at most {} MiB", start.elapsed(), memory_mib());
    let committees = schemas.committees().unwrap();
    let start = Instant::now();
    for committee in dataset.rows_of(committees) {
        compute(&statistics, Some(committee), &mut counting);
    }
    println!("{N_COMMITTEES} editions of committees: {:.1?}, at most {} MiB", start.elapsed(), memory_mib());
}

/// A record with something in each field, different from its neighbours.
fn record(schemas: &Schemas, table: TableId, row: usize, origin: Origin) -> Record {
    let value = |idx: usize, kind: &FieldKind| match kind {
        FieldKind::Choice(choices) => {
            let n_choices = choices.iter().count();
            Value::Choice(choices.iter().nth((row / (idx + 1)) % n_choices).unwrap().value.clone())
        }
        FieldKind::Date(_) => {
            let (year, month, day) = (1950 + row % 55, 1 + row % 12, 1 + row % 28);
            Value::Date(PartialDate::from_day(year as i16, month as u8, day as u8).unwrap())
        }
        FieldKind::YesNo => Value::YesNo((row + idx).is_multiple_of(7)),
        FieldKind::Integer => Value::Integer((row % 50) as i64),
        FieldKind::Decimal | FieldKind::Percent => Value::Decimal((row % 100).into()),
        FieldKind::Reference(reference) => {
            let n_rows = if &*reference.to == "branches" { N_BRANCHES } else { N_COMMITTEES };
            Value::Text(format!("{}-0", row % n_rows).into())
        }
        FieldKind::Code(_) if idx > 0 => Value::Missing,
        _ => Value::Text(format!("{row}-{idx}").into()),
    };
    let fields = schemas.tables[table].fields.iter().enumerate();
    let cells = fields.map(|(idx, it)| Cell { value: value(idx, &it.kind), origin }).collect();
    Record { origin, cells, parent: None }
}

/// The most memory that this process has held, in MiB; 0 where the system does not tell.
fn memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let number = line.and_then(|it| it.split_whitespace().next()).and_then(|it| it.parse::<u64>().ok());
    number.map_or(0, |it| it / 1024)
}
