//! The page that reports a run: totals, documents, what is withheld, findings by committee and branch.

mod findings;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use documents::{
    Artefact, Cause, Excerpts, Fates, Made, Progress, ProgressLine, Since, Standing, Withheld, safe_name,
};
use finding::{Group, Report, Severity, Sources, grouped};

use super::visible::visible;

/// How many characters of a value are shown, and of a cell beside one.
const VALUE_SHOWN: usize = 80;
const CELL_SHOWN: usize = 24;

/// So many of the documents that an error withholds are named beside it; the list of those withheld names all.
const HELD_UP_SHOWN: usize = 5;

/// What the page calls that which belongs to no single committee.
const NO_COMMITTEE: &str = "全校与其他";

/// Everything that the page shows.
#[derive(Debug, Clone)]
pub struct RunPage<'a> {
    /// The university.
    pub institution: &'a str,
    /// The department that runs the program.
    pub department: &'a str,
    /// First and last day of the period.
    pub period: (Date, Date),
    /// The day as of which the data are judged.
    pub as_of: Date,
    /// The mark of a draft, such as `草稿（3 个错误）`.
    pub draft: Option<&'a str>,
    /// How many files were read.
    pub files_read: usize,
    /// How many records each table holds.
    pub tables: Vec<TableCount<'a>>,
    /// How many regulations were read.
    pub regulations: usize,
    /// Who has returned what.
    pub progress: &'a Progress,
    /// What became of the findings of an earlier run, if one is named.
    pub since: Option<&'a Since>,
    /// The committees in the order in which the page lists them; others follow as they come.
    pub committees: Vec<&'a str>,
    /// The documents that were made.
    pub documents: &'a [Made],
    /// The documents that were not.
    pub withheld: &'a [Withheld],
    /// The findings, in the order in which the page shows them.
    pub report: &'a Report,
    /// The files that the findings name.
    pub sources: &'a Sources,
    /// What stands around their cells.
    pub excerpts: Option<Excerpts<'a>>,
    /// The bundles that go back, by their paths below the page.
    pub bundles: &'a [String],
    /// What is withheld, by the errors that withhold it.
    pub held_up: BTreeMap<Cause, Vec<&'a str>>,
}

impl<'a> RunPage<'a> {
    /// The names of documents that are withheld, by the errors that withhold them.
    pub fn held_up(withheld: &'a [Withheld]) -> BTreeMap<Cause, Vec<&'a str>> {
        let mut held_up: BTreeMap<Cause, Vec<&'a str>> = BTreeMap::new();
        for it in withheld {
            for cause in &it.causes {
                held_up.entry(cause.clone()).or_default().push(&it.artefact.name);
            }
        }
        held_up
    }
}

/// A table and how many records were read into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableCount<'a> {
    /// Title of the table.
    pub title: &'a str,
    /// Number of records.
    pub records: usize,
}

/// Renders the page from its template, which is given as text: one self-contained HTML document.
///
/// Every text is escaped, and characters that nobody sees are made visible. Errors are the template's:
/// its syntax, or a name that it uses and the page does not have.
pub fn page(template: &str, run: &RunPage<'_>) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.render_named_str("report/page.html", template, run_value(run))
}

fn run_value(run: &RunPage<'_>) -> Value {
    let count = |it| run.report.count(it);
    let table = |it: &TableCount<'_>| context! { title => shown(it.title), records => it.records };
    context! {
        institution => shown(run.institution),
        department => shown(run.department),
        period_from => chinese_date(run.period.0),
        period_to => chinese_date(run.period.1),
        as_of => chinese_date(run.as_of),
        draft => run.draft.map(shown),
        files_read => run.files_read,
        tables => run.tables.iter().filter(|it| it.records > 0).map(table).collect::<Value>(),
        regulations => run.regulations,
        documents => run.documents.len(),
        withheld => run.withheld.len(),
        errors => count(Severity::Error),
        queries => count(Severity::Query),
        notes => count(Severity::Note),
        sections => sections(run),
        answered => findings::answered(run),
        progress => progress_value(run.progress),
        since => run.since.map(since_value),
    }
}

/// What became of earlier findings: a row for each committee, and one for all.
fn since_value(since: &Since) -> Value {
    let row = |name: Option<&str>, it: Fates| {
        let name = name.map_or_else(|| NO_COMMITTEE.to_owned(), shown);
        context! { name, mended => it.mended, standing => it.standing, answered => it.answered, new => it.new, gone => it.gone }
    };
    context! {
        rows => since.lines.iter().map(|it| row(it.unit.as_deref(), it.fates)).collect::<Value>(),
        total => row(None, since.total()),
    }
}

