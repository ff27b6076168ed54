//! A YAML document becomes records: a mapping from tables to lists of records.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::around::Marks;
use super::cell::{Slot, bind, missing};
use super::sheet::Spans;
use super::table::{Cell, FieldKind, Record, Records, Schemas, Table};
use finding::{ById, FieldId, Finding, Origin, Report, RowId, RowSpan, TableId, Target, codes};
use source::{Entry, Node, NodeKind, nearest};
use value::{Raw, Value, fold_label};

/// The label by which a fault of a key points at the record that it belongs to: the record is in doubt.
const OF_RECORD: &str = "所在的记录";

/// Reads all records of a document into `records`. Gives the places at which its tables and records begin.
pub(super) fn read(root: &Node, schemas: &Schemas, records: &mut Records, report: &mut Report) -> Marks {
    let mut marks = Marks::default();
    let NodeKind::Map(entries) = &root.kind else {
        report.push(
            Finding::new(&codes::YAML_WITHOUT_TABLE, "文件的最外层不是“表名: 记录列表”")
                .at(root.origin)
                .hint("请按“党支部:”换行“  - 党支部名称: …”的样式书写"),
        );
        return marks;
    };
    for entry in entries {
        let folded = schemas.customs.fold_label(&entry.key);
        let is_top = |it: &&Table| it.parent.is_none();
        let found = schemas
            .tables
            .position(|it| it.parent.is_none() && it.names().any(|name| fold_label(name) == folded));
        match found {
            Some(table_id) => {
                report_empty(table_id, &schemas.tables[table_id], entry, report);
                marks.table(entry.key_origin, Target::part_with(entry.key_origin, [table_id]));
                let says_nothing = says_nothing(&entry.value, schemas);
                marks.named.push((table_id, says_nothing));
                if says_nothing {
                    continue;
                }
                let reader = TreeReader { schemas, records, marks: &mut marks, report };
                reader.top(table_id, &entry.value);
            }
            None => {
                marks.table(entry.key_origin, Target::part_at(entry.key_origin));
                let titles: Vec<&str> = schemas.tables.iter().filter(is_top).map(|it| &*it.title).collect();
                let hint = match nearest(&entry.key, titles.iter().copied()) {
                    Some(title) => format!("是否应为“{title}”？"),
                    None => format!("可用的表有：{}", titles.join("、")),
                };
                report.push(
                    Finding::new(
                        &codes::UNKNOWN_TABLE,
                        format!("没有名为“{}”的表，其中内容未读取", entry.key),
                    )
                    .at(entry.key_origin)
                    .value(&*entry.key)
                    .hint(hint),
                );
            }
        }
    }
    marks
}

/// Whether a table is given as having no records: `[]`, or the word for it.
fn says_nothing(node: &Node, schemas: &Schemas) -> bool {
    match &node.kind {
        NodeKind::List(items) => match items.as_slice() {
            [] => true,
            [only] => matches!(&only.kind, NodeKind::Scalar(text) if schemas.customs.is_nothing(text)),
            _ => false,
        },
        NodeKind::Scalar(text) => schemas.customs.is_nothing(text),
        _ => false,
    }
}

/// Asks about a table that is named and has nothing below it: a list without items (`[]`) says that there is nothing.
fn report_empty(table_id: TableId, table: &Table, entry: &Entry, report: &mut Report) {
    if matches!(entry.value.kind, NodeKind::Null) && !table.returned.may_be_empty {
        let message = format!("“{}”下面一条记录也没有", table.title);
        let finding = Finding::new(&codes::RETURN_EMPTY, message).at(entry.key_origin);
        let finding = finding.about(Target::part_with(entry.key_origin, [table_id]));
        report.push(finding.hint("请向报送单位核实是否漏填；确无内容可报的，请写成“[]”"));
    }
}

struct TreeReader<'a> {
    schemas: &'a Schemas,
    records: &'a mut Records,
    marks: &'a mut Marks,
    report: &'a mut Report,
}

