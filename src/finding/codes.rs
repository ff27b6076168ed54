//! The codes of the engine's own findings: kebab-case names, stable, never reused.
//!
//! Each carries what `explain` and the manual say about it. Rules and conditions under
//! `templates/` bring codes of their own.

use super::Severity;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The kebab-case name.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is, in a few Chinese words.
    pub title: &'static str,
    /// What it means and what the clerk does about it.
    pub explanation: &'static str,
}

const fn error(name: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { name, severity: Severity::Error, title, explanation }
}

const fn query(name: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { name, severity: Severity::Query, title, explanation }
}

const fn note(name: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { name, severity: Severity::Note, title, explanation }
}

// Values: what stands in a cell is not what its field holds.

/// A required field is empty.
pub static MISSING_VALUE: Code =
    error("missing-value", "必填项为空", "该字段必填。请补填；确无内容的，按填表说明填“无”。");
/// A cell holds an error literal such as `#N/A`.
pub static ERROR_CELL: Code =
    error("error-cell", "单元格为错误值", "单元格显示为 #N/A、#REF! 等错误值。请改正公式或直接填入内容。");
/// A formula has no stored result.
pub static FORMULA_NOT_CALCULATED: Code = error(
    "formula-not-calculated",
    "公式未计算",
    "文件中的公式没有保存计算结果。请用 WPS 或 Excel 打开该文件，保存后重新提交。",
);
/// Text where a whole number belongs.
pub static NOT_AN_INTEGER: Code =
    error("not-an-integer", "不是整数", "该字段应填整数。请只填数字，不要写单位。");
/// Text where a number belongs.
pub static NOT_A_NUMBER: Code = error("not-a-number", "不是数字", "该字段应填数字。请只填数字，不要写单位。");
/// Text where a date belongs.
pub static NOT_A_DATE: Code =
    error("not-a-date", "不是日期", "无法识别为日期。请写成“2019年7月1日”“2019-07-01”或“20190701”。");
/// A date whose year, month or day was lost, such as `520日`.
pub static DATE_INCOMPLETE: Code =
    error("date-incomplete", "日期残缺", "日期中的“年”或“月”可能已丢失，程序不作猜测。请对照原始材料补全。");
/// A number such as 2019.1, which may be January or October.
pub static DATE_AMBIGUOUS: Code = error(
    "date-ambiguous",
    "日期有歧义",
    "以数字存储的 2019.1 可能是1月，也可能是10月。请把单元格设为文本格式后重新填写，如“2019.10”。",
);
/// A date that does not exist, such as 30 February.
pub static DATE_IMPOSSIBLE: Code = error("date-impossible", "日期不存在", "月份或日期超出范围。请核对。");
/// A date far outside a human life.
pub static DATE_OUT_OF_RANGE: Code =
    error("date-out-of-range", "日期超出合理范围", "年份过早或过晚，多为单元格格式造成。请核对。");
/// A time of day or a weekday behind a date was left out.
pub static DATE_TIME_DROPPED: Code = note(
    "date-time-dropped",
    "日期中的时刻未采用",
    "该字段只需日期，其后的时刻或星期未采用。核对日期无误即可。",
);
/// A date without the month or day that the field wants.
pub static DATE_PRECISION: Code =
    error("date-precision", "日期不够精确", "该字段需要更精确的日期（到月或到日）。请补全。");
/// A value that is none of the field's choices.
pub static UNKNOWN_CHOICE: Code = error("unknown-choice", "不在可选范围内", "该字段只能填列出的选项之一。");
/// Neither 是 nor 否.
pub static NOT_YES_OR_NO: Code = error("not-yes-or-no", "不是“是/否”", "该字段只能填“是”或“否”。");
/// An identity number stored as a number: its last digits are gone.
pub static IDENTITY_DIGITS_LOST: Code = error(
    "identity-digits-lost",
    "身份证号码末位已丢失",
    "18位号码以数字存储时末几位会变成0，无法还原。请把单元格设为文本格式后重新填写。",
);
/// An identity number of the wrong length or with other characters.
pub static IDENTITY_MALFORMED: Code =
    error("identity-malformed", "身份证号码格式不对", "应为18位，前17位为数字，末位为数字或X。请核对。");
