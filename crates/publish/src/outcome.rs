//! What publishing did, and why it could not.

use std::io;
use std::path::{Path, PathBuf};

use finding::{Code, Finding, Report, codes};

/// What publishing did: lists of paths below the output folder, each sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Written, new or over an older version of ours.
    pub written: Vec<String>,
    /// Already there with the same content, and left as they were.
    pub unchanged: Vec<String>,
    /// Ours, no longer planned, and removed.
    pub removed: Vec<String>,
    /// Withheld now and published before: moved below `superseded/`; paths as they were before.
    pub superseded: Vec<String>,
    /// No longer current, but not ours or changed since: left where they are.
    pub kept: Vec<String>,
    /// Not written, because a file that is not ours, or was changed since, stands there.
    pub refused: Vec<String>,
    /// Not written, because no file can have this path here, or several documents would have it; others are written.
    pub unusable: Vec<String>,
    /// The name under which a damaged manifest was put aside.
    pub damaged_manifest: Option<String>,
}

impl Published {
    /// What the clerk has to know of it, as findings; their value is the path.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        for path in &self.refused {
            report.push(told(&codes::FOREIGN_FILE, path, "请把该文件移走或改名，然后重新运行。"));
        }
        for path in &self.unusable {
            let hint = "请把名称改短或加以区别；名称已经很短的，请换一个路径较短的输出文件夹，然后重新运行。";
            report.push(told(&codes::FILE_NAME_UNUSABLE, path, hint));
        }
        for path in &self.kept {
            report.push(told(&codes::STALE_FILE_KEPT, path, "它的内容不是最新的，请确认后自行移走。"));
        }
        if let Some(path) = &self.damaged_manifest {
            report.push(told(
                &codes::MANIFEST_DAMAGED,
                path,
                "与本次内容不同的旧文件均未改动，请核对后自行移走。",
            ));
        }
        report
    }
}

fn told(code: &'static Code, path: &str, hint: &str) -> Finding {
    Finding::new(code, code.title).value(path).hint(hint)
}

/// Why nothing, or not everything, could be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Another run holds the output folder.
    #[error("另一个汇编程序正在向“{}”输出。请等它结束后再运行。", .0.display())]
    Locked(PathBuf),
    /// The machine refused.
    #[error("{action}“{}”失败：{source}。请检查磁盘空间和权限；文件如正在 WPS、Excel 或 PDF 阅读器中打开，请关闭后重新运行。", path.display())]
    Io {
        /// What was being done, in Chinese.
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the machine said.
        source: io::Error,
    },
}

impl PublishError {
    /// An error of the machine, to be used with `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }
}
