//! Forms that were sent out and come back: changed headings, old editions, other senders.

use super::{Code, note, query};

/// The heading of a column is not the one that was sent out.
pub static FORM_HEADING_CHANGED: Code = query(
    "form-heading-changed",
    "表样的表头改动过",
    "交回的表样里，这一列的表头与下发时不同。只是换了写法的，仍按下发时的项目读取，请核对内容是否还是这一项；改成了表中另一项名称的，说不清填的是哪一项，没有读取。请恢复下发时的表头。",
);
/// A column that was sent out is not there any more.
pub static FORM_COLUMN_REMOVED: Code = query(
    "form-column-removed",
    "表样的列被删去",
    "下发的表样里有这一列，交回时没有了，这一项就没有内容。本来没有内容可填的，把列留空即可；请补回这一列。",
);
/// Columns stand in another order than they were sent out in.
pub static FORM_COLUMN_MOVED: Code = note(
    "form-column-moved",
    "表样的列移动过",
    "交回的表样里，这一列不在下发时的位置。程序认得出是哪一列，照常读取。",
);
/// The marks of a form are not there any more.
pub static FORM_MARK_MISSING: Code = note(
    "form-mark-missing",
    "表样的识别标记没有了",
    "下发的表样第一行是隐藏的，记着它是哪张表、发给谁。交回时这一行没有了，程序改按表头读取，照样检查；但表样是不是旧的、有没有拿错别的单位的，就核对不了。各栏读得对的，不必处理。",
);
/// The form was sent out before its table was changed.
pub static FORM_EDITION_OLD: Code = query(
    "form-edition-old",
    "表样是旧的",
    "交回的是以前下发的表样，下发以后表的栏目或期间改过。认得出的列照常读取；新增的栏目没有内容。请用 huibian collect 重新生成的表样填报，或核对改动的栏目不影响本次材料。",
);
/// The form was sent to somebody else.
pub static FORM_OF_ANOTHER_UNIT: Code = query(
    "form-of-another-unit",
    "表样是发给别的单位的",
    "这份表样下发给一个单位，交回时却在另一个单位的文件夹里，或填的是另一个单位的记录，或登记中没有它下发的单位。请核对是否放错了文件夹、拿错了表样。",
);
/// Rows do not say whose they are; the form was sent to one unit.
pub static FORM_UNIT_TAKEN: Code = note(
    "form-unit-taken",
    "没有填单位，按表样下发的单位读取",
    "这些行没有填所属的党支部或党组织；表样是发给一个单位的，就按这个单位读取。不是这个单位的，请补填。",
);
