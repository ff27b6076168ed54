//! Blanks are read, filled and read back.

mod blanks;
mod books;
mod filling;
mod random;
mod reading;
