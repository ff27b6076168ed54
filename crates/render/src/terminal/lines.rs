//! The findings of one committee as lines: by file, those with one remedy together, each remedy once.

use finding::{Answer, FileId, Finding, Place, Severity, Sources, Thread, cell_name, row_ranges, threads};

use super::Style;
use crate::visible::{excerpt, visible};

/// What may be gone once the finding above it is mended.
const FOLLOWS: &str = "可能由此引起";

/// How many characters of a value are shown.
const VALUE_SHOWN: usize = 60;

/// So many of the places that belong to a finding are named.
const PLACES_NAMED: usize = 12;

/// A file with so many findings is named once, above them.
const N_UNDER_FILE: usize = 3;

/// What stands before a line of a file that has a line of its own.
const INDENT: &str = "  ";

/// Findings of one file, or of none.
struct Block<'a> {
    file: Option<FileId>,
    kinds: Vec<Kind<'a>>,
}

/// Threads that are mended alike.
struct Kind<'a> {
    threads: Vec<Thread<'a>>,
}

/// In which threads are alike: severity, code, remedy, basis.
fn likeness(finding: &Finding) -> (Severity, &str, Option<&str>, Option<&str>) {
    // What has been answered needs no remedy, and stands with its own answer.
    (finding.severity, &finding.code, finding.hint.as_deref(), finding.basis.as_deref())
}

impl<'a> Block<'a> {
    fn all(findings: &[&'a Finding]) -> Vec<Self> {
        let mut blocks: Vec<Self> = Vec::new();
        for thread in threads(findings) {
            let Some(first) = thread.findings.first().copied() else { continue };
            let file = first.origin.map(|it| it.file);
            let at = blocks.iter().position(|it| it.file == file).unwrap_or_else(|| {
                blocks.push(Self { file, kinds: Vec::new() });
                blocks.len() - 1
            });
            let kinds = &mut blocks[at].kinds;
            let is_alike = |it: &&mut Kind<'_>| {
                let known = it.threads.first().and_then(|it| it.findings.first());
                first.answer.is_none() && known.is_some_and(|it| likeness(it) == likeness(first))
            };
            match kinds.iter_mut().find(is_alike) {
                Some(kind) => kind.threads.push(thread),
                None => kinds.push(Kind { threads: vec![thread] }),
            }
        }
        blocks
    }
}

/// The findings of a committee; a file that has some is named once, above them.
pub(super) fn lines(findings: &[&Finding], sources: &Sources, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    for block in Block::all(findings) {
        let n_threads: usize = block.kinds.iter().map(|it| it.threads.len()).sum();
        let named = block.file.filter(|_| n_threads >= N_UNDER_FILE);
        lines.extend(named.map(|it| format!("{INDENT}{}", visible(sources.path(it)))));
        let writer = Writer { sources, style, within: named };
        block.kinds.iter().for_each(|it| writer.kind(&mut lines, it));
    }
    lines
}

/// Writes below the name of a file, if that is given.
struct Writer<'a> {
    sources: &'a Sources,
    style: Style,
    within: Option<FileId>,
}

