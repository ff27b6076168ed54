//! Figures: facts, statistics, and what stands in their way.

use super::{Code, error, note, query};

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
/// Statistics whose cut-off is another day than the project's.
pub static CUT_OFF_DIFFERS: Code = query(
    "cut-off-differs",
    "统计截止日期与项目的截止日期不同",
    "统计表有自己的截止日期（如教育部统计6月30日），与 huibian.yaml 的 as_of 不是同一天。表上印的是数字所依据的日期；材料晚于截止日期的，只统计截止日期已有的党员和党组织，此后减少的人不在名册中，不能还原。按提示在 huibian.yaml 写明用哪一天后不再提示。",
);
/// Two figures of one name and scope with different values.
pub static FIGURES_DISAGREE: Code = query(
    "figures-disagree",
    "同名的数不一致",
    "名称相同、范围相同（同一批记录、同一党组织、同一截止日期）的数，在同一次生成的文件里印成了不同的值：口径不同，或者记录的两栏互相矛盾。两个口径、两个值和各自印在哪里都已列出。请先核对记录；口径本来不同的，请工程师统一口径，或者改用不同的名称，写明各自统计什么。",
);
/// Statistics as of a day that is none of their period.
pub static CUT_OFF_OUTSIDE_PERIOD: Code = error(
    "cut-off-outside-period",
    "统计截止日期不在统计期间之内",
    "统计表上的“期内”按统计期间算，“现有”按截止日期算，截止日期不在期间之内的，两者对不上，该统计表暂不生成。请改正 huibian.yaml 的 period 与 as_of，或在统计名称后写明。",
);
/// A fact that is computed from itself.
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
/// A check of statistics that does not hold.
pub static CHECK_FAILED: Code = error(
    "check-failed",
    "校核不符",
    "统计表内、表间、与上年或与有关部门的数字之间应有的关系不成立。两边的数字、只计入其中一边的记录都已列出，请据此核对源数据；数字来自外部的，请与提供部门核对。",
);
/// A check that holds but for what rounding may have taken.
pub static CHECK_ROUNDING: Code = note(
    "check-rounding",
    "只差在四舍五入上",
    "公布的数字经过四舍五入，两边在舍入允许的范围内一致，不算错误，不必处理。",
);
/// A check that lacks a figure.
pub static CHECK_UNDECIDED: Code = note(
    "check-undecided",
    "没有校核",
    "校核需要的数字没有提供，或者表中该处没有数，因此没有比较。需要比较的，请在 huibian.yaml 的 given 中提供。",
);
/// A table or line of given figures that the declaration does not know, or the other way round.
pub static GIVEN_LINE_NOT_FOUND: Code = query(
    "given-line-not-found",
    "给定的表中找不到行或列",
    "按统计声明的栏目名称，在给定的工作簿中没有找到这一行、列或表，或者找到不止一处，相应的数字没有采用。请核对给定的工作簿与统计声明的栏目是否一致。",
);
/// A figure of a given table that cannot be read.
pub static GIVEN_FIGURE_UNREADABLE: Code = error(
    "given-figure-unreadable",
    "给定的数字无法读取",
    "给定的表或文件中，这一处应当是数字，实际不是。请改为数字。",
);
/// A file of given figures that cannot be used.
pub static GIVEN_FILE_UNUSABLE: Code = error(
    "given-file-unusable",
    "给定的文件不能使用",
    "huibian.yaml 的 given 所指的文件不存在、无法读取，或者是工作簿而没有写明按哪一份统计表的栏目读取。请按提示改正。",
);

/// A committee gives the value of which a figure is the sum in none of its records, while others do.
pub static SUM_WITHOUT_UNIT: Code = query(
    "sum-without-unit",
    "合计中没有这个单位的",
    "某一项可以不填，合计只加填了的；这个单位的记录都没有填，合计里就没有它的。请补填，或在引用时说明。",
);
/// A committee has filled in nothing in a column that documents count, while others have.
pub static COLUMN_VACANT: Code = query(
    "column-vacant",
    "整列没有填写",
    "这个单位的某一列一格也没有填，别的单位大多填了，要生成的文件也要用到。请补填；确实都没有的请说明。",
);
/// A figure is the sum over those records that give a value which need not be given.
pub static SUM_PARTLY_GIVEN: Code =
    note("sum-partly-given", "合计只加填了的", "某一项可以不填，合计只加填了的记录。能补的请补填。");
