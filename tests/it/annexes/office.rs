//! Filled forms are printed by LibreOffice where a declaration asks for it, and what it prints is held against the form and its
//! blank. It speaks when `HUIBIAN_FOREIGN=1`; without the program the forms are made all the same.

use std::process::Command;

use huibian::office::{Document, Office};
use jiff::civil::date;
use serde_json::Value as Json;

use super::{CONFIRMED, confirmed};
use crate::desk::{Desk, huibian, of_severity, ran};

const CONFIRMATION: &str = CONFIRMED[2];
const PRINTED: &str = "forms/附件7-预备党员转正审批表/甲学院党支部/转正审批表-孙丽.pdf";

fn printing(name: &str) -> Desk {
    let desk = confirmed(name);
    let declared = format!("templates/forms/{CONFIRMATION}/form.yaml");
    desk.patch(&declared, "\nid: ", "\npdf: soffice\nid: ");
    desk
}

fn queries(desk: &Desk, code: &str) -> Vec<Json> {
    let findings = desk.findings("out");
    of_severity(&findings, "query").into_iter().filter(|it| it["code"] == code).cloned().collect()
}

#[test]
fn without_the_program_the_forms_are_made_and_one_query_says_what_is_not() {
    let desk = printing("no-office");
    let mut command = huibian(&["build", "--out", "out", "--only", "forms"]);
    ran(command.current_dir(desk.path("")).env("PATH", "")).expect(0);
    let files = desk.files("out");
    assert!(files.contains_key(&PRINTED.replace(".pdf", ".docx")) && !files.contains_key(PRINTED));
    let told = queries(&desk, "office-missing");
    assert_eq!(told.len(), 1);
    assert!(told[0]["message"].as_str().unwrap().contains("有3份填好的表应转成 PDF"), "{told:?}");
}

#[test]
fn libreoffice_prints_each_form_and_a_form_that_grew_or_lost_words_is_asked_about() {
    if std::env::var_os("HUIBIAN_FOREIGN").is_none_or(|it| it != "1") {
        return;
    }
    let desk = printing("office");
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let files = desk.files("out");
    assert_eq!(files.keys().filter(|it| it.ends_with(".pdf") && it.contains("转正审批表-")).count(), 3);
    assert!(files[PRINTED].starts_with(b"%PDF"));
    let manifest: Json = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let entry = manifest["files"].as_array().unwrap().iter().find(|it| it["path"] == PRINTED).unwrap();
    assert!(entry["by"].as_str().unwrap().contains("LibreOffice"), "{entry}");
    assert!(entry["pages"].as_u64().unwrap() >= 1, "{entry}");
    for code in ["form-grew", "form-cut-off", "form-not-printed", "office-missing"] {
        assert_eq!(queries(&desk, code), Vec::<Json>::new(), "{code}");
    }
    assert!(files.keys().all(|it| !it.contains("huibian-office")), "{:?}", files.keys());
    desk.run(&["build", "--out", "again", "--only", "forms", "--jobs", "2"]).expect(0);
    assert!(desk.files("again")[PRINTED] == files[PRINTED], "the same input gives the same bytes");

    // A text for which the form needs a further page.
    let declared = format!("templates/forms/{CONFIRMATION}/form.yaml");
    let long = format!("value: \"'{}'\"", "认真学习理论".repeat(400));
    desk.patch(&declared, "value: contacts | join_cn", &long);
    desk.run(&["build", "--out", "out", "--only", "forms"]).expect(0);
    let told = queries(&desk, "form-grew");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0]["message"].as_str().unwrap().contains("表样是1页"), "{told:?}");
}

/// A program that ends after two documents, and at once if the first is the one that it cannot open.
const STUB: &str = "#!/bin/sh
[ \"$1\" = --version ] && { echo Stub 1.0; exit 0; }
while [ \"$1\" != --outdir ]; do shift; done
out=$2; shift 2; n=0
for it in \"$@\"; do
  [ \"$it\" = 00003.docx ] && exit 1
  cp \"$it\" \"$out/${it%.docx}.pdf\"; n=$((n + 1))
  [ $n = 2 ] && exit 1
done
";

#[test]
fn what_the_program_has_left_is_given_to_it_again_and_what_it_cannot_open_is_passed_over() {
    let desk = Desk::new("stub");
    desk.write("stub", STUB);
    ran(Command::new("chmod").arg("+x").arg(desk.path("stub"))).expect(0);
    let office = Office::at(&desk.path("stub")).unwrap();
    assert_eq!(office.version(), "Stub 1.0");
    let texts: Vec<String> = (1..=6).map(|it| format!("document {it}")).collect();
    let documents: Vec<Document<'_>> =
        texts.iter().map(|it| Document { ending: "docx", bytes: it.as_bytes() }).collect();
    let printed = office.print(&desk.path("work"), &documents, date(2024, 12, 31)).unwrap();
    let printed: Vec<Option<String>> =
        printed.into_iter().map(|it| it.map(|it| String::from_utf8(it).unwrap())).collect();
    let wanted = |it: &String| (it != "document 3").then(|| it.clone());
    assert_eq!(printed, texts.iter().map(wanted).collect::<Vec<_>>());
    assert!(!desk.path("work").exists(), "nothing is left behind");
}
