//! References between records: which row each leads to, and the ways back.

mod namesakes;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::departed::{Departed, Departures};
use super::zeros::{Pair, Zeros};
use super::{BackLink, through};
use finding::{ById, ColumnId, FieldId, FieldRef, Finding, Origin, Report, RowId, TableId, Target, codes};
use schema::{Bodies, Cell, Field, FieldKind, Record, Records, Reference, Schemas, Table};
use source::nearest;
use value::{Value, fold};

/// The rows of one table by the folded content of one of its fields.
type Index = BTreeMap<String, Vec<RowId>>;

/// A record whose reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The record.
    pub row: RowId,
    /// The record that it was meant for, as far as that can be told.
    pub meant: Meant,
}

/// Which record a reference that leads nowhere was meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// Nobody can say.
    Unknown,
    /// Probably this one, whose name is close to what is written.
    Near(RowId),
    /// One of these, which have the name that is written.
    OneOf(Arc<[RowId]>),
}

impl Meant {
    /// Whether it may have been this record.
    pub fn may_be(&self, row: RowId) -> bool {
        match self {
            Self::Unknown => true,
            Self::Near(near) => *near == row,
            Self::OneOf(rows) => rows.contains(&row),
        }
    }
}

/// The targets of each reference; nothing for other fields.
pub(super) type Links = ById<TableId, ById<FieldId, Option<Targets>>>;

/// Where the references of one field lead.
#[derive(Debug)]
pub(super) struct Targets {
    /// The table that they lead to.
    pub(super) table: TableId,
    /// For each record the one there that it refers to.
    pub(super) rows: ById<RowId, Option<RowId>>,
}

/// Where all references lead, and what became of those that lead nowhere.
pub(super) struct Resolved {
    /// The targets.
    pub(super) links: Links,
    /// The records that have none.
    pub(super) lost: BTreeMap<ColumnId, Vec<Lost>>,
    /// Those that name somebody who has left.
    pub(super) departed: Departed,
}

/// Finds the target of every reference, and the records that have none; what leads nowhere or to several records is an
/// error.
pub(super) fn resolve(schemas: &Schemas, records: &Records, report: &mut Report) -> Resolved {
    let departures = Departures::new(schemas, records);
    let (indexes, said, zeros) = (BTreeMap::new(), BTreeMap::new(), Zeros::default());
    let mut resolver = Resolver { schemas, records, indexes, bodies: None, departures, said, zeros };
    let (mut links, mut lost) = (ById::default(), BTreeMap::new());
    for (table_id, table) in schemas.tables.with_ids() {
        let mut fields = table.fields.map(|_| None);
        for (field_id, field) in table.fields.with_ids() {
            let FieldKind::Reference(reference) = &field.kind else { continue };
            let mut rows = ById::default();
            for (row, record) in records.tables[table_id].with_ids() {
                let at = table_id.record(row).field(field_id);
                let target = resolver.target(at, reference, record, report);
                // A reference that may be empty, and is, loses nothing; a code that stands in for it is something.
                let written = reference.stated_at(table, field_id, record);
                let is_named = field.required || record.cells[written].value != Value::Missing;
                let has_left = resolver.departures.found.contains_key(&at);
                let is_lost = is_named && !reference.may_be_unlisted && !has_left;
                rows.push(target.as_ref().ok().copied());
                if let (Err(meant), true) = (target, is_lost) {
                    let of_field: &mut Vec<Lost> = lost.entry(at.column()).or_default();
                    of_field.push(Lost { row, meant });
                }
            }
            fields[field_id] = schemas.index(&reference.to).map(|table| Targets { table, rows });
        }
        links.push(fields);
    }
    resolver.zeros.report(schemas, records, report);
    resolver.departures.report(report);
    let mut resolved = Resolved { links, lost, departed: resolver.departures.found };
    through::lead_on(schemas, records, &mut resolved);
    resolved
}

