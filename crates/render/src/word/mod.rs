//! Word documents: the text of a summary, to be edited before it is signed.
//!
//! Looks are a file of the templates (`templates/word/styles.xml`): what is written here names styles only.

mod numbers;
mod body;
mod contents;
mod table;
mod chart;
mod page;
mod package;

use thiserror::Error;

pub use self::package::document;

use ooxml::WriteFault;

/// The names of what stands in the parts.
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The style of the words that a paragraph begins with and that stand out.
const LEAD: &str = "Lead";

/// Why a document could not be written: never the clerk's file.
#[derive(Debug, Error)]
pub enum WordFault {
    /// A file of the templates is missing.
    #[error("缺少模板文件“{0}”")]
    Missing(&'static str),
    /// A file of the templates is not UTF-8.
    #[error("模板文件“{0}”不是 UTF-8 编码")]
    Encoding(&'static str),
    /// What the writer of packages refused.
    #[error("写不出文档：{0}")]
    Package(#[from] WriteFault),
}
