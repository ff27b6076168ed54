//! What is found in a blank without any help: places, labels, kinds, and what is proposed for them.

use std::collections::BTreeMap;

use annex::{Blank, Place, PlaceKind};
use documents::forms::prescribed::{load_signs, shown};
use huibian::finding::{Report, Sources};
use huibian::project::Templates;
use serde_json::Value as Json;

use super::{bare, blank, yaml};
use crate::desk::{Desk, repository};

/// So many of a hundred places have to be found, with their labels and kinds, without help.
const N_RIGHT_MIN: usize = 95;

/// Places that are not found as a person sees them.
const NOT_AS_SEEN: [&str; 0] = [];

/// What is proposed wrongly, or not at all although the tables have it.
const NOT_PROPOSED: [&str; 10] = [
    "附件12 表1!1,3: -; name",
    "附件12 表1!1,5: -; secretary",
    "附件12 表1!2,3: -; member_total",
    "附件12 表1!2,5: -; phone",
    "附件4 表4!5,2: -; budget_total",
    "附件4 表4!5,3: branch.remark; -",
    "附件5 表1!6,2[1]: -; votes_for",
    "附件5 表1!6,2[2]: -; votes_against",
    "附件5 表1!6,2[3]: -; votes_abstained",
    "附件7 表1!2,6: member.phone; -",
];

/// The truth, written by hand: the places of each blank.
fn truth(desk: &Desk) -> BTreeMap<String, Json> {
    let places = std::fs::read(repository("fixtures/annexes/places.yaml")).unwrap();
    desk.write("templates/truth/places.yaml", places);
    let truth = yaml(desk, "truth/places.yaml");
    truth.as_object().unwrap().iter().map(|(name, it)| (name.clone(), it.clone())).collect()
}

#[test]
fn places_of_twelve_blanks_are_found_where_a_person_sees_them() {
    let desk = bare("places");
    let truth = truth(&desk);
    assert_eq!(truth.len(), 12);
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let templates = Templates::load(None, &mut sources, &mut report).unwrap();
    let signs = load_signs(&templates, &mut report).unwrap();
    let (mut n_places, mut faults) = (0, Vec::new());
    for (name, annex) in &truth {
        let number = name.split('-').next().unwrap();
        let blank = Blank::read(blank(name), &signs).unwrap();
        let mut found: BTreeMap<String, &Place> =
            blank.places().iter().map(|it| (it.at.to_string(), it)).collect();
        for it in annex["places"].as_array().unwrap() {
            let at = it["at"].as_str().unwrap();
            n_places += 1;
            let is_hand = it["kind"] == "hand";
            let seen = found.remove(at).map_or_else(|| "nothing".to_owned(), |it| seen(it, is_hand));
            let wanted = wanted(it);
            if wanted != seen {
                faults.push(format!("{number} {at}: {seen}; {wanted}"));
            }
        }
        faults.extend(found.values().map(|it| format!("{number} {}: {}; nothing", it.at, seen(it, false))));
    }
    assert_eq!(faults, NOT_AS_SEEN, "\n{}\n", faults.join("\n"));
    assert!(faults.len() * 100 <= n_places * (100 - N_RIGHT_MIN), "{} of {n_places}", faults.len());
}

/// A place as the truth has it: its label, its kind, and how many gaps there are.
fn wanted(place: &Json) -> String {
    let (label, kind) = (place["label"].as_str().unwrap(), place["kind"].as_str().unwrap());
    let n_gaps = if kind == "gaps" { place["gaps"].as_str().unwrap_or("1") } else { "" };
    format!("{label} {kind}{n_gaps}")
}

/// A place as it is found; `hand` if it is left for the hand, and was to be.
fn seen(place: &Place, is_hand: bool) -> String {
    let kind = match &place.kind {
        _ if is_hand && place.by_hand.is_some() => "hand".to_owned(),
        PlaceKind::Cell => "cell".to_owned(),
        PlaceKind::Text(gaps) => format!("gaps{}", gaps.len()),
        PlaceKind::Rows(_) => "rows".to_owned(),
        PlaceKind::Picture => "picture".to_owned(),
        PlaceKind::Signature => "hand".to_owned(),
    };
    format!("{} {kind}", shown(place))
}

