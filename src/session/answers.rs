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
use project::ANSWERS_NAME;

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
        let before = if path.is_file() { fs::read_to_string(&path)? } else { String::new() };
        fs::write(&path, added(&before, answers.is_empty(), &yaml(&all)))?;
        Ok((path, all.len()))
    }
}

/// The file with more items, which come last: what people have written stays as it is.
fn added(before: &str, is_first: bool, items: &str) -> String {
    let before = match before {
        "" => HEAD.to_owned(),
        text if text.ends_with('\n') => text.to_owned(),
        text => format!("{text}\n"),
    };
    let has_key = before.lines().any(|it| it.starts_with("answers:"));
    let key = if is_first && !has_key { "answers:\n" } else { "" };
    format!("{before}{key}{items}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_added_at_the_end() {
        for (before, is_first, wanted) in [
            ("", true, format!("{HEAD}answers:\n  - a\n")),
            ("# x", true, "# x\nanswers:\n  - a\n".to_owned()),
            ("answers:\n", true, "answers:\n  - a\n".to_owned()),
            ("answers:\n  - b", false, "answers:\n  - b\n  - a\n".to_owned()),
        ] {
            assert_eq!(added(before, is_first, "  - a\n"), wanted, "{before}");
        }
    }
}
