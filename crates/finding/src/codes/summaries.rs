//! Summaries: their wording, their figures, their limits.

use super::{Code, Reach, error, query};

/// A number that stands in the wording of a template.
pub static LITERAL_FIGURE: Code = error(
    "literal-figure",
    "文字中直接写了数字",
    "总结的文字模板中直接写了数字，年年不变，也无法说明由哪些记录得出。请改用数据项；“三会一课”这类固定说法请列入该总结的 literals。",
);
/// A number that a template counts itself.
pub static FIGURE_NOT_A_FACT: Code = error(
    "figure-not-a-fact",
    "印出的数字不是数据项",
    "总结的文字模板自行计数或计算后印出了数字，这样的数字无法追溯。请在 templates/facts 中声明数据项，文字中写 facts.名称。",
);
/// A text of a summary that the data do not decide. The summary says itself that it is withheld, with each of its reasons.
pub static SUMMARY_UNDECIDED: Code = error(
    "summary-undecided",
    "总结的内容不能确定",
    "总结的一段文字要用的值没有填写、不够精确或有误，该份总结暂不生成。请补全所说的值，或请工程师在模板中写明没有时怎样写。",
)
.reaching(Reach::Nothing);
/// A summary that is longer than it may be.
pub static SUMMARY_TOO_LONG: Code = query(
    "summary-too-long",
    "总结超过字数",
    "总结正文的字数超过了规定的上限。请在 Word 版中删减，或精简来源表格中的文字后重新生成。",
);
/// A part of a summary that is shorter than it must be.
pub static SUMMARY_SHARE: Code = query(
    "summary-share",
    "总结中一部分所占篇幅不足",
    "按规定，总结中这一部分（如存在问题及原因）要占一定篇幅，实际不足。请在来源表格中把问题和原因写具体后重新生成。",
);
