//! Structure: YAML as such, and the configuration that is written in it.

use super::{Code, error, note};

/// YAML that does not follow the syntax.
pub static YAML_SYNTAX: Code = error(
    "yaml-syntax",
    "YAML 格式错误",
    "YAML 不合语法，整个文件未读取。常见原因：缩进不齐、用了制表符、冒号是全角或其后没有空格。",
);
/// An alias, which is not expanded.
pub static YAML_ALIAS: Code = error(
    "yaml-alias",
    "YAML 引用不支持",
    "以 * 开头的内容在 YAML 中是“引用”，程序不展开。若是文字，请加引号；若要重复内容，请直接写出。",
);
/// A construct of YAML that is not wanted here.
pub static YAML_UNSUPPORTED: Code = error(
    "yaml-unsupported",
    "YAML 写法不支持",
    "程序只用 YAML 的键、值和列表，不用标签、复合键和多份文档。请改写。",
);
/// A line that became part of the text above it though it looks like a key.
pub static YAML_LINE_JOINED: Code = note(
    "yaml-line-joined",
    "YAML 行被并入上文",
    "比上一行缩进更深的一行会接在上一行的文字之后。若它本是另一个键，请与上面的键对齐，并用半角冒号加空格。",
);
/// A key given twice in one mapping.
pub static DUPLICATE_KEY: Code =
    error("duplicate-key", "键重复", "同一处的键只能写一次，后写的没有采用。请删去或改名。");
/// A key that nothing reads.
pub static UNKNOWN_KEY: Code =
    error("unknown-key", "未知的键", "程序不认识这个键，多为拼写错误。请对照说明改正。");
/// A key that has to be there.
pub static MISSING_KEY: Code = error("missing-key", "缺少必需的键", "此处必须写明该键。请补上。");
/// A list where a text belongs, or the like.
pub static WRONG_KIND: Code =
    error("wrong-kind", "内容的种类不对", "此处应为另一种内容（文字、整数、是否、列表或键值）。请改写。");
/// A YAML file whose outermost keys are not tables.
pub static YAML_WITHOUT_TABLE: Code =
    error("yaml-without-table", "YAML 文件没有写明表名", "YAML 文件的最外层应为“表名: 记录列表”。");
/// Something other than a mapping where a record belongs.
pub static YAML_NOT_A_RECORD: Code =
    error("yaml-not-a-record", "不是一条记录", "此处应为由“字段: 内容”组成的记录。");
/// A list or a mapping where a value belongs.
pub static YAML_NOT_A_VALUE: Code =
    error("yaml-not-a-value", "不是一个值", "此处应为一个值，实际是列表或多行“字段: 内容”。");
/// A schema names a field, table or type that does not exist.
pub static SCHEMA_NAME_UNKNOWN: Code = error(
    "schema-name-unknown",
    "表式中的名称不存在",
    "表式文件引用了不存在的字段、表或类型。请改正表式文件。",
);
/// The folder of last year's project is not there.
pub static PREVIOUS_NOT_FOUND: Code =
    error("previous-not-found", "找不到上年项目", "项目文件中 previous 所指的文件夹不存在或不是项目文件夹。");
/// A folder or file that the project file names is not there.
pub static SOURCE_NOT_FOUND: Code = error(
    "source-not-found",
    "找不到所列的文件夹",
    "项目文件所列的文件夹或文件不在项目文件夹中。请核对名称，或把文件夹放回原处。",
);
/// The project or its templates are at fault, and nothing is made.
pub static CONFIGURATION_UNUSABLE: Code =
    error("configuration-unusable", "配置有误，不能继续", "项目文件或模板有误。请先改正所列各处。");