#[test]
fn what_the_tables_have_is_proposed_for_its_place_and_nothing_else() {
    let desk = bare("proposals");
    let truth = truth(&desk);
    let mut faults = Vec::new();
    for (name, annex) in &truth {
        let number = name.split('-').next().unwrap();
        let file = repository(&format!("fixtures/annexes/{name}.docx"));
        let of = annex["of"].as_str().unwrap();
        desk.run(&["import", file.to_str().unwrap(), "--as", "form", "--of", of, "--project", "."]).expect(0);
        let folder = desk.files(&format!("templates/forms/{name}"));
        let own = format!("{name}.docx");
        assert_eq!(folder.keys().collect::<Vec<_>>(), ["form.yaml", "填表位置.pdf", &own], "{name}");
        assert_eq!(folder[&own], blank(name), "the blank as it was issued");
        let draft = yaml(&desk, &format!("forms/{name}/form.yaml"));
        assert_eq!(draft["draft"], "true", "{name}");
        let drafted = draft["places"].as_array().unwrap();
        for it in annex["places"].as_array().unwrap() {
            let at = it["at"].as_str().unwrap();
            let found = drafted.iter().find(|it| it["at"] == at).unwrap_or(&Json::Null);
            for (what, wanted, found) in pairs(it, found) {
                if wanted != found {
                    faults.push(format!("{number} {at}{what}: {found}; {wanted}"));
                }
            }
        }
    }
    assert_eq!(faults, NOT_PROPOSED, "\n{}\n", faults.join("\n"));
}

/// What is proposed for a place as it is drafted, each with the heading of its column; `-` for nothing, `hand` for what is left.
fn proposals(place: &Json) -> Vec<(String, String)> {
    let slot = |it: &Json| match it {
        Json::String(text) => text.clone(),
        Json::Object(_) => it.get("leave").map_or_else(|| slot_of(it), left),
        _ => "-".to_owned(),
    };
    if let Some(leave) = place.get("leave") {
        return vec![(String::new(), left(leave))];
    }
    if let Some(values) = place["values"].as_array() {
        return (1..).zip(values).map(|(number, it)| (format!("[{number}]"), slot(it))).collect();
    }
    let one =
        ["value", "choose", "picture", "each"].iter().find_map(|it| place.get(it)).unwrap_or(&Json::Null);
    let columns =
        place["row"].as_object().into_iter().flatten().map(|(name, it)| (format!("[{name}]"), slot(it)));
    [(String::new(), slot(one))].into_iter().chain(columns).collect()
}

fn slot_of(it: &Json) -> String {
    ["value", "choose"].iter().find_map(|key| it[key].as_str()).unwrap_or("-").to_owned()
}

fn left(why: &Json) -> String {
    if why == "待定" { "-" } else { "hand" }.to_owned()
}

/// What the truth has for a place, in the form of its proposals.
fn right(place: &Json) -> Vec<(String, String)> {
    let slot = |it: &Json| it.as_str().unwrap_or("-").to_owned();
    let value = place.get("value").or_else(|| place.get("each")).unwrap_or(&Json::Null);
    let n_gaps: usize = place["gaps"].as_str().map_or(1, |it| it.parse().unwrap());
    match value {
        _ if place["kind"] == "hand" => vec![(String::new(), "hand".to_owned())],
        Json::Array(values) if values.len() > 1 => {
            (1..).zip(values).map(|(number, it)| (format!("[{number}]"), slot(it))).collect()
        }
        Json::Array(values) => vec![(String::new(), slot(&values[0]))],
        Json::Null if n_gaps > 1 => (1..=n_gaps).map(|it| (format!("[{it}]"), "-".to_owned())).collect(),
        one => {
            let columns = place["row"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, it)| (format!("[{name}]"), slot(it)));
            [(String::new(), slot(one))].into_iter().chain(columns).collect()
        }
    }
}

/// What is wanted at a place and what is proposed, part by part; a date may be printed in any way.
fn pairs(truth: &Json, found: &Json) -> Vec<(String, String, String)> {
    let plain = |it: &str| it.split(" | ").next().unwrap_or_default().to_owned();
    let mut proposed: BTreeMap<String, String> = proposals(found).into_iter().collect();
    let mut pairs = Vec::new();
    for (part, wanted) in right(truth) {
        let found = proposed.remove(&part).unwrap_or_else(|| "nothing".to_owned());
        let is_cell = truth["kind"] == "cell";
        let (wanted, found) = if is_cell { (wanted, found) } else { (plain(&wanted), plain(&found)) };
        pairs.push((part, wanted, found));
    }
    // Nothing was wanted in columns that the truth does not name.
    let more = proposed.into_iter().filter(|it| it.1 != "-" && truth["row"].is_object());
    pairs.extend(more.map(|(part, found)| (part, "-".to_owned(), found)));
    pairs
}
