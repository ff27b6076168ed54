//! What the declarations of blocks share: the names that their texts find, and the sayings that may hold numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::kinds::Declaring;
use dataset::{SchemaScope, TableId};
use facts::{Catalogue, frame_scope};
use finding::{Finding, Origin, Report, Reported, codes};
use schema::Schemas;
use source::{Fields, LocatedText};
use words::{Expression, Literals, Prose, Type, facts_of, loop_names};

/// The name under which a text inside a list finds the record of its summary.
const RECORD: &str = "record";

/// What it takes to read the blocks of a summary.
pub(super) struct Loading<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) catalogue: &'a Catalogue,
    pub(super) scope: SchemaScope<'a>,
    pub(super) literals: Literals,
    /// The ids of blocks so far.
    pub(super) ids: BTreeSet<String>,
}

impl<'a> Loading<'a> {
    /// For a summary of the records of a table, or of everything.
    pub(super) fn new(
        Declaring { schemas, catalogue, .. }: Declaring<'a>,
        of: Option<TableId>,
        literals: Literals,
    ) -> Self {
        let facts = match of {
            Some(table) => catalogue.types_within(schemas, table),
            None => catalogue.types(),
        };
        let scope = frame_scope(schemas, of)
            .with("span", Type::Text)
            .with("facts", facts)
            .with("records", records(schemas, of))
            .with("unreported", tables(schemas).list());
        Self { schemas, catalogue, scope, literals, ids: BTreeSet::new() }
    }

    /// A text.
    pub(super) fn prose(&self, written: &LocatedText, report: &mut Report) -> Result<Prose, Reported> {
        self.prose_in(written, &self.scope, report)
    }

    /// A text about a record of a list.
    pub(super) fn prose_in(
        &self,
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Prose, Reported> {
        Prose::compile(&written.text, written.origin, (scope, &self.literals), report)
    }

    /// A text that names what stands below or beside it; a number in it (1月) counts nothing.
    pub(super) fn label(
        &self,
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Prose, Reported> {
        let literals = Literals::new([written.text.clone()]);
        Prose::compile(&written.text, written.origin, (scope, &literals), report)
    }

    /// The text of a key, if it is given.
    pub(super) fn optional(
        &self,
        key: &str,
        scope: &SchemaScope<'_>,
        fields: &mut Fields<'_, '_>,
    ) -> Result<Option<Prose>, Reported> {
        fields.text(key).map(|it| self.prose_in(&it, scope, fields.report())).transpose()
    }

    /// The text of a key that has to be there.
    pub(super) fn required(
        &self,
        key: &str,
        scope: &SchemaScope<'_>,
        fields: &mut Fields<'_, '_>,
    ) -> Result<Prose, Reported> {
        let written = fields.required_text(key)?;
        self.prose_in(&written, scope, fields.report())
    }

    /// The condition `when`, if there is one.
    pub(super) fn when(
        &self,
        scope: &SchemaScope<'_>,
        fields: &mut Fields<'_, '_>,
    ) -> Result<Option<Expression>, Reported> {
        let written = fields.text("when");
        written.map(|it| Expression::condition(&it.text, it.origin, scope, fields.report())).transpose()
    }

    /// A list of records, and the scope of a text about one of them.
    pub(super) fn each(
        &self,
        written: &LocatedText,
        report: &mut Report,
    ) -> Result<(Expression, SchemaScope<'a>), Reported> {
        let (list, given) = Expression::compile(&written.text, written.origin, &self.scope, report)?;
        let table = match &given {
            Type::List(item) => match &**item {
                Type::Record(table) => self.schemas.index(table),
                _ => None,
            },
            _ => None,
        };
        let Some(table) = table else {
            let message = format!("“{}”不是记录的列表", written.text);
            let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
            return Err(report.error(finding.hint("each 应写记录的列表，如 records.key_works")));
        };
        let inner = self.scope.around(table).with(RECORD, self.scope.record_type());
        Ok((list, inner.with("loop", loop_names())))
    }

    /// A scope in which facts are narrowed to its own record.
    pub(super) fn narrowed(&self, scope: SchemaScope<'a>) -> SchemaScope<'a> {
        let table = match scope.record_type() {
            Type::Record(table) => self.schemas.index(&table),
            _ => None,
        };
        match table {
            Some(table) => scope.with("facts", self.catalogue.types_within(self.schemas, table)),
            None => scope,
        }
    }

    /// The value of a figure: a fact, or a sum over facts.
    pub(super) fn figure(
        &self,
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Expression, Reported> {
        let (figure, given) = Expression::compile(&written.text, written.origin, scope, report)?;
        if !matches!(given, Type::Number | Type::Decimal) {
            let message = format!("“{}”不是数字", written.text);
            let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
            return Err(report.error(finding.hint("图表的 values 应写数据项，如 facts.members_total")));
        }
        let (facts, counted) = facts_of(&figure);
        if facts.is_empty() || !counted.is_empty() {
            let message = format!("“{}”得出的数字不是数据项", written.text);
            let finding = Finding::new(&codes::FIGURE_NOT_A_FACT, message).at(written.origin);
            return Err(report.error(finding.hint("请在 templates/facts 中声明数据项，再写 facts.名称")));
        }
        Ok(figure)
    }

    /// The id of a block: its own, else one from its place; each only once.
    pub(super) fn id(
        &mut self,
        own: Option<LocatedText>,
        place: String,
        origin: Origin,
        report: &mut Report,
    ) -> Arc<str> {
        let id = own.as_ref().map_or(place, |it| it.text.to_string());
        if !self.ids.insert(id.clone()) {
            let message = format!("段落的 id“{id}”重复");
            let at = own.map_or(origin, |it| it.origin);
            report.push(Finding::new(&codes::DUPLICATE_KEY, message).at(at).hint("请改用不同的 id"));
        }
        id.into()
    }
}

/// The type of the name `records`: a list for each table whose records belong to records of `of`.
/// A table by its id.
fn tables(schemas: &Schemas) -> Type {
    Type::Choice(schemas.tables.iter().filter(|it| it.parent.is_none()).map(|it| it.id.clone()).collect())
}

fn records(schemas: &Schemas, of: Option<TableId>) -> Type {
    let belongs = |table: TableId| of.is_none_or(|of| schemas.way(table, of).is_some());
    let tables = schemas.tables.with_ids().filter(|(id, it)| it.parent.is_none() && belongs(*id));
    let list = |(_, it): (TableId, &schema::Table)| (it.id.clone(), Type::Record(it.id.clone()).list());
    Type::Names(Arc::new(tables.map(list).collect::<BTreeMap<_, _>>()))
}
