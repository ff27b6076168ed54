//! The order of rows: by declared keys, or as the organisations were given.

use std::cmp::Ordering;
use std::sync::Arc;

use super::declaring::meant;
use dataset::{RowId, Scene, SchemaScope, record_ref};
use finding::{Finding, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node, all};
use value::{Amount, NameKey, NameOrder};
use words::{self, Expression, Type, Unanswered};

/// Declared keys of an order, the first of which decides first; none leaves rows as they are given.
#[derive(Debug, Clone, Default)]
pub(super) struct Order(Vec<Key>);

#[derive(Debug, Clone)]
struct Key {
    value: Expression,
    /// For a name: strokes or pinyin.
    names: Option<NameOrder>,
    /// For a choice: its values, in whose order rows stand.
    choices: Option<Arc<[Arc<str>]>>,
    direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Ascending,
    Descending,
}

/// What a row is compared by under one key. What is missing comes last in either direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// The row of a record in its table, or of a choice among its choices.
    Row(usize),
    Amount(Amount),
    Days(jiff::civil::Date, jiff::civil::Date),
    Name(NameKey),
    Text(String),
}

/// What a row is compared by.
#[derive(Debug, Clone, Default)]
pub(super) struct Rank(Vec<(Option<Standing>, Direction)>);

impl Order {
    /// Reads `sort:`, a list of keys. A key is an expression (a record stands for its place in its
    /// table, a choice for its place among the choices), or `{value, order, reverse}`: `order` is
    /// `strokes` (姓氏笔画), `name-strokes` (姓名笔画) or `pinyin`, of a text.
    pub(super) fn load(
        nodes: &[Node],
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Result<Self, Reported> {
        all(nodes.iter().map(|it| Key::load(it, scope, report))).map(Self)
    }

    /// What the record of a scene is compared by; without keys all rows are equal.
    ///
    /// # Errors
    /// Why a value cannot be determined; a field left empty is no error.
    pub(super) fn rank(&self, scene: &Scene) -> Result<Rank, String> {
        let place = |key: &Key| Ok((key.place(scene)?, key.direction));
        self.0.iter().map(place).collect::<Result<_, _>>().map(Rank)
    }

    /// As [`Order::rank`]; without keys by committee, branch and record, each as it was given.
    ///
    /// # Errors
    /// As [`Order::rank`].
    pub(super) fn rank_or_given(&self, scene: &Scene) -> Result<Rank, String> {
        if !self.0.is_empty() {
            return self.rank(scene);
        }
        let places = scene.record.dataset.places(scene.record.id);
        let place = |it: RowId| Standing::Row(it.index());
        Ok(Rank(places.into_iter().map(|it| (it.map(place), Direction::Ascending)).collect()))
    }
}

impl Rank {
    /// Compares two rows by the same order.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0);
        let mut decided = pairs.map(|((a, way), (b, _))| compare(a.as_ref(), b.as_ref(), *way));
        decided.find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
    }
}

fn compare(a: Option<&Standing>, b: Option<&Standing>, direction: Direction) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if direction == Direction::Descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

impl Key {
    fn place(&self, scene: &Scene) -> Result<Option<Standing>, String> {
        let value = match self.value.evaluate(&scene.context()) {
            Ok(value) => value,
            Err(Unanswered::Missing(_)) => return Ok(None),
            Err(Unanswered::Undecided(why) | Unanswered::Fault(why)) => {
                return Err(format!("{why}（{}）", self.value.source()));
            }
        };
        if let Some(record) = record_ref(&value) {
            return Ok(Some(Standing::Row(record.id.row.index())));
        }
        if let Some(number) = words::decimal(&value) {
            return Ok(Some(Standing::Amount(number)));
        }
        if let Some(date) = words::date(&value) {
            return Ok(Some(Standing::Days(date.earliest(), date.latest())));
        }
        let text = value.to_string();
        let choice = self.choices.as_ref().and_then(|all| all.iter().position(|it| **it == *text));
        Ok(Some(match (self.names, choice) {
            (Some(order), _) => Standing::Name(order.key(&text)),
            (None, Some(row)) => Standing::Row(row),
            (None, None) => Standing::Text(text),
        }))
    }
}

impl Declared<SchemaScope<'_>> for Key {
    const WHAT: &'static str = "排序项";

    fn declared(fields: &mut Fields<'_, '_>, scope: &SchemaScope<'_>) -> Result<Self, Reported> {
        let value = fields.required_text("value");
        let order = fields.text_as("order", |it, report| meant(it, "次序", NameOrder::WORDS, report));
        let is_reverse = fields.flag("reverse").unwrap_or_default();
        let direction = if is_reverse { Direction::Descending } else { Direction::Ascending };
        let (value, order) = fields.whole((value, order))?;
        key(&value, order, direction, scope, fields.report())
    }

    fn lone(
        written: &LocatedText,
        scope: &SchemaScope<'_>,
        report: &mut Report,
    ) -> Option<Result<Self, Reported>> {
        Some(key(written, None, Direction::Ascending, scope, report))
    }
}

fn key(
    written: &LocatedText,
    names: Option<NameOrder>,
    direction: Direction,
    scope: &SchemaScope<'_>,
    report: &mut Report,
) -> Result<Key, Reported> {
    let (value, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    let fits = match &given {
        Type::Text | Type::Any => true,
        Type::Choice(_) | Type::Number | Type::Decimal | Type::Date | Type::Record(_) => names.is_none(),
        _ => false,
    };
    if !fits {
        let message = format!("“{}”是{}，不能这样排序", written.text, given.title());
        let finding = Finding::new(&codes::WRONG_KIND, message).at(written.origin);
        return Err(report.error(finding.hint("笔画、拼音用于文本；其余可用文本、选项、数、日期或记录")));
    }
    let choices = if let Type::Choice(all) = given { Some(all) } else { None };
    Ok(Key { value, names, choices, direction })
}
