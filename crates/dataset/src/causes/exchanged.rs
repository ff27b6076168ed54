//! Two records of a register whose codes have changed places: whoever names them by both gives each the other's code.

use std::collections::{BTreeMap, BTreeSet};

use super::{forget, merge};
use crate::{Dataset, RecordId};
use finding::{FieldId, FieldRef, Finding, Report, Target, codes};
use schema::FieldKind;
use value::fold;

/// What is said of two records: the findings at which the first is named with the code of the second, and the other way round.
#[derive(Default)]
struct Crossed {
    there: Vec<usize>,
    back: Vec<usize>,
}

/// Puts what is said of names and codes that mean different records into one finding at the register, if two records have
/// each other's codes everywhere.
pub(super) fn fold_exchanged_codes(dataset: &Dataset, report: &mut Report) {
    let mut crossed: BTreeMap<(RecordId, RecordId), Crossed> = BTreeMap::new();
    for (number, finding) in report.findings().iter().enumerate() {
        if let Some((named, coded)) = meant(dataset, finding) {
            let pair = crossed.entry((named.min(coded), named.max(coded))).or_default();
            if named < coded { pair.there.push(number) } else { pair.back.push(number) }
        }
    }
    let mut folded = BTreeSet::new();
    for ((first, second), Crossed { there, back }) in crossed {
        let is_crossed = !there.is_empty() && !back.is_empty();
        let agrees = || [first, second].into_iter().any(|it| is_named_with_own_code(dataset, it));
        if let (true, false, Some(code)) = (is_crossed, agrees(), code_of(dataset, first)) {
            let numbers: Vec<usize> = there.into_iter().chain(back).collect();
            folded.extend(put_to(dataset, ([first, second], code), &numbers, report));
        }
    }
    forget(&folded, report);
}

/// The two records that a finding says are meant by the name and by the code.
fn meant(dataset: &Dataset, finding: &Finding) -> Option<(RecordId, RecordId)> {
    if finding.code != codes::REFERENCE_CONFLICT.name {
        return None;
    }
    let name = finding.about.iter().filter_map(Target::first_field).find(|it| is_reference(dataset, *it))?;
    let (named, code) = (dataset.follow(name)?, own_code(dataset, name)?);
    let field = code_of(dataset, named)?;
    let mut coded = dataset.rows_of(named.table).filter(|it| text(dataset, it.field(field)) == code);
    Some((named, coded.next()?))
}

fn is_reference(dataset: &Dataset, at: FieldRef) -> bool {
    matches!(dataset.field(at.column()).kind, FieldKind::Reference(_))
}

/// The field of a register that holds the codes, by which references call its records first.
fn code_of(dataset: &Dataset, record: RecordId) -> Option<FieldId> {
    let own = &dataset.schema(record.table).id;
    let fields = dataset.schemas.tables.iter().flat_map(|it| &it.fields);
    let mut with_code = fields.filter_map(|it| match &it.kind {
        FieldKind::Reference(reference) if reference.to == *own && reference.fallback.is_some() => {
            reference.by.first()
        }
        _ => None,
    });
    dataset.schema(record.table).field(with_code.next()?)
}

/// The code beside a name, as it is compared.
fn own_code(dataset: &Dataset, name: FieldRef) -> Option<String> {
    let FieldKind::Reference(reference) = &dataset.field(name.column()).kind else { return None };
    let code = dataset.schema(name.table).field(reference.fallback.as_ref()?)?;
    let at = name.record().field(code);
    dataset.cell(at).value.is_present().then(|| text(dataset, at))
}

fn text(dataset: &Dataset, at: FieldRef) -> String {
    fold(&dataset.cell(at).value.display())
}

/// Whether anything names a record together with its own code.
fn is_named_with_own_code(dataset: &Dataset, record: RecordId) -> bool {
    let Some(own) = code_of(dataset, record).map(|it| text(dataset, record.field(it))) else { return false };
    let id = &dataset.schema(record.table).id;
    dataset.schemas.tables.with_ids().any(|(table, schema)| {
        let leading = schema.fields.with_ids().filter(|(_, field)| {
            matches!(&field.kind, FieldKind::Reference(it) if it.to == *id && it.fallback.is_some())
        });
        leading.into_iter().any(|(field, _)| {
            let names = dataset.rows_of(table).map(|it| it.field(field));
            let mut naming = names.filter(|it| dataset.cell(*it).value.is_present());
            naming
                .any(|it| dataset.follow(it) == Some(record) && own_code(dataset, it).as_ref() == Some(&own))
        })
    })
}

/// Lets one finding at the code of the first record speak for all; gives those that are then to go.
fn put_to(
    dataset: &Dataset,
    ([first, second], code): ([RecordId; 2], FieldId),
    numbers: &[usize],
    report: &mut Report,
) -> Vec<usize> {
    let places: BTreeSet<RecordId> = numbers
        .iter()
        .flat_map(|it| report.findings()[*it].about.iter().filter_map(Target::first_field))
        .map(FieldRef::record)
        .collect();
    let title = dataset.field(first.table.column(code)).title.clone();
    let message = format!(
        "“{}”与“{}”的“{title}”对调了：别的表有{}处写到它们，名称和编码正好相反",
        dataset.label(first),
        dataset.label(second),
        places.len()
    );
    let others = merge(numbers, |it| it.clone_from(&message), report);
    let (own, other) = (dataset.cell(first.field(code)), dataset.cell(second.field(code)));
    let kept = &mut report.findings_mut()[numbers[0]];
    *kept = kept
        .clone()
        .recoded(&codes::CODES_EXCHANGED)
        .at(own.origin)
        .field(title)
        .value(own.value.display())
        .hint("请核对这两个编码，把它们换过来；确实换过编码的，请各表一并改正");
    kept.subject = dataset.subject(first);
    kept.related = vec![finding::Related { origin: other.origin, label: "另一个".to_owned() }];
    kept.about.splice(0..0, [first, second].map(|it| Target::field(it.field(code))));
    others
}
