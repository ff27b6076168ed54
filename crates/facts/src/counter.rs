//! The one counter: conditions put to records, those that count told from those that may, and the figure they come to.
//!
//! Named facts, the counts of rules and eligibility conditions, and statistics all count here. They differ only in who puts
//! the conditions: a [`Sieve`](super::Sieve) to all records of a table at once, a scene to the few of a list.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::different::{Key, vague};
use super::sifted::{Open, Sifted};
use super::{Criterion, Measure, Measured, Rows, Selection};
use dataset::{Dataset, FieldRef, Reads, Scene, SchemaScope, Trace};
use finding::{Finding, Origin, RecordId, Report, Reported, RowId, TableId, codes};
use source::{Fields, LocatedText};
use value::{Amount, PartialDate, Value};
use words::{self, Expression, Type, Unanswered};

/// What is counted of a table, as it is declared.
#[derive(Debug, Clone)]
pub struct Counter {
    /// The table.
    pub of: TableId,
    /// The conditions, all of which a record must satisfy.
    pub wheres: Vec<Criterion>,
    /// What is measured of the records.
    pub measure: Measure,
    /// What makes records one, such as the two sides of an agreement: of those for which all of it is the same the first
    /// counts. Without it each record is one by itself.
    pub once_per: Vec<Expression>,
}

/// What a count came to.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// The records that it counts, and those of which the data do not say whether they count.
    pub selection: Selection,
    /// The figure.
    pub measured: Measured,
    /// Why the figure is not certain; nothing if it is.
    pub open: Vec<Open>,
    /// What has been read.
    pub reads: Reads,
    /// Expressions that cannot be carried out: where they are written, and what the machine said.
    pub faults: Vec<(Origin, String)>,
}

/// The records of a table that satisfy some conditions, with what each condition said.
#[derive(Debug)]
pub struct Selected {
    /// The records.
    pub selection: Selection,
    said: Vec<(Origin, Arc<Sifted>)>,
}

/// Who puts conditions to records.
pub(super) trait Judge {
    /// The records.
    fn dataset(&self) -> &Arc<Dataset>;
    /// What a condition says of some records of a table; it may say something of others too.
    fn sift(&mut self, table: TableId, rows: &Rows, criterion: &Criterion) -> Arc<Sifted>;
    /// A record with the names that expressions about it find; what is read of it is noted in the trace.
    fn scene(&self, id: RecordId, trace: &Arc<Trace>) -> Scene;
    /// An empty trace, as fine as the figure's dependence on records is to be known.
    fn trace(&self) -> Trace;
}

impl Counter {
    /// Reads `where`, `measure` and `once_per` of a declaration. The scope is that of a record of the table.
    ///
    /// # Errors
    /// If anything in them is wrong; every fault has been reported.
    pub(super) fn load(
        fields: &mut Fields<'_, '_>,
        of: TableId,
        scope: &SchemaScope<'_>,
    ) -> Result<Self, Reported> {
        let table = &scope.schemas().tables[of];
        let wheres = fields.texts_as("where", |it, report| Criterion::load(it, scope, report));
        let measure = fields.text_as("measure", |it, report| Measure::load(it, table, report));
        let once_per = fields.texts_as("once_per", |it, report| comparable(it, scope, report));
        Ok(Self { of, wheres: wheres?, measure: measure?.unwrap_or(Measure::Number), once_per: once_per? })
    }

    /// Passes over the keys of a declaration whose table is not known: nothing can be said of what they hold.
    pub(super) fn pass_over(fields: &mut Fields<'_, '_>) {
        for key in ["where", "measure", "once_per"] {
            let _unread = fields.node(key);
        }
    }

    /// Counts among these records of the table.
    pub(super) fn tally(&self, rows: Rows, judge: &mut impl Judge) -> Tally {
        let selected = select(judge, self.of, rows, &self.wheres);
        let mut tally = Tally {
            open: selected.selection.doubtful.iter().flat_map(|row| selected.open(row)).collect(),
            reads: selected.reads(),
            faults: selected.faults(),
            selection: selected.selection,
            measured: Measured::default(),
        };
        if !self.once_per.is_empty() {
            self.keep_one_of_each(&mut tally, judge);
        }
        let dataset = judge.dataset();
        tally.measured = self.measure.over(dataset, self.of, &tally.selection);
        if tally.value().is_some() {
            tally.open.clear();
        }
        for at in &tally.measured.lacking {
            let why = match &dataset.cell(*at).value {
                Value::Date(date) => vague_date(*date),
                _ => dataset.absence(*at).to_string(),
            };
            tally.open.push(Open { at: dataset.written_at(*at), why });
        }
        tally
    }

