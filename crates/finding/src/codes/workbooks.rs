//! Workbooks: what stands beside the cells, and is said but never followed.

use super::{Code, note, query};

/// Hidden rows were read.
pub static ROWS_HIDDEN: Code = note(
    "rows-hidden",
    "隐藏的行已照常读取",
    "表中有隐藏的行，其内容照常读取。如不应上报，请删除这些行后重新提交。",
);
/// Rows that a filter hides were read.
pub static ROWS_FILTERED: Code = note(
    "rows-filtered",
    "筛选掉的行已照常读取",
    "表中设有筛选，被筛掉而不显示的行也照常读取。如不应上报，请取消筛选、删除这些行后重新提交。",
);
/// Hidden columns were read.
pub static COLUMNS_HIDDEN: Code = note(
    "columns-hidden",
    "隐藏的列已照常读取",
    "表中有隐藏的列，其内容照常读取。如不应上报，请删除这些列后重新提交。",
);
/// Something is struck out.
pub static STRUCK_OUT: Code = query(
    "struck-out",
    "有划去的内容",
    "表中有划了删除线的行、单元格或字。整行、整格划去的照常读取，一格中划去的几个字没有读取。不上报的请删去，仍然上报的请取消删除线。",
);
/// Notes on cells were not read.
pub static CELL_NOTES: Code = note(
    "cell-notes",
    "批注没有读取",
    "单元格的批注不作为上报内容。如批注中有应当上报的内容，请写入单元格。",
);
/// Drop-downs and the like were not enforced.
pub static CELL_VALIDATIONS: Code = note(
    "cell-validations",
    "下拉列表等输入限制不作依据",
    "表中设有下拉列表等输入限制（数据有效性）。粘贴的内容可以绕过它，程序另按表式检查，不以它为依据。",
);
/// Formulas refer to other workbooks.
pub static EXTERNAL_LINKS: Code = note(
    "external-links",
    "引用了其他工作簿",
    "表中的公式引用其他工作簿。程序不打开它们，只读取上次保存的计算结果，可能已过期。请核对，必要时改为数值。",
);
/// Macros were not run.
pub static MACROS_NOT_RUN: Code =
    note("macros-not-run", "宏没有运行", "文件中有宏。程序不运行宏，只读取单元格中已有的内容。");
/// Text of an old workbook was read in another code page than the file says.
pub static CODE_PAGE_CORRECTED: Code = note(
    "code-page-corrected",
    "按 GBK 编码读取",
    "旧格式工作簿没有写明文字编码，或写错了，程序按 GBK 读取。请抽查文字是否正确；另存为 xlsx 可免去此提示。",
);
