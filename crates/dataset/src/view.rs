//! Records as expressions see them: objects with fields and relations, and a memory of what was read.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use minijinja::value::{DynObject, Object, ObjectRepr, Value, ValueKind};

use super::shared::{Shared, SharedValues};
use super::{BackLink, Dataset, FieldId, FieldRef, ListRef, RecordId, TableId, Trace};
use schema::{FieldKind, Schemas, Table};
use value::Value as Held;
use words::{self, Absence, Expression, Scope, Type};

/// The name by which a row of a child table sees its parent.
pub(super) const PARENT: &str = "parent";

/// A record as an expression sees it.
#[derive(Clone)]
pub struct RecordRef {
    /// The dataset that it is in.
    pub dataset: Arc<Dataset>,
    /// Which one it is.
    pub id: RecordId,
    /// What is read through it is noted here.
    pub trace: Arc<Trace>,
}

impl fmt::Debug for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.dataset.schema(self.id.table).id, self.id.row.index())
    }
}

impl RecordRef {
    fn beside(&self, id: RecordId) -> Value {
        Value::from_object(Self { id, ..self.clone() })
    }

    /// The value of a field or relation; `None` is undefined to the expression, after the reason was noted.
    fn lookup(&self, name: &str) -> Option<Value> {
        let schema = self.dataset.schema(self.id.table);
        if let Some(field) = schema.field(name) {
            return self.field(field);
        }
        if let (PARENT, Some(table), Some(row)) = (name, schema.parent, self.dataset.record(self.id).parent) {
            return Some(self.beside(table.record(row)));
        }
        let back = self.dataset.back_link(self.id.table, name)?;
        if let Some(field) = back.field {
            self.trace.note_list(ListRef { column: back.table.column(field), target: self.id.row });
        }
        let records = back.rows[self.id.row].iter().map(|row| back.table.record(*row));
        records.clone().for_each(|it| self.note_membership(back, it));
        Some(records.map(|it| self.beside(it)).collect())
    }

    /// That a record is in a list depends on the field that refers, and on its not being given twice.
    fn note_membership(&self, back: &BackLink, member: RecordId) {
        if let Some(field) = back.field {
            self.trace.note(member.field(field));
        }
        self.note_key(member);
    }

    /// Whatever is read of a record that is given twice may be the wrong one's.
    fn note_key(&self, id: RecordId) {
        if let Some(field) = self.dataset.schema(id.table).key.first().copied() {
            self.trace.note(id.field(field));
        }
    }

    fn field(&self, field: FieldId) -> Option<Value> {
        let at = self.id.field(field);
        self.trace.note(at);
        let declared = self.dataset.field(at.column());
        if let FieldKind::Reference(_) = &declared.kind {
            let Some(target) = self.dataset.follow(at) else { return self.absent(at) };
            self.note_key(target);
            return Some(self.beside(target));
        }
        match &self.dataset.cell(at).value {
            Held::Missing | Held::Invalid => self.absent(at),
            Held::Picture(picture) => {
                let label = self.dataset.label(self.id);
                let description = format!("{label}：{}", declared.title);
                Some(words::picture_value(Arc::clone(picture), description.into()))
            }
            value => Some(words::to_words(value)),
        }
    }

    fn absent(&self, at: FieldRef) -> Option<Value> {
        self.trace.note_absent(self.dataset.written_at(at));
        words::note_absence(self.dataset.absence(at));
        None
    }
}

impl Object for RecordRef {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.lookup(key.as_str()?)
    }

    /// Two records are one if they are the same row, whatever they are called.
    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        Some(self.id.cmp(&other.id))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dataset.label(self.id))
    }
}

/// The record behind a value, if it is one.
pub fn record_ref(value: &Value) -> Option<Arc<RecordRef>> {
    value.downcast_object::<RecordRef>()
}

/// What an expression is evaluated against: a record, whose fields are variables, and further names.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The record whose fields are variables.
    pub record: RecordRef,
    names: BTreeMap<Arc<str>, Name>,
}

