//! What differs in records that stand in both lists: field by field, of the fields that both lists have columns for.

use std::sync::Arc;

use super::declaration::Comparison;
use super::{Pair, Side};
use dataset::RecordId;
use schema::FieldKind;
use value::{Value, fold};

/// A field of which two records that are the same say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The record of this list.
    pub here: RecordId,
    /// That of the other one.
    pub there: RecordId,
    /// The index of the key by which they are the same.
    pub key: usize,
    /// The id of the field.
    pub field: Arc<str>,
}

/// Finds what differs, and counts the values that could not be compared because one of both cannot be read.
pub(super) fn find(
    comparison: &Comparison,
    [here, there]: [&Side; 2],
    pairs: &[Pair],
) -> (Vec<Difference>, usize) {
    let fields = compared(comparison, [here, there]);
    let (mut found, mut n_unread) = (Vec::new(), 0_usize);
    for pair in pairs {
        for id in &fields {
            match differ([here, there], *pair, id) {
                None => n_unread = n_unread.saturating_add(1),
                Some(false) => {}
                Some(true) => found.push(Difference {
                    here: pair.here,
                    there: pair.there,
                    key: pair.key,
                    field: id.clone(),
                }),
            }
        }
    }
    (found, n_unread)
}

/// The fields that are compared: those declared, or all; of these the ones that both lists have a column for. A reference
/// stands for the code beside it.
fn compared(comparison: &Comparison, [here, there]: [&Side; 2]) -> Vec<Arc<str>> {
    let schema = here.dataset.schema(here.table);
    let is_code = |id: &Arc<str>| {
        schema.fields.iter().any(|it| match &it.kind {
            FieldKind::Reference(reference) => reference.fallback.as_ref() == Some(id),
            _ => false,
        })
    };
    let is_shown = |it: &&schema::Field| !matches!(it.kind, FieldKind::Picture);
    let all = schema.fields.iter().filter(is_shown).map(|it| it.id.clone()).filter(|it| !is_code(it));
    let wanted: Vec<Arc<str>> =
        if comparison.fields.is_empty() { all.collect() } else { comparison.fields.clone() };
    let is_meant = |it: &Arc<str>| !comparison.except.contains(it) && here.has(it) && there.has(it);
    wanted.into_iter().filter(is_meant).collect()
}

/// Whether a field differs; none if neither says anything that could be compared. What could not be read is not what the other
/// list says. A date that is less precise than the other one does not
/// contradict it.
fn differ([here, there]: [&Side; 2], pair: Pair, id: &str) -> Option<bool> {
    let (a, b) = (here.value(pair.here, id), there.value(pair.there, id));
    if let (Value::Date(a), Value::Date(b)) = (a, b) {
        return Some(a.same_day(b) == Some(false));
    }
    let (own, other) = (here.said(pair.here, id), there.said(pair.there, id));
    if own.is_none() && other.is_none() && (*a == Value::Invalid || *b == Value::Invalid) {
        return None;
    }
    if own == other {
        return Some(false);
    }
    // What leads nowhere in one list is compared by its name.
    let shown = |side: &Side, record| fold(&side.shown(record, id, ""));
    Some(shown(here, pair.here) != shown(there, pair.there))
}
