//! Findings by the fields and records that they are about.

use std::collections::BTreeMap;

use super::{FieldRef, Finding, RowSpan, Target};

/// A finding with its number among those of the index, which keeps their order.
type Numbered<'a> = (usize, &'a Finding);

/// Findings by the fields and records that they are about.
#[derive(Debug, Default)]
pub struct ByRecord<'a> {
    /// By table and field.
    fields: BTreeMap<(usize, usize), Column<'a>>,
    /// By table.
    records: BTreeMap<usize, Column<'a>>,
    n_findings: usize,
}

/// The findings about one field of a table, or about its records as wholes.
#[derive(Debug, Default)]
struct Column<'a> {
    /// Those about one record.
    rows: BTreeMap<usize, Vec<Numbered<'a>>>,
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
            Target::Field(rows, field) => (*rows, self.fields.entry((rows.table, *field)).or_default()),
            Target::Record(rows) => (*rows, self.records.entry(rows.table).or_default()),
            _ => return,
        };
        let numbered = (self.n_findings, finding);
        self.n_findings += 1;
        if rows.end == rows.first + 1 {
            column.rows.entry(rows.first).or_default().push(numbered);
        } else {
            column.spans.push((rows, numbered));
        }
    }

    /// The findings about a field, in their order; not those about its record as a whole.
    pub fn of_field(&self, at: FieldRef) -> Vec<&'a Finding> {
        self.fields.get(&(at.table, at.field)).map(|it| it.at(at.row)).unwrap_or_default()
    }

    /// The findings about a record as a whole, in their order.
    pub fn of_record(&self, table: usize, row: usize) -> Vec<&'a Finding> {
        self.records.get(&table).map(|it| it.at(row)).unwrap_or_default()
    }

    /// The findings about a field of any record, and about any record as a whole, that `counts`: by the first record that
    /// does, those about the field first.
    pub fn of_column(
        &self,
        (table, field): (usize, usize),
        counts: impl Fn(usize) -> bool,
    ) -> Vec<&'a Finding> {
        let of_fields = self.fields.get(&(table, field)).into_iter().flat_map(|it| it.first_rows(&counts));
        let of_records = self.records.get(&table).into_iter().flat_map(|it| it.first_rows(&counts));
        let mut found: Vec<(usize, bool, Numbered<'a>)> =
            of_fields.map(|(row, it)| (row, false, it)).collect();
        found.extend(of_records.map(|(row, it)| (row, true, it)));
        found.sort_by_key(|(row, is_record, (number, _))| (*row, *is_record, *number));
        found.into_iter().map(|(_, _, (_, finding))| finding).collect()
    }
}

impl<'a> Column<'a> {
    fn at(&self, row: usize) -> Vec<&'a Finding> {
        let of_several = self.spans.iter().filter(|(rows, _)| rows.contains(row)).map(|it| it.1);
        let mut found: Vec<Numbered<'a>> =
            self.rows.get(&row).into_iter().flatten().copied().chain(of_several).collect();
        found.sort_by_key(|it| it.0);
        found.into_iter().map(|it| it.1).collect()
    }

    /// The findings with the first record that each is about and that counts.
    fn first_rows(&self, counts: &impl Fn(usize) -> bool) -> Vec<(usize, Numbered<'a>)> {
        let counting = self.rows.iter().filter(|(row, _)| counts(**row));
        let of_one = counting.flat_map(|(row, found)| found.iter().map(move |it| (*row, *it)));
        let of_several = self
            .spans
            .iter()
            .filter_map(|(rows, it)| Some(((rows.first..rows.end).find(|row| counts(*row))?, *it)));
        of_one.chain(of_several).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn about(message: &str, target: Target) -> Finding {
        Finding::named("x", Severity::Error, message).about(target)
    }

    fn messages(found: Vec<&Finding>) -> Vec<&str> {
        found.into_iter().map(|it| it.message.as_str()).collect()
    }

    #[test]
    fn findings_are_found_by_what_they_are_about_and_keep_their_order() {
        let span = |first, end| RowSpan { table: 0, first, end };
        let findings = [
            about("rows 2 to 4", Target::Field(span(2, 5), 1)),
            about("row 3", Target::Field(span(3, 4), 1)),
            about("record 3", Target::record(0, 3)),
            about("row 2", Target::field(FieldRef { table: 0, row: 2, field: 1 })),
            about("other table", Target::field(FieldRef { table: 1, row: 3, field: 1 })),
            about("no rows", Target::Field(span(3, 3), 1)),
        ];
        let index = ByRecord::new(&findings);
        let of_field = |row| messages(index.of_field(FieldRef { table: 0, row, field: 1 }));
        assert_eq!(of_field(3), ["rows 2 to 4", "row 3"]);
        assert_eq!(of_field(4), ["rows 2 to 4"]);
        assert!(of_field(5).is_empty() && of_field(1).is_empty());
        assert_eq!(messages(index.of_record(0, 3)), ["record 3"]);
        assert_eq!(messages(index.of_record(0, 2)), [""; 0]);
        let all = messages(index.of_column((0, 1), |_| true));
        assert_eq!(all, ["rows 2 to 4", "row 2", "row 3", "record 3"]);
        assert_eq!(messages(index.of_column((0, 1), |row| row == 4)), ["rows 2 to 4"]);
        assert_eq!(messages(index.of_column((0, 2), |_| true)), ["record 3"]);
    }
}
