//! How long codes are: said once, in the register, for every field that names its records by code; and a project may say
//! another length.

use std::sync::Arc;

use super::returned::field_index;
use super::table::{FieldKind, Schemas};
use finding::{FieldId, Finding, Report, TableId, codes};
use source::{Fields, LocatedText, nearest};
use value::fold_label;

/// How a code looks, as far as that is declared.
#[derive(Debug, Clone, Default)]
pub struct CodeForm {
    /// How many characters it has.
    pub length: Option<usize>,
    /// Id of the reference field of its table with whose code it begins.
    pub begins_with: Option<LocatedText>,
    /// How it is put together, in words.
    pub made_of: Option<Arc<str>>,
    /// Where it is said that all codes of the register have another length, in words.
    pub otherwise: Option<Arc<str>>,
}

impl CodeForm {
    /// What is said to whom has written a code of another length.
    pub fn advice(&self) -> Option<String> {
        let parts: Vec<&str> =
            [&self.made_of, &self.otherwise].into_iter().flatten().map(|it| &**it).collect();
        (!parts.is_empty()).then(|| parts.join("；"))
    }
}

/// Reads the keys of a code.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> CodeForm {
    CodeForm {
        length: fields.count("length"),
        begins_with: fields.text("begins_with"),
        ..CodeForm::default()
    }
}

/// Gives the codes of registers to the fields that hold them elsewhere.
pub(super) fn resolve(schemas: &mut Schemas, report: &mut Report) {
    for table in &schemas.tables {
        for form in table.fields.iter().filter_map(|it| form(&it.kind)) {
            if let Some(written) = &form.begins_with {
                let _reported = field_index(&table.fields, written, report);
            }
        }
    }
    let registers: Vec<_> = registers(schemas).collect();
    for &(table, field) in &registers {
        hand_on(schemas, (table, field), false);
    }
    registers.into_iter().for_each(|it| explain(schemas, it));
}

/// Sets the lengths that a project gives to the codes of its registers, by the names of these tables.
pub(super) fn set(schemas: &mut Schemas, lengths: &[(LocatedText, usize)], report: &mut Report) {
    let registers: Vec<_> = registers(schemas).collect();
    for (name, length) in lengths {
        let is_named = |table: TableId| {
            let table = &schemas.tables[table];
            table.names().any(|it| fold_label(it) == fold_label(&name.text)) || *table.id == *name.text
        };
        let Some(&(table, field)) = registers.iter().find(|it| is_named(it.0)) else {
            let titles: Vec<&str> = registers.iter().map(|it| &*schemas.tables[it.0].title).collect();
            let hint = match nearest(&name.text, titles.iter().copied()) {
                Some(near) => format!("是否应为“{near}”？"),
                None => format!("可写：{}", titles.join("、")),
            };
            let message = format!("codes 中没有名为“{}”、用编码相称的表", name.text);
            report.push(Finding::new(&codes::SCHEMA_NAME_UNKNOWN, message).at(name.origin).hint(hint));
            continue;
        };
        if let FieldKind::Code(form) = &mut schemas.tables[table].fields[field].kind {
            form.length = Some(*length);
        }
        hand_on(schemas, (table, field), true);
    }
    registers.into_iter().for_each(|it| explain(schemas, it));
}

/// The codes by which records of other tables name those of a table: its key.
fn registers(schemas: &Schemas) -> impl Iterator<Item = (TableId, FieldId)> {
    schemas.tables.with_ids().filter_map(|(id, table)| {
        let &[key] = &*table.key else { return None };
        let length = form(&table.fields[key].kind)?.length;
        length.map(|_| (id, key))
    })
}

/// Gives the length of a register's code to the fields that stand in for references to it: to all, or to those that declare none.
fn hand_on(schemas: &mut Schemas, (register, key): (TableId, FieldId), to_all: bool) {
    let Some(length) = form(&schemas.tables[register].fields[key].kind).and_then(|it| it.length) else {
        return;
    };
    for (table, field) in naming(schemas, (register, key)) {
        if let FieldKind::Code(form) = &mut schemas.tables[table].fields[field].kind
            && (to_all || form.length.is_none())
        {
            form.length = Some(length);
        }
    }
}

/// The fields that stand in for a reference to a register by its code.
fn naming(schemas: &Schemas, (register, key): (TableId, FieldId)) -> Vec<(TableId, FieldId)> {
    let (register_id, key_id) = (&schemas.tables[register].id, &schemas.tables[register].fields[key].id);
    let mut found = Vec::new();
    for (id, table) in schemas.tables.with_ids() {
        let references = table.fields.iter().filter_map(|it| match &it.kind {
            FieldKind::Reference(reference) => Some(reference),
            _ => None,
        });
        let led = references.filter(|it| it.to == *register_id && it.by.contains(key_id));
        let names = led.filter_map(|it| it.fallback.as_ref());
        found.extend(names.filter_map(|it| table.field(it)).map(|it| (id, it)));
    }
    found
}

/// Lets every code of a register say how it is put together, and the register's own where another length is said.
fn explain(schemas: &mut Schemas, at: (TableId, FieldId)) {
    let said = made_of(schemas, at);
    let title = &schemas.tables[at.0].title;
    let own = format!("本单位的编码都是另一个位数的，请在 huibian.yaml 中写“codes: {{{title}: 位数}}”");
    for (table, field) in naming(schemas, at).into_iter().chain([at]) {
        if let FieldKind::Code(form) = &mut schemas.tables[table].fields[field].kind {
            form.made_of.clone_from(&said);
            form.otherwise = ((table, field) == at).then(|| own.as_str().into());
        }
    }
}

/// “前4位是所属分党委的编号，后2位是序号”, if it leaves room for that.
fn made_of(schemas: &Schemas, at: (TableId, FieldId)) -> Option<Arc<str>> {
    let (whole, first, led, title) = parts(schemas, at)?;
    let rest = whole.checked_sub(first).filter(|it| *it > 0)?;
    Some(format!("前{first}位是{led}的{title}，后{rest}位是序号").into())
}

/// How long a code is and how long what it begins with; the titles of the reference and of the code that this leads to.
fn parts(schemas: &Schemas, (table, field): (TableId, FieldId)) -> Option<(usize, usize, &str, &str)> {
    let table = &schemas.tables[table];
    let own = form(&table.fields[field].kind)?;
    let led = &table.fields[table.field(&own.begins_with.as_ref()?.text)?];
    let FieldKind::Reference(reference) = &led.kind else { return None };
    let to = &schemas.tables[schemas.index(&reference.to)?];
    let &[key] = &*to.key else { return None };
    let first = form(&to.fields[key].kind)?.length?;
    Some((own.length?, first, &led.title, &to.fields[key].title))
}

fn form(kind: &FieldKind) -> Option<&CodeForm> {
    match kind {
        FieldKind::Code(form) => Some(form),
        _ => None,
    }
}
