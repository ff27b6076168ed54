//! Holds what compiler and lints cannot: the map of the rooms, sizes, headers, codes, cases of conditions.

use std::collections::{BTreeMap, BTreeSet};

use huibian::finding::{Report, Sources, codes};
use huibian::project::Templates;
use huibian::source::{Entry, Node, NodeKind};

use crate::repository::{File, Rust, Token, assert_none, rooms, rust, text, text_files, top_files};

/// Rooms that touch files, and may say so in single files; the others forbid it to themselves.
const TOUCH_FILES: [&str; 4] = ["office", "project", "publish", "source"];

/// Steps of a session that look whether they are given a file or a folder, or write what is asked for where it is asked for.
const TOUCHING_STEPS: [&str; 7] = [
    "src/session/answers.rs",
    "src/session/brought.rs",
    "src/session/compare.rs",
    "src/session/diff.rs",
    "src/session/import.rs",
    "src/session/init.rs",
    "src/session/synonyms.rs",
];

const N_LINES_MAX: usize = 400;

#[test]
fn rooms_stand_in_the_map_below_what_they_use() {
    let map = text("ARCHITECTURE.md");
    let row = |room: &str| map.find(&format!("\n| `{room}` |"));
    let rooms = rooms();
    // Foreign crates have their rows in another table.
    let is_room = |name: &str| rooms.iter().any(|it| it.0 == name);
    let mut faults = Vec::new();
    for (room, manifest) in &rooms {
        let Some(own) = row(room) else {
            faults.push(format!("{room}: ARCHITECTURE.md does not know it"));
            continue;
        };
        let below = dependencies(manifest).filter(|it| is_room(it) && row(it).is_none_or(|it| it >= own));
        faults.extend(below.map(|it| format!("{room}: stands above `{it}`, which it uses")));
        // By another name, or by its folder, a room would be used unseen.
        let unseen = manifest.lines().filter(|it| it.contains("package =") || it.contains("path ="));
        faults.extend(unseen.map(|it| format!("{room}: names a dependency otherwise: {it}")));
    }
    assert_none(&faults);
}

#[test]
fn rooms_forbid_themselves_what_is_not_theirs() {
    let sources = rust(&["crates"]);
    let mut faults = Vec::new();
    for (room, _) in rooms() {
        let mut lints = vec!["clippy::print_stdout", "clippy::print_stderr"];
        if !TOUCH_FILES.contains(&room.as_str()) {
            lints.insert(0, "clippy::disallowed_methods");
        }
        // Nothing below can take back what is forbidden, so that this line says all.
        let line = format!("#![cfg_attr(not(test), forbid({}))]", lints.join(", "));
        let path = format!("crates/{room}/src/lib.rs");
        let file = sources.iter().find(|it| it.path == path).expect(&path);
        let wanted = Rust::read(&path, &line);
        if !file.engine.windows(wanted.engine.len()).any(|it| *it == wanted.engine) {
            faults.push(format!("{room}: lib.rs lacks {line}"));
        }
    }
    assert_none(&faults);
}

#[test]
fn above_the_rooms_only_the_command_line_prints_and_a_few_steps_of_a_session_touch_files() {
    let lifts = |it: &Rust, lint: &str| it.engine.iter().any(|it| it.is(lint));
    let above = || rust(&["src"]).into_iter().filter(|it| !it.path.starts_with("src/cli/"));
    let prints = above().filter(|it| lifts(it, "print_stdout") || lifts(it, "print_stderr"));
    assert_none(&prints.map(|it| it.path).collect::<Vec<_>>());
    let touches = above().filter(|it| lifts(it, "disallowed_methods")).map(|it| it.path);
    assert_eq!(touches.collect::<Vec<_>>(), TOUCHING_STEPS);
}

#[test]
fn every_file_opens_with_its_sentence() {
    let opens_well = |file: &File| {
        let header: Vec<&str> = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
        header.iter().any(|line| line.ends_with(['.', ':', ';']))
    };
    let faults: Vec<String> =
        rust_files().into_iter().filter(|it| !opens_well(it)).map(|it| it.path).collect();
    assert_none(&faults);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let mut faults = Vec::new();
    for file in rust_files() {
        let n_lines = file.text.lines().count();
        if n_lines > N_LINES_MAX {
            faults.push(format!("{}: {n_lines} lines", file.path));
        }
    }
    assert_none(&faults);
}

