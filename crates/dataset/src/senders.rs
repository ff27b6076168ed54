//! Whose file it is: the committee that its records, itself, its folder or its name tells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::links::names;
use super::{Dataset, RecordId, subject};
use finding::{FileId, Sources};
use schema::FieldKind;
use value::fold;

/// The committees from which the files of a run came.
#[derive(Debug, Clone, Default)]
pub struct Senders {
    committees: BTreeMap<FileId, RecordId>,
    /// Those that the name of a folder or of the file itself tells.
    named: BTreeMap<FileId, RecordId>,
}

impl Senders {
    /// Looks at every file. What its own records say comes first, if they all belong to one committee; then the unit that it
    /// names, the name of its folder, the records of the other files there, and how its own name begins. A few records whose
    /// committee is known, among many of which it is not, tell less than what the file is called: of a roster that has not
    /// come only those are known who have gone elsewhere.
    pub(super) fn new(dataset: &Dataset, sources: &Sources) -> Self {
        let (mut by_file, mut by_folder) = (BTreeMap::new(), BTreeMap::new());
        let mut n_records: BTreeMap<FileId, (usize, usize)> = BTreeMap::new();
        for id in dataset.rows() {
            let file = dataset.record(id).origin.file;
            let (n_known, n_all) = n_records.entry(file).or_default();
            *n_all += 1;
            let Some(committee) = subject::committee(dataset, id) else { continue };
            *n_known += 1;
            claim(&mut by_file, file, committee);
            claim(&mut by_folder, folder(sources.path(file)).to_owned(), committee);
        }
        let names = names_of_committees(dataset);
        let named = |file: FileId| {
            let path = sources.path(file);
            named_by_folder(path, &names).or_else(|| named_by_file(path, &names))
        };
        let of = |file: FileId| {
            let unit = || names.get(&fold(dataset.files.get(&file)?.unit.as_ref()?)).copied().flatten();
            let is_of_most = || n_records.get(&file).is_some_and(|it| it.0 * 2 >= it.1);
            match by_file.get(&file) {
                Some(Some(committee)) if is_of_most() => return Some(*committee),
                Some(Some(committee)) => return unit().or_else(|| named(file)).or(Some(*committee)),
                Some(None) => return unit(),
                None => {}
            }
            if let Some(committee) = sent_to(dataset, file) {
                return Some(committee);
            }
            let path = sources.path(file);
            let of_folder = || by_folder.get(folder(path)).copied().flatten();
            let by_name = || named_by_folder(path, &names);
            unit().or_else(by_name).or_else(of_folder).or_else(|| named_by_file(path, &names))
        };
        let all = |of: &dyn Fn(FileId) -> Option<RecordId>| {
            sources.ids().filter_map(|it| Some((it, of(it)?))).collect()
        };
        Self { committees: all(&of), named: all(&named) }
    }

    /// The committee that a file came from; none if nothing tells, or it holds records of several.
    pub fn of(&self, file: FileId) -> Option<RecordId> {
        self.committees.get(&file).copied()
    }

    /// The committee whose name a file or its folder bears: it lies among what that committee has sent.
    pub fn named(&self, file: FileId) -> Option<RecordId> {
        self.named.get(&file).copied()
    }
}

/// The committee to which the forms in a file were sent, if all were sent to one or to its branches.
fn sent_to(dataset: &Dataset, file: FileId) -> Option<RecordId> {
    let sent = dataset.files.get(&file)?.sent.iter().filter_map(|it| it.mark.sent_to.as_ref());
    let of = |it| subject::committee(dataset, dataset.addressee(it)?);
    let committees: BTreeSet<RecordId> = sent.filter_map(of).collect();
    committees.first().copied().filter(|_| committees.len() == 1)
}

/// The committees by every name by which references may call them, folded; `None` for a name that several bear.
fn names_of_committees(dataset: &Dataset) -> BTreeMap<String, Option<RecordId>> {
    let mut known = BTreeMap::new();
    let Some(table) = dataset.schemas.committees() else { return known };
    for id in dataset.rows_of(table) {
        for name in called(dataset, id) {
            claim(&mut known, fold(&name), id);
        }
    }
    known.remove("");
    known
}

/// All names by which references may call a record, as written.
pub(super) fn called(dataset: &Dataset, id: RecordId) -> Vec<String> {
    let schemas = &dataset.schemas;
    let own = &schemas.tables[id.table];
    let references = schemas.tables.iter().flat_map(|it| &it.fields).filter_map(|it| match &it.kind {
        FieldKind::Reference(reference) if reference.to == own.id => Some(&reference.by),
        _ => None,
    });
    let by: BTreeSet<&Arc<str>> = references.flatten().collect();
    let fields = by.into_iter().filter_map(|it| own.field(it));
    fields.flat_map(|it| names(&dataset.cell(id.field(it)).value)).collect()
}

fn claim<K: Ord>(claims: &mut BTreeMap<K, Option<RecordId>>, key: K, committee: RecordId) {
    let known = claims.entry(key).or_insert(Some(committee));
    if *known != Some(committee) {
        *known = None;
    }
}

/// The folder of a file; a file at the top of the project has none of its own.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |it| it.0)
}

/// The committee whose name a folder bears, the innermost first.
fn named_by_folder(path: &str, names: &BTreeMap<String, Option<RecordId>>) -> Option<RecordId> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.rsplit('/').filter_map(|it| names.get(&fold(it))).find_map(|it| *it)
}

/// The committee with whose name that of a file begins; the longest counts: 机电学院 and 机电学院研究生.
fn named_by_file(path: &str, names: &BTreeMap<String, Option<RecordId>>) -> Option<RecordId> {
    let name = fold(path.rsplit('/').next().unwrap_or(path));
    let begins = names.iter().filter(|it| name.starts_with(it.0.as_str()));
    begins.max_by_key(|it| it.0.chars().count()).and_then(|it| *it.1)
}
