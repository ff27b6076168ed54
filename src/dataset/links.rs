//! References between records: which row each leads to, and the ways back.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::BackLink;
use crate::finding::{Finding, Report, codes};
use crate::schema::{Cell, Field, FieldKind, Records, Reference, Schemas, Table};
use crate::source::nearest;
use crate::value::fold;

/// The rows of one table by the folded content of one of its fields.
type Index = BTreeMap<String, Vec<usize>>;

/// Finds the target of every reference; what leads nowhere or to several records is an error.
pub(super) fn resolve(
    schemas: &Schemas,
    records: &Records,
    report: &mut Report,
) -> Vec<Vec<Vec<Option<usize>>>> {
    let mut resolver = Resolver { schemas, records, indexes: BTreeMap::new() };
    let mut links = Vec::new();
    for (table_idx, table) in schemas.tables.iter().enumerate() {
        let mut fields = vec![Vec::new(); table.fields.len()];
        for (field_idx, field) in table.fields.iter().enumerate() {
            let FieldKind::Reference(reference) = &field.kind else { continue };
            let n_rows = records.tables[table_idx].len();
            fields[field_idx] = (0..n_rows)
                .map(|row| resolver.target(table, field_idx, reference, (table_idx, row), report))
                .collect();
        }
        links.push(fields);
    }
    links
}

/// The ways back: for each declared reverse name the rows that refer to each row, and children by parent.
pub(super) fn reverse(
    schemas: &Schemas,
    records: &Records,
    links: &[Vec<Vec<Option<usize>>>],
) -> Vec<BTreeMap<Arc<str>, BackLink>> {
    let mut back: Vec<BTreeMap<Arc<str>, BackLink>> = Vec::new();
    for (table_idx, rows) in records.tables.iter().enumerate() {
        let mut relations = BTreeMap::new();
        for (name, from, field_idx) in schemas.reverse(table_idx) {
            let mut lists = vec![Vec::new(); rows.len()];
            for (row, target) in links[from][field_idx].iter().enumerate() {
                if let Some(target) = target {
                    lists[*target].push(row);
                }
            }
            relations.insert(name.clone(), BackLink { table: from, rows: lists });
        }
        for (child_idx, child) in schemas.children(table_idx) {
            let mut lists = vec![Vec::new(); rows.len()];
            for (row, record) in records.tables[child_idx].iter().enumerate() {
                if let Some(parent) = record.parent {
                    lists[parent].push(row);
                }
            }
            relations.insert(child.short_id().into(), BackLink { table: child_idx, rows: lists });
        }
        back.push(relations);
    }
    back
}

struct Resolver<'a> {
    schemas: &'a Schemas,
    records: &'a Records,
    /// By table and field, built when first asked for.
    indexes: BTreeMap<(usize, usize), Index>,
}

impl Resolver<'_> {
    fn target(
        &mut self,
        table: &Table,
        field_idx: usize,
        reference: &Reference,
        (table_idx, row): (usize, usize),
        report: &mut Report,
    ) -> Option<usize> {
        let records = self.records;
        let field = &table.fields[field_idx];
        let to = self.schemas.index(&reference.to)?;
        let record = &records.tables[table_idx][row];
        let code_idx = reference.fallback.as_ref().and_then(|it| table.field(it));
        let by_code =
            code_idx.and_then(|it| record.cells[it].value.is_present().then_some((it, &record.cells[it])));
        let cell = &record.cells[field_idx];
        if !cell.value.is_present() {
            let (code_idx, cell) = by_code?;
            return self.find(to, &reference.by[..1], &table.fields[code_idx], cell, report);
        }
        let target = self.find(to, &reference.by, field, cell, report)?;
        if let Some((code_idx, code_cell)) = by_code
            && let Some(other) = self.find(to, &reference.by[..1], &table.fields[code_idx], code_cell, report)
            && other != target
        {
            report.push(conflict(field, cell, &table.fields[code_idx], code_cell));
        }
        Some(target)
    }

    fn find(
        &mut self,
        to: usize,
        by: &[Arc<str>],
        field: &Field,
        cell: &Cell,
        report: &mut Report,
    ) -> Option<usize> {
        let written = cell.value.display();
        let folded = fold(&written);
        let mut known = Vec::new();
        for name in by {
            let Some(by_idx) = self.schemas.tables[to].field(name) else { continue };
            let index = self.index(to, by_idx);
            match index.get(&folded).map(Vec::as_slice) {
                Some([row]) => return Some(*row),
                Some(several) => {
                    let several = several.to_vec();
                    report.push(self.ambiguous(to, &several, field, cell));
                    return None;
                }
                None => known.extend(index.keys().cloned()),
            }
        }
        report.push(unknown(&self.schemas.tables[to], field, cell, &folded, &known));
        None
    }

    fn index(&mut self, table: usize, field: usize) -> &Index {
        let records = self.records;
        self.indexes.entry((table, field)).or_insert_with(|| {
            let mut index = Index::new();
            for (row, record) in records.tables[table].iter().enumerate() {
                if record.cells[field].value.is_present() {
                    index.entry(fold(&record.cells[field].value.display())).or_default().push(row);
                }
            }
            index
        })
    }

    fn ambiguous(&self, to: usize, rows: &[usize], field: &Field, cell: &Cell) -> Finding {
        let title = &self.schemas.tables[to].title;
        let message = format!("“{}”对应{}个{title}，不能确定是哪一个", cell.value.display(), rows.len());
        let mut finding = Finding::new(&codes::REFERENCE_AMBIGUOUS, message)
            .at(cell.origin)
            .field(field.title.clone())
            .value(cell.value.display())
            .hint("请填写全称或编码");
        for row in rows {
            finding = finding.related(self.records.tables[to][*row].origin, "其中之一");
        }
        finding
    }
}

fn unknown(to: &Table, field: &Field, cell: &Cell, folded: &str, known: &[String]) -> Finding {
    let written = cell.value.display();
    let hint = match nearest(folded, known.iter().map(String::as_str)) {
        Some(near) => format!("是否应为“{near}”？请按{}登记的名称或编码填写", to.title),
        None => format!("请按{}登记的名称或编码填写；确属新增的，请先在“{}”表中登记", to.title, to.title),
    };
    Finding::new(&codes::UNKNOWN_REFERENCE, format!("没有名为“{written}”的{}", to.title))
        .at(cell.origin)
        .field(field.title.clone())
        .value(written)
        .hint(hint)
}

fn conflict(field: &Field, cell: &Cell, code_field: &Field, code: &Cell) -> Finding {
    let message = format!(
        "“{}”填的是“{}”，“{}”填的是“{}”，两者不是同一个",
        field.title,
        cell.value.display(),
        code_field.title,
        code.value.display()
    );
    Finding::new(&codes::REFERENCE_CONFLICT, message)
        .at(cell.origin)
        .field(field.title.clone())
        .value(cell.value.display())
        .related(code.origin, code_field.title.to_string())
        .hint("请核对名称与编码")
}
