//! The front matter of a regulation: keys, dates, choices.

use std::sync::Arc;

use super::catalogue::Row;
use super::diction::Diction;
use super::item::Item;
use super::model::{Dated, Head, Revision, Standing, State};
use finding::{FieldId, Finding, Origin, Report, Reported, codes};
use project::Templates;
use schema::{self, FieldKind, Schemas, Table};
use source::{Declared, Fields, LocatedText, Node, all, nearest};
use value::{Fault, PartialDate, Raw, fold};

/// What the heads of regulations may say: a configuration file of its own.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The levels that a regulation can have.
    pub levels: Vec<Arc<str>>,
    /// After how many years a regulation on trial is asked about.
    pub trial_years: usize,
    /// The words by which texts are understood.
    pub diction: Diction,
    /// How workbooks 制度目录 are read: one table.
    pub catalogue: Schemas,
    /// Which column of it says which item: its fields in the order of [`Item::ALL`].
    columns: Vec<FieldId>,
}

impl Default for Reading {
    /// Any level, three years, no words, no workbooks.
    fn default() -> Self {
        Self {
            levels: Vec::new(),
            trial_years: 3,
            diction: Diction::default(),
            catalogue: Schemas::default(),
            columns: Vec::new(),
        }
    }
}

impl Reading {
    const PATH: &'static str = "regulations/reading.yaml";
    const DICTION: &'static str = "regulations/diction.yaml";
    const CATALOGUE: &'static str = "regulations/catalogue.yaml";

    /// Reads the configuration from the templates.
    ///
    /// # Errors
    /// If it is not what it should be.
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let mut reading = Self::default();
        if let Some(node) = templates.tree(Self::PATH, report)? {
            let mut fields = Fields::new(&node, "制度的读取", report)?;
            reading.levels = fields.strings("levels");
            reading.trial_years = fields.count("trial_years").unwrap_or(reading.trial_years);
            fields.finish();
        }
        if let Some(node) = templates.tree(Self::DICTION, report)? {
            reading.diction = Diction::load(&node, &(), report)?;
        }
        if let Some(node) = templates.tree(Self::CATALOGUE, report)? {
            reading.catalogue = schema::load(&[node], report)?;
            reading.columns = columns(&reading.catalogue, &reading.diction, report)?;
        }
        Ok(reading)
    }

    /// What an item is called: the title of its column.
    pub fn title(&self, item: Item) -> &str {
        self.column(item).map_or(item.key(), |(table, field)| &table.fields[field].title)
    }

    /// The table of the workbooks 制度目录, and the field that says an item.
    pub(super) fn column(&self, item: Item) -> Option<(&Table, FieldId)> {
        Some((self.catalogue.tables.first()?, *self.columns.get(item as usize)?))
    }

    /// What the names of workbooks 制度目录 begin with: the title of the table, or another name of it.
    pub fn catalogue_names(&self) -> Vec<&str> {
        let table = self.catalogue.tables.first();
        table
            .map(|it| [&it.title].into_iter().chain(&it.sheets).map(|it| &**it).collect())
            .unwrap_or_default()
    }
}

/// The columns of the items. Each has to be there, and what can be chosen for the state has to be the words for states.
///
/// # Errors
/// If it is otherwise.
fn columns(schemas: &Schemas, diction: &Diction, report: &mut Report) -> Result<Vec<FieldId>, Reported> {
    let Some(table) = schemas.tables.first() else { return Ok(Vec::new()) };
    let mut column = |item: Item| {
        table.field(item.key()).ok_or_else(|| {
            let message = format!("“{}”缺少“{}”一栏", table.title, item.key());
            let hint = format!("请补上“{{id: {}, title: …}}”", item.key());
            report.error(Finding::new(&codes::MISSING_KEY, message).at(table.origin).hint(hint))
        })
    };
    let found = all(Item::ALL.into_iter().map(&mut column))?;
    let state = &table.fields[found[Item::State as usize]];
    if let FieldKind::Choice(choices) = &state.kind {
        for choice in choices.iter().filter(|it| diction.state(&it.value).is_none()) {
            let word = LocatedText { text: choice.value.clone(), origin: state.origin };
            is_choice(&state.title, &word, diction.state_words(), report);
        }
    }
    Ok(found)
}

