//! Reminders are put to records: due or overdue, due later, not meant for it, or nobody can say when.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::declaration::Reminder;
use super::left::is_over;
use crate::leaf::leaf;
use crate::planning::Planning;
use dataset::{Dataset, FieldRef, RecordId, RecordRef, RowId, Scene, Trace};
use facts::{Asker, Catalogue};
use finding::{Finding, Origin};
use project::Project;
use rules::{Case, condition_scene};
use schema::Schemas;
use value::{PartialDate, Value};
use words::{Unanswered, Verdict};

/// What a reminder says of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// It falls due within the span, or did before.
    Due(PartialDate),
    /// It falls due later.
    Later,
    /// The reminder is not meant for it.
    NotMeant,
    /// The data do not say when, or whether it is meant: a Chinese clause that says why.
    Open(String),
    /// The declaration failed.
    Fault(String),
}

/// Where something is listed: committee, its day (the last, the first that it may be), reminder, branch, record.
type Rank = (Option<RowId>, (Date, Date), usize, Option<RowId>, RowId);

/// What falls due for a record.
#[derive(Debug)]
pub(super) struct Due {
    /// Index of the reminder.
    pub(super) reminder: usize,
    pub(super) record: RecordId,
    pub(super) due: PartialDate,
    pub(super) is_overdue: bool,
    /// What messages call whom it concerns.
    pub(super) whom: String,
    pub(super) text: String,
    /// The cell of the date that it is counted from.
    pub(super) place: Origin,
    pub(super) rank: Rank,
}

/// A record of which nobody can say when.
#[derive(Debug)]
pub(super) struct Open {
    /// Index of the reminder.
    pub(super) reminder: usize,
    pub(super) record: RecordId,
    pub(super) whom: String,
    pub(super) why: String,
    pub(super) place: Origin,
    pub(super) rank: (Option<RowId>, usize, Option<RowId>, RowId),
}

/// The scene around a record in which reminders are judged; what they read is noted in a trace of its own.
pub(super) fn scene(record: RecordId, planning: Planning<'_>) -> Scene {
    condition_scene(record, planning.figures, Asker::Document, planning.project)
}

impl Reminder {
    /// Puts the reminder to the record of a scene.
    pub(super) fn judge(&self, scene: &Scene, as_of: Date) -> Judged {
        for condition in &self.wheres {
            match condition.test(&scene.context()) {
                Verdict::Holds => {}
                Verdict::Fails => return Judged::NotMeant,
                Verdict::Undecided(why) => return Judged::Open(why),
                Verdict::Fault(why) => return Judged::Fault(why),
            }
        }
        match self.due.evaluate(&scene.context()) {
            Ok(value) => match words::date(&value) {
                Some(due) if self.within.reaches(due, as_of) => Judged::Due(due),
                Some(_) => Judged::Later,
                None => Judged::Fault("deadline 的结果不是日期".to_owned()),
            },
            Err(Unanswered::Missing(why) | Unanswered::Undecided(why)) => Judged::Open(why),
            Err(Unanswered::Fault(why)) => Judged::Fault(why),
        }
    }

    /// Judges an example as of a date: its first record of the reminder's table; `None` if it has none.
    pub fn try_case(
        &self,
        case: &Case,
        schemas: &Arc<Schemas>,
        catalogue: &Arc<Catalogue>,
        as_of: Date,
    ) -> Option<Judged> {
        let project = Project::example(as_of);
        let scene = case.scene(self.of, (schemas, catalogue), &project, Asker::Document)?;
        Some(self.judge(&scene, as_of))
    }

    /// What it calls whom it concerns.
    fn whom(&self, scene: &Scene) -> String {
        let record = &scene.record;
        let own = self.whom.as_ref().and_then(|it| leaf(it, scene, "").ok()).filter(|it| !it.is_empty());
        own.unwrap_or_else(|| record.dataset.label(record.id).to_string())
    }

