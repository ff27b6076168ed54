//! huibian 汇编: a folder of returned spreadsheets and YAML goes in; checked, print-ready documents come out.
//!
//! # The way of the data
//!
//! ```text
//! project folder ─ source ─▶ located cells ─ schema ─▶ records ─ dataset ─▶ related records
//!                                                           │
//!     findings ◀── every stage adds findings, none stops at the first ──┤
//!                                                           ▼
//!                       facts, rules ─ documents ─▶ planned artefacts ─ render ─▶ bytes ─ publish ─▶ output/
//! ```
//!
//! One direction, no way back. [`Session::check`] goes as far as the plan, [`Session::make`] to the end. The
//! modules below stand in reading order, and each uses only those above it. What changes from year to
//! year (fields, rules, forms, layouts, wording) are files under `templates/`; the code is the engine
//! that reads them.

pub use annex;
pub use collection;
pub use dataset;
pub use documents;
pub use facts;
pub use finding;
pub use office;
pub use ooxml;
pub use project;
pub use publish;
pub use reconcile;
pub use regulations;
pub use render;
pub use rules;
pub use schema;
pub use source;
pub use value;
pub use words;
pub mod session;
pub mod cli;

pub use session::{Answer, Built, Checked, Failure, Judging, Making, Progress, Question, Session, Stage};
