//! 制度目录.xlsx and the regulations name the same, and say the same of it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Shelf;
use crate::catalogue::Row;
use crate::model::{Dated, Head, Regulation};
use crate::{Item, Reading, subject};
use finding::{FileId, Finding, Origin, Sources, codes};
use source::LocatedText;
use value::fold;

pub(super) fn check(shelf: Shelf<'_>, reading: &Reading, sources: &Sources, found: &mut Vec<Finding>) {
    let Shelf { regulations, catalogue, .. } = shelf;
    let mut listed: BTreeMap<(FileId, usize), Origin> = BTreeMap::new();
    for row in &catalogue.rows {
        let Some(idx) = regulation_of(row, regulations, sources) else {
            found.push(without_file(row));
            continue;
        };
        let head = &regulations[idx].head;
        if let Some(first) = listed.insert((row.origin.file, idx), row.title.origin) {
            let message = format!("《{}》在目录中列了两次", row.title.text);
            let finding = Finding::new(&codes::CATALOGUE_ROW_TWICE, message).hint("请删去多余的一行");
            found.push(of_row(finding.at(row.title.origin), row).related(first, "另一行"));
            continue;
        }
        let path = sources.path(regulations[idx].file);
        let is_its_head = head.origin == row.origin;
        let differences = if is_its_head { Vec::new() } else { differences(row, path, head, reading) };
        found.extend(differences.into_iter().map(|it| of_row(it, row)));
    }
    for (idx, it) in regulations.iter().enumerate() {
        let is_listed = listed.keys().any(|(_, listed)| *listed == idx);
        if !catalogue.rows.is_empty() && !is_listed {
            let message = format!("《{}》没有列入制度目录", it.title());
            let finding = Finding::new(&codes::CATALOGUE_LACKS_REGULATION, message);
            found.push(finding.hint("请在制度目录中补上一行").at(it.head.title.origin));
        }
    }
}

/// The regulation that a row means: by its file, else by its title, else by its number.
fn regulation_of(row: &Row, regulations: &[Regulation], sources: &Sources) -> Option<usize> {
    let has_number = |it: &Regulation| match (&it.head.number, &row.number) {
        (Some(own), Some(listed)) => fold(&own.text) == fold(&listed.text),
        _ => false,
    };
    let by_file = regulations.iter().position(|it| row.names(sources.path(it.file)));
    let by_title = || regulations.iter().position(|it| fold(it.title()) == fold(&row.title.text));
    by_file.or_else(by_title).or_else(|| regulations.iter().position(has_number))
}

fn without_file(row: &Row) -> Finding {
    let message = format!("制度文件夹中没有《{}》", row.title.text);
    let finding = Finding::new(&codes::CATALOGUE_WITHOUT_FILE, message).at(row.title.origin);
    of_row(finding.hint("请补上该制度的文件，或从目录中删去这一行"), row)
}

fn of_row(finding: Finding, row: &Row) -> Finding {
    finding.subject(subject(&row.title.text))
}

/// Where a row differs from the head; empty cells are not compared.
fn differences(row: &Row, path: &str, head: &Head, reading: &Reading) -> Vec<Finding> {
    let texts = [
        (Item::Title, Some(&row.title), Some(&head.title)),
        (Item::Number, row.number.as_ref(), head.number.as_ref()),
        (Item::Issuer, row.issuer.as_ref(), head.issuer.as_ref()),
        (Item::Level, row.level.as_ref(), head.level.as_ref()),
        (Item::Category, row.category.as_ref(), head.category.as_ref()),
    ];
    let dates = [
        (Item::Adopted, row.adopted, head.adopted),
        (Item::Issued, row.issued, head.issued),
        (Item::InForce, row.in_force, head.in_force),
    ];
    let texts = texts.into_iter().filter_map(|(it, listed, own)| text(reading.title(it), listed?, own, head));
    let dates = dates.into_iter().filter_map(|(it, listed, own)| date(reading.title(it), listed?, own, head));
    let own = &head.standing;
    let state = row.standing.as_ref().filter(|it| it.state != own.state).map(|listed| {
        let words = (&*listed.word, Some((&*own.word, own.origin)));
        fault(reading.title(Item::State), words, listed.origin, head)
    });
    let file = row.file.as_ref().filter(|_| !row.names(path)).map(|it| {
        let name = path.rsplit('/').next().unwrap_or(path);
        fault(reading.title(Item::File), (&it.text, Some((name, head.title.origin))), it.origin, head)
    });
    texts.chain(dates).chain(state).chain(file).collect()
}

fn text(title: &str, listed: &LocatedText, own: Option<&LocatedText>, head: &Head) -> Option<Finding> {
    let is_same = own.is_some_and(|it| fold(&it.text) == fold(&listed.text));
    let words = (&*listed.text, own.map(|it| (&*it.text, it.origin)));
    (!is_same).then(|| fault(title, words, listed.origin, head))
}

/// Dates differ only if no day fits both: 2023年3月 does not differ from 2023年3月8日.
fn date(title: &str, listed: Dated, own: Option<Dated>, head: &Head) -> Option<Finding> {
    let is_other =
        |it: Dated| matches!(it.date.compare(&listed.date), Some(Ordering::Less | Ordering::Greater));
    let own = own.map(|it| (is_other(it), it.date.to_string(), it.origin));
    let is_fault = own.as_ref().is_none_or(|it| it.0);
    let words = own.as_ref().map(|it| (&*it.1, it.2));
    is_fault.then(|| fault(title, (&listed.date.to_string(), words), listed.origin, head))
}

/// What the cell says, and what the head says and where.
type Words<'a> = (&'a str, Option<(&'a str, Origin)>);

fn fault(title: &str, (listed, own): Words<'_>, origin: Origin, head: &Head) -> Finding {
    let (said, place) = match own {
        Some((own, place)) => (format!("制度文件中是“{own}”"), place),
        None => ("制度文件中没有写".to_owned(), head.origin),
    };
    let finding = Finding::new(&codes::CATALOGUE_DIFFERS, format!("目录的“{title}”是“{listed}”，{said}"));
    let finding = finding.value(listed).field(title).hint("请对照原文，把错的一方改正");
    finding.at(origin).related(place, "制度文件")
}
