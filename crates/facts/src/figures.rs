//! The values of facts, each worked out once, when a document first asks for it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::Value;
use minijinja::value::{Object, ObjectRepr};

use super::catalogue::{Catalogue, Fact, Lacking, Made};
use super::{Frame, Measure, Rows, Sieve};
use dataset::{Dataset, FieldRef, Reads, Trace};
use value::Amount;
use words::{self, Absence, Expression, NoResult, Type};

/// What is known of a fact.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Its value; `None` if the data do not decide it.
    pub value: Option<Amount>,
    /// The records that it counts, with their table; none if it is reckoned from other facts.
    pub counted: Option<(usize, Arc<Rows>)>,
    /// What it was read from.
    pub reads: Reads,
    /// The fields for lack of which it is undecided.
    pub open: Vec<FieldRef>,
    /// Why it cannot be carried out, if its declaration is at fault.
    pub fault: Option<String>,
}

/// The committee or branch that facts are narrowed to: only what belongs to it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// Index of its table.
    pub table: usize,
    /// Index of its record.
    pub row: usize,
}

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
}

impl Figures {
    /// The facts of a catalogue over the records of a sieve; nothing is worked out yet.
    pub fn new(catalogue: Arc<Catalogue>, sieve: Sieve) -> Self {
        Self { catalogue, working: Mutex::new(Working { sieve, known: BTreeMap::new() }) }
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
        let fact = self.catalogue.fact(id)?;
        Some((fact, self.lock().known((seat, fact), &self.catalogue)))
    }

    /// The records of a table that belong to a committee or branch, and what that depends on; all if none is named.
    pub fn records_within(&self, seat: Option<Seat>, table: usize) -> (Arc<Rows>, Reads) {
        self.lock().of_seat(seat, table)
    }

    /// The period and day that they are about.
    pub fn frame(&self) -> Frame {
        self.lock().sieve.frame().clone()
    }

    /// The facts that were asked for so far.
    pub fn asked(&self) -> Vec<(&Fact, Arc<Known>)> {
        let known = self.lock().known.clone();
        let fact = |((_, id), it): ((_, Arc<str>), Arc<Known>)| Some((self.catalogue.fact(&id)?, it));
        known.into_iter().filter_map(fact).collect()
    }

    /// The name `facts` for expressions; what a fact was read from is noted in a trace when it is asked for.
    pub fn as_value(self: &Arc<Self>, trace: Arc<Trace>) -> Value {
        self.as_value_within(None, trace)
    }

    /// The name `facts` where facts are narrowed to a committee or branch.
    pub fn as_value_within(self: &Arc<Self>, seat: Option<Seat>, trace: Arc<Trace>) -> Value {
        Value::from_object(Asking { figures: self.clone(), seat, trace })
    }

    fn lock(&self) -> MutexGuard<'_, Working> {
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Working {
    fn known(&mut self, (seat, fact): (Option<Seat>, &Fact), catalogue: &Catalogue) -> Arc<Known> {
        let key = (seat, fact.id.clone());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // Facts that go round in a circle have been refused; whoever asks all the same gets nothing.
        self.known.insert(key.clone(), Arc::default());
        let known = match &fact.made {
            Made::Counted { of, wheres, measure, once_per } => {
                self.counted((seat, *of), (wheres, once_per.as_ref()), measure)
            }
            Made::Reckoned(_) => self.reckoned((seat, fact), catalogue),
        };
        let known = Arc::new(Known { value: known.value.map(|it| rounded(it, fact.round)), ..known });
        self.known.insert(key, known.clone());
        known
    }

    /// The records of a table that belong to a seat, and what that depends on.
    fn of_seat(&mut self, seat: Option<Seat>, table: usize) -> (Arc<Rows>, Reads) {
        let dataset = self.sieve.dataset().clone();
        let mut reads = reads_of_all(&dataset, table, &Measure::Number);
        let Some(seat) = seat else { return (Arc::new(Rows::all(dataset.n_rows(table))), reads) };
        reads.columns.extend(
            dataset.schemas.way(table, seat.table).iter().flat_map(|it| dataset.fields_of_way(table, it)),
        );
        let seats = self.sieve.seats(table, seat.table);
        (seats.get(seat.row).cloned().unwrap_or_default(), reads)
    }

    fn counted(
        &mut self,
        (seat, of): (Option<Seat>, usize),
        (wheres, once_per): (&[super::Criterion], Option<&Expression>),
        measure: &Measure,
    ) -> Known {
        let dataset = self.sieve.dataset().clone();
        let mut known = Known { reads: reads_of_all(&dataset, of, measure), ..Known::default() };
        let (own, reads) = self.of_seat(seat, of);
        known.reads.extend(&reads);
        let mut rows = own.as_ref().clone();
        let mut possible = rows.clone();
        for criterion in wheres {
            let sifted = self.sieve.sift(of, criterion);
            known.reads.extend(&sifted.reads);
            known.fault = known.fault.or_else(|| sifted.fault.clone());
            rows.keep(&sifted.holds);
            let mut may_hold = sifted.holds.clone();
            may_hold.add(&sifted.undecided);
            possible.keep(&may_hold);
        }
        possible.remove(&rows);
        for row in possible.iter() {
            let open = wheres.iter().filter_map(|it| self.sieve.sift(of, it).open(row)?.at);
            known.open.extend(open);
        }
        if let Some(once_per) = once_per {
            let once = self.sieve.once(of, &rows, once_per);
            known.reads.extend(&once.reads);
            known.fault = known.fault.or(once.fault);
            known.open.extend(once.open);
            rows = once.rows;
            possible.add(&once.undecided);
        }
        match measure.over(&dataset, of, rows.iter()) {
            Ok(value) if possible.is_empty() => known.value = Some(value),
            Ok(_) => {}
            Err(lacking) => known.open.extend(lacking),
        }
        Known { counted: Some((of, Arc::new(rows))), ..known }
    }

    fn reckoned(&mut self, (seat, fact): (Option<Seat>, &Fact), catalogue: &Catalogue) -> Known {
        let (mut known, mut values) = (Known::default(), BTreeMap::new());
        for name in fact.asks_for() {
            let Some(part) = catalogue.fact(&name.text) else { continue };
            let part = self.known((seat, part), catalogue);
            known.reads.extend(&part.reads);
            values.insert(name.text, part.value);
        }
        if let Made::Reckoned(sum) = &fact.made {
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
pub fn reads_of_all(dataset: &Dataset, table: usize, measure: &Measure) -> Reads {
    let schema = dataset.schema(table);
    let fields = schema.key.first().copied().into_iter().chain(measure.field(schema));
    Reads { columns: fields.map(|it| (table, it)).collect(), ..Reads::default() }
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
        let (fact, known) = self.figures.get_within(self.seat, key.as_str()?)?;
        self.trace.note_all(&known.reads);
        let Some(value) = known.value else {
            let why =
                if known.open.is_empty() { "没有可用的数" } else { "有记录缺少所需的值" };
            words::note_absence(Absence::Undecided { what: fact.title.clone(), why: why.into() });
            return None;
        };
        match (fact.value_type(), value.whole()) {
            (Type::Number, Some(number)) => Some(Value::from(number)),
            _ => Some(words::decimal_value(value)),
        }
    }
}
