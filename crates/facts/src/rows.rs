//! A set of records of one table, one bit for each.

use finding::RowId;

/// Bits in a word.
const N_BITS: usize = 64;

/// A set of rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    words: Vec<u64>,
    n_rows: usize,
}

impl Rows {
    /// None of so many rows.
    pub fn none(n_rows: usize) -> Self {
        Self { words: vec![0; n_rows.div_ceil(N_BITS)], n_rows }
    }

    /// All of so many rows.
    pub fn all(n_rows: usize) -> Self {
        let mut rows = Self { words: vec![u64::MAX; n_rows.div_ceil(N_BITS)], n_rows };
        if let (Some(last), rest @ 1..) = (rows.words.last_mut(), n_rows % N_BITS) {
            *last = (1 << rest) - 1;
        }
        rows
    }

    /// Those of so many rows that satisfy a predicate.
    pub fn such_that(n_rows: usize, holds: impl Fn(RowId) -> bool) -> Self {
        let mut rows = Self::none(n_rows);
        (0..n_rows).map(RowId::new).filter(|it| holds(*it)).for_each(|it| rows.insert(it));
        rows
    }

    /// How many rows the table has.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Adds a row.
    pub fn insert(&mut self, row: RowId) {
        self.words[row.index() / N_BITS] |= 1 << (row.index() % N_BITS);
    }

    /// Takes a row away.
    pub fn take(&mut self, row: RowId) {
        self.words[row.index() / N_BITS] &= !(1 << (row.index() % N_BITS));
    }

    /// Whether a row is in the set.
    pub fn contains(&self, row: RowId) -> bool {
        self.words.get(row.index() / N_BITS).is_some_and(|it| it & (1 << (row.index() % N_BITS)) != 0)
    }

    /// Keeps the rows that are also in another set of the same table.
    pub fn keep(&mut self, other: &Self) {
        let others = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter_mut().zip(others).for_each(|(own, it)| *own &= it);
    }

    /// Adds the rows of another set of the same table.
    pub fn add(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(own, it)| *own |= it);
    }

    /// Takes the rows of another set of the same table away.
    pub fn remove(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(own, it)| *own &= !it);
    }

    /// How many rows are in both sets.
    pub fn count_with(&self, other: &Self) -> usize {
        self.words.iter().zip(&other.words).map(|(own, it)| (own & it).count_ones() as usize).sum()
    }

    /// How many rows there are in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|it| it.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|it| *it == 0)
    }

    /// The rows in their order.
    pub fn iter(&self) -> impl Iterator<Item = RowId> + '_ {
        let words = self.words.iter().enumerate();
        words.flat_map(|(idx, word)| Bits(*word).map(move |it| RowId::new(idx * N_BITS + it)))
    }
}

/// The places of the bits of a word, lowest first.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let place = (self.0 != 0).then(|| self.0.trailing_zeros() as usize)?;
        self.0 &= self.0 - 1;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_are_no_more_than_there_are() {
        for n_rows in [0, 1, 63, 64, 65, 200] {
            assert_eq!((Rows::all(n_rows).count(), Rows::all(n_rows).n_rows()), (n_rows, n_rows));
            assert!(Rows::all(n_rows).iter().eq((0..n_rows).map(RowId::new)));
        }
    }

    #[test]
    fn a_row_is_taken_away_wherever_it_stands_and_no_other_with_it() {
        for row in [0, 63, 64, 70, 129].map(RowId::new) {
            let mut rows = Rows::all(130);
            rows.take(row);
            assert!(rows == Rows::such_that(130, |it| it != row), "{row:?}");
        }
    }

    #[test]
    fn sets_are_joined_cut_and_counted() {
        let even = Rows::such_that(130, |it| it.index() % 2 == 0);
        let third = Rows::such_that(130, |it| it.index() % 3 == 0);
        assert_eq!(even.count_with(&third), 22);
        let mut both = even.clone();
        both.keep(&third);
        assert_eq!(both.iter().last(), Some(RowId::new(126)));
        both.add(&Rows::such_that(130, |it| it.index() == 129));
        let contains = |row| both.contains(RowId::new(row));
        assert!(contains(129) && !contains(128) && !contains(500));
        both.remove(&even);
        assert_eq!(both.iter().collect::<Vec<_>>(), [RowId::new(129)]);
        assert!(!both.is_empty() && Rows::none(130).is_empty());
    }
}
