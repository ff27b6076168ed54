//! The committees and branches of a run by all the names under which a text may call them: with and without 中共 …
//! 委员会, with and without the unit before them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::customs::Customs;
use super::table::{Field, FieldKind, Record, Schemas};
use finding::{ById, FieldId, RecordId, RowId, TableId};
use value::Value;

/// A shorter name is found in no text: 机关 stands in many a word.
const N_CHARS_WITHIN_MIN: usize = 4;

/// The unit of a committee has at least so many characters.
const N_CHARS_OF_UNIT_MIN: usize = 2;

/// A committee or a branch.
#[derive(Debug)]
struct Body {
    id: RecordId,
    /// What it is called in findings.
    label: Arc<str>,
    /// Its names, in the form in which they are compared.
    names: Vec<String>,
    committee: Option<RecordId>,
}

impl Body {
    fn is_again(&self, other: &Self) -> bool {
        self.id.table == other.id.table && self.names == other.names && self.committee == other.committee
    }
}

/// All of them.
#[derive(Debug)]
pub struct Bodies<'a> {
    customs: &'a Customs,
    by_name: BTreeMap<String, BTreeSet<RecordId>>,
    bodies: BTreeMap<RecordId, Body>,
}

impl<'a> Bodies<'a> {
    /// Those of the register; `records` gives the records of a table.
    pub fn new(schemas: &'a Schemas, records: &[&ById<TableId, ById<RowId, Record>>]) -> Self {
        let customs = &schemas.customs;
        let mut known = Self { customs, by_name: BTreeMap::new(), bodies: BTreeMap::new() };
        for table in [schemas.committees(), schemas.branches()].into_iter().flatten() {
            let fields = naming_fields(schemas, table);
            let rows = records.iter().flat_map(|it| &it[table]);
            for (row, record) in rows.enumerate() {
                let id = table.record(RowId::new(row));
                let names = fields.iter().flat_map(|it| texts(&record.cells[*it].value));
                let names = names.map(|it| customs.fold_body(&it)).filter(|it| !it.is_empty()).collect();
                let committee = known.committee_of(schemas, table, record);
                let label = record.cells[schemas.tables[table].label].value.display().into();
                let body = Body { id, label, names, committee };
                // The register may have come twice.
                if !known.bodies.values().any(|it| body.is_again(it)) {
                    known.bodies.insert(id, body);
                }
            }
        }
        known.index(schemas);
        known
    }

    /// The committee that a branch names as its own.
    fn committee_of(&self, schemas: &Schemas, table: TableId, record: &Record) -> Option<RecordId> {
        let path = schemas.tables[table].subject.committee.as_ref()?;
        let first = path.first()?;
        let at = match &schemas.tables[table].fields[*first].kind {
            FieldKind::Reference(reference) => reference.written_at(&schemas.tables[table], *first, record),
            _ => *first,
        };
        let written = self.customs.fold_body(&record.cells[at].value.display());
        let named = |it: &&Body| it.names.contains(&written);
        self.bodies.values().find(named).map(|it| it.id)
    }

    fn index(&mut self, schemas: &Schemas) {
        let committees = schemas.committees();
        let mut by_name: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
        for body in self.bodies.values() {
            let is_committee = Some(body.id.table) == committees;
            let above =
                if is_committee { Some(body) } else { body.committee.and_then(|it| self.bodies.get(&it)) };
            let mut forms: BTreeSet<String> = body.names.iter().cloned().collect();
            if let Some(above) = above {
                let institution = institution(&above.names);
                let heads: Vec<&str> = if is_committee {
                    vec![""]
                } else {
                    above.names.iter().map(String::as_str).chain([""]).collect()
                };
                for unit in
                    body.names.iter().filter(|_| is_committee).filter_map(|it| customs_unit(self.customs, it))
                {
                    forms.insert(unit);
                }
                for name in &body.names {
                    let core = core(name, &institution, if is_committee { &[] } else { &above.names });
                    forms.extend(heads.iter().map(|it| format!("{it}{core}")));
                    forms.extend(heads.iter().map(|it| format!("{institution}{it}{core}")));
                }
            }
            for form in forms {
                by_name.entry(form).or_default().insert(body.id);
            }
        }
        by_name.remove("");
        self.by_name = by_name;
    }

