//! Forms that have come back from somebody else than they were sent to.

use std::collections::{BTreeMap, BTreeSet};

use super::units::overlap;
use dataset::{Dataset, RecordId, Senders};
use finding::{FileId, Finding, Origin, Place, Report, Target, codes};
use schema::{Addressee, Sent};

/// What is to be done about a form that has come from somebody else.
const HINT: &str = "请核对是否放错了文件夹，或拿错了表样；内容无误的，可以不换";

/// Asks about every form whose unit is not in the register, in whose folder it does not lie, or whose records it does not hold.
pub(super) fn check(dataset: &Dataset, senders: &Senders, report: &mut Report) {
    let mut of_sheets: BTreeMap<Origin, Vec<RecordId>> = BTreeMap::new();
    let has_forms = |file: FileId| dataset.files.get(&file).is_some_and(|it| !it.sent.is_empty());
    for id in dataset.rows().filter(|it| has_forms(dataset.record(*it).origin.file)) {
        let origin = dataset.record(id).origin;
        if let Place::Cell { sheet, .. } = origin.place {
            of_sheets.entry(Origin::sheet(origin.file, sheet)).or_default().push(id);
        }
    }
    for (file, filed) in &dataset.files {
        let mut said = BTreeSet::new();
        for form in &filed.sent {
            let Some(to) = form.mark.sent_to.as_ref() else { continue };
            let records = of_sheets.get(&form.sheet).map_or(&[][..], |it| it);
            let found = mistaken(dataset, (form, to), senders.named(*file), records);
            // One file is put into the wrong folder once, however many sheets it has.
            if let Some(found) = found.filter(|it| said.insert(it.message.clone())) {
                report.push(found);
            }
        }
    }
}

fn mistaken(
    dataset: &Dataset,
    (form, to): (&Sent, &Addressee),
    folder: Option<RecordId>,
    records: &[RecordId],
) -> Option<Finding> {
    let name = &to.name;
    let finding = |message: String, origin: Origin| {
        let about = Target::part_with(Origin::file(form.sheet.file), [form.table]);
        Finding::new(&codes::FORM_OF_ANOTHER_UNIT, message).at(origin).about(about).value(&**name).hint(HINT)
    };
    let Some(unit) = dataset.addressee(to) else {
        let message = format!("表样是发给“{name}”（{}）的，登记中没有这个单位", to.key);
        return Some(finding(message, form.heading));
    };
    if let Some(folder) = folder.filter(|it| !overlap(dataset, *it, unit)) {
        let message = format!("表样是发给“{name}”的，却在“{}”的文件夹里", dataset.label(folder));
        return Some(finding(message, form.heading));
    }
    let whose = |id: RecordId| match unit.table == id.table {
        true => Some(id),
        false => dataset.branch(id).or_else(|| dataset.committee(id)),
    };
    let others: Vec<(RecordId, RecordId)> = records
        .iter()
        .filter_map(|it| Some((*it, whose(*it)?)))
        .filter(|it| !overlap(dataset, it.1, unit))
        .collect();
    let (first, other) = others.first()?;
    let message = format!(
        "表样是发给“{name}”的，其中{}条记录却是“{}”{}的",
        others.len(),
        dataset.label(*other),
        if others.iter().any(|it| it.1 != *other) { "等" } else { "" }
    );
    Some(finding(message, dataset.record(*first).origin))
}
