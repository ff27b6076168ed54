//! The values of facts, each worked out once, when a document first asks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::Value;
use minijinja::value::{Object, ObjectRepr};

use super::catalogue::{Catalogue, Fact, Lacking, Made};
use super::counter::figure_value;
use super::{Counter, Frame, Measure, Rows, Sieve};
use dataset::{Dataset, FieldRef, Reads, RecordId, TableId, Trace};
use value::Amount;
use words::{self, Absence, NoResult};

/// What is known of a fact.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Its value; `None` if the data do not decide it.
    pub value: Option<Amount>,
    /// The records that it counts, with their table; none if it is computed from other facts.
    pub counted: Option<(TableId, Arc<Rows>)>,
    /// What it was read from.
    pub reads: Reads,
    /// The fields for lack of which it is undecided.
    pub open: Vec<FieldRef>,
    /// The empty fields that its sum has passed over.
    pub passed_over: Vec<FieldRef>,
    /// Why it cannot be carried out, if its declaration is at fault.
    pub fault: Option<String>,
}

/// The committee or branch that facts are narrowed to: only what belongs to it is counted.
pub type Seat = RecordId;

/// The facts of a run, worked out as they are asked for.
#[derive(Debug)]
pub struct Figures {
    catalogue: Arc<Catalogue>,
    working: Mutex<Working>,
}

#[derive(Debug)]
struct Working {
    sieve: Sieve,
    known: BTreeMap<(Option<Seat>, Arc<str>), Arc<Known>>,
    /// Those that a document shows, or that such a one is computed from.
    shown: BTreeSet<(Option<Seat>, Arc<str>)>,
}

/// Who asks for a fact: of one that is undecided, a document says at which fields; a rule is undecided too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A document that shows it, or whose conditions rest on it.
    Document,
    /// A rule.
    Rule,
}

impl Figures {
    /// The facts of a catalogue over the records of a sieve; nothing is worked out yet.
    pub fn new(catalogue: Arc<Catalogue>, sieve: Sieve) -> Self {
        let working = Working { sieve, known: BTreeMap::new(), shown: BTreeSet::new() };
        Self { catalogue, working: Mutex::new(working) }
    }

    /// The records that they are over.
    pub fn dataset(&self) -> Arc<Dataset> {
        self.lock().sieve.dataset().clone()
    }

    /// The declarations.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// A fact with its value; `None` if there is no fact of this id.
    pub fn get(&self, id: &str) -> Option<(&Fact, Arc<Known>)> {
        self.get_within(None, id)
    }

    /// A fact with its value over what belongs to a committee or branch; over everything if none is named. One whose
    /// records belong to no record of that table has no value.
    pub fn get_within(&self, seat: Option<Seat>, id: &str) -> Option<(&Fact, Arc<Known>)> {
        self.ask(seat, id, Asker::Document)
    }

    fn ask(&self, seat: Option<Seat>, id: &str, asker: Asker) -> Option<(&Fact, Arc<Known>)> {
        let fact = self.catalogue.fact(id)?;
        let mut working = self.lock();
        if asker == Asker::Document {
            working.show(seat, fact, &self.catalogue);
        }
        Some((fact, working.known(seat, fact, &self.catalogue)))
    }

    /// The records of a table that belong to a committee or branch, and what that depends on; all if none is named.
    pub fn records_within(&self, seat: Option<Seat>, table: TableId) -> (Arc<Rows>, Reads) {
        self.lock().of_seat(seat, table)
    }

    /// The period and day that they are about.
    pub fn frame(&self) -> Frame {
        self.lock().sieve.frame().clone()
    }

    /// The facts that documents have asked for so far, and those that these are computed from.
    pub fn shown(&self) -> Vec<(&Fact, Arc<Known>)> {
        let working = self.lock();
        let shown = working.known.iter().filter(|it| working.shown.contains(it.0));
        shown.filter_map(|((_, id), it)| Some((self.catalogue.fact(id)?, it.clone()))).collect()
    }

    /// The name `facts` for expressions; what a fact was read from is noted in a trace when it is asked for.
    pub fn as_value(self: &Arc<Self>, asker: Asker, trace: Arc<Trace>) -> Value {
        Value::from_object(Asking { figures: self.clone(), seat: None, asker, trace })
    }

    /// The name `facts` where a document's facts are narrowed to a committee or branch.
    pub fn as_value_within(self: &Arc<Self>, seat: Option<Seat>, trace: Arc<Trace>) -> Value {
        Value::from_object(Asking { figures: self.clone(), seat, asker: Asker::Document, trace })
    }

