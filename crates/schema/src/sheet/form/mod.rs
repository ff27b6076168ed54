//! A form for one person or one branch: labels with their blanks beside them, in pairs, and below them the lists that
//! belong to it, each under its title.

mod lists;

use std::collections::{BTreeMap, BTreeSet};

use super::around::Around;
use super::explain::{is_named_by_code, says_whose};
use super::strangers::near_miss;
use super::titled::said_by_names;
use super::{Context, SheetFacts};
use crate::cell::{Slot, bind_since, parse};
use crate::heading::Found;
use crate::layout::Layout;
use crate::reading::FileRecords;
use crate::table::{Cell, FieldKind, Record, Table};
use crate::whose::Unnamed;
use finding::{FieldId, Finding, Origin, RowSpan, TableId, Target, codes};
use value::{Raw, Value};

/// A form has no more rows.
const N_ROWS_MAX: usize = 120;
/// A form has at least so many labels that its table knows, in at least so many rows.
const N_PAIRS_MIN: usize = 4;
const N_ROWS_MIN: usize = 2;
/// It has this share of the required fields.
const SHARE_MIN: f64 = 0.5;
/// No label is longer, in characters.
const N_CHARS_OF_LABEL_MAX: usize = 20;
/// A further column holds records if so many of its dates, numbers, choices and the like can be read.
const N_TYPED_MIN: usize = 2;
/// So many of the labels that mean nothing are named.
const N_SHOWN_MAX: usize = 5;

/// A label and the place of its blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    row: u32,
    label: u16,
    blank: u16,
    field: FieldId,
}

/// A form that was found.
pub(super) struct Form {
    table: TableId,
    pairs: Vec<Pair>,
}

impl Form {
    /// What it is a form of.
    pub(super) fn table(&self) -> TableId {
        self.table
    }
}

/// Finds a form where no heading fits as well.
pub(super) fn find(layout: &Layout<'_>, found: &Found, context: Context<'_>) -> Option<Form> {
    if layout.grid.rows().len() > N_ROWS_MAX {
        return None;
    }
    let of_headings = found.headings.iter().filter(|it| it.doubt.is_none()).map(|it| it.share);
    let of_headings = of_headings.fold(0.0, f64::max);
    if of_headings >= 1.0 {
        return None;
    }
    let forms = pairs(layout, context).into_iter().filter_map(|(table_id, pairs)| {
        let table = &context.schemas.tables[table_id];
        let rows: BTreeSet<u32> = pairs.iter().map(|it| it.row).collect();
        let fields: BTreeSet<FieldId> = pairs.iter().map(|it| it.field).collect();
        let required: Vec<FieldId> = table.fields.ids().filter(|it| table.fields[*it].required).collect();
        let n_found = required.iter().filter(|it| fields.contains(it)).count();
        let share = n_found as f64 / required.len().max(1) as f64;
        let is_one = fields.len() >= N_PAIRS_MIN
            && rows.len() >= N_ROWS_MIN
            && share >= SHARE_MIN
            && share > of_headings;
        is_one.then_some((fields.len(), Form { table: table_id, pairs }))
    });
    forms.max_by_key(|it| it.0).map(|it| it.1)
}

/// Of each table the labels that have a blank to their right: what stands there is no label of the table.
fn pairs(layout: &Layout<'_>, Context { lexicon, .. }: Context<'_>) -> BTreeMap<TableId, Vec<Pair>> {
    let mut named: BTreeMap<(u32, u16), BTreeMap<TableId, FieldId>> = BTreeMap::new();
    for row in layout.grid.rows() {
        for (col, raw) in row.cells() {
            let Raw::Text(text) = raw else { continue };
            if text.chars().nth(N_CHARS_OF_LABEL_MAX).is_none() {
                let fields: BTreeMap<TableId, FieldId> = lexicon.fields_named(text).collect();
                if !fields.is_empty() {
                    named.insert((row.number, *col), fields);
                }
            }
        }
    }
    let mut pairs: BTreeMap<TableId, Vec<Pair>> = BTreeMap::new();
    for ((row, label), fields) in &named {
        let right = layout.merge_at(*row, *label).map_or(*label, |it| it.right);
        let Some(blank) = right.checked_add(1).filter(|it| *it <= layout.columns.1) else { continue };
        let beside = named.get(&(*row, blank));
        for (table, field) in fields {
            if beside.is_none_or(|it| !it.contains_key(table)) {
                pairs.entry(*table).or_default().push(Pair {
                    row: *row,
                    label: *label,
                    blank,
                    field: *field,
                });
            }
        }
    }
    pairs
}

