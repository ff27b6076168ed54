//! Rules: the expressions under `templates/`, and the rules that they make.

use super::{Code, Reach, error, note};

/// An expression or a text template cannot be parsed, or uses a construct that is not offered.
pub static EXPRESSION_SYNTAX: Code = error(
    "expression-syntax",
    "表达式写法有误",
    "条件或文字模板不合语法，或用了不提供的写法。请检查括号、引号是否成对，比较用 ==，且、或、非用 and、or、not。",
);
/// An expression names a variable, function, filter or test that does not exist.
pub static UNKNOWN_NAME: Code =
    error("unknown-name", "名称不存在", "条件或文字模板用到了不存在的变量、函数、过滤器或判断。请核对名称。");
/// An expression names a field that its table does not have.
pub static UNKNOWN_FIELD: Code = error(
    "unknown-field",
    "字段不存在",
    "条件或文字模板用到了数据表中没有的字段。请核对 schemas 中的字段名。",
);
/// An expression compares a choice with a text that is none of its choices.
pub static EXPRESSION_CHOICE: Code = error(
    "expression-choice",
    "与不存在的选项比较",
    "条件把选项字段与它没有的选项相比，这样的条件永远不成立。请核对 schemas 中的选项。",
);
/// An expression mixes types that cannot be compared, added or tested.
pub static EXPRESSION_TYPES: Code = error(
    "expression-types",
    "类型不合",
    "条件或文字模板把不同类型的值放在一起比较或计算，或把不是“是否”的值当作条件。请按提示改写。",
);
/// An expression applies an operator to a date, a period or a decimal.
pub static EXPRESSION_DATE_OPERATOR: Code = error(
    "expression-date-operator",
    "日期、小数不能用运算符",
    "日期可能只精确到月或年，金额不能有浮点误差，因此都不用运算符，只用函数比较和计算。请按提示改用函数。",
);
/// An expression calls something with too few, too many or unknown arguments.
pub static EXPRESSION_ARGUMENTS: Code = error(
    "expression-arguments",
    "参数不对",
    "函数、过滤器或判断的参数个数、名称或写法不对。请按提示的用法改写。",
);
/// A rule that the data of some records do not decide.
pub static RULE_UNDECIDED: Code = note(
    "rule-undecided",
    "规则有记录无法判定",
    "所需的值缺失、有误或不够精确，规则既不算符合也不算不符合。补全后可以判定。",
);
/// A rule whose expression fails when it is carried out: what it would have found nobody knows.
pub static RULE_FAILED: Code =
    error("rule-failed", "规则不能执行", "规则的写法有误，执行时失败。请工程师检查模板中的规则。")
        .reaching(Reach::Everything);
