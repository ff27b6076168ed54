//! What became of the findings of an earlier run: mended, still there, new, or of what is no longer returned.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use dataset::Dataset;
use finding::{Finding, Report, Severity, Sources, TableId, Target};

/// An error or query of an earlier run, as `findings.json` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier(Known);

/// By what a finding is known again: the rule, the record, the field. Rows move, so that its cell says nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    committee: Option<Arc<str>>,
    code: Arc<str>,
    record: Option<Arc<str>>,
    /// The id of the record's table: somebody whom the roster has lost may still be named elsewhere.
    table: Option<Arc<str>>,
    field: Option<Arc<str>>,
    /// The file without folder and ending, which may come back as another.
    file: Option<Arc<str>>,
    /// Of what is about no record alone: the sheet and the value.
    rest: Option<(Arc<str>, Arc<str>)>,
}

/// What became of the findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// Of each committee of which there is something to say, in the order of their names; those of nobody come first.
    pub lines: Vec<SinceLine>,
    /// What is not as it was, one by one: what has ended, and what is new.
    pub changes: Vec<Change>,
}

/// Findings of one rule about one record that have the same fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The fate, by the name that programs know it by: `mended`, `answered`, `new`, `gone`.
    pub fate: &'static str,
    /// How many.
    pub n: usize,
    /// The committee, the code, the record and the field.
    pub about: [Option<Arc<str>>; 4],
}

/// What became of the findings about a committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinceLine {
    /// The committee; none for what concerns nobody alone.
    pub unit: Option<Arc<str>>,
    /// How many.
    pub fates: Fates,
}

/// How many findings had which fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fates {
    /// 已改正: they were there and are not any more.
    pub mended: usize,
    /// 仍未改正: they are there as before.
    pub standing: usize,
    /// 已答复: they were queries, and have been answered since; nothing was corrected.
    pub answered: usize,
    /// 新出现: they were not there before.
    pub new: usize,
    /// 不再报送: nor is what they were about.
    pub gone: usize,
}

impl Earlier {
    /// Reads the errors and queries of a list of findings; `None` if it is none.
    pub fn read(json: &[u8]) -> Option<Vec<Self>> {
        let all: Vec<Json> = serde_json::from_slice(json).ok()?;
        let is_known = |it: &Json| ["code", "severity", "file"].iter().all(|key| it.get(key).is_some());
        let matters = |it: &&Json| it.get("severity").and_then(Json::as_str) != Some(Severity::Note.id());
        all.iter().all(is_known).then(|| all.iter().filter(matters).map(Self::of).collect())
    }

    fn of(finding: &Json) -> Self {
        let text = |key: &str| finding.get(key).and_then(Json::as_str).map(Arc::<str>::from);
        let (record, field) = (text("subject"), text("field"));
        let rest = (text("sheet").unwrap_or_default(), text("value").unwrap_or_default());
        let file = text("file").map(|it| stem(&it));
        Self(Known {
            committee: text("committee"),
            code: text("code").unwrap_or_default(),
            rest: record.is_none().then_some(rest),
            record,
            table: text("table"),
            field,
            file,
        })
    }
}

/// The id of the table of the record that a finding is about, if it is about one.
pub fn table_of<'a>(finding: &Finding, dataset: &'a Dataset) -> Option<&'a str> {
    let rows = finding.about.iter().find_map(|it| match it {
        Target::Field(rows, _) | Target::Record(rows) => Some(*rows),
        _ => None,
    })?;
    finding.subject.record.as_ref().map(|_| table_id(rows.table, dataset))
}

/// The id of a table, or of that to whose records its own belong.
fn table_id(table: TableId, dataset: &Dataset) -> &str {
    match dataset.schema(table).parent {
        Some(parent) => table_id(parent, dataset),
        None => &dataset.schema(table).id,
    }
}

impl Known {
    fn of(finding: &Finding, dataset: &Dataset, sources: &Sources) -> Self {
        let located = finding.origin.map(|it| sources.locate(it));
        let sheet = located.as_ref().and_then(|it| it.sheet).unwrap_or_default();
        let value = finding.value.as_deref().unwrap_or_default();
        let record = finding.subject.record.clone();
        Self {
            committee: finding.subject.committee.clone(),
            code: finding.code.as_ref().into(),
            rest: record.is_none().then(|| (sheet.into(), value.into())),
            record,
            table: table_of(finding, dataset).map(Into::into),
            field: finding.field.clone(),
            file: located.map(|it| stem(it.file)),
        }
    }
}

impl Known {
    /// The same without the name of its file, if that is not among these: files come back under other names.
    fn of_files(self, known: &BTreeSet<Arc<str>>) -> Self {
        let file = self.file.map(|it| if known.contains(&it) { it } else { OTHER_FILE.into() });
        Self { file, ..self }
    }

