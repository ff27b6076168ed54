//! The whole university: all its records are sent out and come back; three workbooks are filled in by hand.

use std::collections::BTreeMap;

use huibian::Checked;
use huibian::finding::Severity;
use huibian::value::Value;

use super::{cell, checked, filled, found, sent_out, write_all};
use crate::desk::{Desk, files, repository};

/// The university of the fixtures, all of whose tables count as standing lists.
fn sender() -> Desk {
    let desk = Desk::new("collection-university");
    desk.copy("fixtures/university", "u");
    // Also tables that none of its documents counts.
    let ledgers = "documents:\n  ledgers: [选举计票, 支部组织生活开展情况]";
    desk.patch("u/huibian.yaml", "documents:", ledgers);
    for (name, bytes) in files(&repository("templates/schemas")) {
        let text = String::from_utf8(bytes).unwrap();
        if text.contains("returned_by:") && !text.contains("prefill: true") {
            desk.write(
                &format!("u/templates/schemas/{name}"),
                text.replace("\nreturned_by:", "\nprefill: true\nreturned_by:"),
            );
        }
    }
    desk
}

/// The same project with what was sent out in place of what was returned. The office's own lists are sent to nobody.
fn taken_in(desk: &Desk, forms: &BTreeMap<String, Vec<u8>>) {
    for folder in ["applications", "regulations", "handbooks"] {
        desk.copy(&format!("fixtures/university/{folder}"), &format!("back/{folder}"));
    }
    for name in ["huibian.yaml", "上年年报.yaml", "人事教务数.yaml", "年报另填数.yaml", "专项名单.yaml"]
    {
        desk.write(
            &format!("back/{name}"),
            std::fs::read(repository(&format!("fixtures/university/{name}"))).unwrap(),
        );
    }
    let sources = "sources: [returns, applications, 基层党组织.yaml, 重点工作.yaml, 专项名单.yaml]";
    desk.patch("back/huibian.yaml", sources, "sources: [下发, applications, 专项名单.yaml]");
    write_all(desk, "back/下发", forms);
}

/// The records of each table, each as its fields say, references by whom they lead to; in any order.
fn records(checked: &Checked) -> BTreeMap<String, Vec<String>> {
    let dataset = &checked.dataset;
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in dataset.rows() {
        let table = dataset.schema(id.table);
        let shown = table.fields.ids().map(|field| {
            let at = id.field(field);
            match (dataset.follow(at), &dataset.cell(at).value) {
                (Some(target), Value::Text(_)) => dataset.key_text(target).to_string(),
                (_, Value::Decimal(number)) => number.trimmed().to_string(),
                (_, value) => format!("{value:?}"),
            }
        });
        all.entry(table.id.to_string()).or_default().push(shown.collect::<Vec<_>>().join("|"));
    }
    all.values_mut().for_each(|it| it.sort());
    all
}

#[test]
fn what_was_sent_out_is_taken_in_again_record_by_record_and_only_what_was_planted_is_found() {
    let desk = sender();
    let mut forms = sent_out(&desk, "u");
    assert_eq!(forms.len(), 100);
    taken_in(&desk, &forms);
    let (before, after) = (records(&checked(&desk, "u").1), checked(&desk, "back"));
    let n_notes = after.0.report.count(Severity::Note);
    assert_eq!((but_vacant(found(&after.0)), n_notes < 20), (vec![], true), "{n_notes} notes");
    let after = records(&after.1);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (table, rows) in &before {
        let others: Vec<&String> = rows.iter().filter(|it| after[table].binary_search(it).is_err()).collect();
        assert!(others.is_empty() && rows.len() == after[table].len(), "{table}: {:#?}", others.first());
    }
    // Three of them are filled in.
    let of = |part: &str| forms.keys().filter(|it| it.contains(part)).cloned().collect::<Vec<_>>();
    let committee = of("物理学院党委填报表").remove(0);
    let [first, second] = [0, 1].map(|at| of("物理学院党委/党支部/")[at].clone());
    let plant = |book: &[u8], sheet: &str, column: &str, below: u32, text| {
        filled(book, sheet, &[(cell(book, sheet, column, below), text)])
    };
    let changed = [
        plant(&forms[&committee], "党支部", "phone", 1, "12"),
        plant(&forms[&first], "党员", "sex", 2, "汝"),
        plant(&forms[&second], "党员", "phone", 0, "家庭电话"),
    ];
    for (name, bytes) in [committee, first, second].into_iter().zip(changed) {
        forms.insert(name, bytes);
    }
    taken_in(&desk, &forms);
    let found = but_vacant(found(&checked(&desk, "back").0));
    let codes: Vec<&str> = found.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(codes, ["form-heading-changed", "phone-malformed", "unknown-choice"], "{found:#?}");
}

/// What is found but for the three committees that have never given 籍贯: now that their forms have its column, they are
/// asked for it.
fn but_vacant(found: Vec<String>) -> Vec<String> {
    let (vacant, others): (Vec<String>, _) =
        found.into_iter().partition(|it| it.starts_with("column-vacant "));
    assert_eq!(vacant.len(), 3, "{vacant:?}");
    others
}
