//! A column in which a committee has filled in nothing, although others have and documents count it: that is asked, once for
//! each committee and column.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::drafts::Document;
use super::input::Input;
use dataset::{ColumnId, Dataset, FieldId, RecordId};
use finding::{ByRecord, Finding, Report, Severity, Subject, Target, codes};
use schema::{Field, FieldKind};
use value::Value;

/// So many records without a value are no chance.
const N_RECORDS_MIN: usize = 5;
/// Of ten records of the others so many give the value.
const N_GIVEN_OF_TEN: usize = 8;
/// So many documents are named.
const N_NAMED_MAX: usize = 3;

/// The columns that documents read, each with their titles.
pub(super) struct Readers(BTreeMap<ColumnId, Vec<Arc<str>>>);

impl Readers {
    /// Looks at what documents have read.
    pub(super) fn of<'a>(documents: impl Iterator<Item = &'a Document>) -> Self {
        let mut readers: BTreeMap<ColumnId, Vec<Arc<str>>> = BTreeMap::new();
        for document in documents {
            for column in columns(document) {
                let titles = readers.entry(column).or_default();
                // What is made for everybody is named before what is made for one committee.
                let at = if document.committee.is_none() { 0 } else { titles.len() };
                let title = document.title().filter(|it| !titles.contains(it));
                title.into_iter().for_each(|it| titles.insert(at, it));
            }
        }
        Self(readers)
    }

    /// Asks about those that a committee leaves empty, unless something has been said of what is not there.
    pub(super) fn report(&self, dataset: &Dataset, report: &mut Report) {
        let said = ByRecord::new(report.findings().iter().filter(|it| it.severity != Severity::Note));
        let mut found = Vec::new();
        for (column, titles) in self.0.iter().filter(|it| may_be_asked(dataset.field(*it.0))) {
            let column = Column::new(dataset, *column);
            for vacant in column.vacant() {
                let is_said = |it: &RecordId| !said.of_field(it.field(column.id.field)).is_empty();
                if !vacant.1.iter().any(is_said) {
                    found.push(finding(&column, &vacant, titles));
                }
            }
        }
        found.into_iter().for_each(|it| report.push(it));
    }
}

/// What a document has read of all records of some table.
fn columns(document: &Document) -> BTreeSet<ColumnId> {
    let reads = document.inputs.iter().filter_map(|it| match it {
        Input::Reads(reads, _) => Some(reads),
        _ => None,
    });
    reads.flat_map(|it| it.columns.iter().copied()).collect()
}

/// Whether anybody is to fill in a field that is not required: of one with a default it is known what nothing means, and
/// a reference may lead on through another field.
fn may_be_asked(field: &Field) -> bool {
    let is_reference = matches!(field.kind, FieldKind::Reference(_));
    !field.required && !is_reference && field.default.is_none() && field.default_where.is_none()
}

/// What is known of a column: the records that give something, and those that do not, by committee.
struct Column<'a> {
    dataset: &'a Dataset,
    id: ColumnId,
    choices: Vec<FieldId>,
    by_committee: BTreeMap<RecordId, Vec<RecordId>>,
}

impl<'a> Column<'a> {
    fn new(dataset: &'a Dataset, id: ColumnId) -> Self {
        let is_choice =
            |it: &(FieldId, &Field)| matches!(it.1.kind, FieldKind::Choice(_)) && it.0 != id.field;
        let choices = dataset.schema(id.table).fields.with_ids().filter(is_choice).map(|it| it.0).collect();
        let mut by_committee: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
        for record in dataset.rows_of(id.table) {
            if let Some(committee) = dataset.committee(record) {
                by_committee.entry(committee).or_default().push(record);
            }
        }
        Self { dataset, id, choices, by_committee }
    }

    fn is_given(&self, record: RecordId) -> bool {
        self.dataset.cell(record.field(self.id.field)).value != Value::Missing
    }

    /// The committees that give nothing, each with the records of which others of their kind have something: half of its
    /// own at least, or it is no matter of the column.
    fn vacant(&self) -> Vec<(RecordId, Vec<RecordId>)> {
        let without = self.by_committee.iter().filter(|it| !it.1.iter().any(|it| self.is_given(*it)));
        let expected = |(committee, own): (&RecordId, &Vec<RecordId>)| {
            let usual = Usual::of_others(self, *committee)?;
            let expected: Vec<RecordId> = own.iter().copied().filter(|it| usual.expects(self, *it)).collect();
            let is_of_column = expected.len() >= N_RECORDS_MIN && expected.len() * 2 >= own.len();
            is_of_column.then_some((*committee, expected))
        };
        without.filter_map(expected).collect()
    }

