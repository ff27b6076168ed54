//! A workbook: the guide in front, a sheet for each table, the lists of what may be chosen behind them, hidden.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::filled::{Filled, Stock};
use super::guide;
use super::limits;
use super::lists::{List, Lists};
use super::look;
use super::said::Sayer;
use super::sheet::Form;
use super::units::{Owed, Unit};
use dataset::{Dataset, RecordId, TableId};
use documents::{Captions, tab_name};
use project::Project;
use schema::{FieldKind, FormColumn, FormMark, Reference, Returner, Table, edition, form_columns};

/// What workbooks are made with.
pub(crate) struct Maker<'a> {
    pub(crate) project: &'a Project,
    pub(crate) captions: &'a Captions,
    pub(crate) sayer: Sayer<'a>,
    /// The present records: what may be chosen.
    pub(crate) present: Stock<'a>,
    /// The records that forms are filled with, if they are.
    pub(crate) filling: Option<&'a Stock<'a>>,
}

/// To whom a workbook goes, and who fills it in.
#[derive(Clone, Copy)]
pub(crate) struct Sending<'u> {
    pub(crate) unit: Option<&'u Unit>,
    /// The committee of a branch.
    pub(crate) committee: Option<&'u Unit>,
    pub(crate) by: Returner,
    /// Whether it is sent at all, or blank.
    pub(crate) is_sent: bool,
}

/// A workbook that was made.
pub(crate) struct Made {
    pub(crate) bytes: Vec<u8>,
    /// How many records it is filled with.
    pub(crate) n_records: usize,
    /// How many of their cells could not be filled, because what stood there could not be read.
    pub(crate) n_unreadable: usize,
}

