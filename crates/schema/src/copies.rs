//! The same return twice: a copy that the system named (1), a 副本, a version before the last.

use std::collections::BTreeSet;

use super::reading::FileRecords;
use super::returns::Sent;
use super::table::{Record, Schemas};
use finding::{FieldId, Finding, Origin, TableId, Target, codes};
use value::fold;

/// Files whose records are all the same are the same return, whatever their names, from so many records on and if nothing
/// beside them differs.
const N_RECORDS_OF_COPY: usize = 3;

/// How one file repeats another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// All records are the same.
    Same,
    /// Most records have the same keys; so many of all are not the same.
    Version(usize),
}

/// For each file: the one that is used in its stead, and how it repeats that one.
pub(super) fn find(files: &[(Sent, FileRecords)], schemas: &Schemas) -> Vec<Option<(usize, Likeness)>> {
    let names: Vec<(String, usize)> =
        files.iter().map(|it| unmarked(&it.0.name, &schemas.customs.copies)).collect();
    let mut order: Vec<usize> = (0..files.len()).filter(|it| files[*it].1.n_records() > 0).collect();
    order.sort_by_key(|it| (names[*it].1, *it));
    let mut copies: Vec<Option<(usize, Likeness)>> = vec![None; files.len()];
    for (place, idx) in order.iter().copied().enumerate() {
        let is_family = |it: &usize| names[*it].0 == names[idx].0 && names[*it].1 != names[idx].1;
        let like = |it: usize| {
            // A copy of the very same content is called by its name too, but another file is used in its stead.
            let used = match copies[it] {
                None => it,
                Some((used, Likeness::Same)) => used,
                Some(_) => return None,
            };
            Some((used, likeness(&files[it].1, &files[idx].1, is_family(&it), schemas)?))
        };
        copies[idx] = order[..place].iter().copied().filter_map(like).next();
    }
    copies
}

/// The finding for a file that is not used because it repeats another; `tables` are those that it holds.
pub(super) fn finding(file: Origin, tables: Vec<TableId>, used: Origin, likeness: Likeness) -> Finding {
    let (code, message, hint) = match likeness {
        Likeness::Same => (
            &codes::RETURN_TWICE,
            "同一份材料报送了两次：与另一个文件的内容相同，本文件没有采用".to_owned(),
            "请删去其中一份",
        ),
        Likeness::Version(n_other) => (
            &codes::RETURN_IN_VERSIONS,
            format!("与另一个文件是同一份材料的两个版本，有{n_other}条记录不同，本文件没有采用"),
            "请只保留应当采用的一份，移走另一份",
        ),
    };
    let about = Target::part_with(file, tables);
    Finding::new(code, message).at(file).about(about).related(used, "采用的是这一份").hint(hint)
}

fn likeness(used: &FileRecords, other: &FileRecords, is_family: bool, schemas: &Schemas) -> Option<Likeness> {
    let may_be_same = || used.n_records() >= N_RECORDS_OF_COPY && says_the_same(used, other);
    if has_same_records(used, other) && (is_family || may_be_same()) {
        return Some(Likeness::Same);
    }
    if !is_family {
        return None;
    }
    let (a, b) = (keys(used, schemas), keys(other, schemas));
    let n_shared = a.intersection(&b).count();
    let is_version = n_shared > 0 && 2 * n_shared >= a.len().min(b.len());
    is_version.then(|| {
        let (a, b) = (contents(used), contents(other));
        Likeness::Version(a.symmetric_difference(&b).count().div_ceil(2))
    })
}

/// Whether nothing else that two files say tells them apart: their titles, their units, what stands in columns that are not read.
fn says_the_same(a: &FileRecords, b: &FileRecords) -> bool {
    let unit = |it: &FileRecords| it.facts.iter().find_map(|it| it.unit.as_ref()).map(|it| fold(&it.0));
    let (a_unit, b_unit) = (unit(a), unit(b));
    (a_unit.is_none() || b_unit.is_none() || a_unit == b_unit) && a.beside.agrees(&b.beside)
}