/// The ways back: for each declared reverse name the rows that refer to each row, and children by parent.
pub(super) fn reverse(
    schemas: &Schemas,
    records: &Records,
    links: &Links,
) -> ById<TableId, BTreeMap<Arc<str>, BackLink>> {
    let relations = |to: TableId| {
        let grouped = |targets: &mut dyn Iterator<Item = (RowId, Option<RowId>)>| {
            let mut lists = records.tables[to].map(|_| Vec::new());
            targets.for_each(|(row, target)| target.into_iter().for_each(|it| lists[it].push(row)));
            lists
        };
        let reversed = schemas.reverse(to).map(|(name, ColumnId { table, field })| {
            let targets = links[table][field].iter().flat_map(|it| it.rows.with_ids());
            let rows = grouped(&mut targets.map(|(row, target)| (row, *target)));
            (name.clone(), BackLink { table, field: Some(field), rows })
        });
        let children = schemas.children(to).map(|(table, child)| {
            let rows = grouped(&mut records.tables[table].with_ids().map(|(row, it)| (row, it.parent)));
            (child.short_id().into(), BackLink { table, field: None, rows })
        });
        reversed.chain(children).collect()
    };
    records.tables.ids().map(relations).collect()
}

struct Resolver<'a> {
    schemas: &'a Schemas,
    records: &'a Records,
    /// Built when first asked for.
    indexes: BTreeMap<ColumnId, Index>,
    /// The committees and branches by all forms of their names; built when first asked for.
    bodies: Option<Bodies<'a>>,
    /// Those who have left other tables.
    departures: Departures<'a>,
    /// What has been said of which cell: the numbers of the findings.
    said: BTreeMap<(Origin, Cow<'static, str>), usize>,
    /// Numbers that are known but for their leading zeros.
    zeros: Zeros,
}

/// A cell that names a record of another table.
#[derive(Clone, Copy)]
struct Naming<'a> {
    /// The other table.
    to: TableId,
    /// Ids of the fields there that are tried, in this order.
    by: &'a [Arc<str>],
    field: &'a Field,
    /// What the column is called in which it stands: its own, or that of the name which stands in for a number.
    title: &'a Arc<str>,
    cell: &'a Cell,
    /// The reference as it is declared.
    declared: &'a Reference,
    /// The record that it is in.
    record: &'a Record,
    /// Which field it is.
    at: FieldRef,
    /// The reference that it stands for: itself, or that which its code names.
    reference: FieldRef,
    /// References of the record that go through it.
    heirs: &'a [FieldRef],
}

impl Naming<'_> {
    /// A finding at the cell, about it and the reference that it stands for.
    fn placed(&self, finding: Finding) -> Finding {
        let finding = finding.at(self.cell.origin).field(self.title.clone());
        let finding = finding.about(Target::field(self.at));
        let stands_for = Some(self.reference).filter(|it| *it != self.at);
        stands_for.iter().chain(self.heirs).fold(finding, |it, at| it.about(Target::field(*at)))
    }
}

