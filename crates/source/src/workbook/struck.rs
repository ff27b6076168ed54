//! Words that are struck out: calamine gives the text of a cell as if nothing were, and only tells of whole cells.

use std::collections::HashMap;

use crate::struck::Partly;
use ooxml::{Cell, Event, Package, Start, attribute, cell, each_event};

/// The shared texts of which something is struck out, by their numbers.
pub(super) fn shared(package: &mut Package<'_>, part: &str) -> HashMap<usize, Partly> {
    let mut found = HashMap::new();
    let (mut runs, mut n) = (Runs::default(), 0_usize);
    each_event(package, part, &mut |event| {
        match event {
            Event::End(it) if it.local_name().as_ref() == "si" => {
                found.extend(runs.take().map(|it| (n, it)));
                n = n.checked_add(1)?;
            }
            other => runs.see(other),
        }
        Some(())
    });
    found
}

/// The cells of a sheet of which something is struck out within the text.
pub(super) fn cells(
    package: &mut Package<'_>,
    part: &str,
    shared: &HashMap<usize, Partly>,
) -> Vec<(Cell, Partly)> {
    let mut found = Vec::new();
    let (mut row, mut col) = (0_u32, 0_u32);
    let mut open: Option<(Cell, bool)> = None;
    let (mut runs, mut number, mut in_value) = (Runs::default(), String::new(), false);
    each_event(package, part, &mut |event| {
        match event {
            Event::Start(it) if it.local_name().as_ref() == "row" => {
                row = attribute(it, "r").and_then(|it| it.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(row);
            }
            Event::End(it) if it.local_name().as_ref() == "row" => (row, col) = (row.checked_add(1)?, 0),
            Event::Start(it) if it.local_name().as_ref() == "c" => {
                let place = attribute(it, "r").map_or(Some((row, col)), |it| cell(&it))?;
                col = place.1.checked_add(1)?;
                open = Some((place, attribute(it, "t").as_deref() == Some("s")));
                number.clear();
            }
            Event::End(it) if it.local_name().as_ref() == "c" => {
                let own = runs.take();
                let Some((place, is_shared)) = open.take() else { return Some(()) };
                let of_shared = || shared.get(&number.trim().parse().ok()?).cloned();
                found.extend(own.or_else(|| of_shared().filter(|_| is_shared)).map(|it| (place, it)));
            }
            Event::Start(it) if it.local_name().as_ref() == "v" => in_value = true,
            Event::End(it) if it.local_name().as_ref() == "v" => in_value = false,
            Event::Text(it) if in_value => number.push_str(it),
            other => runs.see(other),
        }
        Some(())
    });
    found
}

/// Runs of a text while they are read.
#[derive(Default)]
struct Runs {
    text: Partly,
    is_struck: bool,
    in_text: bool,
    /// Depth within what tells how the text is pronounced.
    in_reading: bool,
}

impl Runs {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(it) => match it.local_name().as_ref() {
                "r" => self.is_struck = false,
                "strike" => self.is_struck = is_on(it),
                "t" => self.in_text = true,
                "rPh" => self.in_reading = true,
                _ => {}
            },
            Event::End(it) => match it.local_name().as_ref() {
                "r" => self.is_struck = false,
                "t" => self.in_text = false,
                "rPh" => self.in_reading = false,
                _ => {}
            },
            Event::Text(it) if self.in_text && !self.in_reading => {
                self.text.push(it, self.is_struck);
            }
            _ => {}
        }
    }

    /// The text that has ended, if something of it is struck out.
    fn take(&mut self) -> Option<Partly> {
        std::mem::take(self).text.if_struck()
    }
}

fn is_on(element: &Start<'_>) -> bool {
    attribute(element, "val").is_none_or(|it| it != "0" && it != "false")
}
