//! Gaps are looked for in the text of a paragraph, the surest kinds first.

use std::ops::Range;

use super::gaps::{Choice, DateBlank, DatePart, Gap, GapKind};
use super::signs::Signs;
use super::text::Paragraph;

/// Where gaps are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// In a cell of a table.
    Cell,
    /// In a paragraph of the text, where a colon at the end of a line asks for nothing.
    Text,
}

/// The gaps of some paragraphs in the order in which they are read.
pub(crate) fn find(paragraphs: &[Paragraph], within: Within, signs: &Signs) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mut finder = Finder::new(paragraph, number, signs);
        finder.expressions();
        finder.dates();
        finder.boxes();
        finder.lines();
        finder.underlined();
        finder.brackets();
        finder.sentences();
        let is_above_blanks = paragraphs.get(number + 1).is_some_and(Paragraph::is_blank);
        finder.colons(within, is_above_blanks);
        finder.gaps.sort_by_key(|it| (it.letters.start, it.letters.end));
        if let (Some(first), Some(above)) = (finder.gaps.first_mut(), number.checked_sub(1))
            && first.lead.is_empty()
            && first.kind == GapKind::Bracket
        {
            // （  岁） below 出生年月 belongs to it.
            first.lead = paragraphs[above].chars().into_iter().filter(|it| !it.is_whitespace()).collect();
        }
        gaps.append(&mut finder.gaps);
    }
    let mut gaps = joined(gaps);
    let text: String = paragraphs.iter().flat_map(Paragraph::chars).collect();
    for gap in &mut gaps {
        // The date below a signature says nothing of its own.
        let is_lone_date = matches!(gap.kind, GapKind::Date(_)) && gap.lead.is_empty();
        let said = if is_lone_date { &text } else { &gap.lead };
        gap.by_hand = signs.by_hand(said).map(str::to_owned);
    }
    gaps
}

/// Boxes that follow each other in paragraphs of their own, without a label between, are one choice.
fn joined(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut all: Vec<Gap> = Vec::new();
    for gap in gaps {
        if let (GapKind::Choice(more), true) = (&gap.kind, gap.lead.is_empty())
            && let Some(Gap { kind: GapKind::Choice(choices), .. }) = all.last_mut()
        {
            choices.extend(more.iter().cloned());
        } else {
            all.push(gap);
        }
    }
    all
}

/// Looks for the gaps of a paragraph, the surest kinds first; what one has taken the others leave alone.
struct Finder<'a> {
    letters: Vec<char>,
    underlined: Vec<bool>,
    taken: Vec<bool>,
    number: usize,
    signs: &'a Signs,
    gaps: Vec<Gap>,
}

fn is_colon(letter: char) -> bool {
    matches!(letter, '：' | ':')
}

/// So many blanks before 年 are for a year at most; of more, so many.
const N_YEAR_MAX: usize = 8;
const N_YEAR: usize = 4;

/// Whether nothing is seen there: a blank, a tab, or part of a line to be written on.
fn is_open(letter: char) -> bool {
    letter.is_whitespace() || is_line(letter)
}

fn is_line(letter: char) -> bool {
    matches!(letter, '_' | '＿')
}

/// Whether a character belongs to the word of a box.
fn is_said(letter: char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '、' | '，' | '；' | ',' | ';' | '。')
}

/// How wide blanks are, in half-width characters.
fn width(letters: &[char]) -> usize {
    letters.iter().map(|it| if *it == '\t' { 4 } else { 1 + usize::from(!it.is_ascii()) }).sum()
}

impl<'a> Finder<'a> {
    fn new(paragraph: &Paragraph, number: usize, signs: &'a Signs) -> Self {
        let letters = paragraph.chars();
        let underlined = paragraph.letters.iter().map(|it| paragraph.runs[it.run].is_underlined).collect();
        let taken = vec![false; letters.len()];
        Self { letters, underlined, taken, number, signs, gaps: Vec::new() }
    }

