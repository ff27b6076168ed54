//! Lists of records, and the events of a chronicle.

use super::loading::Loading;
use super::summary::empty;
use crate::declaring::unknown_word;
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
        let each = fields.required_text("each").and_then(|it| self.each(&it, fields.report()));
        let style = fields.text("style").map(|it| style(&it, fields.report())).transpose();
        let n_items_max = fields.count("at_most");
        let empty = empty(self, &mut fields);
        let open = self.optional("open", &self.scope, &mut fields);
        let close = self.optional("close", &self.scope, &mut fields);
        let (each, scope) = each?;
        let lead = self.optional("lead", &scope, &mut fields);
        let text = self.required("text", &scope, &mut fields);
        fields.finish();
        Ok(ListSpec {
            each,
            lead: lead?,
            text: text?,
            style: style?.unwrap_or(Style::Plain),
            n_items_max,
            empty: empty?,
            open: open?,
            close: close?,
        })
    }

    /// Reads an item of `events:`.
    pub(super) fn event(&self, node: &Node, report: &mut Report) -> Result<EventSpec, Reported> {
        let mut fields = Fields::new(node, "大事记", report)?;
        let each = fields.required_text("each").and_then(|it| self.each(&it, fields.report()));
        let date = fields.required_text("date");
        let (each, scope) = each?;
        let date = date.and_then(|it| dated(&it, &scope, fields.report()));
        let text = self.required("text", &scope, &mut fields);
        let when = self.when(&scope, &mut fields);
        fields.finish();
        Ok(EventSpec { each, date: date?, text: text?, when: when? })
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

fn style(word: &LocatedText, report: &mut Report) -> Result<Style, Reported> {
    let found = STYLES.iter().find(|(name, _)| *name == &*word.text).map(|(_, it)| *it);
    found.ok_or_else(|| unknown_word(word, "列表样式", STYLES.map(|it| it.0), report))
}
