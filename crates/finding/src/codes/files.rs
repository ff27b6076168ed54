//! Files: what was returned cannot be read, or only in part.

use super::{Code, Reach, error, note, query};

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
    "程序读取 xlsx、xlsm、xls、et、xlsb、ods、csv、tsv、网页表格和 YAML。其他格式请用 WPS 或 Excel 打开，另存为 xlsx。",
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
pub static SHEET_SKIPPED: Code = note(
    "sheet-skipped",
    "工作表已跳过",
    "图表页、对话框页没有单元格，不读取；退回时附在文件里的退改清单也不读取。",
);
/// A cell with more text than a cell can hold. It holds an error in its place, which says what is withheld.
pub static CELL_TEXT_TOO_LONG: Code =
    error("cell-text-too-long", "单元格内容过长", "单元格最多容纳32767字。CSV 中多为引号没有成对。请核对。")
        .reaching(Reach::Nothing);
/// A quotation mark in a CSV file that is never closed.
pub static CSV_QUOTE: Code = error(
    "csv-quote",
    "CSV 引号不成对",
    "引号没有结束，其后的内容都被并入同一个单元格。请补上或删去该引号。",
);
/// A hidden sheet was not read.
pub static SHEET_HIDDEN: Code = note(
    "sheet-hidden",
    "隐藏的工作表没有读取",
    "隐藏的工作表多为旧数据或字典，不作为上报内容。如需上报，请取消隐藏后重新提交。",
);
/// A hidden sheet holds a table that no visible sheet of the file holds: its records are missing everywhere.
pub static SHEET_HIDDEN_RETURN: Code = error(
    "sheet-hidden-return",
    "上报的表在隐藏的工作表里",
    "隐藏的工作表一律不读取。该表只在隐藏的工作表里有，其中的记录便都缺了，用到它们的文件暂不生成。请取消隐藏后重新提交；不上报的，请删除该工作表。",
);
/// A hidden sheet holds a table that a visible sheet of the file holds as well: probably old data, but who knows.
pub static SHEET_HIDDEN_TABLE: Code = query(
    "sheet-hidden-table",
    "隐藏的工作表里有同样的表",
    "隐藏的工作表一律不读取。其中有与可见的工作表相同的表，多为旧数据；也可能是漏报的记录。请核实，需要上报的取消隐藏，不需要的删除。",
);
/// A sheet that explains or shows how to fill in.
pub static SHEET_NOT_A_RETURN: Code = note(
    "sheet-not-a-return",
    "不是填报内容的工作表",
    "填表说明、字典、样表等工作表没有表头，或只是示例，其中内容不读取。若其中有上报的数据，请按表样填写表头并改名。",
);
/// The same return once more: nothing is lost with it.
pub static RETURN_TWICE: Code = error(
    "return-twice",
    "同一份材料报送了两次",
    "两个文件的内容相同（文件名可能带“(1)”“副本”等）。程序只采用其中一份，不影响结果。请删去另一份。",
)
.reaching(Reach::Nothing);
/// Two versions of one return.
pub static RETURN_IN_VERSIONS: Code = error(
    "return-in-versions",
    "同一份材料有两个版本",
    "两个文件是同一份材料的两个版本（文件名带“(1)”“副本”“最终版”等，多数记录相同）。程序只采用其中一份，请核实后只保留应当采用的一份。",
);
/// A form sent back as it was sent out.
pub static RETURN_EMPTY: Code = query(
    "return-empty",
    "收回的是空表",
    "文件里有表头，但一条记录也没有，多半是把空白表样原样寄了回来。请向报送单位核实；确无内容可报的，请写明理由。",
);
/// A table that somebody had to return and did not.
pub static RETURN_MISSING: Code = error(
    "return-missing",
    "应报送的表没有收到",
    "该单位应报送这些表（见表式的 returned_by），却没有收到，也没有零报告。程序不把没有报送的当作0：用到这些表的文件暂不生成。请催报；确无内容可报的，请单位在表中填“无”，或在项目文件的 returns 中写明零报告及理由；不需报送的，在 returns 中写明 exempt 及理由。",
);
/// A letter, a PDF or a picture among the files of a committee: perhaps the table that was to be returned.
pub static RETURN_NOT_READ: Code = error(
    "return-not-read",
    "单位交来的文件不是数据表",
    "该文件在某一单位的材料中，却不是表格，程序没有读取；应报的表可能就在其中，所以按读不出的文件处理。请改存为 xlsx 重新提交；只是附件的，请移出该单位的文件夹。",
);
/// The project file says that there is nothing to report, and something came.
pub static RETURN_NOT_NOTHING: Code = error(
    "return-not-nothing",
    "零报告与收到的记录矛盾",
    "项目文件的 returns 说该单位没有内容可报，却收到了它的记录。程序采用收到的记录。请核实后删去项目文件中的那一行，或移走误交的记录。",
)
.reaching(Reach::Nothing);
/// A unit is said to have nothing to report, and states itself how many there are.
pub static RETURN_NOTHING_DENIED: Code = error(
    "return-nothing-denied",
    "零报告与登记的数目矛盾",
    "该单位报的是零报告（表中填“无”，或项目文件写明没有内容可报），登记表里自己填的数目却不是0。引用这张表的材料暂不生成。请核实：有记录的请补报，确实没有的请改正登记的数目。",
);
/// `returns:` names a table or a unit that there is not.
pub static RETURNS_NAME_UNKNOWN: Code = error(
    "returns-name-unknown",
    "项目文件的 returns 写了不认识的名称",
    "returns 中的表名、单位名应与表式和登记的一致。这个名称没有起作用，同一行中其余的照常。请按提示改正。",
)
.reaching(Reach::Nothing);
/// Last year's file.
pub static RETURN_FROM_OTHER_PERIOD: Code = query(
    "return-from-other-period",
    "疑为其他年度的材料",
    "标题、文件名或填报日期中的年份不在本次汇总的期间内，或内容与上年的文件完全相同。请核实是否交错了文件。",
);
/// All dates of a table lie outside the period.
pub static RETURN_OUTSIDE_PERIOD: Code = error(
    "return-outside-period",
    "整张表都不在统计期间之内",
    "一张表的全部记录都在统计期间以外，像是上年的表，用到它的文件暂不生成。交错了的请换成本期的，年份写错的请改正。",
);
/// Last year's project cannot be read.
pub static PREVIOUS_UNREADABLE: Code = note(
    "previous-unreadable",
    "上年项目无法读取",
    "上年项目的项目文件或收回材料无法读取，因此没有核对是否有人交来上年的文件。",
);
/// A returned file with mistakes could not be given back with its marks.
pub static RETURN_NOT_GIVEN_BACK: Code = query(
    "return-not-given-back",
    "退改件不完整",
    "有错误的文件没有带着标记退回：运行期间被改动或移走，或内部结构不同寻常。退改清单仍列有全部问题；文件被改动的，请重新运行。",
);
