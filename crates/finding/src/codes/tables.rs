//! Tables: their headings, rows, keys and references.

use super::{Code, error, note, query};

/// A sheet in which no heading is recognised.
pub static HEADING_NOT_FOUND: Code = error(
    "heading-not-found",
    "没有找到表头",
    "工作表中没有可以识别的表头，其中内容未读取。请按下发的表样填写；还没有表样的，用 huibian collect --blank 生成一套空白的。",
);
/// A field with a default has no column.
pub static COLUMN_ASSUMED: Code = note(
    "column-assumed",
    "没有这一列，按默认计",
    "表中没有这一列，各条记录都按默认的内容计入统计。确实都是这样的，不必处理；不是的，请补上这一列。",
);
/// A column that belongs to no field.
pub static COLUMN_IGNORED: Code =
    note("column-ignored", "多出的列没有读取", "该列不在表式中，内容没有读取，不影响其他各列。");
/// The column of a required field is not there.
pub static COLUMN_MISSING: Code = error(
    "column-missing",
    "缺少必填的列",
    "表中没有必填的一列，或其表头写法无法识别。请按表样补上或改正表头。",
);
/// A heading close to the title of a field that has no column. An error even where the field may be left empty: the
/// column may have been filled in, and a document that printed 无 would say what is not so. It withholds only what
/// reads that field.
pub static HEADING_MISSPELT: Code = error(
    "heading-misspelt",
    "表头疑似写错",
    "该列表头与表式中缺少的某一项相近但不相同，程序不擅自认定，该列没有读取；用到这一项的文件暂不生成，以免把填了的内容印成“无”。请改正表头；确为表式之外的项目，请删去该列或换一个表头。",
);
/// Two columns with the heading of one field.
pub static HEADING_REPEATED: Code = query(
    "heading-repeated",
    "同一项目出现两列",
    "表头中有两列是同一项目，只读取了其中一列。请删除多余的一列。",
);
/// A heading that may as well be read otherwise. Nothing below it is read: cells are not judged by a table that may be
/// the wrong one.
pub static HEADING_UNCERTAIN: Code = error(
    "heading-uncertain",
    "说不清是哪张表",
    "表头有两种读法，符合的程度相近，程序不擅自认定，表中内容没有读取。请按要报的是哪张表，把工作表或标题改成表名；也可在表式中写明 header_rows。",
);
/// A sheet that lists people or the like, and whose name or title says that it is no table of ours.
pub static SHEET_OF_ANOTHER_KIND: Code = query(
    "sheet-of-another-kind",
    "像是别的材料",
    "工作表名或标题写着成绩、报名、签到之类，只是列的项目和某张表相近，没有读取。不需上报的请删去；确是上报的表，请改工作表名和标题。",
);
/// A choice that is made by a tick in one of several columns: two are ticked, or something else stands there.
pub static TICKS_UNCLEAR: Code = error(
    "ticks-unclear",
    "打钩的各列说不清",
    "同一项分成几列打“√”的，一行只能有一列打“√”，也只能打“√”。请核对。",
);
/// A column whose values are all those of another field.
pub static HEADING_BY_VALUES: Code = note(
    "heading-by-values",
    "按内容认定表头",
    "一列的表头写的是某一项，填的却全是另一项的内容（如全国党员管理信息系统导出的“人员类别”填的是正式党员、预备党员），按内容读取。请核对。",
);
/// Two columns, each of which holds what the heading of the other asks for.
pub static HEADINGS_EXCHANGED: Code = query(
    "headings-exchanged",
    "两列的列名对调",
    "一列填的都是另一列该填的内容，那一列填的又都是这一列该填的（如“姓名”下面都是学工号、“学工号”下面都是姓名），按内容读取。请核对表头，把两列的列名换过来。",
);
/// Two columns of dates, of which nearly all are in the wrong order.
pub static DATES_EXCHANGED: Code = error(
    "dates-exchanged",
    "两列日期的列名对调",
    "两列日期各行的先后都反了（如入党时间都早于出生日期），换过来就对；按换过来的读取，用到这张表的文件暂不生成。请核对表头，把两列的列名换过来。",
);
/// A column that counts the rows, and leaps.
pub static NUMBERS_LEAP: Code = query(
    "numbers-leap",
    "序号不连续",
    "给各行编号的一列（序号）中间跳了号，或者不从1开始，多半是在合并、筛选、删行时丢了记录。请对照原表补齐；没有丢的，请重新编号。从更大的表里挑出来的（跳的比留下的多得多）不问。",
);
/// A required column that is not there, for which another one is read.
pub static COLUMN_STANDS_IN: Code = note(
    "column-stands-in",
    "按另一列读取",
    "表中没有这一列，有另一列可以代替（如只写“主题”、不写“会议名称”的台账），按那一列读取。请核对。",
);
/// Somebody stands in two of the like columns of a row, and is one record.
pub static VALUE_AGAIN_IN_ROW: Code = note(
    "value-again-in-row",
    "一行中重复的姓名",
    "横着填姓名的表（如书记、组织委员各一列），同一人在一行里出现两次，按最前面的一列记一条。兼任的职务请写在“分工”里。",
);
/// A column that adds up the like columns of a row says something else.
pub static ROW_TOTAL_DIFFERS: Code = query(
    "row-total-differs",
    "合计与各格不符",
    "一行横着分成几格填写（如一月至十二月的党费），末尾的合计与各格相加不相等。请核对各格和合计，没有录全的补录；合计本身不读取。",
);
/// A table without a column for whose its records are: the title or the like says it.
pub static BODY_FROM_TITLE: Code = note(
    "body-from-title",
    "按标题认定所属单位",
    "表中没有所在党支部（所在分党委）一列，按表头上面写的、标题、工作表名、文件名或文件夹名认定。请核对。",
);
/// A table without a column for whose its records are, and what stands around it names several.
pub static BODY_UNCERTAIN: Code = error(
    "body-uncertain",
    "说不清是哪个单位的表",
    "表中没有所在党支部（所在分党委）一列，标题、工作表名、文件名等写的不是同一个单位，或一个名称对应几个单位。请改成一致，或补上这一列。",
);
/// A cell that is merged with a filled one and so has no content of its own.
pub static CELL_MERGED_AWAY: Code = error(
    "cell-merged-away",
    "单元格与别的格合并",
    "合并单元格只有左上角一格有内容，其余各行在数据上是空的，程序不擅自认定各行都是这一内容。请取消合并，逐行填写。",
);
/// Empty cells took the value above them.
pub static FILLED_DOWN: Code =
    note("filled-down", "空白按上一行读取", "该列允许“同上留空”，空白单元格按上一行的内容读取。");
