//! The head note below the title must agree with the front matter, which alone is printed.

use crate::diction::Event;
use crate::draft::{events, number};
use crate::model::{Dated, Head, Regulation};
use crate::{Item, Notice, Reading};
use finding::{Finding, Origin, codes};
use source::Passage;
use value::fold;

pub(super) fn check(regulation: &Regulation, reading: &Reading, found: &mut Vec<Finding>) {
    let notes: Vec<&Passage> = regulation.head_note.iter().collect();
    let head = &regulation.head;
    if let Some(noted) = number(&notes) {
        let (own, title) = (head.number.as_ref(), reading.title(Item::Number));
        if own.is_none_or(|it| fold(&it.text) != fold(&noted.text)) {
            let place = own.map_or(head.origin, |it| it.origin);
            let said = own.map_or_else(|| format!("没有写{title}"), |it| format!("是“{}”", it.text));
            found.push(fault(&format!("{title}“{}”", noted.text), &said, noted.origin, place));
        }
    }
    for (event, date, _) in notes.iter().flat_map(|it| events(it, &reading.diction)) {
        let revised = || head.history.iter().filter_map(|it| it.date);
        let (title, own) = match event {
            Event::Adopted => (reading.title(Item::Adopted), head.adopted),
            Event::Issued => (reading.title(Item::Issued), head.issued),
            Event::InForce => (reading.title(Item::InForce), head.in_force),
            Event::Revised => ("修订日期", revised().find(|it| agree(*it, date))),
        };
        if own.is_none_or(|it| !agree(it, date)) {
            let said = own.map_or_else(|| format!("没有写这个{title}"), |it| format!("是{}", it.date));
            let place = own.map_or(head.origin, |it| it.origin);
            found.push(fault(&format!("{title}{}", date.date), &said, date.origin, place));
        }
    }
}

/// What the notice says by which a regulation was issued must agree with what its head says.
pub(crate) fn compare_notice(notice: &Notice, head: &Head, reading: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let texts = [(Item::Number, &notice.number, &head.number), (Item::Issuer, &notice.issuer, &head.issuer)];
    for (item, noted, own) in texts {
        let Some(noted) = noted else { continue };
        if own.as_ref().is_some_and(|it| fold(&it.text) == fold(&noted.text)) {
            continue;
        }
        let title = reading.title(item);
        let place = own.as_ref().map_or(head.origin, |it| it.origin);
        let said = own.as_ref().map_or_else(|| format!("没有写{title}"), |it| format!("是“{}”", it.text));
        let noted_text = format!("{title}“{}”", noted.text);
        found.push(differs("印发通知", &noted_text, &said, noted.origin, place));
    }
    let dates = [(Item::Adopted, notice.adopted, head.adopted), (Item::Issued, notice.issued, head.issued)];
    for (item, noted, own) in dates {
        let Some(noted) = noted.filter(|it| own.is_some_and(|own| !agree(own, *it))) else { continue };
        let said = own.map(|it| format!("是{}", it.date)).unwrap_or_default();
        let place = own.map_or(head.origin, |it| it.origin);
        let noted_text = format!("{}{}", reading.title(item), noted.date);
        found.push(differs("印发通知", &noted_text, &said, noted.origin, place));
    }
    found
}

/// Whether two dates may be the same day.
fn agree(one: Dated, other: Dated) -> bool {
    one.date.earliest() <= other.date.latest() && other.date.earliest() <= one.date.latest()
}

fn fault(noted: &str, said: &str, origin: Origin, head: Origin) -> Finding {
    differs("题注", noted, said, origin, head)
}

fn differs(what: &str, noted: &str, said: &str, origin: Origin, head: Origin) -> Finding {
    let message = format!("{what}写的是{noted}，文件头{said}");
    let finding =
        Finding::new(&codes::HEAD_NOTE_DIFFERS, message).hint("请核对原件后改为一致；印出的是文件头");
    finding.at(origin).related(head, "文件头")
}
