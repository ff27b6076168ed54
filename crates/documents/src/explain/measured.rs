//! What of a record goes into a figure that does not simply count.

use dataset::{Dataset, RecordId};
use facts::Measure;

/// The amount that is summed, or the value that is told from others; nothing where records are counted.
pub(super) fn amount(measure: &Measure, record: RecordId, dataset: &Dataset) -> Option<String> {
    let at = record.field(measure.field(dataset.schema(record.table))?);
    let shown = match dataset.follow(at) {
        Some(target) => dataset.label(target).to_string(),
        None => dataset.cell(at).value.display(),
    };
    Some(shown).filter(|it| !it.is_empty())
}