    /// Whether the sheets of a committee have the column.
    fn is_there(&self, records: &[RecordId]) -> bool {
        let place = |it: &RecordId| self.dataset.cell(it.field(self.id.field)).origin;
        records.iter().any(|it| place(it) != self.dataset.record(*it).origin)
    }
}

/// How many of the records of other committees give something, by their kinds: by the choice that tells best who does.
/// Those on probation have no day of confirmation, and staff have no grade.
struct Usual {
    by: FieldId,
    of_kind: BTreeMap<String, Given>,
}

#[derive(Default, Clone, Copy)]
struct Given {
    n_given: usize,
    n: usize,
}

impl Given {
    fn add(&mut self, is_given: bool) {
        self.n += 1;
        self.n_given += usize::from(is_given);
    }

    /// How many a guess by the kind would get right; of too few nobody can guess.
    fn n_right(self) -> usize {
        if self.n < N_RECORDS_MIN { 0 } else { self.n_given.max(self.n - self.n_given) }
    }

    fn is_usual(self) -> bool {
        self.n >= N_RECORDS_MIN && self.n_given * 10 >= self.n * N_GIVEN_OF_TEN
    }
}

impl Usual {
    /// By each of the choices; the first of those that tell alike.
    fn of_others(column: &Column<'_>, committee: RecordId) -> Option<Self> {
        let others = || column.by_committee.iter().filter(|it| *it.0 != committee).flat_map(|it| it.1);
        let by = |choice: &FieldId| {
            let mut usual = Self { by: *choice, of_kind: BTreeMap::new() };
            for record in others() {
                let kind = usual.kind(column, *record);
                usual.of_kind.entry(kind).or_default().add(column.is_given(*record));
            }
            usual
        };
        let n_right = |it: &Self| it.of_kind.values().map(|it| it.n_right()).sum::<usize>();
        column.choices.iter().map(by).rev().max_by_key(n_right)
    }

    fn kind(&self, column: &Column<'_>, record: RecordId) -> String {
        column.dataset.cell(record.field(self.by)).value.display()
    }

    /// Whether a record would have something, if it were another committee's.
    fn expects(&self, column: &Column<'_>, record: RecordId) -> bool {
        self.of_kind.get(&self.kind(column, record)).is_some_and(|it| it.is_usual())
    }
}

fn finding(
    column: &Column<'_>,
    (committee, empty): &(RecordId, Vec<RecordId>),
    titles: &[Arc<str>],
) -> Finding {
    let (dataset, id) = (column.dataset, column.id);
    let (field, table) = (dataset.field(id), &dataset.schema(id.table).title);
    let is_there = column.is_there(empty);
    let state = if is_there { "都没有填" } else { "所在的表没有这一列" };
    let message = format!(
        "“{table}”表的“{}”，{}应填的{}条记录{state}，别的单位大多填了；{}要用到它",
        field.title,
        dataset.label(*committee),
        empty.len(),
        named(titles)
    );
    let subject = Subject { committee: Some(dataset.label(*committee)), ..Subject::default() };
    let mut finding =
        Finding::new(&codes::COLUMN_VACANT, message).field(field.title.clone()).subject(subject);
    // A form that has no such column is another form, and nobody has forgotten anything.
    if !is_there {
        finding.severity = Severity::Note;
    }
    if let Some(first) = empty.first() {
        finding = finding.at(dataset.cell(first.field(id.field)).origin);
    }
    let about = empty.iter().map(|it| Target::field(it.field(id.field)));
    let hint = format!("请补填“{}”；确实都没有的请说明", field.title);
    about.fold(finding.hint(hint), Finding::about)
}

/// Some of the documents; what is made for one unit after what is made for all has the same title and more.
fn named(titles: &[Arc<str>]) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for title in titles {
        if shown.len() < N_NAMED_MAX && !shown.iter().any(|it| title.starts_with(it)) {
            shown.push(title);
        }
    }
    let more =
        if titles.len() > shown.len() { format!("等{}份文件", titles.len()) } else { String::new() };
    let shown: Vec<String> = shown.iter().map(|it| format!("《{it}》")).collect();
    format!("{}{more}", shown.join("、"))
}
