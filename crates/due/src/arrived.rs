//! What has come, by table and unit: records, reports of nothing, forms left empty, files that could not be read.

use std::collections::{BTreeMap, BTreeSet};

use super::named::Kinds;
use super::units::{Unit, Units};
use dataset::{Dataset, Meant, RecordId, Senders, TableId};
use finding::{FileId, Finding, Reach, Report, Severity, Sources, Target, codes};
use schema::{FieldKind, Filed, Returner, Way};

/// What is to be done about a file that is no table, in a committee's folder.
const NOT_READ: &str = "其中有应报送的表的，请改存为 xlsx 后重新提交；只是附件的，请移出该单位的文件夹";

/// A table of a unit.
pub(super) type Part = (TableId, Unit);

/// What has come.
#[derive(Default)]
pub(super) struct Arrived {
    /// How many records.
    pub(super) records: BTreeMap<Part, usize>,
    /// How many of them stand in files that seem to be of another year.
    pub(super) of_other_period: BTreeMap<Part, usize>,
    /// Records that may be those of the unit: what they name is not known, which has been said.
    pub(super) adrift: BTreeSet<Part>,
    /// What is said to be nothing.
    pub(super) nothing: BTreeSet<Part>,
    /// The file in which the form stands empty.
    pub(super) empty: BTreeMap<Part, FileId>,
    /// The file that will have held the table and could not be read, which has been said.
    pub(super) unread: BTreeMap<Part, FileId>,
    /// Files that could not be read and of which nobody knows what they held, by whose they are.
    pub(super) unknown: BTreeMap<Unit, Vec<FileId>>,
}

/// Where it is looked for.
pub(super) struct Looking<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) sources: &'a Sources,
    pub(super) units: &'a Units,
    pub(super) senders: &'a Senders,
}

