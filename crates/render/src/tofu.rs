//! Characters that were set without a glyph: Typst warns of none, and a blank box in print is found too late.

use std::collections::BTreeSet;

use typst::layout::{Abs, Frame, FrameItem};
use typst::text::{TextItem, is_default_ignorable};
use typst_layout::PagedDocument;

/// How many characters of the text are shown before and after the missing one.
const AROUND: usize = 10;

/// How many missing characters a message lists.
const LISTED: usize = 10;

/// A line of text in one frame, put together from its runs: a missing character has often a run of
/// its own, which would show nothing of where it stands.
#[derive(Default)]
struct Line {
    text: String,
    /// Byte offsets of the characters without a glyph.
    holes: Vec<usize>,
}

/// Every character without a glyph, in reading order, each once with the same surroundings.
pub(super) fn missing(document: &PagedDocument) -> Vec<(char, String)> {
    let mut lines = Vec::new();
    for page in document.pages() {
        walk(&page.frame, &mut lines);
    }
    let mut seen = BTreeSet::new();
    let found = lines.iter().flat_map(Line::missing);
    found.filter(|it| seen.insert(it.clone())).collect()
}

/// The characters for a message: `“𰀀”（U+30000，在“姓名𰀀”中）、…`; the first ten, and how many there are.
pub(super) fn listed(characters: &[(char, String)]) -> String {
    let each = |(character, around): &(char, String)| {
        format!("“{character}”（U+{:04X}，在“{around}”中）", u32::from(*character))
    };
    let listed = characters.iter().take(LISTED).map(each).collect::<Vec<_>>().join("、");
    if characters.len() > LISTED { format!("{listed}等 {} 处", characters.len()) } else { listed }
}

impl Line {
    fn add(&mut self, item: &TextItem) {
        let start = self.text.len();
        for glyph in item.glyphs.iter().filter(|glyph| glyph.id == 0) {
            let range = glyph.range();
            let shown = item.text.get(range.clone()).unwrap_or_default();
            let holes = shown.char_indices().filter(|(_, it)| !is_default_ignorable(*it));
            self.holes.extend(holes.map(|(at, _)| start + range.start + at));
        }
        self.text.push_str(&item.text);
    }

    fn missing(&self) -> impl Iterator<Item = (char, String)> + '_ {
        self.holes.iter().filter_map(|&at| {
            let (before, after) = self.text.split_at_checked(at)?;
            let skipped = before.chars().count().saturating_sub(AROUND);
            let around = before.chars().skip(skipped).chain(after.chars().take(AROUND + 1)).collect();
            Some((after.chars().next()?, around))
        })
    }
}

/// Collects the lines of a frame and of the frames in it. Runs that follow each other at the same
/// height belong to one line.
fn walk(frame: &Frame, lines: &mut Vec<Line>) {
    let mut height: Option<Abs> = None;
    for (point, item) in frame.items() {
        match item {
            FrameItem::Text(text) => {
                if height != Some(point.y) {
                    lines.push(Line::default());
                    height = Some(point.y);
                }
                if let Some(line) = lines.last_mut() {
                    line.add(text);
                }
            }
            FrameItem::Group(group) => {
                walk(&group.frame, lines);
                height = None;
            }
            _ => {}
        }
    }
}
