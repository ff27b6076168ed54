//! Calendars as RFC 5545 wants them: lines of at most 75 bytes, escaped texts, whole days, and a stamp that no clock gives.

use std::fmt::Write as _;

use documents::{Calendar, Event};
use jiff::civil::Date;

/// The longest line in bytes, its end not counted (RFC 5545, 3.1).
const LINE_BYTES: usize = 75;

/// The calendar as a file.
pub(super) fn calendar(it: &Calendar) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//huibian//huibian//ZH");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add_text("X-WR-CALNAME", &it.name);
    if let Some(draft) = &it.draft {
        lines.add_text("X-WR-CALDESC", draft);
    }
    it.events.iter().for_each(|event| lines.add_event(event, it));
    lines.add("END", "VCALENDAR");
    lines.0.into_bytes()
}

/// The lines of a file.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add_event(&mut self, event: &Event, of: &Calendar) {
        self.add("BEGIN", "VEVENT");
        self.add_text("UID", &event.uid);
        self.add("DTSTAMP", &format!("{}T000000Z", basic(of.as_of)));
        self.add("DTSTART;VALUE=DATE", &basic(event.day));
        // The end of whole days is the day behind them.
        if let Ok(next) = event.day.tomorrow() {
            self.add("DTEND;VALUE=DATE", &basic(next));
        }
        self.add_text("SUMMARY", &event.summary);
        let draft = of.draft.iter().map(String::as_str);
        let description: Vec<&str> = draft.chain([&*event.description]).collect();
        self.add_text("DESCRIPTION", &description.join("\n"));
        self.add_text("CATEGORIES", &event.category);
        // Nobody is busy because something falls due.
        self.add("TRANSP", "TRANSPARENT");
        self.add("END", "VEVENT");
    }

    fn add_text(&mut self, name: &str, text: &str) {
        self.add(name, &escaped(text));
    }

    /// Adds a line, folded between characters.
    fn add(&mut self, name: &str, value: &str) {
        let (line, mut n_bytes) = (format!("{name}:{value}"), 0_usize);
        for character in line.chars() {
            if n_bytes.saturating_add(character.len_utf8()) > LINE_BYTES {
                self.0.push_str("\r\n ");
                n_bytes = 1;
            }
            self.0.push(character);
            n_bytes = n_bytes.saturating_add(character.len_utf8());
        }
        self.0.push_str("\r\n");
    }
}

/// A date without marks: 20240531.
fn basic(day: Date) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _written = write!(text, "{:04}{:02}{:02}", day.year(), day.month(), day.day());
    text
}

/// A text with what separates values escaped. Control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            it if it.is_control() => {}
            it => escaped.push(it),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn written(events: Vec<Event>, draft: Option<&str>) -> String {
        let name = "到期提醒".to_owned();
        let draft = draft.map(str::to_owned);
        String::from_utf8(calendar(&Calendar { name, as_of: date(2024, 5, 31), events, draft })).unwrap()
    }

    fn event(summary: &str) -> Event {
        Event {
            uid: "ab@huibian".to_owned(),
            day: date(2024, 12, 31),
            summary: summary.to_owned(),
            description: "第一行\n第二行".to_owned(),
            category: "换届".to_owned(),
        }
    }

    #[test]
    fn a_whole_day_ends_on_the_next_and_the_stamp_is_the_day_of_judging() {
        let text = written(vec![event("换届")], None);
        for line in [
            "DTSTAMP:20240531T000000Z",
            "DTSTART;VALUE=DATE:20241231",
            "DTEND;VALUE=DATE:20250101",
            "DESCRIPTION:第一行\\n第二行",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(written(vec![event("换届")], Some("草稿")).contains("DESCRIPTION:草稿\\n第一行"));
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_separators_are_escaped() {
        let summary = "甲，乙;丙,丁\\戊\u{7}".to_owned() + &"支部".repeat(40);
        let text = written(vec![event(&summary)], None);
        assert!(text.split("\r\n").all(|it| it.len() <= LINE_BYTES), "{text}");
        let unfolded = text.replace("\r\n ", "");
        let expected = format!("SUMMARY:甲，乙\\;丙\\,丁\\\\戊{}\r\n", "支部".repeat(40));
        assert!(unfolded.contains(&expected), "{unfolded}");
    }
}
