//! What cannot be printed withholds itself, and what needs its pages; what binds others goes without it.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::project::{RULES, small};
use crate::desk::{Desk, Files};
use crate::paper::Paper;

/// Of one branch the card cannot be set; what binds the others says whose is missing.
const LAYOUT: &str = r#"#import "/typst/page.typ": official, sheets
#let render(data) = {
  set document(title: data.title)
  show: official.with(data.faces, language: data.language)
  if data.volume == none and data.title.contains("研究生") { panic("此卡不能排") }
  sheets(data.faces, draft: data.draft, {
    if data.volume != none { par("缺" + data.volume.withheld.map(it => it.name).join("、")) }
    for form in data.forms { heading(form.name) }
  })
}
"#;

/// The files of a build of one kind, and its manifest.
fn built(desk: &Desk, only: &str) -> (Files, Json) {
    desk.run(&["build", ".", "--out", "out", "--only", only]);
    let files = desk.files("out");
    let manifest = serde_json::from_slice(&files["manifest.json"]).unwrap();
    (files, manifest)
}

/// What the manifest lists under a key: the paths below the folder of the kind, with what it says under another.
fn listed<'m>(manifest: &'m Json, list: &str, key: &str) -> BTreeMap<&'m str, &'m Json> {
    let entries = manifest[list].as_array().unwrap().iter();
    let entries = entries.map(|it| (it["path"].as_str().unwrap(), &it[key]));
    entries.filter_map(|(path, it)| Some((path.split_once('/')?.1, it))).collect()
}

#[test]
fn a_form_that_cannot_be_printed_is_missing_from_the_print_set_which_says_so() {
    let desk = small("printing-form");
    desk.write("templates/forms/card/layout.typ", LAYOUT);
    let (mut files, manifest) = built(&desk, "forms");
    let made = listed(&manifest, "files", "records");
    let wanted =
        ["card/合订本.pdf", "card/外语党委/日语支部.pdf", "card/机械党委/制造支部.pdf", "card/汇总.xlsx"];
    assert_eq!(made.keys().copied().collect::<Vec<_>>(), wanted);
    assert_eq!(*made["card/合订本.pdf"], serde_json::json!(["010101", "020101"]));
    let withheld = listed(&manifest, "withheld", "codes");
    assert_eq!(
        withheld,
        BTreeMap::from([("card/机械党委/硕士支部.pdf", &serde_json::json!(["layout-failed"]))])
    );
    let volume = Paper::read(files.remove("forms/card/合订本.pdf").unwrap());
    assert!(volume.sheets[0].squeezed().contains("缺研究生第一党支部"), "{}", volume.describe());
    let finding = desk.findings("out").into_iter().find(|it| it["code"] == "layout-failed").unwrap();
    assert_eq!((&finding["file"], &finding["cell"]), (&"data/党支部.csv".into(), &"A3".into()), "{finding}");
}

#[test]
fn an_edition_that_cannot_be_printed_takes_the_catalogue_with_it_and_no_other_book() {
    let desk = small("printing-book");
    let catalogue = "catalogue: {file_name: 制度目录, title: 制度目录}\n";
    let two = RULES.replace("file_name: 制度汇编}]", "file_name: 制度汇编}, {paper: a4, file_name: 大字}]");
    desk.write("templates/handbooks/rules/handbook.yaml", format!("{two}{catalogue}"));
    let (files, manifest) = built(&desk, "handbooks");
    assert!(
        listed(&manifest, "withheld", "codes").is_empty()
            && files.contains_key("handbooks/rules/制度目录.xlsx")
    );
    desk.copy("templates/typst", "templates/typst");
    let begins = "#let render(data) = {\n";
    let broken = format!("{begins}  if data.paper == \"a4\" {{ panic(\"不能排\") }}\n");
    desk.patch("templates/typst/handbook.typ", begins, &broken);
    let (_, manifest) = built(&desk, "handbooks");
    let made = listed(&manifest, "files", "pages");
    assert_eq!(made.keys().copied().collect::<Vec<_>>(), ["guide/手册.pdf", "rules/制度汇编.pdf"]);
    let withheld = listed(&manifest, "withheld", "codes");
    assert_eq!(withheld.keys().copied().collect::<Vec<_>>(), ["rules/制度目录.xlsx", "rules/大字.pdf"]);
}
