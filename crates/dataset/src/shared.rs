//! Values that depend on no more than a record which many refer to: made for the first that asks, and read by all.
//!
//! The names of all members of a branch are the same for each of its members. Made anew for each they would cost the
//! square of their number.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use minijinja::value::Value;

use super::{RecordId, Scene, Trace};
use words::{Absence, Expression};

/// The values of the names of one declaration, by the number of the name and the record that it depends on.
#[derive(Debug, Default)]
pub struct SharedValues(Mutex<BTreeMap<(usize, RecordId), Arc<Shared>>>);

/// An expression that gives the same to many scenes, evaluated when it is first read.
#[derive(Debug)]
pub(super) struct Shared {
    expression: Expression,
    context: Value,
    /// What is read for it, by whomever.
    trace: Arc<Trace>,
    kept: OnceLock<(Value, Option<Absence>)>,
}

impl SharedValues {
    /// The value of the `idx`th name, of which an expression knows no more of the scene than what `owner` has.
    pub(super) fn value(&self, idx: usize, owner: RecordId, made: impl FnOnce() -> Shared) -> Arc<Shared> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        values.entry((idx, owner)).or_insert_with(|| Arc::new(made())).clone()
    }
}

impl Shared {
    /// For the expression on a scene that stands for all that will read it.
    pub(super) fn new(expression: Expression, scene: &Scene) -> Self {
        let trace = Arc::new(Trace::default());
        let mut scene = scene.clone();
        scene.record.trace = trace.clone();
        Self { expression, context: scene.context(), trace, kept: OnceLock::new() }
    }

    /// The value, or undefined after the reason was noted; the reader has read what was read for it.
    pub(super) fn read(&self, reader: &Trace) -> Value {
        reader.join(&self.trace);
        let made = || (self.expression.value_within(&self.context), words::noted_absence());
        let (value, absence) = self.kept.get_or_init(made);
        absence.iter().cloned().for_each(words::note_absence);
        value.clone()
    }
}
