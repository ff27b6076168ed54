//! The page that reports a run: totals, documents, what is withheld, findings by committee and branch.

use std::sync::Arc;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use documents::{Artefact, Fates, Made, Progress, ProgressLine, Since, Standing, Withheld};
use finding::{Finding, Group, Report, Severity, Sources, grouped};

use super::visible::{excerpt, visible};

/// How many characters of a value are shown.
const VALUE_SHOWN: usize = 80;

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
        tables => run.tables.iter().map(table).collect::<Value>(),
        regulations => run.regulations,
        documents => run.documents.len(),
        withheld => run.withheld.len(),
        errors => count(Severity::Error),
        queries => count(Severity::Query),
        notes => count(Severity::Note),
        sections => sections(run),
        progress => progress_value(run.progress),
        since => run.since.map(since_value),
    }
}

/// What became of earlier findings: a row for each committee, and one for all.
fn since_value(since: &Since) -> Value {
    let row = |name: Option<&str>, it: Fates| {
        let name = name.map_or_else(|| NO_COMMITTEE.to_owned(), shown);
        context! { name, mended => it.mended, standing => it.standing, new => it.new, gone => it.gone }
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
    let withheld = run.withheld.iter().filter(|it| is_theirs(&it.artefact)).map(withheld_value);
    let groups: Vec<&Group<'_>> = groups.iter().filter(|it| it.committee == committee).collect();
    let count =
        |severity| groups.iter().flat_map(|it| &it.findings).filter(|it| it.severity == severity).count();
    context! {
        id => format!("c{number}"),
        name => shown(committee.unwrap_or(NO_COMMITTEE)),
        documents => documents.collect::<Value>(),
        withheld => withheld.collect::<Value>(),
        errors => count(Severity::Error),
        queries => count(Severity::Query),
        notes => count(Severity::Note),
        branches => groups.iter().map(|it| branch_value(it, run.sources)).collect::<Value>(),
    }
}

fn document_value(Made { artefact: it, pages, .. }: &Made) -> Value {
    context! { title => shown(&it.title), href => href(&it.path), pages => pages }
}

fn withheld_value(withheld: &Withheld) -> Value {
    let texts = |texts: &[String]| texts.iter().map(|it| shown(it)).collect::<Value>();
    context! {
        title => shown(&withheld.artefact.name),
        reasons => texts(&withheld.reasons),
        codes => texts(&withheld.codes),
    }
}

/// A branch, with its findings by file: errors and queries apart from notes.
fn branch_value(group: &Group<'_>, sources: &Sources) -> Value {
    let file = |it: &Finding| it.origin.map(|origin| origin.file);
    let mut files: Vec<(_, Vec<&Finding>)> = Vec::new();
    for finding in &group.findings {
        match files.iter_mut().find(|it| it.0 == file(finding)) {
            Some(known) => known.1.push(finding),
            None => files.push((file(finding), vec![finding])),
        }
    }
    let file_value = |(id, findings): &(Option<_>, Vec<&Finding>)| {
        let (notes, problems): (Vec<&Finding>, _) =
            findings.iter().partition(|it| it.severity == Severity::Note);
        let values =
            |it: Vec<&Finding>| it.into_iter().map(|it| finding_value(it, sources)).collect::<Value>();
        context! {
            path => id.map(|it| shown(sources.path(it))),
            problems => values(problems),
            notes => values(notes),
        }
    };
    context! { name => group.branch.map(shown), files => files.iter().map(file_value).collect::<Value>() }
}

fn finding_value(finding: &Finding, sources: &Sources) -> Value {
    let related = finding.related.iter().map(|it| {
        context! { place => shown(&sources.display(it.origin)), label => shown(&it.label) }
    });
    context! {
        severity => finding.severity.id(),
        word => finding.severity.title(),
        code => shown(&finding.code),
        place => place_in_file(finding, sources),
        record => finding.subject.record.as_deref().map(shown),
        field => finding.field.as_deref().map(shown),
        value => finding.value.as_deref().map(|it| excerpt(it, VALUE_SHOWN).into_owned()),
        message => shown(&finding.message),
        hint => finding.hint.as_deref().map(shown),
        basis => finding.basis.as_deref().map(shown),
        answer => finding.answer.as_ref().map(|it| {
            context! { why => shown(&it.why), who => shown(&it.who), when => shown(&it.when) }
        }),
        related => related.collect::<Value>(),
    }
}

/// The place within its file; the file stands in the heading.
fn place_in_file(finding: &Finding, sources: &Sources) -> String {
    let Some(origin) = finding.origin else { return String::new() };
    let it = sources.locate(origin);
    if let (Some(line), Some(beginning)) = (it.line, it.paragraph) {
        return format!("第{line}段“{}”", visible(beginning));
    }
    match (it.sheet, it.cell, it.line) {
        (Some(sheet), Some(cell), _) => format!("{}!{cell}", visible(sheet)),
        (Some(sheet), None, _) => shown(sheet),
        (None, Some(cell), _) => cell,
        (None, None, Some(line)) => format!("第{line}行第{}列", it.column.unwrap_or(1)),
        (None, None, None) => "整个文件".to_owned(),
    }
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
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use documents::Kind;
    use finding::{Origin, Subject};

    const TEMPLATE: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/report/page.html"));

    fn finding(severity: Severity, committee: &str, message: &str) -> Finding {
        let subject = Subject { committee: Some(committee.into()), ..Subject::default() };
        Finding::named("date-ambiguous", severity, message).subject(subject)
    }

    /// A form of a committee.
    fn form(path: &str, title: &str, committee: &str) -> Arc<Artefact> {
        let (title, name) = (title.to_owned(), title.to_owned());
        let committee = Some(committee.into());
        Arc::new(Artefact { title, name, committee, ..Artefact::unplanned(path, Kind::new("forms")) })
    }

    fn rendered(report: &Report, sources: &Sources, withheld: &[Withheld]) -> String {
        let artefact = form("forms/乙学院/申报书 100%#1.pdf", "申报书 一支部", "乙学院");
        let made = Made { artefact, bytes: Vec::new(), pages: Some(8), places: BTreeMap::new() };
        let standing = |text: &str, is_complete| Some(Standing { text: text.to_owned(), is_complete });
        let cells = vec![standing("已交8条", true), None, standing("未交", false)];
        let progress = Progress {
            tables: ["党员", "计划", "会<议>"].map(Into::into).into(),
            lines: vec![ProgressLine { unit: "甲学院".into(), cells }],
            owed: Vec::new(),
        };
        let run = RunPage {
            institution: "示例理工大学",
            department: "党委组织部",
            period: (date(2024, 1, 1), date(2024, 12, 31)),
            as_of: date(2024, 12, 31),
            draft: None,
            files_read: 2,
            tables: vec![TableCount { title: "党支部", records: 85 }],
            regulations: 32,
            progress: &progress,
            since: None,
            committees: vec!["甲学院", "乙学院"],
            documents: &[made],
            withheld,
            report,
            sources,
        };
        page(TEMPLATE, &run).unwrap()
    }

    #[test]
    fn text_from_cells_is_neither_markup_nor_invisible() {
        let mut sources = Sources::default();
        let file = sources.add("<b>.xlsx");
        let mut report = Report::default();
        let value = "<script>alert(1)</script>\u{202e}";
        report.push(finding(Severity::Error, "甲\"学院", "信息").at(Origin::file(file)).value(value));
        let html = rendered(&report, &sources, &[]);
        assert!(!html.contains("<script>alert") && !html.contains("<b>.xlsx") && !html.contains('\u{202e}'));
        assert!(html.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;‹U+202E›"), "{html}");
    }

    #[test]
    fn who_has_returned_what_is_a_line_of_cells() {
        let html = rendered(&Report::default(), &Sources::default(), &[]);
        let (_, table) = html.split_once("class=\"progress\"").unwrap();
        let (table, _) = table.split_once("</table>").unwrap();
        let squeezed: String = table.split_whitespace().collect();
        for wanted in [
            "<th>甲学院</th>",
            "<td>2</td></tr>",
            "<td>1</td></tr>",
            "<td>党员</td><tdclass=\"complete\">已交8条</td></tr>",
            "<td>计划</td><tdclass=\"none\"></td></tr>",
            "<td>会&lt;议&gt;</td><tdclass=\"open\">未交</td></tr>",
        ] {
            assert!(squeezed.contains(wanted), "{wanted} in {squeezed}");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_outside_itself() {
        let html = rendered(&Report::default(), &Sources::default(), &[]);
        for outside in ["http://", "https://", "src=", "@import", "url("] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert!(html.contains("没有发现问题"));
    }

    #[test]
    fn documents_are_linked_and_withheld_ones_give_their_reasons() {
        let withheld = Withheld {
            artefact: form("forms/甲学院/x.pdf", "申报书 二支部", "甲学院"),
            codes: vec!["missing-value".to_owned()],
            reasons: vec!["必填项“书记”为空".to_owned()],
        };
        let html = rendered(&Report::default(), &Sources::default(), &[withheld]);
        assert!(html.contains("href=\"forms&#x2f;%E4%B9%99%E5%AD%A6%E9%99%A2&#x2f;%E7%94%B3%E6%8A%A5%E4%B9%A6%20100%25%231.pdf\""), "{html}");
        assert!(html.contains("申报书 二支部") && html.contains("必填项“书记”为空"));
        assert!(html.find("甲学院").unwrap() < html.find("乙学院").unwrap());
    }

    #[test]
    fn notes_are_folded_away_and_errors_are_not() {
        let mut report = Report::default();
        report.push(finding(Severity::Note, "甲学院", "姓名已整理"));
        report.push(finding(Severity::Error, "甲学院", "日期有歧义"));
        let html = rendered(&report, &Sources::default(), &[]);
        let details = html.find("<details").unwrap();
        assert!(html.find("日期有歧义").unwrap() < details && details < html.find("姓名已整理").unwrap());
    }
}