    /// The title of a field that its words name although nobody is to read it in a calendar: a telephone number.
    pub(super) fn discloses(&self, scene: &Scene) -> Option<Arc<str>> {
        let dataset = &scene.record.dataset;
        let read = reads_of(scene, |own| {
            let _text = self.text.render(&own.context());
            let _whom = self.whom(own);
        });
        let fields = read.into_iter().map(|it| dataset.field(it.column()));
        fields.filter(|it| it.sensitive).map(|it| it.title.clone()).next()
    }

    /// The fields that the day is read from.
    fn read_for_due(&self, scene: &Scene) -> BTreeSet<FieldRef> {
        reads_of(scene, |own| {
            let _known = self.due.evaluate(&own.context());
        })
    }
}

impl Due {
    /// What falls due for the record of a scene.
    pub(super) fn new(
        (at, reminder): (usize, &Reminder),
        due: PartialDate,
        scene: &Scene,
        planning: Planning<'_>,
    ) -> Self {
        let Planning { dataset, project, .. } = planning;
        let record = scene.record.id;
        let text = match reminder.text.render(&scene.context()) {
            Ok(text) => text,
            Err(unanswered) => format!("（{}）", unanswered.why()),
        };
        let [committee, branch] = seats(dataset, record);
        Self {
            reminder: at,
            record,
            due,
            is_overdue: is_over(due, project.as_of),
            whom: reminder.whom(scene),
            text,
            place: place_of_date(dataset, record, &reminder.read_for_due(scene)),
            rank: (committee, (due.latest(), due.earliest()), at, branch, record.row),
        }
    }
}

impl Open {
    /// The record of a scene, of which nobody can say when.
    pub(super) fn new(
        (at, reminder): (usize, &Reminder),
        why: String,
        scene: &Scene,
        planning: Planning<'_>,
    ) -> Self {
        let (dataset, record) = (planning.dataset, scene.record.id);
        let lacking = scene.record.trace.take_lacking().into_iter().next();
        let [committee, branch] = seats(dataset, record);
        Self {
            reminder: at,
            record,
            whom: reminder.whom(scene),
            why,
            place: lacking.map_or(dataset.record(record).origin, |it| dataset.cell(it).origin),
            rank: (committee, at, branch, record.row),
        }
    }

    /// The record of a scene of which something that was read is in error.
    pub(super) fn in_error(
        (at, reminder): (usize, &Reminder),
        error: &Finding,
        scene: &Scene,
        planning: Planning<'_>,
    ) -> Self {
        let field = error.field.as_deref().filter(|it| !error.message.contains(it));
        let why = field.map_or_else(|| error.message.clone(), |it| format!("{it}：{}", error.message));
        let open = Self::new((at, reminder), why, scene, planning);
        Self { place: error.origin.unwrap_or(open.place), ..open }
    }
}

/// The fields that something reads of a scene.
fn reads_of(scene: &Scene, read: impl FnOnce(&Scene)) -> BTreeSet<FieldRef> {
    let trace = Arc::new(Trace::default());
    let own = scene.around(RecordRef { trace: trace.clone(), ..scene.record.clone() });
    read(&own);
    trace.reads().fields
}

fn seats(dataset: &Dataset, record: RecordId) -> [Option<RowId>; 2] {
    [dataset.committee(record), dataset.branch(record)].map(|it| it.map(|it| it.row))
}

/// The cell of the date that a day is counted from: one of the record itself before those of others.
fn place_of_date(dataset: &Dataset, record: RecordId, read: &BTreeSet<FieldRef>) -> Origin {
    let is_dated = |it: &&FieldRef| match &dataset.cell(**it).value {
        Value::Date(_) => true,
        Value::List(items) => items.iter().any(|it| matches!(it, Value::Date(_))),
        _ => false,
    };
    let dated = || read.iter().filter(is_dated);
    let own = dated().find(|it| it.record() == record).or_else(|| dated().next());
    own.map_or(dataset.record(record).origin, |it| dataset.cell(*it).origin)
}
