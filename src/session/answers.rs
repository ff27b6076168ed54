//! Queries that nobody has answered are put into the project's file of answers, to be filled in.
#![expect(
    clippy::disallowed_methods,
    reason = "the file is the project's own, and is written when that is asked for"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Checked, Session};
use documents::answers::{unanswered, yaml};
use finding::{Origin, Place};
use project::{ANSWERS_NAME, Answer, answers_of};

/// With what the file begins.
const HEAD: &str = "\
# 对核实项的答复，由 huibian check --write-answers 列出，逐条填写：
#   who 答复人   when 日期（如 2026-05-30）   why 原因：为什么原来填的是对的
# 有误的，改正数据，删去这一条。values 和 asked 是所问的内容，不要改动：内容变了，答复就不再有效。
# confirmed: false 是单位在退改清单里的说明，部门核对属实后删去这一行（补上 when），才算答复。
";

impl Session<'_> {
    /// Adds the queries for which nothing stands in the file of answers yet; how many they are.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn write_answers(&self, folder: &Path, checked: &Checked) -> io::Result<(PathBuf, usize)> {
        let path = folder.join(ANSWERS_NAME);
        let answers = &checked.setup.answers;
        let all = unanswered(answers, &checked.offered, &checked.dataset, &self.report);
        if all.is_empty() {
            return Ok((path, 0));
        }
        let before = if path.is_file() { fs::read(&path)? } else { Vec::new() };
        let before = source::decode(&before).ok_or_else(unfit)?;
        fs::write(&path, added(&before, answers, &yaml(&all)).ok_or_else(unfit)?)?;
        Ok((path, all.len()))
    }
}

/// What somebody has written must never be lost, and a file that cannot be read ends every later run.
fn unfit() -> io::Error {
    io::Error::other(format!(
        "{ANSWERS_NAME} 的写法接不下去，原样未动；请把其中的答复逐条写成“- code: …”，每条一行起头，再运行一次"
    ))
}

/// The file with more items, which come last: what people have written stays as it is. None if they cannot be added to it.
fn added(before: &str, answers: &[Answer], items: &str) -> Option<String> {
    let is_windows = before.contains("\r\n");
    let before = before.replace("\r\n", "\n");
    let before = before.trim_end().trim_end_matches("\n...");
    let text = match answers.first() {
        // There are no answers yet, so that all but comments says so: `answers: []`, `~`, `---`.
        None => {
            let comments: String = match before {
                "" => HEAD.to_owned(),
                text => text.lines().filter_map(comment).map(|it| format!("{it}\n")).collect(),
            };
            format!("{comments}answers:\n{items}")
        }
        Some(first) => {
            let indent = indent(before, first.origin)?;
            let items = items.lines().map(|it| format!("{}{it}\n", " ".repeat(indent)));
            let items: String = items.map(|it| it.replacen(OWN_INDENT, "", 1)).collect();
            format!("{before}\n{items}")
        }
    };
    let n_items = items.lines().filter(|it| it.starts_with(ITEM)).count();
    let is_sound = answers_of(&text).is_some_and(|it| {
        it.len() == answers.len().saturating_add(n_items)
            && it.iter().zip(answers).all(|(it, old)| it.question == old.question)
    });
    let text = if is_windows { text.replace('\n', "\r\n") } else { text };
    is_sound.then_some(text)
}

/// With what the program begins its items, and how far it indents them.
const ITEM: &str = "  - ";
const OWN_INDENT: &str = "  ";

/// The comment of a line that says nothing else, or nothing of any weight.
fn comment(line: &str) -> Option<&str> {
    if line.trim().is_empty() { Some("") } else { line.find('#').map(|at| &line[at..]) }
}

/// How far the item that begins at a place is indented; none if it is no item in lines of its own.
fn indent(text: &str, first: Origin) -> Option<usize> {
    let Place::Text { line, column } = first.place else { return None };
    let at = usize::try_from(line).ok()?.checked_sub(1)?;
    let before: String =
        text.lines().nth(at)?.chars().take(usize::try_from(column).ok()?.checked_sub(1)?).collect();
    let dash = before.find('-')?;
    before.chars().all(|it| matches!(it, ' ' | '-')).then_some(dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_added_at_the_end() {
        let item = |code: &str| format!("  - code: {code}\n    who:\n");
        let flush = "answers:\n- code: b\n  why: |\n    x\n";
        for (before, wanted) in [
            ("", format!("{HEAD}answers:\n{}", item("a"))),
            ("# x", format!("# x\nanswers:\n{}", item("a"))),
            ("answers:\n", format!("answers:\n{}", item("a"))),
            ("answers: [] # 无\n", format!("# 无\nanswers:\n{}", item("a"))),
            ("---\nanswers: ~\n...\n", format!("answers:\n{}", item("a"))),
            ("null", format!("answers:\n{}", item("a"))),
            ("answers:\n  - code: b", format!("answers:\n  - code: b\n{}", item("a"))),
            ("\"answers\":\n  - code: b\n...\n", format!("\"answers\":\n  - code: b\n{}", item("a"))),
            (flush, format!("{flush}- code: a\n  who:\n")),
            (
                "answers:\r\n  - code: b\r\n",
                format!("answers:\n  - code: b\n{}", item("a")).replace('\n', "\r\n"),
            ),
        ] {
            let answers = answers_of(before).unwrap_or_default();
            assert_eq!(added(before, &answers, &item("a")), Some(wanted), "{before}");
        }
        for before in ["answers: [{code: b}]\n", "answers: {code: b}\n", "answers:\n  code: b\n"] {
            let answers = answers_of(before).expect("one answer");
            assert_eq!((answers.len(), added(before, &answers, &item("a"))), (1, None), "{before}");
        }
    }
}
