//! How two lists of a table are held together, from `templates/comparisons/`.

use std::sync::Arc;

use super::matching::Which;
use dataset::TableId;
use facts::frame_scope;
use finding::{Finding, Report, Reported, codes};
use project::Templates;
use schema::{Schemas, Table};
use source::{Declared, Fields, LocatedText, NodeKind, Parts, all, nearest};
use words::Expression;

/// How two lists of a table are held together.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The table.
    pub of: TableId,
    /// The title of the workbook.
    pub title: Arc<str>,
    /// What records are the same by, the surest first.
    pub keys: Vec<Key>,
    /// The fields, by their ids, by which a record is shown.
    pub show: Vec<Arc<str>>,
    /// The fields that are compared; all that both lists have if none is named.
    pub fields: Vec<Arc<str>>,
    /// The fields that are not compared.
    pub except: Vec<Arc<str>>,
    /// What makes two records alike.
    pub near: Near,
    /// Why somebody stands in one list only.
    pub reasons: Vec<Reason>,
}

/// What records are the same by.
#[derive(Debug, Clone)]
pub struct Key {
    /// What it is called.
    pub title: Arc<str>,
    /// The fields that have to be the same.
    pub fields: Vec<Arc<str>>,
    /// Whether no two people share it, so that who bears it a second time in a list is there twice.
    pub is_unique: bool,
}

/// The fields that make two records alike.
#[derive(Debug, Clone)]
pub struct Near {
    pub(super) name: Arc<str>,
    /// Numbers of which one digit may be wrong, or two exchanged: the first says enough alone.
    pub(super) numbers: Vec<Arc<str>>,
    pub(super) born: Option<Arc<str>>,
    pub(super) place: Option<Arc<str>>,
}

/// A table of this project that says why somebody stands in one list only.
#[derive(Debug, Clone)]
pub struct Reason {
    /// In a few words.
    pub title: Arc<str>,
    /// Which list.
    pub which: Which,
    pub(super) of: TableId,
    /// A field there, and the one of the list that it is the same as; the first pair of which there is something counts.
    pub(super) by: Vec<(Arc<str>, Arc<str>)>,
    pub(super) condition: Option<Expression>,
}

/// Reads all declarations; the first of them is meant where no table is named.
///
/// # Errors
/// If anything in them is wrong; everything that is wrong has been reported.
pub fn load_comparisons(
    templates: &Templates,
    schemas: &Schemas,
    report: &mut Report,
) -> Result<Vec<Comparison>, Reported> {
    let trees = templates.trees("comparisons", report);
    all(trees.iter().map(|it| Comparison::load(it, schemas, report)))
}

impl Declared<Schemas> for Comparison {
    const WHAT: &'static str = "名单对照";

    fn declared(fields: &mut Fields<'_, '_>, schemas: &Schemas) -> Result<Self, Reported> {
        let of = fields.required_as("of", |it, report| table(it, schemas, report));
        let title = fields.required_string("title");
        let (keys, near, reasons) =
            (fields.required_list("keys"), fields.required_node("near"), fields.list("reasons"));
        let named = ["show", "fields", "except"].map(|it| fields.texts(it));
        let of = fields.whole(of)?;
        let (own, report) = (&schemas.tables[of], fields.report());
        let keys = keys.and_then(|it| all(it.iter().map(|it| Key::load(it, own, report))));
        let near = near.and_then(|it| Near::load(it, own, report));
        let reasons = all(reasons.iter().map(|it| Reason::load(it, &(schemas, own), report)));
        let named = named.map(|it| all(it.iter().map(|it| field(it, own, report))));
        let (title, keys, near, reasons, named) = (title, keys, near, reasons, named).whole()?;
        let [show, compared, except] = named;
        Ok(Self { of, title, keys, show, fields: compared, except, near, reasons })
    }
}

impl Declared<Table> for Key {
    const WHAT: &'static str = "对照的依据";

    fn declared(fields: &mut Fields<'_, '_>, table: &Table) -> Result<Self, Reported> {
        let title = fields.required_string("title");
        let same = fields.texts_as("same", |it, report| field(it, table, report));
        let is_unique = fields.flag("unique").unwrap_or_default();
        let (title, fields) = fields.whole((title, same))?;
        Ok(Self { title, fields, is_unique })
    }
}

impl Declared<Table> for Near {
    const WHAT: &'static str = "疑似的依据";

    fn declared(fields: &mut Fields<'_, '_>, table: &Table) -> Result<Self, Reported> {
        let name = fields.required_as("names", |it, report| field(it, table, report));
        let numbers = fields.texts_as("numbers", |it, report| field(it, table, report));
        let born = fields.text_as("dates", |it, report| field(it, table, report));
        let place = fields.text_as("places", |it, report| field(it, table, report));
        let (name, numbers, born, place) = fields.whole((name, numbers, born, place))?;
        Ok(Self { name, numbers, born, place })
    }
}

impl Declared<(&Schemas, &Table)> for Reason {
    const WHAT: &'static str = "增减的原因";

    fn declared(fields: &mut Fields<'_, '_>, (schemas, own): &(&Schemas, &Table)) -> Result<Self, Reported> {
        let title = fields.required_string("title");
        let of = fields.required_as("of", |it, report| table(it, schemas, report));
        let which = fields.required_as("only", |it, report| match &*it.text {
            "here" => Ok(Which::Here),
            "there" => Ok(Which::There),
            _ => {
                let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有“{}”这一边", it.text));
                Err(report.error(finding.at(it.origin).hint("可用：here（只在本表）、there（只在对方）")))
            }
        });
        let (by, condition) = (fields.map("by"), fields.text("where"));
        let (title, of, which) = fields.whole((title, of, which))?;
        let (there, report) = (&schemas.tables[of], fields.report());
        let by = all(by.iter().map(|it| {
            let key = LocatedText { text: it.key.clone(), origin: it.key_origin };
            let NodeKind::Scalar(value) = &it.value.kind else {
                let finding = Finding::new(&codes::WRONG_KIND, format!("“{}”后应写字段", it.key));
                return Err(report.error(finding.at(it.value.origin)));
            };
            let value = LocatedText { text: value.clone(), origin: it.value.origin };
            Ok((field(&key, there, report)?, field(&value, own, report)?))
        }));
        let scope = frame_scope(schemas, Some(of));
        let condition =
            condition.map(|it| Expression::condition(&it.text, it.origin, &scope, report)).transpose();
        let (by, condition) = (by, condition).whole()?;
        Ok(Self { title, which, of, by, condition })
    }
}

fn table(name: &LocatedText, schemas: &Schemas, report: &mut Report) -> Result<TableId, Reported> {
    let known = || schemas.tables.iter().map(|it| &*it.id);
    schemas.index(&name.text).ok_or_else(|| unknown("表", name, known(), report))
}

fn field(name: &LocatedText, table: &Table, report: &mut Report) -> Result<Arc<str>, Reported> {
    let known = || table.fields.iter().map(|it| &*it.id);
    let found = table.field(&name.text).map(|_| name.text.clone());
    found.ok_or_else(|| unknown(&format!("字段（{}）", table.title), name, known(), report))
}

fn unknown<'a>(
    what: &str,
    name: &LocatedText,
    known: impl Iterator<Item = &'a str>,
    report: &mut Report,
) -> Reported {
    let hint = nearest(&name.text, known).map(|it| format!("是否应为“{it}”？")).unwrap_or_default();
    let finding = Finding::new(&codes::SCHEMA_NAME_UNKNOWN, format!("没有名为“{}”的{what}", name.text));
    report.error(finding.at(name.origin).hint(hint))
}
