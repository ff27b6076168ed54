//! A Word document becomes Markdown, for the clerk to review.
#![expect(
    clippy::disallowed_methods,
    reason = "import writes one file where the clerk asks for it, and reads the one beside the document"
)]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use finding::{Finding, codes};
use regulations::{Reading, Suggested, draft, suggest};
use source::{Text, markdown};

use super::diff::front_beside;
use super::{Failure, Session};

/// A document that was imported.
#[derive(Debug)]
pub struct Imported {
    /// Where the Markdown stands.
    pub out: PathBuf,
    /// What the clerk has still to do.
    pub remark: String,
}

/// Why a document was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// It is no Word document.
    #[error("“{}”不是 .docx 文件。其他格式请用 WPS 或 Word 打开，另存为 docx", .0.display())]
    NoDocument(PathBuf),
    /// There is a file already where the Markdown would go.
    #[error("“{}”已经存在，没有写入。请移走该文件，或用 --out 指定另一个文件名", .0.display())]
    Taken(PathBuf),
    /// The document could not be read; the report says why.
    #[error("文档没有读取，没有写入文件")]
    Unread,
    /// The Markdown could not be written.
    #[error("无法写入“{}”：{}", .0.display(), .1)]
    Unwritten(PathBuf, io::Error),
    /// Nothing could be read at all.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl Session<'_> {
    /// Writes a document as Markdown, where it is asked for or else beside the document. No file is overwritten.
    ///
    /// # Errors
    /// If there is no such document, or the Markdown cannot be written.
    pub fn import(&mut self, file: &Path, out: Option<&Path>) -> Result<Imported, ImportFault> {
        let out = out.map_or_else(|| file.with_extension("md"), Path::to_owned);
        if !file.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx")) {
            return Err(ImportFault::NoDocument(file.to_owned()));
        }
        if out.exists() {
            return Err(ImportFault::Taken(out));
        }
        let reading = self.reading()?;
        let mut text = self.texts(file, &reading)?.texts.into_iter().next().ok_or(ImportFault::Unread)?;
        let (suggested, notice) = suggest(&mut text.manuscript, &reading.diction);
        if let Some(notice) = notice {
            self.report.push(notice.finding());
        }
        let (content, remark) = self.markdown((&text, &suggested), front_beside(file).as_deref(), &reading);
        match write(&out, &content) {
            Ok(()) => Ok(Imported { out, remark }),
            Err(error) => Err(ImportFault::Unwritten(out, error)),
        }
    }

    /// The Markdown, and what the clerk has still to do.
    fn markdown(
        &mut self,
        (text, suggested): (&Text, &Suggested),
        beside: Option<&Path>,
        reading: &Reading,
    ) -> (String, String) {
        let written = markdown(&text.manuscript.blocks, &text.manuscript.footnotes);
        for origin in written.doubtful {
            let message = "该段的开头在 .md 中会当作表格或脚注";
            let finding =
                Finding::new(&codes::MARKDOWN_UNSUPPORTED, message).hint("请在 .md 中改写该段的开头");
            self.report.push(finding.at(origin));
        }
        let (front, remark) = match beside.and_then(|it| fs::read_to_string(it).ok()) {
            Some(front) => (without_rules(&front), "文件头取自同名的 .yaml 文件".to_owned()),
            None => {
                let draft = draft(suggested, reading);
                (draft.text, format!("请核对文件头，补上{}", draft.missing.join("、")))
            }
        };
        (format!("---\n{front}---\n\n{}", written.text), remark)
    }
}

/// Front matter without lines that begin or end a document, and with a line break at its end.
fn without_rules(front: &str) -> String {
    let lines =
        front.trim_start_matches('\u{FEFF}').lines().filter(|it| !matches!(it.trim_end(), "---" | "..."));
    lines.flat_map(|it| [it, "\n"]).collect()
}

/// Writes a file that is not there yet.
fn write(out: &Path, content: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(out)?;
    file.write_all(content.as_bytes())
}
