//! An entry of rows or columns as it is written, before its names and conditions are understood.

use crate::declaring::unknown_word;
use crate::kinds::Declaring;
use dataset::TableId;
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, NodeKind, all};

/// The most decimal places of a percentage.
const N_PLACES: usize = 10;

/// An entry as it is written.
#[derive(Debug, Clone)]
pub(super) struct LineEntry {
    pub(super) id: LocatedText,
    pub(super) title: LocatedText,
    pub(super) when: Conditions,
    pub(super) of: Option<TableId>,
    pub(super) measure: Option<LocatedText>,
    pub(super) made: Made,
    pub(super) entries: Vec<LineEntry>,
    pub(super) cells: Vec<(LocatedText, WrittenGiven)>,
    pub(super) is_of_which: bool,
    /// Whether a heading among the rows is itself a line.
    pub(super) is_line: bool,
    /// Whether records are counted at all where nothing else says how.
    pub(super) is_counted: bool,
    pub(super) origin: Origin,
}

/// How the figures of an entry are made.
#[derive(Debug, Clone)]
pub(super) enum Made {
    Counted,
    Dimension(usize),
    Each { of: TableId, wheres: Vec<LocatedText>, sort: Vec<Node> },
    Sum(Vec<LocatedText>),
    Formula(LocatedText),
    Rate { part: LocatedText, whole: LocatedText, places: u8 },
    Given(WrittenGiven),
}

/// A figure from outside, and what stands in for it.
#[derive(Debug, Clone)]
pub(super) struct WrittenGiven {
    pub(super) from: LocatedText,
    pub(super) or: Option<LocatedText>,
}

/// Conditions as they are written: for whatever table, or for each table its own.
#[derive(Debug, Clone)]
pub(super) enum Conditions {
    Any(Vec<LocatedText>),
    ByTable(Vec<(TableId, Vec<LocatedText>)>),
}

impl Declared<Declaring<'_>> for LineEntry {
    const WHAT: &'static str = "行或列";

    fn declared(fields: &mut Fields<'_, '_>, loading: &Declaring<'_>) -> Result<Self, Reported> {
        let origin = fields.origin();
        let each = fields.text("each");
        // Where nothing else is said, the lines of a table are named by it.
        let id = match &each {
            Some(table) => Ok(fields.text("id").unwrap_or_else(|| table.clone())),
            None => fields.required_text("id"),
        };
        let title = fields.required_text("title");
        let of = fields.text_as("of", |it, report| facts::table(it, loading.schemas, report));
        // `when` and `where` are one on an entry.
        let when = [fields.node("when"), fields.node("where").filter(|_| each.is_none())];
        let when = when.into_iter().flatten().next().map(|it| conditions(it, *loading, fields.report()));
        let made = match each {
            Some(of) => each_of(fields, of, *loading),
            None => made(fields, *loading),
        };
        let measure = fields.text("measure");
        let entries = fields.parts("entries", loading);
        let flags = [("of_which", false), ("line", true), ("counted", true)];
        let [is_of_which, is_line, is_counted] = flags.map(|(key, usual)| fields.flag(key).unwrap_or(usual));
        let cells = cells(fields);
        let (id, title, of, when, made, entries, cells) =
            fields.whole((id, title, of, when.transpose(), made, entries, cells))?;
        let when = when.unwrap_or_else(|| Conditions::Any(Vec::new()));
        Ok(Self {
            id,
            title,
            when,
            of,
            measure,
            made,
            entries,
            cells,
            is_of_which,
            is_line,
            is_counted,
            origin,
        })
    }
}

/// Reads conditions: a text, a list of texts, or a mapping from tables to such.
pub(super) fn conditions(
    node: &Node,
    loading: Declaring<'_>,
    report: &mut Report,
) -> Result<Conditions, Reported> {
    let NodeKind::Map(entries) = &node.kind else { return texts(node, report).map(Conditions::Any) };
    let mut by_table = Vec::new();
    for entry in entries {
        let name = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
        let table = facts::table(&name, loading.schemas, report)?;
        by_table.push((table, texts(&entry.value, report)?));
    }
    Ok(Conditions::ByTable(by_table))
}