/// An identity number with a wrong check digit.
pub static IDENTITY_CHECK_DIGIT: Code = error(
    "identity-check-digit",
    "身份证号码校验位不符",
    "按 GB 11643 计算的校验位与末位不符，号码必有错误。请对照证件核对。",
);
/// Blanks or full-width digits in an identity number were put right.
pub static IDENTITY_TIDIED: Code = note(
    "identity-tidied",
    "身份证号码已整理",
    "去掉了号码中的空格等字符，或把全角数字改成了半角。号码本身未变。",
);
/// A telephone number that cannot be one.
pub static PHONE_MALFORMED: Code =
    error("phone-malformed", "电话号码格式不对", "手机号应为11位数字；固定电话请写区号。");
/// A code of the wrong length or with other characters.
pub static CODE_MALFORMED: Code =
    error("code-malformed", "编码格式不对", "编码的长度或字符不符合要求。请核对。");
/// Leading zeros that the spreadsheet had dropped were put back.
pub static CODE_ZEROS_RESTORED: Code = note(
    "code-zeros-restored",
    "编码前的0已补回",
    "编码以数字存储，前面的0被表格软件去掉，已按规定长度补回。请把该列设为文本格式。",
);
/// A text that cannot be a person's name.
pub static NAME_MALFORMED: Code =
    error("name-malformed", "姓名格式不对", "姓名中有数字、标点或多个人名。请只填一个人的姓名。");
/// A name was brought into its standard form.
pub static NAME_TIDIED: Code = note("name-tidied", "姓名已整理", "去掉了姓名中的空格，或把间隔号统一为“·”。");
/// A date cell where text belongs: a spreadsheet may have made a date of what was typed.
pub static TEXT_FROM_DATE: Code = note(
    "text-from-date",
    "文字项为日期格式",
    "表格软件会把“3-1”之类的内容自动变成日期。如原本不是日期，请把单元格设为文本格式后重新填写。",
);
/// A text is longer than its field allows.
pub static TEXT_TOO_LONG: Code =
    error("text-too-long", "超过字数限制", "该字段有字数限制。请压缩后重新提交。");
/// A number outside the field's limits.
pub static NUMBER_OUT_OF_RANGE: Code =
    error("number-out-of-range", "数值超出范围", "数值超出该字段允许的范围。请核对。");
/// A character that none of the available faces can print.
pub static CHARACTER_NOT_PRINTABLE: Code = error(
    "character-not-printable",
    "字体中没有该字",
    "现有字体中没有该字，打印出来会是空白或方框，相关文件暂不生成。请在项目的 fonts 文件夹放入含有该字的字体，或与本人核对用字。",
);

// Expressions: a condition or text under `templates/` does not fit the schemas.

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

// Files: what was returned cannot be read, or only in part.

/// A file of 0 bytes, or one in which nothing stands.
pub static FILE_EMPTY: Code =
    error("file-empty", "文件没有内容", "文件大小为0，或其中没有任何内容。请核对是否选错文件，重新提交。");
/// A file that its own format cannot explain: truncated, altered, mistyped.
pub static FILE_DAMAGED: Code = error(
    "file-damaged",
    "文件已损坏",
    "文件内容不完整或已损坏，无法读取。请用 WPS 或 Excel 打开，另存为 xlsx 后重新提交。",
);
/// A file that wants a password.
pub static FILE_ENCRYPTED: Code = error(
    "file-encrypted",
    "文件已加密",
    "文件设有打开密码，无法读取。请用 WPS 或 Excel 打开，取消密码后保存，重新提交。",
);
/// A file beyond the limits of size.
pub static FILE_TOO_LARGE: Code = error(
    "file-too-large",
    "文件过大",
    "文件超出程序的读取上限。请删去无关的工作表、图片和空白格式，另存后重新提交。",
);
/// A package built as no office program builds one.
pub static FILE_UNSAFE: Code = error(
    "file-unsafe",
    "文件结构异常",
    "文件的内部结构异常，为安全起见未读取。请用 WPS 或 Excel 打开，另存为 xlsx 后重新提交。",
);
/// A file that the operating system does not let us read.
pub static FILE_UNREADABLE: Code =
    error("file-unreadable", "文件无法打开", "文件被占用或没有读取权限。请关闭正在使用它的程序后重试。");
