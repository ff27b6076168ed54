//! What a finding asks, as answers name it.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use dataset::{Dataset, FieldRef};
use finding::{Finding, Target};
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
}

impl Asked {
    /// What a finding asks, whose subject is known.
    pub(super) fn of(finding: &Finding, dataset: &Dataset) -> Self {
        let subject = &finding.subject;
        let question = Question {
            code: finding.code.as_ref().into(),
            committee: subject.committee.clone(),
            branch: subject.branch.clone(),
            record: subject.record.clone(),
            field: finding.field.clone(),
        };
        Self { question, values: values(finding, dataset) }
    }

    /// Whether an answer was given to just this: to these values, and in these words, which tell what else was looked at
    /// (the months without a meeting). Who writes an answer by hand may leave the words out, but not both.
    pub(super) fn is_answered_by(&self, answer: &Answer, message: &str) -> bool {
        let is_asked = answer.asked.as_deref().map(|it| is_said_alike(it, message));
        match &answer.values[..] {
            [] => is_asked.unwrap_or_default() && self.values.is_empty(),
            values => is_asked.unwrap_or(true) && *values == self.values[..],
        }
    }
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
    for at in fields {
        let title = &dataset.field(at.column()).title;
        let n_before = values.iter().filter(|it| it.0.split('#').next() == Some(title)).count();
        let title = if n_before == 0 { title.clone() } else { format!("{title}#{}", n_before + 1).into() };
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
    let digest = Sha256::digest(text.as_bytes());
    let digits: String = digest.iter().take(N_DIGEST).map(|it| format!("{it:02x}")).collect();
    format!("校验码{digits}").into()
}
