//! A sheet becomes records: the heading is found, each row below it is bound to the table's fields.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::bind;
use super::heading::{self, Heading};
use super::table::{Cell, FieldKind, Record, Records, Schemas, Table};
use crate::finding::{Finding, Origin, Report, codes};
use crate::source::{Grid, nearest};
use crate::value::{Raw, Value, fold, fold_label, parse_choice};

/// Words that begin a line below the table: totals and signatures, not records.
const FOOTERS: [&str; 12] =
    ["合计", "小计", "总计", "填表人", "审核人", "负责人", "联系人", "制表", "注:", "备注:", "说明:", "填报"];

/// Reads the records of one sheet into `records`; `file_name` helps to tell like tables apart.
pub(super) fn read(
    grid: &Grid,
    file_name: &str,
    schemas: &Schemas,
    records: &mut Records,
    report: &mut Report,
) {
    let place = Origin::sheet(grid.file, grid.sheet);
    if grid.rows.is_empty() {
        return;
    }
    if grid.hidden {
        let message = format!("隐藏的工作表“{}”没有读取", grid.name);
        report.push(
            Finding::new(&codes::SHEET_HIDDEN, message)
                .at(place)
                .hint("如需上报其中内容，请取消隐藏后重新提交"),
        );
        return;
    }
    let names = [&*grid.name, file_name];
    let Some(heading) = heading::find(grid, &names, schemas) else {
        report.push(unrecognised(grid, schemas, place));
        return;
    };
    let table = &schemas.tables[heading.table];
    let said = said_by_name(table, &heading, names);
    explain_heading(grid, (table, &said), &heading, report);
    let mut reader = Rows { grid, table, heading: &heading, said: &said, above: BTreeMap::new() };
    for row in grid.rows.range(heading.bottom + 1..).map(|(row, _)| *row) {
        if let Some(record) = reader.read(row, report) {
            records.tables[heading.table].push(record);
        }
    }
}

/// What the name of the sheet or of the file says in place of a column: 主题党日 as the kind of its activities.
fn said_by_name(table: &Table, heading: &Heading, names: [&str; 2]) -> BTreeMap<usize, Raw> {
    let mut said = BTreeMap::new();
    for (field_idx, field) in table.fields.iter().enumerate().filter(|(_, it)| it.named_by_sheet) {
        let FieldKind::Choice(choices) = &field.kind else { continue };
        let mut spelt = names.into_iter().map(Raw::text);
        let named = spelt.find(|it| parse_choice(it, choices).is_ok());
        if let Some(named) = named.filter(|_| !heading.columns.contains_key(&field_idx)) {
            said.insert(field_idx, named);
        }
    }
    said
}

/// A sheet in which no table was recognised, with the rows that were looked at.
fn unrecognised(grid: &Grid, schemas: &Schemas, place: Origin) -> Finding {
    let titles: Vec<&str> =
        schemas.tables.iter().filter(|it| it.parent.is_none()).map(|it| &*it.title).collect();
    let first: Vec<String> = grid
        .rows
        .values()
        .take(3)
        .map(|cells| cells.values().take(6).map(Raw::display).collect::<Vec<_>>().join(" | "))
        .collect();
    Finding::new(&codes::HEADING_NOT_FOUND, "没有找到可以识别的表头，本表未读取")
        .at(place)
        .value(first.join(" ⏎ "))
        .hint(format!("请按下发的表样填写表头。可识别的表有：{}", titles.join("、")))
}

/// Says what was made of the heading: columns skipped, misspelt, repeated or absent.
fn explain_heading(
    grid: &Grid,
    (table, said): (&Table, &BTreeMap<usize, Raw>),
    heading: &Heading,
    report: &mut Report,
) {
    let is_absent = |it: &usize| !heading.columns.contains_key(it) && !said.contains_key(it);
    let absent: Vec<usize> = (0..table.fields.len()).filter(is_absent).collect();
    let mut blamed = BTreeSet::new();
    for (col, label) in &heading.strangers {
        let origin = heading_origin(grid, heading, *col);
        match near_miss(table, &absent, label) {
            Some(field_idx) => {
                blamed.insert(field_idx);
                report.push(misspelt(table, field_idx, label, origin));
            }
            None => report.push(
                Finding::new(&codes::COLUMN_IGNORED, format!("“{label}”一列不在表式中，没有读取"))
                    .at(origin)
                    .value(label),
            ),
        }
    }
    for (col, label, field_idx) in &heading.repeated {
        let title = &table.fields[*field_idx].title;
        let message = format!("“{title}”在表头中出现了两次，只读取其中一列");
        let used = heading.columns.get(field_idx).map(|it| heading_origin(grid, heading, *it));
        let mut finding = Finding::new(&codes::HEADING_REPEATED, message)
            .at(heading_origin(grid, heading, *col))
            .value(label);
        if let Some(origin) = used {
            finding = finding.related(origin, "读取的是这一列");
        }
        report.push(finding.hint("请删除多余的一列，或改正其表头"));
    }
    for field_idx in absent.iter().filter(|it| !blamed.contains(it)) {
        let field = &table.fields[*field_idx];
        if field.required && !has_stand_in(table, heading, *field_idx) {
            report.push(
                Finding::new(&codes::COLUMN_MISSING, format!("“{}”表缺少“{}”一列", table.title, field.title))
                    .at(heading_origin(grid, heading, first_column(heading)))
                    .field(field.title.clone())
                    .hint("请按表样补上这一列"),
            );
        }
    }
}

