//! The front matter of a regulation: keys, dates, choices.

use std::sync::Arc;

use super::catalogue::Row;
use super::model::{Dated, Head, Revision, State};
use finding::{Finding, Report, Reported, codes};
use project::Templates;
use schema::{self, Schemas};
use source::{Fields, LocatedText, Node, nearest};
use value::{Fault, PartialDate, Raw, fold};

/// What the heads of regulations may say: a configuration file of its own.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The levels that a regulation can have.
    pub levels: Vec<Arc<str>>,
    /// After how many years a regulation on trial is asked about.
    pub trial_years: usize,
    /// How workbooks 制度目录 are read: one table.
    pub catalogue: Schemas,
}

impl Default for Reading {
    /// Any level, three years, no workbooks.
    fn default() -> Self {
        Self { levels: Vec::new(), trial_years: 3, catalogue: Schemas::default() }
    }
}

impl Reading {
    const PATH: &'static str = "regulations/reading.yaml";
    const CATALOGUE: &'static str = "regulations/catalogue.yaml";

    /// Reads the configuration from the templates.
    ///
    /// # Errors
    /// If it is not what it should be.
    pub fn load(templates: &Templates, report: &mut Report) -> Result<Self, Reported> {
        let mut reading = Self::default();
        if let Some(node) = templates.tree(Self::PATH, report)? {
            let mut fields = Fields::new(&node, "制度的读取", report)?;
            reading.levels = fields.texts("levels").into_iter().map(|it| it.text).collect();
            reading.trial_years = fields.count("trial_years").unwrap_or(reading.trial_years);
            fields.finish();
        }
        if let Some(node) = templates.tree(Self::CATALOGUE, report)? {
            reading.catalogue = schema::load(&[node], report)?;
        }
        Ok(reading)
    }
}

/// Reads the front matter. Only a missing title makes it useless; everything else that is wrong is reported and left out.
///
/// # Errors
/// If there is no title.
pub(super) fn read(front: &Node, reading: &Reading, report: &mut Report) -> Result<Head, Reported> {
    let mut fields = Fields::new(front, "文件头", report)?;
    let origin = fields.origin();
    let title = fields.required_text("title");
    let number = fields.text("number");
    let issuer = fields.required_text("issuer").ok();
    let adopted = fields.text("adopted").and_then(|it| date(&it, fields.report()));
    let issued = fields.required_text("issued").ok().and_then(|it| date(&it, fields.report()));
    let in_force = fields.required_text("in_force").ok().and_then(|it| date(&it, fields.report()));
    let level = fields.required_text("level").ok();
    let level = level.filter(|it| is_choice("level", it, &reading.levels, fields.report()));
    let state = fields.required_text("state").ok();
    let category = fields.required_text("category").ok();
    let (keywords, repeals) = (fields.texts("keywords"), fields.texts("repeals"));
    let history = fields.list("history").iter().filter_map(|it| revision(it, fields.report()).ok()).collect();
    let state_origin = state.as_ref().map_or(origin, |it| it.origin);
    let state = state.and_then(|it| state_of(&it, fields.report())).unwrap_or(State::Current);
    fields.finish();
    let title = title?;
    Ok(Head {
        origin,
        title,
        number,
        issuer,
        adopted,
        issued,
        in_force,
        level,
        state,
        state_origin,
        category,
        keywords,
        repeals,
        history,
    })
}

/// The head that a row of 制度目录 gives; what it lacks is reported as it would be of a front matter.
pub(super) fn of_row(row: &Row, reading: &Reading, report: &mut Report) -> Head {
    let mut head = row.head();
    let dates = [("印发日期", head.issued), ("施行日期", head.in_force)];
    let lacks_date = dates.iter().filter(|it| it.1.is_none()).map(|it| it.0);
    let texts = [("制定机关", &head.issuer), ("层级", &head.level), ("类别", &head.category)];
    let lacks_text = texts.iter().filter(|it| it.1.is_none()).map(|it| it.0);
    let lacks_state = row.state.is_none().then_some("状态");
    for title in lacks_date.chain(lacks_text).chain(lacks_state) {
        let finding = Finding::new(&codes::MISSING_VALUE, format!("“{title}”没有填写"));
        let hint = "该制度没有自己的文件头，各项以制度目录为准，请补填";
        report.push(finding.hint(hint).field(title).at(row.origin));
    }
    head.level = head.level.filter(|it| is_choice("层级", it, &reading.levels, report));
    head
}

fn revision(node: &Node, report: &mut Report) -> Result<Revision, Reported> {
    let mut fields = Fields::new(node, "history", report)?;
    let when = fields.required_text("date").ok().and_then(|it| date(&it, fields.report()));
    let note = fields.required_text("note");
    fields.finish();
    Ok(Revision { date: when, note: note? })
}

fn state_of(written: &LocatedText, report: &mut Report) -> Option<State> {
    let words: Vec<Arc<str>> = State::ALL.iter().map(|it| it.word().into()).collect();
    is_choice("state", written, &words, report);
    State::ALL.into_iter().find(|it| it.word() == fold(&written.text))
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
