//! Prescribed forms in Word: a blank as it was issued, its places found by their labels, filled in and read back.
//!
//! [`Blank::read`] finds the places of a document: blank cells, gaps within texts, blank rows. [`Blank::fill`] puts
//! contents there by splicing the document's own bytes, so that everything else stays as it was, and [`Blank::prove`]
//! reads the result back: the blank and the contents, and nothing else.
//!
//! Knows Word and the words by which offices label places ([`Signs`], given from outside); no records, no files.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod address;
mod signs;
mod text;
mod grid;
mod gaps;
mod finder;
mod blank;
mod reading;
mod roles;
mod places;
mod splice;
mod content;
mod rows;
mod fill;
mod picture;
mod proof;
mod room;
mod sheets;
mod book;
mod body;

pub use address::{Address, NoAddress, Spot, Story};
pub use blank::{Blank, BlankFault, Heading, Numbers, Place, PlaceKind, Remark, Sketched, SketchedCell};
pub use body::SheetCell;
pub use content::{Answer, Content, Date, Value};
pub use fill::{FillFault, Filled, Wanted};
pub use gaps::{Choice, DateBlank, DatePart, Gap, GapKind};
pub use picture::{Image, ImageKind};
pub use proof::Difference;
pub use reading::said;
pub use room::Room;
pub use signs::{ByHand, Signs};

#[cfg(test)]
mod tests;