impl Resolver<'_> {
    fn target(
        &mut self,
        at: FieldRef,
        reference: &Reference,
        record: &Record,
        report: &mut Report,
    ) -> Result<RowId, Meant> {
        let to = self.schemas.index(&reference.to).ok_or(Meant::Unknown)?;
        let table = &self.schemas.tables[at.table];
        let heirs = through::heirs(table, at, record);
        let naming = |id: FieldId, by| Naming {
            to,
            by,
            field: &table.fields[id],
            title: &table.fields[namesakes::stands_as(table, id, record)].title,
            cell: &record.cells[id],
            declared: reference,
            record,
            at: FieldRef { field: id, ..at },
            reference: at,
            heirs: &heirs,
        };
        let by_name = Some(naming(at.field, &reference.by[..])).filter(|it| it.cell.value.is_present());
        let code_id = reference.fallback.as_ref().and_then(|it| table.field(it));
        let by_code =
            code_id.map(|it| naming(it, &reference.by[..1])).filter(|it| it.cell.value.is_present());
        match (by_name, by_code) {
            (None, code) => self.find(code.ok_or(Meant::Unknown)?, report),
            (Some(name), None) => self.find(name, report),
            (Some(name), Some(code)) => {
                let target = self.find(name, report)?;
                // The name says which record is meant: a code that is unknown puts only itself in doubt.
                let code = Naming { reference: code.at, ..code };
                if self.find(code, report).is_ok_and(|it| it != target) {
                    self.say(conflict(name, code), report);
                }
                Ok(target)
            }
        }
    }

    /// One cell may stand in many records, if their row had a column for each month: it is at fault once, in all of them.
    fn say(&mut self, finding: Finding, report: &mut Report) {
        let Some(origin) = finding.origin else { return report.push(finding) };
        let number = report.findings().len();
        let said = *self.said.entry((origin, finding.code.clone())).or_insert(number);
        match report.findings_mut().get_mut(said) {
            Some(earlier) => earlier.about.extend(finding.about),
            None => report.push(finding),
        }
    }

    /// The record that a cell names; otherwise the one that it was probably meant to name.
    fn find(&mut self, naming: Naming<'_>, report: &mut Report) -> Result<RowId, Meant> {
        let folded = fold(&naming.cell.value.display());
        let mut known: BTreeMap<String, RowId> = BTreeMap::new();
        for name in naming.by {
            let Some(by) = self.schemas.tables[naming.to].field(name) else { continue };
            let index = self.index(naming.to.column(by));
            let Some(rows) = index.get(&folded).cloned() else {
                if naming.declared.may_be_unlisted {
                    continue;
                }
                known.extend(index.iter().filter_map(|(name, rows)| Some((name.clone(), *rows.first()?))));
                continue;
            };
            let rows = self.of_own_branch(naming, by, rows);
            if rows.len() > 1 && !self.is_one_record_given_twice(naming.to, &rows) {
                if !naming.declared.may_be_unlisted {
                    let finding = self.ambiguous(naming, &rows);
                    self.say(finding, report);
                }
                return Err(Meant::OneOf(rows.into()));
            }
            return rows.first().copied().ok_or(Meant::Unknown);
        }
        if let Some(row) = self.without_zeros(naming, &folded) {
            return Ok(row);
        }
        if naming.declared.may_be_unlisted {
            return Err(Meant::Unknown);
        }
        if let Some(found) = self.by_form(naming, report) {
            return found;
        }
        if self.departures.has_left(naming.reference, naming.declared, naming.record, &folded) {
            return Err(Meant::Unknown);
        }
        // The number of a person is near those of many others; who was meant can be told by a name alone.
        let is_number = folded.is_ascii();
        let near = nearest(&folded, known.keys().map(String::as_str))
            .filter(|_| !is_number || self.is_of_bodies(naming.to));
        self.say(unknown(&self.schemas.tables[naming.to], naming, near), report);
        Err(near.and_then(|it| known.get(it).copied()).map_or(Meant::Unknown, Meant::Near))
    }

    /// The record whose number is the one that a cell names, but for leading zeros; not of the registers, whose codes have a
    /// length.
    fn without_zeros(&mut self, naming: Naming<'_>, folded: &str) -> Option<RowId> {
        let by = self.schemas.tables[naming.to].field(naming.by.first()?)?;
        if self.is_of_bodies(naming.to) || !folded.is_ascii() {
            return None;
        }
        let column = naming.to.column(by);
        self.index(column);
        let row = self.zeros.find(column, folded, self.indexes.get(&column)?.iter())?;
        let pair = Pair { own: column.table.record(row).field(by), naming: naming.at };
        self.zeros.note(self.records, pair);
        Some(row)
    }

    /// Whether a table is that of the committees or of the branches.
    fn is_of_bodies(&self, table: TableId) -> bool {
        [self.schemas.committees(), self.schemas.branches()].contains(&Some(table))
    }

    /// The committee or branch that a cell names in another form than the register: 中共…支部委员会, with the unit or without.
    fn by_form(&mut self, naming: Naming<'_>, report: &mut Report) -> Option<Result<RowId, Meant>> {
        if !self.is_of_bodies(naming.to) {
            return None;
        }
        let (schemas, records) = (self.schemas, self.records);
        let bodies = self.bodies.get_or_insert_with(|| Bodies::new(schemas, &[&records.tables]));
        let found = bodies.named(naming.to, &naming.cell.value.display());
        let rows: Vec<RowId> = found.into_iter().map(|it| it.row).collect();
        match rows[..] {
            [] => None,
            [row] => Some(Ok(row)),
            [..] => {
                let finding = self.ambiguous(naming, &rows);
                self.say(finding, report);
                Some(Err(Meant::OneOf(rows.into())))
            }
        }
    }

    /// Whether the records share their key: that is an error of its own, and no reason to doubt every reference.
    fn is_one_record_given_twice(&self, table: TableId, rows: &[RowId]) -> bool {
        let records = &self.records.tables[table];
        let key = &self.schemas.tables[table].key;
        let is_same = |a: RowId, b: RowId| {
            key.iter().all(|it| records[a].cells[*it].value == records[b].cells[*it].value)
        };
        !key.is_empty() && rows.windows(2).all(|pair| is_same(pair[0], pair[1]))
    }

    fn index(&mut self, column: ColumnId) -> &Index {
        let records = self.records;
        self.indexes.entry(column).or_insert_with(|| {
            let mut index = Index::new();
            for (row, record) in records.tables[column.table].with_ids() {
                for name in names(&record.cells[column.field].value) {
                    index.entry(fold(&name)).or_default().push(row);
                }
            }
            index
        })
    }

    fn ambiguous(&self, naming: Naming<'_>, rows: &[RowId]) -> Finding {
        let title = &self.schemas.tables[naming.to].title;
        let written = naming.cell.value.display();
        let message = format!("“{written}”对应{}个{title}，不能确定是哪一个", rows.len());
        let first = naming.by.first().and_then(|it| self.schemas.tables[naming.to].field(it));
        let number = first.map_or("编码", |it| &*self.schemas.tables[naming.to].fields[it].title);
        let hint = match self.is_of_bodies(naming.to) {
            true => "请填写全称或编码".to_owned(),
            false => format!("请填写{number}；表中没有这一列的，请加上"),
        };
        let mut finding =
            naming.placed(Finding::new(&codes::REFERENCE_AMBIGUOUS, message)).value(written).hint(hint);
        for row in rows {
            finding = finding.related(self.records.tables[naming.to][*row].origin, "其中之一");
        }
        finding
    }
}

