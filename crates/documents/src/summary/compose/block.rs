//! A declared block becomes blocks of the text: none, one or several.

use std::sync::Arc;

use super::super::declaration::{Point, Spec, SpecKind};
use super::super::text::{Block, Phrase, Placed};
use super::stage::Stage;
use super::{Writer, paragraph, placed};
use value::chinese_number;

impl Writer {
    /// The blocks of a declared one; `is_below` says whether it stands below a heading of the second level.
    pub(super) fn block(&mut self, spec: &Spec, part: &Arc<str>, is_below: bool) -> Vec<Placed> {
        let stage = self.stage.clone();
        let one = |block| vec![placed(&spec.id, part, block)];
        match &spec.kind {
            SpecKind::Heading(level, text) => {
                one(Block::Heading { level: *level, number: None, text: self.text(text, &stage) })
            }
            SpecKind::Paragraph(it) => self.point(it, "", &stage).map(one).unwrap_or_default(),
            SpecKind::Points(points) => self.points(points, &spec.id, part),
            SpecKind::List(list) => self.list(list, &spec.id, part, is_below),
            SpecKind::Table(table) => self.table(table, &spec.id, part),
            SpecKind::Chart(chart) => self.chart(chart).map(one).unwrap_or_default(),
            SpecKind::Events(events) => self.events(events, &spec.id, part),
        }
    }

    /// Points whose numbers close up over those that are left out.
    fn points(&mut self, points: &[Point], id: &Arc<str>, part: &Arc<str>) -> Vec<Placed> {
        let mut blocks = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let own = point.id.as_ref().map_or_else(|| format!("{id}-{}", at + 1), ToString::to_string);
            let stages = match &point.each {
                None => vec![(own, self.stage.clone())],
                Some(each) => {
                    let items = self.items(each, false).into_iter().enumerate();
                    items.map(|(at, it)| (format!("{own}-{}", at + 1), it)).collect()
                }
            };
            for (own, stage) in stages {
                let block = self.holds(point.when.as_ref(), &stage).then(|| {
                    let number = first(blocks.len() + 1);
                    self.point(point, &number, &stage)
                });
                blocks.extend(block.flatten().map(|it| placed(&own, part, it)));
            }
        }
        blocks
    }

    /// A paragraph: its number and lead, which stand out, and its text; none if there is no text.
    pub(super) fn point(&mut self, point: &Point, number: &str, stage: &Stage) -> Option<Block> {
        let lead = point.lead.as_ref().map(|it| self.text(it, stage)).unwrap_or_default();
        let text = self.text(&point.text, stage);
        if text.is_empty() && lead.is_empty() {
            return None;
        }
        let lead = Phrase::plain(number).then(&lead);
        Some(paragraph(Some(lead.text()), lead.then(&text)))
    }
}

/// 一是, 二是 …
pub(super) fn first(number: usize) -> String {
    format!("{}是", chinese_number(number as u64))
}
