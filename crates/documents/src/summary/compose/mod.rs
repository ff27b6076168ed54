//! A summary is written: its blocks filled in, numbered, and put together.

mod stage;
mod block;
mod list;
mod table;
mod chart;
mod events;
mod numbering;

use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::Value;

use super::declaration::{AppendixSpec, Spec, Summary, SummaryPart};
use super::text::{Appendix, Block, Phrase, Placed, Text, phrase};
use crate::planning::Planning;
use dataset::{FieldRef, Reads, RecordRef, record_ref};
use facts::Seat;
use finding::Origin;
use stage::{Stage, Turn};
use words::{Expression, Prose, Unanswered, Verdict};

/// A summary as it was written, and what became of its writing.
#[derive(Debug)]
pub(super) struct Composed {
    pub(super) text: Text,
    /// The folder and the name of its files, without ending.
    pub(super) folder: String,
    pub(super) file_name: Option<String>,
    /// What it has read.
    pub(super) reads: Reads,
    /// What could not be written, and why.
    pub(super) faults: Vec<Fault>,
}

/// A text that could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where its template stands.
    pub(super) origin: Origin,
    /// Why, in a Chinese clause.
    pub(super) why: String,
    /// The fields for lack of which.
    pub(super) lacks: BTreeSet<FieldRef>,
}

/// Writes a summary over everything, or about a committee or branch.
pub(super) fn compose(summary: &Summary, seat: Option<Seat>, planning: Planning<'_>) -> Composed {
    let mut writer = Writer { stage: Stage::new(seat, planning), faults: Vec::new() };
    let stage = writer.stage.clone();
    let title = writer.text(&summary.title, &stage).text();
    let folder = summary.folder.as_ref().map(|it| writer.text(it, &stage).text()).unwrap_or_default();
    let n_faults = writer.faults.len();
    let file_name = writer.text(&summary.file_name, &stage).text();
    let file_name = Some(file_name).filter(|_| writer.faults.len() == n_faults);
    let mut blocks = writer.blocks(&summary.opening, "opening");
    for part in &summary.parts {
        blocks.extend(writer.part(part));
    }
    blocks.extend(writer.blocks(&summary.closing, "closing"));
    let mut blocks = numbering::without_bare_headings(blocks);
    numbering::number(&mut blocks, summary);
    let appendices: Vec<_> = summary.appendices.iter().filter_map(|it| writer.appendix(it)).collect();
    let (is_only, word) = (appendices.len() == 1, &planning.captions.attachment);
    let appendix = |(at, (title, blocks)): (usize, (String, Vec<Placed>))| Appendix {
        number: if is_only { word.to_string() } else { format!("{word}{}", at + 1) },
        title,
        blocks,
    };
    let appendices = appendices.into_iter().enumerate().map(appendix).collect();
    let signature = summary.signature.iter().map(|it| writer.text(it, &stage).text());
    let signature = signature.filter(|it| !it.is_empty()).collect();
    let text = Text { title, has_contents: summary.has_contents, blocks, appendices, signature };
    Composed { text, folder, file_name, reads: stage.trace().reads(), faults: writer.faults }
}

/// Writes block by block.
struct Writer {
    stage: Stage,
    faults: Vec<Fault>,
}

impl Writer {
    fn part(&mut self, part: &SummaryPart) -> Vec<Placed> {
        let stage = self.stage.clone();
        if !self.holds(part.when.as_ref(), &stage) {
            return Vec::new();
        }
        let mut blocks = self.blocks(&part.blocks, &part.id);
        if blocks.iter().all(|it| it.block.is_heading()) {
            let Some(empty) = &part.empty else { return Vec::new() };
            let text = self.text(empty, &stage);
            blocks = vec![placed(&format!("{}-empty", part.id), &part.id, paragraph(None, text))];
        }
        let heading = Block::Heading { level: 1, number: None, text: self.text(&part.heading, &stage) };
        [placed(&part.id, &part.id, heading)].into_iter().chain(blocks).collect()
    }

