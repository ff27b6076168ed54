//! The findings of a committee or branch as the page shows them: by file, each with what stands around its cell.

use minijinja::context;
use minijinja::value::Value;

use super::{CELL_SHOWN, HELD_UP_SHOWN, RunPage, VALUE_SHOWN, shown};
use crate::visible::{excerpt, visible};
use documents::{Cause, Excerpt, ExcerptCell};
use finding::{Answer, Finding, Group, Origin, Place, Severity, Sources, Thread, cell_name, threads};

/// A branch, with its findings by file: errors and queries apart from notes.
pub(super) fn branch_value(group: &Group<'_>, run: &RunPage<'_>) -> Value {
    let sources = run.sources;
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
        let notes = notes.into_iter().map(|it| finding_value(it, &[], run)).collect::<Value>();
        context! {
            path => id.map(|it| shown(sources.path(it))),
            problems => blocks(&problems, run),
            notes,
        }
    };
    context! { name => group.branch.map(shown), files => files.iter().map(file_value).collect::<Value>() }
}

/// The findings in their order: those that are read one by one in tables, and each of many alike as one.
fn blocks(problems: &[&Finding], run: &RunPage<'_>) -> Value {
    let mut blocks: Vec<(Option<Value>, Vec<Value>)> = Vec::new();
    for thread in threads(problems) {
        let [first, rest @ ..] = &thread.findings[..] else { continue };
        // What follows from one of many alike is told with the first.
        let told = std::iter::once(finding_value(first, &thread.follows, run))
            .chain(rest.iter().map(|it| finding_value(it, &[], run)));
        match blocks.last_mut() {
            Some((None, singles)) if rest.is_empty() => singles.extend(told),
            _ => blocks.push(((!rest.is_empty()).then(|| alike(&thread, run)), told.collect())),
        }
    }
    blocks.into_iter().map(|(alike, findings)| context! { alike, findings }).collect()
}

/// What is said of many findings alike.
fn alike(thread: &Thread<'_>, run: &RunPage<'_>) -> Value {
    let first = thread.findings[0];
    let column = |it: Origin| match it.place {
        Place::Cell { col, .. } => Some(cell_name(0, col).trim_end_matches('1').to_owned()),
        _ => None,
    };
    context! {
        n => thread.findings.len(),
        severity => first.severity.id(),
        word => first.severity.title(),
        sheet => first.origin.and_then(|it| run.sources.locate(it).sheet.map(shown)),
        column => first.origin.and_then(column),
        field => first.field.as_deref().map(shown),
        message => shown(&first.message),
        code => shown(&first.code),
    }
}

/// What may follow from a finding, as it is told below it.
fn follower(finding: &Finding, sources: &Sources) -> Value {
    context! {
        severity => finding.severity.id(),
        word => finding.severity.title(),
        place => place_in_file(finding, sources),
        record => finding.subject.record.as_deref().map(shown),
        field => finding.field.as_deref().map(shown),
        message => shown(&finding.message),
        hint => finding.hint.as_deref().map(shown),
        code => shown(&finding.code),
    }
}

/// The names of the documents that an error withholds: some, and how many there are.
fn held_up(finding: &Finding, run: &RunPage<'_>) -> Option<Value> {
    let names = run.held_up.get(&Cause::of(finding)).filter(|_| finding.severity == Severity::Error)?;
    let some: Vec<String> = names.iter().take(HELD_UP_SHOWN).map(|it| shown(it)).collect();
    Some(context! { names => some, n => names.len() })
}

fn finding_value(finding: &Finding, follows: &[&Finding], run: &RunPage<'_>) -> Value {
    let sources = run.sources;
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
        branch => finding.subject.branch.as_deref().map(shown),
        follows => follows.iter().map(|it| follower(it, sources)).collect::<Value>(),
        held_up => held_up(finding, run),
        related => related.collect::<Value>(),
        around => run.excerpts.and_then(|it| it.of(finding)).map(|it| around(&it)),
    }
}

/// What stands around the cell: a title and a value for each.
fn around(it: &Excerpt) -> Value {
    let cell = |it: &ExcerptCell| {
        context! {
            title => shown(&it.title),
            value => excerpt(&it.value, CELL_SHOWN).into_owned(),
            is_meant => it.is_meant,
        }
    };
    it.cells.iter().map(cell).collect()
}

/// What was answered to queries, with whom it concerns.
pub(super) fn answered(run: &RunPage<'_>) -> Value {
    let answered = run.report.findings().iter().filter_map(|it| Some((it, it.answer.as_ref()?)));
    let row = |(it, answer): (&Finding, &Answer)| {
        let whom = [&it.subject.committee, &it.subject.branch, &it.subject.record];
        let whom: Vec<String> = whom.into_iter().flatten().map(|it| shown(it)).collect();
        context! {
            whom,
            field => it.field.as_deref().map(shown),
            message => shown(&it.message),
            code => shown(&it.code),
            why => shown(&answer.why),
            who => shown(&answer.who),
            when => shown(&answer.when),
        }
    };
    answered.map(row).collect()
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