    /// Leaves of the records that are one the first. What makes a record one may be unknown, or not precise enough.
    fn keep_one_of_each(&self, tally: &mut Tally, judge: &impl Judge) {
        let trace = Arc::new(judge.trace());
        let none = || Rows::none(tally.selection.certain.n_rows());
        let (mut certain, mut doubtful) = (none(), none());
        let mut first: BTreeMap<Key, RowId> = BTreeMap::new();
        for row in tally.selection.possible().iter() {
            let is_certain = tally.selection.certain.contains(row);
            let key = match self.key(self.of.record(row), &trace, judge) {
                Ok(key) => key,
                Err((open, fault)) => {
                    doubtful.insert(row);
                    tally.open.push(open);
                    tally.faults.extend(fault);
                    continue;
                }
            };
            let earlier = first.entry(key).or_insert(row);
            match (*earlier == row, certain.contains(*earlier)) {
                (true, _) if is_certain => certain.insert(row),
                (true, _) => doubtful.insert(row),
                // One of them counts for certain; which, matters only to what is measured.
                (false, true) => {}
                (false, false) if self.measure == Measure::Number && is_certain => {
                    doubtful.take(*earlier);
                    certain.insert(row);
                    *earlier = row;
                }
                (false, false) if self.measure == Measure::Number => {}
                (false, false) => doubtful.insert(row),
            }
        }
        for key in vague(first.keys()) {
            let row = first[key];
            if certain.contains(row) {
                certain.take(row);
                doubtful.insert(row);
            }
            let own = Arc::new(Trace::default());
            let _known = self.key(self.of.record(row), &own, judge);
            let at = Open::place(judge.dataset(), self.of.record(row), &own);
            let why = match &judge.dataset().cell(at).value {
                Value::Date(date) => vague_date(*date),
                _ => "不能确定与另一条记录是否相同".to_owned(),
            };
            tally.open.push(Open { at, why });
        }
        tally.selection = Selection { certain, doubtful };
        tally.reads.extend(&trace.reads());
    }

    /// What makes a record one.
    ///
    /// # Errors
    /// Why that is not known, and the fault if the declaration is to blame.
    fn key(
        &self,
        at: RecordId,
        trace: &Arc<Trace>,
        judge: &impl Judge,
    ) -> Result<Key, (Open, Option<(Origin, String)>)> {
        let mut keys = Vec::new();
        for part in &self.once_per {
            match part.evaluate(&judge.scene(at, trace).context()) {
                Ok(value) => keys.push(Key::of_answer(&value)),
                Err(unanswered) => {
                    let own = Arc::new(Trace::default());
                    let _unanswered = part.evaluate(&judge.scene(at, &own).context());
                    let is_fault = matches!(unanswered, Unanswered::Fault(_));
                    let why = unanswered.why();
                    let fault = is_fault.then(|| (part.origin(), why.clone()));
                    return Err((Open { at: Open::place(judge.dataset(), at, &own), why }, fault));
                }
            }
        }
        Ok(Key::List(keys))
    }
}

impl Tally {
    /// The figure, if the data decide it.
    pub fn value(&self) -> Option<Amount> {
        self.measured.value().filter(|_| self.faults.is_empty())
    }

    /// How many values the figure may have: that of the records counted for certain, and each more up to what it comes to
    /// if all that may count do. One, if it has none at all.
    pub fn n_values(&self) -> usize {
        let Some((least, most)) = self.measured.bounds else { return 1 };
        let span = most.minus(least).and_then(Amount::whole).and_then(|it| usize::try_from(it).ok());
        span.map_or(usize::MAX, |it| it.saturating_add(1))
    }

    /// One of these values as an expression sees it, the least first; `None` if the figure has none.
    pub fn possible_value(&self, n: usize, value_type: &Type) -> Option<minijinja::Value> {
        let (least, _) = self.measured.bounds?;
        figure_value(least.plus(n.into())?, value_type)
    }

    /// How many records are not, or not wholly, in its least value because the data do not say.
    pub fn n_open(&self) -> usize {
        let lacking = self.measured.lacking.iter().filter(|it| self.selection.certain.contains(it.row));
        if self.value().is_some() { 0 } else { self.selection.doubtful.count() + lacking.count() }
    }

    /// The fields for lack of which the figure is not certain.
    pub fn open_fields(&self) -> impl Iterator<Item = FieldRef> + '_ {
        self.open.iter().map(|it| it.at)
    }
}

impl Selected {
    /// Why it is not known whether a record satisfies the conditions, by each that is undecided.
    pub fn open(&self, row: RowId) -> impl Iterator<Item = Open> + '_ {
        self.said.iter().filter_map(move |(_, it)| it.open(row))
    }

    /// What the conditions have read.
    pub fn reads(&self) -> Reads {
        let mut reads = Reads::default();
        self.said.iter().for_each(|(_, it)| reads.extend(&it.reads));
        reads
    }

    /// The conditions that cannot be carried out: where they are written, and what the machine said.
    pub fn faults(&self) -> Vec<(Origin, String)> {
        self.said.iter().filter_map(|(at, it)| Some((*at, it.fault.clone()?))).collect()
    }
}

/// The records among these that satisfy all conditions.
pub(super) fn select(judge: &mut impl Judge, table: TableId, rows: Rows, criteria: &[Criterion]) -> Selected {
    let (mut selection, mut said) = (Selection::of(rows), Vec::new());
    for criterion in criteria {
        let sifted = judge.sift(table, &selection.possible(), criterion);
        selection.narrow(&sifted.holds, &sifted.undecided);
        said.push((criterion.origin(), sifted));
    }
    Selected { selection, said }
}

/// Why a date does not tell a record from another.
fn vague_date(date: PartialDate) -> String {
    format!("“{date}”不够精确，不能确定与另一条记录是否相同")
}

/// A figure as expressions see it; `None` if it is too large for the type that was declared.
pub(super) fn figure_value(figure: Amount, value_type: &Type) -> Option<minijinja::Value> {
    match value_type {
        Type::Number => figure.whole().map(minijinja::Value::from),
        _ => Some(words::decimal_value(figure)),
    }
}

/// An expression whose values can be told apart.
fn comparable(
    written: &LocatedText,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Expression, Reported> {
    let (expression, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    if given.is_printable() || matches!(given, Type::Record(_)) {
        return Ok(expression);
    }
    let message = format!("once_per 的结果是{}，不能用来区分记录", given.title());
    let hint = "请写成字段或文本，几项合起来区分的写作 [title, outlet]；列表请先用 join";
    Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(written.origin).hint(hint)))
}