/// Reads a form: one record, or several where the first label comes again.
pub(super) fn read(form: &Form, layout: &Layout<'_>, context: Context<'_>, into: &mut FileRecords) {
    let mut blocks: Vec<Vec<Pair>> = Vec::new();
    for pair in &form.pairs {
        let is_again = |block: &Vec<Pair>| block.first().is_some_and(|it| it.field == pair.field);
        match blocks.last_mut() {
            Some(block) if !is_again(block) => block.push(*pair),
            _ => blocks.push(vec![*pair]),
        }
    }
    into.tables.insert(form.table);
    for (idx, block) in blocks.iter().enumerate() {
        let top = block.first().map_or(0, |it| it.row);
        let last =
            blocks.get(idx + 1).and_then(|it| it.first()).map_or(u32::MAX, |it| it.row.saturating_sub(1));
        let mut reader = Reader { form, layout, context, into };
        // A label that comes again is left over, and said to be.
        let mut stands: BTreeMap<FieldId, Pair> = BTreeMap::new();
        for pair in block {
            stands.entry(pair.field).or_insert(*pair);
        }
        let further = reader.further(&stands);
        let own = reader.record(&stands);
        let listed = reader.lists((top, last));
        let misspelt = reader.rest((top, last), (&stands, own), (&listed, &further));
        reader.absent(own, &stands, &misspelt);
        for col in further {
            let stands: BTreeMap<FieldId, Pair> =
                stands.iter().map(|(field, it)| (*field, Pair { blank: col, ..*it })).collect();
            let own = reader.record(&stands);
            reader.absent(own, &stands, &misspelt);
        }
    }
    let top = form.pairs.first().map_or(0, |it| it.row);
    let rows: Vec<u32> = layout.grid.rows().iter().map(|it| it.number).take_while(|it| *it < top).collect();
    into.facts.push(SheetFacts::of(layout, &rows));
}

/// Whether not every text will do.
fn is_typed(kind: &FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Name
            | FieldKind::Reference(_)
            | FieldKind::List(_)
    )
}

struct Reader<'a, 'r> {
    form: &'a Form,
    layout: &'a Layout<'a>,
    context: Context<'a>,
    into: &'r mut FileRecords,
}

