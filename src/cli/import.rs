//! `huibian import`: a Word document as Markdown, for the clerk to review.
#![expect(
    clippy::disallowed_methods,
    reason = "import writes one file where the clerk asks for it, and reads the one beside the document"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::arguments::{Format, ImportArguments};
use super::diff::{front_beside, read_texts, reading};
use super::{COULD_NOT_RUN, exit_code, fail, show, show_findings};
use crate::Run;
use crate::finding::{Finding, codes};
use crate::regulations::{Reading, draft, suggest};
use crate::source::{Text, markdown};

pub(super) fn run(arguments: &ImportArguments) -> u8 {
    let (file, out) = (&arguments.file, out(arguments));
    if !file.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx")) {
        eprintln!("“{}”不是 .docx 文件。其他格式请用 WPS 或 Word 打开，另存为 docx", file.display());
        return COULD_NOT_RUN;
    }
    if out.exists() {
        eprintln!("“{}”已经存在，没有写入。请移走该文件，或用 --out 指定另一个文件名", out.display());
        return COULD_NOT_RUN;
    }
    let mut run = Run::default();
    let read = reading(&mut run).and_then(|it| Ok((read_texts(file, &it, &mut run)?, it)));
    let (text, reading) = match read {
        Ok((found, reading)) => (found.texts.into_iter().next(), reading),
        Err(failure) => return fail(&failure, &run, Format::Text),
    };
    let Some(text) = text else {
        show_findings(&run, Format::Text);
        eprintln!("文档没有读取，没有写入文件");
        return COULD_NOT_RUN;
    };
    let (content, remark) = content((&text, front_beside(file).as_deref()), &reading, &mut run);
    if !run.report.findings().is_empty() {
        show_findings(&run, Format::Text);
    }
    if let Err(error) = write(&out, &content) {
        eprintln!("无法写入“{}”：{error}", out.display());
        return COULD_NOT_RUN;
    }
    show(&format!("已写入 {}。{remark}\n", out.display()));
    exit_code(&run)
}

/// Where the Markdown goes: where it was asked for, else beside the document.
fn out(arguments: &ImportArguments) -> PathBuf {
    arguments.out.clone().unwrap_or_else(|| arguments.file.with_extension("md"))
}

/// The Markdown, and what the clerk has still to do.
fn content((text, beside): (&Text, Option<&Path>), reading: &Reading, run: &mut Run) -> (String, String) {
    let written = markdown(&text.manuscript.blocks, &text.manuscript.footnotes);
    for origin in written.doubtful {
        let message = "该段的开头在 .md 中会当作表格或脚注";
        let finding = Finding::new(&codes::MARKDOWN_UNSUPPORTED, message).hint("请在 .md 中改写该段的开头");
        run.report.push(finding.at(origin));
    }
    let (front, remark) = match beside.and_then(|it| fs::read_to_string(it).ok()) {
        Some(front) => (without_rules(&front), "文件头取自同名的 .yaml 文件".to_owned()),
        None => {
            let draft = draft(&suggest(&text.manuscript, &reading.diction), reading);
            (draft.text, format!("请核对文件头，补上{}", draft.missing.join("、")))
        }
    };
    (format!("---\n{front}---\n\n{}", written.text), remark)
}

/// Front matter without lines that begin or end a document, and with a line break at its end.
fn without_rules(front: &str) -> String {
    let lines =
        front.trim_start_matches('\u{FEFF}').lines().filter(|it| !matches!(it.trim_end(), "---" | "..."));
    lines.flat_map(|it| [it, "\n"]).collect()
}

/// Writes a file that is not there yet.
fn write(out: &Path, content: &str) -> std::io::Result<()> {
    let mut file = fs::File::create_new(out)?;
    file.write_all(content.as_bytes())
}
