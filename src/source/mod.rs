//! Files become located cells: workbooks and CSV become [`Grid`]s, YAML becomes a tree of [`Node`]s.
//!
//! Nothing here knows what a branch is. Reading is a pure function from bytes and limits to
//! content and findings, so that it can move into a process of its own; only [`walk`] touches files.

mod config;
mod csv;
mod grid;
mod limits;
mod package;
mod sniff;
mod tree;
mod walk;
mod workbook;
mod yaml;

pub use config::{Fields, nearest};
pub use grid::Grid;
pub use limits::Limits;
pub use tree::{Entry, Node, NodeKind};
pub use walk::{FoundFile, SourceError, read_bytes, walk};

use crate::finding::{FileId, Report, Reported};
use std::sync::Arc;

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// The sheets of a workbook in its order, or the one sheet of a CSV file.
    Sheets(Vec<Grid>),
    /// A YAML document.
    Tree(Node),
}
