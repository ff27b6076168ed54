//! Regulations: Markdown texts become articles, are proof-read against each other, and compared with earlier versions.
//!
//! Structure is recognised from the words (第三条, （一）), not marked up. What words a head may hold stands in
//! `templates/regulations/`.

mod model;
mod text;
mod head;
mod label;
mod structure;
mod references;
mod proof;
mod compare;
mod collection;

pub use collection::{Collection, collect};
pub use compare::{Change, Comparison, Kind, Mark, Marked, Pair, Side, compare};
pub use head::Reading;
pub use model::{
    Attachment, Dated, Head, Node, Rank, Regulation, Revision, State, Unit, Words, of_rank, units,
};
pub use proof::{Ground, proofread};
pub use references::{Place, Reference, Target, Work, references, references_of_texts};
pub use text::{HandbookText, TextField, bind_texts};

use std::sync::Arc;

use crate::finding::{Report, Subject};
use crate::source::Text;

/// Reads texts as regulations. One whose head has no title is left out, and that is reported.
pub fn bind(texts: Vec<Text>, reading: &Reading, report: &mut Report) -> Vec<Regulation> {
    texts.into_iter().filter_map(|it| regulation(it, reading, report)).collect()
}

fn regulation(text: Text, reading: &Reading, report: &mut Report) -> Option<Regulation> {
    let Text { file, manuscript, lacks_body } = text;
    let head = head::read(&manuscript.front, reading, report).ok()?;
    let structure = structure::recognise(manuscript.blocks, &head.title.text);
    let structure::Structure { printed_title, body, attachments } = structure;
    let footnotes = manuscript.footnotes;
    Some(Regulation { file, head, printed_title, body, attachments, footnotes, lacks_body })
}

/// Names the regulation in which a finding stands, for those that do not say whom they concern.
fn subject(title: &Arc<str>) -> Subject {
    Subject { record: Some(title.clone()), ..Subject::default() }
}