/// A row that holds no record: a total, a remark, a repeated heading.
pub static ROW_SKIPPED: Code =
    note("row-skipped", "略过的行", "该行是合计、说明、重复的表头，或在表内各列均为空，没有作为记录读取。");
/// A row below a row of requirements that names one of those whom sample forms name.
pub static EXAMPLE_SUSPECTED: Code = query(
    "example-suspected",
    "疑为示例的行",
    "紧接在“必填”等填写要求下面、写着张三、李四之类的行，看作样表里没有删去的示例，没有作为记录读取。确为实有人员的，请删去填写要求一行后重新提交。",
);
/// A table that no schema declares.
pub static UNKNOWN_TABLE: Code =
    error("unknown-table", "没有这个表", "YAML 文件中写的表名不在表式中，其中内容未读取。");
/// A key of a YAML record that is no field of its table.
pub static UNKNOWN_FIELD_KEY: Code =
    error("unknown-field-key", "没有这个字段", "YAML 记录中写的字段不在表式中，内容未读取。");
/// Two records with one key.
pub static KEY_TWICE: Code = error(
    "key-twice",
    "记录重复",
    "同一记录报送了两次（同一文件、两个文件，或表格与 YAML 各一次）。请删除重复的一条，或改正有误的一条。",
);
/// Two records with one value of a field in which no two may have the same.
pub static VALUE_TWICE: Code = error(
    "value-twice",
    "两条记录的内容相同",
    "身份证号码等每人只有一个，两条记录却填得一样。请核对原始材料，改正有误的一条。",
);
/// Somebody whom a record names is not in the table that is referred to, and another table tells that they have left.
pub static PERSON_DEPARTED: Code = note(
    "person-departed",
    "已经离开的人",
    "记录里的人不在名册中，但转出、出党、停止党籍或死亡已在别的表中登记，照常计入；所在党支部以本表填写的为准，没有填的按离开时的党支部。",
);
/// A reference to a record that was not returned.
pub static UNKNOWN_REFERENCE: Code = error(
    "unknown-reference",
    "找不到所指的记录",
    "填写的党组织、党支部或人员没有登记。请按登记的名称或编码填写。",
);
/// A reference that fits several records.
pub static REFERENCE_AMBIGUOUS: Code =
    error("reference-ambiguous", "所指的记录不唯一", "填写的名称对应多条记录。请填写全称或编码。");
/// Numbers of persons that are the same in two tables but for leading zeros.
pub static LEADING_ZEROS_LOST: Code = query(
    "leading-zeros-lost",
    "编号少了开头的0",
    "一张表的编号（学工号等）比别的表少了开头的0，除此以外没有别人用这个编号，按同一个读取。多半是这一列按数字保存：请设为文本格式，补上0。",
);
/// A number in a table of persons that all other tables give otherwise beside the same name.
pub static NUMBER_DIFFERS: Code = error(
    "number-differs",
    "编号与别的表都不同",
    "名册里这个人的编号，别的表都写作另一个。多半是名册写错了，请先改正名册。",
);
/// Two records of a register whose codes have changed places.
pub static CODES_EXCHANGED: Code = error(
    "codes-exchanged",
    "两个编码对调了",
    "登记表里两个单位的编码与别的表写的正好相反。请核对，把两个编码换过来。",
);
/// A name and a code in one row that mean different records.
pub static REFERENCE_CONFLICT: Code =
    error("reference-conflict", "名称与编码不一致", "同一行里的名称和编码指向两条不同的记录。请核对。");
