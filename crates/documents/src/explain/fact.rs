//! A fact, explained.

use super::{Asking, Clause, Counted, Explained, FigurePart, Role, checks, record, shown};
use facts::{Fact, Made};

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
    if let Some((table, rows)) = &known.counted {
        let counted = rows.iter().map(|row| Counted { role: Role::ADDED, record: table.record(row) });
        explained.records = counted.collect();
    }
    explained.answers = record::of_fact(fact, &known, asking)?;
    Ok(explained)
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
