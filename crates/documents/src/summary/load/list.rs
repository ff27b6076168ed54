//! Lists of records, and the events of a chronicle.

use super::loading::Loading;
use super::summary::empty;
use crate::declaring::meant;
use crate::summary::declaration::{EventSpec, ListSpec, Style};
use finding::{Finding, Report, Reported, codes};
use source::{Fields, LocatedText, Node};
use words::{Expression, Type};

/// The styles, as declarations write them.
const STYLES: [(&str, Style); 4] =
    [("plain", Style::Plain), ("first", Style::First), ("item", Style::Item), ("inline", Style::Inline)];

impl Loading<'_> {
    /// Reads `list:`.
    pub(super) fn list(&self, node: &Node, report: &mut Report) -> Result<ListSpec, Reported> {
        let mut fields = Fields::new(node, "列表", report)?;
        let each = fields.required_as("each", |it, report| self.each(it, report));
        let style = fields.text_as("style", |it, report| meant(it, "列表样式", STYLES, report));
        let n_items_max = fields.count("at_most");
        let empty = empty(self, &mut fields);
        let ends = ["open", "close"].map(|it| self.optional(it, &self.scope, &mut fields));
        let (each, scope) = each?;
        let lead = self.optional("lead", &scope, &mut fields);
        let text = self.required("text", &scope, &mut fields);
        let (lead, text, style, empty, [open, close]) = fields.whole((lead, text, style, empty, ends))?;
        let style = style.unwrap_or(Style::Plain);
        Ok(ListSpec { each, lead, text, style, n_items_max, empty, open, close })
    }

    /// Reads an item of `events:`.
    pub(super) fn event(&self, node: &Node, report: &mut Report) -> Result<EventSpec, Reported> {
        let mut fields = Fields::new(node, "大事记", report)?;
        let each = fields.required_as("each", |it, report| self.each(it, report));
        let date = fields.required_text("date");
        let (each, scope) = each?;
        let date = date.and_then(|it| dated(&it, &scope, fields.report()));
        let text = self.required("text", &scope, &mut fields);
        let when = self.when(&scope, &mut fields);
        let (date, text, when) = fields.whole((date, text, when))?;
        Ok(EventSpec { each, date, text, when })
    }
}

fn dated(
    written: &LocatedText,
    scope: &dataset::SchemaScope<'_>,
    report: &mut Report,
) -> Result<Expression, Reported> {
    let (date, given) = Expression::compile(&written.text, written.origin, scope, report)?;
    if given == Type::Date {
        return Ok(date);
    }
    let message = format!("“{}”不是日期", written.text);
    Err(report.error(Finding::new(&codes::WRONG_KIND, message).at(written.origin).hint("请写日期字段")))
}