/// The place of a column's lowest heading: the visible cell, if it is merged.
fn heading_origin(grid: &Grid, heading: &Heading, col: u16) -> Origin {
    match grid.merge_at(heading.bottom, col) {
        Some(area) => grid.origin(area.top, area.left),
        None => grid.origin(heading.bottom, col),
    }
}

/// Whether a required reference without a column can be read from its code's column, or has a default.
fn has_stand_in(table: &Table, heading: &Heading, field_idx: usize) -> bool {
    let field = &table.fields[field_idx];
    let by_code = match &field.kind {
        FieldKind::Reference(reference) => reference
            .fallback
            .as_ref()
            .and_then(|it| table.field(it))
            .is_some_and(|it| heading.columns.contains_key(&it)),
        _ => false,
    };
    by_code || field.default.is_some()
}

fn first_column(heading: &Heading) -> u16 {
    heading.columns.values().copied().min().unwrap_or_default()
}

/// The absent field that a label was probably meant to name.
fn near_miss(table: &Table, absent: &[usize], label: &str) -> Option<usize> {
    let folded = fold_label(label);
    let names: Vec<(String, usize)> = absent
        .iter()
        .flat_map(|idx| {
            let field = &table.fields[*idx];
            [&field.title].into_iter().chain(&field.synonyms).map(move |it| (fold_label(it), *idx))
        })
        .collect();
    let found = nearest(&folded, names.iter().map(|(name, _)| name.as_str()))?;
    names.iter().find(|(name, _)| name == found).map(|(_, idx)| *idx)
}

/// A misspelt heading is never taken for the right one; without a required column it is an error.
fn misspelt(table: &Table, field_idx: usize, label: &str, origin: Origin) -> Finding {
    let field = &table.fields[field_idx];
    let code = if field.required { &codes::COLUMN_MISSING } else { &codes::HEADING_MISSPELT };
    Finding::new(code, format!("表头“{label}”不在表式中，该列没有读取"))
        .at(origin)
        .field(field.title.clone())
        .value(label)
        .hint(format!("是否应为“{}”？请改正表头", field.title))
}

/// Reads the rows below a heading, one after the other.
struct Rows<'a> {
    grid: &'a Grid,
    table: &'a Table,
    heading: &'a Heading,
    /// What the sheet's name says of fields without a column.
    said: &'a BTreeMap<usize, Raw>,
    /// The last content of each column that is filled down.
    above: BTreeMap<usize, (Raw, Origin)>,
}

