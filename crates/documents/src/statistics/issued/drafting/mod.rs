//! A binding is drafted: which sheet is which declared table, which row and column which line, what else is asked for.

mod matching;
mod sheets;
mod written;
mod map;

use annex::{Blank, GapKind, PlaceKind, Signs, Story};

use super::anatomy::{Anatomy, Block, Side};
use super::words::Words;
use crate::book::Table;
use crate::statistics::declaration::{Body, Sheet, Statistics};
use crate::statistics::line::{Line, LineKind};
use finding::{Report, Reported};
pub use map::map_binding;
use matching::{Meant, Way, known, matched};
use project::Templates;
use words::Template;

/// What a binding is drafted from.
#[derive(Debug, Clone, Copy)]
pub struct DraftingBinding<'a> {
    /// The workbook as it was issued.
    pub blank: &'a Blank,
    /// Its name as a file.
    pub file: &'a str,
    /// Its hash, in hexadecimal digits.
    pub sha256: &'a str,
    /// The name of the binding: that of its folder.
    pub id: &'a str,
    /// What its figures are taken from.
    pub statistics: &'a Statistics,
    /// The words by which places are known.
    pub signs: &'a Signs,
}

/// A binding as it was drafted.
#[derive(Debug)]
pub struct DraftedBinding {
    /// `issued.yaml`.
    pub yaml: String,
    /// Its sheets, in their order.
    pub sheets: Vec<DraftedSheet>,
    tables: Vec<Table>,
}

/// A sheet of a draft.
#[derive(Debug)]
pub struct DraftedSheet {
    /// Its name.
    pub name: String,
    /// The number and title of its table, if one was found.
    pub table: Option<String>,
    /// How many cells of its body were bound to a figure.
    pub n_bound: usize,
    /// What nobody has decided about yet.
    pub open: Vec<String>,
}

/// What became of a sheet.
#[derive(Debug)]
struct SheetDraft<'a> {
    anatomy: Anatomy,
    /// Its table, if it is certain.
    table: Option<&'a Sheet>,
    /// Whether it was known by its rows and columns alone.
    is_by_lines: bool,
    /// What else it may be.
    readings: Vec<&'a Sheet>,
    rows: Vec<Meant>,
    columns: Vec<Meant>,
    /// The line of each block, if there is just one that it can be.
    blocks: Vec<Option<usize>>,
    texts: Vec<TextDraft>,
}

/// What the rows, columns and blocks of a sheet mean, if it is a certain table.
struct Lines {
    rows: Vec<Meant>,
    columns: Vec<Meant>,
    blocks: Vec<Option<usize>>,
}

/// A place outside of the body.
#[derive(Debug)]
struct TextDraft {
    at: annex::Address,
    label: String,
    parts: Vec<Part>,
}

/// What goes into a gap of a text.
#[derive(Debug)]
enum Part {
    Template(String),
    Leave(String),
    Open,
}

/// Drafts a binding.
///
/// # Errors
/// If the words by which rows and columns are known are wrong; that has been reported.
pub fn draft_binding(
    drafting: DraftingBinding<'_>,
    templates: &Templates,
    report: &mut Report,
) -> Result<DraftedBinding, Reported> {
    let words = Words::load(templates, report)?;
    let sheets = drafting.blank.sheets();
    let drafts: Vec<SheetDraft<'_>> = sheets.iter().map(|it| sheet(*it, drafting, &words)).collect();
    let yaml = written::binding(drafting, &drafts);
    let tables = map::tables(drafting.id, &drafts);
    Ok(DraftedBinding { yaml, sheets: drafts.iter().map(SheetDraft::told).collect(), tables })
}

fn sheet<'a>((number, name): (usize, &str), drafting: DraftingBinding<'a>, words: &Words) -> SheetDraft<'a> {
    let anatomy = Anatomy::read(drafting.blank, (number, name), words);
    let has_body = !anatomy.columns.is_empty();
    let sheets::Found { table, readings } = sheets::table(&anatomy, drafting.statistics, words);
    let titled = table.filter(|_| has_body);
    // Where no title is known, a table whose lines are those of the form, and of no other table.
    let is_unknown = has_body && titled.is_none() && readings.is_empty();
    let by_lines = || sheets::by_lines(&anatomy, drafting.statistics, words).filter(|_| is_unknown);
    let table = titled.or_else(by_lines);
    let Lines { rows, columns, blocks } = match table {
        Some(table) => lines(&anatomy, table, words),
        None => Lines {
            rows: vec![Meant::Open(Vec::new()); anatomy.rows.len()],
            columns: vec![Meant::Open(Vec::new()); anatomy.columns.len()],
            blocks: vec![None; anatomy.blocks.len()],
        },
    };
    let texts = texts(&anatomy, drafting);
    let readings = if has_body { readings } else { Vec::new() };
    SheetDraft { is_by_lines: titled.is_none(), table, readings, rows, columns, blocks, texts, anatomy }
}

/// What the rows and columns of a sheet mean, if it is this table.
fn lines(anatomy: &Anatomy, table: &Sheet, words: &Words) -> Lines {
    let Body::Figures { rows, columns, .. } = &table.body else {
        return Lines { rows: Vec::new(), columns: Vec::new(), blocks: Vec::new() };
    };
    let own = known(rows, Way::Rows, table.has_line_numbers, words);
    let across = known(columns, Way::Columns, table.is_numbered, words);
    Lines {
        rows: matched(&anatomy.rows, &own, Way::Rows, words),
        columns: matched(&anatomy.columns, &across, Way::Columns, words),
        blocks: vec![each(rows); anatomy.blocks.len()],
    }
}