impl<'a> Reader<'a, '_> {
    fn table(&self) -> &'a Table {
        &self.context.schemas.tables[self.form.table]
    }

    /// The columns behind the first blanks that hold further records: the fields stand below each other, the records side
    /// by side. Remarks on how to fill in are none: what a field holds can be read there.
    fn further(&self, stands: &BTreeMap<FieldId, Pair>) -> BTreeSet<u16> {
        let Some(first) = stands.values().min().copied() else { return BTreeSet::new() };
        let is_one_column = stands.values().all(|it| it.label == first.label && it.blank == first.blank);
        let table = self.table();
        let holds = |col: u16| {
            let filled = stands.iter().filter(|it| !self.layout.get(it.1.row, col).is_empty());
            let typed = filled.filter(|it| is_typed(&table.fields[*it.0].kind));
            let (mut n_typed, mut n_read) = (0_usize, 0_usize);
            for (id, pair) in typed {
                let field = &table.fields[*id];
                let raw = self.layout.get(pair.row, col);
                let is_read = parse(&field.kind, field, raw, self.layout.grid.epoch).is_ok();
                (n_typed, n_read) = (n_typed.saturating_add(1), n_read.saturating_add(usize::from(is_read)));
            }
            n_read >= N_TYPED_MIN && n_read >= n_typed.saturating_sub(n_read)
        };
        let columns = first.blank.saturating_add(1)..=self.layout.columns.1;
        if is_one_column { columns.filter(|it| holds(*it)).collect() } else { BTreeSet::new() }
    }

    /// What the names around the form say of the fields that it lacks.
    fn said(&self, stands: &BTreeMap<FieldId, Pair>) -> BTreeMap<FieldId, Raw> {
        let top = stands.values().map(|it| it.row).min().unwrap_or_default();
        let names = [&*self.layout.grid.name, self.context.file_name];
        said_by_names(self.table(), (&names, self.layout, top), |it| stands.contains_key(&it))
    }

    /// Adds a record.
    fn record(&mut self, stands: &BTreeMap<FieldId, Pair>) -> RowSpan {
        let (table, table_id) = (self.table(), self.form.table);
        let own = RowSpan::one(table_id.record(self.into.records.tables[table_id].next_id()));
        let first = stands.values().min().copied();
        let record = self.layout.origin(first.map_or(0, |it| it.row), first.map_or(0, |it| it.label));
        let said = self.said(stands);
        let cells = table.fields.with_ids().map(|(id, field)| match stands.get(&id) {
            None if said.contains_key(&id) => {
                let slot = Slot { field, id, rows: own, origin: record };
                let raw = said.get(&id).unwrap_or(&Raw::Empty);
                bind_since(self.layout.grid.epoch, slot, raw, &mut self.into.report)
            }
            Some(pair) => {
                let origin = self.layout.origin(pair.row, pair.blank);
                let slot = Slot { field, id, rows: own, origin };
                let raw = self.layout.get(pair.row, pair.blank);
                bind_since(self.layout.grid.epoch, slot, raw, &mut self.into.report)
            }
            None if field.default.is_some() => {
                let slot = Slot { field, id, rows: own, origin: record };
                bind_since(self.layout.grid.epoch, slot, &Raw::Empty, &mut self.into.report)
            }
            None => {
                Cell { value: if field.required { Value::Invalid } else { Value::Missing }, origin: record }
            }
        });
        let cells = cells.collect();
        self.into.records.tables[table_id].push(Record { origin: record, cells, parent: None });
        own
    }

    /// Says which required fields have no label, but for those that one was misspelt for.
    fn absent(&mut self, own: RowSpan, stands: &BTreeMap<FieldId, Pair>, misspelt: &BTreeSet<FieldId>) {
        let (table, table_id) = (self.table(), self.form.table);
        let record = self.into.records.tables[table_id][own.first].origin;
        let first = stands.values().map(|it| it.row).min().unwrap_or_default();
        let around = Around::of(self.layout, (&[], &[]), first, self.context.lexicon);
        let said = self.said(stands);
        let is_absent =
            |it: &FieldId| !stands.contains_key(it) && !misspelt.contains(it) && !said.contains_key(it);
        for field_id in table.fields.ids().filter(is_absent) {
            let field = &table.fields[field_id];
            let lacks = field.required && field.default.is_none();
            if lacks && is_named_by_code(table, field_id, stands) {
                continue;
            }
            let message = format!("登记表上没有“{}”一项", field.title);
            let finding = Finding::new(&codes::COLUMN_MISSING, message).at(record).field(field.title.clone());
            let missing = lacks.then(|| finding.hint("请按表样补上这一项"));
            if says_whose(self.context.schemas, table, field_id) {
                self.into.unnamed.push(Unnamed {
                    sheet: Origin::sheet(self.layout.grid.file, self.layout.grid.sheet),
                    column: table_id.column(field_id),
                    rows: own,
                    hints: around.of_field(table_id.column(field_id)),
                    missing,
                });
            } else if let Some(missing) = missing {
                self.into.report.push(missing.about(Target::Field(own, field_id)));
            }
        }
    }

    /// Says of what stands there beside labels and blanks. Gives the fields that a label was misspelt for.
    fn rest(
        &mut self,
        rows: (u32, u32),
        (stands, own): (&BTreeMap<FieldId, Pair>, RowSpan),
        (listed, further): (&BTreeSet<u32>, &BTreeSet<u16>),
    ) -> BTreeSet<FieldId> {
        let table = self.table();
        let absent: Vec<FieldId> = table.fields.ids().filter(|it| !stands.contains_key(it)).collect();
        let mut misspelt = BTreeSet::new();
        let mut used: BTreeSet<(u32, u16)> =
            stands.values().flat_map(|it| [(it.row, it.label), (it.row, it.blank)]).collect();
        let mut unread = Vec::new();
        let lines =
            self.layout.grid.rows_within(rows.0..=rows.1).iter().filter(|it| !listed.contains(&it.number));
        for row in lines.filter(|it| it.cells().len() > 1) {
            for (col, raw) in row.cells() {
                if used.contains(&(row.number, *col)) || further.contains(col) {
                    continue;
                }
                let text = raw.display();
                let customs = &self.context.schemas.customs;
                if customs.is_remark(&text) || customs.is_foot(&text) {
                    continue;
                }
                let origin = self.layout.origin(row.number, *col);
                let near = near_miss(table, &absent, &text, customs);
                let near = near.filter(|it| !misspelt.contains(it) && !self.context.lexicon.knows(&text));
                match near {
                    Some(field_id) => {
                        misspelt.insert(field_id);
                        used.insert((row.number, col.saturating_add(1)));
                        let title = &table.fields[field_id].title;
                        let finding = Finding::new(
                            &codes::HEADING_MISSPELT,
                            format!("登记表上的“{text}”不在表式中，没有读取"),
                        );
                        let finding = finding.at(origin).field(title.clone()).value(&*text);
                        let finding = finding.about(Target::Field(own, field_id));
                        self.into.report.push(finding.hint(format!("是否应为“{title}”？请改正")));
                    }
                    None => unread.push((origin, text)),
                }
            }
        }
        let Some((origin, _)) = unread.first() else { return misspelt };
        let shown: Vec<String> = unread.iter().take(N_SHOWN_MAX).map(|it| format!("“{}”", it.1)).collect();
        let message = format!("登记表上的{}等{}格不在表式中，没有读取", shown.concat(), unread.len());
        self.into
            .report
            .push(Finding::new(&codes::COLUMN_IGNORED, message).at(*origin).value(shown.concat()));
        misspelt
    }
}