impl Rows<'_> {
    fn read(&mut self, row: u32, report: &mut Report) -> Option<Record> {
        let is_empty = self.heading.columns.values().all(|col| self.grid.get(row, *col).is_empty());
        if is_empty {
            self.skip_blank(row, report);
            return None;
        }
        if let Some(reason) = self.not_a_record(row) {
            report.push(self.skipped(row, reason));
            return None;
        }
        let origin = self.grid.origin(row, first_column(self.heading));
        let mut cells = Vec::with_capacity(self.table.fields.len());
        for field_idx in 0..self.table.fields.len() {
            cells.push(self.cell(row, field_idx, origin, report));
        }
        Some(Record { origin, cells, parent: None })
    }

    fn cell(&mut self, row: u32, field_idx: usize, record: Origin, report: &mut Report) -> Cell {
        let field = &self.table.fields[field_idx];
        let Some(col) = self.heading.columns.get(&field_idx).copied() else {
            // The heading has been reported; without a column there is no cell to blame.
            let value = match self.said.get(&field_idx) {
                Some(raw) => bind(field, raw, record, report).value,
                None if field.default.is_some() => bind(field, &Raw::Empty, record, report).value,
                None => Value::Missing,
            };
            return Cell { value, origin: record };
        };
        let origin = self.grid.origin(row, col);
        let mut raw = self.grid.get(row, col).clone();
        if field.fill_down {
            raw = self.filled_down(field_idx, raw, origin, report);
        }
        if raw.is_empty() && field.required && self.is_named_by_code(row, field_idx) {
            return Cell { value: Value::Missing, origin };
        }
        bind(field, &raw, origin, report)
    }

    /// The content of a cell that repeats the one above it: silently within a merged area, with a note otherwise.
    fn filled_down(&mut self, field_idx: usize, raw: Raw, origin: Origin, report: &mut Report) -> Raw {
        if !raw.is_empty() {
            self.above.insert(field_idx, (raw.clone(), origin));
            return raw;
        }
        let Some((above, source)) = self.above.get(&field_idx).cloned() else { return raw };
        let crate::finding::Place::Cell { row, col, .. } = origin.place else { return raw };
        if self.is_named_by_code(row, field_idx) {
            return raw;
        }
        if self.grid.merge_at(row, col).is_none() {
            let field = &self.table.fields[field_idx];
            let message = format!("“{}”为空，按上一行的“{}”读取", field.title, above.display());
            report.push(
                Finding::new(&codes::FILLED_DOWN, message)
                    .at(origin)
                    .field(field.title.clone())
                    .related(source, "取自这里"),
            );
        }
        above
    }

    /// Whether the record that a reference names is given by its code in the same row.
    fn is_named_by_code(&self, row: u32, field_idx: usize) -> bool {
        let FieldKind::Reference(reference) = &self.table.fields[field_idx].kind else {
            return false;
        };
        let code = reference.fallback.as_ref().and_then(|it| self.table.field(it));
        code.and_then(|it| self.heading.columns.get(&it))
            .is_some_and(|col| !self.grid.get(row, *col).is_empty())
    }

    /// Why a row is no record: a footer, a total, the heading once more, an example.
    fn not_a_record(&self, row: u32) -> Option<&'static str> {
        let first = self.grid.rows.get(&row)?.values().next()?.display();
        let folded = fold(&first);
        if FOOTERS.iter().any(|it| folded.starts_with(it)) && self.lacks_key(row) {
            return Some("是合计或表尾");
        }
        if heading::is_banner(self.grid, row) {
            return Some("是合并的说明行");
        }
        let n_labels = self.heading.columns.iter().filter(|(field_idx, col)| {
            let shown = fold_label(&self.grid.get(row, **col).display());
            let above = fold_label(&self.grid.shown(self.heading.bottom, **col).display());
            !shown.is_empty()
                && (shown == above || shown == fold_label(&self.table.fields[**field_idx].title))
        });
        (2 * n_labels.count() > self.heading.columns.len()).then_some("重复了表头")
    }

    /// Whether the row leaves empty most of what its table requires.
    fn lacks_key(&self, row: u32) -> bool {
        let required =
            self.heading.columns.iter().filter(|(field_idx, _)| self.table.fields[**field_idx].required);
        let (mut n_required, mut n_filled) = (0, 0);
        for (_, col) in required {
            n_required += 1;
            n_filled += usize::from(!self.grid.get(row, *col).is_empty());
        }
        2 * n_filled <= n_required
    }

    /// A row that only has its printed number is not worth a word; other content outside the table is.
    fn skip_blank(&self, row: u32, report: &mut Report) {
        let Some(cells) = self.grid.rows.get(&row) else { return };
        let ignored = |col: u16| {
            self.table
                .ignored
                .iter()
                .any(|it| fold_label(it) == fold_label(&self.grid.shown(self.heading.bottom, col).display()))
        };
        if !cells.keys().all(|col| ignored(*col)) {
            report.push(self.skipped(row, "在表内各列均为空"));
        }
    }

    fn skipped(&self, row: u32, reason: &str) -> Finding {
        let shown: Vec<String> =
            self.grid.rows.get(&row).into_iter().flat_map(BTreeMap::values).map(Raw::display).collect();
        let col = self.grid.rows.get(&row).and_then(|it| it.keys().next()).copied().unwrap_or_default();
        Finding::new(&codes::ROW_SKIPPED, format!("第{}行{reason}，没有作为记录读取", row + 1))
            .at(self.grid.origin(row, col))
            .value(shown.join(" | ").chars().take(40).collect::<String>())
    }
}