    fn blocks(&mut self, specs: &[Spec], part: &str) -> Vec<Placed> {
        let part: Arc<str> = part.into();
        let mut blocks = Vec::new();
        for spec in specs {
            let stage = self.stage.clone();
            if self.holds(spec.when.as_ref(), &stage) {
                // Below a heading of the second level, items are numbered one level lower.
                let is_below = blocks.iter().any(|it: &Placed| it.block.is_heading());
                blocks.extend(self.block(spec, &part, is_below));
            }
        }
        blocks
    }

    fn appendix(&mut self, spec: &AppendixSpec) -> Option<(String, Vec<Placed>)> {
        let stage = self.stage.clone();
        if !self.holds(spec.when.as_ref(), &stage) {
            return None;
        }
        let mut blocks = numbering::without_bare_headings(self.blocks(&spec.blocks, &spec.id));
        numbering::number_within(&mut blocks);
        if blocks.is_empty() {
            let text = self.text(spec.empty.as_ref()?, &stage);
            blocks = vec![placed(&format!("{}-empty", spec.id), &spec.id, paragraph(None, text))];
        }
        Some((self.text(&spec.title, &stage).text(), blocks))
    }

    /// A text; an empty one, and a fault, if the data do not give it.
    fn text(&mut self, prose: &Prose, stage: &Stage) -> Phrase {
        self.begin();
        match prose.render(&stage.context()) {
            Ok(text) => phrase(text, stage.seat),
            Err(why) => {
                self.fault(prose.origin(), why);
                Phrase::default()
            }
        }
    }

    /// A text that may well be missing: the cell of a field that was left empty.
    fn cell(&mut self, prose: &Prose, stage: &Stage) -> Phrase {
        self.begin();
        match prose.render(&stage.context()) {
            Ok(text) => phrase(text, stage.seat),
            Err(Unanswered::Missing(_)) => Phrase::default(),
            Err(why) => {
                self.fault(prose.origin(), why);
                Phrase::default()
            }
        }
    }

    /// Whether a condition holds; there is none, or one that the data do not decide, with a fault.
    fn holds(&mut self, when: Option<&Expression>, stage: &Stage) -> bool {
        self.begin();
        match when.map(|it| (it, it.test(&stage.context()))) {
            None | Some((_, Verdict::Holds)) => true,
            Some((_, Verdict::Fails)) => false,
            Some((it, Verdict::Undecided(why) | Verdict::Fault(why))) => {
                self.undecided(it.origin(), why);
                false
            }
        }
    }

    /// The value of an expression, with a fault if the data do not give it.
    fn value(&mut self, expression: &Expression, stage: &Stage) -> Option<Value> {
        self.begin();
        match expression.evaluate(&stage.context()) {
            Ok(value) => Some(value),
            Err(why) => {
                self.fault(expression.origin(), why);
                None
            }
        }
    }

    /// The stages of the records of a list, in their order.
    fn items(&mut self, each: &Expression, is_narrowed: bool) -> Vec<Stage> {
        let stage = self.stage.clone();
        let Some(list) = self.value(each, &stage) else { return Vec::new() };
        let records: Vec<RecordRef> = list
            .try_iter()
            .into_iter()
            .flatten()
            .filter_map(|it| record_ref(&it).map(|it| (*it).clone()))
            .collect();
        let n = records.len();
        let around = |(at, it): (usize, RecordRef)| {
            let seat = it.id;
            let item = stage.around(it, Turn { at, n });
            if is_narrowed { item.narrowed(Some(seat)) } else { item }
        };
        records.into_iter().enumerate().map(around).collect()
    }

    fn fault(&mut self, origin: Origin, why: Unanswered) {
        let (Unanswered::Missing(why) | Unanswered::Undecided(why) | Unanswered::Fault(why)) = why;
        self.undecided(origin, why);
    }

    /// Forgets what earlier texts did without.
    fn begin(&self) {
        let _earlier = self.stage.trace().take_lacking();
    }

    fn undecided(&mut self, origin: Origin, why: String) {
        let lacks = self.stage.trace().take_lacking();
        self.faults.push(Fault { origin, why, lacks });
    }
}

fn placed(id: &str, part: &Arc<str>, block: Block) -> Placed {
    Placed { id: id.to_owned(), part: part.clone(), block }
}

/// A paragraph, whose lead is the beginning of its text.
fn paragraph(lead: Option<String>, text: Phrase) -> Block {
    Block::Paragraph { lead: lead.filter(|it| !it.is_empty()), text }
}