fn has_same_records(a: &FileRecords, b: &FileRecords) -> bool {
    let is_same = |a: &Record, b: &Record| a.cells.iter().zip(&b.cells).all(|(a, b)| a.value == b.value);
    let mut tables = a.records.tables.iter().zip(&b.records.tables);
    tables.all(|(a, b)| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)))
}

/// The keys of all records, or their whole content where a table has no key.
fn keys(reading: &FileRecords, schemas: &Schemas) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (table, rows) in schemas.tables.iter().zip(&reading.records.tables).filter(|it| it.0.parent.is_none())
    {
        for row in rows {
            let all: Vec<FieldId> = row.cells.ids().collect();
            let fields = if table.key.is_empty() { &all } else { &table.key };
            let parts: Vec<String> = fields.iter().map(|it| row.cells[*it].value.display()).collect();
            keys.insert(format!("{}\u{1F}{}", table.id, parts.join("\u{1F}")));
        }
    }
    keys
}

fn contents(reading: &FileRecords) -> BTreeSet<String> {
    let rows =
        reading.records.tables.with_ids().flat_map(|(table, rows)| rows.iter().map(move |it| (table, it)));
    let text = |(table, row): (TableId, &Record)| {
        let parts: Vec<String> = row.cells.iter().map(|it| it.value.display()).collect();
        format!("{}\u{1F}{}", table.index(), parts.join("\u{1F}"))
    };
    rows.map(text).collect()
}

/// A file's name without these marks of copies and without numbers in brackets, and how many of both it bore.
fn unmarked(name: &str, marks: &[String]) -> (String, usize) {
    let mut name = fold(name);
    let mut n_marks = 0;
    loop {
        let trimmed = name.trim_end_matches(['-', '_', '.', ' ']).trim_start_matches(['-', '_']);
        let without = |mark: &String| {
            let behind = trimmed.strip_suffix(mark.as_str());
            behind.or_else(|| trimmed.strip_prefix(mark.as_str())?.strip_prefix('-'))
        };
        let rest = marks.iter().find_map(without);
        let rest = rest.or_else(|| without_number(trimmed)).or_else(|| without_brackets(trimmed, marks));
        match rest.filter(|it| !it.is_empty()) {
            Some(rest) => (name, n_marks) = (rest.to_owned(), n_marks + 1),
            None => return (trimmed.to_owned(), n_marks),
        }
    }
}

/// Without a number in brackets at the end, as browsers and systems add it.
fn without_number(name: &str) -> Option<&str> {
    let (rest, number) = name.strip_suffix(')')?.rsplit_once('(')?;
    (number.len() <= 2 && number.parse::<u8>().is_ok()).then_some(rest)
}

/// Without a mark in brackets at the end: （最终版）.
fn without_brackets<'n>(name: &'n str, marks: &[String]) -> Option<&'n str> {
    let (rest, mark) = name.strip_suffix(')')?.rsplit_once('(')?;
    marks.iter().any(|it| it == mark).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_copies_are_known_and_other_names_are_left_alone() {
        let marks = ["副本", "copy", "最终版", "最终", "新"].map(str::to_owned);
        for (name, wanted, n_marks) in [
            ("机械学院党员(1)", "机械学院党员", 1),
            ("机械学院党员（2）", "机械学院党员", 1),
            ("机械学院党员 - 副本", "机械学院党员", 1),
            ("机械学院党员 - 副本 (2)", "机械学院党员", 2),
            ("副本-机械学院党员", "机械学院党员", 1),
            ("机械学院党员（最终版）", "机械学院党员", 1),
            ("机械学院党员_最终版_Copy", "机械学院党员", 2),
            ("机械学院党员2024", "机械学院党员2024", 0),
            ("机械学院（党员）", "机械学院(党员)", 0),
            ("新", "新", 0),
        ] {
            assert_eq!(unmarked(name, &marks), (wanted.to_owned(), n_marks), "{name}");
        }
    }
}
