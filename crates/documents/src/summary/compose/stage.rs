//! Where a text of a summary is written: over everything or about a record, with the names that it finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Object, ObjectRepr};

use super::super::span::span;
use crate::planning::Planning;
use dataset::{RecordRef, Scene, Trace};
use due::Returns;
use facts::{Figures, Frame, Seat};

/// The record that a text is about, if it is about one, and further names.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) record: Option<RecordRef>,
    /// The committee or branch that facts are narrowed to.
    pub(super) seat: Option<Seat>,
    names: BTreeMap<Arc<str>, Value>,
    trace: Arc<Trace>,
    figures: Arc<Figures>,
    returns: Arc<Returns>,
}

impl Stage {
    /// The stage of a whole summary: over everything, or about a committee or branch.
    pub(super) fn new(seat: Option<Seat>, planning: Planning<'_>) -> Self {
        let trace = Arc::new(Trace::default());
        let dataset = planning.dataset.clone();
        let record = seat.map(|id| RecordRef { dataset, id, trace: trace.clone() });
        let project = planning.project;
        let mut names = Frame::of_project(project).names().clone();
        names.insert("span".into(), Value::from(span(project.period, project.as_of)));
        let figures = planning.figures.clone();
        let records = Records { stage: Holder::new(planning, seat), trace: trace.clone() };
        names.insert("records".into(), Value::from_object(records));
        let returns = planning.returns.clone();
        Self { record, seat: None, names, trace, figures, returns }.narrowed(seat)
    }

    /// What was read through it.
    pub(super) fn trace(&self) -> &Arc<Trace> {
        &self.trace
    }

    /// The same with facts narrowed to a seat, and what has not been returned to what the seat counts.
    #[must_use]
    pub(super) fn narrowed(mut self, seat: Option<Seat>) -> Self {
        let dataset = self.figures.dataset();
        let unreported = self.returns.missing(&dataset, seat).into_iter();
        let unreported: Vec<_> = unreported.map(|it| dataset.schema(it).id.to_string()).collect();
        self.names.insert("unreported".into(), Value::from(unreported));
        let facts = self.figures.as_value_within(seat, self.trace.clone());
        self.names.insert("facts".into(), facts);
        Self { seat, ..self }
    }

    /// The stage of an item of a list: its fields, the summary's own record as `record`, its place as `loop`.
    pub(super) fn around(&self, item: RecordRef, turn: Turn) -> Self {
        let mut stage = self.clone();
        if let Some(own) = &self.record {
            stage.names.insert("record".into(), Value::from_object(own.clone()));
        }
        stage.names.insert("loop".into(), loop_value(turn));
        stage.record = Some(item);
        stage
    }

    /// The stage as an evaluation context.
    pub(super) fn context(&self) -> Value {
        match &self.record {
            None => Value::from_object(Names(self.names.clone())),
            Some(record) => {
                let scene = Scene::new(record.clone());
                let named =
                    |scene: Scene, (name, it): (&Arc<str>, &Value)| scene.with(name.clone(), it.clone());
                self.names.iter().fold(scene, named).context()
            }
        }
    }
}

/// Where an item stands in its list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// Its place, counted from zero.
    pub(super) at: usize,
    /// How many items there are.
    pub(super) n: usize,
}

fn loop_value(Turn { at, n }: Turn) -> Value {
    Value::from(BTreeMap::from([
        ("index", Value::from(at + 1)),
        ("index0", Value::from(at)),
        ("revindex", Value::from(n - at)),
        ("revindex0", Value::from(n - at - 1)),
        ("length", Value::from(n)),
        ("first", Value::from(at == 0)),
        ("last", Value::from(at + 1 == n)),
    ]))
}

/// Names without a record.
#[derive(Debug)]
struct Names(BTreeMap<Arc<str>, Value>);

impl Object for Names {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_str()?).cloned()
    }
}

/// The name `records`: the records of each table, or those of a committee or branch.
#[derive(Debug)]
struct Records {
    stage: Holder,
    trace: Arc<Trace>,
}

/// Whose records they are.
#[derive(Debug)]
struct Holder {
    figures: Arc<Figures>,
    dataset: Arc<dataset::Dataset>,
    seat: Option<Seat>,
}

impl Holder {
    fn new(planning: Planning<'_>, seat: Option<Seat>) -> Self {
        Self { figures: planning.figures.clone(), dataset: planning.dataset.clone(), seat }
    }
}

impl Object for Records {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let Holder { figures, dataset, seat } = &self.stage;
        let table = dataset.schemas.index(key.as_str()?)?;
        let (rows, reads) = figures.records_within(*seat, table);
        self.trace.note_all(&reads);
        let record = |id| RecordRef { dataset: dataset.clone(), id, trace: self.trace.clone() };
        Some(rows.iter().map(|row| Value::from_object(record(table.record(row)))).collect())
    }
}