/// A spreadsheet of a format that is not read.
pub static FORMAT_NOT_SUPPORTED: Code = error(
    "format-not-supported",
    "文件格式不受支持",
    "程序读取 xlsx、csv 和 YAML。其他格式请用 WPS 或 Excel 打开，另存为 xlsx。",
);
/// An archive among the returned files.
pub static ARCHIVE_NOT_READ: Code =
    error("archive-not-read", "压缩包未读取", "程序不读取压缩包里的文件。请解压到同一文件夹，并移走压缩包。");
/// A file that holds no table: a picture, a PDF, a letter.
pub static FILE_NOT_A_TABLE: Code =
    note("file-not-a-table", "不是数据表", "该文件不是表格，也不是 YAML，程序没有读取其中内容。");
/// A file that office programs or the system left behind.
pub static FILE_SKIPPED: Code =
    note("file-skipped", "文件已跳过", "办公软件或系统的临时文件、隐藏文件和链接不读取。");
/// Text in neither UTF-8 nor GB18030.
pub static TEXT_ENCODING: Code = error(
    "text-encoding",
    "文字编码无法识别",
    "文本文件应为 UTF-8 或 GB18030（GBK）编码。请另存为“CSV UTF-8”或“UTF-8”后重新提交。",
);
/// A sheet that breaks off or contradicts itself.
pub static SHEET_DAMAGED: Code = error(
    "sheet-damaged",
    "工作表已损坏",
    "该工作表无法完整读取，表中内容一律未采用。请用 WPS 或 Excel 打开，另存后重新提交。",
);
/// A sheet with more cells than any return has.
pub static SHEET_TOO_LARGE: Code = error(
    "sheet-too-large",
    "工作表过大",
    "该工作表超出程序的读取上限，表中内容一律未采用。请删去无关的行和列后重新提交。",
);
/// A chart sheet or the like: no cells to read.
pub static SHEET_SKIPPED: Code =
    note("sheet-skipped", "工作表已跳过", "图表页、对话框页没有单元格，不读取。");
/// A cell with more text than a cell can hold.
pub static CELL_TEXT_TOO_LONG: Code =
    error("cell-text-too-long", "单元格内容过长", "单元格最多容纳32767字。CSV 中多为引号没有成对。请核对。");
/// A quotation mark in a CSV file that is never closed.
pub static CSV_QUOTE: Code = error(
    "csv-quote",
    "CSV 引号不成对",
    "引号没有结束，其后的内容都被并入同一个单元格。请补上或删去该引号。",
);

// Texts with structure: YAML, and the configuration written in it.

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

// Publishing: what stands in the output folder.

/// A document was not written, because a file that is not ours stands in its place.
pub static FOREIGN_FILE: Code = error(
    "foreign-file",
    "该位置已有其他文件，本次的文档没有写出",
    "输出位置上的文件不是本程序生成的，或者生成后被改动过，程序不会覆盖它。请把该文件移走或改名，然后重新运行。",
);
/// A file in the output folder is no longer current, but not ours to remove.
pub static STALE_FILE_KEPT: Code = note(
    "stale-file-kept",
    "该文件不是最新的，但不属本程序或已被改动，保留在原处",
    "本次没有生成该文件，而它不是本程序生成的，或者生成后被改动过，因此没有移走。请确认后自行移走，以免误当作最新文件使用。",
);
/// The manifest of the last run cannot be read.
pub static MANIFEST_DAMAGED: Code = note(
    "manifest-damaged",
    "上次的输出清单无法读取，已改名保存",
    "manifest.json 已损坏或不是本程序所写，程序不能确认哪些旧文件是自己生成的：内容相同的照旧，内容不同的一律不覆盖、不删除。",
);

/// 隐藏的工作表没有读取。
pub static SHEET_HIDDEN: Code = note(
    "sheet-hidden",
    "隐藏的工作表没有读取",
    "隐藏的工作表多为旧数据或字典，不作为上报内容。如需上报，请取消隐藏后重新提交。",
);
/// 没有找到表头。
pub static HEADING_NOT_FOUND: Code = error(
    "heading-not-found",
    "没有找到表头",
    "工作表中没有可以识别的表头，其中内容未读取。请按下发的表样填写。",
);
/// 多出的列没有读取。
pub static COLUMN_IGNORED: Code =
    note("column-ignored", "多出的列没有读取", "该列不在表式中，内容没有读取，不影响其他各列。");
