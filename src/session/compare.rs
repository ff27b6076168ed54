//! A table of a project is held against another list: a file, a folder, or another project.
#![expect(
    clippy::disallowed_methods,
    reason = "what is compared with is a file, a folder or a project, and the workbook is written where it is asked for"
)]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dataset::{Dataset, TableId};
use due::Kinds;
use facts::Frame;
use finding::{FileId, Finding, Report, Severity, Sources, Target, codes};
use reconcile::{Comparison, Held, Side, Words, describe, load_comparisons};
use schema::{Expected, Records, Schemas};
use source::Folders;

use super::{Failure, Judging, Related, Session};

/// What is compared.
#[derive(Debug, Clone, Copy)]
pub struct Comparing<'a> {
    /// The project.
    pub project: &'a Path,
    /// The other list: a file, a folder, or a project.
    pub with: &'a Path,
    /// The table, by its title or id; the first that is declared if none is named.
    pub table: Option<&'a str>,
}

/// Two lists that were held together.
#[derive(Debug)]
pub struct Reconciled {
    /// What came of it.
    pub held: Held,
    /// How they were held together.
    pub comparison: Comparison,
    /// The title of the table.
    pub table: Arc<str>,
    /// What was found in the other list, errors and queries.
    pub others: Vec<Told>,
    book: Vec<u8>,
}

/// A finding in the other list.
#[derive(Debug, Clone)]
pub struct Told {
    /// How much it matters.
    pub severity: Severity,
    /// Where it stands, and what it says.
    pub text: String,
}

