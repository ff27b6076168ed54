//! A fact, explained.

use std::sync::Arc;

use super::measured::amount;
use super::record::{Counting, Part, answers};
use super::{Asking, Clause, Counted, Explained, FigurePart, Role, checks, shown};
use facts::{Fact, Known, Made};

/// Explains a fact.
pub(super) fn explain(id: &str, asking: Asking<'_>) -> Result<Explained, String> {
    let found = asking.figures.get_within(asking.within, id);
    let (fact, known) = found.ok_or_else(|| format!("没有数据项“{id}”"))?;
    let whose = asking.within.map(|it| format!("（{}）", asking.dataset.label(it)));
    let mut explained = Explained {
        title: format!("{}{}", fact.title, whose.unwrap_or_default()),
        place: format!("facts.{id}"),
        value: known.value.map(|it| format!("{}{}", shown(it), fact.unit)),
        definition: fact.definition.to_string(),
        checks: checks::of_fact(id, asking),
        ..Explained::default()
    };
    match &fact.made {
        Made::Counted(counter) => {
            explained.conditions = counter
                .wheres
                .iter()
                .map(|it| Clause { of: "条件".to_owned(), expression: it.source(), origin: it.origin() })
                .collect();
        }
        Made::Derived(sum) => {
            let of = "算式".to_owned();
            explained.conditions =
                vec![Clause { of, expression: sum.source().to_owned(), origin: fact.origin }];
            explained.parts = parts(fact, asking);
        }
    }
    explained.conditions.extend(asking.range());
    let counting = counting(fact, &known, asking);
    explained.records = counting.iter().flat_map(|it| records(it, asking)).collect();
    explained.answers = answers(&parts_of(&counting, ""), asking)?;
    Ok(explained)
}

/// A fact that counts records for another, or for itself.
pub(super) struct CountingFact<'a> {
    fact: &'a Fact,
    known: Arc<Known>,
    /// Whether another is computed from it.
    is_part: bool,
}

/// The facts that count records for a fact: itself, or those that it is computed from in the end.
pub(super) fn counting<'a>(fact: &'a Fact, known: &Arc<Known>, asking: Asking<'a>) -> Vec<CountingFact<'a>> {
    let mut found: Vec<CountingFact<'a>> = Vec::new();
    collect(fact, known.clone(), false, asking, &mut found);
    found
}

fn collect<'a>(
    fact: &'a Fact,
    known: Arc<Known>,
    is_part: bool,
    asking: Asking<'a>,
    found: &mut Vec<CountingFact<'a>>,
) {
    if found.iter().any(|it| it.fact.id == fact.id) {
        return;
    }
    match &fact.made {
        Made::Counted(_) => found.push(CountingFact { fact, known, is_part }),
        Made::Derived(_) => {
            for name in fact.asks_for() {
                if let Some((part, known)) = asking.figures.get_within(asking.within, &name.text) {
                    collect(part, known, true, asking, found);
                }
            }
        }
    }
}

/// The records that a fact counts.
fn records(it: &CountingFact<'_>, asking: Asking<'_>) -> Vec<Counted> {
    let (Made::Counted(counter), Some((table, rows))) = (&it.fact.made, &it.known.counted) else {
        return Vec::new();
    };
    let part = it.is_part.then(|| it.fact.title.clone());
    let counted = |row| {
        let record = table.record(row);
        let amount = amount(&counter.measure, record, asking.dataset);
        Counted { role: Role::ADDED, part: part.clone(), amount, record }
    };
    rows.iter().map(counted).collect()
}

/// What is asked whether it counts a record, with what it is called behind a word of its place.
pub(super) fn parts_of<'a>(counting: &[CountingFact<'a>], place: &str) -> Vec<Part<'a>> {
    let part = |it: &CountingFact<'a>| {
        let of = if it.is_part || !place.is_empty() {
            format!("{place}“{}”", it.fact.title)
        } else {
            String::new()
        };
        Some(Part { of, counting: Counting::of_fact(it.fact, it.known.clone())? })
    };
    counting.iter().filter_map(part).collect()
}

/// The facts that a fact is computed from.
fn parts(fact: &Fact, asking: Asking<'_>) -> Vec<FigurePart> {
    let part = |name: source::LocatedText| {
        let (fact, known) = asking.figures.get_within(asking.within, &name.text)?;
        let value = known.value.map(|it| format!("{}{}", shown(it), fact.unit));
        // Which operation it goes into, the sum says.
        Some(FigurePart {
            sign: '·',
            title: fact.title.to_string(),
            place: format!("facts.{}", fact.id),
            value,
        })
    };
    let mut parts: Vec<FigurePart> = fact.asks_for().into_iter().filter_map(part).collect();
    parts.dedup_by(|a, b| a.place == b.place);
    parts
}
