//! The summaries of the example university: how many there are, that every number is accounted for, that all editions agree.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::OnceLock;

use crate::desk::{Desk, Files, repository};
use crate::paper::Paper;
use calamine::{Data, Reader, Xlsx};
use huibian::dataset::Dataset;
use huibian::documents::summary::{Block, Cells, Phrase, PlannedText, Text};
use huibian::value::{Value, chinese_number};
use huibian::{Checked, Judging, Session};
use serde_json::Value as Json;

/// What `huibian build` makes of the university, once for all tests.
fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let desk = Desk::new("annual");
        let project = repository("fixtures/university");
        desk.run(&["build", project.to_str().unwrap(), "--out", "out", "--only", "summaries"]).expect(0);
        desk.files("out/summaries")
    })
}

/// The project as it was read, and the summaries as they were written.
fn checked() -> &'static Checked {
    static CHECKED: OnceLock<Checked> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let folder = repository("fixtures/university");
        Session::default().check(&folder, &Judging::default()).unwrap()
    })
}

fn texts() -> &'static [PlannedText] {
    &checked().plan.behind.texts
}

fn file(text: &PlannedText, ending: &str) -> Option<&'static Vec<u8>> {
    let path = format!("{}.{ending}", text.path.strip_prefix("summaries/").unwrap());
    files().get(&path)
}

#[test]
fn there_is_one_for_the_university_in_each_outline_one_for_each_committee_and_each_branch() {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for path in files().keys() {
        let (id, rest) = path.split_once('/').unwrap();
        let ending = rest.split_once('.').unwrap().1;
        *counts.entry((id, ending)).or_default() += 1;
    }
    let of = |id, ending| counts.get(&(id, ending)).copied().unwrap_or_default();
    for (id, n) in [("university", 1), ("ten-points", 1), ("committee", 14), ("branch", 85)] {
        assert_eq!(["pdf", "docx", "figures.json"].map(|it| of(id, it)), [n; 3], "{id}");
    }
    assert_eq!((of("university", "xlsx"), of("committee", "xlsx")), (1, 14));
}

#[test]
fn every_figure_that_is_listed_stands_in_its_sentence_and_is_its_facts_value() {
    let mut n_figures = 0;
    for text in texts() {
        let json: Json = serde_json::from_slice(file(text, "figures.json").unwrap()).unwrap();
        for figure in json["figures"].as_array().unwrap() {
            let word = |key: &str| figure[key].as_str().unwrap_or_default();
            let [from, to] = [0, 1].map(|at| figure["at"][at].as_u64().unwrap() as usize);
            let stretch: String = word("text").chars().skip(from).take(to - from).collect();
            assert_eq!(stretch, word("printed"), "{figure}");
            assert!(is_value(&stretch, word("value")), "{}: {figure}", text.path);
            n_figures += 1;
        }
    }
    assert!(n_figures > 5_000, "{n_figures}");
}

/// Whether a figure is a value: in digits, with thousands marked off, or in Chinese numerals.
fn is_value(printed: &str, value: &str) -> bool {
    let plain = printed.replace(',', "");
    let numeral = value.parse().map(chinese_number);
    plain == value
        || plain.trim_end_matches('0').trim_end_matches('.') == value
        || Ok(printed.to_owned()) == numeral
}

#[test]
fn every_number_of_the_university_is_a_facts_value_a_date_a_period_an_ordinal_or_stands_in_a_record() {
    let records = texts_of_records(&checked().dataset);
    for text in
        texts().iter().filter(|it| it.path.contains("/university/") || it.path.contains("/ten-points/"))
    {
        for placed in text.text.all_blocks() {
            for marked in placed.block.texts() {
                let strange = unaccounted(marked, &records);
                let is_ordinal = matches!(&placed.block, Block::Table(it) if is_serial(it, marked));
                assert!(strange.is_empty() || is_ordinal, "{}: {strange:?} in {}", placed.id, marked.text());
            }
        }
    }
}