/// What a further name of a scene stands for.
#[derive(Debug, Clone)]
enum Name {
    Known(Value),
    Open(Arc<str>),
    Deferred(Arc<Deferred>),
    Shared(Arc<Shared>),
}

/// An expression that is not evaluated before something reads its name.
#[derive(Debug)]
struct Deferred {
    expression: Expression,
    /// The scene before the name was added, so that no name can stand for itself.
    context: Value,
    /// Once it has been read and was there.
    value: OnceLock<Value>,
}

impl Deferred {
    fn value(&self) -> Value {
        if let Some(known) = self.value.get() {
            return known.clone();
        }
        // A value that is not there is asked for again, since its reason has to be noted each time.
        let value = self.expression.value_within(&self.context);
        if !matches!(value.kind(), ValueKind::Undefined | ValueKind::Invalid) {
            let _was_set = self.value.set(value.clone());
        }
        value
    }
}

impl Scene {
    /// A scene around a record.
    pub fn new(record: RecordRef) -> Self {
        Self { record, names: BTreeMap::new() }
    }

    /// The same further names around another record, which traces into the same trace.
    #[must_use]
    pub fn around(&self, record: RecordRef) -> Self {
        Self { record, names: self.names.clone() }
    }

    /// Adds a name; it hides a field of the same name.
    #[must_use]
    pub fn with(mut self, name: impl Into<Arc<str>>, value: Value) -> Self {
        self.names.insert(name.into(), Name::Known(value));
        self
    }

    /// Adds a name that has no value, with the reason, a Chinese clause: what reads it is undecided.
    #[must_use]
    pub fn with_open(mut self, name: impl Into<Arc<str>>, why: impl Into<Arc<str>>) -> Self {
        self.names.insert(name.into(), Name::Open(why.into()));
        self
    }

    /// Adds a name for an expression on this scene, evaluated when it is first read.
    #[must_use]
    pub fn with_deferred(mut self, name: impl Into<Arc<str>>, expression: Expression) -> Self {
        let deferred = Deferred { expression, context: self.context(), value: OnceLock::new() };
        self.names.insert(name.into(), Name::Deferred(Arc::new(deferred)));
        self
    }

    /// Adds the `idx`th name of a declaration for an expression that knows no more of this scene than what `owner`, to which
    /// its record refers, has: it is evaluated once for all scenes of that owner, when one of them first reads it.
    #[must_use]
    pub fn with_shared(
        mut self,
        (idx, name): (usize, Arc<str>),
        expression: &Expression,
        (values, owner): (&SharedValues, RecordId),
    ) -> Self {
        let shared = values.value(idx, owner, || Shared::new(expression.clone(), &self));
        self.names.insert(name, Name::Shared(shared));
        self
    }

    /// The scene as an evaluation context.
    pub fn context(&self) -> Value {
        Value::from_object(self.clone())
    }
}

impl Object for Scene {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        match self.names.get(name) {
            Some(Name::Known(value)) => Some(value.clone()),
            Some(Name::Open(why)) => {
                words::note_absence(Absence::Open(why.clone()));
                Some(Value::UNDEFINED)
            }
            Some(Name::Deferred(deferred)) => Some(deferred.value()),
            Some(Name::Shared(shared)) => Some(shared.read(&self.record.trace)),
            // A field without a value is undefined: an expression must not find a function of its name in its place.
            None => self.record.lookup(name).or_else(|| {
                self.record.dataset.has_name(self.record.id.table, name).then_some(Value::UNDEFINED)
            }),
        }
    }
}

/// What the schemas say about the names of a scene: the compile-time twin of [`Scene`].
#[derive(Debug, Clone)]
pub struct SchemaScope<'a> {
    schemas: &'a Schemas,
    table: Option<TableId>,
    names: BTreeMap<Arc<str>, Type>,
}

