//! Figures: facts, statistics, and what stands in their way.

use super::{Code, error, note};

/// A record of which the data do not say whether a figure counts it.
pub static FIGURE_UNDECIDED: Code = error(
    "figure-undecided",
    "不能确定是否计入统计",
    "统计要用的值没有填写，或者不够精确，不能确定这条记录计入哪一栏。请补全所指的值；统计表在此之前不生成。",
);
/// A condition or figure of statistics that fails when it is carried out.
pub static FIGURE_FAILED: Code = error(
    "figure-failed",
    "统计项不能计算",
    "统计声明中的条件或算式有误，执行时失败。请工程师检查模板中的声明。",
);
/// A fact that is reckoned from itself.
pub static FACT_IN_CIRCLE: Code = error(
    "fact-in-circle",
    "数据项循环引用",
    "数据项的算式经由其他数据项又引用了自己，无法计算。请改正算式。",
);
/// A fact or dimension that no document uses.
pub static FACT_UNUSED: Code = note(
    "fact-unused",
    "数据项没有用到",
    "没有任何文档、统计表或其他数据项用到它。确实不再需要的，可以从模板中删去。",
);
/// A statistics declaration that contradicts itself.
pub static STATISTICS_INCONSISTENT: Code = error(
    "statistics-inconsistent",
    "统计表声明自相矛盾",
    "统计表的行、列或算式互相矛盾，例如行和列各自指定了不同的数据表，或算式引用了自己。请工程师按提示改正模板。",
);