/// What a record can be called by: the value of a field, or each value of a list such as 别名.
pub(super) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::List(values) => values.iter().flat_map(names).collect(),
        it if it.is_present() => vec![it.display()],
        _ => Vec::new(),
    }
}

fn unknown(to: &Table, naming: Naming<'_>, near: Option<&str>) -> Finding {
    let written = naming.cell.value.display();
    let hint = match near {
        Some(near) => format!("是否应为“{near}”？请按{}登记的名称或编码填写", to.title),
        None => format!("请按{}登记的名称或编码填写；确属新增的，请先在“{}”表中登记", to.title, to.title),
    };
    let finding = Finding::new(&codes::UNKNOWN_REFERENCE, format!("没有名为“{written}”的{}", to.title));
    naming.placed(finding).value(written).hint(hint)
}

fn conflict(name: Naming<'_>, code: Naming<'_>) -> Finding {
    let message = format!(
        "“{}”填的是“{}”，“{}”填的是“{}”，两者不是同一个",
        name.field.title,
        name.cell.value.display(),
        code.field.title,
        code.cell.value.display()
    );
    name.placed(Finding::new(&codes::REFERENCE_CONFLICT, message))
        .about(Target::field(code.at))
        .value(name.cell.value.display())
        .related(code.cell.origin, code.field.title.to_string())
        .hint("请核对名称与编码")
}
