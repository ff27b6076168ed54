//! What the texts at the head of an entry may name: the front matter of what it prints.

use std::collections::BTreeMap;
use std::sync::Arc;

use regulations::Item;
use words::{Scope, Type};

/// The names that the texts of an entry may use.
pub(super) struct EntryScope<'a> {
    /// Whether the book prints texts of its own, whose front matter may have any key.
    pub(super) holds_texts: bool,
    /// The names of the project.
    pub(super) project: &'a dyn Scope,
}

/// The names of a regulation's head.
fn head() -> BTreeMap<&'static str, Type> {
    let history = BTreeMap::from([("date".into(), Type::Date), ("note".into(), Type::Text)]);
    let kind = |it: Item| {
        Some(match it {
            Item::Adopted | Item::Issued | Item::InForce => Type::Date,
            Item::History => Type::Names(Arc::new(history.clone())).list(),
            Item::Keywords | Item::Repeals | Item::File => return None,
            _ => Type::Text,
        })
    };
    Item::ALL.into_iter().filter_map(|it| Some((it.key(), kind(it)?))).collect()
}

impl Scope for EntryScope<'_> {
    fn variable(&self, name: &str) -> Option<Type> {
        let known = self.project.variable(name).or_else(|| head().remove(name));
        known.or_else(|| self.holds_texts.then_some(Type::Text))
    }

    fn variables(&self) -> Vec<Arc<str>> {
        self.project.variables().into_iter().chain(head().into_keys().map(Into::into)).collect()
    }

    fn field(&self, table: &str, name: &str) -> Option<Type> {
        self.project.field(table, name)
    }

    fn fields(&self, table: &str) -> Vec<Arc<str>> {
        self.project.fields(table)
    }
}

/// The names of the note on a regulation that is no longer in force: its head, and `by`, what repeals it.
pub(super) struct RepealedScope<'a>(pub(super) &'a dyn Scope);

impl Scope for RepealedScope<'_> {
    fn variable(&self, name: &str) -> Option<Type> {
        let by = || {
            let names = [(Item::Title, Type::Text), (Item::Number, Type::Text), (Item::Issued, Type::Date)];
            let names = names.into_iter().map(|(it, kind)| (it.key().into(), kind)).collect();
            Type::Names(Arc::new(names)).list()
        };
        if name == "by" { Some(by()) } else { self.0.variable(name).or_else(|| head().remove(name)) }
    }

    fn variables(&self) -> Vec<Arc<str>> {
        let own = head().into_keys().chain(["by"]).map(Into::into);
        self.0.variables().into_iter().chain(own).collect()
    }

    fn field(&self, table: &str, name: &str) -> Option<Type> {
        self.0.field(table, name)
    }

    fn fields(&self, table: &str) -> Vec<Arc<str>> {
        self.0.fields(table)
    }
}
