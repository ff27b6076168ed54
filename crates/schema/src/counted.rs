//! Which table a number of the register counts: the key `counts` of a field.

use super::table::{FieldKind, Schemas};
use finding::{Finding, Report, codes};
use source::{Fields, LocatedText, nearest};

/// Reads the key from the declaration of a whole number; in that of another field it is unknown.
pub(super) fn read(fields: &mut Fields<'_, '_>, kind: &FieldKind) -> Option<LocatedText> {
    matches!(kind, FieldKind::Integer).then(|| fields.text("counts")).flatten()
}

/// Every table that is counted must be one that somebody returns.
pub(super) fn check(schemas: &Schemas, report: &mut Report) {
    for counted in schemas.tables.iter().flat_map(|it| &it.fields).filter_map(|it| it.counts.as_ref()) {
        let mut returned = schemas.tables.iter().filter(|it| it.returned.due.is_some()).map(|it| &*it.id);
        if returned.clone().any(|it| *it == *counted.text) {
            continue;
        }
        let hint = match nearest(&counted.text, &mut returned) {
            Some(near) => format!("是否应为“{near}”？"),
            None => "请填写某一表式的 id，该表式写有 returned_by".to_owned(),
        };
        let message = format!("没有要报送的表“{}”", counted.text);
        report.push(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(counted.origin).hint(hint));
    }
}
