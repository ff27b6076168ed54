//! No room knows a table or a field: neither their ids nor their titles stand in the engine.
#![expect(clippy::unwrap_used, reason = "schemas that cannot be read are a failure of the test")]

use std::collections::BTreeSet;

use huibian::finding::{Report, Sources};
use huibian::{project, schema};

use crate::repository::{Token, assert_none, rust};

/// Words that are ids or titles of tables or fields, and mean something else where a room says them.
struct Other {
    /// The sources of the room.
    room: &'static str,
    /// What they mean there.
    meaning: &'static str,
    /// The words.
    words: &'static [&'static str],
}

const fn other(room: &'static str, meaning: &'static str, words: &'static [&'static str]) -> Other {
    Other { room, meaning, words }
}

/// Whatever is not listed is a table or field that the engine knows. What a room no longer says is to go.
const OTHERS: [Other; 24] = [
    other("crates/finding/", "a severity", &["note"]),
    other("crates/ooxml/", "elements and attributes of workbooks", &["from", "name", "to"]),
    other(
        "crates/words/",
        "functions, filters and their parameters",
        &["amount", "from", "month", "name", "number", "to", "year"],
    ),
    other(
        "crates/source/",
        "elements and attributes of office files and web pages",
        &["document", "hours", "minutes", "month", "name", "number", "title", "year"],
    ),
    other("crates/annex/", "an attribute of sheets", &["name"]),
    other(
        "crates/documents/",
        "keys of the words by which labels are understood, and of a map of places",
        &["measures", "outcome", "until"],
    ),
    other("crates/project/", "keys of the project file", &["absent", "due", "from", "issued", "title", "to"]),
    other("crates/project/", "keys of the file of answers", &["branch", "code", "confirmed"]),
    other("crates/documents/", "a key of the file of answers", &["branch"]),
    other(
        "crates/schema/",
        "keys of a table's declaration; `branch` is whom a finding concerns",
        &["absent", "branch", "title", "to", "unit"],
    ),
    other(
        "crates/schema/",
        "types of fields and the precision of dates",
        &["code", "month", "name", "phone", "year"],
    ),
    other("crates/facts/", "keys of a fact's declaration", &["measure", "title", "unit"]),
    other("crates/rules/", "keys of a condition's declaration", &["code", "title"]),
    other(
        "crates/regulations/",
        "keys of the head of a regulation",
        &["category", "issued", "level", "note", "number", "title"],
    ),
    other("crates/regulations/", "keys of what a comparison is called", &["result"]),
    other(
        "crates/documents/",
        "keys of the declarations of documents",
        &[
            "category", "ends", "figures", "from", "issued", "item", "level", "measure", "name", "note",
            "number", "result", "stage", "starts", "title", "unit",
        ],
    ),
    other("crates/documents/", "a key of the findings of an earlier run", &["code"]),
    other("crates/documents/", "keys of what layouts get", &["document", "kind", "month", "to"]),
    other(
        "crates/corrections/",
        "attributes of sheets and fills, keys of what is given back is called",
        &["degree", "name", "note", "position", "theme", "title"],
    ),
    other("crates/reconcile/", "keys of the declaration of a comparison", &["title"]),
    other(
        "crates/collection/",
        "keys of the words on forms, after kinds of fields and who returns a table",
        &["between", "branch", "branches", "code", "due", "month", "name", "phone", "title", "unit", "year"],
    ),
    other("crates/words/", "a measure word behind a number", &["学时"]),
    other("src/cli/", "keys of what is printed as JSON", &["code", "title"]),
    other("src/cli/", "what an argument is called in the help", &["类别"]),
];

#[test]
fn no_id_or_title_of_a_table_or_a_field_stands_in_the_engine() {
    let ids = Ids::built_in();
    let (mut faults, mut said) = (BTreeSet::new(), BTreeSet::new());
    for file in rust(&["src", "crates"]) {
        for text in file.engine.iter().filter_map(Token::text).filter(|it| ids.names(it)) {
            let is_meant = |it: &&Other| file.path.starts_with(it.room) && it.words.contains(&text);
            match OTHERS.iter().find(is_meant) {
                Some(other) => said.insert((other.room, text.to_owned())),
                None => faults.insert(format!("{}: \"{text}\"", file.path)),
            };
        }
    }
    for other in &OTHERS {
        let gone = other.words.iter().filter(|it| !said.contains(&(other.room, (**it).to_owned())));
        faults.extend(gone.map(|it| format!("{}: no longer says \"{it}\" ({})", other.room, other.meaning)));
    }
    assert_none(&faults.into_iter().collect::<Vec<_>>());
}

/// What the built-in schemas declare.
struct Ids {
    tables: BTreeSet<String>,
    fields: BTreeSet<String>,
    titles: BTreeSet<String>,
}

impl Ids {
    fn built_in() -> Self {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let templates = project::Templates::load(None, &mut sources, &mut report).unwrap();
        let trees = templates.trees("schemas", &mut report);
        let schemas = schema::load(&trees, &mut report).unwrap();
        let short = schemas.tables.iter().map(|it| it.short_id().to_owned());
        let fields = schemas.tables.iter().flat_map(|it| &it.fields).map(|it| it.id.to_string());
        let titles = schemas.tables.iter().map(|it| it.title.to_string());
        let titles_of_fields = schemas.tables.iter().flat_map(|it| &it.fields).map(|it| it.title.to_string());
        Self {
            tables: short.collect(),
            fields: fields.collect(),
            titles: titles.chain(titles_of_fields).collect(),
        }
    }

    /// Whether a text is a title or an id, or a path that begins at a table or leads from field to field: `branches.members`,
    /// `branch.organisation`.
    fn names(&self, text: &str) -> bool {
        let is_field = |it: &str| self.fields.contains(it);
        let starts_at_table = text.split('.').next().is_some_and(|it| self.tables.contains(it));
        self.titles.contains(text) || starts_at_table || text.split('.').all(is_field)
    }
}
