//! The names are read from the templates.

use std::sync::Arc;

use super::{
    BundleCaptions, Captions, ChartCaptions, CheckCaptions, CheckResults, ColumnCaptions, ConditionCaptions,
    EditionCaptions, FigureWords, HandbookCaptions, LedgerCaptions, Pattern, ProgressCaptions,
    ReminderCaptions, SheetCaptions,
};
use crate::bundle::CoverWords;
use finding::{Finding, Report, Reported, codes};
use project::Templates;
use source::{Fields, LocatedText, Node};

/// The keys under which several names stand.
const SECTIONS: [&str; 13] = [
    "sheets",
    "columns",
    "charts",
    "editions",
    "conditions",
    "checks",
    "events",
    "handbook",
    "figures",
    "progress",
    "ledger",
    "reminders",
    "bundle",
];

impl Captions {
    const PATH: &'static str = "workbook/names.yaml";

    /// Reads the names from the templates.
    ///
    /// # Errors
    /// If a key is missing or unknown, or a text lacks a gap; all of that has been reported with its place.
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let Some(tree) = templates.tree(Self::PATH, report)? else {
            let message = format!("没有模板文件 {}", Self::PATH);
            return Err(report.error(Finding::new(&codes::MISSING_KEY, message)));
        };
        let mut fields = Fields::new(&tree, "文件中的叫法", report)?;
        let [
            sheets,
            columns,
            charts,
            editions,
            conditions,
            checks,
            events,
            handbook,
            figures,
            progress,
            ledger,
            reminders,
            bundle,
        ] = SECTIONS.map(|it| fields.required_node(it));
        let [total, footer, contents, attachment] =
            ["total", "footer", "contents", "attachment"].map(|it| fields.required_text(it));
        let notes = ["draft", "unverified", "unreported"].map(|it| fields.required_text(it));
        fields.finish();
        let [draft, unverified, unreported] = notes.map(|it| it.and_then(|it| pattern(it, 1, report)));
        let figures = figures.and_then(|it| read_figures(it, report));
        let progress = progress.and_then(|it| read_progress(it, report));
        let ledger = ledger.and_then(|it| read_ledger(it, report));
        let reminders = reminders.and_then(|it| read_reminders(it, report));
        let bundle = bundle.and_then(|it| read_bundle(it, report));
        let (sheets, columns) =
            (sheets.and_then(|it| read_sheets(it, report)), columns.and_then(|it| read_columns(it, report)));
        let charts = charts.and_then(|it| read_charts(it, report));
        let editions = editions.and_then(|it| read_editions(it, report));
        let conditions = conditions.and_then(|it| read_conditions(it, report));
        let checks = checks.and_then(|it| read_checks(it, report));
        let events = events.and_then(|it| words(it, ["month", "day", "text"], report));
        let [part, appendix] = handbook.and_then(|it| words(it, ["part", "appendix"], report))?;
        Ok(Self {
            sheets: sheets?,
            columns: columns?,
            total: total?.text,
            charts: charts?,
            footer: footer?.text,
            draft: draft?,
            editions: editions?,
            conditions: conditions?,
            checks: checks?,
            events: events?,
            contents: contents?.text,
            attachment: attachment?.text,
            handbook: HandbookCaptions { part, appendix },
            unverified: unverified?,
            unreported: unreported?,
            figures: figures?,
            progress: progress?,
            ledger: ledger?,
            reminders: reminders?,
            bundle: bundle?,
        })
    }
}

fn read_sheets(node: &Node, report: &mut Report) -> Result<SheetCaptions, Reported> {
    let keys = ["cover", "charts", "comparison", "checks", "untitled"];
    let [cover, charts, comparison, checks, untitled] = words(node, keys, report)?;
    Ok(SheetCaptions { cover, charts, comparison, checks, untitled })
}

fn read_columns(node: &Node, report: &mut Report) -> Result<ColumnCaptions, Reported> {
    let [serial, line, corner, category] = words(node, ["serial", "line", "corner", "category"], report)?;
    Ok(ColumnCaptions { serial, line, corner, category })
}

