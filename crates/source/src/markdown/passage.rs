//! Running text with the place from which each character was read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::LocatedText;
use finding::{FileId, Origin, Place};

/// A text read from one or more lines of a file; marks of footnotes are taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    text: String,
    file: FileId,
    /// Stretches of characters that stand side by side in the file, in order; never empty.
    runs: Vec<Stretch>,
    notes: Vec<NoteMark>,
}

/// A stretch of characters of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stretch {
    /// The first of them, counted in characters of the text.
    at: usize,
    line: u32,
    column: u32,
}

/// A mark `[^1]` in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteMark {
    /// How many characters of the text stand before it.
    pub at: usize,
    /// The name of the footnote: `1`.
    pub name: Arc<str>,
    /// Where it stands.
    pub origin: Origin,
}

impl Passage {
    /// The text of a line from the given column on (both counted from one), without outer blanks and footnote marks.
    pub fn line(text: &str, file: FileId, (line, column): (u32, u32)) -> Self {
        let mut passage = Self { text: String::new(), file, runs: Vec::new(), notes: Vec::new() };
        let n_blanks = text.chars().take_while(|it| it.is_whitespace()).count();
        let mut column = column.saturating_add(count(n_blanks));
        let mut rest = text.trim();
        while let Some((before, name, after)) = split_at_mark(rest) {
            passage.extend(before, (line, column));
            column = column.saturating_add(count(before.chars().count()));
            let origin = Origin::text(file, line, column);
            passage.notes.push(NoteMark { at: passage.n_chars(), name: name.into(), origin });
            column = column
                .saturating_add(count(rest.chars().count() - before.chars().count() - after.chars().count()));
            rest = after;
        }
        passage.extend(rest, (line, column));
        passage
    }

    /// A text of a front matter, as running text.
    pub fn of(written: &LocatedText) -> Self {
        let origin = written.origin;
        let place = match origin.place {
            Place::Text { line, column } => (line, column),
            _ => (1, 1),
        };
        Self::line(&written.text, origin.file, place)
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its footnote marks, in order.
    pub fn notes(&self) -> &[NoteMark] {
        &self.notes
    }

    /// The text with its marks, as a line of Markdown has them.
    pub fn marked(&self) -> String {
        let mut marks = self.notes.iter().peekable();
        let mut text = String::new();
        for (at, letter) in self.text.chars().map(Some).chain([None]).enumerate() {
            while let Some(mark) = marks.next_if(|it| it.at <= at) {
                text.extend(["[^", &mark.name, "]"]);
            }
            text.extend(letter);
        }
        text
    }

    /// Where it begins.
    pub fn origin(&self) -> Origin {
        self.origin_at(0)
    }

    /// Where one of its characters, counted from zero, was read.
    pub fn origin_at(&self, at: usize) -> Origin {
        let run = self.runs.iter().rev().find(|it| it.at <= at).or(self.runs.first());
        let (line, column) =
            run.map_or((1, 1), |it| (it.line, it.column.saturating_add(count(at - it.at.min(at)))));
        Origin::text(self.file, line, column)
    }

    /// The text behind its first characters and the blanks that follow them.
    #[must_use]
    pub fn behind(&self, n_chars: usize) -> Self {
        let blanks = self.text.chars().skip(n_chars).take_while(|it| it.is_whitespace()).count();
        let gone = n_chars + blanks;
        let origin = self.runs_from(gone);
        let notes = self.notes.iter().map(|it| NoteMark { at: it.at.saturating_sub(gone), ..it.clone() });
        Self {
            text: self.text.chars().skip(gone).collect(),
            file: self.file,
            runs: origin,
            notes: notes.collect(),
        }
    }

    /// Puts a line behind the text: with a blank between Western words, with nothing between Chinese ones.
    pub fn append(&mut self, line: &Self) {
        let (last, first) = (self.text.chars().last(), line.text.chars().next());
        if last.is_some_and(|it| it.is_ascii_alphanumeric())
            && first.is_some_and(|it| it.is_ascii_alphanumeric())
        {
            self.text.push(' ');
        }
        self.add(line);
    }

    /// Puts a line behind the text and a wide blank.
    pub fn append_apart(&mut self, line: &Self) {
        self.text.push('\u{3000}');
        self.add(line);
    }

    fn add(&mut self, line: &Self) {
        let gone = self.n_chars();
        self.text.push_str(&line.text);
        self.runs.extend(line.runs.iter().map(|it| Stretch { at: it.at + gone, ..*it }));
        self.notes.extend(line.notes.iter().map(|it| NoteMark { at: it.at + gone, ..it.clone() }));
    }

    fn n_chars(&self) -> usize {
        self.text.chars().count()
    }

    fn extend(&mut self, text: &str, (line, column): (u32, u32)) {
        self.runs.push(Stretch { at: self.n_chars(), line, column });
        self.text.push_str(text);
    }

    /// The runs behind so many characters, counted from there.
    fn runs_from(&self, gone: usize) -> Vec<Stretch> {
        let first = self.runs.iter().rposition(|it| it.at <= gone).unwrap_or(0);
        let moved = |it: &Stretch| Stretch {
            at: it.at.saturating_sub(gone),
            column: it.column.saturating_add(count(gone.saturating_sub(it.at))),
            ..*it
        };
        self.runs[first..].iter().map(moved).collect()
    }
}

/// What stands before the first mark of a footnote, its name, and what stands behind it.
fn split_at_mark(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[^")?;
    let (name, after) = rest.split_once(']')?;
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some((before, name, after))
}

fn count(n_chars: usize) -> u32 {
    u32::try_from(n_chars).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::Sources;

    fn place(origin: Origin) -> (u32, u32) {
        match origin.place {
            Place::Text { line, column } => (line, column),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_character_knows_its_place_behind_marks_joins_and_cuts() {
        let file = Sources::default().add("a.md");
        let mut passage = Passage::line("　　第一条　公示[^甲]五日。", file, (3, 1));
        passage.append(&Passage::line("完成。", file, (4, 1)));
        assert_eq!(passage.text(), "第一条　公示五日。完成。");
        let at = |passage: &Passage, at| place(passage.origin_at(at));
        assert_eq!(
            [at(&passage, 0), at(&passage, 5), at(&passage, 6), at(&passage, 9)],
            [(3, 3), (3, 8), (3, 13), (4, 1)]
        );
        assert_eq!(passage.notes()[0].at, 6);
        assert_eq!(passage.marked(), "第一条　公示[^甲]五日。完成。");
        let rest = passage.behind(3);
        assert_eq!(
            (rest.text(), at(&rest, 0), at(&rest, 2), at(&rest, 5)),
            ("公示五日。完成。", (3, 7), (3, 13), (4, 1))
        );
        assert_eq!((rest.notes()[0].at, place(rest.notes()[0].origin)), (2, (3, 9)));
    }
}