impl Writer<'_> {
    fn kind(&self, lines: &mut Vec<String>, kind: &Kind<'_>) {
        let indent = if self.within.is_some() { INDENT.repeat(2) } else { INDENT.to_owned() };
        let firsts = || kind.threads.iter().filter_map(|it| it.findings.first());
        // What follows stands below its cause, and the remedy of the cause before it.
        for (idx, thread) in kind.threads.iter().enumerate() {
            let [first, rest @ ..] = &thread.findings[..] else { continue };
            lines.push(format!("{indent}{}", self.finding(first, &alike(rest))));
            let is_last = kind.threads.len() == idx + 1;
            let remedy = firsts().next().filter(|_| is_last).and_then(|it| remedy(it));
            lines.extend(remedy.map(|it| format!("{indent}      {it}")));
            let follows = thread.follows.iter();
            lines.extend(follows.map(|it| format!("{indent}      {FOLLOWS}：{}", self.finding(it, ""))));
        }
    }

    /// Severity, place, whom, field, value, message with what is alike, further places, code.
    fn finding(&self, finding: &Finding, alike: &str) -> String {
        let message = visible(&finding.message);
        let shown = |it: &str| !message.contains(it);
        let mut parts = vec![self.style.severity(finding.severity)];
        parts.extend(finding.origin.and_then(|it| self.place(it)));
        parts.extend(self.subject(finding));
        let field = finding.field.as_deref().map(visible);
        parts.extend(field.filter(|it| shown(it)).map(|it| it.into_owned()));
        let value = finding.value.as_deref().map(|it| format!("“{}”", excerpt(it, VALUE_SHOWN)));
        parts.extend(value.filter(|it| shown(it)));
        parts.push(format!("{message}{alike}"));
        format!("{}{}  [{}]", parts.join("  "), self.related(finding), visible(&finding.code))
    }

    /// The record and the branch, unless the message says them.
    fn subject(&self, finding: &Finding) -> Option<String> {
        let record = finding.subject.record.as_deref();
        let branch = finding.subject.branch.as_deref();
        let is_new = |it: &&str| !finding.message.contains(*it);
        let record = record.filter(is_new);
        // 机械工程学院博士生党支部 is said by 机械工程学院博士生党支部2025年计划.
        let branch = branch.filter(is_new).filter(|it| record.is_none_or(|record| !record.contains(*it)));
        match (record, branch) {
            (Some(record), Some(branch)) => Some(format!("{}（{}）", visible(record), visible(branch))),
            (Some(name), None) | (None, Some(name)) => Some(visible(name).into_owned()),
            (None, None) => None,
        }
    }

    fn place(&self, origin: finding::Origin) -> Option<String> {
        let place = match self.within {
            Some(file) if file == origin.file => self.sources.display_within(origin)?,
            _ => self.sources.display(origin),
        };
        Some(visible(&place).into_owned())
    }

    /// Further places, those of one label together.
    fn related(&self, finding: &Finding) -> String {
        let mut labels: Vec<(&str, Vec<String>)> = Vec::new();
        for related in finding.related.iter().take(PLACES_NAMED) {
            let place = self.beside(finding, related.origin);
            match labels.iter_mut().find(|it| it.0 == related.label) {
                Some(known) => known.1.push(place),
                None => labels.push((&related.label, vec![place])),
            }
        }
        let label =
            |(label, places): &(&str, Vec<String>)| format!("{} {}", places.join("、"), visible(label));
        let named: Vec<String> = labels.iter().map(label).collect();
        let n = finding.related.len();
        let rest = if n > PLACES_NAMED { format!("等{n}处") } else { String::new() };
        if named.is_empty() { String::new() } else { format!("（另见{}{rest}）", named.join("，")) }
    }

    /// A further place: of the same sheet only the cell.
    fn beside(&self, finding: &Finding, place: finding::Origin) -> String {
        let own = finding.origin.filter(|it| it.file == place.file).map(|it| it.place);
        match (own, place.place) {
            (Some(Place::Cell { sheet: own, .. }), Place::Cell { sheet, row, col }) if own == sheet => {
                self.sources.locate(place).cell.unwrap_or_else(|| cell_name(row, col))
            }
            (Some(_), _) => {
                let within = self.sources.display_within(place);
                visible(&within.unwrap_or_else(|| self.sources.display(place))).into_owned()
            }
            (None, _) => visible(&self.sources.display(place)).into_owned(),
        }
    }
}

/// How many more there are, and where.
fn alike(rest: &[&Finding]) -> String {
    if rest.is_empty() {
        return String::new();
    }
    let row = |it: &&Finding| match it.origin?.place {
        Place::Cell { row, .. } => Some(row),
        Place::Text { line, .. } => Some(line.saturating_sub(1)),
        Place::File | Place::Sheet { .. } => None,
    };
    let mut rows: Vec<u32> = rest.iter().filter_map(row).collect();
    rows.sort_unstable();
    rows.dedup();
    format!("；同样的还有{}处：{}", rest.len(), row_ranges(&rows))
}

/// What to do and why, or what was answered.
fn remedy(finding: &Finding) -> Option<String> {
    let answer =
        |it: &Answer| format!("已答复：{}（{}，{}）", visible(&it.why), visible(&it.who), visible(&it.when));
    let hint = finding.hint.iter().filter(|_| finding.answer.is_none());
    let hint = hint.map(|it| format!("→ {}", visible(it)));
    let basis = finding.basis.iter().map(|it| format!("依据：{}", visible(it)));
    let said: Vec<String> = hint.chain(finding.answer.iter().map(answer)).chain(basis).collect();
    (!said.is_empty()).then(|| said.join("　"))
}
