//! Numbers that have lost their leading zeros in one of two tables: 20230001 is 020230001, if there is no other.

use std::collections::{BTreeMap, BTreeSet};

use finding::{ColumnId, FieldRef, FileId, Finding, Origin, Report, RowId, Target, codes};
use schema::{Records, Schemas};

/// The rows of a table by their numbers without leading zeros.
type Bare = BTreeMap<String, Vec<RowId>>;

/// A number and the same one in another table, as they are written there.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    /// The number that a record bears.
    pub(super) own: FieldRef,
    /// Where another record names it.
    pub(super) naming: FieldRef,
}

/// What was found of one column of one file.
#[derive(Default)]
struct Short {
    /// Where the numbers are short.
    cells: BTreeSet<(Origin, FieldRef)>,
    /// The first, short and as it stands elsewhere.
    first: Option<Pair>,
}

/// The numbers that were found without their zeros.
#[derive(Default)]
pub(super) struct Zeros {
    bare: BTreeMap<ColumnId, Bare>,
    found: BTreeMap<(ColumnId, FileId), Short>,
}

impl Zeros {
    /// The one record of a table whose number is this one but for leading zeros. `numbers` are those of the column.
    pub(super) fn find<'a>(
        &mut self,
        column: ColumnId,
        number: &str,
        numbers: impl Iterator<Item = (&'a String, &'a Vec<RowId>)>,
    ) -> Option<RowId> {
        let bare = self.bare.entry(column).or_insert_with(|| {
            let mut bare = Bare::new();
            for (number, rows) in numbers.filter(|it| is_number(it.0)) {
                bare.entry(without_zeros(number).to_owned()).or_default().extend(rows);
            }
            bare
        });
        match bare.get(without_zeros(number)).filter(|_| is_number(number)).map(Vec::as_slice) {
            Some([row]) => Some(*row),
            _ => None,
        }
    }

    /// Notes a pair, at the one that is short.
    pub(super) fn note(&mut self, records: &Records, pair: Pair) {
        let cell = |at: FieldRef| &records.tables[at.table][at.row].cells[at.field];
        let length = |at: FieldRef| cell(at).value.display().chars().count();
        let short = if length(pair.own) < length(pair.naming) { pair.own } else { pair.naming };
        let origin = cell(short).origin;
        let found = self.found.entry((short.column(), origin.file)).or_default();
        found.cells.insert((origin, short));
        found.first.get_or_insert(pair);
    }

    /// Says of each column of a file once that its numbers are short.
    pub(super) fn report(self, schemas: &Schemas, records: &Records, report: &mut Report) {
        for ((column, _), Short { cells, first }) in self.found {
            let (Some((origin, _)), Some(pair)) = (cells.first(), first) else { continue };
            let shown = |at: FieldRef| records.tables[at.table][at.row].cells[at.field].value.display();
            let is_own = pair.own.column() == column;
            let (short, long) = if is_own { (pair.own, pair.naming) } else { (pair.naming, pair.own) };
            let field = &schemas.tables[column.table].fields[column.field];
            let message = format!(
                "“{}”有{}个少了开头的0：“{}”在“{}”表中写作“{}”，按同一个读取",
                field.title,
                cells.len(),
                shown(short),
                schemas.tables[long.table].title,
                shown(long)
            );
            let finding =
                Finding::new(&codes::LEADING_ZEROS_LOST, message).at(*origin).field(field.title.clone());
            let hint = "多半是这一列按数字保存，丢了开头的0：请把这一列设为文本格式，补上0";
            let about = cells.iter().map(|it| Target::field(it.1));
            report.push(about.fold(finding.hint(hint), Finding::about));
        }
    }
}

fn is_number(text: &str) -> bool {
    !without_zeros(text).is_empty() && text.chars().all(|it| it.is_ascii_digit())
}

fn without_zeros(text: &str) -> &str {
    text.trim_start_matches('0')
}