/// Who has returned what: a row for each table, with a cell for each unit; none where nothing is due.
fn progress_value(progress: &Progress) -> Value {
    let cell = |it: &Standing| context! { text => shown(&it.text), is_complete => it.is_complete };
    let row = |(at, title): (usize, &Arc<str>)| {
        let cells = progress.lines.iter().map(|it| it.cells.get(at)?.as_ref().map(cell));
        context! { title => shown(title), cells => cells.collect::<Vec<_>>() }
    };
    let unit = |it: &ProgressLine| {
        let (due, complete) = it.counts();
        context! { name => shown(&it.unit), due, complete }
    };
    context! {
        units => progress.lines.iter().map(unit).collect::<Value>(),
        rows => progress.tables.iter().enumerate().map(row).collect::<Value>(),
    }
}

/// One section per committee; what belongs to none comes first.
fn sections(run: &RunPage<'_>) -> Value {
    let groups = grouped(run.report.findings());
    let mut names: Vec<Option<&str>> = vec![None];
    let known = run.committees.iter().map(|it| Some(*it));
    let made = run.documents.iter().map(|it| &it.artefact);
    let artefacts = made.chain(run.withheld.iter().map(|it| &it.artefact));
    let others = artefacts.map(|it| it.committee.as_deref());
    for name in known.chain(others).chain(groups.iter().map(|it| it.committee)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let section = |(at, name): (usize, &Option<&str>)| section(run, *name, &groups, at);
    names.iter().enumerate().map(section).collect()
}

fn section(run: &RunPage<'_>, committee: Option<&str>, groups: &[Group<'_>], number: usize) -> Value {
    let is_theirs = |it: &Artefact| it.committee.as_deref() == committee;
    let documents = run.documents.iter().filter(|it| is_theirs(&it.artefact)).map(document_value);
    let withheld: Vec<&Withheld> = run.withheld.iter().filter(|it| is_theirs(&it.artefact)).collect();
    let groups: Vec<&Group<'_>> = groups.iter().filter(|it| it.committee == committee).collect();
    let count =
        |severity| groups.iter().flat_map(|it| &it.findings).filter(|it| it.severity == severity).count();
    context! {
        id => format!("c{number}"),
        name => shown(committee.unwrap_or(NO_COMMITTEE)),
        documents => documents.collect::<Value>(),
        n_withheld => withheld.len(),
        withheld => by_cause(&withheld),
        bundles => bundles(run, committee),
        errors => count(Severity::Error),
        queries => count(Severity::Query),
        notes => count(Severity::Note),
        branches => groups.iter().map(|it| findings::branch_value(it, run)).collect::<Value>(),
    }
}

fn document_value(Made { artefact: it, pages, .. }: &Made) -> Value {
    context! { title => shown(&it.title), href => href(&it.path), pages => pages }
}

/// Documents that are withheld for the same reasons, together; in the order of the first of each.
fn by_cause(withheld: &[&Withheld]) -> Value {
    let mut causes: Vec<(&Withheld, Vec<&Withheld>)> = Vec::new();
    for it in withheld {
        match causes.iter_mut().find(|(first, _)| (&first.codes, &first.reasons) == (&it.codes, &it.reasons))
        {
            Some(cause) => cause.1.push(it),
            None => causes.push((it, vec![it])),
        }
    }
    let texts = |texts: &[String]| texts.iter().map(|it| shown(it)).collect::<Value>();
    let cause = |(first, all): &(&Withheld, Vec<&Withheld>)| {
        context! {
            titles => all.iter().map(|it| shown(&it.artefact.name)).collect::<Value>(),
            reasons => texts(&first.reasons),
            codes => texts(&first.codes),
        }
    };
    causes.iter().map(cause).collect()
}

/// The bundle that goes back to a committee; to the office goes whatever is no committee's.
fn bundles(run: &RunPage<'_>, committee: Option<&str>) -> Value {
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.strip_suffix(".zip").unwrap_or(name).to_owned()
    };
    let is_theirs = |path: &&String| match committee {
        Some(name) => stem(path) == safe_name(name),
        None => !run.committees.iter().any(|it| safe_name(it) == stem(path)),
    };
    let bundle = |path: &String| context! { name => shown(&stem(path)), href => href(path) };
    run.bundles.iter().filter(is_theirs).map(bundle).collect()
}

fn shown(text: &str) -> String {
    visible(text).into_owned()
}

fn chinese_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A path as a relative link: percent-encoded as UTF-8, but for what RFC 3986 calls unreserved. A browser shows it as
/// Chinese again; a mail program or a server that knows ASCII only still finds the file.
fn href(path: &str) -> String {
    let escape = |byte: u8| match byte {
        b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        it if it.is_ascii_alphanumeric() => char::from(it).to_string(),
        it => format!("%{it:02X}"),
    };
    path.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests;