/// Reads the front matter. Only a missing title makes it useless; everything else that is wrong is reported and left out.
///
/// # Errors
/// If there is no title.
pub(super) fn read(front: &Node, reading: &Reading, report: &mut Report) -> Result<Head, Reported> {
    let mut fields = Fields::new(front, "文件头", report)?;
    let origin = fields.origin();
    let title = fields.required_text(Item::Title.key());
    let number = fields.text(Item::Number.key());
    let issuer = fields.required_text(Item::Issuer.key()).ok();
    let adopted = fields.text(Item::Adopted.key()).and_then(|it| date(&it, fields.report()));
    let issued = required_date(&mut fields, Item::Issued);
    let in_force = required_date(&mut fields, Item::InForce);
    let level = fields.required_text(Item::Level.key()).ok();
    let level = level.filter(|it| is_choice(Item::Level.key(), it, &reading.levels, fields.report()));
    let state = fields.required_text(Item::State.key()).ok();
    let category = fields.required_text(Item::Category.key()).ok();
    let (keywords, repeals) = (fields.texts(Item::Keywords.key()), fields.texts(Item::Repeals.key()));
    let history = fields.list(Item::History.key());
    let history = history.iter().filter_map(|it| Revision::load(it, &(), fields.report()).ok()).collect();
    let standing = standing(state.as_ref(), origin, &reading.diction, fields.report());
    let title = fields.whole(title)?;
    Ok(Head {
        origin,
        title,
        number,
        issuer,
        adopted,
        issued,
        in_force,
        level,
        standing,
        category,
        keywords,
        repeals,
        history,
    })
}

fn required_date(fields: &mut Fields<'_, '_>, item: Item) -> Option<Dated> {
    let written = fields.required_text(item.key()).ok()?;
    date(&written, fields.report())
}

/// The head that a row of 制度目录 gives; what it lacks is reported as it would be of a front matter.
pub(super) fn of_row(row: &Row, reading: &Reading, report: &mut Report) -> Head {
    let mut head = row.head(&reading.diction);
    let lacks = [
        (Item::Issued, head.issued.is_none()),
        (Item::InForce, head.in_force.is_none()),
        (Item::Issuer, head.issuer.is_none()),
        (Item::Level, head.level.is_none()),
        (Item::Category, head.category.is_none()),
        (Item::State, row.standing.is_none()),
    ];
    for title in lacks.iter().filter(|it| it.1).map(|it| reading.title(it.0)) {
        let finding = Finding::new(&codes::MISSING_VALUE, format!("“{title}”没有填写"));
        let hint = "该制度没有自己的文件头，各项以制度目录为准，请补填";
        report.push(finding.hint(hint).field(title).at(row.origin));
    }
    let level = reading.title(Item::Level);
    head.level = head.level.filter(|it| is_choice(level, it, &reading.levels, report));
    head
}

impl Declared for Revision {
    const WHAT: &'static str = "history";

    fn declared(fields: &mut Fields<'_, '_>, (): &()) -> Result<Self, Reported> {
        let date = fields.required_text("date").ok().and_then(|it| date(&it, fields.report()));
        let note = fields.required_text("note");
        Ok(Self { date, note: fields.whole(note)? })
    }
}

/// The state that is written; where none is, or none that is known, the regulation counts as in force.
fn standing(written: Option<&LocatedText>, head: Origin, diction: &Diction, report: &mut Report) -> Standing {
    if let Some(written) = written {
        is_choice(Item::State.key(), written, diction.state_words(), report);
    }
    let state = written.and_then(|it| diction.state(&it.text)).unwrap_or(State::Current);
    diction.standing(state, written.map_or(head, |it| it.origin))
}

/// Whether a word is one of those that may stand there; any may if none is declared.
fn is_choice(key: &str, written: &LocatedText, choices: &[Arc<str>], report: &mut Report) -> bool {
    if choices.is_empty() || choices.iter().any(|it| fold(it) == fold(&written.text)) {
        return true;
    }
    let listed = format!("可填：{}", choices.join("、"));
    let hint = match nearest(&written.text, choices.iter().map(|it| &**it)) {
        Some(near) => format!("是否应为“{near}”？{listed}"),
        None => listed,
    };
    let finding = Finding::new(&codes::UNKNOWN_CHOICE, format!("“{key}”不能是“{}”", written.text));
    report.push(finding.value(&*written.text).hint(hint).at(written.origin));
    false
}

fn date(written: &LocatedText, report: &mut Report) -> Option<Dated> {
    let parsed = PartialDate::parse(&Raw::text(&written.text));
    let fault = |it: Fault| {
        let finding = Finding::new(it.code, it.message).value(&*written.text).at(written.origin);
        match it.hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        }
    };
    match parsed {
        Ok(parsed) => {
            parsed.notes.into_iter().for_each(|it| report.push(fault(it)));
            Some(Dated { date: parsed.value, origin: written.origin })
        }
        Err(it) => {
            report.push(fault(it));
            None
        }
    }
}

#[cfg(test)]
impl Reading {
    /// That of the templates in the binary.
    pub(super) fn shipped() -> Self {
        let (mut sources, mut report) = (finding::Sources::default(), Report::default());
        let templates = Templates::load(None, &mut sources, &mut report).unwrap();
        Self::load(&templates, &mut report).unwrap()
    }
}