fn texts(node: &Node, report: &mut Report) -> Result<Vec<LocatedText>, Reported> {
    let items = if let NodeKind::List(items) = &node.kind { items } else { std::slice::from_ref(node) };
    let text = |it: &Node, report: &mut Report| match &it.kind {
        NodeKind::Scalar(text) => Ok(LocatedText { text: text.clone(), origin: it.origin }),
        _ => Err(report.error(Finding::new(&codes::WRONG_KIND, "条件应为文字").at(it.origin))),
    };
    all(items.iter().map(|it| text(it, report)))
}

fn each_of(fields: &mut Fields<'_, '_>, of: LocatedText, loading: Declaring<'_>) -> Result<Made, Reported> {
    let wheres = fields.texts("where");
    let sort = fields.list("sort").to_vec();
    Ok(Made::Each { of: facts::table(&of, loading.schemas, fields.report())?, wheres, sort })
}

fn made(fields: &mut Fields<'_, '_>, loading: Declaring<'_>) -> Result<Made, Reported> {
    let (dimension, formula) = (fields.text("dimension"), fields.text("formula"));
    let (has_sum, sum) = (fields.node("sum").is_some(), fields.texts("sum"));
    let (has_rate, rate) = (fields.node("rate").is_some(), fields.texts("rate"));
    let places = fields.count_to("round", N_PLACES).and_then(|it| u8::try_from(it).ok()).unwrap_or(1);
    let given = given(fields);
    if let Some(id) = dimension {
        let found = loading.catalogue.dimensions.iter().position(|it| it.id == id.text);
        let known = || loading.catalogue.dimensions.iter().map(|it| &*it.id);
        return found
            .map(Made::Dimension)
            .ok_or_else(|| unknown_word(&id, "分组", known().collect::<Vec<_>>(), fields.report()));
    }
    match (has_sum, formula, has_rate, given) {
        (true, ..) => Ok(Made::Sum(sum)),
        (_, Some(formula), ..) => Ok(Made::Formula(formula)),
        (.., true, _) => match <[LocatedText; 2]>::try_from(rate) {
            Ok([part, whole]) => Ok(Made::Rate { part, whole, places }),
            Err(_) => {
                let finding = Finding::new(&codes::WRONG_KIND, "“rate”应为两项：部分、全体");
                let finding = finding.at(fields.origin()).hint("请写成 rate: [female, total]");
                Err(fields.report().error(finding))
            }
        },
        (.., given) => Ok(given.map_or(Made::Counted, Made::Given)),
    }
}

fn given(fields: &mut Fields<'_, '_>) -> Option<WrittenGiven> {
    let (from, or) = (fields.text("given"), fields.text("or"));
    from.map(|from| WrittenGiven { from, or })
}

/// Reads `cells: {COLUMN: NAME}`; a name may be `{given: NAME, or: NAME}`.
fn cells(fields: &mut Fields<'_, '_>) -> Result<Vec<(LocatedText, WrittenGiven)>, Reported> {
    let mut cells = Vec::new();
    for entry in fields.map("cells") {
        let column = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
        let value = match &entry.value.kind {
            NodeKind::Scalar(text) => {
                let from = LocatedText { text: text.clone(), origin: entry.value.origin };
                WrittenGiven { from, or: None }
            }
            _ => {
                let mut inner = Fields::new(&entry.value, "给定的数", fields.report())?;
                let (from, or) = (inner.required_text("given"), inner.text("or"));
                inner.finish();
                WrittenGiven { from: from?, or }
            }
        };
        cells.push((column, value));
    }
    Ok(cells)
}
