//! Findings by the fields and records that they are about.

use std::collections::BTreeMap;

use super::identity::{ColumnId, FieldRef, RecordId, RowId, RowSpan, TableId};
use super::{Finding, Target};

/// A finding with its number among those of the index, which keeps their order.
type Numbered<'a> = (usize, &'a Finding);

/// Findings by the fields and records that they are about.
#[derive(Debug, Default)]
pub struct ByRecord<'a> {
    fields: BTreeMap<ColumnId, Column<'a>>,
    records: BTreeMap<TableId, Column<'a>>,
    n_findings: usize,
}

/// The findings about one field of a table, or about its records as wholes.
#[derive(Debug, Default)]
struct Column<'a> {
    /// Those about one record.
    rows: BTreeMap<RowId, Vec<Numbered<'a>>>,
    /// Those about several.
    spans: Vec<(RowSpan, Numbered<'a>)>,
}

impl<'a> ByRecord<'a> {
    /// An index of these findings.
    pub fn new(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut index = Self::default();
        for finding in findings {
            finding.about.iter().for_each(|it| index.add(it, finding));
        }
        index
    }

    /// Adds a finding that is about this, if it is a field or a record.
    pub fn add(&mut self, target: &Target, finding: &'a Finding) {
        let (rows, column) = match target {
            Target::Field(rows, field) => (*rows, self.fields.entry(rows.table.column(*field)).or_default()),
            Target::Record(rows) => (*rows, self.records.entry(rows.table).or_default()),
            _ => return,
        };
        let numbered = (self.n_findings, finding);
        self.n_findings += 1;
        if rows.end == rows.first.behind(1) {
            column.rows.entry(rows.first).or_default().push(numbered);
        } else {
            column.spans.push((rows, numbered));
        }
    }

    /// The findings about a field, in their order; not those about its record as a whole.
    pub fn of_field(&self, at: FieldRef) -> Vec<&'a Finding> {
        self.fields.get(&at.column()).map(|it| it.at(at.row)).unwrap_or_default()
    }

    /// The findings about a record as a whole, in their order.
    pub fn of_record(&self, record: RecordId) -> Vec<&'a Finding> {
        self.records.get(&record.table).map(|it| it.at(record.row)).unwrap_or_default()
    }

    /// The findings about a field of any record, and about any record as a whole, that `counts`: by the first record that
    /// does, those about the field first.
    pub fn of_column(&self, column: ColumnId, counts: impl Fn(RowId) -> bool) -> Vec<&'a Finding> {
        let of_fields = self.fields.get(&column).into_iter().flat_map(|it| it.first_rows(&counts));
        let of_records = self.records.get(&column.table).into_iter().flat_map(|it| it.first_rows(&counts));
        let mut found: Vec<(RowId, bool, Numbered<'a>)> =
            of_fields.map(|(row, it)| (row, false, it)).collect();
        found.extend(of_records.map(|(row, it)| (row, true, it)));
        found.sort_by_key(|(row, is_record, (number, _))| (*row, *is_record, *number));
        found.into_iter().map(|(_, _, (_, finding))| finding).collect()
    }
}

impl<'a> Column<'a> {
    fn at(&self, row: RowId) -> Vec<&'a Finding> {
        let of_several = self.spans.iter().filter(|(rows, _)| rows.contains(row)).map(|it| it.1);
        let mut found: Vec<Numbered<'a>> =
            self.rows.get(&row).into_iter().flatten().copied().chain(of_several).collect();
        found.sort_by_key(|it| it.0);
        found.into_iter().map(|it| it.1).collect()
    }

    /// The findings with the first record that each is about and that counts.
    fn first_rows(&self, counts: &impl Fn(RowId) -> bool) -> Vec<(RowId, Numbered<'a>)> {
        let counting = self.rows.iter().filter(|(row, _)| counts(**row));
        let of_one = counting.flat_map(|(row, found)| found.iter().map(move |it| (*row, *it)));
        let of_several =
            self.spans.iter().filter_map(|(rows, it)| Some((rows.rows().find(|row| counts(*row))?, *it)));
        of_one.chain(of_several).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FieldId, Severity};

    fn about(message: &str, target: Target) -> Finding {
        Finding::named("x", Severity::Error, message).about(target)
    }

    fn messages(found: Vec<&Finding>) -> Vec<&str> {
        found.into_iter().map(|it| it.message.as_str()).collect()
    }

    const TABLE: TableId = TableId::new(0);
    const FIELD: FieldId = FieldId::new(1);

    #[test]
    fn findings_are_found_by_what_they_are_about_and_keep_their_order() {
        let span = |first, end| RowSpan { table: TABLE, first: RowId::new(first), end: RowId::new(end) };
        let record = |row| TABLE.record(RowId::new(row));
        let elsewhere = TableId::new(1).record(RowId::new(3));
        let findings = [
            about("rows 2 to 4", Target::Field(span(2, 5), FIELD)),
            about("row 3", Target::Field(span(3, 4), FIELD)),
            about("record 3", Target::record(record(3))),
            about("row 2", Target::field(record(2).field(FIELD))),
            about("other table", Target::field(elsewhere.field(FIELD))),
            about("no rows", Target::Field(span(3, 3), FIELD)),
        ];
        let index = ByRecord::new(&findings);
        let of_field = |row| messages(index.of_field(record(row).field(FIELD)));
        assert_eq!(of_field(3), ["rows 2 to 4", "row 3"]);
        assert_eq!(of_field(4), ["rows 2 to 4"]);
        assert!(of_field(5).is_empty() && of_field(1).is_empty());
        assert_eq!(messages(index.of_record(record(3))), ["record 3"]);
        assert_eq!(messages(index.of_record(record(2))), [""; 0]);
        let all = messages(index.of_column(TABLE.column(FIELD), |_| true));
        assert_eq!(all, ["rows 2 to 4", "row 2", "row 3", "record 3"]);
        let of_fourth = index.of_column(TABLE.column(FIELD), |row| row == RowId::new(4));
        assert_eq!(messages(of_fourth), ["rows 2 to 4"]);
        let of_other_field = index.of_column(TABLE.column(FieldId::new(2)), |_| true);
        assert_eq!(messages(of_other_field), ["record 3"]);
    }
}
