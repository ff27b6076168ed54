//! Reminders (到期提醒): what falls due within the next months and what is overdue, from the dates of the records, in one
//! workbook and one calendar; from `templates/reminders/<id>.yaml`. Counted from the day of judging: no clock is asked.

mod declaration;
mod judge;
mod left;
mod book;
mod calendar;

pub use calendar::{Calendar, Event};
pub use declaration::{Reminder, load_reminders};
pub use judge::Judged;

use std::collections::{BTreeMap, BTreeSet};

use super::artefact::{Body, Kind};
use super::blame::Errors;
use super::drafts::{Closing, Document, Drafts, Edition, Group, Planner};
use super::input::{Input, Whose};
use super::kinds::KindOfDocument;
use super::names::safe_name;
use super::planning::Planning;
use dataset::{Reads, Scene};
use finding::{Finding, Report, Target, codes};
use judge::{Due, Open};
use project::Wants;

/// The kind.
pub(super) const KIND: KindOfDocument = KindOfDocument {
    kind: Kind::new("reminders"),
    title: "到期提醒",
    wants: Wants::Ids,
    load: |wanted, declaring, report| Ok(Box::new(Reminders(load_reminders(wanted, declaring, report)?))),
};

/// The reminders that a project wants.
#[derive(Debug)]
struct Reminders(Vec<Reminder>);

/// The reminders, and what they have read. They are drafted when it is known what is in error: what an error leaves open is
/// listed as open, and does not keep anybody else's dates from being listed.
#[derive(Debug)]
struct Pending {
    reminders: Vec<Reminder>,
    inputs: [Input; 1],
}

/// What all reminders have found.
#[derive(Debug, Default)]
struct Found {
    /// What is due and overdue, as it is listed: by committee, then by day.
    due: Vec<Due>,
    /// Records of which nobody can say when.
    open: Vec<Open>,
    /// Errors by which records are lacking: files that were not read, tables that have not come.
    lacking: Vec<Finding>,
    /// What was read.
    reads: Reads,
    /// What is wrong with the first declarations that fail, by the index of the reminder.
    faults: BTreeMap<usize, String>,
}

impl Planner for Reminders {
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts {
        if self.0.is_empty() {
            return Drafts::default();
        }
        let found = Found::of(&self.0, planning, None);
        let stem = stem(planning);
        for (at, why) in &found.faults {
            let reminder = &self.0[*at];
            let finding = Finding::new(&codes::REMINDER_FAILED, format!("提醒“{}”{why}", reminder.title));
            let finding = finding.at(reminder.origin).about(Target::Document(stem.as_str().into()));
            report.push(finding.hint("请工程师检查 templates/reminders 中这一条的写法"));
        }
        let inputs = [Input::Reads(found.reads, Whose::All)];
        Drafts { closing: vec![Box::new(Pending { reminders: self.0, inputs })], ..Drafts::default() }
    }
}

impl Closing for Pending {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn close(self: Box<Self>, planning: Planning<'_>, report: &Report) -> Group {
        let errors = Errors::new(planning.dataset, planning.sources, report);
        let found = Found::of(&self.reminders, planning, Some(&errors));
        Group { documents: vec![document(&self.reminders, &found, planning)], binders: Vec::new() }
    }
}

/// The path of the files, without their endings.
fn stem(planning: Planning<'_>) -> String {
    format!("{}/{}", KIND.kind.id(), safe_name(&planning.captions.reminders.title))
}

/// The workbook and the calendar over all reminders.
fn document(reminders: &[Reminder], found: &Found, planning: Planning<'_>) -> Document {
    let words = &planning.captions.reminders;
    let stem = stem(planning);
    let book = book::describe(reminders, found, planning);
    let calendar = calendar::describe(reminders, found, planning);
    let edition =
        |ending: &str, title: &str, body| Edition::new(format!("{stem}.{ending}"), title.to_owned(), body);
    Document {
        editions: vec![
            edition("xlsx", &words.title, Body::Book(book.into())),
            edition("ics", &words.calendar.filled(&[&words.title]), Body::Calendar(calendar.into())),
        ],
        // Of an error that does not say what it is about nobody knows what it leaves open: it withholds both.
        inputs: vec![Input::Reads(Reads::default(), Whose::All), Input::Itself(stem)],
        ..Document::new(KIND.kind)
    }
}

impl Found {
    /// Puts all reminders to the records of their tables; what errors leave open is open, once they are known.
    fn of(reminders: &[Reminder], planning: Planning<'_>, errors: Option<&Errors<'_>>) -> Self {
        let (mut found, mut shown) = (Self::default(), BTreeSet::new());
        for (at, reminder) in reminders.iter().enumerate() {
            found.reads.tables.insert(reminder.of);
            for record in planning.dataset.rows_of(reminder.of) {
                let scene = judge::scene(record, planning);
                let judged = found.judge((at, reminder), &scene, planning);
                let reads = scene.record.trace.reads();
                let wrong = errors.map(|it| it.about(&reads)).unwrap_or_default();
                match (wrong.first(), judged) {
                    (Some(error), _) => {
                        found.open.push(Open::in_error((at, reminder), error, &scene, planning));
                    }
                    (None, Listed::Due(due)) => found.due.push(due),
                    (None, Listed::Open(open)) => found.open.push(open),
                    (None, Listed::Nowhere) => {}
                }
                shown.extend(wrong.into_iter().map(std::ptr::from_ref));
                found.reads.extend(&reads);
            }
        }
        found.due.sort_by_key(|it| it.rank);
        found.open.sort_by_key(|it| it.rank);
        if let Some(errors) = errors {
            let blame = errors.behind(&[Input::Reads(found.reads.clone(), Whose::All)]);
            let others = blame.findings().iter().filter(|it| !shown.contains(&std::ptr::from_ref(**it)));
            found.lacking = others.map(|it| (*it).clone()).collect();
        }
        found
    }

    /// Where a reminder lists the record of a scene. What fails for one record fails for others alike.
    fn judge(&mut self, (at, reminder): (usize, &Reminder), scene: &Scene, planning: Planning<'_>) -> Listed {
        match reminder.judge(scene, planning.project.as_of) {
            Judged::Due(due) => {
                if let Some(field) = reminder.discloses(scene) {
                    let why = format!("的文字用到“{field}”，日历中不能出现");
                    self.faults.entry(at).or_insert(why);
                }
                Listed::Due(Due::new((at, reminder), due, scene, planning))
            }
            Judged::Open(why) => Listed::Open(Open::new((at, reminder), why, scene, planning)),
            Judged::Fault(why) => {
                self.faults.entry(at).or_insert(format!("不能执行：{why}"));
                Listed::Nowhere
            }
            Judged::Later | Judged::NotMeant => Listed::Nowhere,
        }
    }
}

/// Where a record is listed.
enum Listed {
    Due(Due),
    Open(Open),
    Nowhere,
}
