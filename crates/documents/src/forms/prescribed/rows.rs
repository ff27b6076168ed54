//! Blank rows of a form: a record of a list in each, and what becomes of too many and of too few.

use std::collections::BTreeMap;
use std::sync::Arc;

use annex::{Content, Heading, Numbers, Place, Value, Wanted};

use super::filling::{FilledIn, Filler, Put, value_of};
use super::places::{Around, Placed, Slot};
use crate::declaring::unknown_word;
use crate::forms::listed::{Listed, Written};
use dataset::Scene;
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Entry, Fields, LocatedText, Parts, all};

/// What goes into blank rows.
#[derive(Debug)]
pub(super) struct RowsRule {
    pub(super) list: Listed,
    /// For each heading of the blank; none for one that the form numbers itself.
    pub(super) cells: Vec<Option<Slot>>,
    /// So many rows were prepared.
    pub(super) prepared: usize,
    /// What becomes of records beyond them.
    pub(super) more: More,
    /// What becomes of prepared rows beyond the records.
    pub(super) less: Less,
}

/// What becomes of records beyond the rows that were prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum More {
    /// Rows are put in.
    Insert,
    /// They go into further copies of the form: 续表.
    Attach,
    /// It is an error.
    Error,
}

/// What becomes of prepared rows for which there is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Less {
    /// They stay blank.
    Keep,
    /// They are taken out, but for one.
    Remove,
    /// The first of them says this: 以下空白.
    Say(Arc<str>),
}

impl RowsRule {
    /// Reads the keys of blank rows.
    ///
    /// # Errors
    /// If anything in them is wrong; that has been reported.
    pub(super) fn read(
        fields: &mut Fields<'_, '_>,
        (place, headings): (&Place, &[Heading]),
        around: &Around<'_>,
    ) -> Result<Self, Reported> {
        let annex::Spot::Rows { first, last, .. } = place.at.spot else {
            unreachable!("rows have an address of rows")
        };
        let each = Written::read(fields);
        fields.required_node("row")?;
        let row = fields.map("row");
        let is_book = around.blank.is_book();
        let more = fields.text_as("more", |it, report| more(it, is_book, report));
        let less = fields.text_as("less", |it, report| less(it, is_book, report));
        let (list, scope) = each?.compile(around.of_lists, fields.report())?;

        let within = Around { scope: &scope, of_lists: &scope, blank: around.blank };
        let cells = columns(row, headings, &within, fields);
        let (cells, more, less) = (cells, more, less).whole()?;
        let (more, less) = (more.unwrap_or(More::Insert), less.unwrap_or(Less::Keep));
        Ok(Self { list, cells, prepared: last + 1 - first, more, less })
    }
}

fn more(written: &LocatedText, is_book: bool, report: &mut Report) -> Result<More, Reported> {
    match &*written.text {
        "insert" => Ok(More::Insert),
        "attach" if is_book => Err(not_in_books(written, "请写 insert，由程序加行", report)),
        "attach" => Ok(More::Attach),
        "error" => Ok(More::Error),
        _ => Err(unknown_word(written, "多出的行", ["insert", "attach", "error"], report)),
    }
}

/// What is neither `keep` nor `remove` is a text of the form: a word of Latin letters is a slip.
fn less(written: &LocatedText, is_book: bool, report: &mut Report) -> Result<Less, Reported> {
    match &*written.text {
        "keep" => Ok(Less::Keep),
        "remove" if is_book => Err(not_in_books(written, "请写 keep，留空", report)),
        "remove" => Ok(Less::Remove),
        it if it.is_ascii() => Err(unknown_word(written, "空余的行", ["keep", "remove"], report)),
        _ => Ok(Less::Say(written.text.clone())),
    }
}

/// Formulas and charts of a workbook are about all its rows.
fn not_in_books(written: &LocatedText, hint: &str, report: &mut Report) -> Reported {
    let message = format!("工作簿中的行不能写“{}”", written.text);
    report.error(Finding::new(&codes::PLACE_UNFIT, message).at(written.origin).hint(hint))
}

