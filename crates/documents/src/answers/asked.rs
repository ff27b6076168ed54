//! What a finding asks, as answers name it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use dataset::{Dataset, FieldRef, RecordId, TableId};
use finding::{Finding, Subject, Target};
use project::{Answer, Question};
use value::Value;

/// A query about more values than this is known by its words.
const N_VALUES_MAX: usize = 8;
/// So many bytes of a digest stand for a value that is not to be shown.
const N_DIGEST: usize = 6;

/// What is asked, and of which values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The question.
    pub(super) question: Question,
    /// The values, by the titles of their fields, in the order of these; none if they are many or there are none.
    pub(super) values: Vec<(Arc<str>, Arc<str>)>,
    /// The key of the record that is meant, if one is.
    key: Option<Arc<str>>,
    /// Whether others of its branch are called as it is, so that its key has to be said.
    has_namesakes: bool,
}

/// How many records of a table bear a name in their branch.
pub(super) struct Namesakes(BTreeMap<(TableId, Subject), usize>);

impl Namesakes {
    pub(super) fn new(dataset: &Dataset) -> Self {
        let mut counts: BTreeMap<(TableId, Subject), usize> = BTreeMap::new();
        for id in dataset.rows().filter(|it| dataset.schema(it.table).parent.is_none()) {
            let n = counts.entry((id.table, dataset.subject(id))).or_default();
            *n = n.saturating_add(1);
        }
        Self(counts)
    }

    /// Whether another record is called like this one.
    fn has(&self, id: RecordId, dataset: &Dataset) -> bool {
        self.0.get(&(id.table, dataset.subject(id))).is_some_and(|it| *it > 1)
    }
}

impl Asked {
    /// What a finding asks, whose subject is known.
    pub(super) fn of(finding: &Finding, dataset: &Dataset, namesakes: &Namesakes) -> Self {
        let subject = &finding.subject;
        let question = Question {
            code: finding.code.as_ref().into(),
            committee: subject.committee.clone(),
            branch: subject.branch.clone(),
            record: subject.record.clone(),
            field: finding.field.clone(),
        };
        let meant = meant(finding, dataset);
        Self {
            question,
            values: values(finding, dataset),
            key: meant.map(|it| key(it, dataset)),
            has_namesakes: meant.is_some_and(|it| namesakes.has(it, dataset)),
        }
    }

    /// The key of the record, where its name does not tell it from others.
    pub(super) fn telling_key(&self) -> Option<&Arc<str>> {
        self.key.as_ref().filter(|_| self.has_namesakes)
    }

    /// Whether an answer to this question names no other record.
    pub(super) fn may_be_meant(&self, answer: &Answer) -> bool {
        answer.key.as_ref().is_none_or(|it| self.key.as_ref() == Some(it))
    }

    /// Whether an answer was given to just this: to these values, and in these words, which tell what else was looked at
    /// (the months without a meeting). Who writes an answer by hand may leave the words out, but not both.
    pub(super) fn is_answered_by(&self, answer: &Answer, message: &str) -> bool {
        // Of two of one name nobody knows which is meant, if it is not said.
        if !self.may_be_meant(answer) || (answer.key.is_none() && self.has_namesakes) {
            return false;
        }
        let is_asked = answer.asked.as_deref().map(|it| is_said_alike(it, message));
        match &answer.values[..] {
            [] => is_asked.unwrap_or_default() && self.values.is_empty(),
            values => is_asked.unwrap_or(true) && *values == self.values[..],
        }
    }
}

/// The record that a finding is said of.
fn meant(finding: &Finding, dataset: &Dataset) -> Option<RecordId> {
    let subject = &finding.subject;
    let named = subject.record.as_ref()?;
    let rows = finding.about.iter().filter_map(|it| match it {
        Target::Field(rows, _) | Target::Record(rows) => Some(*rows),
        _ => None,
    });
    let records = rows.flat_map(|it| it.rows().take(N_VALUES_MAX).map(move |row| it.table.record(row)));
    records.map(|it| whole(it, dataset)).find(|it| {
        let own = dataset.subject(*it);
        own.record.as_ref() == Some(named) && own.branch == subject.branch
    })
}

/// The record that a row of a child table belongs to.
fn whole(id: RecordId, dataset: &Dataset) -> RecordId {
    let parent = || Some(dataset.schema(id.table).parent?.record(dataset.record(id).parent?));
    parent().map_or(id, |it| whole(it, dataset))
}

/// The key of a record; of one without a key, or with one that is not to be shown, a digest.
fn key(id: RecordId, dataset: &Dataset) -> Arc<str> {
    let table = dataset.schema(id.table);
    let is_personal = table.key.iter().any(|it| {
        table.fields[*it].sensitive || matches!(dataset.cell(id.field(*it)).value, Value::Identity(_))
    });
    let text = dataset.key_text(id);
    if table.key.is_empty() {
        let cells = dataset.record(id).cells.iter().map(|it| it.value.display());
        return digest(&cells.collect::<Vec<_>>().join("\n"));
    }
    if is_personal { digest(&text) } else { text }
}

/// What stands for a text that is not to be shown.
fn digest(text: &str) -> Arc<str> {
    let digest = Sha256::digest(text.as_bytes());
    let digits: String = digest.iter().take(N_DIGEST).map(|it| format!("{it:02x}")).collect();
    format!("校验码{digits}").into()
}

/// Whether two texts are the same but for blanks, which YAML folds.
fn is_said_alike(one: &str, other: &str) -> bool {
    let bare = |it: &str| it.split_whitespace().collect::<String>();
    bare(one) == bare(other)
}

/// The values of the fields that a finding is about.
fn values(finding: &Finding, dataset: &Dataset) -> Vec<(Arc<str>, Arc<str>)> {
    let mut fields: BTreeSet<FieldRef> = BTreeSet::new();
    for target in &finding.about {
        let Target::Field(rows, field) = target else { return Vec::new() };
        if rows.rows().count() > N_VALUES_MAX {
            return Vec::new();
        }
        fields.extend(rows.rows().map(|row| rows.table.record(row).field(*field)));
    }
    if fields.len() > N_VALUES_MAX {
        return Vec::new();
    }
    let mut values: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    let mut n_of_title: BTreeMap<&Arc<str>, usize> = BTreeMap::new();
    for at in fields {
        let title = &dataset.field(at.column()).title;
        let n = n_of_title.entry(title).or_default();
        *n = n.saturating_add(1);
        let title = if *n == 1 { title.clone() } else { format!("{title}#{n}").into() };
        values.push((title, shown(at, dataset)));
    }
    values.sort();
    values
}

/// A value in one line; of one that is not to be shown a digest, by which a change is noticed.
fn shown(at: FieldRef, dataset: &Dataset) -> Arc<str> {
    let field = dataset.field(at.column());
    let cell = dataset.cell(dataset.written_at(at));
    let text = match &cell.value {
        Value::Missing => "（空）".to_owned(),
        Value::Picture(_) => "（图片）".to_owned(),
        value => value.display().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let is_personal = field.sensitive || matches!(cell.value, Value::Identity(_));
    if !is_personal || cell.value == Value::Missing {
        return text.into();
    }
    digest(&text)
}
