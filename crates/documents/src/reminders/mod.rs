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

use super::artefact::{Body, Kind};
use super::drafts::{Document, Drafts, Edition, Planner};
use super::input::{Input, Whose};
use super::kinds::KindOfDocument;
use super::names::safe_name;
use super::planning::Planning;
use dataset::Reads;
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

/// What all reminders have found.
#[derive(Debug, Default)]
struct Found {
    /// What is due and overdue, as it is listed: by committee, then by day.
    due: Vec<Due>,
    /// Records of which nobody can say when.
    open: Vec<Open>,
}

impl Planner for Reminders {
    fn plan(self: Box<Self>, planning: Planning<'_>, report: &mut Report) -> Drafts {
        if self.0.is_empty() {
            return Drafts::default();
        }
        Drafts::of(vec![document(&self.0, planning, report)])
    }
}

/// The workbook and the calendar over all reminders. Whoever has not returned what they read is lacking in them.
fn document(reminders: &[Reminder], planning: Planning<'_>, report: &mut Report) -> Document {
    let words = &planning.captions.reminders;
    let stem = format!("{}/{}", KIND.kind.id(), safe_name(&words.title));
    let (mut found, mut reads) = (Found::default(), Reads::default());
    for (at, reminder) in reminders.iter().enumerate() {
        let faults = found.add((at, reminder), planning, &mut reads);
        // What fails for one record fails for others alike.
        if let Some(why) = faults.into_iter().next() {
            let finding = Finding::new(&codes::REMINDER_FAILED, format!("提醒“{}”{why}", reminder.title));
            let finding = finding.at(reminder.origin).about(Target::Document(stem.as_str().into()));
            report.push(finding.hint("请工程师检查 templates/reminders 中这一条的写法"));
        }
    }
    found.due.sort_by_key(|it| it.rank);
    found.open.sort_by_key(|it| it.rank);
    let book = book::describe(reminders, &found, planning);
    let calendar = calendar::describe(reminders, &found, planning);
    let edition =
        |ending: &str, title: &str, body| Edition::new(format!("{stem}.{ending}"), title.to_owned(), body);
    Document {
        editions: vec![
            edition("xlsx", &words.title, Body::Book(book.into())),
            edition("ics", &words.calendar.filled(&[&words.title]), Body::Calendar(calendar.into())),
        ],
        inputs: vec![Input::Reads(reads, Whose::All), Input::Itself(stem)],
        ..Document::new(KIND.kind)
    }
}

impl Found {
    /// Puts a reminder to all records of its table; gives what is wrong with its declaration.
    fn add(
        &mut self,
        (at, reminder): (usize, &Reminder),
        planning: Planning<'_>,
        reads: &mut Reads,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        reads.tables.insert(reminder.of);
        for record in planning.dataset.rows_of(reminder.of) {
            let scene = judge::scene(record, planning);
            match reminder.judge(&scene, planning.project.as_of) {
                Judged::Due(due) => {
                    let disclosed = reminder.discloses(&scene);
                    faults.extend(disclosed.map(|it| format!("的文字用到“{it}”，日历中不能出现")));
                    self.due.push(Due::new((at, reminder), due, &scene, planning));
                }
                Judged::Open(why) => self.open.push(Open::new((at, reminder), why, &scene, planning)),
                Judged::Fault(why) => faults.push(format!("不能执行：{why}")),
                Judged::Later | Judged::NotMeant => {}
            }
            reads.extend(&scene.record.trace.reads());
        }
        faults
    }
}