fn read_charts(node: &Node, report: &mut Report) -> Result<ChartCaptions, Reported> {
    let [title, measured, unit] = texts(node, ["title", "measured", "unit"], report)?;
    let (title, measured) = (pattern(title, 1, report), pattern(measured, 1, report));
    Ok(ChartCaptions { title: title?, measured: measured?, unit: unit.text })
}

fn read_editions(node: &Node, report: &mut Report) -> Result<EditionCaptions, Reported> {
    let keys = ["paper", "word", "tables", "figures", "bundle"];
    let [paper, word, tables, figures, bundle] = texts(node, keys, report)?.map(|it| pattern(it, 1, report));
    Ok(EditionCaptions { paper: paper?, word: word?, tables: tables?, figures: figures?, bundle: bundle? })
}

fn read_bundle(node: &Node, report: &mut Report) -> Result<BundleCaptions, Reported> {
    let [name, title, line, lacking] = texts(node, ["name", "title", "line", "lacking"], report)?;
    let (title, lacking) = (pattern(title, 1, report), pattern(lacking, 1, report));
    let cover = CoverWords { name: name.text, title: title?, line: line.text };
    Ok(BundleCaptions { cover, lacking: lacking? })
}

fn read_figures(node: &Node, report: &mut Report) -> Result<FigureWords, Reported> {
    let mut fields = Fields::new(node, "figures", report)?;
    let [leading, trailing, generic, units] =
        ["leading", "trailing", "generic", "units"].map(|it| fields.strings(it));
    fields.finish();
    Ok(FigureWords { leading, trailing, generic, units })
}

fn read_progress(node: &Node, report: &mut Report) -> Result<ProgressCaptions, Reported> {
    let mut fields = Fields::new(node, "progress", report)?;
    let [columns, states, owed_columns] =
        ["columns", "states", "owed_columns"].map(|it| fields.required_node(it));
    let [title, office, overdue, owed, as_of, records, units] =
        ["title", "office", "overdue", "owed", "as_of", "records", "units"]
            .map(|it| fields.required_text(it));
    fields.finish();
    let as_of = as_of.and_then(|it| pattern(it, 1, report));
    let [records, units] = [records, units].map(|it| it.and_then(|it| pattern(it, 2, report)));
    let keys = ["sent", "nothing", "exempt", "unread", "other_period", "adrift", "blank", "outstanding"];
    Ok(ProgressCaptions {
        title: title?.text,
        as_of: as_of?,
        office: office?.text,
        columns: words(columns?, ["table", "to_send", "complete"], report)?,
        states: words(states?, keys, report)?,
        records: records?,
        units: units?,
        overdue: overdue?.text,
        owed: owed?.text,
        owed_columns: words(owed_columns?, ["unit", "subunit", "table", "state", "deadline"], report)?,
    })
}

fn read_ledger(node: &Node, report: &mut Report) -> Result<LedgerCaptions, Reported> {
    let keys = ["title", "as_of", "committee", "source", "unreadable", "blank"];
    let [title, as_of, committee, source, unreadable, blank] = texts(node, keys, report)?;
    let [title, as_of, blank] = [title, as_of, blank].map(|it| pattern(it, 1, report));
    let [committee, source, unreadable] = [committee, source, unreadable].map(|it| it.text);
    Ok(LedgerCaptions { title: title?, as_of: as_of?, committee, source, unreadable, blank: blank? })
}

