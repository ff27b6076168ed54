//! Records of a table as conditions have sorted them: counted for certain, perhaps, or not.

use super::Rows;

/// Records that satisfy conditions, and those of which the data do not say whether they do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Those that satisfy every condition.
    pub certain: Rows,
    /// Those that fail none, but of which some condition is undecided.
    pub doubtful: Rows,
}

impl Selection {
    /// Records before any condition has been put to them.
    pub fn of(rows: Rows) -> Self {
        let doubtful = Rows::none(rows.n_rows());
        Self { certain: rows, doubtful }
    }

    /// Puts one more condition: a record that fails it is out, whatever the others leave open.
    pub fn narrow(&mut self, holds: &Rows, undecided: &Rows) {
        let mut open = self.certain.clone();
        open.keep(undecided);
        let mut may_hold = holds.clone();
        may_hold.add(undecided);
        self.doubtful.keep(&may_hold);
        self.doubtful.add(&open);
        self.certain.keep(holds);
    }

    /// Keeps the records that are also in a set.
    pub fn keep(&mut self, rows: &Rows) {
        self.certain.keep(rows);
        self.doubtful.keep(rows);
    }

    /// All records that may satisfy the conditions.
    pub fn possible(&self) -> Rows {
        let mut possible = self.certain.clone();
        possible.add(&self.doubtful);
        possible
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::RowId;

    /// What a condition says of the records 0 to 8 that stand for each pair of answers: 0 holds, 1 fails, 2 is undecided.
    fn answers(answer: impl Fn(usize) -> usize) -> (Rows, Rows) {
        let those = |wanted| Rows::such_that(9, |row| answer(row.index()) == wanted);
        (those(0), those(2))
    }

    fn are(rows: &Rows, wanted: &[usize]) -> bool {
        rows.iter().map(RowId::index).eq(wanted.iter().copied())
    }

    #[test]
    fn a_record_that_fails_one_condition_is_out_in_whatever_order_they_are_put() {
        let (first, second) = (answers(|row| row / 3), answers(|row| row % 3));
        for [a, b] in [[&first, &second], [&second, &first]] {
            let mut selection = Selection::of(Rows::all(9));
            selection.narrow(&a.0, &a.1);
            selection.narrow(&b.0, &b.1);
            assert!(are(&selection.certain, &[0]));
            assert!(are(&selection.doubtful, &[2, 6, 8]));
            assert!(are(&selection.possible(), &[0, 2, 6, 8]));
        }
    }

    #[test]
    fn what_is_outside_of_a_set_is_neither_certain_nor_doubtful() {
        let mut selection = Selection::of(Rows::all(9));
        let (holds, undecided) = answers(|row| row % 3);
        selection.narrow(&holds, &undecided);
        selection.keep(&Rows::such_that(9, |row| row.index() < 5));
        assert!(are(&selection.certain, &[0, 3]) && are(&selection.doubtful, &[2]));
    }
}
