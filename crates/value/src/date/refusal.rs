//! Why something is not a date.

use super::Fault;
use finding::codes;

/// Years that a cell may name; what lies outside is a slip of the pen or of a cell format.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

const HOW_TO_WRITE: &str = "请写成“2019年7月1日”“2019-07-01”或“20190701”；只知年月的写“2019年7月”。";

/// Why something is not a date, before the value as the clerk sees it is put into the sentence.
pub(super) enum Refusal {
    NotADate(Option<String>),
    Incomplete,
    Ambiguous(String),
    Impossible,
    OutOfRange,
}

impl Refusal {
    pub(super) fn fault(self, shown: &str) -> Fault {
        match self {
            Self::NotADate(hint) => Fault::new(
                &codes::NOT_A_DATE,
                format!("“{shown}”不是日期"),
                hint.unwrap_or_else(|| HOW_TO_WRITE.to_owned()),
            ),
            Self::Incomplete => Fault::new(
                &codes::DATE_INCOMPLETE,
                format!("“{shown}”疑缺“年”“月”或其中的数字"),
                "请对照原始材料补全。",
            ),
            Self::Ambiguous(hint) => {
                Fault::new(&codes::DATE_AMBIGUOUS, format!("“{shown}”可能是两个不同的日期"), hint)
            }
            Self::Impossible => {
                Fault::new(&codes::DATE_IMPOSSIBLE, format!("“{shown}”：没有这一天或这个月"), "请核对。")
            }
            Self::OutOfRange => Fault::new(
                &codes::DATE_OUT_OF_RANGE,
                format!("“{shown}”的年份不在{}年至{}年之间", YEARS.start(), YEARS.end()),
                "请核对。",
            ),
        }
    }
}