fn read_reminders(node: &Node, report: &mut Report) -> Result<ReminderCaptions, Reported> {
    let mut fields = Fields::new(node, "reminders", report)?;
    let [overview_columns, columns, spans, now] =
        ["overview_columns", "columns", "spans", "now"].map(|it| fields.required_node(it));
    let [title, office, overview, nothing, open, reason, lacking, open_note] =
        ["title", "office", "overview", "nothing", "open", "open_why", "open_lacking", "open_note"]
            .map(|it| fields.required_text(it));
    let [calendar, as_of, range, calendar_open, ahead] =
        ["calendar", "as_of", "range", "calendar_open", "ahead"].map(|it| fields.required_text(it));
    fields.finish();
    let [calendar, as_of, range, calendar_open] =
        [calendar, as_of, range, calendar_open].map(|it| it.and_then(|it| pattern(it, 1, report)));
    let ahead = ahead.and_then(|it| pattern(it, 2, report));
    let spans = spans.and_then(|it| texts(it, ["days", "months", "years", "overdue"], report));
    let [days, months, years, overdue] = spans?.map(|it| pattern(it, 1, report));
    let [today, this_month, this_year] = words(now?, ["today", "this_month", "this_year"], report)?;
    let keys = ["deadline", "left", "matter", "unit", "subunit", "whom", "text", "basis", "source"];
    Ok(ReminderCaptions {
        title: title?.text,
        calendar: calendar?,
        as_of: as_of?,
        office: office?.text,
        overview: overview?.text,
        overview_columns: words(overview_columns?, ["unit", "total", "overdue"], report)?,
        columns: words(columns?, keys, report)?,
        days: days?,
        months: months?,
        years: years?,
        overdue: overdue?,
        today,
        this_month,
        this_year,
        ahead: ahead?,
        range: range?,
        nothing: nothing?.text,
        open: open?.text,
        reason: reason?.text,
        lacking: lacking?.text,
        calendar_open: calendar_open?,
        open_note: open_note?.text,
    })
}

fn read_conditions(node: &Node, report: &mut Report) -> Result<ConditionCaptions, Reported> {
    let mut fields = Fields::new(node, "conditions", report)?;
    let (results, basis) = (fields.required_node("results"), fields.required_text("basis"));
    fields.finish();
    let basis = basis.and_then(|it| pattern(it, 1, report));
    let keys = ["not_applicable", "met", "unmet", "undecided", "fault"];
    let results = results.and_then(|it| words(it, keys, report));
    Ok(ConditionCaptions { results: results?, basis: basis? })
}

fn read_checks(node: &Node, report: &mut Report) -> Result<CheckCaptions, Reported> {
    let mut fields = Fields::new(node, "checks", report)?;
    let [title, within] = ["title", "within"].map(|it| fields.required_text(it));
    let [columns, results, lines] = ["columns", "results", "lines"].map(|it| fields.required_node(it));
    fields.finish();
    let [title, within] = [title, within].map(|it| it.and_then(|it| pattern(it, 1, report)));
    let keys = ["serial", "title", "left", "relation", "right", "result", "notes"];
    let columns = columns.and_then(|it| words(it, keys, report));
    let keys = ["holds", "rounding", "fails", "query", "undecided"];
    let results = results.and_then(|it| words(it, keys, report));
    let [one, all_hold, some_hold] = texts(lines?, ["one", "all_hold", "some_hold"], report)?;
    let (one, all_hold) = (pattern(one, 1, report), pattern(all_hold, 1, report));
    let some_hold = pattern(some_hold, 2, report);
    let [holds, rounding, fails, query, undecided] = results?;
    Ok(CheckCaptions {
        title: title?,
        columns: columns?,
        within: within?,
        results: CheckResults { holds, rounding, fails, query, undecided },
        one: one?,
        all_hold: all_hold?,
        some_hold: some_hold?,
    })
}

/// The texts under these keys, all of which have to be there, and no others.
fn texts<const N: usize>(
    node: &Node,
    keys: [&str; N],
    report: &mut Report,
) -> Result<[LocatedText; N], Reported> {
    let mut fields = Fields::new(node, "文件中的叫法", report)?;
    let found: Vec<_> = keys.iter().map(|it| fields.required_text(it)).collect();
    fields.finish();
    let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
    // There are as many texts as keys.
    let none = || LocatedText { text: "".into(), origin: node.origin };
    Ok(std::array::from_fn(|it| found.get(it).cloned().unwrap_or_else(none)))
}

fn words<const N: usize>(
    node: &Node,
    keys: [&str; N],
    report: &mut Report,
) -> Result<[Arc<str>; N], Reported> {
    Ok(texts(node, keys, report)?.map(|it| it.text))
}

/// A text with so many gaps.
fn pattern(written: LocatedText, n_gaps: usize, report: &mut Report) -> Result<Pattern, Reported> {
    Pattern::read(&written, (Captions::PATH, n_gaps), report)
}
