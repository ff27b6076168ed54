//! The sheets of a workbook that can be asked about, by the names that they go by on screen and on paper.

use super::target::{At, Spot, Target};
use crate::book::Table;
use crate::statistics::{CellId, FilledBody, PlannedWorkbook};
use value::{fold, is_number_part, read_number};

/// What stands on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// A table that is worked out, by its index among those.
    Worked(usize),
    /// The committees side by side.
    Compared,
    /// The checks.
    Proved,
}

/// A sheet with its table.
pub(super) struct Tabbed<'a> {
    pub(super) workbook: &'a PlannedWorkbook,
    pub(super) tab: Tab,
    pub(super) table: &'a Table,
    /// Its number and title as they are printed; no number where there is none.
    printed: (&'a str, &'a str),
}

impl PlannedWorkbook {
    /// The sheets with tables: those that are worked out, then the comparison and the checks.
    pub(super) fn tabs(&self) -> Vec<Tabbed<'_>> {
        let computed = &self.computed;
        let worked = computed.sheets.iter().enumerate().map(|(idx, it)| {
            let sheet = computed.sheet(it);
            (Tab::Worked(idx), &*sheet.name, (&*sheet.number, &*sheet.title))
        });
        let compared = computed.statistics.comparison.iter();
        let names = &self.book.captions.sheets;
        let compared = compared
            .map(|it| (Tab::Compared, &**it.name.as_ref().unwrap_or(&names.comparison), ("", &*it.title)));
        let proved =
            (!self.proof.checks.is_empty()).then_some((Tab::Proved, &*names.checks, ("", &*names.checks)));
        let all = worked.chain(compared).chain(proved);
        let tabbed = |(tab, name, printed): (Tab, &str, _)| {
            let table = self.book.sheets.iter().find(|it| it.name() == name)?.table()?;
            Some(Tabbed { workbook: self, tab, table, printed })
        };
        all.filter_map(tabbed).collect()
    }
}

impl<'a> Tabbed<'a> {
    /// Whether this is the name on its tab.
    pub(super) fn is_on_tab(&self, name: &str) -> bool {
        self.table.name == name
    }

    /// Whether it is printed under this name: its number, its title, or both.
    pub(super) fn is_printed_as(&self, name: &str) -> bool {
        let (number, title) = self.printed;
        let names = [&*self.table.name, number, title, &self.table.title];
        names.iter().any(|it| !it.is_empty() && fold(it) == fold(name))
    }

    /// Whether this is its number, in whichever numerals: 表4 is 表四.
    pub(super) fn is_numbered(&self, name: &str) -> bool {
        [self.printed.0, &*self.table.name].iter().any(|it| in_digits(it) == in_digits(name))
    }

    /// How many columns stand to the left of what can be asked about; how many rows and columns that has.
    pub(super) fn extent(&self) -> (usize, usize, usize) {
        let (n_rows, n_columns, n_stub) =
            (self.table.rows.len(), self.table.columns.len(), self.table.n_stub);
        match self.tab {
            Tab::Worked(sheet) => match &self.workbook.computed.sheets[sheet].body {
                FilledBody::Figures(grid) => (n_stub, grid.rows.len(), n_columns - n_stub),
                FilledBody::List(_) => (0, n_rows, n_columns),
            },
            Tab::Compared => (n_stub, n_rows, n_columns - n_stub),
            Tab::Proved => (0, n_rows, n_columns),
        }
    }

    /// A cell of it, by its place among what can be asked about.
    pub(super) fn target(&self, cell: CellId) -> Target<'a> {
        let Self { workbook, table, .. } = *self;
        let spot = Spot { workbook, table, n_left: self.extent().0, cell };
        match self.tab {
            Tab::Compared => Target::Compared(spot),
            Tab::Proved => Target::Proved(spot),
            Tab::Worked(sheet) => {
                let at = At { workbook, sheet, table, cell };
                match workbook.computed.sheets[sheet].body {
                    FilledBody::Figures(_) => Target::Cell(at),
                    FilledBody::List(_) => Target::Listed(at),
                }
            }
        }
    }
}

/// A name with its first number in digits.
fn in_digits(name: &str) -> String {
    let name = fold(name);
    let Some(first) = name.find(is_number_part) else { return name };
    let rest = name[first..].find(|it| !is_number_part(it)).map_or(name.len(), |it| first + it);
    match read_number(&name[first..rest]) {
        Some(number) => format!("{}{number}{}", &name[..first], &name[rest..]),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_tables_are_the_same_in_whichever_numerals() {
        assert_eq!(in_digits("表四"), "表4");
        assert_eq!(in_digits("附表１２"), "附表12");
        assert_eq!(in_digits("表十二 补充资料"), "表12补充资料");
        assert_eq!(in_digits("校核"), "校核");
    }
}