/// The texts that clerks have written with a number in them.
fn texts_of_records(dataset: &Dataset) -> Vec<String> {
    let mut found = Vec::new();
    for record in dataset.rows() {
        for cell in &dataset.record(record).cells {
            if let Value::Text(text) = &cell.value
                && text.chars().any(|it| it.is_ascii_digit())
            {
                found.push(text.trim_end_matches(['。', '；']).to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The numbers of a text that no fact has printed, that are no part of a date, and that stand in no record.
fn unaccounted(phrase: &Phrase, records: &[String]) -> Vec<String> {
    let text = phrase.text();
    let all: Vec<char> = text.chars().collect();
    let mut is_known = vec![false; all.len()];
    for (from, printed, _) in phrase.figures() {
        is_known[from..from + printed.chars().count()].fill(true);
    }
    for record in records {
        for (at, _) in text.match_indices(record.as_str()) {
            let from = text[..at].chars().count();
            is_known[from..from + record.chars().count()].fill(true);
        }
    }
    let mut strange = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let end = (at..all.len()).find(|it| !all[*it].is_ascii_digit()).unwrap_or(all.len());
        // 2024年3月, or 2024.03 in a table.
        let is_date = matches!(all.get(end), Some('年' | '月' | '日'))
            || (end - at == 4 && all.get(end) == Some(&'.'))
            || (end - at == 2
                && at > 4
                && all[at - 1] == '.'
                && all[at - 5..at - 1].iter().all(char::is_ascii_digit));
        if end > at && !is_date && !is_known[at..end].iter().all(|it| *it) {
            strange.push(all[at..end].iter().collect());
        }
        at = end.max(at) + 1;
    }
    strange
}

/// Whether a text is the serial number of its row.
fn is_serial(cells: &Cells, phrase: &Phrase) -> bool {
    let column = cells.columns.iter().position(|it| it.title == "序号");
    column.is_some_and(|it| cells.rows.iter().any(|row| std::ptr::eq(&row[it], phrase)))
}

#[test]
fn a_pdf_says_what_its_text_says_and_nothing_else_but_page_numbers_and_axes() {
    for text in texts() {
        let paper = Paper::read(file(text, "pdf").unwrap().clone());
        let n_pages = paper.sheets.len();
        let mut print = Print::new(&paper);
        // The longest first, so that none is torn by a part of it.
        let mut all = pieces(&text.text);
        all.sort_by_key(|it| std::cmp::Reverse(it.len()));
        for piece in all {
            assert!(print.take(&piece), "{}: {piece}", text.path);
        }
        // What is left: headings and pages in the contents, names of columns repeated on a new page, marks of axes.
        for number in print.numbers_left().into_iter().filter(|_| !text.text.has_contents) {
            let is_mark = number <= 20 || number.is_multiple_of(5);
            assert!(is_mark || number <= n_pages as u64, "{}: {number}", text.path);
        }
    }
}

/// What stands on paper, character by character, and which of them a text has accounted for.
struct Print {
    characters: Vec<char>,
    /// The line of each character; figures of neighbouring lines are no one number.
    lines: Vec<usize>,
    is_taken: Vec<bool>,
}

impl Print {
    fn new(paper: &Paper) -> Self {
        let whole: String = paper.sheets.iter().map(|it| it.text.as_str()).collect();
        let whole = (1..=paper.sheets.len()).fold(whole, |text, it| text.replace(&format!("— {it} —"), ""));
        let (mut characters, mut lines) = (Vec::new(), Vec::new());
        for (line, text) in whole.lines().enumerate() {
            for c in text.chars().filter(|it| !it.is_whitespace()) {
                characters.push(c);
                lines.push(line);
            }
        }
        let is_taken = vec![false; characters.len()];
        Self { characters, lines, is_taken }
    }

    /// Accounts for a text that stands there, and says whether it does. Page numbers may stand within it.
    fn take(&mut self, text: &str) -> bool {
        let wanted: Vec<char> = text.chars().filter(|it| !it.is_whitespace()).collect();
        let is_here = |at: usize| {
            wanted.iter().enumerate().all(|(offset, it)| {
                let at = at + offset;
                self.characters.get(at) == Some(it) && !self.is_taken[at]
            })
        };
        let Some(at) = (0..self.characters.len()).find(|it| is_here(*it)) else { return wanted.is_empty() };
        self.is_taken[at..at + wanted.len()].fill(true);
        true
    }

    /// The numbers that nothing has accounted for, but for lines of nothing but numbers: along axes, and above columns.
    fn numbers_left(&self) -> Vec<u64> {
        let is_figure = |it: char| it.is_ascii_digit() || matches!(it, '.' | '%');
        let worded = self.characters.iter().zip(&self.lines).filter(|it| !is_figure(*it.0)).map(|it| *it.1);
        let worded: BTreeSet<usize> = worded.collect();
        let mut found = Vec::new();
        let mut number = String::new();
        for at in 0..self.characters.len() {
            let goes_on = at > 0 && self.lines[at] == self.lines[at - 1];
            if !goes_on || self.is_taken[at] || !self.characters[at].is_ascii_digit() {
                found.extend(number.parse::<u64>().ok());
                number.clear();
            }
            if worded.contains(&self.lines[at]) && !self.is_taken[at] && self.characters[at].is_ascii_digit()
            {
                number.push(self.characters[at]);
            }
        }
        found.extend(number.parse::<u64>().ok());
        found
    }
}

/// Every text of a summary as it is printed.
fn pieces(text: &Text) -> Vec<String> {
    let mut pieces = text.signature.clone();
    pieces.push(text.title.clone());
    pieces.extend(text.appendices.iter().map(|it| format!("{}{}", it.number, it.title)));
    for placed in text.all_blocks() {
        match &placed.block {
            Block::Heading { number, text, .. } => {
                pieces.push(format!("{}{}", number.as_deref().unwrap_or_default(), text.text()));
            }
            Block::Paragraph { text, .. } => pieces.push(text.text()),
            Block::Table(it) => {
                pieces.extend(it.columns.iter().map(|it| it.title.clone()));
                pieces.extend(placed.block.texts().into_iter().map(Phrase::text));
            }
            Block::Chart(it) => {
                pieces.push(it.chart.title.clone());
                pieces.extend(it.chart.categories.iter().cloned());
                let values = it.chart.series.iter().flat_map(|it| &it.values);
                let figures = values
                    .filter_map(|it| it.1)
                    .filter(|it| !it.is_zero())
                    .map(|it| it.trimmed().to_string());
                pieces.extend(figures);
            }
            Block::Month(text) => pieces.push(text.clone()),
        }
    }
    pieces
}

#[test]
fn a_word_document_says_what_its_text_says() {
    let desk = Desk::new("annual-word");
    let squeezed = |text: &str| -> String {
        text.chars().filter(|it| !it.is_whitespace() && !"|\\-:".contains(*it)).collect()
    };
    for text in texts() {
        desk.write("总结.docx", file(text, "docx").unwrap());
        desk.run(&["import", "总结.docx", "--out", "总结.md"]).expect(0);
        let mut said = squeezed(&String::from_utf8(desk.files(".")["总结.md"].clone()).unwrap());
        desk.remove("总结.md");
        let mut all: Vec<String> = pieces(&text.text).iter().map(|it| squeezed(it)).collect();
        all.retain(|it| !it.is_empty());
        // Each piece is taken out once, the longest first; a mark keeps what stood around it apart.
        all.sort_by_key(|it| std::cmp::Reverse(it.len()));
        for piece in all {
            assert!(said.contains(&piece), "{}: {piece}", text.path);
            said = said.replacen(&piece, "\0", 1);
        }
    }
}

#[test]
fn a_workbook_has_the_tables_and_events_of_its_text() {
    for text in texts() {
        let Some(bytes) = file(text, "xlsx") else { continue };
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        let names = book.sheet_names();
        let mut cells: Vec<String> = Vec::new();
        for name in &names {
            let range = book.worksheet_range(name).unwrap();
            cells.extend(range.rows().flatten().map(shown));
        }
        let mut n_cells = 0;
        for placed in text.text.all_blocks().filter(|it| matches!(it.block, Block::Table(_))) {
            for marked in placed.block.texts().into_iter().filter(|it| !it.is_empty()) {
                let phrase = marked.text();
                let is_there = cells.iter().any(|it| *it == phrase || is_value(&phrase, it));
                assert!(is_there, "{}: {phrase}", text.path);
                n_cells += 1;
            }
        }
        let events = text.text.appendices.iter().flat_map(|it| &it.blocks);
        for placed in events {
            if let Block::Paragraph { lead: Some(lead), text: event } = &placed.block {
                let event = event.text();
                let event = event.strip_prefix(lead.as_str()).unwrap().trim_start();
                assert!(cells.iter().any(|it| it == event), "{}: {event}", text.path);
            }
        }
        assert!(n_cells > 20, "{}", text.path);
    }
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[test]
fn no_sentence_is_left_with_a_gap() {
    for text in texts() {
        for marked in text.text.all_blocks().flat_map(|it| it.block.texts()) {
            for gap in
                ["，，", "。。", "、，", "、。", "；。", "（）", "None", "none", "  ", "，0个", "0次，其中"]
            {
                assert!(!marked.text().contains(gap), "{}: “{gap}” in {}", text.path, marked.text());
            }
        }
    }
}
