//! A workbook of which no date is known states none: the writer always states one, so it is taken out again.

use ooxml::{Edits, Limits, Package};

use super::BookFault;

/// The part of the package that says who made it, and when.
const PROPERTIES: &str = "docProps/core.xml";

/// The properties that are dates, by their names without a namespace.
const DATES: [&str; 2] = ["created", "modified"];

/// The same workbook without the dates of its properties; every other part keeps its bytes.
///
/// # Errors
/// If the package cannot be read or written again.
pub(super) fn undated(bytes: &[u8]) -> Result<Vec<u8>, BookFault> {
    let mut package = Package::peek(bytes, &Limits::STANDARD).ok_or(BookFault::Unreadable)?;
    let tree = package.tree(PROPERTIES).ok().flatten().ok_or(BookFault::Unreadable)?;
    let mut edits = Edits::default();
    let dates = tree.root().children().filter(|it| DATES.contains(&it.local()));
    dates.for_each(|it| edits.remove(it.range()));
    let properties = edits.apply(&tree).map_err(|_| BookFault::Unreadable)?;
    Ok(package.with_parts(&[(PROPERTIES, &properties)])?)
}
