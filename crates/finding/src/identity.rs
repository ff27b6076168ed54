//! Tables, records and fields by identity: their places among those of a run, which the compiler does not let pass for
//! one another.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Index, IndexMut};

/// An identity: a place in the list of what it identifies.
pub trait Id: Copy {
    /// What stands at a place, counted from zero.
    fn new(index: usize) -> Self;

    /// The place, counted from zero.
    fn index(self) -> usize;
}

/// Declares an identity.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(usize);

        impl $name {
            /// What stands at a place, counted from zero.
            pub const fn new(index: usize) -> Self {
                Self(index)
            }

            /// The place, counted from zero.
            pub const fn index(self) -> usize {
                self.0
            }
        }

        impl Id for $name {
            fn new(index: usize) -> Self {
                Self(index)
            }

            fn index(self) -> usize {
                self.0
            }
        }
    };
}

id!(
    /// A table, among all that schemas declare.
    TableId
);
id!(
    /// A record, among those of its table.
    RowId
);
id!(
    /// A field, among those of its table.
    FieldId
);

impl TableId {
    /// A record of the table.
    pub const fn record(self, row: RowId) -> RecordId {
        RecordId { table: self, row }
    }

    /// A field of all its records.
    pub const fn column(self, field: FieldId) -> ColumnId {
        ColumnId { table: self, field }
    }
}

impl RowId {
    /// The record that has so many behind this one's place.
    #[must_use]
    pub const fn behind(self, n_rows: usize) -> Self {
        Self(self.0 + n_rows)
    }
}

/// A record of any table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// Its table.
    pub table: TableId,
    /// Itself, within the table.
    pub row: RowId,
}

impl RecordId {
    /// A field of the record.
    pub const fn field(self, field: FieldId) -> FieldRef {
        FieldRef { table: self.table, row: self.row, field }
    }
}

/// A field of all records of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId {
    /// The table.
    pub table: TableId,
    /// The field, within the table.
    pub field: FieldId,
}

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldRef {
    /// The table.
    pub table: TableId,
    /// The record within the table.
    pub row: RowId,
    /// The field within the table.
    pub field: FieldId,
}

impl FieldRef {
    /// The record.
    pub const fn record(self) -> RecordId {
        RecordId { table: self.table, row: self.row }
    }

    /// The field, of whatever record.
    pub const fn column(self) -> ColumnId {
        ColumnId { table: self.table, field: self.field }
    }
}

/// Records of one table that follow each other: those that one row of a sheet became, all below one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowSpan {
    /// The table.
    pub table: TableId,
    /// The first record.
    pub first: RowId,
    /// The record behind the last one.
    pub end: RowId,
}

impl RowSpan {
    /// One record.
    pub const fn one(record: RecordId) -> Self {
        Self { table: record.table, first: record.row, end: record.row.behind(1) }
    }

    /// The records.
    pub fn rows(self) -> impl Iterator<Item = RowId> {
        (self.first.0..self.end.0).map(RowId)
    }

    /// Whether a record of the same table is among them.
    pub fn contains(self, row: RowId) -> bool {
        (self.first..self.end).contains(&row)
    }
}

/// A list whose items are found by identity, and by no other number.
#[derive(Clone, PartialEq, Eq)]
pub struct ById<I, T> {
    items: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> ById<I, T> {
    /// The identities of its items, in their order.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// The items with their identities.
    pub fn with_ids(&self) -> impl Iterator<Item = (I, &T)> {
        self.ids().zip(&self.items)
    }

    /// The first item of which this holds.
    pub fn position(&self, is_meant: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(is_meant).map(I::new)
    }

    /// An item, if there is one of this identity.
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// The identity that an item gets which is added next.
    pub fn next_id(&self) -> I {
        I::new(self.items.len())
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) -> I {
        let id = self.next_id();
        self.items.push(item);
        id
    }

    /// What is made of each item, under the same identities.
    pub fn map<U>(&self, make: impl FnMut(&T) -> U) -> ById<I, U> {
        self.items.iter().map(make).collect()
    }
}

impl<I: Id, T> Index<I> for ById<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for ById<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<I, T> Deref for ById<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> Default for ById<I, T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<I, T> From<Vec<T>> for ById<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, ids: PhantomData }
    }
}

impl<I, T> FromIterator<T> for ById<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> Self {
        Self::from(items.into_iter().collect::<Vec<_>>())
    }
}

impl<I, T> Extend<T> for ById<I, T> {
    fn extend<A: IntoIterator<Item = T>>(&mut self, items: A) {
        self.items.extend(items);
    }
}

impl<I, T> IntoIterator for ById<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a ById<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<I, T: fmt::Debug> fmt::Debug for ById<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}
