//! Answers to queries: what they do not answer.

use super::{Code, note, query};

/// Queries that stand in the file of answers without one.
pub static ANSWERS_BLANK: Code = note(
    "answers-blank",
    "核实项还没有填写原因",
    "answers.yaml 中列出的核实项还没有填写答复，这些核实项仍然照列。请逐条填写答复人、日期和原因；改正了数据的，删去该条。",
);
/// An answer without one of its parts.
pub static ANSWER_WITHOUT_REASON: Code = query(
    "answer-without-reason",
    "答复不完整，不作数",
    "答复要写明谁（who）、何时（when）、为什么（why）。缺一项的不作数，该核实项仍然照列。",
);
/// An answer to what is not asked.
pub static ANSWER_TO_NOTHING: Code = note(
    "answer-to-nothing",
    "答复没有相符的核实项",
    "answers.yaml 中的一条答复没有相符的核实项：数据已经改正，或者核实的内容变了。可以删去这一条。",
);
/// An answer to an error.
pub static ANSWER_TO_ERROR: Code = query(
    "answer-to-error",
    "错误不能用答复代替改正",
    "只有核实项可以用答复说明；错误须改正数据。请改正，并删去这条答复。",
);
/// A committee has written beside something that is not asked, or is an error.
pub static ANSWER_NOT_ASKED_FOR: Code = note(
    "answer-not-asked-for",
    "退改清单里的说明没有对上核实项",
    "单位在退改清单“说明”栏写的话，没有对上现在的核实项：所说的是错误，或者已经改正。错误须改正数据，不能用说明代替。",
);
/// A list came back without the headings by which what is written in it is found.
pub static ANSWERS_UNREAD: Code = query(
    "answers-unread",
    "退改清单里的说明没有读取",
    "交回的退改清单改了标题行，找不到“问题”“说明”两栏，单位写在里面的话没有读取。请打开该页看写了什么，把标题行改回原样。",
);