/// 缺少必填的列。
pub static COLUMN_MISSING: Code = error(
    "column-missing",
    "缺少必填的列",
    "表中没有必填的一列，或其表头写法无法识别。请按表样补上或改正表头。",
);
/// 表头疑似写错。
pub static HEADING_MISSPELT: Code = query(
    "heading-misspelt",
    "表头疑似写错",
    "该列表头与表式中的某一项相近但不相同，程序不擅自认定，该列没有读取。请改正表头后重新提交。",
);
/// 同一项目出现两列。
pub static HEADING_REPEATED: Code = query(
    "heading-repeated",
    "同一项目出现两列",
    "表头中有两列是同一项目，只读取了其中一列。请删除多余的一列。",
);
/// 空白按上一行读取。
pub static FILLED_DOWN: Code =
    note("filled-down", "空白按上一行读取", "该列允许“同上留空”，空白单元格按上一行的内容读取。");
/// 略过的行。
pub static ROW_SKIPPED: Code =
    note("row-skipped", "略过的行", "该行是合计、说明、重复的表头，或在表内各列均为空，没有作为记录读取。");
/// YAML 文件没有写明表名。
pub static YAML_WITHOUT_TABLE: Code =
    error("yaml-without-table", "YAML 文件没有写明表名", "YAML 文件的最外层应为“表名: 记录列表”。");
/// 不是一条记录。
pub static YAML_NOT_A_RECORD: Code =
    error("yaml-not-a-record", "不是一条记录", "此处应为由“字段: 内容”组成的记录。");
/// 不是一个值。
pub static YAML_NOT_A_VALUE: Code =
    error("yaml-not-a-value", "不是一个值", "此处应为一个值，实际是列表或多行“字段: 内容”。");
/// 没有这个表。
pub static UNKNOWN_TABLE: Code =
    error("unknown-table", "没有这个表", "YAML 文件中写的表名不在表式中，其中内容未读取。");
/// 没有这个字段。
pub static UNKNOWN_FIELD_KEY: Code =
    error("unknown-field-key", "没有这个字段", "YAML 记录中写的字段不在表式中，内容未读取。");
/// 找不到所指的记录。
pub static UNKNOWN_REFERENCE: Code = error(
    "unknown-reference",
    "找不到所指的记录",
    "填写的党组织、党支部或人员没有登记。请按登记的名称或编码填写。",
);
/// 所指的记录不唯一。
pub static REFERENCE_AMBIGUOUS: Code =
    error("reference-ambiguous", "所指的记录不唯一", "填写的名称对应多条记录。请填写全称或编码。");
/// 名称与编码不一致。
pub static REFERENCE_CONFLICT: Code =
    error("reference-conflict", "名称与编码不一致", "同一行里的名称和编码指向两条不同的记录。请核对。");
/// 记录重复。
pub static KEY_TWICE: Code = error(
    "key-twice",
    "记录重复",
    "同一记录报送了两次（同一文件、两个文件，或表格与 YAML 各一次）。请删除重复的一条，或改正有误的一条。",
);
/// 表式中的名称不存在。
pub static SCHEMA_NAME_UNKNOWN: Code = error(
    "schema-name-unknown",
    "表式中的名称不存在",
    "表式文件引用了不存在的字段、表或类型。请改正表式文件。",
);
/// 配置有误，不能继续。
pub static CONFIGURATION_UNUSABLE: Code =
    error("configuration-unusable", "配置有误，不能继续", "项目文件或模板有误。请先改正所列各处。");

/// 规则有记录无法判定。
pub static RULE_UNDECIDED: Code = note("rule-undecided", "规则有记录无法判定", "所需的值缺失、有误或不够精确，规则既不算符合也不算不符合。补全后可以判定。");
/// 规则不能执行。
pub static RULE_FAILED: Code = error("rule-failed", "规则不能执行", "规则的写法有误，执行时失败。请工程师检查模板中的规则。");
/// 找不到上年项目。
pub static PREVIOUS_NOT_FOUND: Code = error("previous-not-found", "找不到上年项目", "项目文件中 previous 所指的文件夹不存在或不是项目文件夹。");
/// 字体文件不能使用。
pub static FONT_UNREADABLE: Code = error("font-unreadable", "字体文件不能使用", "fonts 文件夹中的文件不是可以使用的字体。");
/// 缺少字体。
pub static FONT_MISSING: Code = error("font-missing", "缺少字体", "项目文件指定的字体，或排版必需的字体，既不在程序内也不在项目的 fonts 文件夹中。");