    fn add(&mut self, kind: GapKind, letters: Range<usize>) {
        self.taken[letters.clone()].fill(true);
        let (lead, unit) = (self.lead(letters.start), self.unit(letters.end));
        let quarters = |it: &char| match it {
            ' ' => 1,
            it if it.is_ascii() => 2,
            _ => 4,
        };
        let room = self.letters[letters.clone()].iter().map(quarters).sum();
        self.gaps.push(Gap { kind, lead, unit, by_hand: None, paragraph: self.number, letters, room });
    }

    /// The words before a place, back to where another thing begins.
    fn lead(&self, at: usize) -> String {
        let before = &self.letters[..at];
        let open = before.iter().rev().take_while(|it| it.is_whitespace()).count();
        let before = &before[..before.len() - open];
        let (body, colon) = match before.split_last() {
            Some((last, body)) if is_colon(*last) => (body, true),
            _ => (before, false),
        };
        let ends = |at: usize| {
            let it = body[at];
            self.taken[at]
                || matches!(it, '，' | '。' | '；' | ',' | ';' | '\n')
                || (it == '、' && !colon)
                || (colon && is_colon(it))
                || (it.is_whitespace() && at > 0 && body[at - 1].is_whitespace())
        };
        let start = (0..body.len()).rev().find(|at| ends(*at)).map_or(0, |it| it + 1);
        let lead: String = body[start..].iter().filter(|it| !it.is_whitespace()).collect();
        lead.trim_end_matches(['（', '(']).to_owned()
    }

    /// The word behind a place, up to the next sign.
    fn unit(&self, at: usize) -> String {
        let behind = self.letters[at..].iter().zip(&self.taken[at..]);
        let word = behind.take_while(|(it, taken)| it.is_alphanumeric() && !**taken).map(|it| *it.0);
        let word: String = word.take(8).collect();
        word
    }

    fn is_free(&self, letters: Range<usize>) -> bool {
        !self.taken[letters].contains(&true)
    }

    fn expressions(&mut self) {
        for (open, close, statement) in [("{{", "}}", false), ("{%", "%}", true)] {
            let (open, close): (Vec<char>, Vec<char>) = (open.chars().collect(), close.chars().collect());
            let mut at = 0;
            while let Some(start) = position(&self.letters, &open, at) {
                let Some(end) = position(&self.letters, &close, start + 2) else { break };
                let said: String = self.letters[start + 2..end].iter().collect();
                let said = said.trim().to_owned();
                let kind = if statement { GapKind::Statement(said) } else { GapKind::Expression(said) };
                self.add(kind, start..end + 2);
                at = end + 2;
            }
        }
    }

    /// Blanks before 年, 月 and 日; before 月 and 日 alone where the year stands further before. Without any blank between them
    /// 年月 is part of a label.
    fn dates(&mut self) {
        let mut at = 0;
        while let Some(first) = self.letters[at..].iter().position(|it| matches!(it, '年' | '月')) {
            let first = first + at;
            at = self.date(first).unwrap_or(first + 1);
        }
    }

    /// The date whose first word stands there; gives where it ends.
    fn date(&mut self, first: usize) -> Option<usize> {
        let before = self.letters[..first].iter().rev().take_while(|it| is_open(**it)).count();
        // What is wider than any year is left for a signature before it.
        let before = if before > N_YEAR_MAX { N_YEAR } else { before };
        let (year, month) = match self.letters[first] {
            '年' => (Some(first), self.next_behind_open(first + 1, '月')?),
            _ => (None, first),
        };
        let day = self.next_behind_open(month + 1, '日');
        let day = if year.is_some() { day } else { Some(day.filter(|it| before > 0 && *it > month + 1)?) };
        let century = year.is_some() && self.letters[..first - before].ends_with(&['2', '0']);
        let start = first - before - if century { 2 } else { 0 };
        let end = day.unwrap_or(month) + 1;
        let has_room = year.is_none_or(|it| month > it + 1 || day.is_some_and(|it| it > month + 1));
        if !has_room || !self.is_free(start..end) {
            return None;
        }
        let mut parts = Vec::new();
        let mut from = start;
        for (part, word) in [(DatePart::Year, year), (DatePart::Month, Some(month)), (DatePart::Day, day)] {
            let Some(word) = word else { continue };
            parts.push(DateBlank { part, letters: (from, word) });
            from = word + 1;
        }
        self.add(GapKind::Date(parts), start..end);
        Some(end)
    }