impl<'a> SchemaScope<'a> {
    /// The scope of a record of a table.
    pub fn of(schemas: &'a Schemas, table: TableId) -> Self {
        Self { schemas, table: Some(table), names: BTreeMap::new() }
    }

    /// The scope of a text about no record.
    pub fn bare(schemas: &'a Schemas) -> Self {
        Self { schemas, table: None, names: BTreeMap::new() }
    }

    /// The schemas that it knows.
    pub fn schemas(&self) -> &'a Schemas {
        self.schemas
    }

    /// The table of its record, if it is about one.
    pub fn table(&self) -> Option<&'a Table> {
        self.table.map(|it| &self.schemas.tables[it])
    }

    /// The same further names around a record of another table.
    #[must_use]
    pub fn around(&self, table: TableId) -> Self {
        Self { schemas: self.schemas, table: Some(table), names: self.names.clone() }
    }

    /// Whether a further name is taken; one that hides a field is not.
    pub fn is_taken(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Adds a name.
    #[must_use]
    pub fn with(mut self, name: impl Into<Arc<str>>, of: Type) -> Self {
        self.names.insert(name.into(), of);
        self
    }

    /// The type of a record of this scope's table.
    pub fn record_type(&self) -> Type {
        self.table().map_or(Type::Any, |it| Type::Record(it.id.clone()))
    }
}

impl Scope for SchemaScope<'_> {
    fn variable(&self, name: &str) -> Option<Type> {
        let of_record = || self.table().and_then(|it| self.field(&it.id, name));
        self.names.get(name).cloned().or_else(of_record)
    }

    fn variables(&self) -> Vec<Arc<str>> {
        let fields = self.table().map(|it| self.fields(&it.id)).unwrap_or_default();
        self.names.keys().cloned().chain(fields).collect()
    }

    fn field(&self, table: &str, name: &str) -> Option<Type> {
        let table_id = self.schemas.index(table)?;
        let declared = &self.schemas.tables[table_id];
        if let Some(field) = declared.field(name) {
            return Some(type_of(&declared.fields[field].kind));
        }
        if let (PARENT, Some(parent)) = (name, declared.parent) {
            return Some(Type::Record(self.schemas.tables[parent].id.clone()));
        }
        let record = |table: TableId| Type::Record(self.schemas.tables[table].id.clone()).list();
        let back = self.schemas.reverse(table_id).find(|(it, _)| &***it == name).map(|(_, from)| from.table);
        let child =
            || self.schemas.children(table_id).find(|(_, it)| it.short_id() == name).map(|(id, _)| id);
        back.or_else(child).map(record)
    }

    fn fields(&self, table: &str) -> Vec<Arc<str>> {
        let Some(table_id) = self.schemas.index(table) else { return Vec::new() };
        let declared = &self.schemas.tables[table_id];
        let fields = declared.fields.iter().map(|it| it.id.clone());
        let back = self.schemas.reverse(table_id).map(|(name, _)| name.clone());
        let children = self.schemas.children(table_id).map(|(_, it)| it.short_id().into());
        fields.chain(back).chain(children).chain(declared.parent.map(|_| PARENT.into())).collect()
    }
}

/// The type that an expression sees for a kind of field.
fn type_of(kind: &FieldKind) -> Type {
    match kind {
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Code(_)
        | FieldKind::Name
        | FieldKind::Phone
        | FieldKind::Identity => Type::Text,
        FieldKind::Picture => Type::Picture,
        FieldKind::Integer => Type::Number,
        FieldKind::Decimal | FieldKind::Percent => Type::Decimal,
        FieldKind::Date(_) => Type::Date,
        FieldKind::YesNo => Type::YesNo,
        FieldKind::Choice(choices) => Type::Choice(choices.iter().map(|it| it.value.clone()).collect()),
        FieldKind::Reference(reference) => Type::Record(reference.to.clone()),
        FieldKind::List(of) => type_of(of).list(),
    }
}