impl Maker<'_> {
    /// Makes the workbook.
    pub(crate) fn workbook(&self, sending: Sending<'_>, owed: &[Owed]) -> Result<Made, XlsxError> {
        let mut lists = Lists::new(self.sayer.words);
        let mut taken = BTreeSet::new();
        // Standing lists come first: what else is written is about whom they name.
        let (standing, others): (Vec<&Owed>, Vec<&Owed>) =
            owed.iter().partition(|it| self.sayer.schemas.tables[it.table].returned.prefill);
        let owed = standing.into_iter().chain(others);
        let forms: Vec<Form<'_>> = owed.map(|it| self.form(*it, sending, &mut lists, &mut taken)).collect();
        let mut workbook = Workbook::new();
        workbook.set_default_format(&look::default(), 20, 72)?;
        let name = sending.unit.map(|it| &*it.addressee.name);
        let title = match name {
            Some(name) => self.sayer.words.filled("files", "committee", &[name]),
            None => self.sayer.words.plain("guide", "blank_title").to_owned(),
        };
        let properties = DocProperties::new().set_title(title).set_author(self.author());
        workbook.set_properties(&properties.set_creation_datetime(&limits::excel(self.project.as_of)?));
        let footer = &*self.captions.footer;
        let called = name.or_else(|| sending.is_sent.then(|| self.sayer.words.plain("files", "office")));
        guide::write(&mut workbook, &forms, (called, sending.by), &self.sayer, footer)?;
        for form in &forms {
            form.write(workbook.add_worksheet(), &self.sayer)?;
        }
        lists.write(&mut workbook)?;
        let cells = forms.iter().flat_map(|it| &it.rows).flatten();
        Ok(Made {
            n_records: forms.iter().map(|it| it.rows.len()).sum(),
            n_unreadable: cells.filter(|it| **it == Filled::Unreadable).count(),
            bytes: workbook.save_to_buffer()?,
        })
    }

    fn author(&self) -> String {
        format!("{}{}", self.project.institution, self.project.department)
    }

    fn form<'m>(
        &'m self,
        owed: Owed,
        sending: Sending<'_>,
        lists: &mut Lists<'_>,
        taken: &mut BTreeSet<String>,
    ) -> Form<'m> {
        let (table_id, schemas) = (owed.table, self.sayer.schemas);
        let table = &schemas.tables[table_id];
        let columns = form_columns(table);
        let rows = self.rows(table, &columns, sending);
        let mut list = |it: &FormColumn| self.list(table, it, sending, lists);
        let mark = FormMark {
            table: table.id.clone(),
            edition: edition(table, self.project.period).into(),
            period: self.project.period,
            sent_to: sending.unit.map(|it| it.addressee.clone()),
        };
        Form {
            table_id,
            table,
            lists: columns.iter().map(&mut list).collect(),
            columns,
            rows,
            mark: mark.text(),
            unit: match sending.unit {
                Some(unit) => Some(unit.addressee.name.to_string()),
                None => sending.is_sent.then(|| self.project.department.to_string()),
            },
            due: owed.due,
            name: tab_name(&table.title, &table.title, taken),
            footer: &self.captions.footer,
            author: self.author(),
        }
    }

    /// What the form is filled with: the records of standing lists.
    fn rows(&self, table: &Table, columns: &[FormColumn], sending: Sending<'_>) -> Vec<Vec<Filled>> {
        let Some(stock) = self.filling.filter(|_| table.returned.prefill && sending.is_sent) else {
            return Vec::new();
        };
        let Some(own) = stock.dataset.schemas.index(&table.id) else { return Vec::new() };
        let records = match sending.unit {
            Some(unit) => unit.earlier.map(|it| stock.records(own, Some(it))).unwrap_or_default(),
            None => stock.records(own, None),
        };
        stock.rows(records, table, columns)
    }

    /// The drop-down list of a column.
    fn list(
        &self,
        table: &Table,
        column: &FormColumn,
        sending: Sending<'_>,
        lists: &mut Lists<'_>,
    ) -> Option<List> {
        let field = &table.fields[column.field];
        let items = match &field.kind {
            FieldKind::Choice(choices) => choices.iter().map(|it| it.value.to_string()).collect(),
            FieldKind::YesNo => [true, false].map(|it| value::Value::YesNo(it).display()).to_vec(),
            FieldKind::Reference(reference) if !reference.may_be_unlisted && sending.is_sent => {
                let says_whose = [&table.subject.branch, &table.subject.committee]
                    .into_iter()
                    .flatten()
                    .any(|it| it.first() == Some(&column.field));
                self.named(reference, says_whose, sending)
            }
            _ => Vec::new(),
        };
        (!items.is_empty()).then(|| lists.put(&field.title, items))
    }

    /// The records that a reference may name: a unit itself, or what lies in it; of registers, all.
    fn named(&self, reference: &Reference, says_whose: bool, sending: Sending<'_>) -> Vec<String> {
        let stocks = [Some(&self.present), self.filling];
        let with_records = |stock: &&Stock<'_>| {
            let table = stock.dataset.schemas.index(&reference.to);
            table.is_some_and(|it| stock.dataset.n_rows(it) > 0)
        };
        let Some(stock) = stocks.into_iter().flatten().find(with_records) else { return Vec::new() };
        let dataset = stock.dataset;
        let Some(table) = dataset.schemas.index(&reference.to) else { return Vec::new() };
        let own = |unit: Option<&Unit>| unit.and_then(|it| dataset.addressee(&it.addressee));
        let is_register = [dataset.schemas.committees(), dataset.schemas.branches()].contains(&Some(table));
        let records: Vec<RecordId> = match own(sending.unit) {
            Some(unit) if says_whose || !is_register => {
                within(dataset, (stock, table), unit, own(sending.committee))
            }
            _ if is_register => dataset.rows_of(table).collect(),
            _ => Vec::new(),
        };
        records.into_iter().filter_map(|it| stock.name(reference, it)).map(str::to_owned).collect()
    }
}

/// The records of a table that a unit may mean: of its own register itself, of that of its committee the committee, of others
/// those that belong to it.
fn within(
    dataset: &Dataset,
    (stock, table): (&Stock<'_>, TableId),
    unit: RecordId,
    committee: Option<RecordId>,
) -> Vec<RecordId> {
    if unit.table == table {
        return vec![unit];
    }
    if dataset.schemas.committees() == Some(table) {
        return committee.into_iter().collect();
    }
    stock.records(table, Some(unit)).to_vec()
}