    /// What findings call one of them.
    pub fn label(&self, id: RecordId) -> Arc<str> {
        self.bodies.get(&id).map_or_else(|| "".into(), |it| it.label.clone())
    }

    /// The committee of one of them; of a committee itself.
    pub fn committee(&self, id: RecordId) -> Option<RecordId> {
        let body = self.bodies.get(&id)?;
        body.committee.or(Some(body.id))
    }

    /// Those of a table that a text names as a whole.
    pub fn named(&self, table: TableId, text: &str) -> BTreeSet<RecordId> {
        let found = self.by_name.get(&self.customs.fold_body(text));
        found.into_iter().flatten().copied().filter(|it| it.table == table).collect()
    }

    /// Those whose name without 支部 at its end a text is: a sheet 教务处.
    pub fn called(&self, table: TableId, text: &str) -> BTreeSet<RecordId> {
        let mut found = self.named(table, text);
        if let Some(ending) = self.customs.body_endings.last().filter(|_| found.is_empty()) {
            found = self.named(table, &format!("{text}{ending}"));
        }
        found
    }

    /// Those of a table of which a text begins with the name, or has it behind a mark or a year; the longest name counts.
    pub fn within(&self, table: TableId, text: &str) -> BTreeSet<RecordId> {
        let text = self.customs.fold_body(text);
        let mut found = (0, BTreeSet::new());
        for (name, ids) in &self.by_name {
            let length = name.chars().count();
            if length < found.0.max(N_CHARS_WITHIN_MIN) || !ids.iter().any(|it| it.table == table) {
                continue;
            }
            if text.match_indices(name.as_str()).any(|it| begins_at(&text, it.0)) {
                let ids = ids.iter().copied().filter(|it| it.table == table);
                if length > found.0 {
                    found = (length, ids.collect());
                } else {
                    found.1.extend(ids);
                }
            }
        }
        found.1
    }
}

/// Whether a name may begin there: at the beginning, or behind what is no part of a word.
fn begins_at(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|it| !it.is_alphabetic() || it == '年')
}

/// What stands before the unit in the full name of a committee: the institution.
fn institution(names: &[String]) -> String {
    let before = |name: &String, unit: &String| {
        let at = name.find(unit.as_str()).filter(|it| *it > 0)?;
        Some(name[..at].to_owned())
    };
    let pairs = names.iter().flat_map(|name| names.iter().filter_map(move |unit| before(name, unit)));
    pairs.min_by_key(String::len).unwrap_or_default()
}

/// What stands before the ending of a committee's short name: 海洋学院 of 海洋学院党委.
fn customs_unit(customs: &Customs, name: &str) -> Option<String> {
    let unit = customs.committee_endings.iter().find_map(|it| name.strip_suffix(it.as_str()))?;
    (unit.chars().count() >= N_CHARS_OF_UNIT_MIN).then(|| unit.to_owned())
}

/// A name without the institution and the unit before it.
fn core<'n>(name: &'n str, institution: &str, units: &[String]) -> &'n str {
    let name = name.strip_prefix(institution).unwrap_or(name);
    let stripped = units.iter().filter_map(|it| name.strip_prefix(it.as_str()));
    stripped.filter(|it| !it.is_empty()).min_by_key(|it| it.len()).unwrap_or(name)
}

/// The fields by which references call the records of a table, but for their codes.
fn naming_fields(schemas: &Schemas, table: TableId) -> BTreeSet<FieldId> {
    let own = &schemas.tables[table];
    let by = |field: &Field| match &field.kind {
        FieldKind::Reference(reference) if reference.to == own.id => reference.by.clone(),
        _ => Vec::new(),
    };
    let by = schemas.tables.iter().flat_map(|it| it.fields.iter().flat_map(by));
    let fields = by.filter_map(|it| own.field(&it));
    fields.filter(|it| !matches!(own.fields[*it].kind, FieldKind::Code(_))).collect()
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::List(values) => values.iter().flat_map(texts).collect(),
        it if it.is_present() => vec![it.display()],
        _ => Vec::new(),
    }
}