/// Why two lists could not be held together.
#[derive(Debug, thiserror::Error)]
pub enum CompareFault {
    /// There is a file already where the workbook would go.
    #[error("“{}”已经存在，没有写入。请移走该文件，或用 --out 指定另一个文件名", .0.display())]
    Taken(PathBuf),
    /// Nothing is declared for a table of this name.
    #[error("没有“{0}”的对照办法；可用：{1}")]
    NoTable(String, String),
    /// Nothing is there.
    #[error("找不到“{}”", .0.display())]
    Missing(PathBuf),
    /// Something of one of the lists could not be read; its records would count as lacking.
    #[error("{0}的名单没有全部读出，没有对照：没有读到的人会被当作只在另一边。请先处理上面的错误")]
    Unread(&'static str, Vec<Told>),
    /// There is nothing to compare.
    #[error("{0}没有“{1}”的记录，没有对照。请核对文件和表头，或用 --table 写明是哪张表")]
    Empty(&'static str, Arc<str>),
    /// The workbook could not be written.
    #[error("无法写入“{}”：{}", .0.display(), .1)]
    Unwritten(PathBuf, io::Error),
    /// Nothing could be read at all.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// The other list.
struct Other {
    dataset: Arc<Dataset>,
    table: TableId,
    /// Its files, if they are not among those of the session.
    sources: Option<Sources>,
    report: Report,
}

impl Session<'_> {
    /// Holds a table of a project against another list.
    ///
    /// # Errors
    /// If one of both cannot be read, or the other one not wholly.
    pub fn reconcile(&mut self, comparing: Comparing<'_>) -> Result<Reconciled, CompareFault> {
        let Comparing { project, with, table } = comparing;
        if !with.exists() {
            return Err(CompareFault::Missing(with.to_owned()));
        }
        let opened = self.open(project)?;
        let (templates, schemas) = (&opened.setup.templates, &opened.declared.schemas);
        let declared = load_comparisons(templates, schemas, &mut self.report);
        let declared = declared.map_err(|_| Failure::Templates)?;
        let words = Words::load(templates, &mut self.report).map_err(|_| Failure::Templates)?;
        let comparison = chosen(declared, table, schemas)?;
        let captions = opened.declared.captions.clone();
        let related = self.read(opened, &Judging::default())?;
        let title = related.dataset.schema(comparison.of).title.clone();
        let here = Side::new(related.dataset.clone(), comparison.of, project.display().to_string());
        let lost = lost(&self.report, (&related.dataset, comparison.of), &self.sources);
        if !lost.is_empty() {
            return Err(CompareFault::Unread("本项目", lost));
        }
        let other = self.other(with, &comparison, &related)?;
        let sources = other.sources.as_ref().unwrap_or(&self.sources);
        let lost = self::lost(&other.report, (&other.dataset, other.table), sources);
        if !lost.is_empty() {
            return Err(CompareFault::Unread("对方", lost));
        }
        let others = other.report.findings().iter().filter(|it| it.severity != Severity::Note);
        let others = others.map(|it| told(it, sources)).collect();
        let there = Side::new(other.dataset.clone(), other.table, with.display().to_string());
        for (side, name) in [(&here, "本项目"), (&there, "对方")] {
            if side.n_records() == 0 {
                return Err(CompareFault::Empty(name, title));
            }
        }
        let held = Held::new(&comparison, [&here, &there], &Frame::of_project(&related.setup.project));
        let book = describe(
            (&comparison, &held),
            [&here, &there],
            [&self.sources, sources],
            (&words, &captions),
            &related.setup.project,
        );
        let book = render::workbook(&book).map_err(Failure::from)?;
        Ok(Reconciled { held, comparison, table: title, others, book })
    }

    /// Reads the other list: a project by its own tables, a file or folder by those of this project.
    fn other(
        &mut self,
        with: &Path,
        comparison: &Comparison,
        related: &Related,
    ) -> Result<Other, CompareFault> {
        if with.join(project::FILE_NAME).is_file() {
            return Self::of_project(with, comparison, related);
        }
        let schemas = &related.dataset.schemas;
        let whole = self.of_files(with, schemas, comparison, related)?;
        let is_whole = |it: &Other, sources: &Sources| {
            it.dataset.n_rows(it.table) > 0 && lost(&it.report, (&it.dataset, it.table), sources).is_empty()
        };
        if is_whole(&whole, &self.sources) {
            return Ok(whole);
        }
        // A list of another office may fit several tables: here it can only be one.
        let narrowed = Arc::new(only(schemas, comparison.of));
        let narrow = self.of_files(with, &narrowed, comparison, related)?;
        Ok(if is_whole(&narrow, &self.sources) { narrow } else { whole })
    }

    fn of_project(with: &Path, comparison: &Comparison, related: &Related) -> Result<Other, CompareFault> {
        let mut session = Session::default();
        let read = session.open(with).and_then(|it| session.read(it, &Judging::default()));
        let Session { sources, report, .. } = session;
        let dataset = read?.dataset;
        let own = related.dataset.schema(comparison.of);
        let table = dataset.schemas.index(&own.id);
        let table = table.ok_or_else(|| CompareFault::Empty("对方", own.title.clone()))?;
        Ok(Other { dataset, table, sources: Some(sources), report })
    }

    fn of_files(
        &mut self,
        with: &Path,
        schemas: &Arc<Schemas>,
        comparison: &Comparison,
        related: &Related,
    ) -> Result<Other, CompareFault> {
        let mut report = Report::default();
        let before: Vec<FileId> = self.sources.ids().collect();
        // Relative paths are shown as they were typed, others from the folder above on.
        let root = if with.is_absolute() { with.parent().unwrap_or(with) } else { Path::new("") };
        let wanted = [Arc::from(with.strip_prefix(root).unwrap_or(with).to_string_lossy())];
        let folders = Folders { root, wanted: &wanted, excluded: &[] };
        let collected = source::collect(folders, &mut self.sources, &mut report, &|_, _| ());
        let collected = collected.map_err(Failure::from)?;
        let earlier = std::collections::BTreeMap::new();
        let expected =
            Expected { period: related.setup.project.period, earlier: &earlier, sources: &self.sources };
        let mut records = schema::bind(collected.files, schemas, &expected, &mut report);
        lend(&mut records, &related.dataset, comparison.of);
        let dataset = Arc::new(Dataset::new(schemas.clone(), records, &mut report));
        // What is wrong with what was lent has been said of this project.
        let mut own = Report::default();
        let is_other = |it: &&Finding| it.origin.is_none_or(|at| !before.contains(&at.file));
        report.findings().iter().filter(is_other).cloned().for_each(|it| own.push(it));
        Ok(Other { dataset, table: comparison.of, sources: None, report: own })
    }
}

impl Reconciled {
    /// Writes the workbook. No file is overwritten.
    ///
    /// # Errors
    /// If there is one already, or it cannot be written.
    pub fn write(&self, out: &Path) -> Result<(), CompareFault> {
        if out.exists() {
            return Err(CompareFault::Taken(out.to_owned()));
        }
        let write = || {
            if let Some(folder) = out.parent().filter(|it| !it.as_os_str().is_empty()) {
                fs::create_dir_all(folder)?;
            }
            fs::File::create_new(out)?.write_all(&self.book)
        };
        write().map_err(|error| CompareFault::Unwritten(out.to_owned(), error))
    }
}

/// The errors with which records of a table may have been lost; that a column is not there loses none.
fn lost(report: &Report, (dataset, table): (&Dataset, TableId), sources: &Sources) -> Vec<Told> {
    let kinds = Kinds::new(dataset, sources);
    let may_hold = |it: &Target| match it {
        Target::File(part) => kinds.tables(part).is_none_or(|it| it.contains(&table)),
        _ => false,
    };
    let is_meant = |it: &&Finding| {
        it.severity == Severity::Error
            && it.code != codes::COLUMN_MISSING.name
            && it.about.iter().any(may_hold)
    };
    report.findings().iter().filter(is_meant).map(|it| told(it, sources)).collect()
}

fn told(finding: &Finding, sources: &Sources) -> Told {
    let place = finding.origin.map(|it| sources.display(it)).unwrap_or_default();
    Told { severity: finding.severity, text: format!("{place}  {}", finding.message) }
}

/// The comparison of the table that is meant.
fn chosen(
    declared: Vec<Comparison>,
    table: Option<&str>,
    schemas: &Schemas,
) -> Result<Comparison, CompareFault> {
    let titles: Vec<&str> = declared.iter().map(|it| &*schemas.tables[it.of].title).collect();
    let titles = titles.join("、");
    let is_meant =
        |it: &Comparison| table.is_none_or(|name| schemas.tables[it.of].names().any(|it| it == name));
    let name = table.unwrap_or_default().to_owned();
    declared.into_iter().find(is_meant).ok_or(CompareFault::NoTable(name, titles))
}

/// The tables with all sheets looked for as one of them.
fn only(schemas: &Schemas, table: TableId) -> Schemas {
    /// No sheet bears it.
    const NOWHERE: &str = "\u{0}";
    let mut narrowed = schemas.clone();
    let others: Vec<TableId> = schemas.tables.ids().filter(|it| *it != table).collect();
    for it in others {
        narrowed.tables[it].returned.only_sheets = vec![NOWHERE.into()];
    }
    narrowed
}

/// Lends the records of other tables, which a list names without having them: its branches. The table that is compared is
/// never lent: a list of headings alone would be the same as this one.
fn lend(records: &mut Records, dataset: &Dataset, compared: TableId) {
    for table in dataset.schemas.tables.ids().filter(|it| *it != compared) {
        if records.tables[table].is_empty() {
            records.tables[table] = dataset.rows_of(table).map(|it| dataset.record(it).clone()).collect();
        }
    }
}
