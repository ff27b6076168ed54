//! A dimension: the groups that the records of a table are sorted into, by bands of a value or by choices of a field.

use std::sync::Arc;

use super::fact::{plain_id, table};
use crate::{Criterion, frame_scope};
use dataset::{SchemaScope, TableId};
use finding::{Finding, Origin, Report, Reported, codes};
use schema::{Field, FieldKind, Schemas};
use source::{Declared, Fields, LocatedText, Node, all};
use words::Expression;

/// The groups of a dimension.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Its name in statistics.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// The table whose records it sorts.
    pub of: TableId,
    /// The value that the groups' conditions call `value`, as it is written.
    pub value: Option<LocatedText>,
    /// The groups, in their order.
    pub groups: Vec<Group>,
    /// Where it is declared.
    pub origin: Origin,
}

/// One group of a dimension.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its id within the dimension.
    pub id: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// Which records are in it, as it is written.
    pub written: LocatedText,
    /// Which records are in it.
    pub criterion: Criterion,
}

impl Dimension {
    /// Which records of a table are in a group; the dimension's own table, or another with the same fields.
    ///
    /// # Errors
    /// If the table lacks a field that the condition names; that has been reported.
    pub fn criterion(
        &self,
        group: usize,
        schemas: &Schemas,
        table: TableId,
        report: &mut Report,
    ) -> Result<Criterion, Reported> {
        let group = &self.groups[group];
        if table == self.of {
            return Ok(group.criterion.clone());
        }
        let scope = frame_scope(schemas, Some(table));
        match &self.value {
            None => Criterion::load(&group.written, &scope, report),
            Some(value) => {
                let (value, given) = Expression::compile(&value.text, value.origin, &scope, report)?;
                Criterion::of_value((&value, &given), &group.written, &scope, report)
            }
        }
    }
}

impl Declared<Schemas> for Dimension {
    const WHAT: &'static str = "分组";

    fn declared(fields: &mut Fields<'_, '_>, schemas: &Schemas) -> Result<Self, Reported> {
        let origin = fields.origin();
        let (id, title) = (fields.required_text("id"), fields.required_string("title"));
        let of = fields.required_as("of", |it, report| table(it, schemas, report));
        let (field, value, groups) = (fields.text("field"), fields.text("value"), fields.list("groups"));
        let of = fields.whole(of)?;
        let (scope, report) = (frame_scope(schemas, Some(of)), fields.report());
        let groups = match field {
            Some(field) => of_field(&field, groups, &scope, report),
            None => of_conditions(value.as_ref(), groups, &scope, report),
        };
        let id = id.and_then(|it| plain_id(&it, report));
        let groups = groups?;
        if groups.is_empty() {
            let finding = Finding::new(&codes::MISSING_KEY, "分组没有任何一组").at(origin);
            return Err(report.error(finding.hint("请在 groups 中列出各组")));
        }
        Ok(Self { id: id?, title: title?, of, value, groups, origin })
    }
}

fn of_conditions(
    value: Option<&LocatedText>,
    nodes: &[Node],
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Vec<Group>, Reported> {
    let value = value.map(|it| Expression::compile(&it.text, it.origin, scope, report)).transpose()?;
    let group = |node: &Node, report: &mut Report| {
        let mut fields = Fields::new(node, "组", report)?;
        let (id, title) = (fields.required_string("id"), fields.required_string("title"));
        let criterion = fields.required_as("when", |when, report| {
            let criterion = match &value {
                Some((value, given)) => Criterion::of_value((value, given), when, scope, report),
                None => Criterion::load(when, scope, report),
            };
            Ok((when.clone(), criterion?))
        });
        let (id, title, (written, criterion)) = fields.whole((id, title, criterion))?;
        Ok(Group { id, title, written, criterion })
    };
    all(nodes.iter().map(|it| group(it, report)))
}

/// Groups by the values of a field: one for each of its choices unless they are declared.
fn of_field(
    field: &LocatedText,
    nodes: &[Node],
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Vec<Group>, Reported> {
    let declared = scope.table().map(|it| &it.fields);
    let found = declared.and_then(|it| it.iter().find(|it| it.id == field.text));
    let known = declared.into_iter().flatten().map(|it| &*it.id);
    let Some(found) = found else {
        return Err(report.error(super::unknown("字段", field, known, &codes::SCHEMA_NAME_UNKNOWN)));
    };
    let group = |(id, title, values): Written, report: &mut Report| {
        let written = LocatedText { text: condition(found, &values), origin: values[0].origin };
        let criterion = Criterion::load(&written, scope, report)?;
        Ok(Group { id, title, written, criterion })
    };
    let written: Vec<Result<Written, Reported>> = if nodes.is_empty() {
        let numbered = choices(found, field.origin).into_iter().enumerate();
        numbered.map(|(idx, it)| Ok((format!("g{}", idx + 1).into(), it.text.clone(), vec![it]))).collect()
    } else {
        nodes.iter().map(|it| written_group(it, report)).collect()
    };
    all(written.into_iter().map(|it| it.and_then(|it| group(it, report))))
}

type Written = (Arc<str>, Arc<str>, Vec<LocatedText>);

fn written_group(node: &Node, report: &mut Report) -> Result<Written, Reported> {
    let mut fields = Fields::new(node, "组", report)?;
    let (id, title) = (fields.required_string("id"), fields.required_string("title"));
    fields.required_node("values")?;
    let values = fields.texts("values");
    fields.finish();
    if values.is_empty() {
        let finding = Finding::new(&codes::MISSING_KEY, "“values”没有列出任何值").at(node.origin);
        return Err(report.error(finding.hint("请列出属于该组的选项")));
    }
    Ok((id?, title?, values))
}

fn choices(field: &Field, origin: Origin) -> Vec<LocatedText> {
    match &field.kind {
        FieldKind::Choice(choices) => {
            choices.iter().map(|it| LocatedText { text: it.value.clone(), origin }).collect()
        }
        FieldKind::YesNo => ["是", "否"].map(|it| LocatedText { text: it.into(), origin }).to_vec(),
        _ => Vec::new(),
    }
}

/// The condition that a field has one of these values, as a template would write it.
fn condition(field: &Field, values: &[LocatedText]) -> Arc<str> {
    let id = &field.id;
    if matches!(field.kind, FieldKind::YesNo) {
        return if &*values[0].text == "是" { id.clone() } else { format!("not {id}").into() };
    }
    let quoted: Vec<String> = values.iter().map(|it| format!("'{}'", it.text.replace('\'', "\\'"))).collect();
    match &quoted[..] {
        [one] => format!("{id} == {one}").into(),
        several => format!("{id} in [{}]", several.join(", ")).into(),
    }
}
