//! A summary is held to its limits: characters, and the least share of a part.

use super::declaration::{Share, Summary};
use super::text::{Block, Text};
use finding::{Finding, codes};
use value::{Amount, count_characters};

/// What exceeds the limits or falls short of them, for the text of a summary.
pub(super) fn check(summary: &Summary, text: &Text) -> Vec<Finding> {
    let n_all = characters(text, None);
    let mut found = Vec::new();
    if let Some(max) = summary.limits.n_characters_max.filter(|it| n_all > *it) {
        let message = format!("《{}》正文{n_all}字，超过上限{max}字", text.title);
        let hint = format!("请删减{}字", n_all - max);
        let finding = Finding::new(&codes::SUMMARY_TOO_LONG, message).at(summary.limits.origin);
        found.push(finding.hint(hint));
    }
    for share in &summary.limits.shares {
        let n_whole = share.of.as_deref().map_or(n_all, |it| characters(text, Some(it)));
        let n_part = characters(text, Some(&share.part));
        let wanted = share.at_least.times(Amount::from(n_whole));
        if wanted.is_some_and(|it| Amount::from(n_part) < it) {
            found.push(falls_short(text, share, n_part, n_whole));
        }
    }
    found
}

fn falls_short(text: &Text, share: &Share, n_part: usize, n_whole: usize) -> Finding {
    let heading = text.blocks.iter().find_map(|it| match &it.block {
        Block::Heading { level: 1, text, .. } if it.part == share.part => Some(text.text()),
        _ => None,
    });
    let part = heading.unwrap_or_else(|| share.part.to_string());
    let message = format!("《{}》的“{part}”{n_part}字，不足{n_whole}字的{}", text.title, share.written);
    Finding::new(&codes::SUMMARY_SHARE, message).at(share.origin).hint("请把这一部分写具体，或精简其他部分")
}

/// The characters of the text, or of one part of it: headings and paragraphs, not tables and appendices.
fn characters(text: &Text, part: Option<&str>) -> usize {
    let own = text.blocks.iter().filter(|it| part.is_none_or(|part| &*it.part == part));
    own.map(|it| match &it.block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => count_characters(&text.text()),
        _ => 0,
    })
    .sum()
}
