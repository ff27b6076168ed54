//! What becomes of documents: which errors withhold one, and in which order those that are made come.

mod blame;
mod plan;