impl TreeReader<'_> {
    /// Reads the records of a table that stands at the top, and marks where each begins.
    fn top(mut self, table_id: TableId, node: &Node) {
        let items = match &node.kind {
            NodeKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for item in items {
            let before = self.records.tables.map(ById::next_id);
            self.list(table_id, item, None);
            let now = self.records.tables.with_ids();
            let own = now.map(|(table, it)| RowSpan { table, first: before[table], end: it.next_id() });
            let own = own.filter(|it| it.first < it.end).map(Target::Record);
            self.marks.record(item.origin, own.collect());
        }
    }

    /// Reads a list of records; a single mapping counts as a list of one.
    fn list(&mut self, table_id: TableId, node: &Node, parent: Option<RowId>) {
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::List(items) => items.iter().for_each(|it| self.record(table_id, it, parent)),
            NodeKind::Map(_) => self.record(table_id, node, parent),
            NodeKind::Scalar(_) => self.not_a_record(table_id, node),
        }
    }

    fn not_a_record(&mut self, table_id: TableId, node: &Node) {
        let title = &self.schemas.tables[table_id].title;
        self.report.push(
            Finding::new(&codes::YAML_NOT_A_RECORD, format!("“{title}”的这一项不是记录"))
                .at(node.origin)
                .hint("每条记录应为“字段: 内容”的若干行，以“- ”开头"),
        );
    }

    fn record(&mut self, table_id: TableId, node: &Node, parent: Option<RowId>) {
        let NodeKind::Map(entries) = &node.kind else {
            self.not_a_record(table_id, node);
            return;
        };
        let schemas = self.schemas;
        let table = &schemas.tables[table_id];
        let row = self.records.tables[table_id].next_id();
        let own = RowSpan::one(table_id.record(row));
        let slot = |(id, field)| Slot { field, id, rows: own, origin: node.origin };
        let mut spans = Spans::new(&table.fields);
        let slots = table.fields.with_ids().map(slot);
        let cells = slots.map(|it| self.cell_or_end(table, it, entries, &mut spans)).collect();
        self.records.tables[table_id].push(Record { origin: node.origin, cells, parent });
        for (child_id, child) in schemas.children(table_id) {
            match entries.iter().find(|it| self.names_table(child, &it.key)) {
                Some(entry) => self.list(child_id, &entry.value, Some(row)),
                None if child.required => self.report.push(
                    Finding::new(&codes::MISSING_VALUE, format!("缺少“{}”", child.title))
                        .at(node.origin)
                        .about(Target::Record(own))
                        .field(child.title.clone())
                        .hint("该项至少填写一条"),
                ),
                None => {}
            }
        }
        self.unknown_keys(own, node.origin, entries);
        self.doubled_keys(own, node.origin, entries);
    }

    /// What is given twice under one name (the reader has said so) or under two: nobody knows which one is meant, so the
    /// whole record is in doubt.
    fn doubled_keys(&mut self, own: RowSpan, record: Origin, entries: &[Entry]) {
        for entry in entries.iter().filter(|it| it.is_doubled) {
            let message = format!("“{}”写了两次，不能确定以哪一处为准", entry.key);
            self.report.push(
                Finding::new(&codes::DUPLICATE_KEY, message)
                    .at(record)
                    .about(Target::Record(own))
                    .related(entry.key_origin, "先写的一处")
                    .hint("请只保留一处"),
            );
        }
        let schemas = self.schemas;
        let table = &schemas.tables[own.table];
        let children: Vec<&Table> = schemas.children(own.table).map(|(_, it)| it).collect();
        let mut first: BTreeMap<&str, Origin> = BTreeMap::new();
        for entry in entries {
            let child = children.iter().find(|it| self.names_table(it, &entry.key)).map(|it| &*it.title);
            let field = self.field_named(table, &entry.key);
            let title = child.or(field.map(|it| &*table.fields[it].title));
            let Some(title) = title else { continue };
            let Some(earlier) = first.get(title).copied() else {
                first.insert(title, entry.key_origin);
                continue;
            };
            let message = format!("“{title}”写了两次（这里写作“{}”），后写的没有采用", entry.key);
            self.report.push(
                Finding::new(&codes::DUPLICATE_KEY, message)
                    .at(entry.key_origin)
                    .about(Target::Record(own))
                    .related(earlier, "先写的一处")
                    .related(record, OF_RECORD)
                    .hint("请只保留一处"),
            );
        }
    }

    /// The cell of a field; the end of a span may stand in that of its beginning: 开始时间: 2025.3.1—3.5.
    fn cell_or_end(&mut self, table: &Table, slot: Slot<'_>, entries: &[Entry], spans: &mut Spans) -> Cell {
        let entry = entries.iter().find(|it| self.field_named(table, &it.key) == Some(slot.id));
        let raw = match entry.map(|it| &it.value.kind) {
            Some(NodeKind::Scalar(text)) => Raw::text(text),
            _ => Raw::Empty,
        };
        if let Some(end) = spans.end(slot.id, &raw, self.report) {
            return end;
        }
        let cell = self.cell(table, slot, entries);
        let written = Slot { origin: entry.map_or(slot.origin, |it| it.value.origin), ..slot };
        spans.keep(written, &table.fields, &raw, self.report);
        cell
    }

    /// The cell of a field; `slot` stands where its record does.
    fn cell(&mut self, table: &Table, slot: Slot<'_>, entries: &[Entry]) -> Cell {
        let field = slot.field;
        let Some(entry) = entries.iter().find(|it| self.field_named(table, &it.key) == Some(slot.id)) else {
            if field.default.is_some() {
                return bind(slot, &Raw::Empty, self.report);
            }
            let by_code = matches!(&field.kind, FieldKind::Reference(reference) if reference.fallback.as_ref()
                .and_then(|it| table.field(it))
                .is_some_and(|code| entries.iter().any(|it| self.field_named(table, &it.key) == Some(code))));
            if field.required && !by_code {
                self.report.push(missing(slot));
            }
            return Cell { value: Value::Missing, origin: slot.origin };
        };
        let slot = Slot { origin: entry.value.origin, ..slot };
        match &entry.value.kind {
            NodeKind::Null => bind(slot, &Raw::Empty, self.report),
            NodeKind::Scalar(text) => bind(slot, &Raw::text(text), self.report),
            NodeKind::List(items) if matches!(field.kind, FieldKind::List(_)) => self.sequence(slot, items),
            NodeKind::List(_) | NodeKind::Map(_) => {
                self.report.push(not_a_value(slot));
                Cell { value: Value::Invalid, origin: slot.origin }
            }
        }
    }

    /// A sequence for a field that holds several values: each item is parsed where it stands.
    fn sequence(&mut self, slot: Slot<'_>, items: &[Node]) -> Cell {
        let mut values = Vec::new();
        let mut invalid = None;
        for item in items {
            let own = Slot { origin: item.origin, ..slot };
            let raw = match &item.kind {
                NodeKind::Scalar(text) => Raw::text(text),
                NodeKind::Null => continue,
                NodeKind::List(_) | NodeKind::Map(_) => {
                    self.report.push(not_a_value(own));
                    invalid.get_or_insert(item.origin);
                    continue;
                }
            };
            match bind(own, &raw, self.report).value {
                Value::List(parts) => values.extend(parts.iter().cloned()),
                Value::Invalid => invalid = invalid.or(Some(item.origin)),
                _ => {}
            }
        }
        match invalid {
            Some(origin) => Cell { value: Value::Invalid, origin },
            None => Cell { value: Value::List(values.into()), origin: slot.origin },
        }
    }

    fn unknown_keys(&mut self, own: RowSpan, record: Origin, entries: &[Entry]) {
        let schemas = self.schemas;
        let table = &schemas.tables[own.table];
        let children: Vec<&Table> = schemas.children(own.table).map(|(_, it)| it).collect();
        for entry in entries {
            let is_child = children.iter().any(|it| self.names_table(it, &entry.key));
            if is_child || self.field_named(table, &entry.key).is_some() {
                continue;
            }
            let titles: Vec<Arc<str>> = table
                .fields
                .iter()
                .map(|it| it.title.clone())
                .chain(children.iter().map(|it| it.title.clone()))
                .collect();
            let hint = match nearest(&entry.key, titles.iter().map(|it| &**it)) {
                Some(title) => format!("是否应为“{title}”？"),
                None => format!("可用的字段有：{}", titles.join("、")),
            };
            self.report.push(
                Finding::new(
                    &codes::UNKNOWN_FIELD_KEY,
                    format!("“{}”表没有“{}”这一项，内容未读取", table.title, entry.key),
                )
                .at(entry.key_origin)
                .about(Target::Record(own))
                .related(record, OF_RECORD)
                .value(&*entry.key)
                .hint(hint),
            );
        }
    }

    fn names_table(&self, table: &Table, key: &str) -> bool {
        let key = self.schemas.customs.fold_label(key);
        table.names().any(|it| fold_label(it) == key)
    }

    /// The field that a key names: by its title, its id, or a synonym.
    fn field_named(&self, table: &Table, key: &str) -> Option<FieldId> {
        let folded = self.schemas.customs.fold_label(key);
        let by_name = |name: &Arc<str>| fold_label(name) == folded;
        let fields = &table.fields;
        let titled = fields.position(|it| by_name(&it.title) || by_name(&it.id));
        titled.or_else(|| fields.position(|it| it.synonyms.iter().any(by_name)))
    }
}

fn not_a_value(slot: Slot<'_>) -> Finding {
    slot.finding(&codes::YAML_NOT_A_VALUE, format!("“{}”应当是一个值", slot.field.title))
        .hint("请写成“字段: 内容”；内容较长时用“|”起头、换行缩进")
}