#[test]
fn modules_have_one_style_and_names_of_their_own() {
    const NAMELESS: [&str; 6] = ["utils", "util", "common", "helpers", "misc", "prelude"];
    let mut faults = Vec::new();
    let files = rust_files();
    for file in &files {
        let stem = file.path.trim_end_matches(".rs");
        // A folder of cases beside its test is no module.
        let folder = format!("{stem}/");
        if files.iter().any(|it| it.path.starts_with(&folder)) {
            faults.push(format!("{}: move it to {stem}/mod.rs", file.path));
        }
        if stem.split('/').any(|it| NAMELESS.contains(&it)) {
            faults.push(format!("{}: name the idea instead", file.path));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_code_is_listed_and_explained() {
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for code in codes::ALL {
        if !names.insert(code.name.to_uppercase().replace('-', "_")) {
            faults.push(format!("{}: is listed twice", code.name));
        }
        if code.title.is_empty() || !code.explanation.ends_with(['。', '？']) {
            faults.push(format!("{}: title or explanation is no sentence", code.name));
        }
    }
    for file in rust(&["crates/finding/src/codes"]) {
        // `'static` is a lifetime.
        let statics = file.engine.windows(3).filter(|it| it[0] != Token::Mark('\'') && it[1].is("static"));
        for ident in statics.filter_map(|it| it[2].name()).filter(|it| *it != "ALL") {
            if !names.remove(ident) {
                faults.push(format!("{ident}: is missing in ALL, or has another name there"));
            }
        }
    }
    faults.extend(names.iter().map(|it| format!("{it}: has another name than its constant")));
    assert_none(&faults);
}

#[test]
fn one_file_at_most_knows_unix() {
    let knows = |it: &Rust| it.all().any(|it| it.is("unix"));
    let unix: Vec<String> = rust(&["src", "crates"]).into_iter().filter(knows).map(|it| it.path).collect();
    assert!(unix.len() <= 1, "{}", unix.join("\n"));
}

#[test]
fn every_condition_has_a_case_that_fires_and_one_that_passes() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).expect("they are built in");
    let paths: Vec<&str> = templates.iter().map(|it| it.0).filter(|it| it.ends_with(".yaml")).collect();
    let mut conditions = Vec::new();
    for path in paths {
        let tree = templates.tree(path, &mut report).expect("it is YAML").expect("it is listed");
        walk(&tree, &mut |entries| {
            if entries.iter().any(|it| &*it.key == "require") {
                conditions.push((entries[0].key_origin, cases(entries)));
            }
        });
    }
    assert!(conditions.len() > 20, "the walk finds the conditions");
    let is_put =
        |cases: &BTreeMap<String, bool>| ["fires", "passes"].iter().all(|it| cases.get(*it) == Some(&true));
    let lacking = conditions.iter().filter(|it| !is_put(&it.1));
    assert_none(&lacking.map(|it| sources.display(it.0)).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let places =
        [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("C:\\Us", "ers")];
    let mut faults = Vec::new();
    for file in text_files(&["src", "crates", "tests", "benches", "templates", "fixtures", ".ci"])
        .iter()
        .chain(&top_files())
    {
        for (idx, line) in file.text.lines().enumerate() {
            if let Some(found) = marks.iter().chain(&places).find(|it| line.contains(**it)) {
                faults.push(format!("{}:{}: {found}", file.path, idx + 1));
            }
        }
    }
    assert_none(&faults);
}

/// The names of what a manifest depends on, whatever for.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut is_within = false;
    manifest.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            is_within = section.ends_with("dependencies");
            return section.split_once("dependencies.").map(|it| it.1);
        }
        is_within.then(|| line.split(['.', ' ', '=']).next().unwrap_or_default())
    })
}

/// Puts every mapping of a tree to a function.
fn walk(node: &Node, each: &mut dyn FnMut(&[Entry])) {
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|it| walk(it, each)),
        NodeKind::Map(entries) => {
            each(entries);
            entries.iter().for_each(|it| walk(&it.value, each));
        }
        NodeKind::Null | NodeKind::Scalar(_) => {}
    }
}

/// The cases of a condition by their names, and whether anything is said in each.
fn cases(condition: &[Entry]) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    for entry in condition.iter().filter(|it| &*it.key == "cases") {
        walk(&entry.value, &mut |entries| {
            let said = entries.iter().map(|it| (it.key.to_string(), it.value.kind != NodeKind::Null));
            found.extend(said);
        });
    }
    found
}

fn rust_files() -> Vec<File> {
    text_files(&["src", "crates", "tests"]).into_iter().filter(|it| it.path.ends_with(".rs")).collect()
}
