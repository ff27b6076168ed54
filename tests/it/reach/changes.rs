//! Single cells of two committees' returns spoilt one by one: what is withheld has read the cell, and what is said comes first.

use std::collections::BTreeMap;
use std::fmt::Write;

use encoding_rs::GB18030;
use huibian::documents::{Body, Ready};
use huibian::finding::{Place, Severity, grouped};
use huibian::project::Fonts;
use huibian::{Judging, Session};

use crate::desk::{Desk, files, repository};

const PROJECT: &str = "\
institution: 示例理工大学
department: 党委组织部
period: {from: 2024-01-01, to: 2024-12-31}
as_of: 2024-05-31
sources: [returns, 基层党组织.yaml, 重点工作.yaml]
documents:
  summaries: [committee, branch]
";

const FOLDERS: [&str; 2] = ["后勤保障处", "物理学院"];

/// How many cells are spoilt.
const N_CHANGES: usize = 50;

/// Both committees with what they returned, as UTF-8.
fn two_committees(name: &str) -> (Desk, BTreeMap<String, String>) {
    let desk = Desk::new(name);
    desk.write("huibian.yaml", PROJECT);
    let own = files(&repository("fixtures/university"));
    desk.write("重点工作.yaml", &own["重点工作.yaml"]);
    let register = String::from_utf8(own["基层党组织.yaml"].clone()).unwrap();
    let (head, organisations) = register.split_once("  - 编号").unwrap();
    let kept = organisations
        .split("\n  - 编号")
        .filter(|it| FOLDERS.iter().any(|name| it.contains(&format!("所属单位: {name}\n"))));
    desk.write("基层党组织.yaml", kept.fold(head.to_owned(), |text, it| format!("{text}  - 编号{it}\n")));
    let mut tables = BTreeMap::new();
    let returned = files(&repository("fixtures/university/returns"));
    let others: Vec<&str> =
        returned.keys().filter_map(|it| it.split('/').next()).filter(|it| !FOLDERS.contains(it)).collect();
    for (path, bytes) in &returned {
        if FOLDERS.iter().any(|it| path.starts_with(&format!("{it}/"))) {
            let text = match String::from_utf8(bytes.clone()) {
                Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
                Err(error) => GB18030.decode(error.as_bytes()).0.into_owned(),
            };
            let text = without_others(&text, &others);
            desk.write(&format!("returns/{path}"), &text);
            tables.insert(format!("returns/{path}"), text);
        }
    }
    (desk, tables)
}

/// Without what a branch did with those of committees that are not here.
fn without_others(text: &str, others: &[&str]) -> String {
    let is_other = |it: &str| it.ends_with("党支部") && others.iter().any(|other| it.starts_with(other));
    text.lines().filter(|it| !it.split(',').any(is_other)).map(|it| format!("{it}\n")).collect()
}

/// A sequence of numbers that is the same in every run (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// A cell that holds something, in a row that is numbered.
struct Chosen {
    path: String,
    row: usize,
    column: usize,
    was: String,
    /// The whole row.
    cells: Vec<String>,
}

fn chosen(tables: &BTreeMap<String, String>, numbers: &mut Numbers) -> Chosen {
    loop {
        let (path, text) = tables.iter().nth(numbers.below(tables.len())).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let row = numbers.below(lines.len());
        let cells: Vec<String> = lines[row].split(',').map(str::to_owned).collect();
        let column = 1 + numbers.below(cells.len() - 1);
        let is_numbered = cells[0].parse::<usize>().is_ok() && !lines[row].contains('"');
        if is_numbered && !cells[column].is_empty() {
            return Chosen { path: path.clone(), row, column, was: cells[column].clone(), cells };
        }
    }
}

fn spoilt(text: &str, chosen: &Chosen) -> String {
    let mut all = String::new();
    for (row, line) in text.lines().enumerate() {
        let mut cells: Vec<&str> = line.split(',').collect();
        if row == chosen.row {
            cells[chosen.column] = "某某";
        }
        writeln!(all, "{}", cells.join(",")).unwrap();
    }
    all
}

/// A cell: its file, row and column.
type Spot = (String, usize, usize);

/// What was planned of the project, and what is wrong with it.
struct Planned {
    /// The figures of every summary that is made, by its path.
    figures: BTreeMap<String, String>,
    /// The paths of the files that are withheld.
    withheld: Vec<String>,
    /// The errors in the order in which they are shown: code and message, and their cell.
    errors: Vec<(String, Option<Spot>)>,
}

