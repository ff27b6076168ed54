//! Blocks: a heading, a paragraph, points, a list, a table, a chart.

use std::sync::Arc;

use super::loading::Loading;
use crate::summary::declaration::{Point, Spec, SpecKind};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, Node, NodeKind, Parts, all};

/// The keys of which a block has exactly one.
const KINDS: [&str; 6] = ["heading", "paragraph", "points", "list", "table", "chart"];

impl Loading<'_> {
    /// The blocks of a part.
    pub(super) fn blocks(
        &mut self,
        nodes: &[Node],
        part: &str,
        report: &mut Report,
    ) -> Result<Vec<Spec>, Reported> {
        let blocks = nodes.iter().enumerate();
        all(blocks.map(|(idx, it)| self.block(it, part, idx + 1, report)))
    }

    fn block(
        &mut self,
        node: &Node,
        part: &str,
        number: usize,
        report: &mut Report,
    ) -> Result<Spec, Reported> {
        let mut fields = Fields::new(node, "段落", report)?;
        let origin = fields.origin();
        let scope = self.scope.clone();
        let own = fields.text("id");
        let when = self.when(&scope, &mut fields);
        let given: Vec<&str> = KINDS.into_iter().filter(|it| fields.node(it).is_some()).collect();
        let [kind] = given[..] else {
            let finding = Finding::new(&codes::WRONG_KIND, "一个段落应恰有一种内容").at(origin);
            return Err(fields.report().error(finding.hint(format!("请写其中一种：{}", KINDS.join("、")))));
        };
        let content = fields.required_node(kind)?;
        let kind = match kind {
            "heading" => {
                let level = fields.count("level").map_or(2, |it| if it < 3 { 2 } else { 3 });
                self.required("heading", &scope, &mut fields).map(|it| SpecKind::Heading(level, it))
            }
            "paragraph" => self.paragraph(&mut fields).map(SpecKind::Paragraph),
            "points" => self.points(fields.list("points"), fields.report()),
            "list" => self.list(content, fields.report()).map(SpecKind::List),
            "table" => self.table(content, fields.report()).map(|it| SpecKind::Table(Box::new(it))),
            _ => self.chart(content, fields.report()).map(|it| SpecKind::Chart(Box::new(it))),
        };
        let id = self.id(own, format!("{part}-{number}"), origin, fields.report());
        let (when, kind) = fields.whole((when, kind))?;
        Ok(Spec { id, when, kind })
    }

    fn paragraph(&self, fields: &mut Fields<'_, '_>) -> Result<Point, Reported> {
        let lead = self.optional("lead", &self.scope, fields);
        let text = self.required("paragraph", &self.scope, fields);
        let (lead, text) = (lead, text).whole()?;
        Ok(Point { id: None, when: None, each: None, lead, text })
    }

    fn points(&mut self, nodes: &[Node], report: &mut Report) -> Result<SpecKind, Reported> {
        all(nodes.iter().map(|it| self.point(it, report))).map(SpecKind::Points)
    }

    /// A text, or `{lead, text, when, id, each}`.
    fn point(&mut self, node: &Node, report: &mut Report) -> Result<Point, Reported> {
        if let NodeKind::Scalar(text) = &node.kind {
            let written = source::LocatedText { text: text.clone(), origin: node.origin };
            let text = self.prose(&written, report)?;
            return Ok(Point { id: None, when: None, each: None, lead: None, text });
        }
        let mut fields = Fields::new(node, "要点", report)?;
        let origin = fields.origin();
        let own = fields.text("id");
        let each = fields.text_as("each", |it, report| self.each(it, report))?;
        let (each, scope) = each.map_or((None, self.scope.clone()), |(it, scope)| (Some(it), scope));
        let when = self.when(&scope, &mut fields);
        let lead = self.optional("lead", &scope, &mut fields);
        let text = self.required("text", &scope, &mut fields);
        let id: Option<Arc<str>> = own.map(|it| {
            let place = it.text.to_string();
            self.id(Some(it), place, origin, fields.report())
        });
        let (when, lead, text) = fields.whole((when, lead, text))?;
        Ok(Point { id, when, each, lead, text })
    }
}
