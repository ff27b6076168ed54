//! A count that belongs to one record: the records of a list of it, such as the honours of a branch.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;

use super::counter::{Counter, Judge, Tally};
use super::sifted::{Open, Sifted};
use super::{Criterion, Rows, Selection};
use dataset::{Dataset, Reads, RecordRef, Scene, SchemaScope, Trace, record_ref};
use finding::{Finding, RecordId, Report, Reported, TableId, codes};
use source::{Declared, Fields, LocatedText};
use words::{Expression, Type, Unanswered, Verdict};

/// A declared count: `{of: branch.honours, where: [...], measure: count}`.
#[derive(Debug, Clone)]
pub struct Count {
    list: Expression,
    counter: Counter,
    value_type: Type,
}

/// Within the scope of the record that it is asked of.
impl Declared<SchemaScope<'_>> for Count {
    const WHAT: &'static str = "计数";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let list = fields.required_as("of", |it, report| list_of_records(it, scope, report));
        let counter = match &list {
            Ok((_, table)) => {
                let inner = scope.around(*table).with("record", scope.record_type());
                Counter::load(fields, *table, &inner)
            }
            Err(reported) => {
                Counter::pass_over(fields);
                Err(*reported)
            }
        };
        let ((list, table), counter) = fields.whole((list, counter))?;
        let value_type = counter.measure.value_type(&scope.schemas().tables[table]);
        Ok(Self { list, counter, value_type })
    }
}

impl Count {
    /// The table whose records it counts.
    pub fn table(&self) -> TableId {
        self.counter.of
    }

    /// What is counted of the records of the list.
    pub fn counter(&self) -> &Counter {
        &self.counter
    }

    /// The type of the figure.
    pub fn value_type(&self) -> &Type {
        &self.value_type
    }

    /// Whether the list of a record names another, whatever the conditions say of it.
    pub fn lists(&self, scene: &Scene, record: RecordId) -> bool {
        let list = self.list.evaluate(&scene.context());
        list.is_ok_and(|it| listed(&it).any(|it| it == record))
    }

    /// A record of the list as the conditions see it.
    pub fn scene_of(&self, scene: &Scene, record: RecordId) -> Scene {
        Outer { scene }.scene(record, &Arc::new(Trace::default()))
    }

    /// Counts. If the list itself is not known, neither is the figure.
    pub fn tally(&self, scene: &Scene) -> Tally {
        let record = &scene.record;
        let own = Arc::new(Trace::default());
        let listing = scene.around(RecordRef { trace: own.clone(), ..record.clone() });
        let list = self.list.evaluate(&listing.context());
        record.trace.note_all(&own.reads());
        let mut tally = match list {
            Ok(list) => {
                let mut rows = Rows::none(record.dataset.n_rows(self.counter.of));
                // A record that a list names twice is one record.
                let own = listed(&list).filter(|it| it.table == self.counter.of);
                own.for_each(|it| rows.insert(it.row));
                self.counter.tally(rows, &mut Outer { scene })
            }
            Err(unanswered) => {
                let why = unanswered.why();
                let faults = match unanswered {
                    Unanswered::Fault(_) => vec![(self.list.origin(), why.clone())],
                    Unanswered::Missing(_) | Unanswered::Undecided(_) => Vec::new(),
                };
                let at = Open::place(&record.dataset, record.id, &own);
                Tally { open: vec![Open { at, why }], faults, ..Tally::default() }
            }
        };
        tally.reads.extend(&self.reads_measured(&tally.selection, record));
        record.trace.note_all(&tally.reads);
        tally
    }

    /// What the measure reads of records.
    fn reads_measured(&self, selection: &Selection, record: &RecordRef) -> Reads {
        let (table, trace) = (self.counter.of, Arc::new(Trace::default()));
        let schema = record.dataset.schema(table);
        if let Some(field) = self.counter.measure.field(schema) {
            for row in selection.possible().iter() {
                let read = RecordRef { id: table.record(row), trace: trace.clone(), ..record.clone() };
                let _value = Value::from_object(read).get_attr(&schema.fields[field].id);
            }
        }
        trace.reads()
    }
}

/// The records of a list.
fn listed(list: &Value) -> impl Iterator<Item = RecordId> {
    list.try_iter().into_iter().flatten().filter_map(|it| record_ref(&it)).map(|it| it.id)
}

/// Puts conditions to records of a list, which see the record that the list belongs to.
struct Outer<'a> {
    scene: &'a Scene,
}

impl Judge for Outer<'_> {
    fn dataset(&self) -> &Arc<Dataset> {
        &self.scene.record.dataset
    }

    fn sift(&mut self, table: TableId, rows: &Rows, criterion: &Criterion) -> Arc<Sifted> {
        let (trace, none) = (Arc::new(self.trace()), Rows::none(rows.n_rows()));
        let (mut holds, mut undecided) = (none.clone(), none);
        let (mut reasons, mut fault) = (BTreeMap::new(), None);
        for row in rows.iter() {
            let verdict = criterion.test(&self.scene(table.record(row), &trace));
            match &verdict {
                Verdict::Holds => holds.insert(row),
                Verdict::Fails => {}
                Verdict::Undecided(why) | Verdict::Fault(why) => {
                    undecided.insert(row);
                    reasons.insert(row, Open::of(table.record(row), criterion, self));
                    let is_fault = matches!(verdict, Verdict::Fault(_));
                    fault = fault.or_else(|| is_fault.then(|| why.clone()));
                }
            }
        }
        Arc::new(Sifted { holds, undecided, reads: trace.reads(), fault, table, alike: None, reasons })
    }

    fn scene(&self, id: RecordId, trace: &Arc<Trace>) -> Scene {
        let record = RecordRef { dataset: self.dataset().clone(), id, trace: trace.clone() };
        self.scene.around(record).with("record", Value::from_object(self.scene.record.clone()))
    }

    fn trace(&self) -> Trace {
        Trace::default()
    }
}

fn list_of_records(
    of: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<(Expression, TableId), Reported> {
    let (expression, given) = Expression::compile(&of.text, of.origin, scope, report)?;
    let table = match &given {
        Type::List(item) => match &**item {
            Type::Record(table) => scope.schemas().index(table),
            _ => None,
        },
        _ => None,
    };
    table.map(|it| (expression, it)).ok_or_else(|| {
        let message = format!("“{}”不是记录的列表", of.text);
        let hint = "of 应写关系，如 branch.honours";
        report.error(Finding::new(&codes::WRONG_KIND, message).at(of.origin).hint(hint))
    })
}