    /// The same without its table, if the earlier list of findings does not tell any.
    fn without_table(self, tells_tables: bool) -> Self {
        Self { table: self.table.filter(|_| tells_tables), ..self }
    }

    fn change(&self, fate: &'static str, n: usize) -> Option<Change> {
        let about =
            [self.committee.clone(), Some(self.code.clone()), self.record.clone(), self.field.clone()];
        (n > 0).then_some(Change { fate, n, about })
    }
}

/// Stands for a file that only one of the runs had.
const OTHER_FILE: &str = "";

/// How often something was found before, is found now, and is answered now.
#[derive(Default)]
struct Counts {
    before: usize,
    now: usize,
    answered: usize,
}

impl Since {
    /// Holds the findings of a run against those of an earlier one.
    pub fn new(earlier: &[Earlier], report: &Report, dataset: &Dataset, sources: &Sources) -> Self {
        let present = Present::new(dataset, sources);
        // Versions of this program that came before did not.
        let tells_tables = earlier.iter().any(|it| it.0.table.is_some());
        let is_open = |it: &&Finding| it.severity != Severity::Note || it.answer.is_some();
        let now = report.findings().iter().filter(is_open);
        let known = |it| Known::of(it, dataset, sources).without_table(tells_tables);
        let now: Vec<(Known, bool)> = now.map(|it| (known(it), it.answer.is_some())).collect();
        let named: BTreeSet<Arc<str>> = earlier.iter().filter_map(|it| it.0.file.clone()).collect();
        let mut counts: BTreeMap<Known, Counts> = BTreeMap::new();
        for it in earlier {
            counts.entry(it.0.clone().of_files(&present.files)).or_default().before += 1;
        }
        for (known, is_answered) in now {
            let counts = counts.entry(known.of_files(&named)).or_default();
            if is_answered { counts.answered += 1 } else { counts.now += 1 }
        }
        let mut units: BTreeMap<Option<Arc<str>>, Fates> = BTreeMap::new();
        let mut changes = Vec::new();
        for (known, Counts { before, now, answered }) in &counts {
            let fates = units.entry(known.committee.clone()).or_default();
            let standing = *before.min(now);
            let answered = (before - standing).min(*answered);
            fates.standing += standing;
            fates.answered += answered;
            fates.new += now - standing;
            let ended = before - standing - answered;
            let is_held = present.holds(known);
            *(if is_held { &mut fates.mended } else { &mut fates.gone }) += ended;
            let ended = known.change(if is_held { "mended" } else { "gone" }, ended);
            let others = [known.change("answered", answered), known.change("new", now - standing)];
            changes.extend(ended.into_iter().chain(others.into_iter().flatten()));
        }
        units.retain(|_, it| *it != Fates::default());
        let lines = units.into_iter().map(|(unit, fates)| SinceLine { unit, fates });
        Self { lines: lines.collect(), changes }
    }

    /// How many in all.
    pub fn total(&self) -> Fates {
        self.lines.iter().fold(Fates::default(), |sum, it| Fates {
            mended: sum.mended + it.fates.mended,
            standing: sum.standing + it.fates.standing,
            answered: sum.answered + it.fates.answered,
            new: sum.new + it.fates.new,
            gone: sum.gone + it.fates.gone,
        })
    }
}

/// A committee, and the id of a table.
type Seat = (Option<Arc<str>>, Arc<str>);

/// What is returned now.
struct Present {
    /// What the committees' records are called, with the ids of the tables in which they stand.
    records: BTreeMap<Arc<str>, BTreeSet<Seat>>,
    /// The files, without folders and endings.
    files: BTreeSet<Arc<str>>,
}

impl Present {
    fn new(dataset: &Dataset, sources: &Sources) -> Self {
        let mut records: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for id in dataset.rows() {
            let subject = dataset.subject(id);
            let Some(record) = subject.record else { continue };
            records
                .entry(record)
                .or_default()
                .insert((subject.committee, table_id(id.table, dataset).into()));
        }
        let files = sources.ids().map(|it| stem(sources.path(it))).collect();
        Self { records, files }
    }

    /// Whether what an earlier finding was about is still there.
    fn holds(&self, known: &Known) -> bool {
        match (&known.record, &known.file) {
            (Some(record), _) => {
                let is_own = |(committee, table): &Seat| {
                    (committee.is_none() || *committee == known.committee)
                        && known.table.as_ref().is_none_or(|it| it == table)
                };
                self.records.get(record).is_some_and(|it| it.iter().any(is_own))
            }
            (None, Some(file)) => self.files.contains(file),
            // What was said of no place was a table that had not come, or the run as a whole.
            (None, None) => true,
        }
    }
}

/// The name of a file without folder and ending.
fn stem(path: &str) -> Arc<str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |it| it.0).into()
}