/// The line for each record of a table, if there is just one.
fn each(rows: &[Line]) -> Option<usize> {
    let mut all = rows.iter().enumerate().filter(|it| matches!(it.1.kind, LineKind::Each(..)));
    let first = all.next().map(|it| it.0);
    first.filter(|_| all.next().is_none())
}

/// What is asked for outside of the body.
fn texts(anatomy: &Anatomy, drafting: DraftingBinding<'_>) -> Vec<TextDraft> {
    let own = drafting.blank.places().iter().filter(|it| it.at.story == Story::Sheet(anatomy.sheet));
    let outside = own.filter(|it| !super::is_of_body(anatomy, it));
    let draft = |it: &annex::Place| {
        let label = it.label.last().map(String::as_str).unwrap_or_default();
        let lone = || part(label, it.by_hand.as_ref(), drafting);
        let parts = match &it.kind {
            PlaceKind::Text(gaps) => gaps
                .iter()
                .map(|gap| {
                    let lead = if gap.lead.is_empty() { label } else { &gap.lead };
                    match &gap.kind {
                        GapKind::Expression(said) => Part::Template(format!("{{{{ {said} }}}}")),
                        _ => part(lead, gap.by_hand.as_ref(), drafting),
                    }
                })
                .collect(),
            PlaceKind::Signature => vec![Part::Leave("由本人签字或单位盖章".to_owned())],
            _ => vec![lone()],
        };
        TextDraft { at: it.at, label: crate::forms::prescribed::shown(it), parts }
    };
    outside.map(draft).collect()
}

/// What a label asks for: what the statistics themselves print behind the same words.
fn part(label: &str, by_hand: Option<&String>, drafting: DraftingBinding<'_>) -> Part {
    if let Some(why) = by_hand {
        return Part::Leave(why.clone());
    }
    let printed = own_texts(drafting.statistics);
    let wanted = value::fold_label(label);
    let found = printed.iter().find(|it| !wanted.is_empty() && it.0 == wanted);
    match found {
        Some((_, text)) if text.is_empty() => Part::Leave("由填报人填写".to_owned()),
        Some((_, text)) => Part::Template(text.clone()),
        None => Part::Open,
    }
}

/// The texts around the tables of statistics: label and what stands behind it.
fn own_texts(statistics: &Statistics) -> Vec<(String, String)> {
    let of_sheets = statistics.sheets.iter().flat_map(|it| it.lines.iter().chain(&it.signatures).flatten());
    let cover = statistics.cover.iter().flat_map(|it| &it.lines);
    let all = statistics.lines.iter().chain(&statistics.signatures).chain(of_sheets).chain(cover);
    let split = |it: &Template| {
        let (label, text) = it.source().split_once(['：', ':'])?;
        (!label.contains('{')).then(|| (value::fold_label(label), text.trim().to_owned()))
    };
    all.filter_map(split).collect()
}

impl SheetDraft<'_> {
    fn told(&self) -> DraftedSheet {
        let bound = |sides: &[Side], all: &[Meant]| {
            let is_bound = |it: &(&Side, &Meant)| matches!(it.1, Meant::Line(_));
            sides.iter().zip(all).filter(is_bound).map(|it| it.0.at).collect::<Vec<_>>()
        };
        let rows = bound(&self.anatomy.rows, &self.rows);
        let columns = bound(&self.anatomy.columns, &self.columns);
        let is_cell = |row: usize, column: usize| self.anatomy.cell(row, column).is_some();
        let blocks = self.anatomy.blocks.iter().zip(&self.blocks).filter(|it| it.1.is_some());
        let of_blocks = blocks.flat_map(|it| it.0.rows.0..=it.0.rows.1);
        let all = rows.into_iter().chain(of_blocks);
        let n_bound = all.map(|row| columns.iter().filter(|it| is_cell(row, **it)).count()).sum();
        DraftedSheet {
            name: self.anatomy.name.clone(),
            table: self.table.map(|it| format!("{} {}", it.number, it.title)),
            n_bound,
            open: self.open(),
        }
    }

    fn open(&self) -> Vec<String> {
        if self.table.is_none() && !self.anatomy.columns.is_empty() {
            return vec!["是哪一张统计表".to_owned()];
        }
        let mut open = Vec::new();
        let lines = [(&self.anatomy.rows, &self.rows, false), (&self.anatomy.columns, &self.columns, true)];
        for (sides, all, is_column) in lines {
            for (side, meant) in sides.iter().zip(all) {
                if matches!(meant, Meant::Open(_)) && !self.anatomy.is_computed(side, is_column) {
                    let at = if is_column {
                        format!("{}列", letters(side.at))
                    } else {
                        format!("第{}行", side.at + 1)
                    };
                    open.push(format!("{at}（{}）", side.labels.join("/")));
                }
            }
        }
        let blocks = self.anatomy.blocks.iter().zip(&self.blocks).filter(|it| it.1.is_none());
        open.extend(blocks.map(|it| format!("{}行", rows_of(it.0))));
        let is_open = |it: &&TextDraft| it.parts.iter().any(|it| matches!(it, Part::Open));
        open.extend(self.texts.iter().filter(is_open).map(|it| format!("{}（{}）", it.at, it.label)));
        open
    }
}

/// The rows of a block, as they are counted on the sheet.
fn rows_of(block: &Block) -> String {
    format!("{}-{}", block.rows.0 + 1, block.rows.1 + 1)
}

/// The letters of a column.
pub(super) fn letters(column: usize) -> String {
    let name = finding::cell_name(0, u16::try_from(column).unwrap_or(u16::MAX));
    name.trim_end_matches(|it: char| it.is_ascii_digit()).to_owned()
}
