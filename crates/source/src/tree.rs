//! A YAML document as a tree whose every node knows its place.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use finding::Origin;

/// A node of a YAML document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Where it begins.
    pub origin: Origin,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of nodes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum NodeKind {
    /// Nothing, `~` or `null`.
    Null,
    /// The text of a scalar as written in the source (`020100` stays `020100`), escapes and folding resolved.
    Scalar(Arc<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in its order; a key given twice is reported by the reader and its first value kept.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The key.
    pub key: Arc<str>,
    /// Where the key stands.
    pub key_origin: Origin,
    /// The value; the first one, if the key is given twice.
    pub value: Node,
    /// Whether the key is given twice, which is reported: nobody knows which value is meant.
    pub is_doubled: bool,
}
