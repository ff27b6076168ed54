//! The list behind the rows of a form: records of a relation, or plain values such as dates, in their order.

use std::iter;

use crate::order::Order;
use dataset::{Scene, SchemaScope, record_ref};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Node, Parts, all};
use words::{Expression, Type, Unanswered, Verdict};

/// What the record of the form is called in the rows of a list.
const ROOT: &str = "record";
/// What a value that is no record is called in its row.
const ITEM: &str = "item";

/// A declared list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    list: Expression,
    /// At least so many rows: short lists are padded with empty ones.
    n_rows_min: usize,
    /// Which of them have a row: all of these hold.
    wheres: Vec<Expression>,
    /// The order of the rows; as the list is given if none is declared.
    order: Order,
}

/// The keys of a list as they are written: `each`, `where`, `rows`, `sort`.
pub(super) struct Written<'n> {
    each: LocatedText,
    wheres: Vec<LocatedText>,
    n_rows_min: usize,
    sort: &'n [Node],
}

impl<'n> Written<'n> {
    /// Asks for the keys.
    ///
    /// # Errors
    /// If there is no `each`; that is reported.
    pub(super) fn read(fields: &mut Fields<'n, '_>) -> Result<Self, Reported> {
        let each = fields.required_text("each");
        let (n_rows_min, sort) = (fields.count("rows").unwrap_or_default(), fields.list("sort"));
        let wheres = fields.texts("where");
        Ok(Self { each: each?, wheres, n_rows_min, sort })
    }

    /// The list, and the scope of its rows.
    ///
    /// # Errors
    /// If `each` is no list, or anything in it is wrong; that has been reported.
    pub(super) fn compile<'a>(
        &self,
        scope: &SchemaScope<'a>,
        report: &mut Report,
    ) -> Result<(Listed, SchemaScope<'a>), Reported> {
        let (list, given) = Expression::compile(&self.each.text, self.each.origin, scope, report)?;
        let inner = match &given {
            Type::List(item) => match &**item {
                Type::Record(table) => scope.schemas().index(table).map(|it| scope.around(it)),
                item if item.is_printable() => Some(scope.clone().with(ITEM, item.clone())),
                _ => None,
            },
            _ => None,
        };
        let Some(inner) = inner else {
            let message = format!("“{}”不是列表", self.each.text);
            let finding = Finding::new(&codes::WRONG_KIND, message).at(self.each.origin);
            return Err(report.error(finding.hint("each 应写关系，如 branch.honours，或可填多项的栏")));
        };
        let inner = inner.with(ROOT, scope.record_type());
        let wheres = self.wheres.iter().map(|it| Expression::condition(&it.text, it.origin, &inner, report));
        let wheres = all(wheres);
        let order = Order::load(self.sort, &inner, report);
        let (wheres, order) = (wheres, order).whole()?;
        Ok((Listed { list, n_rows_min: self.n_rows_min, wheres, order }, inner))
    }
}

impl Listed {
    /// The expression of the list.
    pub(super) fn source(&self) -> &str {
        self.list.source()
    }
    /// A scene for each row, in their order; `None` for a row that only fills up the list.
    ///
    /// # Errors
    /// Why the list, or what it is sorted by, cannot be determined; a list left empty is no error.
    pub(super) fn scenes(&self, scene: &Scene) -> Result<Vec<Option<Scene>>, String> {
        let root = minijinja::Value::from_object(scene.record.clone());
        let items = match self.list.evaluate(&scene.context()) {
            Ok(list) => list.try_iter().into_iter().flatten().collect(),
            Err(Unanswered::Missing(_)) => Vec::new(),
            Err(Unanswered::Undecided(why) | Unanswered::Fault(why)) => {
                return Err(format!("{why}（{}）", self.list.source()));
            }
        };
        let mut ranked = Vec::new();
        for item in items {
            let inner = match record_ref(&item) {
                Some(record) => scene.around((*record).clone()),
                None => scene.clone().with(ITEM, item),
            };
            let inner = inner.with(ROOT, root.clone());
            if !self.has_row(&inner)? {
                continue;
            }
            ranked.push((self.order.rank(&inner)?, inner));
        }
        ranked.sort_by(|a, b| a.0.compare(&b.0));
        let n_blank = self.n_rows_min.saturating_sub(ranked.len());
        let scenes = ranked.into_iter().map(|it| Some(it.1));
        Ok(scenes.chain(iter::repeat_with(|| None).take(n_blank)).collect())
    }

    /// Whether a record of the list has a row.
    fn has_row(&self, scene: &Scene) -> Result<bool, String> {
        for it in &self.wheres {
            match it.test(&scene.context()) {
                Verdict::Holds => {}
                Verdict::Fails => return Ok(false),
                Verdict::Undecided(why) | Verdict::Fault(why) => {
                    return Err(format!("{why}（{}）", it.source()));
                }
            }
        }
        Ok(true)
    }
}