impl Looking<'_> {
    /// A letter or a picture among the files of a committee may be the table that it was to return.
    pub(super) fn mind_what_was_not_read(&self, report: &mut Report) {
        for finding in report.findings_mut() {
            let Some(origin) = finding.origin.filter(|_| finding.code == codes::FILE_NOT_A_TABLE.name) else {
                continue;
            };
            if self.senders.named(origin.file).is_some() {
                let read = finding.clone().recoded(&codes::RETURN_NOT_READ).hint(NOT_READ);
                *finding = Finding { severity: Severity::Error, ..read };
            }
        }
    }

    pub(super) fn arrived(&self, report: &Report) -> Arrived {
        let mut arrived = Arrived::default();
        let filled = self.count(&mut arrived);
        for table in self.dataset.schemas.tables.ids() {
            self.find_lost(table, &mut arrived);
        }
        self.hear_of_nothing(&filled, &mut arrived);
        self.find_unread(report, &mut arrived);
        arrived
    }

    /// Counts the records of each unit; gives the tables that each file holds records of.
    fn count(&self, arrived: &mut Arrived) -> BTreeSet<(FileId, TableId)> {
        let dataset = self.dataset;
        let is_register = |table: TableId| dataset.schemas.committees() == Some(table);
        let mut filled = BTreeSet::new();
        for id in dataset.rows() {
            let file = dataset.record(id).origin.file;
            filled.insert((file, id.table));
            let (committee, branch) = (dataset.committee(id), dataset.branch(id));
            let mut of: Vec<Unit> = [committee, branch].into_iter().flatten().map(Some).collect();
            if (of.is_empty() && !self.is_lost(id)) || is_register(id.table) {
                of.push(None);
            }
            if committee.is_none() && (branch.is_some() || self.is_lost(id)) {
                let sender = self.senders.of(file).map(|it| (id.table, Some(it)));
                arrived.adrift.extend(sender);
            }
            let is_late = dataset.files.get(&file).is_some_and(|it| it.is_of_other_period);
            for unit in of {
                *arrived.records.entry((id.table, unit)).or_default() += 1;
                if is_late {
                    *arrived.of_other_period.entry((id.table, unit)).or_default() += 1;
                }
            }
        }
        filled
    }

    /// Whether a record names a branch or committee that is not known.
    fn is_lost(&self, id: RecordId) -> bool {
        let paths = &self.dataset.schema(id.table).subject;
        [&paths.branch, &paths.committee].into_iter().flatten().any(|path| {
            let way = Way { n_parents: 0, path: path.clone() };
            self.dataset.lost_on(id, &way).is_some()
        })
    }

    /// Records whose reference leads nowhere are those of the unit that was probably meant; else of one of those whose file
    /// they stand in.
    fn find_lost(&self, table: TableId, arrived: &mut Arrived) {
        let dataset = self.dataset;
        let declared = dataset.schema(table);
        let paths = [&declared.subject.branch, &declared.subject.committee].into_iter().flatten();
        for field in paths.filter_map(|it| it.first()) {
            let FieldKind::Reference(reference) = &declared.fields[*field].kind else { continue };
            let Some(to) = dataset.schemas.index(&reference.to) else { continue };
            for lost in dataset.lost_in(table.column(*field)) {
                // Of a person who is not known nobody can say from which branch.
                let is_unit = self.units.is_unit(to);
                let meant = match &lost.meant {
                    Meant::Near(row) if is_unit => vec![*row],
                    Meant::OneOf(rows) if is_unit => rows.to_vec(),
                    _ => {
                        let file = dataset.record(table.record(lost.row)).origin.file;
                        let of = self.senders.of(file).map(|it| self.all_of(Some(it))).unwrap_or_default();
                        arrived.adrift.extend(of.into_iter().map(|it| (table, it)));
                        continue;
                    }
                };
                for id in meant.into_iter().map(|it| to.record(it)) {
                    let of = [Some(id), dataset.branch(id), self.units.committee(Some(id))];
                    arrived.adrift.extend(of.into_iter().flatten().map(|it| (table, Some(it))));
                }
            }
        }
    }

    /// A committee with its branches; the office with everybody.
    fn all_of(&self, sender: Unit) -> Vec<Unit> {
        match sender {
            Some(committee) => {
                [committee].iter().chain(self.units.below(committee)).copied().map(Some).collect()
            }
            None => self.units.all().collect(),
        }
    }

    fn hear_of_nothing(&self, filled: &BTreeSet<(FileId, TableId)>, arrived: &mut Arrived) {
        for (file, filed) in &self.dataset.files {
            let sender = self.senders.of(*file);
            for said in &filed.nothing {
                let named: Vec<RecordId> =
                    said.names.iter().flat_map(|it| self.units.named(it)).copied().collect();
                let branches: Vec<RecordId> =
                    named.iter().copied().filter(|it| self.units.is_branch(Some(*it))).collect();
                let of: Vec<Unit> = match (&branches[..], &named[..]) {
                    ([], []) if self.is_list_of_the_office(*file, filed, said.table) => vec![None],
                    ([], []) => self.all_of(sender),
                    ([], committees) => committees.iter().flat_map(|it| self.all_of(Some(*it))).collect(),
                    // What a branch has nothing of, it has reported to its committee.
                    (branches, _) => {
                        let above = branches.iter().filter_map(|it| self.units.committee(Some(*it)));
                        branches.iter().copied().chain(above).map(Some).collect()
                    }
                };
                arrived.nothing.extend(of.into_iter().map(|it| (said.table, it)));
            }
            let is_said = |table: TableId| filed.nothing.iter().any(|it| it.table == table);
            let is_bare = |table: &TableId| !filled.contains(&(*file, *table)) && !is_said(*table);
            for table in filed.tables.iter().copied().filter(is_bare) {
                // Where an empty form is usual, it says that there is nothing.
                let is_usual = self.dataset.schema(table).returned.may_be_empty;
                for unit in self.asked(filed, table, sender) {
                    if is_usual {
                        arrived.nothing.insert((table, unit));
                    } else {
                        arrived.empty.entry((table, unit)).or_insert(*file);
                    }
                }
            }
        }
    }

    /// Whether a file that bears no unit's name holds a table that the office alone fills in, for the whole university.
    fn is_list_of_the_office(&self, file: FileId, filed: &Filed, table: TableId) -> bool {
        let due = self.dataset.schema(table).returned.due.as_ref();
        let is_the_offices = due.is_some_and(|it| it.by == [Returner::Office]);
        is_the_offices && filed.unit.is_none() && self.senders.named(file).is_none()
    }

    /// Whose form a table without records is: of those to whom it was sent, else of everybody whose file it may be.
    fn asked(&self, filed: &Filed, table: TableId, sender: Unit) -> Vec<Unit> {
        let forms = filed.sent.iter().filter(|it| it.table == table);
        let sent = forms.filter_map(|it| self.dataset.addressee(it.mark.sent_to.as_ref()?));
        let asked: Vec<Unit> = sent.flat_map(|it| self.all_of(Some(it))).collect();
        if asked.is_empty() { sender.map_or(vec![None], |it| self.all_of(Some(it))) } else { asked }
    }

    fn find_unread(&self, report: &Report, arrived: &mut Arrived) {
        let errors = report.findings().iter().filter(|it| it.severity == Severity::Error);
        let errors = errors.filter(|it| it.reach != Reach::Nothing);
        let parts = errors.flat_map(|it| &it.about).filter_map(|it| match it {
            Target::File(part) => Some(part),
            _ => None,
        });
        let mut kinds = None;
        for part in parts {
            let kinds = kinds.get_or_insert_with(|| Kinds::new(self.dataset, self.sources));
            let sender = self.senders.of(part.file);
            let Some(tables) = kinds.tables(part) else {
                let of = arrived.unknown.entry(sender).or_default();
                if !of.contains(&part.file) {
                    of.push(part.file);
                }
                continue;
            };
            for unit in self.all_of(sender) {
                for table in &tables {
                    arrived.unread.entry((*table, unit)).or_insert(part.file);
                }
            }
        }
    }
}