    fn lock(&self) -> MutexGuard<'_, Working> {
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Working {
    fn show(&mut self, seat: Option<Seat>, fact: &Fact, catalogue: &Catalogue) {
        if self.shown.insert((seat, fact.id.clone())) {
            for part in fact.asks_for().iter().filter_map(|it| catalogue.fact(&it.text)) {
                self.show(seat, part, catalogue);
            }
        }
    }

    fn known(&mut self, seat: Option<Seat>, fact: &Fact, catalogue: &Catalogue) -> Arc<Known> {
        let key = (seat, fact.id.clone());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // Facts that go round in a circle have been refused; whoever asks all the same gets nothing.
        self.known.insert(key.clone(), Arc::default());
        let known = match &fact.made {
            Made::Counted(counter) => self.counted(seat, counter),
            Made::Derived(_) => self.computed(seat, fact, catalogue),
        };
        let known = Arc::new(Known { value: known.value.map(|it| rounded(it, fact.round)), ..known });
        self.known.insert(key, known.clone());
        known
    }

    /// The records of a table that belong to a seat, and what that depends on.
    fn of_seat(&mut self, seat: Option<Seat>, table: TableId) -> (Arc<Rows>, Reads) {
        let dataset = self.sieve.dataset().clone();
        let mut reads = reads_of_all(&dataset, table, &Measure::Number);
        let Some(seat) = seat else { return (Arc::new(Rows::all(dataset.n_rows(table))), reads) };
        reads.columns.extend(
            dataset.schemas.way(table, seat.table).iter().flat_map(|it| dataset.fields_of_way(table, it)),
        );
        let seats = self.sieve.seats(table, seat.table);
        (seats.get(seat.row).cloned().unwrap_or_default(), reads)
    }

    fn counted(&mut self, seat: Option<Seat>, counter: &Counter) -> Known {
        let (own, mut reads) = self.of_seat(seat, counter.of);
        let tally = counter.tally(own.as_ref().clone(), &mut self.sieve);
        reads.extend(&reads_of_all(self.sieve.dataset(), counter.of, &counter.measure));
        reads.extend(&tally.reads);
        Known {
            value: tally.value(),
            open: tally.open_fields().collect(),
            passed_over: tally.measured.passed_over,
            fault: tally.faults.into_iter().next().map(|it| it.1),
            counted: Some((counter.of, Arc::new(tally.selection.certain))),
            reads,
        }
    }

    fn computed(&mut self, seat: Option<Seat>, fact: &Fact, catalogue: &Catalogue) -> Known {
        let (mut known, mut values) = (Known::default(), BTreeMap::new());
        for name in fact.asks_for() {
            let Some(part) = catalogue.fact(&name.text) else { continue };
            let part = self.known(seat, part, catalogue);
            known.reads.extend(&part.reads);
            known.open.extend(&part.open);
            values.insert(name.text, part.value);
        }
        if let Made::Derived(sum) = &fact.made {
            match sum.value(&values) {
                Ok(value) => known.value = Some(value),
                Err(Lacking::Result(why @ NoResult::TooLarge)) => known.fault = Some(why.to_string()),
                // A rate of nothing has no value, and what is said of a fact without one says why.
                Err(Lacking::Result(NoResult::Division) | Lacking::Fact) => {}
            }
        }
        known
    }
}

/// What the count of a whole table reads whatever its conditions: each record must be given once.
pub fn reads_of_all(dataset: &Dataset, table: TableId, measure: &Measure) -> Reads {
    let schema = dataset.schema(table);
    let fields = schema.key.first().copied().into_iter().chain(measure.field(schema));
    let columns = fields.map(|it| table.column(it)).collect();
    Reads { columns, tables: [table].into(), ..Reads::default() }
}

/// The value with just so many places: 30.0 where others are 16.8.
fn rounded(value: Amount, places: Option<u32>) -> Amount {
    let Some(places) = places else { return value };
    value.rounded(places).filled(places)
}

/// The facts as an expression sees them.
struct Asking {
    figures: Arc<Figures>,
    seat: Option<Seat>,
    asker: Asker,
    trace: Arc<Trace>,
}

impl fmt::Debug for Asking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("facts")
    }
}

impl Object for Asking {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (fact, known) = self.figures.ask(self.seat, key.as_str()?, self.asker)?;
        self.trace.note_all(&known.reads);
        let value = known.value.and_then(|it| figure_value(it, &fact.value_type()));
        if value.is_none() {
            // An error at one of these has said what is wrong.
            for at in &known.open {
                self.trace.note(*at);
                self.trace.note_lacking(*at);
            }
            let why =
                if known.open.is_empty() { "没有可用的数" } else { "有记录缺少所需的值" };
            words::note_absence(Absence::Undecided { what: fact.title.clone(), why: why.into() });
        }
        value
    }
}
