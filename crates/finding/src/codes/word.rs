//! Word documents: what they hold beside plain text, and what became of it.

use super::{Code, note, query};

/// Something beside the text that is not taken over.
pub static WORD_LEFT_OUT: Code = note(
    "word-left-out",
    "文档中有没有采用的内容",
    "从 Word 文档采用正文的文字、编号、表格和脚注。批注、页眉页脚、图片、隐藏文字、目录不采用。其中属于正文的，请用文字写在文中。",
);
/// Tracked changes were accepted.
pub static WORD_CHANGES_ACCEPTED: Code = note(
    "word-changes-accepted",
    "文档中有修订痕迹",
    "文档中有没有接受或拒绝的修订。程序按接受全部修订后的内容采用：插入的保留，删除的去掉，移动的按新位置。请在 Word 中处理修订，以免有人照旧稿执行。",
);
/// Text boxes and merged cells stand otherwise than on the page.
pub static WORD_REARRANGED: Code = note(
    "word-rearranged",
    "文档中有内容换了摆法",
    "文本框、合并的单元格、表中之表不能照原样采用：文字都保留，但位置或分格与原文不同。请核对是否仍然明白。",
);
/// Something in the text that cannot be taken over: the text has a gap.
pub static WORD_NOT_READABLE: Code = query(
    "word-not-readable",
    "文档中有读不出来的内容",
    "公式、特殊字体的符号、由 Word 临时算出的域、插入的文件读不出文字，正文在该处缺了内容。请在文档中改用文字写出。",
);