/// What goes into the columns of blank rows, by their headings; each has to be decided, but for those that number the rows.
fn columns(
    row: &[Entry],
    headings: &[Heading],
    within: &Around<'_>,
    fields: &mut Fields<'_, '_>,
) -> Result<Vec<Option<Slot>>, Reported> {
    let origin = fields.origin();
    let mut entries: BTreeMap<&str, &Entry> = row.iter().map(|it| (&*it.key, it)).collect();
    let mut slots = Vec::new();
    for heading in headings {
        let (whole, last) = (heading.label.join("/"), heading.label.last().map_or("", String::as_str));
        let entry = entries.remove(whole.as_str()).or_else(|| entries.remove(last));
        slots.push(match entry {
            Some(entry) => Slot::load(&entry.value, within, fields.report()).map(Some),
            None if heading.numbers != Numbers::No => Ok(None),
            None => {
                let finding = Finding::new(&codes::PLACE_UNDECIDED, format!("“{whole}”一列没有决定怎样填"));
                let hint = format!("请在 row 中补上“{last}: ”和内容；不填的写 {{leave: 原因}}");
                Err(fields.report().error(finding.at(origin).hint(hint)))
            }
        });
    }
    let known: Vec<&str> = headings.iter().filter_map(|it| it.label.last().map(String::as_str)).collect();
    for entry in entries.into_values() {
        let key = LocatedText { text: entry.key.clone(), origin: entry.key_origin };
        slots.push(Err(unknown_word(&key, "列", known.clone(), fields.report())));
    }
    all(slots)
}

impl Filler<'_> {
    /// What goes into blank rows, and what of it goes into further copies of the form.
    pub(super) fn rows(&mut self, rule: &RowsRule, placed: &Placed, scene: &Scene) -> Result<Put, String> {
        let scenes: Vec<Scene> = rule.list.scenes(scene)?.into_iter().flatten().collect();
        let mut rows = Vec::new();
        for (number, inner) in scenes.iter().enumerate() {
            let text = |slot: &Option<Slot>| match slot {
                None => Ok((number + 1).to_string().into()),
                Some(Slot::Leave(_)) => Ok(Value::default()),
                Some(Slot::Value(expression, own)) => {
                    value_of(expression, inner, own.as_deref().unwrap_or(self.empty))
                }
            };
            rows.push(rule.cells.iter().map(text).collect::<Result<Vec<Value>, String>>()?);
        }
        if rows.len() > rule.prepared && rule.more == More::Error {
            let message = format!("“{}”有{}行，表样只有{}行", placed.label, rows.len(), rule.prepared);
            let hint = "请减少内容，或在表单声明中写 more: insert（由程序加行）、more: attach（另填续表）";
            let finding = Finding::new(&codes::ROWS_EXCEED_BLANK, message).hint(hint);
            self.filled.faults.push(finding.at(self.origin()));
        }
        let line = |it: &Vec<Value>| it.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("｜");
        let value = rows.iter().map(line).collect::<Vec<_>>().join("\n");
        let mut contents = rule.contents(rows).into_iter();
        let content = contents.next();
        let carried: Vec<Content> = contents.collect();
        if !carried.is_empty() {
            self.filled.carried.push((placed.at, carried));
        }
        Ok(Put { content, value, left: Vec::new() })
    }
}

impl RowsRule {
    /// The rows as they go into the form and, if they may, into further copies of it; nothing if there is nothing to write.
    fn contents(&self, mut rows: Vec<Vec<Value>>) -> Vec<Content> {
        let mut copies = Vec::new();
        while self.more == More::Attach && rows.len() > self.prepared {
            let rest = rows.split_off(self.prepared);
            copies.push(std::mem::replace(&mut rows, rest));
        }
        if let Less::Say(text) = &self.less
            && rows.len() < self.prepared
        {
            let column = self.cells.iter().position(|it| matches!(it, Some(Slot::Value(..))));
            let said = |idx: usize| if Some(idx) == column { (&**text).into() } else { Value::default() };
            rows.push((0..self.cells.len()).map(said).collect());
        }
        if !rows.is_empty() || self.less == Less::Remove {
            copies.push(rows);
        }
        let content = |it| if self.less == Less::Remove { Content::OnlyRows(it) } else { Content::Rows(it) };
        copies.into_iter().map(content).collect()
    }
}

impl FilledIn {
    /// What goes where in the form, and in each further copy that its rows need: there everything else stands again.
    pub(super) fn copies(&mut self) -> Vec<Vec<Wanted>> {
        let first = std::mem::take(&mut self.wanted);
        let n_more = self.carried.iter().map(|it| it.1.len()).max().unwrap_or_default();
        let mut copies = Vec::new();
        for number in 0..n_more {
            let mut copy = first.clone();
            for (at, carried) in &self.carried {
                copy.retain(|it| it.at != *at);
                let content = carried.get(number).cloned();
                copy.extend(content.map(|content| Wanted { at: *at, content }));
            }
            copies.push(copy);
        }
        copies.insert(0, first);
        copies
    }
}
