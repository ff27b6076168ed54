//! A wrong number of one record in its own table: all others who name it give another one, beside its name.

use std::collections::{BTreeMap, BTreeSet};

use super::missing::{lacking, places};
use super::places::sheets;
use super::{forget, merge};
use crate::{Dataset, RecordId, TableId};
use finding::{FieldRef, Report, Target, codes};
use schema::FieldKind;
use value::{Value, fold};

/// On so many sheets the same number stands beside a name whose own record has another: it is that record's.
const N_SHEETS: usize = 2;

/// A number that no record bears: the table that it was looked for in, and the number as it is compared.
type Number = (TableId, String);

/// A record that bears a name which stands beside a number that nobody bears.
struct Bearer {
    record: RecordId,
    /// Its own number.
    number: FieldRef,
}

/// Puts what is said of a number that nobody bears to the record of the same name, if there is one and nobody names its own
/// number. What else is said of that number, such as that nothing was paid, is a consequence.
pub(super) fn fold_numbers(dataset: &Dataset, report: &mut Report) {
    let mut said: BTreeMap<Number, Vec<usize>> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        let Some(to) = lacking(dataset, finding) else { continue };
        let naming = places(dataset, finding);
        let written: BTreeSet<String> =
            naming.iter().map(|it| fold(&dataset.cell(*it).value.display())).collect();
        if let [written] = &written.into_iter().collect::<Vec<_>>()[..] {
            said.entry((to, written.clone())).or_default().push(number);
        }
    }
    let mut folded = BTreeSet::new();
    for ((to, _), numbers) in said {
        let naming: Vec<FieldRef> =
            numbers.iter().flat_map(|it| places(dataset, &report.findings()[*it])).collect();
        let Some(bearer) = bearer(dataset, to, &naming) else { continue };
        let consequences = consequences(&bearer, &numbers, report);
        if sheets(&numbers, report).len() >= N_SHEETS {
            folded.extend(put_to(dataset, &bearer, &numbers, report));
        } else {
            numbers.iter().for_each(|it| point_to(dataset, &bearer, *it, report));
        }
        folded.extend(consequences);
    }
    forget(&folded, report);
}

/// The one record that bears the name beside all these numbers, and that nobody names by its own number.
fn bearer(dataset: &Dataset, to: TableId, naming: &[FieldRef]) -> Option<Bearer> {
    let mut common: Option<BTreeSet<RecordId>> = None;
    for at in naming {
        let named = named_beside(dataset, to, *at);
        common = Some(match common {
            Some(common) => common.intersection(&named).copied().collect(),
            None => named,
        });
    }
    let mut common = common?.into_iter();
    let (record, None) = (common.next()?, common.next()) else { return None };
    let FieldKind::Reference(reference) = &dataset.field(naming.first()?.column()).kind else { return None };
    let number = record.field(dataset.schema(to).field(reference.by.first()?)?);
    (dataset.cell(number).value.is_present() && !is_named(dataset, record))
        .then_some(Bearer { record, number })
}

/// The records of a table whose name stands in the record of a reference, unless another of its references leads to them.
fn named_beside(dataset: &Dataset, to: TableId, at: FieldRef) -> BTreeSet<RecordId> {
    let schema = dataset.schema(at.table);
    let fields = || schema.fields.with_ids().map(|(id, field)| (at.record().field(id), field));
    let names: BTreeSet<String> = fields()
        .filter(|it| matches!(it.1.kind, FieldKind::Name) && dataset.cell(it.0).value.is_present())
        .map(|it| fold(&dataset.cell(it.0).value.display()))
        .collect();
    let meant_otherwise: BTreeSet<RecordId> = fields().filter_map(|it| dataset.follow(it.0)).collect();
    let label = dataset.schema(to).label;
    let is_named = |it: &RecordId| match &dataset.cell(it.field(label)).value {
        Value::Missing | Value::Invalid => false,
        name => names.contains(&fold(&name.display())),
    };
    dataset.rows_of(to).filter(|it| is_named(it) && !meant_otherwise.contains(it)).collect()
}

/// Whether any reference leads to a record.
fn is_named(dataset: &Dataset, record: RecordId) -> bool {
    let own = &dataset.schema(record.table).id;
    dataset.schemas.tables.with_ids().any(|(table, schema)| {
        let leading = schema
            .fields
            .with_ids()
            .filter(|(_, field)| matches!(&field.kind, FieldKind::Reference(it) if it.to == *own));
        leading.into_iter().any(|(field, _)| {
            dataset.rows_of(table).any(|it| dataset.follow(it.field(field)) == Some(record))
        })
    })
}

/// What else is said first of the number of a record.
fn consequences(bearer: &Bearer, numbers: &[usize], report: &Report) -> Vec<usize> {
    let is_about = |it: &usize| {
        let first = report.findings()[*it].about.first().and_then(Target::first_field);
        first == Some(bearer.number) && !numbers.contains(it)
    };
    (0..report.findings().len()).filter(is_about).collect()
}

/// Lets one finding at the record's own number speak for all; gives those that are then to go.
fn put_to(dataset: &Dataset, bearer: &Bearer, numbers: &[usize], report: &mut Report) -> Vec<usize> {
    let sheets = sheets(numbers, report);
    let findings = numbers.iter().map(|it| &report.findings()[*it]);
    let naming: BTreeSet<FieldRef> = findings.flat_map(|it| places(dataset, it)).collect();
    let Some(written) = naming.first().map(|it| dataset.cell(*it).value.display()) else { return Vec::new() };
    let tables: BTreeSet<TableId> = naming.iter().map(|it| it.table).collect();
    let tables: Vec<String> = tables.iter().map(|it| format!("“{}”", dataset.schema(*it).title)).collect();
    let own = dataset.cell(bearer.number);
    let title = &dataset.schema(bearer.record.table).title;
    let message = format!(
        "“{title}”表中“{}”写作“{}”，{}表共{}处同名的都写作“{written}”",
        dataset.label(bearer.record),
        own.value.display(),
        tables.join("、"),
        naming.len(),
    );
    let others = merge(numbers, |it| it.clone_from(&message), report);
    let kept = &mut report.findings_mut()[numbers[0]];
    let is_elsewhere =
        sheets.into_iter().map(|origin| finding::Related { origin, label: "别的表".to_owned() });
    let hint =
        format!("多半是“{title}”表这一格写错了，请先核对、改正；如是同名的另一人，请在“{title}”表中补上");
    *kept = kept
        .clone()
        .recoded(&codes::NUMBER_DIFFERS)
        .at(own.origin)
        .field(dataset.field(bearer.number.column()).title.clone())
        .value(own.value.display())
        .hint(hint);
    kept.subject = dataset.subject(bearer.record);
    kept.related = is_elsewhere.collect();
    kept.about.insert(0, Target::field(bearer.number));
    others
}

/// Names the record of the same name beside what is said of a number that stands on one sheet only.
fn point_to(dataset: &Dataset, bearer: &Bearer, number: usize, report: &mut Report) {
    let own = dataset.cell(bearer.number);
    let finding = &mut report.findings_mut()[number];
    let label = format!("同名的“{}”在此写作“{}”", dataset.label(bearer.record), own.value.display());
    finding.related.push(finding::Related { origin: own.origin, label });
    finding.hint = Some("两处同名而编号不同，多半是同一人：请核对两处，改正写错的一处".to_owned());
}
