//! What is sent out: a bundle for each committee with its own workbook, those of its branches, and a list of all files.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{self, Maker, Sending};
use super::filled::Stock;
use super::said::Sayer;
use super::units::{Owed, Parcel, Unit, parcels};
use super::words::Words;
use dataset::{Dataset, RecordId, TableId};
use documents::{Bundle, Captions, Kind, Made, free_name, safe_name};
use due::Returns;
use ooxml::WriteFault;
use project::Project;
use rules::Condition;
use schema::Returner;

/// What forms are filled with.
#[derive(Debug, Clone, Copy)]
pub enum Prefill<'a> {
    /// Nothing.
    No,
    /// The records of the project itself.
    Present,
    /// Those of another project: last year's.
    From(&'a Dataset),
}

/// What is known of the project whose forms are sent out.
pub struct Collecting<'a> {
    /// The project.
    pub project: &'a Project,
    /// The records.
    pub dataset: &'a Dataset,
    /// Who has to return what.
    pub returns: &'a Returns,
    /// What of that is counted by documents.
    pub counted: &'a BTreeSet<(TableId, Option<RecordId>)>,
    /// What the records are put to.
    pub rules: &'a [Condition],
    /// What documents call their parts.
    pub captions: &'a Captions,
    /// The words on forms.
    pub words: &'a Words,
    /// What forms are filled with.
    pub prefill: Prefill<'a>,
}

/// What was made.
#[derive(Debug, Default)]
pub struct Collected {
    /// The files.
    pub files: Vec<Made>,
    /// How many workbooks there are in them.
    pub n_books: usize,
    /// How many records they are filled with.
    pub n_records: usize,
    /// How many cells of these were left empty, because what stood there could not be read.
    pub n_unreadable: usize,
}

/// Why forms cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// What the writer of workbooks refused.
    #[error("写不出表样：{0}")]
    Book(#[from] rust_xlsxwriter::XlsxError),
    /// What the writer of bundles refused.
    #[error("写不出表样：{0}")]
    Package(#[from] WriteFault),
}

/// The forms of everybody who owes anything: a bundle for each committee, a workbook for the office.
///
/// # Errors
/// If a workbook cannot be written.
pub fn collect(collecting: &Collecting<'_>) -> Result<Collected, Fault> {
    let words = collecting.words;
    let earlier = match collecting.prefill {
        Prefill::No => None,
        Prefill::Present => Some(collecting.dataset),
        Prefill::From(dataset) => Some(dataset),
    };
    let filling = earlier.map(Stock::new);
    let maker = maker(collecting, filling.as_ref());
    let mut collected = Collected::default();
    let mut taken = BTreeSet::new();
    for parcel in parcels(collecting.dataset, collecting.returns, collecting.counted, earlier) {
        let mut parts = BTreeMap::new();
        let mut names = BTreeSet::new();
        let sender =
            Sending { unit: parcel.unit.as_ref(), committee: None, by: Returner::Committee, is_sent: true };
        let Some(unit) = &parcel.unit else {
            let made = maker.workbook(Sending { by: Returner::Office, ..sender }, &parcel.own)?;
            let name = free_name(
                &safe_name(&words.filled("files", "committee", &[words.plain("files", "office")])),
                "xlsx",
                &mut taken,
            );
            collected.add(&made);
            collected.publish(words, (&name, Kind::COLLECTION), made.bytes);
            continue;
        };
        if !parcel.own.is_empty() {
            let made = maker.workbook(sender, &parcel.own)?;
            let stem = words.filled("files", "committee", &[&unit.addressee.name]);
            collected.add(&made);
            parts.insert(free_name(&safe_name(&stem), "xlsx", &mut names), made.bytes);
        }
        branches(&maker, &parcel, unit, &mut parts, &mut collected)?;
        let bundle = Bundle::new(parts, &words.cover(), &unit.addressee.name, &[]);
        let name = free_name(&safe_name(&unit.addressee.name), "zip", &mut taken);
        collected.publish(words, (&name, Kind::COLLECTION), render::bundle(&bundle)?);
    }
    Ok(collected)
}

/// The workbooks of a committee's branches.
fn branches(
    maker: &Maker<'_>,
    parcel: &Parcel,
    committee: &Unit,
    parts: &mut BTreeMap<String, Vec<u8>>,
    collected: &mut Collected,
) -> Result<(), Fault> {
    let words = maker.sayer.words;
    let mut names = BTreeSet::new();
    for (branch, owed) in &parcel.branches {
        let sending =
            Sending { unit: Some(branch), committee: Some(committee), by: Returner::Branch, is_sent: true };
        let made = maker.workbook(sending, owed)?;
        let stem = words.filled("files", "branch", &[&branch.addressee.name]);
        let name = free_name(&safe_name(&stem), "xlsx", &mut names);
        collected.add(&made);
        parts.insert(format!("{}/{name}", safe_name(words.plain("files", "branches"))), made.bytes);
    }
    Ok(())
}

/// One blank set: a workbook for each that returns anything, of every table that it may have to return.
///
/// # Errors
/// If a workbook cannot be written.
pub fn blank(collecting: &Collecting<'_>) -> Result<Collected, Fault> {
    let words = collecting.words;
    let maker = maker(collecting, None);
    let mut collected = Collected::default();
    for (by, key) in [
        (Returner::Committee, "blank_committee"),
        (Returner::Branch, "blank_branch"),
        (Returner::Office, "blank_office"),
    ] {
        let tables = collecting.dataset.schemas.tables.with_ids();
        let is_by = |it: &schema::Table| it.returned.due.as_ref().is_some_and(|it| it.by.contains(&by));
        let owed: Vec<Owed> =
            tables.filter(|it| is_by(it.1)).map(|it| Owed { table: it.0, due: None }).collect();
        if owed.is_empty() {
            continue;
        }
        let made = maker.workbook(Sending { unit: None, committee: None, by, is_sent: false }, &owed)?;
        collected.add(&made);
        let path = format!("{}/{}.xlsx", words.plain("files", "blank"), safe_name(words.plain("files", key)));
        collected.publish(words, (&path, Kind::BLANK_FORMS), made.bytes);
    }
    Ok(collected)
}

fn maker<'a>(collecting: &Collecting<'a>, filling: Option<&'a Stock<'a>>) -> Maker<'a> {
    let Collecting { project, dataset, rules, captions, words, .. } = *collecting;
    let sayer =
        Sayer { words, schemas: &dataset.schemas, rules, period: project.period, as_of: project.as_of };
    Maker { project, captions, sayer, present: Stock::new(dataset), filling }
}

impl Collected {
    fn add(&mut self, made: &book::Made) {
        self.n_books = self.n_books.saturating_add(1);
        self.n_records = self.n_records.saturating_add(made.n_records);
        self.n_unreadable = self.n_unreadable.saturating_add(made.n_unreadable);
    }

    fn publish(&mut self, words: &Words, (path, kind): (&str, Kind), bytes: Vec<u8>) {
        let path = format!("{}/{path}", words.plain("files", "folder"));
        self.files.push(Made::unplanned(path, kind, bytes));
    }
}
