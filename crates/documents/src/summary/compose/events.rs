//! The chronicle (大事记): events of several tables in the order of their days, month by month.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::declaration::EventSpec;
use super::super::text::{Block, Phrase, Placed};
use super::{Writer, paragraph, placed};
use value::PartialDate;
use words;

/// Between the day of an event and its text.
const GAP: &str = "\u{3000}";

/// An event, and the day by which it is put in order.
struct Event {
    date: PartialDate,
    text: Phrase,
}

impl Writer {
    /// The months with their events; an event of which not even the month is known is a fault.
    pub(super) fn events(&mut self, specs: &[EventSpec], id: &Arc<str>, part: &Arc<str>) -> Vec<Placed> {
        let mut events: Vec<Event> = specs.iter().flat_map(|it| self.events_of(it)).collect();
        // A month without a day comes before its days.
        let day = |it: &Event| (it.date.earliest(), it.date.day().is_some());
        events.sort_by_key(day);
        let years = [events.first(), events.last()].map(|it| it.map(|it| it.date.year()));
        let has_years = years[0] != years[1];
        let mut blocks = Vec::new();
        let mut month: Option<Date> = None;
        for (at, event) in events.into_iter().enumerate() {
            let first = event.date.earliest().first_of_month();
            if month != Some(first) {
                let words = month_words(first, has_years);
                blocks.push(placed(
                    &format!("{id}-{}-{}", first.year(), first.month()),
                    part,
                    Block::Month(words),
                ));
                month = Some(first);
            }
            let lead = event.date.day().map(|day| format!("{}月{day}日", first.month()));
            let text = match &lead {
                Some(lead) => Phrase::plain(format!("{lead}{GAP}")).then(&event.text),
                None => event.text,
            };
            blocks.push(placed(&format!("{id}-{}", at + 1), part, paragraph(lead, text)));
        }
        blocks
    }

    fn events_of(&mut self, spec: &EventSpec) -> Vec<Event> {
        let mut events = Vec::new();
        for stage in self.items(&spec.each, false) {
            if !self.holds(spec.when.as_ref(), &stage) {
                continue;
            }
            let Some(date) = self.value(&spec.date, &stage).and_then(|it| words::date(&it)) else { continue };
            if date.month().is_none() {
                let why = format!("大事记中“{date}”没有月份");
                self.undecided(spec.date.origin(), why);
                continue;
            }
            let text = self.text(&spec.text, &stage);
            events.push(Event { date, text });
        }
        events
    }
}

fn month_words(first: Date, has_years: bool) -> String {
    if has_years {
        format!("{}年{}月", first.year(), first.month())
    } else {
        format!("{}月", first.month())
    }
}
