//! Office packages (OOXML, and OpenDocument, which is packed alike): opened within limits, read, changed and written.
//!
//! A package is a zip file of parts, and most parts are XML. [`Package`] opens one only after every part was inflated
//! and counted. A part is read as a [`Tree`], which keeps the text of the part and knows the byte range of every
//! element, attribute and text in it, or as a stream of [`Event`]s where it may be too large for a tree: the cells of
//! a sheet. A part is changed by [`Edits`], which put new text at byte ranges and copy everything else unchanged;
//! [`Package::with_parts`] puts it back, and copies all other parts as they are packed. New XML is [`Markup`], and a
//! new package comes from [`PackageWriter`].
//!
//! Nothing here knows the project: no findings, no values, no files.
#![cfg_attr(not(test), forbid(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr))]

mod limits;
mod package;
mod guard;
mod patch;
mod writer;
mod relations;
mod types;
mod stream;
mod tree;
mod edits;
mod markup;
mod format;
mod shape;
mod a1;
mod xml;
mod changes;
mod styles;
mod cells;
mod formula;
mod filling;

pub use a1::{Cell, area, area_name, cell, cell_name};
pub use cells::{Merges, cells, rows, style_of_column, style_of_row};
pub use changes::{ChangeFault, Changes};
pub use edits::{EditFault, Edits};
pub use filling::{Computed, FillFault, Filled, Filler, Immovable, NewRows, Prepared, Put};
pub use format::{Finest, NumberFormat};
pub use formula::{CellValue, NotComputed, Stuck};
pub use guard::{PackageFault, WINDOW_OVERLAP, Watch};
pub use limits::Limits;
pub use markup::{Markup, escaped, markup, valued};
pub use package::Package;
pub use relations::{NewRelation, Relation, Relations};
pub use shape::Shape;
pub use stream::{Event, Start, Visit, attribute, each_event, each_event_of_tail, reference};
pub use styles::Styles;
pub use tree::{Attribute, Element, Text, Tree, XmlFault};
pub use types::ContentTypes;
pub use writer::{PackageWriter, WriteFault};
pub use xml::{append, prefix, prefixed, restarted, written_text};
