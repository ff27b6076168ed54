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
    // Who looks at the calendar alone is told that something is not in it.
    let n_open = found.open.len().saturating_add(found.lacking.len());
    if n_open > 0 {
        events.push(open(n_open, planning));
    }
    events.sort_by_key(|it| it.day);
    Calendar {
        name: format!("{}{}", project.institution, captions.reminders.title),
        as_of: project.as_of,
        events,
        draft: None,
    }
}

/// That some dates are not known, on the day of judging.
fn open(n_open: usize, planning: Planning<'_>) -> Event {
    let Planning { project, captions, .. } = planning;
    let words = &captions.reminders;
    Event {
        uid: uid(&[&project.institution, &words.open]),
        day: project.as_of,
        summary: words.calendar_open.filled(&[&n_open.to_string()]),
        description: words.open_note.to_string(),
        category: words.open.to_string(),
    }
}

/// The name of an event, which is the same in every edition of the calendar.
fn uid(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\0").as_bytes());
    let name: String = hash.iter().take(N_BYTES).map(|it| format!("{it:02x}")).collect();
    format!("{name}@huibian")
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
    let (table, key) = (&dataset.schema(it.record.table).id, dataset.key_text(it.record));
    Event {
        uid: uid(&[&project.institution, &reminder.id, table, &key]),
        day,
        summary: format!("{overdue}{}：{}{beside}", reminder.title, it.whom),
        description: lines.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n"),
        category: reminder.title.to_string(),
    }
}
