//! Documents: forms, fonts, and what stands in the output folder.

use super::{Code, Reach, error, note};

/// A form whose expressions fail when they are carried out.
pub static FORM_UNDECIDED: Code = error(
    "form-undecided",
    "表单内容不能确定",
    "表单要用的值不够精确，或表单声明有误，内容不能确定，该份文件暂不生成。请补全所说的值。",
);
/// Two documents with one file name.
pub static FILE_NAME_COLLISION: Code = error(
    "file-name-collision",
    "文件名相同",
    "两条记录生成的文件名相同，后一份会覆盖前一份，因此都不生成。请使名称有所区别。",
)
.reaching(Reach::Outright);
/// A document was not written, because no file can have its path.
pub static FILE_NAME_UNUSABLE: Code = error(
    "file-name-unusable",
    "文件名不能使用，该份文档没有写出",
    "输出的路径过长、系统不允许，或与另一份文档相同，该份文档没有写出，其他文档照常写出。请把名称改短或加以区别，或换一个路径较短的输出文件夹。",
);
/// A layout that cannot be set with the data given.
pub static LAYOUT_FAILED: Code = error(
    "layout-failed",
    "文件不能排版",
    "版式文件有误，或与数据不相适应，该文件未生成。请工程师检查版式文件。",
);
/// A reminder that fails when it is put to a record.
pub static REMINDER_FAILED: Code = error(
    "reminder-failed",
    "提醒不能执行",
    "到期提醒的声明有误，或其中的文字用到了不能放进日历的内容（身份证号、电话），到期提醒暂不生成。请工程师检查 templates/reminders 中的声明。",
);
/// A file among the fonts that is no usable font.
pub static FONT_UNREADABLE: Code =
    error("font-unreadable", "字体文件不能使用", "fonts 文件夹中的文件不是可以使用的字体。");
/// A face that the project or the layout wants is not to be had.
pub static FONT_MISSING: Code = error(
    "font-missing",
    "缺少字体",
    "项目文件指定的字体，或排版必需的字体，既不在程序内也不在项目的 fonts 文件夹中。",
);
/// A character that none of the available faces can print.
pub static CHARACTER_NOT_PRINTABLE: Code = error(
    "character-not-printable",
    "字体中没有该字",
    "现有字体中没有该字，打印出来会是空白或方框，相关文件暂不生成。请在项目的 fonts 文件夹放入含有该字的字体，或与本人核对用字。",
);
/// A document was not written, because a file that is not ours stands in its place.
pub static FOREIGN_FILE: Code = error(
    "foreign-file",
    "该位置已有其他文件，本次的文档没有写出",
    "输出位置上的文件不是本程序生成的，或者生成后被改动过，程序不会覆盖它。请把该文件移走或改名，然后重新运行。",
)
.reaching(Reach::Nothing);
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
