//! huibian 汇编.

pub mod finding;
pub mod value;
pub mod words;
pub mod source;
pub mod project;
pub mod schema;
pub mod dataset;
pub mod facts;
pub mod rules;
pub mod documents;
pub mod render;
pub mod publish;
