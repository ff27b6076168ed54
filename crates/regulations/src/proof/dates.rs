//! Dates in order; trials that have lasted too long.

use std::cmp::Ordering;

use super::Ground;
use crate::Item;
use crate::model::{Dated, Head, Regulation, State};
use finding::{Finding, codes};
use value::PartialDate;

pub(super) fn check(regulation: &Regulation, ground: Ground<'_>, found: &mut Vec<Finding>) {
    let head = &regulation.head;
    let named = |item: Item, date: Option<Dated>| date.map(|it| (ground.reading.title(item), it));
    let adopted = named(Item::Adopted, head.adopted);
    let issued = named(Item::Issued, head.issued);
    let in_force = named(Item::InForce, head.in_force);
    found.extend(order(adopted, issued));
    found.extend(order(issued, in_force));
    if issued.is_none() {
        found.extend(order(adopted, in_force));
    }
    let revised: Vec<Dated> = head.history.iter().filter_map(|it| it.date).collect();
    for pair in revised.windows(2) {
        found.extend(order(Some(("上一次修订日期", pair[0])), Some(("修订日期", pair[1]))));
    }
    found.extend(trial(head, ground));
}

/// Reports the second date if it certainly lies before the first.
fn order(first: Option<(&str, Dated)>, second: Option<(&str, Dated)>) -> Option<Finding> {
    let ((before, first), (after, second)) = (first?, second?);
    (second.date.compare(&first.date) == Some(Ordering::Less)).then(|| {
        let message = format!("{after}{}早于{before}{}", second.date, first.date);
        let finding = Finding::new(&codes::REGULATION_DATES, message).hint("请对照原文核对两个日期");
        finding.at(second.origin).related(first.origin, before.to_owned())
    })
}

/// Reports a trial that has lasted longer than the declared number of years.
fn trial(head: &Head, ground: Ground<'_>) -> Option<Finding> {
    let since = head.in_force.or(head.issued).filter(|_| head.standing.state == State::Trial)?;
    let years = i16::try_from(ground.reading.trial_years).ok()?;
    let last = since.date.latest();
    let end = last.checked_add(jiff::Span::new().try_years(years).ok()?).ok()?;
    (end < ground.as_of).then(|| {
        let as_of = PartialDate::from(ground.as_of);
        let message = format!("自{}试行，至{as_of}已超过{years}年", since.date);
        let hint = "请核实：应当修订后正式印发，或者宣布废止的，请办理；状态已经改变的，请改 state";
        Finding::new(&codes::TRIAL_TOO_LONG, message).hint(hint).at(head.standing.origin)
    })
}