    /// Where a character stands if only blanks come before it.
    fn next_behind_open(&self, from: usize, wanted: char) -> Option<usize> {
        let open = self.letters[from..].iter().take_while(|it| is_open(**it)).count();
        (self.letters.get(from + open) == Some(&wanted)).then_some(from + open)
    }

    fn is_box(&self, at: usize) -> bool {
        !self.taken[at] && self.signs.boxes.contains(&self.letters[at])
    }

    /// Boxes in a row are one choice; a colon between two begins another.
    fn boxes(&mut self) {
        let boxes: Vec<usize> = (0..self.letters.len()).filter(|at| self.is_box(*at)).collect();
        let mut group: Vec<usize> = Vec::new();
        let mut groups = Vec::new();
        for at in boxes {
            let colon = |last: &usize| self.letters[*last..at].iter().any(|it| is_colon(*it));
            if group.last().is_some_and(colon) {
                groups.push(std::mem::take(&mut group));
            }
            group.push(at);
        }
        groups.extend(Some(group).filter(|it| !it.is_empty()));
        let ends: Vec<usize> = groups.iter().skip(1).map(|it| self.label_start(it[0])).collect();
        for (idx, group) in groups.iter().enumerate() {
            let end = ends.get(idx).copied().unwrap_or(self.letters.len());
            self.choice(group, end);
        }
    }

    /// Where the label before a place begins: behind the blanks before it.
    fn label_start(&self, at: usize) -> usize {
        let colon = self.letters[..at].iter().rposition(|it| is_colon(*it)).unwrap_or(at);
        self.letters[..colon].iter().rposition(|it| it.is_whitespace()).map_or(colon, |it| it + 1)
    }

    fn choice(&mut self, boxes: &[usize], end: usize) {
        let first = boxes[0];
        let before = self.letters[..first].iter().rev().find(|it| !it.is_whitespace());
        let is_first = before.is_none_or(|it| is_colon(*it) || matches!(it, '（' | '(' | '，' | '；' | '、'));
        let start =
            self.letters[..first].iter().rposition(|it| is_colon(*it) || *it == '\n').map_or(0, |it| it + 1);
        let word = |(idx, at): (usize, &usize)| {
            let (from, to) = if is_first {
                (at + 1, boxes.get(idx + 1).copied().unwrap_or(end))
            } else {
                (idx.checked_sub(1).map_or(start, |it| boxes[it] + 1), *at)
            };
            let word: String = self.letters[from..to].iter().filter(|it| is_said(**it)).collect();
            Choice { word, paragraph: self.number, letter: *at }
        };
        let mut choices: Vec<Choice> = boxes.iter().enumerate().map(word).collect();
        let from = if is_first { first } else { start };
        let last = boxes[boxes.len() - 1] + 1;
        let to = if is_first { self.word_end(last, end.max(last)) } else { last };
        if let (true, Some(it)) = (is_first, choices.last_mut()) {
            it.word = self.letters[last..to].iter().filter(|it| is_said(**it)).collect();
        }
        self.add(GapKind::Choice(choices), from..to);
    }

    /// Where the word of a box ends: before a line to write on, wide blanks, or brackets with blanks.
    fn word_end(&self, from: usize, end: usize) -> usize {
        let ends = |at: &usize| {
            let it = self.letters[*at];
            let next = self.letters.get(at + 1).copied();
            let wide = it.is_whitespace() && next.is_some_and(char::is_whitespace) && *at > from;
            let bracket = matches!(it, '（' | '(') && next.is_some_and(is_open);
            is_line(it) || (self.underlined[*at] && it.is_whitespace()) || wide || bracket
        };
        (from..end).find(ends).unwrap_or(end)
    }

    /// Lines of underscores.
    fn lines(&mut self) {
        let is_line_of = |it: &[char]| is_line(it[0]) && (it.len() > 1 || it[0] == '＿');
        for range in self.stretches(|_, it| is_line(it)) {
            if is_line_of(&self.letters[range.clone()]) {
                self.add(GapKind::Line, range);
            }
        }
    }