/// 表单不能生成。
pub static FORM_FAILED: Code = error("form-failed", "表单不能生成", "表单声明中的表达式执行失败。请工程师检查模板。");
/// 文件名相同。
pub static FILE_NAME_COLLISION: Code = error("file-name-collision", "文件名相同", "两条记录生成的文件名相同，后一份会覆盖前一份，因此都不生成。请使名称有所区别。");

/// Every code of the engine, in the order in which the manual lists them.
pub static ALL: &[&Code] = &[
    &MISSING_VALUE,
    &ERROR_CELL,
    &FORMULA_NOT_CALCULATED,
    &NOT_AN_INTEGER,
    &NOT_A_NUMBER,
    &NOT_A_DATE,
    &DATE_INCOMPLETE,
    &DATE_AMBIGUOUS,
    &DATE_IMPOSSIBLE,
    &DATE_OUT_OF_RANGE,
    &DATE_TIME_DROPPED,
    &DATE_PRECISION,
    &UNKNOWN_CHOICE,
    &NOT_YES_OR_NO,
    &IDENTITY_DIGITS_LOST,
    &IDENTITY_MALFORMED,
    &IDENTITY_CHECK_DIGIT,
    &IDENTITY_TIDIED,
    &PHONE_MALFORMED,
    &CODE_MALFORMED,
    &CODE_ZEROS_RESTORED,
    &NAME_MALFORMED,
    &NAME_TIDIED,
    &TEXT_FROM_DATE,
    &TEXT_TOO_LONG,
    &NUMBER_OUT_OF_RANGE,
    &CHARACTER_NOT_PRINTABLE,
    &EXPRESSION_SYNTAX,
    &UNKNOWN_NAME,
    &UNKNOWN_FIELD,
    &EXPRESSION_CHOICE,
    &EXPRESSION_TYPES,
    &EXPRESSION_DATE_OPERATOR,
    &EXPRESSION_ARGUMENTS,
    &FILE_EMPTY,
    &FILE_DAMAGED,
    &FILE_ENCRYPTED,
    &FILE_TOO_LARGE,
    &FILE_UNSAFE,
    &FILE_UNREADABLE,
    &FORMAT_NOT_SUPPORTED,
    &ARCHIVE_NOT_READ,
    &FILE_NOT_A_TABLE,
    &FILE_SKIPPED,
    &TEXT_ENCODING,
    &SHEET_DAMAGED,
    &SHEET_TOO_LARGE,
    &SHEET_SKIPPED,
    &CELL_TEXT_TOO_LONG,
    &CSV_QUOTE,
    &YAML_SYNTAX,
    &YAML_ALIAS,
    &YAML_UNSUPPORTED,
    &YAML_LINE_JOINED,
    &DUPLICATE_KEY,
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_KIND,
    &FOREIGN_FILE,
    &STALE_FILE_KEPT,
    &MANIFEST_DAMAGED,
    &SHEET_HIDDEN,
    &HEADING_NOT_FOUND,
    &COLUMN_IGNORED,
    &COLUMN_MISSING,
    &HEADING_MISSPELT,
    &HEADING_REPEATED,
    &FILLED_DOWN,
    &ROW_SKIPPED,
    &YAML_WITHOUT_TABLE,
    &YAML_NOT_A_RECORD,
    &YAML_NOT_A_VALUE,
    &UNKNOWN_TABLE,
    &UNKNOWN_FIELD_KEY,
    &UNKNOWN_REFERENCE,
    &REFERENCE_AMBIGUOUS,
    &REFERENCE_CONFLICT,
    &KEY_TWICE,
    &SCHEMA_NAME_UNKNOWN,
    &CONFIGURATION_UNUSABLE,
    &RULE_UNDECIDED,
    &RULE_FAILED,
    &PREVIOUS_NOT_FOUND,
    &FONT_UNREADABLE,
    &FONT_MISSING,
    &FORM_FAILED,
    &FILE_NAME_COLLISION,
];
