//! The named figures and dimensions of `templates/facts/`, checked against the schemas when they are loaded.

mod arithmetic;
mod dimension;
mod fact;
mod unused;

pub use arithmetic::{Arithmetic, Lacking};
pub use dimension::{Dimension, Group};
pub use fact::table;
pub use fact::{Fact, Made};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::project_scope;
use dataset::{SchemaScope, TableId};
use finding::{Finding, Origin, Report, codes};
use schema::Schemas;
use source::{Declared, Fields, LocatedText, Node, nearest};
use words::Type;

/// All facts and dimensions.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The facts; each stands behind those that it is computed from.
    pub facts: Vec<Fact>,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
}

impl Catalogue {
    /// Reads all files of `templates/facts/`. What is wrong with a fact is reported, and it is left out.
    pub fn load(trees: &[Node], schemas: &Schemas, report: &mut Report) -> Self {
        let (mut facts, mut dimensions) = (Vec::new(), Vec::new());
        for tree in trees {
            let Ok(mut fields) = Fields::new(tree, "数据项文件", report) else { continue };
            let (of_facts, of_dimensions) = (fields.list("facts"), fields.list("dimensions"));
            fields.finish();
            facts.extend(of_facts.iter().filter_map(|it| Fact::load(it, schemas, report).ok()));
            dimensions
                .extend(of_dimensions.iter().filter_map(|it| Dimension::load(it, schemas, report).ok()));
        }
        report_twins(facts.iter().map(|it| (&it.id, it.origin)), "数据项", report);
        report_twins(dimensions.iter().map(|it| (&it.id, it.origin)), "分组", report);
        let mut facts = in_order(facts, report);
        find_whole(&mut facts);
        Self { facts, dimensions }
    }

    /// A fact by its id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|it| &*it.id == id)
    }

    /// A dimension by its id; one that does not exist is reported.
    pub fn dimension(&self, id: &LocatedText, report: &mut Report) -> Option<&Dimension> {
        let found = self.dimensions.iter().find(|it| it.id == id.text);
        if found.is_none() {
            let known = self.dimensions.iter().map(|it| &*it.id);
            report.push(unknown("分组", id, known, &codes::SCHEMA_NAME_UNKNOWN));
        }
        found
    }

    /// The type of the name `facts` where facts are narrowed to a record of a table: those of which it can be said what
    /// belongs to it.
    pub fn types_within(&self, schemas: &Schemas, table: TableId) -> Type {
        // Each fact stands behind those that it is computed from.
        let mut own: BTreeMap<Arc<str>, Type> = BTreeMap::new();
        for fact in &self.facts {
            let can_be_narrowed = match &fact.made {
                Made::Counted(counter) => schemas.way(counter.of, table).is_some(),
                Made::Derived(_) => fact.asks_for().iter().all(|it| own.contains_key(&it.text)),
            };
            own.extend(can_be_narrowed.then(|| (fact.id.clone(), fact.value_type())));
        }
        Type::Names(Arc::new(own))
    }

    /// The scope of a condition before it is known on which table: `project` and `facts`.
    pub fn condition_scope<'a>(&self, schemas: &'a Schemas) -> SchemaScope<'a> {
        project_scope(schemas).with("facts", self.types())
    }

    /// The type of the name `facts`.
    pub fn types(&self) -> Type {
        let types = self.facts.iter().map(|it| (it.id.clone(), it.value_type()));
        Type::Names(Arc::new(types.collect()))
    }
}

/// Marks the facts that are computed from whole numbers without a division, or rounded to whole ones.
fn find_whole(facts: &mut [Fact]) {
    // Each fact stands behind those that it is computed from.
    let mut whole: BTreeSet<Arc<str>> = BTreeSet::new();
    for fact in facts {
        if let Made::Derived(sum) = &fact.made {
            fact.is_whole = fact.round == Some(0) || sum.is_whole(&|it| whole.contains(it));
        }
        if fact.is_whole {
            whole.insert(fact.id.clone());
        }
    }
}

/// A finding about a name that is not declared, with the nearest one that is.
pub fn unknown<'a>(
    what: &str,
    written: &LocatedText,
    known: impl Iterator<Item = &'a str> + Clone,
    code: &'static finding::Code,
) -> Finding {
    let hint = match nearest(&written.text, known.clone()) {
        Some(near) => format!("是否应为“{near}”？"),
        None => format!("可用：{}", known.take(20).collect::<Vec<_>>().join("、")),
    };
    Finding::new(code, format!("没有名为“{}”的{what}", written.text)).at(written.origin).hint(hint)
}

fn report_twins<'a>(declared: impl Iterator<Item = (&'a Arc<str>, Origin)>, what: &str, report: &mut Report) {
    let mut first: BTreeMap<&Arc<str>, Origin> = BTreeMap::new();
    for (id, origin) in declared {
        if let Some(earlier) = first.insert(id, origin) {
            let message = format!("{what}“{id}”声明了两次");
            let finding = Finding::new(&codes::DUPLICATE_KEY, message).at(origin);
            report.push(finding.related(earlier, "先前的声明").hint("请改用不同的 id，或删去其一"));
        }
    }
}

/// Puts each fact behind those that it is computed from. One that asks for a fact that is not declared, or for
/// itself by whatever way round, is reported and comes last.
fn in_order(facts: Vec<Fact>, report: &mut Report) -> Vec<Fact> {
    let all: Vec<Arc<str>> = facts.iter().map(|it| it.id.clone()).collect();
    let is_unknown = |it: &LocatedText| !all.contains(&it.text);
    for name in facts.iter().flat_map(Fact::asks_for).filter(is_unknown) {
        report.push(unknown("数据项", &name, all.iter().map(|it| &**it), &codes::UNKNOWN_NAME));
    }
    let (mut ordered, mut waiting): (Vec<Fact>, Vec<Fact>) = (Vec::new(), facts);
    loop {
        let is_there = |it: &LocatedText| is_unknown(it) || ordered.iter().any(|known| known.id == it.text);
        let is_ready = |fact: &Fact| fact.asks_for().iter().all(is_there);
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_ready);
        if ready.is_empty() {
            for fact in rest.iter().filter(|it| rest.iter().any(|other| it.is_behind(other))) {
                let message = format!("数据项“{}”要由它自己算出", fact.id);
                let finding = Finding::new(&codes::FACT_IN_CIRCLE, message).at(fact.origin);
                report.push(finding.hint("请改正算式，使数据项之间不互相引用"));
            }
            ordered.extend(rest);
            return ordered;
        }
        ordered.extend(ready);
        waiting = rest;
    }
}

#[cfg(test)]
mod tests;