    /// Blanks with an underline.
    fn underlined(&mut self) {
        for range in self.stretches(|it, letter| it && letter.is_whitespace() && letter != '\n') {
            if width(&self.letters[range.clone()]) >= 2 && !self.is_beside_expression(&range) {
                self.add(GapKind::Blank, range);
            }
        }
    }

    /// Whether blanks are what is left of a line that an expression was written onto.
    fn is_beside_expression(&self, blanks: &Range<usize>) -> bool {
        let is_one = |it: &Gap| matches!(it.kind, GapKind::Expression(_));
        let touches = |it: &Gap| it.letters.end == blanks.start || it.letters.start == blanks.end;
        self.gaps.iter().any(|it| is_one(it) && touches(it))
    }

    /// The free stretches of characters of a kind: whether underlined, and which.
    fn stretches(&self, is_of: impl Fn(bool, char) -> bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = None;
        for at in 0..=self.letters.len() {
            let is_in =
                at < self.letters.len() && !self.taken[at] && is_of(self.underlined[at], self.letters[at]);
            match (start, is_in) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    found.push(from..at);
                    start = None;
                }
                _ => {}
            }
        }
        found
    }

    /// Brackets with blanks, and maybe a unit behind these: （  岁）.
    fn brackets(&mut self) {
        for open in 0..self.letters.len() {
            if !matches!(self.letters[open], '（' | '(') || self.taken[open] {
                continue;
            }
            let n_open = self.letters[open + 1..].iter().take_while(|it| is_open(**it)).count();
            let end = open + 1 + n_open;
            let rest = &self.letters[end..];
            let unit = rest.iter().take_while(|it| it.is_alphabetic()).count();
            let closes = rest.get(unit).is_some_and(|it| matches!(it, '）' | ')'));
            let fits = unit <= 1 || self.signs.starts_with_measure(rest);
            if n_open > 0 && unit <= 2 && closes && fits && self.is_free(open + 1..end) {
                self.add(GapKind::Bracket, open + 1..end);
            }
        }
    }

    /// Blanks between words and a unit: 共有    人. A word of one character is a label that is spread out: 姓    名.
    fn sentences(&mut self) {
        for range in self.stretches(|_, it| it.is_whitespace() && it != '\n') {
            let before = self.letters[..range.start].iter().rev();
            let n_before = before.take_while(|it| it.is_alphanumeric()).count();
            let behind = &self.letters[range.end..];
            let wide = width(&self.letters[range.clone()]) >= 2;
            if wide
                && n_before >= 2
                && !self.is_beside_expression(&range)
                && self.signs.starts_with_measure(behind)
            {
                self.add(GapKind::Blank, range);
            }
        }
    }

    /// What stands behind a colon: nothing to the end, or blanks before the next label.
    fn colons(&mut self, within: Within, is_above_blanks: bool) {
        for at in 0..self.letters.len() {
            if !is_colon(self.letters[at]) || self.taken[at] {
                continue;
            }
            let blanks = self.letters[at + 1..].iter().take_while(|it| it.is_whitespace() && **it != '\n');
            let end = at + 1 + blanks.count();
            let range = at + 1..end;
            let wide = width(&self.letters[range.clone()]) >= 2;
            let is_taken = self.taken.get(end) == Some(&true);
            if !self.is_free(range.clone()) || (is_taken && !wide) {
                continue;
            }
            let rest = &self.letters[end..];
            let is_last =
                rest.is_empty() || rest[0] == '\n' || (is_taken && width(&self.letters[range.clone()]) > 8);
            let next = rest.iter().take(12).take_while(|it| !it.is_whitespace()).any(|it| is_colon(*it));
            match within {
                Within::Cell if is_last && !wide && is_above_blanks => {
                    self.add(GapKind::Below, self.letters.len()..self.letters.len());
                }
                Within::Cell if is_last || (wide && next) => self.add(GapKind::Behind, range),
                Within::Text if wide && (is_last || next) => self.add(GapKind::Behind, range),
                _ => {}
            }
        }
    }
}

/// Where a row of characters begins, from a place on.
fn position(letters: &[char], wanted: &[char], from: usize) -> Option<usize> {
    letters.get(from..)?.windows(wanted.len()).position(|it| it == wanted).map(|it| it + from)
}
