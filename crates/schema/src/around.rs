//! What the reader of YAML has said of a place becomes a finding about what stands around it: a record, or a table.

use finding::{ById, FileId, Finding, Origin, Reach, Report, TableId, Target};

/// Where the tables and the records of a document begin, in its order.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The keys of tables.
    tables: Vec<(Origin, Target)>,
    /// Tables and records, with those in them.
    all: Vec<(Origin, Vec<Target>)>,
    /// The tables that it names, and whether it says of each that there is nothing to report.
    pub(super) named: Vec<(TableId, bool)>,
}

impl Marks {
    /// Notes the key of a table.
    pub(super) fn table(&mut self, key: Origin, target: Target) {
        self.tables.push((key, target.clone()));
        self.all.push((key, vec![target]));
    }

    /// Notes a record, with the records of child tables that stand in it.
    pub(super) fn record(&mut self, start: Origin, own: Vec<Target>) {
        if !own.is_empty() {
            self.all.push((start, own));
        }
    }

    /// Says of each finding in a file that does not say so itself what it is about. The numbers of the records before those
    /// of the file are given by table.
    pub(super) fn settle(&self, file: FileId, before: &ById<TableId, usize>, report: &mut Report) {
        let is_open = |it: &&mut Finding| it.about.is_empty() && it.origin.is_some_and(|it| it.file == file);
        for finding in report.findings_mut().iter_mut().filter(is_open) {
            let Some(place) = finding.origin else { continue };
            match finding.related.first() {
                // A key that is given twice: that of a table loses its second list, but one within a record is said of the
                // record as well.
                Some(first) => match self.tables.iter().find(|it| it.0 == first.origin) {
                    Some((_, table)) => finding.about.push(table.clone()),
                    None => finding.reach = Reach::Nothing,
                },
                None => {
                    let above = self.all.iter().rev().find(|it| it.0 <= place);
                    let unknown = || vec![Target::part_at(place)];
                    finding.about = above.map_or_else(unknown, |it| it.1.clone());
                    finding.about.iter_mut().for_each(|it| it.shift(before));
                }
            }
        }
    }
}
