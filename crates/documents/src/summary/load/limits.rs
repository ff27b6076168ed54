//! What a summary may not exceed, or fall short of.

use std::sync::Arc;

use crate::declaring::unknown_word;
use crate::summary::declaration::{Limits, Share, SummaryPart};
use finding::{Finding, Origin, Report, Reported, codes};
use source::{Declared, Fields, LocatedText, Node};
use value::Amount;

/// The word for the whole text.
const BODY: &str = "body";

/// Reads `limits:`; without it there are none.
pub(super) fn load(
    node: Option<&Node>,
    parts: &[SummaryPart],
    origin: Origin,
    report: &mut Report,
) -> Result<Limits, Reported> {
    let Some(node) = node else {
        return Ok(Limits { n_characters_max: None, shares: Vec::new(), origin });
    };
    let mut fields = Fields::new(node, "limits", report)?;
    let origin = fields.origin();
    let n_characters_max = fields.count("characters");
    let shares = fields.parts("shares", parts);
    Ok(Limits { n_characters_max, shares: fields.whole(shares)?, origin })
}

/// Within the parts of its summary.
impl Declared<[SummaryPart]> for Share {
    const WHAT: &'static str = "shares";

    fn declared(fields: &mut Fields<'_, '_>, parts: &[SummaryPart]) -> Result<Self, Reported> {
        let origin = fields.origin();
        let part = fields.required_as("part", |it, report| part_named(it, parts, report));
        let of = fields.text("of").filter(|it| &*it.text != BODY);
        let of = of.map(|it| part_named(&it, parts, fields.report())).transpose();
        let at_least = fields.required_as("at_least", |written, report| {
            let fraction = fraction(&written.text).ok_or_else(|| {
                let finding = Finding::new(&codes::WRONG_KIND, format!("“{}”不是比例", written.text));
                report.error(finding.at(written.origin).hint("请写成 1/3 或 30%"))
            });
            Ok((fraction?, written.text.clone()))
        });
        let (part, of, (at_least, written)) = fields.whole((part, of, at_least))?;
        Ok(Self { part, of, at_least, written, origin })
    }
}

fn part_named(name: &LocatedText, parts: &[SummaryPart], report: &mut Report) -> Result<Arc<str>, Reported> {
    let known = || parts.iter().map(|it| &*it.id);
    let found = parts.iter().find(|it| it.id == name.text).map(|it| it.id.clone());
    found.ok_or_else(|| unknown_word(name, "部分", known().collect::<Vec<_>>(), report))
}

/// 1/3, 30% or 0.3.
fn fraction(text: &str) -> Option<Amount> {
    let number = |it: &str| it.trim().parse::<Amount>().ok();
    let value = match (text.split_once('/'), text.strip_suffix('%')) {
        (Some((part, whole)), _) => number(part)?.over(number(whole)?)?,
        (None, Some(percent)) => number(percent)?.of_percent()?,
        (None, None) => number(text)?,
    };
    (Amount::ZERO..=Amount::ONE).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::fraction;

    #[test]
    fn shares_are_written_as_fractions_or_percentages() {
        assert_eq!(fraction("1/4").unwrap().to_string(), "0.25");
        assert_eq!(fraction("30%"), fraction("0.3"));
        for text in ["1/0", "4/3", "三分之一", "-1"] {
            assert_eq!(fraction(text), None, "{text}");
        }
    }
}
