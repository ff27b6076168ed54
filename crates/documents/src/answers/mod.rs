//! Answers to queries: what is answered is asked no more, as long as the values stay; an answer to nothing is said.

mod apply;
mod asked;
mod offered;
mod write;

pub(crate) use apply::apply;
pub use offered::{Line, Offered, offer};
pub use write::{Unanswered, unanswered, yaml};
