//! The lists within a form: a title, a heading, and rows up to the next title.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::cell::{Slot, bind_since};
use crate::heading::without_ordinal;
use crate::table::{Cell, Record, Table};
use finding::{FieldId, Finding, RowId, RowSpan, TableId, Target, codes};
use source::Row;
use value::{Raw, Value, fold_label};

impl Reader<'_, '_> {
    /// Adds the records of the lists that stand in these rows; gives the rows that belong to them.
    pub(super) fn lists(&mut self, (first, last): (u32, u32)) -> BTreeSet<u32> {
        let parent = self.form.table;
        let row = RowId::new(self.into.records.tables[parent].len().saturating_sub(1));
        let schemas = self.context.schemas;
        let rows: Vec<&Row> = self.layout.grid.rows_within(first..=last).iter().collect();
        let titled = |row: &Row| {
            let [(_, Raw::Text(text))] = row.cells() else { return None };
            let lexicon = self.context.lexicon;
            // 二、创建举措（不少于3项）
            let bare = without_ordinal(text);
            let forms = [Some(lexicon.fold(text)), Some(lexicon.fold(bare)), lexicon.bare(bare)];
            let is_its = |it: &&str| forms.iter().flatten().any(|form| fold_label(it) == *form);
            schemas.children(parent).find(|it| it.1.names().any(|name| is_its(&name))).map(|it| it.0)
        };
        let titles: Vec<(usize, TableId)> =
            rows.iter().enumerate().filter_map(|(idx, it)| Some((idx, titled(it)?))).collect();
        let mut listed = BTreeSet::new();
        let mut found = BTreeSet::new();
        for (place, (idx, child)) in titles.iter().enumerate() {
            let end = titles.get(place + 1).map_or(rows.len(), |it| it.0);
            let [heading, below @ ..] = &rows[idx + 1..end] else { continue };
            listed.extend(rows[*idx..end].iter().map(|it| it.number));
            found.insert(*child);
            self.list((*child, &schemas.tables[*child]), (heading, below), row);
        }
        for (child_id, child) in schemas.children(parent).filter(|it| it.1.required && !found.contains(&it.0))
        {
            let own = RowSpan::one(parent.record(row));
            let origin = self.into.records.tables[parent][row].origin;
            let finding = Finding::new(&codes::MISSING_VALUE, format!("缺少“{}”", child.title)).at(origin);
            let finding = finding.about(Target::Record(own)).field(child.title.clone());
            self.into.report.push(finding.hint("该项至少填写一条"));
            self.into.tables.insert(child_id);
        }
        listed
    }

    fn list(
        &mut self,
        (child_id, child): (TableId, &Table),
        (heading, below): (&Row, &[&Row]),
        parent: RowId,
    ) {
        let mut columns: BTreeMap<FieldId, u16> = BTreeMap::new();
        for (col, raw) in heading.cells() {
            let folded = self.context.lexicon.fold(&raw.display());
            let named = |it: &crate::table::Field| {
                [&it.title].into_iter().chain(&it.synonyms).any(|it| fold_label(it) == folded)
            };
            match child.fields.position(named) {
                Some(field) => {
                    columns.entry(field).or_insert(*col);
                }
                None => {
                    let message = format!("“{}”一列不在“{}”的表式中，没有读取", raw.display(), child.title);
                    let origin = self.layout.origin(heading.number, *col);
                    self.into.report.push(Finding::new(&codes::COLUMN_IGNORED, message).at(origin));
                }
            }
        }
        let first = self.into.records.tables[child_id].next_id();
        let filled = below.iter().filter(|row| columns.values().any(|it| !row.get(*it).is_empty()));
        for row in filled {
            let own = RowSpan::one(child_id.record(self.into.records.tables[child_id].next_id()));
            let origin = self.layout.origin(row.number, columns.values().next().copied().unwrap_or_default());
            let cells = child.fields.with_ids().map(|(id, field)| match columns.get(&id) {
                Some(col) => {
                    let slot = Slot { field, id, rows: own, origin: self.layout.origin(row.number, *col) };
                    bind_since(self.layout.grid.epoch, slot, row.get(*col), &mut self.into.report)
                }
                None => Cell { value: if field.required { Value::Invalid } else { Value::Missing }, origin },
            });
            let cells = cells.collect();
            self.into.records.tables[child_id].push(Record { origin, cells, parent: Some(parent) });
        }
        let all = RowSpan { table: child_id, first, end: self.into.records.tables[child_id].next_id() };
        let absent = child.fields.with_ids().filter(|(id, it)| it.required && !columns.contains_key(id));
        for (id, field) in absent {
            let message = format!("“{}”缺少“{}”一列", child.title, field.title);
            let origin = self.layout.origin(heading.number, heading.cells().first().map_or(0, |it| it.0));
            let finding = Finding::new(&codes::COLUMN_MISSING, message).at(origin).field(field.title.clone());
            self.into.report.push(finding.about(Target::Field(all, id)).hint("请按表样补上这一列"));
        }
    }
}
