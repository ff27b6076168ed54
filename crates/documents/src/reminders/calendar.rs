//! The calendar of what falls due: an event of a whole day for each record and reminder, known again by its key.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::judge::Due;
use super::left::left;
use super::{Found, Reminder};
use crate::planning::Planning;
use value::DatePart;

/// How many bytes of a hash tell events apart.
const N_BYTES: usize = 16;

/// A calendar of whole days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What programs call it.
    pub name: String,
    /// The day as of which it holds.
    pub as_of: Date,
    /// Its events, by day.
    pub events: Vec<Event>,
    /// The mark of a draft.
    pub draft: Option<String>,
}

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What is the same in every edition of the calendar; it tells no number of a person.
    pub uid: String,
    /// The day; of a month or year the first that it may still be.
    pub day: Date,
    /// What it is, in one line.
    pub summary: String,
    /// All that is to be known of it, in lines.
    pub description: String,
    /// The kind of event.
    pub category: String,
}

/// Describes the calendar.
pub(super) fn describe(reminders: &[Reminder], found: &Found, planning: Planning<'_>) -> Calendar {
    let Planning { project, captions, .. } = planning;
    // Two records of one key are told apart by their order.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut events: Vec<Event> = found
        .due
        .iter()
        .map(|it| {
            let event = event(&reminders[it.reminder], it, planning);
            let n = seen.entry(event.uid.clone()).or_default();
            *n = n.saturating_add(1);
            if *n == 1 { event } else { Event { uid: format!("{n}-{}", event.uid), ..event } }
        })
        .collect();
    events.sort_by_key(|it| it.day);
    Calendar {
        name: format!("{}{}", project.institution, captions.reminders.title),
        as_of: project.as_of,
        events,
        draft: None,
    }
}

fn event(reminder: &Reminder, it: &Due, planning: Planning<'_>) -> Event {
    let Planning { dataset, project, captions, sources, .. } = planning;
    let words = &captions.reminders;
    let subject = dataset.subject(it.record);
    let unit = subject.branch.or(subject.committee);
    let unit = unit.as_deref().filter(|unit| *unit != it.whom);
    let left = left(it.due, project.as_of, words);
    // Of a month the day is not known: the event stands on the first that it may still be, and says so.
    let vague = (it.due.precision() != DatePart::Day).then(|| it.due.to_string());
    let first = it.due.earliest();
    let day = if it.is_overdue { first } else { first.max(project.as_of) };
    let beside: Vec<&str> = unit.into_iter().chain(vague.as_deref()).collect();
    let beside = if beside.is_empty() { String::new() } else { format!("（{}）", beside.join("，")) };
    let overdue = if it.is_overdue { format!("【{left}】") } else { String::new() };
    let [due, _, _, _, _, _, _, basis, source] = &words.columns;
    let lines = [
        it.text.clone(),
        format!("{due}：{}（{left}）", it.due),
        format!("{basis}：{}", reminder.basis),
        format!("{source}：{}", sources.display(it.place)),
    ];
    let key = format!(
        "{}\0{}\0{}\0{}",
        project.institution,
        reminder.id,
        dataset.schema(it.record.table).id,
        dataset.key_text(it.record)
    );
    let hash = Sha256::digest(key.as_bytes());
    let uid: String = hash.iter().take(N_BYTES).map(|it| format!("{it:02x}")).collect();
    Event {
        uid: format!("{uid}@huibian"),
        day,
        summary: format!("{overdue}{}：{}{beside}", reminder.title, it.whom),
        description: lines.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"),
        category: reminder.title.to_string(),
    }
}