fn planned(desk: &Desk) -> Planned {
    let mut session = Session::default();
    let checked = session.check(&desk.path("."), &Judging::default()).unwrap();
    let (fonts, none) = (Fonts::bundled(), BTreeMap::new());
    let mut figures = BTreeMap::new();
    for (at, artefact) in checked.plan.artefacts().enumerate() {
        if let Some(Ready::Planned(planned)) = checked.plan.ready(at, &none, &fonts).unwrap()
            && let Body::Json(data) = &planned.body
        {
            figures.insert(artefact.path.clone(), data.to_string());
        }
    }
    let withheld = checked.plan.withheld().iter().map(|it| it.artefact.path.clone()).collect();
    let groups = grouped(session.report.findings());
    let shown = groups.iter().flat_map(|it| &it.findings).filter(|it| it.severity == Severity::Error);
    let errors = shown.map(|it| {
        let place = it.origin.and_then(|at| match at.place {
            Place::Cell { row, col, .. } => {
                Some((session.sources.path(at.file).to_owned(), row as usize, usize::from(col)))
            }
            _ => None,
        });
        (format!("{}：{}", it.code, it.message), place)
    });
    Planned { figures, withheld, errors: errors.collect() }
}

/// The branches by their names, with the folder of their committee.
fn branches(tables: &BTreeMap<String, String>) -> Vec<(String, &'static str)> {
    let of = |folder: &'static str| {
        let cells = tables[&format!("returns/{folder}/党支部.csv")].lines().flat_map(|it| it.split(','));
        let names = cells.filter(|it| it.starts_with(folder) && it.ends_with("党支部")).map(str::to_owned);
        names.map(|it| (it, folder)).collect::<Vec<_>>()
    };
    FOLDERS.into_iter().flat_map(of).collect()
}

#[test]
fn a_spoilt_cell_withholds_what_reads_it_and_is_named_first() {
    let (desk, tables) = two_committees("changes");
    let branches = branches(&tables);
    assert!(branches.len() > 7, "{branches:?}");
    let sound = planned(&desk);
    assert_eq!((&sound.errors, &sound.withheld), (&Vec::new(), &Vec::new()));
    let (mut numbers, mut faults, mut n_errors) = (Numbers(2024), Vec::new(), 0);
    for _ in 0..N_CHANGES {
        let chosen = chosen(&tables, &mut numbers);
        desk.write(&chosen.path, spoilt(&tables[&chosen.path], &chosen));
        let found = planned(&desk);
        desk.write(&chosen.path, &tables[&chosen.path]);
        n_errors += usize::from(!found.errors.is_empty());
        faults.extend(judged(&chosen, &sound, &found, &branches).map(|it| {
            format!(
                "{} row {} column {} “{}”: {it}",
                chosen.path,
                chosen.row + 1,
                chosen.column + 1,
                chosen.was
            )
        }));
    }
    assert!(n_errors > N_CHANGES / 3, "only {n_errors} changes are errors");
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with what a spoilt cell led to.
fn judged<'a>(
    chosen: &'a Chosen,
    sound: &'a Planned,
    found: &'a Planned,
    branches: &'a [(String, &'static str)],
) -> impl Iterator<Item = String> + 'a {
    let folder = chosen.path.split('/').nth(1).unwrap();
    let own = branches.iter().find(|it| chosen.cells.contains(&it.0)).map(|it| &*it.0);
    // Who names another branch, or is no longer named as before, may be anybody's within the committee.
    let is_name = |it: &str| chosen.was.contains(it) || it.contains(&chosen.was);
    let names_branch = branches.iter().any(|it| is_name(&it.0)) || chosen.path.ends_with("/党支部.csv");
    let may_read = move |path: &str| {
        let of_branch = branches.iter().find(|it| path.contains(&it.0));
        match of_branch {
            Some((name, _)) if own.is_some() && !names_branch => own == Some(&**name),
            Some((_, committee)) => *committee == folder,
            None => path.contains(&format!("/{folder}/")) || path.contains(folder),
        }
    };
    let too_much = found.withheld.iter().filter(move |it| !may_read(it)).map(|it| format!("withholds {it}"));
    // What is made in spite of the error does not depend on the cell.
    let changed = move |(path, figures): &(&String, &String)| {
        !found.errors.is_empty() && sound.figures.get(*path) != Some(figures)
    };
    let too_little = found.figures.iter().filter(changed).map(|it| format!("does not withhold {}", it.0));
    let here = (chosen.path.clone(), chosen.row, chosen.column);
    // A name that others do not find any more is no fault where it stands: they say what they looked for.
    let first =
        found.errors.first().filter(move |it| it.1.as_ref() != Some(&here) && !it.0.contains(&chosen.was));
    let other_first = first.map(|it| format!("first says {it:?}"));
    too_much.chain(too_little).chain(other_first)
}
